/**
 * @file The same elements in other shapes: reshaping, permuting axes, broadcasting. Views
 * wherever strides can say it, copies where they cannot.
 */
import { EngineError } from "../engine/index.ts";
import { copy } from "./casting.ts";
import { normalizeAxes, normalizeAxis } from "./errors.ts";
import {
  broadcastStrides,
  commonShape,
  isContiguous,
  rowMajorStrides,
  sizeOf,
  tightShapeText,
} from "./layout.ts";
import { NDArray } from "./ndarray.ts";

/** The same memory seen with another shape and strides. */
export function view(
  array: NDArray,
  shape: readonly number[],
  strides: readonly number[],
  offset: number = array.offset,
): NDArray {
  const seen = new NDArray(array.data, array.dtype, shape, strides, offset);
  seen.base = array.base ?? array;
  seen.writeable = array.writeable;
  return seen;
}

/** A shape in NumPy's words: a length to be found is "newaxis", unless it comes first. */
function requestedText(shape: readonly number[]): string {
  const known = shape.slice(shape.findIndex((length) => length >= 0));
  const texts = known.map((length) => (length < 0 ? "newaxis" : String(length)));
  return shape.length === 1 ? `(${texts[0]},)` : `(${texts.join(",")})`;
}

/** Replaces a -1 by the length that makes the sizes agree. */
function completeShape(shape: readonly number[], size: number): number[] {
  const fail = () =>
    new EngineError(
      "ValueError",
      `cannot reshape array of size ${size} into shape ${requestedText(shape)}`,
    );
  const unknown = shape.filter((length) => length < 0).length;
  if (unknown > 1) throw new EngineError("ValueError", "can only specify one unknown dimension");
  if (unknown === 0) {
    if (sizeOf(shape) !== size) throw fail();
    return [...shape];
  }
  const known = sizeOf(shape.filter((length) => length >= 0));
  if (known === 0 || size % known !== 0) throw fail();
  return shape.map((length) => (length < 0 ? size / known : length));
}

/**
 * Strides that show the array in a new shape without a copy, or undefined. Runs of old and new
 * axes with equal products are matched; within a run the old axes must be mergeable.
 */
