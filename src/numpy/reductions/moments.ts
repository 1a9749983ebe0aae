/**
 * @file Means and variances, in the steps of NumPy's own (numpy/_core/_methods.py): a sum, then
 * one division in the result's type.
 */
import { EngineError } from "../../engine/index.ts";
import { castKeepingOrder } from "../casting.ts";
import { isFloating } from "../dtypes.ts";
import { normalizeAxis } from "../errors.ts";
import { type ArrayDType, NDArray } from "../ndarray.ts";
import { binary, unary } from "../ufuncs/ufunc.ts";
import { warn } from "../warnings.ts";
import { type ReductionOptions, reducedAxes, reducedCount } from "./axes.ts";
import { type SumOptions, sum, sumSquares } from "./sum.ts";

export interface MomentOptions extends ReductionOptions {
  /** The type to compute in; integers are computed in float64, means of float16 in float32. */
  readonly dtype?: ArrayDType;
  /** "Delta degrees of freedom": the divisor is the count less this. */
  readonly ddof?: number;
}

/** The type a mean is computed in, and the type it is given in. */
function meanTypes(array: NDArray, dtype: ArrayDType | undefined): [ArrayDType, ArrayDType] {
  if (dtype !== undefined) return [dtype, dtype];
  if (array.dtype === "float16") return ["float32", "float16"];
  return isFloating(array.dtype) ? [array.dtype, array.dtype] : ["float64", "float64"];
}

/**
 * Divides sums, which are not needed again, by a count: in float64, which rounds once to the sums'
 * own type. A quotient of float32s that is rounded by way of float64 is the one rounded at once.
 */
function divide(sums: NDArray, count: number): NDArray {
  const single = sums.dtype === "float32" && Math.fround(count) === count;
  if (single || sums.dtype === "float64") {
    return binary("divide", sums, count, { dtype: sums.dtype, overwrite: sums });
  }
  return castKeepingOrder(binary("divide", sums, count, { dtype: "float64" }), sums.dtype);
}

/** A number has no axis to take moments along, though it may be summed along one. */
function checkMomentAxis(array: NDArray, { axis }: MomentOptions): void {
  if (array.ndim === 0 && typeof axis === "number") normalizeAxis(axis, 0);
}

/** `np.mean(array, axis, dtype, keepdims=…)`. */
export function mean(array: NDArray, options: MomentOptions = {}): NDArray {
  checkMomentAxis(array, options);
  const [compute, result] = meanTypes(array, options.dtype);
  const count = reducedCount(array, reducedAxes(array, options.axis));
  if (count === 0) warn("Mean of empty slice");
  const means = divide(sum(array, { ...options, dtype: compute }), count);
  return means.dtype === result ? means : castKeepingOrder(means, result);
}

/** `np.var(array, axis, dtype, ddof=…, keepdims=…)`: two passes, as NumPy makes them. */
export function variance(array: NDArray, options: MomentOptions = {}): NDArray {
  checkMomentAxis(array, options);
  const compute = options.dtype ?? (isFloating(array.dtype) ? array.dtype : "float64");
  const count = reducedCount(array, reducedAxes(array, options.axis));
  const ddof = options.ddof ?? 0;
  if (ddof >= count) warn("Degrees of freedom <= 0 for slice");
  const means = divide(sum(array, { ...options, dtype: compute, keepDims: true }), count);
  const total =
    (compute === array.dtype ? sumSquares(array, options, means) : undefined) ??
    sumSquaresStepwise(array, { ...options, dtype: compute }, means);
  return divide(total, Math.max(count - ddof, 0));
}

/** The squares as an array, as NumPy makes them, with its warnings. */
function sumSquaresStepwise(array: NDArray, options: SumOptions, means: NDArray): NDArray {
  const deviations = binary("subtract", array, means);
  const squares = binary("multiply", deviations, deviations, { overwrite: deviations });
  return sum(squares, options);
}

/** `np.std`: the square root of the variance. */
export function standardDeviation(array: NDArray, options: MomentOptions = {}): NDArray {
  return unary("sqrt", variance(array, options));
}

/** `np.average(array, axis, weights)`, and the sums of the weights. */
export function average(
  array: NDArray,
  axis: ReductionOptions["axis"],
  weights: NDArray | null,
  keepDims = false,
): { readonly average: NDArray; readonly sumOfWeights: NDArray } {
  if (!weights) {
    const result = mean(array, { axis: axis ?? null, keepDims });
    const count = reducedCount(array, reducedAxes(array, axis));
    const ones = binary("add", binary("multiply", result, 0), count);
    return { average: result, sumOfWeights: ones };
  }
  let shaped = weights;
  if (weights.ndim !== array.ndim || weights.shape.some((n, i) => n !== array.shape[i])) {
    if (axis === null || axis === undefined) {
      throw new EngineError(
        "TypeError",
        "Axis must be specified when shapes of a and weights differ.",
      );
    }
    const [along] = reducedAxes(array, axis);
    if (weights.ndim !== 1 || weights.shape[0] !== array.shape[along]) {
      throw new EngineError(
        "ValueError",
        "Shape of weights must be consistent with shape of a along specified axis.",
      );
    }
    const shape = array.shape.map((length, index) => (index === along ? length : 1));
    const strides = shape.map((_, index) => (index === along ? weights.strides[0] : 0));
    shaped = new NDArray(weights.data, weights.dtype, shape, strides, weights.offset);
  }
  const floats = isFloating(array.dtype) || isFloating(weights.dtype);
  const product = binary("multiply", array, shaped, floats ? {} : { dtype: "float64" });
  const scale = sum(binary("add", shaped, binary("multiply", array, 0)), {
    axis: axis ?? null,
    keepDims,
    dtype: product.dtype,
  });
  if ([...scale.data].some((value) => Number(value) === 0)) {
    throw new EngineError("ZeroDivisionError", "Weights sum to zero, can't be normalized");
  }
  const total = sum(product, { axis: axis ?? null, keepDims, dtype: product.dtype });
  return { average: binary("divide", total, scale), sumOfWeights: scale };
}
