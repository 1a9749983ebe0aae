/**
 * @file How a layer's moving statistics travelled from their initial values towards those of the
 * batches it was trained on.
 */
import type { HistoryStrings } from "./historyStrings.ts";
import { formatCount, formatNumber } from "./numbers.ts";
import { fromJsonNumber, type JsonNumber, type PerChannel } from "./outputs.ts";
import { format } from "./strings.ts";

/** One statistic, mean or variance, over the training calls. */
export interface StatisticHistory {
  /** Before the first of these calls. */
  readonly initial: PerChannel;
  /** Average over all calls of what the batches had: what the moving statistic goes towards. */
  readonly target: PerChannel;
  /** `batch[call][channel]`: what that call found; `moving` is what it left. */
  readonly batch: readonly PerChannel[];
  readonly moving: readonly PerChannel[];
}

/** Training calls since the statistics were last set; of many, a part that is evenly spaced. */
export interface LayerHistory {
  /** All calls, kept or not. */
  readonly count: number;
  readonly momentum: number;
  /** Calls until 1 % of the way is left: `momentum**n <= 0.01`. */
  readonly expectedSteps: JsonNumber;
  /** The calls that are kept, counted from 1; the last is `count`. */
  readonly steps: readonly number[];
  readonly mean: StatisticHistory;
  readonly variance: StatisticHistory;
}

export type StatisticName = "mean" | "variance";
export const statisticNames = ["mean", "variance"] as const;

/** What is left of the way counts as arrived. */
export const arrivedShare = 0.01;

/** One channel's statistic at one moment of a history. */
export interface Moment {
  /** Training calls so far; 0 before the first. */
  readonly step: number;
  readonly initial: number;
  readonly target: number;
  /** What the call found; NaN before the first. */
  readonly batch: number;
  readonly moving: number;
  /** The moving statistic where every batch is as the average one. */
  readonly expected: number;
  /** Share of the way that is left: 1 at first, 0 at the target; NaN where there is no way. */
  readonly left: number;
}

/** @param position 0 before the first call, then one more than the index in `steps`. */
export function momentAt(
  history: LayerHistory,
  name: StatisticName,
  channel: number,
  position: number,
): Moment {
  const { initial, target, batch, moving } = history[name];
  const start = fromJsonNumber(initial[channel]!);
  const end = fromJsonNumber(target[channel]!);
  const step = position === 0 ? 0 : history.steps[position - 1]!;
  const value = position === 0 ? start : fromJsonNumber(moving[position - 1]![channel]!);
  const share = history.momentum ** step;
  return {
    step,
    initial: start,
    target: end,
    batch: position === 0 ? Number.NaN : fromJsonNumber(batch[position - 1]![channel]!),
    moving: value,
    expected: start * share + end * (1 - share),
    left: start === end ? Number.NaN : (value - end) / (start - end),
  };
}

/** The first kept call that left no more than 1 % of the way; null where none did. */
export function arrivedAt(
  history: LayerHistory,
  name: StatisticName,
  channel: number,
): number | null {
  for (let position = 1; position <= history.steps.length; position++) {
    const { left, step } = momentAt(history, name, channel, position);
    if (Math.abs(left) <= arrivedShare) return step;
  }
  return null;
}

/** Whether the channel's statistic goes far enough for a share of the way to mean something. */
export function hasWay(history: LayerHistory, name: StatisticName, channel: number): boolean {
  const { initial, target } = momentAt(history, name, channel, 0);
  const spread = fromJsonNumber(history.variance.target[channel]!);
  const least = name === "mean" ? 0.05 * Math.sqrt(spread) : 0.1 * spread;
  return Math.abs(target - initial) > least;
}

/**
 * The share of the way that is left at a position of the history, on average over the channels that
 * had one; NaN where none had.
 */
export function averageLeft(
  history: LayerHistory,
  name: StatisticName,
  channels: number,
  position: number,
): number {
  let [sum, count] = [0, 0];
  for (let channel = 0; channel < channels; channel++) {
    if (!hasWay(history, name, channel)) continue;
    sum += momentAt(history, name, channel, position).left;
    count++;
  }
  return sum / count;
}

/** How long the way takes at the layer's momentum. */
export function expectationSentence(
  { momentum, expectedSteps }: LayerHistory,
  strings: HistoryStrings,
): string {
  const steps = fromJsonNumber(expectedSteps);
  const weight = formatNumber(momentum, 6);
  if (steps === Number.POSITIVE_INFINITY) return format(strings.expectedNever, weight);
  return format(strings.expectedSteps, weight, formatCount(steps));
}

/** A share of the way in percent, in two digits: `88 %`. */
export function formatPercent(share: number): string {
  const value = 100 * share;
  return `${Math.abs(value) >= 99.5 || value === 0 ? Math.round(value) : formatNumber(value, 2)} %`;
}
