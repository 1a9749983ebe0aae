/**
 * @file Cell text → nodes. The text is read by `@lezer/python`, whose grammar is lenient and
 * error-tolerant; its tree is lowered to `nodes.ts`, and what it lets through is validated.
 */
import type { Tree } from "@lezer/common";
import { parser } from "./grammar.ts";
import { children, type Lowering, missingCount } from "./lowering.ts";
import type { Missing, Module, Statement } from "./nodes.ts";
import { type Scan, scan } from "./scanner.ts";
import { statements } from "./statements.ts";
import { firstSyntaxError } from "./syntaxErrors.ts";
import { type Problem, syntaxProblem } from "./validation.ts";

export { type LineColumn, lineColumn } from "./positions.ts";
export type { Problem, SyntaxProblem, UnsupportedProblem } from "./validation.ts";

export interface ParsedCell {
  readonly module: Module;
  /** In the order of the text. A cell with any of them must not run. */
  readonly problems: readonly Problem[];
  /**
   * The grammar's own tree, its offsets those of the text. Where the grammar falls short of the
   * language, it was given a text of the same length that it can read.
   */
  readonly tree: Tree;
}

/** Parses a cell. Never throws: what is wrong is in `problems`, and as nodes in the module. */
export function parse(text: string): ParsedCell {
  const scanned = scan(text);
  const tree = parser.parse(scanned.readable);
  const problems: Problem[] = [];
  const lowering: Lowering = {
    text,
    magics: new Map(scanned.magics.map((magic) => [magic.from, magic])),
    report: (problem) => problems.push(problem),
    scope: "module",
    yields: false,
    className: null,
    inLoop: false,
    depth: 0,
  };
  const missingBefore = missingCount;
  const body = statements(children(tree.topNode), lowering);
  const module: Module = { type: "Module", body, from: 0, to: text.length };
  const isWhole = missingCount === missingBefore;
  const error =
    firstSyntaxError(text, tree, scanned) ?? (isWhole ? null : missingPart(module, problems));
  return {
    module,
    problems: error ? withError(problems, error, scanned) : inOrder(problems),
    tree,
  };
}

/** What the grammar lets be left out, and Python does not. */
function missingPart(module: Module, problems: readonly Problem[]): Problem | null {
  const missing = problems.length > 0 ? null : firstMissing(module.body);
  return missing && syntaxProblem(missing, "invalid syntax");
}

function firstMissing(body: readonly Statement[]): Missing | null {
  // A stack of its own: long chains of `elif` are deep.
  const pending: unknown[] = [...body].reverse();
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null) continue;
    if ("type" in value && value.type === "Missing") return value as Missing;
    for (const part of Object.values(value).reverse()) pending.push(part);
  }
  return null;
}

/**
 * From the statement with the first syntax error on, others are mostly its echo; unsupported
 * constructs are not.
 */
function withError(problems: readonly Problem[], error: Problem, { tokens }: Scan): Problem[] {
  let start = 0;
  for (const token of tokens)
    if (token.kind === "newline" && token.from < error.from) start = token.to;
  const kept = problems.filter(({ code, from }) => code === "unsupported" || from < start);
  return inOrder([...kept, error]);
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.from - b.from);
}
