/**
 * @file Functions of two elements: what each does to floats, integers and bools, the types it
 * computes in, and where it has a pole. Integer results wrap when they are stored.
 */
import { EngineError } from "../../engine/index.ts";
import { isFloating } from "../dtypes.ts";
import type { ArrayDType } from "../ndarray.ts";
import { reportFault } from "../warnings.ts";
import { arctan2, exp, exp2, hypot, log1p, power } from "./accurate.ts";

export interface BinaryOperation {
  /** As errors and warnings name the ufunc. */
  readonly name: string;
  /** The type computed in, from the operands' common type; undefined where there is no loop. */
  readonly compute: (common: ArrayDType) => ArrayDType | undefined;
  /** True where the result is bool whatever the operands. */
  readonly predicate?: boolean;
  readonly float?: (left: number, right: number) => number | boolean;
  /** float32 where it is more than `float` rounded. */
  readonly single?: (left: number, right: number) => number;
  /** Integers of up to 32 bits, and bools where `bool` is left out. */
  readonly integer?: (left: number, right: number) => number | boolean;
  readonly big?: (left: bigint, right: bigint) => bigint | boolean;
  readonly bool?: (left: number, right: number) => number | boolean;
  /** True where an infinite result is a division by zero rather than an overflow. */
  readonly pole?: (left: number, right: number) => boolean;
}

const same = (common: ArrayDType): ArrayDType => common;
const numeric = (common: ArrayDType): ArrayDType => (common === "bool" ? "int8" : common);
const exact = (common: ArrayDType): ArrayDType | undefined =>
  isFloating(common) ? undefined : common;

/** The smallest float type that a function like `exp` computes integers in. */
export function floatFor(dtype: ArrayDType): ArrayDType {
  if (isFloating(dtype)) return dtype;
  if (dtype === "bool" || dtype === "int8" || dtype === "uint8") return "float16";
  return dtype === "int16" || dtype === "uint16" ? "float32" : "float64";
}

function floorDivideFloat(left: number, right: number): number {
  if (right === 0) return left / right;
  const remainder = left % right;
  let quotient = (left - remainder) / right;
  if (remainder !== 0 && right < 0 !== remainder < 0) quotient -= 1;
  if (quotient === 0) return left / right < 0 ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

function remainderFloat(left: number, right: number): number {
  const remainder = left % right;
  if (remainder === 0) return right < 0 ? -0 : 0;
  return right < 0 !== remainder < 0 ? remainder + right : remainder;
}

function byZero<T>(operation: string, result: T): T {
  reportFault("divide", operation);
  return result;
}

function floorDivideBig(left: bigint, right: bigint): bigint {
  if (right === 0n) return byZero("floor_divide", 0n);
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
}

function remainderBig(left: bigint, right: bigint): bigint {
  if (right === 0n) return byZero("remainder", 0n);
  const remainder = left % right;
  return remainder !== 0n && remainder < 0n !== right < 0n ? remainder + right : remainder;
}

function checkExponent(negative: boolean): void {
  if (negative) {
    throw new EngineError("ValueError", "Integers to negative integer powers are not allowed.");
  }
}

function powerInteger(base: number, exponent: number): number {
  checkExponent(exponent < 0);
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = Math.imul(result, square);
    square = Math.imul(square, square);
  }
  return result;
}

function powerBig(base: bigint, exponent: bigint): bigint {
  checkExponent(exponent < 0n);
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asUintN(64, result * square);
    square = BigInt.asUintN(64, square * square);
  }
  return result;
}

/** NaN where either is; as `np.maximum`. */
function maximum(left: number, right: number): number {
  return left >= right || Number.isNaN(left) ? left : right;
}

function minimum(left: number, right: number): number {
  return left <= right || Number.isNaN(left) ? left : right;
}

// Math.max takes no bigints.
function greaterBig(left: bigint, right: bigint): bigint {
  if (left < right) return right;
  return left;
}

function lesserBig(left: bigint, right: bigint): bigint {
  if (left > right) return right;
  return left;
}

