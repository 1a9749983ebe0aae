/**
 * @file Runs and rows of floats reduced to a number each, in NumPy's order: pairwise along a run, one
 * row upon another otherwise. All addresses and distances of rows are of bytes.
 */

// What is added: the elements themselves, or the squares of their deviations from a center.
class Elements {}
class Squares {}

// How rows are laid upon one another.
class Sum {}
class Greatest {}
class Least {}

/** Below so many elements a run is summed by eight accumulators; above, it is halved. */
const blockSize: usize = 128;
/** Bytes of rows that are folded column by column: few, so that memory is read nearly in order. */
const tileSize: usize = 2048;

function term<T, M>(x: v128, center: v128): v128 {
  if (idof<M>() === idof<Elements>()) return x;
  const deviation = v128.sub<T>(x, center);
  return v128.mul<T>(deviation, deviation);
}

/** `term` of one element. */
function termAt<T, M>(at: usize, center: T): T {
  const x = load<T>(at);
  if (idof<M>() === idof<Elements>()) return x;
  return ((x - center) * (x - center)) as T;
}

function splatted<T>(value: T): v128 {
  return v128.splat<T>(value);
}

/** The sum of a run in NumPy's pairwise order. */
function pairwise<T, M>(x: usize, count: usize, center: T): T {
  if (count > blockSize) {
    const left = (count >> 1) & ~7;
    const first = pairwise<T, M>(x, left, center);
    return (first + pairwise<T, M>(x + left * sizeof<T>(), count - left, center)) as T;
  }
  let sum: T = -0.0 as T;
  let i: usize = 0;
  if (count >= 8) {
    const whole = (count & ~7) * sizeof<T>();
    const middle = splatted<T>(center);
    let s0 = term<T, M>(v128.load(x), middle);
    let s1 = term<T, M>(v128.load(x, 16), middle);
    if (sizeof<T>() === 4) {
      for (i = 32; i < whole; i += 32) {
        s0 = f32x4.add(s0, term<T, M>(v128.load(x + i), middle));
        s1 = f32x4.add(s1, term<T, M>(v128.load(x + i, 16), middle));
      }
      sum = (addLanes32(s0) + addLanes32(s1)) as T;
    } else {
      let s2 = term<T, M>(v128.load(x, 32), middle);
      let s3 = term<T, M>(v128.load(x, 48), middle);
      for (i = 64; i < whole; i += 64) {
        s0 = f64x2.add(s0, term<T, M>(v128.load(x + i), middle));
        s1 = f64x2.add(s1, term<T, M>(v128.load(x + i, 16), middle));
        s2 = f64x2.add(s2, term<T, M>(v128.load(x + i, 32), middle));
        s3 = f64x2.add(s3, term<T, M>(v128.load(x + i, 48), middle));
      }
      sum = (addLanes64(s0) + addLanes64(s1) + (addLanes64(s2) + addLanes64(s3))) as T;
    }
  }
  for (; i < count * sizeof<T>(); i += sizeof<T>()) sum = (sum + termAt<T, M>(x + i, center)) as T;
  return sum;
}

function addLanes32(s: v128): f32 {
  const low = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1);
  return low + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
}

