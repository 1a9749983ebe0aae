import { deepEqual, equal } from "node:assert/strict";
import {
  assertFixed,
  assertNone,
  assertProblem,
  keras,
  problemsIn,
  tensorflow,
} from "./assertions.ts";

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

  it("finds it where a block of the model has the layer", () => {
    const block = "def block(x):\n  x = Dense(3)(x)\n  return BatchNormalization()(x)\n";
    const deeper = `${block}def stage(x):\n  for i in range(3):\n    x = block(x)\n  return x\n`;
    const built = (call: string) =>
      `def make(deep=True):\n  i = Input((3,))\n  x = i\n  ${call}\n  return tf.keras.Model(i, x)\nmodel = make()\n`;
    const here = "i = Input((3,))\nx = block(i)\nmodel = tf.keras.Model(i, x)\n";
    for (const model of [
      block + built("x = block(x)"),
      deeper + built("x = stage(x)"),
      block + here,
      `def norm():\n  return BatchNormalization()\nmodel = tf.keras.Sequential([Dense(3), norm()])\n`,
    ])
      assertProblem(code, model + loop("model(x)"), "model(x)", tensorflow);
    const maybe = block.replace("  return", "  if plain:\n    return x\n  return");
    for (const model of [
      block + built("x = block(x) if deep else x"),
      block + built("if deep:\n    x = block(x)"),
      block.replace("()(x)", "()(x, training=True)") + built("x = block(x)"),
      maybe + built("x = block(x)"),
      `${block}def block(x):\n  return x\n${built("x = block(x)")}`,
      block + here.replace("block(i)", "i"),
      `${block}class M(tf.keras.Model):\n  def call(self, x, training=True):\n    return block(x)\nmodel = M()\n`,
    ])
      assertNone(code, model + loop("model(x)"), tensorflow);
  });

  it("finds it where a method makes the model", () => {
    const agent = (layer: string) => `class Agent:
  def __init__(self):
    self.actor = self.build_actor()
  def build_actor(self):
    return tf.keras.Sequential([Dense(3), ${layer}])
  def learn(self, states):
    with tf.GradientTape() as tape:
      loss = -self.critic(states, self.actor(states))
    grads = tape.gradient(loss, self.actor.trainable_variables)
    self.opt.apply_gradients(zip(grads, self.actor.trainable_variables))`;
    assertProblem(code, agent("BatchNormalization()"), "self.actor(states)", tensorflow);
    assertNone(code, agent("Activation('tanh')"), tensorflow);
    const two = `${agent("BatchNormalization()")}\nclass B:\n  def build_actor(self):\n    pass`;
    assertNone(code, two, tensorflow);
  });

  it("leaves layers alone that train anyway, or never", () => {
    const type = (parameters: string, training: string) => `class M(tf.keras.Model):
  def __init__(self):
    self.bn = BatchNormalization()
  def call(${parameters}):
    return self.bn(x${training})
model = M()
`;
    const all = (model: string) => assertNone(code, model + loop("model(x)"), tensorflow);
    all(type("self, x, training=True", ", training=training"));
    all(type("self, x, training: bool = True", ", training=training"));
    all(type("self, x", ", training=True"));
    all(type("self, x, training=None", ", training=True"));
    all("model = tf.keras.Sequential([BatchNormalization(trainable=False)])\n");
    const built = (call: string) =>
      `def make(deep=False):\n  i = Input((3,))\n  o = ${call}\n  return tf.keras.Model(i, o)\nmodel = make()\n`;
    all(built("BatchNormalization()(i, training=True)"));
    all(built("BatchNormalization()(i, is_training)"));
    all(built("BatchNormalization()(i) if deep else i"));
    all(built("i\n  if deep:\n    o = BatchNormalization()(o)"));
    for (const model of [
      built("BatchNormalization()(i)"),
      type("self, x, training=False", ", training=training"),
      type("self, x, mask=(1, 2), training=None", ", training=training"),
      type("self, x, **options", ""),
    ])
      assertProblem(code, model + loop("model(x)"), "model(x)", tensorflow);
  });

  it("finds a class whose call takes no training, and lets it", () => {
    const type = (parameters: string, body: string, more = "") => `class M(tf.keras.Model):
  def __init__(self):
    self.bn = BatchNormalization()
  def call(${parameters}):
    return ${body}
${more}`;
    const made = "model = M()\n";
    for (const [parameters, expected] of [
      ["self, x", "self, x, training=None"],
      ["self, x, mask=(1, 2),", "self, x, mask=(1, 2), training=None,"],
      ["\n    self,\n    x,\n  ", "\n    self,\n    x, training=None,\n  "],
    ])
      assertFixed(
        code,
        type(parameters, "self.bn(x)", made) + loop("model(x)"),
        type(expected, "self.bn(x)", made) + loop("model(x, training=True)"),
        tensorflow,
      );
    const function_ = "def make():\n  return M()\nmodel = make()\n";
    assertFixed(
      code,
      type("self, x", "self.bn(x)", function_) + loop("model(x)"),
      type("self, x, training=None", "self.bn(x)", function_) + loop("model(x, training=True)"),
      tensorflow,
    );
    // Where a cell before has the class, no edit of this one ends it.
    const found = problemsIn(loop("model(x)"), tensorflow, type("self, x", "self.bn(x)", made));
    deepEqual(
      found.map((problem) => [problem.code, problem.fixes]),
      [[code, []]],
    );
    for (const [body, more] of [
      ["self.bn(x, training=True)", ""],
      ["self.bn(x, self.is_training)", ""],
      ["self.run(self.bn, x)", "  def run(self, layer, x):\n    return layer(x, training=True)\n"],
      ["self.bn(x)", "  def __call__(self, x):\n    return self.call(x)\n"],
    ])
      assertNone(code, type("self, x", body, more + made) + loop("model(x)"), tensorflow);
    const step = (call: string) => `  def train_step(self, data):
    with tf.GradientTape() as tape:
      loss = self.loss(${call})
    grads = tape.gradient(loss, self.trainable_variables)
    self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
  def test_step(self, data):
    return self.loss(self(data, training=False))`;
    assertFixed(
      code,
      type("self, x", "self.bn(x)", step("self(data)")),
      type("self, x, training=None", "self.bn(x)", step("self(data, training=True)")),
      tensorflow,
    );
  });

  it("leaves classes alone whose way of running their layers cannot be read", () => {
    const type = (base: string, method: string) => `class M(${base}):
  def __init__(self, size):
    self.bn = BatchNormalization()
${method}model = M(3)
`;
    const called = "  def __call__(self, x):\n    return self.bn(x)\n";
    for (const model of [
      type("tf.Module", called),
      type("tf.keras.Model", called),
      type("Base", ""),
      type("Base", "  def forward(self, x):\n    return self.bn(x)\n"),
    ])
      assertNone(code, model + loop("model(x)"), tensorflow);
    for (const model of [
      type("tf.keras.Sequential", "    self.add(self.bn)\n"),
      type(
        "Base",
        "  def call(self, x, training=None):\n    return self.bn(x, training=training)\n",
      ),
    ])
      assertProblem(code, model + loop("model(x)"), "model(x)", tensorflow);
  });

  it("leaves models alone a part of which runs in a mode of its own", () => {
    const body = "body = tf.keras.Sequential([Conv2D(8, 3), BatchNormalization()])\n";
    const around = (call: string) => `i = Input((9, 9, 3))\nmodel = tf.keras.Model(i, ${call})\n`;
    const flat = (call: string) => body + around(call).replace("model =", `x = ${call}\nmodel =`);
    assertProblem(code, flat("body(i)") + loop("model(x)"), "model(x)", tensorflow);
    assertNone(code, flat("body(i, training=False)") + loop("model(x)"), tensorflow);
    assertNone(code, flat("body(scale(i), training=False)") + loop("model(x)"), tensorflow);
    const type = (call: string) => `class Net(tf.keras.Model):
  def __init__(self):
    super().__init__()
    self.body = tf.keras.Sequential([Dense(8), BatchNormalization()])
  def call(self, x, training=None):
    return ${call}
  def test_step(self, data):
    return self.body(data, training=False)
model = Net()\n`;
    assertNone(code, type("self.body(x, training=False)") + loop("model(x)"), tensorflow);
    assertProblem(
      code,
      type("self.body(x, training=training)") + loop("model(x)"),
      "model(x)",
      tensorflow,
    );
    const whole = "model = tf.keras.Sequential([Dense(3), BatchNormalization()])\n";
    const tested = `${whole}print(model(x, training=False))\n`;
    assertProblem(code, tested + loop("model(x)"), "model(x)", tensorflow);
  });

  it("finds a call once, however many tapes there are", () => {
    const model = "model = tf.keras.Sequential([BatchNormalization()])\n";
    const two = "with tf.GradientTape() as tape, tf.GradientTape() as other:";
    const text = loop("model(x)").replace("with tf.GradientTape() as tape:", two);
    assertProblem(code, model + text, "model(x)", tensorflow);
  });

  it("asks each tape whose gradients it gives", () => {
    const models = `actor = tf.keras.Sequential([BatchNormalization()])
critic = tf.keras.Sequential([BatchNormalization()])
`;
    const update = (name: string, loss: string, sources = `${name}.trainable_variables`) =>
      `  with tf.GradientTape() as tape:
    loss = ${loss}
  grads = tape.gradient(loss, ${sources})
  opt.apply_gradients(zip(grads, ${name}.trainable_variables))
`;
    const both = (first: string, second: string) =>
      `${models}def learn(s, a):\n${update("critic", first)}${update("actor", second)}`;
    assertNone(
      code,
      both("critic([s, target(s)], training=True)", "-critic([s, actor(s, training=True)])"),
      tensorflow,
    );
    assertProblem(
      code,
      both("critic(s)", "-critic(actor(s))"),
      ["critic(s)", "actor(s)"],
      tensorflow,
    );
    const one = (sources: string) =>
      `${models}def learn(s):\n${update("actor", "actor(s)", sources)}`;
    for (const sources of ["s", "[s]", "sources=s"]) assertNone(code, one(sources), tensorflow);
    for (const sources of ["actor.trainable_weights + extra", "sources=actor.trainable_weights"])
      assertProblem(code, one(sources), "actor(s)", tensorflow);
    const named = one("weights").replace(
      "  grads",
      "  weights = actor.trainable_variables\n  grads",
    );
    assertProblem(code, named, "actor(s)", tensorflow);
    assertProblem(code, one("weights"), "actor(s)", tensorflow);
    const kept = `class A:
  def __init__(self):
    self.net = tf.keras.Sequential([BatchNormalization()])
    self.kept = self.net.trainable_variables
  def learn(self, s):
    with tf.GradientTape() as tape:
      loss = self.net(s)
    self.opt.apply_gradients(zip(tape.gradient(loss, self.kept), self.kept))`;
    assertProblem(code, kept, "self.net(s)", tensorflow);
    const minimized = `${models}def learn(s):
  with tf.GradientTape() as tape:
    loss = actor(s)
  opt.minimize(loss, actor.trainable_variables, tape=tape)`;
    assertProblem(code, minimized, "actor(s)", tensorflow);
  });

  it("leaves what no gradient flows through alone", () => {
    const model = "model = tf.keras.Sequential([BatchNormalization()])\n";
    assertNone(
      code,
      model + loop("model(x, training=True), tf.stop_gradient(model(y))"),
      tensorflow,
    );
    const within = (header: string) =>
      model +
      loop("model(x, training=True)").replace(
        "    loss",
        `    ${header}:\n      other = model(y)\n    slope = inner.gradient(other, y)\n    loss`,
      );
    assertNone(code, within("with tape.stop_recording()"), tensorflow);
    assertNone(code, within("with tf.GradientTape() as inner"), tensorflow);
    assertProblem(code, within("with tf.name_scope('other')"), "model(y)", tensorflow);
  });

  it("leaves models alone whose mode is set by other means", () => {
    const model = "model = tf.keras.Sequential([Dense(3), BatchNormalization()])\n";
    for (const before of [
      "for layer in model.layers:\n  layer.trainable = False\n",
      "for l in model.layers[:-3]:\n  print(l)\n  l.trainable = False\n",
      "for l in base.layers:\n  if isinstance(l, layers.BatchNormalization):\n    l.trainable = False\n",
      "model.trainable = False\n",
    ])
      assertNone(code, model + before + loop("model(x)"), tensorflow);
    const scoped = loop("model(x)").replace("with ", "with K.learning_phase_scope(1), ");
    assertNone(code, model + scoped, tensorflow);
    const other = "for l in teacher.layers:\n  l.trainable = False\n";
    assertProblem(code, model + other + loop("model(x)"), "model(x)", tensorflow);
  });

  it("leaves models alone whose batch normalizations alone are frozen", () => {
    const model = "model = tf.keras.Sequential([Dense(3), BatchNormalization()])\n";
    const each = "for l in parts(model):\n";
    for (const before of [
      `${each}  l.trainable = not isinstance(l, layers.BatchNormalization)\n`,
      `${each}  l.trainable = l.name in late and not isinstance(l, BatchNormalization)\n`,
      `${each}  tune = not isinstance(l, BatchNormalization)\n  l.trainable = tune\n`,
      `${each}  if not isinstance(l, BatchNormalization):\n    l.trainable = True\n`,
      `${each}  if "bn" in l.name:\n    l.trainable = False\n`,
      `${each}  if l.name.endswith("_bn"): l.trainable = False\n`,
      `${each}  if type(l).__name__ == "BatchNormalization":\n    l.trainable = False\n`,
      "model.bn2.trainable = False\n",
      "from mynet import freeze_bn\nfreeze_bn(model)\n",
    ])
      assertNone(code, model + before + loop("model(x)"), tensorflow);
    for (const before of [
      `${each}  if "conv" in l.name:\n    l.trainable = False\n`,
      "model.bn2.trainable = True\n",
    ])
      assertProblem(code, model + before + loop("model(x)"), "model(x)", tensorflow);
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

  it("finds it where a function makes a part of the model", () => {
    const model = (block: string, use: string) =>
      `def block(x, n):\n  x = Dense(n)(x)\n  ${block}\n  return x\ni = Input((4,))\n${use}\nmodel = tf.keras.Model(i, x)\n${loop("model(x)")}`;
    const bn = "x = BatchNormalization()(x)";
    assertProblem(code, model(bn, "x = block(i, 3)"), "model(x)", tensorflow);
    assertNone(code, model("x = Activation('relu')(x)", "x = block(i, 3)"), tensorflow);
    assertNone(
      code,
      model("x = BatchNormalization()(x, training=False)", "x = block(i, 3)"),
      tensorflow,
    );
    assertNone(code, model(`if n > 3:\n    ${bn}`, "x = block(i, 3)"), tensorflow);
    assertNone(code, model(bn, "x = i\nif deep:\n  x = block(x, 3)"), tensorflow);
    assertNone(code, model(bn, "x = Dense(3)(i)"), tensorflow);
  });

  it("knows models from the cells before", () => {
    const found = (...cells: string[]) =>
      problemsIn(cells.at(-1)!, tensorflow, ...cells.slice(0, -1)).filter(
        (problem) => problem.code === code,
      ).length;
    const net = `class Net(tf.keras.Model):
  def __init__(self):
    super().__init__()
    self.bn = BatchNormalization()
  def call(self, x, training=None):
    return self.bn(x, training=training)
`;
    equal(found(net, "model = Net()", loop("model(x)")), 1);
    equal(found(net, "def make():\n  return Net()", `model = make()\n${loop("model(x)")}`), 1);
    equal(
      found(net, "def make():\n  m = Net()\n  return m", `model = make()\n${loop("model(x)")}`),
      1,
    );
    equal(found(net, "model = Net()", loop("model(x, training=True)")), 0);
    equal(found(net, "model = Net()", "model = load()", loop("model(x)")), 0);
    equal(found(net, "model = Net()", loop("model(x)").replace("(x, y)", "(model, x, y)")), 0);
    equal(found(net, "K.set_learning_phase(1)", "model = Net()", loop("model(x)")), 0);
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

  it("only hints at it after convolutions, where one sample has many positions", () => {
    const severityOf = (layer: string) =>
      problemsIn(
        `${keras}m = keras.Sequential([${layer}, BatchNormalization()])\nm.fit(x, y, batch_size=1)`,
      ).find((problem) => problem.code === code)!.severity;
    equal(severityOf("Dense(3)"), undefined);
    equal(severityOf("Conv3D(8, 3)"), "hint");
  });

  it("leaves larger batches, inference and other models alone", () => {
    assertNone(code, `${model}m.fit(x, y, batch_size=16)\nm.predict(x, batch_size=1)`);
    assertNone(code, `${model}other = keras.Sequential([Dense(3)])\nother.fit(x, y, batch_size=1)`);
    assertNone(code, "i = keras.Input((8,), batch_size=1)\no = BatchNormalization()(i)");
    assertNone(code, `${model}data.batch(batch_size=1)`);
  });

  it("knows models from the cells before", () => {
    const found = problemsIn("m.fit(x, y, batch_size=1)", keras, model);
    deepEqual(
      found.map((problem) => problem.code),
      [code],
    );
    deepEqual(problemsIn("m.fit(x, y, batch_size=8)", keras, model), []);
  });
});
