/** @file Lowers statements. One small function per construct, its syntax in a line above it. */
import type { SyntaxNode } from "@lezer/common";
import { annotationAt } from "./arguments.ts";
import { compoundLowerers } from "./compound.ts";
import { definitionLowerers } from "./definitionStatements.ts";
import { expressionAt, sequenceAt, yielding } from "./expressions.ts";
import {
  children,
  identifier,
  type Lowering,
  type LowerStatement,
  maximumDepth,
  missing,
  Siblings,
  spanOf,
} from "./lowering.ts";
import { matchLowerers } from "./matching.ts";
import type { BinaryOperator, Expression, ImportedName, Statement } from "./nodes.ts";
import {
  checkAnnotatedTarget,
  checkAugmentedTarget,
  checkDeleted,
  checkNotStarred,
  checkTarget,
  syntaxProblem,
  unsupported,
} from "./validation.ts";

/** Lowers the statements of a module or a block. */
export function statements(nodes: readonly SyntaxNode[], lowering: Lowering): Statement[] {
  const lowered: Statement[] = [];
  for (const node of nodes) {
    if (node.name === "StatementGroup") lowered.push(...group(node, lowering));
    else {
      const lower = lowerers[node.name];
      if (!lower) continue;
      if (lowering.depth >= maximumDepth) {
        lowering.report(syntaxProblem(node, "too many statically nested blocks"));
        continue;
      }
      lowering.depth++;
      lowered.push(lower(node, lowering));
      lowering.depth--;
    }
  }
  return lowered;
}

/** `statement; statement;` */
function group(node: SyntaxNode, lowering: Lowering): Statement[] {
  const parts = children(node);
  return parts.flatMap((part, index) => {
    if (part.name === ";" && parts[index + 1]?.name === ";")
      lowering.report(syntaxProblem(parts[index + 1], "invalid syntax"));
    const lowered = statements([part], lowering);
    return parts[index + 1]?.name === ";"
      ? lowered.map((statement) =>
          statement.type === "ExpressionStatement" ? { ...statement, silenced: true } : statement,
        )
      : lowered;
  });
}

/** `expression` */
const expressionStatement: LowerStatement = (node, lowering) => {
  const magic = lowering.magics.get(node.from);
  if (magic) return unsupported(magic, magic.construct, lowering.report);
  const value = sequenceAt(new Siblings(node), lowering);
  checkNotStarred(value, lowering.report);
  return { type: "ExpressionStatement", value, silenced: false, ...spanOf(node) };
};

/** `target = target = value`, `target: annotation = value` */
const assign: LowerStatement = (node, lowering) => {
  const siblings = new Siblings(node);
  const first = sequenceAt(siblings, lowering, "target");
  const annotation = annotationAt(siblings, lowering, sequenceAt);
  if (annotation) checkAnnotatedTarget(first, lowering.report);
  const values: Expression[] = [first];
  while (siblings.take("AssignOp")) values.push(sequenceAt(siblings, lowering, "value"));
  if (annotation && values.length > 2) lowering.report(syntaxProblem(values[1], "invalid syntax"));
  if (values.length === 1 && annotation) {
    return { type: "Declaration", target: first, annotation, ...spanOf(node) };
  }
  const value = values.pop()!;
  checkNotStarred(value, lowering.report);
  if (!annotation)
    for (const target of values) checkTarget(target, values.length === 1, lowering.report);
  return { type: "Assign", targets: values, annotation, value, ...spanOf(node) };
};

/** `target += value` */
const augmentedAssign: LowerStatement = (node, lowering) => {
  const siblings = new Siblings(node);
  const target = sequenceAt(siblings, lowering, "target");
  checkAugmentedTarget(target, lowering.report);
  const operator = siblings.take("UpdateOp");
  const value = sequenceAt(siblings, lowering, "value");
  checkNotStarred(value, lowering.report);
  return {
    type: "AugmentedAssign",
    target,
    operator: lowering.text.slice(operator?.from, (operator?.to ?? 1) - 1) as BinaryOperator,
    value,
    ...spanOf(node),
  };
};

/** `del target, target` */
const remove: LowerStatement = (node, lowering) => {
  const siblings = new Siblings(node);
  siblings.take("del");
  const targets: Expression[] = [];
  do {
    if (targets.length > 0 && !siblings.node) break;
    targets.push(expressionAt(siblings, lowering, "target"));
  } while (siblings.take(","));
  for (const target of targets) checkDeleted(target, lowering.report);
  return { type: "Delete", targets, ...spanOf(node) };
};

const simple =
  (type: "Pass" | "Break" | "Continue"): LowerStatement =>
  (node, { inLoop, report }) => {
    if (type === "Break" && !inLoop) report(syntaxProblem(node, "'break' outside loop"));
    if (type === "Continue" && !inLoop)
      report(syntaxProblem(node, "'continue' not properly in loop"));
    return { type, ...spanOf(node) };
  };

/** `return value` */
const returnStatement: LowerStatement = (node, lowering) => {
  if (lowering.scope !== "function")
    lowering.report(syntaxProblem(node, "'return' outside function"));
  const siblings = new Siblings(node);
  siblings.take("return");
  const value = siblings.node ? sequenceAt(siblings, lowering) : null;
  if (value) checkNotStarred(value, lowering.report);
  return { type: "Return", value, ...spanOf(node) };
};

