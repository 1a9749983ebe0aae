/**
 * @file Values as per-channel payloads: what tables and histograms are drawn from.
 */
import {
  type BatchNormalization,
  type ChannelDistributions,
  type ChannelStatistics,
  channelDistributions,
  channelHistograms,
  channelLayout,
  channelStatistics,
  createTensor,
  finiteChannel,
  type Histogram,
  resolveAxis,
  type Tensor,
  tensorFrom,
} from "../engine/index.ts";
import { fromTensor, ruledBins } from "../numpy/index.ts";
import {
  type ChannelsPayload,
  type Histograms,
  type LayerSummary,
  type PerChannel,
  toJsonNumber,
  type ValueStatistics,
} from "../shared/outputs.ts";
import { layerHistory } from "./layerHistory.ts";
import { layerSummary } from "./modules/keras/summary.ts";

/** Bins of every channel's histogram. */
export const histogramBins = 32;

/** Channels that a payload describes at most: it stays near one megabyte. */
export const maximumChannels = 4096;

/** Bins of all histograms of a payload together, where it is asked for many. */
const mostCounts = 2 ** 18;

/** A tensor seen around an axis, with what the table is headed by. */
export interface TensorView {
  readonly tensor: Tensor;
  /** Counted from 0; null where the whole tensor is one channel. */
  readonly axis: number | null;
  readonly name: string | null;
  /** NumPy's own text of the value. */
  readonly text: string;
  readonly layer?: BatchNormalization | null;
  /** How many bins each histogram has, or the rule that says it; as many as usual without. */
  readonly bins?: number | string;
}

/** The axis that channels lie along unless told otherwise: the last; none below rank 2. */
export function defaultAxis(shape: readonly number[]): number | null {
  return shape.length < 2 ? null : shape.length - 1;
}

/**
 * The payload of a tensor: statistics and histograms of each channel, of the first 4,096 where
 * there are more.
 * @throws IndexError where the axis does not exist.
 */
export function tensorPayload(view: TensorView): ChannelsPayload {
  const { tensor, axis, bins = histogramBins } = view;
  const layout = channelLayout(tensor.shape, axis);
  const shown =
    axis !== null && layout.channels > maximumChannels ? firstChannels(tensor, axis) : tensor;
  const statistics = channelStatistics(shown, axis);
  const distributions = channelDistributions(shown, axis);
  const ranges = statistics.map((record, c) => drawnRange(record, distributions, c));
  return {
    ...tensorFacts(view),
    statistics: valueStatistics(statistics, distributions),
    histograms: histogramsOf(shown, axis, ranges, bins),
  };
}

/** The same without statistics and histograms: what takes no look at the values. */
export function tensorFacts({ tensor, axis, name, text, layer }: TensorView): ChannelsPayload {
  const layout = channelLayout(tensor.shape, axis);
  const channels = axis === null ? 1 : Math.min(layout.channels, maximumChannels);
  return {
    version: 1,
    name,
    dtype: tensor.dtype,
    shape: tensor.shape,
    axis: axis === null ? null : resolveAxis(tensor.shape, axis),
    channels,
    ...(layout.channels > channels ? { totalChannels: layout.channels } : {}),
    valuesPerChannel: layout.outer * layout.inner,
    statistics: null,
    histograms: null,
    layer: layer ? layerSummary(layer, channels) : null,
    text,
  };
}

/** A range for a channel's histogram; null where it spans all its finite values. */
export type DrawnRange = readonly [low: number, high: number] | null;

/** Interquartile ranges beyond the quartiles where Tukey has values far out. */
const farOut = 3;

/**
 * The range in which a channel's histogram is counted, unless that is all its values: far outliers
 * are left out of it where they would press the others into less than half of the picture.
 */
export function drawnRange(
  { min, max }: { readonly min: number; readonly max: number },
  { firstQuartile, thirdQuartile }: ChannelDistributions,
  channel: number,
): DrawnRange {
  const [first, third] = [firstQuartile[channel]!, thirdQuartile[channel]!];
  const fence = farOut * (third - first);
  const low = Math.max(min, shortened(first - fence));
  const high = Math.min(max, shortened(third + fence));
  return low < high && (high - low) * 2 < max - min ? [low, high] : null;
}

function histogramsOf(
  tensor: Tensor,
  axis: number | null,
  ranges: readonly DrawnRange[],
  bins: number | string,
): Histograms {
  const most = Math.max(histogramBins, Math.floor(mostCounts / ranges.length));
  const found = histogramsIn(tensor, axis, bins, ranges, most);
  const tails = ranges.map((range, c) =>
    range ? tailsOf(finiteChannel(tensor, axis, c), range) : { below: 0, above: 0 },
  );
  const clipped = ranges.some((range) => range !== null);
  return {
    low: perChannel(found, ({ edges }) => edges[0]!),
    high: perChannel(found, ({ edges }) => edges.at(-1)!),
    counts: found.map(({ counts }) => [...counts]),
    ...(clipped
      ? { below: tails.map(({ below }) => below), above: tails.map(({ above }) => above) }
      : {}),
  };
}

