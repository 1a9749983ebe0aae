/** @file Documents as the pure rooms read them, each parsed once for every version of it. */
import * as vscode from "vscode";
import { SourceFile } from "../python/sourceFile.ts";

const files = new WeakMap<vscode.TextDocument, { version: number; file: SourceFile }>();

/** What is known of a document's text; after an edit, what still holds of it is kept. */
export function sourceFile(document: vscode.TextDocument): SourceFile {
  const known = files.get(document);
  if (known?.version === document.version) return known.file;
  const text = document.getText();
  const file = known ? known.file.edited(text) : new SourceFile(text);
  files.set(document, { version: document.version, file });
  return file;
}

/** The Python cells before a cell in its notebook; none for a document that is no cell. */
export function earlierCells(document: vscode.TextDocument): SourceFile[] {
  const found = cellOf(document);
  if (!found) return [];
  return found.notebook
    .getCells(new vscode.NotebookRange(0, found.cell.index))
    .map((cell) => cell.document)
    .filter(({ languageId }) => languageId === "python")
    .map(sourceFile);
}

/** The cell that a document is, and its notebook. */
export function cellOf(
  document: vscode.TextDocument,
): { readonly notebook: vscode.NotebookDocument; readonly cell: vscode.NotebookCell } | undefined {
  if (document.uri.scheme !== "vscode-notebook-cell") return undefined;
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cell = notebook.getCells().find((each) => each.document === document);
    if (cell) return { notebook, cell };
  }
  return undefined;
}

export function rangeIn(
  document: vscode.TextDocument,
  { from, to }: { readonly from: number; readonly to: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(from), document.positionAt(to));
}
