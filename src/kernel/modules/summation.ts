/**
 * @file Exactly rounded sums of floats.
 */
import { pythonError } from "../errors.ts";
import { integerRatio } from "../formatting/floats.ts";
import { checkSometimes } from "../interrupts.ts";
import { trueDivide } from "../types/arithmetic.ts";

/** `math.fsum`: the sum as if it were computed exactly and rounded once. */
export function exactSum(values: readonly number[]): number {
  let special = 0;
  let isSpecial = false;
  let numerator = 0n;
  // All finite floats are multiples of this unit's reciprocal.
  const unit = 1n << 1074n;
  for (const value of values) {
    checkSometimes();
    if (!Number.isFinite(value)) {
      if (isSpecial && special === -value) {
        throw pythonError("ValueError", "-inf + inf in fsum");
      }
      special += value;
      isSpecial = true;
      continue;
    }
    const ratio = integerRatio(value);
    numerator += ratio.numerator * (unit / ratio.denominator);
  }
  if (isSpecial) return special;
  try {
    return trueDivide(numerator, unit);
  } catch {
    throw pythonError("OverflowError", "intermediate overflow in fsum");
  }
}
