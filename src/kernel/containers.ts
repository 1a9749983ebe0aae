/**
 * @file Python's containers as classes. Only data and identity live here; behaviour is in the
 * types of `types/`.
 */
import { memoryError } from "./errors.ts";
import { hashKey, type Key } from "./hashing.ts";
import { reserveHeap } from "./heap.ts";
import { checkSometimes } from "./interrupts.ts";
import type { Value } from "./objects.ts";

/** `list`. The array is changed in place, never replaced. */
export class PyList {
  readonly items: Value[];

  constructor(items: Value[] = []) {
    this.items = items;
  }
}

/** `tuple`. */
export class PyTuple {
  readonly items: readonly Value[];

  constructor(items: readonly Value[] = []) {
    this.items = items;
  }
}

/** Entries that the JavaScript engine's tables hold. */
let mostEntries = 2 ** 24;
/** Bytes that a table takes for each entry that it has room for. */
const bytesPerEntry = 28;

/** Fits dictionaries and sets to tables of so many bytes, which double when they are full. */
export function fitTables(bytes: number): void {
  mostEntries = Math.min(2 ** 24, 2 ** Math.floor(Math.log2(bytes / bytesPerEntry)));
}

/** Before a table of so many entries gets another one. */
function makeRoom(size: number): void {
  if (size >= mostEntries) throw memoryError();
  // Tables double where their size is a power of two.
  if (size >= 2 ** 16 && (size & (size - 1)) === 0) reserveHeap(2 * size * bytesPerEntry);
}

/** `dict`: insertion order, keys equal as Python has it. */
export class PyDict {
  readonly #entries = new Map<Key, [Value, Value]>();

  constructor(entries: Iterable<readonly [Value, Value]> = []) {
    for (const [key, value] of entries) {
      checkSometimes();
      this.set(key, value);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Undefined where the key is absent. TypeError where it is unhashable. */
  get(key: Value): Value | undefined {
    return this.#entries.get(hashKey(key))?.[1];
  }

  has(key: Value): boolean {
    return this.#entries.has(hashKey(key));
  }

  /** A key already there keeps its place and its first spelling. */
  set(key: Value, value: Value): void {
    const hashed = hashKey(key);
    const entry = this.#entries.get(hashed);
    if (entry) entry[1] = value;
    else {
      makeRoom(this.#entries.size);
      this.#entries.set(hashed, [key, value]);
    }
  }

  /** The value removed, or undefined. */
  delete(key: Value): Value | undefined {
    const hashed = hashKey(key);
    const entry = this.#entries.get(hashed);
    if (!entry) return undefined;
    this.#entries.delete(hashed);
    return entry[1];
  }

  clear(): void {
    this.#entries.clear();
  }

  keys(): Value[] {
    return [...this.#entries.values()].map((entry) => entry[0]);
  }

  values(): Value[] {
    return [...this.#entries.values()].map((entry) => entry[1]);
  }

  /** Live: sees what is added while it runs. */
  entries(): IterableIterator<readonly [Value, Value]> {
    return this.#entries.values();
  }
}

/** `set`, and `frozenset` where `frozen`. */
export class PySet {
  readonly frozen: boolean;
  /** How many slots CPython's table of the set had when its first items were put in. */
  tableSize = 8;
  readonly #items = new Map<Key, Value>();

  constructor(items: Iterable<Value> = [], frozen = false) {
    this.frozen = frozen;
    for (const item of items) {
      checkSometimes();
      this.add(item);
    }
  }

  get size(): number {
    return this.#items.size;
  }

  has(item: Value): boolean {
    return this.#items.has(hashKey(item));
  }

  add(item: Value): void {
    const key = hashKey(item);
    if (this.#items.has(key)) return;
    makeRoom(this.#items.size);
    this.#items.set(key, item);
  }

  delete(item: Value): boolean {
    return this.#items.delete(hashKey(item));
  }

  clear(): void {
    this.#items.clear();
  }

  /** Keys of the items, the same for equal sets but for their order. */
  keys(): IterableIterator<Key> {
    return this.#items.keys();
  }

  [Symbol.iterator](): IterableIterator<Value> {
    return this.#items.values();
  }
}

/** `slice`: what stands between brackets with colons. */
export class PySlice {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;

  constructor(start: Value, stop: Value, step: Value) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** `range`. */
export class PyRange {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;
  readonly length: bigint;

  constructor(start: bigint, stop: bigint, step: bigint) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    const span = step > 0n ? stop - start : start - stop;
    const stride = step > 0n ? step : -step;
    this.length = span > 0n ? (span + stride - 1n) / stride : 0n;
  }
}

/** The type of `...`; `ellipsis` is its only value. */
export class Ellipsis {}

/** The value of `...`. */
export const ellipsis = new Ellipsis();

/** `iter(x)` and its kin: a JavaScript iterator that a `break` does not close. */
export class PyIterator implements IterableIterator<Value> {
  /** Python's name of its type: `zip`, `generator`, `list_iterator`. */
  readonly kind: string;
  readonly next: () => IteratorResult<Value, undefined>;
  /** The repr of those that say more than their kind. */
  describe: (() => string) | null = null;

  constructor(kind: string, source: Iterator<Value>) {
    this.kind = kind;
    this.next = () => source.next() as IteratorResult<Value, undefined>;
  }

  [Symbol.iterator](): this {
    return this;
  }
}
