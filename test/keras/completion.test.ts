import { deepEqual, equal, ok } from "node:assert/strict";
import { type CompletionItem, completionsAt } from "../../src/keras/completion.ts";
import { callArguments, constructorArguments } from "../../src/keras/signature.ts";
import { snippetsIn, startsSnippet } from "../../src/keras/snippets.ts";
import { families } from "../../src/keras/values.ts";
import { SourceFile } from "../../src/python/sourceFile.ts";

interface Found {
  readonly items: readonly CompletionItem[];
  readonly labels: readonly string[];
  readonly replaced: string;
}

/** `|` marks the cursor. */
function complete(marked: string, ...earlier: string[]): Found | null {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const cells = earlier.map((cell) => new SourceFile(cell));
  const found = completionsAt(new SourceFile(text), offset, "en", cells);
  if (!found) return null;
  const { from, to } = found.span;
  ok(from <= offset && offset <= to && !text.slice(from, to).includes("\n"), marked);
  return {
    items: found.items,
    labels: found.items.map(({ label }) => label),
    replaced: text.slice(from, to),
  };
}

const itemOf = (marked: string, label: string) =>
  complete(marked)!.items.find((item) => item.label === label)!;

describe("completion of arguments", () => {
  it("offers all of them, in the signature's order, with their defaults", () => {
    const { items, labels } = complete("BatchNormalization(|)")!;
    deepEqual(
      labels,
      constructorArguments.map(({ name }) => `${name}=`),
    );
    equal(items[1].detail, "0.99");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's placeholder
    equal(items[1].insert, "momentum=${1:0.99}");
    ok(items[1].markdown.includes("moving\\_mean") || items[1].markdown.includes("moving mean"));
  });

  it("leaves out those that are given, by name or by place", () => {
    const { labels } = complete("BatchNormalization(1, epsilon=1e-5, |)")!;
    ok(!labels.includes("axis=") && !labels.includes("epsilon=") && labels.includes("momentum="));
    ok(!complete("BatchNormalization(|, scale=False)")!.labels.includes("scale="));
    ok(!complete("p = partial(BatchNormalization, 1, |)")!.labels.includes("axis="));
  });

  it("replaces the word at the cursor, and keeps an `=` that is there", () => {
    equal(complete("BatchNormalization(mom|)")!.replaced, "mom");
    equal(complete("BatchNormalization(\n    axis=1,\n    ep|\n)")!.replaced, "ep");
    deepEqual(itemOf("BatchNormalization(mom|=0.9)", "momentum"), {
      ...itemOf("BatchNormalization(mom|=0.9)", "momentum"),
      insert: "momentum",
      isSnippet: false,
    });
  });

  it("sets a switch to what is not its default", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's placeholder
    equal(itemOf("BatchNormalization(|)", "center=").insert, "center=${1:False}");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's placeholder
    equal(itemOf("BatchNormalization()(x, |)", "training=").insert, "training=${1:True}");
    equal(itemOf("BatchNormalization(|)", "gamma_regularizer=").insert, "gamma_regularizer=");
  });

  it("knows calls of layers and of the function, in files and in cells", () => {
    deepEqual(complete("bn = BatchNormalization()\nbn(x, |)")!.labels, ["training=", "mask="]);
    deepEqual(
      complete("bn(|)", "bn = BatchNormalization()")!.labels,
      callArguments.map(({ name }) => `${name}=`),
    );
    ok(complete("keras.ops.batch_normalization(x, m, |)")!.labels.includes("variance="));
  });

  it("says nothing elsewhere", () => {
    equal(complete("BatchNormalization()|"), null);
    equal(complete("LayerNormalization(|)  # BatchNormalization"), null);
    equal(complete("BatchNormalization(axis=1  # |\n)"), null);
    equal(complete("BatchNormalization(**kw|)"), null);
    equal(complete("BatchNormalization(x.|)"), null);
  });
});

