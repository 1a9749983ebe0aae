/**
 * @file `statistics`: exact sums of rational numbers, rounded once, as CPython's are.
 */
import { PyClass } from "../classes.ts";
import { PyList } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import { integerRatio } from "../formatting/floats.ts";
import { builtin, PythonModule } from "../functions.ts";
import { hashKey } from "../hashing.ts";
import type { Value } from "../objects.ts";
import {
  binary,
  collect,
  compare,
  equals,
  errorTypeName,
  repr,
  toCount,
  toFloat,
} from "../operations.ts";
import { trueDivide } from "../types/arithmetic.ts";
import { sortedItems } from "../types/sorting.ts";
import { exactSum } from "./summation.ts";

const statisticsError: PyClass = new PyClass("StatisticsError", {
  module: "statistics",
  bases: [exceptionClasses.ValueError],
  construct: ({ positional }) => new PyException(statisticsError, positional),
});

const refuse = (message: string) => new PyException(statisticsError, [message]);

/** An exact quotient; the denominator is positive. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

function fraction(value: Value): Fraction {
  if (typeof value === "bigint") return { over: value, under: 1n };
  if (typeof value === "boolean") return { over: value ? 1n : 0n, under: 1n };
  const { numerator, denominator } = integerRatio(toFloatStrict(value));
  return { over: numerator, under: denominator };
}

function toFloatStrict(value: Value): number {
  if (typeof value === "object" || typeof value === "number") return toFloat(value);
  throw pythonError(
    "TypeError",
    `can't convert type '${errorTypeName(value)}' to numerator/denominator`,
  );
}

const isWhole = (value: Value) => typeof value === "bigint" || typeof value === "boolean";

function add(a: Fraction, b: Fraction): Fraction {
  if (a.under === b.under) return { over: a.over + b.over, under: a.under };
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

const zero: Fraction = { over: 0n, under: 1n };

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** As the type of the data: integers stay integers where the result is one. */
function converted({ over, under }: Fraction, whole: boolean): Value {
  const divisor = greatestDivisor(over, under);
  if (whole && under / divisor === 1n) return over / divisor;
  return trueDivide(over, under);
}

interface Summed {
  readonly data: readonly Value[];
  readonly total: Fraction;
  /** Whether all of it is integers. */
  readonly whole: boolean;
  /** Infinity or NaN, where there is one. */
  readonly special: number | null;
}

function summed(data: readonly Value[]): Summed {
  let total = zero;
  let whole = true;
  let special: number | null = null;
  const byDenominator = new Map<bigint, bigint>();
  for (const value of data) {
    if (!isWhole(value)) {
      whole = false;
      const number = toFloatStrict(value);
      if (!Number.isFinite(number)) {
        special = (special ?? 0) + number;
        continue;
      }
    }
    const { over, under } = fraction(value);
    byDenominator.set(under, (byDenominator.get(under) ?? 0n) + over);
  }
  for (const [under, over] of byDenominator) total = add(total, { over, under });
  return { data, total, whole, special };
}

function mean(data: readonly Value[]): Value {
  if (data.length === 0) throw refuse("mean requires at least one data point");
  const { total, whole, special } = summed(data);
  if (special !== null) return special;
  return converted({ over: total.over, under: total.under * BigInt(data.length) }, whole);
}

/** The exact sum of squared deviations from the mean, or from `center`. */
function squares(data: readonly Value[], center: Value): { ss: Fraction; whole: boolean } {
  const { total, whole } = summed(data);
  const count = BigInt(data.length);
  const about =
    center === null ? { over: total.over, under: total.under * count } : fraction(center);
  let ss = zero;
  const terms = new Map<bigint, bigint>();
  for (const value of data) {
    const { over, under } = fraction(value);
    const difference = over * about.under - about.over * under;
    const below = (under * about.under) ** 2n;
    terms.set(below, (terms.get(below) ?? 0n) + difference * difference);
  }
  for (const [under, over] of terms) ss = add(ss, { over, under });
  return { ss, whole };
}

