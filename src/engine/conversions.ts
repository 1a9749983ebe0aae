/**
 * @file Elements converted, copied, filled and counted up by compiled kernels
 * (`kernels/conversions.ts`). All are undefined or false, and have done nothing, where the kernels
 * cannot reach the arrays.
 */
import { compiled, withAddresses } from "./addresses.ts";
import type { DType, TensorData } from "./dtype.ts";

/** Pairs of types by their numbers. */
const pairs = [
  ...["uint8 float32", "int32 float32", "float64 float32", "int64 float32"],
  ...["uint8 float64", "int32 float64", "float32 float64", "int64 float64"],
  ...["uint8 int64", "int32 int64", "int64 int32", "uint8 int32"],
  ...["float32 int64", "float64 int64", "float32 int32", "float64 int32"],
  ...["float32 uint8", "float64 uint8"],
];

/** Kernels between 16-bit floats and float32 by their types. */
const halves: Readonly<Record<string, string>> = {
  "float16 float32": "decodeFloat16",
  "float32 float16": "encodeFloat16",
  "bfloat16 float32": "decodeBfloat16",
  "float32 bfloat16": "encodeBfloat16",
};

/** Elements are true that differ from these bytes. */
const zeros = new Uint8Array(8);
/** The number of that test in `kernels/elementwise.ts`. */
const notEqual = 1;

/** Converts all elements; "invalid" where a float did not fit an integer type. */
export function convertElements(
  to: TensorData,
  toType: DType,
  from: TensorData,
  fromType: DType,
): "done" | "invalid" | undefined {
  const kernels = compiled();
  if (!kernels) return undefined;
  const half = halves[`${fromType} ${toType}`];
  if (half) {
    return withAddresses([to, from], ([target, source]) => {
      kernels[half](source, target, to.length);
      return "done";
    });
  }
  if (toType === "bool" && (fromType === "float32" || fromType === "float64")) {
    const test = kernels[`testRows${from.BYTES_PER_ELEMENT * 8}`];
    return withAddresses([to, from, zeros], ([target, source, zero], scratch) => {
      test(notEqual, target, source, zero, 1, to.length, 0, 0, 0, 1, 0, scratch);
      return "done";
    });
  }
  // Bools are bytes of 0 and 1.
  const pair = pairs.indexOf(`${fromType === "bool" ? "uint8" : fromType} ${toType}`);
  if (pair < 0) return undefined;
  return withAddresses([to, from], ([target, source]) =>
    kernels["convert"](pair, source, target, to.length) ? "invalid" : "done",
  );
}

/** Copies all elements of an array of the same type into another. */
export function moveElements(to: TensorData, from: TensorData): boolean {
  const kernels = compiled();
  if (!kernels) return false;
  const done = withAddresses([to, from], ([target, source]) => {
    kernels["move"](source, target, to.byteLength);
    return true;
  });
  return done === true;
}

/** Sets all elements to one value, as the array stores it. */
export function fillElements(to: TensorData, value: number | bigint): boolean {
  const kernels = compiled();
  if (!kernels) return false;
  const pattern = to.subarray(0, 0).constructor as new (length: number) => TensorData;
  const sixteen = new pattern(16 / to.BYTES_PER_ELEMENT);
  (sixteen as Float64Array).fill(value as number);
  const done = withAddresses([to, sixteen], ([target, source]) => {
    kernels["fill"](target, to.byteLength, source);
    return true;
  });
  return done === true;
}

/** `start + i * step`. */
export function rampElements(
  to: Float64Array | BigInt64Array,
  start: number | bigint,
  step: number | bigint,
): boolean {
  const kernels = compiled();
  if (!kernels) return false;
  const done = withAddresses([to], ([target]) => {
    const name = to instanceof Float64Array ? "rampFloats" : "rampIntegers";
    kernels[name](target, to.length, start, step);
    return true;
  });
  return done === true;
}
