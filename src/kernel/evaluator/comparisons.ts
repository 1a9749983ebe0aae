/**
 * @file Comparisons. As for the other operators, each has closures of its own.
 */
import type { CompareOperator } from "../../python/nodes.ts";
import type { Value } from "../objects.ts";
import { compare, truth } from "../operations.ts";
import type { Evaluate } from "./frame.ts";

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
