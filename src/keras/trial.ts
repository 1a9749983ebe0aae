/** @file A cell that runs a call as it stands in some file: its own arguments, on data of its shape. */

import type { LayerCall } from "../python/calls.ts";
import { isKeras } from "../python/kerasPaths.ts";
import type { Literal } from "../python/literalValues.ts";
import { argumentName, CallFacts } from "./callFacts.ts";
import { kerasVersion } from "./diagnostics/kerasVersion.ts";
import { removedArguments } from "./documentation.ts";
import { sourceText } from "./numberText.ts";
import { constructorArguments } from "./signature.ts";
import { parameterNamed } from "./values.ts";

/** More values than these make a cell slow to look at. */
const mostValues = 4_000_000;

/** Where a batch or another length is open, this many. */
const openBatch = 30;
const openLength = 32;

/** No tensor of a model has more axes; a larger `axis` is a number of channels, which Keras refuses. */
const mostAxes = 8;

/**
 * The code of a cell that repeats a call. What the text does not tell is left out, with a comment.
 * `focus`: the argument of interest, by which the cell ends with the output, the layer or its losses.
 */
export function trialCode(call: LayerCall, focus: string | null = null): string {
  const facts = new CallFacts(call);
  return facts.of === "function" ? functionTrial(facts) : layerTrial(facts, focus);
}

function layerTrial(facts: CallFacts, focus: string | null): string {
  const maker = facts.maker;
  const made = argumentsOf(maker, []);
  const synchronized = maker?.boolean("synchronized") === true;
  const shape = trialShape(facts, maker?.number("axis") ?? -1);
  const called = facts.of === "call" ? argumentsOf(facts, ["inputs", "mask"]) : training;
  const mask = facts.of === "call" && facts.given("mask") !== null && shape.length > 1;
  return lines(
    ["import numpy as np"],
    made.usesKeras ? ["import keras"] : [],
    synchronized ? ["import tensorflow as tf"] : [],
    ["from keras import layers", "", dataLine(shape)],
    mask ? maskLines(shape) : [],
    made.omitted,
    [wrappedCall("bn = layers.BatchNormalization", made.sources)],
    called.omitted,
    [`y = bn(${["x", ...(mask ? ["mask=mask"] : []), ...called.sources].join(", ")})`],
    [resultOf(focus)],
  );
}

const training = { sources: ["training=True"], omitted: [], usesKeras: false };

/** What shows best what an argument does. */
function resultOf(focus: string | null): string {
  if (focus?.endsWith("_regularizer")) return "bn.losses";
  return focus !== null && /momentum|moving|trainable|^name$|_initializer|_constraint/.test(focus)
    ? "bn"
    : "y";
}

function functionTrial(facts: CallFacts): string {
  const shape = trialShape(facts, facts.number("axis") ?? -1);
  const axis = facts.number("axis") ?? -1;
  const kept = axis < 0 ? shape.length + axis : axis;
  const axes = shape.map((_, index) => index).filter((index) => index !== kept);
  const given = argumentsOf(facts, ["x", "mean", "variance", "axis"]);
  return lines(
    ["import numpy as np", "from keras import ops", "", dataLine(shape)],
    [`mean, variance = ops.moments(x, axes=[${axes.join(", ")}])`],
    given.omitted,
    [
      `y = ops.batch_normalization(${["x", "mean", "variance", `axis=${axis}`, ...given.sources].join(", ")})`,
      "y",
    ],
  );
}

function lines(...groups: readonly (readonly string[])[]): string {
  return groups.flat().join("\n");
}

function dataLine(shape: readonly number[]): string {
  const size = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  return `x = np.random.default_rng(0).normal(5, 2, size=${size}).astype("float32")`;
}

/** A mask that hides the second half of the second axis. */
function maskLines(shape: readonly number[]): string[] {
  const size = shape.slice(0, -1);
  const text = size.length === 1 ? `(${size[0]},)` : `(${size.join(", ")})`;
  const half = size.length === 1 ? `${size[0] >> 1}:` : `:, ${size[1] >> 1}:`;
  return [`mask = np.ones(${text}, dtype="bool")`, `mask[${half}] = False`];
}

/** The input's own shape with its open lengths filled in, or one that has the axis. */
function trialShape(facts: CallFacts, axis: number): number[] {
  const kept = Math.trunc(axis);
  const known = facts.shape;
  const channels = 64;
  if (!known) {
    const rank = kept < 0 ? -kept : kept + 1;
    if (kept === -1 || kept === 3 || rank > mostAxes)
      return [openBatch, openLength, openLength, channels];
    if (kept === 1 || kept === -3) return [openBatch, channels, openLength, openLength];
    const shape = Array.from({ length: Math.max(rank, 2) }, () => 8);
    return kept < 0 ? shape.with(kept, 16) : shape.with(kept, 16);
  }
  const shape = known.map((length, index) => length ?? (index === 0 ? openBatch : openLength));
  while (shape[0] > 2 && shape.reduce((size, length) => size * length, 1) > mostValues)
    shape[0] = Math.ceil(shape[0] / 2);
  return shape;
}

