/**
 * @file How the elements of a tensor are cut into tasks. The cut follows from the tensor's shape
 * alone, never from the number of threads, so that sums are added in the same order on any machine.
 *
 * Channels last is rows of columns; narrow rows are folded, several to a super-row, until they fill
 * vectors. Any other axis is planes: for each outer index one run of elements for each channel.
 */
import type { ChannelLayout } from "../shape.ts";

/** Elements that make a task worth handing to a thread. */
const taskSize = 131072;
/** More parts cost more to merge than they win. */
const mostParts = 32;
/**
 * Rows whose sums are kept in float32 before they enter the float64 sums: `chunk` of the compiled
 * kernels. Parts and blocks are made of whole chunks.
 */
export const chunkRows = 16;
/** Elements of a block: it stays in a core's own cache while several kernels pass over it. */
const blockSize = 32768;
/** Columns that one task takes of wide rows where several threads may share them. */
const slabColumns = 512;
/** Columns that one task takes at most. */
const mostColumns = 4096;
/** Elements from which on threads may share a job. */
export const leastShared = 2 ** 19;
/** Channels that one task takes of planes. */
const mostGroup = 512;
/** Channels below which rows are folded. */
const narrowChannels = 128;

/** Rows of columns, all of one length. */
export interface RowPartition {
  readonly kind: "rows";
  readonly rows: number;
  readonly channels: number;
  /** Rows that make one super-row. */
  readonly fold: number;
  /** Parts along the rows, each of `partRows` but for the last. */
  readonly parts: number;
  readonly partRows: number;
  /** Slabs along the columns, each of `slab` but for the last. */
  readonly slabs: number;
  readonly slab: number;
  /** Rows of a block: whole chunks of super-rows. */
  readonly blockRows: number;
}

/** Planes: `outer` times `channels` runs of `inner` elements. */
export interface PlanePartition {
  readonly kind: "planes";
  readonly outer: number;
  readonly channels: number;
  readonly inner: number;
  /** Parts along the outer axis, each of `partOuter` but for the last. */
  readonly parts: number;
  readonly partOuter: number;
  /** Groups of channels, each of `group` but for the last. */
  readonly groups: number;
  readonly group: number;
  /** Elements of a plane that are read at once. */
  readonly segment: number;
}

export type Partition = RowPartition | PlanePartition;

/** Bytes from which on a tensor is not in any cache. */
const streamingBytes = 2 ** 23;

/** Whether so many elements of float32 come from memory rather than from a cache. */
export function comesFromMemory(elements: number): boolean {
  return 4 * elements > streamingBytes;
}

/** Tasks of a partition: one for each part and slab or group. */
export function taskCount(partition: Partition): number {
  return partition.parts * (partition.kind === "rows" ? partition.slabs : partition.groups);
}

/** @param most How many parts at most. */
export function partitionOf(layout: ChannelLayout, most: number = mostParts): Partition {
  const { outer, channels, inner } = layout;
  // One channel of all elements is one row after the other of a single column.
  if (channels === 1) return rowPartition(outer * inner, 1, most);
  if (inner === 1) return rowPartition(outer, channels, most);
  return planePartition(outer, channels, inner, most);
}

function rowPartition(rows: number, channels: number, most: number): RowPartition {
  const fold = channels < narrowChannels ? foldOf(channels, 16) : 1;
  const whole = rows * channels < leastShared ? mostColumns : 2 * slabColumns;
  const slab = channels < whole ? channels : slabColumns;
  const slabs = Math.max(1, Math.ceil(channels / slab));
  const unit = chunkRows * fold;
  const useful = rows * channels < leastShared ? 1 : Math.floor((rows * slab) / taskSize);
  const wanted = clamp(useful, 1, most);
  const partRows = Math.max(unit, roundUp(Math.ceil(rows / wanted), unit));
  const parts = Math.max(1, Math.ceil(rows / partRows));
  const blockRows = Math.max(unit, Math.floor(blockSize / slab / unit) * unit);
  return { kind: "rows", rows, channels, fold, parts, partRows, slabs, slab, blockRows };
}

function planePartition(
  outer: number,
  channels: number,
  inner: number,
  most: number,
): PlanePartition {
  const wanted = channels < 8 ? clamp(Math.floor((outer * inner) / taskSize), 1, most) : 1;
  const partOuter = Math.max(1, Math.ceil(outer / wanted));
  const parts = Math.max(1, Math.ceil(outer / partOuter));
  const fitting = Math.ceil(taskSize / Math.max(1, partOuter * inner));
  const group = clamp(fitting, 1, Math.min(channels, mostGroup));
  const groups = Math.ceil(channels / group);
  const segment = Math.min(inner, blockSize);
  return { kind: "planes", outer, channels, inner, parts, partOuter, groups, group, segment };
}

/** The fewest rows of so many columns that fill whole vectors of so many lanes. */
export function foldOf(columns: number, lanes: number): number {
  let [a, b] = [columns, lanes];
  while (b > 0) [a, b] = [b, a % b];
  return lanes / a;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

/** One task's share of rows. */
export function rowTask(partition: RowPartition, task: number) {
  const { rows, channels, slabs, slab, partRows } = partition;
  const part = Math.floor(task / slabs);
  const column = (task % slabs) * slab;
  const row = part * partRows;
  return {
    part,
    row,
    rows: Math.min(partRows, rows - row),
    column,
    columns: Math.min(slab, channels - column),
  };
}

/** One task's share of planes. */
export function planeTask(partition: PlanePartition, task: number) {
  const { outer, channels, groups, group, partOuter } = partition;
  const part = Math.floor(task / groups);
  const channel = (task % groups) * group;
  const first = part * partOuter;
  return {
    part,
    outer: first,
    outers: Math.min(partOuter, outer - first),
    channel,
    channels: Math.min(group, channels - channel),
  };
}
