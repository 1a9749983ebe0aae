import { equal, ok } from "node:assert/strict";
import { trialCode } from "../../src/keras/trial.ts";
import { layerCallsIn } from "../../src/python/calls.ts";
import { SourceFile } from "../../src/python/sourceFile.ts";

/** The cell that repeats the last such call of a text. */
function trial(text: string, focus: string | null = null): string {
  return trialCode(layerCallsIn(new SourceFile(text)).at(-1)!, focus);
}

const header = "import numpy as np\nfrom keras import layers\n\n";
const data = (size: string) =>
  `x = np.random.default_rng(0).normal(5, 2, size=${size}).astype("float32")\n`;

describe("a trial of a call", () => {
  it("makes the layer with its own arguments and calls it on data", () => {
    equal(
      trial("m = 0.9\nlayers.BatchNormalization(momentum=m, gamma_initializer='zeros')"),
      `${header}${data("(30, 32, 32, 64)")}bn = layers.BatchNormalization(momentum=0.9, gamma_initializer="zeros")\ny = bn(x, training=True)\ny`,
    );
  });

  it("takes the input's shape, or one that has the axis", () => {
    ok(trial("BatchNormalization(axis=1)").includes("size=(30, 64, 32, 32)"));
    ok(trial("BatchNormalization(axis=2)").includes("size=(8, 8, 16)"));
    ok(trial("BatchNormalization(axis=-2)").includes("size=(16, 8)"));
    ok(trial("BatchNormalization(256)").includes("size=(30, 32, 32, 64)"));
    ok(trial("BatchNormalization()(keras.Input((28, 28, 3)))").includes("size=(30, 28, 28, 3)"));
    ok(
      trial("BatchNormalization()(np.ones((64, 224, 224, 3)))").includes("size=(16, 224, 224, 3)"),
    );
  });

  it("repeats the call of a layer", () => {
    equal(
      trial("bn = BatchNormalization(epsilon=1e-5)\nbn(np.ones((8, 4)), training=False)"),
      `${header}${data("(8, 4)")}bn = layers.BatchNormalization(epsilon=1e-5)\ny = bn(x, training=False)\ny`,
    );
    ok(
      trial("bn = BatchNormalization()\nbn(x, mask=m, training=True)").endsWith(
        'mask = np.ones((30, 32, 32), dtype="bool")\nmask[:, 16:] = False\nbn = layers.BatchNormalization()\ny = bn(x, mask=mask, training=True)\ny',
      ),
    );
  });

  it("imports what the arguments need, and comments on what is unknown", () => {
    const text = trial(
      "from tensorflow.keras import regularizers as r\nBatchNormalization(axis=bn_axis, gamma_regularizer=r.l2(1e-4), **kw)",
      "gamma_regularizer",
    );
    ok(text.includes("import keras\n"));
    ok(text.includes("# axis=bn_axis\n# **kw\nbn = "));
    ok(text.includes("gamma_regularizer=keras.regularizers.l2(0.0001)"));
    ok(text.endsWith("\nbn.losses"));
    const old = "import keras\nBatchNormalization(beta_regularizer=keras.regularizers.l2(l=0.5))";
    ok(trial(old).includes("l2(l2=0.5)"));
    ok(trial("BatchNormalization(synchronized=True)").includes("import tensorflow as tf\n"));
    ok(
      trial("p = partial(BatchNormalization, axis=1, scale=False)\np(scale=True)").includes(
        "(axis=1, scale=True)",
      ),
    );
  });

  it("comments on what Keras 3 does not take, where the code may be written for Keras 2", () => {
    const old = trial("from tf_keras import layers\nlayers.BatchNormalization(fused=True, axis=1)");
    ok(old.includes("# fused=True\nbn = layers.BatchNormalization(axis=1)\n"), old);
    ok(trial("BatchNormalization(fused=True)").includes("# fused=True\nbn = "));
    ok(trial("BatchNormalization(axis=[1, 2])").includes("# axis=[1, 2]\nbn = "));
    const current = "from keras import layers, ops\n";
    ok(trial(`${current}layers.BatchNormalization(fused=True)`).includes("(fused=True)"));
    ok(trial(`${current}layers.BatchNormalization(axis=[1])`).includes("(axis=[1])"));
    ok(trial("BatchNormalization(momentun=0.9)").includes("(momentun=0.9)"));
  });

  it("repeats the function with the batch's moments", () => {
    equal(
      trial("ops.batch_normalization(np.ones((8, 4, 3)), m, v, 1, epsilon=1e-3)"),
      `import numpy as np\nfrom keras import ops\n\n${data("(8, 4, 3)")}mean, variance = ops.moments(x, axes=[0, 2])\ny = ops.batch_normalization(x, mean, variance, axis=1, epsilon=0.001)\ny`,
    );
  });
});
