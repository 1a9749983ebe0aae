/**
 * @file Element by element over rows: `out[r, c] = operation(a[r, c], b[r, c])`. All addresses and
 * distances of rows are of bytes. An operand moves along a row (step 1) or is one number for the
 * whole row (step 0); the rows of one that repeats are 0 bytes apart. `out` may be `a` or `b`.
 *
 * What went wrong comes back as bits: 1 where NaN was made of numbers, 2 where an infinity was made
 * of finite numbers, 4 where it was made by a zero right operand.
 */

/** Bytes that one turn of an inner loop takes of each operand. */
const block: usize = 64;

// The operations: types, so that each has loops of its own.
class Add {}
class Subtract {}
class Multiply {}
class Divide {}
class Maximum {}
class Minimum {}
class Negative {}
class Absolute {}
class SquareRoot {}
class Square {}
class Reciprocal {}
class Sign {}
class Floor {}
class Ceil {}
class Truncate {}
class Nearest {}
class Equal {}
class NotEqual {}
class Less {}
class LessEqual {}
class Greater {}
class GreaterEqual {}
class IsNaN {}
class IsFinite {}
class IsInfinite {}

/** Whether an operation looks at its left operand alone. */
function isUnary<O>(): bool {
  return !(
    idof<O>() === idof<Add>() ||
    idof<O>() === idof<Subtract>() ||
    idof<O>() === idof<Multiply>() ||
    idof<O>() === idof<Divide>() ||
    idof<O>() === idof<Maximum>() ||
    idof<O>() === idof<Minimum>()
  );
}

/** Whether numbers can become NaN or infinite. */
function canFail<O>(): bool {
  return (
    idof<O>() === idof<Add>() ||
    idof<O>() === idof<Subtract>() ||
    idof<O>() === idof<Multiply>() ||
    idof<O>() === idof<Divide>() ||
    idof<O>() === idof<SquareRoot>() ||
    idof<O>() === idof<Square>() ||
    idof<O>() === idof<Reciprocal>()
  );
}

function compute<T, O>(a: v128, b: v128): v128 {
  if (idof<O>() === idof<Add>()) return v128.add<T>(a, b);
  if (idof<O>() === idof<Subtract>()) return v128.sub<T>(a, b);
  if (idof<O>() === idof<Multiply>()) return v128.mul<T>(a, b);
  if (idof<O>() === idof<Divide>()) return v128.div<T>(a, b);
  // Not SIMD's own maximum, which tells zeros apart: of equals the left one stays.
  if (idof<O>() === idof<Maximum>()) {
    return v128.bitselect(a, b, v128.or(v128.ge<T>(a, b), v128.ne<T>(a, a)));
  }
  if (idof<O>() === idof<Minimum>()) {
    return v128.bitselect(a, b, v128.or(v128.le<T>(a, b), v128.ne<T>(a, a)));
  }
  // By the sign bit: SIMD's own are compiled to more.
  if (idof<O>() === idof<Negative>()) return v128.xor(a, v128.splat<T>(-0.0));
  if (idof<O>() === idof<Absolute>()) return v128.andnot(a, v128.splat<T>(-0.0));
  if (idof<O>() === idof<SquareRoot>()) return v128.sqrt<T>(a);
  if (idof<O>() === idof<Square>()) return v128.mul<T>(a, a);
  if (idof<O>() === idof<Reciprocal>()) return v128.div<T>(v128.splat<T>(1), a);
  if (idof<O>() === idof<Sign>()) {
    const zero = v128.splat<T>(0);
    const up = v128.and(v128.gt<T>(a, zero), v128.splat<T>(1));
    const down = v128.and(v128.lt<T>(a, zero), v128.splat<T>(-1));
    return v128.or(v128.or(up, down), v128.and(v128.ne<T>(a, a), a));
  }
  if (idof<O>() === idof<Floor>()) return v128.floor<T>(a);
  if (idof<O>() === idof<Ceil>()) return v128.ceil<T>(a);
  if (idof<O>() === idof<Truncate>()) return v128.trunc<T>(a);
  return v128.nearest<T>(a);
}

