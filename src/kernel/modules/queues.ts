/**
 * @file `heapq` and `bisect`: lists that are kept in order.
 */
import { PyIterator, PyList } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { type Bound, builtin, PythonModule } from "../functions.ts";
import type { Value } from "../objects.ts";
import {
  collect,
  compare,
  errorTypeName,
  getItem,
  grow,
  invoke,
  iterator,
  length,
  toCount,
  truth,
} from "../operations.ts";
import { advance } from "../types/iterators.ts";
import { sortedItems } from "../types/sorting.ts";

const less = (a: Value, b: Value) => truth(compare("<", a, b));

/** Moves the item at `at` up towards `start` while it is less than its parent. */
function siftDown(heap: Value[], start: number, at: number): void {
  const item = heap[at]!;
  let place = at;
  while (place > start) {
    const parent = (place - 1) >> 1;
    if (!less(item, heap[parent]!)) break;
    heap[place] = heap[parent]!;
    place = parent;
  }
  heap[place] = item;
}

/** Moves the smaller child up until a leaf is hit, then the item to its place: CPython's order. */
function siftUp(heap: Value[], at: number): void {
  const item = heap[at]!;
  let place = at;
  for (let child = 2 * at + 1; child < heap.length; child = 2 * place + 1) {
    const right = child + 1;
    if (right < heap.length && !less(heap[child]!, heap[right]!)) child = right;
    heap[place] = heap[child]!;
    place = child;
  }
  heap[place] = item;
  siftDown(heap, at, place);
}

function heapOf(value: Value): Value[] {
  if (value instanceof PyList) return value.items;
  throw pythonError("TypeError", `heap argument must be a list, not ${errorTypeName(value)}`);
}

function pop(heap: Value[]): Value {
  const last = heap.pop();
  if (last === undefined) throw pythonError("IndexError", "index out of range");
  if (heap.length === 0) return last;
  const [first] = heap as [Value];
  heap[0] = last;
  siftUp(heap, 0);
  return first;
}

function push(heap: Value[], item: Value): null {
  grow(heap, item);
  siftDown(heap, 0, heap.length - 1);
  return null;
}

function* merged(iterables: readonly Value[], key: Value, reverse: boolean): Generator<Value> {
  const heads = iterables.map((each, index) => {
    const source = iterator(each);
    return { source, index, item: advance(source) };
  });
  const keyOf = (item: Value) => (key === null ? item : invoke(key, item));
  for (;;) {
    const live = heads.filter((head) => head.item !== undefined);
    if (live.length === 0) return;
    let best = live[0]!;
    for (const head of live.slice(1)) {
      const [a, b] = [keyOf(head.item!), keyOf(best.item!)];
      if (reverse ? less(b, a) : less(a, b)) best = head;
    }
    yield best.item!;
    best.item = advance(best.source);
  }
}

export function heapqModule(): PythonModule {
  const extreme = (name: string, reverse: boolean) =>
    builtin(`${name}(n, iterable, key=None)`, ({ n, iterable, key }) => {
      const sorted = sortedItems(collect(iterable!), key!, reverse);
      return new PyList(sorted.slice(0, Math.max(toCount(n!), 0)));
    });
  const functions = [
    builtin("heappush(heap, item, /)", ({ heap, item }) => push(heapOf(heap!), item!)),
    builtin("heappop(heap, /)", ({ heap }) => pop(heapOf(heap!))),
    builtin("heapify(heap, /)", ({ heap }) => {
      const items = heapOf(heap!);
      for (let index = (items.length >> 1) - 1; index >= 0; index--) siftUp(items, index);
      return null;
    }),
    builtin("heappushpop(heap, item, /)", ({ heap, item }) => {
      const items = heapOf(heap!);
      if (items.length === 0 || !less(items[0]!, item!)) return item!;
      const [first] = items as [Value];
      items[0] = item!;
      siftUp(items, 0);
      return first;
    }),
    builtin("heapreplace(heap, item, /)", ({ heap, item }) => {
      const items = heapOf(heap!);
      const [first] = items;
      if (first === undefined) throw pythonError("IndexError", "index out of range");
      items[0] = item!;
      siftUp(items, 0);
      return first;
    }),
    extreme("nlargest", true),
    extreme("nsmallest", false),
    builtin("merge(*iterables, key=None, reverse=False)", ({ iterables, key, reverse }) => {
      return new PyIterator("generator", merged(iterables as Value[], key!, truth(reverse!)));
    }),
  ];
  return new PythonModule(
    "heapq",
    Object.fromEntries(functions.map((entry) => [entry.name, entry])),
  );
}

/** Where an item goes, in front of or behind its equals. */
function place({ a, x, lo, hi, key }: Bound, right: boolean): number {
  let low = toCount(lo!);
  if (low < 0) throw pythonError("ValueError", "lo must be non-negative");
  let high = hi === null ? length(a!) : toCount(hi!);
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = getItem(a!, BigInt(middle));
    const other = key === null ? item : invoke(key!, item);
    if (right ? less(x!, other) : !less(other, x!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function bisectModule(): PythonModule {
  const signature = "(a, x, lo=0, hi=None, *, key=None)";
  const find = (name: string, right: boolean) =>
    builtin(name + signature, (bound) => BigInt(place(bound, right)));
  const insert = (name: string, right: boolean) =>
    builtin(name + signature, (bound) => {
      const x = bound["key"] === null ? bound["x"]! : invoke(bound["key"]!, bound["x"]!);
      (bound["a"] as PyList).items.splice(place({ ...bound, x }, right), 0, bound["x"]!);
      return null;
    });
  const functions = [
    find("bisect", true),
    find("bisect_left", false),
    find("bisect_right", true),
    insert("insort", true),
    insert("insort_left", false),
    insert("insort_right", true),
  ];
  return new PythonModule(
    "bisect",
    Object.fromEntries(functions.map((entry) => [entry.name, entry])),
  );
}
