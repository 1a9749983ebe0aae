/**
 * @file Histograms of each channel, counted exactly as `numpy.histogram` (NumPy 2) counts equal
 * bins: in the arithmetic of the element type, with NumPy's edges and its treatment of values
 * that rounding would put across an edge.
 */

import { finiteExtremes } from "./channelStatistics.ts";
import { type DType, type NumericArray, roundToDType } from "./dtype.ts";
import { EngineError } from "./errors.ts";
import { partitionOf } from "./jobs/partition.ts";
import { withWorkspace } from "./jobs/run.ts";
import { channelExtremes } from "./partialMoments.ts";
import { scaleLength } from "./plain/histogram.ts";
import { floatRepr } from "./pythonValues.ts";
import { type ChannelLayout, channelLayout, forEachRun } from "./shape.ts";
import { numericValues, type Tensor } from "./tensor.ts";

export interface Histogram {
  /** `bins + 1` increasing edges; the last bin alone includes its right edge. */
  readonly edges: Float64Array;
  /** Values in each bin. */
  readonly counts: Float64Array;
}

export interface HistogramOptions {
  /** How many equal bins, at least 1. */
  readonly bins: number;
  /**
   * The lower and upper edge for every channel; values outside are not counted. Without it each
   * channel spans its own smallest to largest finite value.
   */
  readonly range?: readonly [number, number];
  /** Such edges for each channel by itself; null where it spans its own values. */
  readonly ranges?: readonly (readonly [number, number] | null)[];
}

/**
 * One histogram per channel over its finite values; NaN and infinities are left out. A channel of
 * one repeated value v spans `v - 0.5` to `v + 0.5`, one without finite values 0 to 1.
 *
 * @param axis Which axis holds the channels, negative from the end; null for one channel of all.
 * @throws ValueError with NumPy's words for fewer than one bin or a range that is not finite and
 *   increasing; IndexError where there is no such axis.
 */
export function channelHistograms(
  tensor: Tensor,
  axis: number | null,
  options: HistogramOptions,
): Histogram[] {
  const { bins, range, ranges } = options;
  if (!(bins >= 1)) throw new EngineError("ValueError", "`bins` must be positive, when an integer");
  if (range) checkRange(range);
  for (const each of ranges ?? []) if (each) checkRange(each);
  const layout = channelLayout(tensor.shape, axis);
  const dtype = binDType(tensor.dtype);
  const found = range ? [] : finiteRanges(tensor, layout);
  const scales = Array.from({ length: layout.channels }, (_, c) => {
    const given = ranges?.[c] ?? range;
    return given || !found[c]
      ? binScale(given ?? [0, 1], bins, dtype, "float64")
      : binScale(found[c], bins, dtype, dtype);
  });
  // What the kernels count with is of float32, bins in whole numbers that it can tell apart.
  if (dtype === "float32" && bins < 2 ** 20)
    countSingles(tensor, layout, scales, bins, Boolean(range ?? ranges));
  else countValues(numericValues(tensor), layout, scales, bins, dtype);
  return scales.map(({ edges, counts }) => ({ edges, counts }));
}

/** The element type of NumPy's bin edges: the input's where it is a float, else float64. */
function binDType(dtype: DType): DType {
  // NumPy has no bfloat16; its values are float32 values.
  if (dtype === "bfloat16") return "float32";
  return dtype === "float16" || dtype === "float32" ? dtype : "float64";
}

function checkRange([lower, upper]: readonly [number, number]): void {
  if (lower > upper) {
    throw new EngineError("ValueError", "max must be larger than min in range parameter.");
  }
  if (!Number.isFinite(lower) || !Number.isFinite(upper)) {
    throw new EngineError(
      "ValueError",
      `supplied range of [${floatRepr(lower)}, ${floatRepr(upper)}] is not finite`,
    );
  }
}

/** Smallest and largest finite value of each channel; null where there is none. */
function finiteRanges(tensor: Tensor, layout: ChannelLayout): ([number, number] | null)[] {
  const { low, high } = channelExtremes(tensor.data, tensor.dtype, layout);
  // An infinity hides the extremes of the finite values.
  const hidden = low.some((value, c) => value === -Infinity || high[c] === Infinity);
  const { min, max } = hidden
    ? finiteExtremes(numericValues(tensor), layout)
    : { min: low, max: high };
  return Array.from(min, (least, c) => (least <= max[c] ? [least, max[c]] : null));
}

interface BinScale {
  readonly lower: number;
  readonly upper: number;
  /** `upper - lower` in the arithmetic of the element type. */
  readonly width: number;
  readonly edges: Float64Array;
  readonly counts: Float64Array;
}

/**
 * The edges as `numpy.linspace` makes them. A range found in the data is of the data's type, so
 * that its edges are computed in it; a given one is of doubles, rounded at the end.
 */
