/**
 * @file The least and greatest value of each column. All addresses are of bytes; `stride` is the
 * distance of two rows in elements.
 */

/** `low[c] = min(low[c], x[r, c])` and `high[c] = max(…)` over float32 rows; NaN is passed over. */
export function extremesOfRows(
  x: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  low: usize,
  high: usize,
): void {
  const width = stride << 2;
  const end = x + rows * width;
  let c: usize = 0;
  for (; c + 16 <= columns; c += 16) {
    const at = c << 2;
    let l0 = v128.load(low + at);
    let l1 = v128.load(low + at, 16);
    let l2 = v128.load(low + at, 32);
    let l3 = v128.load(low + at, 48);
    let h0 = v128.load(high + at);
    let h1 = v128.load(high + at, 16);
    let h2 = v128.load(high + at, 32);
    let h3 = v128.load(high + at, 48);
    for (let p = x + at; p < end; p += width) {
      const v0 = v128.load(p);
      const v1 = v128.load(p, 16);
      const v2 = v128.load(p, 32);
      const v3 = v128.load(p, 48);
      l0 = f32x4.pmin(l0, v0);
      h0 = f32x4.pmax(h0, v0);
      l1 = f32x4.pmin(l1, v1);
      h1 = f32x4.pmax(h1, v1);
      l2 = f32x4.pmin(l2, v2);
      h2 = f32x4.pmax(h2, v2);
      l3 = f32x4.pmin(l3, v3);
      h3 = f32x4.pmax(h3, v3);
    }
    v128.store(low + at, l0);
    v128.store(low + at, l1, 16);
    v128.store(low + at, l2, 32);
    v128.store(low + at, l3, 48);
    v128.store(high + at, h0);
    v128.store(high + at, h1, 16);
    v128.store(high + at, h2, 32);
    v128.store(high + at, h3, 48);
  }
  for (; c < columns; c++) {
    const at = c << 2;
    let l = load<f32>(low + at);
    let h = load<f32>(high + at);
    for (let p = x + at; p < end; p += width) {
      const value = load<f32>(p);
      if (value < l) l = value;
      if (value > h) h = value;
    }
    store<f32>(low + at, l);
    store<f32>(high + at, h);
  }
}

/** `extremesOfRows` over planes: one least and one greatest value of each channel. */
export function extremesOfPlanes(
  x: usize,
  channels: usize,
  inner: usize,
  low: usize,
  high: usize,
): void {
  const width = inner << 2;
  const whole = width & ~15;
  for (let c: usize = 0; c < channels << 2; c += 4) {
    let l = load<f32>(low + c);
    let h = load<f32>(high + c);
    let lows = f32x4.splat(l);
    let highs = f32x4.splat(h);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      const value = v128.load(x + i);
      lows = f32x4.pmin(lows, value);
      highs = f32x4.pmax(highs, value);
    }
    l = least(lows);
    h = greatest(highs);
    for (; i < width; i += 4) {
      const value = load<f32>(x + i);
      if (value < l) l = value;
      if (value > h) h = value;
    }
    store<f32>(low + c, l);
    store<f32>(high + c, h);
    x += width;
  }
}

function least(values: v128): f32 {
  const pairs = f32x4.pmin(
    values,
    i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
  );
  return min(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

function greatest(values: v128): f32 {
  const pairs = f32x4.pmax(
    values,
    i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
  );
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}
