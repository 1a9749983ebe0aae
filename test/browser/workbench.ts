/**
 * @file The real workbench in a browser, with the packaged extension installed as a person would
 * have it. Needs `npm run package` first. To look at something in any theme:
 *
 *     npm run photograph -- examples/tour.ipynb --theme "Light Modern" --run --to light.png
 *
 * (`photograph.ts` lists the options), or write a few lines of your own:
 *
 *     const workbench = await Workbench.start({ theme: themes.highContrast });
 *     await workbench.open("examples/tour.ipynb");
 *     await workbench.runAllCells();
 *     const table = await workbench.frameWith("table");
 *     await workbench.photograph("hc.png");
 *     await workbench.close();
 */
import { deepEqual } from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { chromium, type Frame, type Locator, type Page } from "playwright-core";
import { chromiumArguments, ensureChromium } from "../editor/chromium.mjs";
import { repository } from "../editor/processes.mjs";
import { installExtension, remoteUri, startServer, workbenchAddress } from "../editor/server.mjs";

/** Themes by the names that settings and `npm run photograph` take. */
export const themes = {
  dark: "Dark Modern",
  light: "Light Modern",
  highContrast: "Default High Contrast",
  highContrastLight: "Default High Contrast Light",
} as const;

/** One of every kind, by the names in the editor's own list; dark last, in which what follows runs. */
export const everyKindOfTheme = [
  "Light Modern",
  "Dark High Contrast",
  "Light High Contrast",
  themes.dark,
] as const;

export interface WorkbenchOptions {
  /** A colour theme's name as the settings have it. */
  readonly theme?: string;
  readonly width?: number;
  readonly height?: number;
  /** The browser's language, which renderers follow: `zh-CN`. */
  readonly locale?: string;
  /** The editor's display language for extensions, as a language pack sets it: `zh-cn`. */
  readonly language?: string | undefined;
  /** The folder that is opened; by default the examples. */
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folders of further extensions, each with version 1.0.0. */
  readonly extensions?: readonly string[];
}

