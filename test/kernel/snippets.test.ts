import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { run, tracebackOf } from "./assertions.ts";

const folder = new URL("./snippets/", import.meta.url);

interface Snippet {
  readonly code: string;
  readonly printed: string;
  /** The last line of the traceback; null where the code runs to its end. */
  readonly error: string | null;
}

/** Code and what CPython 3.11.7 printed for it, one after the other in a file. */
function snippets(file: string): Snippet[] {
  const text = readFileSync(new URL(file, folder), "utf8");
  return text
    .split(/^#--- runs\n/m)
    .slice(1)
    .map((part) => {
      const [code, rest] = part.split(/^#--- prints\n/m) as [string, string];
      const [printed, error] = rest.split(/^#--- raises\n/m) as [string, string | undefined];
      return { code, printed, error: error?.trimEnd() ?? null };
    });
}

describe("snippets print what CPython prints", () => {
  for (const file of readdirSync(folder)) {
    it(`of ${file.replace(".txt", "")}`, () => {
      const all = snippets(file);
      assert.ok(all.length > 0, "no snippet was read");
      for (const { code, printed, error } of all) {
        const ran = run(code);
        const last = tracebackOf(ran).split("\n").at(-1) || null;
        assert.deepEqual({ printed: ran.stdout, last }, { printed, last: error }, code);
      }
    });
  }
});
