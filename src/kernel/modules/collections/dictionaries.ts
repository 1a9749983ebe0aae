/**
 * @file The dictionaries of `collections`: `defaultdict`, `OrderedDict`, `Counter`.
 */

import type { CompareOperator } from "../../../python/nodes.ts";
import { PyDict, PyIterator, PyList, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import type { Bound } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import {
  binary,
  call,
  classOf,
  compare,
  equals,
  errorTypeName,
  getAttribute,
  invoke,
  isCallable,
  iterate,
  keyError,
  repr,
  toCount,
  toIndex,
  truth,
  typeOf,
} from "../../operations.ts";
import { dictClass, dictType } from "../../types/dicts.ts";
import type { HasDictionary } from "../../types/instances.ts";
import { libraryClass } from "../../types/libraryClasses.ts";
import type { MethodBody } from "../../types/methods.ts";
import { notImplemented } from "../../types/none.ts";
import { guardedRepr } from "../../types/sequences.ts";
import type { UserClass } from "../../types/userClasses.ts";

type Dict = PyDict & HasDictionary;

const asDict = (self: Value) => self as Dict;

/** What `dict(…)` does, in a dictionary that is there already. */
function updateFrom(self: Value, positional: readonly Value[], keywords: Value | undefined): void {
  call(dictType.getAttribute!(asDict(self), "update")!, {
    positional,
    keywords: keywords as Map<string, Value>,
  });
}

/** A dictionary of the same class, empty. */
function sibling(self: Value): Dict {
  return (classOf(self) as UserClass).allocate({ positional: [], keywords: new Map() }) as Dict;
}

const dictText = (self: Value) => dictType.repr(new PyDict(asDict(self).entries()));

const copyDefault: MethodBody = (self) =>
  invoke(classOf(self), asDict(self).dictionary.get("default_factory") ?? null, self);

export const defaultdict = libraryClass({
  module: "collections",
  name: "defaultdict",
  bases: [dictClass],
  methods: {
    "__init__(self, default_factory=None, *args, **kwargs)": (
      self,
      { default_factory, args, kwargs },
    ) => {
      if (default_factory !== null && !isCallable(default_factory!)) {
        throw pythonError("TypeError", "first argument must be callable or None");
      }
      asDict(self).dictionary.set("default_factory", default_factory!);
      updateFrom(self, args as Value[], kwargs);
      return null;
    },
    "__missing__(key, /)": (self, { key }) => {
      const factory = asDict(self).dictionary.get("default_factory") ?? null;
      if (factory === null) throw keyError(key!);
      const value = invoke(factory);
      asDict(self).set(key!, value);
      return value;
    },
    "__repr__()": (self) =>
      guardedRepr(asDict(self), "defaultdict(...)", () => {
        const factory = repr(asDict(self).dictionary.get("default_factory") ?? null);
        return `${classOf(self).name}(${factory}, ${dictText(self)})`;
      }),
    "__or__(other, /)": (self, bound) => {
      if (!(bound["other"] instanceof PyDict)) return notImplemented;
      const made = copyDefault(self, bound) as Dict;
      for (const [key, value] of bound["other"].entries()) made.set(key, value);
      return made;
    },
    "copy()": copyDefault,
    "__copy__()": copyDefault,
  },
});

const copyOf: MethodBody = (self) => {
  const made = sibling(self);
  for (const [key, value] of asDict(self).entries()) made.set(key, value);
  return made;
};

export const orderedDict: UserClass = libraryClass({
  module: "collections",
  name: "OrderedDict",
  bases: [dictClass],
  methods: {
    "__init__(self, *args, **kwargs)": (self, { args, kwargs }) => {
      updateFrom(self, args as Value[], kwargs);
      return null;
    },
    "__repr__()": (self) =>
      guardedRepr(asDict(self), "...", () => {
        const items = [...asDict(self).entries()].map((entry) => new PyTuple(entry));
        const text = items.length === 0 ? "" : repr(new PyList(items));
        return `${classOf(self).name}(${text})`;
      }),
    "move_to_end(self, key, last=True)": (self, { key, last }) => {
      const dict = asDict(self);
      const value = dict.delete(key!);
      if (value === undefined) throw keyError(key!);
      const others = truth(last!) ? [] : [...dict.entries()];
      if (!truth(last!)) dict.clear();
      dict.set(key!, value);
      for (const [name, item] of others) dict.set(name, item);
      return null;
    },
    "popitem(self, last=True)": (self, { last }) => {
      const key = asDict(self)
        .keys()
        .at(truth(last!) ? -1 : 0);
      if (key === undefined) throw keyError("dictionary is empty");
      return new PyTuple([key, asDict(self).delete(key)!]);
    },
    "__eq__(other, /)": (self, { other }) => {
      if (!(other instanceof PyDict)) return notImplemented;
      if (!truth(dictType.compare!("==", self, other)!)) return false;
      const ordered = classOf(other).isSubclassOf(orderedDict);
      const keys = other.keys();
      return (
        !ordered ||
        asDict(self)
          .keys()
          .every((key, index) => equals(key, keys[index]!))
      );
    },
    "copy(self)": copyOf,
    "__copy__(self)": copyOf,
    "__or__(other, /)": (self, { other }) => {
      if (!(other instanceof PyDict)) return notImplemented;
      const made = copyOf(self, {}) as Dict;
      for (const [key, value] of other.entries()) made.set(key, value);
      return made;
    },
  },
});

const countOf = (self: Value, key: Value) => asDict(self).get(key) ?? 0n;
const isPositive = (count: Value) => truth(compare(">", count, 0n));

/** Adds each count of what is given, or takes it away. */
function tally(self: Value, { iterable, kwds }: Bound, operator: "+" | "-"): null {
  const add = (key: Value, count: Value) => {
    asDict(self).set(key, binary(operator, countOf(self, key), count));
  };
  if (iterable instanceof PyDict) for (const [key, count] of iterable.entries()) add(key, count);
  else if (iterable !== null) for (const key of iterate(iterable!)) add(key, 1n);
  for (const [key, count] of kwds as Map<string, Value>) add(key, count);
  return null;
}

function mostCommon(self: Value): (readonly [Value, Value])[] {
  const entries = [...asDict(self).entries()];
  if (entries.every(([, count]) => typeof count === "bigint")) {
    return entries.sort(([, a], [, b]) => (a! < b! ? 1 : a! > b! ? -1 : 0));
  }
  return entries.sort(([, a], [, b]) =>
    truth(compare("<", a, b)) ? 1 : truth(compare("<", b, a)) ? -1 : 0,
  );
}

/** The counts of both that `combine` leaves positive. */
function combined(
  self: Value,
  other: Value,
  combine: (mine: Value, theirs: Value) => Value,
): Value {
  if (!(other instanceof PyDict && classOf(other).isSubclassOf(counter))) return notImplemented;
  const made = invoke(counter) as Dict;
  const keys = new PyDict([...asDict(self).entries(), ...other.entries()]).keys();
  for (const key of keys) {
    const count = combine(countOf(self, key), countOf(other, key));
    if (isPositive(count)) made.set(key, count);
  }
  return made;
}

const least = (a: Value, b: Value) => (truth(compare("<", a, b)) ? a : b);
const greatest = (a: Value, b: Value) => (truth(compare("<", a, b)) ? b : a);

/** Counters compare count by count, what is absent counting zero. */
function comparison(operator: CompareOperator): MethodBody {
  return (self, { other }) => {
    if (!(other instanceof PyDict && classOf(other).isSubclassOf(counter))) return notImplemented;
    const keys = new PyDict([...asDict(self).entries(), ...other.entries()]).keys();
    return keys.every((key) => truth(compare(operator, countOf(self, key), countOf(other, key))));
  };
}

const below = comparison("<=");
const same = comparison("==");

function* repeatedKeys(self: Value): Generator<Value> {
  for (const [key, count] of asDict(self).entries()) {
    for (let left = toIndex(count); left > 0n; left--) yield key;
  }
}

/** Each operator as a method, and the in-place one that does the same to `self`. */
function operatorMethods(): Record<string, MethodBody> {
  const operators: readonly [string, (mine: Value, theirs: Value) => Value][] = [
    ["add", (a, b) => binary("+", a, b)],
    ["sub", (a, b) => binary("-", a, b)],
    ["and", least],
    ["or", greatest],
  ];
  return Object.fromEntries(
    operators.flatMap(([name, combine]): [string, MethodBody][] => [
      [`__${name}__(self, other)`, (self, { other }) => combined(self, other!, combine)],
      [
        `__i${name}__(self, other)`,
        (self, { other }) => {
          const result = combined(self, other!, combine);
          if (result === notImplemented) return result;
          asDict(self).clear();
          for (const [key, count] of asDict(result).entries()) asDict(self).set(key, count);
          return self;
        },
      ],
    ]),
  );
}

export const counter: UserClass = libraryClass({
  module: "collections",
  name: "Counter",
  bases: [dictClass],
  methods: {
    "__init__(self, iterable=None, /, **kwds)": (self, bound) => tally(self, bound, "+"),
    "__missing__(self, key)": () => 0n,
    "__repr__(self)": (self) =>
      asDict(self).size === 0
        ? `${classOf(self).name}()`
        : `${classOf(self).name}(${dictType.repr(new PyDict(mostCommon(self)))})`,
    "most_common(self, n=None)": (self, { n }) => {
      const all = mostCommon(self).map((entry) => new PyTuple(entry));
      return new PyList(n === null ? all : all.slice(0, Math.max(toCount(n!), 0)));
    },
    "elements(self)": (self) => new PyIterator("itertools.chain", repeatedKeys(self)),
    "total(self)": (self) =>
      asDict(self)
        .values()
        .reduce<Value>((total, count) => binary("+", total, count), 0n),
    "update(self, iterable=None, /, **kwds)": (self, bound) => tally(self, bound, "+"),
    "subtract(self, iterable=None, /, **kwds)": (self, bound) => tally(self, bound, "-"),
    "copy(self)": copyOf,
    "__copy__(self)": copyOf,
    "__delitem__(self, elem)": (self, { elem }) => {
      asDict(self).delete(elem!);
      return null;
    },
    "__eq__(self, other)": (self, bound) => {
      const { other } = bound;
      return other instanceof PyDict && !classOf(other).isSubclassOf(counter)
        ? dictType.compare!("==", self, other)!
        : same(self, bound);
    },
    "__le__(self, other)": below,
    "__ge__(self, other)": comparison(">="),
    "__lt__(self, other)": (self, bound) => {
      const fits = below(self, bound);
      return fits === notImplemented ? fits : truth(fits) && !truth(same(self, bound));
    },
    "__gt__(self, other)": (self, bound) => {
      const fits = comparison(">=")(self, bound);
      return fits === notImplemented ? fits : truth(fits) && !truth(same(self, bound));
    },
    "__pos__(self)": (self) => combined(self, invoke(counter), (mine) => mine),
    "__neg__(self)": (self) => combined(self, invoke(counter), (mine) => binary("-", 0n, mine)),
    "fromkeys(self, *args)": () => {
      throw pythonError(
        "NotImplementedError",
        "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.",
      );
    },
    ...operatorMethods(),
  },
});

/** `ChainMap(first, …)`: looked up in order, written to the first. */
export const chainMap: UserClass = libraryClass({
  module: "collections",
  name: "ChainMap",
  methods: {
    "__init__(self, *maps)": (self, { maps }) => {
      const list = maps as Value[];
      const kept = new PyList(list.length > 0 ? [...list] : [new PyDict()]);
      (self as HasDictionary).dictionary.set("maps", kept);
      return null;
    },
    "__getitem__(self, key)": (self, { key }) => {
      for (const map of mapsOf(self)) {
        if (typeOf(map).contains!(map, key!)) return typeOf(map).getItem!(map, key!);
      }
      throw keyError(key!);
    },
    "__setitem__(self, key, value)": (self, { key, value }) => {
      typeOf(mapsOf(self)[0]!).setItem!(mapsOf(self)[0]!, key!, value!);
      return null;
    },
    "__delitem__(self, key)": (self, { key }) => {
      const [first] = mapsOf(self) as [Value];
      if (!typeOf(first).contains!(first, key!)) {
        throw keyError(`Key not found in the first mapping: ${repr(key!)}`);
      }
      typeOf(first).deleteItem!(first, key!);
      return null;
    },
    "__contains__(self, key)": (self, { key }) =>
      mapsOf(self).some((map) => typeOf(map).contains!(map, key!)),
    "__len__(self)": (self) => BigInt(merged(self).size),
    "__iter__(self)": (self) =>
      new PyIterator("dict_keyiterator", merged(self).keys()[Symbol.iterator]()),
    "__repr__(self)": (self) => `ChainMap(${mapsOf(self).map(repr).join(", ")})`,
    "get(self, key, default=None)": (self, { key, default: fallback }) =>
      merged(self).get(key!) ?? fallback!,
    "keys(self)": (self) => invoke(getAttribute(merged(self), "keys")),
    "values(self)": (self) => invoke(getAttribute(merged(self), "values")),
    "items(self)": (self) => invoke(getAttribute(merged(self), "items")),
    "new_child(self, m=None)": (self, { m }) =>
      invoke(chainMap, m ?? new PyDict(), ...mapsOf(self)),
  },
});

function mapsOf(self: Value): readonly Value[] {
  return ((self as HasDictionary).dictionary.get("maps") as PyList).items;
}

/** In the order of CPython: that of the last mapping first. */
function merged(self: Value): PyDict {
  const all = new PyDict();
  for (const map of [...mapsOf(self)].reverse()) {
    if (!(map instanceof PyDict)) {
      throw pythonError("TypeError", `'${errorTypeName(map)}' object is not a mapping`);
    }
    for (const [key, value] of map.entries()) all.set(key, value);
  }
  return all;
}
