import { deepEqual } from "node:assert/strict";
import {
  assertFixed,
  assertNone,
  assertProblem,
  keras,
  problemsIn,
  tensorflow,
} from "./assertions.ts";

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
    assertProblem(code, made("{'r*': 3}"), "{'r*': 3}");
  });

  it("says that clipping without renorm does nothing", () => {
    assertFixed(
      code,
      "bn = BatchNormalization(renorm_clipping={'rmax': 3})",
      "bn = BatchNormalization(renorm_clipping={'rmax': 3}, renorm=True)",
    );
  });

  it("is no error where Keras does not look at it", () => {
    const severities = problemsIn(`${keras}bn = BatchNormalization(renorm_clipping={'rmaxx': 3})`);
    deepEqual(
      severities.map(({ severity }) => severity),
      ["information", "warning"],
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

  it("knows other words for gamma and beta", () => {
    assertFixed(
      code,
      "layer.set_weights([mean, variance, scale, offset])",
      "layer.set_weights([scale, offset, mean, variance])",
    );
    assertNone(code, "layer.set_weights([bn_scale, bn_bias, bn_mean, bn_var])");
    assertFixed(
      code,
      "layer.set_weights([beta, gamma, mm, mv])",
      "layer.set_weights([gamma, beta, mm, mv])",
    );
    assertNone(code, "layer.set_weights([gamma, beta, mm, mv])");
  });

  it("knows short words for the moving statistics", () => {
    assertFixed(
      code,
      "layer.set_weights([beta, gamma, mm, mv])",
      "layer.set_weights([gamma, beta, mm, mv])",
    );
    assertNone(code, "layer.set_weights([gamma, beta, mm, mv])");
  });

  it("leaves the right order, and names that do not tell, alone", () => {
    assertNone(code, "bn.set_weights([gamma, beta, mean, var])");
    assertNone(code, "bn.set_weights([kernel, gamma, beta, iteration, mean, var])");
    assertNone(code, "bn.set_weights([scale / np.sqrt(var + eps), mean])");
    assertNone(code, "bn.set_weights([beta, mean, var])");
    assertNone(code, "bn.set_weights([a, b, var, mean])");
    assertNone(code, "bn.set_weights(weights)\nconv.set_weights([bias, kernel])");
  });
});
