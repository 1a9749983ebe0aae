/**
 * @file `int`, `float` and `bool`: slots and classes.
 */
import type { BinaryOperator, CompareOperator, UnaryOperator } from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { floatRepr, integerRatio } from "../formatting/floats.ts";
import { formatFloat, formatInteger } from "../formatting/specification.ts";
import { attributes, type Bound, builtin } from "../functions.ts";
import type { PythonType, Value } from "../objects.ts";
import { errorTypeName, toFloat, toIndex, toInteger, truth, typeOf } from "../operations.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import {
  floatDivide,
  floatFloorDivide,
  floatModulo,
  floatPower,
  floatToInteger,
  floorDivide,
  integerPower,
  integerToFloat,
  modulo,
  shift,
  trueDivide,
} from "./arithmetic.ts";
import { integerBytes, integerFrom } from "./bytes.ts";
import { bitLength } from "./longIntegers.ts";
import { mostDigits, parseFloatText, parseIntegerText } from "./numberTexts.ts";

const newInteger = parseSignature("builtins.int(x=..., /, base=...)");

export const integerClass: PyClass = new PyClass("int", {
  signature: newInteger,
  instances: () => integerType as PythonType,
  construct(args) {
    const [value, base] = bindArguments(newInteger, args);
    if (value === undefined) return 0n;
    if (base !== undefined) {
      if (typeof value !== "string") {
        throw pythonError("TypeError", "int() can't convert non-string with explicit base");
      }
      return parseIntegerText(value, Number(toIndex(base)));
    }
    return typeof value === "string" ? parseIntegerText(value, 10) : toInteger(value);
  },
});

const newBoolean = parseSignature("bool(x=..., /)");

export const booleanClass: PyClass = new PyClass("bool", {
  signature: newBoolean,
  bases: [integerClass],
  instances: () => booleanType as PythonType,
  construct(args) {
    const [value] = bindArguments(newBoolean, args);
    return value === undefined ? false : truth(value);
  },
});

const newFloat = parseSignature("float(x=..., /)");

export const floatClass: PyClass = new PyClass("float", {
  signature: newFloat,
  instances: () => floatType as PythonType,
  construct(args) {
    const [value] = bindArguments(newFloat, args);
    if (value === undefined) return 0;
    if (typeof value === "string") return parseFloatText(value);
    if (typeOf(value).toFloat) return toFloat(value);
    throw pythonError(
      "TypeError",
      `float() argument must be a string or a real number, not '${errorTypeName(value)}'`,
    );
  },
});

/** A number of Python's own; undefined for any other value. */
function asNumber(value: Value): bigint | number | undefined {
  if (typeof value === "bigint" || typeof value === "number") return value;
  return typeof value === "boolean" ? BigInt(value) : undefined;
}

function numberBinary(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const a = asNumber(left);
  const b = asNumber(right);
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === "bigint" && typeof b === "bigint") {
    const result = integerBinary(operator, a, b);
    const logical = operator === "&" || operator === "|" || operator === "^";
    if (logical && typeof left === "boolean" && typeof right === "boolean") return result !== 0n;
    return result;
  }
  return floatBinary(
    operator,
    typeof a === "bigint" ? integerToFloat(a) : a,
    typeof b === "bigint" ? integerToFloat(b) : b,
  );
}

function integerBinary(operator: BinaryOperator, a: bigint, b: bigint): Value | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return trueDivide(a, b);
    case "//":
      return floorDivide(a, b);
    case "%":
      return modulo(a, b);
    case "**":
      return integerPower(a, b);
    case "<<":
    case ">>":
      return shift(operator, a, b);
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "@":
      return undefined;
  }
}

function floatBinary(operator: BinaryOperator, a: number, b: number): number | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return floatDivide(a, b);
    case "//":
      return floatFloorDivide(a, b);
    case "%":
      return floatModulo(a, b);
    case "**":
      return floatPower(a, b);
    default:
      return undefined;
  }
}

// JavaScript compares bigints with numbers exactly, as Python does.
function numberCompare(operator: CompareOperator, left: Value, right: Value): Value | undefined {
  const a = asNumber(left);
  const b = asNumber(right);
  if (a === undefined || b === undefined) return undefined;
  switch (operator) {
    case "==":
      // biome-ignore lint/suspicious/noDoubleEquals: equality across bigint and number is meant.
      return a == b;
    case "!=":
      // biome-ignore lint/suspicious/noDoubleEquals: equality across bigint and number is meant.
      return a != b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      return undefined;
  }
}

function integerUnary(operator: UnaryOperator, value: bigint): Value | undefined {
  if (operator === "-") return -value;
  return operator === "~" ? ~value : value;
}

