import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands, settings } from "../../src/extension/identity.ts";
import {
  closeAll,
  error,
  mimes,
  newNotebook,
  plainText,
  runAll,
  runCell,
  startCells,
  stderr,
  stdout,
  until,
} from "./notebooks.ts";

describe("a cell that runs for long", () => {
  afterEach(closeAll);

  it("stops inside of one calculation, and keeps variables and layers", async () => {
    const notebook = await newNotebook(
      `import numpy as np
from keras import layers
x = np.random.default_rng(0).normal(size=(60_000, 64)).astype("float32")
bn = layers.BatchNormalization()
bn(x, training=True)
before = bn.moving_mean.numpy()
print("ready")`,
      "print('go')\nnp.linalg.inv(np.random.default_rng(0).normal(size=(6000, 6000)))",
      "print(x.shape, np.array_equal(before, bn.moving_mean.numpy()))",
    );
    const [, endless, next] = notebook.getCells();
    await runCell(notebook, 0);
    startCells(notebook, 1, 2);
    await until("the calculation starts", () => stdout(endless) === "go\n");
    await new Promise((resolve) => setTimeout(resolve, 500));
    await vscode.commands.executeCommand(commands.interruptKernel);
    await until("the cell ends", () => endless.executionSummary?.success === false, 2500);
    assert.equal(error(endless)?.name, "KeyboardInterrupt");
    await runCell(notebook, 2);
    assert.equal(stdout(next), "(60000, 64) True\n");
    assert.equal(next.executionSummary!.executionOrder, 3);
  });

  it("prints at once what it prints first", async () => {
    const notebook = await newNotebook("1", "print('first')\nimport time\ntime.sleep(20)");
    const cell = notebook.cellAt(1);
    await runCell(notebook, 0);
    startCells(notebook, 1, 2);
    await until(
      "the cell starts",
      () => cell.executionSummary?.timing !== undefined || stdout(cell) !== "",
    );
    await until("the print arrives", () => stdout(cell) === "first\n", 2000);
    await vscode.commands.executeCommand(commands.interruptKernel);
    await until("the cell ends", () => cell.executionSummary?.success === false);
  });

  it("shows a bar that ends in one line of text", async () => {
    const notebook = await newNotebook(
      "import bnlab, time\nfor i in bnlab.progress(range(20), description='steps'):\n    time.sleep(0.1)\nprint('after')",
    );
    const cell = notebook.cellAt(0);
    startCells(notebook);
    await until("the bar is under way", () => /steps: {2}[1-9]\d%/.test(plainText(cell)));
    await until("the cell ends", () => cell.executionSummary?.success === true);
    assert.match(plainText(cell), /^steps: 100%\|█{20}\| 20\/20 \[00:0\d<00:00, .*it\/s\]$/);
    assert.equal(stdout(cell), "after\n");
    assert.equal(cell.outputs.length, 2);
  });
});

describe("what a cell shows", () => {
  afterEach(closeAll);

  it("comes in the order of the cell, printed and displayed", async () => {
    const notebook = await newNotebook(
      `from IPython.display import HTML, Markdown
import numpy as np
print("one")
display("two", 3)
print("four")
display(HTML("<b>five</b>"), Markdown("**six**"))
np.arange(3)`,
    );
    const cell = notebook.cellAt(0);
    await runCell(notebook, 0);
    assert.equal(error(cell), null);
    assert.deepEqual(
      cell.outputs.map(({ items: [item] }) => [item.mime, new TextDecoder().decode(item.data)]),
      [
        ["application/vnd.code.notebook.stdout", "one\n"],
        ["text/plain", "'two'"],
        ["text/plain", "3"],
        ["application/vnd.code.notebook.stdout", "four\n"],
        ["text/html", "<b>five</b>"],
        ["text/markdown", "**six**"],
        ["text/plain", "array([0, 1, 2])"],
      ],
    );
  });

  it("is replaced under its id, and cleared", async () => {
    const notebook = await newNotebook(
      "handle = display('old', display_id=True)\nprint('x')\nhandle.update('new')",
      "from IPython.display import clear_output\nfor i in range(5):\n    print(i)\n    clear_output(wait=True)\nprint('last')",
    );
    await runAll(notebook);
    const [replaced, cleared] = notebook.getCells();
    assert.equal(plainText(replaced), "'new'");
    assert.equal(stdout(replaced), "x\n");
    assert.equal(stdout(cleared), "last\n");
    assert.equal(cleared.outputs.length, 1);
  });

  it("is written over behind a carriage return", async () => {
    const notebook = await newNotebook(
      `import time
print("epoch 1")
for percent in range(0, 101, 10):
    print(f"\\r{percent:3d}%", end="", flush=True)
    time.sleep(0.02)
print("\\ndone")`,
    );
    await runCell(notebook, 0);
    assert.equal(stdout(notebook.cellAt(0)), "epoch 1\n100%\ndone\n");
    assert.equal(notebook.cellAt(0).outputs.length, 1);
  });

  it("ends after a thousand outputs, which is said", async () => {
    const notebook = await newNotebook("for i in range(3000): display(i)", "2");
    await runAll(notebook);
    const [loud, next] = notebook.getCells();
    assert.equal(loud.executionSummary!.success, true);
    assert.equal(mimes(loud).filter((mime) => mime === "text/plain").length, 1000);
    assert.match(stderr(loud), /at most 1,000 outputs/);
    assert.equal(plainText(next), "2");
  });
});

