/**
 * @file What depends on order: sorting, searching, medians and quantiles.
 */
import {
  createData,
  EngineError,
  inPieces,
  polledElements,
  pollHost,
  type TensorData,
} from "../../engine/index.ts";
import { cast, castKeepingOrder, rowMajorData, wrapData } from "../casting.ts";
import { asarray } from "../creation.ts";
import { isFloating } from "../dtypes.ts";
import { normalizeAxis } from "../errors.ts";
import type { NDArray, Operand } from "../ndarray.ts";
import { binary, unary } from "../ufuncs/ufunc.ts";
import { moveAxis, reshape, takeAxis, transpose } from "../views.ts";
import { type Axis, reducedAxes, reducedCount, reducedShape } from "./axes.ts";
import { mean } from "./moments.ts";
import { rowsOver } from "./rows.ts";
import { sortElements, sortedOrder } from "./sorting.ts";

/** NaN after everything else, as NumPy sorts. */
function compareElements(left: number, right: number): number {
  if (left < right) return -1;
  if (left > right) return 1;
  if (left === right) return 0;
  return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
}

/** `np.sort` along an axis. */
export function sort(array: NDArray, axis = -1): NDArray {
  const along = normalizeAxis(axis, array.ndim);
  const rows = transposedCopy(array, along);
  const wide = rows.dtype === "float16" ? cast(rows, "float32") : rows;
  const data = wide.data as Float64Array;
  const length = array.shape[along];
  // Typed arrays sort NaN last by themselves.
  for (let at = 0; at < data.length; at += length) {
    if (at % polledElements < length) pollHost(at / data.length);
    sortElements(data.subarray(at, at + length));
  }
  const sorted = rows.dtype === "float16" ? cast(wide, "float16") : wide;
  return castKeepingOrder(moveAxis(sorted, [array.ndim - 1], [along]), array.dtype);
}

/** A copy with one axis brought to the end. */
function transposedCopy(array: NDArray, axis: number): NDArray {
  const moved = moveAxis(array, [axis], [array.ndim - 1]);
  return wrapData(rowMajorData(moved).slice(), array.dtype, moved.shape);
}

/** `np.argsort`, stable. */
export function argsort(given: NDArray, axis = -1): NDArray {
  const array = given.ndim === 0 ? reshape(given, [1]) : given;
  const along = normalizeAxis(axis, array.ndim);
  const { data, length, count } = rowsOver(array, [along]);
  const result = new BigInt64Array(data.length);
  for (let row = 0; row < count; row++) {
    const values = data.subarray(row * length, (row + 1) * length) as Float64Array;
    const order = sortedOrder(values);
    inPieces(length, (start, end) => {
      for (let i = start; i < end; i++) result[row * length + i] = BigInt(order[i]);
    });
  }
  const shape = [...array.shape.toSpliced(along, 1), length];
  return castKeepingOrder(
    moveAxis(wrapData(result, "int64", shape), [array.ndim - 1], [along]),
    "int64",
  );
}

/** What `np.unique` can give. */
export interface Unique {
  readonly values: NDArray;
  /** Where each value first stands. */
  readonly index: NDArray;
  /** Which value each element is. */
  readonly inverse: NDArray;
  readonly counts: NDArray;
}

/** `np.unique`: the sorted distinct elements; NaNs count as one. */
export function unique(array: NDArray): Unique {
  const flat = reshape(array, [-1]);
  const order = argsort(flat).data as BigInt64Array;
  const wide = flat.dtype === "float16" ? cast(flat, "float32") : flat;
  const data = rowMajorData(wide) as Float64Array;
  const kept: number[] = [];
  const counts: number[] = [];
  const inverse = new BigInt64Array(data.length);
  for (let i = 0; i < order.length; i++) {
    if (i % polledElements === 0) pollHost(i / order.length);
    const index = Number(order[i]);
    const last = kept.at(-1);
    if (last === undefined || compareElements(data[last], data[index]) !== 0) {
      kept.push(index);
      counts.push(0);
    }
    counts[counts.length - 1]++;
    inverse[index] = BigInt(kept.length - 1);
  }
  const source = rowMajorData(flat);
  const values = createData(array.dtype, kept.length);
  for (const [i, index] of kept.entries()) values[i] = source[index];
  const integers = (numbers: readonly number[]) =>
    wrapData(BigInt64Array.from(numbers, BigInt), "int64", [numbers.length]);
  return {
    values: wrapData(values, array.dtype, [kept.length]),
    index: integers(kept),
    inverse: wrapData(inverse, "int64", array.shape),
    counts: integers(counts),
  };
}

