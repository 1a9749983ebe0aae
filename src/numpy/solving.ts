/**
 * @file Square matrices: inverses, determinants, systems of equations, by elimination with
 * partial pivoting in double precision.
 */
import { EngineError, pollHost } from "../engine/index.ts";
import { cast, wrapData } from "./casting.ts";
import { isFloating } from "./dtypes.ts";
import { LinAlgError } from "./errors.ts";
import type { ArrayDType, NDArray } from "./ndarray.ts";
import { exp, log } from "./ufuncs/accurate.ts";
import { reshape } from "./views.ts";

function checkSquare(matrix: NDArray): number {
  if (matrix.ndim < 2) {
    throw new LinAlgError(
      `${matrix.ndim}-dimensional array given. Array must be at least two-dimensional`,
    );
  }
  if (matrix.ndim > 2) {
    throw new EngineError(
      "NotImplementedError",
      "stacks of matrices are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
    );
  }
  const [rows, columns] = matrix.shape;
  if (rows !== columns) {
    throw new LinAlgError("Last 2 dimensions of the array must be square");
  }
  return rows;
}

function resultType(matrix: NDArray): ArrayDType {
  return isFloating(matrix.dtype) ? matrix.dtype : "float64";
}

/**
 * Brings a matrix to upper triangular form, and right-hand sides along with it.
 * @returns The sign of the row exchanges; 0 where the matrix is singular.
 */
function eliminate(a: Float64Array, n: number, b: Float64Array, columns: number): number {
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) pivot = i;
    }
    if (a[pivot * n + k] === 0) return 0;
    if (pivot !== k) {
      sign = -sign;
      swapRows(a, n, pivot, k);
      swapRows(b, columns, pivot, k);
    }
    for (let i = k + 1; i < n; i++) {
      pollHost(k / n);
      const factor = a[i * n + k] / a[k * n + k];
      for (let j = k; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
      for (let j = 0; j < columns; j++) b[i * columns + j] -= factor * b[k * columns + j];
    }
  }
  return sign;
}

function swapRows(data: Float64Array, columns: number, first: number, second: number): void {
  for (let j = 0; j < columns; j++) {
    const held = data[first * columns + j];
    data[first * columns + j] = data[second * columns + j];
    data[second * columns + j] = held;
  }
}

/**
 * The sign of a determinant and the logarithm of its size, which neither overflows nor vanishes:
 * of the pivots, as NumPy adds them.
 */
export function signAndLogarithm(matrix: NDArray): { sign: number; logarithm: number } {
  const n = checkSquare(matrix);
  const a = (cast(matrix, "float64").data as Float64Array).slice();
  let sign = eliminate(a, n, new Float64Array(0), 0);
  if (sign === 0) return { sign: 0, logarithm: Number.NEGATIVE_INFINITY };
  let logarithm = 0;
  for (let k = 0; k < n; k++) {
    const pivot = a[k * n + k];
    if (pivot < 0) sign = -sign;
    logarithm += log(Math.abs(pivot));
  }
  return { sign, logarithm };
}

/** `np.linalg.det`. */
export function determinant(matrix: NDArray): NDArray {
  const { sign, logarithm } = signAndLogarithm(matrix);
  const value = sign === 0 ? 0 : sign * exp(logarithm);
  return cast(wrapData(Float64Array.of(value), "float64", []), resultType(matrix));
}

/** `np.linalg.solve(matrix, right)`. */
export function solve(matrix: NDArray, right: NDArray): NDArray {
  const n = checkSquare(matrix);
  const columns = right.ndim === 1 ? 1 : right.shape[1];
  if (right.shape[0] !== n) {
    throw new EngineError(
      "ValueError",
      `${right.ndim === 1 ? "solve1" : "solve"}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${right.ndim === 1 ? "(m,m),(m)->(m)" : "(m,m),(m,n)->(m,n)"} (size ${right.shape[0]} is different from ${n})`,
    );
  }
  const a = (cast(matrix, "float64").data as Float64Array).slice();
  const b = (cast(right, "float64").data as Float64Array).slice();
  if (eliminate(a, n, b, columns) === 0) throw new LinAlgError("Singular matrix");
  for (let k = n - 1; k >= 0; k--) {
    pollHost(1 - k / n);
    for (let j = 0; j < columns; j++) {
      let value = b[k * columns + j];
      for (let i = k + 1; i < n; i++) value -= a[k * n + i] * b[i * columns + j];
      b[k * columns + j] = value / a[k * n + k];
    }
  }
  return cast(reshape(wrapData(b, "float64", [n * columns]), right.shape), resultType(matrix));
}

/** `np.linalg.inv`. */
export function inverse(matrix: NDArray): NDArray {
  const n = checkSquare(matrix);
  const identity = new Float64Array(n * n);
  for (let k = 0; k < n; k++) identity[k * n + k] = 1;
  return solve(matrix, wrapData(identity, "float64", [n, n]));
}
