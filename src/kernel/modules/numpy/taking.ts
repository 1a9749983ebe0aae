/**
 * @file Elements by their positions, read and set: `take`, `put`, `choose`, `compress`, `place`,
 * `putmask`, with NumPy's modes for positions outside.
 */
import {
  type ArrayDType,
  assignBroadcast,
  broadcastShapes,
  broadcastTo,
  cast,
  checkWriteable,
  commonType,
  copy,
  getItem,
  isContiguous,
  NDArray,
  nonzero,
  normalizeAxis,
  ravel,
  reshape,
  take,
  wrapData,
} from "../../../numpy/index.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { collect, toCount, typeName } from "../../operations.ts";
import { setFlat } from "./arrayParts.ts";
import { result, toArray } from "./conversions.ts";
import { toAssigned } from "./operators.ts";

/** Positions as `mode=` reads them: those outside refused, brought to the edge, or counted round. */
function inside(positions: NDArray, length: number, mode: string, refuse: (at: number) => Error) {
  if (!/^(u?int|bool)/.test(positions.dtype) && positions.size > 0) {
    throw pythonError(
      "TypeError",
      `Cannot cast array data from dtype('${positions.dtype}') to dtype('int64') according to the rule 'safe'`,
    );
  }
  const places = cast(positions, "float64").data as Float64Array;
  for (const [i, place] of places.entries()) {
    if (mode === "wrap") places[i] = ((place % length) + length) % length;
    else if (mode === "clip") places[i] = Math.min(Math.max(place, 0), length - 1);
    else if (place < -length || place >= length) throw refuse(place);
    else if (place < 0) places[i] = place + length;
  }
  return cast(wrapData(places, "float64", positions.shape), "int64");
}

/** `np.take`. */
export function takeItems(array: NDArray, indices: Value, axis: Value, mode = "raise"): Value {
  const source = axis === null ? ravel(array) : array;
  const along = axis === null ? 0 : normalizeAxis(toCount(axis), Math.max(source.ndim, 1));
  const flat = source.ndim === 0 ? reshape(source, [1]) : source;
  const index = toArray(indices);
  const length = flat.shape[along];
  if (length === 0 && index.size > 0) {
    throw pythonError("IndexError", "cannot do a non-empty take from an empty axes.");
  }
  const positions = inside(index.size === 0 ? cast(index, "int64") : index, length, mode, (at) =>
    pythonError("IndexError", `index ${at} is out of bounds for axis ${along} with size ${length}`),
  );
  const lead = Array.from({ length: along }, () => ({ start: null, stop: null, step: null }));
  const found = getItem(flat, [...lead, positions]).array;
  return result(isContiguous(found) ? found : copy(found));
}

/** `np.put` and `a.put`. */
export function putItems(array: NDArray, indices: Value, values: Value, mode: string): void {
  const index = toArray(indices);
  const positions = inside(
    index.size === 0 ? cast(index, "int64") : index,
    array.size,
    mode,
    (at) =>
      pythonError("IndexError", `index ${at} is out of bounds for axis 0 with size ${array.size}`),
  );
  setFlat(array, ravel(positions), toAssigned(values, array.dtype));
}

/** The array that a function changes, or the TypeError that it is none. */
export function target(value: Value): NDArray {
  if (value instanceof NDArray) return value;
  const shown = typeName(value);
  throw pythonError("TypeError", `argument 1 must be numpy.ndarray, not ${shown}`);
}

/** Positions in row-major order where a mask is true. */
function maskedPlaces(mask: NDArray): NDArray {
  return nonzero(ravel(mask))[0]!;
}