/** All bits set where it is true. */
function test<T, O>(a: v128, b: v128): v128 {
  if (idof<O>() === idof<Equal>()) return v128.eq<T>(a, b);
  if (idof<O>() === idof<NotEqual>()) return v128.ne<T>(a, b);
  if (idof<O>() === idof<Less>()) return v128.lt<T>(a, b);
  if (idof<O>() === idof<LessEqual>()) return v128.le<T>(a, b);
  if (idof<O>() === idof<Greater>()) return v128.gt<T>(a, b);
  if (idof<O>() === idof<GreaterEqual>()) return v128.ge<T>(a, b);
  if (idof<O>() === idof<IsNaN>()) return v128.ne<T>(a, a);
  // `b` is infinity.
  if (idof<O>() === idof<IsFinite>()) return v128.lt<T>(v128.abs<T>(a), b);
  return v128.eq<T>(v128.abs<T>(a), b);
}

/** Nonzero bits where a number is NaN or infinite. */
function odd<T>(a: v128): v128 {
  return v128.sub<T>(a, a);
}

function faultsOf<T>(result: v128, a: v128, b: v128): i32 {
  const zero = v128.splat<T>(0);
  const nan = v128.ne<T>(result, result);
  const given = v128.or(v128.ne<T>(a, a), v128.ne<T>(b, b));
  const finite = v128.and(v128.eq<T>(odd<T>(a), zero), v128.eq<T>(odd<T>(b), zero));
  const infinite = v128.andnot(v128.andnot(finite, v128.eq<T>(odd<T>(result), zero)), nan);
  const pole = v128.eq<T>(b, zero);
  return (
    (v128.any_true(v128.andnot(nan, given)) as i32) |
    ((v128.any_true(v128.andnot(infinite, pole)) as i32) << 1) |
    ((v128.any_true(v128.and(infinite, pole)) as i32) << 2)
  );
}

/** One element in every lane. */
function spread<T>(at: usize): v128 {
  return sizeof<T>() === 4 ? v128.load32_splat(at) : v128.load64_splat(at);
}

function storeFirst<T>(at: usize, value: v128): void {
  if (sizeof<T>() === 4) v128.store32_lane(at, value, 0);
  else v128.store64_lane(at, value, 0);
}

/** Fills a block with one element, for an operand that does not move along the row. */
function repeat<T>(to: usize, at: usize): usize {
  const value = spread<T>(at);
  for (let i: usize = 0; i < block; i += 16) v128.store(to + i, value);
  return to;
}

/** So many bytes of a row, each vector looked at for what went wrong; operands as their masks say. */
function computeChecked<T, O>(
  out: usize,
  left: usize,
  right: usize,
  aMask: usize,
  bMask: usize,
  bytes: usize,
): i32 {
  let faults: i32 = 0;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const a = v128.load(left + (i & aMask));
    const b = isUnary<O>() ? a : v128.load(right + (i & bMask));
    const r = compute<T, O>(a, b);
    if (canFail<O>() && v128.any_true(odd<T>(r))) faults |= faultsOf<T>(r, a, b);
    v128.store(out + i, r);
  }
  for (; i < bytes; i += sizeof<T>()) {
    const a = spread<T>(left + (i & aMask));
    const b = isUnary<O>() ? a : spread<T>(right + (i & bMask));
    const r = compute<T, O>(a, b);
    if (canFail<O>() && v128.any_true(odd<T>(r))) faults |= faultsOf<T>(r, a, b);
    storeFirst<T>(out + i, r);
  }
  return faults;
}

