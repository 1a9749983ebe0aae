/**
 * @file Element types of tensors, with the typed array that stores each, and the roundings
 * between them. Names are NumPy's and Keras's.
 */
import { f16round, getFloat16, setFloat16 } from "@petamoriken/float16";
import { compiled } from "./addresses.ts";
import { checkAvailable } from "./host.ts";
import { runtime } from "./wasm/runtime.ts";

export type DType =
  | "bool"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64";

/** 16-bit floats are stored as their bits; 64-bit integers as bigints. */
export type TensorData =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** Arrays whose elements are the values themselves, as JavaScript numbers. */
export type NumericArray = Exclude<TensorData, BigInt64Array | BigUint64Array>;

/** Arrays that the engine computes on. */
export type FloatArray = Float32Array | Float64Array;

const constructors = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** Every element type, in the order of NumPy's kinds: bool, signed, unsigned, floats. */
export const dtypes = Object.keys(constructors) as readonly DType[];

export function isDType(name: unknown): name is DType {
  return typeof name === "string" && Object.hasOwn(constructors, name);
}

export function isFloat(dtype: DType): boolean {
  return dtype.includes("float");
}

/** True of signed and unsigned integers; `bool` is neither integer nor float. */
export function isInteger(dtype: DType): boolean {
  return dtype.includes("int");
}

/** Bytes that one element takes. */
export function byteWidth(dtype: DType): number {
  return constructors[dtype].BYTES_PER_ELEMENT;
}

/** Below so many bytes a store is not worth a place in the kernels' memory. */
const leastResident = 32768;

/**
 * A store for `size` elements with whatever values: for results that are written whole.
 * @throws RangeError where there is not so much memory.
 */
export function allocateData(dtype: DType, size: number): TensorData {
  return residentData(dtype, size) ?? heapData(dtype, size);
}

/** A zero-filled store for `size` elements. */
export function createData(dtype: DType, size: number): TensorData {
  const resident = residentData(dtype, size);
  if (!resident) return heapData(dtype, size);
  compiled()!["clear"](resident.byteOffset, resident.byteLength);
  return resident;
}

function heapData(dtype: DType, size: number): TensorData {
  checkAvailable(size * byteWidth(dtype));
  return new constructors[dtype](size);
}

/** A store in the kernels' memory; null where it is too small for that or does not fit. */
function residentData(dtype: DType, size: number): TensorData | null {
  const Data = constructors[dtype] as Float32ArrayConstructor;
  const bytes = size * Data.BYTES_PER_ELEMENT;
  const place = bytes >= leastResident ? runtime()?.tensors.allocate(bytes) : null;
  return place ? new Data(place.buffer, place.start, size) : null;
}

// One scratch word turns floats into bits and back.
const word = new DataView(new ArrayBuffer(4));

/** The bits of the float16 nearest to a number, ties to even. */
export function toFloat16Bits(value: number): number {
  setFloat16(word, 0, value);
  return word.getUint16(0);
}

let float16Values: Float32Array | undefined;

/** The value of every float16, by its bits: decoding by table is several times as fast. */
function float16Table(): Float32Array {
  if (!float16Values) {
    float16Values = new Float32Array(65536);
    for (let bits = 0; bits < 65536; bits++) {
      word.setUint16(0, bits);
      float16Values[bits] = getFloat16(word, 0);
    }
  }
  return float16Values;
}

export function fromFloat16Bits(bits: number): number {
  return float16Table()[bits];
}

/** The bits of the bfloat16 nearest to a number's float32, ties to even, as ml_dtypes has it. */
export function toBfloat16Bits(value: number): number {
  word.setFloat32(0, value);
  const bits = word.getUint32(0);
  if (Number.isNaN(value)) return ((bits >>> 16) & 0x8000) | 0x7fc0;
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

export function fromBfloat16Bits(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}

/** The number of a float type nearest to a number; integer types leave it as it is. */
export function roundToDType(value: number, dtype: DType): number {
  if (dtype === "float32") return Math.fround(value);
  if (dtype === "float16") return f16round(value);
  if (dtype === "bfloat16") return fromBfloat16Bits(toBfloat16Bits(value));
  return value;
}

/** Reads one element as a number; 64-bit integers lose what a double cannot hold. */
export function readElement(data: TensorData, dtype: DType, index: number): number {
  if (dtype === "float16") return fromFloat16Bits(data[index] as number);
  if (dtype === "bfloat16") return fromBfloat16Bits(data[index] as number);
  return Number(data[index]);
}

const int64Minimum = -(2n ** 63n);

/** A double to a 64-bit integer, as x86 converts: what does not fit is the smallest integer. */
function toInt64(value: number): bigint {
  return value >= -(2 ** 63) && value < 2 ** 63 ? BigInt(Math.trunc(value)) : int64Minimum;
}

/** A double to an unsigned 64-bit integer: below 2^63 by way of the signed one, as x86 converts. */
function toUint64(value: number): bigint {
  if (value >= 2 ** 63) return value < 2 ** 64 ? BigInt(Math.trunc(value)) : 0n;
  return BigInt.asUintN(64, toInt64(value));
}

/** Stores a number, converted as NumPy's `astype` does. */
export function writeElement(data: TensorData, dtype: DType, index: number, value: number): void {
  switch (dtype) {
    case "float32":
    case "float64":
      data[index] = value;
      return;
    case "float16":
      data[index] = toFloat16Bits(value);
      return;
    case "bfloat16":
      data[index] = toBfloat16Bits(value);
      return;
    case "bool":
      data[index] = value === 0 ? 0 : 1;
      return;
    case "int64":
      (data as BigInt64Array)[index] = toInt64(value);
      return;
    case "uint64":
      (data as BigUint64Array)[index] = toUint64(value);
      return;
    case "uint32":
      data[index] = value;
      return;
    default: {
      // Narrow integers go through int32, which is its minimum where the value does not fit.
      const whole = Math.trunc(value);
      data[index] = whole >= -(2 ** 31) && whole < 2 ** 31 ? whole : -(2 ** 31);
    }
  }
}
