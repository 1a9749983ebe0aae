import { deepEqual, equal } from "node:assert/strict";
import { assertFixed, assertNone, assertProblem, problemsIn, tensorflow } from "./assertions.ts";

describe("axis-data-format", () => {
  const code = "axis-data-format";

  it("finds the last axis after a channels-first convolution", () => {
    assertFixed(
      code,
      "x = Conv2D(8, 3, data_format='channels_first')(x)\nx = BatchNormalization()(x)",
      "x = Conv2D(8, 3, data_format='channels_first')(x)\nx = BatchNormalization(axis=1)(x)",
    );
    assertFixed(
      code,
      "y = BatchNormalization(axis=-1)(Conv2D(8, 3, data_format='channels_first')(x))",
      "y = BatchNormalization(axis=1)(Conv2D(8, 3, data_format='channels_first')(x))",
    );
    assertProblem(
      code,
      "m = keras.Sequential([Conv1D(8, 3, data_format='channels_first'), ReLU(), BatchNormalization(axis=2)])",
      "axis=2",
    );
  });

  it("sees through parentheses around layers", () => {
    assertFixed(
      code,
      "o = (Conv2D(8, 3, data_format='channels_first'))(o)\no = ( BatchNormalization())(o)",
      "o = (Conv2D(8, 3, data_format='channels_first'))(o)\no = ( BatchNormalization(axis=1))(o)",
    );
    assertProblem(
      "bias-before-batch-norm",
      "o = (Conv2D(8, 3))(o)\no = (BatchNormalization())(o)",
      "Conv2D",
    );
  });

  it("finds axis 1 after a channels-last one", () => {
    assertFixed(
      code,
      "m = keras.Sequential()\nm.add(Conv2D(8, 3, data_format='channels_last'))\nm.add(BatchNormalization(axis=1))",
      "m = keras.Sequential()\nm.add(Conv2D(8, 3, data_format='channels_last'))\nm.add(BatchNormalization(axis=-1))",
    );
    assertProblem(
      code,
      "x = Conv2D(8, 3)(x)\nx = BatchNormalization(axis=1)(x)",
      "axis=1",
      tensorflow,
    );
  });

  it("is less certain where the format is Keras's default, which can be set elsewhere", () => {
    const severityOf = (convolution: string) =>
      problemsIn(`${tensorflow}x = ${convolution}(x)\nx = BatchNormalization(axis=1)(x)`).find(
        (problem) => problem.code === code,
      )!.severity;
    equal(severityOf("Conv2D(8, 3, data_format='channels_last')"), undefined);
    equal(severityOf("Conv2D(8, 3)"), "information");
  });

  it("knows what the cells before set", () => {
    const cell = "x = Conv2D(8, 3)(x)\nx = BatchNormalization(axis=1)(x)";
    const found = (...before: string[]) =>
      problemsIn(cell, tensorflow, ...before).filter((problem) => problem.code === code).length;
    equal(found(), 1);
    equal(found("tf.keras.backend.set_image_data_format('channels_first')"), 0);
    equal(found("image = Input(shape=(3, 224, 224))"), 0);
  });

  it("follows layers kept as attributes", () => {
    assertProblem(
      code,
      `class M(keras.Model):
  def __init__(self):
    self.conv = Conv2D(8, 3, data_format="channels_first")
    self.bn = BatchNormalization(axis=3)
  def call(self, x):
    x = self.conv(x)
    return self.bn(x)`,
      "axis=3",
    );
  });

  it("leaves what fits, and what is not known, alone", () => {
    const first = "x = Conv2D(8, 3, data_format='channels_first')(x)\n";
    assertNone(code, `${first}x = BatchNormalization(axis=1)(x)`);
    assertNone(code, `${first}x = BatchNormalization(axis=-3)(x)`);
    assertNone(code, `${first}x = Permute((2, 3, 1))(x)\nx = BatchNormalization()(x)`);
    assertNone(code, `${first}x = GlobalAveragePooling2D()(x)\nx = BatchNormalization()(x)`);
    assertNone(code, `${first}if a:\n  x = f(x)\nx = BatchNormalization()(x)`);
    assertNone(code, `${first}x = BatchNormalization(**options)(x)`);
    assertNone(code, "x = Conv2D(8, 3, data_format=f)(x)\nx = BatchNormalization(axis=1)(x)");
    assertNone(code, "x = Conv2D(8, 3)(x)\nx = BatchNormalization(axis=3)(x)", tensorflow);
    assertNone(code, "x = Dense(8)(x)\nx = BatchNormalization(axis=1)(x)", tensorflow);
    assertNone(code, "x = Conv2D(8, 3)(x)\nx = BatchNormalization(axis=1)(x)");
    const theano = "K.set_image_dim_ordering('th')\n";
    assertNone(code, `${theano}x = Conv2D(8, 3)(x)\nx = BatchNormalization(axis=1)(x)`, tensorflow);
    const shaped = (shape: string) =>
      `i = Input(shape=${shape})\nx = Conv2D(8, 3)(i)\nx = BatchNormalization(axis=1)(x)`;
    for (const shape of [
      "(1, Chans, Samples)",
      "(3, 224, 224)",
      "(chans, h, w)",
      "[1, a.h, a['w']]",
    ])
      assertNone(code, shaped(shape), tensorflow);
    for (const shape of ["(Chans, Samples, 1)", "(224, 224, 3)", "(None, None, 3)"])
      assertProblem(code, shaped(shape), "axis=1", tensorflow);
    const placed = (format: string) => `x = Conv2D(8, 3, 1, "same", ${format})(x)\n`;
    assertNone(code, `${placed("'channels_first'")}x = BatchNormalization(axis=1)(x)`, tensorflow);
    assertNone(code, `${placed("chosen")}x = BatchNormalization(axis=1)(x)`, tensorflow);
    assertProblem(code, `${placed("'channels_first'")}x = BatchNormalization(axis=3)(x)`, "axis=3");
    const computed = "axis = 1 if K.image_data_format() == 'channels_first' else -1\n";
    assertNone(code, `${computed}${first}x = BatchNormalization(axis=axis)(x)`);
  });
});

