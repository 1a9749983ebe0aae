/**
 * @file Differences, gradients, integrals and interpolation of sampled functions, and convolution.
 */

import { polledElements, pollHost } from "../../../engine/index.ts";
import {
  argsort,
  asarray,
  binary,
  broadcastTo,
  cast,
  castKeepingOrder,
  concatenate,
  copy,
  cumulativeSum,
  differences,
  flip,
  getItem,
  interpolate,
  isIntegral,
  NDArray,
  normalizeAxis,
  type Operand,
  ravel,
  reshape,
  select,
  setItem,
  sliceAxis,
  sum,
  unary,
} from "../../../numpy/index.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { toCount, toFloat } from "../../operations.ts";
import { arrayTuple, result, toArray, toCounts, toOperand } from "./conversions.ts";

const add = (a: Operand, b: Operand) => binary("add", a, b);
const subtract = (a: Operand, b: Operand) => binary("subtract", a, b);
const multiply = (a: Operand, b: Operand) => binary("multiply", a, b);
const divide = (a: Operand, b: Operand) => binary("divide", a, b);

function refuse(message: string): Error {
  return pythonError("ValueError", message);
}

/** `np.diff`. */
function diff({ a, n, axis, prepend, append }: Bound): Value {
  const count = toCount(n!);
  if (count === 0) return a!;
  if (count < 0) throw refuse(`order must be non-negative but got ${count}`);
  const array = toArray(a!);
  if (array.ndim === 0) throw refuse("diff requires input that is at least one dimensional");
  const along = normalizeAxis(toCount(axis!), array.ndim);
  const edge = (value: Value | undefined): NDArray[] => {
    if (value === undefined) return [];
    const given = toArray(value);
    return [given.ndim === 0 ? broadcastTo(given, array.shape.with(along, 1)) : given];
  };
  const parts = [...edge(prepend), array, ...edge(append)];
  return differences(parts.length > 1 ? concatenate(parts, along) : array, count, along);
}

/** Distances between samples along one axis: one for all, or one per step. */
type Spacing = number | NDArray;

function spacings(given: readonly Value[], values: NDArray, axes: readonly number[]): Spacing[] {
  if (given.length === 0) return axes.map(() => 1);
  const arrays = given.map((value) => toArray(value));
  if (arrays.length === 1 && arrays[0]!.ndim === 0) return axes.map(() => toFloat(given[0]!));
  if (arrays.length !== axes.length) throw pythonError("TypeError", "invalid number of arguments");
  return arrays.map((distances, i) => {
    if (distances.ndim === 0) return toFloat(given[i]!);
    if (distances.ndim !== 1) throw refuse("distances must be either scalars or 1d");
    if (distances.size !== values.shape[axes[i]!]) {
      throw refuse("when 1d, distances must match the length of the corresponding dimension");
    }
    const places = isIntegral(distances.dtype) ? cast(distances, "float64") : distances;
    const steps = differences(places, 1, 0);
    const numbers = cast(steps, "float64").data as Float64Array;
    return numbers.every((step) => step === numbers[0]) ? numbers[0]! : steps;
  });
}

/** `np.gradient` along one axis: central differences inside, one-sided ones at the ends. */
function gradientAlong(f: NDArray, spacing: Spacing, axis: number, edgeOrder: number): NDArray {
  const length = f.shape[axis];
  if (length < edgeOrder + 1) {
    throw refuse(
      "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.",
    );
  }
  const part = (from: number, count = 1) =>
    sliceAxis(f, axis, from < 0 ? from + length : from, count);
  const inner = length - 2;
  const step = (at: number): number => {
    if (typeof spacing === "number") return spacing;
    const numbers = cast(spacing, "float64").data as Float64Array;
    return numbers.at(at)!;
  };
  const weighted = (weights: readonly Operand[], parts: readonly NDArray[]) =>
    weights.map((weight, i) => multiply(weight, parts[i]!)).reduce(add);
  let middle: NDArray;
  if (typeof spacing === "number") {
    middle = divide(subtract(part(2, inner), part(0, inner)), 2 * spacing);
  } else {
    const shape = f.shape.map((_, at) => (at === axis ? -1 : 1));
    const [before, after] = [sliceAxis(spacing, 0, 0, inner), sliceAxis(spacing, 0, 1, inner)];
    const both = add(before, after);
    const weights = [
      divide(unary("negative", after), multiply(before, both)),
      divide(subtract(after, before), multiply(before, after)),
      divide(before, multiply(after, both)),
    ];
    middle = weighted(
      weights.map((weight) => reshape(weight, shape)),
      [part(0, inner), part(1, inner), part(2, inner)],
    );
  }
  let [first, last]: NDArray[] = [];
  if (edgeOrder === 1) {
    first = divide(subtract(part(1), part(0)), step(0));
    last = divide(subtract(part(-1), part(-2)), step(-1));
  } else {
    const [d1, d2, e1, e2] = [step(0), step(1), step(-2), step(-1)];
    const uniform = typeof spacing === "number";
    first = weighted(
      uniform
        ? [-1.5 / d1, 2 / d1, -0.5 / d1]
        : [-(2 * d1 + d2) / (d1 * (d1 + d2)), (d1 + d2) / (d1 * d2), -d1 / (d2 * (d1 + d2))],
      [part(0), part(1), part(2)],
    );
    last = weighted(
      uniform
        ? [0.5 / e1, -2 / e1, 1.5 / e1]
        : [e2 / (e1 * (e1 + e2)), -(e2 + e1) / (e1 * e2), (2 * e2 + e1) / (e2 * (e1 + e2))],
      [part(-3), part(-2), part(-1)],
    );
  }
  return castKeepingOrder(concatenate([first!, middle, last!], axis), f.dtype);
}

