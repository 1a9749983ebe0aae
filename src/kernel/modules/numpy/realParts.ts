/**
 * @file Functions of complex analysis, for the real numbers that arrays hold here; and tests of
 * what numbers are.
 */
import {
  all,
  asarray,
  binary,
  cast,
  isFloating,
  NDArray,
  NumpyScalar,
  unary,
  zeros,
} from "../../../numpy/index.ts";
import { PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { collect, toCount, truth } from "../../operations.ts";
import { result, toArray, tryArrayLike } from "./conversions.ts";
import { readDType, scalarClasses } from "./dtypes.ts";

function flags(shape: readonly number[], value: boolean): NDArray {
  const array = zeros(shape, "bool");
  if (value) (array.data as Uint8Array).fill(1);
  return array;
}

/** Infinities of one sign. */
function infinite(x: Value, comparison: "greater" | "less"): Value {
  const array = toArray(x);
  return result(
    binary("logical_and", unary("isinf", array), binary(comparison, array, asarray(0n))),
  );
}

function bitCount(x: Value): Value {
  const array = toArray(x);
  if (isFloating(array.dtype)) {
    throw pythonError(
      "TypeError",
      "ufunc 'bitwise_count' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''",
    );
  }
  const whole = unary("absolute", array.dtype === "bool" ? cast(array, "uint8") : array);
  const counts = Uint8Array.from(
    [...cast(whole, "uint64").data] as bigint[],
    (value) => value.toString(2).replaceAll("0", "").length,
  );
  return result(new NDArray(counts, "uint8", array.shape, zeros(array.shape, "uint8").strides, 0));
}

/** Digits of a number in a base, a minus sign before them where it is negative. */
function baseDigits(number: Value, base: Value, padding: Value): string {
  const [value, radix] = [BigInt(toCount(number)), toCount(base)];
  if (radix > 36) {
    throw pythonError("ValueError", "Bases greater than 36 not handled in base_repr.");
  }
  if (radix < 2) throw pythonError("ValueError", "Bases less than 2 not handled in base_repr.");
  const size = value < 0n ? -value : value;
  const digits = size === 0n && toCount(padding) > 0 ? "" : size.toString(radix).toUpperCase();
  return `${value < 0n ? "-" : ""}${"0".repeat(toCount(padding))}${digits}`;
}

/** A number's bits, those of its two's complement in so many places where it is negative. */
function binaryDigits(number: Value, width: Value): string {
  const value = BigInt(toCount(number));
  const size = value < 0n ? -value : value;
  const digits = size.toString(2);
  if (width === null) return value < 0n ? `-${digits}` : digits;
  const places = toCount(width);
  const needed =
    value < 0n ? (-value - 1n === 0n ? 1 : (-value - 1n).toString(2).length + 1) : digits.length;
  if (places < needed) {
    throw pythonError(
      "ValueError",
      `Insufficient bit width=${places} provided for binwidth=${needed}`,
    );
  }
  if (value >= 0n) return digits.padStart(places, "0");
  return ((1n << BigInt(places)) + value).toString(2).padStart(places, "1");
}

const kinds: Readonly<Record<string, RegExp>> = {
  bool: /^bool$/,
  "signed integer": /^int/,
  "unsigned integer": /^uint/,
  integral: /int/,
  "real floating": /^float/,
  "complex floating": /^$/,
  numeric: /int|float/,
};

function isKind(dtype: Value, kind: Value): boolean {
  if (kind instanceof PyTuple) return kind.items.some((one) => isKind(dtype, one));
  const name = readDType(dtype)!;
  if (typeof kind !== "string") return readDType(kind) === name;
  const pattern = kinds[kind];
  if (!pattern) {
    throw pythonError(
      "ValueError",
      `kind argument is a string, but '${kind}' is not a known kind name.`,
    );
  }
  return pattern.test(name);
}

const typeNames: Readonly<Record<string, string>> = {
  "?": "bool",
  b: "signed char",
  B: "unsigned char",
  h: "short",
  H: "unsigned short",
  i: "integer",
  I: "unsigned integer",
  l: "long integer",
  L: "unsigned long integer",
  f: "single precision",
  d: "double precision",
};

/** Every such function by its name in `numpy`. */
export function realPartMembers(): Record<string, Value> {
  const functions = [
    builtin("real(val)", ({ val }) =>
      tryArrayLike(val!) === val && !(val instanceof NDArray) ? val! : toArray(val!),
    ),
    builtin("imag(val)", ({ val }) => {
      if (typeof val === "number") return 0;
      if (typeof val === "bigint") return 0n;
      const array = toArray(val!);
      return val instanceof NumpyScalar
        ? result(zeros([], array.dtype))
        : zeros(array.shape, array.dtype);
    }),
    builtin("angle(z, deg=False)", ({ z, deg }) => {
      const array = toArray(z!);
      const angle = binary("arctan2", zeros(array.shape, array.dtype), array);
      return result(truth(deg!) ? binary("multiply", angle, 180 / Math.PI) : angle);
    }),
    builtin("isreal(x)", ({ x }) => {
      const plain = typeof x === "number" || typeof x === "bigint";
      return plain ? true : result(flags(toArray(x!).shape, true));
    }),
    builtin("iscomplex(x)", ({ x }) => result(flags(toArray(x!).shape, false))),
    builtin("isrealobj(x)", () => true),
    builtin("iscomplexobj(x)", () => false),
    builtin("real_if_close(a, tol=100)", ({ a }) => toArray(a!)),
    builtin("isposinf(x, out=None)", ({ x }) => infinite(x!, "greater")),
    builtin("isneginf(x, out=None)", ({ x }) => infinite(x!, "less")),
    builtin("bitwise_count(x, /)", ({ x }) => bitCount(x!)),
    builtin("base_repr(number, base=2, padding=0)", ({ number, base, padding }) =>
      baseDigits(number!, base!, padding!),
    ),
    builtin("binary_repr(num, width=None)", ({ num, width }) => binaryDigits(num!, width!)),
    builtin("isdtype(dtype, kind)", ({ dtype, kind }) => isKind(dtype!, kind!)),
    builtin("typename(char)", ({ char }) => typeNames[String(char)] ?? String(char)),
    builtin("common_type(*arrays)", ({ arrays }) => {
      const types = collect(new PyTuple(arrays as Value[])).map((array) => toArray(array).dtype);
      const wide = types.some((type) => !isFloating(type) || type === "float64");
      const single = types.includes("float32");
      return scalarClasses.get(wide ? "float64" : single ? "float32" : "float16")!;
    }),
    builtin("asarray_chkfinite(a, dtype=None, order=None)", ({ a, dtype }) => {
      const array = toArray(a!, readDType(dtype));
      if (isFloating(array.dtype) && !all(unary("isfinite", array)).data[0]) {
        throw pythonError("ValueError", "array must not contain infs or NaNs");
      }
      return array;
    }),
  ];
  return Object.fromEntries(functions.map((entry) => [entry.name, entry]));
}
