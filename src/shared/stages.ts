/**
 * @file What a layer does to one channel, stage by stage: input, normalized, scaled and shifted. Each
 * stage is the input times a factor plus an offset, so that the input's exact counts are those of
 * every stage, in bins that move along.
 */
import { type ChannelsPayload, fromJsonNumber } from "./outputs.ts";

export const stageNames = ["input", "normalized", "output"] as const;
export type StageName = (typeof stageNames)[number];

export interface Stage {
  readonly name: StageName;
  /** `factor * x + offset`. */
  readonly factor: number;
  readonly offset: number;
  /** Of this stage's values. */
  readonly mean: number;
  readonly std: number;
}

/** Whether a payload tells what its layer does to its values. */
export function hasStages({ statistics, layer, shape }: ChannelsPayload): boolean {
  return Boolean(shape && statistics && layer?.built);
}

/**
 * The stages of a channel: `(x - m) / sqrt(v + epsilon)`, then times gamma plus beta.
 * @param training Whether m and v are the batch's own, else those of the moving statistics.
 */
export function channelStages(
  { statistics, layer }: ChannelsPayload,
  channel: number,
  training: boolean,
): readonly Stage[] {
  if (!statistics || !layer) return [];
  const mean = fromJsonNumber(statistics.mean[channel]!);
  const std = fromJsonNumber(statistics.std[channel]!);
  const weight = (name: "gamma" | "beta" | "movingMean" | "movingVariance", absent: number) => {
    const value = layer.weights[name]?.[channel];
    return value === undefined ? absent : fromJsonNumber(value);
  };
  const center = training ? mean : weight("movingMean", 0);
  const variance = training
    ? fromJsonNumber(statistics.variance[channel]!)
    : weight("movingVariance", 1);
  const scale = 1 / Math.sqrt(variance + layer.epsilon);
  const gamma = weight("gamma", 1);
  const stage = (name: StageName, factor: number, offset: number): Stage => ({
    name,
    factor,
    offset,
    mean: factor * mean + offset,
    std: Math.abs(factor) * std,
  });
  return [
    stage("input", 1, 0),
    stage("normalized", scale, -center * scale),
    stage("output", gamma * scale, weight("beta", 0) - gamma * center * scale),
  ];
}