function gradient({ f, varargs, axis, edge_order }: Bound): Value {
  const given = toArray(f!);
  const values = given.dtype.startsWith("float") ? given : cast(given, "float64");
  const axes =
    axis === null
      ? values.shape.map((_, at) => at)
      : toCounts(axis!).map((at) => normalizeAxis(at, values.ndim));
  const edgeOrder = toCount(edge_order!);
  const steps = spacings(varargs as Value[], values, axes);
  if (edgeOrder > 2) throw refuse("'edge_order' greater than 2 not supported");
  const parts = axes.map((at, i) => gradientAlong(values, steps[i]!, at, edgeOrder));
  return parts.length === 1 ? parts[0]! : arrayTuple(parts);
}

/** `np.trapezoid`. */
function trapezoid({ y, x, dx, axis }: Bound): Value {
  const heights = toArray(y!);
  const along = normalizeAxis(toCount(axis!), heights.ndim);
  const count = heights.shape[along] - 1;
  let widths: Operand = toOperand(dx!);
  if (x !== null) {
    const places = toArray(x!);
    if (places.ndim === 1) {
      const shape = heights.shape.map((_, at) => (at === along ? -1 : 1));
      widths = reshape(differences(places, 1, 0), shape);
    } else widths = differences(places, 1, along);
  }
  const sides = add(sliceAxis(heights, along, 1, count), sliceAxis(heights, along, 0, count));
  return result(sum(divide(multiply(widths, sides), 2), { axis: along }));
}

/** `np.interp`, with `left`, `right` and `period`. */
function interp({ x, xp, fp, left, right, period }: Bound): Value {
  let [at, points, values] = [x!, xp!, fp!].map((value) => toArray(value, "float64"));
  if (points!.size !== values!.size) throw refuse("fp and xp are not of the same length.");
  if (points!.size === 0) throw refuse("array of sample points is empty");
  if (period !== null) {
    const length = Math.abs(toFloat(period!));
    if (length === 0) throw refuse("period must be a non-zero value");
    at = binary("remainder", at!, length);
    points = binary("remainder", points!, length);
    const order = argsort(points, 0);
    points = getItem(points, [order]).array;
    values = getItem(values!, [order]).array;
    const last = points.size - 1;
    points = concatenate(
      [
        subtract(sliceAxis(points, 0, last, 1), length),
        points,
        add(sliceAxis(points, 0, 0, 1), length),
      ],
      0,
    );
    values = concatenate([sliceAxis(values, 0, last, 1), values, sliceAxis(values, 0, 0, 1)], 0);
  }
  const found = interpolate(at!, points!, values!);
  const outside = (by: Value | undefined, test: string, edge: number) => {
    if (by === null || by === undefined || period !== null) return;
    const bound = (copy(points!).data as Float64Array).at(edge)!;
    const mask = binary(test, at!, bound);
    const data = found.data as Float64Array;
    const flags = mask.data as Uint8Array;
    for (let i = 0; i < data.length; i++) if (flags[i]) data[i] = toFloat(by);
  };
  outside(left, "less", 0);
  outside(right, "greater", -1);
  return result(found);
}

