/** @file The argument reference's page: asks the editor for the words and shows them. */
import type { FromReference, ReferencePayload, ToReference } from "../shared/reference.ts";
import { mountReference, type ReferenceView } from "../views/reference.ts";

interface State {
  readonly payload: ReferencePayload;
  readonly query: string;
  readonly scroll: number;
}

/** What VS Code gives every webview. */
interface EditorApi {
  postMessage(message: FromReference): void;
  getState(): State | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();
let view: ReferenceView | null = null;
let shown: ReferencePayload | null = null;

function show(payload: ReferencePayload, query: string): void {
  view?.dispose();
  shown = payload;
  document.documentElement.lang = payload.language;
  document.title = payload.strings.title;
  view = mountReference(
    document.body,
    payload,
    {
      switchLanguage: () => editor.postMessage({ kind: "switchLanguage" }),
      tryArgument: (anchor) => editor.postMessage({ kind: "try", anchor }),
      insertArgument: (anchor) => editor.postMessage({ kind: "insert", anchor }),
    },
    query,
  );
}

function remember(): void {
  if (shown) editor.setState({ payload: shown, query: view?.query ?? "", scroll: window.scrollY });
}

window.addEventListener("message", ({ data }: MessageEvent<ToReference>) => {
  if (data.kind === "show") {
    const sameWords = data.payload.language === shown?.language;
    const scroll = window.scrollY;
    if (!sameWords) show(data.payload, view?.query ?? "");
    if (data.anchor) view?.reveal(data.anchor);
    else window.scrollTo(0, scroll);
  } else view?.reveal(data.anchor);
  remember();
});
window.addEventListener("scrollend", remember);
window.addEventListener("input", remember);

document.body.classList.add("reference-page");
const saved = editor.getState();
if (saved) {
  show(saved.payload, saved.query);
  window.scrollTo(0, saved.scroll);
}
editor.postMessage({ kind: "ready" });
