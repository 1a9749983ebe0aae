/**
 * @file Distributions whose draws are vectors: multinomial, Dirichlet, multivariate normal.
 */
import { EngineError, polledElements, pollHost } from "../../engine/index.ts";
import { cast, rowMajorData, wrapData } from "../casting.ts";
import { zeros } from "../creation.ts";
import { sizeOf } from "../layout.ts";
import { choleskyFactor, eigenSymmetric, singularValues } from "../linalg/index.ts";
import { matmul } from "../linear.ts";
import type { NDArray } from "../ndarray.ts";
import { binary, unary } from "../ufuncs/ufunc.ts";
import { reshape, transpose } from "../views.ts";
import { warn } from "../warnings.ts";
import { binomial } from "./binomial.ts";
import { beta, type Primitives, standardGamma } from "./distributions.ts";
import type { Drawn, Size } from "./drawing.ts";

function refuse(message: string): never {
  throw new EngineError("ValueError", message);
}

function doubles(array: NDArray): Float64Array {
  return rowMajorData(cast(array, "float64")) as Float64Array;
}

/** How often each of several outcomes comes up in `n` experiments. */
export function multinomial(
  source: Primitives,
  n: NDArray,
  pvals: NDArray,
  size: Size,
  legacy: boolean,
): NDArray {
  const chances = doubles(pvals);
  const outcomes = chances.length;
  const trials = doubles(n);
  if (trials.some((count) => count < 0)) refuse("n < 0");
  if (!chances.every((chance) => chance >= 0 && chance <= 1)) {
    refuse("pvals < 0, pvals > 1 or pvals contains NaNs");
  }
  const sum = chances.subarray(0, -1).reduce((total, chance) => total + chance, 0);
  if (sum > 1 + 1e-12) refuse("sum(pvals[:-1]) > 1.0");
  const lead = size ?? n.shape;
  const result = new BigInt64Array(sizeOf(lead) * outcomes);
  const rows = sizeOf(lead);
  for (let row = 0; row < rows; row++) {
    if ((row * outcomes) % polledElements < outcomes) pollHost(row / rows);
    let left = trials[trials.length === 1 ? 0 : row];
    let rest = 1;
    for (let j = 0; j < outcomes - 1 && left > 0; j++) {
      const chance = chances[j] / rest;
      const drawn =
        !legacy && chance === 0 ? 0 : binomial(source.uniform, left, Math.min(chance, 1));
      result[row * outcomes + j] = BigInt(drawn);
      left -= drawn;
      rest -= chances[j];
    }
    if (left > 0) result[row * outcomes + outcomes - 1] = BigInt(left);
  }
  return wrapData(result, "int64", [...lead, outcomes]);
}

/** Shares that sum to one: gammas over their sum; by sticks broken where all are tiny. */
export function dirichlet(
  source: Primitives,
  alpha: NDArray,
  size: Size,
  legacy: boolean,
): NDArray {
  const weights = doubles(alpha);
  if (legacy ? weights.some((weight) => weight <= 0) : weights.some((weight) => weight < 0)) {
    refuse(legacy ? "alpha <= 0" : "alpha < 0");
  }
  const lead = size ?? [];
  const count = weights.length;
  const result = new Float64Array(sizeOf(lead) * count);
  const broken = !legacy && count > 0 && weights.every((weight) => weight < 0.1);
  const sums = weights.slice();
  for (let j = count - 2; j >= 0; j--) sums[j] += sums[j + 1];
  for (let at = 0; at < result.length; at += count) {
    if (at % polledElements < count) pollHost(at / result.length);
    if (broken) {
      let left = 1;
      for (let j = 0; j < count - 1; j++) {
        const share = beta(source, weights[j], sums[j + 1]);
        result[at + j] = left * share;
        left *= 1 - share;
        if (sums[j + 1] === 0) break;
      }
      result[at + count - 1] = left;
      continue;
    }
    let total = 0;
    for (let j = 0; j < count; j++) {
      result[at + j] = standardGamma(source, weights[j]);
      total += result[at + j];
    }
    const inverse = 1 / total;
    for (let j = 0; j < count; j++) result[at + j] *= inverse;
  }
  return wrapData(result, "float64", [...lead, count]);
}

export interface NormalOptions {
  readonly method: string;
  readonly checkValid: string;
  readonly tolerance: number;
  readonly legacy: boolean;
}

/** Normals of a mean and a covariance: standard ones through a root of the covariance. */
export function multivariateNormal(
  standard: (shape: readonly number[]) => Drawn,
  mean: NDArray,
  covariance: NDArray,
  size: Size,
  { method, checkValid, tolerance, legacy }: NormalOptions,
): NDArray {
  if (!["eigh", "svd", "cholesky"].includes(method)) {
    refuse("method must be one of {'eigh', 'svd', 'cholesky'}");
  }
  const [center, spread] = [cast(mean, "float64"), cast(covariance, "float64")];
  if (center.ndim !== 1) refuse("mean must be 1 dimensional");
  if (spread.ndim !== 2 || spread.shape[0] !== spread.shape[1]) {
    refuse("cov must be 2 dimensional and square");
  }
  const length = center.shape[0];
  if (length !== spread.shape[0]) refuse("mean and cov must have same length");
  const shape = [...(size ?? []), length];
  const drawn = reshape(standard(shape) as NDArray, [-1, length]);
  let factor: NDArray;
  let sound = true;
  const close = (back: NDArray) => {
    const found = doubles(back);
    return doubles(spread).every(
      (value, i) => Math.abs(found[i] - value) <= tolerance + tolerance * Math.abs(value),
    );
  };
  if (method === "cholesky") factor = transpose(choleskyFactor(spread));
  else if (method === "eigh") {
    const [values, vectors] = eigenSymmetric(spread, false);
    sound = doubles(values).every((value) => value >= -tolerance);
    factor = transpose(binary("multiply", vectors, unary("sqrt", unary("absolute", values))));
  } else {
    const { u, values, vt } = singularValues(spread, true);
    sound = close(matmul(binary("multiply", transpose(vt), values), vt));
    const roots = unary("sqrt", values);
    factor = legacy
      ? binary("multiply", reshape(roots, [-1, 1]), vt)
      : transpose(binary("multiply", u, roots));
  }
  if (!sound && checkValid !== "ignore") {
    const words = "covariance is not symmetric positive-semidefinite.";
    if (checkValid === "raise") refuse(words);
    warn(words);
  }
  const turned = drawn.size === 0 ? zeros(drawn.shape) : matmul(drawn, factor);
  return reshape(binary("add", turned, center), shape);
}
