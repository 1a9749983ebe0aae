import { deepEqual, equal } from "node:assert/strict";
import { assertFixed, assertNone, assertProblem, keras, problemsIn } from "./assertions.ts";

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

  it("finds layers whose name is never used", () => {
    assertProblem(
      code,
      "def block(x):\n  x = Conv2D(8, 3)(x)\n  norm = BatchNormalization()\n  return ReLU()(x)",
      "BatchNormalization()",
    );
    assertNone(code, "def block(x):\n  norm = BatchNormalization()\n  return ReLU()(norm(x))");
    assertNone(code, "def block(x):\n  norm = BatchNormalization()\n  return locals()");
    assertNone(code, "def block(x):\n  _ = BatchNormalization()\n  return x");
    assertNone(code, "def test_it_can_be_made():\n  norm = BatchNormalization()");
    assertNone(
      code,
      "class M(Layer):\n  def __init__(self):\n    self.norm = BatchNormalization()",
    );
    assertNone(code, "norm = BatchNormalization()");
  });

  it("finds layers that each call of a model makes anew", () => {
    const type = (body: string, base = "keras.Model", method = "call") =>
      `class M(${base}):\n  def ${method}(self, x, training=None):\n    ${body}\n    return x`;
    const inline = "x = BatchNormalization()(x, training=training)";
    assertProblem(code, type(inline), "BatchNormalization()");
    assertProblem(code, type(inline, "layers.Layer"), "BatchNormalization()");
    assertProblem(
      code,
      type("bn = BatchNormalization(axis=1)\n    x = bn(x)"),
      "BatchNormalization(axis=1)",
    );
    assertNone(code, type("self.bn = BatchNormalization()\n    x = self.bn(x)"));
    assertNone(code, type(inline, "Block"));
    assertNone(code, type(inline, "keras.Model", "build_head"));
    assertNone(code, `with tf.variable_scope('a'):\n  pass\n${type(inline)}`);
  });

  it("leaves what somebody takes alone", () => {
    assertNone(code, "bn = BatchNormalization()\nbn(x, training=True)");
    assertNone(code, "m.add(BatchNormalization())\nreturn_(BatchNormalization())");
    assertNone(code, "with pytest.raises(ValueError):\n  BatchNormalization()");
    assertNone(code, "with self.assertRaisesRegex(ValueError, 'x'):\n  BatchNormalization()(x)");
    assertNone(code, "try:\n  BatchNormalization()\nexcept ValueError:\n  pass");
    assertNone(code, "def test_call(self):\n  for x in inputs:\n    BatchNormalization()(x)");
    assertNone(code, "def verify_layers(x):\n  BatchNormalization()(x)");
    assertProblem(code, "def latest(x):\n  BatchNormalization()(x)", "BatchNormalization()(x)");
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
    assertNone(code, "known = set()\nknown.add(BatchNormalization)");
    assertNone(code, "frozen = {Dense}\nfrozen.add(layers.BatchNormalization)");
    assertNone(code, "self.layer_types.add(BatchNormalization)");
    assertNone(code, "self.folded.add(BatchNormalization)\nself.folded.add(layers.Dense)");
    assertNone(code, "def f(prunable):\n  prunable.add(BatchNormalization)");
    assertNone(code, "registry.add(layers.BatchNormalization)");
    assertProblem(code, "self.model.add(BatchNormalization)", "BatchNormalization");
    assertProblem(code, "g.add(BatchNormalization)\ng.add(Dense(3))", "BatchNormalization");
    assertProblem(code, "n.add(BatchNormalization)\nn.add(Dense(3))", "BatchNormalization");
    assertProblem(code, "y = TimeDistributed(BatchNormalization)(x)", "BatchNormalization");
    assertNone(code, "y = TimeDistributed(BatchNormalization())(x)");
    assertNone(
      code,
      "from mine import TimeDistributed\ny = TimeDistributed(BatchNormalization)(x)",
    );
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
    assertFixed(
      code,
      "x = residual(x, 64)\nx = BatchNormalization(x)",
      "x = residual(x, 64)\nx = BatchNormalization()(x)",
    );
    assertFixed(
      code,
      "both = layers.concatenate([a, b])\nboth = layers.BatchNormalization(both)",
      "both = layers.concatenate([a, b])\nboth = layers.BatchNormalization()(both)",
    );
    assertFixed(
      code,
      "i = keras.Input((8,))\nh = BatchNormalization(i)",
      "i = keras.Input((8,))\nh = BatchNormalization()(i)",
    );
  });

  it("leaves axes alone", () => {
    assertNone(code, "axis = 1\nx = BatchNormalization(axis)(x)");
    assertNone(code, "def f(axis):\n  return BatchNormalization(axis)");
    assertNone(code, "bn = -1\nbn = BatchNormalization(bn)");
  });
});
