/**
 * @file Shapes and strides: row-major layout, broadcasting, and the order in which NumPy's
 * iterator visits elements. Strides count elements.
 */
import { EngineError, inPieces, polledElements, pollHost } from "../engine/index.ts";
import type { NDArray } from "./ndarray.ts";

export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** Strides of a contiguous row-major array. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** Strides of a contiguous array whose axes lie in memory in this order, slowest first. */
export function orderedStrides(shape: readonly number[], order: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let index = order.length - 1; index >= 0; index--) {
    strides[order[index]] = stride;
    stride *= shape[order[index]];
  }
  return strides;
}

/** True where elements lie in row-major order without gaps; axes of length 1 do not count. */
export function isContiguous(array: {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}): boolean {
  let expected = 1;
  for (let axis = array.shape.length - 1; axis >= 0; axis--) {
    const length = array.shape[axis];
    if (length === 0) return true;
    if (length !== 1) {
      if (array.strides[axis] !== expected) return false;
      expected *= length;
    }
  }
  return true;
}

/** True where an array of this shape has the very strides of a new one, or has one element. */
export function isPlain(
  array: { readonly shape: readonly number[]; readonly strides: readonly number[] },
  shape: readonly number[],
): boolean {
  if (sizeOf(array.shape) === 1) return true;
  if (array.shape.length !== shape.length) return false;
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (array.shape[axis] !== shape[axis] || array.strides[axis] !== expected) return false;
    expected *= shape[axis];
  }
  return true;
}

/** True where elements lie in column-major (Fortran) order without gaps. */
export function isColumnMajor(array: NDArray): boolean {
  return isContiguous({
    shape: [...array.shape].reverse(),
    strides: [...array.strides].reverse(),
  });
}

