/**
 * @file The uniform distribution: what it is drawn from, and its two parameters, where it begins and
 * how far it reaches.
 */
import { EngineError } from "../../engine/index.ts";
import { wrapData } from "../casting.ts";
import type { NDArray } from "../ndarray.ts";
import { nextFloat } from "./bitGenerator.ts";
import { drawnShape, nonNegative, type Parameter, spread } from "./drawing.ts";
import type { Source } from "./fills.ts";

/** From [0, 1). */
export const uniformSource: Source = {
  draw: (bits) => bits.nextDouble(),
  layers: null,
  kernels: { PCG64: "uniforms", MT19937: "twisterUniforms" },
};

/** From [0, 1), in float32. */
export const uniformSource32: Source = {
  draw: nextFloat,
  layers: null,
  kernels: { PCG64: "uniforms32" },
};

/**
 * `low`, and `high - low` as float64 computes it.
 *
 * @param ordered Whether `high` below `low` is refused, as `Generator` does.
 * @throws EngineError OverflowError where the range is beyond a double.
 */
export function uniformParameters(
  low: NDArray,
  high: NDArray,
  ordered: boolean,
): [Parameter, Parameter] {
  const shape = drawnShape(null, [low.shape, high.shape]);
  const lowers = spread(low, shape);
  const distances = spread(high, shape).map((upper, i) => upper - lowers[i]);
  const range = wrapData(distances, "float64", shape);
  if (!distances.every(Number.isFinite)) {
    const scalar = ordered && range.ndim === 0;
    throw new EngineError(
      "OverflowError",
      scalar ? "high - low range exceeds valid bounds" : "Range exceeds valid bounds",
    );
  }
  return [
    { name: "low", values: low, check: null },
    { name: "high - low", values: range, check: ordered ? nonNegative : null },
  ];
}
