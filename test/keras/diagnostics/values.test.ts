import { deepEqual, equal } from "node:assert/strict";
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

describe("argument-type", () => {
  const code = "argument-type";

  it("finds strings, booleans and None in place of numbers", () => {
    assertFixed(code, "BatchNormalization(momentum='0.9')", "BatchNormalization(momentum=0.9)");
    assertFixed(code, "BatchNormalization(axis='-1')", "BatchNormalization(axis=-1)");
    assertProblem(code, "BatchNormalization(epsilon=None)", "None");
    assertProblem(code, "BatchNormalization(-1, True)", "True");
    assertProblem(code, "BatchNormalization(axis=1.5)", "1.5");
    assertProblem(code, "BatchNormalization(1e-6)", "1e-6");
    assertFixed(code, "BatchNormalization(0.8)", "BatchNormalization(momentum=0.8)");
  });

  it("finds what is no boolean, no name and no initializer", () => {
    assertFixed(code, "BatchNormalization(scale='False')", "BatchNormalization(scale=False)");
    assertProblem(code, "BatchNormalization(center=0.5)", "0.5");
    assertProblem(code, "BatchNormalization(name=3)", "3");
    assertProblem(code, "BatchNormalization(gamma_initializer=1.0)", "1.0");
  });

  it("is an error where Keras raises one, and a warning where it takes the value for another", () => {
    const severityOf = (given: string) =>
      problemsIn(`${keras}bn = BatchNormalization(${given})`).map(
        ({ code: found, severity }) => `${found} ${severity ?? "error"}`,
      );
    for (const given of [
      "axis='last'",
      "axis=None",
      "momentum='high'",
      "epsilon=[1e-3]",
      "renorm=True, renorm_momentum='0.9'",
      "renorm=True, renorm_clipping=[3]",
      "trainable=1",
      "trainable=None",
      "name=3",
      "dtype=16",
      "dtype='float23'",
      "beta_initializer=0",
      "beta_regularizer='None'",
    ])
      deepEqual(severityOf(given), ["argument-type error"], given);
    for (const given of [
      "axis='1'",
      "axis=1.5",
      "axis=True",
      "momentum='0.9'",
      "epsilon=True",
      "center='False'",
      "scale=2",
      "renorm=()",
      "renorm_momentum='0.9'",
      "synchronized='no'",
    ])
      deepEqual(severityOf(given), ["argument-type warning"], given);
  });

  it("knows what was meant", () => {
    assertFixed(code, "BatchNormalization(trainable=0)", "BatchNormalization(trainable=False)");
    assertFixed(code, "BatchNormalization(dtype='float23')", "BatchNormalization(dtype='float32')");
    assertFixed(
      code,
      "BatchNormalization(gamma_regularizer='none')",
      "BatchNormalization(gamma_regularizer=None)",
    );
  });

  it("leaves the dtypes and policies of Keras and TensorFlow alone", () => {
    for (const name of ["float16", "bfloat16", "half", "mixed_bfloat16", "my_policy"])
      assertNone(code, `BatchNormalization(dtype='${name}')`);
    assertNone(code, "BatchNormalization(renorm_clipping={}, dtype=None, trainable=frozen)");
  });

  it("leaves 0 and 1 alone where Keras 2 takes them for a switch", () => {
    const old = "from keras.layers.normalization import BatchNormalization\n";
    assertNone(code, "BatchNormalization(trainable=0)", old);
    assertNone(code, "BatchNormalization(trainable=1)", old);
    assertProblem(code, "BatchNormalization(trainable=2)", "2", old);
    assertProblem(code, "BatchNormalization(trainable=0)", "0", tensorflow);
  });

  it("leaves values of the right type, and those that are not known, alone", () => {
    assertNone(code, "BatchNormalization(axis=3.0, momentum=1, epsilon=1e-5, center=1, scale=0)");
    assertNone(code, "BatchNormalization(axis=axis, momentum=m(), scale=None, name=f'{n}_bn')");
    assertNone(code, "BatchNormalization(gamma_initializer=keras.initializers.Constant(0.5))");
    assertNone(code, "BatchNormalization(gamma_initializer=None, beta_regularizer=l2(1e-4))");
    assertNone(code, "BatchNormalization(axis=3 if last else 1)");
  });
});

