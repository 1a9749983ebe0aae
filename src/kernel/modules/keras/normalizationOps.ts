/**
 * @file `keras.ops.moments` and `keras.ops.batch_normalization` (keras/src/backend/numpy/nn.py).
 */
import { PyList, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import type { Bound } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { binary, getAttribute, length, toCount } from "../../operations.ts";
import type { NumpyBackend } from "./backend.ts";

/**
 * Mean and variance, the variance as `E[x²] - E[x]²`: Keras's own formula, whose rounding is the
 * caller's to see.
 */
export function moments(keras: NumpyBackend, { x, axes, keepdims, synchronized }: Bound): PyTuple {
  if (synchronized === true) {
    throw pythonError(
      "NotImplementedError",
      "Argument synchronized=True is not supported with NumPy.",
    );
  }
  const half = keras.dtype(getAttribute(x!, "dtype")) === "float16";
  const values = half ? keras.tensor(x!, "float32") : x!;
  const over = { axis: keras.axis(axes!), keepdims: true };
  const mean = keras.np("mean", [values], over);
  const squares = keras.np("mean", [keras.np("square", [values])], over);
  const variance = keras.np("subtract", [squares, keras.np("square", [mean])]);
  const results = [mean, variance].map((result) => {
    // A float16 ends at 65504.
    const kept = half ? keras.cast(keras.np("clip", [result, -65504, 65504]), "float16") : result;
    return keepdims === true ? kept : keras.np("squeeze", [kept, over.axis]);
  });
  return new PyTuple(results);
}

/** `x * inv + (offset - mean * inv)` with `inv = scale / sqrt(variance + epsilon)`. */
export function batchNormalization(keras: NumpyBackend, bound: Bound): Value {
  const { x, mean, variance, axis, offset, scale, epsilon } = bound;
  const rank = length(getAttribute(x!, "shape"));
  const shape: Value[] = new Array(rank).fill(1n);
  const position = toCount(axis!);
  if (position < -rank || position >= rank) {
    throw pythonError("IndexError", "list assignment index out of range");
  }
  shape[position < 0 ? position + rank : position] = -1n;
  const spread = (values: Value) => keras.np("reshape", [values, new PyList(shape)]);
  const center = spread(mean!);
  const deviation = keras.np("sqrt", [binary("+", spread(variance!), epsilon!)]);
  let inverse = binary("/", 1, deviation);
  if (scale !== null) inverse = binary("*", inverse, spread(scale!));
  let shift = binary("*", keras.np("negative", [center]), inverse);
  if (offset !== null) shift = binary("+", shift, spread(offset!));
  return binary("+", binary("*", x!, inverse), shift);
}
