/**
 * @file Eigenvalues and eigenvectors of symmetric matrices: tridiagonal form by reflections, then
 * implicit QL or QR steps, in LAPACK's order (dsytd2, dsteqr).
 */
import { pollHost } from "../../engine/index.ts";
import { LinAlgError } from "../errors.ts";
import {
  applyReflections,
  identityRows,
  type Reflection,
  type Rows,
  reflectionOf,
  rotateColumns,
  rotationOf,
} from "./householder.ts";

const epsilon = 2 ** -53;
const least = 2 ** -1022;
/** Rows between two polls. */
const polledRows = 64;

/** Brings the lower triangle of a symmetric matrix to tridiagonal form. */
function tridiagonalize(a: Rows): { d: Float64Array; e: Float64Array; reflections: Reflection[] } {
  const n = a.length;
  const d = new Float64Array(n);
  const e = new Float64Array(Math.max(n - 1, 0));
  const reflections: Reflection[] = [];
  for (let k = 0; k < n - 1; k++) {
    const count = n - k - 1;
    const reflection = reflectionOf(
      Float64Array.from({ length: count }, (_, i) => a[k + 1 + i][k]),
    );
    const { vector, tau, beta } = reflection;
    e[k] = beta;
    if (tau !== 0) {
      const at = (i: number, j: number) =>
        i >= j ? a[k + 1 + i][k + 1 + j] : a[k + 1 + j][k + 1 + i];
      const w = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        if (i % polledRows === 0) pollHost(k / n);
        for (let j = 0; j < count; j++) w[i] += at(i, j) * vector[j];
        w[i] *= tau;
      }
      let product = 0;
      for (let i = 0; i < count; i++) product += w[i] * vector[i];
      for (let i = 0; i < count; i++) w[i] -= 0.5 * tau * product * vector[i];
      for (let i = 0; i < count; i++) {
        for (let j = 0; j <= i; j++) {
          a[k + 1 + i][k + 1 + j] -= vector[i] * w[j] + w[i] * vector[j];
        }
      }
    }
    d[k] = a[k][k];
    reflections.push(reflection);
  }
  if (n > 0) d[n - 1] = a[n - 1][n - 1];
  return { d, e, reflections };
}

/** The eigenvalues of `[a b; b c]`, the larger in size first, and the first one's vector (dlaev2). */
function eigenOfTwo(a: number, b: number, c: number): readonly [number, number, number, number] {
  const [sum, difference, twice] = [a + c, a - c, b + b];
  const root = Math.hypot(difference, twice);
  const [most, fewest] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a];
  let [first, second, sign] = [0.5 * root, -0.5 * root, 1];
  if (sum !== 0) {
    sign = sum < 0 ? -1 : 1;
    first = 0.5 * (sum + sign * root);
    second = (most / first) * fewest - (b / first) * b;
  }
  const side = difference >= 0 ? 1 : -1;
  const cs = difference + side * root;
  let [c1, s1] = [1, 0];
  if (Math.abs(cs) > Math.abs(twice)) {
    const ct = -twice / cs;
    s1 = 1 / Math.sqrt(1 + ct * ct);
    c1 = ct * s1;
  } else if (twice !== 0) {
    const tn = -cs / twice;
    c1 = 1 / Math.sqrt(1 + tn * tn);
    s1 = tn * c1;
  }
  if (sign === side) [c1, s1] = [-s1, c1];
  return [first, second, c1, s1];
}

/** Diagonalizes a tridiagonal matrix, and turns the columns of `z` along with it (dsteqr). */
function diagonalize(d: Float64Array, e: Float64Array, z: Rows): void {
  const n = d.length;
  let steps = 0;
  for (let from = 0; from < n; ) {
    if (from > 0) e[from - 1] = 0;
    let m = from;
    for (; m < n - 1; m++) {
      const size = Math.abs(e[m]);
      if (size <= Math.sqrt(Math.abs(d[m])) * Math.sqrt(Math.abs(d[m + 1])) * epsilon) {
        e[m] = 0;
        break;
      }
    }
    let [l, end] = [from, m];
    const [start, last] = [from, m];
    from = m + 1;
    if (start === last) continue;
    if (Math.abs(d[end]) < Math.abs(d[l])) [l, end] = [last, start];
    const towards = end > l ? 1 : -1;
    // QL steps chase from below, QR steps from above: the same with the order reversed.
    const off = (i: number) => (towards > 0 ? i : i - 1);
    while (towards > 0 ? l <= end : l >= end) {
      let split = l;
      for (; split !== end; split += towards) {
        const size = e[off(split)] ** 2;
        const bound = epsilon * epsilon * Math.abs(d[split]) * Math.abs(d[split + towards]);
        if (size <= bound + least) break;
      }
      if (split !== end) e[off(split)] = 0;
      if (split === l) {
        l += towards;
        continue;
      }
      if (split === l + towards) {
        const [low, high] = towards > 0 ? [l, l + 1] : [l - 1, l];
        const [first, second, c, s] = eigenOfTwo(d[low], e[low], d[high]);
        rotateColumns(z, low, high, c, s);
        [d[low], d[high], e[low]] = [first, second, 0];
        l += 2 * towards;
        continue;
      }
      if (steps++ >= 30 * n) throw new LinAlgError("Eigenvalues did not converge");
      implicitStep(d, e, z, l, split, towards);
    }
    // What split off is looked at again until nothing is left of it.
    for (let i = start; i < last; i++) {
      if (e[i] !== 0) {
        from = start;
        break;
      }
    }
  }
}

/** One implicit step with Wilkinson's shift, between `l` and `m`. */
function implicitStep(
  d: Float64Array,
  e: Float64Array,
  z: Rows,
  l: number,
  m: number,
  towards: number,
): void {
  const off = (i: number) => (towards > 0 ? i : i - 1);
  let g = (d[l + towards] - d[l]) / (2 * e[off(l)]);
  let r = Math.hypot(g, 1);
  g = d[m] - d[l] + e[off(l)] / (g + (g < 0 ? -r : r));
  let [c, s, p] = [1, 1, 0];
  const rotations: [number, number, number][] = [];
  for (let i = m - towards; towards > 0 ? i >= l : i <= l; i -= towards) {
    const f = s * e[off(i)];
    const b = c * e[off(i)];
    [c, s, r] = rotationOf(g, f);
    if (i !== m - towards) e[off(i + towards)] = r;
    g = d[i + towards] - p;
    r = (d[i] - g) * s + 2 * c * b;
    p = s * r;
    d[i + towards] = g + p;
    g = c * r - b;
    rotations.push([towards > 0 ? i : i - 1, c, towards > 0 ? -s : s]);
  }
  for (const [column, cosine, sine] of rotations) {
    rotateColumns(z, column, column + 1, cosine, sine);
  }
  d[l] -= p;
  e[off(l)] = g;
}

/** Eigenvalues in rising order, and their vectors as columns, of a matrix's lower triangle. */
export function symmetricEigen(matrix: Rows): { values: Float64Array; vectors: Rows } {
  const a = matrix.map((row) => row.slice());
  const n = a.length;
  const { d, e, reflections } = tridiagonalize(a);
  const z = identityRows(n);
  diagonalize(d, e, z);
  for (let i = 0; i < n - 1; i++) {
    let k = i;
    for (let j = i + 1; j < n; j++) if (d[j] < d[k]) k = j;
    if (k === i) continue;
    [d[i], d[k]] = [d[k], d[i]];
    for (const row of z) [row[i], row[k]] = [row[k], row[i]];
  }
  applyReflections(reflections, z, 1);
  return { values: d, vectors: z };
}
