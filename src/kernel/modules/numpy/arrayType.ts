/**
 * @file `ndarray`: its operators, attributes and methods.
 */
import {
  argsort,
  arrayRepr,
  arrayStr,
  asarray,
  assign,
  castKeepingOrder,
  checkWriteable,
  clip,
  copy,
  decodeItem,
  dot,
  flatten,
  getItem,
  itemSizeOf,
  NDArray,
  ravel,
  repeat,
  reshape,
  round,
  scalarAt,
  searchSorted,
  setItem,
  sort,
  squeeze,
  sum,
  swapAxes,
  takeAxis,
  toList,
  transpose,
  unwrap,
  zeros,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyList, PyTuple } from "../../containers.ts";
import { memoryError, pythonError } from "../../errors.ts";
import { attributes, type Bound } from "../../functions.ts";
import { type PythonType, registerType, type Value } from "../../objects.ts";
import {
  collect,
  mostItems,
  toCount,
  toFloat,
  toIndex,
  toInteger,
  truth,
} from "../../operations.ts";
import {
  assignFlat,
  assignShape,
  Flags,
  FlatIterator,
  readOnly,
  reinterpret,
  resizeInPlace,
  setWriteable,
  swapBytes,
} from "./arrayParts.ts";
import {
  pythonList,
  result,
  shapeTuple,
  toArray,
  toCounts,
  toOperand,
  toShape,
} from "./conversions.ts";
import { dtypeObject, readDType } from "./dtypes.ts";
import { argpartition, partition } from "./editing.ts";
import { diagonalOf, nonzeroTuple } from "./manipulation.ts";
import {
  absoluteSlot,
  binarySlot,
  compareSlot,
  inPlaceSlot,
  toAssigned,
  toIndexItems,
  unarySlot,
} from "./operators.ts";
import { reductionMethods } from "./reductions.ts";
import { choose, compressItems, putItems, takeItems } from "./taking.ts";
import { delivered, readOut } from "./ufuncs.ts";

/** `np.ndarray`, which cells name for `isinstance`. */
export const ndarrayClass = new PyClass("ndarray", {
  module: "numpy",
  instances: () => ndarrayType as PythonType,
});

/** `*shape`: several integers, or one tuple. */
function variadicShape(values: readonly Value[]): number[] {
  return values.length === 1 ? toShape(values[0]!) : values.map(toCount);
}

function readOrder(order: Value | undefined): "C" | "F" {
  return order === "F" ? "F" : "C";
}

/** The one element that conversions to Python numbers want. */
function onlyElement(array: NDArray): Value {
  if (array.size === 1) return scalarAt(array, array.offset);
  throw pythonError("TypeError", "only 0-dimensional arrays can be converted to Python scalars");
}

function readItem(self: NDArray, args: readonly Value[]): Value {
  const flat = args.length === 1 && typeof args[0] === "bigint";
  if (args.length === 0) {
    if (self.size !== 1) {
      throw pythonError("ValueError", "can only convert an array of size 1 to a Python scalar");
    }
    return decodeItem(self, new Array<number>(self.ndim).fill(0));
  }
  if (flat && self.ndim !== 1) {
    const index = toCount(args[0]!);
    if (index < -self.size || index >= self.size) {
      throw pythonError("IndexError", `index ${index} is out of bounds for size ${self.size}`);
    }
    let rest = index < 0 ? index + self.size : index;
    const places = self.shape.map(() => 0);
    for (let axis = self.ndim - 1; axis >= 0; axis--) {
      places[axis] = rest % self.shape[axis];
      rest = Math.floor(rest / self.shape[axis]);
    }
    return decodeItem(self, places);
  }
  const index = args.length === 1 ? args[0]! : new PyTuple(args);
  const { array, scalar } = getItem(self, toIndexItems(index));
  if (!scalar) throw pythonError("ValueError", "incorrect number of indices for array");
  return decodeItem(array, []);
}

function casting(self: NDArray, { dtype, copy: wantsCopy }: Bound): Value {
  const type = readDType(dtype) ?? "float64";
  return type === self.dtype && !truth(wantsCopy!) ? self : castKeepingOrder(self, type);
}

const properties: Record<string, (self: NDArray) => Value> = {
  shape: (self) => shapeTuple(self.shape),
  ndim: (self) => BigInt(self.ndim),
  size: (self) => BigInt(self.size),
  dtype: (self) => dtypeObject(self.dtype),
  itemsize: (self) => BigInt(itemSizeOf(self.dtype)),
  nbytes: (self) => BigInt(itemSizeOf(self.dtype) * self.size),
  strides: (self) => shapeTuple(self.strides.map((stride) => stride * itemSizeOf(self.dtype))),
  T: (self) => transpose(self),
  mT: (self) => {
    if (self.ndim >= 2) return swapAxes(self, -1, -2);
    throw pythonError("ValueError", "matrix transpose with ndim < 2 is undefined");
  },
  real: (self) => self,
  imag: (self) => result(readOnly(zeros(self.shape, self.dtype))),
  base: (self) => self.base,
  flat: (self) => new FlatIterator(self),
  flags: (self) => new Flags(self),
  device: () => "cpu",
};

