/**
 * @file Sums of deviations and of their squares over rows of columns: what mean and variance are
 * made of (Chan, Golub & LeVeque, 1983, section 3: shifted data). All addresses are of bytes;
 * `stride` is the distance of two rows in elements.
 */

/** Rows whose sums are kept in float32 before they enter the float64 sums. */
const chunk: usize = 16;

/**
 * `sums[c] += x[r, c] - shift[c]` and `squares[c] += (x[r, c] - shift[c])²` over float32 rows, each
 * chunk of rows in float32, chunks in float64.
 *
 * @param streaming Whether the rows come from memory rather than from a cache.
 */
export function sumRows(
  x: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  shift: usize,
  sums: usize,
  squares: usize,
  streaming: bool,
): void {
  const width = stride << 2;
  const last = x + rows * width;
  // Chunk by chunk, so that memory is read in its order.
  for (; x < last; x += chunk * width) {
    const height = min(last - x, chunk * width);
    if (streaming) touchRows(x, height, width, columns);
    let c: usize = 0;
    for (; c + 16 <= columns; c += 16) {
      const at = c << 2;
      const k0 = v128.load(shift + at);
      const k1 = v128.load(shift + at, 16);
      const k2 = v128.load(shift + at, 32);
      const k3 = v128.load(shift + at, 48);
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let q0 = s0;
      let q1 = s0;
      let q2 = s0;
      let q3 = s0;
      let p = x + at;
      for (const end = p + height; p < end; p += width) {
        const d0 = f32x4.sub(v128.load(p), k0);
        s0 = f32x4.add(s0, d0);
        q0 = f32x4.add(q0, f32x4.mul(d0, d0));
        const d1 = f32x4.sub(v128.load(p, 16), k1);
        s1 = f32x4.add(s1, d1);
        q1 = f32x4.add(q1, f32x4.mul(d1, d1));
        const d2 = f32x4.sub(v128.load(p, 32), k2);
        s2 = f32x4.add(s2, d2);
        q2 = f32x4.add(q2, f32x4.mul(d2, d2));
        const d3 = f32x4.sub(v128.load(p, 48), k3);
        s3 = f32x4.add(s3, d3);
        q3 = f32x4.add(q3, f32x4.mul(d3, d3));
      }
      const to = at << 1;
      addWidened(sums + to, s0);
      addWidened(sums + to + 32, s1);
      addWidened(sums + to + 64, s2);
      addWidened(sums + to + 96, s3);
      addWidened(squares + to, q0);
      addWidened(squares + to + 32, q1);
      addWidened(squares + to + 64, q2);
      addWidened(squares + to + 96, q3);
    }
    for (; c + 4 <= columns; c += 4) {
      const at = c << 2;
      const k = v128.load(shift + at);
      let s = f32x4.splat(0);
      let q = s;
      let p = x + at;
      for (const end = p + height; p < end; p += width) {
        const d = f32x4.sub(v128.load(p), k);
        s = f32x4.add(s, d);
        q = f32x4.add(q, f32x4.mul(d, d));
      }
      addWidened(sums + (at << 1), s);
      addWidened(squares + (at << 1), q);
    }
    for (; c < columns; c++) {
      const at = c << 2;
      const k = load<f32>(shift + at);
      let s: f32 = 0;
      let q: f32 = 0;
      let p = x + at;
      for (const end = p + height; p < end; p += width) {
        const d = load<f32>(p) - k;
        s += d;
        q += d * d;
      }
      const to = at << 1;
      store<f64>(sums + to, load<f64>(sums + to) + (s as f64));
      store<f64>(squares + to, load<f64>(squares + to) + (q as f64));
    }
  }
}

