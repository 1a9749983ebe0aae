/**
 * @file `set` and `frozenset`.
 */
import type { BinaryOperator, CompareOperator } from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PySet } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes, type Bound } from "../functions.ts";
import { hashKey, joinKeys } from "../hashing.ts";
import { type PythonType, registerType, type Value } from "../objects.ts";
import { iterate, keyError } from "../operations.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import { guardedRepr, reprItems } from "./sequences.ts";

const newSet = parseSignature("set(iterable=(), /)");
const newFrozenSet = parseSignature("frozenset(iterable=(), /)");

export const setClass: PyClass = new PyClass("set", {
  signature: newSet,
  construct: (args) => new PySet(iterate(bindArguments(newSet, args)[0]!)),
  instances: () => setType as PythonType,
});

export const frozenSetClass: PyClass = new PyClass("frozenset", {
  signature: newFrozenSet,
  construct: (args) => new PySet(iterate(bindArguments(newFrozenSet, args)[0]!), true),
  instances: () => setType as PythonType,
});

/**
 * CPython keeps small integers in the order of their values (their hash is their slot), and
 * texts in an order that changes from run to run: for those, ours is the order of insertion.
 */
function ordered(set: PySet): Value[] {
  const items = [...set];
  const slots = items.map((item) =>
    typeof item === "bigint" && item >= 0n ? Number(item) : Number.NaN,
  );
  // The table has at least 8 slots and grows to four times the items when three fifths are full.
  let size = 8;
  while (items.length * 5 >= size * 3) size *= 4;
  if (slots.some((slot) => !(slot < size))) return items;
  return items
    .map((item, index) => ({ item, slot: slots[index]! }))
    .sort((a, b) => a.slot - b.slot)
    .map(({ item }) => item);
}

function setRepr(value: PySet): string {
  const name = value.frozen ? "frozenset" : "set";
  if (value.size === 0) return `${name}()`;
  return guardedRepr(value, `${name}(...)`, () => {
    const braces = `{${reprItems(ordered(value))}}`;
    return value.frozen ? `frozenset(${braces})` : braces;
  });
}

function combine(operator: BinaryOperator, left: PySet, right: PySet): PySet | undefined {
  const { frozen } = left;
  switch (operator) {
    case "|":
      return new PySet([...left, ...right], frozen);
    case "&":
      return new PySet(
        [...left].filter((item) => right.has(item)),
        frozen,
      );
    case "-":
      return new PySet(
        [...left].filter((item) => !right.has(item)),
        frozen,
      );
    case "^": {
      const inLeft = [...left].filter((item) => !right.has(item));
      const inRight = [...right].filter((item) => !left.has(item));
      return new PySet([...inLeft, ...inRight], frozen);
    }
    default:
      return undefined;
  }
}

function isSubset(left: PySet, right: PySet): boolean {
  if (left.size > right.size) return false;
  for (const item of left) if (!right.has(item)) return false;
  return true;
}

function compareSets(operator: CompareOperator, left: PySet, right: PySet): Value | undefined {
  switch (operator) {
    case "==":
      return left.size === right.size && isSubset(left, right);
    case "!=":
      return left.size !== right.size || !isSubset(left, right);
    case "<=":
      return isSubset(left, right);
    case "<":
      return left.size < right.size && isSubset(left, right);
    case ">=":
      return isSubset(right, left);
    case ">":
      return right.size < left.size && isSubset(right, left);
    default:
      return undefined;
  }
}

function asSet(value: Value): PySet {
  return value instanceof PySet ? value : new PySet(iterate(value));
}

function replaceItems(set: PySet, items: PySet): null {
  const kept = [...items];
  set.clear();
  for (const item of kept) set.add(item);
  return null;
}

/** `a.union(b, c)`: the operator applied with each of the iterables in turn. */
function fold(operator: BinaryOperator, self: PySet, others: Value): PySet {
  let result = new PySet(self, self.frozen);
  for (const other of others as Value[]) result = combine(operator, result, asSet(other))!;
  return result;
}

const common = attributes<PySet>({
  methods: {
    "union(*others)": (self, { others }: Bound) => fold("|", self, others!),
    "intersection(*others)": (self, { others }) => fold("&", self, others!),
    "difference(*others)": (self, { others }) => fold("-", self, others!),
    "symmetric_difference(other, /)": (self, { other }) => combine("^", self, asSet(other!))!,
    "issubset(other, /)": (self, { other }) => isSubset(self, asSet(other!)),
    "issuperset(other, /)": (self, { other }) => isSubset(asSet(other!), self),
    "isdisjoint(other, /)": (self, { other }) => combine("&", self, asSet(other!))!.size === 0,
    "copy()": (self) => new PySet(self, self.frozen),
  },
});

const changing = attributes<PySet>({
  methods: {
    "add(item, /)": (self, { item }) => {
      self.add(item!);
      return null;
    },
    "discard(item, /)": (self, { item }) => {
      self.delete(item!);
      return null;
    },
    "remove(item, /)": (self, { item }) => {
      if (!self.delete(item!)) throw keyError(item!);
      return null;
    },
    "pop()": (self) => {
      const [item] = ordered(self);
      if (item === undefined) throw keyError("pop from an empty set");
      self.delete(item);
      return item;
    },
    "clear()": (self) => {
      self.clear();
      return null;
    },
    "update(*others)": (self, { others }) => replaceItems(self, fold("|", self, others!)),
    "intersection_update(*others)": (self, { others }) =>
      replaceItems(self, fold("&", self, others!)),
    "difference_update(*others)": (self, { others }) =>
      replaceItems(self, fold("-", self, others!)),
    "symmetric_difference_update(other, /)": (self, { other }) =>
      replaceItems(self, combine("^", self, asSet(other!))!),
  },
});

const setType: PythonType<PySet> = {
  name: "set",
  classOf: (value) => (value.frozen ? frozenSetClass : setClass),
  repr: setRepr,
  length: (value) => value.size,
  *iterate(value) {
    const { size } = value;
    for (const item of ordered(value)) {
      yield item;
      if (value.size !== size) {
        throw pythonError("RuntimeError", "Set changed size during iteration");
      }
    }
  },
  contains: (value, item) => value.has(item),
  hash(value) {
    if (!value.frozen) throw pythonError("TypeError", "unhashable type: 'set'");
    const keys = [...value].map(hashKey);
    return joinKeys(
      "f",
      keys.sort((a, b) => (String(a) < String(b) ? -1 : 1)),
    );
  },
  binary(operator, left, right) {
    if (!(left instanceof PySet && right instanceof PySet)) return undefined;
    return combine(operator, left, right);
  },
  inPlace(operator, left, right) {
    if (left.frozen || !(right instanceof PySet)) return undefined;
    const result = combine(operator, left, right);
    if (!result) return undefined;
    replaceItems(left, result);
    return left;
  },
  compare(operator, left, right) {
    if (!(left instanceof PySet && right instanceof PySet)) return undefined;
    return compareSets(operator, left, right);
  },
  getAttribute: (value, name) =>
    common.getAttribute(value, name) ??
    (value.frozen ? undefined : changing.getAttribute(value, name)),
  attributeNames: (value) => [
    ...common.attributeNames(value),
    ...(value?.frozen ? [] : changing.attributeNames(value)),
  ],
};

registerType(PySet, setType);
