/**
 * @file `functools`' wrappers of functions: `lru_cache`, `cache`, `wraps`, `cmp_to_key`,
 * `total_ordering`, `cached_property`.
 */
import { PyClass } from "../classes.ts";
import { PyDict, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes, Builtin, builtin } from "../functions.ts";
import { type CallArguments, registerType, type Value } from "../objects.ts";
import {
  call,
  compare,
  findAttribute,
  getAttribute,
  invoke,
  isCallable,
  repr,
  setAttribute,
  str,
  toIndex,
  truth,
} from "../operations.ts";
import { BoundMethod } from "../types/descriptors.ts";
import type { HasDictionary } from "../types/instances.ts";
import { type MethodBody, method } from "../types/methods.ts";
import { UserClass } from "../types/userClasses.ts";

/** Copies what `wraps` copies from one function to the one around it. */
export function updateWrapper(wrapper: Value, wrapped: Value): Value {
  for (const name of ["__module__", "__name__", "__qualname__", "__doc__"]) {
    const value = findAttribute(wrapped, name);
    if (value !== undefined) setAttribute(wrapper, name, value);
  }
  setAttribute(wrapper, "__wrapped__", wrapped);
  return wrapper;
}

/** A function around another one, of which it has name and text. */
export class Cover {
  readonly callable: Value;
  readonly own = new Map<string, Value>();

  constructor(callable: Value) {
    this.callable = callable;
  }
}

registerType(Cover, {
  name: "function",
  repr: ({ own }) => `<function ${str(own.get("__qualname__") ?? "inner")}>`,
  hash: (value) => value,
  call: (value, args) => call(value.callable, args),
  bind: (value, self) => (self === undefined ? value : new BoundMethod(self, value)),
  getAttribute: ({ own }, name) => own.get(name),
  setAttribute({ own }, name, item) {
    own.set(name, item);
    return true;
  },
});

/** `_CacheInfo`: what `cache_info()` gives. */
class CacheInfo extends PyTuple {}

const cacheInfoNames = ["hits", "misses", "maxsize", "currsize"];

registerType(CacheInfo, {
  name: "CacheInfo",
  module: "functools",
  repr: ({ items }) =>
    `CacheInfo(${cacheInfoNames.map((name, index) => `${name}=${repr(items[index]!)}`).join(", ")})`,
  length: ({ items }) => items.length,
  iterate: ({ items }) => items,
  getItem: ({ items }, index) => items.at(Number(toIndex(index))) ?? null,
  getAttribute: ({ items }, name) => items[cacheInfoNames.indexOf(name)],
});

/** A function whose results are kept, the least recently used given up first. */
class Cached {
  readonly callable: Value;
  /** Null keeps all. */
  readonly most: number | null;
  readonly results = new PyDict();
  readonly own = new Map<string, Value>();
  hits = 0n;
  misses = 0n;

  constructor(callable: Value, most: number | null) {
    this.callable = callable;
    this.most = most;
  }

  call(args: CallArguments): Value {
    const { positional, keywords } = args;
    const names = [...keywords].flat();
    const key = new PyTuple([...positional, ...(names.length > 0 ? [this.results, ...names] : [])]);
    const found = this.most === 0 ? undefined : this.results.get(hashable(key, this.results));
    if (found !== undefined) {
      this.hits++;
      if (this.most !== null) {
        this.results.delete(hashable(key, this.results));
        this.results.set(hashable(key, this.results), found);
      }
      return found;
    }
    this.misses++;
    const result = call(this.callable, args);
    if (this.most === 0) return result;
    this.results.set(hashable(key, this.results), result);
    if (this.most !== null && this.results.size > this.most) {
      const [oldest] = this.results.entries().next().value!;
      this.results.delete(oldest);
    }
    return result;
  }
}

/** The mark between positions and keywords as something that can be hashed. */
function hashable(key: PyTuple, mark: PyDict): PyTuple {
  return new PyTuple(key.items.map((item) => (item === mark ? keywordMark : item)));
}

const keywordMark = new Builtin("kwd_mark", () => null);
const cachedClass = new PyClass("_lru_cache_wrapper", { module: "functools" });

const cachedAttributes = attributes<Cached>({
  properties: { __wrapped__: (self) => self.callable },
  methods: {
    "cache_info()": ({ hits, misses, most, results }) =>
      new CacheInfo([hits, misses, most === null ? null : BigInt(most), BigInt(results.size)]),
    "cache_clear()": (self) => {
      self.results.clear();
      self.hits = self.misses = 0n;
      return null;
    },
    "cache_parameters()": ({ most }) =>
      new PyDict([
        ["maxsize", most === null ? null : BigInt(most)],
        ["typed", false],
      ]),
  },
});

