/**
 * @file The task of moments: one part of the partition, its mean and sum of squared deviations per
 * channel, and its extremes where they are wanted.
 *
 * Deviations are taken from a value near the part's mean (the mean of its first elements), so that
 * one pass is enough (Chan, Golub & LeVeque, "Algorithms for computing the sample variance", 1983,
 * section 3). Float32 values are summed in float32 over chunks of rows and in float64 over chunks.
 * Where that value proves to be far from the mean, deviations leave float32's range, or something
 * is not finite, the channel is summed again, all in float64.
 */
import type { DType, FloatArray, TensorData } from "../dtype.ts";
import {
  comesFromMemory,
  type Partition,
  type PlanePartition,
  planeTask,
  type RowPartition,
  rowTask,
} from "./partition.ts";
import { TileReader, type Workplace, workingType } from "./tiles.ts";

export interface MomentsJob {
  readonly kind: "moments";
  readonly partition: Partition;
  readonly dtype: DType;
  readonly x: TensorData;
  /** Mean and sum of squared deviations from it, per part and channel; null if unwanted. */
  readonly sums: { readonly mean: Float64Array; readonly squares: Float64Array } | null;
  /** Least and greatest per part and channel, infinities too, NaN passed over; null if unwanted. */
  readonly extremes: { readonly low: FloatArray; readonly high: FloatArray } | null;
  /** Whether float32 values, too, are summed in float64 from the start: twice the time. */
  readonly exactly: boolean;
}

/** Rows or elements whose mean deviations are taken from. */
const shiftRows = 8;
/** How many standard deviations the mean may be away from that, squared. */
const farthest = 1;
/** Below so small a mean square, float32 squares lose digits to underflow. */
const leastSquare = 1e-30;

export function runMomentsTask(job: MomentsJob, task: number, place: Workplace): void {
  const { partition } = job;
  if (partition.kind === "rows") sumRowTask(job, partition, task, place);
  else sumPlaneTask(job, partition, task, place);
}

function newVectors(
  job: MomentsJob,
  channels: number,
  columns: number,
  extremes: number,
  { scratch }: Workplace,
) {
  const float32 = workingType(job.dtype) === "float32";
  const floats = (length: number) =>
    float32 ? scratch.rawFloat32(length) : scratch.rawFloat64(length);
  return {
    /** Of the first elements of each channel. */
    means: floats(channels),
    /** What deviations are taken from, for each lane. */
    shift: floats(columns).fill(0),
    sums: scratch.float64(columns),
    squares: scratch.float64(columns),
    low: floats(job.extremes ? extremes : 0).fill(Infinity),
    high: floats(job.extremes ? extremes : 0).fill(-Infinity),
  };
}

