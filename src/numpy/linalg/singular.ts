/**
 * @file Singular values and vectors: bidiagonal form by reflections, then implicit QR steps, in
 * LAPACK's order (dgesdd, dgebrd, dbdsqr).
 */
import { LinAlgError } from "../errors.ts";
import {
  applyReflections,
  identityRows,
  type Reflection,
  type Rows,
  reflectColumns,
  reflectionOf,
  reflectRows,
  rotateColumns,
  rotateRows,
  rotationOf,
  transposeRows,
  triangularize,
  zeroRows,
} from "./householder.ts";

const epsilon = 2 ** -53;
const least = 2 ** -1022;

/** The singular values of `[f g; 0 h]`, the smaller one first (dlas2). */
function singularOfTwo(f: number, g: number, h: number): readonly [number, number] {
  const [fa, ga, ha] = [Math.abs(f), Math.abs(g), Math.abs(h)];
  const [low, high] = [Math.min(fa, ha), Math.max(fa, ha)];
  if (low === 0) return [0, Math.hypot(high, ga)];
  if (ga < high) {
    const [as, at, au] = [1 + low / high, (high - low) / high, (ga / high) ** 2];
    const c = 2 / (Math.sqrt(as * as + au) + Math.sqrt(at * at + au));
    return [low * c, high / c];
  }
  const au = high / ga;
  if (au === 0) return [(low * high) / ga, ga];
  const [as, at] = [1 + low / high, (high - low) / high];
  const c = 1 / (Math.sqrt(1 + (as * au) ** 2) + Math.sqrt(1 + (at * au) ** 2));
  return [2 * (low * c * au), ga / (c + c)];
}

interface TwoByTwo {
  readonly small: number;
  readonly large: number;
  readonly right: readonly [cosine: number, sine: number];
  readonly left: readonly [cosine: number, sine: number];
}

const signOf = (value: number) => (value < 0 || Object.is(value, -0) ? -1 : 1);

/** The singular value decomposition of `[f g; 0 h]` (dlasv2). */
function decomposeTwo(f: number, g: number, h: number): TwoByTwo {
  const swap = Math.abs(h) > Math.abs(f);
  const [ft, ht] = swap ? [h, f] : [f, h];
  const [fa, ha, ga] = [Math.abs(ft), Math.abs(ht), Math.abs(g)];
  const largest = swap ? 3 : 1;
  let biggest = largest;
  let [small, large] = [ha, fa];
  let [clt, crt, slt, srt] = [1, 1, 0, 0];
  if (ga !== 0) {
    let ordinary = true;
    if (ga > fa) {
      biggest = 2;
      if (fa / ga < epsilon) {
        ordinary = false;
        large = ga;
        small = ha > 1 ? fa / (ga / ha) : (fa / ga) * ha;
        [clt, slt, srt, crt] = [1, ht / g, 1, ft / g];
      }
    }
    if (ordinary) {
      const d = fa - ha;
      const l = d === fa ? 1 : d / fa;
      const m = g / ft;
      const t = 2 - l;
      const [mm, tt] = [m * m, t * t];
      const s = Math.sqrt(tt + mm);
      const r = l === 0 ? Math.abs(m) : Math.sqrt(l * l + mm);
      const a = 0.5 * (s + r);
      small = ha / a;
      large = fa * a;
      const slope =
        mm === 0
          ? l === 0
            ? 2 * signOf(ft) * signOf(g)
            : g / (Math.abs(d) * signOf(ft)) + m / t
          : (m / (s + t) + m / (r + l)) * (1 + a);
      const size = Math.sqrt(slope * slope + 4);
      crt = 2 / size;
      srt = slope / size;
      clt = (crt + srt * m) / a;
      slt = ((ht / ft) * srt) / a;
    }
  }
  const [csl, snl, csr, snr] = swap ? [srt, crt, slt, clt] : [clt, slt, crt, srt];
  let sign = signOf(csr) * signOf(csl) * signOf(f);
  if (biggest === 2) sign = signOf(snr) * signOf(csl) * signOf(g);
  if (biggest === 3) sign = signOf(snr) * signOf(snl) * signOf(h);
  return {
    large: Math.abs(large) * sign,
    small: Math.abs(small) * sign * signOf(f) * signOf(h),
    right: [csr, snr],
    left: [csl, snl],
  };
}

