import * as assert from "node:assert/strict";
import { closeAll, error, newNotebook, runAll, runCell, stdout } from "./notebooks.ts";

/** 7.5 MB, enough for the engine to share it with other threads. */
const batch = `import numpy as np
from keras import layers
x = np.random.default_rng(0).normal(5, 2, size=(30, 32, 32, 64)).astype("float32")
bn = layers.BatchNormalization(momentum=0.9)`;

describe("large tensors in the editor's kernel", () => {
  afterEach(closeAll);

  it("are normalized over and over in one cell, dead outputs being used again", async () => {
    const notebook = await newNotebook(
      batch,
      `outputs = [bn(x, training=True) for step in range(3)]
for step in range(197):
    y = bn(x, training=True)
print(all(np.array_equal(y, output) for output in outputs))
print(abs(y.mean(axis=(0, 1, 2))).max() < 1e-4, abs(y.std(axis=(0, 1, 2)) - 1).max() < 1e-3)`,
    );
    await runAll(notebook);
    assert.equal(stdout(notebook.cellAt(1)), "True\nTrue True\n");
  });

  it("that do not fit are refused, and everything else is still there", async () => {
    const notebook = await newNotebook(batch, "np.zeros((10**6, 10**6))", "print(x.shape)");
    await runAll(notebook);
    const { name, message } = error(notebook.cellAt(1))!;
    assert.deepEqual(
      [name, message],
      [
        "_ArrayMemoryError",
        "Unable to allocate 7.28 TiB for an array with shape (1000000, 1000000) and data type float64",
      ],
    );
    await runCell(notebook, 2);
    assert.equal(stdout(notebook.cellAt(2)), "(30, 32, 32, 64)\n");
  });
});
