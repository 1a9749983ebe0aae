/**
 * @file Values that an operator made and that nobody but the expression around it has: in
 * `x * a + b` the sum may be computed in the memory of the product, as NumPy does it.
 *
 * Whether a value is such a one shows in two things together: the node it came from is an operator,
 * so that no name and no container was involved, and it is the last one that an operator of a
 * type with memory to reuse has made.
 */
import type { BinaryOperator } from "../python/nodes.ts";
import type { Value } from "./objects.ts";
import { binary } from "./operations.ts";

let made: Value = null;
let spare: Value = null;

/** For a type's operators to say: this value is new, and only the expression will have it. */
export function noteMade<T extends Value>(value: T): T {
  made = value;
  return value;
}

/** The operand of the running operator that may be overwritten; null for none. Asked once. */
export function takeSpare(): Value {
  const value = spare;
  spare = null;
  return value;
}

/** Forgets the last value, which would be kept alive. */
export function forgetMade(): void {
  made = null;
}

/** As `binary`, where operands of which `left` and `right` tell come from operators themselves. */
export function binaryOfOperations(
  left: boolean,
  right: boolean,
): (operator: BinaryOperator, a: Value, b: Value) => Value {
  return (operator, a, b) => {
    const temporary = made !== null && ((left && a === made) || (right && b === made));
    spare = temporary ? made : null;
    // What another type's operator returns may be older: only its maker can say that it is new.
    made = null;
    try {
      return binary(operator, a, b);
    } finally {
      spare = null;
    }
  };
}
