import { equal } from "node:assert/strict";
import {
  assertFixed,
  assertNone,
  assertProblem,
  keras,
  keras2,
  keras3,
  problemsIn,
  tensorflow,
} from "./assertions.ts";

describe("unknown-argument", () => {
  const code = "unknown-argument";

  it("names what was meant", () => {
    assertFixed(code, "BatchNormalization(momentun=0.9)", "BatchNormalization(momentum=0.9)");
    assertFixed(code, "BatchNormalization(esp=1e-5)", "BatchNormalization(epsilon=1e-5)");
    assertFixed(
      code,
      "BatchNormalization(gamma_initialiser='zeros')",
      "BatchNormalization(gamma_initializer='zeros')",
    );
  });

  it("knows other frameworks' words", () => {
    assertFixed(code, "BatchNormalization(eps=1e-5)", "BatchNormalization(epsilon=1e-5)");
    assertFixed(code, "BatchNormalization(decay=0.9)", "BatchNormalization(momentum=0.9)");
  });

  it("takes out what resembles nothing, or what belongs to the call", () => {
    assertFixed(code, "BatchNormalization(num_features=64)", "BatchNormalization()");
    assertFixed(
      code,
      "BatchNormalization(\n    axis=1,\n    training=True,\n)(x)",
      "BatchNormalization(\n    axis=1,\n)(x)",
    );
    assertFixed(code, "BatchNormalization(num_features=64, axis=1)", "BatchNormalization(axis=1)");
    assertFixed(code, "BatchNormalization(axis=1, foo=64)", "BatchNormalization(axis=1)");
  });

  it("does not rename to what is given already", () => {
    const [problem] = problemsIn(
      "import keras\nb = keras.layers.BatchNormalization(momentum=0.9, momentun=0.9)\n",
    );
    equal(problem.sentence, "unknownArgument");
  });

  it("looks into partials, renamed imports and aliases", () => {
    assertProblem(
      code,
      "from functools import partial\nBN = partial(BatchNormalization, axs=3)\nBN(nme='a')",
      ["axs", "nme"],
    );
    assertProblem(code, "from keras.layers import BatchNormalization as B\nB(axs=3)", "axs");
    assertProblem(code, "N = layers.BatchNormalization\nN(axs=3)", "axs");
    assertProblem(
      code,
      "class A:\n  def f(self):\n    self.N = BatchNormalization\n    self.N(axs=3)",
      "axs",
    );
  });

  it("looks past None, which stands for a module that is not installed", () => {
    const guarded = (fallback: string) =>
      `try:\n  from keras.layers import BatchNormalization\nexcept ImportError:\n  BatchNormalization = ${fallback}\nBatchNormalization(axs=3)`;
    assertProblem(code, guarded("None"), "axs", "");
    assertNone(code, guarded("Identity"), "");
    assertNone(code, "BatchNormalization = None\nBatchNormalization(axs=3)", "");
  });

  it("leaves every argument of every Keras layer alone", () => {
    assertNone(
      code,
      "BatchNormalization(axis=1, name='a', dtype='float16', trainable=False, input_shape=(3,))",
    );
    assertNone(code, "BatchNormalization(activity_regularizer=None, input_dim=3, autocast=False)");
    assertNone(code, "BatchNormalization(**options)");
  });

  it("leaves layers that are not Keras's alone", () => {
    const theirs = [
      "class BatchNormalization(Layer):\n  pass\nBatchNormalization(foo=1)",
      "from mine import BatchNormalization\nBatchNormalization(foo=1)",
      "from .layers import BatchNormalization\nBatchNormalization(foo=1)",
      "import tensorflow as tf\ntf.layers.BatchNormalization(training=True)",
      "import tensorflow as tf\ntf.layers.batch_normalization(x, training=True) # BatchNormalization",
      "from tensorflow.keras import layers\nfrom flax import linen as nn\nnn.BatchNorm(use_running_average=True) # BatchNormalization",
      "def f(BatchNormalization):\n  return BatchNormalization(foo=1)",
      "try:\n  from keras.layers import BatchNormalization\nexcept ImportError:\n  from mine import BatchNormalization\nBatchNormalization(foo=1)",
      "from keras.layers import BatchNormalization\nif fast:\n  BatchNormalization = Fast\nBatchNormalization(foo=1)",
    ];
    for (const text of theirs) assertNone(code, text, "");
  });

  it("leaves names alone that another module's star can have brought", () => {
    for (const star of [
      "from mynet.blocks import *",
      "from . import *",
      "from bigdl.nn.layer import *",
    ])
      for (const call of [
        "BatchNormalization(gamma=g, beta=b)",
        "layers.BatchNormalization(size=8)",
      ]) {
        assertNone(code, `${star}\nbn = ${call}`, "");
        assertNone(code, `import keras\n${star}\nbn = ${call}`, "");
        equal(problemsIn(`bn = ${call}`, star).length, 0);
      }
    assertNone("tensor-as-argument", "from ops import *\nx = BatchNormalization(x)", "");
  });

  it("takes them for Keras's where no star can have brought them", () => {
    for (const star of ["from numpy import *", "from keras.layers import *", "from math import *"])
      assertProblem(code, `${star}\nbn = BatchNormalization(size=8)`, "size", "");
    assertProblem(
      code,
      "from ops import *\nbn = tf.keras.layers.BatchNormalization(size=8)",
      "size",
      "",
    );
    assertProblem(
      code,
      "from ops import *\nfrom keras.layers import BatchNormalization\nbn = BatchNormalization(size=8)",
      "size",
      "",
    );
    assertProblem(
      code,
      "from ops import *\nfrom keras.layers import *\nbn = BatchNormalization(size=8)",
      "size",
      "",
    );
  });

  it("leaves calls alone that are made for the error", () => {
    const call = "BatchNormalization(size=3)";
    assertNone(code, `self.assertRaises(TypeError, lambda: ${call})`);
    assertNone(code, `with pytest.raises(TypeError):\n  layer = ${call}`);
    assertNone(code, `try:\n  bn = ${call}\nexcept TypeError:\n  bn = BatchNormalization()`);
    assertNone(code, `try:\n  ${call}\nexcept (KeyError, ValueError) as e:\n  print(e)`);
    assertProblem(code, `try:\n  bn = ${call}\nexcept ImportError:\n  pass`, "size");
    assertProblem(code, `try:\n  bn = ${call}\n  run(bn)\nexcept ValueError:\n  pass`, "size");
    assertProblem(code, `try:\n  f()\nexcept TypeError:\n  bn = ${call}`, "size");
    assertProblem(code, `check(${call})`, "size");
  });

  it("waits for calls that are still being typed", () => {
    for (const text of [
      "BatchNormalization(momentun",
      "BatchNormalization(momentun=",
      "BatchNormalization(ax=1,\nx = 3",
    ])
      assertNone(code, text);
  });
});

