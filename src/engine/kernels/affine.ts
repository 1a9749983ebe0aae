/**
 * @file The affine transform of each column: `out = (x - center) * scale + offset`, every step
 * rounded to the element type. All addresses are of bytes; `out` may be `x`.
 */

/**
 * Float32 rows, `stride` elements apart. Two rows at a time use each parameter twice, which is
 * worth it while the data come from a cache; from memory rows stream faster one by one.
 */
export function transformRows(
  x: usize,
  out: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  center: usize,
  scale: usize,
  offset: usize,
  paired: bool,
): void {
  const width = stride << 2;
  const whole = (columns & ~7) << 2;
  const pairs = paired ? rows & ~1 : 0;
  for (let r: usize = 0; r < pairs; r += 2) {
    for (let c: usize = 0; c < whole; c += 32) {
      const k0 = v128.load(center + c);
      const k1 = v128.load(center + c, 16);
      const a0 = v128.load(scale + c);
      const a1 = v128.load(scale + c, 16);
      const b0 = v128.load(offset + c);
      const b1 = v128.load(offset + c, 16);
      let p = x + c;
      let q = out + c;
      v128.store(q, f32x4.add(f32x4.mul(f32x4.sub(v128.load(p), k0), a0), b0));
      v128.store(q, f32x4.add(f32x4.mul(f32x4.sub(v128.load(p, 16), k1), a1), b1), 16);
      p += width;
      q += width;
      v128.store(q, f32x4.add(f32x4.mul(f32x4.sub(v128.load(p), k0), a0), b0));
      v128.store(q, f32x4.add(f32x4.mul(f32x4.sub(v128.load(p, 16), k1), a1), b1), 16);
    }
    transformRest(x, out, whole, columns, center, scale, offset);
    transformRest(x + width, out + width, whole, columns, center, scale, offset);
    x += width << 1;
    out += width << 1;
  }
  for (let r = pairs; r < rows; r++) {
    for (let c: usize = 0; c < whole; c += 32) {
      const p = x + c;
      const q = out + c;
      const d0 = f32x4.sub(v128.load(p), v128.load(center + c));
      const d1 = f32x4.sub(v128.load(p, 16), v128.load(center + c, 16));
      v128.store(q, f32x4.add(f32x4.mul(d0, v128.load(scale + c)), v128.load(offset + c)));
      v128.store(
        q,
        f32x4.add(f32x4.mul(d1, v128.load(scale + c, 16)), v128.load(offset + c, 16)),
        16,
      );
    }
    transformRest(x, out, whole, columns, center, scale, offset);
    x += width;
    out += width;
  }
}

/** The columns of one row that fill no pair of vectors, from byte `c` on. */
function transformRest(
  x: usize,
  out: usize,
  c: usize,
  columns: usize,
  center: usize,
  scale: usize,
  offset: usize,
): void {
  const end = columns << 2;
  for (; c < end; c += 4) {
    const d = load<f32>(x + c) - load<f32>(center + c);
    store<f32>(out + c, d * load<f32>(scale + c) + load<f32>(offset + c));
  }
}

/** Float32 planes: `inner` elements of each of the channels, one channel after the other. */
export function transformPlanes(
  x: usize,
  out: usize,
  channels: usize,
  inner: usize,
  center: usize,
  scale: usize,
  offset: usize,
): void {
  const whole = (inner & ~3) << 2;
  const width = inner << 2;
  for (let c: usize = 0; c < channels << 2; c += 4) {
    const k = v128.load32_splat(center + c);
    const a = v128.load32_splat(scale + c);
    const b = v128.load32_splat(offset + c);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      v128.store(out + i, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x + i), k), a), b));
    }
    for (; i < width; i += 4) {
      const d = load<f32>(x + i) - load<f32>(center + c);
      store<f32>(out + i, d * load<f32>(scale + c) + load<f32>(offset + c));
    }
    x += width;
    out += width;
  }
}

/** As `transformRows`, float64. */
export function transformRows64(
  x: usize,
  out: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  center: usize,
  scale: usize,
  offset: usize,
): void {
  const width = stride << 3;
  const whole = (columns & ~1) << 3;
  for (let r: usize = 0; r < rows; r++) {
    let c: usize = 0;
    for (; c < whole; c += 16) {
      const d = f64x2.sub(v128.load(x + c), v128.load(center + c));
      v128.store(out + c, f64x2.add(f64x2.mul(d, v128.load(scale + c)), v128.load(offset + c)));
    }
    if (c < columns << 3) {
      const d = load<f64>(x + c) - load<f64>(center + c);
      store<f64>(out + c, d * load<f64>(scale + c) + load<f64>(offset + c));
    }
    x += width;
    out += width;
  }
}

/** As `transformPlanes`, float64. */
export function transformPlanes64(
  x: usize,
  out: usize,
  channels: usize,
  inner: usize,
  center: usize,
  scale: usize,
  offset: usize,
): void {
  const width = inner << 3;
  const whole = (inner & ~1) << 3;
  for (let c: usize = 0; c < channels << 3; c += 8) {
    const k = v128.load64_splat(center + c);
    const a = v128.load64_splat(scale + c);
    const b = v128.load64_splat(offset + c);
    let i: usize = 0;
    for (; i < whole; i += 16) {
      v128.store(out + i, f64x2.add(f64x2.mul(f64x2.sub(v128.load(x + i), k), a), b));
    }
    if (i < width) {
      const d = load<f64>(x + i) - load<f64>(center + c);
      store<f64>(out + i, d * load<f64>(scale + c) + load<f64>(offset + c));
    }
    x += width;
    out += width;
  }
}