/** Diagonalizes an upper bidiagonal matrix, turning rows of `vt` and columns of `u` with it. */
function diagonalize(d: Float64Array, e: Float64Array, vt: Rows, u: Rows): void {
  const n = d.length;
  const tolerance = Math.max(10, Math.min(100, epsilon ** -0.125)) * epsilon;
  let floor = Math.abs(d[0]);
  let mu = floor;
  for (let i = 1; i < n && floor > 0; i++) {
    mu = Math.abs(d[i]) * (mu / (mu + Math.abs(e[i - 1])));
    floor = Math.min(floor, mu);
  }
  const threshold = Math.max((tolerance * floor) / Math.sqrt(n), 6 * n * n * least);
  let [oldLow, oldHigh, downwards] = [-1, -1, true];
  let high = n - 1;
  for (let steps = 0; high > 0; steps++) {
    if (steps > 6 * n * n) throw new LinAlgError("SVD did not converge");
    let greatest = Math.abs(d[high]);
    let low = high - 1;
    for (; low >= 0; low--) {
      if (Math.abs(e[low]) <= threshold) break;
      greatest = Math.max(greatest, Math.abs(d[low]), Math.abs(e[low]));
    }
    if (low >= 0) {
      e[low] = 0;
      if (low === high - 1) {
        high--;
        continue;
      }
    }
    low++;
    if (low === high - 1) {
      const { large, small, right, left } = decomposeTwo(d[low], e[low], d[high]);
      [d[low], e[low], d[high]] = [large, 0, small];
      rotateRows(vt, low, high, ...right);
      rotateColumns(u, low, high, ...left);
      high -= 2;
      continue;
    }
    if (low > oldHigh || high < oldLow) downwards = Math.abs(d[low]) >= Math.abs(d[high]);
    const smallest = deflate(d, e, low, high, downwards, tolerance);
    if (smallest === null) continue;
    [oldLow, oldHigh] = [low, high];
    let shift = 0;
    if (n * tolerance * (smallest / greatest) > Math.max(epsilon, 0.01 * tolerance)) {
      const first = Math.abs(downwards ? d[low] : d[high]);
      [shift] = downwards
        ? singularOfTwo(d[high - 1], e[high - 1], d[high])
        : singularOfTwo(d[low], e[low], d[low + 1]);
      if (first > 0 && (shift / first) ** 2 < epsilon) shift = 0;
    }
    const step = { d, e, vt, u, low, high };
    if (downwards) chaseDown(step, shift);
    else chaseUp(step, shift);
    const edge = downwards ? high - 1 : low;
    if (Math.abs(e[edge]) <= threshold) e[edge] = 0;
  }
}

/** A bound below the singular values between two places; null where an element was dropped. */
function deflate(
  d: Float64Array,
  e: Float64Array,
  low: number,
  high: number,
  downwards: boolean,
  tolerance: number,
): number | null {
  const end = downwards ? high - 1 : low;
  if (Math.abs(e[end]) <= tolerance * Math.abs(downwards ? d[high] : d[low])) {
    e[end] = 0;
    return null;
  }
  let mu = Math.abs(downwards ? d[low] : d[high]);
  let smallest = mu;
  for (let step = 0; step < high - low; step++) {
    const i = downwards ? low + step : high - 1 - step;
    if (Math.abs(e[i]) <= tolerance * mu) {
      e[i] = 0;
      return null;
    }
    mu = Math.abs(downwards ? d[i + 1] : d[i]) * (mu / (mu + Math.abs(e[i])));
    smallest = Math.min(smallest, mu);
  }
  return smallest;
}

interface Chase {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly vt: Rows;
  readonly u: Rows;
  readonly low: number;
  readonly high: number;
}

