/**
 * @file A layer's numbers in the steps of Keras's NumPy backend, each rounded to float32 and summed
 * in NumPy's order, so that they print the digits that Keras's print
 * (keras/src/layers/normalization/batch_normalization.py, keras/src/backend/numpy/nn.py).
 */
import {
  type ArithmeticCall,
  type BatchNormalization,
  type CallOptions,
  numericValues,
  sizeOfShape,
  type Tensor,
  type Variable,
} from "../../../engine/index.ts";
import { fromTensor, type NDArray } from "../../../numpy/index.ts";
import { PyTuple } from "../../containers.ts";
import type { Value } from "../../objects.ts";
import { binary } from "../../operations.ts";
import { type ArrayValue, backendOf, type NumpyBackend } from "./backend.ts";
import { batchNormalization, moments } from "./normalizationOps.ts";
import { tensorOf } from "./tensors.ts";

/**
 * Elements beyond which the engine computes alone: nobody reads their last digits, and the steps
 * between take memory.
 */
const mostElements = 2 ** 22;

/** How far Keras's variance may be from the exact one before it is rounding noise. */
const tolerance = 1e-3;

/**
 * Calls the layer on an array. What comes out has the input's order in memory, as NumPy's results
 * have.
 */
export function callAsKeras(
  layer: BatchNormalization,
  inputs: ArrayValue,
  options: Pick<CallOptions, "training" | "mask">,
): NDArray {
  const keras = backendOf(layer);
  let exact: NDArray | null = null;
  const output = layer.call(tensorOf(inputs), {
    ...options,
    arithmetic(call) {
      const size = sizeOfShape(call.inputs.shape);
      if (call.inputs.dtype !== "float32" || call.variables.renorm) return null;
      if (size === 0 || size > mostElements) return null;
      const array = keras.cast(inputs, "float32") as NDArray;
      const found = compute(layer, keras, array, call);
      exact = found?.output ?? null;
      return found && { output: tensorOf(found.output), updates: found.updates };
    },
  });
  return exact && layer.policy.computeDType === "float32" ? exact : fromTensor(output);
}

interface Statistics {
  readonly mean: Value;
  readonly variance: Value;
}

function compute(
  layer: BatchNormalization,
  keras: NumpyBackend,
  x: NDArray,
  { mask, step, variables }: ArithmeticCall,
) {
  const { movingMean, movingVariance, gamma, beta } = variables;
  const cast = (variable: Variable) => keras.cast(fromTensor(variable.value), "float32");
  const moving = { mean: cast(movingMean), variance: cast(movingVariance) };
  const found = step.batch && batchStatistics(layer, keras, x, mask);
  if (found && !agree(step.batch!.variance, found.variance, layer.epsilon)) return null;
  const output = batchNormalization(keras, {
    x,
    ...(found ?? moving),
    axis: BigInt(layer.axis),
    offset: beta && cast(beta),
    scale: gamma && cast(gamma),
    epsilon: layer.epsilon,
  }) as NDArray;
  const average = (before: Value, batch: Value) =>
    binary(
      "+",
      binary("*", before, layer.momentum),
      binary("*", batch, 1 - layer.momentum),
    ) as ArrayValue;
  const updates = found
    ? ([
        [movingMean, valuesOf(average(moving.mean, found.mean))],
        [movingVariance, valuesOf(average(moving.variance, found.variance))],
      ] as const)
    : [];
  return { output, updates };
}

function valuesOf(array: ArrayValue): Float64Array {
  return Float64Array.from(numericValues(tensorOf(array)));
}

/** The moments of a batch, of one value per channel. */
function batchStatistics(
  { axis }: BatchNormalization,
  keras: NumpyBackend,
  x: NDArray,
  mask: Tensor | null,
): Statistics {
  const kept = axis < 0 ? axis + x.ndim : axis;
  const reduced = x.shape.flatMap((_, index) => (index === kept ? [] : [BigInt(index)]));
  const axes = new PyTuple(reduced);
  if (mask) return maskedStatistics(keras, x, fromTensor(mask), axes);
  const [mean, variance] = moments(keras, { x, axes, keepdims: false }).items;
  return { mean: mean!, variance: variance! };
}

function maskedStatistics(keras: NumpyBackend, x: NDArray, mask: Value, axes: PyTuple): Statistics {
  const spread = keras.np("broadcast_to", [
    keras.np("expand_dims", [mask, -1n]),
    new PyTuple(x.shape.map(BigInt)),
  ]);
  const seen = keras.cast(spread, "bool");
  const zero = keras.tensor(0, "float32");
  const over = { axis: axes, keepdims: true };
  const sum = (values: Value) => keras.np("sum", [values], over);
  const divisor = binary("+", sum(keras.cast(seen, "float32")), keras.state.epsilon);
  const mean = binary("/", sum(keras.np("where", [seen, x, zero])), divisor);
  const difference = keras.np("where", [seen, binary("-", x, mean), zero]);
  const variance = binary("/", sum(keras.np("square", [difference])), divisor);
  const squeezed = (values: Value) => keras.np("squeeze", [values, axes]);
  return { mean: squeezed(mean), variance: squeezed(variance) };
}

/** True where the variances are the exact ones but for rounding, seen beside epsilon. */
function agree(exact: Float64Array, variance: Value, epsilon: number): boolean {
  const values = numericValues(tensorOf(variance as ArrayValue));
  return exact.every((wanted, c) => {
    const value = values[c]!;
    if (!Number.isFinite(wanted) || !Number.isFinite(value)) return true;
    return Math.abs(value - wanted) <= tolerance * (wanted + epsilon);
  });
}
