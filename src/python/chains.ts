/**
 * @file Expressions that start at a name or a literal and go on by attributes, calls and subscripts:
 * as much of Python as can be understood without running it.
 */
import type { Expression } from "./nodes.ts";
import { parse } from "./parser.ts";

export type Link =
  | { readonly attribute: string }
  /** `[key]` with a literal text or integer. */
  | { readonly key: string | number }
  | { readonly call: true };

/** `np.random.default_rng(0).normal`: base `np`, then its links. */
export interface Chain {
  /** A name; or the type of a literal: `str`, `list`. */
  readonly base: { readonly name: string } | { readonly literal: string };
  readonly links: readonly Link[];
}

/** The chain that an expression is; null for all others. */
export function chainOf(expression: Expression): Chain | null {
  switch (expression.type) {
    case "Name":
      return { base: { name: expression.id }, links: [] };
    case "Attribute":
      return continued(expression.object, { attribute: expression.name });
    case "Call":
      return continued(expression.callee, { call: true });
    case "Subscript": {
      const key = keyOf(expression.index);
      return key === null ? null : continued(expression.object, { key });
    }
    default: {
      const literal = literalType(expression);
      return literal === null ? null : { base: { literal }, links: [] };
    }
  }
}

function continued(object: Expression, link: Link): Chain | null {
  const chain = chainOf(object);
  return chain && { base: chain.base, links: [...chain.links, link] };
}

function keyOf(index: Expression): string | number | null {
  if (index.type === "Text") return index.value;
  if (index.type === "Integer") return Number(index.value);
  if (index.type === "Unary" && index.operator === "-" && index.operand.type === "Integer") {
    return -Number(index.operand.value);
  }
  return null;
}

const literalTypes: Partial<Record<Expression["type"], string>> = {
  Text: "str",
  FormattedText: "str",
  Integer: "int",
  Float: "float",
  List: "list",
  Tuple: "tuple",
  Dict: "dict",
  Set: "set",
};

function literalType(expression: Expression): string | null {
  if (expression.type === "Comprehension") {
    return expression.kind === "generator" ? null : expression.kind;
  }
  if (expression.type === "Literal" && typeof expression.value === "boolean") return "bool";
  return literalTypes[expression.type] ?? null;
}

/** The chain in a piece of text that holds nothing else. */
export function readChain(text: string): Chain | null {
  const { module, problems } = parse(text);
  const [only, more] = module.body;
  if (problems.length > 0 || more || only?.type !== "ExpressionStatement") return null;
  return chainOf(only.value);
}
