/**
 * @file One call of the layer, as a calculation: the statistics it uses and those it leaves behind.
 */
import { clippingBounds, renormMomentumNumber } from "./layerArguments.ts";
import type { LayerVariables } from "./layerVariables.ts";
import { type Moments, moments } from "./moments.ts";
import {
  type AffineParameters,
  type ChannelTransform,
  channelTransform,
  movingAverage,
} from "./normalization.ts";
import type { ConfigValue } from "./pythonValues.ts";
import {
  type RenormClipping,
  type RenormCorrection,
  renormCorrection,
  updateRenormStatistics,
} from "./renorm.ts";
import { type ChannelLayout, channelLayout } from "./shape.ts";
import { numericValues, type Tensor } from "./tensor.ts";
import type { Variable } from "./variable.ts";

/** What one call does to each channel. */
export interface NormalizationStep {
  readonly layout: ChannelLayout;
  /** The batch's moments; null where the moving statistics are used. */
  readonly batch: Moments | null;
  /** The statistics that the call normalizes by. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** What renorm does on top in a training call; null elsewhere. */
  readonly correction: RenormCorrection | null;
  readonly transform: ChannelTransform;
}

export interface StepSettings {
  readonly axis: number;
  readonly epsilon: number;
  /** `renorm_clipping` as checked by the constructor. */
  readonly clipping: ConfigValue;
  /** Whether the batch's own statistics are used: training, and not frozen. */
  readonly training: boolean;
  readonly mask: Tensor | null;
}

/**
 * The statistics and the transform of a call.
 * @throws ValueError where the mask does not broadcast to the input.
 */
export function normalizationStep(
  variables: LayerVariables,
  inputs: Tensor,
  { axis, epsilon, clipping, training, mask }: StepSettings,
): NormalizationStep {
  const layout = channelLayout(inputs.shape, axis);
  const state = layerState(variables, { epsilon, clipping, training });
  if (!training) {
    const { movingMean: mean, movingVariance: variance } = state;
    return { layout, batch: null, mean, variance, ...inferenceTransform(state) };
  }
  const batch = moments(inputs, axis, { mask });
  const { mean, variance } = batch;
  return { layout, batch, mean, variance, ...trainingTransform(batch, state) };
}

/** What a call reads of its layer: plain data, which another thread can be given. */
export interface LayerState {
  readonly affine: AffineParameters;
  /** The moving statistics; empty for training, which does not normalize by them. */
  readonly movingMean: Float64Array;
  readonly movingVariance: Float64Array;
  /** Null for inference and for layers without renorm. */
  readonly renorm: {
    readonly renormMean: ArrayLike<number>;
    readonly renormStddev: ArrayLike<number>;
    readonly clipping: RenormClipping;
  } | null;
}

/**
 * Reads a layer's variables.
 * @throws TypeError where renorm is to be used and a bound of its clipping is no number.
 */
export function layerState(
  { gamma, beta, movingMean, movingVariance, renorm }: LayerVariables,
  { epsilon, clipping, training }: Pick<StepSettings, "epsilon" | "clipping" | "training">,
): LayerState {
  return {
    affine: {
      gamma: gamma && numericValues(gamma.value),
      beta: beta && numericValues(beta.value),
      epsilon,
    },
    // The constructor copies typed arrays at once; `from` would go element by element.
    movingMean: new Float64Array(training ? [] : numericValues(movingMean.value)),
    movingVariance: new Float64Array(training ? [] : numericValues(movingVariance.value)),
    renorm:
      renorm && training
        ? {
            renormMean: numericValues(renorm.renormMean.value),
            renormStddev: numericValues(renorm.renormStddev.value),
            clipping: clippingBounds(clipping),
          }
        : null,
  };
}

type CallTransform = Pick<NormalizationStep, "correction" | "transform">;

/** Normalizes by the moments of a batch. */
export function trainingTransform(
  { mean, variance }: Moments,
  { affine, renorm }: LayerState,
): CallTransform {
  const correction =
    renorm && renormCorrection(mean, variance, renorm, affine.epsilon, renorm.clipping);
  return { correction, transform: channelTransform(mean, variance, affine, correction) };
}

/** Normalizes by the moving statistics. */
export function inferenceTransform({
  affine,
  movingMean,
  movingVariance,
}: LayerState): CallTransform {
  return {
    correction: null,
    transform: channelTransform(movingMean, movingVariance, affine, null),
  };
}

/** New values of a layer's statistics, each with the variable that is to hold it. */
export type StatisticsUpdates = readonly (readonly [Variable, Float64Array])[];

/** The mean of what replicas make of the same statistics. */
export function meanUpdates(replicas: readonly StatisticsUpdates[]): StatisticsUpdates {
  return replicas[0].map(([variable], i) => {
    const values = replicas.map((updates) => updates[i][1]);
    const meanOf = (c: number) => values.reduce((sum, value) => sum + value[c], 0) / values.length;
    return [variable, values[0].map((_, c) => meanOf(c))];
  });
}

/**
 * The statistics after a training call, each with the variable that is to hold it.
 * @throws RuntimeError or TypeError where `renormMomentum` is used and is no number.
 */
export function statisticsUpdates(
  { movingMean, movingVariance, renorm }: LayerVariables,
  { mean, variance }: Pick<Moments, "mean" | "variance">,
  rates: {
    readonly momentum: number;
    readonly epsilon: number;
    readonly renormMomentum: ConfigValue;
  },
): StatisticsUpdates {
  const { momentum, epsilon } = rates;
  if (!renorm) {
    return [
      [movingMean, movingAverage(numericValues(movingMean.value), mean, momentum)],
      [movingVariance, movingAverage(numericValues(movingVariance.value), variance, momentum)],
    ];
  }
  const after = updateRenormStatistics(
    mean,
    variance,
    {
      renormMean: numericValues(renorm.renormMean.value),
      renormStddev: numericValues(renorm.renormStddev.value),
      movingMean: numericValues(movingMean.value),
      movingStddev: numericValues(renorm.movingStddev.value),
    },
    { epsilon, momentum, renormMomentum: renormMomentumNumber(rates.renormMomentum) },
  );
  return [
    [renorm.renormMean, after.renormMean],
    [renorm.renormStddev, after.renormStddev],
    [movingMean, after.movingMean],
    [renorm.movingStddev, after.movingStddev],
    [movingVariance, after.movingVariance],
  ];
}
