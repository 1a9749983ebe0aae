/**
 * @file `np.sum`, with floats added in NumPy's own order: pairwise along a reduced inner axis,
 * row upon row otherwise, in the chunks that NumPy's buffered iterator makes.
 */
import {
  addRows,
  allocateData,
  countNonzeroBytes,
  createData,
  leastCompiled,
  polledElements,
  pollHost,
  sumOfIntegers,
  type TensorData,
} from "../../engine/index.ts";
import { allocate, convertData, decodeFloat16, encodeFloat16 } from "../casting.ts";
import { isBig, isFloating, itemSizeOf, kindOf } from "../dtypes.ts";
import { roundToHalf } from "../half.ts";
import { memoryOrder, orderedStrides } from "../layout.ts";
import { type ArrayDType, NDArray } from "../ndarray.ts";
import { hasNonFinite } from "../ufuncs/loops.ts";
import { reportFault } from "../warnings.ts";
import {
  planReduction,
  type ReductionOptions,
  type ReductionWalk,
  reducedAxes,
  reducedShape,
  type WalkAxis,
} from "./axes.ts";
import { pairwise32, pairwise64 } from "./pairwise.ts";

type Floats = Float32Array | Float64Array;

/** Elements in a buffer of NumPy's iterator. */
const bufferSize = 8192;

/** The type that a sum or product is computed in: small integers are widened. */
export function accumulatorType(dtype: ArrayDType): ArrayDType {
  if (isFloating(dtype)) return dtype;
  return kindOf(dtype) === "u" ? "uint64" : "int64";
}

export interface SumOptions extends ReductionOptions {
  readonly dtype?: ArrayDType;
}

/** `np.sum(array, axis, dtype, keepdims=…)`. */
export function sum(array: NDArray, options: SumOptions = {}): NDArray {
  const dtype = options.dtype ?? accumulatorType(array.dtype);
  const axes = reducedAxes(array, options.axis);
  const shape = reducedShape(array, axes, options.keepDims);
  const walk = planReduction(array, axes);
  const strides = keptStrides(array, axes, walk, options.keepDims);
  if (array.size === 0) return allocate(shape, dtype);
  const size = shape.reduce((count, length) => count * length, 1);
  if (!isFloating(dtype)) {
    const data = sumIntegers(array, walk, dtype, size);
    return new NDArray(data, dtype, shape, strides, 0);
  }
  // Exact sums are the same in any order.
  const exact = dtype === "float64" ? exactTotals(array, walk, size) : undefined;
  const data = exact ?? sumFloats(array, walk, dtype, size);
  const result = new NDArray(data, dtype, shape, strides, 0);
  if (hasNonFinite(data)) reportSum(array, data);
  return result;
}

function keptStrides(
  array: NDArray,
  axes: readonly number[],
  walk: ReductionWalk,
  keepDims: boolean | undefined,
): number[] {
  const gone = new Set(axes);
  return array.shape
    .map((_, axis) => walk.outputStrides[axis])
    .filter((_, axis) => keepDims || !gone.has(axis));
}

function reportSum(array: NDArray, sums: TensorData): void {
  if (isFloating(array.dtype) && hasNonFinite(array.data)) {
    // Infinities of both signs make NaN; NaN that was there is no fault.
    const values = array.data as Float64Array;
    if (sums.some((value) => Number.isNaN(value)) && !values.some((value) => Number.isNaN(value))) {
      reportFault("invalid", "reduce");
    }
  } else reportFault("over", "reduce");
}

/** How the iterator cuts a walk into calls of the inner loop. */
interface Calls {
  /** Axes that one buffer runs through; those above it are walked outside. */
  readonly outer: number;
  /** Elements per call where the outer axis reduces apart from the inner ones. */
  readonly core: number;
  /** True where each call takes one core. */
  readonly perCore: boolean;
  /** Elements per buffer. */
  readonly chunk: number;
}

/**
 * Where NumPy's iterator puts its buffers, by its own estimate of the cost
 * (`npyiter_find_buffering_setup` of NumPy 2.3 and later).
 * @param cast Whether the input is converted, which always takes a buffer.
 */
