/**
 * @file How long the real host takes to activate the packaged extension when a Python file is opened:
 *
 *     npm run bench:host
 *
 * The times are VS Code's own, as "Developer: Show Running Extensions" shows them: loading the code,
 * and the call of `activate` until it is done. Each round is two fresh windows, each with a fresh
 * extension host: one starts with the file, when the host is busy with all the others that start with
 * a window; in the other the file is opened later. An extension that does nothing, and those that VS
 * Code brings along, stand beside it as a measure of the host and of the machine.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Workbench } from "../browser/workbench.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    json: { type: "boolean", default: false },
  },
});

/** What an activation may take, in milliseconds. */
const limit = 50;

const layer = "from keras import layers\n\nbn = layers.BatchNormalization(momentum=0.1)\n";

/** Milliseconds of each extension's activation, by the names that people see. */
async function activations(workbench: Workbench): Promise<Map<string, number>> {
  const { page } = workbench;
  await workbench.command("Developer: Show Running Extensions");
  const rows = page.locator(".runtime-extensions-editor .extension");
  const ownRow = rows.filter({ has: page.locator(".name", { hasText: own }) });
  await ownRow.locator(".activation-time", { hasText: /\d/ }).waitFor({ timeout: 60_000 });
  const times = new Map<string, number>();
  for (const row of await rows.all()) {
    const name = await row.locator(".name").innerText();
    const time = /(\d+)\s*ms/.exec(await row.locator(".activation-time").innerText());
    if (time) times.set(name, Number(time[1]));
  }
  return times;
}

/** Opens a file of the folder in the window that is there. */
async function openLater({ page }: Workbench, name: string): Promise<void> {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").first().fill(name);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().click();
}

const own = "BatchNorm Lab";
const nothing = "Empty extension";
const later = (name: string) => `${name}, in a window that is open`;
const folder = await mkdtemp(join(tmpdir(), "batchnorm-lab-host-"));
const file = join(folder, "model.py");
await writeFile(file, layer);
const empty = fileURLToPath(new URL("emptyExtension", import.meta.url));
const workbench = await Workbench.start({ folder, extensions: [empty] });
const times = new Map<string, number[]>();
try {
  // The first window fills the caches of a server that has just been installed.
  for (let round = -1; round < Number(options.rounds); round++) {
    await workbench.open(file);
    await workbench.page.waitForSelector(".squiggly-warning", { timeout: 60_000 });
    const found = await activations(workbench);
    await workbench.open();
    await workbench.page.waitForTimeout(5000);
    await openLater(workbench, basename(file));
    await workbench.page.waitForSelector(".squiggly-warning", { timeout: 60_000 });
    const foundLater = await activations(workbench);
    for (const name of [own, nothing]) found.set(later(name), foundLater.get(name)!);
    if (round >= 0)
      for (const [name, time] of found) times.set(name, [...(times.get(name) ?? []), time]);
  }
} finally {
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
}

const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[all.length >> 1];
const rows = [...times].map(([name, all]) => ({
  name,
  median: median(all),
  fastest: Math.min(...all),
}));
rows.sort((a, b) => b.median - a.median);
if (options.json) console.log(JSON.stringify({ limit, rows }, null, 2));
else {
  console.log(`Activation in the extension host, over ${options.rounds} windows\n`);
  console.log(`${"".padEnd(44)}${"median".padStart(12)}${"fastest".padStart(12)}`);
  for (const { name, median: usual, fastest } of rows)
    console.log(
      `${name.padEnd(44)}${`${usual} ms`.padStart(12)}${`${fastest} ms`.padStart(12)}${name.startsWith(own) ? `   of at most ${limit} ms` : ""}`,
    );
}
