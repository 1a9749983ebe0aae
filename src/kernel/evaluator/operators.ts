/**
 * @file Binary operators. Each has closures of its own, which the JavaScript engine
 * then compiles for numbers; one for all would see every type, and be slow for each.
 */
import type { BinaryOperator } from "../../python/nodes.ts";
import type { Value } from "../objects.ts";
import { binary, typeOf } from "../operations.ts";
import { isTemporary, offerSpare, withdrawSpare } from "../temporaries.ts";
import {
  add,
  and,
  divide,
  exclusiveOr,
  floorQuotient,
  multiply,
  or,
  remainder,
  subtract,
} from "./arithmetic.ts";
import type { Evaluate } from "./frame.ts";

/** What is done with operands that are no numbers: `binary`, or `inPlace` for `+=`. */
type Otherwise = (operator: BinaryOperator, left: Value, right: Value) => Value;

/** A right operand: what evaluates it, and its value where that is written out as a number. */
export interface Operand {
  readonly evaluate: Evaluate;
  readonly constant: bigint | number | null;
}

/** As `binary`, where `left` and `right` tell which operands come from operators themselves. */
export function binaryOfOperations(left: boolean, right: boolean): Otherwise {
  return (operator, a, b) => {
    if (left && isTemporary(a)) offerSpare(a);
    else if (right && isTemporary(b) && leavesToRight(a)) offerSpare(b);
    else return binary(operator, a, b);
    try {
      return binary(operator, a, b);
    } finally {
      withdrawSpare();
    }
  };
}

/** Whether the slot asked first takes what is offered, or knows nothing of it and runs no code. */
function leavesToRight(left: Value): boolean {
  return typeof left === "number" || typeof left === "bigint" || typeOf(left).makesNew === true;
}

export function compileBinary(
  operator: BinaryOperator,
  left: Evaluate,
  { evaluate: right, constant }: Operand,
  otherwise: Otherwise = binary,
): Evaluate {
  if (constant !== null) {
    const compiled = withConstant(operator, left, constant, otherwise);
    if (compiled) return compiled;
  }
  switch (operator) {
    case "+":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return add(a, b) ?? otherwise("+", a, b);
      };
    case "-":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return subtract(a, b) ?? otherwise("-", a, b);
      };
    case "*":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return multiply(a, b) ?? otherwise("*", a, b);
      };
    case "/":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return divide(a, b) ?? otherwise("/", a, b);
      };
    case "//":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return floorQuotient(a, b) ?? otherwise("//", a, b);
      };
    case "%":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return remainder(a, b) ?? otherwise("%", a, b);
      };
    case "&":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return and(a, b) ?? otherwise("&", a, b);
      };
    case "|":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return or(a, b) ?? otherwise("|", a, b);
      };
    case "^":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        return exclusiveOr(a, b) ?? otherwise("^", a, b);
      };
    default:
      return (frame) => {
        const a = left(frame);
        return otherwise(operator, a, right(frame));
      };
  }
}

/** The commonest operators with a number to their right: one closure less to call. */
function withConstant(
  operator: BinaryOperator,
  left: Evaluate,
  constant: bigint | number,
  otherwise: Otherwise,
): Evaluate | null {
  switch (operator) {
    case "+":
      return (frame) => {
        const a = left(frame);
        return add(a, constant) ?? otherwise("+", a, constant);
      };
    case "-":
      return (frame) => {
        const a = left(frame);
        return subtract(a, constant) ?? otherwise("-", a, constant);
      };
    case "*":
      return (frame) => {
        const a = left(frame);
        return multiply(a, constant) ?? otherwise("*", a, constant);
      };
    case "//":
      return (frame) => {
        const a = left(frame);
        return floorQuotient(a, constant) ?? otherwise("//", a, constant);
      };
    case "%":
      return (frame) => {
        const a = left(frame);
        return remainder(a, constant) ?? otherwise("%", a, constant);
      };
    default:
      return null;
  }
}