function planCalls(axes: readonly WalkAxis[], cast: boolean): Calls {
  let cost = cast ? 2 : 1;
  let size = axes[0].length;
  let [outer, bestCost, bestSize, core] = [0, cost, size, 1];
  let inputAxes = 1;
  let outputAxes = 1;
  let reduceAxis = 0;
  for (let index = 1; index < axes.length && reduceAxis === 0; index++) {
    if (size >= bufferSize && cost > 1) break;
    const [before, here] = [axes[index - 1], axes[index]];
    if (outputAxes === index) {
      if (before.output * before.length === here.output) outputAxes++;
      else cost++;
    }
    if (outputAxes <= index && (here.output === 0 || before.output === 0)) reduceAxis = index;
    if (inputAxes === index) {
      if (before.input * before.length === here.input) inputAxes++;
      else if (!cast) cost++;
    }
    const inner = size;
    size *= here.length;
    const limit = cost > 1 ? Math.min(size, bufferSize) : size;
    if (cost * bestSize <= bestCost * limit) {
      [bestCost, core, bestSize, outer] = [cost, inner, size, index];
    }
  }
  const perCore = reduceAxis > 0 && outer === reduceAxis;
  const strided = inputAxes > outer || (perCore && inputAxes === outer);
  const buffered = cast || !strided;
  const chunk = buffered && bestSize > bufferSize ? core * Math.floor(bufferSize / core) : bestSize;
  return { outer, core, perCore, chunk };
}

/** The floats to add, as numbers: float16 and integers are decoded. */
function floatValues(array: NDArray, dtype: ArrayDType): Float32Array | Float64Array {
  const working = dtype === "float16" ? "float32" : dtype;
  const { data } = array;
  if (array.dtype === working) return data as Float32Array;
  if (array.dtype === "float16" && working === "float32") return decodeFloat16(data as Uint16Array);
  const values = convertData(data, array.dtype, dtype);
  return (dtype === "float16" ? decodeFloat16(values as Uint16Array) : values) as Float32Array;
}

/**
 * What a walk adds up to.
 * @param centers Where squares of deviations are added: from what, laid out as the sums.
 */
function sumFloats(
  array: NDArray,
  walk: ReductionWalk,
  dtype: ArrayDType,
  size: number,
  centers: Floats | null = null,
): TensorData {
  const values = floatValues(array, dtype);
  const sums = createData(values instanceof Float32Array ? "float32" : "float64", size) as Floats;
  const { axes } = walk;
  const half = dtype === "float16";
  const { outer, core, perCore, chunk } = byCores(axes, planCalls(axes, array.dtype !== dtype));
  const add = new Adder(values, sums, half, centers);
  const block = axes.slice(0, outer + 1).reduce((count, { length }) => count * length, 1);
  const inner = perCore ? axes.slice(0, outer) : axes.slice(0, outer + 1);
  const whole = mergeInput(inner);
  const last = axes[outer];
  let unpolled = 0;
  forEachOuter(axes.slice(outer + 1), array.offset, 0, (input, output) => {
    for (let from = 0; from < block; from += chunk) {
      const count = Math.min(chunk, block - from);
      unpolled += count;
      if (unpolled > polledElements) {
        pollHost();
        unpolled = 0;
      }
      if (!perCore) {
        add.run(inner, whole, input, output, from, count);
        continue;
      }
      const first = from / core;
      const [start, to] = [input + first * last.input, output + first * last.output];
      const cores = count / core;
      if (whole === 1 && add.runCores(inner[0].output, start, to, core, cores, last)) continue;
      for (let step = 0; step < cores; step++) {
        add.run(inner, whole, start + step * last.input, to + step * last.output, 0, core);
      }
    }
  });
  return half ? encodeFloat16(sums) : sums;
}

/** Whole runs of the first axis as cores of the second, which comes to the same. */
function byCores(axes: readonly WalkAxis[], calls: Calls): Calls {
  const core = axes[0].length;
  if (calls.outer > 0 || axes.length < 2 || calls.chunk < core) return calls;
  return { outer: 1, core, perCore: true, chunk: core * axes[1].length };
}

/**
 * The sums of the squares of deviations from centers (sums of the array's with the same axes kept),
 * in the order in which `sum` would add an array of those squares.
 * @returns Undefined where that order is not the array's own, and where something overflows, which
 *   whoever takes the steps one by one can report.
 */
export function sumSquares(
  array: NDArray,
  options: ReductionOptions,
  centers: NDArray,
): NDArray | undefined {
  const { dtype, shape, strides, size } = array;
  if ((dtype !== "float32" && dtype !== "float64") || centers.dtype !== dtype || size === 0) {
    return undefined;
  }
  const dense = orderedStrides(shape, memoryOrder(shape.length, [strides]));
  if (shape.some((length, axis) => length > 1 && strides[axis] !== dense[axis])) return undefined;
  const axes = reducedAxes(array, options.axis);
  const walk = planReduction(array, axes);
  const sums = sumFloats(array, walk, dtype, centers.size, centers.data as Floats);
  if (hasNonFinite(sums)) return undefined;
  const kept = keptStrides(array, axes, walk, options.keepDims);
  return new NDArray(sums, dtype, reducedShape(array, axes, options.keepDims), kept, 0);
}

