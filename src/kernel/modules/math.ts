/**
 * @file `math`. Errors are CPython's: a domain error where a finite argument gives none, a range
 * error where the result is beyond the greatest float.
 */
import { PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { integerRatio } from "../formatting/floats.ts";
import { builtin, PythonModule } from "../functions.ts";
import { checkInterrupt } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import {
  binary,
  classOf,
  collect,
  findAttribute,
  invoke,
  iterate,
  toFloat,
  toIndex,
} from "../operations.ts";
import { floatToInteger, productOfRange } from "../types/arithmetic.ts";
import { bitLength } from "../types/longIntegers.ts";
import { cbrt, exp, log, log2, log10, pow } from "./elementary.ts";
import { erf, erfc, gamma, logGamma } from "./specialFunctions.ts";
import { exactSum } from "./summation.ts";
import { acos, acosh, asin, asinh, atan, cos, cosh, sin, sinh, tan } from "./trigonometry.ts";

const domainError = () => pythonError("ValueError", "math domain error");
const rangeError = () => pythonError("OverflowError", "math range error");

/** A function of one float. NaN from a number is a domain error; infinity from a finite one, a range error. */
function unary(name: string, body: (x: number) => number, infinity: "range" | "domain" = "range") {
  return builtin(`${name}(x, /)`, ({ x }) => {
    const argument = toFloat(x!);
    const result = body(argument);
    if (Number.isNaN(result) && !Number.isNaN(argument)) throw domainError();
    if (!Number.isFinite(result) && !Number.isNaN(result) && Number.isFinite(argument)) {
      throw infinity === "range" ? rangeError() : domainError();
    }
    return result;
  });
}

/** A logarithm: of integers of any size, since they may be too large for a float. */
function logarithm(value: Value, body: (x: number) => number): number {
  if (typeof value === "bigint" && value > 0n && !Number.isFinite(Number(value))) {
    const excess = bitLength(value) - 64;
    return body(Number(value >> BigInt(excess))) + excess * body(2);
  }
  const x = toFloat(value);
  if (x <= 0) throw domainError();
  return body(x);
}

function toward(name: "floor" | "ceil" | "trunc", value: Value): Value {
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return BigInt(value);
  const own = classOf(value).subclassable ? findAttribute(value, `__${name}__`) : undefined;
  if (own !== undefined) return invoke(own);
  const x = toFloat(value);
  return floatToInteger(Number.isFinite(x) ? Math[name](x) : x);
}

function integerRoot(value: Value): bigint {
  const n = toIndex(value);
  if (n < 0n) throw pythonError("ValueError", "isqrt() argument must be nonnegative");
  if (n === 0n) return 0n;
  // Newton's iteration from above.
  let root = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    checkInterrupt();
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function factorial(value: Value): bigint {
  if (typeof value === "number") {
    throw pythonError("TypeError", "'float' object cannot be interpreted as an integer");
  }
  const n = toIndex(value);
  if (n < 0n) throw pythonError("ValueError", "factorial() not defined for negative values");
  return productOfRange(2n, n);
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) {
    checkInterrupt();
    [x, y] = [y, x % y];
  }
  return x;
}

function leastMultiple(a: bigint, b: bigint): bigint {
  if (a === 0n || b === 0n) return 0n;
  const product = (a / greatestDivisor(a, b)) * b;
  return product < 0n ? -product : product;
}

function falling(name: string, n: Value, k: Value): { n: bigint; k: bigint } {
  const [count, chosen] = [toIndex(n), toIndex(k)];
  if (count < 0n) throw pythonError("ValueError", "n must be a non-negative integer");
  if (chosen < 0n) throw pythonError("ValueError", "k must be a non-negative integer");
  return { n: count, k: name === "comb" && chosen * 2n > count ? count - chosen : chosen };
}

function combinations(n: Value, k: Value): bigint {
  const given = falling("comb", n, k);
  if (given.k < 0n) return 0n;
  const { n: count, k: chosen } = given;
  return productOfRange(count - chosen + 1n, count) / productOfRange(2n, chosen);
}

function permutations(n: Value, k: Value): bigint {
  if (k === null) return factorial(n);
  const given = falling("perm", n, k);
  if (given.k > given.n) return 0n;
  return productOfRange(given.n - given.k + 1n, given.n);
}

function modf(x: number): PyTuple {
  if (!Number.isFinite(x)) return new PyTuple([Number.isNaN(x) ? x : 0 * Math.sign(x) || 0, x]);
  const whole = Math.trunc(x);
  const fraction = x - whole;
  return new PyTuple([fraction === 0 && (x < 0 || Object.is(x, -0)) ? -0 : fraction, whole]);
}

/** `x == mantissa * 2 ** exponent`, with the mantissa in [0.5, 1). */
function frexp(x: number): PyTuple {
  if (x === 0 || !Number.isFinite(x)) return new PyTuple([x, 0n]);
  const { numerator, denominator } = integerRatio(Math.abs(x));
  const exponent = bitLength(numerator) - bitLength(denominator) + 1;
  return new PyTuple([scale(x, -exponent), BigInt(exponent)]);
}

/** `x * 2 ** exponent` without overflow on the way. */
function scale(x: number, exponent: number): number {
  let result = x;
  let left = Math.max(-2200, Math.min(2200, exponent));
  while (left > 1000) {
    result *= 2 ** 1000;
    left -= 1000;
  }
  while (left < -1000) {
    result *= 2 ** -1000;
    left += 1000;
  }
  return result * 2 ** left;
}

function neighbour(x: number, towards: number): number {
  if (Number.isNaN(x) || Number.isNaN(towards)) return Number.NaN;
  if (x === towards) return towards;
  if (x === 0) return towards > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([x]).buffer);
  bits[0]! += x < towards === x > 0 ? 1n : -1n;
  return new Float64Array(bits.buffer)[0]!;
}

