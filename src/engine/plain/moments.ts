/**
 * @file The kernels of moments without WebAssembly: the same sums in the same order as in
 * `kernels/moments.ts`, to the last bit.
 */
import type { FloatArray } from "../dtype.ts";
import { chunkRows } from "../jobs/partition.ts";

/**
 * Rows of a block, from element `at` on; columns are counted from `from`, in vectors too. Centered,
 * all shifts are 0, which makes no difference here.
 */
export function sumRows(
  x: FloatArray,
  at: number,
  rows: number,
  stride: number,
  from: number,
  columns: number,
  shift: FloatArray,
  sums: Float64Array,
  squares: Float64Array,
  exactly: boolean,
  _centered = false,
  _streaming = false,
): void {
  const end = at + rows * stride;
  for (let c = from; c < from + columns; c++) {
    if (x instanceof Float32Array && !exactly) {
      sumColumn(x, at + c, end + c, stride, shift as Float32Array, c, sums, squares);
    } else if (x instanceof Float32Array) {
      sumColumnExactly(x, at + c, end + c, stride, shift[c], c, sums, squares);
    } else sumColumn64(x, at + c, end + c, stride, shift[c], c, sums, squares);
  }
}

function sumColumn(
  x: Float32Array,
  start: number,
  end: number,
  stride: number,
  shift: Float32Array,
  c: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  const center = shift[c];
  for (let at = start; at < end; ) {
    const stop = Math.min(end, at + chunkRows * stride);
    let sum = 0;
    let square = 0;
    for (; at < stop; at += stride) {
      const deviation = Math.fround(x[at] - center);
      sum = Math.fround(sum + deviation);
      square = Math.fround(square + Math.fround(deviation * deviation));
    }
    sums[c] += sum;
    squares[c] += square;
  }
}

function sumColumnExactly(
  x: Float32Array,
  start: number,
  end: number,
  stride: number,
  center: number,
  c: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  let sum = sums[c];
  let square = squares[c];
  for (let at = start; at < end; at += stride) {
    const deviation = x[at] - center;
    sum += deviation;
    square += deviation * deviation;
  }
  sums[c] = sum;
  squares[c] = square;
}

// The same loop again, so that each sees one kind of array and stays fast.
function sumColumn64(
  x: Float64Array,
  start: number,
  end: number,
  stride: number,
  center: number,
  c: number,
  sums: Float64Array,
  squares: Float64Array,
): void {
  let sum = sums[c];
  let square = squares[c];
  for (let at = start; at < end; at += stride) {
    const deviation = x[at] - center;
    sum += deviation;
    square += deviation * deviation;
  }
  sums[c] = sum;
  squares[c] = square;
}

/** Planes of `inner` elements, read as rows of 16 columns with 16 sums for each channel. */
export function sumPlanes(
  x: FloatArray,
  at: number,
  channels: number,
  inner: number,
  from: number,
  shift: FloatArray,
  sums: Float64Array,
  squares: Float64Array,
  exactly: boolean,
  _centered = false,
): void {
  const rows = inner >> 4;
  const rest = inner & 15;
  for (let c = from; c < from + channels; c++, at += inner) {
    const first = 16 * c;
    // Columns are counted from the channel's own first one.
    sumRows(x, at - first, rows, 16, first, 16, shift, sums, squares, exactly);
    const whole = at - first + 16 * rows;
    if (rest) sumRows(x, whole, 1, 16, first, rest, shift, sums, squares, exactly);
  }
}

/**
 * The mean of a few rows, summed in their own type; 0 where it is not finite. Returns whether every
 * mean is within a standard deviation of 0; of float64, false.
 */
export function meanOfRows(
  x: FloatArray,
  at: number,
  rows: number,
  stride: number,
  columns: number,
  means: FloatArray,
): boolean {
  const single = means instanceof Float32Array;
  const round = single ? Math.fround : (value: number) => value;
  let centered = single;
  for (let c = 0; c < columns; c++) {
    let sum = 0;
    let square = 0;
    for (let r = 0; r < rows; r++) {
      const value = x[at + r * stride + c];
      sum = round(sum + value);
      square = round(square + round(value * value));
    }
    const mean = round(sum / rows);
    means[c] = Number.isFinite(mean) ? mean : 0;
    centered &&= round(round(mean + mean) * sum) <= square;
  }
  return centered;
}

/** The least and greatest value of each column so far; NaN is passed over. */
export function extremesOfRows(
  x: FloatArray,
  at: number,
  rows: number,
  stride: number,
  columns: number,
  low: FloatArray,
  high: FloatArray,
): void {
  for (let c = 0; c < columns; c++) {
    extremesOfRun(x, at + c, at + c + rows * stride, stride, c, low, high);
  }
}

/** As `extremesOfRows`, for planes of `inner` elements, of the channels from `from` on. */
export function extremesOfPlanes(
  x: FloatArray,
  at: number,
  channels: number,
  inner: number,
  from: number,
  low: FloatArray,
  high: FloatArray,
): void {
  for (let c = from; c < from + channels; c++, at += inner) {
    extremesOfRun(x, at, at + inner, 1, c, low, high);
  }
}

function extremesOfRun(
  x: FloatArray,
  start: number,
  end: number,
  step: number,
  c: number,
  low: FloatArray,
  high: FloatArray,
): void {
  let least = low[c];
  let greatest = high[c];
  for (let at = start; at < end; at += step) {
    const value = x[at];
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  low[c] = least;
  high[c] = greatest;
}
