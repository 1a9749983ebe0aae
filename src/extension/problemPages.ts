/** @file The page about a problem's code, and the cell that shows it. */
import * as vscode from "vscode";
import { type Code, isCode } from "../keras/diagnostics/codes.ts";
import { examples } from "../keras/diagnostics/examples.ts";
import { pageMarkdown } from "../keras/diagnostics/pages.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { linkCommands, problemPages } from "./identity.ts";
import type { Trials } from "./trials.ts";

export function registerProblemPages(trials: Trials): vscode.Disposable {
  return vscode.commands.registerCommand(linkCommands.showProblemCell, (code) =>
    showCell(code, trials),
  );
}

/** The text of the page at an address; null where none is. */
export function problemPageAt({ path }: vscode.Uri): string | null {
  const code = path.replace(/^\/|\.md$/g, "");
  return isCode(code) ? pageMarkdown(code, documentationLanguage()) : null;
}

/** Where the page is: links from problems run no commands, but they open documents. */
export function pageOf(code: Code): vscode.Uri {
  return vscode.Uri.from({ scheme: problemPages, path: `/${code}.md` });
}

async function showCell(code: unknown, trials: Trials): Promise<void> {
  const cell = typeof code === "string" && isCode(code) ? examples[code].cell : null;
  if (cell !== null) await trials.runCode(cell);
}