/** `np.unwrap`. */
function unwrapPhase({ p, discont, axis, period }: Bound): Value {
  const given = toArray(p!);
  const whole = toOperand(period!);
  const along = normalizeAxis(toCount(axis!), given.ndim);
  const steps = differences(given, 1, along);
  const dtype = add(steps, whole).dtype;
  const length = toFloat(period!);
  const integral = isIntegral(dtype);
  const high: Operand = integral ? BigInt(Math.floor(length / 2)) : length / 2;
  const ambiguous = !integral || length % 2 === 0;
  const low: Operand = integral ? -BigInt(Math.floor(length / 2)) : -length / 2;
  let wrapped = add(binary("remainder", subtract(steps, low), whole), low);
  if (ambiguous) {
    const up = binary("logical_and", binary("equal", wrapped, low), binary("greater", steps, 0n));
    wrapped = select(up, high, wrapped) as NDArray;
  }
  const least: Operand = discont === null ? high : toOperand(discont!);
  const correction = select(
    binary("less", unary("absolute", steps), least),
    asarray(0, dtype),
    subtract(wrapped, steps),
  ) as NDArray;
  const unwrapped = cast(given, dtype);
  const rest = sliceAxis(unwrapped, along, 1, given.shape[along] - 1);
  setItem(rest, ["..."], add(rest, cumulativeSum(correction, along)));
  return unwrapped;
}

function convolved(a: NDArray, v: NDArray, mode: string, reverse: boolean): NDArray {
  for (const array of [a, v]) {
    if (array.ndim > 1) throw refuse("object too deep for desired array");
  }
  if (!["valid", "same", "full"].includes(mode)) {
    throw refuse("Use one of 'valid', 'same', or 'full' for convolve/correlate mode");
  }
  const dtype = binary("multiply", sliceAxis(a, 0, 0, 0), sliceAxis(v, 0, 0, 0)).dtype;
  const swap = v.size > a.size;
  const [long, short] = swap ? [v, a] : [a, v];
  const [x, y] = [long, short].map((array) => cast(array, "float64").data as Float64Array);
  const full = new Float64Array(x!.length + y!.length - 1);
  for (let i = 0; i < x!.length; i++) {
    if ((i * y!.length) % polledElements < y!.length) pollHost(i / x!.length);
    for (let j = 0; j < y!.length; j++) full[i + j]! += x![i]! * y![j]!;
  }
  const whole = cast(new NDArray(full, "float64", [full.length], [1], 0), dtype);
  if (mode === "full") return whole;
  const size = mode === "same" ? x!.length : x!.length - y!.length + 1;
  const even = reverse && swap ? Math.floor(y!.length / 2) : Math.floor((y!.length - 1) / 2);
  const start = mode === "same" ? even : y!.length - 1;
  return copy(sliceAxis(whole, 0, start, size));
}

/** A vector of a number or a sequence. */
function vector(value: Value, name: string): NDArray {
  const array = toArray(value);
  const shaped = array.ndim === 0 ? reshape(array, [1]) : array;
  if (shaped.size === 0) throw refuse(`${name} cannot be empty`);
  return shaped;
}

/** Each element less the one before. */
function neighbours(flat: NDArray): NDArray {
  const count = Math.max(flat.size - 1, 0);
  return subtract(sliceAxis(flat, 0, Math.min(1, flat.size), count), sliceAxis(flat, 0, 0, count));
}

/** Every such function by its name in `numpy`. */
export function calculusMembers(): Record<string, Value> {
  const functions = [
    builtin("diff(a, n=1, axis=-1, prepend=..., append=...)", diff),
    builtin("ediff1d(ary, to_end=None, to_begin=None)", ({ ary, to_end, to_begin }) => {
      const flat = ravel(toArray(ary!));
      const edge = (value: Value | undefined) =>
        value === null || value === undefined ? [] : [ravel(toArray(value, flat.dtype))];
      return concatenate([...edge(to_begin), neighbours(flat), ...edge(to_end)], 0);
    }),
    builtin("gradient(f, *varargs, axis=None, edge_order=1)", gradient),
    builtin("trapezoid(y, x=None, dx=1.0, axis=-1)", trapezoid),
    builtin("interp(x, xp, fp, left=None, right=None, period=None)", interp),
    builtin("unwrap(p, discont=None, axis=-1, *, period=6.283185307179586)", unwrapPhase),
    builtin("convolve(a, v, mode='full')", ({ a, v, mode }) =>
      convolved(vector(a!, "a"), vector(v!, "v"), String(mode), false),
    ),
    builtin("correlate(a, v, mode='valid')", ({ a, v, mode }) => {
      const [left, right] = [toArray(a!), toArray(v!)];
      return convolved(left, flip(right), String(mode), true);
    }),
  ];
  return Object.fromEntries(functions.map((entry) => [entry.name, entry]));
}
