/** @file The commands that take a notebook to Python: as a script, or to a Python kernel. */
import { posix } from "node:path";
import * as vscode from "vscode";
import { type ToolbarTarget, targetNotebook } from "./commands.ts";
import { commands, extensionId } from "./identity.ts";
import { withPythonKernel } from "./notebookMetadata.ts";
import { put, type ScriptCell, scriptOf, usesLaboratory } from "./pythonScript.ts";

const moduleName = "bnlab.py";
const jupyterId = "ms-toolsai.jupyter";

export function registerPortability(extension: vscode.Uri): vscode.Disposable {
  const module = vscode.Uri.joinPath(extension, "media", "python", moduleName);
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register(commands.exportPythonScript, (target?: ToolbarTarget, to?: vscode.Uri) =>
      exportScript(module, targetNotebook(target), to),
    ),
    register(commands.switchToPythonKernel, (target?: ToolbarTarget) =>
      switchKernel(module, targetNotebook(target)),
    ),
  );
}

function cellsOf(notebook: vscode.NotebookDocument): ScriptCell[] {
  return notebook.getCells().map(({ kind, document }) => ({
    language: kind === vscode.NotebookCellKind.Markup ? "markdown" : document.languageId,
    text: document.getText(),
  }));
}

/** Writes the script where the person says, or where the caller did, and opens it. */
async function exportScript(
  module: vscode.Uri,
  notebook: vscode.NotebookDocument | undefined,
  to: vscode.Uri | undefined,
): Promise<void> {
  if (!notebook) {
    tellNoNotebook();
    return;
  }
  const file = to ?? (await askWhere(notebook));
  if (!file) return;
  const cells = cellsOf(notebook);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(scriptOf(cells)));
  if (usesLaboratory(cells)) await putModule(module, file);
  await vscode.window.showTextDocument(file, { preview: false });
}

function askWhere(notebook: vscode.NotebookDocument): Thenable<vscode.Uri | undefined> {
  const folder = notebook.isUntitled
    ? vscode.workspace.workspaceFolders?.[0]?.uri
    : vscode.Uri.joinPath(notebook.uri, "..");
  const name = `${posix.basename(notebook.uri.path, posix.extname(notebook.uri.path))}.py`;
  return vscode.window.showSaveDialog({
    filters: { Python: ["py"] },
    title: vscode.l10n.t("Export as Python Script"),
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** What came of a switch, for whoever runs the command. */
export type SwitchOutcome = "kernelPicker" | "noPythonKernel" | "notSaved" | "noNotebook";

/** Makes the notebook ready for Python and lets the person pick a kernel. */
async function switchKernel(
  module: vscode.Uri,
  open: vscode.NotebookDocument | undefined,
): Promise<SwitchOutcome> {
  if (!open) {
    tellNoNotebook();
    return "noNotebook";
  }
  const notebook = usesLaboratory(cellsOf(open)) ? await besideItsModule(module, open) : open;
  if (!notebook) return "notSaved";
  const notebookEditor = await vscode.window.showNotebookDocument(notebook);
  const edit = new vscode.WorkspaceEdit();
  const metadata = withPythonKernel(notebook.metadata);
  edit.set(notebook.uri, [vscode.NotebookEdit.updateNotebookMetadata(metadata)]);
  await vscode.workspace.applyEdit(edit);
  if (!offersPython()) {
    void tellWhatIsMissing();
    return "noPythonKernel";
  }
  void vscode.commands.executeCommand("notebook.selectKernel", { notebookEditor });
  return "kernelPicker";
}

/** The notebook, saved, with the module beside it; undefined where the person would not save it. */
async function besideItsModule(
  module: vscode.Uri,
  notebook: vscode.NotebookDocument,
): Promise<vscode.NotebookDocument | undefined> {
  if (!notebook.isUntitled) {
    await putModule(module, notebook.uri);
    return notebook;
  }
  const saved = await vscode.workspace.saveAs(notebook.uri);
  if (!saved) return undefined;
  await putModule(module, saved);
  return vscode.workspace.openNotebookDocument(saved);
}

/** Puts `bnlab.py` beside a file; asks before it replaces another file of that name. */
async function putModule(module: vscode.Uri, file: vscode.Uri): Promise<void> {
  const { fs } = vscode.workspace;
  const place = vscode.Uri.joinPath(file, "..", moduleName);
  await put(await fs.readFile(module), {
    read: async () => {
      try {
        return await fs.readFile(place);
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return null;
        throw error;
      }
    },
    write: async (content) => fs.writeFile(place, content),
    mayReplace: async () => {
      const replace = vscode.l10n.t("Replace");
      const chosen = await vscode.window.showWarningMessage(
        vscode.l10n.t("There is another file named {0} in this folder. Replace it?", moduleName),
        { modal: true, detail: place.fsPath },
        replace,
      );
      return chosen === replace;
    },
  });
}

/** Whether any other extension brings kernels for notebooks: the editor does not tell which. */
function offersPython(): boolean {
  return vscode.extensions.all.some(({ id, packageJSON }) => {
    if (id === jupyterId) return true;
    if (id === extensionId || id.startsWith("vscode.")) return false;
    const events: unknown = packageJSON.activationEvents;
    return Array.isArray(events) && events.includes("onNotebook:jupyter-notebook");
  });
}

async function tellWhatIsMissing(): Promise<void> {
  const find = vscode.l10n.t("Find the Jupyter Extension");
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      "The notebook is ready for Python, but no Python kernel is offered here: that takes the Jupyter extension and a Python with `pip install ipykernel keras numpy`.",
    ),
    find,
  );
  if (chosen !== find) return;
  await vscode.commands.executeCommand("workbench.extensions.search", `@id:${jupyterId}`);
}

function tellNoNotebook(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t("Open a notebook first."));
}
