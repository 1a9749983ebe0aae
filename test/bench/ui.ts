/**
 * @file How long a person waits for the views, in Chromium, from the data's arrival to the paint:
 *
 *     npm run bench:ui
 *
 * The peer is a plain HTML table of the same numbers, every row written at once by `innerHTML`,
 * without histograms: what a page does that has no view at all. Rounds take turns, so that whatever
 * else the machine does hits both alike.
 */
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import process from "node:process";
import { chromium, type Page } from "playwright-core";
import { KernelClient } from "../../src/extension/kernelClient.ts";
import { PlaygroundKernel, resultMessages } from "../../src/extension/playgroundKernel.ts";
import { argumentWords } from "../../src/keras/documentation.ts";
import { constructorArguments } from "../../src/keras/signature.ts";
import { defaultPlayground } from "../../src/shared/playground.ts";
import type { FromPlayground, ToPlayground } from "../../src/shared/playgroundMessages.ts";
import { playgroundStringsFor } from "../../src/shared/playgroundStrings.ts";
import { kernelStringsFor, viewStrings } from "../../src/shared/strings.ts";
import { chromiumArguments, ensureChromium } from "../editor/chromium.mjs";
import { repository } from "../editor/processes.mjs";
import { tensorPayload } from "../shared/payloads.ts";

const rounds = 15;
const origin = "http://views.test";

/** As a float32 tensor of (30, 32, 32, n) gives it: 40 bins and every column. */
function payload(channels: number): string {
  const plain = tensorPayload(channels, { shape: [30, 32, 32, channels], axis: 3 });
  const number = (channel: number, salt: number) => Math.sin(channel * 12.9898 + salt) * 3;
  const each = (salt: number) => Array.from({ length: channels }, (_, c) => number(c, salt));
  return JSON.stringify({
    ...plain,
    valuesPerChannel: 30_720,
    statistics: {
      ...plain.statistics,
      mean: each(1),
      std: each(2).map((value) => 1 + Math.abs(value) / 10),
      variance: each(2).map((value) => (1 + Math.abs(value) / 10) ** 2),
    },
    histograms: {
      ...plain.histograms,
      counts: each(0).map((_, c) =>
        Array.from(
          { length: 40 },
          (_, bin) => 1 + Math.round(1500 * Math.exp(-(((bin - 20) / (6 + (c % 5))) ** 2))),
        ),
      ),
    },
  });
}

/** Milliseconds of each round, by what was measured. */
type Times = Record<string, number[]>;

/** Runs in the page; calls itself by nothing outside of it. */
async function measureInPage(given: {
  readonly payloads: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly renderer: string;
}): Promise<Times> {
  const times: Times = {};
  const { activate } = await import(given.renderer);
  const renderer = activate({});
  /** After the next paint: a task that the frame's own work has gone before. */
  const painted = () =>
    new Promise<void>((done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done();
        port2.postMessage(0);
      });
    });
  const note = (name: string, value: number) => {
    times[name] ??= [];
    times[name].push(value);
  };
  const timed = async (name: string, act: () => void) => {
    await painted();
    const start = performance.now();
    act();
    await painted();
    note(name, performance.now() - start);
  };
  const render = (json: string) => {
    const element = document.createElement("div");
    document.body.replaceChildren(element);
    renderer.renderOutputItem({ id: "1", text: () => json }, element);
    return element;
  };
  const plain = (json: string) => {
    const { channels, statistics } = JSON.parse(json);
    let rows = "";
    for (let c = 0; c < channels; c++) {
      rows += `<tr><th>${c}</th>`;
      for (const key of ["mean", "std", "variance", "min", "max"]) {
        rows += `<td>${statistics[key][c].toPrecision(5)}</td>`;
      }
      rows += "</tr>";
    }
    const element = document.createElement("div");
    element.innerHTML = `<table><tbody>${rows}</tbody></table>`;
    document.body.replaceChildren(element);
    return element;
  };
  for (let round = 0; round < given.rounds; round++) {
    for (const [channels, json] of Object.entries(given.payloads)) {
      await timed(`first paint, ${channels} channels`, () => render(json));
      await timed(`plain table, ${channels} channels`, () => plain(json));
    }
  }
  const most = Object.keys(given.payloads).at(-1)!;
  const scroll = async (name: string, scroller: Element) => {
    for (let step = 0; step < 90; step++) {
      const start = performance.now();
      scroller.scrollTop = (step + 1) * 480;
      await painted();
      note(name, performance.now() - start);
    }
  };
  const ours = render(given.payloads[most]);
  await painted();
  await scroll(`scrolled frame, ${most} channels`, ours.shadowRoot!.querySelector(".scroller")!);
  const input = ours.shadowRoot!.querySelector<HTMLInputElement>("input.filter")!;
  for (const text of [
    "m",
    "me",
    "mea",
    "mean",
    "mean ",
    "mean <",
    "mean < ",
    "mean < 1",
    "mean < 1 ",
    "mean < 1 a",
  ]) {
    await timed(`filter keystroke, ${most} channels`, () => {
      input.value = text;
      input.dispatchEvent(new Event("input"));
    });
  }
  const other = plain(given.payloads[most]);
  Object.assign(other.style, { height: "400px", overflow: "auto" });
  await painted();
  await scroll(`plain table's scrolled frame`, other);
  const rows = [...other.querySelectorAll("tr")];
  for (let step = 0; step < 10; step++) {
    await timed(`plain table's rows hidden`, () => {
      rows.forEach((row, at) => {
        row.hidden = (at + step) % 3 === 0;
      });
    });
  }
  return times;
}

