/**
 * @file The numbers that the per-channel table has of each channel, column by column.
 */
import { columnFormat, formatCount, formatShare } from "./numbers.ts";
import { type ChannelsPayload, fromJsonNumber } from "./outputs.ts";
import { channelStages, hasStages } from "./stages.ts";

/** In the order in which they are shown; the view string of the same key is the heading. */
export const columnKeys = [
  "count",
  "mean",
  "std",
  "variance",
  "min",
  "firstQuartile",
  "median",
  "thirdQuartile",
  "max",
  "zeros",
  "nan",
  "inf",
  "gamma",
  "beta",
  "movingMean",
  "movingVariance",
  "gap",
  "outputMean",
  "outputStd",
] as const;
export type ColumnKey = (typeof columnKeys)[number];

/** A column of numbers; its heading is the view string of the same key. */
export interface Column {
  readonly key: ColumnKey;
  /** One number per channel. */
  readonly values: readonly number[];
  /** True for numbers of values, where zero is what one hopes for. */
  readonly counts: boolean;
  readonly format: (value: number) => string;
  /** Whether it is shown unless someone asks otherwise. */
  readonly usual: boolean;
}

/** One number per channel; null where the payload does not have them. */
export function columnValues(payload: ChannelsPayload, key: ColumnKey): readonly number[] | null {
  const { statistics, layer, valuesPerChannel, channels } = payload;
  const weights = layer?.weights;
  const numbers = () => {
    switch (key) {
      case "count":
        return statistics && valuesPerChannel !== null
          ? Array<number>(channels).fill(valuesPerChannel)
          : null;
      case "mean":
      case "std":
      case "variance":
      case "min":
      case "max":
      case "firstQuartile":
      case "median":
      case "thirdQuartile":
        return statistics?.[key];
      case "zeros":
        return statistics?.zeroCount?.map((zeros) => zeros / (valuesPerChannel || 1));
      case "nan":
        return statistics?.nanCount;
      case "inf":
        return statistics?.infCount;
      case "gamma":
      case "beta":
      case "movingMean":
      case "movingVariance":
        return weights?.[key];
      case "gap":
        return movingGap(payload);
      case "outputMean":
        return outputs(payload, "mean");
      case "outputStd":
        return outputs(payload, "std");
    }
  };
  return numbers()?.map(fromJsonNumber) ?? null;
}

/**
 * How far the moving statistics are from the batch's: the root mean square, over the batch, of the
 * difference between normalizing with the ones and with the others, in standard deviations.
 * `sqrt(variance * (1/s - 1/t)**2 + ((mean - moving mean) / t)**2)` with s and t the square roots of
 * the two variances plus epsilon.
 */
function movingGap({ statistics, layer }: ChannelsPayload): readonly number[] | null {
  const { movingMean, movingVariance } = layer?.weights ?? {};
  if (!layer || !statistics || !movingMean || !movingVariance) return null;
  return statistics.mean.map((mean, c) => {
    const variance = fromJsonNumber(statistics.variance[c]);
    const own = Math.sqrt(variance + layer.epsilon);
    const other = Math.sqrt(fromJsonNumber(movingVariance[c]) + layer.epsilon);
    const offset = (fromJsonNumber(mean) - fromJsonNumber(movingMean[c])) / other;
    return Math.sqrt(variance * (1 / own - 1 / other) ** 2 + offset ** 2);
  });
}

/** Mean or standard deviation of what the layer makes of each channel, in training unless told. */
function outputs(payload: ChannelsPayload, name: "mean" | "std"): readonly number[] | null {
  if (!hasStages(payload)) return null;
  const training = payload.training ?? true;
  return Array.from({ length: payload.channels }, (_, channel) => {
    return channelStages(payload, channel, training).at(-1)![name];
  });
}

/** The columns that this payload has numbers for, in the order in which they are shown. */
export function tableColumns(payload: ChannelsPayload): readonly Column[] {
  const { statistics } = payload;
  const spread = statistics ? typical(statistics.std.map(fromJsonNumber)) : 0;
  return columnKeys.flatMap((key) => {
    const values = columnValues(payload, key);
    if (!values) return [];
    const counts = key === "nan" || key === "inf" || key === "count";
    const format = counts
      ? formatCount
      : key === "zeros"
        ? formatShare
        : columnFormat(values, isLevel(key) ? spread : typical(values) / 100);
    return [{ key, values, counts, format, usual: isUsual(key, values, payload) }];
  });
}

/** Whether a column is in the units of the values, where the typical spread is what matters. */
function isLevel(key: ColumnKey): boolean {
  return ["mean", "min", "firstQuartile", "median", "thirdQuartile", "max", "movingMean"].includes(
    key,
  );
}

/** The columns that tell most: with a layer's weights beside them, fewer of the tensor's. */
function isUsual(
  key: ColumnKey,
  values: readonly number[],
  { layer, training }: ChannelsPayload,
): boolean {
  switch (key) {
    case "outputMean":
    case "outputStd":
      return training !== undefined;
    // Beside an output of its own, the batch's variance says no more than its std.
    case "variance":
      return training === undefined;
    case "zeros":
    case "nan":
    case "inf":
      return values.some((value) => value > 0);
    case "min":
    case "max":
      return !layer;
    case "count":
    case "firstQuartile":
    case "median":
    case "thirdQuartile":
      return false;
    default:
      return true;
  }
}

/** Median size of the numbers that are finite and not zero; 0 where there is none. */
function typical(values: readonly number[]): number {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && size < Infinity);
  return sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 0;
}