/** `np.choose(a, choices)`. */
export function choose(index: NDArray, options: NDArray[], mode: string): NDArray {
  const count = options.length;
  const dtype: ArrayDType = commonType(options);
  const shape = broadcastShapes([index.shape, ...options.map((option) => option.shape)]);
  const picks = cast(
    inside(broadcastTo(index, shape), count, mode, () =>
      pythonError("ValueError", "invalid entry in choice array"),
    ),
    "float64",
  ).data as Float64Array;
  const spread = options.map((option) => copy(broadcastTo(cast(option, dtype), shape)).data);
  const chosen = copy(broadcastTo(cast(options[0]!, dtype), shape));
  for (let i = 0; i < picks.length; i++) chosen.data[i] = spread[picks[i]!]![i] as number;
  return chosen;
}

/** `np.compress(condition, a, axis)`. */
export function compressItems(condition: Value, array: NDArray, axis: Value): NDArray {
  const mask = toArray(condition);
  if (mask.ndim !== 1) throw pythonError("ValueError", "condition must be a 1-d array");
  const source = axis === null ? ravel(array) : array;
  const along = axis === null ? 0 : normalizeAxis(toCount(axis), source.ndim);
  const places = [...(maskedPlaces(mask).data as BigInt64Array)].map(Number);
  const beyond = places.find((place) => place >= source.shape[along]);
  if (beyond !== undefined) {
    throw pythonError(
      "IndexError",
      `index ${beyond} is out of bounds for axis ${along} with size ${source.shape[along]}`,
    );
  }
  return take(source, places, along);
}

/** An array put into `out=` where one is given. */
function into(out: Value | undefined, array: NDArray): Value {
  if (!(out instanceof NDArray)) return result(array);
  assignBroadcast(out, array);
  return out;
}

function place({ arr, mask, vals }: Bound): Value {
  const array = target(arr!);
  const where = toArray(mask!);
  if (where.size !== array.size) {
    throw pythonError("ValueError", "place: mask and data must be the same size");
  }
  const places = maskedPlaces(where);
  const values = ravel(toAssigned(vals!, array.dtype));
  if (values.size === 0 && places.size > 0) {
    throw pythonError("ValueError", "Cannot insert from an empty array!");
  }
  setFlat(array, places, values);
  return null;
}

function putMask({ a, mask, values }: Bound): Value {
  const array = target(a!);
  checkWriteable(array, "putmask: output array");
  const where = toArray(mask!);
  if (where.size !== array.size) {
    throw pythonError("ValueError", "putmask: mask and data must be the same size");
  }
  const source = ravel(toAssigned(values!, array.dtype));
  if (source.size === 0) return null;
  const places = maskedPlaces(where);
  const from = [...(places.data as BigInt64Array)].map((at) => Number(at) % source.size);
  setFlat(array, places, take(source, from, 0));
  return null;
}

/** Every such function by its name in `numpy`. */
export function takingMembers(): Record<string, Value> {
  const functions = [
    builtin(
      "take(a, indices, axis=None, out=None, mode='raise')",
      ({ a, indices, axis, out, mode }) =>
        into(out, toArray(takeItems(toArray(a!), indices!, axis!, String(mode)))),
    ),
    builtin("put(a, ind, v, mode='raise')", ({ a, ind, v, mode }) => {
      putItems(target(a!), ind!, v!, String(mode));
      return null;
    }),
    builtin("choose(a, choices, out=None, mode='raise')", ({ a, choices, out, mode }) =>
      into(
        out,
        choose(
          toArray(a!),
          collect(choices!).map((choice) => toArray(choice)),
          String(mode),
        ),
      ),
    ),
    builtin("compress(condition, a, axis=None, out=None)", ({ condition, a, axis, out }) =>
      into(out, compressItems(condition!, toArray(a!), axis!)),
    ),
    builtin(
      "extract(condition, arr)",
      ({ condition, arr }) =>
        getItem(ravel(toArray(arr!)), [maskedPlaces(ravel(toArray(condition!)))]).array,
    ),
    builtin("place(arr, mask, vals)", place),
    builtin("putmask(a, mask, values)", putMask),
    builtin("flatnonzero(a)", ({ a }) => maskedPlaces(toArray(a!))),
  ];
  return Object.fromEntries(functions.map((entry) => [entry.name, entry]));
}
