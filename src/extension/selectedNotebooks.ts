/** @file The open notebooks for which this kernel is selected, whether it has run a cell yet or not. */
import * as vscode from "vscode";

export class SelectedNotebooks implements vscode.Disposable {
  readonly #notebooks = new Set<vscode.NotebookDocument>();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changes];
  #last: vscode.NotebookDocument | null = null;

  /** A notebook was opened, closed or brought to the front, or its kernel was changed. */
  readonly onDidChange = this.#changes.event;

  follow(controller: vscode.NotebookController): void {
    this.#subscriptions.push(
      controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
        if (selected) this.#notebooks.add(notebook);
        else this.#notebooks.delete(notebook);
        this.#changes.fire();
      }),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => {
        if (this.#last === notebook) this.#last = null;
        if (this.#notebooks.delete(notebook)) this.#changes.fire();
      }),
      vscode.window.onDidChangeActiveNotebookEditor(() => this.#changes.fire()),
    );
  }

  has(notebook: vscode.NotebookDocument): boolean {
    return this.#notebooks.has(notebook);
  }

  /** The notebook in front, or the last that was: a person looks at its variables from elsewhere. */
  get current(): vscode.NotebookDocument | null {
    const active = vscode.window.activeNotebookEditor?.notebook;
    if (active) this.#last = this.has(active) ? active : this.#last;
    if (this.#last && this.has(this.#last)) return this.#last;
    return [...this.#notebooks].at(-1) ?? null;
  }

  /** The notebook of a cell's document, where this kernel is its own. */
  notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | null {
    if (document.uri.scheme !== "vscode-notebook-cell") return null;
    for (const notebook of this.#notebooks) {
      if (notebook.getCells().some((cell) => cell.document === document)) return notebook;
    }
    return null;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
