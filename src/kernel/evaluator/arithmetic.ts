/**
 * @file Operators on ints and floats, spelled out one by one, so that loops over numbers do not pay
 * for looking up types. Undefined where the operands are anything else, and where Python's answer
 * takes more than a line: `operations.ts` knows it.
 */
import type { Value } from "../objects.ts";
import { floorDivide, integerToFloat, modulo, trueDivide } from "../types/arithmetic.ts";

type Arithmetic = (a: Value, b: Value) => bigint | number | undefined;

export const add: Arithmetic = (a, b) => {
  if (typeof a === "bigint") {
    if (typeof b === "bigint") return a + b;
    return typeof b === "number" ? integerToFloat(a) + b : undefined;
  }
  if (typeof a !== "number") return undefined;
  if (typeof b === "number") return a + b;
  return typeof b === "bigint" ? a + integerToFloat(b) : undefined;
};

export const subtract: Arithmetic = (a, b) => {
  if (typeof a === "bigint") {
    if (typeof b === "bigint") return a - b;
    return typeof b === "number" ? integerToFloat(a) - b : undefined;
  }
  if (typeof a !== "number") return undefined;
  if (typeof b === "number") return a - b;
  return typeof b === "bigint" ? a - integerToFloat(b) : undefined;
};

export const multiply: Arithmetic = (a, b) => {
  if (typeof a === "bigint") {
    if (typeof b === "bigint") return a * b;
    return typeof b === "number" ? integerToFloat(a) * b : undefined;
  }
  if (typeof a !== "number") return undefined;
  if (typeof b === "number") return a * b;
  return typeof b === "bigint" ? a * integerToFloat(b) : undefined;
};

export const divide: Arithmetic = (a, b) => {
  if (typeof b === "number") {
    if (b === 0) return undefined;
    if (typeof a === "number") return a / b;
    return typeof a === "bigint" ? integerToFloat(a) / b : undefined;
  }
  if (typeof b !== "bigint" || b === 0n) return undefined;
  if (typeof a === "bigint") return trueDivide(a, b);
  return typeof a === "number" ? a / integerToFloat(b) : undefined;
};

export const floorQuotient: Arithmetic = (a, b) => {
  if (typeof a !== "bigint" || typeof b !== "bigint" || b === 0n) return undefined;
  return a >= 0n && b > 0n ? a / b : floorDivide(a, b);
};

export const remainder: Arithmetic = (a, b) => {
  if (typeof a !== "bigint" || typeof b !== "bigint" || b === 0n) return undefined;
  return a >= 0n && b > 0n ? a % b : modulo(a, b);
};

export const and: Arithmetic = (a, b) =>
  typeof a === "bigint" && typeof b === "bigint" ? a & b : undefined;

export const or: Arithmetic = (a, b) =>
  typeof a === "bigint" && typeof b === "bigint" ? a | b : undefined;

export const exclusiveOr: Arithmetic = (a, b) =>
  typeof a === "bigint" && typeof b === "bigint" ? a ^ b : undefined;
