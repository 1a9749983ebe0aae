/**
 * @file Expressions, compiled to closures that evaluate them.
 */
import type {
  Binary,
  Expression,
  FormattedText,
  Replacement,
  Subscript,
  Unary,
} from "../../python/nodes.ts";
import { ellipsis, PyDict, PyList, PySet, PySlice, PyTuple } from "../containers.ts";
import { pythonError, toException } from "../errors.ts";
import { asciiOnly } from "../formatting/text.ts";
import { PythonModule } from "../functions.ts";
import type { Value } from "../objects.ts";
import {
  errorTypeName,
  formatValue,
  getAttribute,
  getItem,
  iterate,
  repr,
  str,
  truth,
  typeOf,
  unary,
} from "../operations.ts";
import { PyBytes } from "../types/bytes.ts";
import { mappingEntries } from "../types/dicts.ts";
import { copied } from "../types/sets.ts";
import { compileCall } from "./calls.ts";
import { compileCompare } from "./comparisons.ts";
import { type Context, ScopeError } from "./compiler.ts";
import { compileComprehension } from "./comprehensions.ts";
import { constantInteger, constantNumber } from "./constants.ts";
import type { Evaluate, Frame } from "./frame.ts";
import { compileLambda } from "./functions.ts";
import { gathering, listItem } from "./items.ts";
import { loadName, storeName } from "./names.ts";
import { binaryOfOperations, compileBinary, type Operand } from "./operators.ts";

/** Compiles an expression. In a statement that spans lines, errors name the line of the part. */
export function compileExpression(node: Expression, context: Context): Evaluate {
  const evaluate = compileKind(node, context);
  return context.multiline ? located(node, evaluate, context) : evaluate;
}

const silent = new Set<Expression["type"]>(["Integer", "Float", "Text", "Literal", "Lambda"]);

function located(node: Expression, evaluate: Evaluate, { source }: Context): Evaluate {
  if (silent.has(node.type)) return evaluate;
  const line = source.lineAt(lineOffset(node));
  return (frame) => {
    try {
      return evaluate(frame);
    } catch (thrown) {
      const exception = toException(thrown);
      // The innermost part comes first, and is the one that CPython names.
      if (exception.locatedIn !== frame.activation) {
        exception.locatedIn = frame.activation;
        frame.activation.line = line;
      }
      throw exception;
    }
  };
}

/** A chain of method calls stands at the line of the method's name. */
function lineOffset(node: Expression): number {
  if (node.type === "Attribute") return node.nameSpan.from;
  if (node.type === "Call" && node.callee.type === "Attribute") return node.callee.nameSpan.from;
  return node.from;
}

function compileKind(node: Expression, context: Context): Evaluate {
  switch (node.type) {
    case "Name":
      return loadName(node.id, context);
    case "Integer":
    case "Float":
    case "Text": {
      const { value } = node;
      return () => value;
    }
    case "Bytes": {
      const value = new PyBytes(node.value);
      return () => value;
    }
    case "Literal": {
      const value = node.value === "..." ? ellipsis : node.value;
      return () => value;
    }
    case "FormattedText":
      return formattedText(node, context);
    case "Tuple": {
      const items = compileItems(node.items, context);
      return (frame) => new PyTuple(items(frame));
    }
    case "List": {
      const items = compileItems(node.items, context);
      return (frame) => new PyList(items(frame));
    }
    case "Set": {
      const items = compileItems(node.items, context);
      // CPython makes a frozen set of three constants or more, and copies it.
      const folded = node.items.length > 2 && node.items.every(isConstant);
      return folded
        ? (frame) => copied(new PySet(items(frame)), false)
        : (frame) => new PySet(items(frame));
    }
    case "Dict":
      return dictDisplay(node.entries, context);
    case "Unary":
    case "Binary":
      return operation(node, context);
    case "Compare":
      return compileCompare(
        compileExpression(node.first, context),
        node.operators,
        node.rest.map((part) => compileExpression(part, context)),
      );
    case "Logical": {
      const left = compileExpression(node.left, context);
      const right = compileExpression(node.right, context);
      const stopsAt = node.operator === "or";
      return (frame) => {
        const value = left(frame);
        return truth(value) === stopsAt ? value : right(frame);
      };
    }
    case "Conditional": {
      const test = compileTest(node.test, context);
      const then = compileExpression(node.then, context);
      const otherwise = compileExpression(node.otherwise, context);
      return (frame) => (test(frame) ? then(frame) : otherwise(frame));
    }
    case "Attribute": {
      const object = compileExpression(node.object, context);
      const { name } = node;
      return (frame) => {
        const value = object(frame);
        if (value instanceof PythonModule) {
          const member = value.members.get(name);
          if (member !== undefined) return member;
        }
        return getAttribute(value, name);
      };
    }
    case "Subscript":
      return subscript(node, context);
    case "Slice":
      return slice(node.start, node.stop, node.step, context);
    case "Call":
      return compileCall(node, context);
    case "Lambda":
      return compileLambda(node, context);
    case "Comprehension":
      return compileComprehension(node, context);
    case "Named": {
      const value = compileExpression(node.value, context);
      const store = storeName(node.name.id, context);
      return (frame) => {
        const result = value(frame);
        store(frame, result);
        return result;
      };
    }
    case "Yield":
      throw new ScopeError("'yield' inside list comprehension", node.from);
    case "Starred":
    case "Unsupported":
    case "Missing":
      throw new Error(`internal: ${node.type} reached the evaluator`);
  }
}

