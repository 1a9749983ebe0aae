/**
 * @file `numpy.linalg`.
 */
import {
  type ArrayDType,
  asarray,
  binary,
  cast,
  checkMatrices,
  choleskyFactor,
  copy,
  determinant,
  diagonal,
  dot,
  eigenGeneral,
  eigenSymmetric,
  expandDims,
  inverse,
  isFloating,
  LinAlgError,
  linearType,
  matmul,
  max,
  min,
  moveAxis,
  type NDArray,
  normalizeAxis,
  orthogonalTriangular,
  outer,
  ravel,
  reshape,
  signAndLogarithm,
  singularValues,
  sizeOf,
  sliceAxis,
  solve,
  stack,
  sum,
  swapAxes,
  takeAxis,
  transpose,
  unary,
} from "../../../numpy/index.ts";
import { PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, builtin, PythonModule } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { collect, toCount, toFloat, truth } from "../../operations.ts";
import { result, toArray, toAxis, toCounts } from "./conversions.ts";
import { NamedTuple } from "./namedTuple.ts";
import { matrixPower } from "./selections.ts";

function refuse(message: string): Error {
  return pythonError("ValueError", message);
}

/** A function of single matrices, applied to each of a stack. */
function overStack(array: NDArray, body: (matrix: NDArray) => NDArray): NDArray {
  if (array.ndim <= 2) return body(array);
  const lead = array.shape.slice(0, -2);
  const flat = reshape(array, [sizeOf(lead), ...array.shape.slice(-2)]);
  const parts = Array.from({ length: flat.shape[0] }, (_, i) => body(takeAxis(flat, 0, i)));
  const stacked = stack(parts, 0);
  return reshape(stacked, [...lead, ...stacked.shape.slice(1)]);
}

function inverseOf(array: NDArray): NDArray {
  checkMatrices(array, true);
  linearType(array);
  return overStack(array, inverse);
}

function solved(a: NDArray, b: NDArray): NDArray {
  checkMatrices(a, true);
  if (a.ndim === 2 && b.ndim <= 2) return solve(a, b);
  const vectors = b.ndim === 1;
  const lead = a.shape.slice(0, -2);
  const right = vectors ? expandDims(b, [1]) : b;
  const flat = reshape(a, [sizeOf(lead), ...a.shape.slice(-2)]);
  const many = right.ndim > 2;
  const columns = many
    ? reshape(right, [sizeOf(right.shape.slice(0, -2)), ...right.shape.slice(-2)])
    : right;
  const count = Math.max(flat.shape[0], many ? columns.shape[0] : 1);
  const parts = Array.from({ length: count }, (_, i) =>
    solve(takeAxis(flat, 0, flat.shape[0] === 1 ? 0 : i), many ? takeAxis(columns, 0, i) : columns),
  );
  const stacked = stack(parts, 0);
  const shaped = reshape(stacked, [
    ...(many && right.ndim > a.ndim
      ? right.shape.slice(0, -2)
      : lead.length > 0
        ? lead
        : right.shape.slice(0, -2)),
    ...stacked.shape.slice(1),
  ]);
  return vectors ? reshape(shaped, shaped.shape.slice(0, -1)) : shaped;
}

/** `np.linalg.norm`, in NumPy's own order of cases. */
function norm({ x, ord, axis, keepdims }: Bound): Value {
  const given = toArray(x!);
  const array = isFloating(given.dtype) ? given : cast(given, "float64");
  const keepDims = truth(keepdims!);
  const name = typeof ord === "string" ? ord : null;
  const order = ord === null || name !== null ? null : toFloat(ord!);
  const euclidean = order === 2 && array.ndim === 1;
  const frobenius = (name === "fro" || name === "f") && array.ndim === 2;
  if (axis === null && (ord === null || euclidean || frobenius)) {
    const flat = ravel(array);
    const length = unary("sqrt", dot(flat, flat));
    return result(
      keepDims
        ? reshape(
            length,
            array.shape.map(() => 1),
          )
        : length,
    );
  }
  const chosen =
    axis === null ? array.shape.map((_, at) => at) : ([toAxis(axis)].flat() as number[]);
  const axes = chosen.map((at) => normalizeAxis(at, array.ndim));
  if (axes.length === 1) return result(vectorNorm(array, ord!, name, order, axes[0]!, keepDims));
  if (axes.length !== 2) throw refuse("Improper number of dimensions to norm.");
  const [row, column] = axes;
  if (row === column) throw refuse("Duplicate axes given.");
  const found = matrixNorm(array, ord!, name, order, row!, column!);
  if (!keepDims) return result(found);
  return result(
    reshape(
      found,
      array.shape.map((n, at) => (axes.includes(at) ? 1 : n)),
    ),
  );
}

