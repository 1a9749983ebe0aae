/**
 * @file Operators and comparisons of arrays and scalars, and the index between brackets.
 */
import {
  type ArrayDType,
  asarray,
  assignBroadcast,
  binary,
  cast,
  type IndexItem,
  matmul,
  NDArray,
  NumpyScalar,
  type Operand,
  UFuncTypeError,
  unary,
  zeros,
} from "../../../numpy/index.ts";
import type { BinaryOperator, CompareOperator, UnaryOperator } from "../../../python/nodes.ts";
import { Ellipsis, PyList, PySlice, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import type { Value } from "../../objects.ts";
import { binary as operate, toCount, typeName, typeOf } from "../../operations.ts";
import { takeSpare } from "../../temporaries.ts";
import { result, toArray, tryArrayLike, tryOperand } from "./conversions.ts";

const ufuncOfOperator: Partial<Record<BinaryOperator, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "//": "floor_divide",
  "%": "remainder",
  "**": "power",
  "<<": "left_shift",
  ">>": "right_shift",
  "&": "bitwise_and",
  "|": "bitwise_or",
  "^": "bitwise_xor",
};

const ufuncOfComparison: Partial<Record<CompareOperator, string>> = {
  "==": "equal",
  "!=": "not_equal",
  "<": "less",
  "<=": "less_equal",
  ">": "greater",
  ">=": "greater_equal",
};

/** `left operator right`, where one of them is NumPy's; undefined where the other is a stranger. */
export function binarySlot(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const spare = takeSpare(left, right);
  if (operator === "*") {
    const repeated = repeatSequence(left, right) ?? repeatSequence(right, left);
    if (repeated !== undefined) return repeated;
  }
  const [a, b] = [tryOperand(left), tryOperand(right)];
  if (a === undefined || b === undefined) {
    refuseStranger(operator, left, right);
    return undefined;
  }
  if (operator === "@") return result(matmul(asarray(a), asarray(b)));
  if (operator === "**") {
    const quick = quickPower(a, b);
    if (quick) return result(quick);
  }
  const overwrite = spare instanceof NDArray ? { overwrite: spare } : {};
  return result(binary(ufuncOfOperator[operator]!, a, b, overwrite));
}

/** `"ab" * np.int64(2)`: an integer scalar repeats sequences as Python's integers do, others cannot. */
function repeatSequence(sequence: Value, count: Value): Value | undefined {
  if (!(count instanceof NumpyScalar)) return undefined;
  const listed = sequence instanceof PyList || sequence instanceof PyTuple;
  if (!listed && typeof sequence !== "string") return undefined;
  if (typeof count.value === "bigint") return operate("*", sequence, count.value);
  throw pythonError(
    "TypeError",
    `can't multiply sequence by non-int of type 'numpy.${count.dtype}'`,
  );
}

/** NumPy's own words for arithmetic with None, which meets each element, and with text. */
function refuseStranger(operator: BinaryOperator, left: Value, right: Value): void {
  const name = ufuncOfOperator[operator];
  if (name === undefined) return;
  const [array, stranger] = [left, right].map((value) => tryOperand(value));
  const numbers = array === undefined ? stranger : array;
  if (numbers === undefined || typeof numbers !== "object") return;
  const other = array === undefined ? left : right;
  if (other === null) {
    const element = typeName(numbers.dtype.startsWith("float") ? 0 : 0n);
    const names = [element, "NoneType"];
    if (array === undefined) names.reverse();
    const shown = operator === "**" ? "** or pow()" : operator;
    throw pythonError(
      "TypeError",
      `unsupported operand type(s) for ${shown}: '${names[0]}' and '${names[1]}'`,
    );
  }
  if (typeof other !== "string") return;
  const types = [`dtype('${numbers.dtype}')`, `dtype('<U${other.length}')`];
  if (array === undefined) types.reverse();
  throw new UFuncTypeError(
    `ufunc '${name}' did not contain a loop with signature matching types (${types.join(", ")}) -> None`,
  );
}

