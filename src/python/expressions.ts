/** @file Lowers expressions. One small function per construct, its syntax in a line above it. */
import type { SyntaxNode } from "@lezer/common";
import { callArguments, lambdaParameters } from "./arguments.ts";
import { parser } from "./grammar.ts";
import { isKeyword } from "./keywords.ts";
import { number, string } from "./literals.ts";
import { isTest, test } from "./logical.ts";
import {
  identifier,
  type Lowering,
  maximumDepth,
  missing,
  Siblings,
  spanOf,
  within,
} from "./lowering.ts";
import type {
  BinaryOperator,
  Call,
  Comprehension,
  ComprehensionClause,
  Dict,
  Expression,
  Slice,
  Span,
  Tuple,
} from "./nodes.ts";
import {
  checkNotStarred,
  checkTarget,
  expressionName,
  syntaxProblem,
  unsupported,
} from "./validation.ts";

type Lower = (node: SyntaxNode, lowering: Lowering) => Expression;

/** Lowers the expression at the cursor; where there is none, it is missing there. */
export function expressionAt(
  siblings: Siblings,
  lowering: Lowering,
  expected = "expression",
): Expression {
  const { node } = siblings;
  if (!node || !Object.hasOwn(lowerers, node.name)) return missing(siblings.end, expected);
  siblings.next();
  return expression(node, lowering);
}

/** Lowers one expression node. */
export function expression(node: SyntaxNode, lowering: Lowering): Expression {
  const lower = lowerers[node.name];
  if (!lower) return missing(node.from, "expression");
  // In half-typed text a magic may come to stand within a statement.
  const magic = lowering.magics.get(node.from);
  if (magic) return unsupported(magic, magic.construct, lowering.report);
  if (lowering.depth >= maximumDepth) {
    lowering.report(syntaxProblem(node, "too many nested parentheses"));
    return missing(node.from, "expression");
  }
  lowering.depth++;
  const lowered = lower(node, lowering);
  lowering.depth--;
  return lowered;
}

/** Lowers `*value` or an expression. */
function elementAt(siblings: Siblings, lowering: Lowering): Expression {
  const from = siblings.take("*")?.from ?? maskedStar(siblings, lowering);
  const value = expressionAt(siblings, lowering);
  if (from === undefined) return value;
  return { type: "Starred", value, from, to: siblings.end };
}