/** The distance to the next float. */
function ulp(x: number): number {
  if (!Number.isFinite(x)) return Math.abs(x);
  const magnitude = Math.abs(x);
  const above = neighbour(magnitude, Number.POSITIVE_INFINITY);
  return Number.isFinite(above) ? above - magnitude : magnitude - neighbour(magnitude, 0);
}

function remainder(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (!Number.isFinite(x) || y === 0) throw domainError();
  if (!Number.isFinite(y)) return x;
  const magnitude = Math.abs(y);
  const rest = Math.abs(x) % magnitude;
  const other = magnitude - rest;
  let nearest: number;
  if (rest < other) nearest = rest;
  else if (rest > other) nearest = -other;
  else nearest = rest - 2 * ((0.5 * (Math.abs(x) - rest)) % magnitude);
  return Math.sign(x) < 0 || Object.is(x, -0) ? -nearest : nearest;
}

function product(iterable: Value, start: Value): Value {
  let total = start;
  for (const item of iterate(iterable)) total = binary("*", total, item);
  return total;
}

function isClose({ a, b, rel_tol, abs_tol }: Record<string, Value | undefined>): boolean {
  const [x, y, relative, absolute] = [a, b, rel_tol, abs_tol].map((value) => toFloat(value!)) as [
    number,
    number,
    number,
    number,
  ];
  if (relative < 0 || absolute < 0) {
    throw pythonError("ValueError", "tolerances must be non-negative");
  }
  if (x === y) return true;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  const difference = Math.abs(x - y);
  return (
    difference <= Math.abs(relative * y) ||
    difference <= Math.abs(relative * x) ||
    difference <= absolute
  );
}

function floats(value: Value): number[] {
  return collect(value).map(toFloat);
}

function power(x: number, y: number): number {
  const result = pow(x, y);
  if (x === 1 || y === 0) return 1;
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    return x === -1 && !Number.isNaN(y) ? 1 : result;
  }
  if (Number.isNaN(result) || (x === 0 && y < 0)) throw domainError();
  if (!Number.isFinite(result)) throw rangeError();
  return result;
}