describe("bias-before-batch-norm", () => {
  const code = "bias-before-batch-norm";

  it("finds biases that the mean takes away", () => {
    assertFixed(
      code,
      "x = Conv2D(8, 3)(x)\nx = BatchNormalization()(x)",
      "x = Conv2D(8, 3, use_bias=False)(x)\nx = BatchNormalization()(x)",
    );
    assertFixed(
      code,
      "m = keras.Sequential([Dense(8, use_bias=True), BatchNormalization()])",
      "m = keras.Sequential([Dense(8, use_bias=False), BatchNormalization()])",
    );
    assertFixed(
      code,
      "m.add(\n  Dense(\n    8,\n    name='a',\n  )\n)\nm.add(BatchNormalization())",
      "m.add(\n  Dense(\n    8,\n    name='a',\n    use_bias=False,\n  )\n)\nm.add(BatchNormalization())",
    );
  });

  it("follows layers kept as attributes, used once", () => {
    const model = (use: string) => `class M(keras.Model):
  def __init__(self):
    self.conv = Conv2D(8, 3)
    self.bn = BatchNormalization()
  def call(self, x):
    ${use}
    return x`;
    assertProblem(code, model("x = self.conv(x)\n    x = self.bn(x)"), "Conv2D");
    assertProblem(code, model("x = self.bn(self.conv(x))"), "Conv2D");
    assertNone(code, model("x = self.bn(self.conv(self.conv(x)))"));
    assertNone(code, model("y = self.conv(x)\n    x = self.bn(y) + y"));
    assertNone(code, model("x = self.conv(x)\n    if self.norm:\n      x = self.bn(x)"));
  });

  it("leaves biases alone that do something", () => {
    assertNone(code, "x = Conv2D(8, 3, use_bias=False)(x)\nx = BatchNormalization()(x)");
    assertNone(code, "x = Conv2D(8, 3, use_bias=bias)(x)\nx = BatchNormalization()(x)");
    assertNone(code, "x = Conv2D(8, 3, activation='relu')(x)\nx = BatchNormalization()(x)");
    assertNone(code, "x = Dense(8, 'relu')(x)\nx = BatchNormalization()(x)");
    assertNone(code, "x = Conv2D(8, 3, **options)(x)\nx = BatchNormalization()(x)");
    assertNone(code, "x = Conv2D(8, 3)(x)\nx = ReLU()(x)\nx = BatchNormalization()(x)");
    assertNone(code, "y = Conv2D(8, 3)(x)\nz = BatchNormalization()(y)\nw = Add()([y, z])");
    assertNone(code, "x = Conv2D(8, 3)(x)\nif bn:\n  x = BatchNormalization()(x)");
    assertNone(code, "x = Conv2D(8, 3, bias_initializer='ones')(x)\nx = BatchNormalization()(x)");
    assertNone(code, "x = Dense(8, weights=[kernel, bias])(x)\nx = BatchNormalization()(x)");
    assertNone(
      code,
      "m.add(Dense(8, W_regularizer=l2(1e-4), init='uniform'))\nm.add(BatchNormalization())",
    );
  });

  it("leaves biases alone whose channels are not those that are normalized", () => {
    const normalizedBy = (axis: string, format = "") =>
      `x = Conv2D(8, 3${format})(x)\nx = BatchNormalization(${axis})(x)`;
    assertProblem(code, normalizedBy("axis=3"), "Conv2D");
    assertProblem(code, normalizedBy("axis=1", ", data_format='channels_first'"), "Conv2D");
    assertNone(code, normalizedBy("axis=1"));
    assertNone(code, normalizedBy("axis=2"));
    assertNone(code, normalizedBy("", ", data_format='channels_first'"));
    assertNone(code, normalizedBy("", ", data_format=f"));
    for (const format of ["'channels_first'", "data_format"])
      assertNone(code, `K.set_image_data_format(${format})\n${normalizedBy("")}`);
    assertNone(code, `set_format = K.set_image_data_format\n${normalizedBy("")}`);
    assertProblem(code, `K.set_image_data_format("channels_last")\n${normalizedBy("")}`, "Conv2D");
    assertProblem(code, "x = Dense(8)(x)\nx = BatchNormalization(axis=1)(x)", "Dense");
  });

  it("takes an axis that follows the format for the channels'", () => {
    const asked = "K.image_data_format() == 'channels_first'";
    const behind = (axis: string, format = "") =>
      `${axis}\nx = Conv2D(8, 3${format})(x)\nx = BatchNormalization(axis=ax)(x)`;
    for (const axis of [
      `ax = 1 if ${asked} else -1`,
      `ax = (1 if ${asked} else 3)`,
      "ax = -1 if backend.image_data_format() == 'channels_last' else 1",
      `if ${asked}:\n  ax = 1\nelse:\n  ax = 3`,
      "if K.image_dim_ordering() == 'tf':\n  ax = 3\nelse:\n  ax = 1",
    ])
      assertProblem(code, behind(axis), "Conv2D");
    assertProblem(
      code,
      `x = Conv2D(8, 3, data_format=f)(x)\nx = BatchNormalization(axis=1 if f == 'channels_first' else -1)(x)`,
      "Conv2D",
    );
    for (const axis of [
      `ax = 2 if ${asked} else -1`,
      `ax = -1 if ${asked} else 1`,
      `ax = 1 if ${asked} else 2`,
      "ax = 1 if first else -1",
      "ax = 1 if f == 'channels_first' else -1",
      "ax = 1 if K.image_data_format() != 'channels_first' else -1",
      `ax = 3\nif ${asked}:\n  ax = 1`,
      `if ${asked}:\n  ax = 1\nelif flat:\n  ax = 2\nelse:\n  ax = 3`,
      `if ${asked}:\n  ax = 1\nelse:\n  ax = 3\nax = 2`,
    ])
      assertNone(code, behind(axis));
    assertNone(code, behind(`ax = 1 if ${asked} else -1`, ", data_format='channels_last'"));
    assertNone(code, behind(`ax = 1 if ${asked} else -1`, ", data_format=f"));
  });

  it("leaves biases alone in front of a layer that keeps its statistics", () => {
    const call = (made: string, given: string) =>
      `x = Conv2D(8, 3)(x)\nx = BatchNormalization(${made})(${given})`;
    assertNone(code, call("trainable=False", "x"));
    assertNone(code, call("trainable=train", "x"));
    assertNone(code, call("", "x, training=False"));
    assertNone(code, call("renorm=True", "x"));
    assertProblem(code, call("renorm=False", "x"), "Conv2D");
    assertProblem(code, call("trainable=True", "x, training=train"), "Conv2D");
    const named = (set: string) => `class Net(keras.Model):
  def __init__(self):
    self.conv = Conv2D(8, 3, use_bias=True)
    self.bn = BatchNormalization()
    ${set}
  def call(self, x):
    return self.bn(self.conv(x))`;
    for (const set of ["self.bn.trainable = False", "self.bn.trainable = tune"])
      assertNone(code, named(set));
    for (const set of ["self.bn.trainable = True", "self.bn2.trainable = False"])
      assertProblem(code, named(set), "use_bias=True");
  });

  it("leaves biases alone that saved weights may have, unless they are asked for", () => {
    const load = "\nm = keras.Model(i, x)\nm.load_weights('resnet.h5')";
    assertNone(code, `x = Conv2D(8, 3)(x)\nx = BatchNormalization()(x)${load}`);
    assertProblem(
      code,
      `x = Conv2D(8, 3, use_bias=True)(x)\nx = BatchNormalization()(x)${load}`,
      "use_bias=True",
    );
  });
});

