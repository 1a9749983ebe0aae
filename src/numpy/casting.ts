/**
 * @file Elements between types, and copies between layouts. Conversions are those of C on x86,
 * as NumPy's `astype` makes them.
 */
import {
  allocateData,
  convertElements,
  createData,
  fillElements,
  fromFloat16Bits,
  inPieces,
  leastCompiled,
  moveElements,
  type NumericArray,
  type TensorData,
} from "../engine/index.ts";
import { isBig, isFloating } from "./dtypes.ts";
import { halfBits } from "./half.ts";
import {
  broadcastStrides,
  forEachPiece,
  isContiguous,
  orderedStrides,
  planWalk,
  rowMajorStrides,
} from "./layout.ts";
import { reserve } from "./memory.ts";
import { type ArrayDType, type Element, NDArray } from "./ndarray.ts";
import { reportFault } from "./warnings.ts";

type BigArray = BigInt64Array | BigUint64Array;

/** An array over data that are already in row-major order. */
export function wrapData(data: TensorData, dtype: ArrayDType, shape: readonly number[]): NDArray {
  return new NDArray(data, dtype, shape, rowMajorStrides(shape), 0);
}

/** A new zero-filled array. */
export function allocate(shape: readonly number[], dtype: ArrayDType): NDArray {
  return wrapData(reserve(shape, dtype, createData), dtype, shape);
}

/** A new array whose elements are all to be written. */
export function allocateUnfilled(shape: readonly number[], dtype: ArrayDType): NDArray {
  return wrapData(reserve(shape, dtype, allocateData), dtype, shape);
}

/**
 * A new array of the same memory order as `order` lists the axes, slowest first. Its elements are
 * all to be written.
 */
export function allocateOrdered(
  shape: readonly number[],
  dtype: ArrayDType,
  order: readonly number[],
): NDArray {
  const data = reserve(shape, dtype, allocateData);
  return new NDArray(data, dtype, shape, orderedStrides(shape, order), 0);
}

/** The value of an element as stored: decodes float16. */
export function decodeElement(data: TensorData, dtype: ArrayDType, position: number): Element {
  const stored = data[position];
  return dtype === "float16" ? fromFloat16Bits(stored as number) : stored;
}

/** Every element in row-major order, in an array of its own or a window on the array's data. */
export function rowMajorData(array: NDArray): TensorData {
  if (!isContiguous(array)) return copy(array).data;
  const { data, offset, size } = array;
  return offset === 0 && data.length === size ? data : data.subarray(offset, offset + size);
}

/** A row-major copy. */
export function copy(array: NDArray): NDArray {
  const result = allocateUnfilled(array.shape, array.dtype);
  copyElements(result, array);
  return result;
}

/** A row-major array of the type wanted: the same array where it is one already. */
export function rowMajor(array: NDArray, dtype: ArrayDType = array.dtype): NDArray {
  if (array.dtype === dtype && isContiguous(array)) return array;
  return array.dtype === dtype ? copy(array) : cast(array, dtype);
}

/** A row-major copy of another type. */
export function cast(array: NDArray, dtype: ArrayDType): NDArray {
  if (array.dtype === dtype) return copy(array);
  return wrapData(convertData(rowMajorData(array), array.dtype, dtype), dtype, array.shape);
}

/** A copy of another type, in the memory order of the original. */
export function castKeepingOrder(array: NDArray, dtype: ArrayDType): NDArray {
  const walk = planWalk(array.shape, [array.strides]);
  if (walk.shape.length !== 1 || walk.strides[0][0] !== 1 || walk.starts[0] !== 0) {
    return cast(array, dtype);
  }
  const data = array.data.subarray(array.offset, array.offset + array.size);
  const converted = convertData(data, array.dtype, dtype);
  return new NDArray(converted, dtype, array.shape, array.strides, 0);
}

/** Assigns a source, broadcast and converted, to every element of the target. */
export function assign(target: NDArray, source: NDArray): void {
  copyElements(target, target.dtype === source.dtype ? source : cast(source, target.dtype));
}

