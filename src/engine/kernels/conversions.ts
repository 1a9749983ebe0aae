/**
 * @file Elements from type to type, as C converts on x86; chosen by masks; filled and copied. All
 * addresses are of bytes, and so is what is moved; counts are of elements.
 */

/** Four elements at a time, as float32. */
function wide4<T>(at: usize): v128 {
  if (sizeof<T>() === 4) {
    const value = v128.load(at);
    return isFloat<T>() ? value : f32x4.convert_i32x4_s(value);
  }
  const words = i16x8.extend_low_i8x16_u(v128.load32_zero(at));
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(words));
}

function toFloat32<T>(from: usize, to: usize, count: usize): void {
  let i: usize = 0;
  for (; i + 4 <= count; i += 4) v128.store(to + (i << 2), wide4<T>(from + i * sizeof<T>()));
  for (; i < count; i++) store<f32>(to + (i << 2), load<T>(from + i * sizeof<T>()) as f32);
}

/** Two elements at a time, as float64. */
function wide2<T>(at: usize): v128 {
  if (isFloat<T>()) return f64x2.promote_low_f32x4(v128.load64_zero(at));
  if (sizeof<T>() === 4) return f64x2.convert_low_i32x4_s(v128.load64_zero(at));
  const words = i16x8.extend_low_i8x16_u(v128.load16_lane(at, i8x16.splat(0), 0));
  return f64x2.convert_low_i32x4_s(i32x4.extend_low_i16x8_u(words));
}

function toFloat64<T>(from: usize, to: usize, count: usize): void {
  let i: usize = 0;
  for (; i + 4 <= count; i += 4) {
    const at = from + i * sizeof<T>();
    v128.store(to + (i << 3), wide2<T>(at));
    v128.store(to + (i << 3), wide2<T>(at + 2 * sizeof<T>()), 16);
  }
  for (; i < count; i++) store<f64>(to + (i << 3), load<T>(from + i * sizeof<T>()) as f64);
}

function narrow(from: usize, to: usize, count: usize): void {
  let i: usize = 0;
  for (; i + 4 <= count; i += 4) {
    const low = f32x4.demote_f64x2_zero(v128.load(from + (i << 3)));
    const high = f32x4.demote_f64x2_zero(v128.load(from + (i << 3), 16));
    const both = i8x16.shuffle(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
    v128.store(to + (i << 2), both);
  }
  for (; i < count; i++) store<f32>(to + (i << 2), load<f64>(from + (i << 3)) as f32);
}

/** Integers and floats one by one; what a float of float32 takes goes by way of float64. */
function each<T, R>(from: usize, to: usize, count: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const value = load<T>(from + i * sizeof<T>());
    if (isFloat<R>()) store<R>(to + i * sizeof<R>(), value as f64 as R);
    else store<R>(to + i * sizeof<R>(), value as R);
  }
}

const limit32: f64 = 2147483648.0;

/** What does not fit becomes the smallest integer. True where there was such a number. */
function truncate<T, R>(from: usize, to: usize, count: usize): bool {
  const limit: f64 = sizeof<R>() === 8 ? limit32 * 4294967296.0 : limit32;
  let invalid = false;
  for (let i: usize = 0; i < count; i++) {
    const whole = trunc<f64>(load<T>(from + i * sizeof<T>()) as f64);
    const fits = whole >= -limit && whole < limit;
    invalid = invalid || !fits;
    if (sizeof<R>() === 8) store<i64>(to + (i << 3), fits ? (whole as i64) : i64.MIN_VALUE);
    else store<R>(to + i * sizeof<R>(), (fits ? (whole as i32) : i32.MIN_VALUE) as R);
  }
  return invalid;
}

/** Converts by the number of a pair of types (see `conversions.ts`); true where a float did not fit. */
export function convert(pair: i32, from: usize, to: usize, count: usize): bool {
  // biome-ignore format: one line each.
  switch (pair) {
    case 0: toFloat32<u8>(from, to, count); break;
    case 1: toFloat32<i32>(from, to, count); break;
    case 2: narrow(from, to, count); break;
    case 3: each<i64, f32>(from, to, count); break;
    case 4: toFloat64<u8>(from, to, count); break;
    case 5: toFloat64<i32>(from, to, count); break;
    case 6: toFloat64<f32>(from, to, count); break;
    case 7: each<i64, f64>(from, to, count); break;
    case 8: each<u8, i64>(from, to, count); break;
    case 9: each<i32, i64>(from, to, count); break;
    case 10: each<i64, i32>(from, to, count); break;
    case 11: each<u8, i32>(from, to, count); break;
    case 12: return truncate<f32, i64>(from, to, count);
    case 13: return truncate<f64, i64>(from, to, count);
    case 14: return truncate<f32, i32>(from, to, count);
    case 15: return truncate<f64, i32>(from, to, count);
    case 16: return truncate<f32, u8>(from, to, count);
    default: return truncate<f64, u8>(from, to, count);
  }
  return false;
}

