/**
 * @file Arrays of indices: of triangles, diagonals and masks; and arrays in another layout.
 */
import {
  asarray,
  cast,
  copy,
  isColumnMajor,
  isContiguous,
  type NDArray,
  nonzero,
  zeros,
} from "../../../numpy/index.ts";
import { PyList, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { collect, invoke, toCount } from "../../operations.ts";
import { arrayTuple, toArray } from "./conversions.ts";
import { ordered } from "./creation.ts";
import { readDType } from "./dtypes.ts";
import { positions } from "./iteration.ts";

function triangleIndices(rows: number, shift: number, columns: number, lower: boolean): Value {
  const found: [bigint[], bigint[]] = [[], []];
  for (const [row, column] of positions([rows, columns])) {
    if (lower ? column! - row! > shift : column! - row! < shift) continue;
    found[0].push(BigInt(row!));
    found[1].push(BigInt(column!));
  }
  return arrayTuple(found.map((indices) => cast(asarray(indices), "int64")));
}

function matrixOf(value: Value): NDArray {
  const array = toArray(value);
  if (array.ndim !== 2) throw pythonError("ValueError", "input array must be 2-d");
  return array;
}

function diagonalIndices(n: number, ndim: number): Value {
  const line = asarray(
    Array.from({ length: n }, (_, i) => BigInt(i)),
    "int64",
  );
  return arrayTuple(Array.from({ length: ndim }, () => line));
}

/** Every such function by its name in `numpy`. */
export function indexArrayMembers(): Record<string, Value> {
  const triangles = ([true, false] as const).flatMap((lower) => {
    const name = lower ? "tril" : "triu";
    return [
      builtin(`${name}_indices(n, k=0, m=None)`, ({ n, k, m }) =>
        triangleIndices(toCount(n!), toCount(k!), toCount(m === null ? n! : m!), lower),
      ),
      builtin(`${name}_indices_from(arr, k=0)`, ({ arr, k }) => {
        const [rows, columns] = matrixOf(arr!).shape as [number, number];
        return triangleIndices(rows, toCount(k!), columns, lower);
      }),
    ];
  });
  const functions = [
    ...triangles,
    builtin("diag_indices(n, ndim=2)", ({ n, ndim }) =>
      diagonalIndices(toCount(n!), toCount(ndim!)),
    ),
    builtin("diag_indices_from(arr)", ({ arr }) => {
      const array = toArray(arr!);
      if (array.ndim < 2) {
        throw pythonError("ValueError", "input array must be at least 2-d");
      }
      if (array.shape.some((length) => length !== array.shape[0])) {
        throw pythonError("ValueError", "All dimensions of input must be of equal length");
      }
      return diagonalIndices(array.shape[0]!, array.ndim);
    }),
    builtin("mask_indices(n, mask_func, k=0)", ({ n, mask_func, k }) => {
      const size = toCount(n!);
      const ones = zeros([size, size], "int64");
      (ones.data as BigInt64Array).fill(1n);
      return arrayTuple(nonzero(toArray(invoke(mask_func!, ones, k!))));
    }),
    builtin("asfortranarray(a, dtype=None)", ({ a, dtype }) => {
      const array = toArray(a!, readDType(dtype));
      return isColumnMajor(array) ? array : ordered(array, "F");
    }),
    builtin("isfortran(a)", ({ a }) => {
      const array = toArray(a!);
      return isColumnMajor(array) && !isContiguous(array);
    }),
    builtin("require(a, dtype=None, requirements=None)", ({ a, dtype, requirements }) => {
      const array = toArray(a!, readDType(dtype));
      const listed =
        requirements instanceof PyList || requirements instanceof PyTuple
          ? collect(requirements)
          : [requirements!];
      const wanted = listed.map(String);
      if (wanted.some((flag) => /^F/.test(flag))) return ordered(array, "F");
      const owned = wanted.some((flag) => flag === "O" || flag === "OWNDATA");
      return owned && array.base !== null ? copy(array) : array;
    }),
  ];
  return Object.fromEntries(functions.map((entry) => [entry.name, entry]));
}
