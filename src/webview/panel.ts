/**
 * @file The statistics panel: asks the editor for a payload and shows it, again after a reload.
 */
import type { FromPanel, ToPanel } from "../shared/protocol.ts";
import { mountChannels } from "../views/channels.ts";
import type { Disposable } from "../views/dom.ts";
import { plotStyle } from "../views/plotStyle.ts";

/** What VS Code gives every webview. */
interface EditorApi {
  postMessage(message: FromPanel): void;
  getState(): ToPanel | undefined;
  setState(state: ToPanel): void;
}

declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();
let view: Disposable | null = null;

function show({ payload, strings }: ToPanel): void {
  view?.dispose();
  view = mountChannels(document.body, payload, strings);
}

window.addEventListener("message", ({ data }: MessageEvent<ToPanel>) => {
  if (data.kind !== "show") return;
  editor.setState(data);
  show(data);
});

document.adoptedStyleSheets.push(plotStyle());
document.body.classList.add("panel");
const saved = editor.getState();
if (saved) show(saved);
editor.postMessage({ kind: "ready" });
