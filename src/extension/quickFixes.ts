/** @file What the light bulb offers for a problem: repairs, a cell that shows it, a way to ignore it. */
import * as vscode from "vscode";
import { examples } from "../keras/diagnostics/examples.ts";
import type { Fix } from "../keras/diagnostics/problem.ts";
import type { Diagnostics, ShownProblem } from "./diagnostics.ts";
import { linkCommands } from "./identity.ts";
import { titleOf } from "./problemWords.ts";
import { pythonDocuments } from "./pythonDocuments.ts";
import { rangeIn } from "./sourceFiles.ts";

export function registerQuickFixes(diagnostics: Diagnostics): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    pythonDocuments,
    {
      provideCodeActions(document, range) {
        return diagnostics
          .shownIn(document)
          .filter(({ diagnostic }) => diagnostic.range.intersection(range))
          .flatMap((shown) => actionsFor(shown, document));
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function actionsFor(shown: ShownProblem, document: vscode.TextDocument): vscode.CodeAction[] {
  const { problem, diagnostic } = shown;
  const actions = problem.fixes.map((fix) => repair(fix, document));
  if (examples[problem.code].cell !== null) actions.push(demonstration(problem.code));
  actions.push(ignoring(shown, document));
  for (const action of actions) action.diagnostics = [diagnostic];
  return actions;
}

function quickFix(title: string): vscode.CodeAction {
  return new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
}

function repair(fix: Fix, document: vscode.TextDocument): vscode.CodeAction {
  const action = quickFix(titleOf(fix));
  action.isPreferred = fix.preferred;
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits)
    action.edit.replace(document.uri, rangeIn(document, edit), edit.text);
  return action;
}

function demonstration(code: string): vscode.CodeAction {
  const title = vscode.l10n.t("Show in a cell what {0} does", code);
  const action = quickFix(title);
  action.command = { title, command: linkCommands.showProblemCell, arguments: [code] };
  return action;
}

/** Puts the comment on the line above, indented as the problem's line is. */
function ignoring(
  { problem, diagnostic }: ShownProblem,
  document: vscode.TextDocument,
): vscode.CodeAction {
  const action = quickFix(vscode.l10n.t("Ignore {0} here", problem.code));
  const { line } = diagnostic.range.start;
  const { text, firstNonWhitespaceCharacterIndex: indentation } = document.lineAt(line);
  action.edit = new vscode.WorkspaceEdit();
  const end = document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
  action.edit.insert(
    document.uri,
    new vscode.Position(line, 0),
    `${text.slice(0, indentation)}# bnlab: ignore[${problem.code}]${end}`,
  );
  return action;
}
