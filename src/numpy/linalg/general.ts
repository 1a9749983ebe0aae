/**
 * @file Real eigenvalues and eigenvectors of any square matrix, in LAPACK's order: balancing
 * (dgebal), Hessenberg form (dgehrd), double-shift QR steps (dlahqr), back-substitution (dtrevc).
 */
import { EngineError, pollHost } from "../../engine/index.ts";
import { LinAlgError } from "../errors.ts";
import {
  applyReflections,
  identityRows,
  lengthOf,
  type Reflection,
  type Rows,
  reflectColumns,
  reflectionOf,
  reflectRows,
  rotateColumns,
} from "./householder.ts";

const ulp = 2 ** -52;
const least = 2 ** -1022;
/** Rows between two polls. */
const polledRows = 64;

interface Balance {
  /** Between these nothing is isolated. */
  readonly low: number;
  readonly high: number;
  /** Of each row: its scale between, its exchange partner elsewhere. */
  readonly scale: Float64Array;
}

function exchange(a: Rows, i: number, j: number, from: number, to: number): void {
  if (i === j) return;
  for (let row = 0; row <= to; row++) [a[row][i], a[row][j]] = [a[row][j], a[row][i]];
  for (let column = from; column < a.length; column++) {
    [a[i][column], a[j][column]] = [a[j][column], a[i][column]];
  }
}

/** Moves isolated eigenvalues to the corners, and evens out rows and columns between. */
function balance(a: Rows): Balance {
  const n = a.length;
  const scale = new Float64Array(n).fill(1);
  let [low, high] = [0, n - 1];
  const alone = (from: number, isZero: (other: number) => boolean, skip: number) => {
    for (let other = from; other <= high; other++) {
      if (other !== skip && !isZero(other)) return false;
    }
    return true;
  };
  for (let found = true; found; ) {
    found = false;
    for (let i = high; i >= 0; i--) {
      if (!alone(0, (j) => a[i][j] === 0, i)) continue;
      scale[high] = i;
      exchange(a, i, high, low, high);
      found = true;
      if (high === 0) return { low: 0, high: 0, scale };
      high--;
    }
  }
  for (let found = true; found; ) {
    found = false;
    for (let j = low; j <= high; j++) {
      if (!alone(low, (i) => a[i][j] === 0, j)) continue;
      scale[low] = j;
      exchange(a, j, low, low, high);
      found = true;
      low++;
    }
  }
  for (let i = low; i <= high; i++) scale[i] = 1;
  for (let found = true; found; ) {
    found = false;
    for (let i = low; i <= high; i++) {
      if (i % polledRows === 0) pollHost();
      let c = lengthOf(Float64Array.from({ length: high - low + 1 }, (_, k) => a[low + k][i]));
      let r = lengthOf(a[i].slice(low, high + 1));
      if (c === 0 || r === 0) continue;
      const sum = c + r;
      let f = 1;
      while (c < r / 2) [f, c, r] = [f * 2, c * 2, r / 2];
      while (c / 2 >= r) [f, c, r] = [f / 2, c / 2, r * 2];
      if (c + r >= 0.95 * sum) continue;
      scale[i] *= f;
      found = true;
      for (let column = low; column < n; column++) a[i][column] /= f;
      for (let row = 0; row <= high; row++) a[row][i] *= f;
    }
  }
  return { low, high, scale };
}

/** The orthogonal matrix that brings `a` to Hessenberg form, which `a` then has. */
function toHessenberg(a: Rows, low: number, high: number): Rows {
  const z = identityRows(a.length);
  const reflections: Reflection[] = [];
  for (let k = low; k < high - 1; k++) {
    const column = Float64Array.from({ length: high - k }, (_, i) => a[k + 1 + i][k]);
    const reflection = reflectionOf(column);
    reflections.push(reflection);
    a[k + 1][k] = reflection.beta;
    for (let i = k + 2; i <= high; i++) a[i][k] = 0;
    const upper = a.slice(0, high + 1);
    reflectColumns(upper, reflection, 0, k + 1);
    reflectRows(a, reflection, k + 1, k + 1);
  }
  applyReflections(reflections, z, low + 1);
  return z;
}

