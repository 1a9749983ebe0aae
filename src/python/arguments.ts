/** @file Lowers what stands between the parentheses of calls and definitions. */
import type { SyntaxNode } from "@lezer/common";
import { identifier, type Lowering, missing, Siblings, spanOf } from "./lowering.ts";
import type { Argument, Expression, Parameter, Parameters } from "./nodes.ts";
import { checkArguments, checkParameters, syntaxProblem } from "./validation.ts";

type LowerAt = (siblings: Siblings, lowering: Lowering, expected?: string) => Expression;
type GeneratorAt = (siblings: Siblings, element: Expression, from: number) => Expression;

/** `(value, name=value, *values, **mapping, element for target in iterable)` */
export function callArguments(
  list: SyntaxNode,
  lowering: Lowering,
  expressionAt: LowerAt,
  generatorAt: GeneratorAt,
): Argument[] {
  const siblings = new Siblings(list);
  siblings.take("(");
  const items: Argument[] = [];
  let bareGenerator: Argument | undefined;
  let commas = 0;
  while (siblings.node && siblings.name !== ")") {
    const item = argumentAt(siblings, lowering, expressionAt, generatorAt);
    if (item.kind === "positional" && item.value.type === "Comprehension")
      if (lowering.text[item.from] !== "(" && item.value.kind === "generator") bareGenerator = item;
    items.push(item);
    if (!siblings.take(",")) break;
    commas++;
  }
  if (bareGenerator && commas > 0)
    lowering.report(syntaxProblem(bareGenerator, "Generator expression must be parenthesized"));
  checkArguments(items, lowering.report);
  return items;
}

function argumentAt(
  siblings: Siblings,
  lowering: Lowering,
  expressionAt: LowerAt,
  generatorAt: GeneratorAt,
): Argument {
  const from = siblings.node!.from;
  const star = siblings.take("*") ?? siblings.take("**");
  if (star) {
    const kind = star.name === "*" ? "star" : "doubleStar";
    const value = expressionAt(siblings, lowering);
    if (siblings.name === "for") generatorAt(siblings, { ...value, type: "Starred", value }, from);
    return { kind, name: null, nameSpan: null, value, from, to: siblings.end };
  }
  const node = siblings.node!;
  const value = expressionAt(siblings, lowering, "argument");
  // Skips what cannot stand here, so that the caller gets on.
  if (value.type === "Missing" && siblings.node === node) siblings.next();
  const assign = siblings.take("AssignOp");
  if (assign) return keywordAt(siblings, node, assign, value, lowering, expressionAt, generatorAt);
  if (siblings.name === "for" || siblings.name === "async") {
    const generator = generatorAt(siblings, value, from);
    return positional(generator, from, siblings.end);
  }
  return positional(value, from, siblings.end);
}

function positional(value: Expression, from: number, to: number): Argument {
  return { kind: "positional", name: null, nameSpan: null, value, from, to };
}

/** `name=value`, or `name := value` as a positional argument. */
function keywordAt(
  siblings: Siblings,
  node: SyntaxNode,
  assign: SyntaxNode,
  name: Expression,
  lowering: Lowering,
  expressionAt: LowerAt,
  generatorAt: GeneratorAt,
): Argument {
  const { from } = node;
  const start = siblings.node?.from ?? siblings.end;
  let value = expressionAt(siblings, lowering, "value");
  if (siblings.name === "for") {
    lowering.report(
      syntaxProblem(
        { from, to: assign.to },
        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
      ),
    );
    value = generatorAt(siblings, value, start);
  }
  const to = siblings.end;
  if (name.type !== "Name") return positional(missing(from, "argument"), from, to);
  if (lowering.text[assign.from] === ":")
    return positional({ type: "Named", name, value, from, to }, from, to);
  return { kind: "keyword", name: name.id, nameSpan: spanOf(name), value, from, to };
}

/** `(a, /, b=1, *rest, c, **others)` of a definition: the node with the parentheses. */
export function definitionParameters(
  list: SyntaxNode | undefined,
  lowering: Lowering,
  expressionAt: LowerAt,
): Parameters {
  if (!list) return { items: [] };
  const siblings = new Siblings(list);
  siblings.take("(");
  return parametersAt(siblings, list, lowering, expressionAt);
}

/** `a, b=1` of a lambda. */
export function lambdaParameters(
  siblings: Siblings,
  lowering: Lowering,
  expressionAt: LowerAt,
): Parameters {
  const list = siblings.take("ParamList");
  return list ? parametersAt(new Siblings(list), list, lowering, expressionAt) : { items: [] };
}

/** `: annotation`, or `-> annotation`; null where there is none. */
export function annotationAt(
  siblings: Siblings,
  lowering: Lowering,
  expressionAt: LowerAt,
): Expression | null {
  const definition = siblings.take("TypeDef");
  if (!definition) return null;
  const inside = new Siblings(definition);
  // The arrow has no node of its own.
  inside.take(":");
  return expressionAt(inside, lowering, "annotation");
}

function parametersAt(
  siblings: Siblings,
  list: SyntaxNode,
  lowering: Lowering,
  expressionAt: LowerAt,
): Parameters {
  const items: Parameter[] = [];
  let keywordOnly: SyntaxNode | undefined;
  const slash = slashOf(list, lowering);
  while (siblings.node && siblings.name !== ")") {
    const from = siblings.node.from;
    const star = siblings.take("*") ?? siblings.take("**");
    const name = siblings.take("VariableName");
    if (name) {
      const annotation = annotationAt(siblings, lowering, expressionAt);
      const fallback = siblings.take("AssignOp") ? expressionAt(siblings, lowering) : null;
      const kind = star
        ? star.name === "*"
          ? "star"
          : "doubleStar"
        : keywordOnly
          ? "keywordOnly"
          : from < slash
            ? "positionalOnly"
            : "normal";
      items.push({
        name: identifier(name, lowering),
        kind,
        annotation,
        default: fallback,
        from,
        to: siblings.end,
      });
    } else if (!star && siblings.name !== ",") siblings.next();
    if (star?.name === "*") keywordOnly = star;
    siblings.take(",");
    if (star?.name === "*" && !name && siblings.name !== "VariableName")
      lowering.report(syntaxProblem(star, "named arguments must follow bare *"));
  }
  checkParameters(items, lowering.report);
  return { items };
}

/** Where the `/` of a parameter list stands; it has no node, or in a lambda an error node. */
function slashOf(list: SyntaxNode, { text }: Lowering): number {
  let end = list.from;
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (isLambdaSlash(child, text)) return child.from;
    if (child.name === "Comment") continue;
    const gap = text.slice(end, child.from).replace(/#[^\r\n]*/g, "");
    if (gap.includes("/")) return end;
    end = child.to;
  }
  return Number.NEGATIVE_INFINITY;
}

/** Whether an error node is the `/` of a lambda's parameters, which Python allows. */
export function isLambdaSlash(node: SyntaxNode, text: string): boolean {
  return (
    node.type.isError &&
    node.parent?.name === "ParamList" &&
    node.parent.parent?.name === "LambdaExpression" &&
    text.slice(node.from, node.to) === "/"
  );
}
