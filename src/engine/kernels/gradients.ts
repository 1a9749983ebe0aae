/**
 * @file The backward pass per column: the sums that gradients are made of, and the input's
 * gradient. All addresses are of bytes.
 */
import { addWidened, touchRows } from "./moments";

/** Rows whose sums are kept in float32 before they enter the float64 sums. */
const chunk: usize = 16;

/**
 * `sums[c] += flow[r, c]` and `dots[c] += flow[r, c] · (x[r, c] - center[c])` over float32 rows, each
 * chunk of rows in float32, chunks in float64.
 *
 * @param streaming Whether the rows come from memory rather than from a cache.
 */
export function dotRows(
  x: usize,
  flow: usize,
  rows: usize,
  stride: usize,
  columns: usize,
  center: usize,
  sums: usize,
  dots: usize,
  streaming: bool,
): void {
  const width = stride << 2;
  const apart = flow - x;
  const last = x + rows * width;
  // Chunk by chunk, so that memory is read in its order.
  for (; x < last; x += chunk * width) {
    const height = min(last - x, chunk * width);
    if (streaming) {
      touchRows(x, height, width, columns);
      touchRows(x + apart, height, width, columns);
    }
    let c: usize = 0;
    for (; c + 16 <= columns; c += 16) {
      const at = c << 2;
      const k0 = v128.load(center + at);
      const k1 = v128.load(center + at, 16);
      const k2 = v128.load(center + at, 32);
      const k3 = v128.load(center + at, 48);
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
        const f = p + apart;
        const f0 = v128.load(f);
        s0 = f32x4.add(s0, f0);
        q0 = f32x4.add(q0, f32x4.mul(f0, f32x4.sub(v128.load(p), k0)));
        const f1 = v128.load(f, 16);
        s1 = f32x4.add(s1, f1);
        q1 = f32x4.add(q1, f32x4.mul(f1, f32x4.sub(v128.load(p, 16), k1)));
        const f2 = v128.load(f, 32);
        s2 = f32x4.add(s2, f2);
        q2 = f32x4.add(q2, f32x4.mul(f2, f32x4.sub(v128.load(p, 32), k2)));
        const f3 = v128.load(f, 48);
        s3 = f32x4.add(s3, f3);
        q3 = f32x4.add(q3, f32x4.mul(f3, f32x4.sub(v128.load(p, 48), k3)));
      }
      const to = at << 1;
      addWidened(sums + to, s0);
      addWidened(sums + to + 32, s1);
      addWidened(sums + to + 64, s2);
      addWidened(sums + to + 96, s3);
      addWidened(dots + to, q0);
      addWidened(dots + to + 32, q1);
      addWidened(dots + to + 64, q2);
      addWidened(dots + to + 96, q3);
    }
    for (; c < columns; c++) {
      const at = c << 2;
      const k = load<f32>(center + at);
      let s: f32 = 0;
      let q: f32 = 0;
      let p = x + at;
      for (const end = p + height; p < end; p += width) {
        const f = load<f32>(p + apart);
        s += f;
        q += f * (load<f32>(p) - k);
      }
      const to = at << 1;
      store<f64>(sums + to, load<f64>(sums + to) + (s as f64));
      store<f64>(dots + to, load<f64>(dots + to) + (q as f64));
    }
  }
}

/** As `dotRows`, with all sums in float64. */
export function dotRowsExactly(
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
  const apart = flow - x;
  const end = x + rows * width;
  let c: usize = 0;
  for (; c + 2 <= columns; c += 2) {
    const at = c << 2;
    const to = c << 3;
    const k = f64x2.promote_low_f32x4(v128.load64_zero(center + at));
    let s = v128.load(sums + to);
    let q = v128.load(dots + to);
    for (let p = x + at; p < end; p += width) {
      const f = f64x2.promote_low_f32x4(v128.load64_zero(p + apart));
      s = f64x2.add(s, f);
      q = f64x2.add(q, f64x2.mul(f, f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p)), k)));
    }
    v128.store(sums + to, s);
    v128.store(dots + to, q);
  }
  for (; c < columns; c++) {
    const to = c << 3;
    const k = load<f32>(center + (c << 2)) as f64;
    let s = load<f64>(sums + to);
    let q = load<f64>(dots + to);
    for (let p = x + (c << 2); p < end; p += width) {
      const f = load<f32>(p + apart) as f64;
      s += f;
      q += f * ((load<f32>(p) as f64) - k);
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
  exactly: bool,
): void {
  const rows = inner >> 4;
  const rest = inner & 15;
  const whole = rows << 6;
  for (let c: usize = 0; c < channels; c++) {
    if (exactly) {
      dotRowsExactly(x, flow, rows, 16, 16, center, sums, dots);
      if (rest) dotRowsExactly(x + whole, flow + whole, 1, 16, rest, center, sums, dots);
    } else {
      dotRows(x, flow, rows, 16, 16, center, sums, dots, false);
      if (rest) dotRows(x + whole, flow + whole, 1, 16, rest, center, sums, dots, false);
    }
    x += inner << 2;
    flow += inner << 2;
    center += 64;
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
