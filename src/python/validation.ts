/**
 * @file What is wrong with a cell, as data. Syntax errors carry CPython's own words (of 3.12, the
 * oldest Python that runs current Keras), because a Python error is shown as Python words it; the
 * sentence about an unsupported construct is made where it is shown.
 */
import type {
  Argument,
  Expression,
  Parameter,
  Span,
  Unsupported,
  UnsupportedConstruct,
} from "./nodes.ts";

export interface SyntaxProblem extends Span {
  readonly code: "syntax";
  readonly error: "SyntaxError" | "IndentationError" | "TabError";
  readonly message: string;
}
export interface UnsupportedProblem extends Span {
  readonly code: "unsupported";
  readonly construct: UnsupportedConstruct;
}
/** Told apart by `code`. */
export type Problem = SyntaxProblem | UnsupportedProblem;

export function syntaxProblem(
  { from, to }: Span,
  message: string,
  error: SyntaxProblem["error"] = "SyntaxError",
): SyntaxProblem {
  return { code: "syntax", error, message, from, to };
}

/** Where problems of one cell are gathered. */
export type Report = (problem: Problem) => void;

export function unsupported(
  { from, to }: Span,
  construct: UnsupportedConstruct,
  report: Report,
): Unsupported {
  report({ code: "unsupported", construct, from, to });
  return { type: "Unsupported", construct, from, to };
}

/** CPython's name of a kind of expression, as its messages about targets use it. */
export function expressionName(expression: Expression): string {
  switch (expression.type) {
    case "Name":
      return "name";
    case "Attribute":
      return "attribute";
    case "Subscript":
      return "subscript";
    case "Starred":
      return "starred";
    case "List":
      return "list";
    case "Tuple":
      return "tuple";
    case "Lambda":
      return "lambda";
    case "Call":
      return "function call";
    case "Logical":
    case "Binary":
    case "Unary":
      return "expression";
    case "Comprehension":
      return {
        generator: "generator expression",
        list: "list comprehension",
        set: "set comprehension",
        dict: "dict comprehension",
      }[expression.kind];
    case "Dict":
      return "dict literal";
    case "Set":
      return "set display";
    case "FormattedText":
      return "f-string expression";
    case "Literal":
      return { true: "True", false: "False", null: "None", "...": "ellipsis" }[
        `${expression.value}`
      ];
    case "Compare":
      return "comparison";
    case "Conditional":
      return "conditional expression";
    case "Yield":
      return "yield expression";
    case "Named":
      return "named expression";
    default:
      return "literal";
  }
}

/** The first part of a target that cannot be assigned to (or deleted), if any. */
function invalidTarget(target: Expression, deleting: boolean): Expression | undefined {
  switch (target.type) {
    case "Name":
    case "Attribute":
    case "Subscript":
    case "Missing":
    case "Unsupported":
      return undefined;
    case "Starred":
      return deleting ? target : invalidTarget(target.value, deleting);
    case "Tuple":
    case "List":
      for (const item of target.items) {
        const invalid = invalidTarget(item, deleting);
        if (invalid) return invalid;
      }
      return undefined;
    default:
      return target;
  }
}

/** Kinds for which CPython does not guess that `==` was meant. */
const neverComparisons = new Set<Expression["type"]>([
  "Compare",
  "Logical",
  "Lambda",
  "Conditional",
  "List",
  "Tuple",
]);

/** `only`: the sole target of its statement, where CPython guesses that `==` was meant. */
export function checkTarget(target: Expression, only: boolean, report: Report): void {
  const invalid = invalidTarget(target, false);
  if (invalid) {
    const guess =
      only &&
      invalid === target &&
      !neverComparisons.has(target.type) &&
      (target.type !== "Comprehension" || target.kind !== "generator") &&
      (target.type !== "Literal" || target.value === "...") &&
      !(target.type === "Unary" && target.operator === "not");
    report(
      syntaxProblem(
        invalid,
        `cannot assign to ${expressionName(invalid)}${
          guess ? " here. Maybe you meant '==' instead of '='?" : ""
        }`,
      ),
    );
  } else if (target.type === "Starred") {
    report(syntaxProblem(target, "starred assignment target must be in a list or tuple"));
  } else {
    checkStars(target, report);
  }
}

function checkStars(target: Expression, report: Report): void {
  if (target.type !== "Tuple" && target.type !== "List") return;
  if (target.items.filter((item) => item.type === "Starred").length > 1)
    report(syntaxProblem(target, "multiple starred expressions in assignment"));
  for (const item of target.items) checkStars(item.type === "Starred" ? item.value : item, report);
}

/** The target of `target += value`. */
export function checkAugmentedTarget(target: Expression, report: Report): void {
  const { type } = target;
  if (type === "Tuple" || type === "List" || invalidTarget(target, false))
    report(
      syntaxProblem(
        target,
        `'${expressionName(target)}' is an illegal expression for augmented assignment`,
      ),
    );
}

/** The target of `target: annotation`. */
export function checkAnnotatedTarget(target: Expression, report: Report): void {
  const { type } = target;
  if (type === "Tuple" || type === "List")
    report(
      syntaxProblem(target, `only single target (not ${expressionName(target)}) can be annotated`),
    );
  else if (invalidTarget(target, false))
    report(syntaxProblem(target, "illegal target for annotation"));
}

export function checkDeleted(target: Expression, report: Report): void {
  const invalid = invalidTarget(target, true);
  if (invalid) report(syntaxProblem(invalid, `cannot delete ${expressionName(invalid)}`));
}

/** A `*value` outside of a display, a call or a tuple. */
export function checkNotStarred(value: Expression, report: Report): void {
  if (value.type === "Starred") report(syntaxProblem(value, "can't use starred expression here"));
}

export function checkArguments(items: readonly Argument[], report: Report): void {
  const keywords = new Set<string>();
  let unpacked = false;
  for (const item of items) {
    if (item.kind === "positional" && unpacked)
      report(syntaxProblem(item, "positional argument follows keyword argument unpacking"));
    else if (item.kind === "positional" && keywords.size > 0)
      report(syntaxProblem(item, "positional argument follows keyword argument"));
    else if (item.kind === "star" && unpacked)
      report(syntaxProblem(item, "iterable argument unpacking follows keyword argument unpacking"));
    if (item.kind === "doubleStar") unpacked = true;
    if (item.name === null) continue;
    if (keywords.has(item.name))
      report(syntaxProblem(item, `keyword argument repeated: ${item.name}`));
    keywords.add(item.name);
  }
}

export function checkParameters(items: readonly Parameter[], report: Report): void {
  const names = new Set<string>();
  let withDefault = false;
  for (const [index, item] of items.entries()) {
    const before = items.slice(0, index);
    if (before.some(({ kind }) => kind === "doubleStar"))
      report(syntaxProblem(item, "arguments cannot follow var-keyword argument"));
    else if (item.kind === "star" && before.some(({ kind }) => kind === "star"))
      report(syntaxProblem(item, "* argument may appear only once"));
    if (names.has(item.name))
      report(syntaxProblem(item, `duplicate argument '${item.name}' in function definition`));
    names.add(item.name);
    if (item.kind !== "normal" && item.kind !== "positionalOnly") continue;
    if (item.default) withDefault = true;
    else if (withDefault)
      report(syntaxProblem(item, "parameter without a default follows parameter with a default"));
  }
}
