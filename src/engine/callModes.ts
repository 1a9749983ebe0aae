/**
 * @file How far apart a layer's training and inference outputs are for a batch, channel by channel,
 * and what that comes from. Both outputs are affine in the input, so that the moments of the batch
 * tell the difference exactly, without a single output.
 */
import type { BatchNormalization } from "./batchNormalization.ts";
import type { Initializer } from "./initializers.ts";
import type { Moments } from "./moments.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Why the two modes differ in a channel.
 * - `agree`: they do not, by more than 0.05 standard deviations.
 * - `notFinite`: NaN or an infinity is among what they are made of.
 * - `unconverged`: the moving statistics still hold much of their initial values.
 * - `smallBatch`: the batch has so few values that its statistics are this uncertain by themselves.
 * - `shifted`: the moving statistics are those of other data.
 */
export type ModeReason = "agree" | "notFinite" | "unconverged" | "smallBatch" | "shifted";

export interface ModeComparison {
  /** Values of the batch in each channel. */
  readonly count: number;
  /**
   * Share of the initial values that the moving statistics still hold, 0 to 1; null where they are
   * not those of an average on its way to this batch.
   */
  readonly remaining: number | null;
  /** Root of the mean squared difference of the outputs, in the output's units. */
  readonly difference: Float64Array;
  /** `(batch mean - moving mean) / sqrt(moving variance + epsilon)`: where inference centres. */
  readonly meanGap: Float64Array;
  /** `sqrt(batch variance + epsilon) / sqrt(moving variance + epsilon)`. */
  readonly stdRatio: Float64Array;
  readonly reasons: readonly ModeReason[];
  /** The channels, those that differ most first. */
  readonly ranking: readonly number[];
}

/** Standard deviations within which the modes are taken to agree. */
const agreement = 0.05;

/** Of the initial values, what may be left for the averages to count as converged. */
const converged = 0.05;

/** How many standard errors a difference may have that sampling alone explains. */
const sampling = 4;

interface Statistics {
  readonly mean: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
}

/**
 * Compares what training and inference make of a batch. A frozen layer is taken as if it were
 * trainable; renorm's corrections, which bring training closer to inference, are left out. The
 * layer stays as it is.
 * @throws What a call of the layer throws.
 */
export function compareModes(layer: BatchNormalization, inputs: Tensor): ModeComparison {
  const { state, batch } = layer.preview(inputs);
  const { gamma, epsilon } = state.affine;
  const moving: Statistics = { mean: state.movingMean, variance: state.movingVariance };
  const initial = initialStatistics(layer);
  const remaining = initial && initialShare(batch, moving, initial);
  const count = batch.count[0] ?? 0;
  const channels = batch.mean.length;
  const difference = new Float64Array(channels);
  const meanGap = new Float64Array(channels);
  const stdRatio = new Float64Array(channels);
  const reasons: ModeReason[] = [];
  for (let c = 0; c < channels; c++) {
    const [mean, variance] = [moving.mean[c]!, moving.variance[c]!];
    const std = Math.sqrt(variance + epsilon);
    meanGap[c] = (batch.mean[c]! - mean) / std;
    stdRatio[c] = Math.sqrt(batch.variance[c]! + epsilon) / std;
    const apart = standardizedDifference(batch, c, mean, variance, epsilon);
    difference[c] = apart * Math.abs(gamma ? gamma[c]! : 1);
    reasons.push(reasonFor(c, apart));
  }
  return { count, remaining, difference, meanGap, stdRatio, reasons, ranking: rank(difference) };

  function reasonFor(c: number, apart: number): ModeReason {
    if (!Number.isFinite(apart)) return "notFinite";
    if (apart <= agreement) return "agree";
    if (isUnconverged(c, apart)) return "unconverged";
    return apart <= sampling * Math.sqrt(1.5 / count) ? "smallBatch" : "shifted";
  }

  /** Whether the difference would halve at the end of the way that the averages are on. */
  function isUnconverged(c: number, apart: number): boolean {
    if (!initial || remaining === null || remaining <= converged) return false;
    if (remaining === 1) return true;
    const arrived = (name: "mean" | "variance") =>
      (moving[name][c]! - remaining * initial[name]) / (1 - remaining);
    const variance = Math.max(0, arrived("variance"));
    const rest = standardizedDifference(batch, c, arrived("mean"), variance, epsilon);
    return rest <= Math.max(agreement, apart / 2);
  }
}

