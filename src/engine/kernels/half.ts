/**
 * @file Float16 and bfloat16 to float32 and back, to nearest even. All addresses are of bytes.
 */

/** Values of `count` float16s. */
export function decodeFloat16(from: usize, to: usize, count: usize): void {
  const whole = count & ~3;
  let i: usize = 0;
  for (; i < whole; i += 4) {
    v128.store(
      to + (i << 2),
      valuesOfHalves(i32x4.extend_low_i16x8_u(v128.load64_zero(from + (i << 1)))),
    );
  }
  for (; i < count; i++) {
    const bits = i32x4.splat(load<u16>(from + (i << 1)) as i32);
    store<f32>(to + (i << 2), f32x4.extract_lane(valuesOfHalves(bits), 0));
  }
}

/**
 * Exponent and mantissa shifted into float32's place are the value times 2^-112, subnormals too;
 * infinities and NaN get the exponent that float32 has for them.
 */
function valuesOfHalves(bits: v128): v128 {
  const magnitude = i32x4.shl(v128.and(bits, i32x4.splat(0x7fff)), 13);
  const scaled = f32x4.mul(magnitude, f32x4.splat(reinterpret<f32>(0x77800000)));
  const special = i32x4.gt_u(magnitude, i32x4.splat(0x0f7fffff));
  const unbounded = v128.or(magnitude, i32x4.splat(0x7f800000));
  const whole = v128.bitselect(unbounded, scaled, special);
  return v128.or(whole, i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16));
}

/** The bits of the float16s nearest to `count` float32s. */
export function encodeFloat16(from: usize, to: usize, count: usize): void {
  const whole = count & ~3;
  let i: usize = 0;
  for (; i < whole; i += 4) {
    const halves = halvesOfValues(v128.load(from + (i << 2)));
    v128.store64_lane(to + (i << 1), i16x8.narrow_i32x4_u(halves, halves), 0);
  }
  for (; i < count; i++) {
    const halves = halvesOfValues(f32x4.splat(load<f32>(from + (i << 2))));
    store<u16>(to + (i << 1), i32x4.extract_lane(halves, 0) as u16);
  }
}

/**
 * Adding a number whose last place is the float16's rounds to nearest even: for subnormals 0.5,
 * for others by the bits themselves.
 */
function halvesOfValues(values: v128): v128 {
  const magnitude = v128.and(values, i32x4.splat(0x7fffffff));
  const sign = v128.and(i32x4.shr_u(values, 16), i32x4.splat(0x8000));
  const odd = v128.and(i32x4.shr_u(magnitude, 13), i32x4.splat(1));
  const rounded = i32x4.add(i32x4.add(magnitude, i32x4.splat(0xc8000fff)), odd);
  const normal = i32x4.shr_u(rounded, 13);
  const half = f32x4.splat(0.5);
  const subnormal = i32x4.sub(f32x4.add(magnitude, half), half);
  // Infinity from 65520 on; NaN is quiet and keeps the top of its payload.
  const beyond = i32x4.gt_u(magnitude, i32x4.splat(0x477fefff));
  const nan = i32x4.gt_u(magnitude, i32x4.splat(0x7f800000));
  let result = v128.bitselect(subnormal, normal, i32x4.lt_u(magnitude, i32x4.splat(0x38800000)));
  result = v128.bitselect(i32x4.splat(0x7c00), result, beyond);
  result = v128.bitselect(i32x4.splat(0x7e00), result, nan);
  return v128.or(result, sign);
}

/** Values of `count` bfloat16s. */
export function decodeBfloat16(from: usize, to: usize, count: usize): void {
  const whole = count & ~3;
  let i: usize = 0;
  for (; i < whole; i += 4) {
    const bits = i32x4.extend_low_i16x8_u(v128.load64_zero(from + (i << 1)));
    v128.store(to + (i << 2), i32x4.shl(bits, 16));
  }
  for (; i < count; i++) store<u32>(to + (i << 2), (load<u16>(from + (i << 1)) as u32) << 16);
}

/** The bits of the bfloat16s nearest to `count` float32s. */
export function encodeBfloat16(from: usize, to: usize, count: usize): void {
  const whole = count & ~3;
  let i: usize = 0;
  for (; i < whole; i += 4) {
    const halves = bfloatsOfValues(v128.load(from + (i << 2)));
    v128.store64_lane(to + (i << 1), i16x8.narrow_i32x4_u(halves, halves), 0);
  }
  for (; i < count; i++) {
    const halves = bfloatsOfValues(f32x4.splat(load<f32>(from + (i << 2))));
    store<u16>(to + (i << 1), i32x4.extract_lane(halves, 0) as u16);
  }
}

function bfloatsOfValues(values: v128): v128 {
  const odd = v128.and(i32x4.shr_u(values, 16), i32x4.splat(1));
  const rounded = i32x4.shr_u(i32x4.add(i32x4.add(values, i32x4.splat(0x7fff)), odd), 16);
  const sign = v128.and(i32x4.shr_u(values, 16), i32x4.splat(0x8000));
  const quiet = v128.or(sign, i32x4.splat(0x7fc0));
  const nan = i32x4.gt_u(v128.and(values, i32x4.splat(0x7fffffff)), i32x4.splat(0x7f800000));
  return v128.bitselect(quiet, rounded, nan);
}
