/**
 * @file Windows of signal processing, and histograms of several variables.
 */
import {
  asarray,
  type Bins,
  binary,
  binEdges,
  cast,
  copy,
  digitize,
  NDArray,
  ravel,
  sum,
  takeAxis,
  transpose,
  wrapData,
  zeros,
} from "../../../numpy/index.ts";
import { PyList, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { type Bound, builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { collect, toCount, toFloat, truth } from "../../operations.ts";
import { result, toArray } from "./conversions.ts";

/** `M` points from `1 - M` to `M - 1`, two apart, as NumPy's windows count. */
function windowOf(count: number, shape: (n: number, last: number) => number): NDArray {
  if (count < 1) return asarray([]);
  if (count === 1) return asarray([1]);
  const values = Float64Array.from({ length: count }, (_, i) =>
    shape(1 - count + 2 * i, count - 1),
  );
  return wrapData(values, "float64", [count]);
}

/** The modified Bessel function of order 0 (Cephes: Chebyshev series below and above 8). */
function bessel0(x: number): number {
  const size = Math.abs(x);
  const series = (values: readonly number[], at: number) => {
    let [b0, b1, b2] = [values[0]!, 0, 0];
    for (const value of values.slice(1)) {
      [b2, b1] = [b1, b0];
      b0 = at * b1 - b2 + value;
    }
    return 0.5 * (b0 - b2);
  };
  if (size <= 8) return Math.exp(size) * series(besselSmall, size / 2 - 2);
  return (Math.exp(size) * series(besselLarge, 32 / size - 2)) / Math.sqrt(size);
}

const besselSmall = [
  -4.4153416464793395e-18, 3.3307945188222384e-17, -2.431279846547955e-16, 1.715391285555133e-15,
  -1.1685332877993451e-14, 7.676185498604936e-14, -4.856446783111929e-13, 2.95505266312964e-12,
  -1.726826291441556e-11, 9.675809035373237e-11, -5.189795601635263e-10, 2.6598237246823866e-9,
  -1.300025009986248e-8, 6.046995022541919e-8, -2.670793853940612e-7, 1.1173875391201037e-6,
  -4.4167383584587505e-6, 1.6448448070728896e-5, -5.754195010082104e-5, 1.8850288509584165e-4,
  -5.763755745385824e-4, 1.6394756169413357e-3, -4.324309995050576e-3, 1.0546460394594998e-2,
  -2.3737414805899471e-2, 4.930528423967071e-2, -9.490109704804764e-2, 1.7162090152220877e-1,
  -3.046826723431984e-1, 6.767952744094761e-1,
];

const besselLarge = [
  -7.233180487874754e-18, -4.830504485944182e-18, 4.46562142029676e-17, 3.461222867697461e-17,
  -2.8276239805165836e-16, -3.425485619677219e-16, 1.7725601330565263e-15, 3.8116806693526224e-15,
  -9.554846698828307e-15, -4.150569347287222e-14, 1.54008621752141e-14, 3.852778382742142e-13,
  7.180124451383666e-13, -1.7941785315068062e-12, -1.3215811840447713e-11, -3.1499165279632416e-11,
  1.1889147107846439e-11, 4.94060238822497e-10, 3.3962320257083865e-9, 2.266668990498178e-8,
  2.0489185894690638e-7, 2.8913705208347567e-6, 6.889758346916825e-5, 3.3691164782556943e-3,
  8.044904110141088e-1,
];

function readBins(value: Value): Bins {
  if (typeof value === "string") return value;
  const array = toArray(value);
  return array.ndim === 0 ? toCount(value) : array;
}

interface Grid {
  readonly counts: NDArray;
  readonly edges: readonly NDArray[];
}

/** How many points fall in each cell of a grid over several variables. */
function gridHistogram(columns: readonly NDArray[], bound: Bound, bins: readonly Value[]): Grid {
  const { range, density, weights } = bound;
  const ranges = range === null || range === undefined ? columns.map(() => null) : collect(range!);
  const edges = columns.map((column, i) => {
    const ends = ranges[i] ?? null;
    const limits = ends === null ? null : (collect(ends).map(toFloat) as [number, number]);
    return binEdges(column, readBins(bins[i]!), limits).edges;
  });
  const shape = edges.map((edge) => edge.size - 1);
  const totals = zeros(shape);
  const data = totals.data as Float64Array;
  const places = columns.map((column, i) => {
    const edge = edges[i]!;
    const found = cast(digitize(column, edge, false), "float64").data as Float64Array;
    const last = (cast(edge, "float64").data as Float64Array).at(-1)!;
    const values = copy(cast(column, "float64")).data as Float64Array;
    // The last cell holds its own end.
    return found.map((place, at) => (values[at] === last ? place - 2 : place - 1));
  });
  const shares =
    weights === null ? null : (cast(ravel(toArray(weights!)), "float64").data as Float64Array);
  for (let point = 0; point < columns[0]!.size; point++) {
    let cell = 0;
    let inside = true;
    for (const [i, length] of shape.entries()) {
      const place = places[i]![point]!;
      inside &&= place >= 0 && place < length;
      cell = cell * length + place;
    }
    if (inside) data[cell]! += shares ? shares[point]! : 1;
  }
  if (density === null || density === undefined || !truth(density)) {
    return { counts: totals, edges };
  }
  const total = sum(totals);
  let scaled: NDArray = totals;
  for (const [i, edge] of edges.entries()) {
    const values = cast(edge, "float64").data as Float64Array;
    const widths = Float64Array.from(
      { length: shape[i]! },
      (_, at) => values[at + 1]! - values[at]!,
    );
    const along = shape.map((length, at) => (at === i ? length : 1));
    scaled = binary("divide", scaled, wrapData(widths, "float64", along));
  }
  return { counts: binary("divide", scaled, total), edges };
}

function histogram2d(bound: Bound): Value {
  const columns = [bound.x!, bound.y!].map((value) => ravel(toArray(value)));
  if (columns[0]!.size !== columns[1]!.size) {
    throw pythonError("ValueError", "x and y must have the same length.");
  }
  const { bins } = bound;
  const pair =
    (bins instanceof PyList || bins instanceof PyTuple) && bins.items.length === 2
      ? bins.items
      : [bins!, bins!];
  const { counts, edges } = gridHistogram(columns, bound, pair);
  return new PyTuple([counts, ...edges]);
}

function histogramMany(bound: Bound): Value {
  const given = bound.sample!;
  const sample = toArray(given);
  const table = given instanceof NDArray || sample.ndim !== 2 ? sample : transpose(sample);
  const columns =
    table.ndim === 1
      ? [table]
      : Array.from({ length: table.shape[1]! }, (_, i) => copy(takeAxis(table, 1, i)));
  const { bins } = bound;
  const many = bins instanceof PyList || bins instanceof PyTuple;
  if (many && bins.items.length !== columns.length) {
    throw pythonError(
      "ValueError",
      "The dimension of bins must be equal to the dimension of the sample x.",
    );
  }
  const each = many ? bins.items : columns.map(() => bins!);
  const { counts, edges } = gridHistogram(columns, bound, each);
  return new PyTuple([counts, new PyList([...edges])]);
}

/** Every such function by its name in `numpy`. */
export function windowMembers(): Record<string, Value> {
  const functions = [
    builtin("hanning(M)", ({ M }) =>
      windowOf(toCount(M!), (n, last) => 0.5 + 0.5 * Math.cos((Math.PI * n) / last)),
    ),
    builtin("hamming(M)", ({ M }) =>
      windowOf(toCount(M!), (n, last) => 0.54 + 0.46 * Math.cos((Math.PI * n) / last)),
    ),
    builtin("blackman(M)", ({ M }) =>
      windowOf(
        toCount(M!),
        (n, last) =>
          0.42 + 0.5 * Math.cos((Math.PI * n) / last) + 0.08 * Math.cos((2 * Math.PI * n) / last),
      ),
    ),
    builtin("bartlett(M)", ({ M }) =>
      windowOf(toCount(M!), (n, last) => (n <= 0 ? 1 + n / last : 1 - n / last)),
    ),
    builtin("kaiser(M, beta)", ({ M, beta }) => {
      const [count, shape] = [toCount(M!), toFloat(beta!)];
      const middle = (count - 1) / 2;
      return windowOf(count, (n) => {
        const place = (n + count - 1) / 2;
        const share = (place - middle) / middle;
        return bessel0(shape * Math.sqrt(1 - share * share)) / bessel0(shape);
      });
    }),
    builtin("i0(x)", ({ x }) => {
      const array = cast(toArray(x!), "float64");
      return result(wrapData((array.data as Float64Array).map(bessel0), "float64", array.shape));
    }),
    builtin("histogram2d(x, y, bins=10, range=None, density=None, weights=None)", histogram2d),
    builtin("histogramdd(sample, bins=10, range=None, density=None, weights=None)", histogramMany),
  ];
  return Object.fromEntries(functions.map((entry) => [entry.name, entry]));
}
