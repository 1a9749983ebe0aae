/** @file `# bnlab: ignore` and `# bnlab: ignore[code]`, on a problem's line or on the line above it. */
import type { SourceFile } from "../../python/sourceFile.ts";
import type { Problem } from "./problem.ts";

const comment = /#\s*bnlab:\s*ignore(?:\s*\[([^\]]*)\])?/;

/** The problems that no comment tells to ignore. */
export function notIgnored(problems: readonly Problem[], file: SourceFile): Problem[] {
  if (!file.text.includes("bnlab")) return [...problems];
  return problems.filter((problem) => !isIgnored(problem, file.text));
}

function isIgnored({ code, from, to }: Problem, text: string): boolean {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const above = text.lastIndexOf("\n", start - 2) + 1;
  const last = text.lastIndexOf("\n", to - 1) + 1;
  const lines = new Set([start, last, start === 0 ? 0 : above]);
  for (const at of lines) {
    const line = lineAt(at, text);
    // A comment behind code speaks of that code.
    if (at === above && at !== start && !/^\s*#/.test(line)) continue;
    const found = comment.exec(line);
    if (
      found &&
      (found[1] === undefined || found[1].split(",").some((each) => each.trim() === code))
    )
      return true;
  }
  return false;
}

function lineAt(start: number, text: string): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? text.length : end);
}
