import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import type { OutputItem, RendererApi } from "vscode-notebook-renderer";
import type { ViewQuestion } from "../../src/shared/protocol.ts";
import { viewStrings } from "../../src/shared/strings.ts";
import { tensorPayload } from "../shared/payloads.ts";
import { useDocument } from "./dom.ts";

describe("the notebook renderer", () => {
  useDocument();

  class StyleSheet {
    replaceSync() {}
  }

  let renderer: RendererApi;
  let start: (context: object) => Promise<RendererApi>;
  before(async () => {
    Object.assign(globalThis, { CSSStyleSheet: StyleSheet });
    // The bundler makes style sheets text; here their text does not matter.
    const hooks = registerHooks({
      load: (url, context, next) =>
        url.endsWith(".css")
          ? { format: "module", source: 'export default "";', shortCircuit: true }
          : next(url, context),
    });
    const { activate } = await import("../../src/renderer/renderer.ts");
    hooks.deregister();
    start = async (context) => (await activate(context as Parameters<typeof activate>[0]))!;
    renderer = await start({});
  });
  after(() => Reflect.deleteProperty(globalThis, "CSSStyleSheet"));

  function render(json: string, id = "1", element = document.createElement("div")) {
    renderer.renderOutputItem({ id, text: () => json } as OutputItem, element, signal);
    return { element, root: element.shadowRoot! };
  }
  const { signal } = new AbortController();

  function assertText(name: string, json: string, reason: string, text: string | null) {
    it(`${name} is shown as text`, () => {
      const { root } = render(json);
      assert.equal(root.querySelector("p")?.textContent, reason);
      assert.equal(root.querySelector("pre")?.textContent ?? null, text);
    });
  }

  it("shows the table in a shadow tree", () => {
    const { root } = render(JSON.stringify(tensorPayload(64)));
    assert.equal(root.querySelectorAll("tbody tr").length, 64);
  });

  assertText(
    "a payload of another version",
    JSON.stringify({ version: 2, text: "array([1.])" }),
    viewStrings.otherVersion,
    "array([1.])",
  );
  assertText("broken JSON", '{"version": 1', viewStrings.unreadable, null);
  assertText(
    "a payload with holes",
    JSON.stringify({ ...tensorPayload(2), statistics: { mean: [1] } }),
    viewStrings.unreadable,
    tensorPayload(2).text,
  );

  it("asks the kernel for other bins where the notebook passes messages on", async () => {
    const posted: ViewQuestion[] = [];
    let hear = (_: unknown) => {};
    const live = await start({
      postMessage: (message: ViewQuestion) => posted.push(message),
      onDidReceiveMessage: (listener: typeof hear) => {
        hear = listener;
      },
    });
    const element = document.createElement("div");
    document.body.append(element);
    const json = JSON.stringify(tensorPayload(3));
    live.renderOutputItem({ id: "live", text: () => json } as OutputItem, element, signal);
    const root = element.shadowRoot!;
    root.querySelector<HTMLElement>("tbody tr")!.click();
    const select = [...root.querySelectorAll("select")].at(-1)!;
    Object.assign(select, { value: "auto" });
    select.dispatchEvent(new window.Event("change"));
    const { id, question } = posted[0]!;
    assert.deepEqual([question.kind, question.of.channel], ["histogram", 0]);
    hear({
      kind: "answer",
      id,
      answer: { kind: "histogram", low: -2, high: 2, counts: [3, 1, 0], below: 0, above: 0 },
    });
    await Promise.resolve();
    await Promise.resolve();
    assert.match(root.querySelector(".detail")!.textContent, /3 bins by NumPy's rule “auto”/);
    live.disposeOutputItem!();
    element.remove();
  });

  it("replaces an output that is rendered again", () => {
    const { element } = render(JSON.stringify(tensorPayload(3)));
    const { root } = render(JSON.stringify(tensorPayload(5)), "1", element);
    assert.equal(root.querySelectorAll("tbody tr").length, 5);
  });

  it("disposes one output or all", () => {
    const [first, second] = ["a", "b"].map((id) => render(JSON.stringify(tensorPayload(2)), id));
    renderer.disposeOutputItem!("a");
    assert.equal(first.root.querySelector("section"), null);
    assert.notEqual(second.root.querySelector("section"), null);
    renderer.disposeOutputItem!();
    assert.equal(second.root.querySelector("section"), null);
  });
});
