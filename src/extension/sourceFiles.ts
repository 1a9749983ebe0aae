/** @file What is known of the text of open documents, shared by everything that reads Python. */
import * as vscode from "vscode";
import { SourceFile } from "../python/sourceFile.ts";

/** Keeps what is known of a document's text, and after an edit what still holds of it. */
export class SourceFiles {
  readonly #files = new WeakMap<vscode.TextDocument, { version: number; file: SourceFile }>();

  of(document: vscode.TextDocument): SourceFile {
    const known = this.#files.get(document);
    if (known?.version === document.version) return known.file;
    const text = document.getText();
    const file = known ? known.file.edited(text) : new SourceFile(text);
    this.#files.set(document, { version: document.version, file });
    return file;
  }

  /** Those of the Python cells before a cell. */
  before(document: vscode.TextDocument): SourceFile[] {
    return earlierCells(document).map((cell) => this.of(cell));
  }
}

/** The cell that a document is; null for a file. */
export function cellOf(document: vscode.TextDocument): vscode.NotebookCell | null {
  if (document.uri.scheme !== "vscode-notebook-cell") return null;
  for (const notebook of vscode.workspace.notebookDocuments) {
    const cell = notebook.getCells().find((each) => each.document === document);
    if (cell) return cell;
  }
  return null;
}

/** The Python cells before a cell in its notebook; none for a document that is no cell. */
function earlierCells(document: vscode.TextDocument): vscode.TextDocument[] {
  const cell = cellOf(document);
  if (!cell) return [];
  return cell.notebook
    .getCells()
    .slice(0, cell.index)
    .map((each) => each.document)
    .filter(({ languageId }) => languageId === "python");
}

/** The range of a span in a document. */
export function rangeOf(
  document: vscode.TextDocument,
  { from, to }: { readonly from: number; readonly to: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(from), document.positionAt(to));
}
