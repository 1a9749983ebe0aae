/**
 * @file Reductions, each a function of `numpy` and most also a method of arrays and scalars.
 */
import {
  type ArrayDType,
  all,
  any,
  argmax,
  argmin,
  assignBroadcast,
  average,
  binary,
  broadcastTo,
  cast,
  castKeepingOrder,
  countNonzero,
  cumulativeProduct,
  cumulativeSum,
  isFloating,
  max,
  mean,
  median,
  min,
  type NDArray,
  nanArgmax,
  nanArgmin,
  nanMax,
  nanMean,
  nanMin,
  nanProduct,
  nanQuantile,
  nanStandardDeviation,
  nanSum,
  nanVariance,
  peakToPeak,
  product,
  type QuantileMethod,
  quantile,
  reducedAxes,
  reducedCount,
  reshape,
  select,
  sum,
  unary,
  variance,
} from "../../../numpy/index.ts";
import { PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, type Builtin, builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { toCount, toFloat, truth } from "../../operations.ts";
import { result, toArray, toAxis, toOperand } from "./conversions.ts";
import { readDType } from "./dtypes.ts";
import { reduce } from "./ufuncMethods.ts";
import { readOut } from "./ufuncs.ts";

/** The array with another number for each NaN. */
function withoutNaN(array: NDArray, by: number): NDArray {
  return isFloating(array.dtype) ? select(unary("isnan", array), by, array) : array;
}

type Reduce = (array: NDArray, bound: Bound) => NDArray;

/** The options of a reduction; `exactOptionalPropertyTypes` wants absent keys, not undefined. */
function read({ axis, keepdims, dtype, ddof, correction }: Bound) {
  const type = readDType(dtype);
  const degrees = correction ?? ddof;
  return {
    axis: toAxis(axis),
    keepDims: keepdims !== undefined && truth(keepdims!),
    ...(type === undefined ? {} : { dtype: type }),
    ...(degrees === undefined ? {} : { ddof: toFloat(degrees!) }),
  };
}

/** `axis=` of functions that take one axis or none. */
function toOneAxis(axis: Value | undefined): number | null {
  return axis === null || axis === undefined ? null : toCount(axis);
}

function readOne(bound: Bound) {
  return { ...read({ ...bound, axis: null }), axis: toOneAxis(bound.axis) };
}

/** The elements that `where=` leaves in; others become the reduction's identity. */
function masked(array: NDArray, where: Value | undefined, identity: number | bigint): NDArray {
  if (where === undefined || where === true) return array;
  const mask = cast(toArray(where!), "bool");
  const selected = select(broadcastTo(mask, array.shape), array, identity);
  return castKeepingOrder(selected, array.dtype);
}

/** The result combined with `initial=`. */
function withInitial(array: NDArray, initial: Value | undefined, operation: string): NDArray {
  return initial === undefined ? array : binary(operation, array, toOperand(initial!));
}

/** How many elements `where=` leaves in. */
function presentCount(array: NDArray, bound: Bound): NDArray | null {
  if (bound.where === undefined || bound.where === true) return null;
  const mask = broadcastTo(cast(toArray(bound.where!), "bool"), array.shape);
  const { axis, keepDims } = read(bound);
  return sum(mask, { axis, keepDims, dtype: "int64" });
}

function meanWhere(array: NDArray, bound: Bound): NDArray {
  const count = presentCount(array, bound);
  if (!count) return mean(array, read(bound));
  const floating = array.dtype.startsWith("float");
  const options = { ...read(bound), ...(floating ? {} : { dtype: "float64" as ArrayDType }) };
  const total = sum(masked(array, bound.where, 0), options);
  return castKeepingOrder(binary("divide", total, count, { dtype: "float64" }), total.dtype);
}

/** The variance of the elements that `where=` leaves in, in NumPy's own steps. */
function varianceWhere(array: NDArray, bound: Bound): NDArray {
  const known = bound.mean === undefined ? null : toArray(bound.mean!);
  if (bound.correction !== undefined && bound.ddof !== 0n && bound.ddof !== undefined) {
    throw pythonError("ValueError", "ddof and correction can't be provided simultaneously.");
  }
  const options = read(bound);
  const kept = presentCount(array, { ...bound, keepdims: true });
  if (!kept && !known) return variance(array, options);
  const { axis } = options;
  const dtype = options.dtype ?? (isFloating(array.dtype) ? array.dtype : "float64");
  const total = (values: NDArray, keepDims: boolean) =>
    sum(masked(values, bound.where, 0), { axis, keepDims, dtype });
  const all = BigInt(reducedCount(array, reducedAxes(array, axis)));
  const count = kept ?? toArray(all);
  const means = known ?? castKeepingOrder(binary("divide", total(array, true), count), dtype);
  const deviations = binary("subtract", array, means);
  const squares = total(binary("multiply", deviations, deviations), options.keepDims);
  const degrees = binary("subtract", count, options.ddof ?? 0);
  const divisor = reshape(binary("maximum", degrees, 0), kept ? squares.shape : []);
  return castKeepingOrder(binary("divide", squares, divisor, { dtype: "float64" }), dtype);
}

const extremeArguments = "axis=None, out=None, keepdims=False, initial=..., where=True";
const momentArguments =
  "axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=..., correction=...";

function extreme(reduceAll: typeof max, operation: string): Reduce {
  return (array, bound) =>
    bound.initial === undefined && (bound.where === undefined || bound.where === true)
      ? reduceAll(array, read(bound))
      : reduce(operation, array, bound);
}

/** By name: the arguments after the array, and the body. */
const shared: Readonly<Record<string, readonly [signature: string, body: Reduce]>> = {
  sum: [
    "axis=None, dtype=None, out=None, keepdims=False, initial=..., where=True",
    (array, bound) =>
      withInitial(sum(masked(array, bound.where, 0), read(bound)), bound.initial, "add"),
  ],
  prod: [
    "axis=None, dtype=None, out=None, keepdims=False, initial=..., where=True",
    (array, bound) =>
      withInitial(product(masked(array, bound.where, 1), read(bound)), bound.initial, "multiply"),
  ],
  mean: ["axis=None, dtype=None, out=None, keepdims=False, *, where=True", meanWhere],
  var: [momentArguments, varianceWhere],
  std: [momentArguments, (array, bound) => unary("sqrt", varianceWhere(array, bound))],
  max: [extremeArguments, extreme(max, "maximum")],
  min: [extremeArguments, extreme(min, "minimum")],
  argmax: [
    "axis=None, out=None, *, keepdims=False",
    (array, bound) => argmax(array, readOne(bound)),
  ],
  argmin: [
    "axis=None, out=None, *, keepdims=False",
    (array, bound) => argmin(array, readOne(bound)),
  ],
  any: [
    "axis=None, out=None, keepdims=False, *, where=True",
    (array, bound) => any(masked(cast(array, "bool"), bound.where, 0), read(bound)),
  ],
  all: [
    "axis=None, out=None, keepdims=False, *, where=True",
    (array, bound) => all(masked(cast(array, "bool"), bound.where, 1), read(bound)),
  ],
  cumsum: [
    "axis=None, dtype=None, out=None",
    (array, { axis, dtype }) => cumulativeSum(array, toOneAxis(axis), readDType(dtype)),
  ],
  cumprod: [
    "axis=None, dtype=None, out=None",
    (array, { axis, dtype }) => cumulativeProduct(array, toOneAxis(axis), readDType(dtype)),
  ],
};

/** Functions that are no methods in NumPy 2. */
const functionsOnly: Readonly<Record<string, readonly [signature: string, body: Reduce]>> = {
  ptp: ["axis=None, out=None, keepdims=False", (array, bound) => peakToPeak(array, read(bound))],
  count_nonzero: [
    "axis=None, *, keepdims=False",
    (array, bound) => countNonzero(array, read(bound)),
  ],
  nansum: [
    "axis=None, dtype=None, out=None, keepdims=False",
    (array, bound) => nanSum(array, read(bound)),
  ],
  nanprod: [
    "axis=None, dtype=None, out=None, keepdims=False",
    (array, bound) => nanProduct(array, read(bound)),
  ],
  nanmean: [
    "axis=None, dtype=None, out=None, keepdims=False",
    (array, bound) => nanMean(array, read(bound)),
  ],
  nanvar: [
    "axis=None, dtype=None, out=None, ddof=0, keepdims=False",
    (array, bound) => nanVariance(array, read(bound)),
  ],
  nanstd: [
    "axis=None, dtype=None, out=None, ddof=0, keepdims=False",
    (array, bound) => nanStandardDeviation(array, read(bound)),
  ],
  nancumsum: [
    "axis=None, dtype=None, out=None",
    (array, { axis, dtype }) =>
      cumulativeSum(withoutNaN(array, 0), toOneAxis(axis), readDType(dtype)),
  ],
  nancumprod: [
    "axis=None, dtype=None, out=None",
    (array, { axis, dtype }) =>
      cumulativeProduct(withoutNaN(array, 1), toOneAxis(axis), readDType(dtype)),
  ],
  nanmax: ["axis=None, out=None, keepdims=False", (array, bound) => nanMax(array, read(bound))],
  nanmin: ["axis=None, out=None, keepdims=False", (array, bound) => nanMin(array, read(bound))],
  nanargmax: [
    "axis=None, out=None, *, keepdims=False",
    (array, bound) => nanArgmax(array, readOne(bound)),
  ],
  nanargmin: [
    "axis=None, out=None, *, keepdims=False",
    (array, bound) => nanArgmin(array, readOne(bound)),
  ],
  median: [
    "axis=None, out=None, overwrite_input=False, keepdims=False",
    (array, { axis, keepdims }) => median(array, toAxis(axis), truth(keepdims!)),
  ],
};

/** The result, also put into `out=` where one is given. */
function deliver(array: NDArray, bound: Bound): Value {
  const out = readOut(bound.out);
  if (!out) return result(array);
  assignBroadcast(out, array);
  return out;
}

/** Methods of arrays and scalars. */
export function reductionMethods(): Record<string, (self: NDArray, bound: Bound) => Value> {
  return Object.fromEntries(
    Object.entries(shared).map(([name, [signature, body]]) => [
      `${name}(${signature})`,
      (self: NDArray, bound: Bound) => deliver(body(self, bound), bound),
    ]),
  );
}

/** `np.quantile` and `np.percentile`: `scale` is what the levels are divided by. */
function quantileFunction(name: string, scale: number, ignoreNaN: boolean): Builtin {
  return builtin(
    `${name}(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None, interpolation=None)`,
    (bound) => {
      const array = toArray(bound.a!);
      const method = String(bound.interpolation ?? bound.method) as QuantileMethod;
      const levels = readLevels(bound.q!, array, scale);
      checkLevels(levels, scale);
      const [axis, keepDims] = [toAxis(bound.axis), truth(bound.keepdims!)];
      const found = ignoreNaN
        ? nanQuantile(array, levels, { axis, keepDims }, method)
        : quantile(array, levels, axis, keepDims, method);
      return deliver(found, bound);
    },
  );
}

/** Levels in the array's own type where they are Python numbers, as NumPy 2 computes them. */
function readLevels(q: Value, array: NDArray, scale: number): NDArray {
  const plain = typeof q === "number" || typeof q === "bigint";
  const floating = array.dtype.startsWith("float");
  const levels = toArray(q, plain && floating ? array.dtype : undefined);
  const typed = levels.dtype.startsWith("float") ? levels : castKeepingOrder(levels, "float64");
  return scale === 1 ? typed : binary("divide", typed, scale);
}

function checkLevels(levels: NDArray, scale: number): void {
  const values = cast(levels, "float64").data as Float64Array;
  if (values.every((level) => level >= 0 && level <= 1)) return;
  throw pythonError(
    "ValueError",
    scale === 1
      ? "Quantiles must be in the range [0, 1]"
      : "Percentiles must be in the range [0, 100]",
  );
}

const averageFunction = builtin(
  "average(a, axis=None, weights=None, returned=False, *, keepdims=False)",
  ({ a, axis, weights, returned, keepdims }) => {
    const found = average(
      toArray(a!),
      toAxis(axis),
      weights === null ? null : toArray(weights!),
      truth(keepdims!),
    );
    if (!truth(returned!)) return result(found.average);
    return new PyTuple([result(found.average), result(found.sumOfWeights)]);
  },
);

/** Every reduction by its name in `numpy`. */
export function reductionMembers(): Record<string, Value> {
  const members: Record<string, Value> = {};
  for (const [name, [signature, body]] of [
    ...Object.entries(shared),
    ...Object.entries(functionsOnly),
  ]) {
    members[name] = builtin(`${name}(a, ${signature})`, (bound) =>
      deliver(body(toArray(bound.a!), bound), bound),
    );
  }
  members["amax"] = members["max"]!;
  members["amin"] = members["min"]!;
  members["quantile"] = quantileFunction("quantile", 1, false);
  members["percentile"] = quantileFunction("percentile", 100, false);
  members["nanquantile"] = quantileFunction("nanquantile", 1, true);
  members["nanpercentile"] = quantileFunction("nanpercentile", 100, true);
  members["nanmedian"] = builtin(
    "nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False)",
    (bound) => {
      const array = toArray(bound.a!);
      const half = toArray(0.5, array.dtype.startsWith("float") ? array.dtype : "float64");
      return deliver(nanQuantile(array, half, read(bound)), bound);
    },
  );
  members["average"] = averageFunction;
  return members;
}
