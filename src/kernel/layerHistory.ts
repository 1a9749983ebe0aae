/**
 * @file A layer's training calls as the views show them.
 */
import { type BatchNormalization, stepsUntilWithin, type TrainingStep } from "../engine/index.ts";
import { arrivedShare, type LayerHistory, type StatisticHistory } from "../shared/layerHistory.ts";
import { type PerChannel, toJsonNumber } from "../shared/outputs.ts";

/** Numbers that a history may have: about 150 KB in a notebook. */
const mostNumbers = 16384;
const mostCalls = 60;
const fewestCalls = 8;

/** Null for a layer that was not trained since its statistics were last set. */
export function layerHistory(layer: BatchNormalization, channels: number): LayerHistory | null {
  const { trainingSteps, momentum } = layer;
  const { initial, count, kept, target } = trainingSteps;
  if (!initial || channels === 0) return null;
  const most = Math.floor(mostNumbers / (4 * channels));
  const shown = spread(kept, Math.max(fewestCalls, Math.min(mostCalls, most)));
  const history = (
    name: "mean" | "variance",
    batch: "batchMean" | "batchVariance",
    moving: "movingMean" | "movingVariance",
  ): StatisticHistory => ({
    initial: numbers(initial[name], channels),
    target: numbers(target[name], channels),
    batch: shown.map((step) => numbers(step[batch], channels)),
    moving: shown.map((step) => numbers(step[moving], channels)),
  });
  return {
    count,
    momentum,
    expectedSteps: toJsonNumber(stepsUntilWithin(arrivedShare, momentum)),
    steps: shown.map(({ step }) => step),
    mean: history("mean", "batchMean", "movingMean"),
    variance: history("variance", "batchVariance", "movingVariance"),
  };
}

/** So many of the steps, evenly spaced, the first and the last among them. */
function spread(steps: readonly TrainingStep[], most: number): readonly TrainingStep[] {
  if (steps.length <= most) return steps;
  const last = steps.length - 1;
  return Array.from({ length: most }, (_, i) => steps[Math.round((i * last) / (most - 1))]!);
}

/** Six digits: more than a plot or a table of it shows. */
function numbers(values: Float64Array, channels: number): PerChannel {
  return Array.from(values.subarray(0, channels), (value) =>
    toJsonNumber(Number.isInteger(value) ? value : Number(value.toPrecision(6))),
  );
}
