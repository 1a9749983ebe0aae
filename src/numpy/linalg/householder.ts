/**
 * @file Reflections and rotations, with LAPACK's choices of sign (dlarfg, dlartg), on which the
 * signs of singular vectors, eigenvectors and the factors of `qr` depend.
 */

import { pollHost } from "../../engine/index.ts";

/** Rows or columns that a reflection changes between two polls. */
const polledLines = 16;

/** Rows of a matrix of doubles. */
export type Rows = Float64Array[];

export function zeroRows(rows: number, columns: number): Rows {
  return Array.from({ length: rows }, () => new Float64Array(columns));
}

export function identityRows(size: number, columns = size): Rows {
  const rows = zeroRows(size, columns);
  for (let i = 0; i < Math.min(size, columns); i++) rows[i][i] = 1;
  return rows;
}

export function transposeRows(rows: Rows): Rows {
  const columns = rows[0]?.length ?? 0;
  const result = zeroRows(columns, rows.length);
  for (const [i, row] of rows.entries()) for (let j = 0; j < columns; j++) result[j][i] = row[j];
  return result;
}

/** A vector's length, without overflow on the way. */
export function lengthOf(values: ArrayLike<number>, from = 0): number {
  let scale = 0;
  let squares = 1;
  for (let i = from; i < values.length; i++) {
    const value = Math.abs(values[i]);
    if (Number.isNaN(value)) return Number.NaN;
    if (value === 0) continue;
    if (scale < value) {
      squares = 1 + squares * (scale / value) ** 2;
      scale = value;
    } else squares += (value / scale) ** 2;
  }
  return scale * Math.sqrt(squares);
}

export interface Reflection {
  /** Its first element is 1. */
  readonly vector: Float64Array;
  /** `H = 1 - tau v v'`; 0 where nothing is to be reflected. */
  readonly tau: number;
  /** What the first element becomes; the others become 0. */
  readonly beta: number;
}

/** The reflection that maps a vector onto its first axis (dlarfg). */
export function reflectionOf(values: Float64Array): Reflection {
  const vector = values.slice();
  const alpha = vector[0];
  const rest = lengthOf(vector, 1);
  vector[0] = 1;
  if (rest === 0) return { vector, tau: 0, beta: alpha };
  const size = Math.hypot(alpha, rest);
  const beta = alpha >= 0 ? -size : size;
  for (let i = 1; i < vector.length; i++) vector[i] /= alpha - beta;
  return { vector, tau: (beta - alpha) / beta, beta };
}

/** Applies a reflection from the left to rows `row…` and columns `column…`. */
export function reflectRows(
  a: Rows,
  { vector, tau }: Reflection,
  row: number,
  column: number,
): void {
  if (tau === 0) return;
  const width = a[0].length;
  for (let j = column; j < width; j++) {
    if (j % polledLines === 0) pollHost();
    let product = 0;
    for (let i = 0; i < vector.length; i++) product += vector[i] * a[row + i][j];
    for (let i = 0; i < vector.length; i++) a[row + i][j] -= tau * product * vector[i];
  }
}

/** Applies a reflection from the right to rows `row…` and columns `column…`. */
export function reflectColumns(
  a: Rows,
  { vector, tau }: Reflection,
  row: number,
  column: number,
): void {
  if (tau === 0) return;
  for (let i = row; i < a.length; i++) {
    if (i % polledLines === 0) pollHost();
    let product = 0;
    for (let j = 0; j < vector.length; j++) product += a[i][column + j] * vector[j];
    for (let j = 0; j < vector.length; j++) a[i][column + j] -= tau * product * vector[j];
  }
}

/** `[c s; -s c] [f; g] = [r; 0]` (dlartg). */
export function rotationOf(f: number, g: number): readonly [c: number, s: number, r: number] {
  if (g === 0) return [1, 0, f];
  if (f === 0) return [0, Math.sign(g), Math.abs(g)];
  const size = Math.hypot(f, g);
  const r = f < 0 ? -size : size;
  return [Math.abs(f) / size, g / r, r];
}

/** Rotates two columns: `x' = c x + s y`, `y' = c y - s x`. */
export function rotateColumns(a: Rows, x: number, y: number, c: number, s: number): void {
  pollHost();
  for (const row of a) {
    const held = row[x];
    row[x] = c * held + s * row[y];
    row[y] = c * row[y] - s * held;
  }
}

/** Rotates two rows the same way. */
export function rotateRows(a: Rows, x: number, y: number, c: number, s: number): void {
  pollHost();
  const [first, second] = [a[x], a[y]];
  for (let j = 0; j < first.length; j++) {
    const held = first[j];
    first[j] = c * held + s * second[j];
    second[j] = c * second[j] - s * held;
  }
}

/** Reflections that bring a matrix to upper triangular form, which `a` then holds. */
export function triangularize(a: Rows): Reflection[] {
  const columns = a[0]?.length ?? 0;
  const reflections: Reflection[] = [];
  for (let k = 0; k < Math.min(a.length, columns); k++) {
    const reflection = reflectionOf(
      Float64Array.from({ length: a.length - k }, (_, i) => a[k + i][k]),
    );
    reflections.push(reflection);
    reflectRows(a, reflection, k, k + 1);
    a[k][k] = reflection.beta;
    for (let i = k + 1; i < a.length; i++) a[i][k] = 0;
  }
  return reflections;
}

/** The product of reflections, each beginning one row further down, applied to a matrix. */
export function applyReflections(reflections: readonly Reflection[], to: Rows, shift = 0): void {
  for (let k = reflections.length - 1; k >= 0; k--) {
    reflectRows(to, reflections[k], k + shift, 0);
  }
}

/** The product of reflections as a matrix, column by column (dorg2r). */
export function orthogonalOf(
  reflections: readonly Reflection[],
  rows: number,
  columns: number,
): Rows {
  const result = identityRows(rows, columns);
  for (let k = reflections.length - 1; k >= 0; k--) {
    const { vector, tau } = reflections[k];
    reflectRows(result, reflections[k], k, k + 1);
    for (let i = 1; i < vector.length; i++) result[k + i][k] = -tau * vector[i];
    result[k][k] = 1 - tau;
  }
  return result;
}
