/**
 * @file Whether a peer did the work: its results against plain double-precision ones.
 */
import { bins, type Data, epsilon, type Operation, probed } from "./cases.ts";

/** What `Cell.results` should answer. */
export function reference(operation: Operation, data: Data): Float64Array {
  if (operation === "moments") return data.variance;
  if (operation === "64-bin histograms") return firstHistogram(data);
  if (operation === "forward + backward") return inputGradient(data);
  return normalized(data).slice(0, probed);
}

/**
 * Within single precision, and histograms within the few values that an implementation's rounding
 * puts across an edge.
 */
export function agrees(
  operation: Operation,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
): boolean {
  if (actual.length !== expected.length) return false;
  let misplaced = 0;
  let total = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]);
    misplaced += error;
    total += expected[i];
    if (operation !== "64-bin histograms" && !(error <= 1e-3 * Math.max(1, Math.abs(expected[i]))))
      return false;
  }
  return operation !== "64-bin histograms" || misplaced <= 0.01 * total + 2;
}

/** The largest relative error over the channels. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]) / expected[i];
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

function channelOf({ channels, inner }: Data, i: number): number {
  return Math.floor(i / inner) % channels;
}

function normalized(data: Data): Float64Array {
  return Float64Array.from(data.x.subarray(0, probed), (value, i) => {
    const c = channelOf(data, i);
    return (value - data.mean[c]) / Math.sqrt(data.variance[c] + epsilon);
  });
}

function inputGradient(data: Data): Float64Array {
  const { x, upstream, channels, mean, variance } = data;
  const count = x.length / channels;
  const sum = new Float64Array(channels);
  const dot = new Float64Array(channels);
  for (let i = 0; i < x.length; i++) {
    const c = channelOf(data, i);
    sum[c] += upstream[i];
    dot[c] += upstream[i] * (x[i] - mean[c]);
  }
  return Float64Array.from(normalized(data), (value, i) => {
    const c = channelOf(data, i);
    const inverse = 1 / Math.sqrt(variance[c] + epsilon);
    return inverse * (upstream[i] - sum[c] / count - (value * dot[c] * inverse) / count);
  });
}

function firstHistogram(data: Data): Float64Array {
  const values = data.x.filter((_, i) => channelOf(data, i) === 0);
  const lower = values.reduce((a, b) => Math.min(a, b));
  const upper = values.reduce((a, b) => Math.max(a, b));
  const counts = new Float64Array(bins);
  for (const value of values) {
    counts[Math.min(bins - 1, Math.floor(((value - lower) / (upper - lower)) * bins))]++;
  }
  return counts;
}
