import * as assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { commands } from "../../src/extension/identity.ts";
import { closeAll, newNotebook, runCell, startCells, stdout, until } from "./notebooks.ts";

/** A notebook whose last cell has the cursor at `|`; the cells before it are run. */
async function at(...cells: string[]): Promise<[vscode.TextDocument, vscode.Position]> {
  const marked = cells.pop()!;
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const notebook = await newNotebook(...cells, text);
  for (let index = 0; index < cells.length; index++) await runCell(notebook, index);
  const { document } = notebook.cellAt(cells.length);
  return [document, document.positionAt(offset)];
}

async function completions(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    position,
  );
  // Words of the text are the editor's own contribution.
  return items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
}

async function labels(...cells: string[]): Promise<string[]> {
  const found = await completions(...(await at(...cells)));
  return found.map(labelOf);
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === "string" ? label : label.label;
}

async function hovers(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  return found
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
}

const imports = "import numpy as np\nfrom keras import layers\n";

describe("completion in cells", () => {
  afterEach(closeAll);

  it("offers members of modules before anything has run", async () => {
    const found = await labels(`${imports}np.random.|`);
    assert.ok(found.includes("default_rng"), found.join(" "));
    assert.equal(new Set(found).size, found.length, "no name twice");
  });

  it("offers attributes of live variables and of their parts", async () => {
    const run = `${imports}bn = layers.BatchNormalization()\nbn.build((2, 3))\ntotals = {"loss": 1}`;
    assert.ok((await labels(run, "bn.|")).includes("moving_variance"));
    assert.ok((await labels(run, "bn.gamma.|")).includes("assign_add"));
    assert.ok((await labels(run, "totals['|']")).includes("loss"));
  });

  it("says kind, signature and a line of documentation", async () => {
    const items = await completions(...(await at(`${imports}np.me|`)));
    const mean = items.find((item) => labelOf(item) === "mean")!;
    assert.equal(mean.kind, vscode.CompletionItemKind.Function);
    assert.match(
      (mean.documentation as vscode.MarkdownString).value,
      /mean\(a, axis=None[\s\S]*arithmetic mean/,
    );
  });

  it("offers names in scope and the keywords of the call", async () => {
    const found = await labels("threshold = 1", `${imports}np.mean(thr|`);
    assert.ok(found.includes("threshold"));
    assert.ok(found.includes("keepdims="));
  });

  it("answers from what it knows while a cell runs", async () => {
    const notebook = await newNotebook(
      `${imports}x = np.ones((2, 3))`,
      "print('go')\nwhile True: pass",
      "x.",
    );
    await runCell(notebook, 0);
    startCells(notebook, 1, 2);
    await until("the cell runs", () => stdout(notebook.cellAt(1)) === "go\n");
    const { document } = notebook.cellAt(2);
    const start = Date.now();
    const found = await completions(document, new vscode.Position(0, 2));
    assert.ok(found.some((item) => labelOf(item) === "reshape"));
    assert.ok(Date.now() - start < 2000, `${Date.now() - start} ms`);
    assert.match(await hovers(document, new vscode.Position(0, 0)), /float64 \(2, 3\)/);
    await vscode.commands.executeCommand(commands.interruptKernel);
    await until("it stops", () => notebook.cellAt(1).executionSummary?.success === false);
  });

  it("keeps out of files and of other kernels' notebooks", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "cells-")), "plain.py");
    writeFileSync(path, "import numpy as np\nnp.");
    const file = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
    assert.deepEqual(await completions(file, new vscode.Position(1, 3)), []);
    const cell = new vscode.NotebookCellData(
      vscode.NotebookCellKind.Code,
      "import numpy as np\nnp.",
      "python",
    );
    const other = await vscode.workspace.openNotebookDocument(
      "jupyter-notebook",
      new vscode.NotebookData([cell]),
    );
    const { document } = other.cellAt(0);
    assert.deepEqual(await completions(document, new vscode.Position(1, 3)), []);
    assert.equal(await hovers(document, new vscode.Position(1, 0)), "");
  });
});

describe("signatures in cells", () => {
  afterEach(closeAll);

  async function signature(...cells: string[]): Promise<string | null> {
    const [document, position] = await at(...cells);
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp | undefined>(
      "vscode.executeSignatureHelpProvider",
      document.uri,
      position,
    );
    const [found] = help?.signatures ?? [];
    if (!found) return null;
    const parameter = found.parameters[help!.activeParameter]?.label;
    return parameter ? found.label.slice(...(parameter as [number, number])) : found.label;
  }

  it("mark the parameter at the cursor", async () => {
    assert.equal(await signature(`${imports}np.mean(x, |)`), "axis=None");
    assert.equal(await signature(`${imports}np.mean(x, keepdims=|)`), "keepdims=False");
    assert.equal(await signature("def scale(x, by=2): return x", "scale(1, |)"), "by=2");
    assert.equal(await signature(`${imports}x = np.ones(3)`, "x.reshape(|)"), "*shape");
  });

  it("leave the layer's arguments to their own documentation", async () => {
    const [document, position] = await at(`${imports}layers.BatchNormalization(|)`);
    const items = await completions(document, position);
    assert.equal(items.filter((item) => labelOf(item) === "np").length, 0);
  });
});

describe("hovers in cells", () => {
  afterEach(closeAll);

  it("show a live tensor with its statistics and a histogram", async () => {
    const run = `${imports}x = np.arange(24, dtype="float32").reshape((2, 3, 4))\nx[0, 0, 0] = np.nan`;
    const text = await hovers(...(await at(run, "x|.sum()")));
    assert.match(text, /x: float32 \(2, 3, 4\)/);
    assert.match(text, /NaN 1/);
    assert.match(text, /axis 2: 4 channels × 6 values/);
    assert.match(text, /!\[Histogram from 1 to 23, .*\]\(data:image\/svg\+xml;base64,/);
  });

  it("show a layer's configuration and a function's signature", async () => {
    const run = `${imports}bn = layers.BatchNormalization(momentum=0.9)`;
    assert.match(
      await hovers(...(await at(run, "b|n"))),
      /bn: BatchNormalization\(momentum=0.9\)[\s\S]*not built/,
    );
    assert.match(
      await hovers(...(await at(run, "np.me|an"))),
      /def mean\(a, axis=None[\s\S]*arithmetic mean/,
    );
  });

  it("explain the layer's class once", async () => {
    const text = await hovers(...(await at(`${imports}layers.BatchNorm|alization()`)));
    assert.equal(text.match(/```python/g)?.length, 1, text);
  });
});
