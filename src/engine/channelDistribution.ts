/**
 * @file How the values of each channel lie: exact quartiles, how many are zero, and how many crowd at
 * the ends.
 */
import type { FloatArray, NumericArray } from "./dtype.ts";
import { type ChannelLayout, channelCount, channelLayout } from "./shape.ts";
import { numericValues, type Tensor } from "./tensor.ts";

/** One entry per channel, in the units of the values or in numbers of values. */
export interface ChannelDistributions {
  /** Quartiles of the finite values, linear between neighbours as `numpy.quantile`; NaN of none. */
  readonly firstQuartile: Float64Array;
  readonly median: Float64Array;
  readonly thirdQuartile: Float64Array;
  /** Values that are zero, of either sign. */
  readonly zeroCount: Float64Array;
  /** Values at most a thousandth of the interquartile range above the least, which is one of them. */
  readonly lowCount: Float64Array;
  /** As many below the greatest. */
  readonly highCount: Float64Array;
}

/** Values that are gathered at once, of as many channels as that makes: they stay in a cache. */
const gathered = 2 ** 19;

/** Channels of one cache line of float32. */
const mostTogether = 16;

/**
 * The distribution of each channel's values.
 *
 * @param axis Which axis holds the channels, negative from the end; null for one channel of all.
 * @throws IndexError where there is no such axis.
 */
export function channelDistributions(tensor: Tensor, axis: number | null): ChannelDistributions {
  const layout = channelLayout(tensor.shape, axis);
  const values = numericValues(tensor);
  const { channels } = layout;
  const count = channelCount(layout);
  const found = () => new Float64Array(channels);
  const result = {
    firstQuartile: found(),
    median: found(),
    thirdQuartile: found(),
    zeroCount: found(),
    lowCount: found(),
    highCount: found(),
  };
  const together = Math.max(1, Math.min(mostTogether, Math.floor(gathered / count), channels));
  const scratch =
    values instanceof Float32Array
      ? new Float32Array(together * count)
      : new Float64Array(together * count);
  const lengths = new Int32Array(together);
  for (let first = 0; first < channels; first += together) {
    const block = Math.min(together, channels - first);
    gather(values, layout, first, block, scratch, lengths);
    for (let b = 0; b < block; b++) {
      const own = scratch.subarray(b * count, b * count + lengths[b]);
      describe(own, first + b, result);
    }
  }
  return result;
}

/** The finite values of one channel, in the tensor's order. */
export function finiteChannel(tensor: Tensor, axis: number | null, channel: number): Float64Array {
  const layout = channelLayout(tensor.shape, axis);
  const own = new Float64Array(channelCount(layout));
  const length = new Int32Array(1);
  gather(numericValues(tensor), layout, channel, 1, own, length);
  return own.subarray(0, length[0]);
}

/** Copies the finite values of some neighbouring channels, one channel after the other. */
function gather(
  values: NumericArray,
  layout: ChannelLayout,
  first: number,
  block: number,
  scratch: FloatArray,
  lengths: Int32Array,
): void {
  const { outer, channels, inner } = layout;
  const count = channelCount(layout);
  lengths.fill(0);
  for (let o = 0; o < outer; o++) {
    for (let b = 0; b < block; b++) {
      const start = (o * channels + first + b) * inner;
      let to = b * count + lengths[b];
      for (let at = start; at < start + inner; at++) {
        const value = values[at];
        // What is not finite is not zero apart from itself.
        if (value - value === 0) scratch[to++] = value;
      }
      lengths[b] = to - b * count;
    }
  }
}

type Found = { readonly [Key in keyof ChannelDistributions]: Float64Array };

function describe(own: FloatArray, channel: number, result: Found): void {
  const last = own.length - 1;
  let [low, high, zeros] = [Infinity, -Infinity, 0];
  for (let i = 0; i <= last; i++) {
    const value = own[i];
    if (value < low) low = value;
    if (value > high) high = value;
    if (value === 0) zeros++;
  }
  const middle = Math.floor(last / 2);
  result.median[channel] = quantile(own, 0, last, 0.5);
  // What is left of the median's place is not greater, what is right of it not less.
  const first = quantile(own, 0, Math.max(0, middle), 0.25);
  const third = quantile(own, Math.max(0, middle), last, 0.75);
  result.firstQuartile[channel] = first;
  result.thirdQuartile[channel] = third;
  result.zeroCount[channel] = zeros;
  const margin = (third - first) / 1000;
  let [lows, highs] = [0, 0];
  for (let i = 0; i <= last; i++) {
    const value = own[i];
    if (value - low <= margin) lows++;
    if (high - value <= margin) highs++;
  }
  result.lowCount[channel] = lows;
  result.highCount[channel] = highs;
}

/**
 * The quantile of all values, whose place lies between `left` and `right`; values are moved within
 * these. Linear between neighbours, rounded as NumPy does (`_lerp` in numpy/lib/_function_base_impl.py).
 */
function quantile(own: FloatArray, left: number, right: number, share: number): number {
  const last = own.length - 1;
  if (last < 0) return Number.NaN;
  const place = last * share;
  const below = Math.floor(place);
  const part = place - below;
  select(own, left, right, below);
  const value = own[below];
  if (part === 0) return value;
  let next = Infinity;
  const end = below < right ? right : last;
  for (let i = below + 1; i <= end; i++) if (own[i] < next) next = own[i];
  const step = next - value;
  return part < 0.5 ? value + step * part : next - step * (1 - part);
}

/**
 * Puts the value that sorting would put at `place` there, lesser ones before it and greater ones
 * behind (Floyd & Rivest, "Algorithm 489: SELECT", 1975).
 */
function select(own: FloatArray, from: number, to: number, place: number): void {
  let [left, right] = [from, to];
  while (right > left) {
    if (right - left > 600) {
      const n = right - left + 1;
      const i = place - left + 1;
      const z = Math.log(n);
      const s = 0.5 * Math.exp((2 * z) / 3);
      const spread = 0.5 * Math.sqrt((z * s * (n - s)) / n) * (i < n / 2 ? -1 : 1);
      const newLeft = Math.max(left, Math.floor(place - (i * s) / n + spread));
      const newRight = Math.min(right, Math.floor(place + ((n - i) * s) / n + spread));
      select(own, newLeft, newRight, place);
    }
    const pivot = own[place];
    let [i, j] = [left, right];
    swap(own, left, place);
    if (own[right] > pivot) swap(own, left, right);
    while (i < j) {
      swap(own, i++, j--);
      while (own[i] < pivot) i++;
      while (own[j] > pivot) j--;
    }
    if (own[left] === pivot) swap(own, left, j);
    else swap(own, ++j, right);
    if (j <= place) left = j + 1;
    if (place <= j) right = j - 1;
  }
}

function swap(own: FloatArray, i: number, j: number): void {
  const value = own[i];
  own[i] = own[j];
  own[j] = value;
}
