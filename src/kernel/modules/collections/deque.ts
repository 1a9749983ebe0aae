/**
 * @file `collections.deque`.
 */

import type { CompareOperator } from "../../../python/nodes.ts";
import { type PyDict, PyIterator, PyList } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import type { Value } from "../../objects.ts";
import {
  classOf,
  collect,
  equals,
  errorTypeName,
  grow,
  invoke,
  iterate,
  repr,
  toCount,
  toIndex,
  typeOf,
} from "../../operations.ts";
import { propertyClass } from "../../types/descriptors.ts";
import { Instance } from "../../types/instances.ts";
import { libraryClass } from "../../types/libraryClasses.ts";
import { type MethodBody, method } from "../../types/methods.ts";
import { notImplemented } from "../../types/none.ts";
import {
  compareItems,
  countOf,
  guardedRepr,
  indexOf,
  position,
  repeatItems,
  reprItems,
} from "../../types/sequences.ts";
import type { UserClass } from "../../types/userClasses.ts";
import { deepCopy } from "../copy.ts";

class Deque extends Instance {
  readonly items: Value[] = [];
  /** Null where it grows without bound. */
  most: number | null = null;

  /** Items beyond `most` fall off at the other end. */
  push(item: Value): void {
    grow(this.items, item);
    if (this.most !== null && this.items.length > this.most) this.items.shift();
  }

  unshift(item: Value): void {
    this.items.unshift(item);
    if (this.most !== null && this.items.length > this.most) this.items.pop();
  }
}

const deque_ = (self: Value) => self as Deque;

function* walked(self: Deque): Generator<Value> {
  const { length } = self.items;
  for (let index = 0; index < length; index++) {
    yield self.items[index]!;
    if (self.items.length !== length) {
      throw pythonError("RuntimeError", "deque mutated during iteration");
    }
  }
}

function like(self: Value, items: readonly Value[]): Value {
  return invoke(classOf(self), new PyList([...items]), boundOf(self));
}

const boundOf = (self: Value): Value => {
  const { most } = deque_(self);
  return most === null ? null : BigInt(most);
};

function place(self: Value, index: Value): number {
  if (!typeOf(index).toIndex) {
    throw pythonError("TypeError", `sequence index must be integer, not '${errorTypeName(index)}'`);
  }
  return position(index, deque_(self).items.length, "deque index out of range");
}

function comparison(operator: CompareOperator): MethodBody {
  return (self, { other }) =>
    other instanceof Deque
      ? compareItems(operator, deque_(self).items, other.items)!
      : notImplemented;
}

const copyOf: MethodBody = (self) => like(self, deque_(self).items);

