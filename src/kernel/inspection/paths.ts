/**
 * @file Parts of values: which there are, and the value at the end of a path.
 */
import { BatchNormalization, Variable } from "../../engine/index.ts";
import { NDArray } from "../../numpy/index.ts";
import type { PathStep, VariablePath } from "../../shared/inspection.ts";
import { PyDict, PyList, PySet, PyTuple } from "../containers.ts";
import type { Value } from "../objects.ts";
import { findAttribute, getItem, repr } from "../operations.ts";

/** A part of a value, and how it is reached. */
export interface Part {
  readonly label: string;
  readonly value: Value;
  readonly step: PathStep;
}

/** Weights of a layer that are shown below it, where it has them. */
const weightNames = [
  "gamma",
  "beta",
  "moving_mean",
  "moving_variance",
  "moving_stddev",
  "renorm_mean",
  "renorm_stddev",
];

/** How many parts a value has, without the work of making them. */
export function partCount(value: Value): number {
  if (value instanceof BatchNormalization) return layerParts(value).length;
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length;
  return value instanceof PyDict || value instanceof PySet ? value.size : 0;
}

/** The parts from `start` on, at most `count`. */
export function partsOf(value: Value, start: number, count: number): Part[] {
  if (value instanceof BatchNormalization) return layerParts(value).slice(start, start + count);
  if (value instanceof PyList || value instanceof PyTuple) {
    return value.items
      .slice(start, start + count)
      .map((item, index) => part(`[${start + index}]`, item, start + index));
  }
  if (value instanceof PyDict) {
    return window(value.entries(), start, count).map(([key, item], index) =>
      part(short(repr(key)), item, start + index),
    );
  }
  if (value instanceof PySet) {
    return window(value, start, count).map((item, index) =>
      part(`{${start + index}}`, item, start + index),
    );
  }
  return [];
}

function part(label: string, value: Value, item: number): Part {
  return { label, value, step: { item } };
}

function layerParts(layer: BatchNormalization): Part[] {
  return weightNames.flatMap((attribute) => {
    const value = findAttribute(layer, attribute);
    return value instanceof Variable ? [{ label: attribute, value, step: { attribute } }] : [];
  });
}

function window<T>(source: Iterable<T>, start: number, count: number): T[] {
  const found: T[] = [];
  let index = 0;
  for (const item of source) {
    if (index >= start + count) break;
    if (index >= start) found.push(item);
    index++;
  }
  return found;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The value of a path; undefined where something on the way is no more. */
export function valueAt(
  names: ReadonlyMap<string, Value>,
  { name, steps }: VariablePath,
): Value | undefined {
  let value = names.get(name);
  for (const step of steps) {
    if (value === undefined) return undefined;
    value = follow(value, step);
  }
  return value;
}

function follow(value: Value, step: PathStep): Value | undefined {
  if ("item" in step) return partsOf(value, step.item, 1)[0]?.value;
  if ("attribute" in step) {
    // A copy of all values, only to be looked at.
    if (step.attribute === "flat" && value instanceof NDArray) return undefined;
    return findAttribute(value, step.attribute);
  }
  const key = typeof step.key === "number" ? BigInt(step.key) : step.key;
  return value instanceof PyDict ? value.get(key) : getItem(value, key);
}
