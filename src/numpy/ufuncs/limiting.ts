/**
 * @file Elements kept within bounds, and rounded: composed of ufuncs.
 */
import { castKeepingOrder } from "../casting.ts";
import { asarray } from "../creation.ts";
import { integerRange, isFloating, isIntegral } from "../dtypes.ts";
import type { ArrayDType, NDArray, Operand } from "../ndarray.ts";
import { binary, commonType, deliver, type UfuncOptions, unary } from "./ufunc.ts";

/** A Python integer as a bound of a type: beyond its range, the range's own end. */
function withinType(bound: Operand, dtype: ArrayDType): Operand {
  if (typeof bound !== "bigint" || !isIntegral(dtype)) return bound;
  const [least, most] = integerRange(dtype);
  return bound < least ? least : bound > most ? most : bound;
}

/** `np.clip(array, low, high)`: a bound that is left out does not bind. */
export function clip(
  array: Operand,
  lowest: Operand | null,
  highest: Operand | null,
  options: UfuncOptions = {},
): NDArray {
  let [low, high] = [lowest, highest];
  const given = [low, high].filter((bound) => bound !== null);
  const dtype = options.dtype ?? commonType([array, ...given]);
  [low, high] = [low, high].map((bound) => (bound === null ? null : withinType(bound, dtype)));
  let result = low === null ? asarray(array) : binary("maximum", array, low, { dtype });
  if (high !== null) {
    const temporary = low !== null && result !== array ? { overwrite: result } : {};
    result = binary("minimum", result, high, { dtype, ...temporary });
  }
  if (result.dtype !== dtype) result = castKeepingOrder(result, dtype);
  return deliver(result, options, "clip");
}

/** `np.round(array, decimals)`: half to even at the scaled value, as NumPy scales it. */
export function round(array: NDArray, decimals: number): NDArray {
  if (array.dtype === "bool") return castKeepingOrder(array, "float16");
  if (!isFloating(array.dtype)) {
    if (decimals >= 0) return array;
    const scaled = unary("rint", binary("divide", array, 10 ** -decimals));
    return castKeepingOrder(binary("multiply", scaled, 10 ** -decimals), array.dtype);
  }
  if (decimals === 0) return unary("rint", array);
  const [before, after] = decimals > 0 ? ["multiply", "divide"] : ["divide", "multiply"];
  const factor = 10 ** Math.abs(decimals);
  return binary(after, unary("rint", binary(before, array, factor)), factor);
}
