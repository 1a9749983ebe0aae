/** @file The kernel as the editor lists it: which notebooks prefer it, and how it runs their cells. */
import * as vscode from "vscode";
import { extensionId, kernelId, kernelLabel, notebookType } from "./identity.ts";
import type { Kernels } from "./kernels.ts";
import { namesOurKernel, withOurKernel } from "./notebookMetadata.ts";
import { asksForUs, type SelectedNotebooks } from "./selectedNotebooks.ts";
import { offerVariables } from "./variableProvider.ts";

export function registerController(
  kernels: Kernels,
  selected: SelectedNotebooks,
): vscode.Disposable {
  const controller = vscode.notebooks.createNotebookController(
    kernelId,
    notebookType,
    kernelLabel,
    async (cells, notebook) => {
      selected.runs(notebook);
      const executions = cells.map((cell) => controller.createNotebookCellExecution(cell));
      await kernels.ensure(notebook).run(executions);
      await nameKernel(notebook);
    },
  );
  controller.description = vscode.l10n.t("Keras batch normalization without Python");
  controller.supportedLanguages = ["python"];
  controller.supportsExecutionOrder = true;
  selected.follow(controller);
  const warm = controller.onDidChangeSelectedNotebooks((change) => {
    if (change.selected) kernels.prepare();
  });
  offerVariables(controller, kernels, vscode.env.language);

  const prefer = (notebook: vscode.NotebookDocument) => {
    if (!asksForUs(notebook)) return;
    controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
  };
  vscode.workspace.notebookDocuments.forEach(prefer);
  select(vscode.window.activeNotebookEditor);
  return vscode.Disposable.from(
    controller,
    warm,
    vscode.workspace.onDidOpenNotebookDocument(prefer),
    vscode.window.onDidChangeActiveNotebookEditor(select),
  );
}

/**
 * Beside other kernels a preferred one is only listed first. A notebook that names this kernel gets
 * it selected, unless the person has chosen another for it.
 */
function select(editor: vscode.NotebookEditor | undefined): void {
  if (!editor || !asksForUs(editor.notebook)) return;
  const kernel = { id: kernelId, extension: extensionId, skipIfAlreadySelected: true };
  void vscode.commands.executeCommand("notebook.selectKernel", kernel);
}

/** Writes into the notebook that this kernel ran it, so that it is preferred next time. */
async function nameKernel(notebook: vscode.NotebookDocument): Promise<void> {
  if (notebook.isClosed || namesOurKernel(notebook.metadata)) return;
  const edit = new vscode.WorkspaceEdit();
  const metadata = withOurKernel(notebook.metadata);
  edit.set(notebook.uri, [vscode.NotebookEdit.updateNotebookMetadata(metadata)]);
  await vscode.workspace.applyEdit(edit);
}