describe("argument-range", () => {
  const code = "argument-range";

  it("finds momentum outside 0 and 1", () => {
    assertProblem(code, "BatchNormalization(momentum=1.5)", "1.5");
    assertProblem(code, "BatchNormalization(momentum=-0.9)", "-0.9");
    assertProblem(code, "BatchNormalization(renorm=True, renorm_momentum=2)", "2");
    assertFixed(code, "BatchNormalization(momentum=99)", "BatchNormalization(momentum=0.99)");
  });

  it("finds epsilon that is not positive", () => {
    assertFixed(code, "BatchNormalization(epsilon=0)", "BatchNormalization(epsilon=1e-3)");
    assertFixed(code, "BatchNormalization(epsilon=-1e-5)", "BatchNormalization(epsilon=0.00001)");
  });

  it("finds the channels of the layer before in the place of their axis", () => {
    const block = (channels: string) =>
      `x = Conv2D(width, 3, use_bias=False)(x)\nx = BatchNormalization(${channels})(x)`;
    assertFixed(code, block("width"), block(""));
    assertFixed(
      code,
      "m = keras.Sequential([Dense(units=2 * n), BatchNormalization(2*n, epsilon=1e-5)])",
      "m = keras.Sequential([Dense(units=2 * n), BatchNormalization(epsilon=1e-5)])",
    );
    assertNone(code, block("channel_axis"));
    assertNone(
      code,
      "x = Conv2D(width, 3)(x)\nx = MaxPooling2D(n)(x)\nx = BatchNormalization(n)(x)",
    );
  });

  it("finds epsilon that is no small number", () => {
    assertFixed(code, "BatchNormalization(epsilon=1e5)", "BatchNormalization(epsilon=1e-5)");
    assertFixed(code, "BatchNormalization(epsilon=2)", "BatchNormalization(epsilon=1e-3)");
    assertNone(code, "BatchNormalization(epsilon=0.1)");
  });

  it("finds the name of a number of channels in the place of their axis", () => {
    assertFixed(
      code,
      "def f(out_channels): return BatchNormalization(out_channels, momentum=0.9)",
      "def f(out_channels): return BatchNormalization(momentum=0.9)",
    );
    for (const name of ["filters", "self.num_features", "n_filters", "nb_filter", "cfg.units"])
      assertProblem(code, `BatchNormalization(${name})`, name);
    for (const name of ["channels", "channel_axis", "bn_axis", "self.channel", "dim", "axis_out"])
      assertNone(code, `BatchNormalization(${name})`);
    assertNone(code, "BatchNormalization(axis=filters)");
    assertNone(code, "filters = -1\nBatchNormalization(filters)");
    assertNone(code, "out_features = Dense(3)(x)\ny = BatchNormalization(out_features)");
  });

  it("finds a number of channels in the place of their axis", () => {
    assertFixed(code, "BatchNormalization(64)", "BatchNormalization()");
    assertFixed(
      code,
      "BatchNormalization(axis=256, epsilon=1e-5)",
      "BatchNormalization(epsilon=1e-5)",
    );
    for (const axis of ["-4", "4", "5"]) assertNone(code, `BatchNormalization(${axis})`);
  });

  it("leaves an epsilon of 0 alone where the variance is set by hand", () => {
    assertNone(code, "b = BatchNormalization(epsilon=0)\ny = b(x)\nb.set_weights([g, o, m, v])");
    assertNone(code, "b = BatchNormalization(epsilon=0.0, moving_variance_initializer=known)");
    assertNone(
      code,
      "class Affine:\n  def __init__(self):\n    self.b = BatchNormalization(epsilon=0)\n  def load(self, w):\n    self.b.moving_variance.assign(w)",
    );
    assertProblem(code, "b = BatchNormalization(epsilon=0)\nc.set_weights(w)", "0");
    assertProblem(code, "b = BatchNormalization(epsilon=-1e-3)\nb.set_weights(w)", "-1e-3");
  });

  it("finds the batch in the place of the channels", () => {
    assertFixed(code, "BatchNormalization(axis=0)", "BatchNormalization(axis=-1)");
    assertProblem(code, "A = 0\nbn = BatchNormalization(axis=A, scale=False)", "A");
    assertNone(code, "with pytest.raises(ValueError):\n  BatchNormalization(axis=0)(x)");
    assertNone(code, "for a in range(3):\n  bn = BatchNormalization(axis=a)");
  });

  it("leaves the places of arguments before Keras 2 alone", () => {
    const first = "m.fit(x, y, nb_epoch=3)\n";
    assertNone(code, `${first}m.add(BatchNormalization(64))`);
    assertNone("axis-list", `${first}m.add(BatchNormalization((64,)))`);
    assertNone("argument-type", `${first}m.add(BatchNormalization(1e-5, 0))`);
    assertNone("repeated-argument", `${first}m.add(BatchNormalization(1e-5, 0, axis=1))`);
    assertProblem(code, `${first}m.add(BatchNormalization(momentum=1.5))`, "1.5");
  });

  it("knows code before Keras 2 by its layers, also where it trains nothing", () => {
    const old =
      "from keras.layers.core import *\nfrom keras.layers.normalization import BatchNormalization\n";
    for (const line of [
      "m.add(Dense(784, 256))",
      "m.add(Dense(units[0], 256, activation='relu'))",
      "m.add(Dense(256, init='uniform'))",
      "m.add(PReLU((256,)))",
      "m.add(TimeDistributedDense(64, 8))",
      "m.add_node(Dense(4), name='d', input='x')",
      "m.add(BatchNormalization(epsilon=1e-6, mode=1))",
    ]) {
      assertNone(code, `${line}\nm.add(BatchNormalization(256))`, old);
      assertNone("argument-type", `${line}\nm.add(BatchNormalization(1e-6, 0))`, old);
    }
    for (const line of ["m.add(Dense(256, 'relu'))", "m.add(Dense(256))", "m.add(PReLU())"])
      assertProblem(code, `${line}\nm.add(BatchNormalization(256))`, "256", old);
  });

  it("finds a slash in a name, which Keras 2 took", () => {
    const named = "BatchNormalization(name='block/bn')";
    assertFixed(code, named, "BatchNormalization(name='block_bn')", keras3);
    assertNone(code, named);
    assertNone(code, named, keras2);
  });

  it("finds momentum and epsilon in each other's place", () => {
    assertFixed(
      code,
      "BatchNormalization(momentum=1e-3, epsilon=0.99)",
      "BatchNormalization(momentum=0.99, epsilon=1e-3)",
    );
  });

  it("leaves what is in use alone", () => {
    for (const value of ["0", "0.5", "0.6", "0.9", "0.99", "0.997", "0.999", "1.0", "1 - 0.1"])
      assertNone(code, `BatchNormalization(momentum=${value})`);
    for (const value of ["1e-3", "1e-12", "1.001e-5", "0.001", "2e-5", "1", "K.epsilon()"])
      assertNone(code, `BatchNormalization(epsilon=${value})`);
  });
});