const methods: Record<string, (self: NDArray, bound: Bound) => Value> = {
  "reshape(*shape, order='C', copy=None)": (self, { shape, order }) =>
    reshape(self, variadicShape(shape as Value[]), readOrder(order)),
  "transpose(*axes)": (self, { axes }) => {
    const given = axes as Value[];
    if (given.length === 0 || (given.length === 1 && given[0] === null)) return transpose(self);
    return transpose(self, variadicShape(given));
  },
  "astype(dtype, order='K', casting='unsafe', subok=True, copy=True)": casting,
  "resize(*new_shape, refcheck=True)": (self, { new_shape }) => {
    const shape = new_shape as Value[];
    if (shape.length > 0 && shape[0] !== null) resizeInPlace(self, variadicShape(shape));
    return null;
  },
  "setflags(write=None, align=None, uic=None)": (self, { write }) => {
    if (write !== null) setWriteable(self, truth(write!));
    return null;
  },
  "put(indices, values, mode='raise')": (self, { indices, values, mode }) => {
    putItems(self, indices!, values!, String(mode));
    return null;
  },
  "conj()": (self) => self,
  "conjugate()": (self) => self,
  "byteswap(inplace=False)": (self, { inplace }) => {
    const swapped = swapBytes(self);
    if (!truth(inplace!)) return swapped;
    assign(self, swapped);
    return self;
  },
  "copy(order='C')": (self, { order }) =>
    order === "F" ? transpose(copy(transpose(self))) : copy(self),
  "flatten(order='C')": (self, { order }) => flatten(self, readOrder(order)),
  "ravel(order='C')": (self, { order }) => ravel(self, readOrder(order)),
  "squeeze(axis=None)": (self, { axis }) =>
    squeeze(self, axis === null ? undefined : toCounts(axis!)),
  "swapaxes(axis1, axis2, /)": (self, { axis1, axis2 }) =>
    swapAxes(self, toCount(axis1!), toCount(axis2!)),
  "tolist()": (self) => {
    if (self.size > mostItems) throw memoryError();
    return pythonList(toList(self));
  },
  "item(*args)": (self, { args }) => readItem(self, args as Value[]),
  "fill(value)": (self, { value }) => {
    checkWriteable(self);
    assign(self, toAssigned(value!, self.dtype));
    return null;
  },
  "view(dtype=None)": (self, { dtype }) => {
    const type = readDType(dtype instanceof PyClass && dtype === ndarrayClass ? null : dtype);
    return reinterpret(self, type ?? self.dtype);
  },
  "clip(min=None, max=None, out=None)": (self, { min, max, out }) => {
    const bound = (value: Value) => (value === null ? null : toOperand(value));
    const target = readOut(out);
    const options = target ? { out: target } : {};
    return delivered(clip(self, bound(min!), bound(max!), options), options);
  },
  "round(decimals=0, out=None)": (self, { decimals }) => result(round(self, toCount(decimals!))),
  "dot(b, out=None)": (self, { b }) => result(dot(self, toArray(b!))),
  "sort(axis=-1, kind=None, order=None)": (self, { axis }) => {
    checkWriteable(self, "sort array");
    assign(self, sort(self, toCount(axis!)));
    return null;
  },
  "argsort(axis=-1, kind=None, order=None)": (self, { axis }) =>
    axis === null ? argsort(ravel(self), 0) : argsort(self, toCount(axis!)),
  "searchsorted(v, side='left', sorter=None)": (self, { v, side }) =>
    result(searchSorted(self, toArray(v!), String(side))),
  "nonzero()": (self) => nonzeroTuple(self),
  "repeat(repeats, axis=None)": (self, { repeats, axis }) =>
    repeat(self, toCounts(repeats!), axis === null ? null : toCount(axis!)),
  "take(indices, axis=None, out=None, mode='raise')": (self, { indices, axis, mode }) =>
    takeItems(self, indices!, axis!, String(mode)),
  "choose(choices, out=None, mode='raise')": (self, { choices, mode }) =>
    result(
      choose(
        self,
        collect(choices!).map((choice) => toArray(choice)),
        String(mode),
      ),
    ),
  "compress(condition, axis=None, out=None)": (self, { condition, axis }) =>
    compressItems(condition!, self, axis!),
  "partition(kth, axis=-1, kind='introselect', order=None)": (self, { kth, axis }) => {
    checkWriteable(self, "partition array");
    assign(self, partition(self, kth!, toCount(axis!)));
    return null;
  },
  "argpartition(kth, axis=-1, kind='introselect', order=None)": (self, { kth, axis }) =>
    argpartition(self, kth!, axis!),
  "diagonal(offset=0, axis1=0, axis2=1)": (self, { offset, axis1, axis2 }) =>
    diagonalOf(self, toCount(offset!), toCount(axis1!), toCount(axis2!)),
  "trace(offset=0, axis1=0, axis2=1, dtype=None, out=None)": (self, { offset, axis1, axis2 }) =>
    result(sum(diagonalOf(self, toCount(offset!), toCount(axis1!), toCount(axis2!)), { axis: -1 })),
  "tobytes(order='C')": () => {
    throw pythonError(
      "NotImplementedError",
      "bytes are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
    );
  },
  "__array__(dtype=None, copy=None)": (self, { dtype }) => asarray(self, readDType(dtype)),
  ...reductionMethods(),
};

