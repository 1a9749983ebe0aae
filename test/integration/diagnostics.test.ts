import * as assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { settings } from "../../src/extension/identity.ts";
import { closeAll, newNotebook, runCell, stderr, until } from "./notebooks.ts";

/** A Python file of its own, shown. `folder`: where it lies in a new one. */
async function pythonFile(content: string, folder = "."): Promise<vscode.TextDocument> {
  const place = join(mkdtempSync(join(tmpdir(), "diagnostics-")), folder);
  mkdirSync(place, { recursive: true });
  const path = join(place, "model.py");
  writeFileSync(path, content);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  await vscode.window.showTextDocument(document);
  return document;
}

function ours({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "BatchNorm Lab");
}

const codeOf = ({ code }: vscode.Diagnostic) =>
  typeof code === "object" ? String(code.value) : String(code);

/** Waits until the document has problems of these codes, in order. */
async function assertCodes(document: vscode.TextDocument, ...codes: string[]): Promise<void> {
  const found = () => ours(document).map(codeOf).join();
  await until(`${codes.join()}, not ${found()}`, () => found() === codes.join());
}

async function actionsAt(
  document: vscode.TextDocument,
  word: string,
): Promise<vscode.CodeAction[]> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    new vscode.Range(position, position),
  );
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const head = "from keras import layers\n";