function logAddExp(left: number, right: number): number {
  if (left === right) return left + Math.LN2;
  const difference = left - right;
  if (difference > 0) return left + log1p(exp(-difference));
  return difference <= 0 ? right + log1p(exp(difference)) : difference;
}

function copySign(left: number, right: number): number {
  const negative = right < 0 || Object.is(right, -0);
  return negative ? -Math.abs(left) : Math.abs(left);
}

function logAddExp2(left: number, right: number): number {
  if (left === right) return left + 1;
  const difference = left - right;
  const rest = (distance: number) => log1p(exp2(-distance)) * Math.LOG2E;
  if (difference > 0) return left + rest(difference);
  return difference <= 0 ? right + rest(-difference) : difference;
}

/** `value * 2 ** exponent`, in steps that neither overflow nor vanish on the way. */
function scaleByPower(value: number, exponent: number): number {
  let [result, rest] = [value, Math.max(-2200, Math.min(2200, exponent))];
  for (; rest > 1000; rest -= 1000) result *= 2 ** 1000;
  for (; rest < -1000; rest += 1000) result *= 2 ** -1000;
  return result * 2 ** rest;
}

const doubles = new Float64Array(1);
const doubleBits = new BigInt64Array(doubles.buffer);

/** The next double from `left` towards `right`. */
export function nextAfter(left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN;
  if (left === right) return right;
  if (left === 0) return right > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  doubles[0] = left;
  doubleBits[0] += left < right === left > 0 ? 1n : -1n;
  return doubles[0];
}

const singles = new Float32Array(1);
const singleBits = new Int32Array(singles.buffer);

/** The next float32 from `left` towards `right`. */
export function nextAfter32(left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN;
  if (left === right) return right;
  if (left === 0) return right > 0 ? 2 ** -149 : -(2 ** -149);
  singles[0] = left;
  singleBits[0] += left < right === left > 0 ? 1 : -1;
  return singles[0];
}

