/**
 * @file Elementary functions of doubles with an error below 0.51 units in the last place, so that
 * they print the digits that the C library's print; JavaScript's own differ in the last digit now
 * and then. Arguments are reduced to within 0.003 of a table's entry, whose value is kept in two
 * doubles (the method of P. T. P. Tang, "Table-driven implementation of the exponential function
 * in IEEE floating-point arithmetic", 1989).
 */

const splitter = 134217729;

/** What `left * right` lost by rounding (Dekker 1971, Veltkamp's split). */
function productError(left: number, right: number, product: number): number {
  const leftHigh = left * splitter - (left * splitter - left);
  const rightHigh = right * splitter - (right * splitter - right);
  const leftLow = left - leftHigh;
  const rightLow = right - rightHigh;
  const rest = product - leftHigh * rightHigh - leftLow * rightHigh - leftHigh * rightLow;
  return leftLow * rightLow - rest;
}

/** Entries per binary order of magnitude. */
const entries = 128;
const inverseStep = entries / Math.LN2;
// ln 2 / 128 in two parts: the first has bits to spare, so that its multiples are exact.
const stepHigh = 0.0054152123481117087;
const stepLow = 1.2864023111638346e-14;

// Powers 2^(j / 128), and what each lacks, relative to it.
const powers = new Float64Array(entries);
const powerTails = new Float64Array(entries);
for (let j = 0; j < entries; j++) {
  const bits = 200n;
  const root = binaryRoot(j, bits);
  const high = Number(root >> (bits - 60n)) * 2 ** -60;
  const rest = root - (BigInt(high * 2 ** 60) << (bits - 60n));
  powers[j] = high;
  powerTails[j] = (Number(rest >> (bits - 120n)) * 2 ** -120) / high;
}

/** `2^(j / 128)` in fixed point: the square roots that make up `j`'s bits, multiplied. */
function binaryRoot(j: number, bits: bigint): bigint {
  let result = 1n << bits;
  let root = 2n << bits;
  for (let bit = entries / 2; bit >= 1; bit /= 2) {
    root = squareRoot(root << bits);
    if (j & bit) result = (result * root) >> bits;
  }
  return result;
}

function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/**
 * The last exponential as `base * (1 + rest) * 2 ** exponent`, and the last logarithm in two parts.
 * In an array, since doubles in variables of a module cost an allocation each time they are set.
 */
const found = new Float64Array(5);
const at = { exponent: 0, rest: 1, base: 2, high: 3, low: 4 } as const;

/** Leaves `e^(x + low)` in the array above. */
function reduceExponential(x: number, low: number): void {
  const k = Math.round(x * inverseStep);
  const j = k & (entries - 1);
  found[at.exponent] = (k - j) / entries;
  const r = x - k * stepHigh + (low - k * stepLow);
  found[at.rest] = powerTails[j] + r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
  found[at.base] = powers[j];
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** `2 ** exponent` for exponents of normal doubles, made of its bits: several times as fast. */
function powerOfTwo(exponent: number): number {
  words[1] = (exponent + 1023) << 20;
  return double[0];
}

function scaled(value: number, exponent: number): number {
  if (exponent > 1000) return value * 2 ** 1000 * 2 ** (exponent - 1000);
  return value * (exponent > -1000 ? powerOfTwo(exponent) : 2 ** exponent);
}

/** e to the power of `x`. */
export function exp(x: number): number {
  if (!(Math.abs(x) < 700)) return Math.exp(x);
  reduceExponential(x, 0);
  return scaled(found[at.base] + found[at.base] * found[at.rest], found[at.exponent]);
}

/** 2 to the power of `x`. */
export function exp2(x: number): number {
  if (Number.isInteger(x) || !(Math.abs(x) < 1000)) return 2 ** x;
  const whole = Math.round(x);
  const high = (x - whole) * Math.LN2;
  const low = productError(x - whole, Math.LN2, high) + (x - whole) * ln2Low;
  reduceExponential(high, low);
  return scaled(found[at.base] + found[at.base] * found[at.rest], found[at.exponent] + whole);
}

const ln2Low = 2.3190468138462996e-17;

/** Leaves the logarithm of a number between 1e-300 and 1e300 in the array above. */
function reduceLogarithm(x: number): void {
  const f = x - 1;
  if (Math.abs(f) < 0.06) {
    // 2 artanh(f / (2 + f)): the first term in two parts, the series in one.
    const sum = 2 + f;
    const sumLow = 2 - sum + f;
    const s = f / sum;
    const product = s * sum;
    const low = (f - product - productError(s, sum, product) - s * sumLow) / sum;
    const z = s * s;
    const series = z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z / 13)))));
    found[at.high] = 2 * s;
    found[at.low] = 2 * (low + s * series);
    return;
  }
  // One step of Newton from JavaScript's logarithm: x e^-guess is within 1e-15 of 1.
  const guess = Math.log(x);
  reduceExponential(-guess, 0);
  const half = Math.trunc(found[at.exponent] / 2);
  const value = x * powerOfTwo(half) * powerOfTwo(found[at.exponent] - half);
  const base = found[at.base];
  const product = value * base;
  const error = product - 1 + (productError(value, base, product) + product * found[at.rest]);
  found[at.high] = guess;
  found[at.low] = error - (error * error) / 2;
}

