/**
 * @file `itertools`.
 */
import { PyClass } from "../classes.ts";
import { PyIterator, PyTuple } from "../containers.ts";
import { memoryError, pythonError } from "../errors.ts";
import { type Builtin, builtin, PythonModule } from "../functions.ts";
import { checkInterrupt } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import {
  binary,
  collect,
  equals,
  invoke,
  iterate,
  iterator,
  mostItems,
  repr,
  toIndex,
  truth,
} from "../operations.ts";
import { advance } from "../types/iterators.ts";

const kindOf = (name: string) => `itertools.${name}`;

function lazy(name: string, items: Iterator<Value>): PyIterator {
  return new PyIterator(kindOf(name), items);
}

/** `count(start, step)`: its repr says where it stands. */
class Counting extends PyIterator {
  constructor(start: Value, step: Value) {
    let next = start;
    super(kindOf("count"), {
      next() {
        checkInterrupt();
        const value = next;
        next = binary("+", value, step);
        return { done: false, value };
      },
    });
    this.describe = () => `count(${repr(next)}${step === 1n ? "" : `, ${repr(step)}`})`;
  }
}

/** `repeat(object, times)`. */
class Repeating extends PyIterator {
  constructor(object: Value, times: bigint | null) {
    let left = times === null || times > 0n ? times : 0n;
    super(kindOf("repeat"), {
      next() {
        checkInterrupt();
        if (left === 0n) return { done: true, value: undefined };
        if (left !== null) left--;
        return { done: false, value: object };
      },
    });
    this.describe = () => `repeat(${repr(object)}${left === null ? "" : `, ${left}`})`;
  }
}

function* cycled(items: Iterable<Value>): Generator<Value> {
  const saved: Value[] = [];
  for (const item of items) {
    saved.push(item);
    yield item;
  }
  while (saved.length > 0) {
    for (const item of saved) {
      checkInterrupt();
      yield item;
    }
  }
}

function* chained(iterables: Iterable<Value>): Generator<Value> {
  for (const items of iterables) yield* iterate(items);
}

function* accumulated(
  items: Iterable<Value>,
  combine: (total: Value, item: Value) => Value,
  initial: Value,
): Generator<Value> {
  let total: Value | undefined = initial === null ? undefined : initial;
  if (total !== undefined) yield total;
  for (const item of items) {
    total = total === undefined ? item : combine(total, item);
    yield total;
  }
}

function* sliced(items: Iterator<Value>, args: readonly Value[]): Generator<Value> {
  const [start, stop, step] = (
    args.length === 1 ? [null, args[0]!, null] : [args[0]!, args[1]!, args[2] ?? null]
  ) as [Value, Value, Value];
  const position = (value: Value, fallback: number, least: number, message: string) => {
    if (value === null) return fallback;
    const number = typeof value === "bigint" ? Number(value) : Number.NaN;
    if (!(number >= least)) throw pythonError("ValueError", message);
    return number;
  };
  const indices = "must be None or an integer: 0 <= x <= sys.maxsize.";
  const end = position(
    stop,
    Number.POSITIVE_INFINITY,
    0,
    args.length === 1 ? `Stop argument for islice() ${indices}` : `Indices for islice() ${indices}`,
  );
  const from = position(start, 0, 0, `Indices for islice() ${indices}`);
  const stride = position(step, 1, 1, "Step for islice() must be a positive integer or None.");
  let wanted = from;
  for (let index = 0; wanted < end; index++) {
    const next = items.next();
    if (next.done) return;
    if (index === wanted) {
      yield next.value;
      wanted += stride;
    }
  }
}

function* combinations(pool: readonly Value[], count: number): Generator<Value> {
  const indices = Array.from({ length: count }, (_, index) => index);
  if (count > pool.length) return;
  for (;;) {
    yield new PyTuple(indices.map((index) => pool[index]!));
    let at = count - 1;
    while (at >= 0 && indices[at] === at + pool.length - count) at--;
    if (at < 0) return;
    indices[at]!++;
    for (let next = at + 1; next < count; next++) indices[next] = indices[next - 1]! + 1;
  }
}

