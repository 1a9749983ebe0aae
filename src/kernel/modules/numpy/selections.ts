/**
 * @file Functions that choose elements by conditions or positions, and that assemble arrays of
 * blocks, grids and windows.
 */
import {
  arange,
  asarray,
  assign,
  assignBroadcast,
  binary,
  broadcastTo,
  cast,
  commonType,
  concatenate,
  copy,
  diag,
  diagonal,
  fullLike,
  getItem,
  itemSizeOf,
  matmul,
  type NDArray,
  nonzero,
  normalizeAxis,
  type Operand,
  ravel,
  reshape,
  select,
  setItem,
  sliceAxis,
  stack,
  transpose,
  unary,
  view,
} from "../../../numpy/index.ts";
import { PyList, type PySlice, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { builtin, PythonModule } from "../../functions.ts";
import { registerType, type Value } from "../../objects.ts";
import { invoke, iterate, toCount, typeOf } from "../../operations.ts";
import { arrayTuple, result, toArray, toCounts, toOperand } from "./conversions.ts";
import { toAssigned } from "./operators.ts";

/** `np.select`: the first choice whose condition holds. */
function selectFirst(conditions: NDArray[], choices: Operand[], otherwise: Operand): NDArray {
  if (conditions.length !== choices.length) {
    throw pythonError("ValueError", "list of cases must be same length as list of conditions");
  }
  const dtype = commonType([...choices, otherwise]);
  let chosen = cast(asarray(otherwise), dtype);
  for (let i = conditions.length - 1; i >= 0; i--) {
    chosen = toArray(select(conditions[i], cast(asarray(choices[i]), dtype), chosen));
  }
  return chosen;
}

/** `np.piecewise`: numbers, or functions of the elements where a condition holds. */
function piecewise(x: NDArray, given: NDArray[], pieces: Value[], rest: Value[]): NDArray {
  const conditions = given.map((condition) => cast(condition, "bool"));
  if (pieces.length === conditions.length + 1) {
    const any = conditions.reduce((a, b) => binary("logical_or", a, b));
    conditions.push(unary("logical_not", any));
  } else if (pieces.length !== conditions.length) {
    const [n, m] = [conditions.length, conditions.length + 1];
    throw pythonError(
      "ValueError",
      `with ${n} condition(s), either ${n} or ${m} functions are expected`,
    );
  }
  const values = fullLike(x, 0);
  for (const [i, condition] of conditions.entries()) {
    const piece = pieces[i]!;
    if (!typeOf(piece).call) {
      setItem(values, [condition], toAssigned(piece, values.dtype));
      continue;
    }
    const { array } = getItem(x, [condition]);
    if (array.size === 0) continue;
    setItem(values, [condition], toAssigned(invoke(piece, array, ...rest), values.dtype));
  }
  return values;
}

/** The index that pairs positions along one axis with every place on the others. */
function alongAxis(indices: NDArray, axis: number, rank: number): NDArray[] {
  const along = normalizeAxis(axis, rank);
  if (indices.ndim !== rank) {
    throw pythonError("ValueError", "`indices` and `arr` must have the same number of dimensions");
  }
  return indices.shape.map((length, at) => {
    if (at === along) return indices;
    return reshape(
      arange(0n, BigInt(length), 1n),
      indices.shape.map((_, other) => (other === at ? -1 : 1)),
    );
  });
}

/** `np.block`: innermost lists are joined along the last axis, outer ones along those before. */
function block(value: Value): NDArray {
  const depthOf = (part: Value): number =>
    part instanceof PyList ? 1 + Math.max(0, ...part.items.map(depthOf)) : 0;
  const rankOf = (part: Value): number =>
    part instanceof PyList ? Math.max(0, ...part.items.map(rankOf)) : toArray(part).ndim;
  const depth = depthOf(value);
  const rank = Math.max(depth, rankOf(value));
  const join = (part: Value, level: number): NDArray => {
    if (part instanceof PyList) {
      const parts = part.items.map((item) => join(item, level - 1));
      return concatenate(parts, rank - level);
    }
    const array = toArray(part);
    return reshape(array, [...new Array<number>(rank - array.ndim).fill(1), ...array.shape]);
  };
  return copy(join(value, depth));
}

/** `np.cross` of vectors of three (or, deprecated, two) components on the last axis. */
function cross(left: NDArray, right: NDArray): NDArray {
  const [m, n] = [left.shape.at(-1) ?? 0, right.shape.at(-1) ?? 0];
  if (![m, n].every((length) => length === 2 || length === 3)) {
    throw pythonError(
      "ValueError",
      "incompatible dimensions for cross product\n(dimension must be 2 or 3)",
    );
  }
  const part = (array: NDArray, i: number) =>
    reshape(sliceAxis(array, array.ndim - 1, i, 1), array.shape.slice(0, -1));
  const component = (array: NDArray, i: number): Operand =>
    i < array.shape.at(-1)! ? part(array, i) : 0n;
  const minor = (i: number, j: number) =>
    binary(
      "subtract",
      binary("multiply", component(left, i), component(right, j)),
      binary("multiply", component(left, j), component(right, i)),
    );
  if (m === 2 && n === 2) return minor(0, 1);
  return stack([minor(1, 2), minor(2, 0), minor(0, 1)], -1);
}

/** `np.linalg.matrix_power` of a square matrix to a power of 0 or more. */
export function matrixPower(matrix: NDArray, power: number): NDArray {
  const identity = cast(
    diag(asarray(new Array<bigint>(matrix.shape[0]!).fill(1n)), 0),
    matrix.dtype,
  );
  let [answer, square]: [NDArray | null, NDArray] = [null, matrix];
  for (let left = power; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) answer = answer ? matmul(answer, square) : square;
    if (left > 1) square = matmul(square, square);
  }
  return answer ?? identity;
}