function variance(
  data: readonly Value[],
  center: Value,
  sample: boolean,
): Fraction & { whole: boolean } {
  const least = sample ? 2 : 1;
  if (data.length < least) {
    throw refuse(
      sample
        ? "variance requires at least two data points"
        : "pvariance requires at least one data point",
    );
  }
  const { ss, whole } = squares(data, center);
  return { over: ss.over, under: ss.under * BigInt(data.length - (sample ? 1 : 0)), whole };
}

/** The square root of a fraction, rounded once. */
function root({ over, under }: Fraction): number {
  if (over === 0n) return 0;
  const bits = over.toString(2).length - under.toString(2).length;
  // An integer root of 2·64 bits of the quotient, its last bit sticky.
  const half = Math.floor((bits - 128) / 2);
  const [top, bottom] =
    half >= 0 ? [over, under << BigInt(2 * half)] : [over << BigInt(-2 * half), under];
  const square = top / bottom;
  const found = integerRoot(square);
  const exact = found * found === square && square * bottom === top;
  const sticky = (found << 1n) | (exact ? 0n : 1n);
  return Number(sticky) * 2 ** (half - 1);
}

function integerRoot(value: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

function deviation(data: readonly Value[], center: Value, sample: boolean): Value {
  if (data.length < (sample ? 2 : 1)) {
    throw refuse(
      sample
        ? "stdev requires at least two data points"
        : "pstdev requires at least one data point",
    );
  }
  return root(variance(data, center, sample));
}

function median(data: Value, pick: "both" | "low" | "high"): Value {
  const items = sortedItems(collect(data), null, false);
  const count = items.length;
  if (count === 0) throw refuse("no median for empty data");
  const middle = Math.floor(count / 2);
  if (count % 2 === 1 || pick === "high") return items[middle]!;
  if (pick === "low") return items[middle - 1]!;
  return binary("/", binary("+", items[middle - 1]!, items[middle]!), 2n);
}

function counts(data: readonly Value[]): { value: Value; count: number }[] {
  const found = new Map<unknown, { value: Value; count: number }>();
  for (const value of data) {
    const key = hashKey(value);
    const entry = found.get(key);
    if (entry) entry.count++;
    else found.set(key, { value, count: 1 });
  }
  return [...found.values()];
}

function modes(data: readonly Value[]): Value[] {
  const all = counts(data);
  const most = all.reduce((highest, { count }) => Math.max(highest, count), 0);
  return all.filter(({ count }) => count === most).map(({ value }) => value);
}

function quantiles(data: Value, n: number, method: Value): Value {
  if (n < 1) throw refuse("n must be at least 1");
  const items = sortedItems(collect(data), null, false);
  const size = items.length;
  if (size < 2) throw refuse("must have at least two data points");
  if (method !== "inclusive" && method !== "exclusive") {
    throw pythonError("ValueError", `Unknown method: ${repr(method)}`);
  }
  const inclusive = method === "inclusive";
  const m = inclusive ? size - 1 : size + 1;
  const cuts: Value[] = [];
  for (let index = 1; index < n; index++) {
    const unclamped = Math.floor((index * m) / n);
    const at = inclusive ? unclamped : Math.min(Math.max(unclamped, 1), size - 1);
    const delta = BigInt(index * m - at * n);
    const [low, high] = inclusive ? [items[at]!, items[at + 1]!] : [items[at - 1]!, items[at]!];
    const upper = binary("*", low, BigInt(n) - delta);
    cuts.push(binary("/", binary("+", upper, binary("*", high, delta)), BigInt(n)));
  }
  return new PyList(cuts);
}

/** Deviations of pairs from their means. */
function paired(
  x: Value,
  y: Value,
  name: string,
): { xy: number; xx: number; yy: number; mx: number; my: number; count: number } {
  const [xs, ys] = [collect(x).map(toFloat), collect(y).map(toFloat)];
  if (xs.length !== ys.length) {
    throw refuse(`${name} requires that both inputs have same number of data points`);
  }
  if (xs.length < 2) throw refuse(`${name} requires at least two data points`);
  const mx = exactSum(xs) / xs.length;
  const my = exactSum(ys) / ys.length;
  const products = (a: readonly number[], ma: number, b: readonly number[], mb: number) =>
    exactSum(a.map((value, index) => (value - ma) * (b[index]! - mb)));
  return {
    xy: products(xs, mx, ys, my),
    xx: products(xs, mx, xs, mx),
    yy: products(ys, my, ys, my),
    mx,
    my,
    count: xs.length,
  };
}

function floatMean(data: readonly Value[], weights: Value): number {
  if (data.length === 0) throw refuse("fmean requires at least one data point");
  const numbers = data.map(toFloat);
  if (weights === null) return exactSum(numbers) / numbers.length;
  const shares = collect(weights).map(toFloat);
  if (shares.length !== numbers.length) throw refuse("data and weights must be the same length");
  const total = exactSum(shares);
  if (total === 0) throw refuse("sum of weights must be non-zero");
  return exactSum(numbers.map((value, index) => value * shares[index]!)) / total;
}

function harmonicMean(data: readonly Value[]): Value {
  if (data.length === 0) throw refuse("harmonic_mean requires at least one data point");
  if (data.some((value) => compare("<", value, 0n) === true)) {
    throw refuse("harmonic mean does not support negative values");
  }
  if (data.some((value) => equals(value, 0n))) return 0;
  const inverses = data.map((value) => {
    const { over, under } = fraction(value);
    return { over: under, under: over };
  });
  const { over, under } = inverses.reduce(add, zero);
  return trueDivide(BigInt(data.length) * under, over);
}

export function statisticsModule(): PythonModule {
  const spread = (name: string, center: string, body: (data: Value[], about: Value) => Value) =>
    builtin(`${name}(data, ${center}=None)`, (bound) =>
      body(collect(bound["data"]!), bound[center]!),
    );
  const functions = [
    builtin("mean(data)", ({ data }) => mean(collect(data!))),
    builtin("fmean(data, weights=None)", ({ data, weights }) =>
      floatMean(collect(data!), weights!),
    ),
    builtin("geometric_mean(data)", ({ data }) => {
      const logs = collect(data!).map((value) => Math.log(toFloat(value)));
      if (logs.length === 0 || logs.some((value) => !Number.isFinite(value))) {
        throw refuse("geometric mean requires a non-empty dataset containing positive numbers");
      }
      return Math.exp(exactSum(logs) / logs.length);
    }),
    builtin("harmonic_mean(data, weights=None)", ({ data }) => harmonicMean(collect(data!))),
    builtin("median(data)", ({ data }) => median(data!, "both")),
    builtin("median_low(data)", ({ data }) => median(data!, "low")),
    builtin("median_high(data)", ({ data }) => median(data!, "high")),
    builtin("mode(data)", ({ data }) => {
      const [first] = modes(collect(data!));
      if (first === undefined) throw refuse("no mode for empty data");
      return first;
    }),
    builtin("multimode(data)", ({ data }) => new PyList(modes(collect(data!)))),
    builtin("quantiles(data, *, n=4, method='exclusive')", ({ data, n, method }) =>
      quantiles(data!, toCount(n!), method!),
    ),
    spread("variance", "xbar", (data, about) => {
      const found = variance(data, about, true);
      return converted(found, found.whole);
    }),
    spread("pvariance", "mu", (data, about) => {
      const found = variance(data, about, false);
      return converted(found, found.whole);
    }),
    spread("stdev", "xbar", (data, about) => deviation(data, about, true)),
    spread("pstdev", "mu", (data, about) => deviation(data, about, false)),
    builtin("covariance(x, y, /)", ({ x, y }) => {
      const { xy, count } = paired(x!, y!, "covariance");
      return xy / (count - 1);
    }),
    builtin("correlation(x, y, /)", ({ x, y }) => {
      const { xy, xx, yy } = paired(x!, y!, "correlation");
      if (xx * yy === 0) throw refuse("at least one of the inputs is constant");
      return xy / Math.sqrt(xx * yy);
    }),
  ];
  return new PythonModule(
    "statistics",
    {
      StatisticsError: statisticsError,
      ...Object.fromEntries(functions.map((entry) => [entry.name, entry])),
    },
    ["NormalDist", "linear_regression", "median_grouped"],
  );
}
