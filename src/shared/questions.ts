/**
 * @file What a view may ask of a running kernel beyond the saved data, and the answers. A question
 * names its tensor by what the view knows of it: the kernel answers only where it still has that very
 * tensor.
 */
import type { BinRule, ChannelsPayload, JsonNumber } from "./outputs.ts";

/** One channel of a tensor, with the facts by which the kernel knows it again. */
export interface ChannelReference {
  /** The variable that held it; null where it had none. */
  readonly name: string | null;
  readonly dtype: string | null;
  readonly shape: readonly number[] | null;
  readonly axis: number | null;
  readonly channel: number;
  readonly mean: JsonNumber;
  readonly variance: JsonNumber;
}

export type Question =
  | {
      readonly kind: "histogram";
      readonly of: ChannelReference;
      readonly bins: number | BinRule;
      /** Null: from the least to the greatest finite value. */
      readonly range: readonly [number, number] | null;
    }
  | {
      readonly kind: "samples";
      readonly of: ChannelReference;
      readonly low: number;
      readonly high: number;
      /** Whether `high` itself belongs to the bin, as it does to the last one. */
      readonly closed: boolean;
    };

/** One index along the first axis, and what it has in a bin. */
export interface Sample {
  readonly index: number;
  /** Values of this sample in the bin. */
  readonly count: number;
  /** The first of them: where in the tensor it is, and its value. */
  readonly position: readonly number[];
  readonly value: number;
}

export type Answer =
  | {
      readonly kind: "histogram";
      readonly low: number;
      readonly high: number;
      readonly counts: readonly number[];
      readonly below: number;
      readonly above: number;
    }
  | {
      readonly kind: "samples";
      readonly values: number;
      /** How many samples have values in the bin. */
      readonly total: number;
      /** Those with most values first, as many as a list can show. */
      readonly samples: readonly Sample[];
    }
  | { readonly kind: "unanswered"; readonly reason: Unanswered; readonly detail?: string };

/** Why a question has no answer; the view string of the same key says it. */
export type Unanswered =
  | "noKernel"
  | "kernelBusy"
  | "kernelFailed"
  | "tensorChanged"
  | "tooManyBins";

/** The facts of one channel, for questions; null where the payload is of no tensor. */
export function channelReference(
  payload: ChannelsPayload,
  channel: number,
): ChannelReference | null {
  const { name, dtype, shape, axis, statistics } = payload;
  if (!shape || !statistics) return null;
  const [mean, variance] = [statistics.mean[channel], statistics.variance[channel]];
  return { name, dtype, shape, axis, channel, mean, variance };
}
