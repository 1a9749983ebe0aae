/**
 * @file What hangs on an array: its flags, and its elements in order, `a.flat`.
 */
import {
  arange,
  asarray,
  assign,
  cast,
  checkWriteable,
  copy,
  getItem,
  isColumnMajor,
  isContiguous,
  itemSizeOf,
  NDArray,
  ravel,
  reshapeInPlace,
  rowMajor,
  scalarAt,
  view,
  zeros,
} from "../../../numpy/index.ts";
import { PyIterator } from "../../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../../errors.ts";
import { attributes } from "../../functions.ts";
import { type PythonType, registerType, type Value } from "../../objects.ts";
import { truth } from "../../operations.ts";
import { address } from "../../types/iterators.ts";
import { registerArrayConversion, shapeTuple } from "./conversions.ts";
import { compareSlot, toAssigned, toIndexItems } from "./operators.ts";

/** `a.flags`. */
export class Flags {
  readonly array: NDArray;

  constructor(array: NDArray) {
    this.array = array;
  }
}

const flagNames = [
  "C_CONTIGUOUS",
  "F_CONTIGUOUS",
  "OWNDATA",
  "WRITEABLE",
  "ALIGNED",
  "WRITEBACKIFCOPY",
];

const shortFlags: Readonly<Record<string, string>> = {
  C: "C_CONTIGUOUS",
  F: "F_CONTIGUOUS",
  O: "OWNDATA",
  W: "WRITEABLE",
  A: "ALIGNED",
  X: "WRITEBACKIFCOPY",
  CONTIGUOUS: "C_CONTIGUOUS",
  FORTRAN: "F_CONTIGUOUS",
};

function flag(array: NDArray, name: string): boolean | undefined {
  const [c, f] = [isContiguous(array), isColumnMajor(array)];
  switch (shortFlags[name] ?? name) {
    case "C_CONTIGUOUS":
      return c;
    case "F_CONTIGUOUS":
      return f;
    case "OWNDATA":
      return array.base === null;
    case "WRITEABLE":
      return array.writeable;
    case "BEHAVED":
    case "B":
      return array.writeable;
    case "CARRAY":
    case "CA":
      return array.writeable && c;
    case "FARRAY":
    case "FA":
      return array.writeable && f && !c;
    case "FNC":
      return f && !c;
    case "FORC":
      return f || c;
    case "ALIGNED":
      return true;
    case "WRITEBACKIFCOPY":
      return false;
    default:
      return undefined;
  }
}

/** Sets the one flag that cells may set. */
export function setWriteable(array: NDArray, writeable: boolean): void {
  if (writeable && array.base !== null && !array.base.writeable) {
    throw pythonError("ValueError", "cannot set WRITEABLE flag to True of this array");
  }
  array.writeable = writeable;
}

registerType(Flags, {
  name: "flagsobj",
  module: "numpy._core.multiarray",
  repr: ({ array }) =>
    `${flagNames.map((name) => `  ${name} : ${flag(array, name) ? "True" : "False"}`).join("\n")}\n`,
  getItem({ array }, index) {
    const found = flag(array, String(index));
    if (found === undefined) {
      throw new PyException(exceptionClasses.KeyError, ["Unknown flag"]);
    }
    return found;
  },
  setItem({ array }, index, item) {
    if (!["WRITEABLE", "W"].includes(String(index))) {
      throw new PyException(exceptionClasses.KeyError, ["Unknown flag"]);
    }
    setWriteable(array, truth(item));
  },
  getAttribute: ({ array }, name) =>
    name === name.toLowerCase() ? flag(array, name.toUpperCase()) : undefined,
  setAttribute({ array }, name, value) {
    if (name !== "writeable") return false;
    setWriteable(array, truth(value));
    return true;
  },
  attributeNames: () => flagNames.map((name) => name.toLowerCase()),
});

function* elements(iterator: { array: NDArray; position: number }): Generator<Value> {
  const whole = rowMajor(iterator.array);
  while (iterator.position < whole.size) {
    yield scalarAt(whole, whole.offset + iterator.position++);
  }
}

/** `a.flat`: the elements in row-major order, to be read, counted and assigned. */
export class FlatIterator extends PyIterator {
  readonly array: NDArray;
  /** How many elements were given out. */
  position = 0;

  constructor(array: NDArray) {
    const place = { array, position: 0 };
    super("numpy.flatiter", {
      next: () => {
        const step = source.next();
        this.position = place.position;
        return step;
      },
    });
    const source = elements(place);
    this.array = array;
  }
}

/** Places in row-major order that an index chooses. */
function chosenPlaces(array: NDArray, index: Value): { places: NDArray; scalar: boolean } {
  const { size } = array;
  if (typeof index === "bigint" && (index < -size || index >= size)) {
    throw pythonError("IndexError", `index ${index} is out of bounds for size ${size}`);
  }
  const found = getItem(arange(0n, BigInt(size), 1n), toIndexItems(index));
  return { places: found.array, scalar: found.scalar };
}

