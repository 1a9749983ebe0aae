/**
 * @file Element-by-element walks in the engine's compiled loops, which take two axes at a time of
 * arrays that run by ones or stand still along the last. Whatever else there is stays with the plain
 * loops, which give the same bits.
 */
import {
  type BoolOperation,
  chooseElements,
  combineBools,
  type Faults,
  leastCompiled,
  type RowOperand,
  rowLoop,
  runRows,
  type TensorData,
} from "../../engine/index.ts";
import { forEachRun, sizeOf, type Walk } from "../layout.ts";
import type { NDArray } from "../ndarray.ts";

/** An operation that leaves numbers numbers. */
const nothingWrong: Faults = { invalid: false, over: false, pole: false };

/**
 * Computes a walk over the result and one or two operands of float32 or float64.
 * @param offsets Of the operands.
 * @returns What went wrong; undefined where the plain loops must compute.
 */
export function computeWalk(
  name: string,
  walk: Walk,
  arrays: readonly NDArray[],
  offsets: readonly number[],
): Faults | undefined {
  const [result, left] = arrays;
  const size = sizeOf(walk.shape);
  if (size < leastCompiled || !isFloatData(left.data)) return undefined;
  const loop = rowLoop(name === "logical_not" ? "equal" : name);
  if (!loop || loop.tests !== result.data instanceof Uint8Array) return undefined;
  const last = walk.shape.length - 1;
  const operands = arrays.map(({ data }, index) => ({
    data,
    row: last > 0 ? walk.strides[index][last - 1] : 0,
    step: walk.strides[index][last],
  }));
  if (operands[0].step !== 1 || operands.some(({ step }) => step !== 0 && step !== 1)) {
    return undefined;
  }
  const [out, first] = operands;
  const constant = constants[name];
  const second = operands[2] ?? (constant === undefined ? first : alike(first, constant));
  const rows = last > 0 ? walk.shape[last - 1] : 1;
  const visit = (run: (out: number, left: number, right: number) => void) => {
    const body = ([at, i, j]: readonly number[]) => run(at, i, j ?? (second === first ? i : 0));
    forEachRun(withoutLastAxis(walk), offsets, body, rows * walk.shape[last]);
  };
  const faults = runRows(loop, out, first, second, rows, walk.shape[last], visit);
  return faults && loop.tests ? nothingWrong : faults;
}

function isFloatData(data: TensorData): data is Float32Array | Float64Array {
  return data instanceof Float32Array || data instanceof Float64Array;
}

/** What operations of one operand compare it with. */
const constants: Readonly<Record<string, number>> = {
  isfinite: Number.POSITIVE_INFINITY,
  isinf: Number.POSITIVE_INFINITY,
  logical_not: 0,
};

/** One number as an operand beside another of the same type. */
function alike({ data }: RowOperand, value: number): RowOperand {
  const one = data instanceof Float32Array ? Float32Array.of(value) : Float64Array.of(value);
  return { data: one, row: 0, step: 0 };
}

/** The walk whose runs are whole rows of two axes. */
function withoutLastAxis(walk: Walk): Walk {
  if (walk.shape.length === 1) return { ...walk, shape: [1] };
  return {
    shape: walk.shape.slice(0, -1),
    strides: walk.strides.map((strides) => strides.slice(0, -1)),
    starts: walk.starts,
  };
}

const boolOperations: Readonly<Record<string, BoolOperation>> = {
  add: "or",
  multiply: "and",
  logical_and: "and",
  logical_or: "or",
  logical_xor: "xor",
  not_equal: "xor",
  maximum: "or",
  minimum: "and",
  bitwise_and: "and",
  bitwise_or: "or",
  bitwise_xor: "xor",
  logical_not: "not",
  invert: "not",
};

/** Combines bools that lie alike in memory; false where the plain loops must. */
export function computeBools(name: string, walk: Walk, arrays: readonly NDArray[]): boolean {
  const operation = boolOperations[name];
  if (operation === undefined || !runsAlike(walk, arrays.length)) return false;
  const size = walk.shape[0];
  const windows = arrays.map(({ data, offset }) => data.subarray(offset, offset + size));
  const [out, left, right] = windows as Uint8Array[];
  return combineBools(operation, out, left, right ?? left);
}

/** Whether the first so many operands of a walk are one long run by ones. */
function runsAlike(walk: Walk, operands: number): boolean {
  if (walk.shape.length > 1 || walk.shape[0] < leastCompiled) return false;
  return walk.strides.slice(0, operands).every(([step]) => step === 1) && isForward(walk);
}

function isForward(walk: Walk): boolean {
  return walk.starts.every((start) => start === 0);
}

/** `np.where` of operands that are one run or one element; false where the plain loop must. */
export function chooseWalk(
  result: NDArray,
  mask: NDArray,
  left: NDArray,
  right: NDArray,
  walk: Walk,
): boolean {
  if (!runsAlike(walk, 2) || walk.strides.some(([step]) => step !== 0 && step !== 1)) return false;
  const window = ({ data, offset }: NDArray, step: number) =>
    data.subarray(offset, offset + (step === 0 ? 1 : result.size));
  const [, , [leftStep], [rightStep]] = walk.strides;
  return chooseElements(
    result.data,
    window(mask, 1) as Uint8Array,
    window(left, leftStep),
    leftStep,
    window(right, rightStep),
    rightStep,
  );
}
