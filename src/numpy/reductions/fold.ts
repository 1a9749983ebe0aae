/**
 * @file Extremes, products, truth and running totals.
 */
import {
  allocateData,
  createData,
  EngineError,
  extremesOfRuns,
  foldExtremes,
  hasByte,
  inPieces,
  leastCompiled,
  polledElements,
  pollHost,
  type TensorData,
} from "../../engine/index.ts";
import { cast, castKeepingOrder, convertData, rowMajorData, wrapData } from "../casting.ts";
import { isBig, isFloating } from "../dtypes.ts";
import { normalizeAxis } from "../errors.ts";
import { roundToHalf } from "../half.ts";
import { isContiguous, sizeOf } from "../layout.ts";
import { type ArrayDType, type Element, NDArray } from "../ndarray.ts";
import { binary } from "../ufuncs/ufunc.ts";
import { moveAxis, ravel } from "../views.ts";
import { checkNotEmpty, type ReductionOptions, reducedAxes, reducedShape } from "./axes.ts";
import { reduceRows, rowsOver, stored, widened } from "./rows.ts";
import { accumulatorType, type SumOptions, sum } from "./sum.ts";

type Floats = Float32Array | Float64Array;

/** Rows of running results between two polls. */
const polledRows = 1024;

/** Rows of fewer elements are looked through as fast without a kernel. */
const shortRow = 4;

/** The greatest of a row; NaN where there is one. */
function greatest(data: TensorData, start: number, end: number): Element {
  const values = data as Floats;
  let best = values[start];
  for (let i = start + 1; i < end && !Number.isNaN(best); i++) {
    // Not "greater": NaN is taken too, and then stays.
    if (!(values[i] <= best)) best = values[i];
  }
  return best;
}

function least(data: TensorData, start: number, end: number): Element {
  const values = data as Floats;
  let best = values[start];
  for (let i = start + 1; i < end && !Number.isNaN(best); i++) {
    if (!(values[i] >= best)) best = values[i];
  }
  return best;
}

/** `np.max`. */
export function max(array: NDArray, options: ReductionOptions = {}): NDArray {
  checkNotEmpty(array, reducedAxes(array, options.axis), "maximum");
  return extreme(array, options, true);
}

/** `np.min`. */
export function min(array: NDArray, options: ReductionOptions = {}): NDArray {
  checkNotEmpty(array, reducedAxes(array, options.axis), "minimum");
  return extreme(array, options, false);
}

function extreme(array: NDArray, options: ReductionOptions, most: boolean): NDArray {
  const axes = reducedAxes(array, options.axis);
  const wide = widened(array);
  const result = isContiguous(wide)
    ? extremesInPlace(wide, axes, most)
    : extremesOfCopy(wide, axes, most);
  const data = array.dtype === wide.dtype ? result : convertData(result, wide.dtype, array.dtype);
  return wrapData(data, array.dtype, reducedShape(array, axes, options.keepDims));
}

function extremesOfCopy(array: NDArray, axes: readonly number[], most: boolean): TensorData {
  const { data, length, count } = rowsOver(array, axes);
  return extremesOfRows(data, array.dtype, length, count, most);
}

/**
 * Neighbouring axes at a time, the last ones first. The first of equals is the same then, since
 * elements are taken in order all the while.
 */
function extremesInPlace(array: NDArray, axes: readonly number[], most: boolean): TensorData {
  const shape = [...array.shape];
  let data = rowMajorData(array);
  const gone = new Set(axes);
  for (let to = shape.length; to > 0; to--) {
    if (!gone.has(to - 1)) continue;
    let from = to - 1;
    while (gone.has(from - 1)) from--;
    const rows = sizeOf(shape.slice(from, to));
    const columns = sizeOf(shape.slice(to));
    const outer = data.length / rows / columns;
    data =
      columns === 1
        ? extremesOfRows(data, array.dtype, rows, outer, most)
        : extremesOfColumns(data, array.dtype, rows, columns, most);
    for (let axis = from; axis < to; axis++) shape[axis] = 1;
    to = from + 1;
  }
  // Without an axis to reduce the elements themselves are the result.
  return axes.length > 0 ? data : convertData(data, array.dtype, array.dtype);
}

function extremesOfRows(
  data: TensorData,
  dtype: ArrayDType,
  length: number,
  count: number,
  most: boolean,
): TensorData {
  const result = allocateData(dtype, count);
  if (isWorthKernel(data, length) && extremesOfRuns(data, length, most, result as Floats)) {
    return result;
  }
  const body = most ? greatest : least;
  for (let row = 0; row < count; row++) {
    if (row % polledRows === 0) pollHost(row / count);
    result[row] = body(data, row * length, (row + 1) * length);
  }
  return result;
}

