/**
 * @file `keras.ops`: what code around batch normalization uses, in terms of NumPy, with Keras's
 * own promotion of dtypes (keras/src/backend/numpy/{numpy,nn,core}.py).
 */
import { type Bound, Builtin, builtin } from "../../functions.ts";
import type { CallArguments, Value } from "../../objects.ts";
import { binary, getAttribute } from "../../operations.ts";
import { activationOperations, type Operation } from "./activations.ts";
import { accumulator, arrayOperations } from "./arrayOps.ts";
import { isTensor, type NumpyBackend } from "./backend.ts";
import { furtherOperations } from "./furtherOps.ts";
import { batchNormalization, moments } from "./normalizationOps.ts";

/** Elementwise functions of a float, by NumPy's name: integers become floats first. */
const floatFunctions =
  "arccos arccosh arcsin arcsinh arctan arctanh ceil cos cosh exp exp2 expm1 floor " +
  "log log10 log1p log2 sin sinh sqrt tan tanh";

/** Functions of one array that NumPy is simply asked for. */
const plainFunctions =
  "absolute copy isfinite isinf isnan logical_not negative ones_like ravel reciprocal sign size " +
  "zeros_like";

/** Comparisons and logic, NumPy's own. */
const plainPairs =
  "equal greater greater_equal less less_equal logical_and logical_or logical_xor not_equal";

/** Arithmetic of two operands promoted to their common dtype. */
const arithmetic = "add floor_divide maximum minimum multiply power subtract";