function addLanes64(s: v128): f64 {
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Adds to each of the sums that of a run; runs are `distance` apart. */
function sumRuns<T, M>(
  x: usize,
  runs: usize,
  distance: usize,
  count: usize,
  centers: usize,
  sums: usize,
): void {
  for (let r: usize = 0; r < runs * sizeof<T>(); r += sizeof<T>()) {
    let center: T = 0;
    if (idof<M>() === idof<Squares>()) center = load<T>(centers + r);
    store<T>(sums + r, (load<T>(sums + r) + pairwise<T, M>(x, count, center)) as T);
    x += distance;
  }
}

function fold<T, O>(a: v128, x: v128): v128 {
  if (idof<O>() === idof<Sum>()) return v128.add<T>(a, x);
  // Of equals the first stays, NaN is taken and stays.
  let best = a;
  if (idof<O>() === idof<Greatest>()) best = v128.pmax<T>(a, x);
  else best = v128.pmin<T>(a, x);
  return v128.bitselect(x, best, v128.ne<T>(x, x));
}

function spread<T>(at: usize): v128 {
  return sizeof<T>() === 4 ? v128.load32_splat(at) : v128.load64_splat(at);
}

/** Folds every row into the row at `out`, from the first to the last. */
function foldRows<T, O, M>(
  x: usize,
  rows: usize,
  distance: usize,
  columns: usize,
  centers: usize,
  out: usize,
): void {
  const width = columns * sizeof<T>();
  const end = x + rows * distance;
  const tile = max<usize>(tileSize / max<usize>(width, 1), 4) * distance;
  let k0 = splatted<T>(0);
  let k1 = k0;
  let k2 = k0;
  let k3 = k0;
  for (let top = x; top < end; top += tile) {
    const stop = min(end, top + tile);
    let c: usize = 0;
    for (; c + 64 <= width; c += 64) {
      let s0 = v128.load(out + c);
      let s1 = v128.load(out + c, 16);
      let s2 = v128.load(out + c, 32);
      let s3 = v128.load(out + c, 48);
      if (idof<M>() === idof<Squares>()) {
        k0 = v128.load(centers + c);
        k1 = v128.load(centers + c, 16);
        k2 = v128.load(centers + c, 32);
        k3 = v128.load(centers + c, 48);
      }
      for (let p = top + c; p < stop + c; p += distance) {
        s0 = fold<T, O>(s0, term<T, M>(v128.load(p), k0));
        s1 = fold<T, O>(s1, term<T, M>(v128.load(p, 16), k1));
        s2 = fold<T, O>(s2, term<T, M>(v128.load(p, 32), k2));
        s3 = fold<T, O>(s3, term<T, M>(v128.load(p, 48), k3));
      }
      v128.store(out + c, s0);
      v128.store(out + c, s1, 16);
      v128.store(out + c, s2, 32);
      v128.store(out + c, s3, 48);
    }
    for (; c + 16 <= width; c += 16) {
      let s = v128.load(out + c);
      if (idof<M>() === idof<Squares>()) k0 = v128.load(centers + c);
      for (let p = top + c; p < stop + c; p += distance) {
        s = fold<T, O>(s, term<T, M>(v128.load(p), k0));
      }
      v128.store(out + c, s);
    }
    for (; c < width; c += sizeof<T>()) {
      let s = spread<T>(out + c);
      if (idof<M>() === idof<Squares>()) k0 = spread<T>(centers + c);
      for (let p = top + c; p < stop + c; p += distance) {
        s = fold<T, O>(s, term<T, M>(spread<T>(p), k0));
      }
      if (sizeof<T>() === 4) v128.store32_lane(out + c, s, 0);
      else v128.store64_lane(out + c, s, 0);
    }
  }
}

/** Where the first element that equals a value stands; NaN counts as equal to NaN. */
function firstEqual<T>(x: usize, count: usize, value: T): usize {
  const wanted = splatted<T>(value);
  const nan = v128.any_true(v128.ne<T>(wanted, wanted));
  let i: usize = 0;
  for (; i + 16 <= count * sizeof<T>(); i += 16) {
    const v = v128.load(x + i);
    if (v128.any_true(nan ? v128.ne<T>(v, v) : v128.eq<T>(v, wanted))) break;
  }
  for (; i < count * sizeof<T>(); i += sizeof<T>()) {
    const v = spread<T>(x + i);
    if (v128.any_true(nan ? v128.ne<T>(v, v) : v128.eq<T>(v, wanted))) break;
  }
  return i / sizeof<T>();
}

function best<T, O>(a: v128, x: v128): v128 {
  if (idof<O>() === idof<Greatest>()) return v128.pmax<T>(a, x);
  return v128.pmin<T>(a, x);
}

/** The extreme of a run: NaN where there is one. Of zeros it may be either. */
function extreme<T, O>(x: usize, count: usize): T {
  const width = count * sizeof<T>();
  let m0 = spread<T>(x);
  let m1 = m0;
  let m2 = m0;
  let m3 = m0;
  let nan = v128.ne<T>(m0, m0);
  let i: usize = 0;
  for (; i + 64 <= width; i += 64) {
    const v0 = v128.load(x + i);
    const v1 = v128.load(x + i, 16);
    const v2 = v128.load(x + i, 32);
    const v3 = v128.load(x + i, 48);
    m0 = best<T, O>(m0, v0);
    m1 = best<T, O>(m1, v1);
    m2 = best<T, O>(m2, v2);
    m3 = best<T, O>(m3, v3);
    const n0 = v128.or(v128.ne<T>(v0, v0), v128.ne<T>(v1, v1));
    nan = v128.or(nan, v128.or(n0, v128.or(v128.ne<T>(v2, v2), v128.ne<T>(v3, v3))));
  }
  m0 = best<T, O>(best<T, O>(m0, m1), best<T, O>(m2, m3));
  for (; i < width; i += sizeof<T>()) {
    const v = spread<T>(x + i);
    m0 = best<T, O>(m0, v);
    nan = v128.or(nan, v128.ne<T>(v, v));
  }
  if (v128.any_true(nan)) return NaN as T;
  if (sizeof<T>() === 4) {
    m0 = best<T, O>(
      m0,
      i8x16.shuffle(m0, m0, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11),
    );
  }
  m0 = best<T, O>(m0, i8x16.shuffle(m0, m0, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return v128.extract_lane<T>(m0, 0);
}

function extremesOfRuns<T>(
  x: usize,
  runs: usize,
  count: usize,
  greatest: bool,
  values: usize,
  positions: usize,
): void {
  for (let r: usize = 0; r < runs; r++) {
    const value = greatest ? extreme<T, Greatest>(x, count) : extreme<T, Least>(x, count);
    // Which of the zeros it is, the first one says.
    if (values) {
      const first = value === 0 ? load<T>(x + firstEqual<T>(x, count, value) * sizeof<T>()) : value;
      store<T>(values + r * sizeof<T>(), first);
    } else store<u32>(positions + (r << 2), firstEqual<T>(x, count, value) as u32);
    x += count * sizeof<T>();
  }
}

/**
 * Extremes (`greatest` or least) of runs that follow one another, or, where there is no place for
 * them, their positions: the first of equals, and the first NaN before all.
 */
export function extremesOfRuns32(
  x: usize,
  runs: usize,
  count: usize,
  greatest: bool,
  values: usize,
  positions: usize,
): void {
  extremesOfRuns<f32>(x, runs, count, greatest, values, positions);
}

/** As `extremesOfRuns32`, float64. */
export function extremesOfRuns64(
  x: usize,
  runs: usize,
  count: usize,
  greatest: bool,
  values: usize,
  positions: usize,
): void {
  extremesOfRuns<f64>(x, runs, count, greatest, values, positions);
}

/** `sums[r] += Σ x[r, …]`, or of the squares of deviations where there are centers. */
export function sumRuns32(
  x: usize,
  runs: usize,
  distance: usize,
  count: usize,
  centers: usize,
  sums: usize,
): void {
  if (centers) sumRuns<f32, Squares>(x, runs, distance, count, centers, sums);
  else sumRuns<f32, Elements>(x, runs, distance, count, centers, sums);
}

/** As `sumRuns32`, float64. */
export function sumRuns64(
  x: usize,
  runs: usize,
  distance: usize,
  count: usize,
  centers: usize,
  sums: usize,
): void {
  if (centers) sumRuns<f64, Squares>(x, runs, distance, count, centers, sums);
  else sumRuns<f64, Elements>(x, runs, distance, count, centers, sums);
}

/** `sums[c] += x[r, c]`, row upon row, or the squares of deviations where there are centers. */
export function stackRows32(
  x: usize,
  rows: usize,
  distance: usize,
  columns: usize,
  centers: usize,
  sums: usize,
): void {
  if (centers) foldRows<f32, Sum, Squares>(x, rows, distance, columns, centers, sums);
  else foldRows<f32, Sum, Elements>(x, rows, distance, columns, centers, sums);
}

/** As `stackRows32`, float64. */
export function stackRows64(
  x: usize,
  rows: usize,
  distance: usize,
  columns: usize,
  centers: usize,
  sums: usize,
): void {
  if (centers) foldRows<f64, Sum, Squares>(x, rows, distance, columns, centers, sums);
  else foldRows<f64, Sum, Elements>(x, rows, distance, columns, centers, sums);
}

/** `out[c]` becomes the extreme of itself and column `c`: `greatest` or least. */
export function foldExtremes32(
  x: usize,
  rows: usize,
  distance: usize,
  columns: usize,
  greatest: bool,
  out: usize,
): void {
  if (greatest) foldRows<f32, Greatest, Elements>(x, rows, distance, columns, 0, out);
  else foldRows<f32, Least, Elements>(x, rows, distance, columns, 0, out);
}

/** As `foldExtremes32`, float64. */
export function foldExtremes64(
  x: usize,
  rows: usize,
  distance: usize,
  columns: usize,
  greatest: bool,
  out: usize,
): void {
  if (greatest) foldRows<f64, Greatest, Elements>(x, rows, distance, columns, 0, out);
  else foldRows<f64, Least, Elements>(x, rows, distance, columns, 0, out);
}

/** The sum of int64s, which wraps. */
export function sumIntegers(x: usize, count: usize): i64 {
  let sums = i64x2.splat(0);
  const whole = (count & ~1) << 3;
  let i: usize = 0;
  for (; i < whole; i += 16) sums = i64x2.add(sums, v128.load(x + i));
  let sum = i64x2.extract_lane(sums, 0) + i64x2.extract_lane(sums, 1);
  if (count & 1) sum += load<i64>(x + i);
  return sum;
}

/** How many bytes are not 0. */
export function countNonzero(x: usize, bytes: usize): usize {
  let count: usize = 0;
  let i: usize = 0;
  while (i + 16 <= bytes) {
    // A lane counts to 255.
    const stop = min(bytes & ~15, i + 16 * 255);
    let lanes = i8x16.splat(0);
    for (; i < stop; i += 16) lanes = i8x16.sub(lanes, i8x16.ne(v128.load(x + i), i8x16.splat(0)));
    const words = i16x8.extadd_pairwise_i8x16_u(lanes);
    const sums = i32x4.extadd_pairwise_i16x8_u(words);
    count += i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
    count += i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  }
  for (; i < bytes; i++) count += load<u8>(x + i) ? 1 : 0;
  return count;
}

/** Whether a byte is 0 (`zero`), or whether one is not. */
export function hasByte(x: usize, bytes: usize, zero: bool): bool {
  const none = i8x16.splat(0);
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const v = v128.load(x + i);
    if (zero ? v128.any_true(i8x16.eq(v, none)) : v128.any_true(v)) return true;
  }
  for (; i < bytes; i++) if ((load<u8>(x + i) === 0) === zero) return true;
  return false;
}

/** Whether an element is NaN or infinite. */
function nonFinite<T>(x: usize, count: usize): bool {
  const width = count * sizeof<T>();
  let i: usize = 0;
  for (; i + 64 <= width; i += 64) {
    const v0 = v128.load(x + i);
    const v1 = v128.load(x + i, 16);
    const v2 = v128.load(x + i, 32);
    const v3 = v128.load(x + i, 48);
    const d0 = v128.or(v128.sub<T>(v0, v0), v128.sub<T>(v1, v1));
    if (v128.any_true(v128.or(d0, v128.or(v128.sub<T>(v2, v2), v128.sub<T>(v3, v3))))) return true;
  }
  for (; i < width; i += sizeof<T>()) {
    const value = load<T>(x + i);
    if (value - value !== 0) return true;
  }
  return false;
}

export function nonFinite32(x: usize, count: usize): bool {
  return nonFinite<f32>(x, count);
}

export function nonFinite64(x: usize, count: usize): bool {
  return nonFinite<f64>(x, count);
}
