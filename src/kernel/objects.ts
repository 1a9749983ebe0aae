/**
 * @file The object model of cells. Python values are JavaScript values, and the type of a value
 * is a record of slots looked up by constructor, as CPython keeps slots in its type objects.
 *
 * | Python | here |
 * | --- | --- |
 * | `None`, `True`, `str` | `null`, `true`, `string` |
 * | `int` | `bigint` |
 * | `float` | `number` |
 * | `list`, `tuple`, `dict`, … | classes of `containers.ts` |
 * | `ndarray`, NumPy scalars | classes of the `numpy` room |
 * | everything else | any class registered with `registerType` |
 */
import type { BinaryOperator, CompareOperator, UnaryOperator } from "../python/nodes.ts";
import type { PyClass } from "./classes.ts";
import type { PyException } from "./errors.ts";

/** Any value a cell can hold. Objects must be of a class registered with `registerType`. */
export type Value = null | boolean | bigint | number | string | object;

/** The arguments of one call, as written. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}

export const noKeywords: ReadonlyMap<string, Value> = new Map();

/** Slots of a Python type. A missing slot means that the type does not support the operation. */
export interface PythonType<T extends Value = Value> {
  /** As `type(x).__name__` gives it: `int`, `ndarray`. */
  readonly name: string;
  /** As `type(x).__module__` gives it; `builtins` when left out. */
  readonly module?: string;
  repr(value: T): string;
  /** `str(value)`, where it differs from `repr`. */
  str?(value: T): string;
  format?(value: T, specification: string): string;
  truth?(value: T): boolean;
  length?(value: T): number;
  iterate?(value: T): Iterable<Value>;
  contains?(value: T, item: Value): boolean;
  getItem?(value: T, index: Value): Value;
  setItem?(value: T, index: Value, item: Value): void;
  deleteItem?(value: T, index: Value): void;
  /** `undefined` where there is no such attribute. */
  getAttribute?(value: T, name: string): Value | undefined;
  /** The same without what a class of a cell's own says of it. */
  plainAttribute?(value: T, name: string): Value | undefined;
  /** False where the attribute cannot be set. */
  setAttribute?(value: T, name: string, item: Value): boolean;
  /** Names for completion and did-you-mean. */
  attributeNames?(value: T): readonly string[];
  call?(value: T, args: CallArguments): Value;
  /** A key such that equal values have equal keys; throws TypeError where unhashable. */
  hash?(value: T): string | number | bigint | object;
  unary?(operator: UnaryOperator, value: T): Value | undefined;
  /** `abs(value)`. */
  absolute?(value: T): Value;
  /** `round(value, digits)`; without digits (null), to an integer. */
  round?(value: T, digits: bigint | null): Value;
  /** Asked of the left operand's type, then of the right's; `undefined` is NotImplemented. */
  binary?(operator: BinaryOperator, left: Value, right: Value): Value | undefined;
  /** The results of `unary` and `binary` are new: nothing else has them, or looks at their memory. */
  readonly makesNew?: true;
  /** `left op= right` where the type changes in place; `undefined` falls back to `binary`. */
  inPlace?(operator: BinaryOperator, left: T, right: Value): Value | undefined;
  compare?(operator: CompareOperator, left: Value, right: Value): Value | undefined;
  /** `int(value)`, `float(value)`. */
  toInteger?(value: T): bigint;
  toFloat?(value: T): number;
  /** `operator.index`: usable as an index or a count. */
  toIndex?(value: T): bigint;
  /** `type(value)`; where left out, a class made from the record's name. */
  classOf?(value: T): PyClass;
  /** `hash(value)` where it is not made of the key. */
  hashNumber?(value: T): bigint;
  /** `iter(value)`, where that is a value of its own kind. */
  iterator?(value: T): Value;
  /** `next(value)`; undefined at the end. */
  next?(value: T): Value | undefined;
  /** `del value.name`; false where there is no such attribute to delete. */
  deleteAttribute?(value: T, name: string): boolean;
  /** As a class attribute: what `self.name` gives, or `owner.name` where `self` is undefined. */
  bind?(value: T, self: Value | undefined, owner: PyClass): Value;
  /** As a class attribute that instances cannot shadow: `self.name = item`. */
  store?(value: T, self: Value, item: Value, owner: PyClass, name: string): void;
  /** `with value as x`: gives `x`. */
  enter?(value: T): Value;
  /** The end of the `with` block; true swallows the exception. */
  exit?(value: T, exception: PyException | null): boolean;
}

// Keyed by constructor; subclasses are found along the prototype chain.
// biome-ignore lint/complexity/noBannedTypes: a class of any shape is just what is stored here.
const types = new WeakMap<Function, PythonType<never>>();

/** Declares the Python type of a class's instances. */
export function registerType<T extends object>(
  ofClass: abstract new (...args: never[]) => T,
  type: PythonType<T>,
): void {
  types.set(ofClass, type as PythonType<never>);
}

/** The registered type of an object, or undefined for primitives and strangers. */
export function registeredType(value: object): PythonType | undefined {
  for (let prototype = Object.getPrototypeOf(value); prototype; ) {
    const type = types.get(prototype.constructor);
    if (type) return type as unknown as PythonType;
    prototype = Object.getPrototypeOf(prototype);
  }
  return undefined;
}
