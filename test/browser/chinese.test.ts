import { deepEqual, match, ok } from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notebookOf, Workbench } from "./workbench.ts";

const code = `import keras
from keras import layers

x = keras.Input((32, 32, 64), batch_size=30)
y = layers.BatchNormalization(momentum=0.1, epsilom=1e-5)(x)
`;

const cells = [
  `import numpy as np
from keras import layers
bn = layers.BatchNormalization()
bn(np.arange(12.0).reshape(4, 3), training=True)
bn`,
];

describe("in an editor that speaks Chinese", () => {
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "batchnorm-lab-chinese-"));
    await writeFile(join(folder, "model.py"), code);
    await writeFile(join(folder, "cells.ipynb"), notebookOf(cells));
    workbench = await Workbench.start({ folder, language: "zh-cn", locale: "zh-CN" });
    await workbench.open(join(folder, "model.py"));
  });
  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("lenses, hints and hovers are Chinese", async () => {
    const { page } = workbench;
    await page.locator(".codelens-decoration", { hasText: "试一试 | 说明" }).waitFor();
    await page.locator(".view-line", { hasText: "64 个通道 × 30,720 个值" }).waitFor();
    const name = page.locator(".view-line span", { hasText: /^momentum$/ }).first();
    const hover = await workbench.hoverOver(name, "类型");
    const links = await hover.locator("a[data-href^='command:']").allInnerTexts();
    deepEqual(
      links.map((link) => link.trim()),
      ["试一试", "试验场", "参数手册", "English"],
    );
    await page.keyboard.press("Escape");
  });

  it("problems and their fixes are Chinese", async () => {
    const { page } = workbench;
    await page.locator(".view-line span", { hasText: /^epsilom$/ }).click();
    await page.keyboard.press("Control+.");
    const fixes = page.locator(".action-widget .action .title");
    await fixes.first().waitFor();
    const titles = (await fixes.allInnerTexts()).filter((title) => title.trim());
    ok(titles.length >= 4, titles.join());
    for (const title of titles) match(title, /[\u4e00-\u9fff]/);
    await page.keyboard.press("Escape");
    await workbench.command("View: Focus Problems");
    const message = page.locator(".markers-panel .marker-message-line");
    await message
      .filter({ hasText: /[\u4e00-\u9fff]/ })
      .first()
      .waitFor();
  });

  it("commands, tables and their labels are Chinese", async () => {
    const { page } = workbench;
    await workbench.open(join(folder, "cells.ipynb"));
    await workbench.runAllCells();
    const frame = await workbench.frameWith("section.channels table");
    const headings = await frame.locator("section.channels th[scope=col]").allInnerTexts();
    ok(headings.some((heading) => heading.includes("通道")));
    const labels = await frame
      .locator("section.channels [aria-label]")
      .evaluateAll((elements) => elements.map((element) => element.getAttribute("aria-label")!));
    for (const label of labels) match(label, /[\u4e00-\u9fff]/);
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").first().fill(">BatchNorm");
    const rows = page.locator(".quick-input-list .monaco-list-row", {
      hasText: "BatchNorm:",
    });
    await rows.first().waitFor();
    // Each row has the English title below.
    for (const title of await rows.allInnerTexts()) match(title, /[\u4e00-\u9fff]/);
    await page.keyboard.press("Escape");
  });
});
