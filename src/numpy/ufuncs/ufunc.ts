/**
 * @file Element by element: operands are promoted, broadcast, walked in memory order, and
 * whatever went wrong with floats is reported as NumPy reports it.
 */
import { EngineError, type Faults, type TensorData } from "../../engine/index.ts";
import {
  allocateOrdered,
  assign,
  castKeepingOrder,
  decodeFloat16,
  encodeFloat16,
} from "../casting.ts";
import { asarray } from "../creation.ts";
import {
  canCastSameKind,
  checkInteger,
  integerRange,
  isBig,
  isFloating,
  isIntegral,
  promote,
  resultType,
  type Weak,
} from "../dtypes.ts";
import { UFuncTypeError } from "../errors.ts";
import {
  broadcastShapes,
  broadcastStrides,
  commonShape,
  forEachPiece,
  isPlain,
  memoryOrder,
  orderedStrides,
  planWalk,
  sizeOf,
  tightShapeText,
  type Walk,
} from "../layout.ts";
import { type ArrayDType, NDArray, NumpyScalar, type Operand } from "../ndarray.ts";
import { reportFault } from "../warnings.ts";
import { type BinaryOperation, binaryOperations, floatFor } from "./binaryOperations.ts";
import { chooseWalk, computeBools, computeWalk } from "./compiled.ts";
import { integerRun, integerUnaryRun, runsIntegers } from "./integers.ts";
import {
  arithmeticRun,
  binaryRun,
  compareRun,
  hasNonFinite,
  isArithmetic,
  type Run,
  unaryRun,
} from "./loops.ts";
import { type UnaryOperation, unaryOperations } from "./unaryOperations.ts";

/** What a ufunc takes besides its operands. */
export interface UfuncOptions {
  /** The type to compute in. */
  readonly dtype?: ArrayDType;
  /** Where the result goes; its shape must be the result's. */
  readonly out?: NDArray;
  /** Where to compute; elsewhere `out` stays as it is. */
  readonly where?: NDArray;
  /** An operand that nobody will look at again: the result may take its memory. */
  readonly overwrite?: NDArray;
}

/** The kind of a Python number in promotion; undefined for arrays and NumPy's own scalars. */
export function weakKind(operand: Operand): Weak | undefined {
  if (typeof operand === "bigint") return "int";
  return typeof operand === "number" ? "float" : undefined;
}

/** The type of an operand that takes full part in promotion. */
function strongType(operand: Operand): ArrayDType | undefined {
  if (operand instanceof NDArray || operand instanceof NumpyScalar) return operand.dtype;
  return typeof operand === "boolean" ? "bool" : undefined;
}

/** The common type of operands (NEP 50). */
export function commonType(operands: readonly Operand[]): ArrayDType {
  const strong = operands.map(strongType).filter((type) => type !== undefined);
  const weak = operands.map(weakKind).filter((kind) => kind !== undefined);
  return resultType(strong, weak);
}

/** The operand as an array of the type to compute in; float16 widened to float32. */
function prepare(operand: Operand, dtype: ArrayDType): NDArray {
  let array: NDArray;
  if (operand instanceof NDArray) {
    array = operand.dtype === dtype ? operand : castKeepingOrder(operand, dtype);
  } else {
    if (typeof operand === "bigint" && isIntegral(dtype)) checkInteger(operand, dtype);
    array = asarray(operand, dtype);
  }
  if (dtype !== "float16") return array;
  const whole = castKeepingOrder(array, "float16");
  return new NDArray(
    decodeFloat16(whole.data as Uint16Array),
    "float32",
    whole.shape,
    whole.strides,
    whole.offset,
  );
}

