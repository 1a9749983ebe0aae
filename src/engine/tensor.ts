/**
 * @file A tensor: a shape, an element type and its values in row-major (C) order, nothing more.
 */
import { leastCompiled } from "./addresses.ts";
import { convertElements } from "./conversions.ts";
import {
  allocateData,
  createData,
  type DType,
  fromBfloat16Bits,
  fromFloat16Bits,
  type NumericArray,
  type TensorData,
  toBfloat16Bits,
  toFloat16Bits,
  writeElement,
} from "./dtype.ts";
import { EngineError } from "./errors.ts";
import { outOfMemory } from "./memoryError.ts";
import { formatShape, shapesEqual, sizeOfShape } from "./shape.ts";

export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Row-major, contiguous, exactly as many elements as the shape says. */
  readonly data: TensorData;
}

/** A tensor of zeros. */
export function createTensor(shape: readonly number[], dtype: DType): Tensor {
  return { shape: [...shape], dtype, data: createData(dtype, sizeOfShape(shape)) };
}

/**
 * A tensor with whatever values, to be written whole.
 * @throws MemoryError in NumPy's words where it does not fit.
 */
export function allocateTensor(shape: readonly number[], dtype: DType): Tensor {
  try {
    return { shape: [...shape], dtype, data: allocateData(dtype, sizeOfShape(shape)) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EngineError("MemoryError", outOfMemory(shape, dtype));
  }
}

/**
 * A tensor of given numbers in row-major order, each converted to the element type.
 * @throws Error where the count is not what the shape says: an invariant of the caller.
 */
export function tensorFrom(
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: DType = "float32",
): Tensor {
  const tensor = allocateTensor(shape, dtype);
  if (values.length !== tensor.data.length) {
    throw new Error(`internal: ${values.length} values for ${tensor.data.length} elements`);
  }
  if (dtype === "float32" || dtype === "float64") (tensor.data as Float64Array).set(values);
  else for (let i = 0; i < values.length; i++) writeElement(tensor.data, dtype, i, values[i]);
  return tensor;
}

/** A tensor with its own copy of the data. */
export function copyTensor(tensor: Tensor): Tensor {
  const copy = allocateTensor(tensor.shape, tensor.dtype);
  copyData(tensor.data, copy.data);
  return copy;
}

/**
 * The values as numbers, for loops: the tensor's own data where it holds numbers already, else a
 * decoded copy. 64-bit integers lose what a double cannot hold. Never write into the answer.
 */
export function numericValues(tensor: Tensor): NumericArray {
  const { data, dtype } = tensor;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    return castTensor(tensor, "float64").data as Float64Array;
  }
  if (dtype !== "float16" && dtype !== "bfloat16") return data;
  const decode = dtype === "float16" ? fromFloat16Bits : fromBfloat16Bits;
  const values = new Float32Array(data.length);
  for (let i = 0; i < values.length; i++) values[i] = decode(data[i]);
  return values;
}

/**
 * The tensor in another element type, converted as NumPy's `astype` does: floats round to nearest
 * even, floats to integers drop the fraction, integers wrap, and any nonzero is True.
 *
 * @param out Written and returned in place of a new tensor; of the wanted type and as many elements.
 * @returns The tensor itself where there is nothing to convert and no `out`.
 */
export function castTensor(tensor: Tensor, dtype: DType, out?: Tensor): Tensor {
  if (tensor.dtype === dtype && !out) return tensor;
  const target = out ?? allocateTensor(tensor.shape, dtype);
  const source = tensor.data;
  const { data } = target;
  if (tensor.dtype === dtype) {
    copyData(source, data);
    return target;
  }
  const many = data.length >= leastCompiled;
  if (many && convertElements(data, dtype, source, tensor.dtype)) return target;
  if (source instanceof BigInt64Array || source instanceof BigUint64Array) {
    castBigInts(source, data, dtype);
    return target;
  }
  const values = numericValues(tensor);
  if (dtype === "float32" || dtype === "float64") {
    (data as Float32Array).set(values as ArrayLike<number>);
  } else if (dtype === "float16" || dtype === "bfloat16") {
    const encode = dtype === "float16" ? toFloat16Bits : toBfloat16Bits;
    for (let i = 0; i < values.length; i++) data[i] = encode(values[i]);
  } else if (tensor.dtype.includes("float") || data.BYTES_PER_ELEMENT === 8 || dtype === "bool") {
    for (let i = 0; i < values.length; i++) writeElement(data, dtype, i, values[i]);
  } else {
    // Between integers a typed array wraps as C does.
    (data as Int32Array).set(values as ArrayLike<number>);
  }
  return target;
}

function copyData(source: TensorData, target: TensorData): void {
  if (source instanceof BigInt64Array || source instanceof BigUint64Array) {
    (target as BigInt64Array).set(source as BigInt64Array);
  } else {
    (target as Float64Array).set(source as Float64Array);
  }
}

function castBigInts(source: BigInt64Array | BigUint64Array, data: TensorData, dtype: DType): void {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    for (let i = 0; i < source.length; i++) data[i] = source[i];
  } else if (dtype.includes("int")) {
    // The low 32 bits are all that the narrower types keep.
    for (let i = 0; i < source.length; i++) data[i] = Number(BigInt.asIntN(32, source[i]));
  } else {
    for (let i = 0; i < source.length; i++) writeElement(data, dtype, i, Number(source[i]));
  }
}

/** @throws ValueError where a result of this shape and type cannot go to `out`. */
export function checkOut(out: Tensor, shape: readonly number[], dtype: DType): void {
  if (shapesEqual(out.shape, shape) && out.dtype === dtype) return;
  throw new EngineError(
    "ValueError",
    `\`out\` should have the shape and dtype of the result, ${formatShape(shape)} and ${dtype}. ` +
      `Received: out.shape=${formatShape(out.shape)}, out.dtype=${out.dtype}`,
  );
}
