/**
 * @file The innermost loops. The four arithmetic operations have bodies of their own; all others
 * call a function per element. Each body exists once per kind of typed array that matters, so
 * that each sees one kind and stays fast.
 */
import { hasNonFiniteElement, leastCompiled, type TensorData } from "../../engine/index.ts";

/** Where a run starts and how far apart its elements are. */
export interface Run {
  readonly data: TensorData;
  at: number;
  readonly step: number;
}

type FloatArray = Float32Array | Float64Array;
type Add = "add" | "subtract" | "multiply" | "divide";

export function isArithmetic(name: string): name is Add {
  return name === "add" || name === "subtract" || name === "multiply" || name === "divide";
}

/** One run of `out = left operation right` over floats of one width. */
export function arithmeticRun(name: Add, out: Run, left: Run, right: Run, count: number): void {
  if (out.data instanceof Float32Array) {
    arithmeticRun32(
      name,
      out.data,
      out.at,
      out.step,
      left.data as Float32Array,
      left.at,
      left.step,
      right.data as Float32Array,
      right.at,
      right.step,
      count,
    );
  } else {
    arithmeticRun64(
      name,
      out.data as Float64Array,
      out.at,
      out.step,
      left.data as Float64Array,
      left.at,
      left.step,
      right.data as Float64Array,
      right.at,
      right.step,
      count,
    );
  }
}

function arithmeticRun32(
  name: Add,
  out: Float32Array,
  at: number,
  step: number,
  a: Float32Array,
  i: number,
  di: number,
  b: Float32Array,
  j: number,
  dj: number,
  count: number,
): void {
  const end = at + count * step;
  let [k, p, q] = [at, i, j];
  switch (name) {
    case "add":
      for (; k !== end; k += step, p += di, q += dj) out[k] = a[p] + b[q];
      break;
    case "subtract":
      for (; k !== end; k += step, p += di, q += dj) out[k] = a[p] - b[q];
      break;
    case "multiply":
      for (; k !== end; k += step, p += di, q += dj) out[k] = a[p] * b[q];
      break;
    default:
      for (; k !== end; k += step, p += di, q += dj) out[k] = a[p] / b[q];
  }
}

function arithmeticRun64(
  name: Add,
  out: Float64Array,
  at: number,
  step: number,
  a: Float64Array,
  i: number,
  di: number,
  b: Float64Array,
  j: number,
  dj: number,
  count: number,
): void {
  const end = at + count * step;
  let [k, p, q] = [at, i, j];
  switch (name) {
    case "add":
      for (; k !== end; k += step, p += di, q += dj) out[k] = a[p] + b[q];
      break;
    case "subtract":
      for (; k !== end; k += step, p += di, q += dj) out[k] = a[p] - b[q];
      break;
    case "multiply":
      for (; k !== end; k += step, p += di, q += dj) out[k] = a[p] * b[q];
      break;
    default:
      for (; k !== end; k += step, p += di, q += dj) out[k] = a[p] / b[q];
  }
}

type Binary = (left: never, right: never) => number | bigint | boolean;
type NumberBinary = (left: number, right: number) => number;

/** One run of a function of two elements. */
export function binaryRun(body: Binary, out: Run, left: Run, right: Run, count: number): void {
  if (left.data instanceof Float32Array && right.data instanceof Float32Array) {
    if (out.data instanceof Float32Array) {
      floatRun32(body as NumberBinary, out.data, out, left.data, left, right.data, right, count);
      return;
    }
  } else if (left.data instanceof Float64Array && right.data instanceof Float64Array) {
    if (out.data instanceof Float64Array) {
      floatRun64(body as NumberBinary, out.data, out, left.data, left, right.data, right, count);
      return;
    }
  }
  const call = body as (left: unknown, right: unknown) => number;
  const [to, a, b] = [out.data, left.data, right.data];
  let [k, p, q] = [out.at, left.at, right.at];
  for (let n = 0; n < count; n++, k += out.step, p += left.step, q += right.step) {
    to[k] = call(a[p], b[q]);
  }
}

function floatRun32(
  body: NumberBinary,
  to: Float32Array,
  out: Run,
  a: Float32Array,
  left: Run,
  b: Float32Array,
  right: Run,
  count: number,
): void {
  let [k, p, q] = [out.at, left.at, right.at];
  const [step, di, dj] = [out.step, left.step, right.step];
  for (let n = 0; n < count; n++, k += step, p += di, q += dj) to[k] = body(a[p], b[q]);
}

function floatRun64(
  body: NumberBinary,
  to: Float64Array,
  out: Run,
  a: Float64Array,
  left: Run,
  b: Float64Array,
  right: Run,
  count: number,
): void {
  let [k, p, q] = [out.at, left.at, right.at];
  const [step, di, dj] = [out.step, left.step, right.step];
  for (let n = 0; n < count; n++, k += step, p += di, q += dj) to[k] = body(a[p], b[q]);
}

/** One run of a comparison: its bytes are 0 and 1. */
export function compareRun(
  body: (left: never, right: never) => boolean,
  to: Uint8Array,
  out: Run,
  left: Run,
  right: Run,
  count: number,
): void {
  const call = body as (left: unknown, right: unknown) => boolean;
  const [a, b] = [left.data as FloatArray, right.data as FloatArray];
  let [k, p, q] = [out.at, left.at, right.at];
  for (let n = 0; n < count; n++, k += out.step, p += left.step, q += right.step) {
    to[k] = call(a[p], b[q]) ? 1 : 0;
  }
}

/** One run of a function of one element. */
export function unaryRun(
  body: (value: never) => number | bigint | boolean,
  out: Run,
  input: Run,
  count: number,
): void {
  if (out.data instanceof Float32Array && input.data instanceof Float32Array) {
    mapRun32(body as (value: number) => number, out.data, out, input.data, input, count);
  } else if (out.data instanceof Float64Array && input.data instanceof Float64Array) {
    mapRun64(body as (value: number) => number, out.data, out, input.data, input, count);
  } else {
    const call = body as (value: unknown) => number;
    const [to, a] = [out.data, input.data];
    let [k, p] = [out.at, input.at];
    for (let n = 0; n < count; n++, k += out.step, p += input.step) to[k] = call(a[p]);
  }
}

function mapRun32(
  body: (value: number) => number,
  to: Float32Array,
  out: Run,
  a: Float32Array,
  input: Run,
  count: number,
): void {
  let [k, p] = [out.at, input.at];
  const [step, di] = [out.step, input.step];
  for (let n = 0; n < count; n++, k += step, p += di) to[k] = body(a[p]);
}

function mapRun64(
  body: (value: number) => number,
  to: Float64Array,
  out: Run,
  a: Float64Array,
  input: Run,
  count: number,
): void {
  let [k, p] = [out.at, input.at];
  const [step, di] = [out.step, input.step];
  for (let n = 0; n < count; n++, k += step, p += di) to[k] = body(a[p]);
}

/** True where any element is NaN or infinite. */
export function hasNonFinite(data: TensorData): boolean {
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return false;
  const found = data.length < leastCompiled ? undefined : hasNonFiniteElement(data);
  if (found !== undefined) return found;
  if (data instanceof Float32Array) return anyNonFinite32(data);
  return anyNonFinite64(data);
}

function anyNonFinite32(data: Float32Array): boolean {
  for (let i = 0; i < data.length; i++) if (data[i] - data[i] !== 0) return true;
  return false;
}

function anyNonFinite64(data: Float64Array): boolean {
  for (let i = 0; i < data.length; i++) if (data[i] - data[i] !== 0) return true;
  return false;
}