function noLoop(name: string): EngineError {
  return new EngineError(
    "TypeError",
    `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
}

/** The type whose arrays a loop over `dtype` works on. */
function workingType(dtype: ArrayDType): ArrayDType {
  return dtype === "float16" ? "float32" : dtype;
}

function runOf(data: TensorData, step: number): Run {
  return { data, at: 0, step };
}

/** Turns a result of the working type into the type wanted. */
function finish(result: NDArray, dtype: ArrayDType): NDArray {
  if (dtype !== "float16" || result.dtype !== "float32") return result;
  return new NDArray(
    encodeFloat16(result.data as Float32Array),
    "float16",
    result.shape,
    result.strides,
    0,
  );
}

function bodyOf<B>(
  operation: { float?: B; integer?: B; big?: B; bool?: B; single?: B },
  dtype: ArrayDType,
): B | undefined {
  if (dtype === "bool") return operation.bool ?? operation.integer;
  if (isBig(dtype)) return operation.big;
  if (!isFloating(dtype)) return operation.integer;
  return dtype === "float64" ? operation.float : (operation.single ?? operation.float);
}

/** What a function of floats computes in: a float wide enough for each operand by itself. */
function operandType(operation: BinaryOperation, left: Operand, right: Operand): ArrayDType {
  const [a, b] = [strongType(left), strongType(right)];
  if (operation.compute !== floatFor || a === undefined || b === undefined) {
    return commonType([left, right]);
  }
  return promote(floatFor(a), floatFor(b));
}

function truthOf(operand: Operand): Operand {
  return typeof operand === "bigint" ? operand !== 0n : operand;
}

/**
 * The named ufunc of two operands. Numbers of Python are weak in promotion.
 * @throws TypeError where the types have no loop, ValueError where shapes do not broadcast,
 *   OverflowError where a Python int does not fit the other operand's type.
 */
export function binary(
  name: string,
  leftOperand: Operand,
  rightOperand: Operand,
  options: UfuncOptions = {},
): NDArray {
  // Of Python's integers logic asks only whether they are 0, whatever the other operand's type.
  const [left, right] = name.startsWith("logical")
    ? [truthOf(leftOperand), truthOf(rightOperand)]
    : [leftOperand, rightOperand];
  const operation = binaryOperations[name];
  checkOutput(options.out);
  const common = options.dtype ?? operandType(operation, left, right);
  const compute = operation.compute(common);
  if (compute === undefined) throw noLoop(name);
  if (operation.predicate) {
    const settled = compareBeyondRange(operation, left, right, common);
    if (settled) return deliver(settled, options, name);
  }
  const body = bodyOf<unknown>(operation, compute);
  if (body === undefined) throw noLoop(name);
  const [a, b] = [prepare(left, compute), prepare(right, compute)];
  // Where the operands do not go together, an output's shape is told too.
  const shape =
    commonShape([a.shape, b.shape]) ??
    broadcastShapes([a.shape, b.shape, ...(options.out ? [options.out.shape] : [])]);
  const sources = [left, right].map((operand, index) =>
    operand instanceof NDArray ? operand : index === 0 ? a : b,
  );
  const order = orderOf(shape, sources);
  const type = operation.predicate ? "bool" : workingType(compute);
  const task = { name, shape, order, type, dtype: compute, operands: [a, b] };
  const { result, faults } = evaluate(task, options, (to, walk) => {
    const last = walk.shape.length - 1;
    const runs = [to, a, b].map((array, index) => runOf(array.data, walk.strides[index][last]));
    const [out, first, second] = runs;
    forEachPiece(walk, [to.offset, a.offset, b.offset], (positions, count) => {
      for (let index = 0; index < 3; index++) runs[index].at = positions[index];
      if (integerRun(name, out, first, second, count)) return;
      if (to.data instanceof Uint8Array && operation.predicate) {
        compareRun(body as (a: never, b: never) => boolean, to.data, out, first, second, count);
      } else if (isArithmetic(name) && isFloating(type)) {
        arithmeticRun(name, out, first, second, count);
      } else binaryRun(body as (a: never, b: never) => number, out, first, second, count);
    });
  });
  const finished = finish(result, compute);
  if (faults && compute !== "float16") reportFaults(operation, faults);
  else if (isFloating(type)) {
    const rounded =
      compute === "float16" ? decodeFloat16(finished.data as Uint16Array) : result.data;
    if (hasNonFinite(rounded)) {
      const over = new NDArray(rounded, type, shape, result.strides, 0);
      reportBinary(operation, over, a, b);
    }
  }
  return deliver(finished, options, name);
}

/** What is computed, element by element. */
interface Task {
  readonly name: string;
  readonly shape: readonly number[];
  /** Of the axes in memory. */
  readonly order: readonly number[];
  /** Of the result's elements while they are computed. */
  readonly type: ArrayDType;
  /** Computed in. */
  readonly dtype: ArrayDType;
  readonly operands: readonly NDArray[];
}

/**
 * The result of a task, in a compiled loop where there is one, which also tells what went wrong; else
 * by `plain`, into a new array.
 */
function evaluate(
  task: Task,
  options: UfuncOptions,
  plain: (result: NDArray, walk: Walk) => void,
): { readonly result: NDArray; readonly faults?: Faults } {
  const { name, shape, order, type, operands } = task;
  const plan = (result: NDArray) => walkOf(shape, order, [result, ...operands]);
  const target = targetOf(task, options);
  let result = target ?? allocateOrdered(shape, type, order);
  let walk = plan(result);
  if (task.dtype === "bool") {
    if (computeBools(name, walk, [result, ...operands])) return { result };
  } else if (isFloating(task.dtype)) {
    const arrays = [result, ...operands];
    const offsets = arrays.map(({ offset }) => offset);
    const faults = computeWalk(name, walk, arrays, offsets);
    if (faults) return { result, faults };
  }
  if (target && !runsIntegers(name, target.data)) {
    // The plain loops look at their operands again.
    result = allocateOrdered(shape, type, order);
    walk = plan(result);
  }
  plain(result, walk);
  return { result };
}

/** The order of the result's axes in memory: that of the operands. */
function orderOf(shape: readonly number[], operands: readonly NDArray[]): readonly number[] {
  if (operands.every((operand) => isPlain(operand, shape))) return shape.map((_, axis) => axis);
  return memoryOrder(
    shape.length,
    operands.map((operand) => broadcastStrides(operand, shape)),
  );
}

/** `planWalk`, which takes longer, where all arrays are plain. */
function walkOf(
  shape: readonly number[],
  order: readonly number[],
  arrays: readonly NDArray[],
): Walk {
  if (arrays.every((array) => isPlain(array, shape))) {
    const size = sizeOf(shape);
    return {
      shape: [size],
      strides: arrays.map((array) => [array.size === size ? 1 : 0]),
      starts: arrays.map(() => 0),
    };
  }
  const strides = arrays.map((array) => broadcastStrides(array, shape));
  return planWalk(shape, strides, order);
}

/** Where a result can go at once: into `out`, or where an operand is that is not needed again. */
function targetOf(
  { shape, order, type, dtype, operands }: Task,
  { out, where, overwrite }: UfuncOptions,
): NDArray | undefined {
  const target = where ? undefined : (out ?? overwrite);
  if (target?.dtype !== type || (dtype === "float16" && type !== "bool")) return undefined;
  if (!equalNumbers(target.shape, shape)) return undefined;
  if (!out) {
    const owned = target.base === null && target.data.length === target.size;
    if (!owned || !equalNumbers(target.strides, orderedStrides(shape, order))) return undefined;
  }
  // What shares memory must lie in the very same places.
  const apart = operands.every(
    (operand) =>
      !overlap(operand.data, target.data) ||
      (operand.data.byteOffset === target.data.byteOffset &&
        operand.offset === target.offset &&
        equalNumbers(operand.shape, shape) &&
        equalNumbers(operand.strides, target.strides)),
  );
  return apart ? target : undefined;
}

/** Whether two stores have bytes in common: windows on one array may lie beside each other. */
function overlap(left: TensorData, right: TensorData): boolean {
  return (
    left.buffer === right.buffer &&
    left.byteOffset < right.byteOffset + right.byteLength &&
    right.byteOffset < left.byteOffset + left.byteLength
  );
}

function equalNumbers(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((number, index) => number === right[index]);
}

/** Reports what a compiled loop found. */
function reportFaults(operation: BinaryOperation | UnaryOperation, faults: Faults): void {
  const pole = operation.pole as ((left: number, right: number) => boolean) | undefined;
  const divided = (faults.pole && pole?.(0, 0)) || (faults.over && pole?.(1, 1));
  const over = (faults.pole && !pole?.(0, 0)) || (faults.over && !pole?.(1, 1));
  if (divided) reportFault("divide", operation.name);
  if (over) reportFault("over", operation.name);
  if (faults.invalid) reportFault("invalid", operation.name);
}

/** Comparisons with Python ints that the other operand's type cannot hold. */
function compareBeyondRange(
  operation: BinaryOperation,
  left: Operand,
  right: Operand,
  common: ArrayDType,
): NDArray | undefined {
  if (!isIntegral(common) || operation.name.startsWith("logical")) return undefined;
  const beyond = (operand: Operand): operand is bigint => {
    if (typeof operand !== "bigint") return false;
    const [minimum, maximum] = integerRange(common);
    return operand < minimum || operand > maximum;
  };
  if (!beyond(left) && !beyond(right)) return undefined;
  // Such an int lies on the same side of every element.
  const stand = (operand: Operand) => (beyond(operand) ? (operand > 0n ? 1 : -1) : 0);
  const value = operation.float!(stand(left), stand(right));
  const other = beyond(left) ? right : left;
  const shape = other instanceof NDArray ? other.shape : [];
  const result = allocateOrdered(
    shape,
    "bool",
    shape.map((_, axis) => axis),
  );
  (result.data as Uint8Array).fill(value ? 1 : 0);
  return result;
}

/** Looks at inputs and results again, to say which faults made the results NaN or infinite. */
function reportBinary(operation: BinaryOperation, result: NDArray, a: NDArray, b: NDArray): void {
  const { shape } = result;
  const walk = planWalk(shape, [
    result.strides,
    broadcastStrides(a, shape),
    broadcastStrides(b, shape),
  ]);
  const last = walk.shape.length - 1;
  const [step, di, dj] = walk.strides.map((strides) => strides[last]);
  const found = new Set<"invalid" | "divide" | "over">();
  forEachPiece(walk, [result.offset, a.offset, b.offset], ([at, i, j], count) => {
    for (let n = 0; n < count; n++) {
      const value = result.data[at + n * step] as number;
      if (Number.isFinite(value)) continue;
      const [x, y] = [a.data[i + n * di] as number, b.data[j + n * dj] as number];
      if (Number.isNaN(value)) {
        if (!Number.isNaN(x) && !Number.isNaN(y)) found.add("invalid");
      } else if (Number.isFinite(x) && Number.isFinite(y)) {
        found.add(operation.pole?.(x, y) ? "divide" : "over");
      }
    }
  });
  for (const fault of ["divide", "over", "invalid"] as const) {
    if (found.has(fault)) reportFault(fault, operation.name);
  }
}

/** The named ufunc of one operand. */
export function unary(name: string, operand: Operand, options: UfuncOptions = {}): NDArray {
  const operation = unaryOperations[name];
  checkOutput(options.out);
  const common = options.dtype ?? commonType([operand]);
  const compute = operation.compute(common);
  if (compute === undefined) throw noLoop(name);
  const body = bodyOf<unknown>(operation, compute);
  if (body === undefined) throw noLoop(name);
  const input = prepare(operand, compute);
  const { shape } = input;
  const order = orderOf(shape, [operand instanceof NDArray ? operand : input]);
  const type = operation.predicate ? "bool" : workingType(compute);
  const task = { name, shape, order, type, dtype: compute, operands: [input] };
  const { result, faults } = evaluate(task, options, (to, walk) => {
    const last = walk.shape.length - 1;
    const runs = [to, input].map((array, index) => runOf(array.data, walk.strides[index][last]));
    forEachPiece(walk, [to.offset, input.offset], (positions, count) => {
      for (let index = 0; index < 2; index++) runs[index].at = positions[index];
      if (integerUnaryRun(name, runs[0], runs[1], count)) return;
      unaryRun(body as (value: never) => number, runs[0], runs[1], count);
    });
  });
  const finished = finish(result, compute);
  if (faults && compute !== "float16") reportFaults(operation, faults);
  else if (isFloating(type)) {
    const rounded =
      compute === "float16" ? decodeFloat16(finished.data as Uint16Array) : result.data;
    if (hasNonFinite(rounded)) {
      reportUnary(operation, new NDArray(rounded, type, shape, result.strides, 0), input);
    }
  }
  return deliver(finished, options, name);
}

function reportUnary(operation: UnaryOperation, result: NDArray, input: NDArray): void {
  const walk = planWalk(result.shape, [result.strides, input.strides]);
  const last = walk.shape.length - 1;
  const [step, di] = walk.strides.map((strides) => strides[last]);
  const found = new Set<"invalid" | "divide" | "over">();
  forEachPiece(walk, [result.offset, input.offset], ([at, i], count) => {
    for (let n = 0; n < count; n++) {
      const value = result.data[at + n * step] as number;
      if (Number.isFinite(value)) continue;
      const x = input.data[i + n * di] as number;
      if (Number.isNaN(value)) {
        if (!Number.isNaN(x)) found.add("invalid");
      } else if (Number.isFinite(x)) found.add(operation.pole?.(x) ? "divide" : "over");
    }
  });
  for (const fault of ["divide", "over", "invalid"] as const) {
    if (found.has(fault)) reportFault(fault, operation.name);
  }
}

function checkOutput(out: NDArray | undefined): void {
  if (out && !out.writeable) throw new EngineError("ValueError", "output array is read-only");
}

/** The result, or `out` with the result in it. */
export function deliver(result: NDArray, { out, where }: UfuncOptions, name: string): NDArray {
  if (!out || result === out) return result;
  checkOutput(out);
  if (!canCastSameKind(result.dtype, out.dtype)) {
    throw new UFuncTypeError(
      `Cannot cast ufunc '${name}' output from dtype('${result.dtype}') to dtype('${out.dtype}') with casting rule 'same_kind'`,
    );
  }
  const common = broadcastShapes([result.shape, out.shape]);
  if (common.length !== out.ndim || common.some((length, axis) => length !== out.shape[axis])) {
    throw new EngineError(
      "ValueError",
      `non-broadcastable output operand with shape ${tightShapeText(out.shape)} doesn't match the broadcast shape ${tightShapeText(common)}`,
    );
  }
  if (where) assign(out, select(where, result, out));
  else assign(out, result);
  return out;
}

