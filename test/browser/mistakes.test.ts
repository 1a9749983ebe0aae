import { match } from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../editor/processes.mjs";
import { eventually, Workbench } from "./workbench.ts";

const code = `import keras
from keras import layers

inputs = keras.Input(shape=(32, 32, 3), batch_size=30)
x = layers.Conv2D(64, 3, padding="same")(inputs)
x = layers.BatchNormalization(momentum=0.1, eps=1e-5)(x)
x = layers.ReLU()(x)
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(inputs, layers.Dense(10)(x))
`;

describe("mistakes in the workbench", () => {
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "batchnorm-lab-mistakes-"));
    await writeFile(join(folder, "model.py"), code);
    workbench = await Workbench.start({
      folder,
      width: 1000,
      height: 560,
      settings: { "editor.minimap.enabled": false },
    });
    await workbench.open(join(folder, "model.py"));
    await workbench.page.keyboard.press("Control+B");
  });
  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const word = (text: string) =>
    workbench.page.locator(".view-line span", { hasText: new RegExp(`^${text}$`) }).first();

  it("are marked, and a hover says what is wrong and what the value does", async () => {
    const { page } = workbench;
    await page.locator(".squiggly-error").waitFor();
    const hover = await workbench.hoverOver(word("0\\.1"), "PyTorch's 0.1 is 0.9 here");
    await hover.getByText("Each step keeps 10 %").first().waitFor();
    if (process.env.UPDATE_SCREENSHOTS) {
      await page.waitForTimeout(1500);
      await workbench.photograph(join(repository, "media", "screenshots", "mistakes-dark.png"));
    }
    await page.keyboard.press("Escape");
  });

  it("are mended by the fixes under the light bulb", async () => {
    const { page } = workbench;
    const mend = async (what: string, title: string) => {
      await word(what).click();
      await page.keyboard.press("Control+.");
      await page.locator(".action-widget .action .title", { hasText: title }).first().click();
      await page.locator(".action-widget").first().waitFor({ state: "hidden" });
    };
    await mend("eps", "epsilon");
    await mend("0\\.1", "0.9");
    const line = page.locator(".view-line", { hasText: "BatchNormalization" });
    await line.filter({ hasText: "epsilon" }).filter({ hasText: "0.9" }).waitFor();
    const text = (await line.innerText()).replaceAll("\u00a0", " ");
    match(text, /momentum=0\.9.*, epsilon=1e-5\)\(x\)/);
    await eventually(() => page.locator(".squiggly-error, .squiggly-warning").count(), 0);
  });
});