/** True where the reduction of logarithms holds. */
function isOrdinary(x: number): boolean {
  return x > 1e-300 && x < 1e300;
}

/** The natural logarithm. */
export function log(x: number): number {
  if (!isOrdinary(x) || x === 1) return Math.log(x);
  reduceLogarithm(x);
  return found[at.high] + found[at.low];
}

/** The logarithm to base 2. */
export function log2(x: number): number {
  if (!isOrdinary(x) || x === 1) return Math.log2(x);
  reduceLogarithm(x);
  const quotient = found[at.high] / Math.LN2;
  const product = quotient * Math.LN2;
  const error = found[at.high] - product - productError(quotient, Math.LN2, product);
  return quotient + (error + found[at.low] - quotient * ln2Low) / Math.LN2;
}

/** The logarithm to base 10, composed as fdlibm and the C library compose it. */
export function log10(x: number): number {
  if (!isOrdinary(x)) return Math.log10(x);
  let exponent = Math.floor(Math.log2(x));
  if (x / 2 ** exponent >= 2) exponent++;
  if (x / 2 ** exponent < 1) exponent--;
  const shifted = exponent + (exponent < 0 ? 1 : 0);
  const fraction = Math.LOG10E * log(x / 2 ** shifted);
  return shifted * 3.694239077158931e-13 + fraction + shifted * 0.30102999566361177;
}

/** `left ** right`, where 1 to any power is 1 as in C. */
export function power(left: number, right: number): number {
  if (right === 2) return left * left;
  if (left === 1) return 1;
  if (left === -1 && !Number.isFinite(right) && !Number.isNaN(right)) return 1;
  const plain = left ** right;
  const size = Math.abs(left);
  // Zero, infinities, numbers at the ends of the range, and roots of negative ones.
  if (!isOrdinary(size) || !isOrdinary(Math.abs(plain)) || size === 1) return plain;
  reduceLogarithm(size);
  const [high, low] = [found[at.high], found[at.low]];
  const product = right * high;
  reduceExponential(product, productError(right, high, product) + right * low);
  const value = scaled(found[at.base] + found[at.base] * found[at.rest], found[at.exponent]);
  return plain < 0 ? -value : value;
}

/** The cube root: one step of Newton from JavaScript's. */
export function cbrt(x: number): number {
  const guess = Math.cbrt(x);
  if (!isOrdinary(Math.abs(guess))) return guess;
  const square = guess * guess;
  const squareRest = productError(guess, guess, square);
  const cube = square * guess;
  const rest = productError(square, guess, cube) + squareRest * guess;
  return guess - (cube - x + rest) / (3 * square);
}

/** The hypotenuse: the square root of the sum of squares, and what the squares lacked. */
export function hypot(x: number, y: number): number {
  const [long, short] = [Math.max(Math.abs(x), Math.abs(y)), Math.min(Math.abs(x), Math.abs(y))];
  if (!(long < 1e150 && short > 1e-150)) return Math.hypot(x, y);
  const [a, b] = [long * long, short * short];
  const root = Math.sqrt(a + b);
  const square = root * root;
  const rest =
    a -
    square +
    b +
    (productError(long, long, a) + productError(short, short, b)) -
    productError(root, root, square);
  return root + rest / (2 * root);
}

// Sines and cosines of multiples of 1/32 up to π/4, with what each lacks.
const knots = 26;
const sines = new Float64Array(knots + 1);
const sineTails = new Float64Array(knots + 1);
const cosines = new Float64Array(knots + 1);
const cosineTails = new Float64Array(knots + 1);
for (let i = 0; i <= knots; i++) {
  [sines[i], sineTails[i]] = seriesValue(i, 1n);
  [cosines[i], cosineTails[i]] = seriesValue(i, 0n);
}

/** The sine (from the first power on) or cosine of `i / 32` by its series, in two doubles. */
function seriesValue(i: number, first: bigint): [number, number] {
  const bits = 160n;
  const angle = BigInt(i) << (bits - 5n);
  let term = first === 1n ? angle : 1n << bits;
  let total = term;
  for (let k = first + 1n; term !== 0n; k += 2n) {
    term = -((((term * angle) >> bits) * angle) >> bits) / (k * (k + 1n));
    if (term === -1n) break;
    total += term;
  }
  const high = Number(total >> (bits - 64n)) * 2 ** -64;
  const rest = total - (BigInt(high * 2 ** 64) << (bits - 64n));
  return [high, Number(rest >> (bits - 124n)) * 2 ** -124];
}

