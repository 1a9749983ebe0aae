/**
 * @file Keras's NumPy backend, as far as cells see it: conversions between what a cell holds and
 * arrays, and calls into the session's own `numpy` module, so that results and errors are NumPy's
 * (keras/src/backend/numpy/core.py).
 */
import { type DType, type RandomStreamFactory, Variable } from "../../../engine/index.ts";
import { NDArray, NumpyScalar } from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyDict, PyList, PyTuple } from "../../containers.ts";
import type { Value } from "../../objects.ts";
import { call, getAttribute, invoke, toFloat } from "../../operations.ts";
import { type LatticeType, latticeTypeOf, resultType, standardizeDtype } from "./dtypes.ts";
import { KerasLibrary } from "./library/index.ts";
import type { KerasState } from "./state.ts";

export type Keywords = Readonly<Record<string, Value>>;

/** A NumPy array or scalar: what Keras calls a tensor on this backend. */
export type ArrayValue = NDArray | NumpyScalar;

export function isTensor(value: Value): value is ArrayValue {
  return value instanceof NDArray || value instanceof NumpyScalar;
}

/** A shape as a Python tuple. */
export function shapeTuple(shape: readonly (number | null)[]): PyTuple {
  return new PyTuple(shape.map((size) => (size === null ? null : BigInt(size))));
}

/** The leaves of nested lists, tuples and dicts, in order: `keras.tree.flatten`. */
export function* leaves(value: Value): Iterable<Value> {
  if (value instanceof PyList || value instanceof PyTuple) {
    for (const item of value.items) yield* leaves(item);
  } else if (value instanceof PyDict) {
    for (const item of value.values()) yield* leaves(item);
  } else {
    yield value;
  }
}

export class NumpyBackend {
  readonly state: KerasState;
  /** The session's classes of configurable objects, by name. */
  readonly classes = new Map<string, PyClass>();
  /** The layers that are written in Python. */
  readonly library: KerasLibrary = new KerasLibrary(this);

  constructor(state: KerasState) {
    this.state = state;
  }

  /** Where random initializers draw from: NumPy's generator of `[seed, 0]`, as in Keras. */
  readonly streams: RandomStreamFactory = (seed) => {
    const generator = this.np("random.default_rng", [this.seedArray(seed)]);
    const draw = (method: string) => toFloat(invoke(getAttribute(generator, method)));
    return { uniform: () => draw("random"), normal: () => draw("standard_normal") };
  };

  /** The seed that Keras makes of an integer: two 32-bit words, the second a counter. */
  seedArray(seed: bigint, counter = 0n): Value {
    return this.np("array", [new PyList([seed, counter])], { dtype: "uint32" });
  }

  /** Calls `numpy.name`; dotted names reach into submodules. */
  np(name: string, positional: readonly Value[], keywords: Keywords = {}): Value {
    let target: Value = this.state.session.importModule("numpy");
    for (const part of name.split(".")) target = getAttribute(target, part);
    return call(target, { positional, keywords: new Map(Object.entries(keywords)) });
  }

  /** `dtype` as Keras standardizes it; `None` is the session's float type. */
  dtype(value: Value): DType {
    return standardizeDtype(value, this.state.floatx);
  }

  /** The dtype that these values are promoted to together, with further types if given. */
  promoted(values: readonly Value[], ...types: readonly LatticeType[]): DType {
    return resultType([...values.map(latticeTypeOf), ...types], this.state.floatx);
  }

  /** `keras.backend.result_type` of dtypes, where Python's `int` and `float` are weak. */
  resultOf(dtypes: readonly Value[]): DType {
    const types = dtypes.map((dtype) => {
      const name = dtype instanceof PyClass ? dtype.name : "";
      return name === "int" || name === "float" ? name : this.dtype(dtype);
    });
    return resultType(types, this.state.floatx);
  }

  /**
   * `convert_to_tensor`: without a dtype, 64-bit values become 32-bit ones, as everywhere in
   * Keras outside TensorFlow.
   */
  tensor(value: Value, dtype: DType | null = null): Value {
    if (value instanceof Variable) {
      const array = getAttribute(value, "value");
      return dtype === null ? array : this.cast(array, dtype);
    }
    const wanted = dtype ?? this.promoted([...leaves(value)]);
    return this.np("array", [value], { dtype: wanted });
  }

  /** `value.astype(dtype)`, where it changes anything. */
  cast(value: Value, dtype: DType): Value {
    if (isTensor(value) && value.dtype === dtype) return value;
    return call(getAttribute(value, "astype"), { positional: [dtype], keywords: new Map() });
  }

  /** The value as a tensor of a float type: integers and bools become `floatx`. */
  floating(value: Value): Value {
    const tensor = this.tensor(value);
    return this.cast(tensor, this.promoted([tensor], "float"));
  }

  /**
   * Both operands as tensors of the dtype they promote to, with further types if given. A Python
   * number takes the other's dtype.
   */
  pair(x1: Value, x2: Value, ...types: readonly LatticeType[]): [Value, Value] {
    const left = isPythonNumber(x1) ? x1 : this.tensor(x1);
    const right = isPythonNumber(x2) ? x2 : this.tensor(x2);
    const dtype = this.promoted([left, right], ...types);
    return [this.tensor(left, dtype), this.tensor(right, dtype)];
  }

  /** NumPy takes tuples of axes; Keras lists as well. */
  axis(axis: Value): Value {
    return axis instanceof PyList ? new PyTuple([...axis.items]) : axis;
  }
}

function isPythonNumber(value: Value): boolean {
  return typeof value === "bigint" || typeof value === "number" || typeof value === "boolean";
}

const backends = new WeakMap<object, NumpyBackend>();

/** Remembers whose session a Keras object belongs to. Objects are adopted when cells first see them. */
export function adopt<T extends object>(object: T, backend: NumpyBackend): T {
  backends.set(object, backend);
  return object;
}

/** The backend of an adopted object. */
export function backendOf(object: object): NumpyBackend {
  const backend = backends.get(object);
  if (!backend) throw new Error("internal: a Keras object of no session");
  return backend;
}
