/**
 * @file The backward pass without WebAssembly, in the order and with the roundings of
 * `kernels/gradients.ts`.
 */
import type { FloatArray } from "../dtype.ts";
import { chunkRows } from "../jobs/partition.ts";

/**
 * `sums[c] += flow` and `dots[c] += flow · (x - center[c])`: in float64, or for float32 rows that
 * need not be summed exactly in float32 over each chunk of rows.
 */
export function dotRows(
  x: FloatArray,
  at: number,
  flow: FloatArray,
  flowAt: number,
  rows: number,
  stride: number,
  columns: number,
  center: FloatArray,
  sums: Float64Array,
  dots: Float64Array,
  exactly: boolean,
  _streaming = false,
): void {
  const singly = x instanceof Float32Array && !exactly;
  const dotRun = singly ? dotChunks : dotExactly;
  for (let c = 0; c < columns; c++) {
    dotRun(x, at + c, flow, flowAt + c, rows, stride, c, center, sums, dots);
  }
}

/**
 * As `dotRows`, for planes read as rows of 16 columns with 16 sums for each channel from `from`
 * on.
 */
export function dotPlanes(
  x: FloatArray,
  at: number,
  flow: FloatArray,
  flowAt: number,
  channels: number,
  inner: number,
  from: number,
  center: FloatArray,
  sums: Float64Array,
  dots: Float64Array,
  exactly: boolean,
): void {
  const singly = x instanceof Float32Array && !exactly;
  const dotRun = singly ? dotChunks : dotExactly;
  const rows = inner >> 4;
  const rest = inner & 15;
  for (let c = from; c < from + channels; c++, at += inner, flowAt += inner) {
    for (let lane = 0; lane < 16; lane++) {
      dotRun(x, at + lane, flow, flowAt + lane, rows, 16, 16 * c + lane, center, sums, dots);
    }
    const whole = 16 * rows;
    for (let lane = 0; lane < rest; lane++) {
      const [i, j] = [at + whole + lane, flowAt + whole + lane];
      dotRun(x, i, flow, j, 1, 16, 16 * c + lane, center, sums, dots);
    }
  }
}

function dotChunks(
  x: FloatArray,
  at: number,
  flow: FloatArray,
  flowAt: number,
  count: number,
  step: number,
  c: number,
  center: FloatArray,
  sums: Float64Array,
  dots: Float64Array,
): void {
  const round = Math.fround;
  const middle = center[c];
  for (let i = 0; i < count; ) {
    const stop = Math.min(count, i + chunkRows);
    let sum = 0;
    let dot = 0;
    for (; i < stop; i++, at += step, flowAt += step) {
      const value = flow[flowAt];
      sum = round(sum + value);
      dot = round(dot + round(value * round(x[at] - middle)));
    }
    sums[c] += sum;
    dots[c] += dot;
  }
}

function dotExactly(
  x: FloatArray,
  at: number,
  flow: FloatArray,
  flowAt: number,
  count: number,
  step: number,
  c: number,
  center: FloatArray,
  sums: Float64Array,
  dots: Float64Array,
): void {
  const middle = center[c];
  let sum = sums[c];
  let dot = dots[c];
  for (let i = 0; i < count; i++, at += step, flowAt += step) {
    const value = flow[flowAt];
    sum += value;
    dot += value * (x[at] - middle);
  }
  sums[c] = sum;
  dots[c] = dot;
}

/** The vectors of the input's gradient, one element for each column or channel. */
export interface SlopeVectors {
  readonly center: FloatArray;
  readonly gain: FloatArray;
  readonly slope: FloatArray;
  readonly level: FloatArray;
}

/** `out = flow * gain + ((x - center) * slope + level)`. */
export function slopeRows(
  x: FloatArray,
  at: number,
  flow: FloatArray,
  flowAt: number,
  out: FloatArray,
  outAt: number,
  rows: number,
  stride: number,
  from: number,
  columns: number,
  { center, gain, slope, level }: SlopeVectors,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = from; c < from + columns; c++) {
      const [value, up] = [x[at + c], flow[flowAt + c]];
      out[outAt + c] = slopeOf(value, up, center[c], gain[c], slope[c], level[c], out);
    }
    at += stride;
    flowAt += stride;
    outAt += stride;
  }
}

/** As `slopeRows`, for planes of the channels from `from` on. */
export function slopePlanes(
  x: FloatArray,
  at: number,
  flow: FloatArray,
  flowAt: number,
  out: FloatArray,
  outAt: number,
  channels: number,
  inner: number,
  from: number,
  { center, gain, slope, level }: SlopeVectors,
): void {
  for (let c = from; c < from + channels; c++) {
    for (let i = 0; i < inner; i++) {
      const [value, up] = [x[at + i], flow[flowAt + i]];
      out[outAt + i] = slopeOf(value, up, center[c], gain[c], slope[c], level[c], out);
    }
    at += inner;
    flowAt += inner;
    outAt += inner;
  }
}

function slopeOf(
  value: number,
  up: number,
  center: number,
  gain: number,
  slope: number,
  level: number,
  out: FloatArray,
): number {
  if (out instanceof Float64Array) return up * gain + ((value - center) * slope + level);
  const round = Math.fround;
  const via = round(round(round(value - center) * slope) + level);
  return round(up * gain) + via;
}
