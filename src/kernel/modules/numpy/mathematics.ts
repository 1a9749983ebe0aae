/**
 * @file Functions of whole arrays beyond ufuncs and reductions: products, histograms, rounding.
 */
import {
  type Bins,
  binary,
  bincount,
  binEdges,
  clip,
  concatenate,
  correlation,
  covariance,
  cumulativeProduct,
  cumulativeSum,
  digitize,
  dot,
  einsum,
  expandDims,
  full,
  histogram,
  inner,
  isFloating,
  matmul,
  type NDArray,
  outer,
  ravel,
  reshape,
  round,
  sum,
  tensordot,
  transpose,
  unary,
} from "../../../numpy/index.ts";
import { PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { collect, toCount, toFloat, truth } from "../../operations.ts";
import { result, toArray, toCounts, toOperand } from "./conversions.ts";
import { readDType } from "./dtypes.ts";
import { delivered, readOptions, readOut } from "./ufuncs.ts";

function readBins(value: Value): Bins {
  if (typeof value === "string") return value;
  const array = toArray(value);
  return array.ndim === 0 ? toCount(value) : array;
}

function readRange(value: Value | undefined): [number, number] | null {
  if (value === null || value === undefined) return null;
  const [first, last] = collect(value).map(toFloat);
  return [first!, last!];
}

/** `axes=` of tensordot: how many, or which of either. */
function readAxes(value: Value, left: NDArray, right: NDArray): [number[], number[]] {
  if (typeof value === "bigint") {
    const count = toCount(value);
    return [
      Array.from({ length: count }, (_, i) => left.ndim - count + i),
      Array.from({ length: count }, (_, i) => i),
    ];
  }
  const [first, second] = collect(value).map(toCounts);
  const normalize = (axes: number[], rank: number) =>
    axes.map((axis) => (axis < 0 ? axis + rank : axis));
  return [normalize(first!, left.ndim), normalize(second!, right.ndim)];
}

function readBound(value: Value | undefined) {
  return value === null || value === undefined ? null : toOperand(value);
}

function clipFunction(bound: Bound): Value {
  const target = readOut(bound.out);
  const type = readDType(bound.dtype);
  const options = { ...(target ? { out: target } : {}), ...(type ? { dtype: type } : {}) };
  const [low, high] = [bound.a_min ?? bound.min, bound.a_max ?? bound.max];
  return delivered(clip(toOperand(bound.a!), readBound(low), readBound(high), options), options);
}

function rounded({ a, decimals, out }: Bound): Value {
  const array = round(toArray(a!), toCount(decimals!));
  const target = readOut(out);
  return target
    ? delivered(binary("add", array, 0, { out: target }), { out: target })
    : result(array);
}

/** `np.nan_to_num`. */
function withoutNaN({ x, nan, posinf, neginf }: Bound): Value {
  const array = toArray(x!);
  if (!isFloating(array.dtype)) return result(array);
  const limit = { float16: 65504, float32: 3.4028234663852886e38, float64: Number.MAX_VALUE };
  const most = limit[array.dtype as keyof typeof limit];
  const replaced = unary("positive", array);
  const replace = (test: (value: number) => boolean, by: Value, otherwise: number) => {
    const flags = unary("isfinite", replaced);
    if (!(flags.data as Uint8Array).includes(0)) return;
    const filler = toArray(by === null ? otherwise : by, replaced.dtype).data[0] as number;
    const values = toArray(replaced, "float64").data;
    for (let i = 0; i < values.length; i++) {
      if (test(values[i] as number)) replaced.data[i] = filler;
    }
  };
  replace(Number.isNaN, nan!, 0);
  replace((value) => value === Number.POSITIVE_INFINITY, posinf!, most);
  replace((value) => value === Number.NEGATIVE_INFINITY, neginf!, -most);
  return result(replaced);
}

/** `np.cov` and `np.corrcoef` with a second set of variables: rows of one matrix. */
function variables(first: Value, second: Value, rowsAreVariables: boolean): NDArray {
  const rows = (array: NDArray) =>
    array.ndim < 2 ? reshape(array, [1, -1]) : rowsAreVariables ? array : transpose(array);
  const arrays = (second === null ? [first] : [first, second]).map((value) => rows(toArray(value)));
  return concatenate(arrays, 0);
}

/** Every such function by its name in `numpy`, and `numpy.linalg`. */
export function mathematicsMembers(): Record<string, Value> {
  const functions = [
    builtin("dot(a, b, out=None)", ({ a, b }) => result(dot(toArray(a!), toArray(b!)))),
    builtin("matmul(x1, x2, /, out=None, *, casting='same_kind', order='K', dtype=None)", (bound) =>
      delivered(
        matmul(toArray(bound.x1!), toArray(bound.x2!)),
        readOptions({ ...bound, where: true }),
      ),
    ),
    builtin("inner(a, b, /)", ({ a, b }) => result(inner(toArray(a!), toArray(b!)))),
    builtin("outer(a, b, out=None)", ({ a, b }) => result(outer(toArray(a!), toArray(b!)))),
    builtin("vdot(a, b, /)", ({ a, b }) => {
      const flat = ravel(toArray(a!));
      return result(dot(flat, reshape(ravel(toArray(b!)), [flat.size])));
    }),
    builtin("tensordot(a, b, axes=2)", ({ a, b, axes }) => {
      const [left, right] = [toArray(a!), toArray(b!)];
      return tensordot(left, right, ...readAxes(axes!, left, right));
    }),
    builtin("einsum(*operands, out=None, optimize=False, dtype=None)", ({ operands }) => {
      const [subscripts, ...arrays] = operands as Value[];
      if (typeof subscripts !== "string") {
        throw pythonError(
          "TypeError",
          "the first argument of einsum must be a string of subscripts",
        );
      }
      return result(
        einsum(
          subscripts,
          arrays.map((array) => toArray(array)),
        ),
      );
    }),
    builtin(
      "clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None, dtype=None)",
      clipFunction,
    ),
    builtin("round(a, decimals=0, out=None)", rounded),
    builtin("fix(x, out=None)", ({ x }) => result(unary("trunc", toOperand(x!)))),
    builtin("nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None)", withoutNaN),
    builtin(
      "histogram(a, bins=10, range=None, density=None, weights=None)",
      ({ a, bins, range, density, weights }) => {
        const found = histogram(
          toArray(a!),
          readBins(bins!),
          readRange(range),
          density !== null && truth(density!),
          weights === null ? null : toArray(weights!),
        );
        return new PyTuple([found.counts, found.edges]);
      },
    ),
    builtin(
      "histogram_bin_edges(a, bins=10, range=None, weights=None)",
      ({ a, bins, range }) => binEdges(toArray(a!), readBins(bins!), readRange(range)).edges,
    ),
    builtin("bincount(x, /, weights=None, minlength=0)", ({ x, weights, minlength }) =>
      bincount(toArray(x!), weights === null ? null : toArray(weights!), toCount(minlength!)),
    ),
    builtin("digitize(x, bins, right=False)", ({ x, bins, right }) =>
      result(digitize(toArray(x!), toArray(bins!), truth(right!))),
    ),
    builtin("cov(m, y=None, rowvar=True, bias=False, ddof=None)", (bound) => {
      const { m, y, rowvar, bias, ddof } = bound;
      const degrees = ddof === null ? (truth(bias!) ? 0 : 1) : toCount(ddof!);
      return covariance(variables(m!, y!, truth(rowvar!)), true, degrees);
    }),
    builtin("corrcoef(x, y=None, rowvar=True)", ({ x, y, rowvar }) =>
      result(correlation(variables(x!, y!, truth(rowvar!)), true)),
    ),
    ...(["cumulative_sum", "cumulative_prod"] as const).map((name) =>
      builtin(
        `${name}(x, /, *, axis=None, dtype=None, out=None, include_initial=False)`,
        ({ x, axis, dtype, include_initial }) => {
          const array = toArray(x!);
          const along = axis === null ? null : toCount(axis!);
          const accumulate = name === "cumulative_sum" ? cumulativeSum : cumulativeProduct;
          if (along === null && array.ndim > 1) {
            throw pythonError(
              "ValueError",
              "For arrays which have more than one dimension ``axis`` argument is required.",
            );
          }
          const totals = accumulate(array, along, readDType(dtype));
          if (!truth(include_initial!)) return totals;
          const first = full(
            totals.shape.with(along ?? 0, 1),
            name === "cumulative_sum" ? 0n : 1n,
            totals.dtype,
          );
          return concatenate([first, totals], along ?? 0);
        },
      ),
    ),
    builtin("vecdot(x1, x2, /, *, axis=-1)", ({ x1, x2, axis }) =>
      result(sum(binary("multiply", toArray(x1!), toArray(x2!)), { axis: toCount(axis!) })),
    ),
    builtin("matvec(x1, x2, /)", ({ x1, x2 }) => {
      const [matrix, vector] = [toArray(x1!), toArray(x2!)];
      const product = matmul(matrix, expandDims(vector, [vector.ndim]));
      return result(reshape(product, product.shape.slice(0, -1)));
    }),
    builtin("vecmat(x1, x2, /)", ({ x1, x2 }) => {
      const vector = toArray(x1!);
      const product = matmul(expandDims(vector, [vector.ndim - 1]), toArray(x2!));
      return result(reshape(product, product.shape.toSpliced(-2, 1)));
    }),
  ];
  const members: Record<string, Value> = {};
  for (const entry of functions) members[entry.name] = entry;
  members["around"] = members["round"]!;
  return members;
}
