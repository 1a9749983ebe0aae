import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Code, codes } from "../../../src/keras/diagnostics/codes.ts";
import { examples } from "../../../src/keras/diagnostics/examples.ts";
import { pageMarkdown } from "../../../src/keras/diagnostics/pages.ts";
import { Session } from "../../kernel/assertions.ts";
import { keras, problemsIn } from "./assertions.ts";

const recorded: Readonly<Record<string, { printed: string; error: string | null }>> = JSON.parse(
  readFileSync(new URL("../fixtures/problemCells.json", import.meta.url), "utf8"),
);

const all = Object.keys(codes) as Code[];
const found = (text: string) => problemsIn(`${keras}${text}\n`).map(({ code }) => code);

describe("the page of a code", () => {
  it("has an example with exactly this problem, and one without any", () => {
    for (const code of all) {
      deepEqual([...new Set(found(examples[code].wrong))], [code]);
      deepEqual(found(examples[code].right), [], code);
    }
  });

  it("names the code, its severity and how to turn it off, in both languages", () => {
    for (const code of all)
      for (const [language, severity] of [
        ["en", /by default: \w+\n/],
        ["zh-cn", /默认级别：\p{Script=Han}+\n/u],
      ] as const) {
        const page = pageMarkdown(code, language);
        match(page, severity);
        ok(page.includes(`# bnlab: ignore[${code}]`));
        ok(page.includes(`"batchnormLab.diagnostics.severity": { "${code}": "off" }`));
        equal(page.split("```").length % 2, 1, "code blocks end");
      }
  });
});

describe("the errors that the pages tell of", () => {
  const told: readonly [Code, string][] = [
    ["argument-range", "BatchNormalization(axis=4)(np.ones((2, 3)))"],
    ["axis-list", "BatchNormalization(axis=[1])"],
    ["repeated-argument", "BatchNormalization(-1, axis=1)"],
    ["mask-rank", "BatchNormalization()(np.ones((2, 3)), mask=np.ones((2, 3)))"],
    ["synchronized-backend", "BatchNormalization(synchronized=True)"],
    ["renorm-clipping", "BatchNormalization(renorm=True, renorm_clipping={'dmax': -1})"],
  ];

  for (const [code, call] of told)
    it(`are those that ${call} raises`, () => {
      const imports = "import numpy as np\nfrom keras.layers import BatchNormalization\n";
      const { result } = new Session().run(imports + call);
      const name = result.status === "error" ? result.error.name : "no error";
      for (const language of ["en", "zh-cn"] as const)
        ok(pageMarkdown(code, language).includes(`\`${name}\``), `${language}: ${name}`);
    });
});

describe("the cell that shows a mistake", () => {
  const cells = all.filter((code) => examples[code].cell !== null);

  it("is recorded from Keras for each code that has one", () => {
    deepEqual(Object.keys(recorded).sort(), [...cells].sort());
  });

  for (const code of cells)
    it(`prints of ${code} what it prints in Keras`, () => {
      const { result, stdout } = new Session().run(examples[code].cell!);
      const expected = recorded[code];
      equal(stdout, expected.printed);
      equal(result.status === "error" ? result.error.name : null, expected.error);
    });
});
