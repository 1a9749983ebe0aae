/**
 * @file What a cell's output carries to the views: the MIME type and the payload behind it.
 * Notebooks are kept for years: a payload of another `version` is shown as its text.
 */

import type { LayerHistory } from "./layerHistory.ts";
import type { ModesSummary } from "./modes.ts";

/** The per-channel view's MIME type. `package.json` repeats it; a test holds them together. */
export const channelsMime = "application/vnd.batchnorm-lab.channels+json";

/** A number as JSON can carry it: what is not finite is spelled out. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** One value per channel, in the channels' order. */
export type PerChannel = readonly JsonNumber[];

/**
 * Statistics of a tensor's values, one array entry per channel. Of a layer's last training batch
 * only mean, variance and std are known; the rest is null.
 */
export interface ValueStatistics {
  readonly mean: PerChannel;
  /** Population variance (divides by the count). */
  readonly variance: PerChannel;
  readonly std: PerChannel;
  /** Least and greatest finite value; NaN where a channel has none. */
  readonly min: PerChannel | null;
  readonly max: PerChannel | null;
  readonly nanCount: readonly number[] | null;
  /** Infinities of either sign. */
  readonly infCount: readonly number[] | null;
  // What follows is absent of a layer's last batch, and in outputs of early versions.
  /** Quartiles of the finite values, linear between neighbours; NaN where there is none. */
  readonly firstQuartile?: PerChannel;
  readonly median?: PerChannel;
  readonly thirdQuartile?: PerChannel;
  readonly zeroCount?: readonly number[];
  /** Values that crowd at the least, at most a thousandth of the interquartile range from it. */
  readonly lowCount?: readonly number[];
  /** Values that crowd at the greatest. */
  readonly highCount?: readonly number[];
}

/** Rules by which `numpy.histogram` chooses how many bins there are. */
export const binRules = ["auto", "fd", "scott", "rice", "sturges", "sqrt"] as const;
export type BinRule = (typeof binRules)[number];

/** Histograms of the finite values, each counted once from all of them. */
export interface Histograms {
  /** Left edge of the first bin and right edge of the last, per channel. Bins are equally wide. */
  readonly low: PerChannel;
  readonly high: PerChannel;
  /** `counts[channel][bin]`. */
  readonly counts: readonly (readonly number[])[];
  /** Finite values outside of the bins, per channel: absent where there are none. */
  readonly below?: readonly number[];
  readonly above?: readonly number[];
}

/** A layer's weights, one array entry per channel. Absent weights (`center=False`) are left out. */
export interface LayerWeights {
  readonly gamma?: PerChannel;
  readonly beta?: PerChannel;
  readonly movingMean?: PerChannel;
  readonly movingVariance?: PerChannel;
}

export interface LayerSummary {
  readonly name: string;
  readonly className: string;
  readonly epsilon: number;
  readonly momentum: number;
  /** Constructor arguments that differ from their defaults, as Python source: `["axis", "1"]`. */
  readonly changedArguments: readonly (readonly [name: string, source: string])[];
  readonly weights: LayerWeights;
  readonly built: boolean;
}

/** One tensor, one layer, or a tensor seen through a layer, channel by channel. */
export interface ChannelsPayload {
  readonly version: 1;
  /** The variable's name where it is known, for headings. */
  readonly name: string | null;
  /** The tensor's; null for a layer that has seen none. */
  readonly dtype: string | null;
  readonly shape: readonly number[] | null;
  /** The kept axis, counted from 0; null where the whole tensor is one channel, or no tensor. */
  readonly axis: number | null;
  /** Channels described here: the length of every per-channel array. */
  readonly channels: number;
  /** Given where the value has more channels than are described: how many it has. */
  readonly totalChannels?: number;
  /** Values averaged per channel; null where no tensor was seen. */
  readonly valuesPerChannel: number | null;
  /** Absent (null) for a layer that has seen no tensor. */
  readonly statistics: ValueStatistics | null;
  readonly histograms: Histograms | null;
  readonly layer: LayerSummary | null;
  /** The layer's training calls, where it is the layer that is shown and there were any. */
  readonly history?: LayerHistory;
  /** Whether the output that belongs to it is one of training; absent where either may be asked. */
  readonly training?: boolean;
  /** The layer's two outputs for this tensor, where they were compared. */
  readonly modes?: ModesSummary;
  /** NumPy's or Keras's own text of the same value. */
  readonly text: string;
}

/** A result in several representations of the same thing, richest first in a viewer's choice. */
export type MimeBundle = Readonly<Record<string, unknown>> & { readonly "text/plain": string };

export function toJsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

export function fromJsonNumber(value: JsonNumber): number {
  return Number(value);
}