/** Copies elements of one type between layouts; the source is broadcast to the target. */
function copyElements(target: NDArray, source: NDArray): void {
  const { data: to } = target;
  // A view of the target's own memory could be overwritten before it is read.
  const overlapping = source.data.buffer === to.buffer && source !== target;
  const from = overlapping ? convertData(source.data, source.dtype, source.dtype) : source.data;
  const strides = [target.strides, broadcastStrides(source, target.shape)];
  const walk = planWalk(target.shape, strides);
  const last = walk.shape.length - 1;
  const [step, stride] = [walk.strides[0][last], walk.strides[1][last]];
  forEachPiece(walk, [target.offset, source.offset], ([at, start], count) => {
    if (to instanceof Float32Array) {
      copyRun32(to, at, step, from as Float32Array, start, stride, count);
    } else if (to instanceof Float64Array) {
      copyRun64(to, at, step, from as Float64Array, start, stride, count);
    } else copyRun(to, at, step, from, start, stride, count);
  });
}

/** Copies elements of one type to a place. */
function setElements(to: TensorData, at: number, from: TensorData): void {
  const large = from.length >= leastCompiled;
  if (large && moveElements(to.subarray(at, at + from.length), from)) return;
  (to as Float64Array).set(from as Float64Array, at);
}

function fillRun(to: TensorData, at: number, count: number, value: Element): void {
  const run = to.subarray(at, at + count);
  if (count < leastCompiled || !fillElements(run, value)) {
    (run as Float64Array).fill(value as number);
  }
}

/** Elements from which a run is worth a view of its own. */
const longRun = 32;

// Three bodies, so that each sees one kind of array and stays fast.
function copyRun32(
  to: Float32Array,
  at: number,
  step: number,
  from: Float32Array,
  start: number,
  stride: number,
  count: number,
): void {
  if (step === 1 && stride === 1 && count >= longRun)
    setElements(to, at, from.subarray(start, start + count));
  else if (step === 1 && stride === 0 && count >= longRun) fillRun(to, at, count, from[start]);
  else for (let i = 0; i < count; i++) to[at + i * step] = from[start + i * stride];
}

function copyRun64(
  to: Float64Array,
  at: number,
  step: number,
  from: Float64Array,
  start: number,
  stride: number,
  count: number,
): void {
  if (step === 1 && stride === 1 && count >= longRun)
    setElements(to, at, from.subarray(start, start + count));
  else if (step === 1 && stride === 0 && count >= longRun) fillRun(to, at, count, from[start]);
  else for (let i = 0; i < count; i++) to[at + i * step] = from[start + i * stride];
}

function copyRun(
  to: TensorData,
  at: number,
  step: number,
  from: TensorData,
  start: number,
  stride: number,
  count: number,
): void {
  if (step === 1 && stride === 1 && count >= longRun)
    setElements(to, at, from.subarray(start, start + count));
  else if (step === 1 && stride === 0 && count >= longRun) fillRun(to, at, count, from[start]);
  else for (let i = 0; i < count; i++) to[at + i * step] = from[start + i * stride];
}

/** Contiguous elements converted from type to type; always a new array. */
export function convertData(data: TensorData, from: ArrayDType, to: ArrayDType): TensorData {
  const result = allocateData(to, data.length);
  if (from === to) {
    setElements(result, 0, data);
    return result;
  }
  if (data.length >= leastCompiled) {
    const outcome = convertElements(result, to, data, from);
    if (outcome === "invalid") reportFault("invalid", "cast");
    if (outcome) return result;
  }
  let fits = true;
  inPieces(data.length, (start, end) => {
    const piece = convertInto(result.subarray(start, end), to, data.subarray(start, end), from);
    fits &&= piece;
  });
  if (!fits) reportFault("invalid", "cast");
  return result;
}

/** Converts all elements; false where a float did not fit an integer type. */
function convertInto(
  result: TensorData,
  to: ArrayDType,
  data: TensorData,
  from: ArrayDType,
): boolean {
  if (to === "bool") toBool(data, from, result as Uint8Array);
  else if (isBig(from)) fromBig(data as BigArray, to, result);
  else {
    const values = (from === "float16" ? decodeFloat16(data as Uint16Array) : data) as NumericArray;
    if (to === "float64" || to === "float32") (result as Float64Array).set(values);
    else if (to === "float16") encodeInto(result as Uint16Array, values);
    else if (isFloating(from)) return floatToInteger(values, to, result);
    else integerToInteger(values, result);
  }
  return true;
}

