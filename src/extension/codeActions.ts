/** @file Refactorings of a call, shown before they are made. */
import * as vscode from "vscode";
import { type Rewrite, rewritesAt } from "../keras/rewrites.ts";
import { pythonDocuments } from "./pythonDocuments.ts";
import { earlierCells, rangeIn, sourceFile } from "./sourceFiles.ts";

/** Without this word near the cursor there is no call to rewrite, and nothing is parsed. */
const words = /BatchNorm/;

/** How many lines above the cursor a call may begin. */
const longestCall = 40;

export function registerCodeActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    pythonDocuments,
    {
      provideCodeActions(document, { start }) {
        const first = Math.max(0, start.line - longestCall);
        const around = new vscode.Range(first, 0, start.line + 1, 0);
        if (!words.test(document.getText(around))) return [];
        return rewritesAt(
          sourceFile(document),
          document.offsetAt(start),
          earlierCells(document),
        ).map((rewrite) => actionFor(rewrite, document));
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.RefactorRewrite] },
  );
}

function actionFor(rewrite: Rewrite, document: vscode.TextDocument): vscode.CodeAction {
  const title = titleOf(rewrite);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.RefactorRewrite);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of rewrite.edits)
    action.edit.replace(document.uri, rangeIn(document, edit), edit.text, {
      label: title,
      needsConfirmation: true,
    });
  return action;
}

function titleOf({ kind, torchClass }: Rewrite): string {
  switch (kind) {
    case "spellOut":
      return vscode.l10n.t("Spell out all defaults");
    case "removeDefaults":
      return vscode.l10n.t("Remove arguments equal to the default");
    case "toTorch":
      return vscode.l10n.t("Convert to PyTorch {0}", torchClass ?? "");
    case "fromTorch":
      return vscode.l10n.t("Convert to Keras BatchNormalization");
  }
}