function binScale(
  [low, high]: readonly [number, number],
  bins: number,
  dtype: DType,
  exact: DType,
): BinScale {
  const round = (value: number) => roundToDType(value, exact);
  const lower = low === high ? round(low - 0.5) : low;
  const upper = low === high ? round(high + 0.5) : high;
  const width = round(upper - lower);
  const step = round(width / bins);
  const edges = new Float64Array(bins + 1);
  if (exact === "float32" && step !== 0) {
    // The same steps, without asking for the type each time.
    for (let i = 0; i < bins; i++) edges[i] = Math.fround(Math.fround(i * step) + lower);
    edges[bins] = upper;
    return { lower, upper, width, edges, counts: new Float64Array(bins) };
  }
  for (let i = 0; i < bins; i++) {
    // Where the step underflows NumPy divides before it multiplies.
    const offset = step === 0 ? round(round(i / bins) * width) : round(i * step);
    edges[i] = roundToDType(round(offset + lower), dtype);
  }
  edges[bins] = roundToDType(upper, dtype);
  return { lower, upper, width, edges, counts: new Float64Array(bins) };
}

/** Counts float32 values, parts of the batch apart, and adds up. */
function countSingles(
  { data: x, dtype }: Tensor,
  layout: ChannelLayout,
  scales: readonly BinScale[],
  bins: number,
  bounded: boolean,
): void {
  const { channels } = layout;
  if (channels === 0) return;
  // Counts are whole numbers: parts serve threads alone, and few threads need few.
  const partition = partitionOf(layout, mostCountParts);
  withWorkspace(x.length, (workspace) => {
    const limits = workspace.float32(scaleLength * channels);
    const edges = workspace.float32((bins + 1) * channels);
    const counts = workspace.uint32(partition.parts * channels * bins);
    scales.forEach((scale, c) => {
      limits.set(limitsOf(scale, bins), scaleLength * c);
      edges.set(scale.edges, (bins + 1) * c);
    });
    workspace.run({
      kind: "counts",
      partition,
      dtype,
      x,
      bins,
      scales: limits,
      edges,
      counts,
      bounded,
    });
    scales.forEach((scale, c) => {
      for (let part = 0; part < partition.parts; part++) {
        const first = (part * channels + c) * bins;
        for (let bin = 0; bin < bins; bin++) scale.counts[bin] += counts[first + bin];
      }
    });
  });
}

const mostCountParts = 4;

/**
 * What the kernel needs of a scale (see `BinTables`). A guess is certain up to the limit from a
 * bin's middle: half a bin less a bound of how far, in bins, NumPy's edges and the guess can be
 * apart. That is some roundings of the offset, each of 2^-24, and one each of the edge and of
 * the origin, which a large edge beside narrow bins makes large.
 */
function limitsOf({ lower, upper, width }: BinScale, bins: number): number[] {
  const largest = Math.max(Math.abs(lower), Math.abs(upper));
  const bound = 2 ** -22 * bins * (4 + (2 * largest) / width);
  const normal = width > 1e-30 && width < 1e30 && bound < 0.25;
  const [origin, factor] = [lower + width / bins / 2, bins / Math.fround(width)];
  // Below zero it leaves no value certain.
  const limit = normal ? 0.5 - bound : -1;
  return [origin, factor, limit, lower, atLeast(lower), atMost(upper), width];
}

/** The least float32 that is not less. */
function atLeast(value: number): number {
  const near = Math.fround(value);
  return near >= value ? near : nextFloat32(near, 1);
}

/** The greatest float32 that is not greater. */
function atMost(value: number): number {
  const near = Math.fround(value);
  return near <= value ? near : nextFloat32(near, -1);
}

const float32 = new Float32Array(1);
const float32Bits = new Int32Array(float32.buffer);

/** The next float32 towards positive (1) or negative (-1) infinity. */
function nextFloat32(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149;
  float32[0] = value;
  float32Bits[0] += value > 0 ? direction : -direction;
  return float32[0];
}

function countValues(
  values: NumericArray,
  layout: ChannelLayout,
  scales: readonly BinScale[],
  bins: number,
  dtype: DType,
): void {
  forEachRun(layout, (c, start, end, step) => {
    const { lower, upper, width, edges, counts } = scales[c];
    const first = roundToDType(lower, dtype);
    const divisor = roundToDType(width, dtype);
    for (let at = start; at < end; at += step) {
      const value = values[at];
      if (!(value >= lower && value <= upper)) continue;
      let bin = Math.trunc(binPosition(value, first, divisor, bins, dtype));
      // Past the end on the last edge, or by overflow of the width.
      if (!(bin < bins)) bin = bins - 1;
      if (value < edges[bin]) bin--;
      else if (value >= edges[bin + 1] && bin !== bins - 1) bin++;
      counts[bin]++;
    }
  });
}

/** `(value - first) / divisor * bins`, each step rounded to the element type. */
function binPosition(
  value: number,
  first: number,
  divisor: number,
  bins: number,
  dtype: DType,
): number {
  if (dtype === "float64") return ((value - first) / divisor) * bins;
  if (dtype === "float32") {
    return Math.fround(Math.fround(Math.fround(value - first) / divisor) * bins);
  }
  const offset = roundToDType(value - first, dtype);
  return roundToDType(roundToDType(offset / divisor, dtype) * bins, dtype);
}