/** `np.searchsorted`: where to insert so that the array stays sorted. */
export function searchSorted(sorted: NDArray, values: NDArray, side: string): NDArray {
  const haystack = rowMajorData(cast(sorted, "float64")) as Float64Array;
  const needles = rowMajorData(cast(values, "float64")) as Float64Array;
  const result = new BigInt64Array(needles.length);
  for (const [i, needle] of needles.entries()) {
    if (i % polledElements === 0) pollHost(i / needles.length);
    let [low, high] = [0, haystack.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compareElements(haystack[middle], needle);
      if (side === "left" ? order < 0 : order <= 0) low = middle + 1;
      else high = middle;
    }
    result[i] = BigInt(low);
  }
  return wrapData(result, "int64", values.shape);
}

/** Each reduction's elements in order along the last axis. */
function sortedRows(array: NDArray, axes: readonly number[]): NDArray {
  const gone = new Set(axes);
  const kept = array.shape.map((_, axis) => axis).filter((axis) => !gone.has(axis));
  const shape = [...kept.map((axis) => array.shape[axis]), reducedCount(array, axes)];
  return sort(reshape(transpose(array, [...kept, ...axes]), shape), -1);
}

/** NaN wherever a row ends in one. */
function spreadNaN(result: NDArray, sorted: NDArray): NDArray {
  if (!isFloating(sorted.dtype)) return result;
  const last = takeAxis(sorted, sorted.ndim - 1, sorted.shape[sorted.ndim - 1] - 1);
  const flags = rowMajorData(unary("isnan", last)) as Uint8Array;
  if (!flags.includes(1)) return result;
  const copy = cast(result, result.dtype === "float16" ? "float32" : result.dtype);
  for (let i = 0; i < flags.length; i++) if (flags[i]) copy.data[i] = Number.NaN;
  return copy.dtype === result.dtype ? copy : cast(copy, result.dtype);
}

function withKeptAxes(
  result: NDArray,
  array: NDArray,
  axes: readonly number[],
  keepDims: boolean,
  lead: readonly number[] = [],
): NDArray {
  return keepDims ? reshape(result, [...lead, ...reducedShape(array, axes, true)]) : result;
}

/** `np.median`: the middle element, or the mean of the two. */
export function median(array: NDArray, axis: Axis = null, keepDims = false): NDArray {
  const axes = reducedAxes(array, axis);
  if (array.size === 0) return withKeptAxes(mean(array, { axis }), array, axes, keepDims);
  const sorted = sortedRows(array, axes);
  const last = sorted.ndim - 1;
  const length = sorted.shape[last];
  const half = Math.floor(length / 2);
  const from = length % 2 === 1 ? half : half - 1;
  const middle = wrapData(
    rowMajorData(
      transpose(
        sliceLast(sorted, from, half + 1 - from),
        sorted.shape.map((_, index) => index),
      ),
    ),
    sorted.dtype,
    [...sorted.shape.slice(0, last), half + 1 - from],
  );
  const medians = spreadNaN(mean(middle, { axis: last }), sorted);
  return withKeptAxes(medians, array, axes, keepDims);
}

function sliceLast(array: NDArray, from: number, count: number): NDArray {
  const last = array.ndim - 1;
  const data: TensorData = array.data;
  return new (array.constructor as typeof NDArray)(
    data,
    array.dtype,
    array.shape.with(last, count),
    array.strides,
    array.offset + from * array.strides[last],
  );
}

/** How quantiles between two elements are read off: the nine ways of Hyndman and Fan, and four more. */
export type QuantileMethod = keyof typeof placesOf;

/** `n q + (alpha + q (1 - alpha - beta)) - 1`, as Hyndman and Fan parametrize the place. */
function parametrized(alpha: number, beta: number) {
  return (level: NDArray, count: number): NDArray => {
    const scaled = binary("multiply", level, BigInt(count));
    const shift = binary("add", binary("multiply", level, 1 - alpha - beta), alpha);
    return binary("subtract", binary("add", scaled, shift), 1n);
  };
}

/** `(n - 1) q`. */
function between(level: NDArray, count: number): NDArray {
  return binary("multiply", asarray(BigInt(count - 1)), level, { dtype: level.dtype });
}

/** `n q - 1`. */
function beforeCount(level: NDArray, count: number): NDArray {
  return binary("subtract", binary("multiply", level, BigInt(count)), 1n);
}

/** Where among the sorted elements each method looks for a level. */
const placesOf = {
  linear: between,
  lower: (level: NDArray, count: number) => unary("floor", between(level, count)),
  higher: (level: NDArray, count: number) => unary("ceil", between(level, count)),
  midpoint: between,
  nearest: between,
  inverted_cdf: beforeCount,
  averaged_inverted_cdf: beforeCount,
  closest_observation: (level: NDArray, count: number) =>
    binary("subtract", beforeCount(level, count), 0.5),
  interpolated_inverted_cdf: parametrized(0, 1),
  hazen: parametrized(0.5, 0.5),
  weibull: parametrized(0, 0),
  median_unbiased: parametrized(1 / 3, 1 / 3),
  normal_unbiased: parametrized(3 / 8, 3 / 8),
};

