/**
 * @file Values that an operator made and that nobody but the expression around it has: in
 * `x * a + b` the sum may be computed in the memory of the product, as NumPy does it.
 *
 * Whether a value is such a one shows in two things together: the node it came from is an operator,
 * so that no name and no container was involved, and it is the result that the last slot of an
 * operator gave, of a type whose results are always new. Other types' slots may run functions of
 * cells, which keep what they return.
 */
import type { PythonType, Value } from "./objects.ts";

let made: Value = null;
let spare: Value = null;

/** What a slot of a type gave for an operator. */
export function noteResult<T extends Value>(type: PythonType, result: T): T {
  made = type.makesNew === true ? result : null;
  return result;
}

/** Whether a value that a node of an operator gave may be overwritten. */
export function isTemporary(value: Value): boolean {
  return made !== null && value === made;
}

/** Offers the next slot an operand to overwrite. */
export function offerSpare(value: Value): void {
  spare = value;
  made = null;
}

export function withdrawSpare(): void {
  spare = null;
}

/** The one of a slot's operands that it may overwrite; null for none. Asked once. */
export function takeSpare(left: Value, right: Value): Value {
  const value = spare;
  spare = null;
  return value === left || value === right ? value : null;
}

/** Forgets the last value, which would be kept alive. */
export function forgetMade(): void {
  made = null;
}
