/**
 * @file The playground's page: settings on one side, what they do to every channel on the other.
 */
import type { ChannelsPayload } from "../../shared/outputs.ts";
import { type PlaygroundState, readPlayground } from "../../shared/playground.ts";
import type {
  FromPlayground,
  KeptPlayground,
  PlaygroundResult,
  ToPlayground,
} from "../../shared/playgroundMessages.ts";
import { asker } from "../../views/askKernel.ts";
import { html } from "../../views/dom.ts";
import { plotStyle } from "../../views/plotStyle.ts";
import type { ViewState } from "../../views/viewHost.ts";
import { playgroundForm } from "./form.ts";
import { playgroundOutput } from "./output.ts";
import { playgroundToolbar } from "./toolbar.ts";

/** What the page keeps of itself; the editor reads the settings after a reload. */
type Kept = KeptPlayground & { readonly view?: ViewState | undefined };

/** What VS Code gives every webview. */
interface EditorApi {
  postMessage(message: FromPlayground): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): EditorApi;

type Opening = Extract<ToPlayground, { kind: "open" }>;
type Result = Extract<ToPlayground, { kind: "result" }>;

const editor = acquireVsCodeApi();
const kernel = asker((question) => editor.postMessage(question));
document.adoptedStyleSheets.push(plotStyle());

/** Milliseconds between training steps while playing; a slower answer is waited for. */
const pace = 150;

class Page {
  readonly #opening: Opening;
  #state: PlaygroundState;
  #formHolder = html("div", { class: "settings" });
  readonly #toolbar;
  readonly #output;
  /** Where the editor has not answered yet: the latest state alone is sent after it has. */
  #waiting = false;
  #unsent = false;
  #playing: ReturnType<typeof setTimeout> | undefined;
  /** Has the input's statistics and histograms, which are sent when they change. */
  #values: ChannelsPayload | null = null;
  /** The shape that the form shows axes of. */
  #shape: readonly number[] | null = null;

  constructor(opening: Opening) {
    this.#opening = opening;
    this.#state = opening.state;
    const { strings, viewStrings } = opening;
    this.#toolbar = playgroundToolbar(strings, {
      mode: (training) =>
        this.#set({ training, steps: Math.max(this.#state.steps, training ? 1 : 0) }),
      step: () => this.#set({ steps: this.#state.steps + 1 }),
      play: () => (this.#playing === undefined ? this.#play() : this.#pause()),
      restart: () => this.#set({ steps: this.#state.training ? 1 : 0 }),
      copyCode: () => editor.postMessage({ kind: "copyCode" }),
      openNotebook: () => editor.postMessage({ kind: "openNotebook" }),
    });
    const view = editor.getState()?.view;
    this.#output = playgroundOutput(strings, viewStrings, {
      ...(view && { state: view }),
      remember: (state) => editor.setState({ settings: this.#state, view: state }),
      ask: kernel.ask,
      save: (file) => editor.postMessage({ kind: "save", file }),
    });
    document.body.replaceChildren(
      html(
        "main",
        { class: "playground" },
        this.#formHolder,
        html("div", { class: "stage" }, this.#toolbar.element, this.#output.element),
      ),
    );
    this.#makeForm();
    this.#changed();
  }

  show({ state, result: shown, sameInput }: Result): void {
    this.#waiting = false;
    const result = sameInput ? this.#withValues(shown) : shown;
    if (result.status === "ok") this.#values = result.channels;
    const shape = result.status === "ok" ? result.shape : null;
    const isCurrent = !this.#unsent;
    if (this.#unsent) this.#send();
    this.#output.show(state, result);
    if (result.status === "error") this.#pause();
    if (isCurrent && shape && String(shape) !== String(this.#shape)) {
      this.#shape = shape;
      this.#makeForm();
    }
    if (this.#playing !== undefined && isCurrent) {
      this.#playing = setTimeout(() => this.#set({ steps: this.#state.steps + 1 }), pace);
    }
  }

  #withValues(result: PlaygroundResult): PlaygroundResult {
    if (result.status === "error" || !this.#values) return result;
    const { statistics, histograms } = this.#values;
    return { ...result, channels: { ...result.channels, statistics, histograms } };
  }

  #set(change: Partial<PlaygroundState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed();
  }

  #changed(): void {
    editor.setState({ settings: this.#state, view: editor.getState()?.view });
    this.#toolbar.show(this.#state, this.#playing !== undefined);
    this.#send();
  }

  #send(): void {
    this.#unsent = this.#waiting;
    if (this.#waiting) return;
    this.#waiting = true;
    editor.postMessage({ kind: "changed", state: this.#state });
  }

  #makeForm(): void {
    const { activeElement } = document;
    const focused = this.#formHolder.contains(activeElement) ? activeElement?.id : undefined;
    const open = [...this.#formHolder.querySelectorAll("details")].map((details) => details.open);
    const form = playgroundForm(this.#state, {
      arguments: this.#opening.arguments,
      strings: this.#opening.strings,
      shape: this.#shape,
      changed: (state) => {
        this.#pause();
        const kindChanged = state.input.kind !== this.#state.input.kind;
        this.#set(state);
        if (kindChanged) this.#makeForm();
      },
      chooseInput: (input) => {
        editor.postMessage({ kind: "chooseInput", input });
        // Until one is chosen, the form shows what is.
        this.#makeForm();
      },
    });
    this.#formHolder.replaceChildren(form);
    for (const [index, details] of [...form.querySelectorAll("details")].entries()) {
      if (open[index]) details.open = true;
    }
    if (focused) document.getElementById(focused)?.focus();
  }

  #play(): void {
    this.#playing = setTimeout(() => {}, 0);
    this.#set({ steps: this.#state.steps + 1 });
  }

  #pause(): void {
    clearTimeout(this.#playing);
    this.#playing = undefined;
    this.#toolbar.show(this.#state, false);
  }
}

let page: Page | null = null;

window.addEventListener("message", ({ data }: MessageEvent<ToPlayground>) => {
  kernel.receive(data);
  if (data.kind === "open") page = new Page({ ...data, state: readPlayground(data.state) });
  else if (data.kind === "result") page?.show(data);
});

document.body.classList.add("panel");
editor.postMessage({ kind: "ready", saved: editor.getState()?.settings });
