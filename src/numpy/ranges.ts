/**
 * @file Arrays from a rule: ranges, grids, identities, triangles.
 */
import {
  allocateData,
  EngineError,
  inPieces,
  leastCompiled,
  polledElements,
  pollHost,
  rampElements,
} from "../engine/index.ts";
import {
  allocateUnfilled,
  assign,
  cast,
  copy,
  rowMajor,
  rowMajorData,
  wrapData,
} from "./casting.ts";
import { asarray, full, zeros } from "./creation.ts";
import { isBig, isFloating } from "./dtypes.ts";
import { normalizeAxis } from "./errors.ts";
import { sizeOf } from "./layout.ts";
import { reserve } from "./memory.ts";
import type { ArrayDType, NDArray, Operand } from "./ndarray.ts";
import { binary, commonType, select, unary } from "./ufuncs/ufunc.ts";
import { broadcastTo, diagonal, reshape, takeAxis } from "./views.ts";

/** `np.arange` over integers or floats; the length is `ceil((stop - start) / step)`. */
export function arange(
  start: number | bigint,
  stop: number | bigint,
  step: number | bigint,
  dtype?: ArrayDType,
): NDArray {
  const integers = [start, stop, step].every((value) => typeof value === "bigint");
  const type = dtype ?? (integers ? "int64" : "float64");
  if (Number(step) === 0) throw new EngineError("ZeroDivisionError", "division by zero");
  const span = integers
    ? Number((stop as bigint) - (start as bigint)) / Number(step)
    : (Number(stop) - Number(start)) / Number(step);
  if (Number.isNaN(span)) {
    throw new EngineError("ValueError", "arange: cannot compute length");
  }
  if (span >= 2 ** 63) throw new EngineError("ValueError", "Maximum allowed size exceeded");
  const length = Math.max(0, Math.ceil(span));
  if (integers && !isFloating(type)) {
    const data = reserve([length], "int64", allocateData) as BigInt64Array;
    let value = start as bigint;
    if (length < leastCompiled || !rampElements(data, value, step)) {
      inPieces(length, (from, to) => {
        for (let i = from; i < to; i++, value += step as bigint) data[i] = value;
      });
    }
    const range = wrapData(data, "int64", [length]);
    return castFresh(range, type);
  }
  return castFresh(floatRange(Number(start), Number(step), length, type), type);
}

/** As NumPy fills: from the first element and the difference to the second, in the type itself. */
function floatRange(start: number, step: number, length: number, dtype: ArrayDType): NDArray {
  const single = dtype === "float32" || dtype === "float16";
  const round = single ? Math.fround : (value: number) => value;
  const whole = isFloating(dtype) ? round : Math.trunc;
  const first = whole(start);
  const delta = whole(whole(start + step) - first);
  const data = reserve([length], "float64", allocateData) as Float64Array;
  if (single || length < leastCompiled || !rampElements(data, first, delta)) {
    inPieces(length, (from, to) => {
      for (let i = from; i < to; i++) data[i] = round(first + round(i * delta));
    });
  }
  return wrapData(data, "float64", [length]);
}

/**
 * `np.linspace`, and its step. Computed in the type that the ends have together: float32 for
 * float32 ends, float64 for integers and Python's numbers. Ends with axes give a range for each.
 */
