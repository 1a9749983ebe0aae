/**
 * @file Counts in equal bins without WebAssembly, by NumPy's own steps
 * (numpy/lib/_histograms_impl.py): see `kernels/histogram.ts`.
 */

/** What float32 values of the channels are held against. */
export interface BinTables {
  readonly bins: number;
  /** For each channel `scaleLength` numbers: origin, factor, limit, first edge, least, greatest, width. */
  readonly scales: Float32Array;
  /** `bins + 1` for each channel. */
  readonly edges: Float32Array;
  /** `bins` for each channel, added to. */
  readonly counts: Uint32Array;
  /** Whether values may lie beyond the edges. */
  readonly bounded: boolean;
}

/** Numbers in one channel's scale. */
export const scaleLength = 7;

/** Rows from element `at` on; column `j` counts for channel `channelOf[j]`. */
export function countRows(
  x: Float32Array,
  at: number,
  rows: number,
  stride: number,
  columns: number,
  _width: number,
  _guess: Float32Array,
  channelOf: Int32Array,
  _bases: Int32Array,
  tables: BinTables,
): void {
  for (let c = 0; c < columns; c++) {
    countRun(x, at + c, at + c + rows * stride, stride, channelOf[c], tables);
  }
}

/** Planes of `inner` elements, of the channels from `from` on. */
export function countPlanes(
  x: Float32Array,
  at: number,
  channels: number,
  inner: number,
  from: number,
  tables: BinTables,
): void {
  for (let c = from; c < from + channels; c++, at += inner) {
    countRun(x, at, at + inner, 1, c, tables);
  }
}

function countRun(
  x: Float32Array,
  start: number,
  end: number,
  step: number,
  channel: number,
  { bins, scales, edges, counts }: BinTables,
): void {
  const round = Math.fround;
  const scale = scaleLength * channel;
  const [first, least, greatest, width] = scales.subarray(scale + 3, scale + scaleLength);
  const firstEdge = (bins + 1) * channel;
  for (let at = start; at < end; at += step) {
    const value = x[at];
    if (!(value >= least && value <= greatest)) continue;
    const position = round(round(round(value - first) / width) * round(bins));
    // Past the end on the last edge, or by overflow of the width.
    let bin = position < bins ? Math.trunc(position) : bins - 1;
    if (value < edges[firstEdge + bin]) bin--;
    else if (value >= edges[firstEdge + bin + 1] && bin !== bins - 1) bin++;
    counts[bins * channel + bin]++;
  }
}
