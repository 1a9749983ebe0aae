/**
 * @file What stands between brackets: integers, slices, `...`, `np.newaxis` give views; integer
 * and boolean arrays give copies. Assignment goes through the same resolution.
 */
import { EngineError, inPieces, pollHost, type TensorData } from "../engine/index.ts";
import { allocate, assign, cast, copy, rowMajorData } from "./casting.ts";
import { isIntegral } from "./dtypes.ts";
import { commonShape, forEachPiece, planWalk, sizeOf, tightShapeText } from "./layout.ts";
import { NDArray } from "./ndarray.ts";
import { broadcastInputError, broadcastTo, moveAxis, reshape, view } from "./views.ts";

/** `start:stop:step` as written; null where left out. */
export interface SliceIndex {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/** One entry of an index: null is `np.newaxis`. */
export type IndexItem = number | SliceIndex | null | "..." | NDArray;

/** A basic index: a view, which becomes a scalar where integers chose every axis. */
interface BasicTarget {
  readonly kind: "view";
  readonly view: NDArray;
  readonly scalar: boolean;
}

/** An index with arrays: `view` shows the sliced axes; each jump leads to one of its copies. */
interface FancyTarget {
  readonly kind: "fancy";
  readonly view: NDArray;
  readonly jumps: Float64Array;
  readonly shape: readonly number[];
  /** Where the arrays' axes stand in the result, in front of this sliced axis. */
  readonly place: number;
}

function indexError(message: string): EngineError {
  return new EngineError("IndexError", message);
}

/** First element, count and step of a slice over an axis, as Python's `slice.indices` has it. */
export function sliceBounds(slice: SliceIndex, length: number): [number, number, number] {
  const step = slice.step ?? 1;
  if (step === 0) throw new EngineError("ValueError", "slice step cannot be zero");
  const lower = step < 0 ? -1 : 0;
  const upper = step < 0 ? length - 1 : length;
  const clamp = (bound: number | null, fallback: number) => {
    if (bound === null) return fallback;
    return Math.min(Math.max(bound < 0 ? bound + length : bound, lower), upper);
  };
  const start = clamp(slice.start, step < 0 ? upper : lower);
  const stop = clamp(slice.stop, step < 0 ? lower : upper);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return [start, count, step];
}

function checkedPosition(index: number, length: number, axis: number): number {
  const position = index < 0 ? index + length : index;
  if (position >= 0 && position < length) return position;
  throw indexError(`index ${index} is out of bounds for axis ${axis} with size ${length}`);
}

/** Axes that an entry takes from the array. */
function axesTaken(item: IndexItem): number {
  if (item === null || item === "...") return 0;
  return item instanceof NDArray && item.dtype === "bool" ? item.ndim : 1;
}

/** Positions of true elements, one array per axis. */
export function nonzero(array: NDArray): NDArray[] {
  const mask = cast(array, "bool").data as Uint8Array;
  let count = 0;
  inPieces(mask.length, (start, end) => {
    for (let i = start; i < end; i++) count += mask[i];
  });
  const found = array.shape.map(() => new BigInt64Array(count));
  let at = 0;
  inPieces(mask.length, (start, end) => {
    for (let i = start; i < end; i++) {
      if (mask[i] === 0) continue;
      let rest = i;
      for (let axis = array.ndim - 1; axis >= 0; axis--) {
        const length = array.shape[axis];
        found[axis][at] = BigInt(rest % length);
        rest = Math.floor(rest / length);
      }
      at++;
    }
  });
  return found.map((data) => new NDArray(data, "int64", [count], [1], 0));
}

/** Resolves an index against an array. */
export function resolveIndex(
  array: NDArray,
  items: readonly IndexItem[],
): BasicTarget | FancyTarget {
  if (items.filter((item) => item === "...").length > 1) {
    throw indexError("an index can only have a single ellipsis ('...')");
  }
  const taken = items.reduce((total: number, item) => total + axesTaken(item), 0);
  if (taken > array.ndim) {
    throw indexError(
      `too many indices for array: array is ${array.ndim}-dimensional, but ${taken} were indexed`,
    );
  }
  const fancy = items.some((item) => item instanceof NDArray);
  const missing = array.ndim - taken;
  const full = items.includes("...") ? items : [...items, "..." as const];
  const shape: number[] = [];
  const strides: number[] = [];
  let offset = array.offset;
  let axis = 0;
  // Arrays with the axis they choose from, and where among the sliced axes each stands.
  const chosen: { indices: NDArray; axis: number }[] = [];
  const places: number[] = [];
  const groups: number[] = [];
  for (const [position, item] of full.entries()) {
    if (item === null) {
      shape.push(1);
      strides.push(0);
    } else if (item === "...") {
      for (let i = 0; i < missing; i++, axis++) {
        shape.push(array.shape[axis]);
        strides.push(array.strides[axis]);
      }
    } else if (typeof item === "number") {
      if (fancy) {
        checkedPosition(item, array.shape[axis], axis);
        chosen.push({ indices: scalarIndex(item), axis });
        places.push(shape.length);
        groups.push(position);
      } else offset += checkedPosition(item, array.shape[axis], axis) * array.strides[axis];
      axis++;
    } else if (item instanceof NDArray) {
      for (const indices of integerIndices(item, array, axis)) {
        chosen.push({ indices, axis: item.dtype === "bool" && item.ndim === 0 ? -1 : axis++ });
      }
      places.push(shape.length);
      groups.push(position);
    } else {
      const [start, count, step] = sliceBounds(item, array.shape[axis]);
      if (count > 0) offset += start * array.strides[axis];
      shape.push(count);
      strides.push(array.strides[axis] * step);
      axis++;
    }
  }
  const base = view(array, shape, strides, offset);
  if (!fancy) {
    const scalar = shape.length === 0 && !items.includes("...");
    return { kind: "view", view: base, scalar };
  }
  const adjacent = groups.every((group, index) => index === 0 || group === groups[index - 1] + 1);
  return { ...fancyTarget(array, base, chosen), place: adjacent ? places[0] : 0 };
}

function scalarIndex(value: number): NDArray {
  return new NDArray(BigInt64Array.of(BigInt(value)), "int64", [], [], 0);
}

/** The integer arrays that an index array stands for: a mask stands for one per axis. */
function integerIndices(item: NDArray, array: NDArray, axis: number): NDArray[] {
  if (item.dtype !== "bool") {
    if (!isIntegral(item.dtype)) {
      throw indexError("arrays used as indices must be of integer (or boolean) type");
    }
    return [item];
  }
  for (let i = 0; i < item.ndim; i++) {
    if (item.shape[i] === array.shape[axis + i]) continue;
    throw indexError(
      `boolean index did not match indexed array along axis ${axis + i}; size of axis is ${array.shape[axis + i]} but size of corresponding boolean axis is ${item.shape[i]}`,
    );
  }
  // A lone True or False adds an axis of length 1 or 0.
  if (item.ndim === 0) {
    const length = item.data[item.offset] ? 1 : 0;
    return [new NDArray(new BigInt64Array(length), "int64", [length], [1], 0)];
  }
  return nonzero(item);
}

function fancyTarget(
  array: NDArray,
  base: NDArray,
  chosen: readonly { indices: NDArray; axis: number }[],
): Omit<FancyTarget, "place"> {
  const shapes = chosen.map(({ indices }) => indices.shape);
  const common = commonShape(shapes);
  if (!common) {
    throw indexError(
      `shape mismatch: indexing arrays could not be broadcast together with shapes ${shapes.map((shape) => `${tightShapeText(shape)} `).join("")}`,
    );
  }
  const jumps = new Float64Array(sizeOf(common));
  for (const { indices, axis } of chosen) {
    if (axis < 0) continue;
    const length = array.shape[axis];
    const stride = array.strides[axis];
    const positions = cast(broadcastTo(indices, common), "float64").data;
    inPieces(jumps.length, (start, end) => {
      for (let i = start; i < end; i++) {
        jumps[i] += checkedPosition(positions[i] as number, length, axis) * stride;
      }
    });
  }
  return { kind: "fancy", view: base, jumps, shape: common };
}

/** Parts of an array copied between two polls. */
const polledRows = 1024;

/** Elements at `offset + jumps[i]`. */
function gather(data: TensorData, offset: number, jumps: Float64Array, into: TensorData): void {
  inPieces(jumps.length, (start, end) => {
    for (let i = start; i < end; i++) into[i] = data[offset + jumps[i]];
  });
}

/** A lone mask of the array's own shape. */
function wholeMask(array: NDArray, items: readonly IndexItem[]): NDArray | null {
  const [mask] = items;
  if (items.length !== 1 || !(mask instanceof NDArray) || mask.dtype !== "bool") return null;
  if (mask.ndim === 0 || mask.ndim !== array.ndim) return null;
  return mask.shape.every((length, axis) => length === array.shape[axis]) ? mask : null;
}

/** The elements where a mask is true, in row-major order. */
function compress(array: NDArray, mask: NDArray): NDArray {
  const [data, flags] = [rowMajorData(array), rowMajorData(mask) as Uint8Array];
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i];
  const result = allocate([count], array.dtype);
  const to = result.data;
  let at = 0;
  inPieces(flags.length, (start, end) => {
    for (let i = start; i < end; i++) if (flags[i]) to[at++] = data[i];
  });
  return result;
}

