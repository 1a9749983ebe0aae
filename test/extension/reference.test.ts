import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { referencePayload } from "../../src/extension/referencePayload.ts";
import { anchorOf, argumentEntries, removedArguments } from "../../src/keras/documentation.ts";
import { exampleCode, exampleOf } from "../../src/keras/examples.ts";
import { insertionOf } from "../../src/keras/insertion.ts";
import { languages } from "../../src/keras/languages.ts";
import { SourceFile } from "../../src/python/sourceFile.ts";
import { run } from "../kernel/kerasCells.ts";

describe("the argument reference", () => {
  it("has every argument under the anchor that hovers link to, in both languages", () => {
    for (const language of languages) {
      const { sections } = referencePayload(language);
      const anchors = sections.flatMap((section) => section.arguments.map(({ anchor }) => anchor));
      deepEqual(anchors, argumentEntries.map(anchorOf));
      const all = [...anchors, ...sections.map(({ anchor }) => anchor)];
      equal(new Set(all).size, all.length);
      for (const anchor of ["layer", "op", "removed"]) ok(all.includes(anchor), anchor);
      for (const section of sections)
        for (const { name, summary, facts, example } of section.arguments) {
          ok(summary && example.includes("("), name);
          equal(facts.length, 5);
          for (const { label, text } of facts) ok(label && text, name);
        }
    }
  });

  it("says as much in one language as in the other", () => {
    const shape = (language: "en" | "zh-cn") =>
      referencePayload(language).sections.map(({ anchor, blocks }) => [
        anchor,
        blocks.map((block) => (block.kind === "list" ? block.items.length : block.kind)),
      ]);
    deepEqual(shape("zh-cn"), shape("en"));
    const formulas = (language: "en" | "zh-cn") =>
      referencePayload(language)
        .sections.filter(({ anchor }) => anchor.startsWith("theory."))
        .flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === "formula"));
    deepEqual(formulas("zh-cn"), formulas("en"));
  });

  it("tells the theory: three reasons, the worked example, and what is no longer believed", () => {
    const text = JSON.stringify(referencePayload("en").sections);
    for (const words of [
      "(30, 32, 32, 64)",
      "30 · 32 · 32 = 30,720",
      "internal covariate shift",
      "A smoother loss",
      "Steeper, more consistent descent",
      "Santurkar",
      "37 % after 100 steps",
    ])
      ok(text.includes(words), words);
    ok(/global optimum: it makes progress/.test(text));
    for (const name of removedArguments) ok(text.includes(`\`${name}\``), name);
  });

  it("ships its style sheet", () => {
    const shipped = readFileSync(new URL("../../.vscodeignore", import.meta.url), "utf8");
    ok(shipped.split("\n").includes("!media/reference.css"));
  });

  it("has an example of each argument that a cell can run", () => {
    for (const entry of argumentEntries) {
      const code = exampleCode(entry);
      ok(code.startsWith("import numpy as np\n"), code);
      ok(!code.includes("#"), `nothing is left out: ${code}`);
      if (entry.of === "constructor") ok(code.includes(`${entry.name}=`), code);
      ok(exampleOf(entry).length < 110);
    }
  });

  it("runs each example without an error", () => {
    for (const entry of argumentEntries) {
      // Small data tells as much, sooner.
      const code = exampleCode(entry).replaceAll(/\(30, (?:32|64), 32/g, "(4, 4, 4");
      equal(run(code).error, null, code);
    }
  });
});

/** The text after the argument is inserted at `|`; the value in brackets where it is there. */
function inserted(marked: string, name: string): string | null {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const entry = argumentEntries.find((each) => each.name === name)!;
  const insertion = insertionOf(entry, new SourceFile(text), offset);
  if (!insertion) return null;
  if (insertion.kind === "given") return `[${text.slice(insertion.span.from, insertion.span.to)}]`;
  const plain = insertion.text.replace(/\$\{\d+:([^}]*)\}/g, "$1");
  return text.slice(0, insertion.offset) + plain + text.slice(insertion.offset);
}

describe("inserting an argument", () => {
  it("puts commas and blanks where they belong", () => {
    equal(inserted("BatchNormalization(|)", "momentum"), "BatchNormalization(momentum=0.99)");
    equal(
      inserted("BatchNormalization(axis=1|)", "momentum"),
      "BatchNormalization(axis=1, momentum=0.99)",
    );
    equal(
      inserted("BatchNormalization(ax|is=1)", "momentum"),
      "BatchNormalization(axis=1, momentum=0.99)",
    );
    equal(
      inserted("BatchNormalization(axis=1,|)", "momentum"),
      "BatchNormalization(axis=1, momentum=0.99)",
    );
    equal(
      inserted("BatchNormalization(|axis=1)", "momentum"),
      "BatchNormalization(axis=1, momentum=0.99)",
    );
    equal(
      inserted("BatchNormalization(\n    axis=1,\n    |\n)", "scale"),
      "BatchNormalization(\n    axis=1,\n    scale=False\n)",
    );
  });

  it("finds what is there already, and stays out of other calls", () => {
    equal(inserted("BatchNormalization(momentum=0.9|)", "momentum"), "[0.9]");
    equal(inserted("BatchNormalization(1, 0.9, |)", "momentum"), "[0.9]");
    equal(inserted("BatchNormalization()(x, |)", "momentum"), null);
    equal(inserted("f(|)  # BatchNormalization", "momentum"), null);
  });
});