/**
 * Root mean square, over the batch, of the difference between normalizing by the batch's own
 * statistics and by others: `sqrt(variance * (1/s - 1/t)**2 + ((batch mean - mean) / t)**2)` with s
 * and t the two standard deviations.
 */
function standardizedDifference(
  batch: Moments,
  c: number,
  mean: number,
  variance: number,
  epsilon: number,
): number {
  const own = Math.sqrt(batch.variance[c]! + epsilon);
  const other = Math.sqrt(variance + epsilon);
  const scale = 1 / own - 1 / other;
  const offset = (batch.mean[c]! - mean) / other;
  return Math.sqrt(batch.variance[c]! * scale ** 2 + offset ** 2);
}

const constantInitializers: ReadonlySet<string> = new Set(["Zeros", "Ones", "Constant"]);

/** The same for every channel. */
interface InitialStatistics {
  readonly mean: number;
  readonly variance: number;
}

/** What the moving statistics began with; null where the initializers draw. */
function initialStatistics({
  arguments: { movingMeanInitializer, movingVarianceInitializer },
}: BatchNormalization): InitialStatistics | null {
  const mean = constantOf(movingMeanInitializer);
  const variance = constantOf(movingVarianceInitializer);
  return mean === null || variance === null ? null : { mean, variance };
}

function constantOf(initializer: Initializer | null): number | null {
  if (!initializer || !constantInitializers.has(initializer.className)) return null;
  return Number(initializer.generate([1], "float64").data[0]);
}

/** How far a statistic is from its initial value to that of a batch. */
interface Way {
  readonly whole: number;
  readonly gone: number;
}

/**
 * On its way from initial values towards a batch's statistics, an average has gone the same share
 * of the way in every channel, for mean and variance alike. What then is left of the initial
 * values: 1 less the median share, which a few channels of other data do not sway. Null where mean
 * and variance tell different shares, or the share says nothing of how far most channels have come.
 */
function initialShare(batch: Moments, moving: Statistics, initial: InitialStatistics) {
  const means: Way[] = [];
  const variances: Way[] = [];
  for (let c = 0; c < batch.mean.length; c++) {
    const spread = batch.variance[c]!;
    addWay(means, batch.mean[c]!, moving.mean[c]!, initial.mean, agreement * Math.sqrt(spread));
    addWay(variances, spread, moving.variance[c]!, initial.variance, 2 * agreement * spread);
  }
  const ways = [...means, ...variances];
  if (ways.length === 0) return null;
  const tolerance = agreement + 2 * Math.sqrt(2 / (batch.count[0] ?? 1));
  if (Math.abs(medianShare(means) - medianShare(variances)) > tolerance) return null;
  const share = medianShare(ways);
  const explained = ways.filter(
    ({ whole, gone }) => Math.abs(gone - share * whole) <= Math.abs(gone) / 2,
  );
  if (explained.length < ways.length / 2) return null;
  return Math.min(1, Math.max(0, 1 - share));
}

/** Ways no longer than `least` tell nothing: sampling moves statistics as far. */
function addWay(ways: Way[], end: number, at: number, start: number, least: number): void {
  const [whole, gone] = [end - start, at - start];
  if (Math.abs(whole) > least && Number.isFinite(whole) && Number.isFinite(gone)) {
    ways.push({ whole, gone });
  }
}

/** NaN where there is none: it is not far from any other share. */
function medianShare(ways: readonly Way[]): number {
  const shares = ways.map(({ whole, gone }) => gone / whole).sort((a, b) => a - b);
  const middle = shares.length >> 1;
  if (shares.length % 2 === 1) return shares[middle]!;
  return (shares[middle - 1]! + shares[middle]!) / 2;
}

/** Channels by difference, greatest first; what is not a number first of all, ties by channel. */
function rank(difference: Float64Array): number[] {
  const weight = (c: number) => (Number.isNaN(difference[c]!) ? Infinity : difference[c]!);
  const order = (a: number, b: number) => (a < b ? 1 : a > b ? -1 : 0);
  return [...difference.keys()].sort((a, b) => order(weight(a), weight(b)) || a - b);
}
