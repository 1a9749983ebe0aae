/**
 * @file Reductions that take one row of elements at a time: the reduced axes are brought to the
 * end and every row is contiguous.
 */
import { allocateData, polledElements, pollHost, type TensorData } from "../../engine/index.ts";
import { cast, rowMajorData, wrapData } from "../casting.ts";
import { halfBits } from "../half.ts";
import type { ArrayDType, Element, NDArray } from "../ndarray.ts";
import { transpose } from "../views.ts";
import { type ReductionOptions, reducedAxes, reducedCount, reducedShape } from "./axes.ts";

/** Contiguous rows; float16 is decoded. */
export interface Rows {
  readonly data: TensorData;
  /** Elements in each row. */
  readonly length: number;
  readonly count: number;
}

/** Widens float16, whose bits cannot be compared or added. */
export function widened(array: NDArray): NDArray {
  return array.dtype === "float16" ? cast(array, "float32") : array;
}

/** The elements over the given axes as rows, one per result. */
export function rowsOver(array: NDArray, axes: readonly number[]): Rows {
  const gone = new Set(axes);
  const kept = array.shape.map((_, axis) => axis).filter((axis) => !gone.has(axis));
  const order = [...kept, ...[...axes].sort((a, b) => a - b)];
  const length = reducedCount(array, axes);
  const wide = widened(array);
  const inOrder = order.every((axis, place) => axis === place);
  const data = rowMajorData(inOrder ? wide : transpose(wide, order));
  const count = kept.reduce((total, axis) => total * array.shape[axis], 1);
  return { data, length, count };
}

/** Reduces each row to one element of the type given. */
export function reduceRows(
  array: NDArray,
  options: ReductionOptions,
  dtype: ArrayDType,
  body: (data: TensorData, start: number, end: number) => Element,
): NDArray {
  const axes = reducedAxes(array, options.axis);
  const { data, length, count } = rowsOver(array, axes);
  const result = allocateData(dtype, count);
  for (let row = 0, unpolled = 0; row < count; row++, unpolled += length) {
    if (unpolled >= polledElements) {
      pollHost(row / count);
      unpolled = 0;
    }
    const value = body(data, row * length, (row + 1) * length);
    result[row] = dtype === "float16" ? halfBits(value as number) : value;
  }
  return wrapData(result, dtype, reducedShape(array, axes, options.keepDims));
}

/** Stores a decoded element as its type stores it. */
export function stored(value: Element, dtype: ArrayDType): Element {
  return dtype === "float16" ? halfBits(value as number) : value;
}
