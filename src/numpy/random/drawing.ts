/**
 * @file Arrays of draws: sizes, parameters that broadcast, and the checks of parameters, all in
 * NumPy's words.
 */
import { EngineError, inPieces } from "../../engine/index.ts";
import { allocateUnfilled, rowMajorData } from "../casting.ts";
import { zeros } from "../creation.ts";
import { shapeText, singleShape } from "../layout.ts";
import type { ArrayDType, NDArray } from "../ndarray.ts";
import { broadcastTo } from "../views.ts";
import type { BitGenerator } from "./bitGenerator.ts";
import { type Fill, fillFrom, fillRange, type Source } from "./fills.ts";

/** A shape, or null for one number. */
export type Size = readonly number[] | null;

/** One Python float, or an array. */
export type Drawn = number | NDArray;

/** Throws where a parameter, given its name and values, does not suit the distribution. */
export type Check = (name: string, values: Float64Array, scalar: boolean) => void;

function refuse(message: string): never {
  throw new EngineError("ValueError", message);
}

/** By the sign bit, as NumPy: -0.0 is refused, NaN is not. */
export const nonNegative: Check = (name, values) => {
  if (values.some((value) => value < 0 || Object.is(value, -0))) refuse(`${name} < 0`);
};

export const positive: Check = (name, values) => {
  if (values.some((value) => value <= 0)) refuse(`${name} <= 0`);
};

export const probability: Check = (name, values, scalar) => {
  if (values.every((value) => value >= 0 && value <= 1)) return;
  refuse(`${name} < 0, ${name} > 1 or ${name} ${scalar ? "is NaN" : "contains NaNs"}`);
};

// What int64 holds less ten standard deviations.
const greatestMean = 2 ** 63 - 1 - Math.sqrt(2 ** 63 - 1) * 10;

export const poissonMean: Check = (name, values, scalar) => {
  if (!values.every((value) => value >= 0)) {
    refuse(`${name} < 0 or ${name} ${scalar ? "is NaN" : "contains NaNs"}`);
  }
  if (values.some((value) => value > greatestMean)) refuse(`${name} value too large`);
};

/** A parameter of a distribution: a float64 array, of no axes where a number was given. */
export interface Parameter {
  readonly name: string;
  readonly values: NDArray;
  readonly check: Check | null;
}

function checkParameter({ name, values, check }: Parameter): void {
  check?.(name, rowMajorData(values) as Float64Array, values.ndim === 0);
}

/** The shape that parameters, and the size where given, broadcast to. */
export function drawnShape(size: Size, shapes: readonly (readonly number[])[]): number[] {
  const all = size ? [size, ...shapes] : shapes;
  const common = singleShape(all);
  if (
    size &&
    (size.length !== common.length || size.some((length, axis) => length !== common[axis]))
  ) {
    refuse(
      `Output size ${shapeText(size)} is not compatible with broadcast dimensions of inputs ${shapeText(common)}.`,
    );
  }
  return common;
}

/** The elements of an array repeated over a shape, in row-major order. */
export function spread(values: NDArray, shape: readonly number[]): Float64Array {
  return rowMajorData(broadcastTo(values, shape)) as Float64Array;
}

/** Draws without parameters: one number, or an array filled in row-major order. */
export function drawPlain(size: Size, dtype: ArrayDType, draw: () => number): Drawn {
  if (size === null) return draw();
  const result = zeros(size, dtype);
  fill(result, draw);
  return result;
}

function fill({ data }: NDArray, draw: () => number): void {
  inPieces(data.length, (start, end) => {
    if (data instanceof Float64Array) for (let i = start; i < end; i++) data[i] = draw();
    else if (data instanceof Float32Array) for (let i = start; i < end; i++) data[i] = draw();
    else for (let i = start; i < end; i++) data[i] = BigInt(draw());
  });
}

/** An array whose elements are all to be drawn: they hold whatever was there before. */
export function undrawn(shape: readonly number[], dtype: ArrayDType): NDArray {
  // What is no shape is refused there.
  if (shape.length > 64 || !shape.every((length) => length > 0)) return zeros(shape, dtype);
  return allocateUnfilled(shape, dtype);
}

/** Draws without parameters: one number, or an array filled in row-major order. */
export function drawFrom(
  bits: BitGenerator,
  source: Source,
  size: Size,
  dtype: ArrayDType = "float64",
): Drawn {
  if (size === null) return source.draw(bits);
  const result = undrawn(size, dtype);
  fillRange(result.data, 0, result.size, fillFrom(bits, source));
  return result;
}

/** `offset + factor * x` for each x that `fill` draws; without an offset from 0. */
export function drawAffine(
  fill: Fill,
  size: Size,
  [offset, factor]: readonly [Parameter | null, Parameter],
): Drawn {
  const given = offset ? [offset, factor] : [factor];
  for (const parameter of given) checkParameter(parameter);
  const scalar = given.every(({ values }) => values.ndim === 0);
  const shape = scalar
    ? (size ?? [])
    : drawnShape(
        size,
        given.map(({ values }) => values.shape),
      );
  const result = undrawn(shape, "float64");
  const data = result.data as Float64Array;
  if (scalar) {
    const [start, scale] = [offset, factor].map((parameter) =>
      parameter ? (parameter.values.data[parameter.values.offset] as number) : 0,
    );
    fillRange(data, 0, data.length, { ...fill, affine: [start, scale] });
    return size === null ? data[0] : result;
  }
  fillRange(data, 0, data.length, fill);
  const starts = offset ? spread(offset.values, shape) : null;
  const scales = spread(factor.values, shape);
  inPieces(data.length, (from, to) => {
    for (let i = from; i < to; i++) data[i] = (starts ? starts[i] : 0) + scales[i] * data[i];
  });
  return result;
}

/** One draw for each element of the parameters, broadcast; a lone number where all are. */
export function drawWith(
  size: Size,
  dtype: ArrayDType,
  parameters: readonly Parameter[],
  draw: (first: number, second: number, third: number) => number,
): Drawn {
  for (const parameter of parameters) checkParameter(parameter);
  if (parameters.every(({ values }) => values.ndim === 0)) {
    const numbers = parameters.map(({ values }) => values.data[values.offset] as number);
    const [first = 0, second = 0, third = 0] = numbers;
    return drawPlain(size, dtype, () => draw(first, second, third));
  }
  const shape = drawnShape(
    size,
    parameters.map(({ values }) => values.shape),
  );
  const columns = parameters.map(({ values }) => spread(values, shape));
  const [firsts, seconds = firsts, thirds = firsts] = columns;
  let index = 0;
  return drawPlain(shape, dtype, () => {
    const value = draw(firsts[index], seconds[index], thirds[index]);
    index++;
    return value;
  });
}