/** Masks of four or eight bytes from bytes that are 0 or not. */
function masks<T>(at: usize): v128 {
  const none = i32x4.splat(0);
  if (sizeof<T>() === 4) {
    const words = i16x8.extend_low_i8x16_u(v128.load32_zero(at));
    return i32x4.ne(i32x4.extend_low_i16x8_u(words), none);
  }
  const words = i16x8.extend_low_i8x16_u(v128.load16_lane(at, none, 0));
  return i64x2.ne(i64x2.extend_low_i32x4_u(i32x4.extend_low_i16x8_u(words)), none);
}

function choose<T>(
  out: usize,
  mask: usize,
  a: usize,
  b: usize,
  count: usize,
  aStep: usize,
  bStep: usize,
): void {
  const lanes: usize = 16 / sizeof<T>();
  let i: usize = 0;
  if (aStep && bStep) {
    for (; i + lanes <= count; i += lanes) {
      const at = i * sizeof<T>();
      v128.store(
        out + at,
        v128.bitselect(v128.load(a + at), v128.load(b + at), masks<T>(mask + i)),
      );
    }
  } else {
    const left = sizeof<T>() === 4 ? v128.load32_splat(a) : v128.load64_splat(a);
    const right = sizeof<T>() === 4 ? v128.load32_splat(b) : v128.load64_splat(b);
    for (; i + lanes <= count; i += lanes) {
      const at = i * sizeof<T>();
      const p = aStep ? v128.load(a + at) : left;
      const q = bStep ? v128.load(b + at) : right;
      v128.store(out + at, v128.bitselect(p, q, masks<T>(mask + i)));
    }
  }
  for (; i < count; i++) {
    const value = load<u8>(mask + i) ? load<T>(a + i * aStep) : load<T>(b + i * bStep);
    store<T>(out + i * sizeof<T>(), value);
  }
}

/** `mask ? a : b` of elements of 4 bytes; steps are of bytes, 0 for one element throughout. */
export function choose32(
  out: usize,
  mask: usize,
  a: usize,
  b: usize,
  count: usize,
  aStep: usize,
  bStep: usize,
): void {
  choose<i32>(out, mask, a, b, count, aStep, bStep);
}

/** As `choose32`, elements of 8 bytes. */
export function choose64(
  out: usize,
  mask: usize,
  a: usize,
  b: usize,
  count: usize,
  aStep: usize,
  bStep: usize,
): void {
  choose<i64>(out, mask, a, b, count, aStep, bStep);
}

/** Bytes of 0 and 1 combined: 0 and, 1 or, 2 exclusive or, 3 not `a`. */
export function combineBools(operation: i32, out: usize, a: usize, b: usize, count: usize): void {
  const one = i8x16.splat(1);
  let i: usize = 0;
  for (; i + 16 <= count; i += 16) {
    const p = v128.load(a + i);
    const q = operation === 3 ? one : v128.load(b + i);
    const either = operation === 1 ? v128.or(p, q) : v128.xor(p, q);
    v128.store(out + i, operation === 0 ? v128.and(p, q) : either);
  }
  for (; i < count; i++) {
    const p = load<u8>(a + i);
    const q: u8 = operation === 3 ? 1 : load<u8>(b + i);
    store<u8>(out + i, operation === 0 ? p & q : operation === 1 ? p | q : p ^ q);
  }
}

/** Repeats the sixteen bytes at `from`. */
export function fill(to: usize, bytes: usize, from: usize): void {
  const value = v128.load(from);
  let i: usize = 0;
  for (; i + 64 <= bytes; i += 64) {
    v128.store(to + i, value);
    v128.store(to + i, value, 16);
    v128.store(to + i, value, 32);
    v128.store(to + i, value, 48);
  }
  for (; i < bytes; i++) store<u8>(to + i, load<u8>(from + (i & 15)));
}

/** Sets bytes to 0. */
export function clear(to: usize, bytes: usize): void {
  memory.fill(to, 0, bytes);
}

/** Copies bytes that do not overlap. */
export function move(from: usize, to: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 64 <= bytes; i += 64) {
    const v0 = v128.load(from + i);
    const v1 = v128.load(from + i, 16);
    const v2 = v128.load(from + i, 32);
    const v3 = v128.load(from + i, 48);
    v128.store(to + i, v0);
    v128.store(to + i, v1, 16);
    v128.store(to + i, v2, 32);
    v128.store(to + i, v3, 48);
  }
  for (; i < bytes; i++) store<u8>(to + i, load<u8>(from + i));
}

/** `start + i * step`, float64. */
export function rampFloats(to: usize, count: usize, start: f64, step: f64): void {
  for (let i: usize = 0; i < count; i++) store<f64>(to + (i << 3), start + (i as f64) * step);
}

/** `start + i * step`, int64. */
export function rampIntegers(to: usize, count: usize, start: i64, step: i64): void {
  for (let i: usize = 0; i < count; i++, start += step) store<i64>(to + (i << 3), start);
}
