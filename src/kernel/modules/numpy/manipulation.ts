/**
 * @file Functions that rearrange, join, search and sort arrays.
 */
import {
  argsort,
  arraySplit,
  atLeast,
  binary,
  broadcastShapes,
  broadcastTo,
  cast,
  columnStack,
  concatenate,
  copy,
  depthStack,
  diagonal,
  expandDims,
  flip,
  getItem,
  horizontalStack,
  moveAxis,
  type NDArray,
  nonzero,
  normalizeAxis,
  ravel,
  repeat,
  reshape,
  roll,
  searchSorted,
  select,
  singleShape,
  sort,
  split,
  squeeze,
  stack,
  sum,
  swapAxes,
  tile,
  transpose,
  unary,
  verticalStack,
  zeros,
} from "../../../numpy/index.ts";
import { PyList, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { collect, iterate, toCount, truth } from "../../operations.ts";
import {
  arrayTuple,
  result,
  shapeTuple,
  toArray,
  toCounts,
  toOperand,
  toShape,
} from "./conversions.ts";
import { readDType } from "./dtypes.ts";

function arraysOf(value: Value): NDArray[] {
  return collect(value).map((item) => toArray(item));
}

function readOrder(order: Value | undefined): "C" | "F" {
  return order === "F" ? "F" : "C";
}

function optionalAxis(axis: Value | undefined): number | null {
  return axis === null || axis === undefined ? null : toCount(axis);
}

/** Sections of a split: a number of parts, or the places to cut at. */
function sections(value: Value): number | number[] {
  return typeof value === "bigint" ? toCount(value) : toCounts(value);
}

function where({ condition, x, y }: Bound): Value {
  if (x === undefined && y === undefined) return arrayTuple(nonzero(toArray(condition!)));
  if (x === undefined || y === undefined) {
    throw pythonError("ValueError", "either both or neither of x and y should be given");
  }
  return select(toOperand(condition!), toOperand(x!), toOperand(y!));
}

/** Whether arrays have the same shape and elements. */
function arrayEqual({ a1, a2, equal_nan }: Bound): Value {
  const [left, right] = [toArray(a1!), toArray(a2!)];
  const same = left.ndim === right.ndim && left.shape.every((n, axis) => n === right.shape[axis]);
  if (!same) return false;
  let equal = binary("equal", left, right);
  if (truth(equal_nan!) && left.dtype.startsWith("float") && right.dtype.startsWith("float")) {
    const both = binary("logical_and", unary("isnan", left), unary("isnan", right));
    equal = binary("logical_or", equal, both);
  }
  return !(copy(equal).data as Uint8Array).includes(0);
}

/** `np.nonzero`. */
export function nonzeroTuple(array: NDArray): PyTuple {
  if (array.ndim > 0) return arrayTuple(nonzero(array));
  throw pythonError(
    "ValueError",
    "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.",
  );
}

/** The diagonal of two axes, which goes to the end. */
export function diagonalOf(array: NDArray, offset: number, axis1: number, axis2: number): NDArray {
  if (array.ndim < 2) {
    throw pythonError("ValueError", "diag requires an array of at least two dimensions");
  }
  const [first, second] = [normalizeAxis(axis1, array.ndim), normalizeAxis(axis2, array.ndim)];
  if (first === second) throw pythonError("ValueError", "axis1 and axis2 cannot be the same");
  return diagonal(moveAxis(array, [first, second], [-2, -1]), offset);
}

/** Every such function by its name in `numpy`. */
export function manipulationMembers(): Record<string, Value> {
  const functions = [
    builtin("reshape(a, /, shape, order='C', *, copy=None)", ({ a, shape, order }) =>
      reshape(toArray(a!), toShape(shape!), readOrder(order)),
    ),
    builtin("ravel(a, order='C')", ({ a, order }) => ravel(toArray(a!), readOrder(order))),
    builtin("transpose(a, axes=None)", ({ a, axes }) =>
      transpose(toArray(a!), axes === null ? undefined : toCounts(axes!)),
    ),
    builtin("matrix_transpose(x, /)", ({ x }) => swapAxes(toArray(x!), -1, -2)),
    builtin("swapaxes(a, axis1, axis2)", ({ a, axis1, axis2 }) =>
      swapAxes(toArray(a!), toCount(axis1!), toCount(axis2!)),
    ),
    builtin("moveaxis(a, source, destination)", ({ a, source, destination }) =>
      moveAxis(toArray(a!), toCounts(source!), toCounts(destination!)),
    ),
    builtin("expand_dims(a, axis)", ({ a, axis }) => expandDims(toArray(a!), toCounts(axis!))),
    builtin("squeeze(a, axis=None)", ({ a, axis }) =>
      squeeze(toArray(a!), axis === null ? undefined : toCounts(axis!)),
    ),
    builtin("broadcast_arrays(*args, subok=False)", ({ args }) => {
      const arrays = (args as Value[]).map((value) => toArray(value));
      const shape = singleShape(arrays.map((array) => array.shape));
      return arrayTuple(arrays.map((array) => broadcastTo(array, shape)));
    }),
    builtin("broadcast_shapes(*args)", ({ args }) =>
      shapeTuple(broadcastShapes((args as Value[]).map(toShape))),
    ),
    builtin(
      "concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind')",
      ({ arrays, axis, dtype }) =>
        concatenate(arraysOf(arrays!), optionalAxis(axis), readDType(dtype)),
    ),
    builtin("stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')", (bound) =>
      stack(arraysOf(bound.arrays!), toCount(bound.axis!)),
    ),
    builtin("vstack(tup, *, dtype=None, casting='same_kind')", ({ tup }) =>
      verticalStack(arraysOf(tup!)),
    ),
    builtin("hstack(tup, *, dtype=None, casting='same_kind')", ({ tup }) =>
      horizontalStack(arraysOf(tup!)),
    ),
    builtin("dstack(tup)", ({ tup }) => depthStack(arraysOf(tup!))),
    builtin("column_stack(tup)", ({ tup }) => columnStack(arraysOf(tup!))),
    builtin("append(arr, values, axis=None)", ({ arr, values, axis }) =>
      concatenate([toArray(arr!), toArray(values!)], optionalAxis(axis)),
    ),
    builtin("split(ary, indices_or_sections, axis=0)", (bound) =>
      listOf(
        split(toArray(bound.ary!), sections(bound.indices_or_sections!), toCount(bound.axis!)),
      ),
    ),
    builtin("array_split(ary, indices_or_sections, axis=0)", (bound) =>
      listOf(
        arraySplit(toArray(bound.ary!), sections(bound.indices_or_sections!), toCount(bound.axis!)),
      ),
    ),
    builtin("vsplit(ary, indices_or_sections)", (bound) =>
      listOf(split(toArray(bound.ary!), sections(bound.indices_or_sections!), 0)),
    ),
    builtin("dsplit(ary, indices_or_sections)", (bound) => {
      const array = toArray(bound.ary!);
      if (array.ndim < 3) {
        throw pythonError("ValueError", "dsplit only works on arrays of 3 or more dimensions");
      }
      return listOf(split(array, sections(bound.indices_or_sections!), 2));
    }),
    builtin("unstack(x, /, *, axis=0)", ({ x, axis }) => {
      const array = moveAxis(toArray(x!), [toCount(axis!)], [0]);
      return new PyTuple([...iterate(array)]);
    }),
    builtin("hsplit(ary, indices_or_sections)", (bound) => {
      const array = toArray(bound.ary!);
      return listOf(split(array, sections(bound.indices_or_sections!), array.ndim > 1 ? 1 : 0));
    }),
    builtin("tile(A, reps)", ({ A, reps }) => tile(toArray(A!), toCounts(reps!))),
    builtin("repeat(a, repeats, axis=None)", ({ a, repeats, axis }) =>
      repeat(toArray(a!), toCounts(repeats!), optionalAxis(axis)),
    ),
    builtin("flip(m, axis=None)", ({ m, axis }) =>
      result(flip(toArray(m!), axis === null ? undefined : toCounts(axis!))),
    ),
    builtin("flipud(m)", ({ m }) => flip(toArray(m!), [0])),
    builtin("fliplr(m)", ({ m }) => {
      const array = toArray(m!);
      if (array.ndim < 2) throw pythonError("ValueError", "Input must be >= 2-d.");
      return flip(array, [1]);
    }),
    builtin("roll(a, shift, axis=None)", ({ a, shift, axis }) =>
      roll(toArray(a!), toCounts(shift!), axis === null ? null : toCounts(axis!)),
    ),
    builtin("rot90(m, k=1, axes=(0, 1))", ({ m, k, axes }) => rotate(toArray(m!), k!, axes!)),
    ...([1, 2, 3] as const).map((rank) =>
      builtin(`atleast_${rank}d(*arys)`, ({ arys }) => {
        const arrays = (arys as Value[]).map((value) => atLeast(toArray(value), rank));
        return arrays.length === 1 ? arrays[0]! : arrayTuple(arrays);
      }),
    ),
    builtin("where(condition, x=..., y=..., /)", where),
    builtin("nonzero(a)", ({ a }) => nonzeroTuple(toArray(a!))),
    builtin("argwhere(a)", ({ a }) => {
      const array = toArray(a!);
      const found = nonzero(array);
      if (found.length > 0) return stack(found, 1);
      return zeros([cast(array, "bool").data[0] ? 1 : 0, 0], "int64");
    }),
    builtin("sort(a, axis=-1, kind=None, order=None, *, stable=None)", ({ a, axis }) =>
      axis === null ? sort(ravel(toArray(a!)), 0) : sort(toArray(a!), toCount(axis!)),
    ),
    builtin("argsort(a, axis=-1, kind=None, order=None, *, stable=None)", ({ a, axis }) =>
      axis === null ? argsort(ravel(toArray(a!)), 0) : argsort(toArray(a!), toCount(axis!)),
    ),
    builtin("searchsorted(a, v, side='left', sorter=None)", ({ a, v, side, sorter }) => {
      const given = toArray(a!);
      if (given.ndim > 1) throw pythonError("ValueError", "object too deep for desired array");
      const sorted = sorter === null ? given : getItem(given, [toArray(sorter!)]).array;
      return result(searchSorted(sorted, toArray(v!), String(side)));
    }),
    builtin("array_equal(a1, a2, equal_nan=False)", arrayEqual),
    builtin("diagonal(a, offset=0, axis1=0, axis2=1)", ({ a, offset, axis1, axis2 }) =>
      diagonalOf(toArray(a!), toCount(offset!), toCount(axis1!), toCount(axis2!)),
    ),
    builtin(
      "trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None)",
      ({ a, offset, axis1, axis2 }) =>
        result(
          sum(diagonalOf(toArray(a!), toCount(offset!), toCount(axis1!), toCount(axis2!)), {
            axis: -1,
          }),
        ),
    ),
    builtin("shape(a)", ({ a }) => shapeTuple(toArray(a!).shape)),
    builtin("ndim(a)", ({ a }) => BigInt(toArray(a!).ndim)),
    builtin("size(a, axis=None)", ({ a, axis }) => {
      const array = toArray(a!);
      return BigInt(axis === null ? array.size : array.shape.at(toCount(axis!))!);
    }),
  ];
  const members: Record<string, Value> = {};
  for (const entry of functions) members[entry.name] = entry;
  members["row_stack"] = members["vstack"]!;
  members["concat"] = members["concatenate"]!;
  members["permute_dims"] = members["transpose"]!;
  return members;
}

function listOf(arrays: readonly NDArray[]): Value {
  return new PyList([...arrays]);
}

function rotate(array: NDArray, k: Value, axes: Value): Value {
  const [first, second] = toCounts(axes) as [number, number];
  if (first === second || Math.abs(first - second) === array.ndim) {
    throw pythonError("ValueError", "Axes must be different.");
  }
  const turns = ((toCount(k) % 4) + 4) % 4;
  if (turns === 0) return array;
  if (turns === 2) return flip(array, [first, second]);
  const flipped = turns === 1 ? flip(array, [second]) : array;
  const turned = swapAxes(flipped, first, second);
  return turns === 1 ? turned : flip(turned, [second]);
}