describe("memory that a cell cannot have", () => {
  const configuration = () => vscode.workspace.getConfiguration();
  before(() =>
    configuration().update(settings.memoryLimit, 512, vscode.ConfigurationTarget.Workspace),
  );
  after(() =>
    configuration().update(settings.memoryLimit, undefined, vscode.ConfigurationTarget.Workspace),
  );
  afterEach(closeAll);

  it("is refused by the setting's limit for arrays, and variables are kept", async () => {
    const notebook = await newNotebook(
      "import numpy as np\nkept = []\nwhile True: kept.append(np.ones((1000, 1000)))",
      "30 < len(kept) < 70",
    );
    await runAll(notebook);
    const { name, message } = error(notebook.cellAt(0))!;
    assert.deepEqual(
      [name, message],
      [
        "_ArrayMemoryError",
        "Unable to allocate 7.63 MiB for an array with shape (1000, 1000) and data type float64",
      ],
    );
    await runCell(notebook, 1);
    assert.equal(plainText(notebook.cellAt(1)), "True");
  });

  it("is refused for objects, and variables are kept", async () => {
    const notebook = await newNotebook(
      "y = 5\na = []\nwhile True: a.append([0] * 1000)",
      "del a\ny",
    );
    const [hungry, next] = notebook.getCells();
    startCells(notebook, 0, 1);
    await until("the cell ends", () => hungry.executionSummary?.success === false, 30_000);
    assert.equal(error(hungry)?.name, "MemoryError");
    await runCell(notebook, 1);
    assert.equal(plainText(next), "5");
  });

  it("is refused where it is asked for all at once; the next cell runs", async () => {
    const notebook = await newNotebook(
      "[2**10**9 + 1, 2**10**9 + 2, 2**10**9 + 3, 2**10**9 + 4]",
      "1 + 1",
    );
    const [hungry, next] = notebook.getCells();
    startCells(notebook, 0, 1);
    await until("the cell ends", () => hungry.executionSummary?.success === false, 30_000);
    assert.equal(error(hungry)?.name, "MemoryError");
    await runCell(notebook, 1);
    assert.equal(plainText(next), "2");
    assert.equal(next.executionSummary!.executionOrder, 2);
  });
});

describe("a restarted kernel", () => {
  afterEach(closeAll);

  it("answers at once", async () => {
    const notebook = await newNotebook("import numpy as np\nnp.arange(3).sum()");
    await runCell(notebook, 0);
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      // The time in which a person looks at what the cell says.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const asked = Date.now();
      await vscode.commands.executeCommand(commands.restartKernel);
      await runCell(notebook, 0);
      times.push(notebook.cellAt(0).executionSummary!.timing!.endTime - asked);
    }
    console.log(`    from restart to the first result: ${times.join(", ")} ms`);
    assert.equal(plainText(notebook.cellAt(0)), "np.int64(3)");
    assert.equal(notebook.cellAt(0).executionSummary!.executionOrder, 1);
  });
});