/** The input's one stride over all the axes; null where there is none. */
function mergeInput(axes: readonly WalkAxis[]): number | null {
  for (let index = 1; index < axes.length; index++) {
    const before = axes[index - 1];
    if (before.input * before.length !== axes[index].input) return null;
  }
  return axes[0].input;
}

/** Calls `body` at each place of the outer axes (fastest first). */
function forEachOuter(
  axes: readonly WalkAxis[],
  input: number,
  output: number,
  body: (input: number, output: number) => void,
): void {
  if (axes.length === 0) {
    body(input, output);
    return;
  }
  const rest = axes.slice(0, -1);
  const { length, input: di, output: dj } = axes[axes.length - 1];
  for (let i = 0; i < length; i++) forEachOuter(rest, input + i * di, output + i * dj, body);
}

/** The inner loop of `np.add.reduce`. */
class Adder {
  readonly #values: Floats;
  readonly #sums: Floats;
  /** Sums are rounded to float16 after each call. */
  readonly #half: boolean;
  readonly #centers: Floats | null;
  #buffer: Floats;

  constructor(values: Floats, sums: Floats, half: boolean, centers: Floats | null) {
    this.#values = values;
    this.#sums = sums;
    this.#half = half;
    this.#centers = centers;
    this.#buffer = sums.subarray(0, 0);
  }

