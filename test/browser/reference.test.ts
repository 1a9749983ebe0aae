import { deepEqual } from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { violations } from "./accessibility.ts";
import { eventually, everyKindOfTheme, Workbench } from "./workbench.ts";

const code = `import keras
from keras import layers

x = keras.Input((32, 32, 64), batch_size=30)
bn = layers.BatchNormalization(momentum=0.9, epsilon=1e-5)
y = bn(x)
`;

describe("help in the workbench", () => {
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "batchnorm-lab-help-"));
    await writeFile(join(folder, "model.py"), code);
    workbench = await Workbench.start({ folder });
    await workbench.open(join(folder, "model.py"));
    await workbench.page.locator(".view-line", { hasText: "BatchNormalization" }).waitFor();
  });
  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("hints beside the code", async () => {
    const line = (text: string) => workbench.page.locator(".view-line", { hasText: text });
    await line("64 channels × 30,720 values").waitFor();
    await line("PyTorch 0.1").waitFor();
  });

  it("offers snippets and arguments while typing", async () => {
    const { page } = workbench;
    const suggestion = (text: string) =>
      page.locator(".suggest-widget.visible .monaco-list-row", { hasText: text }).first();
    await page.locator(".view-line").last().click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("bn", { delay: 100 });
    await suggestion("bn-conv-relu").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.type(" = layers.BatchNormalization(", { delay: 40 });
    await suggestion("gamma_initializer=").waitFor();
    await page.locator(".parameter-hints-widget.visible", { hasText: "axis=-1" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    while (
      await page.locator(".view-line", { hasText: "bn = layers.BatchNormalization()" }).count()
    )
      await page.keyboard.press("Control+Z");
  });

  it("says in a hover what the value does, and leads to the reference", async () => {
    const { page } = workbench;
    const name = page.locator(".view-line span", { hasText: /^momentum$/ }).first();
    await workbench.hoverOver(name, "95 % after 29 steps");
    await page.locator(".monaco-hover a", { hasText: "Reference" }).first().click();
    const frame = await workbench.frameWith("#momentum.revealed");
    await frame.locator("#momentum").waitFor();
  });

  it("searches the reference", async () => {
    const frame = await workbench.frameWith(".reference");
    const search = frame.locator("input[type=search]");
    await search.fill("santurkar");
    await frame.locator("article:not([hidden])").first().waitFor({ state: "hidden" });
    await eventually(
      () => frame.locator("section:not([hidden]) h2").allTextContents(),
      ["Why it helps: three reasons, and a caveat"],
    );
    await search.press("Escape");
    await eventually(() => frame.locator("article:not([hidden])").count(), 30);
    await search.fill("epsilon");
    await search.press("Enter");
    await frame.locator("#epsilon.revealed").waitFor();
  });

  it("is accessible in every kind of theme", async () => {
    for (const theme of everyKindOfTheme) {
      await workbench.setTheme(theme);
      const frame = await workbench.frameWith(".reference");
      deepEqual(await violations(frame, frame.locator(".reference")), [], theme);
    }
  });

  it("changes its language, and the hovers' with it", async () => {
    const frame = await workbench.frameWith(".reference");
    await frame.locator("button.language").click();
    await frame.locator("h1", { hasText: "参数手册" }).waitFor();
    await eventually(() => frame.locator(".reference").getAttribute("lang"), "zh-cn");
    await frame.locator("button.language").click();
    await frame.locator("h1", { hasText: "Argument Reference" }).waitFor();
  });

  it("runs an example in a notebook", async () => {
    const frame = await workbench.frameWith(".reference");
    await frame.locator("#scale .actions button").first().click();
    const output = await workbench.frameWith("section.channels");
    await output.locator("section.channels table").first().waitFor();
  });
});
