/**
 * @file What each training call of a layer found in its batch and left in the moving statistics:
 * how the moving mean and variance travel towards those of the data.
 */
import type { Moments } from "./moments.ts";

/** The statistics of one training call, one value per channel each. */
export interface TrainingStep {
  /** Counted from 1: the first training call since the statistics were last set. */
  readonly step: number;
  /** The batch's own mean and population variance. */
  readonly batchMean: Float64Array;
  readonly batchVariance: Float64Array;
  /** The moving statistics that the call left, as their variables hold them. */
  readonly movingMean: Float64Array;
  readonly movingVariance: Float64Array;
}

/** A mean and a variance for each channel. */
export interface StatisticsPair {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** The moments of the last training call, with the shape of its input. */
export interface BatchMoments extends Moments {
  readonly shape: readonly number[];
}

/** Bytes of statistics that a layer keeps of its past. */
const mostBytes = 4 * 2 ** 20;
const mostSteps = 512;
const fewestSteps = 16;

/**
 * The training calls of one layer. Long histories are thinned out evenly: every second, fourth, …
 * call is kept, the last one always. Statistics that were set from outside, by `set_weights` or
 * `assign`, begin a new history.
 */
export class TrainingSteps {
  /** Of the last training call, whatever was set since; null before the first. */
  lastBatch: BatchMoments | null = null;
  #initial: StatisticsPair | null = null;
  #count = 0;
  #kept: TrainingStep[] = [];
  #latest: TrainingStep | null = null;
  /** One call of so many is kept. */
  #stride = 1;
  #sum: StatisticsPair = { mean: new Float64Array(0), variance: new Float64Array(0) };

  /** Training calls since the statistics were last set. */
  get count(): number {
    return this.#count;
  }

  /** The moving statistics before the first of these calls; null where there was none. */
  get initial(): StatisticsPair | null {
    return this.#initial;
  }

  /** The calls that are kept, the earliest first. */
  get kept(): readonly TrainingStep[] {
    const latest = this.#latest;
    if (!latest || this.#kept.at(-1) === latest) return this.#kept;
    return [...this.#kept, latest];
  }

  /** Means over all calls of the batches' means and variances: what the averages move towards. */
  get target(): StatisticsPair {
    const mean = this.#sum.mean.map((sum) => sum / this.#count);
    return { mean, variance: this.#sum.variance.map((sum) => sum / this.#count) };
  }

  /** @param before The moving statistics that the call started from. */
  record(batch: BatchMoments, before: StatisticsPair, after: StatisticsPair): void {
    this.lastBatch = batch;
    if (!this.#continues(before)) this.#begin(before);
    this.#count++;
    addTo(this.#sum.mean, batch.mean);
    addTo(this.#sum.variance, batch.variance);
    this.#latest = {
      step: this.#count,
      batchMean: batch.mean,
      batchVariance: batch.variance,
      movingMean: after.mean,
      movingVariance: after.variance,
    };
    if ((this.#count - 1) % this.#stride === 0) this.#keep(this.#latest);
  }

  #continues({ mean, variance }: StatisticsPair): boolean {
    const latest = this.#latest;
    return (
      latest !== null &&
      sameValues(mean, latest.movingMean) &&
      sameValues(variance, latest.movingVariance)
    );
  }

  #begin(before: StatisticsPair): void {
    this.#initial = before;
    this.#count = 0;
    this.#kept = [];
    this.#stride = 1;
    this.#sum = { mean: before.mean.map(() => 0), variance: before.mean.map(() => 0) };
  }

  #keep(step: TrainingStep): void {
    const bytes = 4 * step.batchMean.byteLength;
    const most = Math.max(fewestSteps, Math.min(mostSteps, Math.floor(mostBytes / bytes)));
    this.#kept.push(step);
    if (this.#kept.length <= most) return;
    this.#stride *= 2;
    this.#kept = this.#kept.filter(({ step }) => (step - 1) % this.#stride === 0);
  }
}

function addTo(sum: Float64Array, values: Float64Array): void {
  for (let c = 0; c < sum.length; c++) sum[c] += values[c];
}

function sameValues(left: Float64Array, right: Float64Array): boolean {
  return left.length === right.length && left.every((value, c) => Object.is(value, right[c]));
}

/**
 * A moving statistic after `step` training calls on batches that all have the same statistic:
 * `initial * momentum**step + target * (1 - momentum**step)`.
 */
export function expectedMoving(
  initial: number,
  target: number,
  momentum: number,
  step: number,
): number {
  const share = momentum ** step;
  return initial * share + target * (1 - share);
}

/**
 * Training calls until a moving statistic has gone all but `share` of the way from its initial
 * value to that of the data: the least n for which `momentum**n <= share`. Infinity where it never
 * gets there (`momentum` 1 and more, or NaN).
 */
export function stepsUntilWithin(share: number, momentum: number): number {
  if (momentum === 0) return 1;
  const weight = Math.abs(momentum);
  if (!(weight < 1)) return Infinity;
  // Rounded first: 0.1**2 is to be within 0.01, whatever the logarithms' last bits say.
  return Math.max(1, Math.ceil(Number((Math.log(share) / Math.log(weight)).toPrecision(12))));
}
