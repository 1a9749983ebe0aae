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
import { classOf, iterate, keyError } from "../operations.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import { guardedRepr, reprItems } from "./sequences.ts";
import { mergedTable, tableOrder } from "./setOrder.ts";

const newSet = parseSignature("set(iterable=(), /)");
const newFrozenSet = parseSignature("frozenset(iterable=(), /)");

export const setClass: PyClass = new PyClass("set", {
  signature: newSet,
  construct(args) {
    const given = bindArguments(newSet, args)[0]!;
    return given instanceof PySet ? copied(given, false) : new PySet(iterate(given));
  },
  instances: () => setType as PythonType,
});

export const frozenSetClass: PyClass = new PyClass("frozenset", {
  signature: newFrozenSet,
  construct: (args) => new PySet(iterate(bindArguments(newFrozenSet, args)[0]!), true),
  instances: () => setType as PythonType,
});

/** Numbers in the order of CPython's table; others, whose order changes from run to run, as put in. */
function ordered(set: PySet): readonly Value[] {
  return tableOrder([...set], set.tableSize).items;
}

/** A copy, as `set(other)`, `copy` and `|` make one: at once, not item by item. */
export function copied(set: PySet, frozen: boolean): PySet {
  return merged(new PySet([], frozen), set);
}

/** `target.update(other)`: makes room for all of the other's items beforehand. */
function merged(target: PySet, other: PySet): PySet {
  const { items, size } = tableOrder([...target], target.tableSize);
  const added = ordered(other);
  target.clear();
  target.tableSize = mergedTable(items.length, added.length, size);
  for (const item of items) target.add(item);
  for (const item of added) target.add(item);
  return target;
}

function setRepr(value: PySet): string {
  const { name } = classOf(value);
  if (value.size === 0) return `${name}()`;
  return guardedRepr(value, `${name}(...)`, () => {
    const braces = `{${reprItems(ordered(value))}}`;
    return name === "set" ? braces : `${name}(${braces})`;
  });
}

function combine(operator: BinaryOperator, left: PySet, right: PySet): PySet | undefined {
  const { frozen } = left;
  switch (operator) {
    case "|":
      return merged(copied(left, frozen), right);
    case "&": {
      // The smaller one is gone through.
      const [inner, outer] = right.size > left.size ? [left, right] : [right, left];
      return new PySet(
        ordered(inner).filter((item) => outer.has(item)),
        frozen,
      );
    }
    case "-":
      return new PySet(
        ordered(left).filter((item) => !right.has(item)),
        frozen,
      );
    case "^": {
      const inLeft = ordered(left).filter((item) => !right.has(item));
      const inRight = ordered(right).filter((item) => !left.has(item));
      return new PySet([...inRight, ...inLeft], frozen);
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
  set.tableSize = items.tableSize;
  for (const item of kept) set.add(item);
  return null;
}

/** `a.union(b, c)`: the operator applied with each of the iterables in turn. */
function fold(operator: BinaryOperator, self: PySet, others: Value): PySet {
  let result = copied(self, self.frozen);
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
    "copy()": (self) => copied(self, self.frozen),
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
