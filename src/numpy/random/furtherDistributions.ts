/**
 * @file The distributions beyond the common ones, operation by operation as NumPy computes them
 * (numpy/random/src/distributions). Where the legacy `RandomState` computes otherwise, `legacy`
 * tells.
 */

import { EngineError } from "../../engine/index.ts";
import { arccos, cos, exp, expm1, log, log1p, power } from "../ufuncs/accurate.ts";
import { logGamma, type Primitives, poisson, standardGamma } from "./distributions.ts";
import { type Check, nonNegative, positive } from "./drawing.ts";

/** One draw, given the distribution's parameters. */
export type Draw = (source: Primitives, parameters: readonly number[], legacy: boolean) => number;

export interface Distribution {
  /** Python's signature without `size`. */
  readonly parameters: readonly (readonly [name: string, fallback: string | null, check: Check])[];
  readonly integers?: true;
  readonly draw: Draw;
}

const any: Check = () => {};

function refuse(message: string): never {
  throw new EngineError("ValueError", message);
}

const aboveOne: Check = (name, values) => {
  if (values.some((value) => !(value > 1))) refuse(`${name} <= 1 or ${name} is NaN`);
};

/** Probabilities that must be above 0. */
const someProbability: Check = (name, values) => {
  if (values.every((value) => value > 0 && value <= 1)) return;
  refuse(`${name} <= 0, ${name} > 1 or ${name} contains NaNs`);
};

/** Probabilities that must be below 1. */
const lessThanCertain: Check = (name, values, scalar) => {
  if (values.every((value) => value >= 0 && value < 1)) return;
  refuse(`${name} < 0, ${name} >= 1 or ${name} ${scalar ? "is NaN" : "contains NaNs"}`);
};

/** Draws again where a uniform draw lies on the edge. */
function drawUntil(draw: () => number | null): number {
  for (;;) {
    const value = draw();
    if (value !== null) return value;
  }
}

function chiSquare(source: Primitives, freedom: number): number {
  return 2 * standardGamma(source, freedom / 2);
}

function noncentralChiSquare(source: Primitives, freedom: number, centrality: number): number {
  if (Number.isNaN(centrality)) return centrality;
  if (centrality === 0) return chiSquare(source, freedom);
  if (freedom > 1) {
    const rest = chiSquare(source, freedom - 1);
    const normal = source.normal() + Math.sqrt(centrality);
    return rest + normal * normal;
  }
  const count = poisson(source, centrality / 2);
  return chiSquare(source, freedom + 2 * count);
}

/** Michael, Schucany & Haas's inverse Gaussian variates (1976). */
function wald(source: Primitives, mean: number, scale: number, legacy: boolean): number {
  const normal = source.normal();
  const y = mean * normal * normal;
  const d = 1 + Math.sqrt(1 + (4 * scale) / y);
  // The older formula loses digits where y is large.
  const x = legacy
    ? mean + (mean / (2 * scale)) * (y - Math.sqrt(4 * scale * y + y * y))
    : mean * (1 - 2 / d);
  return source.uniform() <= mean / (mean + x) ? x : (mean * mean) / x;
}

/** Best & Fisher's von Mises variates (1979). */
function vonMises(source: Primitives, mu: number, kappa: number): number {
  if (Number.isNaN(kappa)) return kappa;
  if (kappa < 1e-8) return Math.PI * (2 * source.uniform() - 1);
  const wrapped = (angle: number) => {
    const size = ((Math.abs(angle) + Math.PI) % (2 * Math.PI)) - Math.PI;
    return angle < 0 ? -size : size;
  };
  let s: number;
  if (kappa < 1e-5) s = 1 / kappa + kappa;
  else if (kappa <= 1e6) {
    const r = 1 + Math.sqrt(1 + 4 * kappa * kappa);
    const rho = (r - Math.sqrt(2 * r)) / (2 * kappa);
    s = (1 + rho * rho) / (2 * rho);
  } else {
    const angle = mu + Math.sqrt(1 / kappa) * source.normal();
    return angle < -Math.PI ? angle + 2 * Math.PI : angle > Math.PI ? angle - 2 * Math.PI : angle;
  }
  let w: number;
  for (;;) {
    const z = cos(Math.PI * source.uniform());
    w = (1 + s * z) / (s + z);
    const y = kappa * (s - w);
    const v = source.uniform();
    if (y * (2 - y) - v >= 0 || log(y / v) + 1 - y >= 0) break;
  }
  const turn = arccos(w);
  return wrapped((source.uniform() < 0.5 ? -turn : turn) + mu);
}

