/**
 * @file Memory for arrays, and NumPy's words where there is none to be had.
 */
import { byteWidth, EngineError, outOfMemory, type TensorData } from "../engine/index.ts";
import { ArrayMemoryError } from "./errors.ts";
import { sizeOf } from "./layout.ts";
import type { ArrayDType } from "./ndarray.ts";

/** Refused unasked: asking for what is not there makes the JavaScript engine collect garbage twice. */
const mostBytes = 2 ** 36;

/** What `make` gives for an array's type and size; ArrayMemoryError where it does not fit. */
export function reserve(
  shape: readonly number[],
  dtype: ArrayDType,
  make: (dtype: ArrayDType, size: number) => TensorData,
): TensorData {
  const size = sizeOf(shape);
  const bytes = size * byteWidth(dtype);
  if (bytes >= 2 ** 63) {
    throw new EngineError(
      "ValueError",
      "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.",
    );
  }
  try {
    if (bytes > mostBytes) throw new RangeError();
    return make(dtype, size);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ArrayMemoryError(outOfMemory(shape, dtype));
  }
}
