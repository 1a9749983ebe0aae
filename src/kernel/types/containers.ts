/**
 * @file `list` and `tuple`.
 */
import type { BinaryOperator, CompareOperator } from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PyList, PySlice, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes } from "../functions.ts";
import { hashKey, joinKeys } from "../hashing.ts";
import { type PythonType, registerType, type Value } from "../objects.ts";
import {
  collect,
  equals,
  grow,
  iterate,
  repr,
  toIndex,
  truth,
  typeName,
  typeOf,
} from "../operations.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import {
  compareItems,
  concatenated,
  countOf,
  guardedRepr,
  indexOf,
  position,
  repeatItems,
  reprItems,
  requireIndexOrSlice,
  sliceIndices,
  sliceOf,
} from "./sequences.ts";
import { sortedItems } from "./sorting.ts";

const newList = parseSignature("list(iterable=(), /)");
const newTuple = parseSignature("tuple(iterable=(), /)");

export const listClass: PyClass = new PyClass("list", {
  signature: newList,
  construct: (args) => new PyList(collect(bindArguments(newList, args)[0]!)),
  instances: () => listType as PythonType,
});

export const tupleClass: PyClass = new PyClass("tuple", {
  signature: newTuple,
  construct(args) {
    const value = bindArguments(newTuple, args)[0]!;
    return value instanceof PyTuple ? value : new PyTuple(collect(value));
  },
  instances: () => tupleType as PythonType,
});

function listBinary(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (operator === "+" && left instanceof PyList && right instanceof PyList) {
    return new PyList(concatenated(left.items, right.items));
  }
  if (operator !== "*") return undefined;
  if (left instanceof PyList) {
    const count = countIn(right);
    return count === undefined ? undefined : new PyList(repeatItems(left.items, count));
  }
  const count = countIn(left);
  return count === undefined ? undefined : new PyList(repeatItems((right as PyList).items, count));
}

/** How often a sequence is repeated; undefined for what is no count. */
function countIn(value: Value): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return BigInt(value);
  if (typeof value !== "object" || value === null) return undefined;
  // NumPy's scalars multiply by rules of their own.
  const { toIndex, classOf: ofValue } = typeOf(value);
  return toIndex && ofValue?.(value).subclassable ? toIndex(value) : undefined;
}

function listCompare(operator: CompareOperator, left: Value, right: Value): Value | undefined {
  if (!(left instanceof PyList && right instanceof PyList)) return undefined;
  return compareItems(operator, left.items, right.items);
}

function assignSlice(list: PyList, slice: PySlice, values: readonly Value[]): void {
  const { start, step, count } = sliceIndices(slice, list.items.length);
  if (step === 1) {
    replaceItems(list, start, count, values);
    return;
  }
  if (values.length !== count) {
    throw pythonError(
      "ValueError",
      `attempt to assign sequence of size ${values.length} to extended slice of size ${count}`,
    );
  }
  for (let index = 0; index < count; index++) list.items[start + index * step] = values[index]!;
}

// Spreading many items into `splice` would overflow the stack.
function replaceItems(list: PyList, start: number, count: number, values: readonly Value[]): void {
  const tail = list.items.slice(start + count);
  list.items.length = start;
  for (const value of values) list.items.push(value);
  for (const value of tail) list.items.push(value);
}

function extend(list: PyList, values: Iterable<Value>): void {
  // A copy first, for `x.extend(x)`.
  for (const value of [...values]) grow(list.items, value);
}

