/**
 * @file Arrays with elements taken out or put in, and partly sorted ones.
 */
import {
  arange,
  argsort,
  asarray,
  assign,
  assignBroadcast,
  broadcastTo,
  cast,
  copy,
  getItem,
  moveAxis,
  type NDArray,
  normalizeAxis,
  ravel,
  reshape,
  setItem,
  sliceAxis,
  sort,
  take,
  zeros,
} from "../../../numpy/index.ts";
import { PySlice } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { toCount } from "../../operations.ts";
import { toArray, toCounts } from "./conversions.ts";
import { toIndexItems } from "./operators.ts";

function outOfBounds(index: number, axis: number, length: number): Error {
  return pythonError(
    "IndexError",
    `index ${index} is out of bounds for axis ${axis} with size ${length}`,
  );
}

/** The array and the axis to work along: all elements in order where no axis is given. */
function along(value: Value, axis: Value): { array: NDArray; at: number } {
  const array = toArray(value);
  return axis === null
    ? { array: ravel(array), at: 0 }
    : { array, at: normalizeAxis(toCount(axis), array.ndim) };
}

/** Positions that `obj` of `np.delete` and `np.insert` names, counted from the front. */
function positionsOf(obj: Value, length: number, axis: number, last: number): number[] {
  if (obj instanceof PySlice) {
    const chosen = getItem(arange(0n, BigInt(length), 1n), toIndexItems(obj)).array;
    return [...(copy(chosen).data as BigInt64Array)].map(Number);
  }
  const indices = toArray(obj);
  const numbers = [...(cast(indices, "float64").data as Float64Array)];
  return numbers.map((index) => {
    if (index < -length || index > last) throw outOfBounds(index, axis, length);
    return index < 0 ? index + length : index;
  });
}

/** `np.delete`. */
function without(arr: Value, obj: Value, axis: Value): NDArray {
  const { array, at } = along(arr, axis);
  const length = array.shape[at];
  const mask = obj instanceof PySlice ? null : toArray(obj);
  let gone: Set<number>;
  if (mask?.dtype === "bool" && mask.ndim > 0) {
    if (mask.ndim !== 1 || mask.size !== length) {
      throw pythonError(
        "ValueError",
        `boolean array argument obj to delete must be one dimensional and match the axis length of ${length}`,
      );
    }
    const flags = copy(mask).data as Uint8Array;
    gone = new Set([...flags.keys()].filter((i) => flags[i]));
  } else gone = new Set(positionsOf(obj, length, at, length - 1));
  const kept = Array.from({ length }, (_, i) => i).filter((i) => !gone.has(i));
  return take(array, kept, at);
}

/** One value, or one run of values, put in at one place. */
function insertRun(array: NDArray, axis: number, place: number, values: NDArray): NDArray {
  const count = values.shape[axis];
  const length = array.shape[axis];
  const result = zeros(array.shape.with(axis, length + count), array.dtype);
  assign(sliceAxis(result, axis, 0, place), sliceAxis(array, axis, 0, place));
  assignBroadcast(sliceAxis(result, axis, place, count), values);
  assign(
    sliceAxis(result, axis, place + count, length - place),
    sliceAxis(array, axis, place, length - place),
  );
  return result;
}

/** `np.insert`: places are those of the array before anything is put in. */
function inserted(arr: Value, obj: Value, given: Value, axis: Value): NDArray {
  const { array, at } = along(arr, axis);
  const length = array.shape[at];
  const single = !(obj instanceof PySlice) && toArray(obj).size === 1;
  const places = positionsOf(obj, length, at, length);
  const values = cast(toArray(given), array.dtype);
  if (single) {
    const lead = new Array<number>(Math.max(array.ndim - values.ndim, 0)).fill(1);
    let shaped = reshape(values, [...lead, ...values.shape]);
    // A scalar place takes the values' first axis for the one inserted along.
    if (toArray(obj).ndim === 0) shaped = moveAxis(shaped, [0], [at]);
    return insertRun(array, at, places[0]!, shaped);
  }
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]! || a - b);
  const targets = new Array<number>(places.length);
  for (const [rank, i] of order.entries()) targets[i] = places[i]! + rank;
  const total = length + places.length;
  const result = zeros(array.shape.with(at, total), array.dtype);
  const lead = Array.from({ length: at }, () => ({ start: null, stop: null, step: null }));
  const integers = (numbers: number[]) => asarray(numbers.map(BigInt), "int64");
  setItem(result, [...lead, integers(targets)], values);
  const taken = new Set(targets);
  const rest = Array.from({ length: total }, (_, i) => i).filter((i) => !taken.has(i));
  setItem(result, [...lead, integers(rest)], array);
  return result;
}

function checkKth(kth: Value, length: number): void {
  for (const place of toCounts(kth)) {
    if (place < -length || place >= length) {
      throw pythonError("ValueError", `kth(=${place}) out of bounds (${length})`);
    }
  }
}

/** `np.partition`: wholly sorted, which is partly sorted around every place. */
export function partition(array: NDArray, kth: Value, axis: number): NDArray {
  checkKth(kth, array.shape[normalizeAxis(axis, array.ndim)]);
  return sort(array, axis);
}

/** `np.argpartition`. */
export function argpartition(given: NDArray, kth: Value, axis: Value): NDArray {
  const array = axis === null ? ravel(given) : given;
  const at = axis === null ? 0 : normalizeAxis(toCount(axis), array.ndim);
  checkKth(kth, array.shape[at]);
  return argsort(array, at);
}

/** Every such function by its name in `numpy`. */
export function editingMembers(): Record<string, Value> {
  const functions = [
    builtin("delete(arr, obj, axis=None)", ({ arr, obj, axis }) => without(arr!, obj!, axis!)),
    builtin("insert(arr, obj, values, axis=None)", ({ arr, obj, values, axis }) =>
      inserted(arr!, obj!, values!, axis!),
    ),
    builtin("partition(a, kth, axis=-1, kind='introselect', order=None)", ({ a, kth, axis }) => {
      const array = axis === null ? ravel(toArray(a!)) : toArray(a!);
      return partition(array, kth!, axis === null ? 0 : toCount(axis!));
    }),
    builtin("argpartition(a, kth, axis=-1, kind='introselect', order=None)", ({ a, kth, axis }) =>
      argpartition(toArray(a!), kth!, axis!),
    ),
    builtin("resize(a, new_shape)", ({ a, new_shape }) => {
      const array = ravel(toArray(a!));
      const shape = toCounts(new_shape!);
      if (shape.some((length) => length < 0)) {
        throw pythonError("ValueError", "all elements of `new_shape` must be non-negative");
      }
      const size = shape.reduce((product, length) => product * length, 1);
      if (array.size === 0) return zeros(shape, array.dtype);
      const positions = Array.from({ length: size }, (_, i) => i % array.size);
      return reshape(take(array, positions, 0), shape);
    }),
    builtin("broadcast_to(array, shape, subok=False)", ({ array, shape }) => {
      const spread = broadcastTo(toArray(array!), toCounts(shape!));
      spread.writeable = false;
      return spread;
    }),
  ];
  return Object.fromEntries(functions.map((entry) => [entry.name, entry]));
}
