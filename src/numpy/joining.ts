/**
 * @file Arrays put together and taken apart.
 */
import { EngineError, inPieces } from "../engine/index.ts";
import { allocate, assign, copy } from "./casting.ts";
import { promote } from "./dtypes.ts";
import { normalizeAxis } from "./errors.ts";
import { singleShape } from "./layout.ts";
import type { ArrayDType, NDArray } from "./ndarray.ts";
import { take } from "./ranges.ts";
import { broadcastTo, expandDims, reshape, sliceAxis } from "./views.ts";

/** `np.concatenate`. */
export function concatenate(
  arrays: readonly NDArray[],
  axis: number | null,
  dtype?: ArrayDType,
): NDArray {
  if (arrays.length === 0) {
    throw new EngineError("ValueError", "need at least one array to concatenate");
  }
  const parts = axis === null ? arrays.map((array) => reshape(array, [-1])) : arrays;
  const [first] = parts;
  if (first.ndim === 0) {
    throw new EngineError("ValueError", "zero-dimensional arrays cannot be concatenated");
  }
  const along = normalizeAxis(axis ?? 0, first.ndim);
  for (const [index, part] of parts.entries()) checkFits(first, part, index, along);
  const total = parts.reduce((length, part) => length + part.shape[along], 0);
  const type = dtype ?? parts.map((part) => part.dtype).reduce(promote);
  const result = allocate(first.shape.with(along, total), type);
  let at = 0;
  for (const part of parts) {
    assign(sliceAxis(result, along, at, part.shape[along]), part);
    at += part.shape[along];
  }
  return result;
}

function checkFits(first: NDArray, part: NDArray, index: number, along: number): void {
  if (part.ndim !== first.ndim) {
    throw new EngineError(
      "ValueError",
      `all the input arrays must have same number of dimensions, but the array at index 0 has ${first.ndim} dimension(s) and the array at index ${index} has ${part.ndim} dimension(s)`,
    );
  }
  for (let axis = 0; axis < first.ndim; axis++) {
    if (axis === along || part.shape[axis] === first.shape[axis]) continue;
    throw new EngineError(
      "ValueError",
      `all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${axis}, the array at index 0 has size ${first.shape[axis]} and the array at index ${index} has size ${part.shape[axis]}`,
    );
  }
}

/** `np.stack`: along a new axis. */
export function stack(arrays: readonly NDArray[], axis: number): NDArray {
  if (arrays.length === 0) throw new EngineError("ValueError", "need at least one array to stack");
  const [first] = arrays;
  const same = arrays.every(
    ({ shape }) => shape.length === first.ndim && shape.every((n, i) => n === first.shape[i]),
  );
  if (!same) throw new EngineError("ValueError", "all input arrays must have the same shape");
  const along = normalizeAxis(axis, first.ndim + 1);
  return concatenate(
    arrays.map((array) => expandDims(array, [along])),
    along,
  );
}

/** At least `rank` axes, new ones in front; with three, a matrix gets its new axis at the end. */
export function atLeast(array: NDArray, rank: 1 | 2 | 3): NDArray {
  if (array.ndim >= rank) return array;
  if (array.ndim === 0) return reshape(array, new Array<number>(rank).fill(1));
  if (rank === 2) return expandDims(array, [0]);
  return array.ndim === 1 ? expandDims(array, [0, 2]) : expandDims(array, [2]);
}

export function verticalStack(arrays: readonly NDArray[]): NDArray {
  return concatenate(
    arrays.map((array) => atLeast(array, 2)),
    0,
  );
}

export function horizontalStack(arrays: readonly NDArray[]): NDArray {
  const parts = arrays.map((array) => atLeast(array, 1));
  return concatenate(parts, parts[0]?.ndim === 1 ? 0 : 1);
}

export function depthStack(arrays: readonly NDArray[]): NDArray {
  return concatenate(
    arrays.map((array) => atLeast(array, 3)),
    2,
  );
}

/** `np.column_stack`: vectors become columns. */
export function columnStack(arrays: readonly NDArray[]): NDArray {
  return concatenate(
    arrays.map((array) => (array.ndim === 1 ? expandDims(array, [1]) : atLeast(array, 2))),
    1,
  );
}

/** `np.array_split`: into equal parts, the first ones longer; or at given places. */
export function arraySplit(array: NDArray, sections: number | number[], axis: number): NDArray[] {
  const along = normalizeAxis(axis, array.ndim);
  const length = array.shape[along];
  let bounds: number[];
  if (typeof sections === "number") {
    if (sections <= 0)
      throw new EngineError("ValueError", "number sections must be larger than 0.");
    const [each, extra] = [Math.floor(length / sections), length % sections];
    bounds = [0];
    for (let i = 0; i < sections; i++) bounds.push(bounds[i] + each + (i < extra ? 1 : 0));
  } else {
    const inside = (place: number) =>
      place < 0 ? Math.max(place + length, 0) : Math.min(place, length);
    bounds = [0, ...sections.map(inside), length];
  }
  return bounds
    .slice(1)
    .map((end, i) => sliceAxis(array, along, bounds[i], Math.max(end - bounds[i], 0)));
}

/** `np.split`: the parts must be equal. */
export function split(array: NDArray, sections: number | number[], axis: number): NDArray[] {
  if (typeof sections === "number" && array.shape[normalizeAxis(axis, array.ndim)] % sections) {
    throw new EngineError("ValueError", "array split does not result in an equal division");
  }
  return arraySplit(array, sections, axis);
}

/** `np.tile`. */
export function tile(array: NDArray, repetitions: readonly number[]): NDArray {
  const rank = Math.max(array.ndim, repetitions.length);
  const times = [...new Array<number>(rank - repetitions.length).fill(1), ...repetitions];
  const shape = [...new Array<number>(rank - array.ndim).fill(1), ...array.shape];
  const spread = broadcastTo(
    reshape(
      array,
      shape.flatMap((length) => [1, length]),
    ),
    shape.flatMap((length, axis) => [times[axis], length]),
  );
  return reshape(
    copy(spread),
    shape.map((length, axis) => length * times[axis]),
  );
}

/** `np.roll`: what leaves at one end comes in at the other. Shifts and axes pair up as they broadcast. */
export function roll(
  array: NDArray,
  shifts: readonly number[],
  axes: readonly number[] | null,
): NDArray {
  if (!axes) return reshape(roll(reshape(array, [-1]), shifts, [0]), array.shape);
  const [count] = singleShape([[shifts.length], [axes.length]]);
  let result = array;
  for (let i = 0; i < count; i++) {
    const along = normalizeAxis(axes[axes.length === 1 ? 0 : i], array.ndim);
    const shift = shifts[shifts.length === 1 ? 0 : i];
    const length = array.shape[along];
    const positions = new Array<number>(length);
    inPieces(length, (from, to) => {
      for (let at = from; at < to; at++)
        positions[at] = (((at - shift) % length) + length) % length;
    });
    result = take(result, positions, along);
  }
  return copy(result);
}