describe("diagnostics", () => {
  afterEach(closeAll);

  it("say what is wrong in a Python file, and no more once it is repaired", async () => {
    const document = await pythonFile(
      `${head}bn = layers.BatchNormalization(momentun=0.9, epsilon=0)\n`,
    );
    await assertCodes(document, "unknown-argument", "argument-range");
    const [first, second] = ours(document);
    assert.match(first.message, /no argument `momentun`.*`momentum`/);
    assert.equal(first.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.getText(second.range), "0");
    const rename = (await actionsAt(document, "momentun")).find(({ isPreferred }) => isPreferred);
    assert.equal(rename?.title, "Rename to momentum");
    assert.ok(await vscode.workspace.applyEdit(rename.edit!));
    await assertCodes(document, "argument-range");
  });

  it("can be ignored by a comment that the light bulb writes", async () => {
    const document = await pythonFile(
      `${head}def f():\n    return layers.BatchNormalization(momentum=0.1)\n`,
    );
    await assertCodes(document, "pytorch-momentum");
    const ignore = (await actionsAt(document, "0.1")).find(({ title }) => /^Ignore/.test(title));
    assert.ok(await vscode.workspace.applyEdit(ignore!.edit!));
    assert.match(document.getText(), /\n {4}# bnlab: ignore\[pytorch-momentum\]\n {4}return/);
    await assertCodes(document);
  });

  it("do not repeat what a type checker says, and still mend it", async () => {
    const document = await pythonFile(
      `${head}bn = layers.BatchNormalization(momentum="0.9", epsilon=0)\n`,
    );
    await assertCodes(document, "argument-type", "argument-range");
    const [type, range] = ours(document).map((each) => each.range);
    const checker = vscode.languages.createDiagnosticCollection("type checker");
    try {
      const say = (at: vscode.Range, severity = vscode.DiagnosticSeverity.Error) =>
        new vscode.Diagnostic(at, "str is not float", severity);
      checker.set(document.uri, [say(type), say(range)]);
      await assertCodes(document, "argument-range");
      const fixes = (await actionsAt(document, "0.9")).map(({ title }) => title);
      assert.ok(fixes.includes("Change to 0.9"), fixes.join());
      checker.set(document.uri, [say(type, vscode.DiagnosticSeverity.Hint)]);
      await assertCodes(document, "argument-type", "argument-range");
    } finally {
      checker.dispose();
    }
  });

  it("follow the settings", async () => {
    const document = await pythonFile(`${head}bn = layers.BatchNormalization(momentum=0.1)\n`);
    await assertCodes(document, "pytorch-momentum");
    const configuration = vscode.workspace.getConfiguration();
    const set = (key: string, value: unknown) =>
      configuration.update(key, value, vscode.ConfigurationTarget.Global);
    try {
      await set(settings.diagnosticsSeverity, { "pytorch-momentum": "error" });
      await until(
        "an error",
        () => ours(document)[0]?.severity === vscode.DiagnosticSeverity.Error,
      );
      await set(settings.diagnosticsSeverity, { "pytorch-momentum": "off" });
      await assertCodes(document);
      await set(settings.diagnosticsSeverity, undefined);
      await assertCodes(document, "pytorch-momentum");
      await set(settings.diagnosticsEnabled, false);
      await assertCodes(document);
    } finally {
      await set(settings.diagnosticsSeverity, undefined);
      await set(settings.diagnosticsEnabled, undefined);
    }
  });

  it("use the names of the cells before", async () => {
    const notebook = await newNotebook(
      "from keras.layers import BatchNormalization as BN",
      "bn = BN(momentun=0.9)",
    );
    const { document } = notebook.cellAt(1);
    await assertCodes(document, "unknown-argument");
    const edit = new vscode.WorkspaceEdit();
    edit.replace(notebook.cellAt(0).document.uri, new vscode.Range(0, 0, 0, 99), "BN = print");
    assert.ok(await vscode.workspace.applyEdit(edit));
    await assertCodes(document);
  });

  it("open the page about their code", async () => {
    const document = await pythonFile(`${head}bn = layers.BatchNormalization(momentum=0.1)\n`);
    await assertCodes(document, "pytorch-momentum");
    const { target } = ours(document)[0].code as { target: vscode.Uri };
    await vscode.commands.executeCommand("vscode.open", target);
    const titles = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until("the page", () => titles().some((title) => title.includes("pytorch-momentum")));
    const page = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(page instanceof vscode.TabInputCustom, "rendered, not as text");
  });

  it("show what happens in a cell that runs", async () => {
    const document = await pythonFile(`${head}bn = layers.BatchNormalization(epsilon=None)\n`);
    await assertCodes(document, "argument-type");
    const show = (await actionsAt(document, "None")).find(({ title }) => /^Show in/.test(title));
    const { command, arguments: given } = show!.command!;
    await vscode.commands.executeCommand(command, ...given!);
    const { notebook } = vscode.window.activeNotebookEditor!;
    await runCell(notebook, 0);
    assert.equal(stderr(notebook.cellAt(0)), "");
    assert.equal(notebook.cellAt(0).executionSummary?.success, false);
  });

  it("leave files without the layer alone", async () => {
    const document = await pythonFile("model.fit(x, y, batch_size=1)\n");
    const other = await pythonFile(`${head}bn = layers.BatchNormalization(momentum=0.1)\n`);
    await assertCodes(other, "pytorch-momentum");
    assert.deepEqual(ours(document), []);
  });

  it("leave installed packages and what is shown read-only alone", async () => {
    const content = `${head}bn = layers.BatchNormalization(momentum=0.1)\n`;
    const installed = await pythonFile(content, "venv/lib/python3.11/site-packages/models");
    const history = vscode.workspace.registerTextDocumentContentProvider("history", {
      provideTextDocumentContent: () => content,
    });
    try {
      const address = vscode.Uri.from({ scheme: "history", path: "/model.py" });
      const old = await vscode.workspace.openTextDocument(address);
      assert.equal(old.languageId, "python");
      const other = await pythonFile(content);
      await assertCodes(other, "pytorch-momentum");
      assert.deepEqual([installed, old].flatMap(ours), []);
    } finally {
      history.dispose();
    }
  });

  it("follow a document into another language and back", async () => {
    const document = await pythonFile(`${head}bn = layers.BatchNormalization(momentum=0.1)\n`);
    await assertCodes(document, "pytorch-momentum");
    const text = await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    await assertCodes(text);
    await assertCodes(
      await vscode.languages.setTextDocumentLanguage(text, "python"),
      "pytorch-momentum",
    );
  });
});

describe("code actions", () => {
  afterEach(closeAll);

  it("rewrite a call after showing how", async () => {
    const document = await pythonFile(
      `${head}bn = layers.BatchNormalization(scale=True, axis=1)\n`,
    );
    const actions = await actionsAt(document, "BatchNormalization");
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes("Spell out all defaults"), titles.join());
    assert.ok(titles.includes("Convert to PyTorch nn.BatchNorm2d"), titles.join());
    assert.ok(titles.includes("Remove arguments equal to the default"), titles.join());
    const editor = await vscode.window.showTextDocument(document);
    const cursor = document.positionAt(document.getText().indexOf("BatchNormalization") + 1);
    editor.selection = new vscode.Selection(cursor, cursor);
    const before = document.getText();
    // The first of them, by the menu's own command: it waits for the person's answer.
    void vscode.commands.executeCommand("editor.action.codeAction", {
      kind: "refactor.rewrite",
      apply: "first",
    });
    // Whenever the preview appears: nothing tells when, and before it there is nothing to discard.
    for (let round = 0; round < 20; round++) {
      await pause(150);
      assert.equal(document.getText(), before, "the preview asks first");
      await vscode.commands.executeCommand("refactorPreview.discard");
    }
    const remove = actions.find(({ title }) => title === "Remove arguments equal to the default")!;
    assert.ok(await vscode.workspace.applyEdit(remove.edit!));
    assert.match(document.getText(), /BatchNormalization\(axis=1\)/);
  });

  it("turn PyTorch's layer into Keras's", async () => {
    const document = await pythonFile("from torch import nn\nbn = nn.BatchNorm2d(64)\n");
    const titles = (await actionsAt(document, "BatchNorm2d")).map(({ title }) => title);
    assert.ok(titles.includes("Convert to Keras BatchNormalization"), titles.join());
  });
});