  /**
   * `run` for each of several cores, which are runs by ones, in one call of a kernel; false where
   * there is none for it.
   */
  runCores(
    step: number,
    input: number,
    output: number,
    core: number,
    cores: number,
    { input: distance, output: next }: WalkAxis,
  ): boolean {
    // Either each core has a sum of its own, or all are laid upon one row of sums.
    const runs = step === 0 && next === 1;
    if (this.#half || distance <= 0 || cores * core < leastCompiled) return false;
    if (!runs && !(step === 1 && next === 0)) return false;
    const rows = { values: this.#values, at: input, rows: cores, distance, columns: core };
    return addRows(runs ? "runs" : "rows", rows, this.#sums, output, this.#centers);
  }

  /** Adds `count` elements, from the `from`th of the axes on, to what the output holds. */
  run(
    axes: readonly WalkAxis[],
    stride: number | null,
    input: number,
    output: number,
    from: number,
    count: number,
  ): void {
    const step = axes[0].output;
    if (stride !== null) {
      this.#add(this.#values, input + from * stride, stride, output + from * step, step, count);
      return;
    }
    this.#fill(axes, input, from, count);
    this.#add(this.#buffer, 0, 1, output + from * step, step, count);
  }

  /** Copies elements that no single stride reaches. */
  #fill(axes: readonly WalkAxis[], input: number, from: number, count: number): void {
    this.#reserve(count);
    const index: number[] = [];
    let rest = from;
    let at = input;
    for (const { length, input: step } of axes) {
      index.push(rest % length);
      at += (rest % length) * step;
      rest = Math.floor(rest / length);
    }
    for (let i = 0; i < count; i++) {
      this.#buffer[i] = this.#values[at];
      for (let axis = 0; axis < axes.length; axis++) {
        at += axes[axis].input;
        if (++index[axis] < axes[axis].length) break;
        at -= axes[axis].input * axes[axis].length;
        index[axis] = 0;
      }
    }
  }

  #reserve(count: number): void {
    if (this.#buffer.length >= count) return;
    const type = this.#values instanceof Float32Array ? "float32" : "float64";
    this.#buffer = allocateData(type, count) as Floats;
  }

  #add(
    values: Floats,
    start: number,
    stride: number,
    output: number,
    step: number,
    count: number,
  ): void {
    const sums = this.#sums;
    if (stride === 1 && step <= 1 && !this.#half && count >= leastCompiled) {
      const row = { values, at: start, rows: 1, distance: count, columns: count };
      if (addRows(step === 0 ? "runs" : "rows", row, sums, output, this.#centers)) return;
    }
    if (this.#centers) {
      this.#reserve(count);
      squareDeviations(this.#buffer, values, start, stride, this.#centers, output, step, count);
      this.#addPlain(this.#buffer, 0, 1, output, step, count);
    } else this.#addPlain(values, start, stride, output, step, count);
  }

  #addPlain(
    values: Floats,
    start: number,
    stride: number,
    output: number,
    step: number,
    count: number,
  ): void {
    const sums = this.#sums;
    if (step === 0) {
      if (values instanceof Float32Array) {
        sums[output] += pairwise32(values, start, stride, count);
      } else sums[output] += pairwise64(values, start, stride, count);
    } else if (values instanceof Float32Array) {
      addRow32(sums as Float32Array, output, step, values, start, stride, count);
    } else addRow64(sums as Float64Array, output, step, values, start, stride, count);
    if (!this.#half) return;
    const rows = step === 0 ? 1 : count;
    roundSums(sums as Float32Array, output, step, rows);
  }
}

/** `to` may be `values` where both run by ones from the start. */
function squareDeviations(
  to: Floats,
  values: Floats,
  start: number,
  stride: number,
  centers: Floats,
  output: number,
  step: number,
  count: number,
): void {
  for (let i = 0, j = output, k = start; i < count; i++, j += step, k += stride) {
    // Stored in between, which rounds.
    to[i] = values[k] - centers[j];
    to[i] *= to[i];
  }
}

function addRow32(
  sums: Float32Array,
  output: number,
  step: number,
  values: Float32Array,
  start: number,
  stride: number,
  count: number,
): void {
  for (let i = 0, j = output, k = start; i < count; i++, j += step, k += stride) {
    sums[j] += values[k];
  }
}

function addRow64(
  sums: Float64Array,
  output: number,
  step: number,
  values: Float64Array,
  start: number,
  stride: number,
  count: number,
): void {
  for (let i = 0, j = output, k = start; i < count; i++, j += step, k += stride) {
    sums[j] += values[k];
  }
}

function roundSums(sums: Float32Array, output: number, step: number, count: number): void {
  for (let i = 0, j = output; i < count; i++, j += step) {
    sums[j] = roundToHalf(sums[j]);
  }
}

/** Integers wrap, and their order does not matter. */
function sumIntegers(
  array: NDArray,
  walk: ReductionWalk,
  dtype: ArrayDType,
  size: number,
): TensorData {
  const totals = exactTotals(array, walk, size);
  if (totals) return convertData(totals, "float64", dtype);
  const [first, ...outer] = walk.axes;
  if (array.dtype === "int64" && first.input === 1 && first.output === 0) {
    const run = array.data.subarray(array.offset, array.offset + first.length) as BigInt64Array;
    const total = outer.length > 0 ? undefined : sumOfIntegers(run);
    if (total !== undefined) return convertData(BigInt64Array.of(total), "int64", dtype);
  }
  const values = convertData(array.data, array.dtype, dtype === "bool" ? "bool" : "int64");
  const sums = new BigInt64Array(size);
  forEachOuter(outer, array.offset, 0, (input, output) => {
    for (let i = 0; i < first.length; i++) {
      sums[output + i * first.output] += BigInt(values[input + i * first.input]);
    }
  });
  return convertData(sums, "int64", dtype);
}

/**
 * Sums of small integers and bools in doubles, which are much faster than bigints; undefined where
 * doubles do not hold every sum exactly.
 */
function exactTotals(
  { data, dtype, offset, size: count }: NDArray,
  walk: ReductionWalk,
  size: number,
): Float64Array | undefined {
  if (isFloating(dtype) || isBig(dtype)) return undefined;
  if ((count / size) * 256 ** itemSizeOf(dtype) > 2 ** 53) return undefined;
  const totals = new Float64Array(size);
  const [first, ...outer] = walk.axes;
  if (dtype === "bool" && outer.length === 0 && first.input === 1 && first.output === 0) {
    const found = countNonzeroBytes(data.subarray(offset, offset + first.length) as Uint8Array);
    if (found !== undefined) return totals.fill(found);
  }
  const values = data as Int32Array;
  forEachOuter(outer, offset, 0, (input, output) => {
    if (first.output === 0) totals[output] += totalOf(values, input, first.input, first.length);
    else addRow(totals, output, first.output, values, input, first.input, first.length);
  });
  return totals;
}

function totalOf(values: Int32Array, start: number, stride: number, count: number): number {
  let total = 0;
  for (let i = 0, k = start; i < count; i++, k += stride) total += values[k];
  return total;
}

function addRow(
  totals: Float64Array,
  output: number,
  step: number,
  values: Int32Array,
  start: number,
  stride: number,
  count: number,
): void {
  for (let i = 0, j = output, k = start; i < count; i++, j += step, k += stride) {
    totals[j] += values[k];
  }
}
