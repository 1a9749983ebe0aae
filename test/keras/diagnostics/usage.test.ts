import { deepEqual, equal } from "node:assert/strict";
import {
  assertFixed,
  assertNone,
  assertProblem,
  keras,
  problemsIn,
  spans,
  tensorflow,
} from "./assertions.ts";

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

  it("leaves it alone before anything else", () => {
    assertNone(code, "x = BatchNormalization(scale=False)(x)\nx = Dense(8)(x)");
    assertNone(code, "x = BatchNormalization()(x)\nx = ReLU()(x)\nx = Dense(8)(x)");
    assertNone(code, "x = BatchNormalization()(x)\ny = Dense(8)(x)\nz = Dense(8)(x)");
    assertNone(code, "x = BatchNormalization(gamma_regularizer='l2')(x)\nx = Dense(8)(x)");
  });
});

describe("missing-training", () => {
  const code = "missing-training";
  const loop = (call: string) => `def step(x, y):
  with tf.GradientTape() as tape:
    loss = loss_fn(y, ${call})
  grads = tape.gradient(loss, model.trainable_variables)
  opt.apply_gradients(zip(grads, model.trainable_variables))`;

  it("finds the call of a model with the layer in a training step", () => {
    const model = "model = tf.keras.Sequential([Dense(3), BatchNormalization()])\n";
    assertFixed(
      code,
      model + loop("model(x)"),
      model + loop("model(x, training=True)"),
      tensorflow,
    );
    const made =
      "def make():\n  return tf.keras.Sequential([BatchNormalization()])\nmodel = make()\n";
    assertProblem(code, made + loop("model(x)"), "model(x)", tensorflow);
  });

  it("finds it in a model's own train_step", () => {
    const type = (call: string) => `class M(tf.keras.Model):
  def __init__(self):
    self.bn = BatchNormalization()
  def call(self, x, training=None):
    return self.bn(x, training=training)
  def train_step(self, data):
    with tf.GradientTape() as tape:
      loss = self.loss(${call})
    grads = tape.gradient(loss, self.trainable_variables)
    self.optimizer.apply_gradients(zip(grads, self.trainable_variables))`;
    assertFixed(code, type("self(data)"), type("self(data, training=True)"), tensorflow);
    assertNone(code, type("self(data, training=False)"), tensorflow);
  });

  it("leaves gradients for other ends, and models without the layer, alone", () => {
    const model = "model = tf.keras.Sequential([BatchNormalization()])\n";
    const plain = "other = BatchNormalization()\nmodel = tf.keras.Sequential([Dense(3)])\n";
    const saliency = "with tf.GradientTape() as tape:\n  y = model(x)\ng = tape.gradient(y, x)";
    assertNone(code, model + saliency, tensorflow);
    assertNone(code, plain + loop("model(x)"), tensorflow);
    assertNone(code, model + loop("model(x, True)"), tensorflow);
    assertNone(code, model + loop("teacher(x)"), tensorflow);
    assertNone(code, `K.set_learning_phase(1)\n${model}${loop("model(x)")}`, tensorflow);
  });
});

describe("trainable-after-compile", () => {
  const code = "trainable-after-compile";
  const compile = "m.compile(loss='mse')\n";

  it("finds what is frozen between compile and fit", () => {
    assertFixed(
      code,
      `${compile}m.trainable = False\nm.fit(x, y)`,
      `m.trainable = False\n${compile}m.fit(x, y)`,
    );
    assertFixed(
      code,
      `${compile}for layer in m.layers[:-3]:\n  layer.trainable = False\nm.fit(x, y)`,
      `for layer in m.layers[:-3]:\n  layer.trainable = False\n${compile}m.fit(x, y)`,
    );
    assertProblem(
      code,
      `def f():\n  ${compile}  m.layers[3].trainable = False\n  h = m.fit(x, y)`,
      "m.layers[3].trainable = False",
    );
  });

  it("leaves what is compiled afterwards, and other models, alone", () => {
    assertNone(code, `m.trainable = False\n${compile}m.fit(x, y)`);
    assertNone(code, `${compile}m.trainable = False\n${compile}m.fit(x, y)`);
    assertNone(code, `${compile}m.fit(x, y)\nm.trainable = False`);
    assertNone(code, `${compile}m.trainable = True\nm.fit(x, y)`);
    const gan = "d.compile(loss='mse')\nd.trainable = False\nm = Model(z, d(g(z)))\n";
    assertNone(code, `${gan}${compile}m.fit(x, y)\nd.train_on_batch(x, y)`);
  });
});

