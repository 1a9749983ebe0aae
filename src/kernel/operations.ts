/**
 * @file What can be done with any value: the one place where slots of types are looked up, and
 * where CPython's words stand for what a type does not support.
 */
import type { BinaryOperator, CompareOperator, UnaryOperator } from "../python/nodes.ts";
import { nameInErrors, objectClass, PyClass } from "./classes.ts";
import { fitTables, PyIterator, PyRange } from "./containers.ts";
import { memoryError, type PyException, pythonError } from "./errors.ts";
import { PythonModule } from "./functions.ts";
import { floatHash, hashKey, type Key, keyHash } from "./hashing.ts";
import { reserveHeap } from "./heap.ts";
import { checkInterrupt, checkSometimes } from "./interrupts.ts";
import {
  type CallArguments,
  noKeywords,
  type PythonType,
  registeredType,
  type Value,
} from "./objects.ts";
import { suggest } from "./suggestions.ts";
import { noteResult } from "./temporaries.ts";
import { booleanType, floatType, integerType, noneType, stringType } from "./types/index.ts";
import { slotMethod } from "./types/slotMethods.ts";

const strangerType: PythonType = { name: "object", repr: () => "<object>" };

/** The slots of a value's type. */
export function typeOf(value: Value): PythonType {
  switch (typeof value) {
    case "number":
      return floatType as PythonType;
    case "bigint":
      return integerType as PythonType;
    case "string":
      return stringType as PythonType;
    case "boolean":
      return booleanType as PythonType;
    default:
      if (value === null) return noneType as PythonType;
      return registeredType(value) ?? strangerType;
  }
}

const classes = new WeakMap<PythonType, PyClass>();

/** `type(value)`. */
export function classOf(value: Value): PyClass {
  const type = typeOf(value);
  if (type.classOf) return type.classOf(value);
  let found = classes.get(type);
  if (!found) {
    found = new PyClass(type.name, {
      ...(type.module === undefined ? {} : { module: type.module }),
      bases: [objectClass],
      instances: () => type,
    });
    classes.set(type, found);
  }
  return found;
}

/** `type(value).__name__`. */
export function typeName(value: Value): string {
  const type = typeOf(value);
  return type.classOf ? type.classOf(value).name : type.name;
}

/** A type's name as CPython's errors give it. */
export function errorTypeName(value: Value): string {
  return nameInErrors(classOf(value));
}

export function repr(value: Value): string {
  return typeOf(value).repr(value);
}

export function str(value: Value): string {
  if (typeof value === "string") return value;
  const type = typeOf(value);
  return type.str ? type.str(value) : type.repr(value);
}

/** `format(value, specification)`. */
export function formatValue(value: Value, specification: string): string {
  const type = typeOf(value);
  if (type.format) return type.format(value, specification);
  if (specification === "") return str(value);
  throw pythonError(
    "TypeError",
    `unsupported format string passed to ${errorTypeName(value)}.__format__`,
  );
}

/** `bool(value)`. */
export function truth(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "bigint") return value !== 0n;
  const type = typeOf(value);
  if (type.truth) return type.truth(value);
  return type.length ? type.length(value) > 0 : true;
}

/** `len(value)`. */
export function length(value: Value): number {
  const type = typeOf(value);
  if (type.length) return type.length(value);
  throw pythonError("TypeError", `object of type '${errorTypeName(value)}' has no len()`);
}

/** What a `for` loop runs over. */
export function iterate(value: Value): Iterable<Value> {
  const type = typeOf(value);
  if (type.iterate) return type.iterate(value);
  throw pythonError("TypeError", `'${errorTypeName(value)}' object is not iterable`);
}

/** Items that a list can hold. Beyond, the heap would end first, and the whole process with it. */
export let mostItems = 2 ** 25;

/** Bytes of an item's place in a list, and of as much again as a list that grows asks for. */
const bytesPerItem = 8 * 1.5;

/**
 * Fits lists, dictionaries and sets to a heap of so many bytes: the JavaScript engine ends the
 * process, rather than the thread, where there is no room for one of its arrays. None of them takes
 * more than a tenth of the heap, so that it fits until a cell is refused more.
 */