/** `raise exception from cause` */
const raise: LowerStatement = (node, lowering) => {
  const siblings = new Siblings(node);
  siblings.take("raise");
  const exception = siblings.node ? expressionAt(siblings, lowering) : null;
  const comma = siblings.take(",");
  if (comma) lowering.report(syntaxProblem(comma, "invalid syntax"));
  const cause = siblings.take("from") ? expressionAt(siblings, lowering) : null;
  return { type: "Raise", exception, cause, ...spanOf(node) };
};

/** `assert test, message` */
const assertion: LowerStatement = (node, lowering) => {
  const siblings = new Siblings(node);
  siblings.take("assert");
  const test = expressionAt(siblings, lowering);
  const message = siblings.take(",") ? expressionAt(siblings, lowering) : null;
  if (siblings.node) lowering.report(syntaxProblem(siblings.node, "invalid syntax"));
  return { type: "Assert", test, message, ...spanOf(node) };
};

/** `global name, name` */
const scope: LowerStatement = (node, lowering) => {
  const nodes = children(node);
  const type = nodes[0]?.name === "nonlocal" ? "Nonlocal" : "Global";
  if (type === "Nonlocal" && lowering.scope === "module")
    lowering.report(syntaxProblem(node, "nonlocal declaration not allowed at module level"));
  const names = nodes
    .filter((child) => child.name === "VariableName")
    .map((child) => identifier(child, lowering));
  checkLastComma(nodes.at(-1), lowering);
  return { type, names, ...spanOf(node) };
};

/** `import a.b as c, d`, `from a.b import (c as d, e)`, `from a import *` */
const importStatement: LowerStatement = (node, lowering) => {
  const siblings = new Siblings(node);
  if (siblings.take("import")) {
    checkLastComma(siblings.nodes.at(-1), lowering);
    return { type: "Import", names: importedNames(siblings, lowering), ...spanOf(node) };
  }
  siblings.take("from");
  if (siblings.name === "." || siblings.name === "Ellipsis")
    return unsupported(node, "relativeImport", lowering.report);
  const module = dottedName(siblings, lowering);
  siblings.take("import");
  const star = siblings.take("*");
  if (star) {
    const names = [{ name: "*", alias: null, ...spanOf(star) }];
    return { type: "ImportFrom", module, names, ...spanOf(node) };
  }
  const last = siblings.nodes.at(-1);
  if (last?.name === ",")
    lowering.report(
      syntaxProblem(last, "trailing comma not allowed without surrounding parentheses"),
    );
  siblings.take("(");
  const names = importedNames(siblings, lowering);
  for (const { name, from, to } of names)
    if (name.includes(".")) lowering.report(syntaxProblem({ from, to }, "invalid syntax"));
  return { type: "ImportFrom", module, names, ...spanOf(node) };
};

function checkLastComma(last: SyntaxNode | undefined, { report }: Lowering): void {
  if (last?.name === ",") report(syntaxProblem(last, "invalid syntax"));
}

function importedNames(siblings: Siblings, lowering: Lowering): ImportedName[] {
  const names: ImportedName[] = [];
  while (siblings.name === "VariableName") {
    const { from } = siblings.node!;
    const name = dottedName(siblings, lowering);
    const alias = siblings.take("as") ? siblings.take("VariableName") : undefined;
    names.push({
      name,
      alias: alias ? identifier(alias, lowering) : null,
      from,
      to: siblings.end,
    });
    if (!siblings.take(",")) break;
  }
  return names;
}

/** `a.b.c` */
function dottedName(siblings: Siblings, lowering: Lowering): string {
  const parts: string[] = [];
  do {
    const part = siblings.take("VariableName");
    if (!part) break;
    parts.push(identifier(part, lowering));
  } while (siblings.take("."));
  return parts.join(".");
}

/** `print value`, which Python 2 had; the scanner hides `print` from the grammar elsewhere. */
const printStatement: LowerStatement = (node, lowering) => {
  lowering.report(
    syntaxProblem(node, "Missing parentheses in call to 'print'. Did you mean print(...)?"),
  );
  return missing(node.from, "statement");
};

/** `yield value` as a statement of its own. */
const yieldStatement: LowerStatement = (node, lowering) => ({
  type: "ExpressionStatement",
  value: yielding(node, lowering),
  silenced: false,
  ...spanOf(node),
});

const lowerers: Readonly<Record<string, LowerStatement>> = {
  ...compoundLowerers(statements),
  ...definitionLowerers(statements),
  ...matchLowerers(statements),
  ExpressionStatement: expressionStatement,
  AssignStatement: assign,
  UpdateStatement: augmentedAssign,
  DeleteStatement: remove,
  PassStatement: simple("Pass"),
  BreakStatement: simple("Break"),
  ContinueStatement: simple("Continue"),
  ReturnStatement: returnStatement,
  RaiseStatement: raise,
  AssertStatement: assertion,
  ScopeStatement: scope,
  ImportStatement: importStatement,
  PrintStatement: printStatement,
  YieldStatement: yieldStatement,
  TypeDefinition: (node, { report }) => unsupported(node, "typeAlias", report),
};
