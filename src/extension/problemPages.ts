/** @file The page about a problem's code, and the cell that shows it. */
import * as vscode from "vscode";
import { isCode } from "../keras/diagnostics/codes.ts";
import { examples } from "../keras/diagnostics/examples.ts";
import { pageMarkdown } from "../keras/diagnostics/pages.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { linkCommands } from "./identity.ts";
import type { Trials } from "./trials.ts";

/** The scheme of pages that are made when somebody reads them. */
const scheme = "batchnorm-lab-problems";

export function registerProblemPages(trials: Trials): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent({ path }) {
        const code = path.replace(/^\/|\.md$/g, "");
        return isCode(code) ? pageMarkdown(code, documentationLanguage()) : undefined;
      },
    }),
    vscode.commands.registerCommand(linkCommands.explainProblem, explain),
    vscode.commands.registerCommand(linkCommands.showProblemCell, (code) => showCell(code, trials)),
  );
}

/** Opens the page as people read Markdown, or as text where nothing renders it. */
async function explain(code: unknown): Promise<void> {
  if (typeof code !== "string" || !isCode(code)) return;
  const page = vscode.Uri.from({ scheme, path: `/${code}.md` });
  await vscode.commands
    .executeCommand("markdown.showPreviewToSide", page)
    .then(undefined, () =>
      vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside }),
    );
}

async function showCell(code: unknown, trials: Trials): Promise<void> {
  const cell = typeof code === "string" && isCode(code) ? examples[code].cell : null;
  if (cell !== null) await trials.runCode(cell);
}
