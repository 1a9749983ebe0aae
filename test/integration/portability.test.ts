import * as assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { commands, extensionId } from "../../src/extension/identity.ts";
import { closeAll, newNotebook, runAll, selectKernel, stdout, until } from "./notebooks.ts";

const workspace = process.env.TEST_WORKSPACE!;
const shipped = () =>
  readFileSync(
    join(vscode.extensions.getExtension(extensionId)!.extensionPath, "media/python/bnlab.py"),
    "utf8",
  );

/** A folder of its own with a notebook of these cells. */
function notebookIn(folder: string, ...codes: string[]): vscode.Uri {
  mkdirSync(join(workspace, folder));
  const cells = codes.map((source, index) => ({
    id: `cell-${index}`,
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  const kernelspec = { name: "batchnorm-lab", display_name: "BatchNorm Lab", language: "python" };
  const path = join(workspace, folder, "n.ipynb");
  const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(path, JSON.stringify(notebook));
  return vscode.Uri.file(path);
}

async function show(uri: vscode.Uri): Promise<vscode.NotebookDocument> {
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

describe("the way to Python", () => {
  afterEach(closeAll);

  it("exports a script and its module, and opens the script", async () => {
    const folder = join(workspace, "exported");
    mkdirSync(folder);
    await newNotebook("import bnlab", "print(bnlab.stats([1, 2]).mean)");
    const script = vscode.Uri.file(join(folder, "n.py"));
    await vscode.commands.executeCommand(commands.exportPythonScript, undefined, script);
    assert.equal(
      readFileSync(script.fsPath, "utf8"),
      "# %%\nimport bnlab\n\n# %%\nprint(bnlab.stats([1, 2]).mean)\n",
    );
    assert.equal(readFileSync(join(folder, "bnlab.py"), "utf8"), shipped());
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, script.fsPath);
  });

  it("exports without the module what does not use it", async () => {
    const folder = join(workspace, "plain");
    mkdirSync(folder);
    await newNotebook("print(1)");
    const script = vscode.Uri.file(join(folder, "n.py"));
    await vscode.commands.executeCommand(commands.exportPythonScript, undefined, script);
    assert.equal(existsSync(join(folder, "bnlab.py")), false);
  });

  it("makes a notebook ready for a Python kernel, and says what is missing", async () => {
    const uri = notebookIn("switched", "import bnlab\nprint(bnlab.stats([1.0, 3.0]).count)");
    const notebook = await show(uri);
    await selectKernel();
    await runAll(notebook);
    assert.equal(stdout(notebook.cellAt(0)), "2\n");
    const outcome = await vscode.commands.executeCommand(commands.switchToPythonKernel);
    assert.equal(outcome, "noPythonKernel");
    assert.equal(notebook.metadata.metadata.kernelspec.name, "python3");
    assert.equal(readFileSync(join(workspace, "switched", "bnlab.py"), "utf8"), shipped());
    await notebook.save();
    const saved = JSON.parse(readFileSync(uri.fsPath, "utf8"));
    assert.equal(saved.metadata.kernelspec.name, "python3");
    assert.equal(saved.cells.length, 1);
  });

  it("comes back when the notebook runs on this kernel again", async () => {
    const notebook = await show(notebookIn("returned", "print(1)"));
    await vscode.commands.executeCommand(commands.switchToPythonKernel);
    assert.equal(existsSync(join(workspace, "returned", "bnlab.py")), false);
    await selectKernel();
    await runAll(notebook);
    await until(
      "the kernel is named again",
      () => notebook.metadata.metadata.kernelspec.name === "batchnorm-lab",
    );
  });
});
