/**
 * @file Batch normalization's running statistics under the conventions of other frameworks. The
 * conventions are data; one function applies them.
 *
 * Sources: `torch.nn.BatchNorm1d` to `BatchNorm3d` (PyTorch 2); `tf.compat.v1.nn.fused_batch_norm`, which
 * tf.keras 2 calls for inputs of rank 4 and 5 with channels first or last; the operator
 * BatchNormalization of ONNX, opset 15.
 */
import type { BatchNormalization } from "./batchNormalization.ts";
import { EngineError } from "./errors.ts";
import type { Moments } from "./moments.ts";
import { movingAverage } from "./normalization.ts";
import { truth } from "./pythonValues.ts";
import type { Tensor } from "./tensor.ts";

export interface FrameworkConvention {
  readonly framework: string;
  /** The layer or operator of that framework for inputs of a rank. */
  readonly layer: (rank: number) => string;
  readonly momentum: {
    readonly argument: string;
    readonly default: number;
    /** What the argument weighs: the statistics so far, or the new batch. */
    readonly weighs: "past" | "batch";
  };
  readonly epsilon: {
    readonly argument: string;
    readonly default: number;
    /** What lesser values are raised to. */
    readonly least: number;
  };
  /**
   * What the squared deviations of n values are divided by for the running variance:
   * `max(n - subtracted, least)`. The batch itself is normalized by the population variance in
   * every framework.
   */
  readonly divisor: { readonly subtracted: 0 | 1; readonly least: 0 | 1 };
}

/** Keras 3, which the others are compared to, comes first. */
export const frameworkConventions: readonly FrameworkConvention[] = [
  {
    framework: "Keras 3",
    layer: () => "keras.layers.BatchNormalization",
    momentum: { argument: "momentum", default: 0.99, weighs: "past" },
    epsilon: { argument: "epsilon", default: 1e-3, least: 0 },
    divisor: { subtracted: 0, least: 0 },
  },
  {
    framework: "PyTorch",
    layer: torchLayer,
    momentum: { argument: "momentum", default: 0.1, weighs: "batch" },
    epsilon: { argument: "eps", default: 1e-5, least: 0 },
    // A single value is refused when training: 0 / 0 tells so.
    divisor: { subtracted: 1, least: 0 },
  },
  {
    framework: "tf.keras 2 (fused)",
    layer: () => "tf.keras.layers.BatchNormalization",
    momentum: { argument: "momentum", default: 0.99, weighs: "past" },
    // CUDNN_BN_MIN_EPSILON is 1e-5; the framework stays above it.
    epsilon: { argument: "epsilon", default: 1e-3, least: 1.001e-5 },
    divisor: { subtracted: 1, least: 1 },
  },
  {
    framework: "ONNX",
    layer: () => "BatchNormalization",
    momentum: { argument: "momentum", default: 0.9, weighs: "past" },
    epsilon: { argument: "epsilon", default: 1e-5, least: 0 },
    divisor: { subtracted: 0, least: 0 },
  },
];

/** PyTorch has a layer for each number of dimensions, and for all others the function. */
function torchLayer(rank: number): string {
  if (rank < 2 || rank > 5) return "torch.nn.functional.batch_norm";
  return `torch.nn.BatchNorm${Math.max(rank - 2, 1)}d`;
}

/** The statistics of a layer after one training step, as one framework keeps them. */
export interface FrameworkStep {
  readonly convention: FrameworkConvention;
  /** The framework's layer or operator for this input. */
  readonly layer: string;
  /** The layer's own momentum and epsilon in the framework's terms. */
  readonly momentum: number;
  readonly epsilon: number;
  readonly movingMean: Float64Array;
  readonly movingVariance: Float64Array;
  /** `1 / sqrt(movingVariance + epsilon)`: what inference then scales by, but for gamma. */
  readonly inferenceScale: Float64Array;
}

/** What a training step starts from: the same for every framework. */
export interface StepStart {
  /** Of the input. */
  readonly rank: number;
  readonly movingMean: ArrayLike<number>;
  readonly movingVariance: ArrayLike<number>;
  /** Of the batch, variances divided by the count. */
  readonly batch: Moments;
  /** As Keras has it: the weight of the statistics so far. */
  readonly momentum: number;
  readonly epsilon: number;
}

/** One training step under a convention. */
export function frameworkStep(convention: FrameworkConvention, start: StepStart): FrameworkStep {
  const { subtracted, least } = convention.divisor;
  const { count, mean, variance } = start.batch;
  const corrected = variance.map(
    (value, c) => value * (count[c] / Math.max(count[c] - subtracted, least)),
  );
  const { weighs } = convention.momentum;
  const epsilon = Math.max(start.epsilon, convention.epsilon.least);
  const movingVariance = movingAverage(start.movingVariance, corrected, start.momentum);
  return {
    convention,
    layer: convention.layer(start.rank),
    // 1 - 0.99 is 0.01 but for the last bits, which no one would type.
    momentum: weighs === "past" ? start.momentum : Number((1 - start.momentum).toPrecision(14)),
    epsilon,
    movingMean: movingAverage(start.movingMean, mean, start.momentum),
    movingVariance,
    inferenceScale: movingVariance.map((value) => 1 / Math.sqrt(value + epsilon)),
  };
}

/**
 * What one training step on a batch would make of a layer's statistics in each framework, with the
 * layer's own momentum and epsilon, so that what differs is convention alone. A frozen layer is
 * taken as if it were trainable. The layer stays as it is.
 *
 * @throws ValueError where the layer renormalizes, which the other frameworks have no word for;
 *   what a call of the layer throws.
 */
export function frameworkSteps(layer: BatchNormalization, inputs: Tensor): FrameworkStep[] {
  if (truth(layer.renorm)) {
    throw new EngineError(
      "ValueError",
      "Frameworks are compared for layers without renorm, which other frameworks do not have. " +
        "Received: renorm=True",
    );
  }
  const { state, batch } = layer.preview(inputs);
  const { movingMean, movingVariance } = state;
  const { momentum, epsilon } = layer;
  const rank = inputs.shape.length;
  const start = { rank, movingMean, movingVariance, batch, momentum, epsilon };
  return frameworkConventions.map((convention) => frameworkStep(convention, start));
}
