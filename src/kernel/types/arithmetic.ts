/**
 * @file Arithmetic of `int` and `float` where Python's differs from JavaScript's.
 */
import { memoryError, pythonError } from "../errors.ts";
import { integerRatio, roundedQuotient } from "../formatting/floats.ts";
import { reserveHeap } from "../heap.ts";
import { checkInterrupt } from "../interrupts.ts";
import { bitLength, isLongDivisor, longFloorDivmod, wholeProduct } from "./longIntegers.ts";

/** An integer as a float, rounded half to even. OverflowError beyond the greatest float. */
export function integerToFloat(value: bigint): number {
  const number = Number(value);
  if (!Number.isFinite(number)) {
    throw pythonError("OverflowError", "int too large to convert to float");
  }
  return number;
}

/** A float without its fraction, as `int(value)` makes it. */
export function floatToInteger(value: number): bigint {
  if (Number.isNaN(value)) throw pythonError("ValueError", "cannot convert float NaN to integer");
  if (!Number.isFinite(value)) {
    throw pythonError("OverflowError", "cannot convert float infinity to integer");
  }
  return BigInt(Math.trunc(value));
}

/** `round(number)`: the nearest integer, half to even. */
export function roundToInteger(value: number): bigint {
  if (!Number.isFinite(value)) return floatToInteger(value);
  const { numerator, denominator } = integerRatio(Math.abs(value));
  const rounded = roundedQuotient(numerator, denominator);
  return value < 0 ? -rounded : rounded;
}

/** `left // right`: rounds towards minus infinity. */
export function floorDivide(left: bigint, right: bigint): bigint {
  if (right === 0n) {
    throw pythonError("ZeroDivisionError", "integer division or modulo by zero");
  }
  if (isLongDivisor(right)) return longFloorDivmod(left, right)[0];
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
}

/** `left % right`: has the sign of `right`. */
export function modulo(left: bigint, right: bigint): bigint {
  if (right === 0n) throw pythonError("ZeroDivisionError", "integer modulo by zero");
  if (isLongDivisor(right)) return longFloorDivmod(left, right)[1];
  const remainder = left % right;
  return remainder !== 0n && remainder < 0n !== right < 0n ? remainder + right : remainder;
}

/** `left / right`, correctly rounded even where the operands are no floats themselves. */
export function trueDivide(left: bigint, right: bigint): number {
  if (right === 0n) throw pythonError("ZeroDivisionError", "division by zero");
  const dividend = Number(left);
  const divisor = Number(right);
  if (Number.isSafeInteger(dividend) && Number.isSafeInteger(divisor)) {
    const quotient = dividend / divisor;
    return quotient === 0 ? 0 : quotient;
  }
  const negative = left < 0n !== right < 0n;
  const numerator = left < 0n ? -left : left;
  const denominator = right < 0n ? -right : right;
  // A quotient of at least 55 bits with a sticky last bit rounds as the exact one does; where the
  // result is subnormal, fewer bits are kept so that the scaling below is exact.
  const excess = bitLength(numerator) - bitLength(denominator);
  const shift = Math.min(66 - excess, 1074 + 2);
  const scaled = shift > 0 ? numerator << BigInt(shift) : numerator;
  const unit = shift < 0 ? denominator << BigInt(-shift) : denominator;
  let quotient = scaled / unit;
  if (scaled % unit !== 0n) quotient |= 1n;
  const result = scaleByPowerOfTwo(quotient, -shift);
  if (!Number.isFinite(result)) {
    throw pythonError("OverflowError", "integer division result too large for a float");
  }
  return negative ? -result : result;
}

/** `quotient × 2^power`, rounded once. The last bit of `quotient` is sticky. */
function scaleByPowerOfTwo(quotient: bigint, power: number): number {
  const exponent = bitLength(quotient) + power;
  // Subnormal results keep fewer than 53 bits: round to those at once.
  const kept = exponent < -1021 ? Math.max(exponent + 1074, 0) : 53;
  const dropped = bitLength(quotient) - kept;
  if (dropped <= 0) return Number(quotient) * 2 ** Math.max(power, -1074);
  const unit = 1n << BigInt(dropped);
  let rounded = quotient >> BigInt(dropped);
  const rest = (quotient & (unit - 1n)) * 2n;
  if (rest > unit || (rest === unit && (rounded & 1n) === 1n)) rounded++;
  const scale = power + dropped;
  // Two factors, since 2 ** 1023 is the greatest that a float holds.
  const half = Math.trunc(scale / 2);
  return scale < -1022
    ? Number(rounded) * 2 ** scale
    : Number(rounded) * 2 ** half * 2 ** (scale - half);
}

/** `left << right` and `left >> right`. */
export function shift(operator: "<<" | ">>", left: bigint, right: bigint): bigint {
  if (right < 0n) throw pythonError("ValueError", "negative shift count");
  if (operator === ">>") return left >> right;
  if (right >= longPower) reserveHeap(Number(right) / 8);
  return left << right;
}

/** Bits that an integer can have in the JavaScript engine. */
const mostBits = 2 ** 30;

/** Exponents from which on a power may take long. */
const longPower = 4096n;

/** By squaring from the exponent's first bit on: between two products the cell can be stopped. */
function wholePower(base: bigint, exponent: bigint): bigint {
  reserveHeap((bitLength(base) * Number(exponent)) / 8);
  // Powers of two are shifts.
  if (base >= -2n && base <= 2n) return base ** exponent;
  if ((bitLength(base) - 1) * Number(exponent) >= mostBits) throw memoryError();
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = wholeProduct(result, result);
    if (bit === "1") result = wholeProduct(result, base);
  }
  return result;
}