function commonDivisor(left: number, right: number): number {
  let [a, b] = [Math.abs(left), Math.abs(right)];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function commonDivisorBig(left: bigint, right: bigint): bigint {
  let [a, b] = [left < 0n ? -left : left, right < 0n ? -right : right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function commonMultipleBig(left: bigint, right: bigint): bigint {
  const divisor = commonDivisorBig(left, right);
  const multiple = divisor === 0n ? 0n : (left / divisor) * right;
  return multiple < 0n ? -multiple : multiple;
}

const integral = (common: ArrayDType): ArrayDType | undefined =>
  isFloating(common) || common === "bool" ? undefined : common;

type Comparison = (left: number | bigint, right: number | bigint) => boolean;

function comparison(name: string, body: Comparison): BinaryOperation {
  return { name, compute: same, predicate: true, float: body, integer: body, big: body };
}

function logical(name: string, body: (left: boolean, right: boolean) => boolean): BinaryOperation {
  return {
    name,
    compute: same,
    predicate: true,
    float: (left, right) => body(left !== 0, right !== 0),
    integer: (left, right) => body(left !== 0, right !== 0),
    big: (left, right) => body(left !== 0n, right !== 0n),
  };
}

const operations: readonly BinaryOperation[] = [
  {
    name: "add",
    compute: same,
    float: (a, b) => a + b,
    integer: (a, b) => a + b,
    big: (a, b) => a + b,
    bool: (a, b) => a | b,
  },
  {
    name: "subtract",
    compute: same,
    float: (a, b) => a - b,
    integer: (a, b) => a - b,
    big: (a, b) => a - b,
    bool: () => {
      throw new EngineError(
        "TypeError",
        "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.",
      );
    },
  },
  {
    name: "multiply",
    compute: same,
    float: (a, b) => a * b,
    integer: Math.imul,
    big: (a, b) => a * b,
    bool: (a, b) => a & b,
  },
  {
    name: "divide",
    compute: (common) => (isFloating(common) ? common : "float64"),
    float: (a, b) => a / b,
    pole: (_, b) => b === 0,
  },
  {
    name: "floor_divide",
    compute: numeric,
    float: floorDivideFloat,
    integer: (a, b) => (b === 0 ? byZero("floor_divide", 0) : Math.floor(a / b)),
    big: floorDivideBig,
    pole: (_, b) => b === 0,
  },
  {
    name: "remainder",
    compute: numeric,
    float: remainderFloat,
    integer: (a, b) => (b === 0 ? byZero("remainder", 0) : remainderFloat(a, b)),
    big: remainderBig,
  },
  {
    name: "fmod",
    compute: numeric,
    float: (a, b) => a % b,
    integer: (a, b) => (b === 0 ? byZero("fmod", 0) : a % b),
    big: (a, b) => (b === 0n ? byZero("fmod", 0n) : a % b),
  },
  {
    name: "power",
    compute: numeric,
    float: power,
    integer: powerInteger,
    big: powerBig,
    pole: (a) => a === 0,
  },
  {
    name: "float_power",
    compute: () => "float64",
    float: power,
    pole: (a) => a === 0,
  },
  {
    name: "maximum",
    compute: same,
    float: maximum,
    integer: maximum,
    big: greaterBig,
  },
  {
    name: "minimum",
    compute: same,
    float: minimum,
    integer: minimum,
    big: lesserBig,
  },
  {
    name: "fmax",
    compute: same,
    float: (a, b) => (a >= b || Number.isNaN(b) ? a : b),
    integer: maximum,
    big: greaterBig,
  },
  {
    name: "fmin",
    compute: same,
    float: (a, b) => (a <= b || Number.isNaN(b) ? a : b),
    integer: minimum,
    big: lesserBig,
  },
  { name: "arctan2", compute: floatFor, float: arctan2 },
  { name: "hypot", compute: floatFor, float: hypot },
  { name: "logaddexp", compute: floatFor, float: logAddExp },
  { name: "logaddexp2", compute: floatFor, float: logAddExp2 },
  { name: "ldexp", compute: floatFor, float: scaleByPower },
  { name: "nextafter", compute: floatFor, float: nextAfter, single: nextAfter32 },
  { name: "gcd", compute: integral, integer: commonDivisor, big: commonDivisorBig },
  {
    name: "lcm",
    compute: integral,
    integer: (a, b) => {
      const divisor = commonDivisor(a, b);
      return divisor === 0 ? 0 : Math.abs((a / divisor) * b);
    },
    big: commonMultipleBig,
  },
  { name: "copysign", compute: floatFor, float: copySign },
  {
    name: "heaviside",
    compute: floatFor,
    float: (a, b) => (Number.isNaN(a) ? a : a === 0 ? b : a < 0 ? 0 : 1),
  },
  comparison("equal", (a, b) => a === b),
  comparison("not_equal", (a, b) => a !== b),
  comparison("less", (a, b) => a < b),
  comparison("less_equal", (a, b) => a <= b),
  comparison("greater", (a, b) => a > b),
  comparison("greater_equal", (a, b) => a >= b),
  logical("logical_and", (a, b) => a && b),
  logical("logical_or", (a, b) => a || b),
  logical("logical_xor", (a, b) => a !== b),
  { name: "bitwise_and", compute: exact, integer: (a, b) => a & b, big: (a, b) => a & b },
  { name: "bitwise_or", compute: exact, integer: (a, b) => a | b, big: (a, b) => a | b },
  { name: "bitwise_xor", compute: exact, integer: (a, b) => a ^ b, big: (a, b) => a ^ b },
  {
    name: "left_shift",
    compute: (common) => exact(numeric(common)),
    integer: (a, b) => (b < 32 ? a << b : 0),
    big: (a, b) => (b < 64n ? a << b : 0n),
  },
  {
    name: "right_shift",
    compute: (common) => exact(numeric(common)),
    // Division, since `>>` would take uint32 for signed.
    integer: (a, b) => Math.floor(a / 2 ** Math.min(b, 63)),
    big: (a, b) => a >> b,
  },
];

/** Every function of two elements, by the ufunc's name. */
export const binaryOperations: Readonly<Record<string, BinaryOperation>> = Object.fromEntries(
  operations.map((operation) => [operation.name, operation]),
);
