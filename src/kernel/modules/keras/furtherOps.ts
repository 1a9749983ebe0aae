/**
 * @file Operations of `keras.ops` beside arrays and activations: control flow, other
 * normalizations, the error function, integers.
 */
import { PyList, PyTuple } from "../../containers.ts";
import type { Bound } from "../../functions.ts";
import { checkInterrupt } from "../../interrupts.ts";
import type { Value } from "../../objects.ts";
import { noKeywords } from "../../objects.ts";
import {
  binary,
  call,
  collect,
  getAttribute,
  invoke,
  toCount,
  toFloat,
  truth,
} from "../../operations.ts";
import { erf } from "../specialFunctions.ts";
import { gelu, type Operation } from "./activations.ts";
import { isTensor, type NumpyBackend } from "./backend.ts";

/** The error function of each element, in its float type. */
export function erfOf(keras: NumpyBackend, x: Value): Value {
  const tensor = keras.tensor(x);
  const flat = keras.np("ravel", [tensor]);
  const values = new PyList(collect(flat).map((value) => erf(toFloat(value))));
  const found = keras.np("array", [values], { dtype: keras.promoted([tensor]) });
  return keras.np("reshape", [found, getAttribute(tensor, "shape")]);
}

function exactGelu(keras: NumpyBackend, x: Value): Value {
  const like = (number: number) => keras.tensor(number, keras.promoted([x]));
  const error = erfOf(keras, binary("/", x, like(Math.SQRT2)));
  return binary("/", binary("*", x, binary("+", error, like(1))), like(2));
}

function inverseRoot(keras: NumpyBackend, x: Value): Value {
  return binary("/", 1, keras.np("sqrt", [x]));
}

/** Computed in float32 at least, and given in the type of the input. */
function computed(keras: NumpyBackend, x: Value, compute: (x: Value) => Value): Value {
  const tensor = keras.tensor(x);
  const original = keras.promoted([tensor]);
  return keras.cast(compute(keras.cast(tensor, keras.promoted([tensor], "float32"))), original);
}

function rmsNormalization(keras: NumpyBackend, { x, scale, axis, epsilon }: Bound): Value {
  return computed(keras, x!, (values) => {
    const over = { axis: keras.axis(axis!), keepdims: true };
    const mean = keras.np("mean", [keras.np("square", [values])], over);
    const inverse = inverseRoot(keras, binary("+", mean, epsilon ?? keras.state.epsilon));
    const result = binary("*", values, inverse);
    return scale === null ? result : binary("*", result, keras.tensor(scale!));
  });
}

function layerNormalization(keras: NumpyBackend, { x, gamma, beta, axis, epsilon }: Bound): Value {
  return computed(keras, x!, (values) => {
    const axes = axis instanceof PyList || axis instanceof PyTuple ? axis.items : [axis!];
    const shape = (getAttribute(values, "shape") as PyTuple).items;
    const kept = new Set(axes.map((one) => (toCount(one) + shape.length) % shape.length));
    const spread = (weight: Value) =>
      keras.np("reshape", [
        keras.tensor(weight),
        new PyTuple(shape.map((size, index) => (kept.has(index) ? size : 1n))),
      ]);
    const over = { axis: new PyTuple([...axes]), keepdims: true };
    const mean = keras.np("mean", [values], over);
    const squares = keras.np("mean", [keras.np("square", [values])], over);
    const variance = binary("-", squares, keras.np("square", [mean]));
    let inverse = inverseRoot(keras, binary("+", variance, epsilon ?? keras.state.epsilon));
    if (gamma !== null) inverse = binary("*", inverse, spread(gamma!));
    let shift = binary("*", keras.np("negative", [mean]), inverse);
    if (beta !== null) shift = binary("+", shift, spread(beta!));
    return binary("+", binary("*", values, inverse), shift);
  });
}

