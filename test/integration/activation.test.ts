import * as assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Exports } from "../../src/extension/extension.ts";
import { extensionId } from "../../src/extension/identity.ts";
import { closeAll, until } from "./notebooks.ts";

async function open(name: string, content: string): Promise<vscode.TextEditor> {
  const path = join(mkdtempSync(join(tmpdir(), "activation-")), name);
  writeFileSync(path, content);
  return vscode.window.showTextDocument(vscode.Uri.file(path));
}

// By its name the first of the suites: what is loaded stays so.
describe("activation", () => {
  after(closeAll);

  it("loads nothing for files that do not name the layer, or in other languages", async () => {
    const own = vscode.extensions.getExtension<Exports>(extensionId)!;
    const { featuresAreAskedFor } = await own.activate();
    await open("data.json", '{ "layer": "BatchNormalization()" }');
    await open("note.md", "```python\nBatchNormalization()\n```\n");
    const { document } = await open("plain.py", "from keras import layers\n\nx = 1\n");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(2, 0), "bn = layers.Dense(3)\n");
    await vscode.workspace.applyEdit(edit);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(featuresAreAskedFor(), false);
  });

  it("loads everything once the word is typed, letter by letter", async () => {
    const { featuresAreAskedFor } = vscode.extensions.getExtension<Exports>(extensionId)!.exports;
    const editor = await open("typed.py", "from keras import layers\n");
    for (const letter of "b = layers.BatchNormalization(momentum=2)")
      await editor.edit((edit) => {
        edit.insert(editor.document.lineAt(editor.document.lineCount - 1).range.end, letter);
      });
    assert.equal(featuresAreAskedFor(), true);
    const found = () =>
      vscode.languages.getDiagnostics(editor.document.uri).map(({ code }) => code);
    await until("a problem", () => JSON.stringify(found()).includes("argument-range"));
  });
});
