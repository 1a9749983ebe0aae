/**
 * @file Products and quotients of integers of millions of bits, in pieces, so that the cell can be
 * stopped in between: the JavaScript engine's own operators take seconds there.
 */
import { checkInterrupt } from "../interrupts.ts";

/** Bits of a non-negative integer, as `int.bit_length` counts them. */
export function bitLength(value: bigint): number {
  const hexadecimal = (value < 0n ? -value : value).toString(16);
  if (hexadecimal === "0") return 0;
  return hexadecimal.length * 4 - (Math.clz32(Number.parseInt(hexadecimal[0]!, 16)) - 28);
}

/** Factors from here on are multiplied in halves: their product takes a tenth of a second. */
const longFactor = 1n << BigInt(2 ** 24);

/**
 * The product of factors of any length, by Karatsuba's method (1962) where both are long.
 * @param long From where on a factor is long.
 */
export function wholeProduct(left: bigint, right: bigint, long = longFactor): bigint {
  checkInterrupt();
  if (left < 0n) return -wholeProduct(-left, right, long);
  if (right < 0n) return -wholeProduct(left, -right, long);
  if (left < long || right < long) return left * right;
  const bits = Math.max(bitLength(left), bitLength(right));
  const half = BigInt(Math.ceil(bits / 2));
  const mask = (1n << half) - 1n;
  const [a, b] = [left >> half, left & mask];
  const [c, d] = [right >> half, right & mask];
  const high = wholeProduct(a, c, long);
  const low = wholeProduct(b, d, long);
  const middle = wholeProduct(a + b, c + d, long) - high - low;
  return (((high << half) + middle) << half) + low;
}

/** Divisors beyond this are divided by in halves. */
const longDivisorBits = 2 ** 22;
const longDivisor = 1n << BigInt(longDivisorBits);

export const isLongDivisor = (divisor: bigint) => divisor >= longDivisor || divisor <= -longDivisor;

/** `divmod(left, right)` where `right` is long; `piece` bits are divided at once. */
export function longFloorDivmod(
  left: bigint,
  right: bigint,
  piece = longDivisorBits,
): [quotient: bigint, remainder: bigint] {
  const [dividend, divisor] = right < 0n ? [-left, -right] : [left, right];
  const [quotient, rest] = dividedInBlocks(dividend < 0n ? -dividend : dividend, divisor, piece);
  if (dividend >= 0n) return [quotient, right < 0n ? -rest : rest];
  if (rest === 0n) return [-quotient, 0n];
  const remainder = divisor - rest;
  return [-quotient - 1n, right < 0n ? -remainder : remainder];
}

/** Quotient and remainder of numbers that are not negative, a block of the divisor's length at a time. */
function dividedInBlocks(dividend: bigint, divisor: bigint, piece: number): [bigint, bigint] {
  const halvings = Math.ceil(Math.log2(bitLength(divisor) / piece));
  const unit = 2 ** Math.max(halvings, 0);
  const bits = Math.ceil(bitLength(divisor) / unit) * unit;
  // The divisor's first bit must be set.
  const shift = BigInt(bits - bitLength(divisor));
  const [whole, by] = [dividend << shift, divisor << shift];
  let quotient = 0n;
  let rest = 0n;
  for (let block = Math.ceil(bitLength(whole) / bits) - 1; block >= 0; block--) {
    const part = BigInt.asUintN(bits, whole >> BigInt(block * bits));
    const [digits, left] = dividedTwoByOne((rest << BigInt(bits)) | part, by, bits, piece);
    quotient = (quotient << BigInt(bits)) | digits;
    rest = left;
  }
  return [quotient, rest >> shift];
}

/** Twice `bits` by `bits`, the quotient below `2^bits` (Burnikel & Ziegler 1998). */
function dividedTwoByOne(
  dividend: bigint,
  divisor: bigint,
  bits: number,
  piece: number,
): [bigint, bigint] {
  checkInterrupt();
  if (bits <= piece || bits % 2 !== 0) return [dividend / divisor, dividend % divisor];
  const half = BigInt(bits / 2);
  const [high, rest] = dividedThreeByTwo(dividend >> half, divisor, bits / 2, piece);
  const low = BigInt.asUintN(bits / 2, dividend);
  const [digits, remainder] = dividedThreeByTwo((rest << half) | low, divisor, bits / 2, piece);
  return [(high << half) | digits, remainder];
}

/** Three halves by two, the quotient below `2^bits`. */
function dividedThreeByTwo(
  dividend: bigint,
  divisor: bigint,
  bits: number,
  piece: number,
): [bigint, bigint] {
  const half = BigInt(bits);
  const [first, second] = [divisor >> half, BigInt.asUintN(bits, divisor)];
  const top = dividend >> half;
  let [quotient, rest] =
    top >> half < first
      ? dividedTwoByOne(top, first, bits, piece)
      : [(1n << half) - 1n, top - (first << half) + first];
  rest = ((rest << half) | BigInt.asUintN(bits, dividend)) - wholeProduct(quotient, second);
  while (rest < 0n) {
    quotient--;
    rest += divisor;
  }
  return [quotient, rest];
}
