/**
 * @file Methods that loops call by the million, reached without making a bound method first. What
 * they do is what the types in `types/` do under the same names.
 */
import { PyDict, PyList, PySet } from "../containers.ts";
import type { Value } from "../objects.ts";
import { grow } from "../operations.ts";

export interface QuickMethod {
  /** Whether `self` has this method. Asked before the arguments are evaluated, as attributes are. */
  applies(self: Value): boolean;
  run(self: Value, first: Value, second: Value): Value;
}

const isDict = (self: Value) => self instanceof PyDict && self.constructor === PyDict;

/** By name and count of arguments. */
const methods: Readonly<Record<string, QuickMethod>> = {
  "append 1": {
    applies: (self) => self instanceof PyList && self.constructor === PyList,
    run(self, item) {
      grow((self as PyList).items, item);
      return null;
    },
  },
  "get 1": {
    applies: isDict,
    run: (self, key) => (self as PyDict).get(key) ?? null,
  },
  "get 2": {
    applies: isDict,
    run(self, key, fallback) {
      const found = (self as PyDict).get(key);
      return found === undefined ? fallback : found;
    },
  },
  "add 1": {
    applies: (self) => self instanceof PySet && self.constructor === PySet && !self.frozen,
    run(self, item) {
      (self as PySet).add(item);
      return null;
    },
  },
};

export function quickMethod(name: string, count: number): QuickMethod | undefined {
  const key = `${name} ${count}`;
  return Object.hasOwn(methods, key) ? methods[key] : undefined;
}
