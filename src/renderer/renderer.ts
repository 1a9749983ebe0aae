/**
 * @file The notebook renderer: each output is the per-channel view in a shadow tree, so that the
 * notebook's style and ours do not meet. It works from the saved data alone, and asks the kernel for
 * more where the notebook passes messages on.
 */
import type { ActivationFunction } from "vscode-notebook-renderer";
import css from "../../media/views.css";
import { viewStringsFor } from "../shared/strings.ts";
import { asker } from "../views/askKernel.ts";
import { mountChannels, mountText } from "../views/channels.ts";
import type { Disposable } from "../views/dom.ts";
import { readPayload } from "../views/payload.ts";
import { plotStyle } from "../views/plotStyle.ts";
import type { ViewHost } from "../views/viewHost.ts";

export const activate: ActivationFunction = (context) => {
  // Renderers are not told the editor's display language; the browser's is set to it.
  const strings = viewStringsFor(navigator.language);
  const styles = new CSSStyleSheet();
  styles.replaceSync(css);
  const mounted = new Map<string, Disposable>();
  const post = context.postMessage?.bind(context);
  const kernel = post && asker(post);
  context.onDidReceiveMessage?.((message) => kernel?.receive(message));
  const host: ViewHost = kernel ? { ask: (question) => kernel.ask(question) } : {};

  const dispose = (id: string) => {
    mounted.get(id)?.dispose();
    mounted.delete(id);
  };
  const mount = (container: HTMLElement, json: string): Disposable => {
    const reading = readPayload(parse(json));
    return reading.kind === "channels"
      ? mountChannels(container, reading.payload, strings, host)
      : mountText(container, reading.text, strings[reading.kind]);
  };

  return {
    renderOutputItem(item, element) {
      dispose(item.id);
      const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [styles, plotStyle()];
      const container = document.createElement("div");
      root.replaceChildren(container);
      mounted.set(item.id, mount(container, item.text()));
    },
    disposeOutputItem(id) {
      if (id !== undefined) dispose(id);
      else for (const each of [...mounted.keys()]) dispose(each);
    },
  };
};

/** Undefined where the text is not JSON, which no payload is. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