function geometric(source: Primitives, p: number, legacy: boolean): number {
  if (p >= 1 / 3) {
    let count = 1;
    let product = p;
    let sum = p;
    const uniform = source.uniform();
    for (; uniform > sum; count++) {
      product *= 1 - p;
      sum += product;
    }
    return count;
  }
  return legacy
    ? Math.ceil(log1p(-source.uniform()) / log1p(-p))
    : Math.ceil(-source.exponential() / log1p(-p));
}

function logarithmicSeries(source: Primitives, p: number, legacy: boolean): number {
  const r = log1p(-p);
  for (;;) {
    const v = source.uniform();
    if (v >= p) return 1;
    const u = source.uniform();
    const q = legacy ? 1 - exp(r * u) : -expm1(r * u);
    if (v <= q * q) {
      const found = Math.floor(1 + log(v) / log(q));
      if (found < 1 || v === 0) continue;
      return found;
    }
    return v >= q ? 1 : 2;
  }
}

/** Devroye's Zipf variates (1986). */
function zipf(source: Primitives, a: number, legacy: boolean): number {
  const am1 = a - 1;
  if (!legacy && a >= 1025) return 1;
  const b = power(2, am1);
  const most = 2 ** 63;
  const least = legacy ? 0 : power(most, -am1);
  for (;;) {
    const drawn = source.uniform();
    const u = legacy ? 1 - drawn : drawn * least + (1 - drawn);
    const v = source.uniform();
    const x = Math.floor(power(u, -1 / am1));
    if (x >= most || x < 1) continue;
    const t = power(1 + 1 / x, am1);
    if ((v * x * (t - 1)) / (b - 1) <= t / b) return x;
  }
}

function triangular(source: Primitives, left: number, mode: number, right: number): number {
  const base = right - left;
  const start = mode - left;
  const uniform = source.uniform();
  if (uniform <= start / base) return left + Math.sqrt(uniform * (start * base));
  return right - Math.sqrt((1 - uniform) * ((right - mode) * base));
}

/** Integers below a number, as the bit generator draws them. */
export type DrawBelow = (maximum: number) => number;

function logFactorial(n: number): number {
  return logGamma(n + 1);
}

/** Stadlober's ratio of uniforms (1989), or drawing one by one where few are drawn. */
export function hypergeometric(
  source: Primitives,
  below: DrawBelow,
  good: number,
  bad: number,
  sample: number,
): number {
  const total = good + bad;
  if (sample < 10 || sample > total - 10) {
    const complement = sample > total / 2;
    let wanted = complement ? total - sample : sample;
    let [left, leftGood] = [total, good];
    while (wanted > 0 && leftGood > 0 && left > leftGood) {
      left--;
      if (below(left) < leftGood) leftGood--;
      wanted--;
    }
    if (left === leftGood) leftGood -= wanted;
    return complement ? leftGood : good - leftGood;
  }
  const drawn = Math.min(sample, total - sample);
  const [few, many] = [Math.min(good, bad), Math.max(good, bad)];
  const [p, q] = [few / total, many / total];
  const a = drawn * p + 0.5;
  const spread = Math.sqrt(((total - drawn) * drawn * p * q) / (total - 1) + 0.5);
  const h = 1.7155277699214135 * spread + 0.8989161620588988;
  const height = (k: number) =>
    logFactorial(k) +
    logFactorial(few - k) +
    logFactorial(drawn - k) +
    logFactorial(many - drawn + k);
  const top = height(Math.floor(((drawn + 1) * (few + 1)) / (total + 2)));
  const bound = Math.min(Math.min(drawn, few) + 1, Math.floor(a + 16 * spread));
  for (;;) {
    const u = source.uniform();
    const v = source.uniform();
    const x = a + (h * (v - 0.5)) / u;
    if (x < 0 || x >= bound) continue;
    let k = Math.floor(x);
    const t = top - height(k);
    if (u * (4 - u) - 3 > t) {
      if (u * (u - t) >= 1 || 2 * log(u) > t) continue;
    }
    if (good > bad) k = drawn - k;
    return drawn < sample ? good - k : k;
  }
}

