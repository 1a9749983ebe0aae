/**
 * @file Walks over arrays: `np.nditer`, `np.broadcast`, `np.ndenumerate`, `np.ndindex`.
 */
import {
  broadcastShapes,
  broadcastStrides,
  broadcastTo,
  castKeepingOrder,
  checkWriteable,
  commonType,
  memoryOrder,
  type NDArray,
  rowMajor,
  scalarAt,
  setItem,
  sizeOf,
  view,
  zeros,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyIterator, PyList, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound, Builtin, builtin } from "../../functions.ts";
import { type PythonType, registerType, type Value } from "../../objects.ts";
import { collect, toCount } from "../../operations.ts";
import { address } from "../../types/iterators.ts";
import { arrayTuple, shapeTuple, toArray, toShape } from "./conversions.ts";
import { dtypeObject, readDType } from "./dtypes.ts";
import { toAssigned } from "./operators.ts";

/** Positions of all elements of a shape, last axis fastest. */
export function* positions(shape: readonly number[]): Generator<number[]> {
  const size = sizeOf(shape);
  for (let flat = 0; flat < size; flat++) {
    const index = new Array<number>(shape.length);
    let rest = flat;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    yield index;
  }
}

function indexTuple(index: readonly number[]): PyTuple {
  return new PyTuple(index.map(BigInt));
}

function* enumerated(array: NDArray): Generator<Value> {
  const whole = rowMajor(array);
  let at = whole.offset;
  for (const index of positions(array.shape)) {
    yield new PyTuple([indexTuple(index), scalarAt(whole, at++)]);
  }
}

function unsupported(what: string): Error {
  return pythonError(
    "NotImplementedError",
    `${what} of numpy.nditer is not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged`,
  );
}

interface Operand {
  readonly array: NDArray;
  readonly writeable: boolean;
}

/** `np.nditer`: at one place after the other, in the order of memory or in the order asked for. */
export class ArrayIterator extends PyIterator {
  readonly operands: readonly Operand[];
  readonly shape: readonly number[];
  /** The axes, slowest first. */
  readonly axes: readonly number[];
  readonly flags: ReadonlySet<string>;
  /** How many places lie behind. */
  place = 0;
  /** The first step of a `for` loop looks at the first place, the next ones move on. */
  started = false;

