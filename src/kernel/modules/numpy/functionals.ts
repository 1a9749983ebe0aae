/**
 * @file Functions that call the cell's own functions, walk over indices, or edit arrays.
 */
import {
  type ArrayDType,
  arange,
  argsort,
  binary,
  broadcastShapes,
  broadcastTo,
  cast,
  concatenate,
  expandDims,
  getItem,
  itemSizeOf,
  moveAxis,
  NDArray,
  normalizeAxis,
  reshape,
  rowMajor,
  scalarAt,
  sizeOf,
  sliceAxis,
  stack,
  unwrap,
} from "../../../numpy/index.ts";
import { PyList, PySlice, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { builtin } from "../../functions.ts";
import { registerType, type Value } from "../../objects.ts";
import { call, collect, invoke, toCount } from "../../operations.ts";
import { arrayTuple, result, toArray, toCounts, toShape } from "./conversions.ts";
import { readDType } from "./dtypes.ts";
import { positions } from "./iteration.ts";

/** `np.apply_along_axis`: the function's results take the axis's place. */
function applyAlong(apply: Value, axis: number, array: NDArray, rest: readonly Value[]): Value {
  const along = normalizeAxis(axis, array.ndim);
  const rows = rowMajor(moveAxis(array, [along], [array.ndim - 1]));
  const length = array.shape[along];
  const outer = rows.shape.slice(0, -1);
  const count = sizeOf(outer);
  if (count === 0) {
    throw pythonError("ValueError", "Cannot apply_along_axis when any iteration dimensions are 0");
  }
  const flat = reshape(rows, [count, length]);
  const results = Array.from({ length: count }, (_, row) =>
    toArray(invoke(apply, reshape(sliceAxis(flat, 0, row, 1), [length]), ...rest)),
  );
  const [first] = results;
  const stacked = reshape(stack(results, 0), [...outer, ...first.shape]);
  const last = first.shape.map((_, i) => outer.length + i);
  return result(
    moveAxis(
      stacked,
      last,
      last.map((_, i) => along + i),
    ),
  );
}

/** `np.vectorize(f)`: calls `f` element by element over broadcast arguments. */
class Vectorized {
  readonly inner: Value;
  readonly dtype: ArrayDType | undefined;

  constructor(inner: Value, dtype: ArrayDType | undefined) {
    this.inner = inner;
    this.dtype = dtype;
  }
}

registerType(Vectorized, {
  name: "vectorize",
  module: "numpy",
  repr: () => "<numpy.vectorize object>",
  call({ inner, dtype }, { positional, keywords }) {
    const arrays = positional.map((value) => toArray(value));
    const shape = broadcastShapes(arrays.map((array) => array.shape));
    const spread = arrays.map((array) => rowMajor(broadcastTo(array, shape)));
    const values = Array.from({ length: sizeOf(shape) }, (_, i) =>
      call(inner, {
        positional: spread.map((array) => scalarAt(array, array.offset + i)),
        keywords,
      }),
    );
    return reshape(toArray(new PyList(values), dtype), shape);
  },
});

/** `np.s_`, `np.r_` and `np.c_`, which are used with brackets. */
class IndexTrick {
  readonly name: "s_" | "r_" | "c_";

  constructor(name: "s_" | "r_" | "c_") {
    this.name = name;
  }
}

function trickPart(item: Value): NDArray {
  if (!(item instanceof PySlice)) return toArray(item);
  const bound = (value: Value, otherwise: bigint) => (value ?? otherwise) as bigint | number;
  return arange(bound(item.start, 0n), item.stop as bigint, bound(item.step, 1n));
}

registerType(IndexTrick, {
  name: "RClass",
  module: "numpy",
  repr: ({ name }) => `<numpy.${name} object>`,
  getItem({ name }, index) {
    if (name === "s_") return index;
    const items = index instanceof PyTuple ? index.items : [index];
    const parts = items.map(trickPart);
    if (name === "r_") {
      return concatenate(
        parts.map((part) => (part.ndim === 0 ? reshape(part, [1]) : part)),
        0,
      );
    }
    return concatenate(
      parts.map((part) => (part.ndim < 2 ? reshape(part, [-1, 1]) : part)),
      -1,
    );
  },
});

/** Every such function by its name in `numpy`. */
export function functionalMembers(): Record<string, Value> {
  const functions = [
    builtin("apply_along_axis(func1d, axis, arr, *args)", ({ func1d, axis, arr, args }) =>
      applyAlong(func1d!, toCount(axis!), toArray(arr!), args as Value[]),
    ),
    builtin("apply_over_axes(func, a, axes)", ({ func, a, axes }) => {
      let array = toArray(a!);
      for (const axis of toCounts(axes!)) {
        const found = toArray(invoke(func!, array, BigInt(axis)));
        array =
          found.ndim === array.ndim ? found : expandDims(found, [normalizeAxis(axis, array.ndim)]);
      }
      return array;
    }),
    builtin("vectorize(pyfunc, otypes=None)", ({ pyfunc, otypes }) => {
      const [type] =
        otypes === null
          ? []
          : otypes instanceof PyList || otypes instanceof PyTuple
            ? otypes.items
            : [otypes];
      return new Vectorized(pyfunc!, readDType(type ?? null));
    }),
    builtin("ix_(*args)", ({ args }) => {
      const arrays = (args as Value[]).map((value) => toArray(value));
      return arrayTuple(
        arrays.map((array, place) =>
          reshape(
            array,
            arrays.map((_, axis) => (axis === place ? -1 : 1)),
          ),
        ),
      );
    }),
    builtin("unravel_index(indices, shape, order='C')", ({ indices, shape }) => {
      const sizes = toShape(shape!);
      let rest = toArray(indices!);
      const places = [...sizes].reverse().map((length) => {
        const place = binary("remainder", rest, BigInt(length));
        rest = binary("floor_divide", rest, BigInt(length));
        return unwrap(place);
      });
      return new PyTuple(places.reverse());
    }),
    builtin("ravel_multi_index(multi_index, dims)", ({ multi_index, dims }) => {
      const sizes = toShape(dims!);
      const indices = collect(multi_index!).map((value) => toArray(value));
      const flat = indices.reduce((total, index, axis) =>
        binary("add", binary("multiply", total, BigInt(sizes[axis]!)), index),
      );
      return result(flat);
    }),
    builtin("kron(a, b)", ({ a, b }) => {
      const given = [toArray(a!), toArray(b!)];
      const rank = Math.max(...given.map(({ ndim }) => ndim));
      const [left, right] = given.map((array) =>
        reshape(array, [...Array<number>(rank - array.ndim).fill(1), ...array.shape]),
      ) as [NDArray, NDArray];
      const product = binary(
        "multiply",
        reshape(
          left,
          left.shape.flatMap((length) => [length, 1]),
        ),
        reshape(
          right,
          right.shape.flatMap((length) => [1, length]),
        ),
      );
      return reshape(
        product,
        left.shape.map((length, axis) => length * right.shape[axis]!),
      );
    }),
    builtin("may_share_memory(a, b, /, max_work=0)", ({ a, b }) => {
      if (!sameBuffer(a!, b!)) return false;
      const [first, second] = [byteBounds(a as NDArray), byteBounds(b as NDArray)];
      return first[0] < second[1] && second[0] < first[1];
    }),
    builtin("shares_memory(a, b, /, max_work=-1)", ({ a, b }) => {
      if (!sameBuffer(a!, b!)) return false;
      const places = new Set(bytePositions(a as NDArray));
      return bytePositions(b as NDArray).some((place) => places.has(place));
    }),
    builtin("array_equiv(a1, a2)", ({ a1, a2 }) => {
      const equal = binary("equal", toArray(a1!), toArray(a2!));
      return !(rowMajor(equal).data as Uint8Array).includes(0);
    }),
    builtin("lexsort(keys, axis=-1)", ({ keys }) => {
      const rows = collect(keys!).map((value) => toArray(value));
      let order = arange(0n, BigInt(rows[0]?.size ?? 0), 1n);
      for (const row of rows) {
        const sorted = argsort(getItem(row, [order]).array, 0);
        order = getItem(order, [sorted]).array;
      }
      return order;
    }),
    builtin("astype(x, dtype, /, *, copy=True)", ({ x, dtype }) =>
      result(cast(toArray(x!), readDType(dtype) ?? "float64")),
    ),
  ];
  const members: Record<string, Value> = {};
  for (const entry of functions) members[entry.name] = entry;
  for (const name of ["s_", "r_", "c_"] as const) members[name] = new IndexTrick(name);
  members["index_exp"] = members["s_"]!;
  return members;
}

/** Where in its buffer, in bytes, each element of an array begins. */
function bytePositions(array: NDArray): number[] {
  const bytes = itemSizeOf(array.dtype);
  return [...positions(array.shape)].map((index) =>
    index.reduce(
      (place, at, axis) => place + at * array.strides[axis]! * bytes,
      array.data.byteOffset + array.offset * bytes,
    ),
  );
}

/** The bytes from the first element to past the last. */
function byteBounds(array: NDArray): [number, number] {
  const places = bytePositions(array);
  const [first, last] = places.reduce(
    ([low, high], place) => [Math.min(low, place), Math.max(high, place)],
    [places[0]!, places[0]!],
  );
  return [first, last + itemSizeOf(array.dtype)];
}

function sameBuffer(a: Value, b: Value): boolean {
  const arrays = a instanceof NDArray && b instanceof NDArray;
  return arrays && a.data.buffer === b.data.buffer && a.size > 0 && b.size > 0;
}