describe("scale-before-linear", () => {
  const code = "scale-before-linear";

  it("finds gamma where the next layer's weights can do it", () => {
    assertFixed(
      code,
      "x = BatchNormalization()(x)\nx = Dense(8)(x)",
      "x = BatchNormalization(scale=False)(x)\nx = Dense(8)(x)",
    );
    assertFixed(
      code,
      "m = keras.Sequential([BatchNormalization(scale=True), Conv2D(8, 3)])",
      "m = keras.Sequential([BatchNormalization(scale=False), Conv2D(8, 3)])",
    );
    assertProblem(code, "m.add(BatchNormalization())\nm.add(Dense(8))", "BatchNormalization");
  });

  it("leaves a gamma alone that is not learned here", () => {
    const chain = (made: string, given = "x") =>
      `x = BatchNormalization(${made})(${given})\nx = Dense(8)(x)`;
    assertProblem(code, chain("trainable=True"), "BatchNormalization");
    assertNone(code, chain("trainable=False"));
    assertNone(code, chain("trainable=tune"));
    assertNone(code, chain("", "x, training=False"));
    assertNone(code, `${chain("")}\nm = keras.Model(i, x)\nm.load_weights('body.h5')`);
  });

  it("leaves it alone before anything else", () => {
    assertNone(code, "x = BatchNormalization(scale=False)(x)\nx = Dense(8)(x)");
    assertNone(code, "x = BatchNormalization()(x)\nx = ReLU()(x)\nx = Dense(8)(x)");
    assertNone(code, "x = BatchNormalization(activation='relu')(x)\nx = Dense(8)(x)");
    assertNone(code, "x = BatchNormalization()(x)\ny = Dense(8)(x)\nz = Dense(8)(x)");
    assertNone(code, "x = BatchNormalization(gamma_regularizer='l2')(x)\nx = Dense(8)(x)");
    assertNone(code, "x = BatchNormalization(weights=[g, b, m, v])(x)\nx = Dense(8)(x)");
    assertNone(code, "x = BatchNormalization(axis=1)(x)\nx = Conv2D(8, 3)(x)");
    for (const bound of ["kernel_constraint=max_norm(1.0)", "trainable=False", "**options"])
      assertNone(code, `x = BatchNormalization()(x)\nx = Dense(8, ${bound})(x)`);
    assertNone(
      code,
      "x = BatchNormalization()(x)\nx = Dense(8, W_regularizer=l2(1e-4), init='one')(x)",
    );
  });
});