/** As `sumRows` with shifts of 0: the same bits, without the subtractions. */
export function sumRowsAboutZero(
  x: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  sums: usize,
  squares: usize,
  streaming: bool,
): void {
  const width = stride << 2;
  const last = x + rows * width;
  // Chunk by chunk, so that memory is read in its order.
  for (; x < last; x += chunk * width) {
    const height = min(last - x, chunk * width);
    if (streaming) touchRows(x, height, width, columns);
    let c: usize = 0;
    for (; c + 16 <= columns; c += 16) {
      const at = c << 2;
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let q0 = s0;
      let q1 = s0;
      let q2 = s0;
      let q3 = s0;
      let p = x + at;
      for (const end = p + height; p < end; p += width) {
        const d0 = v128.load(p);
        s0 = f32x4.add(s0, d0);
        q0 = f32x4.add(q0, f32x4.mul(d0, d0));
        const d1 = v128.load(p, 16);
        s1 = f32x4.add(s1, d1);
        q1 = f32x4.add(q1, f32x4.mul(d1, d1));
        const d2 = v128.load(p, 32);
        s2 = f32x4.add(s2, d2);
        q2 = f32x4.add(q2, f32x4.mul(d2, d2));
        const d3 = v128.load(p, 48);
        s3 = f32x4.add(s3, d3);
        q3 = f32x4.add(q3, f32x4.mul(d3, d3));
      }
      const to = at << 1;
      addWidened(sums + to, s0);
      addWidened(sums + to + 32, s1);
      addWidened(sums + to + 64, s2);
      addWidened(sums + to + 96, s3);
      addWidened(squares + to, q0);
      addWidened(squares + to + 32, q1);
      addWidened(squares + to + 64, q2);
      addWidened(squares + to + 96, q3);
    }
    for (; c + 4 <= columns; c += 4) {
      const at = c << 2;
      let s = f32x4.splat(0);
      let q = s;
      let p = x + at;
      for (const end = p + height; p < end; p += width) {
        const d = v128.load(p);
        s = f32x4.add(s, d);
        q = f32x4.add(q, f32x4.mul(d, d));
      }
      addWidened(sums + (at << 1), s);
      addWidened(squares + (at << 1), q);
    }
    for (; c < columns; c++) {
      const at = c << 2;
      let s: f32 = 0;
      let q: f32 = 0;
      let p = x + at;
      for (const end = p + height; p < end; p += width) {
        const d = load<f32>(p);
        s += d;
        q += d * d;
      }
      const to = at << 1;
      store<f64>(sums + to, load<f64>(sums + to) + (s as f64));
      store<f64>(squares + to, load<f64>(squares + to) + (q as f64));
    }
  }
}

/** What was read for the sake of reading. */
export let touched: i32 = 0;

/**
 * Reads a word of every cache line: all at once they arrive sooner from memory than one by one
 * while sums wait for each.
 */
export function touchRows(x: usize, height: usize, width: usize, columns: usize): void {
  const length = columns << 2;
  let seen: i32 = 0;
  for (const last = x + height; x < last; x += width) {
    for (let at: usize = 0; at < length; at += 64) seen ^= load<i32>(x + at);
  }
  touched = seen;
}

/** Adds four float32s to the four float64s at an address. */
export function addWidened(to: usize, value: v128): void {
  const high = i8x16.shuffle(
    value,
    value,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
  );
  v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(value)));
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(high)), 16);
}

/** As `sumRows`, with all sums in float64. */
export function sumRowsExactly(
  x: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  shift: usize,
  sums: usize,
  squares: usize,
): void {
  const width = stride << 2;
  const end = x + rows * width;
  const whole = columns & ~7;
  let c: usize = 0;
  for (; c < whole; c += 8) {
    const to = c << 3;
    const from = shift + (c << 2);
    const k0 = f64x2.promote_low_f32x4(v128.load64_zero(from));
    const k1 = f64x2.promote_low_f32x4(v128.load64_zero(from, 8));
    const k2 = f64x2.promote_low_f32x4(v128.load64_zero(from, 16));
    const k3 = f64x2.promote_low_f32x4(v128.load64_zero(from, 24));
    let s0 = v128.load(sums + to);
    let s1 = v128.load(sums + to, 16);
    let s2 = v128.load(sums + to, 32);
    let s3 = v128.load(sums + to, 48);
    let q0 = v128.load(squares + to);
    let q1 = v128.load(squares + to, 16);
    let q2 = v128.load(squares + to, 32);
    let q3 = v128.load(squares + to, 48);
    for (let p = x + (c << 2); p < end; p += width) {
      const d0 = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p)), k0);
      s0 = f64x2.add(s0, d0);
      q0 = f64x2.add(q0, f64x2.mul(d0, d0));
      const d1 = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p, 8)), k1);
      s1 = f64x2.add(s1, d1);
      q1 = f64x2.add(q1, f64x2.mul(d1, d1));
      const d2 = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p, 16)), k2);
      s2 = f64x2.add(s2, d2);
      q2 = f64x2.add(q2, f64x2.mul(d2, d2));
      const d3 = f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p, 24)), k3);
      s3 = f64x2.add(s3, d3);
      q3 = f64x2.add(q3, f64x2.mul(d3, d3));
    }
    v128.store(sums + to, s0);
    v128.store(sums + to, s1, 16);
    v128.store(sums + to, s2, 32);
    v128.store(sums + to, s3, 48);
    v128.store(squares + to, q0);
    v128.store(squares + to, q1, 16);
    v128.store(squares + to, q2, 32);
    v128.store(squares + to, q3, 48);
  }
  for (; c < columns; c++) {
    const to = c << 3;
    const k = load<f32>(shift + (c << 2)) as f64;
    let s = load<f64>(sums + to);
    let q = load<f64>(squares + to);
    for (let p = x + (c << 2); p < end; p += width) {
      const d = (load<f32>(p) as f64) - k;
      s += d;
      q += d * d;
    }
    store<f64>(sums + to, s);
    store<f64>(squares + to, q);
  }
}