const table = attributes<NDArray>({ properties, methods });

export const ndarrayType: PythonType<NDArray> = {
  name: "ndarray",
  module: "numpy",
  classOf: () => ndarrayClass,
  repr: (self) => arrayRepr(self),
  str: (self) => arrayStr(self),
  format(self, specification) {
    if (self.ndim === 0) return formatScalar(self, specification);
    if (specification === "") return arrayStr(self);
    throw pythonError("TypeError", "unsupported format string passed to numpy.ndarray.__format__");
  },
  truth(self) {
    if (self.size === 1) return truth(scalarAt(firstOf(self), firstOf(self).offset));
    throw pythonError(
      "ValueError",
      self.size === 0
        ? "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty."
        : "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
    );
  },
  length(self) {
    if (self.ndim > 0) return self.shape[0];
    throw pythonError("TypeError", "len() of unsized object");
  },
  iterate(self) {
    if (self.ndim === 0) throw pythonError("TypeError", "iteration over a 0-d array");
    return rowsOf(self);
  },
  contains(self, item) {
    const equal = compareSlot("==", self, item);
    return equal instanceof NDArray
      ? toList(ravel(equal)).toString().includes("true")
      : truth(equal!);
  },
  getItem(self, index) {
    const { array, scalar } = getItem(self, toIndexItems(index));
    return scalar ? unwrap(array) : array;
  },
  setItem(self, index, item) {
    const items = toIndexItems(index);
    const whole = items.length === self.ndim && items.every((at) => typeof at === "number");
    if (whole && (item instanceof PyList || item instanceof PyTuple)) {
      throw pythonError("ValueError", "setting an array element with a sequence.");
    }
    setItem(self, items, toAssigned(item, self.dtype));
  },
  unary: (operator, self) => unarySlot(operator, self),
  absolute: absoluteSlot,
  binary: binarySlot,
  makesNew: true,
  inPlace: inPlaceSlot,
  compare: compareSlot,
  toInteger: (self) => toInteger(onlyElement(self)),
  toFloat: (self) => toFloat(onlyElement(self)),
  toIndex(self) {
    if (self.ndim > 0 || !/int/.test(self.dtype)) {
      throw pythonError(
        "TypeError",
        "only integer scalar arrays can be converted to a scalar index",
      );
    }
    return toIndex(scalarAt(self, self.offset));
  },
  getAttribute: table.getAttribute,
  attributeNames: table.attributeNames,
  setAttribute(self, name, value) {
    switch (name) {
      case "shape":
        assignShape(self, toShape(value));
        return true;
      case "dtype":
        self.become(reinterpret(self, readDType(value) ?? "float64"));
        return true;
      case "flat":
        assignFlat(self, value);
        return true;
      case "real":
        setItem(self, ["..."], toAssigned(value, self.dtype));
        return true;
      default:
    }
    if (!Object.hasOwn(properties, name)) return false;
    throw pythonError(
      "AttributeError",
      `attribute '${name}' of 'numpy.ndarray' objects is not writable`,
    );
  },
};

function firstOf(array: NDArray): NDArray {
  return reshape(array, []);
}

/** Set by the scalars' type, which knows how numbers are formatted. */
let formatScalar: (array: NDArray, specification: string) => string = (array) => arrayStr(array);

export function setScalarFormat(format: typeof formatScalar): void {
  formatScalar = format;
}

/** The array's items along its first axis. */
function* rowsOf(array: NDArray): Iterable<Value> {
  for (let i = 0; i < array.shape[0]; i++) yield unwrap(takeAxis(array, 0, i));
}

registerType(NDArray, ndarrayType);

/** Attributes of an array of the given scalar: scalars have the same. */
export function arrayAttribute(array: NDArray, name: string): Value | undefined {
  return table.getAttribute(array, name);
}

export const arrayAttributeNames: readonly string[] = table.attributeNames(asarray(0));