/** Sets elements by their places in row-major order; values that run out start again. */
export function setFlat(array: NDArray, places: NDArray, values: NDArray): void {
  checkWriteable(array);
  const at = cast(places, "float64").data as Float64Array;
  const source = copy(cast(ravel(values), array.dtype)).data;
  if (source.length === 0) return;
  const direct = isContiguous(array);
  const whole = rowMajor(array);
  for (let i = 0; i < at.length; i++) {
    whole.data[whole.offset + at[i]] = source[i % source.length];
  }
  if (!direct) assign(array, whole);
}

const flatType: PythonType<FlatIterator> = {
  name: "flatiter",
  module: "numpy",
  repr: (self) => `<numpy.flatiter object at ${address(self)}>`,
  iterate: (self) => self,
  hash: (self) => self,
  length: ({ array }) => array.size,
  getItem({ array }, index) {
    const { places, scalar } = chosenPlaces(array, index);
    const found = getItem(ravel(array), [places]).array;
    return scalar ? scalarAt(found, found.offset) : found;
  },
  setItem({ array }, index, item) {
    setFlat(array, chosenPlaces(array, index).places, toAssigned(item, array.dtype));
  },
  compare: (operator, left, right) =>
    compareSlot(operator, left instanceof FlatIterator ? copy(ravel(left.array)) : left, right),
  ...attributes<FlatIterator>({
    properties: {
      base: ({ array }) => array,
      index: ({ position }) => BigInt(position),
      coords: ({ array, position }) => {
        let rest = position;
        const places = array.shape.map(() => 0);
        for (let axis = array.ndim - 1; axis >= 0; axis--) {
          places[axis] = rest % array.shape[axis];
          rest = Math.floor(rest / array.shape[axis]);
        }
        return shapeTuple(places);
      },
    },
    methods: {
      "copy()": ({ array }) => copy(ravel(array)),
      "__array__(dtype=None)": ({ array }) => copy(ravel(array)),
    },
  }),
};

registerType(FlatIterator, flatType);
registerArrayConversion(FlatIterator, ({ array }) => copy(ravel(array)));

/** `a.shape = shape`. */
export function assignShape(array: NDArray, shape: readonly number[]): void {
  if (reshapeInPlace(array, shape)) return;
  throw pythonError(
    "AttributeError",
    "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.",
  );
}

/** `a.resize(shape)`: in place, new elements are zero. */
export function resizeInPlace(array: NDArray, shape: readonly number[]): void {
  if (array.base !== null) {
    throw pythonError("ValueError", "cannot resize this array: it does not own its data");
  }
  if (shape.some((length) => length < 0)) {
    throw pythonError("ValueError", "negative dimensions not allowed");
  }
  const resized = zeros(shape, array.dtype);
  const count = Math.min(array.size, resized.size);
  const source = rowMajor(array);
  for (let i = 0; i < count; i++) resized.data[i] = source.data[source.offset + i];
  array.become(resized);
}

/** The same bytes read as another type. */
export function reinterpret(array: NDArray, dtype: NDArray["dtype"]): NDArray {
  if (dtype === array.dtype) return view(array, array.shape, array.strides);
  const [from, to] = [itemSizeOf(array.dtype), itemSizeOf(dtype)];
  const last = array.ndim - 1;
  const { shape } = array;
  if (from !== to) {
    if (last < 0) {
      throw pythonError(
        "ValueError",
        "Changing the dtype of a 0d array is only supported if the itemsize is unchanged",
      );
    }
    if (array.strides[last] !== 1 && array.shape[last] !== 1) {
      throw pythonError(
        "ValueError",
        "To change to a dtype of a different size, the last axis must be contiguous",
      );
    }
    if ((shape[last] * from) % to !== 0) {
      throw pythonError(
        "ValueError",
        "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.",
      );
    }
  }
  const sample = cast(asarray(0), dtype).data;
  const Data = sample.constructor as new (
    buffer: ArrayBufferLike,
    offset: number,
    length: number,
  ) => typeof sample;
  const { buffer, byteOffset, byteLength } = array.data;
  const fits =
    byteOffset % to === 0 &&
    (array.offset * from) % to === 0 &&
    array.strides.every((stride, axis) => axis === last || (stride * from) % to === 0);
  if (!fits) return reinterpret(copy(array), dtype);
  const seen = new NDArray(
    new Data(buffer, byteOffset, Math.floor(byteLength / to)),
    dtype,
    from === to ? shape : shape.with(last, (shape[last] * from) / to),
    array.strides.map((stride, axis) => (axis === last && from !== to ? 1 : (stride * from) / to)),
    (array.offset * from) / to,
  );
  seen.base = array.base ?? array;
  seen.writeable = array.writeable;
  return seen;
}

/** A value broadcast over an array's elements, in row-major order: `a.flat = values`. */
export function assignFlat(array: NDArray, value: Value): void {
  setFlat(array, arange(0n, BigInt(array.size), 1n), toAssigned(value, array.dtype));
}

/** An array that nothing may be assigned to. */
export function readOnly(array: NDArray): NDArray {
  const seen = view(array, array.shape, array.strides);
  seen.writeable = false;
  return seen;
}

/** Each element's bytes in reverse. */
export function swapBytes(array: NDArray): NDArray {
  const swapped = copy(array);
  const { buffer, byteOffset, byteLength } = swapped.data;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const width = itemSizeOf(array.dtype);
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
  return swapped;
}
