/**
 * @file Products of matrices and what is made of them. Sums run in double precision, but for
 * products of float32 matrices: those add from first to last and round each time, a product and
 * its addition at once, as optimized BLAS libraries do.
 */
import { createData, EngineError, polledElements, pollHost } from "../engine/index.ts";
import { cast, convertData, rowMajorData, wrapData } from "./casting.ts";
import { isFloating, promote } from "./dtypes.ts";
import { broadcastShapes, shapeText, sizeOf } from "./layout.ts";
import { reserve } from "./memory.ts";
import type { ArrayDType, NDArray } from "./ndarray.ts";
import { average } from "./reductions/moments.ts";
import { binary, unary } from "./ufuncs/ufunc.ts";
import { broadcastTo, expandDims, reshape, squeeze, transpose } from "./views.ts";

type Factors = Float32Array | Float64Array | BigInt64Array;

/** The type to multiply in: doubles for floats, bigints for integers, which wrap. */
function workingType(dtype: ArrayDType, vector: boolean): ArrayDType {
  if (dtype === "float32" && !vector) return "float32";
  return isFloating(dtype) ? "float64" : "int64";
}

/** `rows × inner` times `inner × columns`, both row-major, from the given positions on. */
function multiplyInto(
  out: Factors,
  at: number,
  a: Factors,
  i: number,
  b: Factors,
  j: number,
  [rows, inner, columns]: readonly [number, number, number],
): void {
  if (out instanceof BigInt64Array) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        if ((c * inner) % polledElements < inner) pollHost(r / rows);
        let total = 0n;
        for (let k = 0; k < inner; k++) {
          total += (a[i + r * inner + k] as bigint) * (b[j + k * columns + c] as bigint);
        }
        out[at + r * columns + c] = total;
      }
    }
    return;
  }
  if (out instanceof Float32Array) {
    multiplySingles(out, at, a as Float32Array, i, b as Float32Array, j, rows, inner, columns);
  } else multiplyDoubles(out, at, a as Float64Array, i, b as Float64Array, j, rows, inner, columns);
}

/** A float32 times a float32 is exact in a double, and rounded as it is stored. */
function multiplySingles(
  out: Float32Array,
  at: number,
  a: Float32Array,
  i: number,
  b: Float32Array,
  j: number,
  rows: number,
  inner: number,
  columns: number,
): void {
  for (let r = 0; r < rows; r++) {
    const row = at + r * columns;
    for (let k = 0; k < inner; k++) {
      if ((k * columns) % polledElements < columns) pollHost((r + k / inner) / rows);
      const factor = a[i + r * inner + k];
      const from = j + k * columns;
      for (let c = 0; c < columns; c++) out[row + c] += factor * b[from + c];
    }
  }
}

function multiplyDoubles(
  out: Float64Array,
  at: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  rows: number,
  inner: number,
  columns: number,
): void {
  // Row by row of the right factor, so that memory is read in order.
  for (let r = 0; r < rows; r++) {
    const row = at + r * columns;
    for (let k = 0; k < inner; k++) {
      if ((k * columns) % polledElements < columns) pollHost((r + k / inner) / rows);
      const factor = a[i + r * inner + k];
      const from = j + k * columns;
      for (let c = 0; c < columns; c++) out[row + c] += factor * b[from + c];
    }
  }
}

function mismatch(name: string, left: NDArray, right: NDArray): EngineError {
  const [n, k] = [right.shape.at(right.ndim === 1 ? 0 : -2), left.shape.at(-1)];
  return new EngineError(
    "ValueError",
    name === "matmul"
      ? `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${n} is different from ${k})`
      : `shapes ${shapeText(left.shape).replaceAll(" ", "")} and ${shapeText(right.shape).replaceAll(" ", "")} not aligned: ${k} (dim ${left.ndim - 1}) != ${n} (dim ${right.ndim === 1 ? 0 : right.ndim - 2})`,
  );
}

