/**
 * @file The statistics panel: asks the editor for a payload and shows it, again after a reload.
 */
import type { FromPanel, PanelContent, ToPanel } from "../shared/protocol.ts";
import { asker } from "../views/askKernel.ts";
import { mountChannels } from "../views/channels.ts";
import type { Disposable } from "../views/dom.ts";
import { plotStyle } from "../views/plotStyle.ts";

/** What VS Code gives every webview. */
interface EditorApi {
  postMessage(message: FromPanel): void;
  getState(): PanelContent | undefined;
  setState(state: PanelContent): void;
}

declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();
const kernel = asker((question) => editor.postMessage(question));
let view: Disposable | null = null;

function show({ payload, strings }: PanelContent): void {
  view?.dispose();
  view = mountChannels(document.body, payload, strings, { ask: kernel.ask });
}

window.addEventListener("message", ({ data }: MessageEvent<ToPanel>) => {
  kernel.receive(data);
  if (data.kind !== "show") return;
  editor.setState(data);
  show(data);
});

document.adoptedStyleSheets.push(plotStyle());
document.body.classList.add("panel");
const saved = editor.getState();
if (saved) show(saved);
editor.postMessage({ kind: "ready" });
