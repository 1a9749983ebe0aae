import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { violations } from "./accessibility.ts";
import { eventually, everyKindOfTheme, notebookOf, Workbench } from "./workbench.ts";

const first = `import numpy as np
x = np.random.default_rng(0).normal(0, 1, size=(50, 8)).astype("float32")
x[:, 3] *= 30`;
const second = "x[:, 5] = 7";

describe("the statistics panel in the workbench", () => {
  let workbench: Workbench;
  let folder: string;
  let frame: Frame;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "batchnorm-lab-panel-"));
    await writeFile(join(folder, "panel.ipynb"), notebookOf([first, second]));
    workbench = await Workbench.start({ folder, width: 1280, height: 860 });
    // A window that was opened with a file opens that file alone after a reload.
    await workbench.open();
    const files = workbench.page.locator(".explorer-folders-view .monaco-list-row");
    await files.filter({ hasText: "panel.ipynb" }).dblclick();
    await workbench.page.locator(".kernel-label", { hasText: "BatchNorm Lab" }).waitFor();
    await workbench.page.locator(".code-cell-row .view-lines").first().click();
    await workbench.command("Notebook: Execute Cell");
    await workbench.page.locator(".codicon-notebook-state-success").first().waitFor();
    await showPanel();
  });
  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const panel = "body.panel section.channels";
  async function showPanel(): Promise<void> {
    await workbench.command("BatchNorm: Show Channel Statistics");
    await workbench.page
      .locator(".quick-input-list .monaco-list-row", { hasText: "float32 (50, 8)" })
      .click();
    frame = await workbench.frameWith(panel);
  }
  const channels = () =>
    frame
      .locator("tbody th.channel")
      .allTextContents()
      .then((texts) => texts.map(Number));
  const heading = (name: string) => frame.locator("thead button", { hasText: name }).first();
  const filter = () => frame.locator("input.filter");

  it("keeps its arrangement when the variable is shown again, changed", async () => {
    await filter().fill("std < 20");
    await heading("Std").click();
    await frame.locator("tbody th.channel .pin").first().click();
    const pinned = (await channels())[0]!;
    equal(await frame.locator(".summary", { hasText: "zero variance" }).count(), 0);
    // A cell writes into x.
    await workbench.page.locator(".code-cell-row .view-lines").nth(1).click();
    await workbench.command("Notebook: Execute Cell");
    await workbench.page.locator(".codicon-notebook-state-success").nth(1).waitFor();
    await showPanel();
    await frame.locator(".summary", { hasText: "zero variance: channel 5" }).waitFor();
    const order = await channels();
    equal(order[0], pinned);
    equal(order[1], 5);
    ok(!order.includes(3), String(order));
    equal(await filter().inputValue(), "std < 20");
  });

  it("keeps it while another editor hides it", async () => {
    const before = await channels();
    await filter().click();
    await workbench.command("File: New Untitled Text File");
    await workbench.page.locator(".tab.active", { hasText: "Untitled" }).waitFor();
    await workbench.command("View: Open Previous Editor");
    frame = await workbench.frameWith(panel);
    await eventually(channels, before);
    equal(await filter().inputValue(), "std < 20");
  });

  it("keeps it over a reload of the window", async () => {
    const before = await channels();
    await workbench.command("Developer: Reload Window");
    await frame.waitForSelector("section.channels", { state: "detached" }).catch(() => undefined);
    frame = await workbench.frameWith(panel);
    await eventually(channels, before);
    equal(await filter().inputValue(), "std < 20");
    equal(await heading("Std").locator("..").getAttribute("aria-sort"), "ascending");
  });

  for (const [entry, name] of [
    ["Save as CSV", "x-channels.csv"],
    ["Save as PNG", "x-channels.png"],
    ["Save as SVG", "x-channels.svg"],
  ] as const) {
    it(`saves ${name} where the person chooses`, async () => {
      await filter().fill("2-3");
      await frame.locator(".tool", { hasText: "Export" }).click();
      await frame.locator(".menu:popover-open .entry", { hasText: entry }).click();
      const input = workbench.page.locator(".quick-input-widget input").first();
      await input.waitFor({ timeout: 15_000 });
      await eventually(async () => (await input.inputValue()).split("/").at(-1), name);
      await input.press("Enter");
      const saved = await written(join(folder, name));
      if (entry.endsWith("CSV")) {
        match(saved.toString("utf8"), /^\ufeff?Channel,Mean,Std,.*\n\d,.*\n2,.*\n3,/);
      } else if (entry.endsWith("PNG")) {
        equal(saved.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
      } else match(saved.toString("utf8"), /^<svg [\s\S]*float32 \(50, 8\)[\s\S]*<\/svg>\s*$/);
    });
  }

  it("is accessible in every kind of theme", async () => {
    await filter().fill("");
    await frame.locator("tbody th.channel").last().click();
    await frame.locator(".detail svg.histogram-plot").waitFor();
    for (const theme of everyKindOfTheme) {
      await workbench.setTheme(theme);
      deepEqual(await violations(frame, frame.locator("section.channels")), [], theme);
    }
  });
});

/** A file's bytes, once it is there. */
async function written(path: string): Promise<Buffer> {
  for (let tries = 0; tries < 100; tries++) {
    const bytes = await readFile(path).catch(() => null);
    if (bytes && bytes.length > 0) return bytes;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${path} was not written`);
}
