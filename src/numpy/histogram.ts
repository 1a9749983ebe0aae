/**
 * @file `np.histogram` and its kin, with NumPy's rules for the number of bins
 * (numpy/lib/_histograms_impl.py).
 */
import { createData, EngineError, inPieces, polledElements, pollHost } from "../engine/index.ts";
import { cast, rowMajorData, wrapData } from "./casting.ts";
import { asarray } from "./creation.ts";
import { isFloating, isIntegral } from "./dtypes.ts";
import { reserve } from "./memory.ts";
import type { ArrayDType, NDArray } from "./ndarray.ts";
import { linspace } from "./ranges.ts";
import { differences } from "./reductions/fold.ts";
import { mean, standardDeviation } from "./reductions/moments.ts";
import { quantile, searchSorted } from "./reductions/order.ts";
import { binary } from "./ufuncs/ufunc.ts";
import { reshape } from "./views.ts";

/** A number of bins, their edges, or a rule's name. */
export type Bins = number | NDArray | string;

/** The width of a bin by each rule; 0 where the data do not say. */
const rules: Readonly<
  Record<string, (values: NDArray, range: readonly [number, number] | null) => number>
> = {
  sqrt: (values) => extent(values) / Math.sqrt(values.size),
  sturges: (values) => extent(values) / (Math.log2(values.size) + 1),
  rice: (values) => extent(values) / (2 * values.size ** (1 / 3)),
  scott: (values) => ((24 * Math.sqrt(Math.PI)) / values.size) ** (1 / 3) * deviation(values),
  fd: freedmanDiaconis,
  doane,
  stone,
  // The square-root rule keeps Freedman and Diaconis's from making too many bins.
  auto: (values) =>
    Math.min(
      Math.max(freedmanDiaconis(values), rules["sqrt"](values, null) / 2),
      rules["sturges"](values, null),
    ),
};

/** Whether `bins` may have this name. */
export function isBinRule(name: string): boolean {
  return Object.hasOwn(rules, name);
}

function floats(array: NDArray): Float64Array {
  return rowMajorData(cast(array, "float64")) as Float64Array;
}

function extent(values: NDArray): number {
  const data = floats(values);
  return data.reduce((a, b) => Math.max(a, b)) - data.reduce((a, b) => Math.min(a, b));
}

function deviation(values: NDArray): number {
  return Number(standardDeviation(values).data[0]);
}

/** Freedman & Diaconis 1981: twice the interquartile range over the cube root of the count. */
function freedmanDiaconis(values: NDArray): number {
  const [upper, lower] = floats(quantile(values, asarray([0.75, 0.25])));
  return 2 * (upper - lower) * values.size ** (-1 / 3);
}

/** Doane 1976: Sturges's rule, with more bins the more skewed the data are. */
function doane(values: NDArray): number {
  const n = values.size;
  if (n <= 2) return 0;
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  const sigma = deviation(values);
  if (!(sigma > 0)) return 0;
  const centred = binary("subtract", values, mean(values));
  const cubes = binary("power", binary("divide", centred, sigma), 3n);
  const skewness = Number(mean(cubes).data[0]);
  return extent(values) / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / spread));
}

/** Stone 1984: the number of bins with the least estimated loss. */
function stone(values: NDArray, range: readonly [number, number] | null): number {
  const n = values.size;
  const width = extent(values);
  if (n <= 1 || width === 0) return 0;
  const most = Math.max(100, Math.floor(Math.sqrt(n)));
  let [best, least] = [1, Number.POSITIVE_INFINITY];
  for (let count = 1; count <= most; count++) {
    const shares = floats(histogram(values, count, range, false, null).counts);
    const squares = shares.reduce((total, share) => total + (share / n) ** 2, 0);
    const loss = (2 - (n + 1) * squares) / (width / count);
    if (loss < least) [best, least] = [count, loss];
  }
  return width / best;
}

