/** @file Lowers statements that have a block: `if`, `for`, `def`, `try`, `with` and the like. */
import type { SyntaxNode } from "@lezer/common";
import { expressionAt, reread, sequenceAt } from "./expressions.ts";
import {
  children,
  identifier,
  type Lowering,
  type LowerStatement,
  missing,
  Siblings,
  spanOf,
} from "./lowering.ts";
import type { ExceptHandler, Expression, If, Statement } from "./nodes.ts";
import { checkTarget, syntaxProblem, unsupported } from "./validation.ts";

/** What stands behind `as`: a name for the grammar, any target in the text. */
function targetAt(siblings: Siblings, lowering: Lowering): Expression {
  const { node } = siblings;
  const source = node && lowering.text.slice(node.from, node.to);
  const masked = source !== undefined && /[.[(]/.test(source);
  const target = masked
    ? reread(siblings.next()!, lowering)
    : expressionAt(siblings, lowering, "target");
  checkTarget(target, false, lowering.report);
  return target;
}

export type LowerStatements = (nodes: readonly SyntaxNode[], lowering: Lowering) => Statement[];

/** `: statements` */
export function blockAt(
  siblings: Siblings,
  lowering: Lowering,
  statements: LowerStatements,
): Statement[] {
  const body = siblings.take("Body");
  return body ? statements(children(body), lowering) : [];
}

/** The functions for compound statements; `statements` lowers what is in their blocks. */
export function compoundLowerers(
  statements: LowerStatements,
): Readonly<Record<string, LowerStatement>> {
  const block = (siblings: Siblings, lowering: Lowering) => blockAt(siblings, lowering, statements);

  function loopBlock(siblings: Siblings, lowering: Lowering): Statement[] {
    const { inLoop } = lowering;
    lowering.inLoop = true;
    const body = block(siblings, lowering);
    lowering.inLoop = inLoop;
    return body;
  }

  /** `else: statements` */
  function otherwise(siblings: Siblings, lowering: Lowering): Statement[] {
    return siblings.take("else") ? block(siblings, lowering) : [];
  }

  /** `if test: … elif test: … else: …` */
  const conditional: LowerStatement = (node, lowering) => {
    const siblings = new Siblings(node);
    const branches: { from: number; test: Expression; body: Statement[] }[] = [];
    for (let word = siblings.take("if"); word; word = siblings.take("elif")) {
      const test = expressionAt(siblings, lowering, "condition");
      branches.push({ from: word.from, test, body: block(siblings, lowering) });
    }
    let rest = otherwise(siblings, lowering);
    for (const { from, test, body } of branches.slice(1).reverse()) {
      const inner: If = { type: "If", test, body, otherwise: rest, from, to: node.to };
      rest = [inner];
    }
    const first = branches[0] ?? { test: missing(node.from, "condition"), body: [] };
    return { type: "If", test: first.test, body: first.body, otherwise: rest, ...spanOf(node) };
  };

  /** `while test: … else: …` */
  const whileLoop: LowerStatement = (node, lowering) => {
    const siblings = new Siblings(node);
    siblings.take("while");
    const test = expressionAt(siblings, lowering, "condition");
    const body = loopBlock(siblings, lowering);
    return {
      type: "While",
      test,
      body,
      otherwise: otherwise(siblings, lowering),
      ...spanOf(node),
    };
  };

  /** `for target in iterable: … else: …` */
  const forLoop: LowerStatement = (node, lowering) => {
    const siblings = new Siblings(node);
    if (siblings.name === "async") return unsupported(node, "async", lowering.report);
    siblings.take("for");
    const target = sequenceAt(siblings, lowering, "target");
    checkTarget(target, false, lowering.report);
    siblings.take("in");
    const iterable = sequenceAt(siblings, lowering);
    const body = loopBlock(siblings, lowering);
    return {
      type: "For",
      target,
      iterable,
      body,
      otherwise: otherwise(siblings, lowering),
      ...spanOf(node),
    };
  };

  /** `try: … except exception as name: … else: … finally: …` */
  const attempt: LowerStatement = (node, lowering) => {
    const siblings = new Siblings(node);
    siblings.take("try");
    const body = block(siblings, lowering);
    const handlers: ExceptHandler[] = [];
    for (let word = siblings.take("except"); word; word = siblings.take("except")) {
      const last = handlers.at(-1);
      if (last && last.exception === null)
        lowering.report(
          syntaxProblem({ from: last.from, to: last.from + 6 }, "default 'except:' must be last"),
        );
      if (siblings.name === "*") return unsupported(node, "exceptGroup", lowering.report);
      const exception =
        siblings.node && siblings.name !== "Body" ? expressionAt(siblings, lowering) : null;
      const comma = siblings.take(",");
      if (comma)
        lowering.report(syntaxProblem(comma, "multiple exception types must be parenthesized"));
      siblings.take("as");
      const name = siblings.take("VariableName");
      handlers.push({
        exception,
        name: name ? identifier(name, lowering) : null,
        body: block(siblings, lowering),
        from: word.from,
        to: siblings.end,
      });
    }
    const elseBody = otherwise(siblings, lowering);
    const finallyWord = siblings.take("finally");
    const finallyBody = finallyWord ? block(siblings, lowering) : [];
    if (handlers.length === 0 && !finallyWord)
      lowering.report(
        syntaxProblem({ from: node.to, to: node.to }, "expected 'except' or 'finally' block"),
      );
    return {
      type: "Try",
      body,
      handlers,
      otherwise: elseBody,
      finally: finallyBody,
      ...spanOf(node),
    };
  };

  /** `with context as target, context: …` */
  const withBlock: LowerStatement = (node, lowering) => {
    const siblings = new Siblings(node);
    if (siblings.name === "async") return unsupported(node, "async", lowering.report);
    siblings.take("with");
    const items: { context: Expression; target: Expression | null }[] = [];
    do {
      if (siblings.name === "Body") break;
      const context = expressionAt(siblings, lowering);
      items.push({
        context,
        target: siblings.take("as") ? targetAt(siblings, lowering) : null,
      });
    } while (siblings.take(","));
    return { type: "With", items, body: block(siblings, lowering), ...spanOf(node) };
  };

  return {
    IfStatement: conditional,
    WhileStatement: whileLoop,
    ForStatement: forLoop,
    TryStatement: attempt,
    WithStatement: withBlock,
  };
}
