/**
 * @file Activation functions of `keras.ops`, each in the float type of its argument
 * (keras/src/backend/numpy/nn.py).
 */
import type { Bound } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { binary, compare, unary } from "../../operations.ts";
import type { NumpyBackend } from "./backend.ts";

export type Operation = (backend: NumpyBackend, bound: Bound) => Value;

/** A number in the type of an array, so that it does not widen what it meets. */
function like(keras: NumpyBackend, number: Value, array: Value): Value {
  return keras.tensor(number, keras.promoted([array]));
}

function sigmoid(keras: NumpyBackend, x: Value): Value {
  const one = like(keras, 1, x);
  return binary("/", one, binary("+", one, keras.np("exp", [unary("-", x)])));
}

function softplus(keras: NumpyBackend, x: Value): Value {
  return keras.np("logaddexp", [x, like(keras, 0, x)]);
}

function elu(keras: NumpyBackend, x: Value, alpha: Value): Value {
  const below = binary("*", like(keras, alpha, x), keras.np("expm1", [x]));
  return keras.np("where", [compare(">=", x, like(keras, 0, x)), x, below]);
}

function between(keras: NumpyBackend, x: Value, low: number, high: number): Value {
  return keras.np("minimum", [keras.np("maximum", [x, like(keras, low, x)]), like(keras, high, x)]);
}

function hardSigmoid(keras: NumpyBackend, x: Value): Value {
  const line = binary("+", binary("/", x, like(keras, 6, x)), like(keras, 0.5, x));
  return between(keras, line, 0, 1);
}

/** The approximation by a hyperbolic tangent that is Keras's default. */
export function gelu(keras: NumpyBackend, x: Value): Value {
  const slope = like(keras, Math.sqrt(2 / Math.PI), x);
  const cube = keras.cast(binary("**", x, 3n), keras.promoted([x]));
  const inner = binary("*", slope, binary("+", x, binary("*", like(keras, 0.044715, x), cube)));
  const cdf = binary("+", like(keras, 1, x), keras.np("tanh", [inner]));
  return binary("*", x, binary("*", like(keras, 0.5, x), cdf));
}

/** `x` shifted so that its greatest value along the axis is 0. */
function shifted(keras: NumpyBackend, x: Value, axis: Value): Value {
  return binary("-", x, keras.np("max", [x], { axis: keras.axis(axis), keepdims: true }));
}

type Activation = (keras: NumpyBackend, x: Value, bound: Bound) => Value;

const activations: Record<string, Activation> = {
  "relu(x)": (keras, x) => keras.np("maximum", [x, like(keras, 0, x)]),
  "relu6(x)": (keras, x) => between(keras, x, 0, 6),
  "sigmoid(x)": sigmoid,
  "silu(x)": (keras, x) => binary("*", x, sigmoid(keras, x)),
  "swish(x)": (keras, x) => binary("*", x, sigmoid(keras, x)),
  "softplus(x)": softplus,
  "softsign(x)": (keras, x) => binary("/", x, binary("+", like(keras, 1, x), keras.np("abs", [x]))),
  "log_sigmoid(x)": (keras, x) => unary("-", softplus(keras, unary("-", x))),
  "leaky_relu(x, negative_slope=0.2)": (keras, x, { negative_slope }) =>
    keras.np("maximum", [x, binary("*", like(keras, negative_slope!, x), x)]),
  "elu(x, alpha=1.0)": (keras, x, { alpha }) => elu(keras, x, alpha!),
  "selu(x)": (keras, x) =>
    binary("*", like(keras, 1.0507009873554805, x), elu(keras, x, 1.6732632423543772)),
  "hard_sigmoid(x)": hardSigmoid,
  "hard_silu(x)": (keras, x) => binary("*", x, hardSigmoid(keras, x)),
  "hard_swish(x)": (keras, x) => binary("*", x, hardSigmoid(keras, x)),
  "hard_tanh(x)": (keras, x) => between(keras, x, -1, 1),
  "tanh_shrink(x)": (keras, x) => binary("-", x, keras.np("tanh", [x])),
  "softmax(x, axis=-1)": (keras, x, { axis }) => {
    const exponentials = keras.np("exp", [shifted(keras, x, axis!)]);
    const over = { axis: keras.axis(axis!), keepdims: true };
    return binary("/", exponentials, keras.np("sum", [exponentials], over));
  },
  "log_softmax(x, axis=-1)": (keras, x, { axis }) => {
    const logits = shifted(keras, x, axis!);
    const over = { axis: keras.axis(axis!), keepdims: true };
    return binary(
      "-",
      logits,
      keras.np("log", [keras.np("sum", [keras.np("exp", [logits])], over)]),
    );
  },
};

/** By signature, as `keras.ops` has them. */
export const activationOperations: Readonly<Record<string, Operation>> = Object.fromEntries(
  Object.entries(activations).map(([signature, body]): [string, Operation] => [
    signature,
    (keras, bound) => body(keras, keras.tensor(bound.x!), bound),
  ]),
);

/** The functions of `keras.activations` that have the arguments of their namesakes in `keras.ops`. */
export const activationNames: readonly string[] = Object.keys(activations).map((signature) =>
  signature.slice(0, signature.indexOf("(")),
);