function sumRowTask(
  job: MomentsJob,
  partition: RowPartition,
  index: number,
  place: Workplace,
): void {
  const { channels, fold, blockRows } = partition;
  const { exactly } = job;
  const { kernels } = place;
  const { part, row, rows, column, columns } = rowTask(partition, index);
  const width = columns * fold;
  const reader = new TileReader(job.x, job.dtype, blockRows * columns, place);
  const streaming = comesFromMemory(partition.rows * channels);
  const vectors = newVectors(job, columns, width, width, place);
  const { means, shift, sums, squares, low, high } = vectors;
  const start = row * channels + column;

  const few = Math.min(shiftRows, rows);
  const head = reader.read(start, few, channels, columns);
  const near = kernels.meanOfRows(head.array, head.at, few, head.stride, columns, means);
  const centered = near && !exactly;
  // Deviations from 0 need no subtraction.
  for (let at = 0; !centered && at < width; at += columns) shift.set(means, at);

  /** Calls `visit` with each block, and with the rows that fill no super-row. */
  const forEachBlock = (visit: RowVisitor) => {
    for (let r = 0; r < rows; r += blockRows) {
      const here = Math.min(blockRows, rows - r);
      const { array, at, stride } = reader.read(start + r * channels, here, channels, columns);
      const whole = Math.floor(here / fold);
      const rest = here - whole * fold;
      if (whole > 0) visit(array, at, whole, stride * fold, width);
      if (rest > 0) visit(array, at + whole * fold * stride, 1, stride * fold, rest * columns);
    }
  };
  forEachBlock((array, at, count, stride, across) => {
    if (job.sums) {
      const vectors = [shift, sums, squares, exactly, centered, streaming] as const;
      kernels.sumRows(array, at, count, stride, 0, across, ...vectors);
    }
    if (job.extremes) kernels.extremesOfRows(array, at, count, stride, across, low, high);
  });
  const again = () => {
    forEachBlock((array, at, count, stride, across) => {
      kernels.sumRows(array, at, count, stride, 0, across, shift, sums, squares, true);
    });
  };
  const againOne = (c: number) => {
    forEachBlock((array, at, count, stride, across) => {
      for (let from = c; from < across; from += columns) {
        kernels.sumRows(array, at, count, stride, from, 1, shift, sums, squares, true);
      }
    });
  };
  const lanes = { channels: columns, lanes: fold, step: columns, spread: 1 };
  if (job.sums && !exactly) sumAgain(vectors, lanes, rows, place, again, againOne);
  report(job, part * channels + column, vectors, lanes, rows, place);
}

type RowVisitor = (
  array: FloatArray,
  at: number,
  rows: number,
  stride: number,
  columns: number,
) => void;

function sumPlaneTask(
  job: MomentsJob,
  partition: PlanePartition,
  index: number,
  place: Workplace,
): void {
  const { channels: all, inner, segment } = partition;
  const { exactly } = job;
  const { kernels } = place;
  const { part, outer, outers, channel, channels } = planeTask(partition, index);
  const batch = Math.max(1, Math.min(channels, Math.floor(segment / inner)));
  const reader = new TileReader(job.x, job.dtype, batch * segment, place);
  const vectors = newVectors(job, channels, 16 * channels, channels, place);
  const { means, shift, sums, squares, low, high } = vectors;

  /** Calls `visit` with whole planes, or with segments of one where it is long. */
  const forEachSpan = (first: number, end: number, visit: PlaneVisitor) => {
    for (let o = outer; o < outer + outers; o++) {
      for (let c = first; c < end; c += batch) {
        const count = Math.min(batch, end - c);
        const start = (o * all + channel + c) * inner;
        for (let i = 0; i < inner; i += segment) {
          const length = Math.min(segment, inner - i);
          const { array, at } = reader.read(start + i, count, length, length);
          visit(array, at, count, length, c);
        }
      }
    }
  };
  const few = Math.min(shiftRows, inner);
  let near = true;
  for (let c = 0; c < channels; c++) {
    const { array, at } = reader.read((outer * all + channel + c) * inner, 1, few, few);
    const mean = means.subarray(c, c + 1);
    near = kernels.meanOfRows(array, at, few, 1, 1, mean) && near;
  }
  const centered = near && !exactly;
  // Deviations from 0 need no subtraction.
  for (let c = 0; !centered && c < channels; c++) shift.fill(means[c], 16 * c, 16 * c + 16);
  forEachSpan(0, channels, (array, at, count, length, c) => {
    if (job.sums) {
      kernels.sumPlanes(array, at, count, length, c, shift, sums, squares, exactly, centered);
    }
    if (job.extremes) kernels.extremesOfPlanes(array, at, count, length, c, low, high);
  });
  const again = (first: number, end: number) => {
    forEachSpan(first, end, (array, at, count, length, c) => {
      kernels.sumPlanes(array, at, count, length, c, shift, sums, squares, true);
    });
  };
  const lanes = { channels, lanes: 16, step: 1, spread: 16 };
  const [againAll, againOne] = [() => again(0, channels), (c: number) => again(c, c + 1)];
  if (job.sums && !exactly) sumAgain(vectors, lanes, outers * inner, place, againAll, againOne);
  report(job, part * all + channel, vectors, lanes, outers * inner, place);
}