export function fitContainers(heap: number): void {
  mostItems = Math.min(2 ** 25, Math.floor(heap / 10 / bytesPerItem));
  fitTables(heap / 10);
}

/** `list(value)`. MemoryError where it grows too long; stops where the user asks. */
export function collect(value: Value): Value[] {
  if (value instanceof PyRange) return members(value);
  const items: Value[] = [];
  for (const item of iterate(value)) grow(items, item);
  return items;
}

/** `list(range(…))`, whose length is known beforehand. */
function members({ start, step, length: count }: PyRange): Value[] {
  if (count > mostItems) throw memoryError();
  reserveHeap(Number(count) * 8);
  const items = new Array<Value>(Number(count));
  let next = start;
  for (let index = 0; index < items.length; index++) {
    if ((index & 0xffff) === 0xffff) checkInterrupt();
    items[index] = next;
    next += step;
  }
  return items;
}

/** Appends to a list whose length nobody knows beforehand. */
export function grow<T>(items: T[], item: T): void {
  if (items.length >= mostItems) throw memoryError();
  if ((items.length & 0xffff) === 0xffff) {
    checkInterrupt();
    reserveHeap(items.length * bytesPerItem);
  }
  items.push(item);
}

/** `iter(value)`. */
export function iterator(value: Value): PyIterator {
  if (value instanceof PyIterator) return value;
  const source = iterate(value)[Symbol.iterator]();
  return source instanceof PyIterator
    ? source
    : new PyIterator(`${typeName(value)}_iterator`, source);
}

/** `hash(value)`: CPython's own for numbers; others are stable within a session. */
export function hashOf(value: Value): bigint {
  if (typeof value === "number") return floatHash(value);
  const { hashNumber } = typeOf(value);
  return hashNumber ? hashNumber(value) : keyHash(hashKey(value));
}

/** `item in container`. */
export function contains(container: Value, item: Value): boolean {
  const type = typeOf(container);
  if (type.contains) return type.contains(container, item);
  if (!type.iterate) {
    throw pythonError(
      "TypeError",
      `argument of type '${errorTypeName(container)}' is not iterable`,
    );
  }
  for (const other of type.iterate(container)) {
    checkSometimes();
    if (equals(other, item)) return true;
  }
  return false;
}

/** `value[index]`. */
export function getItem(value: Value, index: Value): Value {
  const type = typeOf(value);
  if (type.getItem) return type.getItem(value, index);
  throw pythonError("TypeError", `'${errorTypeName(value)}' object is not subscriptable`);
}

/** `value[index] = item`. */
export function setItem(value: Value, index: Value, item: Value): void {
  const type = typeOf(value);
  if (!type.setItem) {
    throw pythonError(
      "TypeError",
      `'${errorTypeName(value)}' object does not support item assignment`,
    );
  }
  type.setItem(value, index, item);
}

/** `del value[index]`. */
export function deleteItem(value: Value, index: Value): void {
  const type = typeOf(value);
  if (!type.deleteItem) {
    // CPython says it in one way of sequences and in another of everything else.
    const sequence = type.length ?? type.iterate ?? classOf(value).subclassable;
    const verb = sequence && typeOf(index).toIndex ? "doesn't" : "does not";
    throw pythonError(
      "TypeError",
      `'${errorTypeName(value)}' object ${verb} support item deletion`,
    );
  }
  type.deleteItem(value, index);
}

/** `getattr(value, name, undefined)`. */
export function findAttribute(value: Value, name: string): Value | undefined {
  const type = typeOf(value);
  const found = type.getAttribute?.(value, name);
  if (found !== undefined) return found;
  if (name === "__class__") return classOf(value);
  if (name.startsWith("__") && name !== "__new__") {
    const method = slotMethod(type, value, name, classOf(value));
    if (method) return method;
  }
  if (name === "__doc__") return null;
  return undefined;
}

