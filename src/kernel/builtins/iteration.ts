/**
 * @file Built-in functions over iterables: `len`, `sum`, `sorted`, `zip`, `map`, `max` …
 */
import { PyClass } from "../classes.ts";
import { PyDict, PyIterator, PyList, PyRange, PyTuple } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import { type Bound, type Builtin, builtin } from "../functions.ts";
import { checkInterrupt, checkSometimes } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import {
  binary,
  collect,
  compare,
  equals,
  errorTypeName,
  findAttribute,
  getItem,
  invoke,
  isCallable,
  iterate,
  iterator,
  length,
  toIndex,
  truth,
  typeOf,
} from "../operations.ts";
import { DictView } from "../types/dicts.ts";
import { advance } from "../types/iterators.ts";
import { sortedItems } from "../types/sorting.ts";
import { unaryBuiltin } from "./unary.ts";

/** Floats are added one by one: the running correction came with CPython 3.12. */
function sum(iterable: Value, start: Value): Value {
  if (typeof start === "string") {
    throw pythonError("TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
  }
  let total = start as Value;
  for (const item of iterate(iterable)) {
    checkInterrupt();
    if (typeof total === "number" && typeof item === "number") total += item;
    else if (typeof total === "bigint" && typeof item === "bigint") total += item;
    else total = binary("+", total, item);
  }
  return total;
}

/** `min` and `max`: `operator` says when a later item wins. */
function extreme(name: "min" | "max", { args, key, default: fallback }: Bound): Value {
  const given = args as Value[];
  if (given.length === 0) {
    throw pythonError("TypeError", `${name} expected at least 1 argument, got 0`);
  }
  if (given.length > 1 && fallback !== undefined) {
    throw pythonError(
      "TypeError",
      `Cannot specify a default for ${name}() with multiple positional arguments`,
    );
  }
  const items = given.length === 1 ? iterate(given[0]!) : given;
  const operator = name === "min" ? "<" : ">";
  let best: Value | undefined;
  let bestKey: Value = null;
  for (const item of items) {
    checkSometimes();
    const itemKey = key === null ? item : invoke(key!, item);
    if (best === undefined || truth(compare(operator, itemKey, bestKey))) {
      best = item;
      bestKey = itemKey;
    }
  }
  if (best !== undefined) return best;
  if (fallback !== undefined) return fallback;
  throw pythonError("ValueError", `${name}() arg is an empty sequence`);
}

function* zipped(sources: readonly PyIterator[], strict: boolean): Generator<Value> {
  if (sources.length === 0) return;
  for (;;) {
    const items = new Array<Value>(sources.length);
    for (let index = 0; index < sources.length; index++) {
      const item = advance(sources[index]!);
      if (item === undefined) {
        if (strict) checkLengths(sources, index);
        return;
      }
      items[index] = item;
    }
    yield new PyTuple(items);
  }
}

/** `strict=True`: all end together, or the one that does not is named. */
function checkLengths(sources: readonly PyIterator[], ended: number): void {
  const others = (count: number) => (count === 1 ? "argument 1" : `arguments 1-${count}`);
  if (ended > 0) {
    throw pythonError("ValueError", `zip() argument ${ended + 1} is shorter than ${others(ended)}`);
  }
  for (const [index, source] of sources.entries()) {
    if (index > 0 && advance(source) !== undefined) {
      throw pythonError(
        "ValueError",
        `zip() argument ${index + 1} is longer than ${others(index)}`,
      );
    }
  }
}

function* mapped(callable: Value, sources: readonly PyIterator[]): Generator<Value> {
  for (;;) {
    checkInterrupt();
    const items: Value[] = [];
    for (const source of sources) {
      const item = advance(source);
      if (item === undefined) return;
      items.push(item);
    }
    yield invoke(callable, ...items);
  }
}

function* filtered(test: Value, items: Iterable<Value>): Generator<Value> {
  for (const item of items) {
    checkInterrupt();
    if (truth(test === null ? item : invoke(test, item))) yield item;
  }
}

function* enumerated(items: Iterable<Value>, start: bigint): Generator<Value> {
  let index = start;
  for (const item of items) yield new PyTuple([index++, item]);
}

function* backwards(value: Value, size: number): Generator<Value> {
  for (let index = size - 1; index >= 0; index--) yield getItem(value, BigInt(index));
}

function reversed(value: Value): Value {
  if (value instanceof PyDict || value instanceof DictView) {
    const items = collect(value).reverse();
    return new PyIterator("dict_reversekeyiterator", items[Symbol.iterator]());
  }
  const type = typeOf(value);
  const own = value instanceof PyClass ? undefined : findAttribute(value, "__reversed__");
  if (own !== undefined) return invoke(own);
  if (!type.getItem || !type.length || value instanceof PyClass) {
    throw pythonError("TypeError", `'${errorTypeName(value)}' object is not reversible`);
  }
  const kind =
    value instanceof PyList
      ? "list_reverseiterator"
      : value instanceof PyRange
        ? "range_iterator"
        : "reversed";
  return new PyIterator(kind, backwards(value, length(value)));
}

function* untilSentinel(callable: Value, sentinel: Value): Generator<Value> {
  for (;;) {
    checkInterrupt();
    const item = invoke(callable);
    if (equals(item, sentinel)) return;
    yield item;
  }
}

function next(source: Value, fallback: Value | undefined): Value {
  const { next: advanceOwn } = typeOf(source);
  if (advanceOwn) {
    const item = advanceOwn(source);
    if (item !== undefined) return item;
    if (fallback !== undefined) return fallback;
    throw new PyException(exceptionClasses.StopIteration, []);
  }
  if (!(source instanceof PyIterator)) {
    throw pythonError("TypeError", `'${errorTypeName(source)}' object is not an iterator`);
  }
  const step = source.next();
  if (!step.done) return step.value;
  if (fallback !== undefined) return fallback;
  throw new PyException(exceptionClasses.StopIteration, []);
}

function all(iterable: Value, wanted: boolean): boolean {
  for (const item of iterate(iterable)) {
    checkSometimes();
    if (truth(item) !== wanted) return !wanted;
  }
  return wanted;
}

export const iteration: readonly Builtin[] = [
  unaryBuiltin("len(obj, /)", (value) => BigInt(length(value))),
  builtin("builtins.sum(iterable, /, start=0)", ({ iterable, start }) => sum(iterable!, start!)),
  builtin("builtins.min(*args, key=None, default=...)", (bound) => extreme("min", bound)),
  builtin("builtins.max(*args, key=None, default=...)", (bound) => extreme("max", bound)),
  builtin("all(iterable, /)", ({ iterable }) => all(iterable!, true)),
  builtin("any(iterable, /)", ({ iterable }) => all(iterable!, false)),
  builtin("builtins.sorted(*args, key=None, reverse=False)", ({ args, key, reverse }) => {
    const given = args as Value[];
    if (given.length === 1)
      return new PyList(sortedItems(collect(given[0]!), key!, truth(reverse!)));
    throw pythonError("TypeError", `sorted expected 1 argument, got ${given.length}`);
  }),
  builtin("reversed(sequence, /)", ({ sequence }) => reversed(sequence!)),
  builtin("builtins.enumerate(iterable, start=0)", ({ iterable, start }) => {
    const items = iterate(iterable!);
    return new PyIterator("enumerate", enumerated(items, toIndex(start!)));
  }),
  builtin("builtins.zip(*iterables, strict=False)", ({ iterables, strict }) => {
    const sources = (iterables as Value[]).map(iterator);
    return new PyIterator("zip", zipped(sources, truth(strict!)));
  }),
  builtin("map(func=..., *iterables)", ({ func, iterables }) => {
    const given = iterables as Value[];
    if (func === undefined || given.length === 0) {
      throw pythonError("TypeError", "map() must have at least two arguments.");
    }
    return new PyIterator("map", mapped(func, given.map(iterator)));
  }),
  builtin("filter(function, iterable, /)", (bound) => {
    return new PyIterator("filter", filtered(bound["function"]!, iterate(bound["iterable"]!)));
  }),
  builtin("iter(object, sentinel=..., /)", ({ object, sentinel }) => {
    if (sentinel === undefined) {
      const { iterator: own } = typeOf(object!);
      return own ? own(object!) : iterator(object!);
    }
    if (!isCallable(object!)) {
      throw pythonError("TypeError", "iter(v, w): v must be callable");
    }
    return new PyIterator("callable_iterator", untilSentinel(object!, sentinel));
  }),
  builtin("next(iterator, default=..., /)", (bound) => next(bound["iterator"]!, bound["default"])),
];
