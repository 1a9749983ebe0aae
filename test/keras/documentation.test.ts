import { deepEqual, equal, ok } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { documentation as english } from "../../src/keras/documentation.en.ts";
import {
  anchorOf,
  argumentDocumentation,
  argumentEntries,
  argumentEntry,
  argumentOf,
  type DocumentationEntry,
  documentationIn,
  officialPage,
  removedArguments,
} from "../../src/keras/documentation.ts";
import { documentation as chinese } from "../../src/keras/documentation.zh-cn.ts";
import { hoverMarkdown, proseMarkdown } from "../../src/keras/hoverMarkdown.ts";
import { languageOf, languages } from "../../src/keras/languages.ts";
import {
  argumentsOfKind,
  baseArguments,
  callArguments,
  constructorArguments,
  functionArguments,
  ownArguments,
  pythonCallSignature,
  pythonFunctionSignature,
  pythonSignature,
} from "../../src/keras/signature.ts";

const entries: readonly DocumentationEntry[] = [
  { of: "layer" },
  { of: "op" },
  ...argumentEntries,
  ...removedArguments.map((name) => ({ of: "removed", name }) as const),
];

describe("signature", () => {
  it("reads as Python", () => {
    equal(
      pythonSignature,
      "BatchNormalization(axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, " +
        "beta_initializer='zeros', gamma_initializer='ones', moving_mean_initializer='zeros', " +
        "moving_variance_initializer='ones', beta_regularizer=None, gamma_regularizer=None, " +
        "beta_constraint=None, gamma_constraint=None, renorm=False, renorm_clipping=None, " +
        "renorm_momentum=0.99, synchronized=False, **kwargs)",
    );
    equal(pythonCallSignature, "__call__(inputs, training=None, mask=None)");
    equal(
      pythonFunctionSignature,
      "batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=0.001)",
    );
  });

  it("tells apart what can be given by its place", () => {
    deepEqual(argumentsOfKind("constructor", "positional"), ownArguments);
    deepEqual(argumentsOfKind("constructor"), constructorArguments);
    deepEqual(argumentsOfKind("call", "positional"), callArguments);
    deepEqual(argumentsOfKind("function", "positional"), functionArguments);
  });

  it("has the arguments and defaults that Keras writes into a config", async () => {
    const goldens = new URL("../goldens/keras-bn.json", import.meta.url);
    const { cases } = JSON.parse(await readFile(goldens, "utf8"));
    const config = cases[0].get_config;
    deepEqual(constructorArguments.map(({ name }) => name).sort(), Object.keys(config).sort());
    for (const { name, default: value, kind } of ownArguments) {
      const given = cases.find((one: { config: object }) => !(name in one.config));
      if (kind === "initializer")
        equal(given.get_config[name].class_name.toLowerCase(), value.slice(1, -1));
      else deepEqual(given.get_config[name], fromPython(value), name);
    }
    equal(baseArguments.length, 3);
  });
});

function fromPython(source: string): unknown {
  const constants: Record<string, unknown> = { None: null, True: true, False: false };
  return source in constants ? constants[source] : Number(source);
}