function vectorNorm(
  array: NDArray,
  ord: Value,
  name: string | null,
  order: number | null,
  axis: number,
  keepDims: boolean,
): NDArray {
  const options = { axis, keepDims };
  if (name !== null) throw refuse(`Invalid norm order '${name}' for vectors`);
  if (ord === null || order === 2) {
    return unary("sqrt", sum(binary("multiply", array, array), options));
  }
  const size = unary("absolute", array);
  if (order === Number.POSITIVE_INFINITY) return max(size, options);
  if (order === Number.NEGATIVE_INFINITY) return min(size, options);
  if (order === 0) return sum(cast(binary("not_equal", array, 0), array.dtype), options);
  if (order === 1) return sum(size, options);
  return binary("power", sum(binary("power", size, order!), options), 1 / order!);
}

function matrixNorm(
  array: NDArray,
  ord: Value,
  name: string | null,
  order: number | null,
  row: number,
  column: number,
): NDArray {
  const size = () => unary("absolute", array);
  const after = (axis: number, gone: number) => (axis > gone ? axis - 1 : axis);
  const values = () => singularValues(moveAxis(array, [row, column], [-2, -1]), false).values;
  if (ord === null || name === "fro" || name === "f") {
    return unary("sqrt", sum(binary("multiply", array, array), { axis: [row, column] }));
  }
  if (name === "nuc") return sum(values(), { axis: -1 });
  switch (order) {
    case 2:
      return max(values(), { axis: -1 });
    case -2:
      return min(values(), { axis: -1 });
    case 1:
      return max(sum(size(), { axis: row }), { axis: after(column, row) });
    case -1:
      return min(sum(size(), { axis: row }), { axis: after(column, row) });
    case Number.POSITIVE_INFINITY:
      return max(sum(size(), { axis: column }), { axis: after(row, column) });
    case Number.NEGATIVE_INFINITY:
      return min(sum(size(), { axis: column }), { axis: after(row, column) });
    default:
      throw refuse("Invalid norm order for matrices.");
  }
}

function decomposed({ a, full_matrices, compute_uv }: Bound): Value {
  const array = toArray(a!);
  const { u, values, vt } = singularValues(array, truth(full_matrices!));
  return truth(compute_uv!) ? new NamedTuple("SVDResult", { U: u, S: values, Vh: vt }) : values;
}

function qr({ a, mode }: Bound): Value {
  const name = String(mode);
  if (!["reduced", "complete", "r"].includes(name)) {
    throw refuse(`Unrecognized mode '${name}'`);
  }
  const [q, r] = orthogonalTriangular(toArray(a!), name === "complete");
  return name === "r" ? r : new NamedTuple("QRResult", { Q: q, R: r });
}

const epsilons: Partial<Record<ArrayDType, number>> = { float32: 2 ** -23, float64: 2 ** -52 };

function epsilonOf(array: NDArray): number {
  return epsilons[linearType(array)]!;
}

/** `np.linalg.pinv`: singular values below the tolerance count as 0. */
function pseudoInverse(array: NDArray, tolerance: Value | undefined): NDArray {
  const { u, values, vt } = singularValues(array, false);
  const share =
    tolerance === undefined || tolerance === null
      ? Math.max(...array.shape.slice(-2)) * epsilonOf(array)
      : toFloat(tolerance);
  const cut = binary("multiply", max(values, { axis: -1, keepDims: true }), share);
  const large = binary("greater", values, cut);
  const inverted = copy(values);
  const flags = large.data as Uint8Array;
  for (let i = 0; i < flags.length; i++) {
    inverted.data[i] = flags[i] ? 1 / (inverted.data[i] as number) : 0;
  }
  const scaled = binary("multiply", expandDims(inverted, [inverted.ndim]), swapAxes(u, -1, -2));
  return matmul(swapAxes(vt, -1, -2), scaled);
}

function matrixRank({ A, tol, rtol }: Bound): Value {
  const array = toArray(A!);
  if (array.ndim < 2) {
    return BigInt(unary("logical_not", cast(array, "bool")).data.includes(0 as never) ? 1 : 0);
  }
  const { values } = singularValues(array, false);
  const greatest = max(values, { axis: -1, keepDims: true });
  const given = rtol ?? null;
  const share =
    given === null ? Math.max(...array.shape.slice(-2)) * epsilonOf(array) : toFloat(given);
  const bound = tol === null ? binary("multiply", greatest, share) : toArray(tol!);
  return result(sum(cast(binary("greater", values, bound), "int64"), { axis: -1 }));
}