function checkMethod(method: string): void {
  if (Object.hasOwn(placesOf, method)) return;
  const known = [
    "inverted_cdf",
    "averaged_inverted_cdf",
    "closest_observation",
    "interpolated_inverted_cdf",
    "hazen",
    "weibull",
    "linear",
    "median_unbiased",
    "normal_unbiased",
    "lower",
    "higher",
    "midpoint",
    "nearest",
  ];
  throw new EngineError(
    "ValueError",
    `'${method}' is not a valid method. Use one of: dict_keys([${known.map((name) => `'${name}'`).join(", ")}])`,
  );
}

/**
 * `np.quantile(array, q)`: the elements at `q * (n - 1)`, interpolated by the method.
 * @param q In [0, 1], of the type that NumPy would compute in. Its axes lead the result's.
 */
export function quantile(
  array: NDArray,
  q: NDArray,
  axis: Axis = null,
  keepDims = false,
  method: QuantileMethod = "linear",
): NDArray {
  checkMethod(method);
  const levels = rowMajorData(cast(q, "float64")) as Float64Array;
  if (levels.some((level) => !(level >= 0 && level <= 1))) {
    throw new EngineError("ValueError", "Quantiles must be in the range [0, 1]");
  }
  const axes = reducedAxes(array, axis);
  const sorted = sortedRows(array, axes);
  const last = sorted.ndim - 1;
  const length = sorted.shape[last];
  if (length === 0)
    throw new EngineError("IndexError", "index -1 is out of bounds for axis 0 with size 0");
  const rows = Array.from(levels, (_, index) => {
    const level = asarray(levels[index], isFloating(q.dtype) ? q.dtype : "float64");
    const virtual = placesOf[method](level, length);
    return spreadNaN(interpolate(sorted, last, virtual, method), sorted);
  });
  const shape = reducedShape(array, axes, false);
  const dtype = rows[0]?.dtype ?? "float64";
  const result = wrapData(createData(dtype, rows.length * rowLength(shape)), dtype, [
    ...q.shape,
    ...shape,
  ]);
  for (const [i, row] of rows.entries()) {
    (result.data as Float64Array).set(rowMajorData(row) as Float64Array, i * rowLength(shape));
  }
  return withKeptAxes(result, array, axes, keepDims, q.shape);
}

function rowLength(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** The one element that a method takes without looking at its neighbour; null where it interpolates. */
function wholePlace(position: number, below: number, method: QuantileMethod): number | null {
  const share = position - below;
  switch (method) {
    case "lower":
    case "higher":
      return position;
    case "nearest":
      return share === 0.5 ? below + (below % 2) : Math.round(position);
    case "inverted_cdf":
      return Math.max(share === 0 ? below : below + 1, 0);
    case "closest_observation":
      return Math.max(share === 0 && Math.abs(below % 2) === 1 ? below : below + 1, 0);
    default:
      return null;
  }
}

function interpolate(
  sorted: NDArray,
  last: number,
  virtual: NDArray,
  method: QuantileMethod,
): NDArray {
  const position = Number(rowMajorData(cast(virtual, "float64"))[0]);
  const at = (index: number) => takeAxis(sorted, last, index);
  const end = sorted.shape[last] - 1;
  const floor = Math.floor(position);
  const whole = wholePlace(position, floor, method);
  if (whole !== null) return at(Math.min(whole, end));
  let [below, above] = [floor, floor + 1];
  // Beyond either end only the end itself counts, whatever the share.
  if (position >= end) [below, above] = [end, end];
  else if (position < 0) [below, above] = [0, 0];
  let fraction: Operand = binary("subtract", virtual, asarray(below, virtual.dtype));
  if (method === "midpoint") fraction = asarray(position === floor ? 0 : 0.5, virtual.dtype);
  if (method === "averaged_inverted_cdf") {
    fraction = asarray(position === below ? 0.5 : 1, virtual.dtype);
  }
  const [low, high] = [at(below), at(above)];
  const step = binary("subtract", high, low);
  // From the nearer end, so that the ends themselves come out exactly.
  const share = Number(rowMajorData(cast(fraction, "float64"))[0]);
  if (share >= 0.5) {
    const rest = binary("subtract", 1, fraction);
    return binary("subtract", high, binary("multiply", step, rest));
  }
  return binary("add", low, binary("multiply", step, fraction));
}
