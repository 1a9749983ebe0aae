/** @file The commands that are not about the statistics panel. */
import * as vscode from "vscode";
import { commands, extensionId, kernelId, notebookType } from "./identity.ts";
import type { Kernels } from "./kernels.ts";
import type { NotebookKernel } from "./notebookKernel.ts";
import { newMetadata } from "./notebookMetadata.ts";

export function registerCommands(extension: vscode.Uri, kernels: Kernels): vscode.Disposable {
  const withKernel = (act: (kernel: NotebookKernel) => void) => (target?: ToolbarTarget) => {
    const notebook = targetNotebook(target);
    const kernel = notebook && kernels.find(notebook);
    if (kernel) act(kernel);
  };
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register(commands.newNotebook, async () => {
      await showNotebook(emptyNotebook());
    }),
    register(commands.openTour, async () => {
      await showNotebook(await tour(extension));
    }),
    register(
      commands.interruptKernel,
      withKernel((kernel) => kernel.interrupt()),
    ),
    register(
      commands.restartKernel,
      withKernel((kernel) => kernel.restart()),
    ),
  );
}

/** What the notebook toolbar passes to its commands. */
export interface ToolbarTarget {
  readonly notebookEditor?: { readonly notebookUri?: vscode.Uri };
  /** From a list of variables: which one. */
  readonly variable?: string;
}

/** The notebook whose toolbar was used, else the one in front. */
export function targetNotebook(target?: ToolbarTarget): vscode.NotebookDocument | undefined {
  const uri = target?.notebookEditor?.notebookUri?.toString();
  const named = vscode.workspace.notebookDocuments.find((each) => each.uri.toString() === uri);
  return named ?? vscode.window.activeNotebookEditor?.notebook;
}

function emptyNotebook(): vscode.NotebookData {
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, "", "python");
  const data = new vscode.NotebookData([cell]);
  data.metadata = newMetadata();
  return data;
}

/** A copy of the packaged tour, in the editor's language, that can be changed freely. */
async function tour(extension: vscode.Uri): Promise<vscode.NotebookData> {
  const name = vscode.env.language.startsWith("zh") ? "tour.zh-cn.ipynb" : "tour.ipynb";
  const file = vscode.Uri.joinPath(extension, "examples", name);
  const original = await vscode.workspace.openNotebookDocument(file);
  const data = new vscode.NotebookData(
    original.getCells().map((cell) => {
      const text = cell.document.getText();
      const copy = new vscode.NotebookCellData(cell.kind, text, cell.document.languageId);
      copy.outputs = [...cell.outputs];
      copy.metadata = { ...cell.metadata };
      return copy;
    }),
  );
  data.metadata = { ...original.metadata };
  return data;
}

/** Opens an untitled notebook with this kernel selected and the cursor in its first code cell. */
export async function showNotebook(
  data: vscode.NotebookData,
  options: vscode.NotebookDocumentShowOptions = {},
): Promise<vscode.NotebookDocument> {
  const notebook = await vscode.workspace.openNotebookDocument(notebookType, data);
  const notebookEditor = await vscode.window.showNotebookDocument(notebook, options);
  const kernel = { notebookEditor, id: kernelId, extension: extensionId };
  await vscode.commands.executeCommand("notebook.selectKernel", kernel);
  if (notebook.cellCount === 1) await vscode.commands.executeCommand("notebook.cell.edit");
  return notebook;
}
