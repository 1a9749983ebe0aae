/**
 * @file Python's values as NumPy takes them: array-likes, operands, shapes, axes.
 */

import { Variable } from "../../../engine/index.ts";
import {
  type ArrayDType,
  type ArrayLike,
  type Axis,
  asarray,
  fromTensor,
  isFloating,
  NDArray,
  type NestedList,
  NumpyScalar,
  type Operand,
  unwrap,
} from "../../../numpy/index.ts";
import { PyList, PyRange, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { checkSometimes } from "../../interrupts.ts";
import type { Value } from "../../objects.ts";
import { collect, repr, toCount, typeName, typeOf } from "../../operations.ts";
import { parseFloatText, parseIntegerText } from "../../types/numberTexts.ts";

type Conversion = (value: never) => NDArray;

// biome-ignore lint/complexity/noBannedTypes: a class of any shape is just what is stored here.
const conversions = new Map<Function, Conversion>();

/** Declares how instances of a class become arrays, as `__array__` does in Python. */
export function registerArrayConversion<T extends object>(
  type: abstract new (...args: never[]) => T,
  convert: (value: T) => NDArray,
): void {
  conversions.set(type, convert as Conversion);
}

registerArrayConversion(Variable, (variable) => fromTensor(variable.value));

/** The array of an object of a registered class. */
function registered(value: object): NDArray | undefined {
  for (let prototype = Object.getPrototypeOf(value); prototype; ) {
    const convert = conversions.get(prototype.constructor);
    if (convert) return convert(value as never);
    prototype = Object.getPrototypeOf(prototype);
  }
  return undefined;
}

/** A number from text, where a type asks for one. */
function parsed(text: string, dtype: ArrayDType): number | bigint | boolean {
  if (dtype === "bool") return text !== "";
  return isFloating(dtype) ? parseFloatText(text) : parseIntegerText(text, 10);
}

/**
 * Whatever NumPy makes an array of; undefined for what it would keep as a Python object, such as
 * text, unless a type is given to read numbers of it.
 */
export function tryArrayLike(value: Value, dtype?: ArrayDType): ArrayLike | undefined {
  switch (typeof value) {
    case "number":
    case "bigint":
    case "boolean":
      return value;
    case "string":
      return dtype === undefined ? undefined : parsed(value, dtype);
    default:
  }
  if (value === null) return undefined;
  if (value instanceof NDArray || value instanceof NumpyScalar) return value;
  if (value instanceof PyList || value instanceof PyTuple) {
    const items: ArrayLike[] = [];
    for (const item of value.items) {
      checkSometimes();
      const converted = tryArrayLike(item, dtype);
      if (converted === undefined) return undefined;
      items.push(converted);
    }
    return items;
  }
  if (value instanceof PyRange) return collect(value) as bigint[];
  return registered(value);
}

/** `tryArrayLike`, where nothing else will do. */
export function arrayLike(value: Value, dtype?: ArrayDType): ArrayLike {
  const converted = tryArrayLike(value, dtype);
  if (converted !== undefined) return converted;
  throw pythonError(
    "NotImplementedError",
    `arrays of ${typeName(innermost(value))} are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged`,
  );
}

/** The first item that is no number. */
function innermost(value: Value): Value {
  if (!(value instanceof PyList || value instanceof PyTuple)) return value;
  const culprit = value.items.find((item) => tryArrayLike(item) === undefined);
  return culprit === undefined ? value : innermost(culprit);
}

/** `np.asarray(value, dtype)`. */
export function toArray(value: Value, dtype?: ArrayDType): NDArray {
  return asarray(arrayLike(value, dtype), dtype);
}

/** What arithmetic takes: numbers of Python stay what they are. Undefined for strangers. */
export function tryOperand(value: Value): Operand | undefined {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
    return value;
  }
  if (value instanceof NDArray || value instanceof NumpyScalar) return value;
  const converted = tryArrayLike(value);
  return converted === undefined ? undefined : asarray(converted);
}

export function toOperand(value: Value): Operand {
  return tryOperand(value) ?? asarray(arrayLike(value));
}

/** A result: arrays without axes become scalars. */
export function result(array: NDArray): Value {
  return unwrap(array);
}

/** An integer or a sequence of integers. */
export function toCounts(value: Value): number[] {
  if (value instanceof PyTuple || value instanceof PyList) return value.items.map(toCount);
  if (value instanceof NDArray && value.ndim > 0) return collect(value).map(toCount);
  return [toCount(value)];
}

/** `shape=`: an integer or a tuple. */
export function toShape(value: Value): number[] {
  if (typeof value === "number" || value === null || typeof value === "string") {
    throw pythonError(
      "TypeError",
      value === null
        ? "Use () not None as shape arguments"
        : typeof value === "number"
          ? `expected a sequence of integers or a single integer, got '${repr(value)}'`
          : "'str' object cannot be interpreted as an integer",
    );
  }
  return toCounts(value);
}

/** `axis=`: an integer, a tuple, or None. */
export function toAxis(value: Value | undefined): Axis {
  if (value === null || value === undefined) return null;
  if (value instanceof PyTuple || value instanceof PyList) return value.items.map(toCount);
  if (!typeOf(value).toIndex && typeof value !== "bigint") {
    throw pythonError(
      "TypeError",
      `'${typeName(value)}' object cannot be interpreted as an integer`,
    );
  }
  return toCount(value);
}

export function shapeTuple(shape: readonly number[]): PyTuple {
  return new PyTuple(shape.map(BigInt));
}

/** Nested lists of Python numbers. */
export function pythonList(list: NestedList): Value {
  if (!Array.isArray(list)) return list;
  checkSometimes();
  return new PyList(list.map(pythonList));
}

/** A tuple of arrays. */
export function arrayTuple(arrays: readonly NDArray[]): PyTuple {
  return new PyTuple(arrays);
}
