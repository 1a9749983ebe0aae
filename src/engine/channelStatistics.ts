/**
 * @file What a table shows of each channel: moments, extremes, and what is not a finite number.
 */
import type { NumericArray } from "./dtype.ts";
import { momentsOf } from "./moments.ts";
import { momentsAndExtremes } from "./partialMoments.ts";
import { type ChannelLayout, channelLayout, forEachRun } from "./shape.ts";
import { numericValues, type Tensor } from "./tensor.ts";

export interface ChannelStatistics {
  /** Elements of the channel, whatever their values. */
  readonly count: number;
  /** Over all elements: NaN and infinities propagate as in NumPy. */
  readonly mean: number;
  /** Population variance. */
  readonly variance: number;
  /** Square root of `variance`. */
  readonly std: number;
  /** Smallest finite value; NaN where there is none. */
  readonly min: number;
  /** Largest finite value; NaN where there is none. */
  readonly max: number;
  readonly nanCount: number;
  /** Infinities of either sign. */
  readonly infCount: number;
}

/**
 * One record per channel.
 *
 * @param axis Which axis holds the channels, negative from the end; null for one channel of all.
 * @throws IndexError where there is no such axis.
 */
export function channelStatistics(tensor: Tensor, axis: number | null): ChannelStatistics[] {
  const layout = channelLayout(tensor.shape, axis);
  const { moments, extremes } = momentsAndExtremes(tensor.data, tensor.dtype, layout);
  const { count, mean, variance } = momentsOf(moments);
  const finite = mean.every((value, c) => Number.isFinite(value) || count[c] === 0);
  // Where every mean is finite, so is every value.
  const { min, max, nanCount, infCount } = finite
    ? { min: extremes.low, max: extremes.high, nanCount: zeros, infCount: zeros }
    : finiteExtremes(numericValues(tensor), layout);
  return Array.from({ length: layout.channels }, (_, c) => ({
    count: count[c],
    mean: mean[c],
    variance: variance[c],
    std: Math.sqrt(variance[c]),
    min: min[c] <= max[c] ? min[c] : Number.NaN,
    max: min[c] <= max[c] ? max[c] : Number.NaN,
    nanCount: nanCount[c] ?? 0,
    infCount: infCount[c] ?? 0,
  }));
}

const zeros = new Float64Array(0);

/**
 * Extremes of the finite values of each channel, and how many are not finite; `min` is Infinity and
 * `max` -Infinity where none is.
 */
export function finiteExtremes(values: NumericArray, layout: ChannelLayout) {
  const { channels } = layout;
  const min = new Float64Array(channels).fill(Infinity);
  const max = new Float64Array(channels).fill(-Infinity);
  const nanCount = new Float64Array(channels);
  const infCount = new Float64Array(channels);
  forEachRun(layout, (c, start, end, step) => {
    let low = min[c];
    let high = max[c];
    for (let at = start; at < end; at += step) {
      const value = values[at];
      // What is not finite is not zero apart from itself, and no extreme either.
      if (value - value !== 0) {
        if (Number.isNaN(value)) nanCount[c]++;
        else infCount[c]++;
        continue;
      }
      if (value < low) low = value;
      if (value > high) high = value;
    }
    min[c] = low;
    max[c] = high;
  });
  return { min, max, nanCount, infCount };
}