describe("unused-layer", () => {
  const code = "unused-layer";

  it("finds layers that are made and thrown away", () => {
    assertFixed(
      code,
      "x = Dense(3)(x)\nBatchNormalization()\nx = ReLU()(x)",
      "x = Dense(3)(x)\nx = BatchNormalization()(x)\nx = ReLU()(x)",
    );
    assertFixed(
      code,
      "BatchNormalization(axis=1)(x)\nx = ReLU()(x)",
      "x = BatchNormalization(axis=1)(x)\nx = ReLU()(x)",
    );
  });

  it("leaves what somebody takes alone", () => {
    assertNone(code, "bn = BatchNormalization()\nbn(x, training=True)");
    assertNone(code, "m.add(BatchNormalization())\nreturn_(BatchNormalization())");
    assertNone(code, "with pytest.raises(ValueError):\n  BatchNormalization()");
    assertNone(code, "with self.assertRaisesRegex(ValueError, 'x'):\n  BatchNormalization()(x)");
    assertNone(code, "try:\n  BatchNormalization()\nexcept ValueError:\n  pass");
    assertNone(code, "def f():\n  yield BatchNormalization()\nf = lambda: BatchNormalization()");
  });

  it("leaves what a cell shows alone", () => {
    const found = problemsIn("BatchNormalization()", keras).map((problem) => problem.code);
    deepEqual(found, []);
    equal(problemsIn("BatchNormalization()\nx", keras).length, 1);
  });
});

describe("missing-parentheses", () => {
  const code = "missing-parentheses";

  it("finds the class where a layer is expected", () => {
    assertFixed(code, "m.add(BatchNormalization)", "m.add(BatchNormalization())");
    assertFixed(
      code,
      "m = keras.Sequential([Dense(3), layers.BatchNormalization, ReLU()])",
      "m = keras.Sequential([Dense(3), layers.BatchNormalization(), ReLU()])",
    );
  });

  it("leaves classes that are passed on alone", () => {
    assertNone(code, "block(x, norm=BatchNormalization)\ntypes = [BatchNormalization, Dense]");
    assertNone(code, "isinstance(layer, BatchNormalization)\nm.add(BatchNormalization())");
    assertNone(code, "from mine import BatchNormalization\nm.add(BatchNormalization)", "");
  });
});

describe("tensor-as-argument", () => {
  const code = "tensor-as-argument";

  it("finds tensors in place of axis", () => {
    assertFixed(
      code,
      "x = Dense(3)(x)\nx = BatchNormalization(x)",
      "x = Dense(3)(x)\nx = BatchNormalization()(x)",
    );
    assertFixed(
      code,
      "y = BatchNormalization(Dense(3)(x), momentum=0.9)",
      "y = BatchNormalization(momentum=0.9)(Dense(3)(x))",
    );
  });

  it("leaves axes alone", () => {
    assertNone(code, "axis = 1\nx = BatchNormalization(axis)(x)");
    assertNone(code, "def f(axis):\n  return BatchNormalization(axis)");
  });
});

describe("batch-size-one", () => {
  const code = "batch-size-one";
  const model = "m = keras.Sequential([Dense(3), BatchNormalization()])\n";

  it("finds fit and Input with one sample", () => {
    assertProblem(code, `${model}m.fit(x, y, batch_size=1)`, "batch_size=1");
    const functional = `i = keras.Input((8,), batch_size=1)
o = BatchNormalization()(i)
m = keras.Model(i, o)
m.fit(x, y)`;
    assertProblem(code, functional, "batch_size=1");
    assertProblem(
      code,
      functional.replace("(8,), batch_size=1", "batch_shape=(1, 8)"),
      "batch_shape=(1, 8)",
    );
  });

  it("leaves larger batches, inference and other models alone", () => {
    assertNone(code, `${model}m.fit(x, y, batch_size=16)\nm.predict(x, batch_size=1)`);
    assertNone(code, `${model}other = keras.Sequential([Dense(3)])\nother.fit(x, y, batch_size=1)`);
    assertNone(code, "i = keras.Input((8,), batch_size=1)\no = BatchNormalization()(i)");
    assertNone(code, `${model}data.batch(batch_size=1)`);
  });
});

describe("mask-rank", () => {
  const code = "mask-rank";
  const start = "import numpy as np\nbn = BatchNormalization()\nx = np.ones((2, 3, 4))\n";

  it("finds masks that do not have one axis less than the input", () => {
    assertFixed(
      code,
      `${start}m = np.ones((2, 3, 4))\ny = bn(x, mask=m)`,
      `${start}m = np.ones((2, 3, 4))\ny = bn(x, mask=m[..., 0])`,
    );
    assertProblem(
      code,
      `${start}y = bn(x, training=True, mask=np.array([1, 0]))`,
      "np.array([1, 0])",
    );
  });

  it("leaves masks that fit, and those that are not known, alone", () => {
    assertNone(code, `${start}y = bn(x, mask=np.ones((2, 3)))`);
    assertNone(code, `${start}y = bn(x, mask=compute(x))`);
    assertNone(code, `${start}y = other(x, mask=np.ones((2,)))`);
  });
});

