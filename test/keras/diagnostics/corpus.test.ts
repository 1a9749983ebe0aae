import { deepEqual, equal, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { codes } from "../../../src/keras/diagnostics/codes.ts";
import { diagnose } from "../../../src/keras/diagnostics/diagnose.ts";
import { Inspection } from "../../../src/keras/diagnostics/inspection.ts";
import type { Problem } from "../../../src/keras/diagnostics/problem.ts";
import { SourceFile } from "../../../src/python/sourceFile.ts";

const folder = new URL("../fixtures/corpus/", import.meta.url);
const texts = new Map(
  readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
);
const scripts = [...texts].filter(([name]) => name.endsWith(".py"));

/** Hints say how it could be done as well; everything else says that something is wrong. */
function complaints(text: string): string[] {
  const isHint = ({ code, severity }: Problem) => (severity ?? codes[code]) === "hint";
  return diagnose(new SourceFile(text))
    .filter((problem) => !isHint(problem))
    .map(({ code, from, to }) => `${code}: ${text.slice(from, to)}`);
}

describe("code as people write it", () => {
  it("has at least 200 calls of the layer that are recognized", () => {
    const calls = scripts.map(
      ([, text]) => new Inspection(new SourceFile(text), [], false).constructors.length,
    );
    ok(calls.reduce((sum, count) => sum + count, 0) >= 200, calls.join());
  });

  for (const [name, text] of scripts)
    it(`has nothing wrong with it: ${name}`, () => deepEqual(complaints(text), []));

  it("has nothing wrong with it while it is half typed", () => {
    for (const text of texts.get("half_typed.txt")!.split("===\n"))
      deepEqual(complaints(text), [], text);
  });

  it("recognizes none of the calls of other frameworks' layers", () => {
    const file = new SourceFile(texts.get("not_keras.py")!);
    equal(new Inspection(file, [], false).constructors.length, 0);
  });

  it("breaks nothing wherever it is cut off", () => {
    const cut = fc
      .constantFrom(...scripts)
      .chain(([, text]) => fc.nat(text.length).map((length) => text.slice(0, length)));
    fc.assert(
      fc.property(cut, (text) => {
        diagnose(new SourceFile(text));
      }),
      { numRuns: 60 },
    );
  });
});