/** Standardizes a 2×2 block: upper triangular where its eigenvalues are real (dlanv2). */
function standardize(h: Rows, i: number): readonly [c: number, s: number, complex: boolean] {
  let [a, b, c, d] = [h[i - 1][i - 1], h[i - 1][i], h[i][i - 1], h[i][i]];
  let [cs, sn] = [1, 0];
  if (c === 0) return [cs, sn, false];
  if (b === 0) {
    [cs, sn] = [0, 1];
    [a, b, c, d] = [d, -c, 0, a];
  } else if (a - d === 0 && b < 0 !== c < 0) {
    return [cs, sn, true];
  } else {
    const difference = a - d;
    let p = 0.5 * difference;
    const most = Math.max(Math.abs(b), Math.abs(c));
    const fewest = Math.min(Math.abs(b), Math.abs(c)) * Math.sign(b) * Math.sign(c);
    const size = Math.max(Math.abs(p), most);
    const z = (p / size) * p + (most / size) * fewest;
    if (z >= 4 * ulp) {
      const root = Math.sqrt(size) * Math.sqrt(z);
      const shift = p + (p < 0 ? -root : root);
      a = d + shift;
      d -= (most / shift) * fewest;
      const tau = Math.hypot(c, shift);
      [cs, sn] = [shift / tau, c / tau];
      b -= c;
      c = 0;
    } else {
      const sigma = b + c;
      p = 0.5 * difference;
      const tau = Math.hypot(sigma, difference);
      cs = Math.sqrt(0.5 * (1 + Math.abs(sigma) / tau));
      sn = -(p / (tau * cs)) * (sigma < 0 ? -1 : 1);
      const [aa, bb] = [a * cs + b * sn, -a * sn + b * cs];
      const [cc, dd] = [c * cs + d * sn, -c * sn + d * cs];
      [a, b] = [aa * cs + cc * sn, bb * cs + dd * sn];
      [c, d] = [-aa * sn + cc * cs, -bb * sn + dd * cs];
      const middle = 0.5 * (a + d);
      [a, d] = [middle, middle];
      if (c !== 0 && b !== 0) {
        if (b < 0 !== c < 0) return [cs, sn, true];
        const [sab, sac] = [Math.sqrt(Math.abs(b)), Math.sqrt(Math.abs(c))];
        p = c < 0 ? -(sab * sac) : sab * sac;
        const turn = 1 / Math.sqrt(Math.abs(b + c));
        [a, d] = [middle + p, middle - p];
        b -= c;
        c = 0;
        const [c1, s1] = [sab * turn, sac * turn];
        [cs, sn] = [cs * c1 - sn * s1, cs * s1 + sn * c1];
      } else if (c !== 0) {
        [b, c] = [-c, 0];
        [cs, sn] = [-sn, cs];
      }
    }
  }
  [h[i - 1][i - 1], h[i - 1][i], h[i][i - 1], h[i][i]] = [a, b, c, d];
  return [cs, sn, c !== 0];
}

/** Where the active block that ends at `i` begins. */
function blockStart(h: Rows, low: number, high: number, i: number, tiny: number): number {
  let k = i;
  for (; k > low; k--) {
    const size = Math.abs(h[k][k - 1]);
    if (size <= tiny) break;
    let test = Math.abs(h[k - 1][k - 1]) + Math.abs(h[k][k]);
    if (test === 0) {
      if (k - 2 >= low) test += Math.abs(h[k - 1][k - 2]);
      if (k + 1 <= high) test += Math.abs(h[k + 1][k]);
    }
    if (size > ulp * test) continue;
    const across = Math.abs(h[k - 1][k]);
    const [ab, ba] = [Math.max(size, across), Math.min(size, across)];
    const own = Math.abs(h[k][k]);
    const gap = Math.abs(h[k - 1][k - 1] - h[k][k]);
    const [aa, bb] = [Math.max(own, gap), Math.min(own, gap)];
    if (ba * (ab / (aa + ab)) <= Math.max(tiny, ulp * (bb * (aa / (aa + ab))))) break;
  }
  return k;
}

/** The two shifts of a step: eigenvalues of the trailing block, or exceptional ones. */
function shiftsOf(h: Rows, l: number, i: number, stalled: number): number[] {
  let [h11, h21, h12, h22] = [h[i - 1][i - 1], h[i][i - 1], h[i - 1][i], h[i][i]];
  if (stalled % 20 === 0) {
    const s = Math.abs(h[i][i - 1]) + Math.abs(h[i - 1][i - 2]);
    [h11, h12, h21] = [0.75 * s + h[i][i], -0.4375 * s, s];
    h22 = h11;
  } else if (stalled % 10 === 0) {
    const s = Math.abs(h[l + 1][l]) + Math.abs(h[l + 2][l + 1]);
    [h11, h12, h21] = [0.75 * s + h[l][l], -0.4375 * s, s];
    h22 = h11;
  }
  const s = Math.abs(h11) + Math.abs(h12) + Math.abs(h21) + Math.abs(h22);
  if (s === 0) return [0, 0, 0, 0];
  [h11, h21, h12, h22] = [h11 / s, h21 / s, h12 / s, h22 / s];
  const middle = (h11 + h22) / 2;
  const determinant = (h11 - middle) * (h22 - middle) - h12 * h21;
  const root = Math.sqrt(Math.abs(determinant));
  if (determinant >= 0) return [middle * s, root * s, middle * s, -root * s];
  const [first, second] = [middle + root, middle - root];
  const near = (Math.abs(first - h22) <= Math.abs(second - h22) ? first : second) * s;
  return [near, 0, near, 0];
}