/** `np.where(condition, left, right)`. */
export function select(condition: Operand, left: Operand, right: Operand): NDArray {
  const dtype = commonType([left, right]);
  const mask = prepare(condition, "bool");
  // Python's integers are cast here as arrays are: they wrap.
  const [a, b] = [left, right].map((operand) =>
    typeof operand === "bigint"
      ? castKeepingOrder(asarray(operand), dtype)
      : asarray(operand, dtype),
  );
  const shape = broadcastShapes([mask.shape, a.shape, b.shape]);
  const sources = [mask, a, b].map((array) => broadcastStrides(array, shape));
  const order = memoryOrder(shape.length, sources);
  const result = allocateOrdered(shape, dtype, order);
  const walk = planWalk(shape, [result.strides, ...sources], order);
  if (chooseWalk(result, mask, a, b, walk)) return result;
  const last = walk.shape.length - 1;
  const [step, dm, da, db] = walk.strides.map((strides) => strides[last]);
  const [to, flags, yes, no] = [result.data, mask.data, a.data, b.data];
  forEachPiece(walk, [0, mask.offset, a.offset, b.offset], ([at, m, i, j], count) => {
    for (let n = 0; n < count; n++) {
      to[at + n * step] = flags[m + n * dm] ? yes[i + n * da] : no[j + n * db];
    }
  });
  return result;
}