describe("names imported by *", () => {
  const own = "x = conv(x)\nx = BatchNormalization(x, training=training)\n";
  const found = (imports: string, ...earlier: string[]) =>
    problemsIn(imports + own, ...earlier).map(({ code }) => code);

  it("can be another library's class, of which nothing is said", () => {
    deepEqual(found("from my.layers import *\n"), []);
    deepEqual(found("from .layers import *\nimport tensorflow as tf\n"), []);
    deepEqual(found("", "from bigdl.nn.keras.layer import *"), []);
  });

  it("are Keras's where it is Keras that has them", () => {
    const codes = ["tensor-as-argument", "unknown-argument"];
    deepEqual(found("from keras.layers import *\nfrom my.config import *\n"), codes);
    deepEqual(
      found("from my.config import *\nfrom keras.layers import BatchNormalization\n"),
      codes,
    );
    deepEqual(
      found("from my.config import *\n", "from keras.layers import BatchNormalization"),
      codes,
    );
    deepEqual(
      problemsIn("from my.config import *\nb = tf.keras.layers.BatchNormalization(foo=1)").length,
      1,
    );
  });
});

describe("a name of Keras's that a later * can bind anew", () => {
  const keras = "from keras.layers import *\n";
  const blocks = "from my.blocks import *\n";
  const call = "x = conv(x)\nx = BatchNormalization(x, training=training)\n";
  const found = (text: string, ...earlier: string[]) =>
    problemsIn(text, ...earlier).map(({ code }) => code);

  it("is left alone where it is called as Keras's class cannot be", () => {
    for (const own of [keras, "from keras.layers import BatchNormalization\n"]) {
      deepEqual(found(own + blocks + call), []);
      deepEqual(found(`${own}${blocks}bn = BatchNormalization(64, eps=1e-5)`), []);
      deepEqual(found(blocks + call, own), []);
    }
  });

  it("is Keras's where it is called like that, or nothing can have bound it", () => {
    deepEqual(found(`${keras}${blocks}bn = BatchNormalization(epsilom=1)`), ["unknown-argument"]);
    deepEqual(found(`${keras}${blocks}bn = BatchNormalization(-1, 0.99, momentum=0.9)`), [
      "repeated-argument",
    ]);
    const both = ["tensor-as-argument", "unknown-argument"];
    deepEqual(found(blocks + keras + call), both);
    deepEqual(found(`${keras}from numpy import *\n${call}`), both);
    deepEqual(
      found(`${tensorflow}${blocks}x = layers.Dense(3)(x)\nx = layers.BatchNormalization(x)`),
      ["tensor-as-argument"],
    );
  });
});

describe("a class of one's own in Keras's module", () => {
  const replaced = "tf.keras.layers.BatchNormalization = Frozen\n";

  it("is not taken for Keras's", () => {
    deepEqual(
      problemsIn(`${tensorflow}${replaced}layers.BatchNormalization('bn', freeze=1)(x)`),
      [],
    );
    deepEqual(
      problemsIn(`${tensorflow}${replaced}x = tf.keras.layers.BatchNormalization(a=1)`),
      [],
    );
    const compared = "same = kind == layers.BatchNormalization == other\n";
    equal(problemsIn(`${tensorflow}${compared}x = layers.BatchNormalization(a=1)`).length, 1);
    equal(problemsIn(`${tensorflow}${replaced}x = BatchNormalization(a=1)`).length, 1);
    const kept = "self.BatchNormalization = layers.BatchNormalization(a=1)";
    equal(problemsIn(`${tensorflow}class C:\n  def f(self):\n    ${kept}`).length, 1);
  });
});
