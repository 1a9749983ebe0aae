import { deepEqual, equal, ok } from "node:assert/strict";
import { inlayHintsIn } from "../../src/keras/inlayHints.ts";
import { signatureAt } from "../../src/keras/signatureHelp.ts";
import { SourceFile } from "../../src/python/sourceFile.ts";

/** The signature's name and the active argument, at `|`. */
function active(marked: string): string | null {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const help = signatureAt(new SourceFile(text), offset, "en");
  if (!help) return null;
  const { label, parameters } = help;
  const span = help.active === null ? null : parameters[help.active].span;
  return `${label.slice(0, label.indexOf("("))} ${span ? label.slice(span.from, span.to) : "-"}`;
}

describe("signature help", () => {
  it("follows the argument, by place and by name", () => {
    equal(active("BatchNormalization(|)"), "BatchNormalization axis=-1");
    equal(active("BatchNormalization(1, |)"), "BatchNormalization momentum=0.99");
    equal(active("BatchNormalization(1, epsilon=1|)"), "BatchNormalization epsilon=0.001");
    equal(active("BatchNormalization(name='a|')"), "BatchNormalization name=None");
    equal(active("BatchNormalization(epsilon=1e-5, |)"), "BatchNormalization -");
    equal(active("BatchNormalization(foo=|)"), "BatchNormalization -");
    equal(active("BatchNormalization()(x, |)"), "layer training=None");
    equal(active("keras.ops.batch_normalization(x, mean=|"), "batch_normalization mean");
    equal(active("BatchNormalization()|"), null);
    equal(active("f(|)"), null);
  });

  it("shows the neighbours of the argument, not all twenty", () => {
    const label = (text: string) => signatureAt(new SourceFile(text), text.length - 1, "en")!.label;
    equal(
      label("BatchNormalization()"),
      "BatchNormalization(axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, …)",
    );
    equal(
      label("BatchNormalization(renorm=True)"),
      "BatchNormalization(…, beta_constraint=None, gamma_constraint=None, renorm=False, renorm_clipping=None, renorm_momentum=0.99, …)",
    );
    ok(label("BatchNormalization(trainable=0)").endsWith("name=None, dtype=None, trainable=True)"));
    equal(label("BatchNormalization()(x)"), "layer(inputs, training=None, mask=None)");
  });

  it("explains the argument, and what is given for it", () => {
    const text = "BatchNormalization(momentum=0.9)";
    const { parameters, active: at } = signatureAt(new SourceFile(text), text.length - 1, "en")!;
    ok(/moving mean/.test(parameters[at!].markdown) && /keeps 90 %/.test(parameters[at!].markdown));
    ok(parameters.every(({ markdown }) => markdown.length > 10));
    const chinese = signatureAt(new SourceFile(text), text.length - 1, "zh-cn")!;
    ok(/每一步保留移动统计量的 90 %/.test(chinese.parameters[at!].markdown));
  });
});

/** The text with its hints in brackets. */
function hinted(text: string, language: "en" | "zh-cn" = "en"): string {
  const hints = inlayHintsIn(new SourceFile(text), { from: 0, to: text.length }, language);
  return hints
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (all, { offset, text: hint }) => `${all.slice(0, offset)}⟨${hint}⟩${all.slice(offset)}`,
      text,
    );
}

describe("inlay hints", () => {
  it("tell channels and values of calls on data of known shape", () => {
    equal(
      hinted("x = np.zeros((30, 32, 32, 64))\ny = BatchNormalization()(x)"),
      "x = np.zeros((30, 32, 32, 64))\ny = BatchNormalization()(x)⟨64 channels × 30,720 values⟩",
    );
    ok(
      hinted("x = keras.Input((32, 32, 64))\nbn = BatchNormalization()\nbn(x)").endsWith(
        "bn(x)⟨64 channels × batch · 1,024 values⟩",
      ),
    );
    ok(
      hinted("x = keras.Input((3, 32, 32))\nBatchNormalization(axis=1)(x)").endsWith(
        "⟨3 channels × batch · 1,024 values⟩",
      ),
    );
    ok(
      hinted("x = keras.Input((8,))\nBatchNormalization()(x)", "zh-cn").endsWith(
        "⟨8 个通道 × 每个样本 1 个值⟩",
      ),
    );
    ok(
      hinted("ops.batch_normalization(np.ones((4, 5)), m, v, axis=-1)").endsWith(
        "⟨5 channels × 4 values⟩",
      ),
    );
  });

  it("tell PyTorch's momentum", () => {
    equal(
      hinted("BatchNormalization(momentum=0.99, axis=1)"),
      "BatchNormalization(momentum=0.99⟨PyTorch 0.01⟩, axis=1)",
    );
    equal(hinted("BatchNormalization(1, 0.9)"), "BatchNormalization(1, 0.9⟨PyTorch 0.1⟩)");
    equal(
      hinted("m = 0.997\nBatchNormalization(momentum=m)"),
      "m = 0.997\nBatchNormalization(momentum=m⟨PyTorch 0.003⟩)",
    );
  });

  it("stay away where nothing is known, and outside of the part that is asked for", () => {
    for (const text of [
      "BatchNormalization()(x)",
      "BatchNormalization(momentum=m)",
      "BatchNormalization(momentum=1.5)",
      "x = np.zeros((30, 4))\nBatchNormalization(axis=3)(x)",
      "x = np.zeros((30, 4))\nBatchNormalization(axis=a)(x)",
      "SGD(momentum=0.9)",
    ])
      equal(hinted(text), text);
    const text = "BatchNormalization(momentum=0.9)\nBatchNormalization(momentum=0.5)";
    const second = text.lastIndexOf("Batch");
    deepEqual(
      inlayHintsIn(new SourceFile(text), { from: second, to: text.length }, "en").map(
        (hint) => hint.text,
      ),
      ["PyTorch 0.5"],
    );
  });
});
