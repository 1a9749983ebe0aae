/**
 * @file Small payloads to test views with.
 */
import type { ChannelsPayload, LayerSummary } from "../../src/shared/outputs.ts";

type Changes = Partial<ChannelsPayload>;

/** A float32 tensor of shape (4, n): channel c has mean c, std 1 and four values around it. */
export function tensorPayload(channels: number, changes: Changes = {}): ChannelsPayload {
  const each = <Item>(item: (channel: number) => Item) =>
    Array.from({ length: channels }, (_, c) => item(c));
  return {
    version: 1,
    name: "x",
    dtype: "float32",
    shape: [4, channels],
    axis: 1,
    channels,
    valuesPerChannel: 4,
    statistics: {
      mean: each((c) => c),
      variance: each(() => 1),
      std: each(() => 1),
      min: each((c) => c - 2),
      max: each((c) => c + 2),
      nanCount: each(() => 0),
      infCount: each(() => 0),
      firstQuartile: each((c) => c - 0.5),
      median: each((c) => c + 0.5),
      thirdQuartile: each((c) => c + 1),
      zeroCount: each(() => 0),
      lowCount: each(() => 1),
      highCount: each(() => 1),
    },
    histograms: {
      low: each((c) => c - 2),
      high: each((c) => c + 2),
      counts: each(() => [1, 0, 2, 1]),
    },
    layer: null,
    text: "array([[0.]], dtype=float32)",
    ...changes,
  };
}

export function layerSummary(channels: number, changes: Partial<LayerSummary> = {}): LayerSummary {
  return {
    name: "batch_normalization",
    className: "BatchNormalization",
    epsilon: 0.001,
    momentum: 0.99,
    changedArguments: [],
    weights: {
      gamma: Array(channels).fill(1),
      beta: Array(channels).fill(0),
      movingMean: Array(channels).fill(0),
      movingVariance: Array(channels).fill(1),
    },
    built: true,
    ...changes,
  };
}

/** A layer that has seen no tensor. */
export function layerPayload(channels: number, layer: LayerSummary): ChannelsPayload {
  return tensorPayload(channels, {
    name: "bn",
    dtype: null,
    shape: null,
    axis: null,
    valuesPerChannel: null,
    statistics: null,
    histograms: null,
    layer,
    text: "<BatchNormalization name=batch_normalization>",
  });
}

/** The list with some entries replaced. */
export function replaced<Item>(
  list: readonly Item[],
  entries: Readonly<Record<number, Item>>,
): readonly Item[] {
  return list.map((item, index) => entries[index] ?? item);
}