/** Whether extremes of rows of so many elements are to be found by a kernel. */
function isWorthKernel(data: TensorData, length: number): data is Floats {
  const floats = data instanceof Float32Array || data instanceof Float64Array;
  return floats && data.length >= leastCompiled && length >= shortRow;
}

/** Of matrices that follow one another: row upon row, so that nothing is copied. */
function extremesOfColumns(
  data: TensorData,
  dtype: ArrayDType,
  rows: number,
  columns: number,
  most: boolean,
): TensorData {
  const size = rows * columns;
  const count = data.length / size;
  const result = allocateData(dtype, count * columns);
  for (let matrix = 0; matrix < count; matrix++) {
    const values = data.subarray(matrix * size, (matrix + 1) * size) as Floats;
    const best = result.subarray(matrix * columns, (matrix + 1) * columns) as Floats;
    best.set(values.subarray(0, columns));
    foldRows(best, values, rows, columns, isFloating(dtype), most);
  }
  return result;
}

function foldRows(
  best: Floats,
  values: Floats,
  rows: number,
  columns: number,
  floats: boolean,
  most: boolean,
): void {
  if (floats && values.length >= leastCompiled) {
    const rest = { values, at: columns, rows: rows - 1, distance: columns, columns };
    if (foldExtremes(rest, most, best)) return;
  }
  const better = most ? foldGreatest : foldLeast;
  for (let row = 1; row < rows; row++) better(best, values, row * columns);
}

function foldGreatest(result: Floats, values: Floats, start: number): void {
  for (let i = 0, k = start; i < result.length; i++, k++) {
    const best = result[i];
    if (!(values[k] <= best) && !Number.isNaN(best)) result[i] = values[k];
  }
}

function foldLeast(result: Floats, values: Floats, start: number): void {
  for (let i = 0, k = start; i < result.length; i++, k++) {
    const best = result[i];
    if (!(values[k] >= best) && !Number.isNaN(best)) result[i] = values[k];
  }
}

/** `np.ptp`: the greatest less the least. */
export function peakToPeak(array: NDArray, options: ReductionOptions = {}): NDArray {
  return binary("subtract", max(array, options), min(array, options));
}

/** `np.any`. */
export function any(array: NDArray, options: ReductionOptions = {}): NDArray {
  return truth(array, options, true);
}

/** `np.all`. */
export function all(array: NDArray, options: ReductionOptions = {}): NDArray {
  return truth(array, options, false);
}

/** Whether one element of each reduction is true (`any`), or all are. */
function truth(array: NDArray, options: ReductionOptions, some: boolean): NDArray {
  const flags = toBools(array);
  // Of columns the greatest bool says whether one is true, the least whether all are.
  const columns = !reducedAxes(flags, options.axis).includes(flags.ndim - 1);
  if (array.size > 0 && columns && isContiguous(flags)) return extreme(flags, options, some);
  return reduceRows(flags, options, "bool", (data, start, end) => {
    const row = data.subarray(start, end) as Uint8Array;
    const found = row.length < leastCompiled ? undefined : hasByte(row, !some);
    return (found ?? row.includes(some ? 1 : 0)) === some ? 1 : 0;
  });
}

function toBools(array: NDArray): NDArray {
  return array.dtype === "bool" ? array : cast(array, "bool");
}

/** `np.count_nonzero`. */
export function countNonzero(array: NDArray, options: ReductionOptions = {}): NDArray {
  return sum(toBools(array), { ...options, dtype: "int64" });
}

/** `np.prod`: from the first element to the last, rounding at each step. */
export function product(array: NDArray, options: SumOptions = {}): NDArray {
  const dtype = options.dtype ?? accumulatorType(array.dtype);
  const factors = array.dtype === dtype ? array : cast(array, dtype);
  return reduceRows(factors, options, dtype, (data, start, end) =>
    isBig(dtype) ? multiplyBig(data, start, end) : multiplyFloats(data, start, end, dtype),
  );
}

function multiplyBig(data: TensorData, start: number, end: number): bigint {
  let result = 1n;
  inPieces(end - start, (from, to) => {
    for (let i = start + from; i < start + to; i++) {
      result = BigInt.asIntN(64, result * (data[i] as bigint));
    }
  });
  return result;
}

function multiplyFloats(data: TensorData, start: number, end: number, dtype: ArrayDType): number {
  let result = 1;
  inPieces(end - start, (from, to) => {
    for (let i = start + from; i < start + to; i++) {
      result = rounded(result * (data[i] as number), dtype);
    }
  });
  return result;
}

function rounded(value: number, dtype: ArrayDType): number {
  if (dtype === "float32") return Math.fround(value);
  return dtype === "float16" ? roundToHalf(value) : value;
}

