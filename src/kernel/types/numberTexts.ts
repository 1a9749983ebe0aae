/**
 * @file The texts that `int(...)` and `float(...)` read.
 */
import { pythonError } from "../errors.ts";
import { stringRepr } from "../formatting/text.ts";
import { checkInterrupt } from "../interrupts.ts";

const prefixes: Readonly<Record<number, string>> = { 2: "0b", 8: "0o", 16: "0x" };

/** Python neither reads nor prints what would take quadratic time. */
export const mostDigits = 4300;

function tooManyDigits(count: number): Error {
  return pythonError(
    "ValueError",
    `Exceeds the limit (${mostDigits} digits) for integer string conversion: value has ${count} digits; use sys.set_int_max_str_digits() to increase the limit`,
  );
}

/** `int(text, base)`. ValueError quotes the text as CPython does. */
export function parseIntegerText(text: string, base: number): bigint {
  if (base !== 0 && (base < 2 || base > 36)) {
    throw pythonError("ValueError", "int() base must be >= 2 and <= 36, or 0");
  }
  const match = /^([+-]?)(0[box])?(_?[0-9a-z]+(?:_[0-9a-z]+)*)$/i.exec(text.trim());
  const value = match && integerOf(match[2] ?? "", match[3]!, base);
  if (!match || value === null) {
    throw pythonError(
      "ValueError",
      `invalid literal for int() with base ${base}: ${stringRepr(text)}`,
    );
  }
  return match[1] === "-" ? -value : value;
}

function integerOf(prefix: string, body: string, base: number): bigint | null {
  let digits = body.replaceAll("_", "").toLowerCase();
  let radix = base;
  const marked = prefix.toLowerCase();
  if (base === 0) {
    radix = marked === "" ? 10 : marked === "0b" ? 2 : marked === "0o" ? 8 : 16;
    if (marked === "" && /^0+[1-9]/.test(digits)) return null;
  } else if (marked !== "" && prefixes[base] !== marked) {
    // `0b1` in base 16 is the digits themselves.
    digits = marked + digits;
  }
  if (body.startsWith("_") && marked === "") return null;
  if (radix === 10) {
    if (!/^\d+$/.test(digits)) return null;
    if (digits.length > mostDigits) throw tooManyDigits(digits.length);
    return BigInt(digits);
  }
  const spelled = prefixes[radix];
  if (spelled) return powerOfTwoDigits(spelled, digits, radix);
  if (digits.length > mostDigits && radix !== 4 && radix !== 32) throw tooManyDigits(digits.length);
  let value = 0n;
  for (const digit of digits) {
    checkInterrupt();
    const number = Number.parseInt(digit, 36);
    if (Number.isNaN(number) || number >= radix) return null;
    value = value * BigInt(radix) + BigInt(number);
  }
  return value;
}

function powerOfTwoDigits(prefix: string, digits: string, radix: number): bigint | null {
  const allowed = radix === 2 ? /^[01]+$/ : radix === 8 ? /^[0-7]+$/ : /^[0-9a-f]+$/;
  return allowed.test(digits) ? BigInt(prefix + digits) : null;
}

const floatPattern =
  /^[+-]?(?:(?:\d(?:_?\d)*)(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?$/i;

/** `float(text)`. */
export function parseFloatText(text: string): number {
  const trimmed = text.trim();
  if (floatPattern.test(trimmed)) return Number(trimmed.replaceAll("_", ""));
  const word = /^([+-]?)(nan|inf|infinity)$/i.exec(trimmed);
  if (!word) {
    throw pythonError("ValueError", `could not convert string to float: ${stringRepr(text)}`);
  }
  if (word[2]!.toLowerCase() === "nan") return Number.NaN;
  return word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