/** @param scratch Two blocks. */
function computeRows<T, O>(
  out: usize,
  a: usize,
  b: usize,
  rows: usize,
  columns: usize,
  outRow: usize,
  aRow: usize,
  bRow: usize,
  aStep: usize,
  bStep: usize,
  scratch: usize,
): i32 {
  const width = columns * sizeof<T>();
  const whole = width & ~(block - 1);
  const aMask: usize = aStep ? ~0 : 0;
  const bMask: usize = bStep ? ~0 : 0;
  let faults: i32 = 0;
  for (let row: usize = 0; row < rows; row++) {
    const left = aStep ? a : repeat<T>(scratch, a);
    let right = b;
    if (!isUnary<O>()) right = bStep ? b : repeat<T>(scratch + block, b);
    let i: usize = 0;
    while (i < width) {
      // As long as all goes well.
      for (; i < whole; i += block) {
        const p = left + (i & aMask);
        const q = right + (i & bMask);
        const a0 = v128.load(p);
        const a1 = v128.load(p, 16);
        const a2 = v128.load(p, 32);
        const a3 = v128.load(p, 48);
        const r0 = compute<T, O>(a0, isUnary<O>() ? a0 : v128.load(q));
        const r1 = compute<T, O>(a1, isUnary<O>() ? a1 : v128.load(q, 16));
        const r2 = compute<T, O>(a2, isUnary<O>() ? a2 : v128.load(q, 32));
        const r3 = compute<T, O>(a3, isUnary<O>() ? a3 : v128.load(q, 48));
        if (canFail<O>()) {
          const first = v128.or(odd<T>(r0), odd<T>(r1));
          if (v128.any_true(v128.or(first, v128.or(odd<T>(r2), odd<T>(r3))))) break;
        }
        const to = out + i;
        v128.store(to, r0);
        v128.store(to, r1, 16);
        v128.store(to, r2, 32);
        v128.store(to, r3, 48);
      }
      const bytes = min(block, width - i);
      const p = left + (i & aMask);
      const q = right + (i & bMask);
      faults |= computeChecked<T, O>(out + i, p, q, aMask, bMask, bytes);
      i += bytes;
    }
    out += outRow;
    a += aRow;
    b += bRow;
  }
  return faults;
}