registerType(Cached, {
  name: "_lru_cache_wrapper",
  module: "functools",
  classOf: () => cachedClass,
  repr: ({ callable }) =>
    repr(callable).replace(/^<function/, "<functools._lru_cache_wrapper object"),
  hash: (value) => value,
  call: (value, args) => value.call(args),
  bind: (value, self) => (self === undefined ? value : new BoundMethod(self, value)),
  getAttribute: (value, name) =>
    value.own.get(name) ??
    cachedAttributes.getAttribute(value, name) ??
    findAttribute(value.callable, name),
  setAttribute(value, name, item) {
    value.own.set(name, item);
    return true;
  },
});

function lruCache(maxsize: Value): Value {
  if (isCallable(maxsize)) return new Cached(maxsize, 128);
  const most = maxsize === null ? null : Math.max(Number(toIndex(maxsize)), 0);
  return new Builtin("decorating_function", ({ positional }) => new Cached(positional[0]!, most));
}

/** A value that a comparison function orders. */
class Ordered {
  readonly value: Value;
  readonly order: Value;

  constructor(value: Value, order: Value) {
    this.value = value;
    this.order = order;
  }
}

registerType(Ordered, {
  name: "KeyWrapper",
  module: "functools",
  repr: () => "<functools.KeyWrapper object>",
  compare(operator, left, right) {
    if (!(left instanceof Ordered && right instanceof Ordered)) return undefined;
    return compare(operator, invoke(left.order, left.value, right.value), 0n);
  },
});

/** `cached_property(function)`: calculated once, then an attribute like others. */
class CachedProperty {
  readonly callable: Value;

  constructor(callable: Value) {
    this.callable = callable;
  }
}

const cachedPropertyClass = new PyClass("cached_property", {
  module: "functools",
  construct: ({ positional }) => new CachedProperty(positional[0] ?? null),
});

registerType(CachedProperty, {
  name: "cached_property",
  module: "functools",
  classOf: () => cachedPropertyClass,
  repr: () => "<functools.cached_property object>",
  hash: (value) => value,
  bind(value, self) {
    if (self === undefined) return value;
    const result = invoke(value.callable, self);
    const name = str(getAttribute(value.callable, "__name__"));
    (self as HasDictionary).dictionary.set(name, result);
    return result;
  },
});

/** Each ordering from each other, by its root: `a <= b` is `a < b or a == b`. */
const orderings = ["__lt__", "__le__", "__gt__", "__ge__"] as const;

function totalOrdering(type: Value): Value {
  const root = type instanceof UserClass ? orderings.find((name) => type.find(name)) : undefined;
  if (!(type instanceof UserClass) || !root) {
    throw pythonError("ValueError", "must define at least one ordering operation: < > <= >=");
  }
  const given = (left: Value, right: Value) => truth(invoke(getAttribute(left, root), right));
  const equal = (left: Value, right: Value) => truth(compare("==", left, right));
  const less: (left: Value, right: Value) => boolean = {
    __lt__: given,
    __le__: (left: Value, right: Value) => given(left, right) && !equal(left, right),
    __gt__: (left: Value, right: Value) => !given(left, right) && !equal(left, right),
    __ge__: (left: Value, right: Value) => !given(left, right),
  }[root];
  const derived: Record<(typeof orderings)[number], (left: Value, right: Value) => boolean> = {
    __lt__: less,
    __le__: (left, right) => less(left, right) || equal(left, right),
    __gt__: (left, right) => !less(left, right) && !equal(left, right),
    __ge__: (left, right) => !less(left, right),
  };
  for (const name of orderings) {
    if (type.find(name) !== undefined) continue;
    const body: MethodBody = (self, { other }) => derived[name](self, other!);
    type.members.set(name, method(type.qualname, `${name}(self, other)`, body));
  }
  type.refresh();
  return type;
}

export const wrappers: Readonly<Record<string, Value>> = {
  wraps: builtin("wraps(wrapped, assigned=(), updated=())", ({ wrapped }) => {
    return new Builtin("update_wrapper", ({ positional }) =>
      updateWrapper(positional[0]!, wrapped!),
    );
  }),
  update_wrapper: builtin(
    "update_wrapper(wrapper, wrapped, assigned=(), updated=())",
    ({ wrapper, wrapped }) => updateWrapper(wrapper!, wrapped!),
  ),
  lru_cache: builtin("lru_cache(maxsize=128, typed=False)", ({ maxsize }) => lruCache(maxsize!)),
  cache: builtin(
    "cache(user_function, /)",
    ({ user_function }) => new Cached(user_function!, null),
  ),
  cmp_to_key: builtin("cmp_to_key(mycmp)", ({ mycmp }) => {
    return new Builtin("K", ({ positional }) => new Ordered(positional[0]!, mycmp!));
  }),
  total_ordering: builtin("total_ordering(cls)", ({ cls }) => totalOrdering(cls!)),
  cached_property: cachedPropertyClass,
};
