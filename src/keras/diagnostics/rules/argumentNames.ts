/** @file Arguments that the constructor does not take, no longer takes, or is given twice. */
import type { CallArgument } from "../../../python/calls.ts";
import { callArguments, constructorArguments, ownArguments } from "../../signature.ts";
import { removeArgument, replace } from "../edits.ts";
import type { Constructor, Inspection } from "../inspection.ts";
import { type Problem, possible, preferred } from "../problem.ts";
import { closest } from "../spelling.ts";

const current = constructorArguments.map(({ name }) => name as string);

/** What every Keras layer takes besides, in every version. */
const everyLayer = new Set(["input_shape", "input_dim", "activity_regularizer", "autocast"]);

/** What Keras 2 took, and Keras 3 does not. */
const keras2 = new Set([
  "fused",
  "virtual_batch_size",
  "adjustment",
  "batch_input_shape",
  "batch_size",
  "weights",
  "dynamic",
  "implementation",
  "experimental_autocast",
]);

/** What Keras 1 took, and what took its place; null for what went without. */
const keras1: Readonly<Record<string, string | null>> = {
  mode: null,
  beta_init: "beta_initializer",
  gamma_init: "gamma_initializer",
};

/** What other frameworks call it. */
const elsewhere: Readonly<Record<string, string>> = {
  eps: "epsilon",
  decay: "momentum",
  use_bias: "center",
  use_scale: "scale",
  axes: "axis",
  param_initializers: "gamma_initializer",
};

export function* argumentNames(inspection: Inspection): Generator<Problem> {
  for (const maker of inspection.constructors) {
    yield* unknown(maker, inspection);
    yield* repeated(maker, inspection);
  }
}

function* unknown(maker: Constructor, inspection: Inspection): Generator<Problem> {
  const isKnown = (keyword: string) => current.includes(keyword) || everyLayer.has(keyword);
  if (maker.call.given.every(({ keyword }) => !keyword || isKnown(keyword))) return;
  const names = maker.call.given.map((argument) => argument.keyword);
  for (const argument of maker.call.given) {
    const { keyword, name } = argument;
    if (!keyword || !name || isKnown(keyword)) continue;
    if (keyword.startsWith("_")) continue;
    const old = keras2.has(keyword) || Object.hasOwn(keras1, keyword);
    const { list } = maker.call;
    const remove = (title: typeof preferred) =>
      title("remove", [keyword], removeArgument(argument, list, inspection.file));
    if (old) yield* removed(argument, keyword, names, remove(preferred), inspection);
    else if (callArguments.some((each) => each.name === keyword))
      yield {
        code: "unknown-argument",
        ...name,
        sentence: "unknownCallArgument",
        facts: [keyword],
        fixes: [remove(preferred)],
      };
    else {
      const free = current.filter((each) => !names.includes(each));
      const known = closest(keyword, [...Object.keys(elsewhere), ...free]);
      const meant = known && Object.hasOwn(elsewhere, known) ? elsewhere[known] : known;
      const rename =
        meant && free.includes(meant) ? [preferred("rename", [meant], replace(name, meant))] : [];
      yield {
        code: "unknown-argument",
        ...name,
        sentence: rename.length > 0 ? "misspeltArgument" : "unknownArgument",
        facts: [keyword, meant ?? ""],
        fixes: [...rename, remove(possible)],
      };
    }
  }
}

function* removed(
  { name, value }: CallArgument,
  keyword: string,
  names: readonly (string | null)[],
  remove: Problem["fixes"][number],
  { version }: Inspection,
): Generator<Problem> {
  if (version.major === 2) return;
  const severity = version.major === 3 ? { severity: "error" as const } : {};
  const successor = keras1[keyword] ?? null;
  const rename =
    successor && value && !names.includes(successor)
      ? [preferred("rename", [successor], replace(name!, successor))]
      : [];
  yield {
    code: "removed-argument",
    ...name!,
    ...severity,
    sentence: successor
      ? "renamedArgument"
      : keras2.has(keyword)
        ? "keras2Argument"
        : "removedArgument",
    facts: [keyword, successor ?? ""],
    fixes: [...rename, remove],
  };
}

function* repeated({ call, partial }: Constructor, inspection: Inspection): Generator<Problem> {
  const { file, version } = inspection;
  const positional = call.given.filter(({ index, unpacks }) => index !== null && !unpacks);
  // What a partial has been given by position moves the rest along.
  if (positional.length === 0 || partial || call.maker || version.isFirst) return;
  for (const { index, from, to } of positional)
    if (index! >= ownArguments.length) {
      yield {
        code: "repeated-argument",
        from,
        to,
        sentence: "tooManyArguments",
        facts: [String(ownArguments.length)],
        fixes: [],
      };
      return;
    }
  for (const argument of call.given) {
    const { keyword, name } = argument;
    const place = ownArguments.findIndex((each) => each.name === keyword);
    if (!name || place < 0 || !positional.some(({ index }) => index === place)) continue;
    yield {
      code: "repeated-argument",
      ...name,
      sentence: "repeatedArgument",
      facts: [keyword!, String(place + 1)],
      fixes: [possible("remove", [keyword!], removeArgument(argument, call.list, file))],
    };
  }
}