/** Where the bins begin and end. */
function outerEdges(values: NDArray, range: readonly [number, number] | null): [number, number] {
  let [first, last] = range ?? [0, 1];
  if (range) {
    if (first > last) {
      throw new EngineError("ValueError", "max must be larger than min in range parameter.");
    }
    if (!Number.isFinite(first) || !Number.isFinite(last)) {
      throw new EngineError("ValueError", `supplied range of [${first}, ${last}] is not finite`);
    }
  } else if (values.size > 0) {
    const data = floats(values);
    [first, last] = [data[0], data[0]];
    let finite = true;
    inPieces(data.length, (start, end) => {
      for (let i = start; i < end; i++) {
        const value = data[i];
        if (value < first) first = value;
        if (value > last) last = value;
        finite &&= Number.isFinite(value);
      }
    });
    if (!finite) {
      const text = (value: number) => (Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
      const shown = data.some(Number.isNaN)
        ? ["nan", "nan"]
        : [first, last].map((value) => (Number.isFinite(value) ? String(value) : text(value)));
      throw new EngineError(
        "ValueError",
        `autodetected range of [${shown.join(", ")}] is not finite`,
      );
    }
  }
  return first === last ? [first - 0.5, last + 0.5] : [first, last];
}

/**
 * The edges of equal bins, of the type of the data where those are floats: computed in it between
 * the least and greatest of the data, but in float64 and rounded over a range that was given.
 */
function uniformEdges(
  array: NDArray,
  [first, last]: readonly [number, number],
  count: number,
  given: boolean,
): NDArray {
  const dtype: ArrayDType = isFloating(array.dtype) ? array.dtype : "float64";
  const end = (value: number) => (given || array.size === 0 ? value : cast(asarray(value), dtype));
  return linspace(end(first), end(last), count + 1, true, dtype).values;
}

/** The edges that `np.histogram_bin_edges` gives, and whether the bins are equally wide. */
export function binEdges(
  array: NDArray,
  bins: Bins,
  range: readonly [number, number] | null,
): { readonly edges: NDArray; readonly uniform: boolean } {
  const values = reshape(array, [-1]);
  if (typeof bins === "object") {
    const edges = floats(bins);
    if (bins.ndim !== 1) throw new EngineError("ValueError", "`bins` must be 1d, when an array");
    for (let i = 1; i < edges.length; i++) {
      if (edges[i] >= edges[i - 1]) continue;
      throw new EngineError("ValueError", "`bins` must increase monotonically, when an array");
    }
    return { edges: bins, uniform: false };
  }
  const [first, last] = outerEdges(values, range);
  if (typeof bins === "number") {
    if (bins < 1) throw new EngineError("ValueError", "`bins` must be positive, when an integer");
    return { edges: uniformEdges(values, [first, last], bins, range !== null), uniform: true };
  }
  const count = ruledBins(values, bins, range);
  return { edges: uniformEdges(values, [first, last], count, range !== null), uniform: true };
}

/** How many equal bins a rule makes of the values in a range; of finite ones where there is none. */
export function ruledBins(
  array: NDArray,
  name: string,
  range: readonly [number, number] | null,
): number {
  if (!isBinRule(name)) {
    throw new EngineError("ValueError", `'${name}' is not a valid estimator for \`bins\``);
  }
  const rule = rules[name];
  const values = reshape(array, [-1]);
  const [first, last] = outerEdges(values, range);
  const within = range ? inRange(values, first, last) : values;
  let width = within.size === 0 ? 0 : rule(within, range);
  if (isIntegral(values.dtype) && width < 1 && width > 0) width = 1;
  return width > 0 ? Math.ceil((last - first) / width) : 1;
}

function inRange(values: NDArray, first: number, last: number): NDArray {
  const kept = floats(values).filter((value) => value >= first && value <= last);
  return wrapData(kept, "float64", [kept.length]);
}

/** `np.histogram`: counts (or densities, or sums of weights) and edges. */
export function histogram(
  array: NDArray,
  bins: Bins,
  range: readonly [number, number] | null,
  density: boolean,
  weights: NDArray | null,
): { readonly counts: NDArray; readonly edges: NDArray } {
  const { edges, uniform } = binEdges(array, bins, range);
  const bounds = floats(edges);
  const count = bounds.length - 1;
  const shares = weights ? floats(weights) : null;
  const totals = new Float64Array(count);
  const [first, last] = [bounds[0], bounds[count]];
  const values = floats(array);
  inPieces(values.length, (start, end) => {
    for (let i = start; i < end; i++) {
      const value = values[i];
      if (!(value >= first && value <= last)) continue;
      const bin = uniform ? uniformBin(value, bounds, count) : sortedBin(value, bounds, count);
      totals[bin] += shares ? shares[i] : 1;
    }
  });
  if (density) {
    const sum = totals.reduce((a, b) => a + b, 0);
    // The widths are float32 where the edges are.
    const widths = floats(differences(edges, 1, -1));
    const densities = totals.map((total, i) => total / widths[i] / sum);
    return { counts: wrapData(densities, "float64", [count]), edges };
  }
  const counts = wrapData(totals, "float64", [count]);
  const integers = !weights || isIntegral(weights.dtype);
  return { counts: integers ? cast(counts, "int64") : counts, edges };
}

/** By division, then moved by one where rounding put the value on the wrong side of an edge. */
function uniformBin(value: number, bounds: Float64Array, count: number): number {
  const share = ((value - bounds[0]) / (bounds[count] - bounds[0])) * count;
  let bin = Math.min(Math.trunc(share), count - 1);
  if (value < bounds[bin]) bin--;
  if (bin !== count - 1 && value >= bounds[bin + 1]) bin++;
  return bin;
}

function sortedBin(value: number, bounds: Float64Array, count: number): number {
  let [low, high] = [0, count];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (value >= bounds[middle]) low = middle;
    else high = middle;
  }
  return low;
}