/** `np.linalg.lstsq`: the shortest of the best solutions, by singular values. */
function leastSquares({ a, b, rcond }: Bound): Value {
  const [matrix, right] = [toArray(a!), toArray(b!)];
  if (matrix.ndim !== 2) {
    throw new LinAlgError(`${matrix.ndim}-dimensional array given. Array must be two-dimensional`);
  }
  const columns = right.ndim === 1 ? expandDims(right, [1]) : right;
  const [m, n] = matrix.shape as [number, number];
  if (m !== columns.shape[0]) throw new LinAlgError("Incompatible dimensions");
  const share = rcond === null ? epsilonOf(matrix) * Math.max(m, n) : toFloat(rcond!);
  const { x, rank, values } = solveLeastSquares(matrix, columns, share);
  const rest = binary("subtract", columns, matmul(matrix, x));
  const residuals =
    rank === n && m > n ? sum(binary("multiply", rest, rest), { axis: 0 }) : asarray([]);
  const solution = right.ndim === 1 ? reshape(x, [n]) : x;
  return new PyTuple([solution, residuals, result(asarray(BigInt(rank), "int32")), values]);
}

/** The least-squares solution for each column; singular values below a share of the first are 0. */
export function solveLeastSquares(
  matrix: NDArray,
  right: NDArray,
  share: number,
): { readonly x: NDArray; readonly rank: number; readonly values: NDArray } {
  const { u, values, vt } = singularValues(matrix, false);
  const numbers = cast(values, "float64").data as Float64Array;
  const rank = numbers.filter((value) => value > share * numbers[0]!).length;
  const keep = (array: NDArray, axis: number) => sliceAxis(array, axis, 0, rank);
  const projected = matmul(transpose(keep(u, 1)), right);
  const scaled = binary("divide", projected, expandDims(keep(values, 0), [1]));
  return { x: matmul(transpose(keep(vt, 0)), scaled), rank, values };
}

function condition({ x, p }: Bound): Value {
  const array = toArray(x!);
  if (array.size === 0 && array.shape.slice(-2).includes(0)) {
    throw new LinAlgError("cond is not defined on empty arrays");
  }
  if (p === null || p === 2n || p === -2n) {
    const { values } = singularValues(array, false);
    const [first, last] = [0, values.shape.at(-1)! - 1].map((i) =>
      takeAxis(values, values.ndim - 1, i),
    );
    return result(p === -2n ? binary("divide", last!, first!) : binary("divide", first!, last!));
  }
  const sizes = [array, inverseOf(array)].map((matrix) =>
    toArray(norm({ x: matrix, ord: p!, axis: new PyTuple([-2n, -1n]), keepdims: false })),
  );
  return result(binary("multiply", sizes[0]!, sizes[1]!));
}

/** `np.linalg.slogdet`. */
function slogdet(array: NDArray): Value {
  checkMatrices(array, true);
  const dtype = linearType(array);
  const part = (pick: (found: ReturnType<typeof signAndLogarithm>) => number) =>
    result(overStack(array, (matrix) => asarray(pick(signAndLogarithm(matrix)), dtype)));
  return new NamedTuple("SlogdetResult", {
    sign: part(({ sign }) => sign),
    logabsdet: part(({ logarithm }) => logarithm),
  });
}

/** The cheapest order of a chain of products, by the sizes of the matrices between. */
function chain(arrays: readonly NDArray[]): NDArray {
  const n = arrays.length;
  if (n < 2) throw refuse("Expecting at least two arrays.");
  const sizes = [...arrays.map((array) => array.shape[0]), arrays[n - 1]!.shape[1]] as number[];
  const cost = arrays.map(() => new Array<number>(n).fill(0));
  const cut = arrays.map(() => new Array<number>(n).fill(0));
  for (let length = 1; length < n; length++) {
    for (let i = 0; i < n - length; i++) {
      const j = i + length;
      cost[i]![j] = Number.POSITIVE_INFINITY;
      for (let k = i; k < j; k++) {
        const price = cost[i]![k]! + cost[k + 1]![j]! + sizes[i]! * sizes[k + 1]! * sizes[j + 1]!;
        if (price < cost[i]![j]!) [cost[i]![j], cut[i]![j]] = [price, k];
      }
    }
  }
  const product = (i: number, j: number): NDArray =>
    i === j ? arrays[i]! : dot(product(i, cut[i]![j]!), product(cut[i]![j]! + 1, j));
  return product(0, n - 1);
}