/** `np.lib.stride_tricks.sliding_window_view` along one axis, or along all of a 1-D array. */
function slidingWindows(array: NDArray, sizes: number[], axes: number[]): NDArray {
  const shape = [...array.shape];
  for (const [i, axis] of axes.entries()) {
    shape[axis] = shape[axis]! - sizes[i]! + 1;
    if (shape[axis]! < 1) {
      throw pythonError("ValueError", "window shape cannot be larger than input array shape");
    }
  }
  return view(
    array,
    [...shape, ...sizes],
    [...array.strides, ...axes.map((axis) => array.strides[axis]!)],
  );
}

/** `np.lib.stride_tricks.as_strided`, within the array's memory. Strides are in bytes. */
function stridedView(array: NDArray, shape: Value, strides: Value): NDArray {
  const lengths = shape === null ? array.shape : toCounts(shape);
  const width = itemSizeOf(array.dtype);
  const steps = strides === null ? array.strides : toCounts(strides).map((step) => step / width);
  if (steps.length !== lengths.length) {
    throw pythonError("ValueError", "mismatch in length of strides and shape");
  }
  let [first, last] = [array.offset, array.offset];
  for (const [axis, length] of lengths.entries()) {
    const reach = Math.max(length - 1, 0) * steps[axis]!;
    if (reach < 0) first += reach;
    else last += reach;
  }
  const whole = steps.every(Number.isInteger) && first >= 0 && last < array.data.length;
  if (whole || lengths.includes(0)) return view(array, lengths, steps);
  throw pythonError(
    "NotImplementedError",
    "views beyond an array's memory are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
  );
}

/** `np.mgrid` and `np.ogrid`, which are used with brackets. */
class GridTrick {
  readonly sparse: boolean;

  constructor(sparse: boolean) {
    this.sparse = sparse;
  }
}

registerType(GridTrick, {
  name: "nd_grid",
  module: "numpy",
  repr: ({ sparse }) => `<numpy.${sparse ? "ogrid" : "mgrid"} object>`,
  getItem({ sparse }, index) {
    const items = index instanceof PyTuple ? index.items : [index];
    const ranges = items.map((item) => {
      const { start, stop, step } = item as PySlice;
      const [from, by] = [(start ?? 0n) as bigint, (step ?? 1n) as bigint];
      return arange(from, stop as bigint, by);
    });
    if (!(index instanceof PyTuple)) return ranges[0]!;
    const shape = ranges.map((range) => range.size);
    const grids = ranges.map((range, place) =>
      reshape(
        range,
        shape.map((_, axis) => (axis === place ? -1 : 1)),
      ),
    );
    if (sparse) return arrayTuple(grids);
    return stack(
      grids.map((grid) => broadcastTo(grid, shape)),
      0,
    );
  },
});

/** The smallest box that holds what is not zero, or of which only some sides are cut. */
function trimmedBox(array: NDArray, sides: string): NDArray {
  let box = array;
  if (array.ndim === 0) return box;
  for (const [axis, places] of nonzero(array).entries()) {
    const numbers = [...(places.data as BigInt64Array)].map(Number);
    const [least, most] = numbers.reduce(
      ([low, high], at) => [Math.min(low, at), Math.max(high, at)] as const,
      [array.shape[axis], -1] as readonly [number, number],
    );
    const start = most < 0 ? 0 : sides.includes("f") ? least : 0;
    const stop = most < 0 ? 0 : sides.includes("b") ? most + 1 : array.shape[axis];
    box = sliceAxis(box, axis, start, stop - start);
  }
  return box;
}

function arraysOf(value: Value): NDArray[] {
  return [...iterate(value)].map((item) => toArray(item));
}

