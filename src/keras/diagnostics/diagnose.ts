/** @file Text in, problems out: every rule over the calls of one file or cell. */
import type { SyntaxNode } from "@lezer/common";
import type { SourceFile } from "../../python/sourceFile.ts";
import { type Code, codes } from "./codes.ts";
import { notIgnored } from "./ignores.ts";
import { className, Inspection } from "./inspection.ts";
import type { Problem } from "./problem.ts";
import { argumentNames } from "./rules/argumentNames.ts";
import { argumentValues } from "./rules/argumentValues.ts";
import { dataFormat } from "./rules/dataFormat.ts";
import {
  maskRank,
  renormClipping,
  setWeightsOrder,
  synchronizedBackend,
} from "./rules/features.ts";
import { trainableAfterCompile } from "./rules/freezing.ts";
import { missingParentheses, tensorAsArgument, unusedLayer } from "./rules/misuse.ts";
import { biasBefore, scaleBefore } from "./rules/redundancy.ts";
import { batchSizeOne, missingTraining } from "./rules/training.ts";
import { isInTest, statementAfter, testWords } from "./statements.ts";

const rules: readonly ((inspection: Inspection) => Iterable<Problem>)[] = [
  argumentNames,
  argumentValues,
  dataFormat,
  biasBefore,
  scaleBefore,
  missingTraining,
  trainableAfterCompile,
  unusedLayer,
  missingParentheses,
  tensorAsArgument,
  batchSizeOne,
  maskRank,
  synchronizedBackend,
  renormClipping,
  setWeightsOrder,
];

/**
 * The problems of a file, in the order of the text. `earlier`: the cells before it in a notebook,
 * whose names it can use. Files without the layer are not parsed.
 */
export function diagnose(
  file: SourceFile,
  earlier: readonly SourceFile[] = [],
  isCell = earlier.length > 0,
): Problem[] {
  if (![...earlier, file].some(({ text }) => text.includes(className))) return [];
  const inspection = new Inspection(file, earlier, isCell);
  const found = rules.flatMap((rule) => [...rule(inspection)]);
  const problems = expecting.test(file.text)
    ? found.filter((problem) => !isExpected(problem, file))
    : found;
  const weighed = testWords.test(file.text)
    ? problems.map((problem) => (isMeant(problem, file) ? quieter(problem) : problem))
    : problems;
  return notIgnored(weighed, file).sort((a, b) => a.from - b.from || a.to - b.to);
}

const raising = /\b(?:assertRaises\w*|raises|assertWarns\w*|warns)\s*\(/;
const catching = /\bexcept\b[^:\n]*\b(?:TypeError|ValueError)\b/;
const expecting = new RegExp(`${raising.source}|${catching.source}`);

/** Whether the text around says that this raises an error or warns. */
function isExpected({ from }: Problem, file: SourceFile): boolean {
  for (let at: SyntaxNode | null = file.tree.resolveInner(from, 1); at; at = at.parent)
    if (tellsOfError(at, from, file)) return true;
  return false;
}

function tellsOfError(node: SyntaxNode, problem: number, file: SourceFile): boolean {
  const body = node.getChild("Body");
  switch (node.name) {
    case "WithStatement":
      return raising.test(file.text.slice(node.from, body?.from ?? node.to));
    case "CallExpression":
      return raising.test(`${file.textOf(node.firstChild!)}(`);
    case "TryStatement": {
      // Whoever catches the error of one statement has expected it there.
      const only = body?.firstChild?.nextSibling;
      if (!only || problem >= body.to || statementAfter(only)) return false;
      return catching.test(file.text.slice(body.to, node.to));
    }
    default:
      return false;
  }
}

/** What a test does on purpose: with such values it is short or exact, and nothing learns from it. */
const meantInTests: ReadonlySet<Code> = new Set<Code>([
  "argument-range",
  "pytorch-momentum",
  "axis-data-format",
  "missing-training",
  "trainable-after-compile",
]);

function isMeant({ code, severity = codes[code], from }: Problem, file: SourceFile): boolean {
  if (severity !== "warning" || !meantInTests.has(code)) return false;
  return isInTest(file.tree.resolveInner(from, 1), file);
}

function quieter(problem: Problem): Problem {
  return { ...problem, severity: "information" };
}
