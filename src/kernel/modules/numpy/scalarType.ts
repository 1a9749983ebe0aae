/**
 * @file NumPy's scalars: numbers with a type of their own, and all that arrays can do.
 */
import {
  type ArrayDType,
  asarray,
  cast,
  decodeItem,
  NDArray,
  NumpyScalar,
  round,
  scalarRepr,
  scalarText,
} from "../../../numpy/index.ts";
import { pythonError } from "../../errors.ts";
import { Builtin } from "../../functions.ts";
import { hashKey } from "../../hashing.ts";
import { type CallArguments, type PythonType, registerType, type Value } from "../../objects.ts";
import { findAttribute, formatValue, toFloat, toInteger } from "../../operations.ts";
import { bindArguments, parseSignature } from "../../signature.ts";
import { roundToInteger } from "../../types/arithmetic.ts";
import { parseFloatText, parseIntegerText } from "../../types/numberTexts.ts";
import { arrayAttribute, arrayAttributeNames, setScalarFormat } from "./arrayType.ts";
import { result, toArray, tryArrayLike } from "./conversions.ts";
import { dtypeObject, scalarClasses, setScalarBehaviour } from "./dtypes.ts";
import { absoluteSlot, binarySlot, compareSlot, toIndexItems, unarySlot } from "./operators.ts";

/** `np.float32(value)`: a scalar of a number or text, an array of a sequence. */
function construct(dtype: ArrayDType, args: CallArguments): Value {
  const [value] = bindArguments(parseSignature(`${dtype}(x=0, /)`), args);
  if (typeof value === "string") {
    const number = dtype.startsWith("float") ? parseFloatText(value) : parseIntegerText(value, 10);
    return result(asarray(number, dtype));
  }
  const array = toArray(value!);
  // Python's ints are checked against the type's range, arrays are cast.
  if (typeof value === "bigint" && dtype !== "bool") return result(asarray(value, dtype));
  return result(cast(array, dtype));
}

function arrayOf(scalar: NumpyScalar): NDArray {
  return asarray(scalar);
}

/** Python's own number. */
function plain({ value }: NumpyScalar): number | bigint | boolean {
  return value;
}

const scalarType: PythonType<NumpyScalar> = {
  name: "generic",
  module: "numpy",
  classOf: ({ dtype }) => scalarClasses.get(dtype)!,
  repr: scalarRepr,
  str: scalarText,
  // Even an empty specification goes by Python's number: f"{np.float32(0.1)}" shows its double.
  format: (self, specification) => formatValue(plain(self), specification),
  truth: ({ value }) => Boolean(value),
  hash: (self) => hashKey(plain(self)),
  unary: (operator, self) => unarySlot(operator, self),
  absolute: absoluteSlot,
  round(self, digits) {
    const { value } = self;
    if (digits !== null) return result(round(arrayOf(self), Number(digits)));
    return typeof value === "number" ? roundToInteger(value) : toInteger(value);
  },
  binary: binarySlot,
  makesNew: true,
  compare: compareSlot,
  toInteger: (self) => toInteger(plain(self)),
  toFloat: (self) => toFloat(plain(self)),
  toIndex(self) {
    if (typeof self.value === "bigint") return self.value;
    throw pythonError(
      "TypeError",
      self.dtype === "bool"
        ? "'numpy.bool' object cannot be interpreted as an integer"
        : `'numpy.${self.dtype}' object cannot be interpreted as an integer`,
    );
  },
  getItem(self, index) {
    const items = toIndexItems(index);
    if (items.length > 0 && items.every((item) => item === null || item === "...")) {
      return arrayOf(self);
    }
    if (items.length === 0) return self;
    throw pythonError("IndexError", "invalid index to scalar variable.");
  },
  getAttribute(self, name) {
    if (name === "dtype") return dtypeObject(self.dtype);
    const own = ownMethods.has(name) ? findAttribute(plain(self), name) : undefined;
    return own ?? asScalar(arrayAttribute(arrayOf(self), name), self);
  },
  attributeNames: () => arrayAttributeNames,
};

/** What arrays can do, scalars can; but where an array without axes would come back, a scalar does. */
function asScalar(found: Value | undefined, self: NumpyScalar): Value | undefined {
  if (found instanceof NDArray) return result(found);
  if (!(found instanceof Builtin)) return found;
  return new Builtin(found.name, (args) => asScalar(found.call(args), self)!, self, found);
}

/** Methods that scalars have of Python's numbers. */
const ownMethods: ReadonlySet<string> = new Set([
  "is_integer",
  "as_integer_ratio",
  "hex",
  "bit_length",
  "bit_count",
  "conjugate",
]);

registerType(NumpyScalar, scalarType);
setScalarBehaviour(construct, () => scalarType as PythonType);
setScalarFormat((array, specification) => formatValue(decodeItem(array, []), specification));

/** Whether a value is a scalar to `np.isscalar`. */
export function isScalar(value: Value): boolean {
  if (value instanceof NumpyScalar) return true;
  const primitive = typeof value === "string" || tryArrayLike(value) === value;
  return primitive && !(value instanceof NDArray);
}
