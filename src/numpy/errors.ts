/**
 * @file NumPy's own exception classes, and the checks of axes that raise them.
 */
import { EngineError } from "../engine/index.ts";

/** `numpy.exceptions.AxisError`, a ValueError and an IndexError. */
export class AxisError extends EngineError {
  constructor(message: string) {
    super("ValueError", message);
  }
}

/** `numpy.linalg.LinAlgError`, a ValueError. */
export class LinAlgError extends EngineError {
  constructor(message: string) {
    super("ValueError", message);
  }
}

/** `UFuncTypeError`, a TypeError: the result does not fit where it should go. */
export class UFuncTypeError extends EngineError {
  constructor(message: string) {
    super("TypeError", message);
  }
}

/** `numpy._core._exceptions._ArrayMemoryError`, a MemoryError. */
export class ArrayMemoryError extends EngineError {
  constructor(message: string) {
    super("MemoryError", message);
  }
}

/** The axis counted from the front; AxisError where there is none such. */
export function normalizeAxis(axis: number, rank: number, prefix = ""): number {
  if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  const lead = prefix === "" ? "" : `${prefix}: `;
  throw new AxisError(`${lead}axis ${axis} is out of bounds for array of dimension ${rank}`);
}

/** Several axes counted from the front, none twice. */
export function normalizeAxes(axes: readonly number[], rank: number, argument = ""): number[] {
  const normalized = axes.map((axis) => normalizeAxis(axis, rank, argument));
  if (new Set(normalized).size < normalized.length) {
    throw new EngineError(
      "ValueError",
      argument === "" ? "duplicate value in 'axis'" : `repeated axis in \`${argument}\` argument`,
    );
  }
  return normalized;
}
