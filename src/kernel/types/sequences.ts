/**
 * @file Indices and slices of sequences, shared by `str`, `list`, `tuple` and `range`.
 */

import type { CompareOperator } from "../../python/nodes.ts";
import { PySlice } from "../containers.ts";
import { memoryError, pythonError } from "../errors.ts";
import { reserveHeap } from "../heap.ts";
import { checkSometimes } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import { compare, equals, errorTypeName, mostItems, repr, toIndex, typeOf } from "../operations.ts";

/** Positions that a slice selects: `start`, then every `step`, `count` of them. */
export interface SliceIndices {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number;
}

function sliceIndex(value: Value): bigint {
  if (value !== null && !typeOf(value).toIndex) {
    throw pythonError(
      "TypeError",
      "slice indices must be integers or None or have an __index__ method",
    );
  }
  return toIndex(value);
}

/** `slice.indices(length)`. TypeError for parts that are no integers, ValueError for step 0. */
export function sliceIndices(slice: PySlice, length: number): SliceIndices {
  const step = slice.step === null ? 1n : sliceIndex(slice.step);
  if (step === 0n) throw pythonError("ValueError", "slice step cannot be zero");
  const backwards = step < 0n;
  const lowest = backwards ? -1 : 0;
  const highest = backwards ? length - 1 : length;
  const clamp = (value: Value, fallback: number): number => {
    if (value === null) return fallback;
    let index = sliceIndex(value);
    if (index < 0n) index += BigInt(length);
    if (index < BigInt(lowest)) return lowest;
    return index > BigInt(highest) ? highest : Number(index);
  };
  const start = clamp(slice.start, backwards ? highest : lowest);
  const stop = clamp(slice.stop, backwards ? lowest : highest);
  const stride = Number(step);
  const span = backwards ? start - stop : stop - start;
  return {
    start,
    stop,
    step: stride,
    count: span > 0 ? Math.ceil(span / Math.abs(stride)) : 0,
  };
}

/** The selected items. */
export function sliceOf<T>(items: readonly T[], slice: PySlice): T[] {
  const { start, step, count } = sliceIndices(slice, items.length);
  if (step === 1) return items.slice(start, start + count);
  const selected: T[] = [];
  for (let index = 0; index < count; index++) selected.push(items[start + index * step]!);
  return selected;
}

/** A position counted from the front; IndexError `message` where there is none such. */
export function position(index: Value, length: number, message: string): number {
  const given = toIndex(index);
  if (BigInt.asIntN(64, given) !== given) {
    throw pythonError("IndexError", "cannot fit 'int' into an index-sized integer");
  }
  const found = Number(given);
  const fromFront = found < 0 ? found + length : found;
  if (fromFront < 0 || fromFront >= length) throw pythonError("IndexError", message);
  return fromFront;
}

/** `items[index]` for an index or a slice. */
export function requireIndexOrSlice(index: Value, sequence: string): void {
  if (index instanceof PySlice || typeOf(index).toIndex) return;
  throw pythonError(
    "TypeError",
    `${sequence} indices must be integers or slices, not ${errorTypeName(index)}`,
  );
}

/** Lexicographic comparison; undefined for operators that do not order. */
export function compareItems(
  operator: CompareOperator,
  left: readonly Value[],
  right: readonly Value[],
): Value | undefined {
  if (left.length !== right.length) {
    if (operator === "==") return false;
    if (operator === "!=") return true;
  }
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    checkSometimes();
    if (equals(left[index]!, right[index]!)) continue;
    if (operator === "==") return false;
    if (operator === "!=") return true;
    return compare(operator, left[index]!, right[index]!);
  }
  switch (operator) {
    case "==":
      return true;
    case "!=":
      return false;
    case "<":
      return left.length < right.length;
    case "<=":
      return left.length <= right.length;
    case ">":
      return left.length > right.length;
    case ">=":
      return left.length >= right.length;
    default:
      return undefined;
  }
}

/**
 * How often `sequence * count` repeats a sequence of the given length.
 * @throws OverflowError as CPython, beyond 64 bits; MemoryError beyond `most` elements in all.
 */
export function repetitions(length: number, count: bigint, most: number): number {
  if (BigInt.asIntN(64, count) !== count) {
    throw pythonError("OverflowError", "cannot fit 'int' into an index-sized integer");
  }
  if (length === 0 || count < 0n) return 0;
  if (length * Number(count) > most) throw memoryError();
  reserveHeap(length * Number(count) * (most === mostItems ? 8 : 1));
  return Number(count);
}

/** `items * count`. */
export function repeatItems<T>(items: readonly T[], count: bigint): T[] {
  const times = repetitions(items.length, count, mostItems);
  if (times > 0 && items.length === 1) return new Array<T>(times).fill(items[0]!);
  const result: T[] = [];
  for (let index = 0; index < times; index++) {
    for (let at = 0; at < items.length; at++) result.push(items[at]!);
  }
  return result;
}

/** `left + right`. */
export function concatenated<T>(left: readonly T[], right: readonly T[]): T[] {
  if (left.length + right.length > mostItems) throw memoryError();
  reserveHeap((left.length + right.length) * 8);
  return left.concat(right);
}

/** `items.index(item, start, stop)`, or -1. */
export function indexOf(
  items: readonly Value[],
  item: Value,
  start: Value | undefined,
  stop: Value | undefined,
): number {
  const range = sliceIndices(new PySlice(start ?? null, stop ?? null, null), items.length);
  for (let index = range.start; index < Math.min(range.stop, items.length); index++) {
    checkSometimes();
    if (equals(items[index]!, item)) return index;
  }
  return -1;
}

export function countOf(items: readonly Value[], item: Value): bigint {
  const same = items.filter((other) => {
    checkSometimes();
    return equals(other, item);
  });
  return BigInt(same.length);
}

const printing = new Set<object>();

/** A container's repr; `ellipsis` where it contains itself. */
export function guardedRepr(container: object, ellipsis: string, body: () => string): string {
  if (printing.has(container)) return ellipsis;
  printing.add(container);
  try {
    return body();
  } finally {
    printing.delete(container);
  }
}

export function reprItems(items: Iterable<Value>): string {
  const texts: string[] = [];
  for (const item of items) {
    checkSometimes();
    texts.push(repr(item));
  }
  return texts.join(", ");
}
