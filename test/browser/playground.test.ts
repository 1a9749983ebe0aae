import { deepEqual } from "node:assert/strict";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { repository } from "../editor/processes.mjs";
import { violations } from "./accessibility.ts";
import { eventually, everyKindOfTheme, themes, Workbench } from "./workbench.ts";

describe("the playground in the workbench", () => {
  let workbench: Workbench;
  let frame: Frame;

  before(async () => {
    workbench = await Workbench.start({ width: 1400, height: 950 });
    await workbench.open();
    await workbench.command("BatchNorm: Open Playground");
    frame = await workbench.frameWith("main.playground .channels table");
  });
  after(() => workbench?.close());

  /** Keeps a picture for the README where that was asked for. */
  async function picture(name: string): Promise<void> {
    if (!process.env.UPDATE_SCREENSHOTS) return;
    await workbench.page.mouse.move(2, 2);
    await workbench.page.waitForTimeout(1500);
    await workbench.photograph(join(repository, "media", "screenshots", `${name}.png`));
  }
  const text = (selector: string) => frame.locator(selector).first().textContent();
  const sees = (selector: string, words: string | RegExp) =>
    frame.locator(selector, { hasText: words }).first().waitFor({ timeout: 20_000 });
  const set = (id: string, value: string) => frame.locator(`#${id}`).fill(value);

  it("begins with the worked example, trained once", async () => {
    await sees(".headline", "float32 (30, 32, 32, 64) · axis 3 · 64 channels × 30,720");
    await eventually(() => text(".toolbar output"), "1 training call");
  });

  it("follows a slider", async () => {
    const slider = frame.locator("#argument-momentum-label ~ .control input[type=range]");
    await slider.evaluate((input: HTMLInputElement) => {
      input.value = "0.335";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await sees(".configuration code", "BatchNormalization(momentum=0.901)");
    await eventually(() => frame.locator(".argument.changed").count(), 1);
  });

  it("asks its own kernel: for other bins, and for the samples behind one", async () => {
    const detail = frame.locator(".detail");
    await detail.locator("label", { hasText: "Before and after" }).locator("input").uncheck();
    await detail.locator("select:has(option[value=auto])").selectOption("sturges");
    await sees(".detail p.muted", "16 bins by NumPy's rule “sturges”");
    await detail.locator("svg.histogram-plot").focus();
    await workbench.page.keyboard.press("End");
    await workbench.page.keyboard.press("Enter");
    await sees(".detail .samples", /values? of \d+ samples? lie/);
    await sees(".detail .samples li", /^Sample \d+: \d+ values?/);
    await detail.locator("select:has(option[value=auto])").selectOption("");
    await detail.locator("label", { hasText: "Before and after" }).locator("input").check();
  });

  it("trains step by step, and shows how the moving statistics travelled", async () => {
    await frame.getByRole("button", { name: "Train one step" }).click();
    await sees(".toolbar output", "2 training calls");
    await frame.getByRole("button", { name: "Train one step" }).click();
    await sees(".history .where", "Training call 3 of 3");
  });

  it("shows the layer's own error, and recovers", async () => {
    await set("input-shape", "8, 4");
    await frame.locator("#input-shape").press("Enter");
    await sees(".headline", "float32 (8, 4) · axis 1 · 4 channels × 8 values");
    await frame.locator("summary", { hasText: "Regularizers and constraints" }).click();
    await frame.locator("#argument-gamma_regularizer").selectOption({ label: "expression…" });
    await set("argument-gamma_regularizer", "'l3'");
    await frame.locator("#argument-gamma_regularizer").press("Enter");
    await sees(
      ".output .problem pre",
      "ValueError: Could not interpret regularizer identifier: l3",
    );
    await set("argument-gamma_regularizer", "None");
    await frame.locator("#argument-gamma_regularizer").press("Enter");
    await frame.locator(".output .problem").waitFor({ state: "hidden" });
  });

  it("refuses a shape that is none, and says what one is", async () => {
    await set("input-shape", "8, four");
    await frame.locator("#input-shape").press("Enter");
    await sees("p.problem", "A shape is whole numbers with commas between them");
    await set("input-shape", "8, 4");
    await frame.locator("#input-shape").press("Enter");
  });

  it("explains an argument in place", async () => {
    await frame.getByRole("button", { name: "What is epsilon?" }).click();
    await sees("#argument-epsilon-words", "√(σ² + epsilon)");
  });

  it("is kept over a reload of the window, settings and arrangement", async () => {
    await frame.locator("input.filter").fill("1-2");
    await workbench.command("Developer: Reload Window");
    await frame.waitForSelector("main.playground", { state: "detached" }).catch(() => undefined);
    frame = await workbench.frameWith("main.playground .channels table");
    await sees(".configuration code", "BatchNormalization(momentum=0.901)");
    await sees(".headline", "float32 (8, 4)");
    await eventually(() => frame.locator("input.filter").inputValue(), "1-2");
    await eventually(() => frame.locator(".channels tbody th.channel").count(), 2);
    await frame.locator("input.filter").fill("");
  });

  it("is accessible in every kind of theme, with a layer's training calls", async () => {
    await frame.locator(".history .plot canvas").first().waitFor();
    for (const theme of everyKindOfTheme) {
      await workbench.setTheme(theme);
      deepEqual(await violations(frame, frame.locator("main.playground")), [], theme);
      if (theme === themes.dark) await picture("playground-dark");
    }
  });

  it("goes on as a notebook that runs", async () => {
    await frame.getByRole("button", { name: "Open as Notebook" }).click();
    await workbench.page
      .locator(".notebookOverlay .view-lines", { hasText: "momentum=0.901" })
      .first()
      .waitFor({ timeout: 20_000 });
    await workbench.runAllCells();
  });
});