/** Sets one value where a mask is true. */
function fillMasked(array: NDArray, mask: NDArray, value: NDArray): void {
  const element = rowMajorData(cast(value, array.dtype))[0];
  const walk = planWalk(array.shape, [array.strides, mask.strides]);
  const last = walk.shape.length - 1;
  const [step, stride] = [walk.strides[0][last], walk.strides[1][last]];
  const [data, flags] = [array.data, mask.data];
  forEachPiece(walk, [array.offset, mask.offset], ([at, flag], count) => {
    for (let i = 0; i < count; i++) {
      if (flags[flag + i * stride]) data[at + i * step] = element;
    }
  });
}

/** `array[items]`; `scalar` where the result is one number rather than an array. */
export function getItem(
  array: NDArray,
  items: readonly IndexItem[],
): { readonly array: NDArray; readonly scalar: boolean } {
  const mask = wholeMask(array, items);
  if (mask) return { array: compress(array, mask), scalar: false };
  const target = resolveIndex(array, items);
  if (target.kind === "view") return { array: target.view, scalar: target.scalar };
  const { view: base, jumps, shape, place } = target;
  // The arrays' axes come first in memory, as in NumPy, wherever they stand in the result.
  const result = allocate([...shape, ...base.shape], array.dtype);
  if (base.ndim === 0) gather(array.data, base.offset, jumps, result.data);
  else {
    const size = base.size;
    for (let i = 0; i < jumps.length; i++) {
      if (i % polledRows === 0) pollHost(i / jumps.length);
      assign(
        view(result, base.shape, result.strides.slice(shape.length), i * size),
        view(base, base.shape, base.strides, base.offset + jumps[i]),
      );
    }
  }
  return { array: placeAxes(result, shape.length, place), scalar: false };
}