describe("code lenses", () => {
  afterEach(closeAll);

  async function lensesOf({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      uri,
      99,
    );
    return lenses.filter(({ command }) => command?.command.startsWith("batchnormLab."));
  }

  const titlesOf = (lenses: vscode.CodeLens[]) => lenses.map(({ command }) => command!.title);

  async function run(lens: vscode.CodeLens): Promise<void> {
    await vscode.commands.executeCommand(lens.command!.command, ...lens.command!.arguments!);
  }

  it("try and explain each call in a file", async () => {
    const document = await pythonFile(
      `${head}def f(x):\n    return layers.BatchNormalization(momentum=0.9)(x)\n`,
    );
    const lenses = await lensesOf(document);
    assert.deepEqual(titlesOf(lenses), ["Try", "Explain"]);
    await run(lenses[0]);
    const { notebook } = vscode.window.activeNotebookEditor!;
    assert.match(notebook.cellAt(0).document.getText(), /BatchNormalization\(momentum=0\.9\)/);
    await run(lenses[1]);
    await until("the page", () =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ label }) => label.includes("BatchNormalization")),
      ),
    );
  });

  it("stay while their call is edited", async () => {
    for (const typed of ["momentum=", "momentum=0.9, ", '"'])
      assert.deepEqual(
        titlesOf(
          await lensesOf(await pythonFile(`${head}layers.BatchNormalization(${typed})(x)\n`)),
        ),
        ["Try", "Explain"],
        typed,
      );
  });

  it("show statistics where the kernel has the layer", async () => {
    const notebook = await newNotebook(
      `import numpy as np\n${head}bn = layers.BatchNormalization()\ny = bn(np.ones((4, 2)), training=True)`,
    );
    const { document } = notebook.cellAt(0);
    assert.deepEqual(titlesOf(await lensesOf(document)), ["Try", "Explain"]);
    await runCell(notebook, 0);
    let lenses: vscode.CodeLens[] = [];
    const look = async () => {
      lenses = await lensesOf(document);
      return lenses.length === 3;
    };
    const end = Date.now() + 10_000;
    while (!(await look())) assert.ok(Date.now() < end, titlesOf(lenses).join());
    assert.equal(lenses[2].command!.title, "Show statistics");
    await run(lenses[2]);
    await until("the panel", () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === "bn")),
    );
  });

  it("are not shown where the setting says so", async () => {
    const document = await pythonFile(`${head}bn = layers.BatchNormalization()\n`);
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update(settings.codeLens, false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await lensesOf(document), []);
    } finally {
      await configuration.update(settings.codeLens, undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