/** `left @ right`: matrices in the last two axes, the others broadcast. */
export function matmul(left: NDArray, right: NDArray): NDArray {
  if (left.ndim === 0 || right.ndim === 0) {
    const operand = left.ndim === 0 ? 0 : 1;
    throw new EngineError(
      "ValueError",
      `matmul: Input operand ${operand} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)`,
    );
  }
  const a = left.ndim === 1 ? expandDims(left, [0]) : left;
  const b = right.ndim === 1 ? expandDims(right, [1]) : right;
  if (a.shape.at(-1) !== b.shape.at(-2)) throw mismatch("matmul", left, right);
  const batch = broadcastShapes([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  const [rows, inner, columns] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(-1)!];
  const dtype = promote(left.dtype, right.dtype);
  const working = workingType(dtype, rows === 1 || columns === 1);
  const x = rowMajorData(cast(broadcastTo(a, [...batch, rows, inner]), working)) as Factors;
  const y = rowMajorData(cast(broadcastTo(b, [...batch, inner, columns]), working)) as Factors;
  const count = sizeOf(batch);
  const out = reserve([...batch, rows, columns], working, createData) as Factors;
  for (let n = 0; n < count; n++) {
    multiplyInto(out, n * rows * columns, x, n * rows * inner, y, n * inner * columns, [
      rows,
      inner,
      columns,
    ]);
  }
  const data = convertData(out, working, dtype);
  let product = wrapData(data, dtype, [...batch, rows, columns]);
  if (right.ndim === 1) product = squeeze(product, [product.ndim - 1]);
  return left.ndim === 1 ? squeeze(product, [product.ndim - (right.ndim === 1 ? 1 : 2)]) : product;
}

/** `np.dot`: over the last axis of the left and the last but one of the right. */
export function dot(left: NDArray, right: NDArray): NDArray {
  if (left.ndim === 0 || right.ndim === 0) return binary("multiply", left, right);
  const inner = right.shape.at(right.ndim === 1 ? 0 : -2);
  if (left.shape.at(-1) !== inner) throw mismatch("dot", left, right);
  if (left.ndim <= 2 && right.ndim <= 2) return matmul(left, right);
  const rest = right.ndim === 1 ? [] : right.shape.toSpliced(right.ndim - 2, 1);
  const order = right.shape.map((_, axis) => axis);
  if (right.ndim > 1) order.unshift(...order.splice(right.ndim - 2, 1));
  const product = matmul(
    reshape(left, [-1, inner!]),
    reshape(transpose(right, order), [inner!, sizeOf(rest)]),
  );
  return reshape(product, [...left.shape.slice(0, -1), ...rest]);
}

/** `np.inner`: over the last axes of both. */
export function inner(left: NDArray, right: NDArray): NDArray {
  if (left.ndim === 0 || right.ndim === 0) return binary("multiply", left, right);
  return tensordot(left, right, [left.ndim - 1], [right.ndim - 1]);
}

/** `np.outer` of the flattened arrays. */
export function outer(left: NDArray, right: NDArray): NDArray {
  return binary("multiply", reshape(left, [-1, 1]), reshape(right, [1, -1]));
}

/** `np.tensordot` over pairs of axes. */
export function tensordot(
  left: NDArray,
  right: NDArray,
  leftAxes: readonly number[],
  rightAxes: readonly number[],
): NDArray {
  const fits = leftAxes.every((axis, i) => left.shape[axis] === right.shape[rightAxes[i]]);
  if (!fits || leftAxes.length !== rightAxes.length) {
    throw new EngineError("ValueError", "shape-mismatch for sum");
  }
  const keptOf = (array: NDArray, axes: readonly number[]) =>
    array.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const [keptLeft, keptRight] = [keptOf(left, leftAxes), keptOf(right, rightAxes)];
  const shared = leftAxes.reduce((size, axis) => size * left.shape[axis], 1);
  const shape = [
    ...keptLeft.map((axis) => left.shape[axis]),
    ...keptRight.map((axis) => right.shape[axis]),
  ];
  const rows = sizeOf(keptLeft.map((axis) => left.shape[axis]));
  const columns = sizeOf(keptRight.map((axis) => right.shape[axis]));
  const product = matmul(
    reshape(transpose(left, [...keptLeft, ...leftAxes]), [rows, shared]),
    reshape(transpose(right, [...rightAxes, ...keptRight]), [shared, columns]),
  );
  return reshape(product, shape);
}

/** `np.cov` of variables in rows. */
export function covariance(array: NDArray, rowsAreVariables: boolean, ddof: number): NDArray {
  const typed =
    isFloating(array.dtype) && array.dtype !== "float16" ? array : cast(array, "float64");
  const wide = binary("multiply", typed, 1, { dtype: "float64" });
  const matrix = wide.ndim < 2 ? reshape(wide, [1, -1]) : rowsAreVariables ? wide : transpose(wide);
  const { average: means } = average(matrix, 1, null, true);
  const centred = binary("subtract", matrix, means);
  const product = matmul(centred, transpose(centred));
  return squeeze(binary("multiply", product, 1 / (matrix.shape[1] - ddof)));
}

/** `np.corrcoef`. */
export function correlation(array: NDArray, rowsAreVariables: boolean): NDArray {
  const c = covariance(array, rowsAreVariables, 1);
  if (c.ndim === 0) return binary("divide", c, c);
  const variances = wrapData(
    Float64Array.from({ length: c.shape[0] }, (_, i) => c.data[i * c.shape[0] + i] as number),
    "float64",
    [c.shape[0]],
  );
  const deviations = unary("sqrt", variances);
  const scaled = binary(
    "divide",
    binary("divide", c, reshape(deviations, [-1, 1])),
    reshape(deviations, [1, -1]),
  );
  return binary("minimum", binary("maximum", scaled, -1), 1);
}