/** The text of a notebook for this kernel, whose cells have not run. */
export function notebookOf(cells: readonly string[]): string {
  const cell = (source: string) => ({
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  });
  return JSON.stringify({
    cells: cells.map(cell),
    metadata: {
      kernelspec: { display_name: "BatchNorm Lab", language: "python", name: "batchnorm-lab" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

const notebook = ".notebookOverlay .cell-list-container";

/** Milliseconds that anything may take to appear. */
const patience = 60_000;

/** Tries again until nothing fails; in the end with what failed last. */
async function persist<T>(attempt: () => Promise<T>, between: () => Promise<unknown>): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await between();
    }
  }
}

/**
 * Asks again until the answer is the expected one: the editor draws what it was told in its own
 * time, and an element that is there may still show what was before.
 */
export function eventually<T>(read: () => Promise<T>, expected: T): Promise<void> {
  return persist(
    async () => deepEqual(await read(), expected),
    () => setTimeout(100),
  );
}

export class Workbench {
  readonly page: Page;
  readonly #port: number;
  readonly #folder: string;
  readonly #cleanUp: () => Promise<void>;

  private constructor(page: Page, port: number, folder: string, cleanUp: () => Promise<void>) {
    this.page = page;
    this.#port = port;
    this.#folder = folder;
    this.#cleanUp = cleanUp;
  }

  static async start(options: WorkbenchOptions = {}): Promise<Workbench> {
    const vsix = join(repository, "batchnorm-lab.vsix");
    if (!existsSync(vsix)) throw new Error("No batchnorm-lab.vsix: run `npm run package` first");
    const home = await mkdtemp(join(tmpdir(), "batchnorm-lab-workbench-"));
    const extensions = join(home, "extensions");
    await installExtension(vsix, extensions, options.extensions);
    const server = await startServer({
      data: join(home, "data"),
      extensions,
      settings: {
        "workbench.colorTheme": options.theme ?? themes.dark,
        "window.autoDetectColorScheme": false,
        "workbench.activityBar.location": "hidden",
        "notebook.outline.showCodeCells": false,
        ...options.settings,
      },
    });
    const browser = await chromium.launch({
      executablePath: await ensureChromium(),
      args: chromiumArguments,
    });
    const { width = 1280, height = 900, locale = "en-US" } = options;
    const page = await browser.newPage({ viewport: { width, height }, locale });
    if (options.language)
      await page.addInitScript((language) => {
        Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
      }, options.language);
    const folder = resolve(repository, options.folder ?? "examples");
    return new Workbench(page, server.port, folder, async () => {
      await browser.close();
      server.stop();
      await server.ended;
      await rm(home, { recursive: true, force: true });
    });
  }

  /** Opens a file, by default none, in a fresh window; waits for a notebook's cells. */
  async open(path?: string): Promise<void> {
    const file = path && remoteUri(this.#port, resolve(repository, path));
    await this.page.goto(
      workbenchAddress(this.#port, this.#folder, file ? [["openFile", file]] : []),
    );
    await this.page.waitForSelector(".monaco-workbench .part.editor", { timeout: patience });
    if (path?.endsWith(".ipynb")) {
      await this.page.waitForSelector('.kernel-label:has-text("BatchNorm Lab")', {
        timeout: patience,
      });
      await this.page.waitForSelector(`${notebook} .monaco-list-row`, {
        state: "attached",
        timeout: patience,
      });
    }
  }

  /** Runs a command by its title in the command palette, once the editor knows it. */
  async command(title: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input").first();
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
    await persist(
      async () => {
        await this.page.keyboard.press("F1");
        await input.waitFor({ timeout: 5000 });
        await input.fill(`>${title}`);
        await row.click({ timeout: 5000 });
      },
      () => this.page.keyboard.press("Escape"),
    );
  }

  /** Runs every cell of the notebook in front and waits for the last to succeed. */
  async runAllCells(): Promise<void> {
    await this.command("Notebook: Run All");
    await this.page.keyboard.press("Escape");
    // Only the rows in sight exist; the last one shows when the end has come, and outputs that
    // come late move it out of sight again.
    const last = this.page.locator(`${notebook} .code-cell-row[data-last-element="true"]`);
    const failed = this.page.locator(`${notebook} .codicon-notebook-state-error`);
    const ended = last.locator(".codicon-notebook-state-success").or(failed).first();
    const toTheEnd = () => this.page.keyboard.press("Control+End");
    await toTheEnd();
    await persist(() => ended.waitFor({ timeout: 3000 }), toTheEnd);
    if ((await failed.count()) > 0) throw new Error("A cell failed");
    await this.page.keyboard.press("Control+Home");
  }

  /** Sets the colour theme while the workbench runs, by its name in the editor's own list. */
  async setTheme(name: string): Promise<void> {
    await this.command("Preferences: Color Theme");
    const input = this.page.locator(".quick-input-widget input").first();
    await input.fill(name);
    await this.page
      .locator(".quick-input-list .monaco-list-row", { hasText: name })
      .first()
      .click();
    // Frames hear of it last.
    await this.page.waitForTimeout(1000);
  }

  /** Rests the pointer on code until a hover says the words; lenses that come late move the code. */
  async hoverOver(code: Locator, words: string): Promise<Locator> {
    const hover = this.page.locator(".monaco-hover:not(.hidden)");
    const said = hover.getByText(words).first();
    const rest = async () => {
      await this.page.mouse.move(2, 2);
      await code.hover();
    };
    await rest();
    await persist(() => said.waitFor({ timeout: 4000 }), rest);
    return hover;
  }

  /** The frame, however deep, whose page has the element: outputs and webviews live in such. */
  async frameWith(selector: string): Promise<Frame> {
    const end = Date.now() + patience;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        if (frame === this.page.mainFrame()) continue;
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No frame shows ${selector}`);
  }

  /** Scrolls the notebook from its top until the element, in whatever frame, is well in sight. */
  async scrollTo(selector: string): Promise<Frame> {
    const { width, height } = this.page.viewportSize()!;
    const editor = await this.page.locator(notebook).boundingBox();
    await this.page.mouse.move((editor?.x ?? 0) + 20, height / 2);
    await this.page.mouse.wheel(0, -1_000_000);
    for (let step = 0; step < 150; step += 1) {
      await this.page.waitForTimeout(150);
      let way = 300;
      for (const frame of this.page.frames()) {
        const found = frame.locator(selector).first();
        const box = await found.boundingBox({ timeout: 50 }).catch(() => null);
        if (!box || box.x >= width) continue;
        if (box.y > 80 && box.y < height * 0.5) return frame;
        // Outputs that are drawn on the way make the notebook longer: it may have gone too far.
        way = Math.max(-300, Math.min(300, box.y - height * 0.3));
      }
      await this.page.mouse.wheel(0, way);
    }
    throw new Error(`Nowhere in the notebook is ${selector}`);
  }

  async photograph(path: string): Promise<void> {
    await this.page.screenshot({ path: resolve(repository, path) });
  }

  async close(): Promise<void> {
    await this.#cleanUp();
  }
}
