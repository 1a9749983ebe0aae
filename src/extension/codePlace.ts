/** @file Places in code that links and lenses point to. */
import * as vscode from "vscode";

/** An offset of a document, as commands take it in a link. */
export interface CodePlace {
  readonly uri: string;
  readonly offset: number;
}

export function isCodePlace(value: unknown): value is CodePlace {
  const place = value as Partial<CodePlace> | null | undefined;
  return typeof place?.uri === "string" && typeof place.offset === "number";
}

/** The cursor's place in the editor in front. */
export function cursorPlace(): CodePlace | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const offset = editor.document.offsetAt(editor.selection.active);
  return { uri: editor.document.uri.toString(), offset };
}

export function documentAt({ uri }: CodePlace): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

/** Puts the cursor of the editor that shows the document there; false where none does. */
export async function showPlace(place: CodePlace): Promise<boolean> {
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === place.uri,
  );
  if (!editor) return false;
  const position = editor.document.positionAt(place.offset);
  editor.selection = new vscode.Selection(position, position);
  return true;
}

/** The address of a link that runs a command. */
export function commandLink(command: string, ...given: readonly unknown[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(given))}`;
}

/** Beside code, which stays in sight; else among the pages that stand beside it already. */
export function besideCode(): vscode.ViewColumn {
  const { activeTextEditor, activeNotebookEditor } = vscode.window;
  return activeTextEditor || activeNotebookEditor
    ? vscode.ViewColumn.Beside
    : vscode.ViewColumn.Active;
}
