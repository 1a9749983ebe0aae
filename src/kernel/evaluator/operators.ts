/**
 * @file Binary operators and comparisons. Each has closures of its own, which the JavaScript engine
 * then compiles for numbers; one for all would see every type, and be slow for each.
 */
import type { BinaryOperator, CompareOperator } from "../../python/nodes.ts";
import type { Value } from "../objects.ts";
import { binary, compare, truth } from "../operations.ts";
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

export function compileBinary(
  operator: BinaryOperator,
  left: Evaluate,
  right: Evaluate,
  otherwise: Otherwise = binary,
): Evaluate {
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

export function compileCompare(
  first: Evaluate,
  operators: readonly CompareOperator[],
  rest: readonly Evaluate[],
): Evaluate {
  if (operators.length === 1) return compileComparison(operators[0]!, first, rest[0]!);
  return (frame) => {
    let left = first(frame);
    let result: Value = true;
    for (let index = 0; index < operators.length; index++) {
      const right = rest[index]!(frame);
      result = compare(operators[index]!, left, right);
      if (index < operators.length - 1 && !truth(result)) return result;
      left = right;
    }
    return result;
  };
}

function compileComparison(operator: CompareOperator, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator) {
    case "<":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === "bigint" && typeof b === "bigint") return a < b;
        if (typeof a === "number" && typeof b === "number") return a < b;
        return compare("<", a, b);
      };
    case "<=":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === "bigint" && typeof b === "bigint") return a <= b;
        if (typeof a === "number" && typeof b === "number") return a <= b;
        return compare("<=", a, b);
      };
    case ">":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === "bigint" && typeof b === "bigint") return a > b;
        if (typeof a === "number" && typeof b === "number") return a > b;
        return compare(">", a, b);
      };
    case ">=":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === "bigint" && typeof b === "bigint") return a >= b;
        if (typeof a === "number" && typeof b === "number") return a >= b;
        return compare(">=", a, b);
      };
    case "==":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === "bigint" && typeof b === "bigint") return a === b;
        if (typeof a === "number" && typeof b === "number") return a === b;
        return compare("==", a, b);
      };
    case "!=":
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === "bigint" && typeof b === "bigint") return a !== b;
        if (typeof a === "number" && typeof b === "number") return a !== b;
        return compare("!=", a, b);
      };
    default:
      return (frame) => {
        const a = left(frame);
        return compare(operator, a, right(frame));
      };
  }
}