const listType: PythonType<PyList> = {
  name: "list",
  classOf: () => listClass,
  repr: (value) => guardedRepr(value, "[...]", () => `[${reprItems(value.items)}]`),
  length: (value) => value.items.length,
  iterate: (value) => value.items,
  getItem(value, index) {
    if (typeof index === "bigint") {
      const { items } = value;
      return items[position(index, items.length, "list index out of range")]!;
    }
    if (index instanceof PySlice) return new PyList(sliceOf(value.items, index));
    requireIndexOrSlice(index, "list");
    return value.items[position(index, value.items.length, "list index out of range")]!;
  },
  setItem(value, index, item) {
    if (index instanceof PySlice) {
      if (!typeOf(item).iterate) {
        throw pythonError("TypeError", "can only assign an iterable");
      }
      assignSlice(value, index, collect(item));
      return;
    }
    requireIndexOrSlice(index, "list");
    value.items[position(index, value.items.length, "list assignment index out of range")] = item;
  },
  deleteItem(value, index) {
    if (index instanceof PySlice) {
      const { start, step, count } = sliceIndices(index, value.items.length);
      const selected = new Set(Array.from({ length: count }, (_, i) => start + i * step));
      const kept = value.items.filter((_, i) => !selected.has(i));
      value.items.length = 0;
      extend(value, kept);
      return;
    }
    requireIndexOrSlice(index, "list");
    value.items.splice(
      position(index, value.items.length, "list assignment index out of range"),
      1,
    );
  },
  binary: listBinary,
  compare: listCompare,
  inPlace(operator, left, right) {
    if (operator === "+" && typeOf(right).iterate && typeName(right) !== "ndarray") {
      extend(left, iterate(right));
      return left;
    }
    const count = operator === "*" ? countIn(right) : undefined;
    if (count !== undefined) {
      const repeated = repeatItems(left.items, count);
      left.items.length = 0;
      extend(left, repeated);
      return left;
    }
    return undefined;
  },
  ...attributes<PyList>({
    methods: {
      "append(object, /)": (self, { object }) => {
        grow(self.items, object!);
        return null;
      },
      "extend(iterable, /)": (self, { iterable }) => {
        extend(self, iterate(iterable!));
        return null;
      },
      "insert(index, object, /)": (self, { index, object }) => {
        const at = Number(toIndex(index!));
        const { length } = self.items;
        self.items.splice(at < 0 ? Math.max(at + length, 0) : Math.min(at, length), 0, object!);
        return null;
      },
      "pop(index=-1, /)": (self, { index }) => {
        if (self.items.length === 0) throw pythonError("IndexError", "pop from empty list");
        const at = position(index!, self.items.length, "pop index out of range");
        if (at === self.items.length - 1) return self.items.pop()!;
        return self.items.splice(at, 1)[0]!;
      },
      "remove(value, /)": (self, { value }) => {
        const at = self.items.findIndex((item) => equals(item, value!));
        if (at < 0) throw pythonError("ValueError", "list.remove(x): x not in list");
        self.items.splice(at, 1);
        return null;
      },
      "clear()": (self) => {
        self.items.length = 0;
        return null;
      },
      "copy()": (self) => new PyList([...self.items]),
      "reverse()": (self) => {
        self.items.reverse();
        return null;
      },
      "sort(*, key=None, reverse=False)": (self, { key, reverse }) => {
        const sorted = sortedItems(self.items, key!, truth(reverse!));
        self.items.length = 0;
        extend(self, sorted);
        return null;
      },
      "index(value, start=..., stop=..., /)": (self, { value, start, stop }) => {
        const at = indexOf(self.items, value!, start, stop);
        if (at < 0) throw pythonError("ValueError", `${repr(value!)} is not in list`);
        return BigInt(at);
      },
      "count(value, /)": (self, { value }) => countOf(self.items, value!),
    },
  }),
};

registerType(PyList, listType);

function tupleRepr(value: PyTuple): string {
  const comma = value.items.length === 1 ? "," : "";
  return guardedRepr(value, "(...)", () => `(${reprItems(value.items)}${comma})`);
}

const tupleType: PythonType<PyTuple> = {
  name: "tuple",
  classOf: () => tupleClass,
  repr: tupleRepr,
  length: (value) => value.items.length,
  iterate: (value) => value.items,
  hash: (value) => joinKeys("t", value.items.map(hashKey)),
  getItem(value, index) {
    if (index instanceof PySlice) return new PyTuple(sliceOf(value.items, index));
    requireIndexOrSlice(index, "tuple");
    return value.items[position(index, value.items.length, "tuple index out of range")]!;
  },
  binary(operator, left, right) {
    if (operator === "+" && left instanceof PyTuple && right instanceof PyTuple) {
      return new PyTuple(concatenated(left.items, right.items));
    }
    if (operator !== "*") return undefined;
    const [tuple, other] = left instanceof PyTuple ? [left, right] : [right as PyTuple, left];
    const count = countIn(other);
    return count === undefined ? undefined : new PyTuple(repeatItems(tuple.items, count));
  },
  compare(operator, left, right) {
    if (!(left instanceof PyTuple && right instanceof PyTuple)) return undefined;
    return compareItems(operator, left.items, right.items);
  },
  ...attributes<PyTuple>({
    methods: {
      "index(value, start=..., stop=..., /)": (self, { value, start, stop }) => {
        const at = indexOf(self.items, value!, start, stop);
        if (at < 0) throw pythonError("ValueError", "tuple.index(x): x not in tuple");
        return BigInt(at);
      },
      "count(value, /)": (self, { value }) => countOf(self.items, value!),
    },
  }),
};

registerType(PyTuple, tupleType);
