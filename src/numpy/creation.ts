/**
 * @file Arrays from numbers, nested sequences and tensors, and back.
 */
import {
  allocateData,
  createData,
  EngineError,
  polledElements,
  pollHost,
  type Tensor,
} from "../engine/index.ts";
import {
  allocate,
  allocateUnfilled,
  assign,
  cast,
  decodeElement,
  rowMajorData,
  wrapData,
} from "./casting.ts";
import { checkInteger, isBig, isFloating, promote } from "./dtypes.ts";
import { halfBits } from "./half.ts";
import { shapeText } from "./layout.ts";
import { type ArrayDType, type ArrayLike, type Element, NDArray, NumpyScalar } from "./ndarray.ts";

/** An array over a tensor's own memory. A bfloat16 tensor is widened to float32. */
export function fromTensor(tensor: Tensor): NDArray {
  if (tensor.dtype !== "bfloat16") return wrapData(tensor.data, tensor.dtype, tensor.shape);
  // bfloat16 is the upper half of float32.
  const values = allocateData("float32", tensor.data.length);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) bits[i] = (tensor.data[i] as number) << 16;
  return wrapData(values, "float32", tensor.shape);
}

/** The array as the engine takes it. Shares memory where the array is row-major already. */
export function toTensor(array: NDArray): Tensor {
  return { shape: array.shape, dtype: array.dtype, data: rowMajorData(array) };
}

export function zeros(shape: readonly number[], dtype: ArrayDType = "float64"): NDArray {
  return allocate(checkShape(shape), dtype);
}

/** An array of one value over and over. */
export function full(shape: readonly number[], value: ArrayLike, dtype?: ArrayDType): NDArray {
  const source = asarray(value, dtype);
  const result = allocateUnfilled(checkShape(shape), source.dtype);
  assign(result, source);
  return result;
}

function checkShape(shape: readonly number[]): readonly number[] {
  if (shape.some((length) => length < 0)) {
    throw new EngineError("ValueError", "negative dimensions are not allowed");
  }
  if (shape.length > 64) {
    throw new EngineError(
      "ValueError",
      `maximum supported dimension for an ndarray is currently 64, found ${shape.length}`,
    );
  }
  return shape;
}

/** A number as it is stored in an array of this type. */
export function encodeElement(value: number | bigint | boolean, dtype: ArrayDType): Element {
  if (dtype === "bool") return value ? 1 : 0;
  if (isBig(dtype)) {
    if (typeof value === "bigint") return checkInteger(value, dtype);
    if (typeof value === "boolean") return value ? 1n : 0n;
    return checkInteger(wholeNumber(value), dtype);
  }
  if (isFloating(dtype)) {
    const number = Number(value);
    if (typeof value === "bigint" && !Number.isFinite(number)) {
      throw new EngineError("OverflowError", "int too large to convert to float");
    }
    return dtype === "float16" ? halfBits(number) : number;
  }
  if (typeof value === "boolean") return value ? 1 : 0;
  return Number(checkInteger(typeof value === "bigint" ? value : wholeNumber(value), dtype));
}

function wholeNumber(value: number): bigint {
  if (Number.isNaN(value)) {
    throw new EngineError("ValueError", "cannot convert float NaN to integer");
  }
  if (!Number.isFinite(value)) {
    throw new EngineError("OverflowError", "cannot convert float infinity to integer");
  }
  return BigInt(Math.trunc(value));
}

/** The type that NumPy gives a lone number. */
export function dtypeOfNumber(value: number | bigint | boolean | NumpyScalar): ArrayDType {
  if (value instanceof NumpyScalar) return value.dtype;
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return "float64";
  if (value >= -(1n << 63n) && value < 1n << 63n) return "int64";
  if (value >= 0n && value < 1n << 64n) return "uint64";
  throw new EngineError("OverflowError", "Python int too large to convert to C long");
}

function isSequence(value: ArrayLike): value is readonly ArrayLike[] {
  return Array.isArray(value);
}

/**
 * The array of a number, an array or nested sequences, as `np.asarray` makes it: an array of the
 * type wanted is given back as it is.
 * @throws ValueError where nested sequences have no common shape.
 */
export function asarray(value: ArrayLike, dtype?: ArrayDType): NDArray {
  if (value instanceof NDArray) {
    return dtype === undefined || dtype === value.dtype ? value : cast(value, dtype);
  }
  if (!isSequence(value)) return scalarArray(value, dtype);
  const shape = shapeOfNested(value);
  const type = dtype ?? dtypeOfNested(value) ?? "float64";
  const result = allocateUnfilled(shape, type);
  fillNested(result, value, 0);
  return result;
}