/** Moves the arrays' axes from the front to where they stand in the result. */
function placeAxes(result: NDArray, count: number, place: number): NDArray {
  if (place === 0) return result;
  const front = Array.from({ length: count }, (_, axis) => axis);
  return moveAxis(
    result,
    front,
    front.map((axis) => axis + place),
  );
}

/** `array[items] = value`. */
export function setItem(array: NDArray, items: readonly IndexItem[], value: NDArray): void {
  checkWriteable(array);
  const mask = value.size === 1 && value.ndim <= 1 ? wholeMask(array, items) : null;
  if (mask) {
    fillMasked(array, mask, value);
    return;
  }
  const target = resolveIndex(array, items);
  if (target.kind === "view") {
    assignBroadcast(target.view, value);
    return;
  }
  const { view: base, jumps, shape, place } = target;
  checkMaskedCount(items, jumps.length, value);
  const resultShape = base.shape.toSpliced(place, 0, ...shape);
  const broadcast = fitShape(value, resultShape, () => shapeMismatch(value.shape, resultShape));
  const back = Array.from({ length: shape.length }, (_, axis) => axis);
  const ordered = moveAxis(
    cast(broadcast, array.dtype),
    back.map((axis) => axis + place),
    back,
  );
  const source = copy(ordered);
  if (base.ndim === 0) {
    inPieces(jumps.length, (start, end) => {
      for (let i = start; i < end; i++) array.data[base.offset + jumps[i]] = source.data[i];
    });
    return;
  }
  const size = base.size;
  for (let i = 0; i < jumps.length; i++) {
    if (i % polledRows === 0) pollHost(i / jumps.length);
    assign(
      view(base, base.shape, base.strides, base.offset + jumps[i]),
      view(source, base.shape, source.strides.slice(shape.length), i * size),
    );
  }
}

/** @throws ValueError where nothing may be assigned to the array's elements. */
export function checkWriteable(array: NDArray, what = "assignment destination"): void {
  if (!array.writeable) throw new EngineError("ValueError", `${what} is read-only`);
}

/** A single mask takes as many values as it has true elements, or one. */
function checkMaskedCount(items: readonly IndexItem[], count: number, value: NDArray): void {
  const mask = items[0];
  if (items.length !== 1 || !(mask instanceof NDArray) || mask.dtype !== "bool") return;
  if (value.ndim !== 1 || value.size === 1 || value.size === count) return;
  throw new EngineError(
    "ValueError",
    `NumPy boolean array indexing assignment cannot assign ${value.size} input values to the ${count} output values where the mask is true`,
  );
}

function shapeMismatch(from: readonly number[], into: readonly number[]): EngineError {
  return new EngineError(
    "ValueError",
    `shape mismatch: value array of shape ${tightShapeText(from)} could not be broadcast to indexing result of shape ${tightShapeText(into)}`,
  );
}

/** The value broadcast to a shape; leading axes of length 1 too many are dropped. */
function fitShape(value: NDArray, shape: readonly number[], fail: () => Error): NDArray {
  let source = value;
  while (source.ndim > shape.length && source.shape[0] === 1) {
    source = reshape(source, source.shape.slice(1));
  }
  const common = commonShape([source.shape, shape]);
  if (common?.length !== shape.length || common.some((n, axis) => n !== shape[axis])) throw fail();
  return broadcastTo(source, shape);
}

/** Assigns a value to every element of a view, in the words of `array[...] = value`. */
export function assignBroadcast(target: NDArray, value: NDArray): void {
  assign(
    target,
    fitShape(value, target.shape, () => broadcastInputError(value.shape, target.shape)),
  );
}
