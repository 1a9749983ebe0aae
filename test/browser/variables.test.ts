import { match, ok } from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Workbench } from "./workbench.ts";

const cells = [
  'import numpy as np\nfrom keras import layers\nx = np.full((8, 4), 5, dtype="float32")\nx[0] = 9\nbn = layers.BatchNormalization()\ny = bn(x, training=True)',
  "x.mean()",
];

/** A notebook file that names the kernel. */
function notebookFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), "variables-")), "variables.ipynb");
  const kernelspec = { name: "batchnorm-lab", display_name: "BatchNorm Lab", language: "python" };
  const content = {
    cells: cells.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe("variables and help in the workbench", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start();
    await workbench.open(notebookFile());
    await workbench.runAllCells();
    await workbench.command("BatchNorm: Show Variables");
  });
  after(() => workbench?.close());

  const line = (name: RegExp) => workbench.page.getByRole("treeitem", { name });

  it("lists a tensor in one line that a screen reader reads too", async () => {
    await line(/^x: \(8, 4\) · float32 · 128 B · 5\.500 ± 1\.323 · ndarray/).waitFor();
  });

  it("opens a layer's weights by keyboard", async () => {
    await line(/^bn: /).click({ position: { x: 12, y: 10 } });
    await workbench.page.keyboard.press("ArrowRight");
    await line(/^moving_mean: \(4,\) · float32/).waitFor();
  });

  it("shows a tensor's histogram on hover in a cell", async () => {
    const { page } = workbench;
    const word = page.locator(".notebookOverlay .view-line", { hasText: "x.mean()" }).last();
    await word.hover({ position: { x: 4, y: 8 } });
    const hover = page.locator(".monaco-hover", { hasText: "float32 (8, 4)" }).last();
    await hover.waitFor();
    match((await hover.textContent())!, /mean 5\.500 ± 1\.323 · min 5 · max 9 · NaN 0/);
    const picture = hover.locator("img");
    match((await picture.getAttribute("alt"))!, /^Histogram from 5 to 9/);
    // The picture was read, not blocked.
    ok(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth > 0));
    await page.mouse.move(2, 2);
  });

  it("completes while typing, and marks the parameter in the signature", async () => {
    const { page } = workbench;
    await page.locator(".notebookOverlay .view-line", { hasText: "x.mean()" }).last().click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("np.random.stand", { delay: 50 });
    const row = page.locator(".suggest-widget .monaco-list-row", { hasText: "standard_normal" });
    await row.first().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("(", { delay: 50 });
    const signature = page.locator(".parameter-hints-widget .parameter.active");
    await signature.waitFor();
    match((await signature.textContent())!, /size=None/);
  });
});
