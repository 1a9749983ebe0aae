/**
 * @file The innermost loops over int64 and int32 for the commonest operations. Each has a loop of
 * its own per kind of typed array, which the JavaScript engine then compiles without making a
 * bigint of any element; `asIntN` tells it that sums wrap.
 */
import type { Run } from "./loops.ts";

type Integers = BigInt64Array | Int32Array;

const arithmetic = new Set([
  ...["add", "subtract", "multiply"],
  ...["bitwise_and", "bitwise_or", "bitwise_xor"],
]);
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
    if (out.data instanceof Uint8Array && tests.has(name)) {
      test64(name, out.data, out, a, left, b, right, count);
      return true;
    }
  } else if (a instanceof Int32Array && b instanceof Int32Array) {
    if (out.data instanceof Int32Array && arithmetic.has(name)) {
      run32(name, out.data, out, a, left, b, right, count);
      return true;
    }
    if (out.data instanceof Uint8Array && tests.has(name)) {
      test32(name, out.data, out, a, left, b, right, count);
      return true;
    }
  }
  return false;
}

type Place = Omit<Run, "data">;
type Loop<To, From extends Integers> = (
  name: string,
  to: To,
  out: Place,
  a: From,
  left: Place,
  b: From,
  right: Place,
  count: number,
) => void;

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
