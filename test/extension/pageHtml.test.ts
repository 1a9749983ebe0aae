import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { pageHtml } from "../../src/extension/pageHtml.ts";

describe("a webview's page", () => {
  const html = pageHtml({
    language: "zh-cn",
    nonce: "n0nce",
    cspSource: "https://*.vscode-cdn.net",
    script: "https://file.vscode-cdn.net/dist/panel.js",
    styles: ["https://file.vscode-cdn.net/media/views.css"],
  });
  const { document } = parseHTML(html);
  const policy = document
    .querySelector('meta[http-equiv="Content-Security-Policy"]')!
    .getAttribute("content")!;

  it("allows nothing but its script, its style sheets and pictures of its own making", () =>
    assert.deepEqual(policy.split("; "), [
      "default-src 'none'",
      "script-src 'nonce-n0nce'",
      "style-src https://*.vscode-cdn.net",
      "img-src data:",
    ]));

  it("allows nothing unsafe", () => assert.doesNotMatch(policy, /unsafe|\*(?!\.)|http:|blob:/));

  it("has one script, which knows the nonce, and no code or style in its text", () => {
    const scripts = [...document.querySelectorAll("script")];
    assert.deepEqual(
      scripts.map((script) => [script.getAttribute("nonce"), script.textContent]),
      [["n0nce", ""]],
    );
    assert.equal(document.querySelector("style, [style], iframe, object, base"), null);
    assert.doesNotMatch(html, /\son\w+=/);
  });

  it("says its language", () =>
    assert.equal(document.documentElement.getAttribute("lang"), "zh-cn"));
});