/** `value.name`; AttributeError in CPython's words. */
export function getAttribute(value: Value, name: string): Value {
  const found = findAttribute(value, name);
  if (found === undefined) throw noAttribute(value, name);
  return found;
}

/** The AttributeError of an attribute that a value lacks. */
export function noAttribute(value: Value, name: string): PyException {
  if (value instanceof PythonModule && value.unsupported.has(name)) {
    return pythonError(
      "NotImplementedError",
      `${value.name}.${name} is not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged`,
    );
  }
  let owner = `'${errorTypeName(value)}' object`;
  // An enumeration says no more than the name.
  if (typeName(value) === "EnumType") return pythonError("AttributeError", name);
  if (value instanceof PyClass) owner = `type object '${value.name}'`;
  else if (typeName(value) === "module") owner = `module '${str(getAttribute(value, "__name__"))}'`;
  const error = pythonError("AttributeError", `${owner} has no attribute '${name}'`);
  error.suggestion = () => {
    const near = suggest(name, attributeNames(value));
    return near === null ? null : `Did you mean: '${near}'?`;
  };
  return error;
}

/** Public names of a value's attributes. */
export function attributeNames(value: Value): readonly string[] {
  return typeOf(value).attributeNames?.(value) ?? [];
}

/** `value.name = item`. */
export function setAttribute(value: Value, name: string, item: Value): void {
  const type = typeOf(value);
  if (type.setAttribute?.(value, name, item)) return;
  if (findAttribute(value, name) === undefined) throw noAttribute(value, name);
  const owner = errorTypeName(value);
  throw pythonError(
    "AttributeError",
    typeof value === "object" && value !== null && type.module !== undefined
      ? `property '${name}' of '${owner}' object has no setter`
      : `'${owner}' object attribute '${name}' is read-only`,
  );
}

/** `del value.name`. */
export function deleteAttribute(value: Value, name: string): void {
  if (typeOf(value).deleteAttribute?.(value, name)) return;
  if (findAttribute(value, name) === undefined) throw noAttribute(value, name);
  throw pythonError(
    "AttributeError",
    `'${errorTypeName(value)}' object attribute '${name}' is read-only`,
  );
}

export function isCallable(value: Value): boolean {
  return typeOf(value).call !== undefined;
}

/** `value(*positional, **keywords)`. */
export function call(value: Value, args: CallArguments): Value {
  const type = typeOf(value);
  if (type.call) return type.call(value, args);
  throw pythonError("TypeError", `'${errorTypeName(value)}' object is not callable`);
}

/** `value(*positional)`. */
export function invoke(value: Value, ...positional: Value[]): Value {
  return call(value, { positional, keywords: noKeywords });
}

/** `hash(value)` as a key: equal values have equal keys. TypeError where unhashable. */
export function hash(value: Value): Key {
  return hashKey(value);
}

/** `operator value`. */
export function unary(operator: UnaryOperator, value: Value): Value {
  if (operator === "not") return !truth(value);
  const type = typeOf(value);
  const result = type.unary?.(operator, value);
  if (result !== undefined) return noteResult(type, result);
  throw pythonError(
    "TypeError",
    `bad operand type for unary ${operator}: '${errorTypeName(value)}'`,
  );
}

/** `left operator right`. */
export function binary(operator: BinaryOperator, left: Value, right: Value): Value {
  const result = tryBinary(operator, left, right);
  if (result !== undefined) return result;
  throw unsupportedOperands(operator, operator, left, right);
}

/** `left operator= right`: the value that the target is bound to again. */
export function inPlace(operator: BinaryOperator, left: Value, right: Value): Value {
  const result = typeOf(left).inPlace?.(operator, left, right) ?? tryBinary(operator, left, right);
  if (result !== undefined) return result;
  throw unsupportedOperands(operator, `${operator}=`, left, right);
}

function tryBinary(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const leftType = typeOf(left);
  let result = leftType.binary?.(operator, left, right);
  if (result !== undefined) return noteResult(leftType, result);
  const rightType = typeOf(right);
  if (rightType === leftType) return undefined;
  result = rightType.binary?.(operator, left, right);
  return result === undefined ? undefined : noteResult(rightType, result);
}