function* withReplacement(pool: readonly Value[], count: number): Generator<Value> {
  if (pool.length === 0 && count > 0) return;
  const indices: number[] = new Array(count).fill(0);
  for (;;) {
    yield new PyTuple(indices.map((index) => pool[index]!));
    let at = count - 1;
    while (at >= 0 && indices[at] === pool.length - 1) at--;
    if (at < 0) return;
    indices.fill(indices[at]! + 1, at);
  }
}

function* permutations(
  pool: readonly Value[],
  count: number,
  taken: readonly number[] = [],
): Generator<Value> {
  if (taken.length === count) {
    yield new PyTuple(taken.map((index) => pool[index]!));
    return;
  }
  for (let index = 0; index < pool.length; index++) {
    if (!taken.includes(index)) yield* permutations(pool, count, [...taken, index]);
  }
}

/** Counts up like an odometer, the last pool fastest. */
function* products(pools: readonly (readonly Value[])[]): Generator<Value> {
  if (pools.some((pool) => pool.length === 0)) return;
  const places = pools.map(() => 0);
  for (;;) {
    yield new PyTuple(pools.map((pool, index) => pool[places[index]!]!));
    let at = pools.length - 1;
    while (at >= 0 && places[at] === pools[at]!.length - 1) places[at--] = 0;
    if (at < 0) return;
    places[at]!++;
  }
}

function* filtered(
  items: Iterable<Value>,
  test: Value,
  mode: "takewhile" | "dropwhile" | "filterfalse",
): Generator<Value> {
  let dropping = mode === "dropwhile";
  for (const item of items) {
    checkInterrupt();
    if (mode === "dropwhile" && !dropping) {
      yield item;
      continue;
    }
    const passes = truth(test === null ? item : invoke(test, item));
    if (mode === "takewhile" && !passes) return;
    if (mode === "filterfalse" ? passes : mode === "dropwhile" && passes) continue;
    dropping = false;
    yield item;
  }
}

function* zippedLongest(sources: readonly PyIterator[], fill: Value): Generator<Value> {
  const ended = new Set<PyIterator>();
  while (ended.size < sources.length) {
    const items = sources.map((source) => {
      const item = ended.has(source) ? undefined : advance(source);
      if (item === undefined) ended.add(source);
      return item === undefined ? fill : item;
    });
    if (ended.size < sources.length) yield new PyTuple(items);
  }
}

function* pairs(items: Iterable<Value>): Generator<Value> {
  let previous: Value | undefined;
  for (const item of items) {
    if (previous !== undefined) yield new PyTuple([previous, item]);
    previous = item;
  }
}

function* starMapped(callable: Value, items: Iterable<Value>): Generator<Value> {
  for (const item of items) yield invoke(callable, ...iterate(item));
}

function* compressed(data: PyIterator, selectors: PyIterator): Generator<Value> {
  for (;;) {
    const item = advance(data);
    const selector = advance(selectors);
    if (item === undefined || selector === undefined) return;
    if (truth(selector)) yield item;
  }
}

/** Groups are read at once: they stay usable, which CPython's are not, after the next one. */
function* grouped(items: Iterable<Value>, key: Value): Generator<Value> {
  let group: { key: Value; items: Value[] } | null = null;
  const finish = ({ key, items }: { key: Value; items: Value[] }) =>
    new PyTuple([key, lazy("_grouper", items[Symbol.iterator]())]);
  for (const item of items) {
    const itemKey = key === null ? item : invoke(key, item);
    if (group && equals(group.key, itemKey)) {
      group.items.push(item);
      continue;
    }
    if (group) yield finish(group);
    group = { key: itemKey, items: [item] };
  }
  if (group) yield finish(group);
}

function* batches(items: Iterable<Value>, size: number): Generator<Value> {
  let batch: Value[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield new PyTuple(batch);
    batch = [];
  }
  if (batch.length > 0) yield new PyTuple(batch);
}

/** Independent iterators over the same items, each item taken once. */
function tee(source: PyIterator, count: number): PyTuple {
  const taken: Value[] = [];
  function* reader(): Generator<Value> {
    for (let index = 0; ; index++) {
      if (index === taken.length) {
        const item = advance(source);
        if (item === undefined) return;
        taken.push(item);
      }
      yield taken[index]!;
    }
  }
  return new PyTuple(Array.from({ length: count }, () => lazy("_tee", reader())));
}

const all = (value: Value | undefined): Value[] => collect(value!);

