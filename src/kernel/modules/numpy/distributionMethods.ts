/**
 * @file The distributions that `Generator` and the legacy `RandomState` draw under one signature.
 */
import {
  type Distribution,
  dirichlet,
  drawWith,
  furtherDistributions,
  Generator,
  multinomial,
  multivariateNormal,
  type RandomState,
} from "../../../numpy/index.ts";
import { pythonError } from "../../errors.ts";
import type { Bound } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { toFloat } from "../../operations.ts";
import { toArray } from "./conversions.ts";
import { counts, toParameter, toSize } from "./randomArguments.ts";

type Method = (self: Generator | RandomState, bound: Bound) => Value;

function isLegacy(self: Generator | RandomState): boolean {
  return !(self instanceof Generator);
}

/** The method of a distribution from its table: `laplace(loc=0.0, scale=1.0, size=None)`. */
function methodOf([name, distribution]: [string, Distribution]): [string, Method] {
  const { parameters, integers, draw } = distribution;
  const listed = parameters.map(([word, fallback]) => (fallback ? `${word}=${fallback}` : word));
  return [
    `${name}(${[...listed, "size=None"].join(", ")})`,
    (self, bound) => {
      const given = parameters.map(([word, , check]) => ({
        name: word,
        values: toParameter(bound[word]),
        check,
      }));
      const legacy = isLegacy(self);
      const drawn = drawWith(
        toSize(bound["size"]),
        integers ? "int64" : "float64",
        given,
        (...numbers) => draw(self.primitives, numbers, legacy),
      );
      return integers ? counts(drawn) : drawn;
    },
  ];
}

/** The corners must be in order, and not all in one place. */
function checkTriangle(bound: Bound): void {
  const [left, mode, right] = ["left", "mode", "right"].map((name) => toParameter(bound[name]));
  if ([left, mode, right].some((corner) => corner!.ndim > 0)) return;
  const [a, b, c] = [left, mode, right].map((corner) => corner!.data[corner!.offset] as number);
  const refuse = (message: string) => pythonError("ValueError", message);
  if (a! > b!) throw refuse("left > mode");
  if (b! > c!) throw refuse("mode > right");
  if (a === c) throw refuse("left == right");
}

const further = Object.fromEntries(Object.entries(furtherDistributions).map(methodOf));
const [triangularSignature] = Object.keys(further).filter((text) => text.startsWith("triangular"));
const triangular = further[triangularSignature!]!;

const vectors: Readonly<Record<string, Method>> = {
  "multinomial(n, pvals, size=None)": (self, { n, pvals, size }) => {
    const legacy = isLegacy(self);
    const trials = toArray(n!);
    if (legacy && trials.ndim > 0) throw pythonError("TypeError", "an integer is required");
    return multinomial(self.primitives, trials, toParameter(pvals), toSize(size), legacy);
  },
  "dirichlet(alpha, size=None)": (self, { alpha, size }) =>
    dirichlet(self.primitives, toParameter(alpha), toSize(size), isLegacy(self)),
  "multivariate_normal(mean, cov, size=None, check_valid='warn', tol=1e-8, *, method='svd')": (
    self,
    { mean, cov, size, check_valid, tol, method },
  ) =>
    multivariateNormal(
      (shape) => self.standardNormal(shape),
      toParameter(mean),
      toParameter(cov),
      toSize(size),
      {
        method: String(method),
        checkValid: String(check_valid),
        tolerance: toFloat(tol!),
        legacy: isLegacy(self),
      },
    ),
};

export const distributionMethods: Readonly<Record<string, Method>> = {
  "normal(loc=0.0, scale=1.0, size=None)": (self, { loc, scale, size }) =>
    self.normal(toParameter(loc), toParameter(scale), toSize(size)),
  "lognormal(mean=0.0, sigma=1.0, size=None)": (self, { mean, sigma, size }) =>
    self.lognormal(toParameter(mean), toParameter(sigma), toSize(size)),
  "uniform(low=0.0, high=1.0, size=None)": (self, { low, high, size }) =>
    self.uniform(toParameter(low), toParameter(high), toSize(size)),
  "exponential(scale=1.0, size=None)": (self, { scale, size }) =>
    self.exponential(toParameter(scale), toSize(size)),
  "gamma(shape, scale=1.0, size=None)": (self, { shape, scale, size }) =>
    self.gamma(toParameter(shape), toParameter(scale), toSize(size)),
  "beta(a, b, size=None)": (self, { a, b, size }) =>
    self.beta(toParameter(a), toParameter(b), toSize(size)),
  "binomial(n, p, size=None)": (self, { n, p, size }) =>
    counts(self.binomial(toParameter(n), toParameter(p), toSize(size))),
  "poisson(lam=1.0, size=None)": (self, { lam, size }) =>
    counts(self.poisson(toParameter(lam), toSize(size))),
  ...further,
  [triangularSignature!]: (self, bound) => {
    checkTriangle(bound);
    return triangular(self, bound);
  },
  ...vectors,
};