  constructor(
    operands: readonly Operand[],
    shape: readonly number[],
    axes: readonly number[],
    flags: ReadonlySet<string>,
  ) {
    super("numpy.nditer", { next: () => this.#advance() });
    this.operands = operands;
    this.shape = shape;
    this.axes = axes;
    this.flags = flags;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** The lengths of what is walked, and how much of it each step shows. */
  get steps(): number {
    return this.flags.has("external_loop") ? this.size / this.#chunk : this.size;
  }

  /** How many of the fastest axes can be shown as one vector. */
  get #chunk(): number {
    let length = 1;
    for (let at = this.axes.length - 1; at >= 0; at--) {
      const axis = this.axes[at]!;
      const fits = this.operands.every(({ array }) => {
        const inner = this.axes[this.axes.length - 1]!;
        const step = array.strides[inner] ?? 0;
        return array.strides[axis] === step * length || this.shape[axis] === 1;
      });
      if (!fits && !this.flags.has("buffered")) break;
      length *= this.shape[axis]!;
    }
    return length;
  }

  get finished(): boolean {
    return this.place >= this.steps;
  }

  index(): number[] {
    let rest = this.place;
    const index = this.shape.map(() => 0);
    for (let at = this.axes.length - 1; at >= 0; at--) {
      const axis = this.axes[at]!;
      index[axis] = rest % this.shape[axis]!;
      rest = Math.floor(rest / this.shape[axis]!);
    }
    return index;
  }

  value(): Value {
    const views = this.operands.map((operand) => this.#viewOf(operand));
    return views.length === 1 ? views[0]! : new PyTuple(views);
  }

  #viewOf({ array, writeable }: Operand): NDArray {
    const chunk = this.flags.has("external_loop") ? this.#chunk : 0;
    const saved = this.place;
    if (chunk > 0) this.place *= chunk;
    const offset = this.index().reduce(
      (position, at, axis) => position + at * array.strides[axis]!,
      array.offset,
    );
    this.place = saved;
    const inner = this.axes[this.axes.length - 1];
    const step = inner === undefined ? 0 : array.strides[inner]!;
    const seen = chunk > 0 ? view(array, [chunk], [step], offset) : view(array, [], [], offset);
    seen.writeable = writeable && array.writeable;
    return seen;
  }

  #advance(): IteratorResult<Value> {
    if (this.started && !this.finished) this.place++;
    this.started = true;
    return this.finished ? { done: true, value: undefined } : { done: false, value: this.value() };
  }
}

function names(value: Value): string[] {
  return value === null ? [] : collect(value).map(String);
}

function makeIterator({ op, flags, op_flags, op_dtypes, order, op_axes }: Bound): Value {
  if (op_axes !== null) throw unsupported("the argument op_axes");
  const given = op instanceof PyList || op instanceof PyTuple ? [...op.items] : [op!];
  const listed = op instanceof PyList || op instanceof PyTuple;
  // A list of numbers is one operand; a list of arrays is several.
  const many = listed && given.every((item) => item === null || toArray(item).ndim > 0);
  const values = many ? given : [op!];
  const perOperand = op_flags === null ? [] : collect(op_flags!);
  const flagsOf = (i: number): string[] => {
    const own = typeof perOperand[0] === "string" ? perOperand : names(perOperand[i] ?? null);
    return own.map(String);
  };
  const arrays = values.map((value) => (value === null ? null : toArray(value)));
  const shape = broadcastShapes(arrays.filter((array) => array !== null).map(({ shape }) => shape));
  const types =
    op_dtypes === null
      ? []
      : [op_dtypes].flatMap((type) =>
          type instanceof PyList || type instanceof PyTuple ? type.items : [type!],
        );
  const common = commonType(arrays.filter((array) => array !== null));
  const operands = arrays.map((array, i): Operand => {
    if (array === null) return { array: zeros(shape, common), writeable: true };
    const dtype = readDType(types[i] ?? types[0]) ?? array.dtype;
    const typed = dtype === array.dtype ? array : castKeepingOrder(array, dtype);
    const writeable = flagsOf(i).some((flag) => flag === "readwrite" || flag === "writeonly");
    if (writeable) checkWriteable(array, "output array");
    return { array: broadcastTo(typed, shape), writeable };
  });
  const axes = shape.map((_, axis) => axis);
  const walked =
    order === "C"
      ? axes
      : order === "F"
        ? axes.reverse()
        : memoryOrder(
            shape.length,
            operands.map(({ array }) => broadcastStrides(array, shape)),
          );
  return new ArrayIterator(operands, shape, [...walked], new Set(names(flags!)));
}

const make = builtin(
  "nditer(op, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', op_axes=None, itershape=None, buffersize=0)",
  makeIterator,
);

const iteratorClass: PyClass = new PyClass("nditer", {
  module: "numpy",
  construct: (args) => make.call(args),
  signature: make.signature!,
  instances: () => iteratorType as PythonType,
});

function checkUnfinished(self: ArrayIterator): void {
  if (self.finished) throw pythonError("ValueError", "Iterator is past the end");
}

/** The place in row- or column-major order that `flags=["c_index"]` or `["f_index"]` asks for. */
function flatIndex(self: ArrayIterator): Value {
  const columns = self.flags.has("f_index");
  if (!columns && !self.flags.has("c_index")) {
    throw pythonError("ValueError", "Iterator does not have an index");
  }
  const { shape } = self;
  const index = self.index();
  const order = shape.map((_, axis) => axis);
  if (columns) order.reverse();
  return BigInt(order.reduce((at, axis) => at * shape[axis]! + index[axis]!, 0));
}

const iteratorType: PythonType<ArrayIterator> = {
  name: "nditer",
  module: "numpy",
  classOf: () => iteratorClass,
  repr: (self) => `<numpy.nditer object at ${address(self)}>`,
  iterate: (self) => self,
  hash: (self) => self,
  length: ({ operands }) => operands.length,
  getItem(self, index) {
    checkUnfinished(self);
    const shown = self.value();
    const items = shown instanceof PyTuple ? shown.items : [shown];
    const found = items[toCount(index)];
    if (found === undefined)
      throw pythonError("IndexError", `Iterator operand index ${index} is out of bounds`);
    return found;
  },
  setItem(self, index, item) {
    checkUnfinished(self);
    const shown = self.value();
    const items = shown instanceof PyTuple ? shown.items : [shown];
    const target = items[toCount(index)] as NDArray;
    if (!target.writeable) {
      throw pythonError("RuntimeError", `Iterator operand ${index} is not writeable`);
    }
    setItem(target, ["..."], toAssigned(item, target.dtype));
  },
  enter: (self) => self,
  exit: () => false,
  ...attributes<ArrayIterator>({
    properties: {
      value: (self) => self.value(),
      finished: (self) => self.finished,
      shape: (self) => shapeTuple(self.shape),
      ndim: (self) => BigInt(self.shape.length),
      nop: (self) => BigInt(self.operands.length),
      itersize: (self) => BigInt(self.size),
      iterindex: (self) => BigInt(self.place),
      operands: (self) => arrayTuple(self.operands.map(({ array }) => array)),
      dtypes: (self) => new PyTuple(self.operands.map(({ array }) => dtypeObject(array.dtype))),
      has_multi_index: (self) => self.flags.has("multi_index"),
      has_index: (self) => self.flags.has("c_index") || self.flags.has("f_index"),
      index: flatIndex,
      multi_index(self) {
        if (!self.flags.has("multi_index")) {
          throw pythonError("ValueError", "Iterator is not tracking a multi-index");
        }
        return indexTuple(self.index());
      },
    },
    methods: {
      "iternext()": (self) => {
        if (!self.finished) self.place++;
        self.started = true;
        return !self.finished;
      },
      "reset()": (self) => {
        self.place = 0;
        self.started = false;
        return null;
      },
      "close()": () => null,
    },
  }),
};

registerType(ArrayIterator, iteratorType);

/** `np.broadcast(…)`: the common shape, and tuples of elements. */
class Broadcast extends PyIterator {
  readonly shape: readonly number[];
  readonly count: number;