const functions: readonly Builtin[] = [
  builtin("count(start=0, step=1)", ({ start, step }) => new Counting(start!, step!)),
  builtin("cycle(iterable, /)", ({ iterable }) => lazy("cycle", cycled(iterate(iterable!)))),
  builtin(
    "repeat(object, times=...)",
    ({ object, times }) => new Repeating(object!, times === undefined ? null : toIndex(times)),
  ),
  builtin("accumulate(iterable, func=None, *, initial=None)", ({ iterable, func, initial }) =>
    lazy(
      "accumulate",
      accumulated(
        iterate(iterable!),
        func === null ? (a, b) => binary("+", a, b) : (a, b) => invoke(func!, a, b),
        initial!,
      ),
    ),
  ),
  builtin("islice(iterable, *args)", ({ iterable, args }) =>
    lazy("islice", sliced(iterator(iterable!), args as Value[])),
  ),
  builtin("combinations(iterable, r)", ({ iterable, r }) =>
    lazy("combinations", combinations(all(iterable), Number(toIndex(r!)))),
  ),
  builtin("combinations_with_replacement(iterable, r)", ({ iterable, r }) =>
    lazy("combinations_with_replacement", withReplacement(all(iterable), Number(toIndex(r!)))),
  ),
  builtin("permutations(iterable, r=None)", ({ iterable, r }) => {
    const pool = all(iterable);
    return lazy("permutations", permutations(pool, r === null ? pool.length : Number(toIndex(r!))));
  }),
  builtin("product(*iterables, repeat=1)", ({ iterables, repeat }) => {
    const pools = (iterables as Value[]).map(all);
    const times = Number(toIndex(repeat!));
    if (times < 0) throw pythonError("ValueError", "repeat argument cannot be negative");
    if (times * pools.length > mostItems) throw memoryError();
    return lazy("product", products(Array.from({ length: times }, () => pools).flat()));
  }),
  builtin("takewhile(predicate, iterable, /)", ({ predicate, iterable }) =>
    lazy("takewhile", filtered(iterate(iterable!), predicate!, "takewhile")),
  ),
  builtin("dropwhile(predicate, iterable, /)", ({ predicate, iterable }) =>
    lazy("dropwhile", filtered(iterate(iterable!), predicate!, "dropwhile")),
  ),
  builtin("filterfalse(predicate, iterable, /)", ({ predicate, iterable }) =>
    lazy("filterfalse", filtered(iterate(iterable!), predicate!, "filterfalse")),
  ),
  builtin("zip_longest(*iterables, fillvalue=None)", ({ iterables, fillvalue }) =>
    lazy("zip_longest", zippedLongest((iterables as Value[]).map(iterator), fillvalue!)),
  ),
  builtin("pairwise(iterable, /)", ({ iterable }) => lazy("pairwise", pairs(iterate(iterable!)))),
  builtin("starmap(function, iterable, /)", (bound) =>
    lazy("starmap", starMapped(bound["function"]!, iterate(bound["iterable"]!))),
  ),
  builtin("compress(data, selectors)", ({ data, selectors }) =>
    lazy("compress", compressed(iterator(data!), iterator(selectors!))),
  ),
  builtin("groupby(iterable, key=None)", ({ iterable, key }) =>
    lazy("groupby", grouped(iterate(iterable!), key!)),
  ),
  builtin("batched(iterable, n)", ({ iterable, n }) => {
    const size = Number(toIndex(n!));
    if (size < 1) throw pythonError("ValueError", "n must be at least one");
    return lazy("batched", batches(iterate(iterable!), size));
  }),
  builtin("tee(iterable, n=2, /)", ({ iterable, n }) =>
    tee(iterator(iterable!), Number(toIndex(n!))),
  ),
];

/** `chain(a, b)` and `chain.from_iterable(ab)`. */
const chain = new PyClass("chain", {
  module: "itertools",
  construct: ({ positional }) => lazy("chain", chained(positional)),
  members: {
    from_iterable: builtin("from_iterable(iterable, /)", ({ iterable }) =>
      lazy("chain", chained(iterate(iterable!))),
    ),
  },
});

export function itertoolsModule(): PythonModule {
  return new PythonModule("itertools", {
    chain,
    ...Object.fromEntries(functions.map((entry) => [entry.name, entry])),
  });
}
