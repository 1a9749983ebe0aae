/**
 * @file `str`: slots and class. Its methods are in `stringMethods.ts`.
 */
import type { BinaryOperator, CompareOperator } from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PySlice } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { percentFormat } from "../formatting/percent.ts";
import { formatText } from "../formatting/specification.ts";
import { codePoints, isWide, sliceText, stringRepr, textLength } from "../formatting/text.ts";
import type { PythonType, Value } from "../objects.ts";
import { errorTypeName, str, typeOf } from "../operations.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import { decode, PyBytes } from "./bytes.ts";
import { position, repetitions, sliceIndices } from "./sequences.ts";
import { stringAttributes, stringStatics } from "./stringMethods.ts";

const newString = parseSignature("builtins.str(object='', encoding=..., errors=...)");

export const stringClass: PyClass = new PyClass("str", {
  signature: newString,
  construct(args) {
    const [object, encoding, errors] = bindArguments(newString, args);
    if (encoding === undefined && errors === undefined) return str(object!);
    if (object instanceof PyBytes) return decode(object, encoding ?? "utf-8", errors ?? "strict");
    throw pythonError(
      "TypeError",
      `decoding to str: need a bytes-like object, ${errorTypeName(object!)} found`,
    );
  },
  instances: () => stringType as PythonType,
  members: stringStatics,
});

function repeat(text: string, count: bigint): string {
  return text.repeat(repetitions(text.length, count, 2 ** 28));
}

function stringBinary(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (operator === "+" && typeof left === "string" && typeof right === "string") {
    return left + right;
  }
  if (operator === "%" && typeof left === "string") return percentFormat(left, right);
  if (operator !== "*") return undefined;
  const [text, count] = typeof left === "string" ? [left, right] : [right as string, left];
  return typeof count === "bigint" || typeof count === "boolean"
    ? repeat(text, BigInt(count))
    : undefined;
}

// Python orders by code points. UTF-16 units order alike but for surrogates.
function order(left: string, right: string): number {
  if (left === right) return 0;
  if (!isWide(left) && !isWide(right)) return left < right ? -1 : 1;
  const a = [...left];
  const b = [...right];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = a[index]!.codePointAt(0)! - b[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function stringCompare(operator: CompareOperator, left: Value, right: Value): Value | undefined {
  if (typeof left !== "string" || typeof right !== "string") return undefined;
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return order(left, right) < 0;
    case "<=":
      return order(left, right) <= 0;
    case ">":
      return order(left, right) > 0;
    case ">=":
      return order(left, right) >= 0;
    default:
      return undefined;
  }
}

export const stringType: PythonType<string> = {
  name: "str",
  classOf: () => stringClass,
  repr: stringRepr,
  str: (value) => value,
  format: formatText,
  length: textLength,
  truth: (value) => value !== "",
  // A string iterates by code points of its own.
  iterate: (value) => value,
  contains(value, item) {
    if (typeof item === "string") return value.includes(item);
    throw pythonError(
      "TypeError",
      `'in <string>' requires string as left operand, not ${errorTypeName(item)}`,
    );
  },
  getItem(value, index) {
    if (index instanceof PySlice) {
      const { start, step, count } = sliceIndices(index, textLength(value));
      return sliceText(value, start, step, count);
    }
    if (!typeOf(index).toIndex) {
      throw pythonError(
        "TypeError",
        `string indices must be integers, not '${errorTypeName(index)}'`,
      );
    }
    if (!isWide(value)) {
      return value[position(index, value.length, "string index out of range")]!;
    }
    const points = codePoints(value);
    return points[position(index, points.length, "string index out of range")]!;
  },
  binary: stringBinary,
  compare: stringCompare,
  ...stringAttributes,
};
