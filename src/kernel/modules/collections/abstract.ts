/**
 * @file `collections.abc`: what a value must be able to do to count as `Iterable`, `Mapping` …, and
 * the methods that a class which inherits from one gets of it.
 */
import { PyDict, PyIterator, PyList, PyRange, PySet, PyTuple } from "../../containers.ts";
import { isException, pythonError } from "../../errors.ts";
import { PyGenerator } from "../../evaluator/generators.ts";
import { PythonModule } from "../../functions.ts";
import { registerType, type Value } from "../../objects.ts";
import {
  contains,
  deleteItem,
  equals,
  findAttribute,
  getItem,
  invoke,
  isCallable,
  iterate,
  keyError,
  length,
  setItem,
  typeOf,
} from "../../operations.ts";
import { DictView } from "../../types/dicts.ts";
import { libraryClass } from "../../types/libraryClasses.ts";
import type { MethodBody } from "../../types/methods.ts";
import type { UserClass } from "../../types/userClasses.ts";

/** A method that a class must define before it can be called. */
class AbstractMethod {}

registerType(AbstractMethod, {
  name: "function",
  repr: () => "<function>",
  hash: (value) => value,
  call: () => null,
  bind: (value) => value,
  getAttribute: (_, name) => (name === "__isabstractmethod__" ? true : undefined),
});

function define(
  name: string,
  bases: readonly UserClass[],
  required: readonly string[],
  accepts: (value: Value) => boolean,
  methods: Readonly<Record<string, MethodBody>> = {},
): UserClass {
  const made = libraryClass({
    module: "collections.abc",
    name,
    ...(bases.length > 0 ? { bases } : {}),
    methods,
    members: Object.fromEntries(required.map((each) => [each, new AbstractMethod()])),
  });
  made.accepts = accepts;
  return made;
}

const isSequence = (value: Value) =>
  value instanceof PyList ||
  value instanceof PyTuple ||
  value instanceof PyRange ||
  typeof value === "string";
const isView = (kind: string) => (value: Value) => value instanceof DictView && value.kind === kind;
const isSet = (value: Value) =>
  value instanceof PySet || isView("dict_keys")(value) || isView("dict_items")(value);
const isSlotted = (slot: "length" | "iterate" | "hash" | "contains") => (value: Value) =>
  typeOf(value)[slot] !== undefined;
const isIterator = (value: Value) =>
  value instanceof PyIterator || typeOf(value).next !== undefined;

const isHashable = (value: Value) =>
  value instanceof PySet
    ? value.frozen
    : typeof value !== "object" || value === null || isSlotted("hash")(value);

const sized = define("Sized", [], ["__len__"], isSlotted("length"));
const iterable = define("Iterable", [], ["__iter__"], isSlotted("iterate"));
const container = define("Container", [], ["__contains__"], (value) => {
  return isSlotted("contains")(value) || isSequence(value) || value instanceof PyDict;
});
const iterator = define("Iterator", [iterable], ["__next__"], isIterator, {
  "__iter__(self)": (self) => self,
});
const reversible = define("Reversible", [iterable], ["__reversed__"], (value) => {
  return isSequence(value) || value instanceof PyDict;
});
const collection = define(
  "Collection",
  [sized, iterable, container],
  [],
  (value) => sized.accepts!(value) && iterable.accepts!(value) && container.accepts!(value),
);

function* itemsOf(self: Value): Generator<Value> {
  for (let index = 0n; ; index++) {
    let item: Value;
    try {
      item = getItem(self, index);
    } catch (thrown) {
      if (isException(thrown, "IndexError")) return;
      throw thrown;
    }
    yield item;
  }
}

const sequence = define(
  "Sequence",
  [reversible, collection],
  ["__getitem__", "__len__"],
  isSequence,
  {
    "__iter__(self)": (self) => new PyIterator("generator", itemsOf(self)),
    "__contains__(self, value)": (self, { value }) => {
      for (const item of iterate(self)) if (equals(item, value!)) return true;
      return false;
    },
    "__reversed__(self)": (self) => {
      const items = [...itemsOf(self)].reverse();
      return new PyIterator("generator", items[Symbol.iterator]());
    },
    "index(self, value, start=0, stop=None)": (self, { value }) => {
      let at = 0n;
      for (const item of iterate(self)) {
        if (equals(item, value!)) return at;
        at++;
      }
      throw pythonError("ValueError", "");
    },
    "count(self, value)": (self, { value }) => {
      let count = 0n;
      for (const item of iterate(self)) if (equals(item, value!)) count++;
      return count;
    },
  },
);
const mutableSequence = define(
  "MutableSequence",
  [sequence],
  ["__setitem__", "__delitem__", "insert"],
  (value) => value instanceof PyList,
  {
    "append(self, value)": (self, { value }) =>
      invoke(findAttribute(self, "insert")!, BigInt(length(self)), value!),
    "extend(self, values)": (self, { values }) => {
      for (const value of [...iterate(values!)]) invoke(findAttribute(self, "append")!, value);
      return null;
    },
    "pop(self, index=-1)": (self, { index }) => {
      const item = getItem(self, index!);
      deleteItem(self, index!);
      return item;
    },
  },
);