// A quarter turn in three parts: the first two have bits to spare.
const quarterHigh = 1.5707963267341256;
const quarterMiddle = 6.077100506303966e-11;
const quarterLow = 2.0222662487959506e-21;

/**
 * Sine (`shift` 0) or cosine (1): the angle less quarter turns, then less a knot. Leaves what the
 * result lacks in the array above.
 */
function circular(x: number, shift: number): number {
  const turns = Math.round(x * (2 / Math.PI));
  const near = x - turns * quarterHigh;
  const middle = turns * quarterMiddle;
  const high = near - middle;
  let low = near - high - middle - turns * quarterLow;
  let angle = high;
  const quadrant = (((turns + shift) % 4) + 4) % 4;
  const negative = angle < 0;
  if (negative) {
    angle = -angle;
    low = -low;
  }
  const knot = Math.round(angle * 32);
  const d = angle - knot / 32;
  const square = d * d;
  // Of the small rest: its sine less itself, and its cosine less one.
  const sineRest = d * square * (-1 / 6 + square * (1 / 120 - square / 5040));
  const cosineRest = square * (-0.5 + square * (1 / 24 - square / 720));
  const [s, c] = [sines[knot], cosines[knot]];
  let sum: number;
  let tail: number;
  if (quadrant % 2 === 0) {
    const product = c * d;
    const error = productError(c, d, product);
    sum = s + product;
    const lost = s - sum + product;
    tail =
      lost +
      error +
      sineTails[knot] +
      s * cosineRest +
      c * (sineRest + low) +
      cosineTails[knot] * d;
    if (negative) [sum, tail] = [-sum, -tail];
  } else {
    const product = -s * d;
    const error = productError(-s, d, product);
    sum = c + product;
    const lost = c - sum + product;
    tail =
      lost +
      error +
      cosineTails[knot] +
      c * cosineRest -
      s * (sineRest + low) -
      sineTails[knot] * d;
  }
  if (quadrant >= 2) [sum, tail] = [-sum, -tail];
  const value = sum + tail;
  found[at.low] = sum - value + tail;
  return value;
}

/** Whether the reduction of angles holds, and there is anything to gain by it. */
function isOrdinaryAngle(x: number): boolean {
  return Math.abs(x) < 1e5 && Math.abs(x) > 1e-5;
}

/** The sine of an angle in radians. */
export function sin(x: number): number {
  return isOrdinaryAngle(x) ? circular(x, 0) : Math.sin(x);
}

/** The cosine of an angle in radians. */
export function cos(x: number): number {
  return isOrdinaryAngle(x) ? circular(x, 1) : Math.cos(x);
}

/** The tangent of an angle in radians. */
export function tan(x: number): number {
  if (!isOrdinaryAngle(x)) return Math.tan(x);
  const sine = circular(x, 0);
  const sineRest = found[at.low];
  const cosine = circular(x, 1);
  const ratio = sine / cosine;
  const product = ratio * cosine;
  const rest = sine - product - productError(ratio, cosine, product) + sineRest;
  return ratio + (rest - ratio * found[at.low]) / cosine;
}

/** The angle of a point: one step of Newton from JavaScript's. */
export function arctan2(y: number, x: number): number {
  const guess = Math.atan2(y, x);
  const ordinary = isOrdinary(Math.abs(x)) && isOrdinary(Math.abs(y));
  if (!ordinary || !isOrdinaryAngle(guess)) return guess;
  const sine = circular(guess, 0);
  const sineRest = found[at.low];
  const cosine = circular(guess, 1);
  const [up, across] = [y * cosine, x * sine];
  const rest = productError(y, cosine, up) - productError(x, sine, across);
  const missing = up - across + rest + y * found[at.low] - x * sineRest;
  return guess + missing / (x * cosine + y * sine);
}

/** The angle whose tangent is `x`. */
export function arctan(x: number): number {
  return arctan2(x, 1);
}

/** The angle whose cosine is `x`: one step of Newton from JavaScript's. */
export function arccos(x: number): number {
  const guess = Math.acos(x);
  if (!(Math.abs(x) < 1) || !isOrdinaryAngle(guess)) return guess;
  const sine = circular(guess, 0);
  const cosine = circular(guess, 1);
  return guess + (cosine - x + found[at.low]) / sine;
}

// fdlibm's in JavaScript as in the C library: the same digits.
export const expm1 = Math.expm1;
export const log1p = Math.log1p;
export const tanh = Math.tanh;