/** `repr` of an int; ValueError beyond 4300 digits, as in CPython. */
function integerRepr(value: bigint): string {
  const bits = bitLength(value);
  // Decimal digits are few enough, surely too many, or counted where it is close.
  if (bits < (mostDigits - 1) * Math.log2(10)) return value.toString();
  const text = bits > (mostDigits + 1) * Math.log2(10) ? "" : value.toString();
  if (text !== "" && text.replace("-", "").length <= mostDigits) return text;
  throw pythonError(
    "ValueError",
    `Exceeds the limit (${mostDigits} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
  );
}

const integerAttributes = attributes<bigint | boolean>({
  properties: {
    real: (self) => BigInt(self),
    imag: () => 0n,
    numerator: (self) => BigInt(self),
    denominator: () => 1n,
  },
  methods: {
    "to_bytes(length=1, byteorder='big', *, signed=False)": (self, bound) =>
      integerBytes(
        BigInt(self),
        Number(toIndex(bound["length"]!)),
        bound["byteorder"]!,
        truth(bound["signed"]!),
      ),
    "bit_length()": (self) => BigInt(bitLength(BigInt(self))),
    "bit_count()": (self) =>
      BigInt(BigInt(self).toString(2).replace("-", "").replaceAll("0", "").length),
    "conjugate()": (self) => BigInt(self),
    "as_integer_ratio()": (self) => new PyTuple([BigInt(self), 1n]),
    "is_integer()": () => true,
  },
});

export const integerType: PythonType<bigint> = {
  name: "int",
  repr: integerRepr,
  format: (value, specification) =>
    specification === "" ? integerRepr(value) : formatInteger(value, specification),
  truth: (value) => value !== 0n,
  classOf: () => integerClass,
  binary: numberBinary,
  compare: numberCompare,
  unary: integerUnary,
  toInteger: (value) => value,
  toFloat: integerToFloat,
  toIndex: (value) => value,
  ...integerAttributes,
};

export const booleanType: PythonType<boolean> = {
  name: "bool",
  repr: (value) => (value ? "True" : "False"),
  format: (value, specification) =>
    specification === "" ? (value ? "True" : "False") : formatInteger(BigInt(value), specification),
  truth: (value) => value,
  classOf: () => booleanClass,
  binary: numberBinary,
  compare: numberCompare,
  unary: (operator, value) => integerUnary(operator, BigInt(value)),
  toInteger: BigInt,
  toFloat: Number,
  toIndex: BigInt,
  ...integerAttributes,
};

/** C99's hexadecimal text, as `float.hex` writes it. */
function hexadecimalFloat(value: number): string {
  if (!Number.isFinite(value)) return floatRepr(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (value === 0) return `${sign}0x0.0p+0`;
  const { numerator, denominator } = integerRatio(Math.abs(value));
  const exponent = Math.max(bitLength(numerator) - bitLength(denominator), -1022);
  const scaled =
    exponent > 52
      ? numerator >> BigInt(exponent - 52)
      : (numerator << BigInt(52 - exponent)) / denominator;
  const digits = (scaled & ((1n << 52n) - 1n)).toString(16).padStart(13, "0");
  return `${sign}0x${scaled >> 52n}.${digits}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

const floatAttributes = attributes<number>({
  properties: { real: (self) => self, imag: () => 0 },
  methods: {
    "is_integer()": (self) => Number.isInteger(self),
    "conjugate()": (self) => self,
    "hex()": hexadecimalFloat,
    "as_integer_ratio()": (self) => {
      if (!Number.isFinite(self)) {
        const nan = Number.isNaN(self);
        throw pythonError(
          nan ? "ValueError" : "OverflowError",
          `cannot convert ${nan ? "NaN" : "Infinity"} to integer ratio`,
        );
      }
      const { numerator, denominator } = integerRatio(self);
      return new PyTuple([numerator, denominator]);
    },
  },
});

export const floatType: PythonType<number> = {
  name: "float",
  repr: floatRepr,
  format: formatFloat,
  truth: (value) => value !== 0,
  classOf: () => floatClass,
  binary: numberBinary,
  compare: numberCompare,
  unary: (operator, value) => (operator === "-" ? -value : operator === "+" ? value : undefined),
  toInteger: floatToInteger,
  toFloat: (value) => value,
  ...floatAttributes,
};

integerClass.members.set(
  "from_bytes",
  builtin(
    "from_bytes(bytes, byteorder='big', *, signed=False)",
    ({ bytes, byteorder, signed }: Bound) => integerFrom(bytes!, byteorder!, truth(signed!)),
  ),
);

floatClass.members.set(
  "fromhex",
  builtin("fromhex(string, /)", ({ string }: Bound) => {
    const match =
      /^\s*([+-]?)(?:0x)?([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?\d+))?\s*$/i.exec(String(string)) ??
      null;
    if (!match || match[2] + match[3]! === "") {
      throw pythonError("ValueError", "invalid hexadecimal floating-point string");
    }
    const mantissa = BigInt(`0x${match[2]}${match[3]}`);
    const power = Number(match[4] ?? 0) - 4 * match[3]!.length;
    const value =
      power >= 0
        ? integerToFloat(mantissa << BigInt(power))
        : trueDivide(mantissa, 1n << BigInt(-power));
    return match[1] === "-" ? -value : value;
  }),
);