/** By NumPy's names. */
export const furtherDistributions: Readonly<Record<string, Distribution>> = {
  laplace: {
    parameters: [
      ["loc", "0.0", any],
      ["scale", "1.0", nonNegative],
    ],
    draw: (source, [loc, scale]) =>
      drawUntil(() => {
        const u = source.uniform();
        if (u >= 0.5) return loc - scale * log(2 - u - u);
        return u > 0 ? loc + scale * log(u + u) : null;
      }),
  },
  gumbel: {
    parameters: [
      ["loc", "0.0", any],
      ["scale", "1.0", nonNegative],
    ],
    draw: (source, [loc, scale]) =>
      drawUntil(() => {
        const u = 1 - source.uniform();
        return u < 1 ? loc - scale * log(-log(u)) : null;
      }),
  },
  logistic: {
    parameters: [
      ["loc", "0.0", any],
      ["scale", "1.0", nonNegative],
    ],
    draw: (source, [loc, scale]) =>
      drawUntil(() => {
        const u = source.uniform();
        return u > 0 ? loc + scale * log(u / (1 - u)) : null;
      }),
  },
  rayleigh: {
    parameters: [["scale", "1.0", nonNegative]],
    draw: (source, [mode], legacy) =>
      mode * Math.sqrt(legacy ? -2 * log1p(-source.uniform()) : 2 * source.exponential()),
  },
  chisquare: {
    parameters: [["df", null, positive]],
    draw: (source, [df]) => chiSquare(source, df),
  },
  noncentral_chisquare: {
    parameters: [
      ["df", null, positive],
      ["nonc", null, nonNegative],
    ],
    draw: (source, [df, nonc]) => noncentralChiSquare(source, df, nonc),
  },
  f: {
    parameters: [
      ["dfnum", null, positive],
      ["dfden", null, positive],
    ],
    draw(source, [numerator, denominator]) {
      const above = chiSquare(source, numerator) * denominator;
      return above / (chiSquare(source, denominator) * numerator);
    },
  },
  noncentral_f: {
    parameters: [
      ["dfnum", null, positive],
      ["dfden", null, positive],
      ["nonc", null, nonNegative],
    ],
    draw(source, [numerator, denominator, nonc]) {
      const above = noncentralChiSquare(source, numerator, nonc) * denominator;
      return above / (chiSquare(source, denominator) * numerator);
    },
  },
  standard_t: {
    parameters: [["df", null, positive]],
    draw(source, [df]) {
      const normal = source.normal();
      const gamma = standardGamma(source, df / 2);
      return (Math.sqrt(df / 2) * normal) / Math.sqrt(gamma);
    },
  },
  standard_cauchy: {
    parameters: [],
    draw(source) {
      const above = source.normal();
      return above / source.normal();
    },
  },
  pareto: {
    parameters: [["a", null, positive]],
    draw: (source, [a], legacy) =>
      legacy ? exp(source.exponential() / a) - 1 : expm1(source.exponential() / a),
  },
  weibull: {
    parameters: [["a", null, nonNegative]],
    draw: (source, [a]) => (a === 0 ? 0 : power(source.exponential(), 1 / a)),
  },
  power: {
    parameters: [["a", null, positive]],
    draw: (source, [a], legacy) =>
      power(legacy ? 1 - exp(-source.exponential()) : -expm1(-source.exponential()), 1 / a),
  },
  vonmises: {
    parameters: [
      ["mu", null, any],
      ["kappa", null, nonNegative],
    ],
    draw: (source, [mu, kappa]) => vonMises(source, mu, kappa),
  },
  wald: {
    parameters: [
      ["mean", null, positive],
      ["scale", null, positive],
    ],
    draw: (source, [mean, scale], legacy) => wald(source, mean, scale, legacy),
  },
  triangular: {
    parameters: [
      ["left", null, any],
      ["mode", null, any],
      ["right", null, any],
    ],
    draw: (source, [left, mode, right]) => triangular(source, left, mode, right),
  },
  geometric: {
    parameters: [["p", null, someProbability]],
    integers: true,
    draw: (source, [p], legacy) => geometric(source, p, legacy),
  },
  negative_binomial: {
    parameters: [
      ["n", null, positive],
      ["p", null, someProbability],
    ],
    integers: true,
    draw: (source, [n, p]) => poisson(source, ((1 - p) / p) * standardGamma(source, n)),
  },
  logseries: {
    parameters: [["p", null, lessThanCertain]],
    integers: true,
    draw: (source, [p], legacy) => logarithmicSeries(source, p, legacy),
  },
  zipf: {
    parameters: [["a", null, aboveOne]],
    integers: true,
    draw: (source, [a], legacy) => zipf(source, a, legacy),
  },
};