/** From a slider's event to the paint of the table that follows, the kernel's work between them. */
async function measurePlayground(page: Page): Promise<number[]> {
  const script = join(repository, "dist", "kernelWorker.js");
  const kernel = new PlaygroundKernel(
    () => new KernelClient(script, kernelStringsFor("en")),
    async () => null,
  );
  const messageOf = resultMessages();
  const post = (message: ToPlayground) =>
    page.evaluate((data) => window.postMessage(data, "*"), message as unknown as null);
  await page.exposeFunction("toEditor", async (message: FromPlayground) => {
    if (message.kind === "ready") {
      await post({
        kind: "open",
        state: defaultPlayground,
        arguments: constructorArguments.map((argument) => ({
          ...argument,
          words: argumentWords(argument.name, "en"),
        })),
        strings: playgroundStringsFor("en"),
        viewStrings,
      });
    } else if (message.kind === "changed") {
      const { state } = message;
      await post(messageOf(state, await kernel.show(state)));
    }
  });
  await page.goto(`${origin}/playground`);
  await page.waitForSelector(".channels tbody tr");
  const times = await page.evaluate(async (many) => {
    const found: number[] = [];
    const slider = document.querySelector<HTMLInputElement>(
      "#argument-momentum-label ~ .control input[type=range]",
    )!;
    for (let round = 0; round < many; round++) {
      const before = document.querySelector(".configuration code")?.textContent;
      const start = performance.now();
      slider.value = String(0.2 + round / 50);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      while (document.querySelector(".configuration code")?.textContent === before) {
        await new Promise((done) => requestAnimationFrame(done));
      }
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      found.push(performance.now() - start);
    }
    return found;
  }, rounds);
  kernel.dispose();
  return times;
}

const pages: Readonly<Record<string, string>> = {
  "/": '<!doctype html><meta charset="utf-8"><title>Views</title><body>',
  "/playground": `<!doctype html><meta charset="utf-8"><title>Playground</title>
    <link rel="stylesheet" href="/media/views.css"><link rel="stylesheet" href="/media/playground.css">
    <body><script>
      window.acquireVsCodeApi = () => ({
        postMessage: (message) => window.toEditor(message),
        getState: () => undefined,
        setState: () => undefined,
      });
    </script><script src="/dist/playground.js"></script>`,
};
const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css" };

async function opened(page: Page): Promise<void> {
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const body = pages[pathname] ?? (await readFile(join(repository, pathname)));
    await route.fulfill({ body, contentType: types[extname(pathname)] ?? "text/html" });
  });
}

function middle(values: readonly number[], share = 0.5): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: chromiumArguments,
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await opened(page);
  await page.goto(`${origin}/`);
  const payloads = { "64": payload(64), "2048": payload(2048), "4096": payload(4096) };
  const times = await page.evaluate(measureInPage, {
    payloads,
    rounds,
    renderer: `${origin}/dist/renderer.js`,
  });
  const playground = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await opened(playground);
  const slider = await measurePlayground(playground);
  const line = (name: string, peer: string | null, target: string) => {
    const ours = times[name];
    const ratio = peer === null ? "" : (middle(ours) / middle(times[peer])).toFixed(2);
    const numbers = [middle(ours), middle(ours, 0.95)].map((value) =>
      value.toFixed(1).padStart(10),
    );
    console.log(`${name.padEnd(38)}${numbers.join("")}${ratio.padStart(14)}${target.padStart(10)}`);
  };
  times["slider to table, (30, 32, 32, 64)"] = slider;
  console.log(
    `${"".padEnd(38)}${"median, ms".padStart(10)}${"95 %".padStart(10)}${"/ plain table".padStart(14)}${"target".padStart(10)}`,
  );
  line("first paint, 64 channels", "plain table, 64 channels", "50");
  line("first paint, 2048 channels", "plain table, 2048 channels", "150");
  line("first paint, 4096 channels", "plain table, 4096 channels", "");
  line("scrolled frame, 4096 channels", "plain table's scrolled frame", "16.7");
  line("filter keystroke, 4096 channels", "plain table's rows hidden", "50");
  line("slider to table, (30, 32, 32, 64)", null, "100");
} finally {
  await browser.close();
}
process.exit();
