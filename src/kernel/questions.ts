/**
 * @file Answers to what views ask beyond their saved data: a channel's histogram in other bins, and
 * the samples of the batch that a bin comes from.
 */
import {
  channelHistograms,
  channelLayout,
  channelStatistics,
  finiteChannel,
  numericValues,
  type Tensor,
  tensorFrom,
} from "../engine/index.ts";
import { asarray, fromTensor, NDArray, ruledBins, toTensor } from "../numpy/index.ts";
import { fromJsonNumber, type JsonNumber } from "../shared/outputs.ts";
import type { Answer, ChannelReference, Question, Sample } from "../shared/questions.ts";
import { tailsOf } from "./channels.ts";
import { StatisticsOf } from "./modules/bnlab.ts";
import type { Value } from "./objects.ts";

/** More bins than a screen has columns tell nothing. */
const mostBins = 4096;

/** Samples that an answer lists. */
const mostSamples = 50;

/** The answer, from what the names of the cells hold. */
export function answerQuestion(question: Question, names: ReadonlyMap<string, Value>): Answer {
  const tensor = findTensor(question.of, names);
  if (!tensor) return { kind: "unanswered", reason: "tensorChanged" };
  return question.kind === "histogram" ? countedIn(question, tensor) : samplesOf(question, tensor);
}

/**
 * The very tensor that a view was made of: under its own name, else under any other. A tensor of
 * the same shape, type and statistics is the same; one that was written into since is not.
 */
function findTensor(of: ChannelReference, names: ReadonlyMap<string, Value>): Tensor | null {
  const own = of.name === null ? undefined : names.get(of.name);
  for (const value of [own, ...names.values()]) {
    const tensor = value === undefined ? null : tensorIn(value, of);
    if (tensor && hasStatistics(tensor, of)) return tensor;
  }
  return null;
}

function tensorIn(value: Value, { shape, dtype, axis, channel }: ChannelReference): Tensor | null {
  const tensor =
    value instanceof StatisticsOf
      ? value.tensor
      : value instanceof NDArray && value.ndim === shape?.length
        ? toTensor(asarray(value))
        : null;
  if (!tensor || tensor.dtype !== dtype || String(tensor.shape) !== String(shape)) return null;
  const channels = axis === null ? 1 : (tensor.shape[axis] ?? 0);
  return channel < channels ? tensor : null;
}

function hasStatistics(tensor: Tensor, { axis, channel, mean, variance }: ChannelReference) {
  const found = channelStatistics(tensor, axis)[channel]!;
  return isSame(found.mean, mean, found.std) && isSame(found.variance, variance, 0);
}

/** Whether a number is the saved one, which has nine digits. */
function isSame(found: number, saved: JsonNumber, scale: number): boolean {
  const value = fromJsonNumber(saved);
  if (!Number.isFinite(found)) return Object.is(found, value);
  return Math.abs(found - value) <= 1e-8 * Math.max(Math.abs(found), scale);
}

function countedIn(
  { of: { axis, channel }, bins, range }: Extract<Question, { kind: "histogram" }>,
  tensor: Tensor,
): Answer {
  const finite = finiteChannel(tensor, axis, channel);
  const own = tensorFrom(finite, [finite.length], tensor.dtype);
  const count = typeof bins === "number" ? bins : ruledBins(fromTensor(own), bins, range);
  if (!(count <= mostBins)) {
    return { kind: "unanswered", reason: "tooManyBins", detail: String(count) };
  }
  const [{ edges, counts }] = channelHistograms(own, null, { bins: count, ranges: [range] });
  return {
    kind: "histogram",
    low: edges[0]!,
    high: edges.at(-1)!,
    counts: [...counts],
    ...(range ? tailsOf(finite, range) : { below: 0, above: 0 }),
  };
}

/** Samples lie along the first axis, or along the second where the first has the channels. */
function samplesOf(
  { of: { axis, channel }, low, high, closed }: Extract<Question, { kind: "samples" }>,
  tensor: Tensor,
): Answer {
  const { shape } = tensor;
  const values = numericValues(tensor);
  const { outer, channels, inner } = channelLayout(shape, axis);
  const along = axis === 0 && shape.length > 1 ? 1 : 0;
  const stride = shape.slice(along + 1).reduce((size, length) => size * length, 1);
  const counts = new Map<number, { count: number; first: number }>();
  let total = 0;
  for (let o = 0; o < outer; o++) {
    const start = (o * channels + channel) * inner;
    for (let at = start; at < start + inner; at++) {
      const value = values[at]!;
      if (!(value >= low && (closed ? value <= high : value < high))) continue;
      total++;
      const index = Math.floor(at / stride) % (shape[along] ?? 1);
      const known = counts.get(index);
      if (known) known.count++;
      else counts.set(index, { count: 1, first: at });
    }
  }
  const samples = [...counts]
    .sort(([a, one], [b, other]) => other.count - one.count || a - b)
    .slice(0, mostSamples)
    .map(([index, { count, first }]): Sample => {
      return { index, count, position: positionOf(first, shape), value: values[first]! };
    });
  return { kind: "samples", values: total, total: counts.size, samples };
}

/** The indices of an element, counted from the tensor's beginning. */
function positionOf(at: number, shape: readonly number[]): number[] {
  const position: number[] = [];
  let rest = at;
  for (const length of shape.toReversed()) {
    position.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return position;
}
