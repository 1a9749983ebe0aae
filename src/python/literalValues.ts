/**
 * @file What an expression's value is, as far as its text alone tells: literals, names bound to them
 * once, and objects made from them such as `keras.initializers.Constant(0.5)`.
 */
import type { SyntaxNode } from "@lezer/common";
import { argumentsOf } from "./calls.ts";
import type { Meanings } from "./meanings.ts";

export type Literal =
  | { readonly kind: "integer" | "float"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "none" }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "tuple" | "list"; readonly items: readonly (Literal | null)[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [string, Literal | null])[] }
  /** A dotted path of imported names. */
  | { readonly kind: "path"; readonly path: string }
  | {
      readonly kind: "object";
      readonly path: string;
      readonly positional: readonly (Literal | null)[];
      readonly keywords: Readonly<Record<string, Literal | null>>;
    };

const maximumSteps = 20;

/** The value of an expression; null where the text does not tell. */
export function literalOf(node: SyntaxNode, meanings: Meanings, steps = 0): Literal | null {
  if (steps > maximumSteps) return null;
  const text = meanings.file.textOf(node);
  switch (node.name) {
    case "Number":
      return numberOf(text);
    case "Boolean":
      return { kind: "boolean", value: text === "True" };
    case "None":
      return { kind: "none" };
    case "String":
      return stringOf(text);
    case "UnaryExpression":
      return signed(node, meanings, steps);
    case "BinaryExpression":
      return calculated(node, meanings, steps);
    case "ParenthesizedExpression":
      return node.firstChild?.nextSibling
        ? literalOf(node.firstChild.nextSibling, meanings, steps + 1)
        : null;
    case "TupleExpression":
      return { kind: "tuple", items: itemsOf(node, meanings, steps) };
    case "ArrayExpression":
      return { kind: "list", items: itemsOf(node, meanings, steps) };
    case "DictionaryExpression":
      return dictOf(node, meanings, steps);
    case "CallExpression":
      return objectOf(node, meanings, steps);
    case "VariableName":
    case "MemberExpression":
      return namedValue(node, meanings, steps);
    default:
      return null;
  }
}

/** The number that a literal is; null for any other value. */
export function numberIn(literal: Literal | null | undefined): number | null {
  return literal?.kind === "integer" || literal?.kind === "float" ? literal.value : null;
}

/** What is certain of an expression that a name stands for, and where it can be read. */
export function certainValue(
  name: string,
  use: SyntaxNode | null,
  meanings: Meanings,
): { readonly node: SyntaxNode; readonly meanings: Meanings } | null {
  const { bindings } = meanings.file;
  const node = bindings.certainValue(name, use);
  if (node) return { node, meanings };
  if (bindings.lookup(name, use) || !meanings.before) return null;
  return certainValue(name, null, meanings.before);
}

function numberOf(text: string): Literal | null {
  const plain = text.replaceAll("_", "");
  if (/j$/i.test(plain)) return null;
  const value = Number(plain);
  if (Number.isNaN(value)) return null;
  const isInteger = /^(?:\d+|0[xob][\da-f]+)$/i.test(plain);
  return { kind: isInteger ? "integer" : "float", value };
}

/** Plain strings in one piece, whose text is their value. */
function stringOf(text: string): Literal | null {
  const match = /^[ub]?('''|"""|'|")([^\\]*)\1$/i.exec(text);
  return match && !/^b/i.test(text) ? { kind: "string", value: match[2] } : null;
}

function signed(node: SyntaxNode, meanings: Meanings, steps: number): Literal | null {
  const sign = node.firstChild ? meanings.file.textOf(node.firstChild) : "";
  const operand = node.lastChild && literalOf(node.lastChild, meanings, steps + 1);
  if (operand?.kind !== "integer" && operand?.kind !== "float") return null;
  if (sign !== "-" && sign !== "+") return null;
  return { ...operand, value: sign === "-" ? -operand.value : operand.value };
}

/** `1 - 0.9`, `10 ** -5`, `2 * 16`: arithmetic of numbers. */
function calculated(node: SyntaxNode, meanings: Meanings, steps: number): Literal | null {
  const operator = node.firstChild?.nextSibling;
  const left = node.firstChild && literalOf(node.firstChild, meanings, steps + 1);
  const right = node.lastChild && literalOf(node.lastChild, meanings, steps + 1);
  const [a, b] = [numberIn(left), numberIn(right)];
  if (a === null || b === null || !operator) return null;
  const bothIntegers = left?.kind === "integer" && right?.kind === "integer";
  const kind = bothIntegers ? "integer" : "float";
  switch (meanings.file.textOf(operator)) {
    case "+":
      return { kind, value: a + b };
    case "-":
      return { kind, value: a - b };
    case "*":
      return { kind, value: a * b };
    case "**":
      return { kind: b < 0 ? "float" : kind, value: a ** b };
    case "/":
      return b === 0 ? null : { kind: "float", value: a / b };
    case "//":
      return b === 0 ? null : { kind, value: Math.floor(a / b) };
    default:
      return null;
  }
}

function itemsOf(node: SyntaxNode, meanings: Meanings, steps: number): (Literal | null)[] {
  const items: (Literal | null)[] = [];
  for (let at = node.firstChild; at; at = at.nextSibling) {
    if (/^(?:[(),[\]]|Comment)$/.test(at.name)) continue;
    items.push(literalOf(at, meanings, steps + 1));
  }
  return items;
}

function dictOf(node: SyntaxNode, meanings: Meanings, steps: number): Literal | null {
  const entries: [string, Literal | null][] = [];
  let key: Literal | null = null;
  let expectsValue = false;
  for (let at = node.firstChild; at; at = at.nextSibling) {
    if (/^(?:[{},]|Comment)$/.test(at.name)) continue;
    if (at.name === "**") return null;
    if (at.name === ":") expectsValue = true;
    else if (expectsValue) {
      if (key?.kind !== "string") return null;
      entries.push([key.value, literalOf(at, meanings, steps + 1)]);
      expectsValue = false;
    } else key = literalOf(at, meanings, steps + 1);
  }
  return { kind: "dict", entries };
}

function objectOf(node: SyntaxNode, meanings: Meanings, steps: number): Literal | null {
  const list = node.getChild("ArgList");
  const path = node.firstChild && (meanings.pathOf(node.firstChild) ?? builtinIn(node, meanings));
  if (!path || !list) return null;
  const positional: (Literal | null)[] = [];
  const keywords: Record<string, Literal | null> = {};
  for (const { keyword, value, unpacks } of argumentsOf(list, meanings.file)) {
    if (unpacks) return null;
    const literal = value && literalOf(value, meanings, steps + 1);
    if (keyword === null) positional.push(literal);
    else keywords[keyword] = literal;
  }
  if (path === "dict")
    return positional.length > 0 ? null : { kind: "dict", entries: Object.entries(keywords) };
  return { kind: "object", path, positional, keywords };
}

/** `dict(…)`, unless the name has been given to something else. */
function builtinIn(call: SyntaxNode, meanings: Meanings): string | null {
  const name = meanings.file.textOf(call.firstChild!);
  return name === "dict" && !meanings.binds(name) ? name : null;
}

function namedValue(node: SyntaxNode, meanings: Meanings, steps: number): Literal | null {
  const path = meanings.pathOf(node);
  if (path) return { kind: "path", path };
  if (node.name !== "VariableName") return null;
  const known = certainValue(meanings.file.textOf(node), node, meanings);
  return known && literalOf(known.node, known.meanings, steps + 1);
}