describe("completion of values", () => {
  it("of switches and numbers, with what they mean in the call", () => {
    deepEqual(complete("BatchNormalization(center=|)")!.labels, ["True", "False"]);
    deepEqual(complete("bn = BatchNormalization()\nbn(x, training=|)")!.labels, [
      "True",
      "False",
      "None",
    ]);
    const item = itemOf("BatchNormalization(momentum=|)", "0.9");
    ok(item.detail.startsWith("Each step keeps 90 %"));
    deepEqual(complete("BatchNormalization(epsilon=|)")!.labels, [
      "1e-3",
      "1e-5",
      "1.001e-5",
      "1e-6",
    ]);
    equal(complete("BatchNormalization(momentum=0.9|)")!.replaced, "0.9");
    equal(complete("BatchNormalization(axis=-|)")!.replaced, "-");
    equal(complete("BatchNormalization(momentum=0.|, axis=1)")!.replaced, "0.");
  });

  it("of initializers, regularizers and constraints, by name and as objects", () => {
    const { labels } = complete("BatchNormalization(gamma_initializer=|)")!;
    ok(labels.includes('"zeros"') && labels.includes("keras.initializers.Constant(0.5)"));
    ok(!labels.includes('"orthogonal"'));
    for (const [kind, { classes }] of Object.entries(families))
      for (const { names, vector } of classes)
        if (vector && names.length > 0 && names[0] !== "l1l2")
          ok(
            complete(`BatchNormalization(gamma_${kind}=|)`)!.labels.includes(`"${names[0]}"`),
            names[0],
          );
    ok(complete("BatchNormalization(gamma_regularizer=|)")!.labels.includes("None"));
    ok(/starts at 0/.test(itemOf("BatchNormalization(gamma_initializer=|)", '"zeros"').detail));
  });

  it("within quotes, with the quotes that are there", () => {
    const single = complete("BatchNormalization(gamma_initializer='ze|')")!;
    equal(single.replaced, "'ze'");
    ok(single.labels.includes("'zeros'") && !single.labels.some((label) => label.includes("(")));
    equal(complete('BatchNormalization(gamma_initializer="ze|, axis=1)')!.replaced, '"ze');
    ok(complete("BatchNormalization(dtype='|')")!.labels.includes("'mixed_float16'"));
  });

  it("names modules as the file does", () => {
    const objects = (before: string) =>
      complete(`${before}BatchNormalization(gamma_regularizer=|)`)!.labels.find((label) =>
        label.includes(".L2("),
      );
    equal(objects(""), "keras.regularizers.L2(1e-4)");
    equal(objects("import tensorflow as tf\n"), "tf.keras.regularizers.L2(1e-4)");
    equal(objects("from keras import regularizers\n"), "regularizers.L2(1e-4)");
  });

  it("of a place, once a value is being typed there", () => {
    deepEqual(complete("BatchNormalization(-1, 0.|)")!.labels, ["0.99", "0.9", "0.999", "0.95"]);
    ok(complete("BatchNormalization(renorm_clipping={|)")!.labels[0].startsWith('{"rmin"'));
    equal(complete("BatchNormalization(momentum=1 - |)"), null);
    equal(complete("BatchNormalization(foo=|)"), null);
  });
});

describe("snippets", () => {
  it("are there in both languages, with the same code", () => {
    const code = (language: "en" | "zh-cn") =>
      snippetsIn(language).map(({ prefix, body }) => [prefix, body.replace(/# .*/g, "#")]);
    deepEqual(code("zh-cn"), code("en"));
    deepEqual(
      code("en").map(([prefix]) => prefix),
      ["bn-layer", "bn-conv-relu", "bn-train-step", "bn-freeze"],
    );
  });

  it("come up for the first letters of their name or of the layer's", () => {
    for (const word of ["bn", "bn-", "bn-conv", "ba", "batch", "BatchNorm"])
      ok(startsSnippet(word), word);
    for (const word of ["b", "bna", "base", "n", "x", ""]) ok(!startsSnippet(word), word);
  });
});
