import * as assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { settings } from "../../src/extension/identity.ts";
import { closeAll, newNotebook, runCell, stderr, until } from "./notebooks.ts";

/** A Python file of its own, shown. */
async function pythonFile(content: string): Promise<vscode.TextDocument> {
  const path = join(mkdtempSync(join(tmpdir(), "diagnostics-")), "model.py");
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
    const given = JSON.parse(decodeURIComponent(target.query));
    await vscode.commands.executeCommand(target.path, ...given);
    const titles = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until("the page", () => titles().some((title) => title.includes("pytorch-momentum")));
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
});
