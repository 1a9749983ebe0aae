/**
 * @file NumPy's ndarray: a strided view of a typed array. Depends on the engine's dtypes alone.
 */
import type { DType, TensorData } from "../engine/index.ts";

/** NumPy's element types that cells can make; the engine's other type, bfloat16, is no NumPy type. */
export type ArrayDType = Exclude<DType, "bfloat16">;

/** One element: bigint for int64 and uint64, number for every other type (bool is 0 or 1). */
export type Element = number | bigint;

/** A view: element `[i, j, …]` is `data[offset + i * strides[0] + j * strides[1] + …]`. */
export class NDArray {
  readonly data: TensorData;
  readonly dtype: ArrayDType;
  readonly shape: readonly number[];
  /** In elements, not bytes. */
  readonly strides: readonly number[];
  readonly offset: number;
  /** Whose memory a view shows; null where the array has its own. */
  base: NDArray | null = null;
  /** False of views whose elements stand in several places, and where a cell has said so. */
  writeable = true;

  constructor(
    data: TensorData,
    dtype: ArrayDType,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
  ) {
    this.data = data;
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  /** Takes another memory and layout, where Python changes an array in place: `a.shape = (2, 3)`. */
  become(other: NDArray): void {
    const { data, dtype, shape, strides, offset } = other;
    Object.assign(this, { data, dtype, shape, strides, offset });
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** How many elements the view shows. */
  get size(): number {
    let size = 1;
    for (const length of this.shape) size *= length;
    return size;
  }
}

/** One NumPy number, as indexing an array to the end gives: `np.float32(1.5)`. */
export class NumpyScalar {
  readonly dtype: ArrayDType;
  /** `bigint` for integers, `number` for floats, `boolean` for bool; already rounded to the dtype. */
  readonly value: number | bigint | boolean;

  constructor(dtype: ArrayDType, value: number | bigint | boolean) {
    this.dtype = dtype;
    this.value = value;
  }
}

/** What arithmetic takes: Python's own numbers are weak in promotion, the rest is not. */
export type Operand = NDArray | NumpyScalar | number | bigint | boolean;

/** What becomes an array: numbers, arrays, and nested sequences of them. */
export type ArrayLike = Operand | readonly ArrayLike[];