/** One double-shift step on the block from `l` to `i`. */
function doubleStep(h: Rows, z: Rows, l: number, i: number, stalled: number): void {
  const [r1, i1, r2, i2] = shiftsOf(h, l, i, stalled);
  let v = new Float64Array(3);
  let m = i - 2;
  for (; m >= l; m--) {
    const below = Math.abs(h[m + 1][m]);
    const s = Math.abs(h[m][m] - r2) + Math.abs(i2) + below;
    const share = h[m + 1][m] / s;
    v = Float64Array.of(
      share * h[m][m + 1] + (h[m][m] - r1) * ((h[m][m] - r2) / s) - i1 * (i2 / s),
      share * (h[m][m] + h[m + 1][m + 1] - r1 - r2),
      share * h[m + 2][m + 1],
    );
    const size = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
    v = v.map((value) => value / size);
    if (m === l) break;
    const around = Math.abs(h[m - 1][m - 1]) + Math.abs(h[m][m]) + Math.abs(h[m + 1][m + 1]);
    const rest = Math.abs(h[m][m - 1]) * (Math.abs(v[1]) + Math.abs(v[2]));
    if (rest <= ulp * Math.abs(v[0]) * around) break;
  }
  for (let k = m; k < i; k++) {
    const count = Math.min(3, i - k + 1);
    if (k > m) v = Float64Array.from({ length: count }, (_, j) => h[k + j][k - 1]);
    const reflection = reflectionOf(v.slice(0, count));
    if (k > m) {
      h[k][k - 1] = reflection.beta;
      for (let j = 1; j < count; j++) h[k + j][k - 1] = 0;
    } else if (m > l) h[k][k - 1] *= 1 - reflection.tau;
    reflectRows(h, reflection, k, k);
    reflectColumns(h.slice(0, Math.min(k + 3, i) + 1), reflection, 0, k);
    reflectColumns(z, reflection, 0, k);
  }
}

/** Brings a Hessenberg matrix to triangular form; false where eigenvalues are complex. */
function triangularForm(h: Rows, z: Rows, low: number, high: number): boolean {
  const tiny = least * ((high - low + 1) / ulp);
  const most = 30 * Math.max(10, high - low + 1);
  for (let i = high; i >= low; ) {
    let done = false;
    for (let step = 0, stalled = 0; step <= most && !done; step++) {
      const l = blockStart(h, low, high, i, tiny);
      if (l > low) h[l][l - 1] = 0;
      if (l < i - 1) {
        doubleStep(h, z, l, i, ++stalled);
        continue;
      }
      if (l === i - 1) {
        const [c, s, complex] = standardize(h, i);
        if (complex) return false;
        for (let j = i + 1; j < h.length; j++) {
          const held = h[i - 1][j];
          h[i - 1][j] = c * held + s * h[i][j];
          h[i][j] = c * h[i][j] - s * held;
        }
        rotateColumns(h.slice(0, i - 1), i - 1, i, c, s);
        rotateColumns(z, i - 1, i, c, s);
      }
      i = l - 1;
      done = true;
    }
    if (!done) throw new LinAlgError("Eigenvalues did not converge");
  }
  return true;
}

/** The eigenvectors of an upper triangular matrix as columns, turned by `z` and of length 1. */
function vectorsOf(t: Rows, z: Rows, { low, high, scale }: Balance): Rows {
  const n = t.length;
  const vectors = identityRows(n);
  for (let k = n - 1; k >= 0; k--) {
    pollHost(1 - k / n);
    const x = new Float64Array(n);
    x[k] = 1;
    const value = t[k][k];
    const floor = Math.max(ulp * Math.abs(value), least * (n / ulp));
    for (let j = 0; j < k; j++) x[j] = -t[j][k];
    for (let j = k - 1; j >= 0; j--) {
      let pivot = t[j][j] - value;
      if (Math.abs(pivot) < floor) pivot = floor;
      x[j] /= pivot;
      for (let i = 0; i < j; i++) x[i] -= x[j] * t[i][j];
    }
    const vector = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j <= k; j++) vector[i] += z[i][j] * x[j];
    if (low < high) for (let i = low; i <= high; i++) vector[i] *= scale[i];
    for (let i = low - 1; i >= 0; i--) swap(vector, i, scale[i]);
    for (let i = high + 1; i < n; i++) swap(vector, i, scale[i]);
    const size = lengthOf(vector);
    for (let i = 0; i < n; i++) vectors[i][k] = vector[i] / size;
  }
  return vectors;
}

function swap(values: Float64Array, i: number, j: number): void {
  [values[i], values[j]] = [values[j], values[i]];
}

/**
 * Eigenvalues in the order in which they are found, and their vectors as columns.
 * @throws NotImplementedError where an eigenvalue is complex, LinAlgError where one is not found.
 */
export function generalEigen(matrix: Rows): { values: Float64Array; vectors: Rows } {
  const a = matrix.map((row) => row.slice());
  const balanced = balance(a);
  const { low, high } = balanced;
  const z = toHessenberg(a, low, high);
  if (!triangularForm(a, z, low, high)) {
    throw new EngineError(
      "NotImplementedError",
      "complex eigenvalues are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
    );
  }
  return {
    values: Float64Array.from(a, (row, i) => row[i]),
    vectors: vectorsOf(a, z, balanced),
  };
}