function unsupportedOperands(
  operator: BinaryOperator,
  spelling: string,
  left: Value,
  right: Value,
): PyException {
  const leftName = errorTypeName(left);
  const rightName = errorTypeName(right);
  const sequences = new Set(["str", "list", "tuple"]);
  if (operator === "+" && sequences.has(leftName)) {
    return pythonError(
      "TypeError",
      `can only concatenate ${leftName} (not "${rightName}") to ${leftName}`,
    );
  }
  if (operator === "*" && (sequences.has(leftName) || sequences.has(rightName))) {
    const other = sequences.has(leftName) ? rightName : leftName;
    return pythonError("TypeError", `can't multiply sequence by non-int of type '${other}'`);
  }
  const shown = spelling === "**" ? "** or pow()" : spelling === "**=" ? "** or pow()=" : spelling;
  return pythonError(
    "TypeError",
    `unsupported operand type(s) for ${shown}: '${leftName}' and '${rightName}'`,
  );
}

const reflected: Partial<Record<CompareOperator, CompareOperator>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** `left operator right`; a NumPy comparison gives an array, so the result is any value. */
export function compare(operator: CompareOperator, left: Value, right: Value): Value {
  switch (operator) {
    case "is":
      return Object.is(left, right);
    case "is not":
      return !Object.is(left, right);
    case "in":
      return contains(right, left);
    case "not in":
      return !contains(right, left);
    default: {
      const leftType = typeOf(left);
      const rightType = typeOf(right);
      let result = leftType.compare?.(operator, left, right);
      if (result === undefined) {
        result = rightType.compare?.(reflected[operator]!, right, left);
      }
      if (result !== undefined) return result;
      if (operator === "==") return Object.is(left, right);
      if (operator === "!=") return !Object.is(left, right);
      throw pythonError(
        "TypeError",
        `'${operator}' not supported between instances of '${errorTypeName(left)}' and '${errorTypeName(right)}'`,
      );
    }
  }
}

/** `left is right or left == right`, as containers compare their items. */
export function equals(left: Value, right: Value): boolean {
  return Object.is(left, right) || truth(compare("==", left, right));
}

/** `operator.index(value)`: an integer where a count or a position is asked. */
export function toIndex(value: Value): bigint {
  if (typeof value === "bigint") return value;
  const type = typeOf(value);
  if (type.toIndex) return type.toIndex(value);
  throw pythonError(
    "TypeError",
    `'${errorTypeName(value)}' object cannot be interpreted as an integer`,
  );
}

/** `toIndex` as a JavaScript number; OverflowError where it has no exact one. */
export function toCount(value: Value): number {
  const index = toIndex(value);
  const count = Number(index);
  if (!Number.isSafeInteger(count)) {
    throw pythonError("OverflowError", "Python int too large to convert to C ssize_t");
  }
  return count;
}

/** A real number as the float functions of `math` take it. */
export function toFloat(value: Value): number {
  if (typeof value === "number") return value;
  const type = typeOf(value);
  if (type.toFloat && typeof value !== "string") return type.toFloat(value);
  throw pythonError("TypeError", `must be real number, not ${errorTypeName(value)}`);
}

/** `int(value)` for numbers; text is read by `int` alone. */
export function toInteger(value: Value): bigint {
  if (typeof value === "bigint") return value;
  const type = typeOf(value);
  if (type.toInteger && typeof value !== "string") return type.toInteger(value);
  throw pythonError(
    "TypeError",
    `int() argument must be a string, a bytes-like object or a real number, not '${errorTypeName(value)}'`,
  );
}

/** `isinstance(value, type)` for one class. */
export function isInstance(value: Value, type: PyClass): boolean {
  return classOf(value).isSubclassOf(type) || (type.accepts?.(value) ?? false);
}

/** KeyError of an absent key: its message is the key's repr. */
export function keyError(key: Value): PyException {
  const error = pythonError("KeyError", "");
  error.args = [key];
  error.message = repr(key);
  return error;
}
