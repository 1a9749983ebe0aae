import { deepEqual, equal } from "node:assert/strict";
import { callPage } from "../../src/keras/callPage.ts";
import { type Rewrite, rewritesAt } from "../../src/keras/rewrites.ts";
import { SourceFile } from "../../src/python/sourceFile.ts";

/** `|` marks the cursor. */
function rewrites(marked: string): { readonly text: string; readonly found: Rewrite[] } {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text, found: rewritesAt(new SourceFile(text), offset) };
}

/** The rewrite makes this of the text; null: it is not offered. */
function assertRewritten(kind: Rewrite["kind"], marked: string, expected: string | null): void {
  const { text, found } = rewrites(marked);
  const rewrite = found.find((each) => each.kind === kind);
  const rewritten =
    rewrite &&
    [...rewrite.edits]
      .sort((a, b) => b.from - a.from)
      .reduce((all, { from, to, text: put }) => all.slice(0, from) + put + all.slice(to), text);
  equal(rewritten ?? null, expected, marked);
}

const head = "from keras import layers\n";

describe("spelling out defaults", () => {
  it("gives every argument, in the signature's order, with what was given", () => {
    assertRewritten(
      "spellOut",
      `${head}def f():\n    return layers.Batch|Normalization(momentum=m, name="bn")`,
      `${head}def f():
    return layers.BatchNormalization(
        axis=-1,
        momentum=m,
        epsilon=0.001,
        center=True,
        scale=True,
        beta_initializer="zeros",
        gamma_initializer="ones",
        moving_mean_initializer="zeros",
        moving_variance_initializer="ones",
        beta_regularizer=None,
        gamma_regularizer=None,
        beta_constraint=None,
        gamma_constraint=None,
        renorm=False,
        renorm_clipping=None,
        renorm_momentum=0.99,
        synchronized=False,
        name="bn",
    )`,
    );
  });

  it("leaves out what Keras 2 does not take, in code that is written for it", () => {
    const { found } = rewrites(
      "from keras.layers.normalization import BatchNormalization\nBatch|Normalization()",
    );
    const [{ text }] = found.find(({ kind }) => kind === "spellOut")!.edits;
    equal(/gamma_constraint=None,\n\)$/.test(text), true, text);
  });

  it("is not offered, nor is any other, in code for Keras 1, where places and names differ", () => {
    const first = `${head}m.add(layers.Batch|Normalization(3, momentum=0.99))\nm.fit(x, y, nb_epoch=3)`;
    equal(rewrites(first).found.length, 0);
    equal(rewrites(first.replace("nb_epoch", "epochs")).found.length, 3);
  });

  it("is not offered where arguments come from elsewhere, or a comment would be lost", () => {
    assertRewritten("spellOut", `${head}layers.BatchNormalization(|**options)`, null);
    assertRewritten("spellOut", `${head}layers.BatchNormalization(|axis=1 # why\n)`, null);
  });
});

describe("removing defaults", () => {
  it("leaves what differs", () => {
    assertRewritten(
      "removeDefaults",
      `${head}layers.BatchNormalization(axis=|-1, momentum=0.9, epsilon=1e-3, center=True)`,
      `${head}layers.BatchNormalization(momentum=0.9)`,
    );
    assertRewritten(
      "removeDefaults",
      `${head}layers.BatchNormalization(|beta_initializer="zeros", scale=True)`,
      `${head}layers.BatchNormalization()`,
    );
    assertRewritten(
      "removeDefaults",
      `${head}layers.BatchNormalization(\n    axis=1,\n    |scale=True,\n    **options,\n)`,
      `${head}layers.BatchNormalization(\n    axis=1,\n    **options,\n)`,
    );
    assertRewritten(
      "removeDefaults",
      `${head}from functools import partial\nBN = partial(layers.BatchNormalization, axis=|-1, epsilon=1e-5)`,
      `${head}from functools import partial\nBN = partial(layers.BatchNormalization, epsilon=1e-5)`,
    );
  });

  it("is not offered where nothing is given needlessly", () => {
    assertRewritten("removeDefaults", `${head}layers.BatchNormalization(|-1, axis2=1)`, null);
    assertRewritten("removeDefaults", `${head}layers.BatchNormalization(|momentum=m)`, null);
  });
});