/** Sixteen masks of four bytes, or eight of eight, to bytes of 0 and 1. */
function storeTests<T>(to: usize, m0: v128, m1: v128, m2: v128, m3: v128): void {
  const one = i8x16.splat(1);
  if (sizeof<T>() === 4) {
    const low = i16x8.narrow_i32x4_s(m0, m1);
    const high = i16x8.narrow_i32x4_s(m2, m3);
    v128.store(to, v128.and(i8x16.narrow_i16x8_s(low, high), one));
  } else {
    const low = i8x16.shuffle(m0, m1, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
    const high = i8x16.shuffle(m2, m3, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
    const words = i16x8.narrow_i32x4_s(low, high);
    v128.store64_lane(to, v128.and(i8x16.narrow_i16x8_s(words, words), one), 0);
  }
}

/** As `computeRows`, to bytes of 0 and 1. */
function testRows<T, O>(
  out: usize,
  a: usize,
  b: usize,
  rows: usize,
  columns: usize,
  outRow: usize,
  aRow: usize,
  bRow: usize,
  aStep: usize,
  bStep: usize,
  scratch: usize,
): void {
  const width = columns * sizeof<T>();
  const aMask: usize = aStep ? ~0 : 0;
  const bMask: usize = bStep ? ~0 : 0;
  const whole = width & ~(block - 1);
  for (let row: usize = 0; row < rows; row++) {
    const left = aStep ? a : repeat<T>(scratch, a);
    const right = bStep ? b : repeat<T>(scratch + block, b);
    let i: usize = 0;
    for (; i < whole; i += block) {
      const p = left + (i & aMask);
      const q = right + (i & bMask);
      storeTests<T>(
        out + i / sizeof<T>(),
        test<T, O>(v128.load(p), v128.load(q)),
        test<T, O>(v128.load(p, 16), v128.load(q, 16)),
        test<T, O>(v128.load(p, 32), v128.load(q, 32)),
        test<T, O>(v128.load(p, 48), v128.load(q, 48)),
      );
    }
    for (; i < width; i += sizeof<T>()) {
      const p = left + (i & aMask);
      const q = right + (i & bMask);
      store<u8>(out + i / sizeof<T>(), v128.any_true(test<T, O>(spread<T>(p), spread<T>(q))));
    }
    out += outRow;
    a += aRow;
    b += bRow;
  }
}

function computeTyped<T>(
  operation: i32,
  out: usize,
  a: usize,
  b: usize,
  rows: usize,
  columns: usize,
  outRow: usize,
  aRow: usize,
  bRow: usize,
  aStep: usize,
  bStep: usize,
  scratch: usize,
): i32 {
  // biome-ignore format: one line each.
  switch (operation) {
    case 0: return computeRows<T, Add>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 1: return computeRows<T, Subtract>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 2: return computeRows<T, Multiply>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 3: return computeRows<T, Divide>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 4: return computeRows<T, Maximum>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 5: return computeRows<T, Minimum>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 6: return computeRows<T, Negative>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 7: return computeRows<T, Absolute>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 8: return computeRows<T, SquareRoot>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 9: return computeRows<T, Square>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 10: return computeRows<T, Reciprocal>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 11: return computeRows<T, Sign>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 12: return computeRows<T, Floor>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 13: return computeRows<T, Ceil>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    case 14: return computeRows<T, Truncate>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
    default: return computeRows<T, Nearest>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
  }
}

function testTyped<T>(
  operation: i32,
  out: usize,
  a: usize,
  b: usize,
  rows: usize,
  columns: usize,
  outRow: usize,
  aRow: usize,
  bRow: usize,
  aStep: usize,
  bStep: usize,
  scratch: usize,
): void {
  // biome-ignore format: one line each.
  switch (operation) {
    case 0: testRows<T, Equal>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch); break;
    case 1: testRows<T, NotEqual>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch); break;
    case 2: testRows<T, Less>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch); break;
    case 3: testRows<T, LessEqual>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch); break;
    case 4: testRows<T, Greater>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch); break;
    case 5: testRows<T, GreaterEqual>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch); break;
    case 6: testRows<T, IsNaN>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch); break;
    case 7: testRows<T, IsFinite>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch); break;
    default: testRows<T, IsInfinite>(out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
  }
}

/** The operation by its number, over float32. */
export function computeRows32(
  operation: i32,
  out: usize,
  a: usize,
  b: usize,
  rows: usize,
  columns: usize,
  outRow: usize,
  aRow: usize,
  bRow: usize,
  aStep: usize,
  bStep: usize,
  scratch: usize,
): i32 {
  // biome-ignore format: one line.
  return computeTyped<f32>(operation, out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
}

/** As `computeRows32`, float64. */
export function computeRows64(
  operation: i32,
  out: usize,
  a: usize,
  b: usize,
  rows: usize,
  columns: usize,
  outRow: usize,
  aRow: usize,
  bRow: usize,
  aStep: usize,
  bStep: usize,
  scratch: usize,
): i32 {
  // biome-ignore format: one line.
  return computeTyped<f64>(operation, out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
}

/** The test by its number, over float32; bytes of 0 and 1 come out. */
export function testRows32(
  operation: i32,
  out: usize,
  a: usize,
  b: usize,
  rows: usize,
  columns: usize,
  outRow: usize,
  aRow: usize,
  bRow: usize,
  aStep: usize,
  bStep: usize,
  scratch: usize,
): void {
  testTyped<f32>(operation, out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
}

/** As `testRows32`, float64. */
export function testRows64(
  operation: i32,
  out: usize,
  a: usize,
  b: usize,
  rows: usize,
  columns: usize,
  outRow: usize,
  aRow: usize,
  bRow: usize,
  aStep: usize,
  bStep: usize,
  scratch: usize,
): void {
  testTyped<f64>(operation, out, a, b, rows, columns, outRow, aRow, bRow, aStep, bStep, scratch);
}
