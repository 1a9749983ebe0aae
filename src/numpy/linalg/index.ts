/**
 * @file Decompositions of stacks of matrices, computed in double precision and given in the type
 * of the matrices.
 */
import { EngineError } from "../../engine/index.ts";
import { cast, rowMajorData, wrapData } from "../casting.ts";
import { isFloating } from "../dtypes.ts";
import { LinAlgError } from "../errors.ts";
import { sizeOf } from "../layout.ts";
import type { ArrayDType, NDArray } from "../ndarray.ts";
import { generalEigen } from "./general.ts";
import { orthogonalOf, type Rows, triangularize } from "./householder.ts";
import { singularDecomposition } from "./singular.ts";
import { symmetricEigen } from "./symmetric.ts";

/** The type of results; TypeError for half precision, as NumPy has it. */
export function linearType(array: NDArray): ArrayDType {
  if (array.dtype === "float16") {
    throw new EngineError("TypeError", "array type float16 is unsupported in linalg");
  }
  return isFloating(array.dtype) ? array.dtype : "float64";
}

/** @throws LinAlgError where there are fewer than two axes. */
export function checkMatrices(array: NDArray, square = false): void {
  if (array.ndim < 2) {
    throw new LinAlgError(
      `${array.ndim}-dimensional array given. Array must be at least two-dimensional`,
    );
  }
  const [rows, columns] = array.shape.slice(-2);
  if (square && rows !== columns) {
    throw new LinAlgError("Last 2 dimensions of the array must be square");
  }
}

function checkFinite(array: NDArray): void {
  const data = rowMajorData(cast(array, "float64")) as Float64Array;
  if (!data.every(Number.isFinite)) throw new LinAlgError("Array must not contain infs or NaNs");
}

/** One result of each matrix: a matrix, a vector or a number. */
type Part = Rows | Float64Array | number;

/** What `body` makes of every matrix of a stack, each of its results as one array. */
export function overMatrices(array: NDArray, body: (matrix: Rows) => readonly Part[]): NDArray[] {
  checkMatrices(array);
  const dtype = linearType(array);
  const lead = array.shape.slice(0, -2);
  const [rows, columns] = array.shape.slice(-2);
  const data = rowMajorData(cast(array, "float64")) as Float64Array;
  const count = sizeOf(lead);
  const results: Part[][] = [];
  // An empty stack still tells the shapes of its results.
  for (let i = 0; i < Math.max(count, 1); i++) {
    const matrix = Array.from({ length: rows }, (_, row) => {
      const start = (i * rows + row) * columns;
      return i < count ? data.slice(start, start + columns) : new Float64Array(columns);
    });
    results.push([...body(matrix)]);
  }
  return results[0].map((first, part) => {
    const values = results.slice(0, count).flatMap((result) => flat(result[part]));
    return cast(
      wrapData(Float64Array.from(values), "float64", [...lead, ...shapeOf(first)]),
      dtype,
    );
  });
}

function flat(part: Part): number[] {
  if (typeof part === "number") return [part];
  return part instanceof Float64Array ? [...part] : part.flatMap((row) => [...row]);
}

function shapeOf(part: Part): number[] {
  if (typeof part === "number") return [];
  return part instanceof Float64Array ? [part.length] : [part.length, part[0]?.length ?? 0];
}

/** Eigenvalues and eigenvectors of symmetric matrices, of which one triangle is read. */
export function eigenSymmetric(
  array: NDArray,
  upper: boolean,
): [values: NDArray, vectors: NDArray] {
  checkMatrices(array, true);
  const [values, vectors] = overMatrices(array, (matrix) => {
    const n = matrix.length;
    if (upper) {
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[i][j] = matrix[j][i];
    }
    const found = symmetricEigen(matrix);
    return [found.values, found.vectors];
  });
  return [values, vectors];
}

/** Real eigenvalues and eigenvectors of square matrices. */
export function eigenGeneral(array: NDArray): [values: NDArray, vectors: NDArray] {
  checkMatrices(array, true);
  checkFinite(array);
  const [values, vectors] = overMatrices(array, (matrix) => {
    const found = generalEigen(matrix);
    return [found.values, found.vectors];
  });
  return [values, vectors];
}

/** `array = u diag(values) vt`. */
export function singularValues(
  array: NDArray,
  full: boolean,
): { readonly u: NDArray; readonly values: NDArray; readonly vt: NDArray } {
  const [u, values, vt] = overMatrices(array, (matrix) => {
    const found = singularDecomposition(matrix, full);
    return [found.u, found.values, found.vt];
  });
  return { u, values, vt };
}

/** `array = q r`; `complete` makes `q` square. */
export function orthogonalTriangular(array: NDArray, complete: boolean): [q: NDArray, r: NDArray] {
  const [q, r] = overMatrices(array, (matrix) => {
    const columns = matrix[0]?.length ?? 0;
    const count = complete ? matrix.length : Math.min(matrix.length, columns);
    const reflections = triangularize(matrix);
    return [orthogonalOf(reflections, matrix.length, count), matrix.slice(0, count)];
  });
  return [q, r];
}

/** The lower triangular `l` with `l l' = array`. */
export function choleskyFactor(array: NDArray): NDArray {
  checkMatrices(array, true);
  const [factor] = overMatrices(array, (matrix) => {
    const n = matrix.length;
    for (let j = 0; j < n; j++) {
      let pivot = matrix[j][j];
      for (let k = 0; k < j; k++) pivot -= matrix[j][k] ** 2;
      if (!(pivot > 0)) throw new LinAlgError("Matrix is not positive definite");
      matrix[j][j] = Math.sqrt(pivot);
      for (let i = j + 1; i < n; i++) {
        let value = matrix[i][j];
        for (let k = 0; k < j; k++) value -= matrix[i][k] * matrix[j][k];
        matrix[i][j] = value / matrix[j][j];
      }
      for (let k = j + 1; k < n; k++) matrix[j][k] = 0;
    }
    return [matrix];
  });
  return factor;
}
