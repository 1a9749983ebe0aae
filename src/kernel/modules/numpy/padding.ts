/**
 * @file `np.pad`: its arguments, checked in NumPy's words, and padding by a cell's own function.
 */
import {
  asarray,
  broadcastTo,
  cast,
  copy,
  type NDArray,
  type Padding,
  pad,
  takeAxis,
  view,
} from "../../../numpy/index.ts";
import { PyDict, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { getItem, invoke, iterate, repr, typeOf } from "../../operations.ts";
import { toArray } from "./conversions.ts";

/** What each mode takes besides the widths. */
const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  empty: [],
  edge: [],
  wrap: [],
  constant: ["constant_values"],
  linear_ramp: ["end_values"],
  maximum: ["stat_length"],
  mean: ["stat_length"],
  median: ["stat_length"],
  minimum: ["stat_length"],
  reflect: ["reflect_type"],
  symmetric: ["reflect_type"],
};

/** One number, one pair, or a pair per axis, as a pair per axis. */
function pairs(value: Value, rank: number): NDArray {
  return copy(broadcastTo(toArray(value), [rank, 2]));
}

/** `pad_width=`, which may be a dictionary by axis. */
function readWidths(value: Value, rank: number): [number, number][] {
  if (value instanceof PyDict) {
    const widths = Array.from({ length: rank }, (): [number, number] => [0, 0]);
    for (const axis of iterate(value)) {
      const [first] = pairNumbers(pairs(getItem(value, axis), 1), 1);
      const at = Number(axis);
      widths[at < 0 ? at + rank : at] = first!;
    }
    return widths;
  }
  const widths = toArray(value);
  if (!/int/.test(widths.dtype)) {
    throw pythonError("TypeError", "`pad_width` must be of integral type.");
  }
  const numbers = pairNumbers(pairs(widths, rank), rank);
  if (numbers.some(([before, after]) => before < 0 || after < 0)) {
    throw pythonError("ValueError", "index can't contain negative values");
  }
  return numbers;
}

function pairNumbers(array: NDArray, rank: number): [number, number][] {
  const data = cast(array, "float64").data as Float64Array;
  return Array.from({ length: rank }, (_, axis) => [data[2 * axis]!, data[2 * axis + 1]!]);
}

/** Lets a cell's function fill the padding of each vector, one axis after the other. */
function padByFunction(
  array: NDArray,
  widths: readonly [number, number][],
  fill: Value,
  keywords: ReadonlyMap<string, Value>,
): NDArray {
  const zero = asarray(0, array.dtype);
  const padded = pad(array, { mode: "constant", widths, values: widths.map(() => [zero, zero]) });
  const options = new PyDict();
  for (const [name, value] of keywords) options.set(name, value);
  for (const [axis, width] of widths.entries()) {
    for (const start of startsOf(padded, axis)) {
      const vector = view(padded, [padded.shape[axis]], [padded.strides[axis]], start);
      invoke(fill, vector, new PyTuple(width.map(BigInt)), BigInt(axis), options);
    }
  }
  return padded;
}

/** Where each vector along an axis begins. */
function startsOf(array: NDArray, axis: number): number[] {
  const first = takeAxis(array, axis, 0);
  let starts = [first.offset];
  for (let at = 0; at < first.ndim; at++) {
    starts = starts.flatMap((start) =>
      Array.from({ length: first.shape[at] }, (_, i) => start + i * first.strides[at]),
    );
  }
  return starts;
}

function padding({ array: given, pad_width, mode, kwargs }: Bound): Value {
  const array = toArray(given!);
  const widths = readWidths(pad_width!, array.ndim);
  const keywords = kwargs as ReadonlyMap<string, Value>;
  if (typeof mode !== "string" && typeOf(mode!).call) {
    return padByFunction(array, widths, mode!, keywords);
  }
  const name = String(mode);
  const allowed = keywordsOf[name];
  if (!allowed) throw pythonError("ValueError", `mode '${name}' is not supported`);
  const unknown = [...keywords.keys()].filter((keyword) => !allowed.includes(keyword));
  if (unknown.length > 0) {
    throw pythonError(
      "ValueError",
      `unsupported keyword arguments for mode '${name}': {${unknown.map((word) => repr(word)).join(", ")}}`,
    );
  }
  const options: { -readonly [K in keyof Padding]: Padding[K] } = { mode: name, widths };
  const ends = keywords.get("constant_values") ?? keywords.get("end_values") ?? 0n;
  const values = pairs(ends, array.ndim);
  options.values = widths.map((_, axis) => [
    takeAxis(takeAxis(values, 0, axis), 0, 0),
    takeAxis(takeAxis(values, 0, axis), 0, 1),
  ]);
  const lengths = keywords.get("stat_length") ?? null;
  options.statLengths =
    lengths === null
      ? widths.map(() => [null, null])
      : pairNumbers(pairs(lengths, array.ndim), array.ndim);
  options.odd = keywords.get("reflect_type") === "odd";
  return pad(array, options);
}

/** `np.pad`. */
export function paddingMembers(): Record<string, Value> {
  return { pad: builtin("pad(array, pad_width, mode='constant', **kwargs)", padding) };
}
