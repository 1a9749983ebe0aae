import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Session } from "./assertions.ts";

interface Snippet {
  readonly code: readonly string[];
  /** What CPython prints with NumPy 2.4.6 (recordSnippets.py). */
  readonly prints: readonly string[];
}

const file = new URL("fixtures/numpySnippets.json", import.meta.url);
const snippets = JSON.parse(readFileSync(file, "utf8")) as readonly Snippet[];

/** The snippet as the recorder runs it: print options come back, and exceptions are printed. */
function program({ code }: Snippet): string {
  const indented = code.map((line) => `        ${line}`).join("\n");
  return `with np.printoptions():\n    try:\n${indented}\n    except Exception as e:\n        print(type(e).__name__, e)\n`;
}

describe("NumPy as people write it", () => {
  it("prints what it prints in CPython", () => {
    assert.ok(snippets.length > 300);
    const session = new Session();
    session.run("import numpy as np");
    for (const snippet of snippets) {
      const { stdout } = session.run(program(snippet));
      assert.equal(stdout, snippet.prints.join("\n"), snippet.code.join("\n"));
    }
  });
});
