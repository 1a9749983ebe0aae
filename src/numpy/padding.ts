/**
 * @file `np.pad`: one axis after the other, so that corners come from axes padded before.
 */
import { EngineError } from "../engine/index.ts";
import { castKeepingOrder, copy } from "./casting.ts";
import { isIntegral } from "./dtypes.ts";
import { concatenate } from "./joining.ts";
import type { NDArray } from "./ndarray.ts";
import { linspace, take } from "./ranges.ts";
import { max, min } from "./reductions/fold.ts";
import { mean } from "./reductions/moments.ts";
import { median } from "./reductions/order.ts";
import { binary, unary } from "./ufuncs/ufunc.ts";
import { broadcastTo, flip, moveAxis, sliceAxis, takeAxis } from "./views.ts";

type Pair<T> = readonly [T, T];

export interface Padding {
  readonly mode: string;
  /** Before and after each axis. */
  readonly widths: readonly Pair<number>[];
  /** `constant_values` or `end_values`, per axis. */
  readonly values?: readonly Pair<NDArray>[];
  /** How many elements at each end statistics look at; null is all. */
  readonly statLengths?: readonly Pair<number | null>[];
  /** `reflect_type="odd"`: reflected about the value at the edge too. */
  readonly odd?: boolean;
}

const statistics: Readonly<
  Record<string, (part: NDArray, options: { axis: number; keepDims: boolean }) => NDArray>
> = {
  maximum: max,
  minimum: min,
  mean,
  median: (part, { axis, keepDims }) => median(part, axis, keepDims),
};

function modulo(value: number, period: number): number {
  return ((value % period) + period) % period;
}

/** Which element stands at a place outside the array. */
function sourcePosition(place: number, length: number, mode: string): number {
  if (mode === "edge") return Math.min(Math.max(place, 0), length - 1);
  if (mode === "wrap") return modulo(place, length);
  if (mode === "symmetric") {
    const at = modulo(place, 2 * length);
    return at < length ? at : 2 * length - 1 - at;
  }
  if (length === 1) return 0;
  const at = modulo(place, 2 * length - 2);
  return at < length ? at : 2 * length - 2 - at;
}

/** The axis with `before` and `after` elements more, each standing elsewhere already. */
function byPosition(
  array: NDArray,
  axis: number,
  [before, after]: Pair<number>,
  mode: string,
): NDArray {
  const length = array.shape[axis];
  const positions = Array.from({ length: before + length + after }, (_, at) =>
    sourcePosition(at - before, length, mode),
  );
  return take(array, positions, axis);
}

/** Twice the edge less the reflection, in chunks as long as the array has grown. */
function oddReflection(
  given: NDArray,
  axis: number,
  [before, after]: Pair<number>,
  mode: string,
): NDArray {
  const skip = mode === "reflect" ? 1 : 0;
  let array = given;
  let [left, right] = [before, after];
  while (left > 0 || right > 0) {
    const length = array.shape[axis];
    if (length === 1 && skip === 1) return byPosition(array, axis, [left, right], "edge");
    const reflected = (edge: number, from: number, count: number) =>
      binary(
        "subtract",
        binary("multiply", 2n, sliceAxis(array, axis, edge, 1)),
        flip(sliceAxis(array, axis, from, count), [axis]),
      );
    const [low, high] = [Math.min(left, length - skip), Math.min(right, length - skip)];
    array = concatenate(
      [reflected(0, skip, low), array, reflected(length - 1, length - skip - high, high)],
      axis,
    );
    left -= low;
    right -= high;
  }
  return array;
}

/** From the end value to the edge, in equal steps. */
function ramp(array: NDArray, axis: number, width: number, end: NDArray, last: boolean): NDArray {
  const edge = takeAxis(array, axis, last ? array.shape[axis] - 1 : 0);
  const { values } = linspace(end, edge, width, false, array.dtype);
  const part = moveAxis(values, [0], [axis]);
  return last ? flip(part, [axis]) : part;
}

function statistic(
  array: NDArray,
  axis: number,
  mode: string,
  length: number | null,
  last: boolean,
): NDArray {
  const whole = array.shape[axis];
  const count = length === null ? whole : Math.min(length, whole);
  if (count === 0 && (mode === "maximum" || mode === "minimum")) {
    throw new EngineError("ValueError", "stat_length of 0 yields no value for padding");
  }
  const part = sliceAxis(array, axis, last ? whole - count : 0, count);
  const found = statistics[mode]!(part, { axis, keepDims: true });
  const rounded = isIntegral(array.dtype) && mode.startsWith("me") ? unary("rint", found) : found;
  return castKeepingOrder(rounded, array.dtype);
}

/** `np.pad` in each of its named modes. */
export function pad(array: NDArray, padding: Padding): NDArray {
  const { mode, widths, values, statLengths, odd } = padding;
  let result = copy(array);
  for (const [axis, [before, after]] of widths.entries()) {
    if (array.shape[axis] === 0 && (before > 0 || after > 0) && !/constant|empty/.test(mode)) {
      throw new EngineError(
        "ValueError",
        `can't extend empty axis ${axis} using modes other than 'constant' or 'empty'`,
      );
    }
    const spread = (value: NDArray, width: number) =>
      broadcastTo(castKeepingOrder(value, array.dtype), result.shape.with(axis, width));
    const around = (first: NDArray, last: NDArray) => {
      result = concatenate([first, result, last], axis);
    };
    if (mode === "constant" || mode === "empty") {
      const [first, last] = values![axis]!;
      around(spread(first, before), spread(last, after));
    } else if (mode === "linear_ramp") {
      const [first, last] = values![axis]!;
      around(ramp(result, axis, before, first, false), ramp(result, axis, after, last, true));
    } else if (mode in statistics) {
      const [first, last] = statLengths![axis]!;
      around(
        spread(statistic(result, axis, mode, first, false), before),
        spread(statistic(result, axis, mode, last, true), after),
      );
    } else if (odd && mode !== "wrap" && mode !== "edge") {
      result = oddReflection(result, axis, [before, after], mode);
    } else result = byPosition(result, axis, [before, after], mode);
  }
  return result;
}