function multiDot({ arrays }: Bound): Value {
  const given = collect(arrays!).map((array) => toArray(array));
  const [first, last] = [given[0]!, given[given.length - 1]!];
  const shaped = [...given];
  if (first.ndim === 1) shaped[0] = reshape(first, [1, -1]);
  if (last.ndim === 1) shaped[given.length - 1] = reshape(last, [-1, 1]);
  const product = chain(shaped);
  const shape = [
    ...(first.ndim === 1 ? [] : [product.shape[0]!]),
    ...(last.ndim === 1 ? [] : [product.shape[1]!]),
  ];
  return result(reshape(product, shape));
}

/** `numpy.linalg`. */
export function linalgModule(members: Readonly<Record<string, Value>>): PythonModule {
  const functions = [
    builtin("norm(x, ord=None, axis=None, keepdims=False)", norm),
    builtin("vector_norm(x, /, *, axis=None, keepdims=False, ord=2)", (bound) => {
      const x = toArray(bound.x!);
      const flat = bound.axis === null ? ravel(x) : x;
      return norm({ ...bound, x: flat, axis: bound.axis === null ? 0n : bound.axis });
    }),
    builtin("matrix_norm(x, /, *, keepdims=False, ord='fro')", (bound) =>
      norm({ ...bound, axis: new PyTuple([-2n, -1n]) }),
    ),
    builtin("det(a)", ({ a }) => {
      const array = toArray(a!);
      checkMatrices(array, true);
      return result(overStack(array, determinant));
    }),
    builtin("slogdet(a)", ({ a }) => slogdet(toArray(a!))),
    builtin("matrix_power(a, n)", ({ a, n }) => {
      const array = toArray(a!);
      checkMatrices(array, true);
      const power = toCount(n!);
      return power < 0 ? matrixPower(inverseOf(array), -power) : matrixPower(array, power);
    }),
    builtin("inv(a)", ({ a }) => inverseOf(toArray(a!))),
    builtin("pinv(a, rcond=None, hermitian=False, *, rtol=...)", ({ a, rcond, rtol }) =>
      pseudoInverse(toArray(a!), rtol ?? rcond),
    ),
    builtin("solve(a, b)", ({ a, b }) => solved(toArray(a!), toArray(b!))),
    builtin("lstsq(a, b, rcond=None)", leastSquares),
    builtin("cholesky(a, /, *, upper=False)", ({ a, upper }) => {
      const factor = choleskyFactor(toArray(a!));
      return truth(upper!) ? swapAxes(factor, -1, -2) : factor;
    }),
    builtin("qr(a, mode='reduced')", qr),
    builtin("svd(a, full_matrices=True, compute_uv=True, hermitian=False)", decomposed),
    builtin("svdvals(x, /)", ({ x }) => singularValues(toArray(x!), false).values),
    builtin("eigh(a, UPLO='L')", ({ a, UPLO }) => {
      const [values, vectors] = eigenSymmetric(toArray(a!), UPLO === "U");
      return new NamedTuple("EighResult", { eigenvalues: values, eigenvectors: vectors });
    }),
    builtin("eigvalsh(a, UPLO='L')", ({ a, UPLO }) => eigenSymmetric(toArray(a!), UPLO === "U")[0]),
    builtin("eig(a)", ({ a }) => {
      const [values, vectors] = eigenGeneral(toArray(a!));
      return new NamedTuple("EigResult", { eigenvalues: values, eigenvectors: vectors });
    }),
    builtin("eigvals(a)", ({ a }) => eigenGeneral(toArray(a!))[0]),
    builtin("matrix_rank(A, tol=None, hermitian=False, *, rtol=None)", matrixRank),
    builtin("cond(x, p=None)", condition),
    builtin("multi_dot(arrays, *, out=None)", multiDot),
    builtin("matmul(x1, x2, /)", ({ x1, x2 }) => result(matmul(toArray(x1!), toArray(x2!)))),
    builtin("outer(x1, x2, /)", ({ x1, x2 }) => result(outer(toArray(x1!), toArray(x2!)))),
    builtin("diagonal(x, /, *, offset=0)", ({ x, offset }) =>
      diagonal(toArray(x!), toCount(offset!)),
    ),
    builtin("trace(x, /, *, offset=0, dtype=None)", ({ x, offset }) =>
      result(sum(diagonal(toArray(x!), toCount(offset!)), { axis: -1 })),
    ),
    builtin("matrix_transpose(x, /)", ({ x }) => swapAxes(toArray(x!), -1, -2)),
    builtin("vecdot(x1, x2, /, *, axis=-1)", ({ x1, x2, axis }) =>
      result(sum(binary("multiply", toArray(x1!), toArray(x2!)), { axis: toCounts(axis!) })),
    ),
  ];
  return new PythonModule("numpy.linalg", {
    ...Object.fromEntries(functions.map((entry) => [entry.name, entry])),
    tensordot: members["tensordot"]!,
    cross: members["cross"]!,
  });
}
