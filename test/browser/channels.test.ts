import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Locator } from "playwright-core";
import { repository } from "../editor/processes.mjs";
import { violations } from "./accessibility.ts";
import { eventually, everyKindOfTheme, notebookOf, themes, Workbench } from "./workbench.ts";

const pictures = process.env.UPDATE_SCREENSHOTS ? join(repository, "media", "screenshots") : null;

const code = `import numpy as np
import bnlab
from keras import layers

rng = np.random.default_rng(0)
x = rng.normal(0, 1, size=(30, 32, 32, 64)).astype("float32")
x *= np.linspace(0.5, 2, 64, dtype="float32")
x += np.linspace(-2, 2, 64, dtype="float32")
x[..., 7] = 3
x[:5, 0, 0, 19] = np.nan
x[..., 23] = np.clip(x[..., 23], -1, 1)
x[..., 42] *= 40
bn = layers.BatchNormalization(momentum=0.9)
for _ in range(5):
    bn(x, training=True)
bnlab.modes(bn, x)`;

describe("the per-channel view in the workbench", () => {
  let workbench: Workbench;
  let folder: string;
  let frame: Frame;
  let view: Locator;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "batchnorm-lab-channels-"));
    await writeFile(join(folder, "channels.ipynb"), notebookOf([code, "bn", "x"]));
    workbench = await Workbench.start({ folder, width: 1280, height: 860 });
    const { page } = workbench;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await workbench.open(join(folder, "channels.ipynb"));
    await workbench.runAllCells();
    await show("x");
  });
  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Scrolls to the output whose headline begins with a variable's name. */
  async function show(name: string, selector = ""): Promise<void> {
    const section = `section.channels:has(.headline .name:text-is("${name}")) ${selector}`.trim();
    frame = await workbench.scrollTo(section);
    view = frame.locator(section).first();
  }
  const channels = () =>
    view
      .locator("tbody th.channel")
      .allTextContents()
      .then((texts) => texts.map(Number));
  const firstChannels = async (count: number) => (await channels()).slice(0, count);
  const filter = (text: string) => view.locator("input.filter").fill(text);
  const heading = (name: string) => view.locator("thead button", { hasText: name }).first();
  const choose = async (menu: string, entry: string) => {
    await view.locator(".tool", { hasText: menu }).click();
    await view.locator(".menu:popover-open .entry", { hasText: entry }).click();
  };
  /** The notebook scrolls itself: what an automated click scrolls to, it may move away again. */
  const closeHistogram = async () => {
    await workbench.scrollTo(".detail-head");
    await view.locator(".detail button", { hasText: "Close" }).click();
    await view.locator(".detail").waitFor({ state: "detached" });
  };
  const said = (words: RegExp | string) =>
    view.locator('[role="status"]', { hasText: words }).waitFor({ timeout: 10_000 });

  /** Keeps a picture for the README where that was asked for. */
  async function picture(name: string): Promise<void> {
    if (!pictures) return;
    await mkdir(pictures, { recursive: true });
    await workbench.page.mouse.move(2, 2);
    await workbench.page.waitForTimeout(1500);
    await workbench.photograph(join(pictures, `${name}.png`));
  }

  it("says which channels are odd and why", async () => {
    const summary = (await view.locator(".summary").textContent())!;
    for (const words of ["contains NaN: channel 19", "zero variance: channel 7", "channel 42"]) {
      ok(summary.includes(words), summary);
    }
    await picture("table-dark");
  });

  it("sorts by a heading", async () => {
    await heading("Std").click();
    await heading("Std").click();
    await eventually(() => firstChannels(1), [42]);
    await heading("Channel").click();
    await eventually(() => firstChannels(3), [0, 1, 2]);
  });

  it("filters as one types, and says what is wrong with a filter", async () => {
    await filter("nan > 0 or constant");
    await eventually(channels, [7, 19]);
    await filter("nann > 0");
    await view.locator(".filter-error", { hasText: "nann" }).waitFor();
    await view.locator("input.filter").press("Escape");
    await eventually(async () => (await channels()).length, 64);
  });

  it("is reached and moved through by the keyboard", async () => {
    await view.locator("tbody th.channel").first().focus();
    const { keyboard } = workbench.page;
    for (const key of ["ArrowDown", "ArrowDown", "p"]) await keyboard.press(key);
    await eventually(() => firstChannels(2), [2, 0]);
    await keyboard.press("Control+End");
    const focusedChannel = () =>
      frame.evaluate(() => {
        let focused = document.activeElement;
        while (focused?.shadowRoot) focused = focused.shadowRoot.activeElement;
        return focused?.closest("tr")?.querySelector("th")?.textContent;
      });
    await eventually(focusedChannel, "63");
    await keyboard.press("Control+Home");
    await view.locator("tbody.pinned .pin").click();
    await view.locator("tbody.pinned .pin").waitFor({ state: "detached" });
    await eventually(() => firstChannels(2), [0, 1]);
  });

  it("shows other columns", async () => {
    await choose("Columns", "Median");
    await heading("Median").waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  it("copies as CSV and as Markdown", async () => {
    await filter("0-2");
    await choose("Export", "Copy as CSV");
    await said("3 channels copied");
    const read = () => workbench.page.evaluate(() => navigator.clipboard.readText());
    const lines = (await read()).trim().split("\n");
    equal(lines.length, 4);
    match(lines[0], /^Channel,Mean,Std/);
    await choose("Export", "Copy as Markdown");
    const headline = "**x** float32 (30, 32, 32, 64)";
    await eventually(async () => (await read()).slice(0, headline.length), headline);
    await filter("");
  });

  for (const [entry, name] of [
    ["Save as CSV", "x-channels.csv"],
    ["Save as PNG", "x-channels.png"],
    ["Save as SVG", "x-channels.svg"],
  ]) {
    it(`asks where to save ${name}`, async () => {
      await choose("Export", entry);
      const input = workbench.page.locator(".quick-input-widget input").first();
      await input.waitFor({ timeout: 15_000 });
      // The dialog begins with the folder, and takes the name when it knows that there is none.
      await eventually(async () => (await input.inputValue()).split("/").at(-1), name);
      await workbench.page.keyboard.press("Escape");
    });
  }

  it("goes from a channel to its histogram, to a bin, to the samples in it", async () => {
    await view.locator("tbody th.channel", { hasText: /^23$/ }).click();
    const detail = view.locator(".detail");
    await workbench.scrollTo(".detail-head");
    await detail.locator("select:has(option[value=auto])").selectOption("sturges");
    // Sturges: log2(30,720) + 1 bins, rounded up.
    await detail.getByText("16 bins by NumPy's rule “sturges”").waitFor({ timeout: 10_000 });
    // A pointer over the plot reads it too.
    await workbench.page.mouse.move(2, 2);
    await detail.locator("svg.histogram-plot").focus();
    await workbench.page.keyboard.press("Home");
    await detail.locator(".readout", { hasText: /^−1 to −0\.875: [\d,]+ values/ }).waitFor();
    await workbench.page.keyboard.press("Enter");
    await detail.getByText(/ values of 30 samples lie from −1 to −0\.875/).waitFor();
    match((await detail.locator(".samples li").first().textContent())!, /^Sample \d+: \d+ values/);
    await workbench.scrollTo(".detail-head");
    await picture("histogram-dark");
    await closeHistogram();
  });

  it("is accessible in every kind of theme: rows, a menu, a wrong filter, a histogram", async () => {
    const { keyboard } = workbench.page;
    for (const theme of everyKindOfTheme) {
      await workbench.setTheme(theme);
      await show("x");
      if (theme !== themes.dark) await picture(`table-${theme.toLowerCase().replaceAll(" ", "-")}`);
      await view.locator("tbody th.channel").first().click();
      await filter("nann > 0");
      await view.locator(".tool", { hasText: "Columns" }).click();
      deepEqual(await violations(frame, view), [], theme);
      await keyboard.press("Escape");
      await closeHistogram();
      await filter("");
    }
  });

  it("says when the kernel has no longer what the output was made of", async () => {
    const { page } = workbench;
    await workbench.command("BatchNorm: Restart Kernel");
    await page.waitForTimeout(1000);
    await show("x");
    await view.locator("tbody th.channel").first().click();
    const detail = view.locator(".detail");
    await detail.locator("select:has(option[value=auto])").selectOption("rice");
    await detail.getByText(/The kernel no longer has this very tensor|No kernel/).waitFor();
  });

  it("is accessible with a layer's training calls, and with training beside inference", async () => {
    const few = code.replace("(30, 32, 32, 64)", "(30, 64)").replace(/^x\[.*\n/gm, "");
    await writeFile(join(folder, "modes.ipynb"), notebookOf([few, "bn"]));
    await workbench.open(join(folder, "modes.ipynb"));
    await workbench.runAllCells();
    for (const theme of ["Light Modern", "Dark High Contrast"] as const) {
      await workbench.setTheme(theme);
      for (const part of ["details.modes-view", "details.history"]) {
        frame = await workbench.scrollTo(part);
        deepEqual(await violations(frame, frame.locator(part).first()), [], `${part}, ${theme}`);
      }
    }
  });
});