const operations: Record<string, Operation> = {
  ...activationOperations,
  ...arrayOperations,
  ...furtherOperations,
  "convert_to_tensor(x, dtype=None, sparse=None, ragged=None)": (keras, { x, dtype }) =>
    keras.tensor(x!, dtype === null ? null : keras.dtype(dtype!)),
  "array(x, dtype=None)": (keras, { x, dtype }) =>
    keras.tensor(x!, dtype === null ? null : keras.dtype(dtype!)),
  "convert_to_numpy(x)": (keras, { x }) => keras.np("array", [x!]),
  "cast(x, dtype)": (keras, { x, dtype }) => keras.tensor(x!, keras.dtype(dtype!)),
  "shape(x)": (_, { x }) => getAttribute(x!, "shape"),
  "is_tensor(x)": (_, { x }) => isTensor(x!),
  "dtype(x)": (keras, { x }) => keras.dtype(getAttribute(x!, "dtype")),
  "stop_gradient(variable)": (_, { variable }) => variable!,
  "ndim(x)": (keras, { x }) => keras.np("ndim", [x!]),

  "mean(x, axis=None, keepdims=False)": (keras, bound) => {
    const x = keras.tensor(bound.x!);
    const mean = keras.np("mean", [x], reduction(keras, bound));
    const type = keras.dtype(getAttribute(x, "dtype"));
    return keras.cast(mean, type.includes("float") ? type : keras.promoted([x], "float32"));
  },
  "var(x, axis=None, keepdims=False)": (keras, bound) => {
    const x = keras.tensor(bound.x!);
    const dtype = keras.promoted([x], "float32");
    const variance = keras.np("var", [x], { ...reduction(keras, bound), dtype });
    return keras.cast(variance, keras.promoted([x], "float"));
  },
  "std(x, axis=None, keepdims=False)": (keras, bound) =>
    keras.np("std", [keras.floating(bound.x!)], reduction(keras, bound)),
  "sum(x, axis=None, keepdims=False)": (keras, bound) => {
    const sum = keras.np("sum", [bound.x!], reduction(keras, bound));
    return keras.cast(sum, accumulator(keras.dtype(getAttribute(bound.x!, "dtype"))));
  },
  "prod(x, axis=None, keepdims=False, dtype=None)": (keras, bound) => {
    const x = keras.tensor(bound.x!);
    const dtype =
      bound.dtype === null ? accumulator(keras.promoted([x])) : keras.dtype(bound.dtype!);
    return keras.np("prod", [x], { ...reduction(keras, bound), dtype });
  },
  "median(x, axis=None, keepdims=False)": (keras, bound) =>
    keras.cast(
      keras.np("median", [bound.x!], reduction(keras, bound)),
      keras.promoted([bound.x!], "float"),
    ),
  "count_nonzero(x, axis=None)": (keras, { x, axis }) =>
    keras.cast(keras.tensor(keras.np("count_nonzero", [x!], { axis: keras.axis(axis!) })), "int32"),
  "argmax(x, axis=None, keepdims=False)": (keras, bound) => extremePosition(keras, "argmax", bound),
  "argmin(x, axis=None, keepdims=False)": (keras, bound) => extremePosition(keras, "argmin", bound),
  "cumsum(x, axis=None, dtype=None)": (keras, { x, axis, dtype }) => {
    const type = dtype === null ? keras.promoted([x!]) : keras.dtype(dtype!);
    return keras.np("cumsum", [x!], { axis: axis!, dtype: type === "bool" ? "int32" : type });
  },
  "sort(x, axis=-1)": (keras, { x, axis }) => keras.np("sort", [x!], { axis: axis! }),
  "argsort(x, axis=-1)": (keras, { x, axis }) =>
    keras.cast(keras.np("argsort", [x!], { axis: axis! }), "int32"),

  "divide(x1, x2)": divide,
  "true_divide(x1, x2)": divide,
  "mod(x1, x2)": (keras, { x1, x2 }) => {
    const pair = [keras.tensor(x1!), keras.tensor(x2!)];
    const common = keras.promoted(pair);
    const dtype = common === "bool" ? "int32" : common;
    return keras.np(
      "mod",
      pair.map((operand) => keras.cast(operand, dtype)),
    );
  },
  "abs(x)": (keras, { x }) => keras.np("absolute", [x!]),
  "square(x)": (keras, { x }) => {
    const tensor = keras.tensor(x!);
    const bool = keras.promoted([tensor]) === "bool";
    return keras.np("square", [bool ? keras.cast(tensor, "int32") : tensor]);
  },
  "rsqrt(x)": (keras, { x }) => binary("/", 1, keras.np("sqrt", [keras.tensor(x!)])),
  "round(x, decimals=0)": (keras, { x, decimals }) => keras.np("round", [x!, decimals!]),
  "clip(x, x_min, x_max)": (keras, { x, x_min, x_max }) => {
    const tensor = keras.tensor(x!);
    const type = keras.promoted([tensor]);
    return keras.cast(keras.np("clip", [tensor, x_min!, x_max!]), type === "bool" ? "int32" : type);
  },
  "where(condition, x1=None, x2=None)": (keras, { condition, x1, x2 }) =>
    x1 === null || x2 === null
      ? keras.np("where", [condition!])
      : keras.np("where", [condition!, ...keras.pair(x1!, x2!)]),
  "isclose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False)": (
    keras,
    { x1, x2, rtol, atol, equal_nan },
  ) => keras.np("isclose", [x1!, x2!, rtol!, atol!, equal_nan!]),
  "allclose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False)": (
    keras,
    { x1, x2, rtol, atol, equal_nan },
  ) => keras.np("allclose", [x1!, x2!, rtol!, atol!, equal_nan!]),
  "matmul(x1, x2)": (keras, { x1, x2 }) => product(keras, "matmul", x1!, x2!),
  "dot(x1, x2)": (keras, { x1, x2 }) => product(keras, "dot", x1!, x2!),

  "zeros(shape, dtype=None)": (keras, { shape, dtype }) =>
    keras.np("zeros", [shape!], { dtype: keras.dtype(dtype!) }),
  "ones(shape, dtype=None)": (keras, { shape, dtype }) =>
    keras.np("ones", [shape!], { dtype: keras.dtype(dtype!) }),
  "full(shape, fill_value, dtype=None)": (keras, { shape, fill_value, dtype }) =>
    keras.np("full", [shape!, fill_value!], { dtype: keras.dtype(dtype!) }),
  "eye(N, M=None, k=0, dtype=None)": (keras, { N, M, k, dtype }) =>
    keras.np("eye", [N!], { M: M!, k: k!, dtype: keras.dtype(dtype!) }),
  "arange(start, stop=None, step=None, dtype=None)": (keras, { start, stop, step, dtype }) => {
    const given = [start!, stop!, step!].filter((value) => value !== null);
    const type = dtype === null ? keras.promoted(given) : keras.dtype(dtype!);
    const [from, to] = stop === null ? [0n, start!] : [start!, stop!];
    return keras.np("arange", [from, to, step ?? 1n], { dtype: type });
  },
  "linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0)": (
    keras,
    { start, stop, num, endpoint, dtype },
  ) =>
    keras.np("linspace", [start!, stop!], {
      num: num!,
      endpoint: endpoint!,
      dtype: dtype === null ? keras.promoted([start!, stop!], "float") : keras.dtype(dtype!),
    }),

  "reshape(x, newshape)": (keras, { x, newshape }) => keras.np("reshape", [x!, newshape!]),
  "transpose(x, axes=None)": (keras, { x, axes }) =>
    keras.np("transpose", [x!], { axes: keras.axis(axes!) }),
  "expand_dims(x, axis)": (keras, { x, axis }) => keras.np("expand_dims", [x!, keras.axis(axis!)]),
  "squeeze(x, axis=None)": (keras, { x, axis }) =>
    keras.np("squeeze", [x!], { axis: keras.axis(axis!) }),
  "broadcast_to(x, shape)": (keras, { x, shape }) => keras.np("broadcast_to", [x!, shape!]),
  "moveaxis(x, source, destination)": (keras, { x, source, destination }) =>
    keras.np("moveaxis", [x!, source!, destination!]),
  "swapaxes(x, axis1, axis2)": (keras, { x, axis1, axis2 }) =>
    keras.np("swapaxes", [x!, axis1!, axis2!]),
  "flip(x, axis=None)": (keras, { x, axis }) => keras.np("flip", [x!], { axis: keras.axis(axis!) }),
  "repeat(x, repeats, axis=None)": (keras, { x, repeats, axis }) =>
    keras.np("repeat", [x!, repeats!], { axis: axis! }),
  "tile(x, repeats)": (keras, { x, repeats }) => keras.np("tile", [x!, repeats!]),
  "take(x, indices, axis=None)": (keras, { x, indices, axis }) =>
    keras.np("take", [x!, indices!], { axis: axis! }),
  "split(x, indices_or_sections, axis=0)": (keras, { x, indices_or_sections, axis }) =>
    keras.np("split", [x!, indices_or_sections!], { axis: axis! }),

  "moments(x, axes, keepdims=False, synchronized=False)": moments,
  "batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=0.001)":
    batchNormalization,
};