/** Loop variables as tensors, in a tuple. */
function loopVariables(keras: NumpyBackend, values: Value): PyTuple {
  const items = values instanceof PyList || values instanceof PyTuple ? values.items : [values];
  return new PyTuple(items.map((item) => (isTensor(item) ? item : keras.tensor(item))));
}

function whileLoop(keras: NumpyBackend, bound: Bound): Value {
  const { cond, body, loop_vars, maximum_iterations } = bound;
  const most = maximum_iterations === null ? Infinity : toCount(maximum_iterations!);
  const nested = loop_vars instanceof PyList || loop_vars instanceof PyTuple;
  let state = loopVariables(keras, loop_vars!);
  const given = () => ({ positional: state.items, keywords: noKeywords });
  for (let round = 0; round < most && truth(call(cond!, given())); round++) {
    checkInterrupt();
    state = loopVariables(keras, call(body!, given()));
  }
  return nested ? state : (state.items[0] ?? null);
}

/** NumPy's function of integers by Keras's name for it. */
const integerPairs: Readonly<Record<string, string>> = {
  bitwise_and: "bitwise_and",
  bitwise_or: "bitwise_or",
  bitwise_xor: "bitwise_xor",
  left_shift: "left_shift",
  right_shift: "right_shift",
  bitwise_left_shift: "left_shift",
  bitwise_right_shift: "right_shift",
  gcd: "gcd",
  lcm: "lcm",
};

/** By signature, as `keras.ops` has them. */
export const furtherOperations: Readonly<Record<string, Operation>> = {
  "cond(pred, true_fn, false_fn)": (_, { pred, true_fn, false_fn }) =>
    invoke(truth(pred!) ? true_fn! : false_fn!),
  "while_loop(cond, body, loop_vars, maximum_iterations=None)": whileLoop,
  "fori_loop(lower, upper, body_fun, init_val)": (_, { lower, upper, body_fun, init_val }) => {
    let value: Value = init_val!;
    for (let i = toCount(lower!); i < toCount(upper!); i++) {
      checkInterrupt();
      value = invoke(body_fun!, BigInt(i), value);
    }
    return value;
  },
  "map(f, xs)": (keras, { f, xs }) =>
    keras.np("stack", [new PyList(collect(xs!).map((x) => invoke(f!, x)))]),
  "vectorized_map(function, elements)": (keras, bound) =>
    keras.np("stack", [
      new PyList(collect(bound.elements!).map((x) => invoke(bound.function!, x))),
    ]),
  "rms_normalization(x, scale=None, axis=-1, epsilon=None)": rmsNormalization,
  "layer_normalization(x, gamma=None, beta=None, axis=-1, epsilon=None)": layerNormalization,
  "erf(x)": (keras, { x }) => erfOf(keras, x!),
  "gelu(x, approximate=True)": (keras, { x, approximate }) => {
    const tensor = keras.tensor(x!);
    return truth(approximate!) ? gelu(keras, tensor) : exactGelu(keras, tensor);
  },
  "logspace(start, stop, num=50, endpoint=True, base=10, dtype=None, axis=0)": (
    keras,
    { start, stop, num, endpoint, base, dtype },
  ) =>
    keras.np("logspace", [start!, stop!], {
      num: num!,
      endpoint: endpoint!,
      base: base!,
      dtype: dtype === null ? keras.promoted([start!, stop!], "float") : keras.dtype(dtype!),
    }),
  "digitize(x, bins)": (keras, { x, bins }) =>
    keras.cast(keras.np("digitize", [x!, bins!]), "int32"),
  "searchsorted(sorted_sequence, values, side='left')": (
    keras,
    { sorted_sequence, values, side },
  ) => keras.cast(keras.np("searchsorted", [sorted_sequence!, values!], { side: side! }), "int32"),
  ...Object.fromEntries(
    Object.entries(integerPairs).map(([name, numpyName]): [string, Operation] => [
      `${name}(x, y)`,
      (keras, { x, y }) => keras.np(numpyName, keras.pair(x!, y!)),
    ]),
  ),
};