describe("unknown-object", () => {
  const code = "unknown-object";

  it("names what was meant", () => {
    assertFixed(
      code,
      "BatchNormalization(gamma_initializer='zeors')",
      "BatchNormalization(gamma_initializer='zeros')",
    );
    assertProblem(code, "BatchNormalization(beta_regularizer='l3')", "'l3'");
    assertProblem(code, "BatchNormalization(beta_constraint='max_norms')", "'max_norms'");
  });

  it("knows which names Keras 3 has no more", () => {
    const made = (name: string) => `BatchNormalization(beta_constraint='${name}')`;
    assertFixed(code, made("maxnorm"), made("max_norm"), keras3);
    assertNone(code, made("maxnorm"));
    assertNone(code, made("maxnorm"), keras2);
  });

  it("leaves known names and those that may be registered alone", () => {
    for (const name of ["zeros", "Ones", "he_normal", "RandomNormal", "one", "uniform", "my_own"])
      assertNone(code, `BatchNormalization(gamma_initializer='${name}')`);
    assertNone(
      code,
      "with custom_object_scope({'zero_s': f}):\n  bn = BatchNormalization(gamma_initializer='zero_s')",
    );
  });
});

describe("pytorch-momentum", () => {
  const code = "pytorch-momentum";

  it("turns the weight of the new value into that of the old one", () => {
    assertFixed(code, "BatchNormalization(momentum=0.1)", "BatchNormalization(momentum=0.9)");
    assertFixed(code, "BatchNormalization(momentum=0.01)", "BatchNormalization(momentum=0.99)");
    assertFixed(code, "BatchNormalization(momentum=0.003)", "BatchNormalization(momentum=0.997)");
    assertFixed(code, "BatchNormalization(3, 0.1)", "BatchNormalization(3, 0.9)");
  });

  it("follows names to their numbers", () => {
    assertFixed(
      code,
      "M = 0.1\nbn = BatchNormalization(momentum=M)",
      "M = 0.1\nbn = BatchNormalization(momentum=1 - M)",
    );
  });

  it("finds it as the default of a parameter that is the layer's momentum alone", () => {
    const block = (parameter: string, rest = "") =>
      `def block(x, ${parameter}):\n  x = BatchNormalization(momentum=mom)(x)\n  return BatchNormalization(momentum=mom)(x)\n${rest}`;
    assertFixed(code, block("mom=0.01"), block("mom=0.99"));
    assertFixed(code, block("mom: float = 0.1"), block("mom: float = 0.9"));
    assertProblem(
      code,
      block("mom=0.1", "def net(x, mom=0.1):\n  return block(x, mom=mom)"),
      "0.1",
    );
    assertNone(code, block("mom=0.1", "y = block(x, mom=0.9)"));
    assertNone(code, block("mom=0.9"));
    assertNone(code, block("mom"));
    assertNone(code, block("mom=0.1").replace("return", "mom = 1 - mom\n  return"));
    assertNone(code, block("mom=0.1").replace("return", "opt = SGD(0.1, mom)\n  return"));
    assertNone(code, block("mom=0.1").replaceAll("=mom)", "=1 - mom)"));
  });

  it("leaves what is in use alone", () => {
    for (const value of ["0", "0.0", "0.15", "0.2", "0.5", "0.8", "0.9", "0.99", "momentum"])
      assertNone(code, `BatchNormalization(momentum=${value})`);
    assertNone(code, "from torch import nn\nnn.BatchNorm2d(8, momentum=0.1)");
  });
});

describe("axis-list", () => {
  const code = "axis-list";

  it("says that Keras 3 takes one axis", () => {
    assertFixed(code, "BatchNormalization(axis=[-1])", "BatchNormalization(axis=-1)");
    assertProblem(code, "BatchNormalization(axis=(1, 2))", "(1, 2)");
    equal(problemsIn(`${keras3}b = BatchNormalization(axis=[3])`)[0].severity, "error");
  });

  it("leaves Keras 2 alone", () => {
    assertNone(code, "BatchNormalization(axis=[1, 2])", keras2);
  });
});
