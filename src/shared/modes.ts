/**
 * @file How far apart a layer's training and inference outputs are for a batch, channel by channel.
 */
import type { ModesStrings } from "./modesStrings.ts";
import { formatCount, formatNumber } from "./numbers.ts";
import { fromJsonNumber, type JsonNumber, type PerChannel } from "./outputs.ts";
import { format } from "./strings.ts";

/** Why the modes differ in a channel, those that say most first. */
export const modeReasons = ["notFinite", "unconverged", "shifted", "smallBatch", "agree"] as const;
export type ModeReason = (typeof modeReasons)[number];

export interface ModesSummary {
  /** Values of the batch in each channel. */
  readonly count: number;
  readonly momentum: number;
  /** Share of the initial values that the moving statistics still hold; null where not known. */
  readonly remaining: number | null;
  /** Training calls until 1 % of them is left; null where not known or nothing is to be waited for. */
  readonly stepsLeft: number | null;
  /** Root mean square of the difference of the outputs. */
  readonly difference: PerChannel;
  /** Where inference puts the batch's mean, in its standard deviations. */
  readonly meanGap: PerChannel;
  /** Batch standard deviation over moving standard deviation. */
  readonly stdRatio: PerChannel;
  readonly reasons: readonly ModeReason[];
}

/** The channels of one reason, those that differ most first. */
export interface ReasonGroup {
  readonly reason: ModeReason;
  readonly channels: readonly number[];
}

export function reasonGroups({ reasons, difference }: ModesSummary): readonly ReasonGroup[] {
  const size = (channel: number) => sortable(difference[channel]!);
  return modeReasons.flatMap((reason) => {
    const channels = reasons.flatMap((each, channel) => (each === reason ? [channel] : []));
    if (channels.length === 0) return [];
    channels.sort((a, b) => size(b) - size(a) || a - b);
    return [{ reason, channels }];
  });
}

/** What is not a number is odder than any. */
function sortable(value: JsonNumber): number {
  const number = fromJsonNumber(value);
  return Number.isNaN(number) ? Number.MAX_VALUE : Math.min(number, Number.MAX_VALUE);
}

/** `3 channels: the data have moved since training`. */
export function reasonTitle(
  reason: ModeReason,
  count: number,
  all: boolean,
  strings: ModesStrings,
): string {
  const words = strings[reason];
  if (count === 1) return format(strings.oneChannel, words);
  if (all) return format(strings.allChannels, words);
  return format(strings.manyChannels, formatCount(count), words);
}

/** The reason spelled out, with its numbers. */
export function reasonWhy(
  reason: ModeReason,
  modes: Pick<ModesSummary, "count" | "remaining" | "stepsLeft" | "momentum">,
  strings: ModesStrings,
): string {
  switch (reason) {
    case "agree":
      return strings.agreeWhy;
    case "notFinite":
      return strings.notFiniteWhy;
    case "shifted":
      return strings.shiftedWhy;
    case "smallBatch":
      return format(strings.smallBatchWhy, formatCount(modes.count));
    case "unconverged": {
      const left = `${formatNumber(100 * (modes.remaining ?? 1), 3)} %`;
      if (modes.stepsLeft === null) return format(strings.unconvergedWhy, left);
      const steps = formatCount(modes.stepsLeft);
      return format(strings.unconvergedSteps, left, steps, formatNumber(modes.momentum, 6));
    }
  }
}