describe("converting to PyTorch", () => {
  it("turns momentum around, names the channels and the dimensions, and imports", () => {
    assertRewritten(
      "toTorch",
      `${head}\nx = layers.Conv2D(64, 3)(x)\nx = layers.|BatchNormalization(momentum=0.9, epsilon=1e-5)(x)`,
      `${head}from torch import nn\n\nx = layers.Conv2D(64, 3)(x)\nx = nn.BatchNorm2d(64)(x)`,
    );
    assertRewritten(
      "toTorch",
      `${head}from torch import nn\nm = layers.Dense(units)(x)\nm = layers.|BatchNormalization()(m)`,
      `${head}from torch import nn\nm = layers.Dense(units)(x)\nm = nn.BatchNorm1d(units, eps=0.001, momentum=0.01)(m)`,
    );
    assertRewritten(
      "toTorch",
      `${head}import torch\nnn = 3\nb = layers.|BatchNormalization(momentum=m, center=False, scale=False)`,
      `${head}import torch\nnn = 3\nb = torch.nn.BatchNorm2d(num_features, eps=0.001, momentum=1 - m, affine=False)`,
    );
  });

  it("takes the channels only from layers that tell, and the axes from what lies between", () => {
    const torch = (before: string) => {
      const { found } = rewrites(`${head}${before}x = layers.Batch|Normalization()(x)`);
      return found.find(({ kind }) => kind === "toTorch")!.edits.at(-1)!.text;
    };
    const rest = ", eps=0.001, momentum=0.01)";
    const convolution = "x = layers.Conv2D(64, 3)(x)\n";
    equal(torch("x = layers.DepthwiseConv2D(3)(x)\n"), `nn.BatchNorm2d(num_features${rest}`);
    equal(torch("x = layers.Conv3D(filters=f, kernel_size=3)(x)\n"), `nn.BatchNorm3d(f${rest}`);
    equal(torch(`${convolution}x = layers.MaxPooling2D()(x)\n`), `nn.BatchNorm2d(64${rest}`);
    equal(torch("x = layers.LSTM(9, return_sequences=True)(x)\n"), `nn.BatchNorm1d(9${rest}`);
    equal(
      torch(`${convolution}x = layers.GlobalAveragePooling2D()(x)\n`),
      `nn.BatchNorm1d(64${rest}`,
    );
    equal(torch(`${convolution}x = layers.Flatten()(x)\n`), `nn.BatchNorm1d(num_features${rest}`);
    equal(
      torch(`${convolution}x = layers.Reshape((4, -1))(x)\n`),
      `nn.BatchNorm2d(num_features${rest}`,
    );
    const sized = "x = layers.Conv2D(filters=width * 2, kernel_size=3)(x)\n";
    equal(torch(`width = 8\n${sized}`), `nn.BatchNorm2d(width * 2${rest}`);
    equal(torch(`${sized}width *= 2\n`), `nn.BatchNorm2d(num_features${rest}`);
    equal(
      torch("x = layers.Conv2D(int(x.shape[-1]) * 4, 1)(x)\n"),
      `nn.BatchNorm2d(num_features${rest}`,
    );
  });

  it("takes the channels and axes from the input's shape where no layer tells", () => {
    const torch = (shape: string) => {
      const input = `x = keras.Input(${shape})\n`;
      const { found } = rewrites(
        `import keras\n${head}${input}y = layers.Batch|Normalization()(x)`,
      );
      return found.find(({ kind }) => kind === "toTorch")!.edits.at(-1)!.text;
    };
    const rest = ", eps=0.001, momentum=0.01)";
    equal(torch("(20,)"), `nn.BatchNorm1d(20${rest}`);
    equal(torch("(10, 3)"), `nn.BatchNorm1d(3${rest}`);
    equal(torch("(None, None, 3)"), `nn.BatchNorm2d(3${rest}`);
    equal(torch("(8, 8, 8, None)"), `nn.BatchNorm3d(num_features${rest}`);
  });

  it("takes the axes of a file's convolutions where they all have as many", () => {
    const torchClass = (layers: string) =>
      rewrites(`${head}${layers}\ny = layers.|BatchNormalization()(unknown)`).found.at(-1)!
        .torchClass;
    equal(torchClass("x = layers.Conv1D(8, 3)(layers.SeparableConv1D(4, 3)(x))"), "nn.BatchNorm1d");
    equal(torchClass("x = layers.Conv3DTranspose(8, 3)(x)"), "nn.BatchNorm3d");
    equal(torchClass("x = layers.Conv1D(8, 3)(layers.Conv2D(4, 3)(x))"), "nn.BatchNorm2d");
    equal(torchClass("from keras.layers import Conv1D"), "nn.BatchNorm2d");
  });

  it("takes the axes from the axis that is normalized, and from the layer's own shape", () => {
    const torch = (given: string, before = "") =>
      rewrites(`${head}${before}x = layers.Batch|Normalization(${given})(x)`).found.find(
        ({ kind }) => kind === "toTorch",
      )?.torchClass;
    equal(torch("axis=2"), "nn.BatchNorm1d");
    equal(torch("axis=3"), "nn.BatchNorm2d");
    equal(torch("axis=-4"), "nn.BatchNorm3d");
    equal(torch("axis=5"), undefined);
    equal(torch("input_shape=(8, 4)"), "nn.BatchNorm1d");
    equal(torch("axis=1, input_shape=(8, 9, 4)"), "nn.BatchNorm2d");
    const convolution = "x = layers.Conv2D(64, 3)(x)\n";
    equal(torch("axis=3", convolution), "nn.BatchNorm2d");
    equal(torch("axis=-3", convolution), "nn.BatchNorm2d");
    // The rows or the columns.
    equal(torch("axis=2", convolution), undefined);
    equal(torch("axis=-2", convolution), undefined);
    equal(torch("axis=2", "x = layers.ZeroPadding2D()(x)\n"), undefined);
    equal(torch("", "x = layers.UpSampling3D()(x)\n"), "nn.BatchNorm3d");
  });

  it("takes a name for the channels' axis where it sounds like one", () => {
    for (const given of ["axis=bn_axis", "axis=self.channels", "1 if first else -1", "name=n"])
      equal(
        rewrites(`${head}layers.|BatchNormalization(${given})`).found.at(-1)!.torchClass,
        "nn.BatchNorm2d",
      );
  });

  it("is not offered for what PyTorch's layer cannot do", () => {
    for (const given of [
      "x",
      "axis=0",
      "inputs=x",
      "training=True",
      "decay=0.9",
      "scale=False",
      "renorm=True",
      "gamma_initializer='zeros'",
      "center=c",
      "trainable=False",
      "axis=[1, 2]",
      "virtual_batch_size=8",
    ])
      assertRewritten("toTorch", `${head}layers.|BatchNormalization(${given})`, null);
  });
});