export function linspace(
  start: Operand,
  stop: Operand,
  count: number,
  endpoint = true,
  dtype?: ArrayDType,
): { readonly values: NDArray; readonly step: NDArray } {
  if (count < 0) {
    throw new EngineError("ValueError", `Number of samples, ${count}, must be non-negative.`);
  }
  const common = commonType([start, stop]);
  const type = isFloating(common) ? common : "float64";
  const intervals = endpoint ? count - 1 : count;
  const [first, last] = [start, stop].map((end) => cast(asarray(end), type));
  const delta = binary("subtract", last, first);
  const places = castFresh(arange(0, count, 1), type);
  const column = wrapData(places.data, type, [count, ...delta.shape.map(() => 1)]);
  const step = intervals > 0 ? binary("divide", delta, intervals) : asarray(Number.NaN);
  let offsets: NDArray;
  if (intervals <= 0) offsets = binary("multiply", column, delta);
  else if ((rowMajorData(cast(step, "float64")) as Float64Array).includes(0)) {
    // So small a distance that the step vanishes.
    offsets = binary("multiply", binary("divide", column, intervals), delta);
  } else offsets = binary("multiply", column, step, { overwrite: column });
  const values = binary("add", offsets, first, { overwrite: offsets });
  if (endpoint && count > 1) assign(takeAxis(values, 0, count - 1), broadcastTo(last, delta.shape));
  const whole = dtype !== undefined && !isFloating(dtype);
  const rounded = whole ? unary("floor", values, { overwrite: values }) : values;
  return { values: castFresh(rounded, dtype ?? type), step };
}

/** The array in another type; the array itself, of which nobody else knows, in its own. */
function castFresh(array: NDArray, dtype: ArrayDType): NDArray {
  return array.dtype === dtype ? array : cast(array, dtype);
}

/** `np.logspace`. */
export function logspace(
  start: Operand,
  stop: Operand,
  count: number,
  endpoint: boolean,
  base: number,
): NDArray {
  return binary("power", base, linspace(start, stop, count, endpoint).values);
}

/** `np.geomspace` between numbers of one sign. */
export function geomspace(start: number, stop: number, count: number, endpoint: boolean): NDArray {
  if (start === 0 || stop === 0) {
    throw new EngineError("ValueError", "Geometric sequence cannot include zero");
  }
  const sign = start < 0 && stop < 0 ? -1 : 1;
  const last = Math.log10((sign * stop) / (sign * start));
  const result = binary("multiply", logspace(0, last, count, endpoint, 10), sign * start);
  const data = result.data as Float64Array;
  if (count > 0) data[0] = sign * start;
  if (count > 1 && endpoint) data[count - 1] = sign * stop;
  return binary("multiply", result, sign);
}

/** `np.eye`: ones on the `k`th diagonal. */
export function eye(rows: number, columns: number, k: number, dtype: ArrayDType): NDArray {
  const result = zeros([rows, columns], dtype);
  assign(diagonal(result, k), asarray(1, dtype));
  return result;
}

/** `np.diag`: a matrix with the vector on a diagonal, or the diagonal of a matrix. */
export function diag(array: NDArray, k: number): NDArray {
  if (array.ndim === 2) return copy(diagonal(array, k));
  if (array.ndim !== 1) throw new EngineError("ValueError", "Input must be 1- or 2-d.");
  const size = array.shape[0] + Math.abs(k);
  const result = zeros([size, size], array.dtype);
  assign(diagonal(result, k), array);
  return result;
}

/** `np.tri`: ones at and below the `k`th diagonal. */
export function tri(rows: number, columns: number, k: number, dtype: ArrayDType): NDArray {
  const result = allocateUnfilled([rows, columns], "bool");
  const data = result.data as Uint8Array;
  for (let row = 0; row < rows; row++) {
    pollHost(row / rows);
    for (let column = 0; column < columns; column++) {
      data[row * columns + column] = column <= row + k ? 1 : 0;
    }
  }
  return cast(result, dtype);
}

/** `np.tril` (`lower`) and `np.triu`: zero on the other side of the diagonal. */
export function triangle(array: NDArray, k: number, lower: boolean): NDArray {
  const matrix = array.ndim === 1 ? broadcastTo(array, [array.shape[0], array.shape[0]]) : array;
  const [rows, columns] = matrix.shape.slice(-2);
  const mask = tri(rows, columns, lower ? k : k - 1, "bool");
  const nothing = zeros([], matrix.dtype);
  return lower ? select(mask, matrix, nothing) : select(mask, nothing, matrix);
}