function reshapedStrides(array: NDArray, shape: readonly number[]): number[] | undefined {
  const axes = array.shape.map((_, axis) => axis).filter((axis) => array.shape[axis] !== 1);
  const strides = new Array<number>(shape.length).fill(1);
  let oldFrom = 0;
  let newFrom = 0;
  while (oldFrom < axes.length && newFrom < shape.length) {
    let oldTo = oldFrom + 1;
    let newTo = newFrom + 1;
    let oldSize = array.shape[axes[oldFrom]];
    let newSize = shape[newFrom];
    while (oldSize !== newSize) {
      if (newSize < oldSize) newSize *= shape[newTo++];
      else oldSize *= array.shape[axes[oldTo++]];
    }
    for (let index = oldFrom; index < oldTo - 1; index++) {
      const [axis, next] = [axes[index], axes[index + 1]];
      if (array.strides[axis] !== array.strides[next] * array.shape[next]) return undefined;
    }
    let stride = array.strides[axes[oldTo - 1]];
    for (let axis = newTo - 1; axis >= newFrom; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    oldFrom = oldTo;
    newFrom = newTo;
  }
  return strides;
}

/** `reshape(array, shape)`: one length may be -1. */
export function reshape(array: NDArray, shape: readonly number[], order: "C" | "F" = "C"): NDArray {
  const complete = completeShape(shape, array.size);
  if (order === "F") return transpose(reshape(transpose(array), complete.reverse()));
  if (isContiguous(array)) return view(array, complete, rowMajorStrides(complete));
  if (array.size === 0) return view(array, complete, rowMajorStrides(complete));
  const strides = reshapedStrides(array, complete);
  return strides
    ? view(array, complete, strides)
    : new NDArray(copy(array).data, array.dtype, complete, rowMajorStrides(complete), 0);
}

/** Gives the array itself another shape, over the same memory; false where strides cannot say it. */
export function reshapeInPlace(array: NDArray, shape: readonly number[]): boolean {
  const complete = completeShape(shape, array.size);
  const plain = isContiguous(array) || array.size === 0;
  const strides = plain ? rowMajorStrides(complete) : reshapedStrides(array, complete);
  if (strides) {
    array.become(new NDArray(array.data, array.dtype, complete, strides, array.offset));
  }
  return strides !== undefined;
}

/** One axis; a view where elements lie in order, as `ravel` promises. */
export function ravel(array: NDArray, order: "C" | "F" = "C"): NDArray {
  return isContiguous(array) || order === "F"
    ? reshape(array, [-1], order)
    : reshape(copy(array), [-1]);
}

export function flatten(array: NDArray, order: "C" | "F" = "C"): NDArray {
  const { data } = copy(order === "F" ? transpose(array) : array);
  return new NDArray(data, array.dtype, [data.length], [1], 0);
}

/** Axes in another order; without axes, in reverse. */
export function transpose(array: NDArray, axes?: readonly number[]): NDArray {
  if (!axes) {
    return view(array, [...array.shape].reverse(), [...array.strides].reverse());
  }
  if (axes.length !== array.ndim) throw new EngineError("ValueError", "axes don't match array");
  const order = axes.map((axis) => normalizeAxis(axis, array.ndim));
  if (new Set(order).size < order.length) {
    throw new EngineError("ValueError", "repeated axis in transpose");
  }
  return view(
    array,
    order.map((axis) => array.shape[axis]),
    order.map((axis) => array.strides[axis]),
  );
}

export function swapAxes(array: NDArray, first: number, second: number): NDArray {
  const order = array.shape.map((_, axis) => axis);
  const a = normalizeAxis(first, array.ndim, "axis1");
  const b = normalizeAxis(second, array.ndim, "axis2");
  [order[a], order[b]] = [b, a];
  return transpose(array, order);
}

export function moveAxis(
  array: NDArray,
  source: readonly number[],
  destination: readonly number[],
): NDArray {
  const from = normalizeAxes(source, array.ndim, "source");
  const to = normalizeAxes(destination, array.ndim, "destination");
  if (from.length !== to.length) {
    throw new EngineError(
      "ValueError",
      "`source` and `destination` arguments must have the same number of elements",
    );
  }
  const order = array.shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  const pairs = to.map((axis, index) => [axis, from[index]]).sort((a, b) => a[0] - b[0]);
  for (const [axis, moved] of pairs) order.splice(axis, 0, moved);
  return transpose(array, order);
}

/** New axes of length 1 at the places where the result has them. */
export function expandDims(array: NDArray, axes: readonly number[]): NDArray {
  const rank = array.ndim + axes.length;
  const added = new Set(normalizeAxes(axes, rank));
  const shape: number[] = [];
  const strides: number[] = [];
  let old = 0;
  for (let axis = 0; axis < rank; axis++) {
    shape.push(added.has(axis) ? 1 : array.shape[old]);
    strides.push(added.has(axis) ? 0 : array.strides[old++]);
  }
  return view(array, shape, strides);
}

/** Without its axes of length 1, or without those given. */
export function squeeze(array: NDArray, axes?: readonly number[]): NDArray {
  const chosen = axes && new Set(normalizeAxes(axes, array.ndim));
  if (chosen && [...chosen].some((axis) => array.shape[axis] !== 1)) {
    throw new EngineError(
      "ValueError",
      "cannot select an axis to squeeze out which has size not equal to one",
    );
  }
  const kept = array.shape
    .map((_, axis) => axis)
    .filter((axis) => (chosen ? !chosen.has(axis) : array.shape[axis] !== 1));
  return view(
    array,
    kept.map((axis) => array.shape[axis]),
    kept.map((axis) => array.strides[axis]),
  );
}

/** A view that repeats the array over a shape. */
export function broadcastTo(array: NDArray, shape: readonly number[]): NDArray {
  const common = commonShape([array.shape, shape]);
  const fits = common?.length === shape.length && common.every((n, axis) => n === shape[axis]);
  if (!fits) {
    const remapped =
      array.ndim > shape.length
        ? "input operand has more dimensions than allowed by the axis remapping"
        : `operands could not be broadcast together with remapped shapes [original->remapped]: ${tightShapeText(array.shape)}  and requested shape ${tightShapeText(shape)}`;
    throw new EngineError("ValueError", remapped);
  }
  return view(array, shape, broadcastStrides(array, shape));
}

/** Elements in reverse along the given axes. */
export function flip(array: NDArray, axes?: readonly number[]): NDArray {
  const flipped = new Set(
    axes ? normalizeAxes(axes, array.ndim) : array.shape.map((_, axis) => axis),
  );
  let offset = array.offset;
  const strides = array.strides.map((stride, axis) => {
    if (!flipped.has(axis)) return stride;
    offset += stride * Math.max(array.shape[axis] - 1, 0);
    return -stride;
  });
  return view(array, array.shape, strides, offset);
}

/** Part of one axis: a view of `count` steps from `start`. */
export function sliceAxis(
  array: NDArray,
  axis: number,
  start: number,
  count: number,
  step = 1,
): NDArray {
  const shape = array.shape.with(axis, count);
  const strides = array.strides.with(axis, array.strides[axis] * step);
  return view(array, shape, strides, array.offset + start * array.strides[axis]);
}

/** One element along an axis, which the result lacks. */
export function takeAxis(array: NDArray, axis: number, index: number): NDArray {
  return view(
    array,
    array.shape.toSpliced(axis, 1),
    array.strides.toSpliced(axis, 1),
    array.offset + index * array.strides[axis],
  );
}

/** The elements on a diagonal of the last two axes, as a view. */
export function diagonal(array: NDArray, k = 0): NDArray {
  if (array.ndim < 2) {
    throw new EngineError("ValueError", "diag requires an array of at least two dimensions");
  }
  const rank = array.ndim;
  const [rows, columns] = array.shape.slice(-2);
  const [down, across] = array.strides.slice(-2);
  const count = Math.max(0, k >= 0 ? Math.min(rows, columns - k) : Math.min(rows + k, columns));
  return view(
    array,
    [...array.shape.slice(0, rank - 2), count],
    [...array.strides.slice(0, rank - 2), down + across],
    array.offset + (k >= 0 ? k * across : -k * down),
  );
}

/** The ValueError of an assignment whose shapes do not fit. */
export function broadcastInputError(from: readonly number[], into: readonly number[]): EngineError {
  return new EngineError(
    "ValueError",
    `could not broadcast input array from shape ${tightShapeText(from)} into shape ${tightShapeText(into)}`,
  );
}