describe("converting to Keras", () => {
  const torch = "from torch import nn\n";

  it("turns momentum around and keeps PyTorch's defaults", () => {
    assertRewritten(
      "fromTorch",
      `${torch}b = nn.Batch|Norm2d(64)`,
      `${torch}from keras import layers\nb = layers.BatchNormalization(axis=1, momentum=0.9, epsilon=1e-5)`,
    );
    assertRewritten(
      "fromTorch",
      `${torch}${head}b = nn.BatchNorm1d(8, 1e-3, |momentum=0.01, affine=False)`,
      `${torch}${head}b = layers.BatchNormalization(axis=1, epsilon=1e-3, center=False, scale=False)`,
    );
  });

  it("is not offered for what Keras's layer cannot do, or for other classes", () => {
    assertRewritten("fromTorch", `${torch}nn.Batch|Norm2d(8, track_running_stats=False)`, null);
    assertRewritten("fromTorch", `${torch}nn.Batch|Norm2d(8, momentum=None)`, null);
    assertRewritten("fromTorch", "from mine import nn\nnn.Batch|Norm2d(8)", null);
  });

  it("is undone by converting back", () => {
    const { text, found } = rewrites(`${torch}${head}b = nn.Batch|Norm2d(64, momentum=0.03)`);
    const [{ edits }] = found;
    const there = text.slice(0, edits[0].from) + edits[0].text + text.slice(edits[0].to);
    assertRewritten(
      "toTorch",
      there.replace("BatchNorm", "|BatchNorm"),
      text.replace("64", "num_features"),
    );
  });
});

describe("the page about a call", () => {
  it("explains each argument that is given, then the layer", () => {
    const text = `${head}bn = layers.BatchNormalization(momentum=0.9, epsilon=1e-5)`;
    const page = callPage(new SourceFile(text), text.indexOf("Batch"), "en")!;
    const titles = [...page.matchAll(/^\*\*`(\w+)/gm)].map(([, name]) => name);
    deepEqual(titles, ["momentum", "epsilon"]);
    equal(
      page.startsWith("```python\nlayers.BatchNormalization(momentum=0.9, epsilon=1e-5)\n"),
      true,
    );
    equal(callPage(new SourceFile(text), 3, "en"), null);
  });

  it("explains what there is of a call that is still being typed", () => {
    const text = `${head}bn = layers.BatchNormalization(momentum=0.9, epsilon=)`;
    const page = callPage(new SourceFile(text), text.indexOf("Batch"), "en")!;
    deepEqual(
      [...page.matchAll(/^\*\*`(\w+)/gm)].map(([, name]) => name),
      ["momentum", "epsilon"],
    );
  });
});
