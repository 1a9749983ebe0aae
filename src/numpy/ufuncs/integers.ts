/**
 * @file The innermost loops over int64 and int32 for the commonest operations. Each has a loop of
 * its own per kind of typed array, which the JavaScript engine then compiles without making a
 * bigint of any element; `asIntN` tells it that sums wrap.
 */
import type { Run } from "./loops.ts";

type Integers = BigInt64Array | Int32Array;

const arithmetic = new Set([
  ...["add", "subtract", "multiply"],
  ...["bitwise_and", "bitwise_or", "bitwise_xor", "maximum", "minimum"],
]);
const divisions = new Set(["floor_divide", "remainder"]);
const tests = new Set(["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"]);

/** Whether a result of the operation can be written over operands as they are read. */
export function runsIntegers(name: string, out: unknown): boolean {
  return arithmetic.has(name) && (out instanceof BigInt64Array || out instanceof Int32Array);
}

/** One run of `out = left operation right` over integers; false where there is no loop for it. */
export function integerRun(name: string, out: Run, left: Run, right: Run, count: number): boolean {
  // The loops below end where the result does.
  if (out.step === 0) return false;
  const [a, b] = [left.data, right.data];
  if (a instanceof BigInt64Array && b instanceof BigInt64Array) {
    if (out.data instanceof BigInt64Array && arithmetic.has(name)) {
      run64(name, out.data, out, a, left, b, right, count);
      return true;
    }
    if (out.data instanceof BigInt64Array && divisions.has(name)) {
      return divide64(name, out.data, out, a, left, b, right, count);
    }
    if (out.data instanceof Uint8Array && tests.has(name)) {
      test64(name, out.data, out, a, left, b, right, count);
      return true;
    }
  } else if (a instanceof Int32Array && b instanceof Int32Array) {
    if (out.data instanceof Int32Array && arithmetic.has(name)) {
      run32(name, out.data, out, a, left, b, right, count);
      return true;
    }
    if (out.data instanceof Int32Array && divisions.has(name)) {
      return divide32(name, out.data, out, a, left, b, right, count);
    }
    if (out.data instanceof Uint8Array && tests.has(name)) {
      test32(name, out.data, out, a, left, b, right, count);
      return true;
    }
  }
  return false;
}

/** One run of a function of one integer that is one of two as well. */
export function integerUnaryRun(name: string, out: Run, input: Run, count: number): boolean {
  const big = input.data instanceof BigInt64Array;
  const alone = (value: number): Run => ({
    data: big ? BigInt64Array.of(BigInt(value)) : Int32Array.of(value),
    at: 0,
    step: 0,
  });
  switch (name) {
    case "negative":
      return integerRun("subtract", out, alone(0), input, count);
    case "square":
      return integerRun("multiply", out, input, input, count);
    case "invert":
      return integerRun("bitwise_xor", out, input, alone(-1), count);
    default:
      return false;
  }
}

type Place = Omit<Run, "data">;
type Loop<To, From extends Integers, Result = void> = (
  name: string,
  to: To,
  out: Place,
  a: From,
  left: Place,
  b: From,
  right: Place,
  count: number,
) => Result;

const run64: Loop<BigInt64Array, BigInt64Array> = (name, to, out, a, left, b, right, count) => {
  const [step, di, dj] = [out.step, left.step, right.step];
  let [k, i, j] = [out.at, left.at, right.at];
  const end = k + count * step;
  const whole = BigInt.asIntN;
  switch (name) {
    case "add":
      for (; k !== end; k += step, i += di, j += dj) to[k] = whole(64, a[i] + b[j]);
      break;
    case "subtract":
      for (; k !== end; k += step, i += di, j += dj) to[k] = whole(64, a[i] - b[j]);
      break;
    case "multiply":
      for (; k !== end; k += step, i += di, j += dj) to[k] = whole(64, a[i] * b[j]);
      break;
    case "bitwise_and":
      for (; k !== end; k += step, i += di, j += dj) to[k] = whole(64, a[i] & b[j]);
      break;
    case "bitwise_or":
      for (; k !== end; k += step, i += di, j += dj) to[k] = whole(64, a[i] | b[j]);
      break;
    case "maximum":
      for (; k !== end; k += step, i += di, j += dj) to[k] = a[i] < b[j] ? b[j] : a[i];
      break;
    case "minimum":
      for (; k !== end; k += step, i += di, j += dj) to[k] = a[i] > b[j] ? b[j] : a[i];
      break;
    default:
      for (; k !== end; k += step, i += di, j += dj) to[k] = whole(64, a[i] ^ b[j]);
  }
};

