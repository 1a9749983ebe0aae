/**
 * @file Operations of `keras.ops` that join, cut, fill and count arrays: NumPy's, with Keras's
 * dtypes (keras/src/backend/numpy/numpy.py).
 */
import { type DType, Variable } from "../../../engine/index.ts";
import { fromTensor } from "../../../numpy/index.ts";
import { PyList, PySlice, PyTuple } from "../../containers.ts";
import type { Bound } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import {
  binary,
  collect,
  compare,
  getAttribute,
  getItem,
  setItem,
  toCount,
} from "../../operations.ts";
import type { Operation } from "./activations.ts";
import { isTensor, type NumpyBackend } from "./backend.ts";

/** Arrays of one list, promoted where their dtypes differ. Lists of numbers are left to NumPy. */
function sameType(keras: NumpyBackend, arrays: Value): Value {
  if (!(arrays instanceof PyList || arrays instanceof PyTuple)) return arrays;
  const tensors = arrays.items.map((item) =>
    item instanceof Variable ? fromTensor(item.value) : item,
  );
  const types = new Set(tensors.map((tensor) => (isTensor(tensor) ? tensor.dtype : "")));
  if (types.size <= 1) return new PyList(tensors);
  const dtype = keras.promoted(tensors);
  return new PyList(tensors.map((tensor) => keras.tensor(tensor, dtype)));
}

/** The operands as tensors of the type they promote to. */
function alike(keras: NumpyBackend, ...operands: readonly Value[]): Value[] {
  const tensors = operands.map((operand) => keras.tensor(operand));
  const dtype = keras.promoted(tensors);
  return tensors.map((tensor) => keras.cast(tensor, dtype));
}

/** The type of narrow integers' sums: 32 bits wide, by JAX's rule. */
export function accumulator(dtype: DType): DType {
  if (dtype === "bool" || dtype === "int8" || dtype === "int16") return "int32";
  return dtype === "uint8" || dtype === "uint16" ? "uint32" : dtype;
}

function typeOfTensor(keras: NumpyBackend, tensor: Value): DType {
  return keras.dtype(getAttribute(tensor, "dtype"));
}

function quantile(keras: NumpyBackend, name: string, { x, q, axis, method, keepdims }: Bound) {
  const tensor = keras.tensor(x!);
  const found = keras.np(name, [tensor, q!], {
    axis: keras.axis(axis!),
    method: method!,
    keepdims: keepdims!,
  });
  return keras.cast(found, keras.promoted([tensor], "float"));
}

function oneHot(keras: NumpyBackend, { x, num_classes, axis, dtype }: Bound): Value {
  const indices = keras.tensor(x!);
  const classes = keras.np("arange", [num_classes!]);
  const matches = compare("==", keras.np("expand_dims", [indices, -1n]), classes);
  const hot = keras.cast(matches, dtype === null ? "float32" : keras.dtype(dtype!));
  return keras.np("moveaxis", [hot, -1n, axis!]);
}

function normalized(keras: NumpyBackend, { x, axis, order, epsilon }: Bound): Value {
  const tensor = keras.np("atleast_1d", [keras.tensor(x!)]);
  const least = epsilon ?? keras.state.epsilon;
  const over = { axis: keras.axis(axis!), keepdims: true };
  if (order !== 2n) {
    const norm = keras.np("linalg.norm", [tensor], { ord: order!, ...over });
    return binary("/", tensor, keras.np("maximum", [norm, least]));
  }
  const squares = keras.np("sum", [keras.np("square", [tensor])], over);
  const inverse = binary("/", 1, keras.np("sqrt", [squares]));
  return binary("*", tensor, keras.np("minimum", [inverse, binary("/", 1, least)]));
}

function norm(keras: NumpyBackend, { x, ord, axis, keepdims }: Bound): Value {
  const tensor = keras.tensor(x!);
  const dtype = typeOfTensor(keras, tensor);
  const found = keras.np("linalg.norm", [tensor], {
    ord: ord!,
    axis: keras.axis(axis!),
    keepdims: keepdims!,
  });
  return keras.cast(found, dtype.includes("float") ? dtype : keras.promoted([tensor], "float32"));
}

function logsumexp(keras: NumpyBackend, { x, axis, keepdims }: Bound): Value {
  const over = { axis: keras.axis(axis!), keepdims: true };
  const highest = keras.np("max", [x!], over);
  const sum = keras.np("sum", [keras.np("exp", [binary("-", x!, highest)])], over);
  const result = binary("+", keras.np("log", [sum]), highest);
  return keepdims === true ? result : keras.np("squeeze", [result], { axis: over.axis });
}

/** The slices that begin at these positions. */
function window(starts: Value, sizes: readonly Value[]): PyTuple {
  const slices = collect(starts).map((start, index) => {
    const from = BigInt(toCount(start));
    return new PySlice(from, from + BigInt(toCount(sizes[index]!)), null);
  });
  return new PyTuple(slices);
}