/** The values of float16 bits. */
export function decodeFloat16(bits: Uint16Array): Float32Array {
  const values = allocateData("float32", bits.length) as Float32Array;
  if (bits.length >= leastCompiled && convertElements(values, "float32", bits, "float16")) {
    return values;
  }
  inPieces(bits.length, (start, end) => {
    for (let i = start; i < end; i++) values[i] = fromFloat16Bits(bits[i]);
  });
  return values;
}

/** The bits of the nearest float16s. */
export function encodeFloat16(values: NumericArray): Uint16Array {
  const bits = allocateData("float16", values.length) as Uint16Array;
  if (values instanceof Float32Array && values.length >= leastCompiled) {
    if (convertElements(bits, "float16", values, "float32")) return bits;
  }
  return encodeInto(bits, values);
}

function encodeInto(bits: Uint16Array, values: NumericArray): Uint16Array {
  inPieces(values.length, (start, end) => {
    for (let i = start; i < end; i++) bits[i] = halfBits(values[i]);
  });
  return bits;
}

function toBool(data: TensorData, from: ArrayDType, result: Uint8Array): void {
  if (isBig(from)) for (let i = 0; i < data.length; i++) result[i] = data[i] === 0n ? 0 : 1;
  // The sign bit of a float16 does not make zero true.
  else if (from === "float16") {
    for (let i = 0; i < data.length; i++) result[i] = ((data[i] as number) & 0x7fff) === 0 ? 0 : 1;
  } else for (let i = 0; i < data.length; i++) result[i] = data[i] === 0 ? 0 : 1;
}

const word = 2 ** 32;

/** 64-bit integers as pairs of words, the low one first: each would else become a bigint. */
function wordsOf({ buffer, byteOffset, length }: BigArray): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length);
}

function fromBig(data: BigArray, to: ArrayDType, result: TensorData): void {
  if (isBig(to)) {
    (result as BigArray).set(data);
    return;
  }
  if (to === "float16") {
    for (let i = 0; i < data.length; i++) result[i] = halfBits(Number(data[i]));
  } else {
    const words = wordsOf(data);
    const size = data.length;
    if (!isFloating(to)) for (let i = 0; i < size; i++) result[i] = words[2 * i];
    else if (data instanceof BigInt64Array) {
      for (let i = 0; i < size; i++) result[i] = words[2 * i + 1] * word + (words[2 * i] >>> 0);
    } else {
      for (let i = 0; i < size; i++) {
        result[i] = (words[2 * i + 1] >>> 0) * word + (words[2 * i] >>> 0);
      }
    }
  }
}

function integerToInteger(values: NumericArray, result: TensorData): void {
  if (result instanceof BigInt64Array || result instanceof BigUint64Array) {
    for (let i = 0; i < values.length; i++) result[i] = BigInt(values[i]);
  } else for (let i = 0; i < values.length; i++) result[i] = values[i];
}

const int32Limit = 2 ** 31;
const int64Limit = 2 ** 63;

/**
 * What does not fit becomes the smallest integer, as x86 converts, before it is narrowed. False
 * where there was such an element.
 */
function floatToInteger(values: NumericArray, to: ArrayDType, result: TensorData): boolean {
  let invalid = false;
  const big = (value: number): bigint => {
    if (value >= -int64Limit && value < int64Limit) return BigInt(Math.trunc(value));
    invalid = true;
    return -(1n << 63n);
  };
  if (to === "uint64") {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      const high = value >= int64Limit && value < 2 * int64Limit;
      (result as BigUint64Array)[i] = high ? BigInt(value) : BigInt.asUintN(64, big(value));
    }
  } else if (to === "int64") {
    const words = wordsOf(result as BigInt64Array);
    for (let i = 0; i < values.length; i++) {
      const whole = Math.trunc(values[i]);
      const fits = whole >= -int64Limit && whole < int64Limit;
      const high = Math.floor(whole / word);
      invalid ||= !fits;
      words[2 * i] = fits ? whole - high * word : 0;
      words[2 * i + 1] = fits ? high : -int32Limit;
    }
  } else if (to === "uint32") {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      const fits = value > -int64Limit && value < int64Limit;
      invalid ||= !fits;
      result[i] = fits ? value : 0;
    }
  } else {
    for (let i = 0; i < values.length; i++) {
      const whole = Math.trunc(values[i]);
      const fits = whole >= -int32Limit && whole < int32Limit;
      invalid ||= !fits;
      result[i] = fits ? whole : -int32Limit;
    }
  }
  return !invalid;
}
