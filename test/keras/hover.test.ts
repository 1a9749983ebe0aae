import { deepEqual, equal } from "node:assert/strict";
import { hoverAt } from "../../src/keras/hover.ts";
import {
  callArguments,
  constructorArguments,
  functionArguments,
} from "../../src/keras/signature.ts";
import { SourceFile } from "../../src/python/callSite.ts";

/** `|` marks the cursor; expected are the hover's first words and the text it spans. */
function assertHover(
  marked: string,
  title: string | null,
  spanned = "",
  ...earlier: string[]
): void {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const cells = earlier.map((cell) => new SourceFile(cell));
  const hover = hoverAt(new SourceFile(text), offset, "en", cells);
  equal(hover?.markdown.split("\n")[0].split(" · ")[0] ?? null, title, marked);
  if (hover) equal(text.slice(hover.span.from, hover.span.to), spanned, marked);
}

function titleOf(argument: string): string {
  return `**\`${argument}\`** — argument of \`BatchNormalization\``;
}

const callTitle = (argument: string) =>
  `**\`${argument}\`** — argument of calling a \`BatchNormalization\` layer`;
const layerTitle =
  "Shifts and scales every channel so that over the batch it has mean 0 and standard deviation 1, then applies a learned scale `gamma` and offset `beta`. It works differently in training and in inference.";

describe("hover", () => {
  it("documents every argument of the constructor, on its name and on its value", () => {
    for (const { name } of constructorArguments) {
      assertHover(`layers.BatchNormalization(|${name}=x)`, titleOf(`${name}=x`), name);
      assertHover(`layers.BatchNormalization(${name}=|x)`, titleOf(`${name}=x`), "x");
    }
    assertHover("BatchNormalization(-|1, 0.9)", titleOf("axis=-1"), "-1");
    assertHover("BatchNormalization(-1, 0|.9)", titleOf("momentum=0.9"), "0.9");
    assertHover("BatchNormalization(axis|=)", titleOf("axis"), "axis");
  });

  it("documents every argument of a call of the layer", () => {
    for (const { name } of callArguments)
      assertHover(`bn = layers.BatchNormalization()\nbn(|${name}=x)`, callTitle(`${name}=x`), name);
    assertHover("BatchNormalization()(x, Tr|ue)", callTitle("training=True"), "True");
  });

  it("documents every argument of the function", () => {
    const title = (argument: string) =>
      `**\`${argument}\`** — argument of \`keras.ops.batch_normalization\``;
    for (const { name } of functionArguments)
      assertHover(`ops.batch_normalization(|${name}=y)`, title(`${name}=y`), name);
    assertHover("keras.ops.batch_normalization(x, m, |v, 1)", title("variance=v"), "v");
    assertHover(
      "keras.ops.batch_norm|alization(x)",
      "Normalizes `x`, channel by channel, by the mean and variance you give it. The layer calls it once it has chosen its statistics; the function keeps none of its own.",
      "batch_normalization",
    );
  });

  it("documents the class on its name", () => {
    assertHover("keras.layers.Batch|Normalization()", layerTitle, "BatchNormalization");
    assertHover("from keras.layers import BatchNormalization as BN\nB|N()", layerTitle, "BN");
  });

  it("tells what became of arguments that Keras has no more", () => {
    assertHover("BatchNormalization(fu|sed=True)", "**`fused`** — removed from Keras", "fused");
    assertHover(
      "BatchNormalization(beta_|init='one')",
      "**`beta_init`** — removed from Keras",
      "beta_init",
    );
  });

  it("covers an object with the number in it", () => {
    assertHover(
      "BatchNormalization(gamma_initializer=keras.initializers.Constant(0.|5))",
      titleOf("gamma_initializer=keras.initializers.Constant(0.5)"),
      "keras.initializers.Constant(0.5)",
    );
  });

  it("uses the cells before", () => {
    const imported = "from keras.layers import BatchNormalization as BN";
    assertHover("x = BN(a|xis=1)", titleOf("axis=1"), "axis", imported);
    assertHover("x = BN(a|xis=1)", null);
  });

  it("says nothing about unknown names, other calls, and inputs of unknown shape", () => {
    assertHover("BatchNormalization(fuss|ed=1)", null);
    assertHover("bn = BatchNormalization()\nbn(|x)", null);
    assertHover("x = np.ones((8, 4))\nBatchNormalization()(|x)", callTitle("inputs=x"), "x");
    assertHover("BatchNormalization(tr|aining=1)", null);
    assertHover("BatchNormalization()(x, a|xis=1)", null);
    assertHover("LayerNormalization(a|xis=1)", null);
  });

  it("names PyTorch's momentum where one does the same, and once", () => {
    const said = (value: string) =>
      hoverAt(new SourceFile(`BatchNormalization(momentum=${value})`), 20, "en")!
        .markdown.split("\n\n---")[0]
        .match(/PyTorch/g)?.length ?? 0;
    deepEqual(["0.9", "1", "0", "0.1", "1.5", "-0.1"].map(said), [1, 1, 1, 1, 0, 0]);
  });

  it("speaks the language asked for", () => {
    const hover = hoverAt(new SourceFile("BatchNormalization(axis=1)"), 20, "zh-cn");
    equal(
      hover?.markdown.split("\n")[0],
      "**`axis=1`** — `BatchNormalization` 的参数 · 默认值 `-1`",
    );
  });

  it("does not parse files without the layer", () => {
    const file = new SourceFile("f(axis=1)");
    Object.defineProperty(file, "tree", { get: () => equal(true, false) });
    equal(hoverAt(file, 3, "en"), null);
  });
});