describe("synchronized-backend", () => {
  const code = "synchronized-backend";

  it("finds it outside TensorFlow", () => {
    const jax = "import os\nos.environ['KERAS_BACKEND'] = 'jax'\n";
    assertFixed(
      code,
      `${jax}bn = BatchNormalization(axis=1, synchronized=True)`,
      `${jax}bn = BatchNormalization(axis=1)`,
    );
  });

  it("leaves it alone where the backend is TensorFlow or not known", () => {
    const set = "os.environ['KERAS_BACKEND'] = 'tensorflow'\n";
    assertNone(code, "bn = BatchNormalization(synchronized=True)");
    assertNone(code, `${set}bn = BatchNormalization(synchronized=True)`);
    assertNone(code, "bn = BatchNormalization(synchronized=True)", tensorflow);
    assertNone(
      code,
      "os.environ['KERAS_BACKEND'] = 'jax'\nbn = BatchNormalization(synchronized=False)",
    );
  });
});

describe("renorm-clipping", () => {
  const code = "renorm-clipping";
  const made = (clipping: string) =>
    `bn = BatchNormalization(renorm=True, renorm_clipping=${clipping})`;

  it("finds unknown keys and impossible ranges", () => {
    assertFixed(code, made("{'rmax': 3, 'rmni': 0.3}"), made("{'rmax': 3, 'rmin': 0.3}"));
    assertFixed(code, made("{'rmax': 0.3, 'rmin': 3}"), made("{'rmin': 0.3, 'rmax': 3}"));
    assertProblem(code, made("dict(dmax=-1)"), "dict(dmax=-1)");
    assertProblem(code, made("{'scale': 3}"), "scale");
  });

  it("says that clipping without renorm does nothing", () => {
    assertFixed(
      code,
      "bn = BatchNormalization(renorm_clipping={'rmax': 3})",
      "bn = BatchNormalization(renorm_clipping={'rmax': 3}, renorm=True)",
    );
  });

  it("leaves what is right, and what is not known, alone", () => {
    assertNone(code, made("{'rmax': 3.0, 'rmin': 0.3333, 'dmax': 5.0}"));
    assertNone(code, made("{'rmax': rmax, 'rmin': rmin}"));
    assertNone(code, made("{**clipping}"));
    assertNone(code, made("None"));
  });
});

describe("set-weights-order", () => {
  const code = "set-weights-order";

  it("puts weights into the layer's order", () => {
    assertFixed(
      code,
      "bn.set_weights([gamma, beta, running_var, running_mean])",
      "bn.set_weights([gamma, beta, running_mean, running_var])",
    );
    assertFixed(
      code,
      "m.get_layer('bn').set_weights([w['beta'], w['gamma'], w['mean'], w['variance']])",
      "m.get_layer('bn').set_weights([w['gamma'], w['beta'], w['mean'], w['variance']])",
    );
  });

  it("leaves the right order, and names that do not tell, alone", () => {
    assertNone(code, "bn.set_weights([gamma, beta, mean, var])");
    assertNone(code, "bn.set_weights([beta, mean, var])");
    assertNone(code, "bn.set_weights([a, b, var, mean])");
    assertNone(code, "bn.set_weights(weights)\nconv.set_weights([bias, kernel])");
  });
});

describe("# bnlab: ignore", () => {
  const call = "bn = BatchNormalization(momentum=0.1)";

  /** The comment keeps the problem quiet, or does not. */
  function assertIgnored(text: string, expected: boolean): void {
    equal(spans("pytorch-momentum", text).length, expected ? 0 : 1, text);
  }

  it("holds on its line and from the line above", () => {
    assertIgnored(`${call}  # bnlab: ignore`, true);
    assertIgnored(`# bnlab: ignore[pytorch-momentum]\n${call}`, true);
    assertIgnored(
      `bn = BatchNormalization(\n  momentum=0.1,  # bnlab:ignore[pytorch-momentum]\n)`,
      true,
    );
    assertIgnored(`${call}  # bnlab: ignore[axis-list, pytorch-momentum]`, true);
  });

  it("holds for the named codes, and not behind another line's code", () => {
    assertIgnored(`${call}  # bnlab: ignore[axis-list]`, false);
    assertIgnored(`a = 1  # bnlab: ignore\n${call}`, false);
    assertIgnored(`# bnlab: ignore\n\n${call}`, false);
  });
});

describe("files without the layer", () => {
  it("are not parsed", () => {
    const text = "model.fit(x, batch_size=1)\nbn.set_weights([var, mean])";
    deepEqual(problemsIn(text), []);
  });
});
