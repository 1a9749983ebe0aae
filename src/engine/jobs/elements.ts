/**
 * @file Tasks over elements that depend on nothing but themselves and their channel's parameters:
 * normalization forward, and the input's gradient backward. The cut into tasks does not matter to
 * the result.
 */
import type { DType, FloatArray, TensorData } from "../dtype.ts";
import type { ChannelLayout } from "../shape.ts";
import { comesFromMemory, foldOf } from "./partition.ts";
import { TileReader, TileWriter, type Workplace } from "./tiles.ts";

/** Elements of a task, and of a tile of what the kernels cannot reach. */
const taskSize = 131072;
const tileSize = 32768;

/** Rows of `columns` elements, or planes of `inner` elements for each of `channels`. */
export interface ElementLayout {
  readonly rows: number;
  /** Columns of a folded row; 0 for planes. */
  readonly columns: number;
  /** Elements beyond the last whole row. */
  readonly rest: number;
  readonly planes: number;
  readonly channels: number;
  readonly inner: number;
}

/** How tensors of a layout are walked, and how often each channel's parameters are repeated. */
export function elementLayout({ outer, channels, inner }: ChannelLayout): {
  readonly layout: ElementLayout;
  readonly repeats: number;
} {
  if (inner === 1) {
    const repeats = channels < 128 ? foldOf(channels, 8) : 1;
    const columns = channels * repeats;
    const rows = Math.floor(outer / repeats);
    const rest = outer * channels - rows * columns;
    return { layout: { rows, columns, rest, planes: 0, channels, inner: 1 }, repeats };
  }
  const planes = { rows: 0, columns: 0, rest: 0, planes: outer * channels, channels, inner };
  return { layout: planes, repeats: 1 };
}

export interface TransformJob {
  readonly kind: "transform";
  readonly layout: ElementLayout;
  readonly dtype: DType;
  readonly x: TensorData;
  readonly outDType: DType;
  readonly out: TensorData;
  readonly center: FloatArray;
  readonly scale: FloatArray;
  readonly offset: FloatArray;
}

export interface SlopesJob {
  readonly kind: "slopes";
  readonly layout: ElementLayout;
  readonly dtype: DType;
  readonly x: TensorData;
  readonly flowDType: DType;
  readonly flow: TensorData;
  readonly outDType: DType;
  readonly out: TensorData;
  readonly center: FloatArray;
  readonly gain: FloatArray;
  readonly slope: FloatArray;
  readonly level: FloatArray;
}

/** Rows or planes of one task. */
function unitsPerTask({ columns, inner }: ElementLayout): number {
  return Math.max(1, Math.floor(taskSize / Math.max(1, columns || inner)));
}

export function elementTasks(layout: ElementLayout): number {
  const units = layout.columns > 0 ? layout.rows : layout.planes;
  // The elements beyond the last whole row go with the last task.
  return Math.max(layout.rest > 0 ? 1 : 0, Math.ceil(units / unitsPerTask(layout)));
}

/**
 * A run of elements without gaps: `count` rows of `length` columns from column `first` on, or
 * `count` planes of `length` elements from channel `first` on.
 */
interface Tile {
  readonly start: number;
  readonly count: number;
  readonly length: number;
  readonly first: number;
}

/** Calls `visit` with the tiles of a task. */
function forEachTile(layout: ElementLayout, task: number, visit: (tile: Tile) => void): void {
  const begin = task * unitsPerTask(layout);
  const { columns, inner, channels } = layout;
  if (columns > 0) {
    const end = Math.min(begin + unitsPerTask(layout), layout.rows);
    // Rows longer than a tile are cut, others taken together.
    const length = Math.min(columns, tileSize);
    const high = Math.max(1, Math.floor(tileSize / columns));
    for (let r = begin; r < end; r += high) {
      const count = Math.min(high, end - r);
      for (let first = 0; first < columns; first += length) {
        const here = Math.min(length, columns - first);
        visit({ start: r * columns + first, count, length: here, first });
      }
    }
    if (task < elementTasks(layout) - 1 || layout.rest === 0) return;
    visit({ start: layout.rows * columns, count: 1, length: layout.rest, first: 0 });
    return;
  }
  const end = Math.min(begin + unitsPerTask(layout), layout.planes);
  const batch = Math.max(1, Math.floor(tileSize / inner));
  for (let plane = begin; plane < end; ) {
    const first = plane % channels;
    const count = Math.min(batch, end - plane, channels - first);
    for (let i = 0; i < inner; i += tileSize) {
      const length = Math.min(tileSize, inner - i);
      visit({ start: plane * inner + i, count, length, first });
    }
    plane += count;
  }
}

export function runTransformTask(job: TransformJob, task: number, place: Workplace): void {
  const { layout, center, scale, offset } = job;
  const { kernels } = place;
  const reader = new TileReader(job.x, job.dtype, tileSize, place);
  const writer = new TileWriter(job.out, job.outDType, tileSize, place);
  const streaming = comesFromMemory(layout.rows * layout.columns);
  forEachTile(layout, task, ({ start, count, length, first }) => {
    const { array, at } = reader.read(start, 1, 0, count * length);
    const out = writer.span(start);
    if (layout.columns > 0) {
      // Kernels count columns from the row's own first one.
      const [from, to] = [at - first, out.at - first];
      kernels.transformRows(
        ...([array, from, out.array, to] as const),
        ...([count, length, first, length] as const),
        ...([center, scale, offset, streaming] as const),
      );
    } else {
      kernels.transformPlanes(
        ...([array, at, out.array, out.at] as const),
        ...([count, length, first] as const),
        ...([center, scale, offset] as const),
      );
    }
    writer.flush(start, count * length);
  });
}

export function runSlopesTask(job: SlopesJob, task: number, place: Workplace): void {
  const { layout } = job;
  const { kernels } = place;
  const reader = new TileReader(job.x, job.dtype, tileSize, place);
  const flowReader = new TileReader(job.flow, job.flowDType, tileSize, place);
  const writer = new TileWriter(job.out, job.outDType, tileSize, place);
  forEachTile(layout, task, ({ start, count, length, first }) => {
    const x = reader.read(start, 1, 0, count * length);
    const flow = flowReader.read(start, 1, 0, count * length);
    const out = writer.span(start);
    if (layout.columns > 0) {
      kernels.slopeRows(
        ...([x.array, x.at - first, flow.array, flow.at - first] as const),
        ...([out.array, out.at - first] as const),
        ...([count, length, first, length, job] as const),
      );
    } else {
      kernels.slopePlanes(
        ...([x.array, x.at, flow.array, flow.at, out.array, out.at] as const),
        ...([count, length, first, job] as const),
      );
    }
    writer.flush(start, count * length);
  });
}