export const deque: UserClass = libraryClass({
  module: "collections",
  name: "deque",
  allocator: class extends Deque {},
  members: {
    maxlen: invoke(propertyClass, method("deque", "maxlen(self)", boundOf)),
  },
  methods: {
    "__init__(self, iterable=(), maxlen=None)": (self, { iterable, maxlen }) => {
      if (maxlen !== null && toCount(maxlen!) < 0) {
        throw pythonError("ValueError", "maxlen must be non-negative");
      }
      deque_(self).most = maxlen === null ? null : toCount(maxlen!);
      deque_(self).items.length = 0;
      for (const item of iterate(iterable!)) deque_(self).push(item);
      return null;
    },
    "append(object, /)": (self, { object }) => {
      deque_(self).push(object!);
      return null;
    },
    "appendleft(object, /)": (self, { object }) => {
      deque_(self).unshift(object!);
      return null;
    },
    "extend(iterable, /)": (self, { iterable }) => {
      for (const item of collect(iterable!)) deque_(self).push(item);
      return null;
    },
    "extendleft(iterable, /)": (self, { iterable }) => {
      for (const item of collect(iterable!)) deque_(self).unshift(item);
      return null;
    },
    "pop()": (self) => {
      const item = deque_(self).items.pop();
      if (item === undefined) throw pythonError("IndexError", "pop from an empty deque");
      return item;
    },
    "popleft()": (self) => {
      const item = deque_(self).items.shift();
      if (item === undefined) throw pythonError("IndexError", "pop from an empty deque");
      return item;
    },
    "rotate(n=1, /)": (self, { n }) => {
      const { items } = deque_(self);
      if (items.length === 0) return null;
      const steps = Number(toIndex(n!) % BigInt(items.length));
      const first = steps > 0 ? items.length - steps : -steps;
      const turned = [...items.slice(first), ...items.slice(0, first)];
      for (const [index, item] of turned.entries()) items[index] = item;
      return null;
    },
    "clear()": (self) => {
      deque_(self).items.length = 0;
      return null;
    },
    "copy()": copyOf,
    "__copy__()": copyOf,
    "__deepcopy__(memo, /)": (self, { memo }) =>
      like(
        self,
        deque_(self).items.map((item) => deepCopy(item, memo as PyDict)),
      ),
    "count(value, /)": (self, { value }) => countOf(deque_(self).items, value!),
    "index(value, start=..., stop=..., /)": (self, { value, start, stop }) => {
      const at = indexOf(deque_(self).items, value!, start, stop);
      if (at < 0) throw pythonError("ValueError", `${repr(value!)} is not in deque`);
      return BigInt(at);
    },
    "insert(index, object, /)": (self, { index, object }) => {
      const { items, most } = deque_(self);
      if (most !== null && items.length >= most) {
        throw pythonError("IndexError", "deque already at its maximum size");
      }
      items.splice(Number(toIndex(index!)), 0, object!);
      return null;
    },
    "remove(value, /)": (self, { value }) => {
      const { items } = deque_(self);
      const at = items.findIndex((item) => equals(item, value!));
      if (at < 0) throw pythonError("ValueError", `${repr(value!)} is not in deque`);
      items.splice(at, 1);
      return null;
    },
    "reverse()": (self) => {
      deque_(self).items.reverse();
      return null;
    },
    "__len__()": (self) => BigInt(deque_(self).items.length),
    "__iter__()": (self) => new PyIterator("_collections._deque_iterator", walked(deque_(self))),
    "__reversed__()": (self) =>
      new PyIterator(
        "_collections._deque_reverse_iterator",
        [...deque_(self).items].reverse()[Symbol.iterator](),
      ),
    "__contains__(key, /)": (self, { key }) =>
      deque_(self).items.some((item) => equals(item, key!)),
    "__getitem__(key, /)": (self, { key }) => deque_(self).items[place(self, key!)]!,
    "__setitem__(key, value, /)": (self, { key, value }) => {
      deque_(self).items[place(self, key!)] = value!;
      return null;
    },
    "__delitem__(key, /)": (self, { key }) => {
      deque_(self).items.splice(place(self, key!), 1);
      return null;
    },
    "__repr__()": (self) =>
      guardedRepr(deque_(self), "[...]", () => {
        const { items, most } = deque_(self);
        const bound = most === null ? "" : `, maxlen=${most}`;
        return `${classOf(self).name}([${reprItems(items)}]${bound})`;
      }),
    "__add__(value, /)": (self, { value }) => {
      if (value instanceof Deque) return like(self, [...deque_(self).items, ...value.items]);
      throw pythonError(
        "TypeError",
        `can only concatenate deque (not "${errorTypeName(value!)}") to deque`,
      );
    },
    "__iadd__(value, /)": (self, { value }) => {
      for (const item of collect(value!)) deque_(self).push(item);
      return self;
    },
    "__mul__(value, /)": (self, { value }) =>
      typeof value === "bigint"
        ? like(self, repeatItems(deque_(self).items, value))
        : notImplemented,
    "__eq__(value, /)": (self, { value }) => comparison("==")(self, { other: value }),
    "__ne__(value, /)": (self, { value }) => comparison("!=")(self, { other: value }),
    "__lt__(value, /)": (self, { value }) => comparison("<")(self, { other: value }),
    "__le__(value, /)": (self, { value }) => comparison("<=")(self, { other: value }),
    "__gt__(value, /)": (self, { value }) => comparison(">")(self, { other: value }),
    "__ge__(value, /)": (self, { value }) => comparison(">=")(self, { other: value }),
  },
});