/** As `sumRows`, over float64 rows about float64 shifts. */
export function sumRows64(
  x: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  shift: usize,
  sums: usize,
  squares: usize,
): void {
  const width = stride << 3;
  const end = x + rows * width;
  const whole = columns & ~3;
  let c: usize = 0;
  for (; c < whole; c += 4) {
    const to = c << 3;
    const k0 = v128.load(shift + to);
    const k1 = v128.load(shift + to, 16);
    let s0 = v128.load(sums + to);
    let s1 = v128.load(sums + to, 16);
    let q0 = v128.load(squares + to);
    let q1 = v128.load(squares + to, 16);
    for (let p = x + to; p < end; p += width) {
      const d0 = f64x2.sub(v128.load(p), k0);
      s0 = f64x2.add(s0, d0);
      q0 = f64x2.add(q0, f64x2.mul(d0, d0));
      const d1 = f64x2.sub(v128.load(p, 16), k1);
      s1 = f64x2.add(s1, d1);
      q1 = f64x2.add(q1, f64x2.mul(d1, d1));
    }
    v128.store(sums + to, s0);
    v128.store(sums + to, s1, 16);
    v128.store(squares + to, q0);
    v128.store(squares + to, q1, 16);
  }
  for (; c < columns; c++) {
    const to = c << 3;
    const k = load<f64>(shift + to);
    let s = load<f64>(sums + to);
    let q = load<f64>(squares + to);
    for (let p = x + to; p < end; p += width) {
      const d = load<f64>(p) - k;
      s += d;
      q += d * d;
    }
    store<f64>(sums + to, s);
    store<f64>(squares + to, q);
  }
}

/**
 * `means[c]`: the mean of a few float32 rows, summed in float32; 0 where it is not finite. Returns
 * whether every mean is within a standard deviation of 0.
 */
export function meanOfRows(
  x: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  means: usize,
): bool {
  const width = stride << 2;
  const height = rows * width;
  const count = rows as f32;
  const whole = (columns & ~3) << 2;
  let centered = i32x4.splat(-1);
  let c: usize = 0;
  for (; c < whole; c += 16) {
    let sum = f32x4.splat(0);
    let square = sum;
    let p = x + c;
    for (const end = p + height; p < end; p += width) {
      const value = v128.load(p);
      sum = f32x4.add(sum, value);
      square = f32x4.add(square, f32x4.mul(value, value));
    }
    const mean = f32x4.div(sum, f32x4.splat(count));
    v128.store(means + c, v128.and(mean, f32x4.eq(f32x4.sub(mean, mean), f32x4.splat(0))));
    const twice = f32x4.mul(f32x4.add(mean, mean), sum);
    centered = v128.and(centered, f32x4.le(twice, square));
  }
  let all = i32x4.all_true(centered);
  for (; c < columns << 2; c += 4) {
    let sum: f32 = 0;
    let square: f32 = 0;
    let p = x + c;
    for (const end = p + height; p < end; p += width) {
      const value = load<f32>(p);
      sum += value;
      square += value * value;
    }
    const mean = sum / count;
    store<f32>(means + c, mean - mean === 0 ? mean : 0);
    all = all && (mean + mean) * sum <= square;
  }
  return all;
}

/**
 * `sumRows` over planes of `inner` elements, one of each channel after the other: a plane is read
 * as rows of 16 columns, and each channel has 16 shifts, sums and squares.
 */
export function sumPlanes(
  x: usize,
  channels: usize,
  inner: usize,
  shift: usize,
  sums: usize,
  squares: usize,
  exactly: bool,
  centered: bool,
): void {
  const rows = inner >> 4;
  const rest = inner & 15;
  for (let c: usize = 0; c < channels; c++) {
    if (centered) {
      sumRowsAboutZero(x, rows, 16, 16, sums, squares, false);
      if (rest) sumRowsAboutZero(x + (rows << 6), 1, 16, rest, sums, squares, false);
    } else if (exactly) {
      sumRowsExactly(x, rows, 16, 16, shift, sums, squares);
      if (rest) sumRowsExactly(x + (rows << 6), 1, 16, rest, shift, sums, squares);
    } else {
      sumRows(x, rows, 16, 16, shift, sums, squares, false);
      if (rest) sumRows(x + (rows << 6), 1, 16, rest, shift, sums, squares, false);
    }
    x += inner << 2;
    shift += 64;
    sums += 128;
    squares += 128;
  }
}

/** As `sumPlanes`, float64. */
export function sumPlanes64(
  x: usize,
  channels: usize,
  inner: usize,
  shift: usize,
  sums: usize,
  squares: usize,
): void {
  const rows = inner >> 4;
  const rest = inner & 15;
  for (let c: usize = 0; c < channels; c++) {
    sumRows64(x, rows, 16, 16, shift, sums, squares);
    if (rest) sumRows64(x + (rows << 7), 1, 16, rest, shift, sums, squares);
    x += inner << 3;
    shift += 128;
    sums += 128;
    squares += 128;
  }
}
