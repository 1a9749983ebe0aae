/**
 * @file What the per-channel view says in words, whatever draws it. Both the live view and its static
 * twin are made of these.
 */

import { tableColumns } from "./channelColumns.ts";
import { peakOf } from "./histogramShape.ts";
import { digitsFor, formatCount, formatNumber } from "./numbers.ts";
import { type ChannelsPayload, fromJsonNumber } from "./outputs.ts";
import { format, type ViewStrings } from "./strings.ts";

/** A shape as Python writes a tuple: `(30, 64)`, `(64,)`, `()`. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** `float32 (30, 32, 32, 64) · axis 3 · 64 channels × 30,720 values`, as far as it is known. */
export function headline(payload: ChannelsPayload, strings: ViewStrings): string {
  const { dtype, shape, axis, valuesPerChannel } = payload;
  const channels = payload.totalChannels ?? payload.channels;
  const parts: string[] = [];
  if (shape) parts.push([dtype, formatShape(shape)].filter(Boolean).join(" "));
  if (axis !== null) parts.push(format(strings.axis, axis));
  if (channels > 0) {
    const counted = [plural(channels, strings.oneChannel, strings.manyChannels)];
    if (valuesPerChannel !== null) {
      counted.push(plural(valuesPerChannel, strings.oneValue, strings.manyValues));
    }
    parts.push(counted.join(" × "));
  }
  return parts.join(" · ");
}

export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : format(many, formatCount(count));
}

/** What becomes of the tensor's axes, as a sentence. */
export function axesSentence(
  shape: readonly number[],
  axis: number | null,
  strings: ViewStrings,
): string {
  const averaged = shape.filter((_, index) => index !== axis);
  const product = averaged.reduce((left, right) => left * right, 1);
  const total = plural(product, strings.oneValue, strings.manyValues);
  const values = averaged.length > 1 ? `${averaged.join(" × ")} = ${total}` : total;
  if (axis === null) return format(strings.keptNothing, values);
  if (averaged.length === 0) return format(strings.keptOnlyAxis, axis);
  const channels = plural(shape[axis], strings.oneChannel, strings.manyChannels);
  return format(strings.keptAxis, axis, channels, values);
}

/** A layer as its constructor call: `BatchNormalization(momentum=0.9)`. */
export function layerCall({ className, changedArguments }: NonNullable<ChannelsPayload["layer"]>) {
  return `${className}(${changedArguments.map(([name, source]) => `${name}=${source}`).join(", ")})`;
}

/** Facts about the layer that its numbers do not show, as sentences. */
export function layerNotes(payload: ChannelsPayload, strings: ViewStrings): readonly string[] {
  const { layer, statistics } = payload;
  if (!layer) return [];
  const notes: string[] = [];
  if (!layer.built) notes.push(strings.notBuilt);
  else if (tableColumns(payload).length === 0) notes.push(strings.noWeights);
  if (statistics && !statistics.min) notes.push(strings.lastBatch);
  return notes;
}

/** A channel's histogram, its finding in words, and the values that it marks. */
export interface ChannelHistogram {
  readonly counts: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  /** Centre of the tallest bar; null where there are no finite values. */
  readonly peak: number | null;
  /** Finite values outside of the bins. */
  readonly below: number;
  readonly above: number;
  readonly label: string;
}

/** Null where the payload has no histograms. */
export function channelHistogram(
  { histograms, statistics }: ChannelsPayload,
  channel: number,
  strings: ViewStrings,
): ChannelHistogram | null {
  if (!histograms) return null;
  const counts = histograms.counts[channel];
  const low = fromJsonNumber(histograms.low[channel]);
  const high = fromJsonNumber(histograms.high[channel]);
  const least = fromJsonNumber(statistics?.min?.[channel] ?? low);
  const greatest = fromJsonNumber(statistics?.max?.[channel] ?? high);
  // One repeated value sits in the middle of a range made up around it.
  const peak = least === greatest ? least : peakOf(counts, low, high);
  const digits = digitsFor(Math.max(Math.abs(least), Math.abs(greatest)), greatest - least, 4);
  const total = formatCount(counts.reduce((sum, count) => sum + count, 0));
  const number = (value: number) => formatNumber(value, digits);
  const below = histograms.below?.[channel] ?? 0;
  const above = histograms.above?.[channel] ?? 0;
  const finding = () => {
    if (peak === null) return format(strings.histogramEmpty, channel);
    if (least === greatest) return format(strings.histogramConstant, channel, total, number(least));
    const outside = below + above > 0;
    const range = outside ? [number(low), number(high)] : [number(least), number(greatest)];
    const place = formatNumber(peak, digits - 1);
    const label = format(strings.histogramLabel, channel, total, ...range, place);
    return outside ? `${label}; ${tailsSentence(below, above, least, greatest, strings)}` : label;
  };
  const mean = statistics ? fromJsonNumber(statistics.mean[channel]) : Number.NaN;
  return { counts, low, high, mean, peak, below, above, label: finding() };
}

/** `outside of it 3 values down to -80 and 1 value up to 95`: what a clipped histogram leaves out. */
export function tailsSentence(
  below: number,
  above: number,
  least: number,
  greatest: number,
  strings: ViewStrings,
): string {
  const values = (count: number) => plural(count, strings.oneValue, strings.manyValues);
  const parts: string[] = [];
  if (below > 0) parts.push(format(strings.tailBelow, values(below), formatNumber(least, 3)));
  if (above > 0) parts.push(format(strings.tailAbove, values(above), formatNumber(greatest, 3)));
  return format(strings.tails, parts.join(strings.and));
}