/** The product of the integers from `first` to `last`: in halves, whose factors are alike long. */
export function productOfRange(first: bigint, last: bigint): bigint {
  if (last < first) return 1n;
  if (last - first < 16n) {
    let product = first;
    for (let factor = first + 1n; factor <= last; factor++) product *= factor;
    return product;
  }
  const middle = (first + last) >> 1n;
  return wholeProduct(productOfRange(first, middle), productOfRange(middle + 1n, last));
}

/** `left ** right`; a negative exponent gives a float. */
export function integerPower(left: bigint, right: bigint): bigint | number {
  if (right >= 0n) return right < longPower ? left ** right : wholePower(left, right);
  return floatPower(integerToFloat(left), integerToFloat(right));
}

/** `pow(base, exponent, modulus)`. */
export function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus === 0n) throw pythonError("ValueError", "pow() 3rd argument cannot be 0");
  let power = exponent;
  let square = modulo(base, modulus);
  if (power < 0n) {
    square = modularInverse(square, modulus);
    power = -power;
  }
  let result = modulo(1n, modulus);
  for (; power > 0n; power >>= 1n) {
    checkInterrupt();
    if (power & 1n) result = modulo(result * square, modulus);
    square = modulo(square * square, modulus);
  }
  return result;
}

function modularInverse(value: bigint, modulus: bigint): bigint {
  let [remainder, next] = [modulus, value];
  let [coefficient, nextCoefficient] = [0n, 1n];
  while (next !== 0n) {
    checkInterrupt();
    const quotient = remainder / next;
    [remainder, next] = [next, remainder - quotient * next];
    [coefficient, nextCoefficient] = [nextCoefficient, coefficient - quotient * nextCoefficient];
  }
  if (remainder !== 1n && remainder !== -1n) {
    throw pythonError("ValueError", "base is not invertible for the given modulus");
  }
  return modulo(coefficient * remainder, modulus);
}

/** `left // right` for floats. */
export function floatFloorDivide(left: number, right: number): number {
  if (right === 0) throw pythonError("ZeroDivisionError", "float floor division by zero");
  return floatDivmod(left, right)[0];
}

/** `left % right` for floats: has the sign of `right`. */
export function floatModulo(left: number, right: number): number {
  if (right === 0) throw pythonError("ZeroDivisionError", "float modulo");
  return floatDivmod(left, right)[1];
}

/** Quotient and remainder as CPython's `float_divmod` finds them. */
export function floatDivmod(left: number, right: number): [quotient: number, remainder: number] {
  let remainder = left % right;
  let quotient = (left - remainder) / right;
  if (remainder !== 0) {
    if (right < 0 !== remainder < 0) {
      remainder += right;
      quotient -= 1;
    }
  } else {
    remainder = right < 0 ? -0 : 0;
  }
  if (quotient === 0) return [signedZero(left / right), remainder];
  const floor = Math.floor(quotient);
  return [quotient - floor > 0.5 ? floor + 1 : floor, remainder];
}

function signedZero(like: number): number {
  return like < 0 || Object.is(like, -0) ? -0 : 0;
}

/** `left / right` for floats. */
export function floatDivide(left: number, right: number): number {
  if (right === 0) throw pythonError("ZeroDivisionError", "float division by zero");
  return left / right;
}

/** `left ** right` for floats. Complex results are outside the kernel's subset. */
export function floatPower(left: number, right: number): number {
  if (left === 1 || right === 0) return 1;
  if (left === -1 && !Number.isFinite(right)) return Number.isNaN(right) ? Number.NaN : 1;
  if (left === 0 && right < 0) {
    throw pythonError("ZeroDivisionError", "0.0 cannot be raised to a negative power");
  }
  if (left < 0 && Number.isFinite(left) && Number.isFinite(right) && !Number.isInteger(right)) {
    throw pythonError(
      "NotImplementedError",
      "complex numbers are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
    );
  }
  const result = power(left, right);
  if (!Number.isFinite(result) && Number.isFinite(left) && Number.isFinite(right)) {
    const error = pythonError("OverflowError", "(34, 'Numerical result out of range')");
    error.args = [34n, "Numerical result out of range"];
    throw error;
  }
  return result;
}

/** Small whole powers in doubled precision: rounded once, as the C library's `pow` nearly is. */
export function power(base: number, exponent: number): number {
  if (exponent === 2) return base * base;
  if (exponent === 0.5 && base >= 0) return Math.sqrt(base);
  if (exponent === 1) return base;
  if (exponent === -1) return 1 / base;
  const plain = base ** exponent;
  const count = Math.abs(exponent);
  // Outside these bounds a product of halves could overflow or lose its low part.
  if (!Number.isInteger(count) || count > 64 || !(Math.abs(plain) < 1e150)) return plain;
  if (Math.abs(plain) < 1e-150) return plain;
  let high = 1;
  let low = 0;
  for (let index = 0; index < count; index++) {
    const product = high * base;
    const error = productError(high, base, product);
    low = error + low * base;
    high = product + low;
    low -= high - product;
  }
  if (exponent > 0) return high;
  const reciprocal = 1 / high;
  const rest = 1 - reciprocal * high - productError(reciprocal, high, reciprocal * high);
  return reciprocal + (rest - reciprocal * low) / high;
}

/** What `left * right` lost by rounding (Dekker 1971, Veltkamp's split). */
function productError(left: number, right: number, product: number): number {
  const splitter = 134217729;
  const leftHigh = left * splitter - (left * splitter - left);
  const rightHigh = right * splitter - (right * splitter - right);
  const leftLow = left - leftHigh;
  const rightLow = right - rightHigh;
  return (
    leftLow * rightLow -
    (product - leftHigh * rightHigh - leftLow * rightHigh - leftHigh * rightLow)
  );
}
