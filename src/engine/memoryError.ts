/**
 * @file NumPy's words for memory that is not there (numpy/_core/_exceptions.py).
 */
import { byteWidth, type DType } from "./dtype.ts";
import { formatShape, sizeOfShape } from "./shape.ts";

export function outOfMemory(shape: readonly number[], dtype: DType): string {
  const bytes = sizeOfShape(shape) * byteWidth(dtype);
  return (
    `Unable to allocate ${bytesText(bytes)} for an array with shape ${formatShape(shape)} ` +
    `and data type ${dtype}`
  );
}

const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** As `_ArrayMemoryError._size_to_string`: three digits, or all before the point. */
function bytesText(bytes: number): string {
  let unit = Math.floor(Math.log2(Math.max(bytes, 1)) / 10);
  let count = bytes / 1024 ** unit;
  if (Math.round(count) === 1024) {
    unit += 1;
    count /= 1024;
  }
  if (unit === 0) return `${count.toFixed(0)} bytes`;
  // Python's `#.3g` keeps the point: `745. GiB`.
  const digits = Math.round(count) < 1000 ? count.toPrecision(3) : count.toFixed(0);
  return `${digits.includes(".") ? digits : `${digits}.`} ${units[unit]}`;
}
