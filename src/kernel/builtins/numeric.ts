/**
 * @file Built-in functions of numbers and text: `abs`, `round`, `divmod`, `pow`, `hex`, `chr` …
 */
import { PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { roundedQuotient, toFixed } from "../formatting/floats.ts";
import { codePoints } from "../formatting/text.ts";
import { type Builtin, builtin } from "../functions.ts";
import type { Value } from "../objects.ts";
import {
  binary,
  classOf,
  errorTypeName,
  getAttribute,
  invoke,
  toIndex,
  typeOf,
} from "../operations.ts";
import {
  floatDivmod,
  floorDivide,
  integerToFloat,
  modularPower,
  modulo,
  roundToInteger,
} from "../types/arithmetic.ts";
import { bitLength } from "../types/longIntegers.ts";
import { notImplemented } from "../types/none.ts";
import { plainOf } from "../types/primitives.ts";
import { unaryBuiltin } from "./unary.ts";

/** `abs(value)`. */
export function absolute(value: Value): Value {
  if (typeof value === "number") return Math.abs(value);
  if (typeof value === "bigint") return value < 0n ? -value : value;
  if (typeof value === "boolean") return BigInt(value);
  const type = typeOf(value);
  if (type.absolute) return type.absolute(value);
  throw pythonError("TypeError", `bad operand type for abs(): '${errorTypeName(value)}'`);
}

/** `round(integer, digits)`: to a power of ten, half to even. */
function roundInteger(value: bigint, digits: bigint): bigint {
  if (digits >= 0n) return value;
  // The unit is then more than twice the value.
  if (-digits > BigInt(bitLength(value) + 1)) return 0n;
  const unit = 10n ** -digits;
  const magnitude = roundedQuotient(value < 0n ? -value : value, unit) * unit;
  return value < 0n ? -magnitude : magnitude;
}

/** `round(number, digits)`: correctly rounded in decimal. */
function roundToDigits(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0 || digits > 323) return value;
  if (digits < -308) return value < 0 ? -0 : 0;
  const rounded = Number(toFixed(Math.abs(value), digits));
  if (!Number.isFinite(rounded)) {
    throw pythonError("OverflowError", "rounded value too large to represent");
  }
  return value < 0 ? -rounded : rounded;
}

function round(value: Value, digits: Value): Value {
  if (typeof value === "number") {
    return digits === null ? roundToInteger(value) : roundToDigits(value, Number(toIndex(digits)));
  }
  if (typeof value === "bigint" || typeof value === "boolean") {
    return digits === null ? BigInt(value) : roundInteger(BigInt(value), toIndex(digits));
  }
  const type = typeOf(value);
  if (type.round) return type.round(value, digits === null ? null : toIndex(digits));
  if (plainOf(value) !== value) return round(plainOf(value), digits);
  throw pythonError("TypeError", `type ${errorTypeName(value)} doesn't define __round__ method`);
}

/** What a class that a cell defines says of an operator that has no slot; undefined where nothing. */
function ownMethod(self: Value, name: string, ...args: readonly Value[]): Value | undefined {
  const type = classOf(self);
  if (!type.subclassable || type.find(name) === undefined) return undefined;
  const result = invoke(getAttribute(self, name), ...args);
  return result === notImplemented ? undefined : result;
}

function divmod(left: Value, right: Value): Value {
  const [a, b] = [left, right]
    .map(plainOf)
    .map((value) => (typeof value === "boolean" ? BigInt(value) : value));
  if (typeof a === "bigint" && typeof b === "bigint") {
    return new PyTuple([floorDivide(a, b), modulo(a, b)]);
  }
  const isReal = (value: Value | undefined) =>
    typeof value === "number" || typeof value === "bigint";
  if (isReal(a) && isReal(b)) {
    const [dividend, divisor] = [a, b].map((value) =>
      typeof value === "bigint" ? integerToFloat(value) : (value as number),
    ) as [number, number];
    if (divisor === 0) throw pythonError("ZeroDivisionError", "float divmod()");
    return new PyTuple(floatDivmod(dividend, divisor));
  }
  const own = ownMethod(left, "__divmod__", right) ?? ownMethod(right, "__rdivmod__", left);
  if (own !== undefined) return own;
  const plain = (value: Value) => !typeOf(value).binary || typeof value === "string";
  if (plain(left) || plain(right)) {
    throw pythonError(
      "TypeError",
      `unsupported operand type(s) for divmod(): '${errorTypeName(left)}' and '${errorTypeName(right)}'`,
    );
  }
  return new PyTuple([binary("//", left, right), binary("%", left, right)]);
}

function power(base: Value, exponent: Value, modulus: Value): Value {
  if (modulus === null) return binary("**", base, exponent);
  const own = ownMethod(base, "__pow__", exponent, modulus);
  if (own !== undefined) return own;
  for (const value of [base, exponent, modulus]) {
    if (typeof value !== "bigint" && typeof value !== "boolean") {
      throw pythonError(
        "TypeError",
        typeof value === "number"
          ? "pow() 3rd argument not allowed unless all arguments are integers"
          : `unsupported operand type(s) for ** or pow(): '${errorTypeName(base)}', '${errorTypeName(exponent)}', '${errorTypeName(modulus)}'`,
      );
    }
  }
  return modularPower(toIndex(base), toIndex(exponent), toIndex(modulus));
}

function inRadix(value: Value, radix: number, prefix: string): string {
  const index = toIndex(value);
  return `${index < 0n ? "-" : ""}${prefix}${(index < 0n ? -index : index).toString(radix)}`;
}

function character(value: Value): string {
  const code = toIndex(value);
  if (code < 0n || code > 0x10ffffn) {
    throw pythonError("ValueError", "chr() arg not in range(0x110000)");
  }
  return String.fromCodePoint(Number(code));
}

function ordinal(value: Value): bigint {
  if (typeof value !== "string") {
    throw pythonError(
      "TypeError",
      `ord() expected string of length 1, but ${errorTypeName(value)} found`,
    );
  }
  const points = codePoints(value);
  if (points.length !== 1) {
    throw pythonError(
      "TypeError",
      `ord() expected a character, but string of length ${points.length} found`,
    );
  }
  return BigInt(points[0]!.codePointAt(0)!);
}

export const numeric: readonly Builtin[] = [
  unaryBuiltin("abs(x, /)", absolute),
  builtin("builtins.round(number, ndigits=None)", ({ number, ndigits }) =>
    round(number!, ndigits!),
  ),
  builtin("divmod(x, y, /)", ({ x, y }) => divmod(x!, y!)),
  builtin("builtins.pow(base, exp, mod=None)", ({ base, exp, mod }) => power(base!, exp!, mod!)),
  builtin("hex(number, /)", ({ number }) => inRadix(number!, 16, "0x")),
  builtin("oct(number, /)", ({ number }) => inRadix(number!, 8, "0o")),
  builtin("bin(number, /)", ({ number }) => inRadix(number!, 2, "0b")),
  unaryBuiltin("chr(i, /)", character),
  unaryBuiltin("ord(c, /)", ordinal),
];