for (const name of ["max", "min", "amax", "amin", "any", "all"]) {
  operations[`${name}(x, axis=None, keepdims=False)`] = (keras, bound) =>
    keras.np(name, [bound.x!], reduction(keras, bound));
}
for (const name of floatFunctions.split(" ")) {
  operations[`${name}(x)`] = (keras, { x }) => keras.np(name, [keras.floating(x!)]);
}
for (const name of plainFunctions.split(" ")) {
  operations[`${name}(x)`] = (keras, { x }) => keras.np(name, [x!]);
}
for (const name of plainPairs.split(" ")) {
  operations[`${name}(x1, x2)`] = (keras, { x1, x2 }) => keras.np(name, [x1!, x2!]);
}
for (const name of arithmetic.split(" ")) {
  operations[`${name}(x1, x2)`] = (keras, { x1, x2 }) => keras.np(name, keras.pair(x1!, x2!));
}

/** The members of `keras.ops`. */
export function opsMembers(backend: NumpyBackend): Record<string, Builtin> {
  return Object.fromEntries(
    Object.entries(operations).map(([signature, body]) => {
      const operation = builtin(signature, (bound) => body(backend, bound));
      const { library } = backend;
      const call = (args: CallArguments) =>
        library.isSymbolic(args)
          ? library.operateSymbolically(operation, args)
          : operation.call(args);
      return [operation.name, new Builtin(operation.name, call, undefined, operation)];
    }),
  );
}

/** Axis and keepdims of a reduction, as NumPy takes them. */
function reduction(keras: NumpyBackend, { axis, keepdims }: Bound): Record<string, Value> {
  return { axis: keras.axis(axis!), keepdims: keepdims! };
}

function extremePosition(keras: NumpyBackend, name: string, bound: Bound): Value {
  const x = keras.tensor(bound.x!);
  return keras.cast(keras.np(name, [x], reduction(keras, bound)), "int32");
}

function divide(keras: NumpyBackend, { x1, x2 }: Bound): Value {
  return keras.np("divide", keras.pair(x1!, x2!, "float"));
}

function product(keras: NumpyBackend, name: string, x1: Value, x2: Value): Value {
  const pair = [keras.tensor(x1), keras.tensor(x2)];
  const dtype = keras.promoted(pair);
  return keras.np(
    name,
    pair.map((operand) => keras.cast(operand, dtype)),
  );
}