/** Where a `*` stands before the cursor that the grammar was not shown. */
function maskedStar(siblings: Siblings, { text }: Lowering): number | undefined {
  const { node, end } = siblings;
  if (!node || !Object.hasOwn(lowerers, node.name)) return undefined;
  const gap = text
    .slice(end, node.from)
    .replace(/#[^\r\n]*/g, (comment) => " ".repeat(comment.length));
  const star = gap.indexOf("*");
  return star < 0 ? undefined : end + star;
}

/** `element, element, …`, an ending comma allowed. */
function elementsAt(
  siblings: Siblings,
  lowering: Lowering,
  items: Expression[] = [],
): { items: Expression[]; commas: number } {
  let commas = 0;
  while (siblings.name === "*" || Object.hasOwn(lowerers, siblings.name)) {
    items.push(elementAt(siblings, lowering));
    if (!siblings.take(",")) break;
    commas++;
  }
  return { items, commas };
}

/** `a, b`: a tuple without parentheses, or just one expression. */
export function sequenceAt(
  siblings: Siblings,
  lowering: Lowering,
  expected = "expression",
): Expression {
  const start = siblings.node?.from ?? siblings.end;
  const { items, commas } = elementsAt(siblings, lowering);
  if (items.length === 0) return missing(siblings.end, expected);
  if (commas === 0) return items[0];
  return tuple(items, start, siblings.end);
}

/** A tuple without parentheses, whose first `*` may be masked, and so before the first node. */
function tuple(items: readonly Expression[], start: number, to: number): Tuple {
  return { type: "Tuple", items, from: Math.min(start, items[0].from), to };
}

/** `name`; a name also stands where the grammar was not shown what it cannot read. */
const name: Lower = (node, lowering) => {
  const source = lowering.text.slice(node.from, node.to);
  if (source === "yield") return yielding(node, lowering);
  return { type: "Name", id: identifier(node, lowering), ...spanOf(node) };
};

/** `yield value`, `yield from iterable` */
export function yielding(node: SyntaxNode, lowering: Lowering): Expression {
  const { scope, report } = lowering;
  if (scope === "lambda") return unsupported(node, "yield", report);
  if (scope !== "function") report(syntaxProblem(node, "'yield' outside function"));
  lowering.yields = true;
  const siblings = new Siblings(node);
  siblings.take("yield");
  const delegates = siblings.take("from") !== undefined;
  const value = siblings.node ? sequenceAt(siblings, lowering) : null;
  if (value) checkNotStarred(value, report);
  return { type: "Yield", value, delegates, ...spanOf(node) };
}

/** Lowers text that the grammar was not shown, because it reads an expression elsewhere only. */
export function reread(span: Span, lowering: Lowering): Expression {
  // Blank lines keep the offsets.
  const tree = parser.parse("\n".repeat(span.from) + lowering.text.slice(span.from, span.to));
  const statement = tree.topNode.firstChild;
  if (!statement) return missing(span.from, "expression");
  return sequenceAt(new Siblings(statement), lowering);
}

/** `left operator right`: arithmetic, or a test. */
const binary: Lower = (node, lowering) => {
  if (isTest(node)) return test(node, lowering, expression);
  // A loop along the left side, where `a + b + c + …` is deep.
  const pending: { node: SyntaxNode; operator: BinaryOperator; right: Expression }[] = [];
  let left = node;
  while (left.name === "BinaryExpression" && !isTest(left)) {
    const siblings = new Siblings(left);
    siblings.next();
    const operator = siblings.next();
    pending.push({
      node: left,
      operator: lowering.text.slice(operator?.from, operator?.to) as BinaryOperator,
      right: expressionAt(siblings, lowering),
    });
    const first = left.firstChild;
    if (!first) return missing(left.from, "expression");
    left = first;
  }
  let value = expression(left, lowering);
  for (const step of pending.reverse())
    value = {
      type: "Binary",
      operator: step.operator,
      left: value,
      right: step.right,
      ...spanOf(step.node),
    };
  return value;
};

/** `-operand`, `not operand` */
const unary: Lower = (node, lowering) => {
  if (isTest(node)) return test(node, lowering, expression);
  const siblings = new Siblings(node);
  const operator = siblings.next();
  return {
    type: "Unary",
    operator: lowering.text.slice(operator?.from, operator?.to) as "-",
    operand: expressionAt(siblings, lowering),
    ...spanOf(node),
  };
};

/** `then if test else otherwise` */
const conditional: Lower = (node, lowering) => {
  const siblings = new Siblings(node);
  const then = expressionAt(siblings, lowering);
  siblings.take("if");
  const condition = expressionAt(siblings, lowering, "condition");
  siblings.take("else");
  const otherwise = expressionAt(siblings, lowering);
  return { type: "Conditional", test: condition, then, otherwise, ...spanOf(node) };
};

/** `lambda parameters: body` */
const lambda: Lower = (node, lowering) => {
  const siblings = new Siblings(node);
  siblings.take("lambda");
  const parameters = lambdaParameters(siblings, lowering, expressionAt);
  siblings.take(":");
  const body = within("lambda", lowering, () => expressionAt(siblings, lowering));
  return { type: "Lambda", parameters, body, ...spanOf(node) };
};

/** `name := value` */
const named: Lower = (node, lowering) => {
  const siblings = new Siblings(node);
  const target = expressionAt(siblings, lowering);
  siblings.take("AssignOp");
  const value = expressionAt(siblings, lowering);
  if (target.type === "Name") return { type: "Named", name: target, value, ...spanOf(node) };
  if (target.type !== "Missing" && target.type !== "Unsupported")
    lowering.report(
      syntaxProblem(target, `cannot use assignment expressions with ${expressionName(target)}`),
    );
  return missing(node.from, "name");
};

/** `(value)`: no node of its own. */
const parenthesized: Lower = (node, lowering) => {
  const siblings = new Siblings(node);
  siblings.take("(");
  const value = elementAt(siblings, lowering);
  if (value.type === "Starred")
    lowering.report(syntaxProblem(value, "cannot use starred expression here"));
  return value;
};

/** `(a, b)`, `[a, b]`, `{a, b}` */
const display =
  (type: "Tuple" | "List" | "Set"): Lower =>
  (node, lowering) => {
    const siblings = new Siblings(node);
    siblings.next();
    const { items } = elementsAt(siblings, lowering);
    return { type, items, ...spanOf(node) };
  };

/** `{key: value, **mapping}` */
const dict: Lower = (node, lowering): Dict => {
  const siblings = new Siblings(node);
  siblings.take("{");
  const entries: { key: Expression | null; value: Expression }[] = [];
  while (siblings.node && siblings.name !== "}") {
    entries.push(entryAt(siblings, lowering));
    if (!siblings.take(",")) break;
  }
  return { type: "Dict", entries, ...spanOf(node) };
};

/** `key: value` or `**mapping` */
function entryAt(siblings: Siblings, lowering: Lowering) {
  if (siblings.take("**")) return { key: null, value: expressionAt(siblings, lowering) };
  const key = expressionAt(siblings, lowering);
  siblings.take(":");
  return { key, value: expressionAt(siblings, lowering) };
}

/** `[element for target in iterable if condition]` and its kin. */
const comprehension =
  (kind: Comprehension["kind"]): Lower =>
  (node, lowering) => {
    const siblings = new Siblings(node);
    siblings.next();
    if (kind === "dict") {
      const { key, value } = entryAt(siblings, lowering);
      if (key === null)
        lowering.report(
          syntaxProblem(value, "dict unpacking cannot be used in dict comprehension"),
        );
      const clauses = clausesAt(siblings, lowering);
      const element = key ?? missing(node.from, "key");
      return { type: "Comprehension", kind, element, value, clauses, ...spanOf(node) };
    }
    const element = elementAt(siblings, lowering);
    return comprehensionAt(siblings, kind, element, spanOf(node), lowering);
  };

function comprehensionAt(
  siblings: Siblings,
  kind: Comprehension["kind"],
  element: Expression,
  span: Span,
  lowering: Lowering,
): Comprehension {
  if (element.type === "Starred")
    lowering.report(syntaxProblem(element, "iterable unpacking cannot be used in comprehension"));
  const clauses = clausesAt(siblings, lowering);
  return { type: "Comprehension", kind, element, value: null, clauses, ...span };
}

/** `for target in iterable if condition …`, once or more. */
function clausesAt(siblings: Siblings, lowering: Lowering): ComprehensionClause[] {
  const clauses: ComprehensionClause[] = [];
  while (siblings.name === "for" || siblings.name === "async") {
    const asynchronous = siblings.take("async");
    if (asynchronous) unsupported(asynchronous, "async", lowering.report);
    siblings.take("for");
    const target = sequenceAt(siblings, lowering, "target");
    checkTarget(target, false, lowering.report);
    siblings.take("in");
    const iterable = expressionAt(siblings, lowering);
    const conditions: Expression[] = [];
    while (siblings.take("if")) conditions.push(expressionAt(siblings, lowering, "condition"));
    clauses.push({ target, iterable, conditions });
  }
  return clauses;
}

/** `callee(arguments)` */
const call: Lower = (node, lowering): Call => {
  const siblings = new Siblings(node);
  const callee = expressionAt(siblings, lowering, "callee");
  const list = siblings.take("ArgList");
  if (!list) {
    const argumentsSpan = { from: node.to, to: node.to };
    return { type: "Call", callee, arguments: [], argumentsSpan, ...spanOf(node) };
  }
  const closed = list.lastChild?.name === ")";
  return {
    type: "Call",
    callee,
    arguments: callArguments(list, lowering, expressionAt, (inner, element, from) => {
      const generator = comprehensionAt(inner, "generator", element, { from, to: from }, lowering);
      return { ...generator, to: inner.end };
    }),
    argumentsSpan: { from: list.from + 1, to: closed ? list.to - 1 : list.to },
    ...spanOf(node),
  };
};

/** `object.name`, `object[index]` */
const member: Lower = (node, lowering) => {
  const siblings = new Siblings(node);
  const object = expressionAt(siblings, lowering);
  if (siblings.take(".")) {
    const property = siblings.take("PropertyName");
    if (property && isKeyword(lowering.text.slice(property.from, property.to)))
      lowering.report(syntaxProblem(property, "invalid syntax"));
    const nameSpan = property ? spanOf(property) : { from: siblings.end, to: siblings.end };
    return {
      type: "Attribute",
      object,
      name: property ? identifier(property, lowering) : "",
      nameSpan,
      ...spanOf(node),
    };
  }
  siblings.take("[");
  const start = siblings.node?.from ?? siblings.end;
  const items: Expression[] = [];
  let commas = 0;
  while (siblings.node && siblings.name !== "]") {
    items.push(indexAt(siblings, lowering));
    if (!siblings.take(",")) break;
    commas++;
  }
  const index: Expression =
    items.length === 1 && commas === 0 && items[0].type !== "Starred"
      ? items[0]
      : items.length === 0
        ? missing(siblings.end, "index")
        : tuple(items, start, siblings.end);
  return { type: "Subscript", object, index, ...spanOf(node) };
};

/** `index` or `start:stop:step` */
function indexAt(siblings: Siblings, lowering: Lowering): Expression {
  const from = siblings.node?.from ?? siblings.end;
  const part = () =>
    Object.hasOwn(lowerers, siblings.name) ? expressionAt(siblings, lowering) : null;
  if (maskedStar(siblings, lowering) !== undefined) return elementAt(siblings, lowering);
  const start = part();
  if (!siblings.take(":")) {
    // Skips what cannot stand here, so that the caller gets on.
    if (!start) siblings.next();
    return start ?? missing(from, "index");
  }
  const stop = part();
  const step = siblings.take(":") ? part() : null;
  const slice: Slice = { type: "Slice", start, stop, step, from, to: siblings.end };
  return slice;
}

const literal =
  (value: true | false | null | "..."): Lower =>
  (node) => ({ type: "Literal", value, ...spanOf(node) });

const text: Lower = (node, lowering) =>
  string(node, lowering, (siblings, expected) => sequenceAt(siblings, lowering, expected));

const lowerers: Readonly<Record<string, Lower>> = {
  VariableName: name,
  Number: number,
  String: text,
  FormatString: text,
  ContinuedString: text,
  Ellipsis: literal("..."),
  None: literal(null),
  Boolean: (node, lowering) => literal(lowering.text[node.from] === "T")(node, lowering),
  BinaryExpression: binary,
  UnaryExpression: unary,
  ConditionalExpression: conditional,
  LambdaExpression: lambda,
  NamedExpression: named,
  ParenthesizedExpression: parenthesized,
  TupleExpression: display("Tuple"),
  ArrayExpression: display("List"),
  SetExpression: display("Set"),
  DictionaryExpression: dict,
  ComprehensionExpression: comprehension("generator"),
  ArrayComprehensionExpression: comprehension("list"),
  SetComprehensionExpression: comprehension("set"),
  DictionaryComprehensionExpression: comprehension("dict"),
  CallExpression: call,
  MemberExpression: member,
  AwaitExpression: (node, { report }) => unsupported(node, "await", report),
  YieldExpression: (node, lowering) => yielding(node, lowering),
};
