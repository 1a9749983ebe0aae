/** @file The open notebooks for which this kernel is selected, whether it has run a cell yet or not. */
import * as vscode from "vscode";
import { notebookType } from "./identity.ts";
import { namesOurKernel } from "./notebookMetadata.ts";

/** Whether a notebook's file asks for this kernel. */
export function asksForUs(notebook: vscode.NotebookDocument): boolean {
  return notebook.notebookType === notebookType && namesOurKernel(notebook.metadata);
}

export class SelectedNotebooks implements vscode.Disposable {
  /** What the editor has said of a notebook. */
  readonly #told = new WeakMap<vscode.NotebookDocument, boolean>();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changes];
  #last: vscode.NotebookDocument | null = null;

  /** A notebook was opened, closed or brought to the front, or its kernel was changed. */
  readonly onDidChange = this.#changes.event;

  follow(controller: vscode.NotebookController): void {
    const changed = () => this.#changes.fire();
    this.#subscriptions.push(
      controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
        this.#told.set(notebook, selected);
        changed();
      }),
      vscode.workspace.onDidOpenNotebookDocument(changed),
      vscode.workspace.onDidCloseNotebookDocument(changed),
      vscode.window.onDidChangeActiveNotebookEditor(changed),
    );
  }

  /** The kernel was asked to run a cell of the notebook. */
  runs(notebook: vscode.NotebookDocument): void {
    if (this.has(notebook)) return;
    this.#told.set(notebook, true);
    this.#changes.fire();
  }

  has(notebook: vscode.NotebookDocument): boolean {
    // The editor's word is lost where it comes before the document does: then the file's counts.
    return !notebook.isClosed && (this.#told.get(notebook) ?? asksForUs(notebook));
  }

  /** The notebook in front, or the last that was: a person looks at its variables from elsewhere. */
  get current(): vscode.NotebookDocument | null {
    const active = vscode.window.activeNotebookEditor?.notebook;
    if (active && this.has(active)) this.#last = active;
    if (this.#last && this.has(this.#last)) return this.#last;
    return this.#all().at(-1) ?? null;
  }

  /** The notebook of a cell's document, where this kernel is its own. */
  notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | null {
    if (document.uri.scheme !== "vscode-notebook-cell") return null;
    const holds = (notebook: vscode.NotebookDocument) =>
      notebook.getCells().some((cell) => cell.document === document);
    return this.#all().find(holds) ?? null;
  }

  #all(): vscode.NotebookDocument[] {
    return vscode.workspace.notebookDocuments.filter((notebook) => this.has(notebook));
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
