import { equal, match, ok } from "node:assert/strict";
import { eventually, Workbench } from "./workbench.ts";

/** A table of exactly 64 channels, wherever it is. */
const channelTable = "table:has(tbody tr:nth-child(64)):not(:has(tbody tr:nth-child(65)))";

describe("the tour in the workbench", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.start();
    await workbench.open("examples/tour.ipynb");
  });
  after(() => workbench?.close());

  /** The table in sight describes the worked example. */
  async function assertTable(): Promise<void> {
    const frame = await workbench.scrollTo(channelTable);
    const table = frame.locator(channelTable).first();
    equal(await table.locator("tbody tr").count(), 64);
    await eventually(() => table.locator("tbody tr svg.histogram").count(), 64);
    ok((await table.locator("thead th").allTextContents()).includes("Mean"));
    const view = frame.locator(`section.channels:has(${channelTable})`).first();
    match((await view.textContent()) ?? "", /30 × 32 × 32 = 30,720 values/);
  }

  it("shows 64 channels from the file, before anything has run", () => assertTable());

  it("shows 64 channels when all cells have run", async () => {
    await workbench.runAllCells();
    await assertTable();
  });

  it("is legible in every kind of theme", async () => {
    const backgrounds = new Set<string>();
    for (const theme of ["Light Modern", "Dark High Contrast", "Dark Modern"]) {
      await workbench.setTheme(theme);
      const frame = await workbench.scrollTo(channelTable);
      const [text, background] = await frame
        .locator(`${channelTable} tbody td:last-child`)
        .first()
        .evaluate((cell) => [
          getComputedStyle(cell).color,
          getComputedStyle(document.body).getPropertyValue("--vscode-editor-background"),
        ]);
      ok(contrast(text, background) >= 4.5, `${theme}: ${text} on ${background}`);
      backgrounds.add(background);
    }
    equal(backgrounds.size, 3, "the themes took effect");
  });

  it("opens the panel of a variable from the command palette", async () => {
    await workbench.command("BatchNorm: Show Channel Statistics");
    const choice = workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "64)" });
    await choice.first().click();
    const frame = await workbench.frameWith(`body.panel ${channelTable}`);
    equal(await frame.locator("tbody tr").count(), 64);
  });
});

/** WCAG's contrast ratio of two colours, as CSS gives them: `rgb(…)` or `#rrggbb`. */
function contrast(first: string, second: string): number {
  const [dark, light] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const hex = /^#(..)(..)(..)$/.exec(color.trim());
  const parts = hex
    ? hex.slice(1).map((part) => Number.parseInt(part, 16))
    : color
        .match(/[\d.]+/g)!
        .slice(0, 3)
        .map(Number);
  const [red, green, blue] = parts.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
