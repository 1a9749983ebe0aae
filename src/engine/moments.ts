/**
 * @file Mean and population variance of each channel.
 */
import type { NumericArray } from "./dtype.ts";
import { broadcastMask, type ChannelMask } from "./mask.ts";
import { type PartialMoments, partialMoments } from "./partialMoments.ts";
import { type ChannelLayout, channelLayout, forEachRun } from "./shape.ts";
import { numericValues, type Tensor } from "./tensor.ts";

/** What is added to the number of unmasked elements before dividing: `keras.backend.epsilon()`. */
export const maskEpsilon = 1e-7;

/** Statistics per channel; variances are population variances (divided by the count). */
export interface Moments {
  /** Elements that entered the statistics of each channel. */
  readonly count: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export interface MomentsOptions {
  /**
   * Which elements count: any nonzero does. Covers all axes of the tensor but the last, whatever
   * `axis` is, and may have 1 where it should repeat, as in Keras.
   */
  readonly mask?: Tensor | null;
}

/**
 * Mean and variance over all axes but one.
 *
 * Masked, the divisor is `count + 1e-7` as in Keras, so that channels without a single element
 * have mean and variance 0; unmasked, an empty channel has NaN for both. NaN and infinities
 * propagate: an infinity makes the mean infinite and the variance NaN.
 *
 * @param axis Which axis holds the channels, negative from the end; null for one channel of all.
 * @throws IndexError where there is no such axis; ValueError where the mask does not broadcast.
 */
export function moments(
  tensor: Tensor,
  axis: number | null,
  options: MomentsOptions = {},
): Moments {
  const layout = channelLayout(tensor.shape, axis);
  if (!options.mask) return momentsOf(partialMoments(tensor.data, tensor.dtype, layout));
  return maskedMoments(numericValues(tensor), broadcastMask(options.mask, tensor.shape), layout);
}

/** Of a batch or a part of one; mean and variance are NaN where it has no elements. */
export function momentsOf({ count, mean, squares }: PartialMoments): Moments {
  const variance = new Float64Array(squares.length);
  for (let c = 0; c < variance.length; c++) variance[c] = squares[c] / count[c];
  return { count, mean, variance };
}

/** What sums over so many unmasked elements are divided by, in float32 as in Keras. */
export function maskedDivisor(count: number): number {
  return Math.fround(count + maskEpsilon);
}

/** Moments of the unmasked elements, over Keras's divisor `count + 1e-7`. */
export function maskedMoments(
  values: NumericArray,
  { flags, run }: ChannelMask,
  layout: ChannelLayout,
): Moments {
  const { channels } = layout;
  const count = new Float64Array(channels);
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  forEachRun(layout, (c, start, end, step) => {
    let sum = 0;
    let seen = 0;
    for (let at = start; at < end; at += step) {
      if (!flags[Math.floor(at / run)]) continue;
      sum += values[at];
      seen++;
    }
    mean[c] += sum;
    count[c] += seen;
  });
  for (let c = 0; c < channels; c++) mean[c] /= maskedDivisor(count[c]);
  forEachRun(layout, (c, start, end, step) => {
    let squares = 0;
    for (let at = start; at < end; at += step) {
      if (!flags[Math.floor(at / run)]) continue;
      const deviation = values[at] - mean[c];
      squares += deviation * deviation;
    }
    variance[c] += squares;
  });
  for (let c = 0; c < channels; c++) variance[c] /= maskedDivisor(count[c]);
  return { count, mean, variance };
}
