/**
 * @file Functions of one element, with the types they compute in and their poles.
 */
import { EngineError } from "../../engine/index.ts";
import { isFloating } from "../dtypes.ts";
import type { ArrayDType } from "../ndarray.ts";
import {
  arctan,
  cbrt,
  cos,
  exp,
  exp2,
  expm1,
  log,
  log1p,
  log2,
  log10,
  sin,
  tan,
  tanh,
} from "./accurate.ts";
import { floatFor, nextAfter, nextAfter32 } from "./binaryOperations.ts";
import { cos32, exp32, log32, sin32 } from "./single.ts";

export interface UnaryOperation {
  readonly name: string;
  /** The type computed in; undefined where there is no loop. */
  readonly compute: (dtype: ArrayDType) => ArrayDType | undefined;
  readonly predicate?: boolean;
  readonly float?: (value: number) => number | boolean;
  /** float32 where it is more than `float` rounded. */
  readonly single?: (value: number) => number;
  readonly integer?: (value: number) => number | boolean;
  readonly big?: (value: bigint) => bigint | boolean;
  readonly bool?: (value: number) => number | boolean;
  /** True where an infinite result is a division by zero rather than an overflow. */
  readonly pole?: (value: number) => boolean;
}

const same = (dtype: ArrayDType): ArrayDType => dtype;
const numeric = (dtype: ArrayDType): ArrayDType => (dtype === "bool" ? "int8" : dtype);
const noBool = (dtype: ArrayDType): ArrayDType | undefined =>
  dtype === "bool" ? undefined : dtype;

/** Half to even, as the C library's `rint`. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest === 0) return value;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  const rounded = up ? floor + 1 : floor;
  // Keeps the sign of zero: rint(-0.4) is -0.
  return rounded === 0 && value < 0 ? -0 : rounded;
}

function transcendental(
  name: string,
  float: (value: number) => number,
  pole?: (value: number) => boolean,
): UnaryOperation {
  return { name, compute: floatFor, float, ...(pole ? { pole } : {}) };
}

/** Leaves integers as they are: `floor`, `ceil`, `rint`, `trunc`. */
function rounding(name: string, float: (value: number) => number): UnaryOperation {
  return {
    name,
    compute: (dtype) => (name === "rint" ? floatFor(dtype) : dtype),
    float,
    integer: (value) => value,
    big: (value) => value,
  };
}

function predicate(name: string, float: (value: number) => boolean, other = false): UnaryOperation {
  return {
    name,
    compute: same,
    predicate: true,
    float,
    integer: () => other,
    big: () => other,
  };
}

const operations: readonly UnaryOperation[] = [
  {
    name: "absolute",
    compute: same,
    float: Math.abs,
    integer: Math.abs,
    big: (value) => (value < 0n ? -value : value),
  },
  { name: "fabs", compute: floatFor, float: Math.abs },
  {
    name: "negative",
    compute: same,
    float: (value) => -value,
    integer: (value) => -value,
    big: (value) => -value,
    bool: () => {
      throw new EngineError(
        "TypeError",
        "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.",
      );
    },
  },
  {
    name: "positive",
    compute: noBool,
    float: (value) => value,
    integer: (value) => value,
    big: (value) => value,
  },
  {
    name: "conjugate",
    compute: numeric,
    float: (value) => value,
    integer: (value) => value,
    big: (value) => value,
  },
  {
    name: "spacing",
    compute: floatFor,
    float: (value) => nextAfter(value, value < 0 ? -Infinity : Infinity) - value,
    single: (value) => nextAfter32(value, value < 0 ? -Infinity : Infinity) - value,
  },
  {
    name: "sign",
    compute: noBool,
    float: (value) => (value > 0 ? 1 : value < 0 ? -1 : value === 0 ? 0 : value),
    integer: Math.sign,
    big: (value) => (value > 0n ? 1n : value < 0n ? -1n : 0n),
  },
  {
    name: "square",
    compute: numeric,
    float: (value) => value * value,
    integer: (value) => Math.imul(value, value),
    big: (value) => value * value,
  },
  {
    name: "reciprocal",
    compute: numeric,
    float: (value) => 1 / value,
    integer: (value) => Math.trunc(1 / value),
    big: (value) => (value === 1n || value === -1n ? value : 0n),
    pole: () => true,
  },
  {
    name: "invert",
    compute: (dtype) => (isFloating(dtype) ? undefined : dtype),
    integer: (value) => ~value,
    big: (value) => ~value,
    bool: (value) => 1 - value,
  },
  {
    name: "logical_not",
    compute: same,
    predicate: true,
    float: (value) => value === 0,
    integer: (value) => value === 0,
    big: (value) => value === 0n,
  },
  transcendental("sqrt", Math.sqrt),
  transcendental("cbrt", cbrt),
  { ...transcendental("exp", exp), single: exp32 },
  transcendental("exp2", exp2),
  transcendental("expm1", expm1),
  { ...transcendental("log", log, (value) => value === 0), single: log32 },
  transcendental("log2", log2, (value) => value === 0),
  transcendental("log10", log10, (value) => value === 0),
  transcendental("log1p", log1p, (value) => value === -1),
  { ...transcendental("sin", sin), single: sin32 },
  { ...transcendental("cos", cos), single: cos32 },
  transcendental("tan", tan),
  transcendental("arcsin", Math.asin),
  transcendental("arccos", Math.acos),
  transcendental("arctan", arctan),
  transcendental("sinh", Math.sinh),
  transcendental("cosh", Math.cosh),
  transcendental("tanh", tanh),
  transcendental("arcsinh", Math.asinh),
  transcendental("arccosh", Math.acosh),
  transcendental("arctanh", Math.atanh, (value) => Math.abs(value) === 1),
  {
    ...transcendental("degrees", (value) => value * (180 / Math.PI)),
    single: (value) => value * Math.fround(180 / Math.fround(Math.PI)),
  },
  {
    ...transcendental("radians", (value) => value * (Math.PI / 180)),
    single: (value) => value * Math.fround(Math.fround(Math.PI) / 180),
  },
  rounding("floor", Math.floor),
  rounding("ceil", Math.ceil),
  rounding("trunc", Math.trunc),
  rounding("rint", roundHalfEven),
  predicate("isnan", Number.isNaN),
  predicate("isinf", (value) => value === Infinity || value === -Infinity),
  predicate("isfinite", Number.isFinite, true),
  {
    name: "signbit",
    compute: floatFor,
    predicate: true,
    float: (value) => value < 0 || Object.is(value, -0),
  },
];

/** Every function of one element, by the ufunc's name. */
export const unaryOperations: Readonly<Record<string, UnaryOperation>> = Object.fromEntries(
  operations.map((operation) => [operation.name, operation]),
);