describe("repeated-argument", () => {
  const code = "repeated-argument";

  it("finds what is given by place and by name", () => {
    assertFixed(code, "BatchNormalization(1, 0.9, axis=-1)", "BatchNormalization(1, 0.9)");
  });

  it("finds more arguments than there are", () => {
    const most = Array.from({ length: 17 }, () => "None").join(", ");
    assertProblem(code, `BatchNormalization(${most}, last)`, "last");
    assertNone(code, `BatchNormalization(${most})`);
  });

  it("leaves the rest alone", () => {
    assertNone(code, "BatchNormalization(1, momentum=0.9)");
    assertNone(code, "BatchNormalization(*args, axis=1)");
  });
});

describe("removed-argument", () => {
  const code = "removed-argument";

  it("names what Keras 2 had", () => {
    assertFixed(code, "BatchNormalization(axis=3, fused=True)", "BatchNormalization(axis=3)");
    assertProblem(code, "BatchNormalization(virtual_batch_size=8)", "virtual_batch_size");
    assertProblem(code, "layers.BatchNormalization(fused=True)", "fused", tensorflow);
  });

  it("renames what Keras 1 had under another name", () => {
    assertFixed(
      code,
      "BatchNormalization(gamma_init='one')",
      "BatchNormalization(gamma_initializer='one')",
    );
    assertFixed(code, "BatchNormalization(mode=2, axis=1)", "BatchNormalization(axis=1)");
  });

  it("looks at what a notebook installs", () => {
    for (const install of ["!pip install keras==2.2.4", "%tensorflow_version 1.x"])
      assertNone(code, `${install}\nBatchNormalization(fused=True)`);
    assertNone(code, "# pip install tensorflow-gpu==2.4.1\nBatchNormalization(fused=True)");
    assertProblem(code, "!pip install tensorflow==2.16.1\nBatchNormalization(fused=True)", "fused");
  });

  it("looks at what only Keras 2 has, or only runs with it", () => {
    for (const line of [
      "from keras.utils import np_utils",
      "from keras.utils.vis_utils import plot_model",
      "from keras.applications.imagenet_utils import _obtain_input_shape",
      "from keras_applications import get_submodules_from_kwargs",
      "import tensorflow_addons as tfa",
      "opt = keras.optimizers.Adam(lr=1e-4, beta_1=0.5)",
      "model.predict_generator(images)",
      "other = tf.keras.layers.experimental.SyncBatchNormalization()",
      "with tf.variable_scope('head'): pass",
    ])
      assertNone(code, `${line}\nb = BatchNormalization(fused=True)`);
    for (const line of [
      "opt = torch.optim.SGD(params, lr=0.1)",
      "opt = keras.optimizers.Adam(learning_rate=1e-4)",
      "init = RandomNormal(stddev=0.02)",
      "from keras.utils import to_categorical",
    ])
      assertProblem(code, `${line}\nb = BatchNormalization(fused=True)`, "fused");
  });

  it("takes a backend that Keras 2 had, too, for Keras 3 only without a sign of Keras 2", () => {
    const on = (backend: string, line: string) =>
      `import os\nos.environ["KERAS_BACKEND"] = "${backend}"\n${line}\nb = BatchNormalization(mode=2)`;
    assertNone(code, on("tensorflow", "model.fit(x, y, nb_epoch=3)"));
    assertNone(code, on("theano", "from keras.utils import np_utils"));
    assertProblem(code, on("jax", "model.predict_generator(images)"), "mode");
    equal(problemsIn(keras + on("tensorflow", "x = 1"))[0].severity, "error");
  });

  it("does not take what later versions of Keras 2 have for Keras 3", () => {
    const text = "@tf.keras.saving.register_keras_serializable()\ndef f(x): pass\n";
    const [problem] = problemsIn(
      `from keras.layers import *\n${text}b = BatchNormalization(fused=True)`,
    );
    equal(problem.severity, undefined);
  });

  it("is certain where the file is written for Keras 3, and silent where for Keras 2", () => {
    const [problem] = problemsIn(`${keras3}b = BatchNormalization(fused=True)`);
    equal(problem.severity, "error");
    assertNone(code, "BatchNormalization(fused=True)", keras2);
    assertNone(code, "Convolution2D(3, 3, 3, border_mode='same')\nBatchNormalization(mode=2)");
    assertNone(code, "BatchNormalization(renorm=True)");
  });
});
