import { deepEqual } from "node:assert/strict";
import { keras, problemsIn } from "./assertions.ts";

const severities = (text: string) =>
  problemsIn(keras + text).map(({ code, severity }) => `${code} ${severity ?? "default"}`);

const layer = (given: string) => `bn = BatchNormalization(${given})\n`;

describe("in a test", () => {
  const [quiet, loud] = ["pytorch-momentum information", "pytorch-momentum default"];

  it("is information what is a warning elsewhere: the values serve the test", () => {
    for (const text of [
      `def test_converts(tmp_path):\n  ${layer("momentum=0.1")}  check(bn)`,
      `class Converts(unittest.TestCase):\n  def make(self):\n    ${layer("momentum=0.1")}    return bn`,
      `class Converts(tf.test.TestCase, Mixin):\n  ${layer("momentum=0.1")}`,
      "@pytest.mark.parametrize('layer', [BatchNormalization(momentum=0.1)])\ndef test_one(layer):\n  check(layer)",
      `def _smoke_test():\n  ${layer("momentum=0.1")}  check(bn)`,
      `async def bench_it():\n  ${layer("momentum=0.1")}  check(bn)`,
    ])
      deepEqual(severities(text), [quiet], text);
    const exact = `def test_exact():\n  ${layer("axis=0, epsilon=0")}  check(bn)`;
    deepEqual(severities(exact), ["argument-range information", "argument-range information"]);
    const frozen = "m.compile('sgd', 'mse')\n  m.fit(x, y)\n  m.trainable = False\n  m.fit(x, y)\n";
    const code = "trainable-after-compile";
    const model = "m = keras.Sequential([BatchNormalization()])\n  ";
    deepEqual(severities(`def test_it():\n  ${model}${frozen}`), [`${code} information`]);
    deepEqual(severities(`def train():\n  ${model}${frozen}`), [`${code} default`]);
  });

  it("stays an error what Keras raises", () => {
    const text = `def test_it():\n  ${layer("momentun=0.9")}  check(bn)`;
    deepEqual(severities(text), ["unknown-argument default"]);
  });

  it("is no test what only calls one, tests a value or has another base", () => {
    for (const text of [
      `def build():\n  ${layer("momentum=0.1")}  return bn\ndef test_it():\n  build()`,
      `class TestNet(keras.Model):\n  def __init__(self):\n    self.${layer("momentum=0.1")}`,
      `def checkpoint():\n  ${layer("momentum=0.1")}  return bn`,
      `def latest():\n  ${layer("momentum=0.1")}  return bn\n# def test`,
    ])
      deepEqual(severities(text), [loud], text);
  });
});