/**
 * Each channel's histogram in so many bins, or in as many as a rule of NumPy's makes of its finite
 * values.
 * @param ranges Where the bins begin and end; without, at the least and the greatest finite value.
 * @param most No histogram has more bins than these.
 */
export function histogramsIn(
  tensor: Tensor,
  axis: number | null,
  bins: number | string,
  ranges?: readonly DrawnRange[],
  most = Number.POSITIVE_INFINITY,
): Histogram[] {
  if (typeof bins === "number") {
    const count = Math.min(bins, most);
    return channelHistograms(tensor, axis, { bins: count, ...(ranges && { ranges }) });
  }
  const { channels } = channelLayout(tensor.shape, axis);
  return Array.from({ length: channels }, (_, channel) => {
    const range = ranges?.[channel] ?? null;
    const finite = finiteChannel(tensor, axis, channel);
    const own = tensorFrom(finite, [finite.length], tensor.dtype);
    const count = Math.min(most, ruledBins(fromTensor(own), bins, range));
    return channelHistograms(own, null, { bins: count, ranges: [range] })[0]!;
  });
}

/** How many finite values lie on either side of a range. */
export function tailsOf(values: Float64Array, [low, high]: readonly [number, number]) {
  let [below, above] = [0, 0];
  for (const value of values) {
    if (value < low) below++;
    else if (value > high) above++;
  }
  return { below, above };
}

/**
 * The payload of a layer: its weights, and mean and variance of the last batch that it was trained
 * on. Extremes and histograms of that batch are not kept, so they are null.
 */
export function layerPayload(
  layer: BatchNormalization,
  name: string | null,
  text: string,
): ChannelsPayload {
  const all = layer.movingMean?.value.data.length ?? 0;
  const channels = Math.min(all, maximumChannels);
  const summary = layerSummary(layer, channels);
  const moments = layer.lastMoments;
  const history = layerHistory(layer, channels);
  return {
    version: 1,
    name,
    dtype: null,
    shape: null,
    axis: null,
    channels,
    ...(all > channels ? { totalChannels: all } : {}),
    valuesPerChannel: moments ? (moments.count[0] ?? 0) : null,
    statistics: moments
      ? {
          mean: jsonNumbers(moments.mean, channels),
          variance: jsonNumbers(moments.variance, channels),
          std: jsonNumbers(moments.variance.map(Math.sqrt), channels),
          min: null,
          max: null,
          nanCount: null,
          infCount: null,
        }
      : null,
    histograms: null,
    layer: summary satisfies LayerSummary,
    ...(history && { history }),
    text,
  };
}

function valueStatistics(
  statistics: readonly ChannelStatistics[],
  distributions: ChannelDistributions,
): ValueStatistics {
  const { length } = statistics;
  return {
    mean: perChannel(statistics, ({ mean }) => mean),
    variance: perChannel(statistics, ({ variance }) => variance),
    std: perChannel(statistics, ({ std }) => std),
    min: perChannel(statistics, ({ min }) => min),
    max: perChannel(statistics, ({ max }) => max),
    nanCount: statistics.map(({ nanCount }) => nanCount),
    infCount: statistics.map(({ infCount }) => infCount),
    firstQuartile: jsonNumbers(distributions.firstQuartile, length),
    median: jsonNumbers(distributions.median, length),
    thirdQuartile: jsonNumbers(distributions.thirdQuartile, length),
    zeroCount: [...distributions.zeroCount],
    lowCount: [...distributions.lowCount],
    highCount: [...distributions.highCount],
  };
}

function perChannel<T>(records: readonly T[], value: (record: T) => number): PerChannel {
  return records.map((record) => toJsonNumber(shortened(value(record))));
}

/** The first `count` numbers as JSON has them. */
export function jsonNumbers(values: ArrayLike<number>, count: number): PerChannel {
  return Array.from({ length: count }, (_, index) => toJsonNumber(shortened(values[index]!)));
}

/** Nine significant digits tell any two float32 apart; more would only swell the notebook. */
function shortened(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(9));
}

function firstChannels(tensor: Tensor, axis: number): Tensor {
  const { outer, channels, inner } = channelLayout(tensor.shape, axis);
  const shape = tensor.shape.with(resolveAxis(tensor.shape, axis), maximumChannels);
  const part = createTensor(shape, tensor.dtype);
  const length = maximumChannels * inner;
  for (let o = 0; o < outer; o++) {
    const start = o * channels * inner;
    const source = tensor.data.subarray(start, start + length);
    (part.data as Float64Array).set(source as Float64Array, o * length);
  }
  return part;
}