/** `np.bincount`. */
export function bincount(array: NDArray, weights: NDArray | null, minimum: number): NDArray {
  // Fractions are dropped, as NumPy still does for a while.
  const values = floats(array).map(Math.trunc);
  let [least, most] = [0, minimum - 1];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
  }
  if (least < 0) {
    throw new EngineError("ValueError", "'list' argument must have no negative elements");
  }
  const length = most + 1;
  if (!weights) {
    const counts = reserve([length], "int64", createData) as BigInt64Array;
    inPieces(values.length, (start, end) => {
      for (let i = start; i < end; i++) counts[values[i]] += 1n;
    });
    return wrapData(counts, "int64", [length]);
  }
  const totals = reserve([length], "float64", createData) as Float64Array;
  const shares = floats(weights);
  inPieces(values.length, (start, end) => {
    for (let i = start; i < end; i++) totals[values[i]] += shares[i];
  });
  return wrapData(totals, "float64", [length]);
}

/** `np.digitize`: which bin of a monotonic sequence each value falls in. */
export function digitize(values: NDArray, bins: NDArray, right: boolean): NDArray {
  const edges = floats(bins);
  const falling = edges.length > 1 && edges[0] > edges[edges.length - 1];
  if (!falling) return searchSorted(bins, values, right ? "left" : "right");
  const rising = wrapData(edges.slice().reverse(), "float64", [edges.length]);
  const found = searchSorted(rising, values, right ? "right" : "left");
  return binary("subtract", BigInt(edges.length), found);
}

/** `np.interp`: linear between points, constant beyond them. */
export function interpolate(x: NDArray, xp: NDArray, fp: NDArray): NDArray {
  const [points, values] = [floats(xp), floats(fp)];
  const last = points.length - 1;
  const result = floats(x).map((at, index) => {
    if (index % polledElements === 0) pollHost();
    if (Number.isNaN(at)) return at;
    if (at <= points[0]) return values[0];
    if (at >= points[last]) return values[last];
    const i = sortedBin(at, points, last);
    const slope = (values[i + 1] - values[i]) / (points[i + 1] - points[i]);
    return slope * (at - points[i]) + values[i];
  });
  return wrapData(result, "float64", x.shape);
}