function chaseDown({ d, e, vt, u, low, high }: Chase, shift: number): void {
  if (shift === 0) {
    let [c, s, oldC, oldS, r] = [1, 0, 1, 0, 0];
    for (let i = low; i < high; i++) {
      [c, s, r] = rotationOf(d[i] * c, e[i]);
      if (i > low) e[i - 1] = oldS * r;
      [oldC, oldS, d[i]] = rotationOf(oldC * r, d[i + 1] * s);
      rotateRows(vt, i, i + 1, c, s);
      rotateColumns(u, i, i + 1, oldC, oldS);
    }
    const h = d[high] * c;
    d[high] = h * oldC;
    e[high - 1] = h * oldS;
    return;
  }
  let f = (Math.abs(d[low]) - shift) * (signOf(d[low]) + shift / d[low]);
  let g = e[low];
  for (let i = low; i < high; i++) {
    let [c, s, r] = rotationOf(f, g);
    if (i > low) e[i - 1] = r;
    f = c * d[i] + s * e[i];
    e[i] = c * e[i] - s * d[i];
    g = s * d[i + 1];
    d[i + 1] *= c;
    rotateRows(vt, i, i + 1, c, s);
    [c, s, r] = rotationOf(f, g);
    d[i] = r;
    f = c * e[i] + s * d[i + 1];
    d[i + 1] = c * d[i + 1] - s * e[i];
    if (i < high - 1) {
      g = s * e[i + 1];
      e[i + 1] *= c;
    }
    rotateColumns(u, i, i + 1, c, s);
  }
  e[high - 1] = f;
}

function chaseUp({ d, e, vt, u, low, high }: Chase, shift: number): void {
  if (shift === 0) {
    let [c, s, oldC, oldS, r] = [1, 0, 1, 0, 0];
    for (let i = high; i > low; i--) {
      [c, s, r] = rotationOf(d[i] * c, e[i - 1]);
      if (i < high) e[i] = oldS * r;
      [oldC, oldS, d[i]] = rotationOf(oldC * r, d[i - 1] * s);
      rotateColumns(u, i - 1, i, c, -s);
      rotateRows(vt, i - 1, i, oldC, -oldS);
    }
    const h = d[low] * c;
    d[low] = h * oldC;
    e[low] = h * oldS;
    return;
  }
  let f = (Math.abs(d[high]) - shift) * (signOf(d[high]) + shift / d[high]);
  let g = e[high - 1];
  for (let i = high; i > low; i--) {
    let [c, s, r] = rotationOf(f, g);
    if (i < high) e[i] = r;
    f = c * d[i] + s * e[i - 1];
    e[i - 1] = c * e[i - 1] - s * d[i];
    g = s * d[i - 1];
    d[i - 1] *= c;
    rotateColumns(u, i - 1, i, c, -s);
    [c, s, r] = rotationOf(f, g);
    d[i] = r;
    f = c * e[i - 1] + s * d[i - 1];
    d[i - 1] = c * d[i - 1] - s * e[i - 1];
    if (i > low + 1) {
      g = s * e[i - 2];
      e[i - 2] *= c;
    }
    rotateRows(vt, i - 1, i, c, -s);
  }
  e[low] = f;
}

interface Decomposition {
  readonly u: Rows;
  readonly values: Float64Array;
  readonly vt: Rows;
}

interface Bidiagonal {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly left: readonly Reflection[];
  readonly right: readonly Reflection[];
}

/** The upper bidiagonal form of a matrix with at least as many rows as columns (dgebrd). */
function bidiagonalize(matrix: Rows): Bidiagonal {
  const a = matrix.map((row) => row.slice());
  const [m, n] = [a.length, a[0].length];
  const left: Reflection[] = [];
  const right: Reflection[] = [];
  const d = new Float64Array(n);
  const e = new Float64Array(Math.max(n - 1, 0));
  for (let k = 0; k < n; k++) {
    const down = reflectionOf(Float64Array.from({ length: m - k }, (_, i) => a[k + i][k]));
    d[k] = down.beta;
    reflectRows(a, down, k, k + 1);
    left.push(down);
    if (k >= n - 1) continue;
    const across = reflectionOf(a[k].slice(k + 1));
    e[k] = across.beta;
    reflectColumns(a, across, k + 1, k + 1);
    right.push(across);
  }
  return { d, e, left, right };
}

