/**
 * @file The statistics panel: asks the editor for a payload and shows it, arranged as it was before it
 * was hidden or the window reloaded.
 */
import type { FromPanel, PanelContent, ToPanel } from "../shared/protocol.ts";
import { asker } from "../views/askKernel.ts";
import { type ChannelsView, mountChannels } from "../views/channels.ts";
import { plotStyle } from "../views/plotStyle.ts";
import type { ViewState } from "../views/viewHost.ts";

/** What the page keeps of itself; the editor reads the content after a reload. */
interface Kept {
  readonly content: PanelContent;
  readonly view?: ViewState | undefined;
}

/** What VS Code gives every webview. */
interface EditorApi {
  postMessage(message: FromPanel): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();
const kernel = asker((question) => editor.postMessage(question));
let kept = editor.getState();
let view: ChannelsView | null = null;

function keep(next: Kept): void {
  kept = next;
  editor.setState(next);
}

function show(content: PanelContent): void {
  keep({ content, view: kept?.view });
  if (view) {
    view.update(content.payload);
    return;
  }
  view = mountChannels(document.body, content.payload, content.strings, {
    ask: kernel.ask,
    save: (file) => editor.postMessage({ kind: "save", file }),
    ...(kept?.view && { state: kept.view }),
    remember: (state) => {
      if (kept) keep({ ...kept, view: state });
    },
  });
}

window.addEventListener("message", ({ data }: MessageEvent<ToPanel>) => {
  kernel.receive(data);
  if (data.kind === "show") show(data);
});

document.adoptedStyleSheets.push(plotStyle());
document.body.classList.add("panel");
if (kept) show(kept.content);
editor.postMessage({ kind: "ready" });