/** Powers that NumPy computes by other means when the exponent is one of Python's numbers. */
function quickPower(base: Operand, exponent: Operand): NDArray | undefined {
  if (!(base instanceof NDArray) || base.ndim === 0) return undefined;
  if (typeof exponent !== "number" && typeof exponent !== "bigint") return undefined;
  const floating = base.dtype.startsWith("float");
  const power = Number(exponent);
  if (power === 2 && (floating || typeof exponent === "bigint")) return unary("square", base);
  if (!floating) return undefined;
  if (power === 1) return unary("positive", base);
  if (power === 0.5) return unary("sqrt", base);
  return power === -1 ? unary("reciprocal", base) : undefined;
}

/** `array operator= value`: the array's own memory and type. */
export function inPlaceSlot(
  operator: BinaryOperator,
  array: NDArray,
  value: Value,
): Value | undefined {
  const operand = tryOperand(value);
  const name = ufuncOfOperator[operator];
  if (operand === undefined) return undefined;
  if (name === undefined) {
    assignBroadcast(array, matmul(array, asarray(operand)));
    return array;
  }
  return binary(name, array, operand, { out: array });
}

export function compareSlot(
  operator: CompareOperator,
  left: Value,
  right: Value,
): Value | undefined {
  const name = ufuncOfComparison[operator];
  if (name === undefined) return undefined;
  const [a, b] = [tryOperand(left), tryOperand(right)];
  if (a !== undefined && b !== undefined) return result(binary(name, a, b));
  // Nothing equals what is no number.
  if (operator !== "==" && operator !== "!=") return undefined;
  if (!(left instanceof NDArray)) return operator === "!=";
  const unequal = zeros(left.shape, "bool");
  if (operator === "!=") (unequal.data as Uint8Array).fill(1);
  return result(unequal);
}

export function absoluteSlot(value: Operand): Value {
  return result(unary("absolute", value));
}

export function unarySlot(operator: UnaryOperator, value: Operand): Value | undefined {
  switch (operator) {
    case "-":
      return result(unary("negative", value));
    case "+":
      return result(unary("positive", value));
    case "~":
      return result(unary("invert", value));
    default:
      return undefined;
  }
}

const invalidIndex =
  "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices";

/** What stands between brackets, as the numpy room takes it. */
export function toIndexItems(index: Value): IndexItem[] {
  const items = index instanceof PyTuple ? index.items : [index];
  return items.map(toIndexItem);
}

function toIndexItem(item: Value): IndexItem {
  if (item === null) return null;
  if (typeof item === "bigint") return toCount(item);
  if (typeof item === "boolean") return asarray(item);
  if (item instanceof Ellipsis) return "...";
  if (item instanceof PySlice) {
    return { start: bound(item.start), stop: bound(item.stop), step: bound(item.step) };
  }
  if (item instanceof NDArray) return item;
  if (item instanceof NumpyScalar) {
    if (item.dtype === "bool") return asarray(item);
    if (typeof item.value === "bigint") return Number(item.value);
    throw pythonError("IndexError", invalidIndex);
  }
  if (item instanceof PyList || (typeof item === "object" && tryArrayLike(item) !== undefined)) {
    const array = toArray(item);
    // An empty list selects nothing.
    return array.size === 0 && item instanceof PyList ? cast(array, "int64") : array;
  }
  throw pythonError("IndexError", invalidIndex);
}

function bound(value: Value): number | null {
  if (value === null) return null;
  if (typeOf(value).toIndex === undefined && typeof value !== "bigint") {
    throw pythonError(
      "TypeError",
      "slice indices must be integers or None or have an __index__ method",
    );
  }
  const index = typeof value === "bigint" ? value : typeOf(value).toIndex!(value);
  // Beyond what a double counts exactly every slice is clipped alike.
  return Number(index);
}

/** The value to assign to elements of a type: Python's numbers are checked as NumPy checks them. */
export function toAssigned(value: Value, dtype: ArrayDType): NDArray {
  const converted = tryArrayLike(value, dtype);
  if (converted !== undefined) {
    return converted instanceof NDArray ? converted : asarray(converted, dtype);
  }
  if (value === null) {
    throw pythonError(
      "TypeError",
      dtype.startsWith("float")
        ? "float() argument must be a string or a real number, not 'NoneType'"
        : "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
    );
  }
  return toArray(value, dtype);
}