/** By signature, as `keras.ops` has them. */
export const arrayOperations: Readonly<Record<string, Operation>> = {
  "concatenate(xs, axis=0)": (keras, { xs, axis }) =>
    keras.np("concatenate", [sameType(keras, xs!)], { axis: axis! }),
  "stack(x, axis=0)": (keras, { x, axis }) =>
    keras.np("stack", [sameType(keras, x!)], { axis: axis! }),
  "vstack(xs)": (keras, { xs }) => keras.np("vstack", [sameType(keras, xs!)]),
  "hstack(xs)": (keras, { xs }) => keras.np("hstack", [sameType(keras, xs!)]),
  "append(x1, x2, axis=None)": (keras, { x1, x2, axis }) =>
    keras.np("append", alike(keras, x1!, x2!), { axis: axis! }),
  "unstack(x, num=None, axis=0)": (keras, { x, axis }) => {
    const first = keras.np("moveaxis", [x!, axis!, 0n]);
    return new PyList(collect(first));
  },
  "full_like(x, fill_value, dtype=None)": (keras, { x, fill_value, dtype }) =>
    keras.np("full_like", [x!, fill_value!], { dtype: dtype! }),
  "identity(n, dtype=None)": (keras, { n, dtype }) =>
    keras.np("identity", [n!], { dtype: keras.dtype(dtype!) }),
  "empty(shape, dtype=None)": (keras, { shape, dtype }) =>
    keras.np("empty", [shape!], { dtype: keras.dtype(dtype!) }),
  "tril(x, k=0)": (keras, { x, k }) => keras.np("tril", [x!], { k: k! }),
  "triu(x, k=0)": (keras, { x, k }) => keras.np("triu", [x!], { k: k! }),
  "diag(x, k=0)": (keras, { x, k }) => keras.np("diag", [x!], { k: k! }),
  "diagonal(x, offset=0, axis1=0, axis2=1)": (keras, { x, offset, axis1, axis2 }) =>
    keras.np("diagonal", [x!], { offset: offset!, axis1: axis1!, axis2: axis2! }),
  "trace(x, offset=0, axis1=0, axis2=1)": (keras, { x, offset, axis1, axis2 }) => {
    const tensor = keras.tensor(x!);
    const options = { offset: offset!, axis1: axis1!, axis2: axis2! };
    return keras.cast(
      keras.np("trace", [tensor], options),
      accumulator(typeOfTensor(keras, tensor)),
    );
  },
  "outer(x1, x2)": (keras, { x1, x2 }) => keras.np("outer", alike(keras, x1!, x2!)),
  "inner(x1, x2)": (keras, { x1, x2 }) => keras.np("inner", alike(keras, x1!, x2!)),
  "vdot(x1, x2)": (keras, { x1, x2 }) => keras.np("vdot", alike(keras, x1!, x2!)),
  "tensordot(x1, x2, axes=2)": (keras, { x1, x2, axes }) =>
    keras.np("tensordot", alike(keras, x1!, x2!), { axes: axes! }),
  "einsum(subscripts, *operands)": (keras, { subscripts, operands }) =>
    keras.np("einsum", [subscripts!, ...alike(keras, ...(operands as Value[]))]),
  "norm(x, ord=None, axis=None, keepdims=False)": norm,
  "normalize(x, axis=-1, order=2, epsilon=None)": normalized,
  "logsumexp(x, axis=None, keepdims=False)": logsumexp,
  "det(x)": (keras, { x }) => keras.np("linalg.det", [x!]),
  "inv(x)": (keras, { x }) => keras.np("linalg.inv", [x!]),

  "average(x, axis=None, weights=None)": (keras, { x, axis, weights }) => {
    const values = keras.tensor(x!);
    const given = weights === null ? [] : [keras.tensor(weights!)];
    const dtype = keras.promoted([values, ...given], "float");
    return keras.np("average", [keras.cast(values, dtype)], {
      axis: keras.axis(axis!),
      weights: given.length > 0 ? keras.cast(given[0]!, dtype) : null,
    });
  },
  "quantile(x, q, axis=None, method='linear', keepdims=False)": (keras, bound) =>
    quantile(keras, "quantile", bound),
  "percentile(x, q, axis=None, method='linear', keepdims=False)": (keras, bound) =>
    quantile(keras, "percentile", bound),
  "histogram(x, bins=10, range=None)": (keras, { x, bins, range }) =>
    keras.np("histogram", [keras.tensor(x!)], { bins: bins!, range: range! }),
  "diff(a, n=1, axis=-1)": (keras, { a, n, axis }) =>
    keras.np("diff", [a!], { n: n!, axis: axis! }),
  "cumprod(x, axis=None, dtype=None)": (keras, { x, axis, dtype }) => {
    const type = dtype === null ? keras.promoted([x!]) : keras.dtype(dtype!);
    return keras.np("cumprod", [x!], { axis: axis!, dtype: type === "bool" ? "int32" : type });
  },
  "roll(x, shift, axis=None)": (keras, { x, shift, axis }) =>
    keras.np("roll", [x!, shift!], { axis: axis! }),
  "ptp(x, axis=None, keepdims=False)": (keras, { x, axis, keepdims }) =>
    keras.np("ptp", [x!], { axis: keras.axis(axis!), keepdims: keepdims! }),
  "bincount(x, weights=None, minlength=0)": (keras, { x, weights, minlength }) => {
    const values = keras.tensor(x!);
    const given = weights === null ? null : keras.tensor(weights!);
    const dtype = given === null ? "int32" : keras.promoted([values, given]);
    return keras.cast(keras.np("bincount", [values, given, minlength!]), dtype);
  },
  "nonzero(x)": (keras, { x }) => {
    const found = collect(keras.np("nonzero", [x!]));
    return new PyTuple(found.map((positions) => keras.cast(positions, "int32")));
  },
  "nan_to_num(x, nan=0.0, posinf=None, neginf=None)": (keras, { x, nan, posinf, neginf }) =>
    keras.np("nan_to_num", [x!], { nan: nan!, posinf: posinf!, neginf: neginf! }),
  "isin(x1, x2)": (keras, { x1, x2 }) => keras.np("isin", [keras.tensor(x1!), keras.tensor(x2!)]),
  "hypot(x1, x2)": (keras, { x1, x2 }) =>
    keras.np("hypot", keras.pair(keras.tensor(x1!), keras.tensor(x2!), "float")),
  "arctan2(x1, x2)": (keras, { x1, x2 }) =>
    keras.np("arctan2", keras.pair(keras.tensor(x1!), keras.tensor(x2!), "float")),
  "logaddexp(x1, x2)": (keras, { x1, x2 }) =>
    keras.np("logaddexp", keras.pair(keras.tensor(x1!), keras.tensor(x2!), "float")),
  "divide_no_nan(x1, x2)": (keras, { x1, x2 }) => {
    const [left, right] = keras.pair(x1!, x2!, "float");
    const safe = keras.np("where", [
      compare("==", right, 0n),
      keras.np("ones_like", [right]),
      right,
    ]);
    const quotient = binary("/", left, safe);
    return keras.np("where", [
      compare("==", right, 0n),
      keras.np("zeros_like", [quotient]),
      quotient,
    ]);
  },
  "trunc(x)": (keras, { x }) => {
    const tensor = keras.tensor(x!);
    return typeOfTensor(keras, tensor).includes("float") ? keras.np("trunc", [tensor]) : tensor;
  },
  "cbrt(x)": (keras, { x }) => keras.np("cbrt", [keras.floating(x!)]),

  "meshgrid(*x, indexing='xy')": (keras, { x, indexing }) => {
    const grids = keras.np("meshgrid", x as Value[], { indexing: indexing! });
    return new PyTuple(collect(grids));
  },
  "pad(x, pad_width, mode='constant', constant_values=None)": (
    keras,
    { x, pad_width, mode, constant_values },
  ) =>
    keras.np("pad", [keras.tensor(x!), pad_width!], {
      mode: mode!,
      ...(constant_values === null ? {} : { constant_values: constant_values! }),
    }),
  "one_hot(x, num_classes, axis=-1, dtype=None)": oneHot,
  "take_along_axis(x, indices, axis=None)": (keras, { x, indices, axis }) =>
    keras.np("take_along_axis", [x!, indices!], { axis: axis! }),
  "top_k(x, k, sorted=True)": (keras, { x, k }) => {
    const order = keras.np("argsort", [x!], { axis: -1n });
    const largest = keras.np("flip", [order], { axis: -1n });
    const count = keras.np("arange", [k!]);
    const indices = keras.np("take", [largest, count], { axis: -1n });
    return new PyTuple([keras.np("take_along_axis", [x!, indices], { axis: -1n }), indices]);
  },
  "slice(inputs, start_indices, shape)": (_, { inputs, start_indices, shape }) =>
    getItem(inputs!, window(start_indices!, collect(shape!))),
  "slice_update(inputs, start_indices, updates)": (keras, { inputs, start_indices, updates }) => {
    const copy = keras.np("copy", [inputs!]);
    const sizes = collect(getAttribute(updates!, "shape"));
    setItem(copy, window(start_indices!, sizes), updates!);
    return copy;
  },
  "scatter_update(inputs, indices, updates)": (keras, { inputs, indices, updates }) => {
    const copy = keras.np("copy", [inputs!]);
    const positions = keras.np("transpose", [keras.tensor(indices!)]);
    setItem(copy, new PyTuple(collect(positions)), updates!);
    return copy;
  },
};