/** `np.meshgrid`. */
export function meshgrid(axes: readonly NDArray[], indexing: string, sparse: boolean): NDArray[] {
  const flat = axes.map((axis) => reshape(axis, [-1]));
  const order = flat.map((_, index) => index);
  if (indexing === "xy" && order.length > 1) [order[0], order[1]] = [1, 0];
  const shape = order.map((index) => flat[index].size);
  return flat.map((axis, index) => {
    const place = order.indexOf(index);
    const grid = reshape(
      axis,
      shape.map((_, at) => (at === place ? -1 : 1)),
    );
    return copy(sparse ? grid : broadcastTo(grid, shape));
  });
}

/** `np.indices`: one array per axis, of the position along it. */
export function indices(shape: readonly number[]): NDArray {
  const result = allocateUnfilled([shape.length, ...shape], "int64");
  const size = sizeOf(shape);
  const data = result.data as BigInt64Array;
  for (let axis = 0; axis < shape.length; axis++) {
    const inner = sizeOf(shape.slice(axis + 1));
    inPieces(size, (start, end) => {
      for (let i = start; i < end; i++) {
        data[axis * size + i] = BigInt(Math.floor(i / inner) % shape[axis]);
      }
    });
  }
  return result;
}

/** `np.repeat`: each element (or slice along an axis) several times over. */
export function repeat(array: NDArray, counts: readonly number[], axis: number | null): NDArray {
  const source = axis === null ? reshape(array, [-1]) : array;
  const along = normalizeAxis(axis ?? 0, source.ndim);
  const length = source.shape[along];
  const alike = counts.length === 1;
  if (!alike && counts.length !== length) {
    throw new EngineError(
      "ValueError",
      `operands could not be broadcast together with shape (${length},) (${counts.length},)`,
    );
  }
  if (counts.some((count) => count < 0)) {
    throw new EngineError(
      "ValueError",
      alike ? "negative dimensions are not allowed" : "repeats may not contain negative values.",
    );
  }
  const outer = sizeOf(source.shape.slice(0, along));
  const inner = sizeOf(source.shape.slice(along + 1));
  const total = alike ? length * counts[0] : counts.reduce((sum, count) => sum + count, 0);
  const shape = source.shape.with(along, total);
  const data = reserve(shape, source.dtype, allocateData);
  const from = rowMajorData(source);
  let to = 0;
  let polled = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < length; i++) {
      const at = (o * length + i) * inner;
      if (to - polled >= polledElements) {
        pollHost(to / data.length);
        polled = to;
      }
      const times = alike ? counts[0] : counts[i];
      if (inner === 1) {
        const value = from[at];
        for (const end = to + times; to < end; to++) data[to] = value;
      } else {
        for (let n = 0; n < times; n++) {
          for (let k = 0; k < inner; k++, to++) data[to] = from[at + k];
        }
      }
    }
  }
  return wrapData(data, source.dtype, shape);
}

/** Slices along an axis at given positions. */
export function take(array: NDArray, positions: readonly number[], axis: number): NDArray {
  const source = rowMajor(array);
  const outer = sizeOf(source.shape.slice(0, axis));
  const inner = sizeOf(source.shape.slice(axis + 1));
  const length = source.shape[axis];
  const shape = source.shape.with(axis, positions.length);
  const data = reserve(shape, source.dtype, allocateData);
  for (let o = 0; o < outer; o++) {
    pollHost(o / outer);
    for (const [i, position] of positions.entries()) {
      if ((i * inner) % polledElements < inner) pollHost();
      const at = source.offset + (o * length + position) * inner;
      const to = (o * positions.length + i) * inner;
      for (let k = 0; k < inner; k++) data[to + k] = source.data[at + k];
    }
  }
  return wrapData(data, source.dtype, shape);
}

/** `np.full_like`, `np.ones_like`: a value in the shape of another array. */
export function fullLike(
  array: NDArray,
  value: number | bigint | boolean,
  dtype: ArrayDType = array.dtype,
  shape: readonly number[] = array.shape,
): NDArray {
  const typed = isBig(dtype) && typeof value === "number" ? BigInt(Math.trunc(value)) : value;
  return full(shape, typed, dtype);
}
