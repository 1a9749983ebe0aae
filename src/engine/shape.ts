/**
 * @file Shapes and axes: sizes, the (outer, channels, inner) view of an axis, broadcasting.
 * No dependencies but the errors and the host's turn.
 */
import { EngineError } from "./errors.ts";
import { polledElements, pollHost } from "./polling.ts";

/** A shape as a layer is built with it: null where the length is not known. */
export type PartialShape = readonly (number | null)[];

/** Elements in a tensor of this shape. */
export function sizeOfShape(shape: readonly number[]): number {
  let size = 1;
  for (const dimension of shape) size *= dimension;
  return size;
}

/** A shape as Python writes the tuple: `(2, 3)`, `(3,)`, `()`, `(None, 3)`. */
export function formatShape(shape: PartialShape): string {
  const items = shape.map((dimension) => (dimension === null ? "None" : String(dimension)));
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}

export function shapesEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i]);
}

/**
 * The axis counted from the front.
 * @throws IndexError with Python's words for a tuple index where the axis does not exist.
 */
export function resolveAxis(shape: PartialShape, axis: number): number {
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (resolved < 0 || resolved >= shape.length) {
    throw new EngineError("IndexError", "tuple index out of range");
  }
  return resolved;
}

/**
 * A tensor seen around one axis: element `[o, c, i]` is at `(o * channels + c) * inner + i`.
 * Channels-last has `inner` 1; no axis at all is one channel of everything.
 */
export interface ChannelLayout {
  readonly outer: number;
  readonly channels: number;
  readonly inner: number;
}

/**
 * @param axis Which axis holds the channels, negative from the end; null for one channel of all.
 * @throws IndexError where the axis does not exist.
 */
export function channelLayout(shape: readonly number[], axis: number | null): ChannelLayout {
  if (axis === null) return { outer: 1, channels: 1, inner: sizeOfShape(shape) };
  const at = resolveAxis(shape, axis);
  return {
    outer: sizeOfShape(shape.slice(0, at)),
    channels: shape[at],
    inner: sizeOfShape(shape.slice(at + 1)),
  };
}

/** Elements in each channel. */
export function channelCount(layout: ChannelLayout): number {
  return layout.outer * layout.inner;
}

/** Elements of one channel: `start`, `start + step`, … before `end`. */
export type RunVisitor = (channel: number, start: number, end: number, step: number) => void;

/** Rows of a channels-last tensor walked together: few enough to stay in the nearest cache. */
const rowsPerBlock = 64;

/**
 * Visits every element once, in runs that each lie in one channel and are long enough for their
 * loop to keep its sums in registers. Channels-last, a run takes one element from each row of a
 * block of rows, since walking row by row would go back to memory for every channel's sum.
 */
export function forEachRun({ outer, channels, inner }: ChannelLayout, visit: RunVisitor): void {
  if (inner === 1) {
    for (let row = 0; row < outer; row += rowsPerBlock) {
      if ((row & 4095) === 0) pollHost(row / outer);
      const end = Math.min(row + rowsPerBlock, outer) * channels;
      for (let c = 0; c < channels; c++) visit(c, row * channels + c, end, channels);
    }
    return;
  }
  let start = 0;
  let polled = 0;
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < channels; c++, start += inner) {
      if (start - polled >= polledElements) {
        pollHost(o / outer);
        polled = start;
      }
      visit(c, start, start + inner, 1);
    }
  }
}