/** The entries of a mapping that a class defines. */
function entriesOf(self: Value): [Value, Value][] {
  return [...iterate(self)].map((key) => [key, getItem(self, key)]);
}

function found(self: Value, key: Value): Value | undefined {
  try {
    return getItem(self, key);
  } catch (thrown) {
    if (isException(thrown, "KeyError")) return undefined;
    throw thrown;
  }
}

const mapping = define("Mapping", [collection], ["__getitem__"], (v) => v instanceof PyDict, {
  "get(self, key, default=None)": (self, { key, default: fallback }) =>
    found(self, key!) ?? fallback!,
  "__contains__(self, key)": (self, { key }) => found(self, key!) !== undefined,
  "keys(self)": (self) => new DictView(new PyDict(entriesOf(self)), "dict_keys"),
  "values(self)": (self) => new DictView(new PyDict(entriesOf(self)), "dict_values"),
  "items(self)": (self) => new DictView(new PyDict(entriesOf(self)), "dict_items"),
  "__eq__(self, other)": (self, { other }) => {
    const entries = other instanceof PyDict ? other : new PyDict(entriesOf(other!));
    return equals(new PyDict(entriesOf(self)), entries);
  },
});
const mutableMapping = define(
  "MutableMapping",
  [mapping],
  ["__setitem__", "__delitem__"],
  (value) => value instanceof PyDict,
  {
    "pop(self, key, default=...)": (self, { key, default: fallback }) => {
      const value = found(self, key!);
      if (value === undefined) {
        if (fallback === undefined) throw keyError(key!);
        return fallback;
      }
      deleteItem(self, key!);
      return value;
    },
    "setdefault(self, key, default=None)": (self, { key, default: fallback }) => {
      const value = found(self, key!);
      if (value === undefined) setItem(self, key!, fallback!);
      return value ?? fallback!;
    },
    "update(self, other=(), /, **kwds)": (self, { other, kwds }) => {
      const pairs =
        other instanceof PyDict
          ? [...other.entries()]
          : [...iterate(other!)].map((pair) => [...iterate(pair)] as [Value, Value]);
      for (const [key, value] of pairs) setItem(self, key, value);
      for (const [key, value] of kwds as Map<string, Value>) setItem(self, key, value);
      return null;
    },
    "clear(self)": (self) => {
      for (const key of [...iterate(self)]) deleteItem(self, key);
      return null;
    },
  },
);
const set = define("Set", [collection], [], isSet, {
  "__le__(self, other)": (self, { other }) =>
    length(self) <= length(other!) && [...iterate(self)].every((item) => contains(other!, item)),
});

/** Those that no class is given anything by. */
const plain: readonly (readonly [string, readonly UserClass[], string[], (v: Value) => boolean])[] =
  [
    ["Hashable", [], ["__hash__"], isHashable],
    ["Callable", [], ["__call__"], isCallable],
    ["MutableSet", [set], ["add", "discard"], (value) => value instanceof PySet && !value.frozen],
    ["MappingView", [sized], [], (value) => value instanceof DictView],
    ["KeysView", [set], [], isView("dict_keys")],
    ["ValuesView", [collection], [], isView("dict_values")],
    ["ItemsView", [set], [], isView("dict_items")],
    ["Generator", [iterator], ["send", "throw"], (value) => value instanceof PyGenerator],
  ];

const classes: readonly UserClass[] = [
  sized,
  iterable,
  container,
  iterator,
  reversible,
  collection,
  sequence,
  mutableSequence,
  mapping,
  mutableMapping,
  set,
  ...plain.map((parts) => define(...parts)),
];

/** By name, for `typing` has them too. */
export const abstractClasses: Readonly<Record<string, UserClass>> = Object.fromEntries(
  classes.map((type) => [type.name, type]),
);

export function abstractModule(): PythonModule {
  return new PythonModule("collections.abc", abstractClasses, [
    "Awaitable",
    "Coroutine",
    "AsyncIterable",
    "AsyncIterator",
    "AsyncGenerator",
    "ByteString",
    "Buffer",
  ]);
}
