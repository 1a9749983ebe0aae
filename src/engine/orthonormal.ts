/**
 * @file Orthonormal columns from a random matrix, for the orthogonal initializer.
 */
import { pollHost } from "./polling.ts";

/**
 * The Q of a QR decomposition whose R has a positive diagonal, by modified Gram–Schmidt done
 * twice, which is orthogonal to rounding (Giraud, Langou & Rozložník, 2005).
 *
 * @param matrix Row-major, of at least as many rows as columns and full rank.
 * @returns Row-major, of the same shape.
 */
export function orthonormalColumns(
  matrix: Float64Array,
  rows: number,
  columns: number,
): Float64Array {
  // Each column lies in one piece while it is worked on.
  const q = Array.from({ length: columns }, (_, c) =>
    Float64Array.from({ length: rows }, (_, r) => matrix[r * columns + c]),
  );
  for (const [c, column] of q.entries()) {
    pollHost(c / columns);
    for (let repeat = 0; repeat < 2; repeat++) {
      for (let before = 0; before < c; before++) {
        const along = dot(q[before], column);
        for (let r = 0; r < rows; r++) column[r] -= along * q[before][r];
      }
    }
    const length = Math.sqrt(dot(column, column));
    for (let r = 0; r < rows; r++) column[r] /= length;
  }
  return matrix.map((_, i) => q[i % columns][Math.floor(i / columns)]);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let r = 0; r < a.length; r++) sum += a[r] * b[r];
  return sum;
}