/** Makes the values positive and falling; their vectors follow. */
function arrange(d: Float64Array, u: Rows, vt: Rows): void {
  for (let i = 0; i < d.length; i++) {
    if (d[i] >= 0) continue;
    d[i] = -d[i];
    for (let j = 0; j < d.length; j++) vt[i][j] = -vt[i][j];
  }
  for (let end = d.length - 1; end > 0; end--) {
    let lowest = 0;
    for (let j = 1; j <= end; j++) if (d[j] <= d[lowest]) lowest = j;
    if (lowest === end) continue;
    [d[lowest], d[end]] = [d[end], d[lowest]];
    [vt[lowest], vt[end]] = [vt[end], vt[lowest]];
    for (const row of u) [row[lowest], row[end]] = [row[end], row[lowest]];
  }
}

/** A square matrix in the corner of one with more rows, and reflections applied to it. */
function extended(
  inner: Rows,
  rows: number,
  full: boolean,
  reflections: readonly Reflection[],
): Rows {
  const n = inner.length;
  const result = identityRows(rows, full ? rows : n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) result[i][j] = inner[i][j];
  applyReflections(reflections, result);
  return result;
}

/** At least as many rows as columns. */
function decomposeTall(matrix: Rows, full: boolean): Decomposition {
  const { d, e, left, right } = bidiagonalize(matrix);
  const n = d.length;
  const [u, vt] = [identityRows(n), identityRows(n)];
  diagonalize(d, e, vt, u);
  arrange(d, u, vt);
  for (let k = right.length - 1; k >= 0; k--) reflectColumns(vt, right[k], 0, k + 1);
  return { u: extended(u, matrix.length, full, left), values: d, vt };
}

/** More columns than rows: a lower bidiagonal form, turned into an upper one. */
function decomposeWide(matrix: Rows, full: boolean): Decomposition {
  const columns = matrix[0].length;
  const { d, e, left, right } = bidiagonalize(transposeRows(matrix));
  const m = d.length;
  const rotations: [number, number][] = [];
  for (let i = 0; i < m - 1; i++) {
    const [c, s, r] = rotationOf(d[i], e[i]);
    d[i] = r;
    e[i] = s * d[i + 1];
    d[i + 1] *= c;
    rotations.push([c, s]);
  }
  const [u, vt] = [identityRows(m), identityRows(m)];
  diagonalize(d, e, vt, u);
  arrange(d, u, vt);
  for (let i = m - 2; i >= 0; i--) rotateRows(u, i, i + 1, rotations[i][0], -rotations[i][1]);
  applyReflections(right, u, 1);
  return { u, values: d, vt: transposeRows(extended(transposeRows(vt), columns, full, left)) };
}

/**
 * `matrix = u diag(values) vt`: square factors where `full`, else only as many vectors as there
 * are values. A matrix much longer one way than the other is brought to triangular form first, as
 * LAPACK does.
 */
export function singularDecomposition(matrix: Rows, full: boolean): Decomposition {
  const [m, n] = [matrix.length, matrix[0]?.length ?? 0];
  const count = Math.min(m, n);
  if (count === 0) {
    return {
      u: full ? identityRows(m) : zeroRows(m, 0),
      values: new Float64Array(0),
      vt: full ? identityRows(n) : zeroRows(0, n),
    };
  }
  if (matrix.some((row) => row.some((value) => !Number.isFinite(value)))) {
    throw new LinAlgError("SVD did not converge");
  }
  const much = Math.max(m, n) >= Math.trunc((count * 11) / 6) && m !== n;
  if (!much) return m >= n ? decomposeTall(matrix, full) : decomposeWide(matrix, full);
  const a = m > n ? matrix.map((row) => row.slice()) : transposeRows(matrix);
  const reflections = triangularize(a);
  const triangle = a.slice(0, count);
  if (m > n) {
    const { u, values, vt } = decomposeTall(triangle, true);
    return { u: extended(u, m, full, reflections), values, vt };
  }
  const { u, values, vt } = decomposeTall(transposeRows(triangle), true);
  const wide = extended(transposeRows(vt), n, full, reflections);
  return { u, values, vt: transposeRows(wide) };
}
