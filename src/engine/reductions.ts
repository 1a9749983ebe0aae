/**
 * @file Runs and rows of floats reduced by compiled kernels (`kernels/reductions.ts`). Positions and
 * distances count elements. All are undefined or false, and have done nothing, where the kernels
 * cannot reach the arrays.
 */
import { compiled, leastCompiled, withAddresses } from "./addresses.ts";
import type { TensorData } from "./dtype.ts";

type Floats = Float32Array | Float64Array;

/** What is reduced: several runs, or rows, `distance` apart, which is more than 0. */
export interface SumRows {
  readonly values: Floats;
  readonly at: number;
  readonly rows: number;
  readonly distance: number;
  readonly columns: number;
}

/**
 * Adds to `sums`, from a position on: the pairwise sum of each row (`"runs"`), or row upon row
 * (`"rows"`). With centers, which lie as the sums do, squares of deviations from them are added.
 */
export function addRows(
  how: "runs" | "rows",
  { values, at, rows, distance, columns }: SumRows,
  sums: Floats,
  sumAt: number,
  centers: Floats | null,
): boolean {
  const width = values.BYTES_PER_ELEMENT;
  const kernel = compiled()?.[`${how === "runs" ? "sumRuns" : "stackRows"}${width * 8}`];
  if (!kernel) return false;
  const arrays = centers ? [sums, values, centers] : [sums, values];
  const done = withAddresses(arrays, ([to, x, middle]) => {
    const center = centers ? middle + sumAt * width : 0;
    kernel(x + at * width, rows, distance * width, columns, center, to + sumAt * width);
    return true;
  });
  return done === true;
}

/** `out[c]` becomes the extreme of itself and of a column: the first of equals, NaN before all. */
export function foldExtremes(
  { values, at, rows, distance, columns }: SumRows,
  greatest: boolean,
  out: Floats,
): boolean {
  const width = values.BYTES_PER_ELEMENT;
  const kernel = compiled()?.[`foldExtremes${width * 8}`];
  if (!kernel) return false;
  const done = withAddresses([out, values], ([to, x]) => {
    kernel(x + at * width, rows, distance * width, columns, greatest ? 1 : 0, to);
    return true;
  });
  return done === true;
}

/**
 * Writes the extreme of each of the runs of so many elements that `values` is made of: the first of
 * equals, NaN before all. Into integers it writes where in its run that element stands.
 */
export function extremesOfRuns(
  values: Floats,
  length: number,
  greatest: boolean,
  out: Floats | Uint32Array,
): boolean {
  const kernel = compiled()?.[`extremesOfRuns${values.BYTES_PER_ELEMENT * 8}`];
  if (!kernel) return false;
  const done = withAddresses([out, values], ([to, x]) => {
    const places = out instanceof Uint32Array ? [0, to] : [to, 0];
    kernel(x, out.length, length, greatest ? 1 : 0, ...places);
    return true;
  });
  return done === true;
}

/** How many elements of an array of bytes are not 0. */
export function countNonzeroBytes(bytes: Uint8Array): number | undefined {
  const kernels = compiled();
  if (!kernels) return undefined;
  // The kernel writes nothing.
  return withAddresses([bytes], ([x]) => kernels["countNonzero"](x, bytes.length));
}

/** The sum of int64s, which wraps. */
export function sumOfIntegers(values: BigInt64Array): bigint | undefined {
  const kernel = compiled()?.["sumIntegers"] as ((x: number, count: number) => unknown) | undefined;
  if (!kernel || values.length < leastCompiled) return undefined;
  return withAddresses([values], ([x]) => kernel(x, values.length) as bigint);
}

/** Whether a byte is 0, or whether one is not. */
export function hasByte(bytes: Uint8Array, zero: boolean): boolean | undefined {
  const kernels = compiled();
  if (!kernels) return undefined;
  return withAddresses([bytes], ([x]) => kernels["hasByte"](x, bytes.length, zero ? 1 : 0) !== 0);
}

/** Whether an element is NaN or infinite. */
export function hasNonFiniteElement(values: TensorData): boolean | undefined {
  const kernel = compiled()?.[`nonFinite${values.BYTES_PER_ELEMENT * 8}`];
  if (!kernel) return undefined;
  return withAddresses([values], ([x]) => kernel(x, values.length) !== 0);
}