type PlaneVisitor = (
  array: FloatArray,
  at: number,
  channels: number,
  length: number,
  channel: number,
) => void;

/** How a channel's sums lie in the vectors: lane `l` of channel `c` is `c * spread + l * step`. */
interface Lanes {
  readonly channels: number;
  readonly lanes: number;
  readonly step: number;
  readonly spread: number;
}

/** The sum of each channel's lanes: the vector itself where there is one. */
function sumLanes(
  vector: Float64Array,
  { channels, lanes, step, spread }: Lanes,
  { scratch }: Workplace,
): Float64Array {
  if (lanes === 1) return vector;
  const totals = scratch.rawFloat64(channels);
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let lane = 0, at = c * spread; lane < lanes; lane++, at += step) sum += vector[at];
    totals[c] = sum;
  }
  return totals;
}

/** Sums those channels again, in float64, that float32 chunks were not good enough for. */
function sumAgain(
  { means, shift, sums, squares }: ReturnType<typeof newVectors>,
  lanes: Lanes,
  count: number,
  place: Workplace,
  again: () => void,
  againOne: (c: number) => void,
): void {
  if (shift instanceof Float64Array) return;
  const poor = poorChannels(sumLanes(sums, lanes, place), sumLanes(squares, lanes, place), count);
  // All columns together are read as fast as a few alone.
  const all = poor.length * 8 > lanes.channels;
  for (let c = 0; c < (all ? lanes.channels : poor.length); c++) {
    const channel = all ? c : poor[c];
    for (let lane = 0; lane < lanes.lanes; lane++) {
      const at = channel * lanes.spread + lane * lanes.step;
      sums[at] = squares[at] = 0;
      shift[at] = means[channel];
    }
    if (!all) againOne(channel);
  }
  if (all) again();
}

function poorChannels(sums: Float64Array, squares: Float64Array, count: number): number[] {
  const poor: number[] = [];
  for (let c = 0; c < sums.length; c++) {
    const sum = sums[c];
    const square = squares[c];
    const near = sum * sum <= farthest * count * (square - (sum * sum) / count);
    // NaN and infinities, too, are for doubles to find: float32's may be its own.
    if (!(near && square >= count * leastSquare && square < Infinity)) poor.push(c);
  }
  return poor;
}

/** Writes what came out of a task, from place `to` on. */
function report(
  job: MomentsJob,
  to: number,
  vectors: ReturnType<typeof newVectors>,
  lanes: Lanes,
  count: number,
  place: Workplace,
): void {
  const { channels, step, spread } = lanes;
  if (job.sums) {
    const { mean, squares } = job.sums;
    const { shift } = vectors;
    const deviations = sumLanes(vectors.sums, lanes, place);
    const totals = sumLanes(vectors.squares, lanes, place);
    for (let c = 0; c < channels; c++) {
      mean[to + c] = shift[c * spread] + deviations[c] / count;
      squares[to + c] = squaresAboutMean(deviations[c], totals[c], count);
    }
  }
  if (!job.extremes) return;
  const { low, high } = vectors;
  for (let c = 0; c < channels; c++) {
    let least = low[c];
    let greatest = high[c];
    // Rows have extremes for each lane, planes one for each channel.
    for (let at = c + step; spread === 1 && at < low.length; at += step) {
      least = Math.min(least, low[at]);
      greatest = Math.max(greatest, high[at]);
    }
    // Zeros of both signs are told as one.
    job.extremes.low[to + c] = least + 0;
    job.extremes.high[to + c] = greatest + 0;
  }
}

function squaresAboutMean(sum: number, square: number, count: number): number {
  // Finite deviations whose squares are not.
  if (square === Infinity && Number.isFinite(sum)) return Infinity;
  const about = square - (sum * sum) / count;
  // The subtraction can end below zero by a rounding; NaN stays NaN.
  return about < 0 ? 0 : about;
}