interface TrialArguments {
  readonly sources: readonly string[];
  /** Comments on what could not be carried over. */
  readonly omitted: readonly string[];
  readonly usesKeras: boolean;
}

function argumentsOf(facts: CallFacts | null, without: readonly string[]): TrialArguments {
  const sources: string[] = [];
  const omitted: string[] = [];
  for (const argument of facts ? givenIn(facts) : []) {
    const name = argumentName(facts!.of, argument);
    if (name !== null && without.includes(name)) continue;
    const literal = name === null ? null : facts!.literal(name);
    const source = literal && !isOfKeras2(name!, literal, facts!) ? literalSource(literal) : null;
    if (source !== null && name !== null) sources.push(`${name}=${source}`);
    else {
      const text = facts!.call.meanings.file.text.slice(argument.from, argument.to);
      omitted.push(`# ${text.replace(/\s+/g, " ")}`);
    }
  }
  return { sources, omitted, usesKeras: sources.some((source) => source.includes("keras.")) };
}

/**
 * Whether an argument is one that Keras 3, which runs the cell, does not take: any other in code for
 * Keras 2, and those that only Keras 2 had in code that may be for it.
 */
function isOfKeras2(name: string, literal: Literal, { of, call }: CallFacts): boolean {
  const { major } = kerasVersion(call.meanings);
  if (of !== "constructor" || major === 3) return false;
  if (name === "axis") return literal.kind === "list" || literal.kind === "tuple";
  const isTaken = constructorArguments.some((argument) => argument.name === name);
  return major === 2 ? !isTaken : removedArguments.some((removed) => removed === name);
}

/** The arguments of the layer that a call makes or calls, as Python source, as far as it is known. */
export function layerArguments(call: LayerCall): Readonly<Record<string, string>> {
  const maker = new CallFacts(call).maker;
  const given: Record<string, string> = {};
  for (const argument of maker ? givenIn(maker) : []) {
    const name = argumentName("constructor", argument);
    const source = name === null ? null : literalSource(maker!.literal(name));
    if (name !== null && source !== null) given[name] = source;
  }
  return given;
}

/** Arguments of the call, and before them those of the partial that it calls. */
function givenIn(facts: CallFacts) {
  const { call } = facts;
  const before = facts.of === "constructor" ? (call.maker?.given ?? []) : [];
  const names = new Set(call.given.map((each) => argumentName(facts.of, each)));
  return [...before.filter((each) => !names.has(argumentName(facts.of, each))), ...call.given];
}

/** Python source of a value; null for what a cell of its own could not evaluate. */
export function literalSource(literal: Literal | null): string | null {
  switch (literal?.kind) {
    case "integer":
    case "float":
      return literal.kind === "float" && Number.isInteger(literal.value)
        ? `${literal.value}.0`
        : sourceText(literal.value);
    case "boolean":
      return literal.value ? "True" : "False";
    case "none":
      return "None";
    case "string":
      return JSON.stringify(literal.value);
    case "tuple":
    case "list": {
      const items = sourcesOf(literal.items);
      if (!items) return null;
      if (literal.kind === "list") return `[${items.join(", ")}]`;
      return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
    }
    case "dict": {
      const values = sourcesOf(literal.entries.map(([, value]) => value));
      if (!values) return null;
      const entries = literal.entries.map(
        ([key], index) => `${JSON.stringify(key)}: ${values[index]}`,
      );
      return `{${entries.join(", ")}}`;
    }
    case "path":
      return kerasPath(literal.path);
    case "object": {
      const path = kerasPath(literal.path);
      const positional = sourcesOf(literal.positional);
      const names = Object.keys(literal.keywords);
      const values = sourcesOf(names.map((name) => literal.keywords[name]));
      if (!path || !positional || !values) return null;
      const className = path.slice(path.lastIndexOf(".") + 1);
      const keywords = names.map(
        (name, index) => `${parameterNamed(className, name)}=${values[index]}`,
      );
      return `${path}(${[...positional, ...keywords].join(", ")})`;
    }
    default:
      return null;
  }
}

function sourcesOf(literals: readonly (Literal | null)[]): string[] | null {
  const sources = literals.map(literalSource);
  return sources.every((source) => source !== null) ? sources : null;
}

/** `keras.regularizers.L2` for the same under any of Keras's names. */
function kerasPath(path: string): string | null {
  if (!isKeras(path)) return null;
  return path.replace(/^.*?keras(?:_core)?\./, "keras.");
}

/** Arguments on one line, or one on each where that would be too long. */
function wrappedCall(callee: string, sources: readonly string[]): string {
  const line = `${callee}(${sources.join(", ")})`;
  return line.length <= 88 ? line : `${callee}(\n    ${sources.join(",\n    ")},\n)`;
}