function operation(node: Unary | Binary, context: Context): Evaluate {
  const constant = constantInteger(node);
  if (constant !== null) return () => constant;
  if (node.type === "Unary") {
    return unaryOperation(node.operator, compileExpression(node.operand, context));
  }
  const left = compileExpression(node.left, context);
  const right = compileOperand(node.right, context);
  const [nestedLeft, nestedRight] = [isOperation(node.left), isOperation(node.right)];
  if (!nestedLeft && !nestedRight) return compileBinary(node.operator, left, right);
  const otherwise = binaryOfOperations(nestedLeft, nestedRight);
  return compileBinary(node.operator, left, right, otherwise);
}

function isConstant(node: Expression): boolean {
  return constantNumber(node) !== null || node.type === "Text" || node.type === "Literal";
}

function isOperation(node: Expression): boolean {
  return node.type === "Binary" || node.type === "Unary";
}

/** Compiles what stands to the right of an operator. */
export function compileOperand(node: Expression, context: Context): Operand {
  return { evaluate: compileExpression(node, context), constant: constantNumber(node) };
}

/** Compiles an expression whose truth alone matters. */
export function compileTest(node: Expression, context: Context): (frame: Frame) => boolean {
  const evaluate = compileExpression(node, context);
  return (frame) => {
    const value = evaluate(frame);
    return typeof value === "boolean" ? value : truth(value);
  };
}

/** Items of a display, `*values` unpacked. */
function compileItems(nodes: readonly Expression[], context: Context): (frame: Frame) => Value[] {
  if (!nodes.some(({ type }) => type === "Starred")) {
    return gathering(nodes.map((node) => compileExpression(node, context)));
  }
  const items = nodes.map((node) => ({
    starred: node.type === "Starred",
    value: compileExpression(node.type === "Starred" ? node.value : node, context),
  }));
  return (frame) => {
    const values: Value[] = [];
    for (const { starred, value } of items) {
      if (starred) for (const item of unpacked(value(frame))) values.push(item);
      else values.push(value(frame));
    }
    return values;
  };
}

function unpacked(value: Value): Iterable<Value> {
  if (typeOf(value).iterate) return iterate(value);
  throw pythonError("TypeError", `Value after * must be an iterable, not ${errorTypeName(value)}`);
}

function dictDisplay(
  entries: readonly { readonly key: Expression | null; readonly value: Expression }[],
  context: Context,
): Evaluate {
  const compiled = entries.map(({ key, value }) => ({
    key: key && compileExpression(key, context),
    value: compileExpression(value, context),
  }));
  return (frame) => {
    const dict = new PyDict();
    for (const { key, value } of compiled) {
      if (key) dict.set(key(frame), value(frame));
      else for (const [name, item] of mappingEntries(value(frame))) dict.set(name, item);
    }
    return dict;
  };
}

function unaryOperation(operator: "+" | "-" | "~" | "not", operand: Evaluate): Evaluate {
  if (operator === "not") return (frame) => !truth(operand(frame));
  if (operator === "-") {
    return (frame) => {
      const value = operand(frame);
      if (typeof value === "number") return -value;
      return typeof value === "bigint" ? -value : unary("-", value);
    };
  }
  return (frame) => unary(operator, operand(frame));
}

function subscript(node: Subscript, context: Context): Evaluate {
  const object = compileExpression(node.object, context);
  const index = compileExpression(node.index, context);
  return (frame) => {
    const value = object(frame);
    const at = index(frame);
    return listItem(value, at) ?? getItem(value, at);
  };
}

function slice(
  start: Expression | null,
  stop: Expression | null,
  step: Expression | null,
  context: Context,
): Evaluate {
  const part = (node: Expression | null): Evaluate =>
    node ? compileExpression(node, context) : () => null;
  const [from, to, by] = [part(start), part(stop), part(step)];
  return (frame) => new PySlice(from(frame), to(frame), by(frame));
}

function formattedText(node: FormattedText, context: Context): Evaluate {
  const parts = node.parts.map((part) =>
    typeof part === "string" ? () => part : replacement(part, context),
  );
  return (frame) => {
    let text = "";
    for (const part of parts) text += part(frame);
    return text;
  };
}

function replacement(node: Replacement, context: Context): (frame: Frame) => string {
  const evaluate = compileExpression(node.value, context);
  const specification = node.format ? formattedText(node.format, context) : null;
  const label = node.label ?? "";
  // `{x=}` shows the repr unless told otherwise.
  const conversion = node.conversion ?? (node.label !== null && !node.format ? "r" : null);
  return (frame) => {
    const value = converted(evaluate(frame), conversion);
    return label + formatValue(value, specification ? (specification(frame) as string) : "");
  };
}

function converted(value: Value, conversion: "r" | "s" | "a" | null): Value {
  switch (conversion) {
    case null:
      return value;
    case "r":
      return repr(value);
    case "s":
      return str(value);
    case "a":
      return asciiOnly(repr(value));
  }
}
