/**
 * @file The task of the backward pass's sums: of the upstream gradient, and of it times the
 * deviation from a center, per channel.
 */
import type { DType, FloatArray, TensorData } from "../dtype.ts";
import { comesFromMemory, type Partition, planeTask, rowTask } from "./partition.ts";
import { isDirect, TileReader, type Workplace, workingType } from "./tiles.ts";

export interface FlowJob {
  readonly kind: "flow";
  readonly partition: Partition;
  readonly dtype: DType;
  readonly x: TensorData;
  readonly flowDType: DType;
  readonly flow: TensorData;
  /** What deviations are taken from, per channel, in the type computed in. */
  readonly center: FloatArray;
  /** Sums per part and channel. */
  readonly sums: Float64Array;
  readonly dots: Float64Array;
  /** Whether float32 values, too, are summed in float64: twice the time. */
  readonly exactly: boolean;
}

export function runFlowTask(job: FlowJob, index: number, place: Workplace): void {
  const { partition, exactly } = job;
  const singly = workingType(job.dtype) === "float32";
  const { kernels, scratch } = place;
  // Both are read in place or both copied, so that their rows are equally far apart.
  const direct = isDirect(job.x, job.dtype, place) && isDirect(job.flow, job.flowDType, place);
  const reader = (length: number) => new TileReader(job.x, job.dtype, length, place, direct);
  const flowReader = (length: number) =>
    new TileReader(job.flow, job.flowDType, length, place, direct);
  if (partition.kind === "rows") {
    const { channels, fold, blockRows } = partition;
    const { part, row, rows, column, columns } = rowTask(partition, index);
    const width = columns * fold;
    const streaming = comesFromMemory(2 * partition.rows * channels);
    const [sums, dots] = [scratch.float64(width), scratch.float64(width)];
    const center = singly ? scratch.rawFloat32(width) : scratch.rawFloat64(width);
    const own = job.center.subarray(column, column + columns);
    for (let at = 0; at < width; at += columns) center.set(own, at);
    const [values, upstream] = [reader(blockRows * columns), flowReader(blockRows * columns)];
    for (let r = 0; r < rows; r += blockRows) {
      const here = Math.min(blockRows, rows - r);
      const start = (row + r) * channels + column;
      const x = values.read(start, here, channels, columns);
      const flow = upstream.read(start, here, channels, columns);
      const whole = Math.floor(here / fold);
      const rest = (here - whole * fold) * columns;
      const stride = x.stride * fold;
      const [at, flowAt] = [x.at + whole * stride, flow.at + whole * stride];
      kernels.dotRows(
        ...([x.array, x.at, flow.array, flow.at] as const),
        ...([whole, stride, width, center, sums, dots, exactly, streaming] as const),
      );
      if (rest === 0) continue;
      kernels.dotRows(
        ...([x.array, at, flow.array, flowAt] as const),
        ...([1, stride, rest, center, sums, dots, exactly] as const),
      );
    }
    const to = part * channels + column;
    for (let at = 0; at < width; at += columns) {
      for (let c = 0; c < columns; c++) {
        job.sums[to + c] += sums[at + c];
        job.dots[to + c] += dots[at + c];
      }
    }
    return;
  }
  const { channels: all, inner, segment } = partition;
  const { part, outer, outers, channel, channels } = planeTask(partition, index);
  const [sums, dots] = [scratch.float64(16 * channels), scratch.float64(16 * channels)];
  const center = singly ? scratch.rawFloat32(16 * channels) : scratch.rawFloat64(16 * channels);
  for (let c = 0; c < channels; c++) center.fill(job.center[channel + c], 16 * c, 16 * c + 16);
  const batch = Math.max(1, Math.min(channels, Math.floor(segment / inner)));
  const [values, upstream] = [reader(batch * segment), flowReader(batch * segment)];
  for (let o = outer; o < outer + outers; o++) {
    for (let c = 0; c < channels; c += batch) {
      const count = Math.min(batch, channels - c);
      const start = (o * all + channel + c) * inner;
      for (let i = 0; i < inner; i += segment) {
        const length = Math.min(segment, inner - i);
        const x = values.read(start + i, 1, 0, count * length);
        const flow = upstream.read(start + i, 1, 0, count * length);
        kernels.dotPlanes(
          ...([x.array, x.at, flow.array, flow.at] as const),
          ...([count, length, c, center, sums, dots, exactly] as const),
        );
      }
    }
  }
  for (let c = 0; c < channels; c++) {
    const to = part * all + channel + c;
    for (let lane = 16 * c; lane < 16 * c + 16; lane++) {
      job.sums[to] += sums[lane];
      job.dots[to] += dots[lane];
    }
  }
}
