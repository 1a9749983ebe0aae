/** @file The running kernels, one per open notebook. */
import * as vscode from "vscode";
import type { Catalog } from "../shared/inspection.ts";
import { kernelStringsFor } from "../shared/strings.ts";
import { CellProgressItems } from "./cellProgress.ts";
import { defaultMemory, leastMemory, settings } from "./identity.ts";
import { KernelClient } from "./kernelClient.ts";
import { KernelSupply } from "./kernelSupply.ts";
import type { LiveVariables } from "./liveVariables.ts";
import { NotebookKernel } from "./notebookKernel.ts";

export class Kernels implements vscode.Disposable {
  readonly #script: string;
  readonly #supply = new KernelSupply(() => this.#start());
  readonly #progress = new CellProgressItems();
  readonly #configuration: vscode.Disposable;
  readonly #kernels = new Map<vscode.NotebookDocument, NotebookKernel>();
  readonly #closing: vscode.Disposable;
  readonly #changes = new vscode.EventEmitter<vscode.NotebookDocument>();
  #catalog: Promise<Catalog> | null = null;

  /** A notebook's variables have changed, or its kernel has come or gone. */
  readonly onDidChangeVariables = this.#changes.event;

  /** @param script The bundle of `kernelWorker`. */
  constructor(script: string) {
    this.#script = script;
    this.#closing = vscode.workspace.onDidCloseNotebookDocument((notebook) =>
      this.#close(notebook),
    );
    this.#configuration = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(settings.memoryLimit)) this.#supply.renew();
    });
  }

  /** Starts a thread ahead, for the first cell that runs. */
  prepare(): void {
    this.#supply.prepare();
  }

  /** A kernel of no notebook's; it belongs to the caller. */
  take(): KernelClient {
    return this.#supply.take();
  }

  #start(): KernelClient {
    const memory = memoryLimit();
    const limits = { heap: memory, tensors: memory };
    return new KernelClient(this.#script, kernelStringsFor(vscode.env.language), limits);
  }

  /** The notebook's kernel; null where it has run nothing yet. */
  find(notebook: vscode.NotebookDocument): NotebookKernel | null {
    return this.#kernels.get(notebook) ?? null;
  }

  /** The notebook's kernel, started if need be. */
  ensure(notebook: vscode.NotebookDocument): NotebookKernel {
    let kernel = this.#kernels.get(notebook);
    if (!kernel) {
      kernel = new NotebookKernel(() => this.take(), this.#progress);
      this.#kernels.set(notebook, kernel);
      const { variables } = kernel;
      variables.onDidChange(() => this.#tell(variables));
      this.#changes.fire(notebook);
    }
    return kernel;
  }

  /** All that cells can import, asked of a kernel that runs no cells. */
  catalog(): Promise<Catalog> {
    this.#catalog ??= this.#askForCatalog();
    return this.#catalog;
  }

  async #askForCatalog(): Promise<Catalog> {
    const client = this.#start();
    try {
      return await client.inspect<"catalog">({ ask: "catalog" });
    } catch (error) {
      // The next who needs it asks again.
      this.#catalog = null;
      throw error;
    } finally {
      client.dispose();
    }
  }

  #tell(variables: LiveVariables): void {
    for (const [notebook, kernel] of this.#kernels) {
      if (kernel.variables === variables) this.#changes.fire(notebook);
    }
  }

  dispose(): void {
    this.#closing.dispose();
    this.#configuration.dispose();
    this.#changes.dispose();
    this.#supply.dispose();
    this.#progress.dispose();
    for (const kernel of this.#kernels.values()) kernel.dispose();
    this.#kernels.clear();
  }

  #close(notebook: vscode.NotebookDocument): void {
    const kernel = this.#kernels.get(notebook);
    if (!kernel) return;
    this.#kernels.delete(notebook);
    const heir = notebook.isUntitled ? this.#savedAs(notebook) : null;
    if (heir) this.#kernels.set(heir, kernel);
    else kernel.dispose();
    this.#changes.fire(heir ?? notebook);
  }

  /**
   * The file that an untitled notebook was saved to: for the editor another notebook, for the person
   * the same one, whose variables are kept.
   */
  #savedAs(untitled: vscode.NotebookDocument): vscode.NotebookDocument | null {
    const text = cellTexts(untitled);
    const same = vscode.workspace.notebookDocuments.find(
      (other) => !other.isUntitled && !this.#kernels.has(other) && cellTexts(other) === text,
    );
    return same ?? null;
  }
}

/** MiB that a kernel may take for objects, and for tensors. */
function memoryLimit(): number {
  const chosen = vscode.workspace.getConfiguration().get<number>(settings.memoryLimit);
  // The editor warns of other values, and hands them over all the same.
  return Math.max(leastMemory, Number(chosen) || defaultMemory);
}

function cellTexts(notebook: vscode.NotebookDocument): string {
  return JSON.stringify(notebook.getCells().map((cell) => cell.document.getText()));
}