describe("documentation", () => {
  it("has every part of every argument, in both languages", () => {
    for (const language of languages)
      for (const entry of argumentEntries) {
        const { formula, notes, ...parts } = argumentDocumentation(entry, language);
        deepEqual(Object.keys(parts).sort(), [
          "elsewhere",
          "history",
          "range",
          "summary",
          "type",
          "whenToChange",
        ]);
        for (const text of [...Object.values(parts), ...formula, ...notes])
          ok(text.trim().length >= 1, `${entry.name}`);
        ok(parts.summary.length >= 8 && parts.history.length >= 6, entry.name);
        ok(parts.history.includes("Keras") || /version|版本|layer|每个层/.test(parts.history));
        ok(/PyTorch|Flax|torch/.test(parts.elsewhere), entry.name);
      }
  });

  it("has the layer, the function and what Keras has removed, in both languages", () => {
    for (const language of languages) {
      const { layer, functionLayer, removed } = documentationIn(language);
      for (const { summary, formulas, notes, history } of [layer, functionLayer]) {
        ok(summary.length > 20 && notes.length > 0 && formulas.length > 0);
        for (const text of history) ok(text.length > 10);
      }
      deepEqual(Object.keys(removed), [...removedArguments]);
      for (const text of Object.values(removed)) ok(/Keras [123]/.test(text), text);
    }
  });

  it("says as much in one language as in the other", () => {
    const shape = (documentation: typeof english) => [
      documentation.layer.notes.length,
      ...[documentation.constructor, documentation.call, documentation.function].flatMap((part) =>
        Object.entries(part).map(([name, words]) => [
          name,
          words.notes.length,
          words.formula.length,
        ]),
      ),
    ];
    deepEqual(shape(chinese), shape(english));
  });

  it("uses Chinese in Chinese, and only there", () => {
    const han = /\p{Script=Han}/u;
    for (const entry of entries) {
      ok(han.test(hoverMarkdown(entry, "zh-cn")), JSON.stringify(entry));
      ok(!han.test(hoverMarkdown(entry, "en")), JSON.stringify(entry));
    }
  });

  it("shows default, formula and every other part of each argument", () => {
    for (const language of languages)
      for (const entry of argumentEntries) {
        const text = hoverMarkdown(entry, language);
        const { default: value, name } = argumentOf(entry);
        ok(text.startsWith(`**\`${name}\`**`), text);
        if (value !== null) ok(text.split("\n")[0].endsWith(`\`${value}\``), text);
        const { formula, notes, ...parts } = argumentDocumentation(entry, language);
        for (const part of [...Object.values(parts), ...notes])
          ok(text.includes(proseMarkdown(part)), part);
        ok(formula.every((line) => text.includes(line)));
      }
  });

  it("begins with what holds in the call, and folds the details under a rule", () => {
    const here = { source: "0.9", meaning: ["Each step keeps 90 %."] };
    const links = {
      tryIt: "T",
      playground: "P",
      reference: (anchor: string) => `R#${anchor}`,
      otherLanguage: "O",
    };
    const text = hoverMarkdown({ of: "constructor", name: "momentum" }, "en", here, links);
    const [title, meaning] = text.split("\n\n");
    equal(title, "**`momentum=0.9`** — argument of `BatchNormalization` · default `0.99`");
    equal(meaning, "Each step keeps 90 %.");
    const [first, details] = text.split("\n---\n");
    for (const link of [
      "](T)",
      "](P)",
      "](R#momentum)",
      "](https://keras.io/",
      "[$(globe) 中文](O)",
    ])
      ok(first.includes(link), link);
    for (const label of ["Type", "Values", "When to change it", "Other frameworks", "History"])
      ok(details.includes(`**${label}**`), label);
  });

  it("has a place in the reference and an official page for everything", () => {
    const anchors = argumentEntries.map(anchorOf);
    equal(new Set(anchors).size, anchors.length);
    deepEqual([argumentEntries[0], { of: "call", name: "mask" } as const].map(anchorOf), [
      "axis",
      "call.mask",
    ]);
    equal(anchorOf({ of: "function", name: "axis" }), "ops.axis");
    for (const entry of entries) ok(officialPage(entry).startsWith("https://keras.io/api/"));
  });

  it("pairs its backticks and closes its code blocks", () => {
    for (const language of languages)
      for (const entry of entries) {
        const text = hoverMarkdown(entry, language);
        equal(text.split("```").length % 2, 1);
        equal(text.split("`").length % 2, 1, text);
      }
  });

  it("keeps the facts that are easily told wrong", () => {
    const en = (name: string) => hoverMarkdown(argumentEntry("constructor", name)!, "en");
    ok(/gone in Keras 3.0, back since 3.14/.test(en("renorm")));
    ok(/refused since 3.0/.test(en("axis")));
    ok(/raises an `IndexError`/.test(en("axis")));
    for (const name of ["beta_regularizer", "gamma_regularizer"])
      ok(/Since Keras 1\.1\./.test(en(name)));
    ok(/keras\.backend\.batch\\?_normalization/.test(hoverMarkdown({ of: "op" }, "en")));
    ok(en("momentum").includes("momentum · moving_mean     + (1 − momentum) · μ"));
    ok(en("momentum").includes("`momentum=0.01` there"));
    ok(en("momentum").includes("PyTorch `momentum` = 1 − this"));
    ok(en("epsilon").includes("√(σ² + epsilon)"));
    ok(en("trainable").includes("inference mode"));
    ok(hoverMarkdown({ of: "layer" }, "en").includes("not by n − 1"));
    ok(hoverMarkdown({ of: "call", name: "mask" }, "en").includes("all axes but the last"));
  });

  it("knows the names of the right kind of call only", () => {
    deepEqual(argumentEntry("constructor", "axis"), { of: "constructor", name: "axis" });
    deepEqual(argumentEntry("call", "training"), { of: "call", name: "training" });
    deepEqual(argumentEntry("function", "offset"), { of: "function", name: "offset" });
    deepEqual(argumentEntry("constructor", "fused"), { of: "removed", name: "fused" });
    equal(argumentEntry("call", "fused"), null);
    equal(argumentEntry("constructor", "training"), null);
    equal(argumentEntry("call", "axis"), null);
    equal(argumentEntry("constructor", "toString"), null);
  });

  it("takes the language from the editor's", () => {
    equal(languageOf("zh-cn"), "zh-cn");
    equal(languageOf("zh-CN"), "zh-cn");
    equal(languageOf("zh-tw"), "en");
    equal(languageOf("de"), "en");
  });

  it("escapes prose, but not code", () => {
    equal(proseMarkdown("a_b * <c> `d_e` [f]"), "a\\_b \\* \\<c\\> `d_e` \\[f\\]");
  });
});