function scalarArray(value: number | bigint | boolean | NumpyScalar, dtype?: ArrayDType): NDArray {
  const strong = value instanceof NumpyScalar;
  const own = strong ? value.dtype : (dtype ?? dtypeOfNumber(value));
  const data = createData(own, 1);
  data[0] = encodeElement(strong ? value.value : value, own) as number;
  const array = wrapData(data, own, []);
  return dtype === undefined || dtype === own ? array : cast(array, dtype);
}

/** The shape of nested sequences, or the ValueError about how far they agree. */
function shapeOfNested(value: readonly ArrayLike[]): number[] {
  const depth = commonDepth(value);
  if (depth.whole) return depth.shape;
  throw new EngineError(
    "ValueError",
    `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${depth.shape.length} dimensions. The detected shape was ${shapeText(depth.shape)} + inhomogeneous part.`,
  );
}

/** The leading lengths that all items share, and whether that is everything. */
function commonDepth(value: ArrayLike): { shape: number[]; whole: boolean } {
  if (value instanceof NDArray) return { shape: [...value.shape], whole: true };
  if (!isSequence(value)) return { shape: [], whole: true };
  if (value.length === 0) return { shape: [0], whole: true };
  let shape: number[] | null = null;
  let whole = true;
  for (const [index, item] of value.entries()) {
    if (index % polledElements === 0) pollHost();
    const inner = commonDepth(item);
    whole &&= inner.whole;
    if (!shape) shape = inner.shape;
    else {
      let shared = 0;
      while (shared < Math.min(shape.length, inner.shape.length)) {
        if (shape[shared] !== inner.shape[shared]) break;
        shared++;
      }
      if (shared < Math.max(shape.length, inner.shape.length)) whole = false;
      shape = shape.slice(0, shared);
    }
  }
  return { shape: [value.length, ...(shape ?? [])], whole };
}

function dtypeOfNested(value: readonly ArrayLike[]): ArrayDType | undefined {
  let type: ArrayDType | undefined;
  for (const [index, item] of value.entries()) {
    if (index % polledElements === 0) pollHost();
    let inner: ArrayDType | undefined;
    if (item instanceof NDArray) inner = item.dtype;
    else if (isSequence(item)) inner = dtypeOfNested(item);
    else inner = dtypeOfNumber(item);
    if (inner !== undefined) type = type === undefined ? inner : promote(type, inner);
  }
  return type;
}

function fillNested(target: NDArray, value: readonly ArrayLike[], start: number): number {
  let position = start;
  const { data, dtype } = target;
  for (const item of value) {
    if (position % polledElements === 0) pollHost(position / target.size);
    if (item instanceof NDArray || item instanceof NumpyScalar) {
      const source = cast(asarray(item), dtype);
      (data as Uint8Array).set(source.data as Uint8Array, position);
      position += source.data.length;
    } else if (isSequence(item)) position = fillNested(target, item, position);
    else data[position++] = encodeElement(item, dtype) as number;
  }
  return position;
}

/** The scalar at a position of the data. */
export function scalarAt(array: NDArray, position: number): NumpyScalar {
  const element = decodeElement(array.data, array.dtype, position);
  return new NumpyScalar(array.dtype, elementValue(element, array.dtype));
}

/** An element as a scalar holds it: integers as bigints, bools as booleans. */
export function elementValue(element: Element, dtype: ArrayDType): number | bigint | boolean {
  if (dtype === "bool") return element !== 0;
  return typeof element === "number" && !isFloating(dtype) ? BigInt(element) : element;
}

/** Arrays without axes as scalars, as ufuncs and reductions return them; others as they are. */
export function unwrap(array: NDArray): NDArray | NumpyScalar {
  return array.ndim === 0 ? scalarAt(array, array.offset) : array;
}

/** Nested Python numbers: `tolist`. */
export type NestedList = number | bigint | boolean | NestedList[];

export function toList(array: NDArray): NestedList {
  const { data, dtype, shape, strides } = array;
  const level = (axis: number, position: number): NestedList => {
    if (axis === shape.length) return elementValue(decodeElement(data, dtype, position), dtype);
    return Array.from({ length: shape[axis] }, (_, i) => {
      if (i % polledElements === 0) pollHost();
      return level(axis + 1, position + i * strides[axis]);
    });
  };
  return level(0, array.offset);
}

/** The element at given places, as Python's own number. */
export function decodeItem(array: NDArray, places: readonly number[]): number | bigint | boolean {
  const { data, dtype, strides } = array;
  const position = places.reduce((at, place, axis) => at + place * strides[axis], array.offset);
  return elementValue(decodeElement(data, dtype, position), dtype);
}