/** Every such function by its name in `numpy`. */
export function selectionMembers(): Record<string, Value> {
  const functions = [
    builtin("select(condlist, choicelist, default=0)", (bound) =>
      selectFirst(
        arraysOf(bound.condlist!),
        [...iterate(bound.choicelist!)].map(toOperand),
        toOperand(bound.default!),
      ),
    ),
    builtin("piecewise(x, condlist, funclist, *args)", ({ x, condlist, funclist, args }) =>
      piecewise(toArray(x!), arraysOf(condlist!), [...iterate(funclist!)], args as Value[]),
    ),
    builtin("take_along_axis(arr, indices, axis=-1)", ({ arr, indices, axis }) => {
      const array = toArray(arr!);
      return getItem(array, alongAxis(toArray(indices!), toCount(axis!), array.ndim)).array;
    }),
    builtin("put_along_axis(arr, indices, values, axis)", ({ arr, indices, values, axis }) => {
      const array = arr as NDArray;
      const index = alongAxis(toArray(indices!), toCount(axis!), array.ndim);
      setItem(array, index, toAssigned(values!, array.dtype));
      return null;
    }),
    builtin("fill_diagonal(a, val, wrap=False)", ({ a, val }) => {
      const array = a as NDArray;
      assignBroadcast(diagonal(array), toAssigned(val!, array.dtype));
      return null;
    }),
    builtin("copyto(dst, src, casting='same_kind', where=True)", ({ dst, src, where }) => {
      const target = dst as NDArray;
      const source = toAssigned(src!, target.dtype);
      if (where === true) assignBroadcast(target, source);
      else {
        const kept = select(
          broadcastTo(cast(toArray(where!), "bool"), target.shape),
          source,
          target,
        );
        assign(target, toArray(kept, target.dtype));
      }
      return null;
    }),
    builtin("diagflat(v, k=0)", ({ v, k }) => diag(ravel(toArray(v!)), toCount(k!))),
    builtin("block(arrays)", ({ arrays }) => block(arrays!)),
    builtin("cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None)", ({ a, b }) =>
      result(cross(toArray(a!), toArray(b!))),
    ),
    builtin("trim_zeros(filt, trim='fb')", ({ filt, trim }) => {
      const array = toArray(filt!);
      if (array.ndim !== 1) return trimmedBox(array, String(trim).toLowerCase());
      const values = copy(cast(array, "bool")).data as Uint8Array;
      const [first, last] = [values.indexOf(1), values.lastIndexOf(1)];
      const sides = String(trim).toLowerCase();
      const start = first < 0 ? 0 : sides.includes("f") ? first : 0;
      const stop = first < 0 ? 0 : sides.includes("b") ? last + 1 : array.size;
      // Lists stay lists.
      if (filt instanceof PyList) return new PyList(filt.items.slice(start, stop));
      if (filt instanceof PyTuple) return new PyTuple(filt.items.slice(start, stop));
      return sliceAxis(array, 0, start, stop - start);
    }),
    builtin("sinc(x)", ({ x }) => {
      const array = toArray(x!);
      const filled = select(binary("equal", array, 0n), 1e-20, toOperand(x!));
      const angle = binary("multiply", toOperand(filled), Math.PI);
      return result(binary("divide", unary("sin", angle), angle));
    }),
    builtin("rollaxis(a, axis, start=0)", ({ a, axis, start }) => {
      const array = toArray(a!);
      const from = normalizeAxis(toCount(axis!), array.ndim);
      const to = toCount(start!) < 0 ? toCount(start!) + array.ndim : toCount(start!);
      const order = array.shape.map((_, at) => at).filter((at) => at !== from);
      order.splice(from < to ? to - 1 : to, 0, from);
      return transpose(array, order);
    }),
  ];
  const members: Record<string, Value> = {};
  for (const entry of functions) members[entry.name] = entry;
  members["mgrid"] = new GridTrick(false);
  members["ogrid"] = new GridTrick(true);
  members["lib"] = new PythonModule("numpy.lib", {
    stride_tricks: new PythonModule("numpy.lib.stride_tricks", {
      as_strided: builtin(
        "as_strided(x, shape=None, strides=None, subok=False, writeable=True)",
        ({ x, shape, strides }) => stridedView(toArray(x!), shape!, strides!),
      ),
      sliding_window_view: builtin(
        "sliding_window_view(x, window_shape, axis=None)",
        ({ x, window_shape, axis }) => {
          const array = toArray(x!);
          const axes = axis === null ? array.shape.map((_, at) => at) : toCounts(axis!);
          const sizes = toCounts(window_shape!);
          if (sizes.length !== axes.length) {
            throw pythonError(
              "ValueError",
              axis === null
                ? "Since axis is None, must provide window_shape for all dimensions of `x`; " +
                    `got ${sizes.length} window_shape elements and \`x.ndim\` is ${array.ndim}.`
                : "Must provide matching length window_shape and axis; got " +
                    `${sizes.length} window_shape elements and ${axes.length} axes elements.`,
            );
          }
          return slidingWindows(
            array,
            sizes,
            axes.map((at) => normalizeAxis(at, array.ndim)),
          );
        },
      ),
    }),
  });
  return members;
}
