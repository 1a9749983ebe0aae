import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Exports } from "../../src/extension/extension.ts";
import { channelsPanel, commands, extensionId } from "../../src/extension/identity.ts";
import { closeAll, newNotebook, runAll, runCell, startCells, stdout, until } from "./notebooks.ts";

const tree = () =>
  vscode.extensions.getExtension<Exports>(extensionId)!.exports
    .variables as vscode.TreeDataProvider<unknown>;

/** Lines of the view, as a person reads them. */
async function lines(parent?: unknown): Promise<string[]> {
  return (await items(parent)).map(({ item }) => `${item.label}: ${item.description}`);
}

async function items(parent?: unknown): Promise<{ node: unknown; item: vscode.TreeItem }[]> {
  const nodes = (await tree().getChildren(parent)) ?? [];
  return Promise.all(nodes.map(async (node) => ({ node, item: await tree().getTreeItem(node) })));
}

async function line(name: string): Promise<{ node: unknown; item: vscode.TreeItem }> {
  const found = (await items()).find(({ item }) => item.label === name);
  assert.ok(found, `no line for ${name}`);
  return found;
}

/** The view follows a cell by a moment; statistics by another. */
async function linesBecome(...expected: string[]): Promise<void> {
  let last: string[] = [];
  const end = Date.now() + 10_000;
  while (Date.now() < end) {
    last = await lines();
    if (last.join("\n") === expected.join("\n")) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.deepEqual(last, expected);
}

const imports = "import numpy as np\nfrom keras import layers\n";

describe("the variables view", () => {
  afterEach(closeAll);

  it("lists variables after each cell, with their statistics", async () => {
    const notebook = await newNotebook(
      `${imports}x = np.ones((8, 4), dtype="float32")\nn = 3`,
      "x[0] = 9\nbn = layers.BatchNormalization(momentum=0.5)\ny = bn(x, training=True)",
    );
    assert.deepEqual(await lines(), []);
    await runCell(notebook, 0);
    await linesBecome("x: (8, 4) · float32 · 128 B · 1 ± 0 · ndarray", "n: 3 · int");
    await runCell(notebook, 1);
    await linesBecome(
      "x: (8, 4) · float32 · 128 B · 2.000 ± 2.646 · ndarray",
      "n: 3 · int",
      "bn: momentum=0.5 · 4 channels · 64 B · BatchNormalization",
      "y: (8, 4) · float32 · 128 B · 0.0000 ± 0.9999 · ndarray",
    );
  });

  it("opens layers, dicts and long lists", async () => {
    const notebook = await newNotebook(
      `${imports}bn = layers.BatchNormalization()\nbn.build((2, 3))\nd = {"k": [1, "a"]}\nmany = list(range(150))`,
    );
    await runCell(notebook, 0);
    await until("the state arrives", () => tree().getChildren() !== undefined);
    await linesBecome(
      "bn: 3 channels · 48 B · BatchNormalization",
      "d: {'k': [1, 'a']} · 1 item · dict",
      `many: ${(await line("many")).item.description}`,
    );
    assert.deepEqual(await lines((await line("bn")).node), [
      "gamma: (3,) · float32 · 12 B · 1 ± 0 · Variable",
      "beta: (3,) · float32 · 12 B · 0 ± 0 · Variable",
      "moving_mean: (3,) · float32 · 12 B · 0 ± 0 · Variable",
      "moving_variance: (3,) · float32 · 12 B · 1 ± 0 · Variable",
    ]);
    const [list] = await items((await line("d")).node);
    assert.deepEqual(await lines(list!.node), ["[0]: 1 · int", "[1]: 'a' · str"]);
    const members = await items((await line("many")).node);
    assert.equal(members.length, 101);
    assert.equal(members.at(-1)!.item.label, "50 more");
    assert.equal((await lines(members.at(-1)!.node)).at(-1), "[149]: 149 · int");
  });

  it("sorts as it is told, and keeps to it", async () => {
    const notebook = await newNotebook(`${imports}x10 = np.zeros(2)\nx2 = np.zeros(5)\na = 1`);
    await runCell(notebook, 0);
    const names = async () => (await items()).map(({ item }) => item.label);
    await until("three lines", () => (tree().getChildren() as unknown[]).length === 3);
    assert.deepEqual(await names(), ["x10", "x2", "a"]);
    await vscode.commands.executeCommand(commands.sortVariables, "name");
    assert.deepEqual(await names(), ["a", "x2", "x10"]);
    await vscode.commands.executeCommand(commands.sortVariables, "size");
    assert.deepEqual(await names(), ["x2", "x10", "a"]);
    await vscode.commands.executeCommand(commands.sortVariables, "definition");
    assert.deepEqual(await names(), ["x10", "x2", "a"]);
  });

  it("opens the statistics of what is clicked, from wherever", async () => {
    const notebook = await newNotebook(`${imports}weights = np.ones((8, 4))\nn = 1`);
    await runCell(notebook, 0);
    await until("two lines", () => (tree().getChildren() as unknown[]).length === 2);
    assert.equal((await line("n")).item.command, undefined);
    const { command } = (await line("weights")).item;
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: "x", language: "plaintext" }),
    );
    await vscode.commands.executeCommand(command!.command, ...command!.arguments!);
    const panels = () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(
          ({ input }) =>
            input instanceof vscode.TabInputWebview && input.viewType.endsWith(channelsPanel),
        );
    await until("the panel opens", () => panels().length === 1);
    assert.match(panels()[0]!.label, /weights/);
  });

  it("deletes a variable", async () => {
    const notebook = await newNotebook("a = 1\nb = 2", "print('a' in globals(), b)");
    await runCell(notebook, 0);
    await linesBecome("a: 1 · int", "b: 2 · int");
    await vscode.commands.executeCommand(commands.deleteVariable, (await line("a")).node);
    await linesBecome("b: 2 · int");
    await runCell(notebook, 1);
    assert.equal(stdout(notebook.cellAt(1)), "False 2\n");
  });

  it("copies code that runs and makes an equal value", async () => {
    const notebook = await newNotebook(`${imports}x = np.array([[1.5, np.nan]], dtype="float16")`);
    await runCell(notebook, 0);
    await until("the line", () => (tree().getChildren() as unknown[]).length === 1);
    await vscode.commands.executeCommand(commands.copyVariableAsCode, (await line("x")).node);
    assert.equal(
      await vscode.env.clipboard.readText(),
      "import numpy as np\nx = np.array([[1.5, np.nan]], dtype=np.float16)\n",
    );
  });

  it("shows the last state while a cell runs, and changes nothing then", async () => {
    const notebook = await newNotebook("a = 1", "b = 2\nprint('go')\nwhile True: pass");
    await runCell(notebook, 0);
    await linesBecome("a: 1 · int");
    startCells(notebook, 1, 2);
    await until("the cell runs", () => stdout(notebook.cellAt(1)) === "go\n");
    await vscode.commands.executeCommand(commands.deleteVariable, (await line("a")).node);
    assert.deepEqual(await lines(), ["a: 1 · int"]);
    await vscode.commands.executeCommand(commands.interruptKernel);
    await linesBecome("a: 1 · int", "b: 2 · int");
  });

  it("is empty again after a restart", async () => {
    const notebook = await newNotebook("a = 1");
    await runAll(notebook);
    await linesBecome("a: 1 · int");
    await vscode.commands.executeCommand(commands.restartKernel);
    await linesBecome();
  });
});
