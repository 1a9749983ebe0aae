import assert from "node:assert/strict";
import {
  BatchNormalization,
  type Config,
  type FrameworkStep,
  frameworkConventions,
  frameworkSteps,
  type Tensor,
} from "../../src/engine/index.ts";
import { assertRaises, assertValues, ones, tensor, values } from "./support.ts";

/** Mean 5 and population variance 5; divided by n - 1 it is 20 / 3. */
const x = tensor([[2], [4], [6], [8]]);

const layerOf = (config: Config = {}) => new BatchNormalization({ name: "bn", ...config });

function steps(config: Config = {}, inputs: Tensor = x): Record<string, FrameworkStep> {
  const found = frameworkSteps(layerOf(config), inputs);
  return Object.fromEntries(found.map((step) => [step.convention.framework, step]));
}

describe("frameworks after one training step", () => {
  // 0.99 of the initial 0 and 1, 0.01 of the batch's: only the divisor differs.
  const assertStep = (framework: string, variance: number) =>
    it(`${framework} has a moving variance of ${variance.toFixed(4)}`, () => {
      const step = steps()[framework]!;
      assertValues(step.movingMean, [0.05], 1e-12);
      assertValues(step.movingVariance, [variance], 1e-12);
      assertValues(step.inferenceScale, [1 / Math.sqrt(variance + 1e-3)], 1e-12);
    });

  assertStep("Keras 3", 0.99 + 0.01 * 5);
  assertStep("PyTorch", 0.99 + (0.01 * 20) / 3);
  assertStep("tf.keras 2 (fused)", 0.99 + (0.01 * 20) / 3);
  assertStep("ONNX", 0.99 + 0.01 * 5);

  it("are Keras's own numbers under Keras", () => {
    const config = { momentum: 0.7, dtype: "float64" };
    const layer = layerOf(config);
    layer.call(x, { training: true });
    const keras = steps(config)["Keras 3"]!;
    assert.deepEqual([...keras.movingMean], values(layer.movingMean));
    assert.deepEqual([...keras.movingVariance], values(layer.movingVariance));
  });

  it("start from what the layer has by now, and leave it so", () => {
    const layer = layerOf({ momentum: 0.5 });
    layer.call(x, { training: true });
    const before = layer.getWeights();
    const [keras, torch] = frameworkSteps(layer, x);
    assertValues(keras!.movingMean, [3.75]);
    assertValues(torch!.movingVariance, [1.5 + 10 / 3]);
    assert.deepEqual(layer.getWeights(), before);
  });

  it("name PyTorch's layer for the input's rank", () => {
    const torch = (...shape: number[]) =>
      steps({}, ones(...shape)).PyTorch!.layer.replace("torch.nn.", "");
    assert.equal(torch(4, 2), "BatchNorm1d");
    assert.equal(torch(4, 3, 2), "BatchNorm1d");
    assert.equal(torch(4, 3, 3, 2), "BatchNorm2d");
    assert.equal(torch(4, 3, 3, 3, 2), "BatchNorm3d");
    assert.equal(torch(4, 3, 3, 3, 3, 2), "functional.batch_norm");
  });

  it("leave a layer unbuilt, and take a frozen one as if it trained", () => {
    const layer = layerOf({ trainable: false });
    assertValues(frameworkSteps(layer, x)[0]!.movingMean, [0.05], 1e-12);
    assert.equal(layer.built, false);
  });

  it("differ on a single value: PyTorch has no variance for it, TensorFlow divides by 1", () => {
    const single = steps({}, ones(1, 1));
    assertValues(single["Keras 3"]!.movingVariance, [0.99], 1e-12);
    assertValues(single["tf.keras 2 (fused)"]!.movingVariance, [0.99], 1e-12);
    assert.deepEqual([...single["PyTorch"]!.movingVariance], [Number.NaN]);
  });
});

describe("a layer's arguments in other frameworks' terms", () => {
  const assertArguments = (framework: string, config: Config, momentum: number, epsilon: number) =>
    it(`${framework}: ${JSON.stringify(config)}`, () => {
      const step = steps(config)[framework]!;
      assert.deepEqual([step.momentum, step.epsilon], [momentum, epsilon]);
    });

  assertArguments("Keras 3", { momentum: 0.9, epsilon: 1e-7 }, 0.9, 1e-7);
  assertArguments("PyTorch", {}, 0.01, 1e-3);
  assertArguments("PyTorch", { momentum: 0.9, epsilon: 1e-7 }, 0.1, 1e-7);
  assertArguments("tf.keras 2 (fused)", { epsilon: 1e-4 }, 0.99, 1e-4);
  assertArguments("tf.keras 2 (fused)", { epsilon: 1e-7 }, 0.99, 1.001e-5);
  assertArguments("ONNX", { momentum: 0.9 }, 0.9, 1e-3);

  it("stand beside the defaults that each framework has", () => {
    const defaults = frameworkConventions.map(({ momentum, epsilon }) => [
      `${momentum.argument}=${momentum.default}`,
      `${epsilon.argument}=${epsilon.default}`,
    ]);
    assert.deepEqual(defaults, [
      ["momentum=0.99", "epsilon=0.001"],
      ["momentum=0.1", "eps=0.00001"],
      ["momentum=0.99", "epsilon=0.001"],
      ["momentum=0.9", "epsilon=0.00001"],
    ]);
  });
});

describe("frameworks", () => {
  it("are compared without renorm alone", () => {
    assertRaises(() => steps({ renorm: true }), "ValueError", /Received: renorm=True$/);
  });

  it("raise what the layer raises", () => {
    const layer = layerOf();
    layer.build([null, 2]);
    assertRaises(() => frameworkSteps(layer, x), "ValueError", /expected axis -1/);
  });
});
