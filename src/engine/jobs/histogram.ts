/**
 * @file The task of counting float32 values in equal bins: one part of the partition.
 */
import type { DType, TensorData } from "../dtype.ts";
import { scaleLength } from "../plain/histogram.ts";
import { type Partition, planeTask, rowTask } from "./partition.ts";
import { TileReader, type Workplace } from "./tiles.ts";

export interface CountsJob {
  readonly kind: "counts";
  readonly partition: Partition;
  readonly dtype: DType;
  readonly x: TensorData;
  readonly bins: number;
  /** Per channel: see `BinTables`. */
  readonly scales: Float32Array;
  readonly edges: Float32Array;
  /** Per part, channel and bin. */
  readonly counts: Uint32Array;
  /** Whether values may lie beyond the edges. */
  readonly bounded: boolean;
}

export function runCountsTask(job: CountsJob, index: number, place: Workplace): void {
  const { partition, bins, scales, edges, bounded } = job;
  const { kernels, scratch } = place;
  const perPart = partition.channels * bins;
  const tablesOf = (part: number) => ({
    bins,
    scales,
    edges,
    bounded,
    counts: job.counts.subarray(part * perPart, (part + 1) * perPart),
  });
  if (partition.kind === "rows") {
    const { channels, fold, blockRows } = partition;
    const { part, row, rows, column, columns } = rowTask(partition, index);
    const width = columns * fold;
    const reader = new TileReader(job.x, job.dtype, blockRows * columns, place);
    const tables = tablesOf(part);
    const guess = scratch.rawFloat32(3 * width);
    const [channelOf, bases] = [scratch.int32(width), scratch.int32(width)];
    for (let j = 0; j < width; j++) {
      const channel = column + (j % columns);
      channelOf[j] = channel;
      for (let k = 0; k < 3; k++) guess[k * width + j] = scales[scaleLength * channel + k];
    }
    for (let r = 0; r < rows; r += blockRows) {
      const here = Math.min(blockRows, rows - r);
      const start = (row + r) * channels + column;
      const { array, at, stride } = reader.read(start, here, channels, columns);
      const x = array as Float32Array;
      const whole = Math.floor(here / fold);
      const vectors = [width, guess, channelOf, bases, tables] as const;
      kernels.countRows(x, at, whole, stride * fold, width, ...vectors);
      const rest = (here - whole * fold) * columns;
      const from = at + whole * fold * stride;
      if (rest > 0) kernels.countRows(x, from, 1, stride, rest, ...vectors);
    }
    return;
  }
  const { channels: all, inner, segment } = partition;
  const { part, outer, outers, channel, channels } = planeTask(partition, index);
  const batch = Math.max(1, Math.min(channels, Math.floor(segment / inner)));
  const reader = new TileReader(job.x, job.dtype, batch * segment, place);
  const tables = tablesOf(part);
  for (let o = outer; o < outer + outers; o++) {
    for (let c = channel; c < channel + channels; c += batch) {
      const count = Math.min(batch, channel + channels - c);
      const start = (o * all + c) * inner;
      for (let i = 0; i < inner; i += segment) {
        const length = Math.min(segment, inner - i);
        const { array, at } = reader.read(start + i, 1, 0, count * length);
        kernels.countPlanes(array as Float32Array, at, count, length, c, tables);
      }
    }
  }
}
