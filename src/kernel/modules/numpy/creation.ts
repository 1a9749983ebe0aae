/**
 * @file Functions that make arrays.
 */
import {
  type ArrayDType,
  arange,
  asarray,
  binary,
  cast,
  castKeepingOrder,
  commonType,
  copy,
  diag,
  eye,
  full,
  fullLike,
  geomspace,
  indices,
  linspace,
  logspace,
  meshgrid,
  moveAxis,
  NDArray,
  NumpyScalar,
  reshape,
  transpose,
  tri,
  triangle,
  zeros,
} from "../../../numpy/index.ts";
import { PyList, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { collect, invoke, iterate, toCount, toFloat, truth } from "../../operations.ts";
import {
  arrayLike,
  arrayTuple,
  result,
  toArray,
  toCounts,
  toOperand,
  toShape,
} from "./conversions.ts";
import { readDType } from "./dtypes.ts";

/** A number that ranges count in: a float, or an integer where it is one. */
function rangeNumber(value: Value): number | bigint {
  if (typeof value === "bigint" || typeof value === "number") return value;
  if (typeof value === "boolean") return BigInt(value);
  if (value instanceof NumpyScalar) {
    return typeof value.value === "boolean" ? BigInt(value.value) : value.value;
  }
  if (value instanceof NDArray && value.ndim === 0) {
    return value.dtype.startsWith("float") ? toFloat(value) : BigInt(toFloat(value));
  }
  return toFloat(value);
}

/** `order="F"` lays the same elements out by columns. */
export function ordered(array: NDArray, order: Value | undefined): NDArray {
  if (order !== "F") return array;
  const columns = transpose(copy(transpose(array)));
  columns.base = null;
  return columns;
}

function shapeLike(array: NDArray, shape: Value | undefined): readonly number[] {
  return shape === null || shape === undefined ? array.shape : toShape(shape);
}

/** `zeros_like` and its kin: a value in another array's shape, type and memory order. */
function like(value: 0 | 1): (bound: Bound) => Value {
  return ({ a, dtype, shape }) => {
    const array = toArray(a!);
    const type = readDType(dtype) ?? array.dtype;
    const filled = fullLike(array, value, type, shapeLike(array, shape));
    return shape === null ? castKeepingOrder(inOrderOf(array, filled), type) : filled;
  };
}

/** A filled array laid out as another is: transposed where that is. */
function inOrderOf(array: NDArray, filled: NDArray): NDArray {
  const order = array.strides.map((_, axis) => axis);
  order.sort((a, b) => array.strides[b] - array.strides[a] || a - b);
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return transpose(
    reshape(
      filled,
      order.map((axis) => array.shape[axis]),
    ),
    inverse,
  );
}

function filled(value: 0 | 1): (bound: Bound) => Value {
  return ({ shape, dtype, order }) => {
    const type = readDType(dtype) ?? "float64";
    const sizes = toShape(shape!);
    return ordered(value === 0 ? zeros(sizes, type) : full(sizes, value, type), order);
  };
}

function makeArray({ object, dtype, copy: wantsCopy, order, ndmin }: Bound): Value {
  const type = readDType(dtype);
  const given = arrayLike(object!, type);
  let array = asarray(given, type);
  if (given instanceof NDArray && array === given && wantsCopy !== null && truth(wantsCopy!)) {
    array = castKeepingOrder(array, array.dtype);
  } else if (array === given && !(object instanceof NDArray)) array = copy(array);
  const missing = toCount(ndmin!) - array.ndim;
  if (missing > 0) array = reshape(array, [...new Array<number>(missing).fill(1), ...array.shape]);
  return ordered(array, order);
}

function ends({ start, stop }: Bound): [number, number] {
  return [toFloat(start!), toFloat(stop!)];
}

function floatOf(dtype: Value | undefined): ArrayDType {
  return readDType(dtype) ?? "float64";
}

/** Every creation function by its name in `numpy`. */
export function creationMembers(): Record<string, Value> {
  const functions = [
    builtin(
      "array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, like=None)",
      makeArray,
    ),
    ...["asarray", "asanyarray", "ascontiguousarray"].map((name) =>
      builtin(
        `${name}(a, dtype=None, order=None, *, device=None, copy=None, like=None)`,
        ({ a, dtype, order, copy: wantsCopy }) => {
          const array = toArray(a!, readDType(dtype));
          const own = name === "ascontiguousarray" || (wantsCopy !== null && truth(wantsCopy!));
          return ordered(own ? copy(array) : array, order);
        },
      ),
    ),
    builtin("zeros(shape, dtype=None, order='C', *, device=None, like=None)", filled(0)),
    builtin("ones(shape, dtype=None, order='C', *, device=None, like=None)", filled(1)),
    builtin("empty(shape, dtype=None, order='C', *, device=None, like=None)", filled(0)),
    builtin(
      "full(shape, fill_value, dtype=None, order='C', *, device=None, like=None)",
      ({ shape, fill_value, dtype, order }) =>
        ordered(full(toShape(shape!), arrayLike(fill_value!), readDType(dtype)), order),
    ),
    builtin(
      "zeros_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None)",
      like(0),
    ),
    builtin("ones_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None)", like(1)),
    builtin(
      "empty_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None)",
      like(0),
    ),
    builtin(
      "full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None)",
      ({ a, fill_value, dtype, shape }) => {
        const array = toArray(a!);
        const type = readDType(dtype) ?? array.dtype;
        // A Python float in an integer array loses its fraction.
        const value = cast(toArray(fill_value!), type);
        return full(shapeLike(array, shape), value, type);
      },
    ),
    builtin(
      "arange(start=..., stop=..., step=1, dtype=None, *, device=None, like=None)",
      (bound) => {
        if (bound.start === undefined && bound.stop === undefined) {
          throw pythonError("TypeError", "arange() requires stop to be specified.");
        }
        const alone = bound.stop === undefined || bound.stop === null;
        const [start, stop] = alone ? [0n, bound.start!] : [bound.start ?? 0n, bound.stop!];
        const numbers = [start, stop, bound.step ?? 1n].map((value) => rangeNumber(value!));
        const type = readDType(bound.dtype) ?? rangeType([start!, stop!, bound.step!]);
        if (type && typeof numbers[0] === "number" && bound.dtype === null) {
          // The second element is a sum of scalars, rounded as theirs: the rest continue from it.
          const second = binary("add", toOperand(start!), toOperand(bound.step ?? 1n));
          numbers[2] = toFloat(result(second)) - numbers[0];
        }
        return arange(numbers[0], numbers[1], numbers[2], type);
      },
    ),
    builtin(
      "linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None)",
      (bound) => {
        const made = linspace(
          toOperand(bound.start!),
          toOperand(bound.stop!),
          toCount(bound.num!),
          truth(bound.endpoint!),
          readDType(bound.dtype),
        );
        const values = moveAxis(made.values, [0], [toCount(bound.axis!)]);
        return truth(bound.retstep!) ? new PyTuple([values, result(made.step)]) : values;
      },
    ),
    builtin(
      "logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0)",
      (bound) => {
        const made = logspace(
          toOperand(bound.start!),
          toOperand(bound.stop!),
          toCount(bound.num!),
          truth(bound.endpoint!),
          toFloat(bound.base!),
        );
        return cast(made, readDType(bound.dtype) ?? made.dtype);
      },
    ),
    builtin("geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0)", (bound) => {
      const [start, stop] = ends(bound);
      return cast(
        geomspace(start, stop, toCount(bound.num!), truth(bound.endpoint!)),
        floatOf(bound.dtype),
      );
    }),
    builtin("eye(N, M=None, k=0, dtype=None, order='C')", ({ N, M, k, dtype }) => {
      const rows = toCount(N!);
      return eye(rows, M === null ? rows : toCount(M!), toCount(k!), floatOf(dtype));
    }),
    builtin("identity(n, dtype=None)", ({ n, dtype }) =>
      eye(toCount(n!), toCount(n!), 0, floatOf(dtype)),
    ),
    builtin("diag(v, k=0)", ({ v, k }) => diag(toArray(v!), toCount(k!))),
    builtin("tri(N, M=None, k=0, dtype=None)", ({ N, M, k, dtype }) => {
      const rows = toCount(N!);
      return tri(rows, M === null ? rows : toCount(M!), toCount(k!), floatOf(dtype));
    }),
    builtin("tril(m, k=0)", ({ m, k }) => triangle(toArray(m!), toCount(k!), true)),
    builtin("triu(m, k=0)", ({ m, k }) => triangle(toArray(m!), toCount(k!), false)),
    builtin("meshgrid(*xi, copy=True, sparse=False, indexing='xy')", ({ xi, sparse, indexing }) => {
      const axes = (xi as Value[]).map((value) => toArray(value));
      return new PyTuple(meshgrid(axes, String(indexing), truth(sparse!)));
    }),
    builtin("indices(dimensions, dtype=None, sparse=False)", ({ dimensions, dtype, sparse }) => {
      const shape = collect(dimensions!).map(toCount);
      const type = readDType(dtype) ?? "int64";
      if (!truth(sparse!)) return cast(indices(shape), type);
      return arrayTuple(
        shape.map((length, at) =>
          reshape(
            cast(arange(0n, BigInt(length), 1n), type),
            shape.map((_, axis) => (axis === at ? length : 1)),
          ),
        ),
      );
    }),
    builtin("fromiter(iter, dtype, count=-1)", ({ iter, dtype, count }) => {
      const items = collect(iter!);
      const wanted = toCount(count!);
      if (wanted > items.length) {
        throw pythonError(
          "ValueError",
          `iterator too short: Expected ${wanted} but iterator had only ${items.length} items.`,
        );
      }
      return toArray(new PyList(wanted < 0 ? items : items.slice(0, wanted)), readDType(dtype));
    }),
    builtin("fromfunction(function, shape, *, dtype=None)", (bound) => {
      const grid = indices(toCounts(bound.shape!));
      const typed = cast(grid, floatOf(bound.dtype));
      return invoke(bound.function!, ...iterate(typed));
    }),
    builtin("copy(a, order='K', subok=False)", ({ a }) => {
      const array = toArray(a!);
      return castKeepingOrder(array, array.dtype);
    }),
    builtin("vander(x, N=None, increasing=False)", ({ x, N, increasing }) => {
      const points = toArray(x!);
      const count = N === null ? points.size : toCount(N!);
      const powers = arange(0n, BigInt(count), 1n);
      const order = truth(increasing!) ? powers : binary("subtract", BigInt(count - 1), powers);
      return binary("power", reshape(points, [-1, 1]), order);
    }),
  ];
  return Object.fromEntries(functions.map((entry) => [entry.name, entry]));
}

/**
 * NumPy's own scalars decide a range's type along with int64, the least one that ranges have:
 * `np.arange(np.float32(3))` is float64. Python's numbers leave it to their kind.
 */
function rangeType(values: readonly Value[]): ArrayDType | undefined {
  const typed = values.some((value) => value instanceof NumpyScalar || value instanceof NDArray);
  if (!typed) return undefined;
  return commonType([new NumpyScalar("int64", 0n), ...values.map((value) => toOperand(value))]);
}