/** A tuple as Python prints it: `(3,)`, `(2, 3)`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** A tuple as NumPy's C code prints shapes in errors: `(2,3)`. */
export function tightShapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(",")})`;
}

/** The shape that all broadcast to; else what `refuse` makes of the places of two that disagree. */
function commonShapeOr<T>(
  shapes: readonly (readonly number[])[],
  refuse: (first: number, second: number) => T,
): number[] | T {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const common = new Array<number>(rank).fill(1);
  for (let axis = 0; axis < rank; axis++) {
    let source = 0;
    for (let index = 0; index < shapes.length; index++) {
      const length = shapes[index][axis + shapes[index].length - rank] ?? 1;
      if (length === 1 || length === common[axis]) continue;
      if (common[axis] !== 1) return refuse(source, index);
      common[axis] = length;
      source = index;
    }
  }
  return common;
}

/** The shape that all broadcast to; undefined where they do not. */
export function commonShape(shapes: readonly (readonly number[])[]): number[] | undefined {
  return commonShapeOr(shapes, () => undefined);
}

/** The shape that all broadcast to; ValueError in a ufunc's words where they do not. */
export function broadcastShapes(shapes: readonly (readonly number[])[]): number[] {
  const common = commonShape(shapes);
  if (common) return common;
  throw new EngineError(
    "ValueError",
    `operands could not be broadcast together with shapes ${shapes.map((shape) => `${tightShapeText(shape)} `).join("")}`,
  );
}

/** The shape that all broadcast to; ValueError in the words of `np.broadcast` where they do not. */
export function singleShape(shapes: readonly (readonly number[])[]): number[] {
  return commonShapeOr(shapes, (first, second) => {
    throw mismatch(shapes, first, second);
  });
}

/** What `np.broadcast` says of two shapes, given by their places, that do not go together. */
export function mismatch(
  shapes: readonly (readonly number[])[],
  first: number,
  second: number,
): EngineError {
  return new EngineError(
    "ValueError",
    "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between " +
      `arg ${first} with shape ${shapeText(shapes[first])} and arg ${second} with shape ${shapeText(shapes[second])}.`,
  );
}

/** Strides that repeat an array over a broadcast shape: 0 along repeated axes. */
export function broadcastStrides(
  array: { readonly shape: readonly number[]; readonly strides: readonly number[] },
  shape: readonly number[],
): number[] {
  const lead = shape.length - array.shape.length;
  return shape.map((_, axis) =>
    axis < lead || array.shape[axis - lead] === 1 ? 0 : array.strides[axis - lead],
  );
}

/**
 * The axes in the order of memory, slowest first, as NumPy's iterator sorts them: by the size of
 * strides; C order wins where operands disagree, and axes that all operands repeat stay put.
 */
export function memoryOrder(rank: number, strides: readonly (readonly number[])[]): number[] {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  // Insertion sort over the reversed axes, fastest first.
  const fastest = [...order].reverse();
  for (let index = 1; index < rank; index++) {
    const axis = fastest[index];
    let place = index;
    for (let before = index - 1; before >= 0; before--) {
      const other = fastest[before];
      let ambiguous = true;
      let swap = false;
      for (const operand of strides) {
        const [stride, otherStride] = [operand[axis], operand[other]];
        if (stride === 0 || otherStride === 0) continue;
        if (Math.abs(otherStride) <= Math.abs(stride)) swap = false;
        else if (ambiguous) swap = true;
        ambiguous = false;
      }
      if (ambiguous) continue;
      if (!swap) break;
      place = before;
    }
    if (place !== index) {
      fastest.splice(index, 1);
      fastest.splice(place, 0, axis);
    }
  }
  return fastest.reverse();
}

/** A walk over several operands at once: axes sorted, neighbours merged where all allow it. */
export interface Walk {
  /** Slowest first; at least one axis. */
  readonly shape: readonly number[];
  /** Per operand. */
  readonly strides: readonly (readonly number[])[];
  /** Where each operand starts, relative to its own offset. */
  readonly starts: readonly number[];
}

/**
 * Plans a walk in memory order over operands of one shape. Axes along which every operand runs
 * backwards (or repeats) are turned around, those of length 1 dropped, neighbours merged.
 */
export function planWalk(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  order: readonly number[] = memoryOrder(shape.length, strides),
): Walk {
  const starts = strides.map(() => 0);
  const lengths: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (const axis of order) {
    const length = shape[axis];
    if (length === 1) continue;
    const backwards =
      strides.every((operand) => operand[axis] <= 0) &&
      strides.some((operand) => operand[axis] < 0);
    const here = strides.map((operand, index) => {
      const stride = operand[axis];
      if (!backwards) return stride;
      starts[index] += stride * (length - 1);
      return stride === 0 ? 0 : -stride;
    });
    const last = lengths.length - 1;
    if (last >= 0 && here.every((stride, index) => steps[index][last] === stride * length)) {
      lengths[last] *= length;
      for (const [index, stride] of here.entries()) steps[index][last] = stride;
    } else {
      lengths.push(length);
      for (const [index, stride] of here.entries()) steps[index].push(stride);
    }
  }
  if (lengths.length === 0) {
    lengths.push(1);
    for (const step of steps) step.push(1);
  }
  return { shape: lengths, strides: steps, starts };
}

/**
 * Calls `body` with each operand's position at the start of every run along the last axis of
 * the walk. The array of positions is reused from call to call.
 * @param perRun Elements that each call works on.
 */
export function forEachRun(
  walk: Walk,
  offsets: readonly number[],
  body: (positions: readonly number[]) => void,
  perRun = walk.shape[walk.shape.length - 1],
): void {
  const { shape, strides, starts } = walk;
  const outer = shape.length - 1;
  let unpolled = 0;
  const positions = offsets.map((offset, index) => offset + starts[index]);
  if (shape.some((length) => length === 0)) return;
  const counter = new Array<number>(outer).fill(0);
  for (;;) {
    if (unpolled >= polledElements) {
      pollHost();
      unpolled = 0;
    }
    unpolled += perRun;
    body(positions);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      counter[axis]++;
      if (counter[axis] < shape[axis]) {
        for (let index = 0; index < positions.length; index++) {
          positions[index] += strides[index][axis];
        }
        break;
      }
      counter[axis] = 0;
      for (let index = 0; index < positions.length; index++) {
        positions[index] -= strides[index][axis] * (shape[axis] - 1);
      }
    }
    if (axis < 0) return;
  }
}

/**
 * As `forEachRun`, with long runs cut into pieces between which the host has its turn.
 * @param body Is also given how many elements its piece has.
 */
export function forEachPiece(
  walk: Walk,
  offsets: readonly number[],
  body: (positions: readonly number[], count: number) => void,
): void {
  const last = walk.shape.length - 1;
  const length = walk.shape[last];
  if (length <= polledElements) {
    forEachRun(walk, offsets, (positions) => body(positions, length));
    return;
  }
  const here = [...offsets];
  forEachRun(walk, offsets, (positions) => {
    inPieces(length, (from, to) => {
      for (let index = 0; index < here.length; index++) {
        here[index] = positions[index] + from * walk.strides[index][last];
      }
      body(here, to - from);
    });
  });
}
