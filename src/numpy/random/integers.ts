/**
 * @file `Generator.integers` and `RandomState.randint`: bounds checked in NumPy's words, then
 * drawn by the methods of `bounded.ts`.
 */
import { EngineError, polledElements, pollHost } from "../../engine/index.ts";
import { rowMajorData } from "../casting.ts";
import { elementValue, unwrap, zeros } from "../creation.ts";
import { integerRange } from "../dtypes.ts";
import { mismatch, sizeOf } from "../layout.ts";
import type { ArrayDType, NDArray, NumpyScalar } from "../ndarray.ts";
import { broadcastTo } from "../views.ts";
import type { BitGenerator } from "./bitGenerator.ts";
import { BoundedIntegers, isDrawable } from "./bounded.ts";
import { drawnShape, type Size, undrawn } from "./drawing.ts";

/** One bound, or an array of them with at least one axis. */
export type IntegerBound = bigint | NDArray;

export interface DrawIntegersOptions {
  readonly size: Size;
  readonly dtype: ArrayDType;
  readonly endpoint: boolean;
  /** Draw as `RandomState` does. */
  readonly masked: boolean;
  /** The method's name, for errors. */
  readonly name: string;
}

/**
 * @throws EngineError ValueError for bounds out of order or beyond the type; TypeError for a type
 * that is not of integers.
 */
export function drawIntegers(
  bits: BitGenerator,
  low: IntegerBound,
  high: IntegerBound | null,
  options: DrawIntegersOptions,
): NDArray | NumpyScalar {
  const { size, dtype, masked } = options;
  if (!isDrawable(dtype)) {
    throw new EngineError("TypeError", `Unsupported dtype dtype('${dtype}') for ${options.name}`);
  }
  if (size && sizeOf(size) === 0) return zeros(size, dtype);
  const [lower, upper] = high === null ? [0n, low] : [low, high];
  const integers = new BoundedIntegers(bits, dtype, masked);
  if (typeof lower === "bigint" && typeof upper === "bigint") {
    const result = undrawn(size ?? [], dtype);
    const greatest = options.endpoint ? upper : upper - 1n;
    checkBounds([lower], [greatest], options);
    integers.fill(result.data, 0, result.size, lower, greatest - lower);
    return size === null ? unwrap(result) : result;
  }
  const shapes = [lower, upper].map((bound) => (typeof bound === "bigint" ? [] : bound.shape));
  const shape = drawnShape(null, shapes);
  const lowers = spreadBound(lower, shape);
  const uppers = spreadBound(upper, shape);
  const greatest = options.endpoint ? uppers : uppers.map((bound) => bound - 1n);
  checkBounds(lowers, greatest, options);
  const result = undrawn(size ?? shape, dtype);
  if (size) checkSize(size, shapes);
  const wide = size ? (bound: IntegerBound) => spreadBound(bound, size) : null;
  const starts = wide ? wide(lower) : lowers;
  const ends = wide ? wide(upper) : uppers;
  const excluded = options.endpoint ? 0n : 1n;
  for (let i = 0; i < starts.length; i++) {
    if (i % polledElements === 0) pollHost(i / starts.length);
    integers.fill(result.data, i, i + 1, starts[i], ends[i] - excluded - starts[i]);
  }
  return result;
}

/** In NumPy's order, the array drawn into is the last of three. */
function checkSize(size: readonly number[], shapes: readonly (readonly number[])[]): void {
  const all = [...shapes, size];
  for (const [index, shape] of shapes.entries()) {
    for (let axis = 1; axis <= shape.length; axis++) {
      const length = shape[shape.length - axis];
      if (length !== 1 && length !== size[size.length - axis]) throw mismatch(all, index, 2);
    }
  }
}

function spreadBound(bound: IntegerBound, shape: readonly number[]): bigint[] {
  if (typeof bound === "bigint") return new Array<bigint>(sizeOf(shape)).fill(bound);
  const data = rowMajorData(broadcastTo(bound, shape));
  return Array.from(data as BigInt64Array, (element) => {
    const value = elementValue(element, bound.dtype);
    return typeof value === "number" ? BigInt(Math.trunc(value)) : BigInt(value);
  });
}

/** `greatest` are the greatest values that can be drawn. */
function checkBounds(
  lowers: readonly bigint[],
  greatest: readonly bigint[],
  { dtype, endpoint }: DrawIntegersOptions,
): void {
  const [minimum, maximum] = integerRange(dtype);
  let message: string | null = null;
  if (lowers.some((bound) => bound < minimum)) message = `low is out of bounds for ${dtype}`;
  else if (greatest.some((bound) => bound > maximum)) {
    message = `high is out of bounds for ${dtype}`;
  } else if (lowers.some((bound, i) => bound > greatest[i])) {
    const zero = lowers.every((bound) => bound === 0n);
    if (zero) message = endpoint ? "high < 0" : "high <= 0";
    else message = endpoint ? "low > high" : "low >= high";
  }
  if (message !== null) throw new EngineError("ValueError", message);
}
