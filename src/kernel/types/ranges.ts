/**
 * @file `range` and `slice`.
 */
import { PyClass } from "../classes.ts";
import { PyRange, PySlice, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes } from "../functions.ts";
import { hashKey, joinKeys } from "../hashing.ts";
import { checkInterrupt } from "../interrupts.ts";
import { type PythonType, registerType, type Value } from "../objects.ts";
import { equals, repr, toCount, toIndex } from "../operations.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import { requireIndexOrSlice, sliceIndices } from "./sequences.ts";

const newRange = parseSignature("range(start, stop=..., step=1, /)");

export const rangeClass: PyClass = new PyClass("range", {
  signature: newRange,
  construct(args) {
    const [start, stop, step] = bindArguments(newRange, args);
    const stride = toIndex(step!);
    if (stride === 0n) throw pythonError("ValueError", "range() arg 3 must not be zero");
    if (stop === undefined) return new PyRange(0n, toIndex(start!), stride);
    return new PyRange(toIndex(start!), toIndex(stop), stride);
  },
  instances: () => rangeType as PythonType,
});

const newSlice = parseSignature("slice(start, stop=..., step=None, /)");

export const sliceClass: PyClass = new PyClass("slice", {
  signature: newSlice,
  construct(args) {
    const [start, stop, step] = bindArguments(newSlice, args);
    return stop === undefined ? new PySlice(null, start!, null) : new PySlice(start!, stop, step!);
  },
  instances: () => sliceType as PythonType,
});

/** The members of a range one by one. No generator: resuming one costs more than a member. */
class RangeIterator implements IterableIterator<bigint> {
  #next: bigint;
  readonly #step: bigint;
  /** Exact as far as anyone can wait; a longer range counts down from infinity. */
  #left: number;

  constructor({ start, step, length }: PyRange) {
    this.#next = start;
    this.#step = step;
    this.#left = Number(length);
  }

  next(): IteratorResult<bigint, undefined> {
    if (this.#left <= 0) return { done: true, value: undefined };
    if ((this.#left & 1023) === 0) checkInterrupt();
    this.#left--;
    const value = this.#next;
    this.#next += this.#step;
    return { done: false, value };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

function memberIndex(range: PyRange, item: Value): bigint | null {
  if (typeof item === "boolean") return memberIndex(range, BigInt(item));
  if (typeof item === "number" && Number.isInteger(item)) return memberIndex(range, BigInt(item));
  if (typeof item !== "bigint") {
    let index = 0n;
    for (const member of new RangeIterator(range)) {
      if (equals(member, item)) return index;
      index++;
    }
    return null;
  }
  const offset = item - range.start;
  if (offset % range.step !== 0n) return null;
  const index = offset / range.step;
  return index >= 0n && index < range.length ? index : null;
}

export const rangeType: PythonType<PyRange> = {
  name: "range",
  classOf: () => rangeClass,
  repr: ({ start, stop, step }) =>
    step === 1n ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`,
  truth: (value) => value.length > 0n,
  length: (value) => toCount(value.length),
  iterate: (value) => new RangeIterator(value),
  contains: (value, item) => memberIndex(value, item) !== null,
  hash: ({ start, step, length }) =>
    joinKeys("t", ["range", hashKey(length), length > 0n ? hashKey(start) : "", hashKey(step)]),
  getItem(value, index) {
    if (index instanceof PySlice) {
      const selected = sliceIndices(index, toCount(value.length));
      const at = (position: number) => value.start + BigInt(position) * value.step;
      return new PyRange(at(selected.start), at(selected.stop), value.step * BigInt(selected.step));
    }
    requireIndexOrSlice(index, "range");
    const given = toIndex(index);
    const found = given < 0n ? given + value.length : given;
    if (found < 0n || found >= value.length) {
      throw pythonError("IndexError", "range object index out of range");
    }
    return value.start + found * value.step;
  },
  compare(operator, left, right) {
    if (!(left instanceof PyRange && right instanceof PyRange)) return undefined;
    if (operator !== "==" && operator !== "!=") return undefined;
    const same =
      left.length === right.length &&
      (left.length === 0n ||
        (left.start === right.start && (left.length === 1n || left.step === right.step)));
    return same === (operator === "==");
  },
  ...attributes<PyRange>({
    properties: {
      start: (self) => self.start,
      stop: (self) => self.stop,
      step: (self) => self.step,
    },
    methods: {
      "index(value, /)": (self, { value }) => {
        const index = memberIndex(self, value!);
        if (index === null) throw pythonError("ValueError", `${repr(value!)} is not in range`);
        return index;
      },
      "count(value, /)": (self, { value }) => (memberIndex(self, value!) === null ? 0n : 1n),
    },
  }),
};

registerType(PyRange, rangeType);

const sliceType: PythonType<PySlice> = {
  name: "slice",
  classOf: () => sliceClass,
  repr: ({ start, stop, step }) => `slice(${repr(start)}, ${repr(stop)}, ${repr(step)})`,
  compare(operator, left, right) {
    if (!(left instanceof PySlice && right instanceof PySlice)) return undefined;
    if (operator !== "==" && operator !== "!=") return undefined;
    const same =
      equals(left.start, right.start) &&
      equals(left.stop, right.stop) &&
      equals(left.step, right.step);
    return same === (operator === "==");
  },
  ...attributes<PySlice>({
    properties: {
      start: (self) => self.start,
      stop: (self) => self.stop,
      step: (self) => self.step,
    },
    methods: {
      "indices(length, /)": (self, { length }) => {
        const { start, stop, step } = sliceIndices(self, toCount(length!));
        return new PyTuple([BigInt(start), BigInt(stop), BigInt(step)]);
      },
    },
  }),
};

registerType(PySlice, sliceType);