  constructor(arrays: readonly NDArray[], shape: readonly number[]) {
    const spread = arrays.map((array) => rowMajor(broadcastTo(array, shape)));
    let at = 0;
    super("numpy.broadcast", {
      next: () => {
        if (at >= sizeOf(shape)) return { done: true, value: undefined };
        const items = spread.map((array) => scalarAt(array, array.offset + at));
        at++;
        return { done: false, value: new PyTuple(items) };
      },
    });
    this.shape = shape;
    this.count = arrays.length;
  }
}

registerType(Broadcast, {
  name: "broadcast",
  module: "numpy",
  repr: (self) => `<numpy.broadcast object at ${address(self)}>`,
  iterate: (self) => self,
  hash: (self) => self,
  ...attributes<Broadcast>({
    properties: {
      shape: ({ shape }) => shapeTuple(shape),
      nd: ({ shape }) => BigInt(shape.length),
      ndim: ({ shape }) => BigInt(shape.length),
      size: ({ shape }) => BigInt(sizeOf(shape)),
      numiter: ({ count }) => BigInt(count),
    },
  }),
});

/** Every such function by its name in `numpy`. */
export function iterationMembers(): Record<string, Value> {
  return {
    nditer: iteratorClass,
    broadcast: builtin("broadcast(*args)", ({ args }) => {
      const arrays = (args as Value[]).map((value) => toArray(value));
      return new Broadcast(arrays, broadcastShapes(arrays.map((array) => array.shape)));
    }),
    ndindex: new Builtin("ndindex", ({ positional }) => {
      const [first] = positional;
      const shape = first instanceof PyTuple ? toShape(first) : positional.map(toCount);
      const indices = (function* (): Generator<Value> {
        for (const index of positions(shape)) yield indexTuple(index);
      })();
      return new PyIterator("numpy.ndindex", indices);
    }),
    ndenumerate: builtin(
      "ndenumerate(arr)",
      ({ arr }) => new PyIterator("numpy.ndenumerate", enumerated(toArray(arr!))),
    ),
  };
}
