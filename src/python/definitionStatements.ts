/** @file Lowers `def`, `class`, and the decorators before them. */
import type { SyntaxNode } from "@lezer/common";
import { annotationAt, callArguments, definitionParameters } from "./arguments.ts";
import { blockAt, type LowerStatements } from "./compound.ts";
import { expressionAt } from "./expressions.ts";
import {
  children,
  identifier,
  type Lowering,
  type LowerStatement,
  missing,
  Siblings,
  spanOf,
  within,
} from "./lowering.ts";
import type { Argument, Expression, Span } from "./nodes.ts";
import { syntaxProblem, unsupported } from "./validation.ts";

/** Types that have no values here. */
const primitives = new Set(["bytes", "complex"]);

/** The functions for definitions; `statements` lowers what is in their blocks. */
export function definitionLowerers(
  statements: LowerStatements,
): Readonly<Record<string, LowerStatement>> {
  /** `def name(parameters): …` */
  function definition(
    node: SyntaxNode,
    lowering: Lowering,
    decorators: readonly Expression[] = [],
    span: Span = spanOf(node),
  ): ReturnType<LowerStatement> {
    const siblings = new Siblings(node);
    if (siblings.name === "async") return unsupported(node, "async", lowering.report);
    siblings.take("def");
    const { name, nameSpan } = nameAt(siblings, lowering);
    siblings.take("TypeParamList");
    const parameters = definitionParameters(siblings.take("ParamList"), lowering, expressionAt);
    const returns = annotationAt(siblings, lowering, expressionAt);
    const { yields } = lowering;
    lowering.yields = false;
    const body = within("function", lowering, () => blockAt(siblings, lowering, statements));
    const generator = lowering.yields;
    lowering.yields = yields;
    return {
      type: "FunctionDefinition",
      name,
      nameSpan,
      parameters,
      returns,
      body,
      decorators,
      generator,
      ...span,
    };
  }

  /** `class name(bases): …` */
  function classDefinition(
    node: SyntaxNode,
    lowering: Lowering,
    decorators: readonly Expression[] = [],
    span: Span = spanOf(node),
  ): ReturnType<LowerStatement> {
    const siblings = new Siblings(node);
    siblings.take("class");
    const { name, nameSpan } = nameAt(siblings, lowering);
    siblings.take("TypeParamList");
    const list = siblings.take("ArgList");
    const bases = list ? callArguments(list, lowering, expressionAt, notGenerator(lowering)) : [];
    for (const base of bases) checkBase(base, bases.length, lowering);
    const { className } = lowering;
    lowering.className = name.replace(/^_+/, "");
    const body = within("class", lowering, () => blockAt(siblings, lowering, statements));
    lowering.className = className;
    return {
      type: "ClassDefinition",
      name,
      nameSpan,
      arguments: bases,
      body,
      decorators,
      ...span,
    };
  }

  /** `@decorator`, once or more, and what it decorates. */
  const decorated: LowerStatement = (node, lowering) => {
    const decorators: Expression[] = [];
    const span = spanOf(node);
    for (const child of children(node)) {
      if (child.name === "Decorator") decorators.push(decorator(child, lowering));
      else if (child.name === "FunctionDefinition")
        return definition(child, lowering, decorators, span);
      else if (child.name === "ClassDefinition")
        return classDefinition(child, lowering, decorators, span);
    }
    return missing(node.to, "definition");
  };

  return {
    FunctionDefinition: (node, lowering) => definition(node, lowering),
    ClassDefinition: (node, lowering) => classDefinition(node, lowering),
    DecoratedStatement: decorated,
  };
}

function nameAt(siblings: Siblings, lowering: Lowering): { name: string; nameSpan: Span } {
  const name = siblings.take("VariableName");
  return {
    name: name ? identifier(name, lowering) : "",
    nameSpan: name ? spanOf(name) : { from: siblings.end, to: siblings.end },
  };
}

function notGenerator({ report }: Lowering) {
  return (_: Siblings, element: Expression): Expression => {
    report(syntaxProblem(element, "invalid syntax"));
    return element;
  };
}

function checkBase({ kind, value }: Argument, count: number, { report }: Lowering): void {
  const word = value.type === "Name" ? value.id : "";
  // Beside another base it is that of an enumeration, or refused when it runs.
  if (kind === "positional" && count === 1 && primitives.has(word)) {
    unsupported(value, "primitiveSubclass", report);
  }
}

/** `@a.b(arguments)`: flat in the grammar. */
function decorator(node: SyntaxNode, lowering: Lowering): Expression {
  const siblings = new Siblings(node);
  siblings.take("At");
  let value = expressionAt(siblings, lowering, "decorator");
  const from = value.from;
  while (siblings.take(".")) {
    const property = siblings.take("VariableName");
    if (!property) break;
    value = {
      type: "Attribute",
      object: value,
      name: identifier(property, lowering),
      nameSpan: spanOf(property),
      from,
      to: property.to,
    };
  }
  const list = siblings.take("ArgList");
  if (!list) return value;
  return {
    type: "Call",
    callee: value,
    arguments: callArguments(list, lowering, expressionAt, notGenerator(lowering)),
    argumentsSpan: { from: list.from + 1, to: list.to - 1 },
    from,
    to: list.to,
  };
}