export function mathModule(): PythonModule {
  const functions = [
    unary("sqrt", Math.sqrt),
    unary("cbrt", cbrt),
    unary("exp", exp),
    unary("exp2", (x) => pow(2, x)),
    unary("expm1", Math.expm1),
    unary("log1p", Math.log1p, "domain"),
    unary("sin", sin),
    unary("cos", cos),
    unary("tan", tan),
    unary("asin", asin),
    unary("acos", acos),
    unary("atan", atan),
    unary("sinh", sinh),
    unary("cosh", cosh),
    unary("tanh", Math.tanh),
    unary("asinh", asinh),
    unary("acosh", acosh),
    unary("atanh", Math.atanh, "domain"),
    unary("fabs", Math.abs),
    unary("erf", erf),
    unary("erfc", erfc),
    unary("gamma", gamma),
    unary("lgamma", logGamma, "domain"),
    unary("degrees", (x) => x * (180 / Math.PI)),
    unary("radians", (x) => x * (Math.PI / 180)),
    builtin("log(x, base=..., /)", ({ x, base }) => {
      const numerator = logarithm(x!, log);
      if (base === undefined) return numerator;
      const denominator = logarithm(base, log);
      if (denominator === 0) throw pythonError("ZeroDivisionError", "float division by zero");
      return numerator / denominator;
    }),
    builtin("log2(x, /)", ({ x }) => logarithm(x!, log2)),
    builtin("log10(x, /)", ({ x }) => logarithm(x!, log10)),
    builtin("pow(x, y, /)", ({ x, y }) => power(toFloat(x!), toFloat(y!))),
    builtin("fmod(x, y, /)", ({ x, y }) => {
      const [a, b] = [toFloat(x!), toFloat(y!)];
      const result = a % b;
      if (Number.isNaN(result) && !Number.isNaN(a) && !Number.isNaN(b)) throw domainError();
      return result;
    }),
    builtin("remainder(x, y, /)", ({ x, y }) => remainder(toFloat(x!), toFloat(y!))),
    builtin("atan2(y, x, /)", ({ y, x }) => Math.atan2(toFloat(y!), toFloat(x!))),
    builtin("hypot(*coordinates)", ({ coordinates }) =>
      Math.hypot(...(coordinates as Value[]).map(toFloat)),
    ),
    builtin("dist(p, q, /)", ({ p, q }) => {
      const [from, to] = [floats(p!), floats(q!)];
      if (from.length !== to.length) {
        throw pythonError("ValueError", "both points must have the same number of dimensions");
      }
      return Math.hypot(...from.map((value, index) => value - to[index]!));
    }),
    builtin("copysign(x, y, /)", ({ x, y }) => {
      const [magnitude, sign] = [Math.abs(toFloat(x!)), toFloat(y!)];
      return sign < 0 || Object.is(sign, -0) ? -magnitude : magnitude;
    }),
    builtin("floor(x, /)", ({ x }) => toward("floor", x!)),
    builtin("ceil(x, /)", ({ x }) => toward("ceil", x!)),
    builtin("trunc(x, /)", ({ x }) => toward("trunc", x!)),
    builtin("modf(x, /)", ({ x }) => modf(toFloat(x!))),
    builtin("frexp(x, /)", ({ x }) => frexp(toFloat(x!))),
    builtin("ldexp(x, i, /)", ({ x, i }) => {
      const argument = toFloat(x!);
      const result = scale(argument, Number(toIndex(i!)));
      if (Number.isFinite(argument) && !Number.isFinite(result)) throw rangeError();
      return result;
    }),
    builtin("nextafter(x, y, /)", ({ x, y }) => neighbour(toFloat(x!), toFloat(y!))),
    builtin("ulp(x, /)", ({ x }) => ulp(toFloat(x!))),
    builtin("isnan(x, /)", ({ x }) => Number.isNaN(toFloat(x!))),
    builtin("isinf(x, /)", ({ x }) => Math.abs(toFloat(x!)) === Number.POSITIVE_INFINITY),
    builtin("isfinite(x, /)", ({ x }) => Number.isFinite(toFloat(x!))),
    builtin("isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", isClose),
    builtin("isqrt(n, /)", ({ n }) => integerRoot(n!)),
    builtin("factorial(n, /)", ({ n }) => factorial(n!)),
    builtin("gcd(*integers)", ({ integers }) =>
      (integers as Value[]).map(toIndex).reduce(greatestDivisor, 0n),
    ),
    builtin("lcm(*integers)", ({ integers }) =>
      (integers as Value[]).map(toIndex).reduce(leastMultiple, 1n),
    ),
    builtin("comb(n, k, /)", ({ n, k }) => combinations(n!, k!)),
    builtin("perm(n, k=None, /)", ({ n, k }) => permutations(n!, k!)),
    builtin("fsum(seq, /)", ({ seq }) => exactSum(floats(seq!))),
    builtin("prod(iterable, /, *, start=1)", ({ iterable, start }) => product(iterable!, start!)),
    builtin("sumprod(p, q, /)", ({ p, q }) => {
      const [left, right] = [collect(p!), collect(q!)];
      if (left.length !== right.length) {
        throw pythonError("ValueError", "Inputs are not the same length");
      }
      return left.reduce<Value>(
        (total, item, index) => binary("+", total, binary("*", item, right[index]!)),
        0n,
      );
    }),
  ];
  return new PythonModule("math", {
    ...Object.fromEntries(functions.map((entry) => [entry.name, entry])),
    pi: Math.PI,
    e: Math.E,
    tau: 2 * Math.PI,
    inf: Number.POSITIVE_INFINITY,
    nan: Number.NaN,
  });
}
