/**
 * @file A ufunc's ways to bring many elements together: `reduce`, `accumulate`, `reduceat`.
 */
import {
  type ArrayDType,
  all,
  any,
  asarray,
  binary,
  binaryOperations,
  broadcastTo,
  cast,
  castKeepingOrder,
  commonType,
  concatenate,
  cumulativeExtreme,
  cumulativeProduct,
  cumulativeSum,
  expandDims,
  full,
  max,
  min,
  type NDArray,
  normalizeAxis,
  type Operand,
  product,
  reducedAxes,
  reducedShape,
  reshape,
  select,
  sliceAxis,
  sum,
  takeAxis,
} from "../../../numpy/index.ts";
import { pythonError } from "../../errors.ts";
import type { Bound } from "../../functions.ts";
import { checkSometimes } from "../../interrupts.ts";
import type { Value } from "../../objects.ts";
import { truth } from "../../operations.ts";
import { toArray, toAxis, toOperand } from "./conversions.ts";
import { readDType } from "./dtypes.ts";

/** What a reduction of nothing gives. */
const identities: Readonly<Record<string, bigint | number | boolean>> = {
  add: 0n,
  multiply: 1n,
  logical_and: true,
  logical_or: false,
  logical_xor: false,
  bitwise_and: -1n,
  bitwise_or: 0n,
  bitwise_xor: 0n,
  hypot: 0n,
  gcd: 0n,
  logaddexp: Number.NEGATIVE_INFINITY,
  logaddexp2: Number.NEGATIVE_INFINITY,
};

export function identityOf(name: string): bigint | number | boolean | undefined {
  return identities[name];
}

/** Reductions that have bodies of their own. */
const direct: Readonly<
  Record<
    string,
    (
      array: NDArray,
      options: { axis: ReturnType<typeof toAxis>; keepDims: boolean; dtype?: ArrayDType },
    ) => NDArray
  >
> = {
  add: sum,
  multiply: product,
  maximum: max,
  minimum: min,
  logical_and: all,
  logical_or: any,
};

/** Ufuncs whose results do not depend on the order of several axes. */
const reorderable = new Set([...Object.keys(identities), "maximum", "minimum", "fmax", "fmin"]);

function checkReducible(name: string): void {
  const operation = binaryOperations[name]!;
  if (operation.predicate && !name.startsWith("logical")) {
    throw pythonError(
      "TypeError",
      `No loop matching the specified signature and casting was found for ufunc ${name}`,
    );
  }
}

/** Elements one after the other along an axis, from the first. */
function fold(name: string, array: NDArray, axis: number, first: Operand | null): NDArray {
  const length = array.shape[axis];
  let total: Operand = first ?? takeAxis(array, axis, 0);
  for (let i = first === null ? 1 : 0; i < length; i++) {
    total = binary(name, total, takeAxis(array, axis, i));
  }
  return toArray(total);
}

/** `ufunc.reduce(array, axis, dtype, keepdims, initial, where)`. */
export function reduce(name: string, given: NDArray, bound: Bound): NDArray {
  checkReducible(name);
  const { axis, dtype, keepdims, initial, where } = bound;
  const type = readDType(dtype);
  const keepDims = keepdims !== undefined && truth(keepdims!);
  let array = type !== undefined && !(name in direct) ? cast(given, type) : given;
  const axes = reducedAxes(array, toAxis(axis));
  if (axes.length > 1 && !reorderable.has(name)) {
    throw pythonError(
      "ValueError",
      `reduction operation '${name}' is not reorderable, so at most one axis may be specified`,
    );
  }
  const start = initial ?? identities[name];
  if (where !== undefined && where !== true) {
    if (start === undefined) {
      throw pythonError(
        "ValueError",
        `reduction operation '${name}' does not have an identity, so to use a where mask one has to specify 'initial'`,
      );
    }
    const mask = broadcastTo(cast(toArray(where!), "bool"), array.shape);
    array = castKeepingOrder(select(mask, array, toOperand(start!)), array.dtype);
  }
  if (Object.hasOwn(direct, name)) {
    const source = name.startsWith("logical") ? cast(array, "bool") : array;
    const empty = axes.some((at) => source.shape[at] === 0);
    const shape = reducedShape(source, axes, keepDims);
    if (empty && initial !== undefined && name.startsWith("m") && name !== "multiply") {
      return full(shape, toOperand(initial!), source.dtype);
    }
    const options = { axis: toAxis(axis), keepDims, ...(type ? { dtype: type } : {}) };
    const found = direct[name]!(source, options);
    return initial === undefined ? found : binary(name, found, toOperand(initial!));
  }
  const gone = new Set(axes);
  const kept = array.shape.map((_, at) => at).filter((at) => !gone.has(at));
  let moved = array;
  // The reduced axes one by one, the last first, so that those before keep their places.
  const shape = reducedShape(array, axes, keepDims);
  let first: Operand | null = initial === undefined ? null : toOperand(initial!);
  for (const at of [...axes].sort((a, b) => b - a)) {
    if (moved.shape[at] === 0 && first === null) {
      if (identities[name] === undefined) {
        throw pythonError(
          "ValueError",
          `zero-size array to reduction operation ${name} which has no identity`,
        );
      }
      first = full(moved.shape.toSpliced(at, 1), identities[name], moved.dtype);
    }
    moved = fold(name, moved, at, first);
    first = null;
  }
  if (axes.length === 0 || kept.length === array.ndim) return moved;
  return reshape(moved, shape);
}

/** `ufunc.accumulate(array, axis, dtype)`. */
export function accumulate(
  name: string,
  given: NDArray,
  axis: number,
  dtype: ArrayDType | undefined,
): NDArray {
  checkReducible(name);
  if (given.ndim === 0) throw pythonError("TypeError", "cannot accumulate on a scalar");
  const along = normalizeAxis(axis, given.ndim);
  if (name === "add") return cumulativeSum(given, along, dtype);
  if (name === "multiply") return cumulativeProduct(given, along, dtype);
  const array = dtype === undefined ? given : cast(given, dtype);
  if (name === "maximum" || name === "minimum") {
    return cumulativeExtreme(array, along, name === "maximum");
  }
  const length = array.shape[along];
  if (length === 0) return array;
  let total = sliceAxis(array, along, 0, 1);
  if (name.startsWith("logical")) total = cast(total, "bool");
  const steps = [total];
  for (let i = 1; i < length; i++) {
    total = binary(name, total, sliceAxis(array, along, i, 1));
    steps.push(total);
  }
  const type = commonType(steps.slice(-1));
  return concatenate(
    steps.map((step) => cast(step, type)),
    along,
  );
}

/** `ufunc.reduceat(array, indices, axis)`: runs between neighbouring indices. */
export function reduceAt(
  name: string,
  given: NDArray,
  indices: readonly number[],
  axis: number,
  dtype: ArrayDType | undefined,
): NDArray {
  const along = normalizeAxis(axis, given.ndim);
  const length = given.shape[along];
  for (const place of indices) {
    if (place < 0 || place >= length) {
      throw pythonError(
        "IndexError",
        `index ${place} out-of-bounds in ${name}.reduceat [0, ${length})`,
      );
    }
  }
  const parts = indices.map((from, i) => {
    const to = indices[i + 1] ?? length;
    const part = sliceAxis(given, along, from, to > from ? to - from : 1);
    const bound: Record<string, Value | undefined> = { axis: BigInt(along) };
    checkSometimes();
    const found = reduce(name, dtype === undefined ? part : cast(part, dtype), bound);
    return expandDims(found, [along]);
  });
  return parts.length === 0 ? asarray([]) : concatenate(parts, along);
}