function firstExtreme(
  array: NDArray,
  options: ReductionOptions,
  name: string,
  better: (value: number, best: number) => boolean,
): NDArray {
  const axis = options.axis ?? null;
  if (array.size === 0) {
    throw new EngineError("ValueError", `attempt to get ${name} of an empty sequence`);
  }
  const along = axis === null || array.ndim === 0 ? null : axis;
  const axes = reducedAxes(array, along);
  const { data, length, count } = rowsOver(array, axes);
  if (isWorthKernel(data, length)) {
    const positions = allocateData("uint32", count) as Uint32Array;
    if (extremesOfRuns(data, length, name === "argmax", positions)) {
      const found = convertData(positions, "uint32", "int64");
      return wrapData(found, "int64", reducedShape(array, axes, options.keepDims));
    }
  }
  return reduceRows(array, { ...options, axis: along }, "int64", (data, start, end) => {
    const values = data as Floats;
    let best = start;
    for (let i = start; i < end; i++) {
      if ((i - start) % polledElements === 0) pollHost();
      const value = values[i];
      if (Number.isNaN(value)) return BigInt(i - start);
      if (better(value, values[best])) best = i;
    }
    return BigInt(best - start);
  });
}

/** `np.argmax`: the first of the greatest; the first NaN where there is one. */
export function argmax(array: NDArray, options: ReductionOptions = {}): NDArray {
  return firstExtreme(array, options, "argmax", (value, best) => value > best);
}

/** `np.argmin`. */
export function argmin(array: NDArray, options: ReductionOptions = {}): NDArray {
  return firstExtreme(array, options, "argmin", (value, best) => value < best);
}

/** Running results along an axis, or over all elements in order. */
function accumulate(
  array: NDArray,
  axis: number | null,
  dtype: ArrayDType | undefined,
  combine: (total: never, value: never) => Element,
): NDArray {
  const type = dtype ?? accumulatorType(array.dtype);
  const source = axis === null ? ravel(array) : array;
  const along = normalizeAxis(axis ?? 0, Math.max(source.ndim, 1));
  const { data, length, count } = rowsOver(cast(source, type), [along]);
  const result = createData(type, data.length);
  const step = combine as (total: Element, value: Element) => Element;
  for (let row = 0; row < count; row++) {
    const first = row * length;
    let total = data[first];
    if (row % polledRows === 0) pollHost(row / count);
    inPieces(length, (from, to) => {
      for (let i = first + from; i < first + to; i++) {
        if (i > first) total = step(total, data[i]);
        if (typeof total === "number" && isFloating(type)) total = rounded(total, type);
        result[i] = stored(total, type) as number;
      }
    });
  }
  const shape = [...source.shape.toSpliced(along, 1), length];
  const rows = wrapData(result, type, shape);
  return castKeepingOrder(moveAxis(rows, [shape.length - 1], [along]), type);
}

/** `np.cumsum`. */
export function cumulativeSum(array: NDArray, axis: number | null, dtype?: ArrayDType): NDArray {
  return accumulate(array, axis, dtype, (total: number, value: number) => total + value);
}

/** `np.cumprod`. */
export function cumulativeProduct(
  array: NDArray,
  axis: number | null,
  dtype?: ArrayDType,
): NDArray {
  const big = isBig(dtype ?? accumulatorType(array.dtype));
  return accumulate(array, axis, dtype, (total: number, value: number) =>
    big ? BigInt.asIntN(64, BigInt(total) * BigInt(value)) : total * value,
  );
}

/** `np.maximum.accumulate` and `np.minimum.accumulate`; NaN stays from where it comes. */
export function cumulativeExtreme(array: NDArray, axis: number, most: boolean): NDArray {
  const wide = widened(array);
  const result = accumulate(wide, axis, wide.dtype, (total: number, value: number) =>
    (most ? total >= value : total <= value) || Number.isNaN(total) ? total : value,
  );
  return array.dtype === wide.dtype ? result : cast(result, array.dtype);
}

/** Differences of neighbours, `count` times over. */
export function differences(array: NDArray, count: number, axis: number): NDArray {
  const along = normalizeAxis(axis, array.ndim);
  let result = array;
  for (let round = 0; round < count; round++) {
    const length = Math.max(result.shape[along] - 1, 0);
    const stride = result.strides[along];
    const window = (from: number) =>
      new NDArray(
        result.data,
        result.dtype,
        result.shape.with(along, length),
        result.strides,
        result.offset + from * stride,
      );
    result = binary(result.dtype === "bool" ? "not_equal" : "subtract", window(1), window(0));
  }
  return result;
}