const run32: Loop<Int32Array, Int32Array> = (name, to, out, a, left, b, right, count) => {
  const [step, di, dj] = [out.step, left.step, right.step];
  let [k, i, j] = [out.at, left.at, right.at];
  const end = k + count * step;
  switch (name) {
    case "add":
      for (; k !== end; k += step, i += di, j += dj) to[k] = a[i] + b[j];
      break;
    case "subtract":
      for (; k !== end; k += step, i += di, j += dj) to[k] = a[i] - b[j];
      break;
    case "multiply":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Math.imul(a[i], b[j]);
      break;
    case "bitwise_and":
      for (; k !== end; k += step, i += di, j += dj) to[k] = a[i] & b[j];
      break;
    case "bitwise_or":
      for (; k !== end; k += step, i += di, j += dj) to[k] = a[i] | b[j];
      break;
    case "maximum":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Math.max(a[i], b[j]);
      break;
    case "minimum":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Math.min(a[i], b[j]);
      break;
    default:
      for (; k !== end; k += step, i += di, j += dj) to[k] = a[i] ^ b[j];
  }
};

// `Number` of a comparison takes no branch, which half of the time would be guessed wrong.
const test64: Loop<Uint8Array, BigInt64Array> = (name, to, out, a, left, b, right, count) => {
  const [step, di, dj] = [out.step, left.step, right.step];
  let [k, i, j] = [out.at, left.at, right.at];
  const end = k + count * step;
  switch (name) {
    case "equal":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] === b[j]);
      break;
    case "not_equal":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] !== b[j]);
      break;
    case "less":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] < b[j]);
      break;
    case "less_equal":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] <= b[j]);
      break;
    case "greater":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] > b[j]);
      break;
    default:
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] >= b[j]);
  }
};

const test32: Loop<Uint8Array, Int32Array> = (name, to, out, a, left, b, right, count) => {
  const [step, di, dj] = [out.step, left.step, right.step];
  let [k, i, j] = [out.at, left.at, right.at];
  const end = k + count * step;
  switch (name) {
    case "equal":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] === b[j]);
      break;
    case "not_equal":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] !== b[j]);
      break;
    case "less":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] < b[j]);
      break;
    case "less_equal":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] <= b[j]);
      break;
    case "greater":
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] > b[j]);
      break;
    default:
      for (; k !== end; k += step, i += di, j += dj) to[k] = Number(a[i] >= b[j]);
  }
};

const word = 2 ** 32;
/** Quotients of doubles below it, rounded down, are those of integers. */
const exact = 2 ** 52;

/**
 * Quotients and remainders in doubles, which an int64 is put together from; false, having written
 * what does not matter, where a number is too large for that or a divisor is 0.
 */
const divide64: Loop<BigInt64Array, BigInt64Array, boolean> = (
  name,
  to,
  out,
  a,
  left,
  b,
  right,
  count,
) => {
  const [x, y, q] = [a, b, to].map(
    ({ buffer, byteOffset, length }) => new Int32Array(buffer, byteOffset, 2 * length),
  );
  const [step, di, dj] = [2 * out.step, 2 * left.step, 2 * right.step];
  let [k, i, j] = [2 * out.at, 2 * left.at, 2 * right.at];
  const end = k + count * step;
  const remainders = name === "remainder";
  for (; k !== end; k += step, i += di, j += dj) {
    const dividend = x[i + 1] * word + (x[i] >>> 0);
    const divisor = y[j + 1] * word + (y[j] >>> 0);
    if (!(Math.abs(dividend) < exact && Math.abs(divisor) < exact) || divisor === 0) return false;
    const quotient = Math.floor(dividend / divisor);
    const value = remainders ? dividend - quotient * divisor : quotient;
    const high = Math.floor(value / word);
    q[k] = value - high * word;
    q[k + 1] = high;
  }
  return true;
};

const divide32: Loop<Int32Array, Int32Array, boolean> = (
  name,
  to,
  out,
  a,
  left,
  b,
  right,
  count,
) => {
  const [step, di, dj] = [out.step, left.step, right.step];
  let [k, i, j] = [out.at, left.at, right.at];
  const end = k + count * step;
  const remainders = name === "remainder";
  for (; k !== end; k += step, i += di, j += dj) {
    if (b[j] === 0) return false;
    const quotient = Math.floor(a[i] / b[j]);
    to[k] = remainders ? a[i] - quotient * b[j] : quotient;
  }
  return true;
};
