/**
 * @file The backward pass per column: the sums that gradients are made of, in double precision, and
 * the input's gradient. All addresses are of bytes.
 */

/** `sums[c] += flow[r, c]` and `dots[c] += flow[r, c] · (x[r, c] - center[c])`, float32 rows. */
export function dotRows(
  x: usize,
  flow: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  center: usize,
  sums: usize,
  dots: usize,
): void {
  const width = stride << 2;
  const length = rows * width;
  let c: usize = 0;
  for (; c + 8 <= columns; c += 8) {
    const to = c << 3;
    const k0 = v128.load(center + to);
    const k1 = v128.load(center + to, 16);
    const k2 = v128.load(center + to, 32);
    const k3 = v128.load(center + to, 48);
    let s0 = v128.load(sums + to);
    let s1 = v128.load(sums + to, 16);
    let s2 = v128.load(sums + to, 32);
    let s3 = v128.load(sums + to, 48);
    let q0 = v128.load(dots + to);
    let q1 = v128.load(dots + to, 16);
    let q2 = v128.load(dots + to, 32);
    let q3 = v128.load(dots + to, 48);
    let p = x + (c << 2);
    let f = flow + (c << 2);
    for (const end = p + length; p < end; p += width) {
      const f0 = f64x2.promote_low_f32x4(v128.load64_zero(f));
      s0 = f64x2.add(s0, f0);
      q0 = f64x2.add(
        q0,
        f64x2.mul(f0, f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p)), k0)),
      );
      const f1 = f64x2.promote_low_f32x4(v128.load64_zero(f, 8));
      s1 = f64x2.add(s1, f1);
      q1 = f64x2.add(
        q1,
        f64x2.mul(f1, f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p, 8)), k1)),
      );
      const f2 = f64x2.promote_low_f32x4(v128.load64_zero(f, 16));
      s2 = f64x2.add(s2, f2);
      q2 = f64x2.add(
        q2,
        f64x2.mul(f2, f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p, 16)), k2)),
      );
      const f3 = f64x2.promote_low_f32x4(v128.load64_zero(f, 24));
      s3 = f64x2.add(s3, f3);
      q3 = f64x2.add(
        q3,
        f64x2.mul(f3, f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p, 24)), k3)),
      );
      f += width;
    }
    v128.store(sums + to, s0);
    v128.store(sums + to, s1, 16);
    v128.store(sums + to, s2, 32);
    v128.store(sums + to, s3, 48);
    v128.store(dots + to, q0);
    v128.store(dots + to, q1, 16);
    v128.store(dots + to, q2, 32);
    v128.store(dots + to, q3, 48);
  }
  for (; c < columns; c++) {
    const to = c << 3;
    const k = load<f64>(center + to);
    let s = load<f64>(sums + to);
    let q = load<f64>(dots + to);
    let p = x + (c << 2);
    let f = flow + (c << 2);
    for (const end = p + length; p < end; p += width) {
      const value = load<f32>(f) as f64;
      s += value;
      q += value * ((load<f32>(p) as f64) - k);
      f += width;
    }
    store<f64>(sums + to, s);
    store<f64>(dots + to, q);
  }
}

/** `dotRows` over planes: a plane is read as rows of 16 columns with 16 sums for each channel. */
export function dotPlanes(
  x: usize,
  flow: usize,
  channels: usize,
  inner: usize,
  center: usize,
  sums: usize,
  dots: usize,
): void {
  const rows = inner >> 4;
  const rest = inner & 15;
  for (let c: usize = 0; c < channels; c++) {
    dotRows(x, flow, rows, 16, 16, center, sums, dots);
    const whole = rows << 6;
    if (rest) dotRows(x + whole, flow + whole, 1, 16, rest, center, sums, dots);
    x += inner << 2;
    flow += inner << 2;
    center += 128;
    sums += 128;
    dots += 128;
  }
}

/**
 * `out = flow * gain + ((x - center) * slope + level)`, float32 rows without gaps between columns;
 * `out` may be `x` or `flow`.
 */
export function slopeRows(
  x: usize,
  flow: usize,
  out: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  center: usize,
  gain: usize,
  slope: usize,
  level: usize,
): void {
  const width = stride << 2;
  const whole = (columns & ~3) << 2;
  const end = columns << 2;
  for (let r: usize = 0; r < rows; r++) {
    let c: usize = 0;
    for (; c < whole; c += 16) {
      const d = f32x4.mul(f32x4.sub(v128.load(x + c), v128.load(center + c)), v128.load(slope + c));
      const via = f32x4.add(d, v128.load(level + c));
      v128.store(out + c, f32x4.add(f32x4.mul(v128.load(flow + c), v128.load(gain + c)), via));
    }
    for (; c < end; c += 4) {
      const d = (load<f32>(x + c) - load<f32>(center + c)) * load<f32>(slope + c);
      const via = d + load<f32>(level + c);
      store<f32>(out + c, load<f32>(flow + c) * load<f32>(gain + c) + via);
    }
    x += width;
    flow += width;
    out += width;
  }
}

/** `slopeRows` over planes, with one center, gain, slope and level for each channel. */
export function slopePlanes(
  x: usize,
  flow: usize,
  out: usize,
  channels: usize,
  inner: usize,
  center: usize,
  gain: usize,
  slope: usize,
  level: usize,
): void {
  const width = inner << 2;
  const whole = width & ~15;
  for (let c: usize = 0; c < channels << 2; c += 4) {
    const k = v128.load32_splat(center + c);
    const g = v128.load32_splat(gain + c);
    const t = v128.load32_splat(slope + c);
    const l = v128.load32_splat(level + c);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      const via = f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + i), k), t), l);
      v128.store(out + i, f32x4.add(f32x4.mul(v128.load(flow + i), g), via));
    }
    for (; i < width; i += 4) {
      const d = (load<f32>(x + i) - load<f32>(center + c)) * load<f32>(slope + c);
      const via = d + load<f32>(level + c);
      store<f32>(out + i, load<f32>(flow + i) * load<f32>(gain + c) + via);
    }
    x += width;
    flow += width;
    out += width;
  }
}
