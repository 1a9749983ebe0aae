/**
 * @file Integers that are computed when a cell is compiled, as CPython folds them: `10**6`, `2**64 - 1`.
 */
import type { Expression } from "../../python/nodes.ts";

/** CPython leaves longer powers to the run, which they might not survive. */
const mostBits = 128;

/** The value of an expression of integer literals alone; null for what could fail or grow large. */
export function constantInteger(node: Expression): bigint | null {
  if (node.type === "Integer") return node.value;
  if (node.type === "Unary" && node.operator === "-") {
    const operand = constantInteger(node.operand);
    return operand === null ? null : -operand;
  }
  if (node.type !== "Binary") return null;
  const left = constantInteger(node.left);
  const right = left === null ? null : constantInteger(node.right);
  if (left === null || right === null) return null;
  switch (node.operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "**":
      return isShort(left, right) ? left ** right : null;
    default:
      return null;
  }
}

/** The number that an expression of literals alone is; null for every other. */
export function constantNumber(node: Expression): bigint | number | null {
  return node.type === "Float" ? node.value : constantInteger(node);
}

function isShort(base: bigint, exponent: bigint): boolean {
  return exponent >= 0n && BigInt(base.toString(2).length) * exponent <= mostBits;
}
