/**
 * `bnlab`: statistics of channels and gradients, in cells.
 */
import assert from "node:assert/strict";
import { type ChannelsPayload, channelsMime } from "../../src/shared/outputs.ts";
import { run } from "./kerasCells.ts";

const imageBatch =
  'x = np.random.default_rng(0).normal(3.0, 2.0, size=(30, 32, 32, 64)).astype("float32")\n';

function assertPrints(code: string, ...expected: readonly string[]): void {
  const { printed, error } = run(code);
  assert.equal(error, null, code);
  assert.equal(printed, `${expected.join("\n")}\n`, code);
}

function assertRaises(code: string, expected: string): void {
  assert.equal(run(code).error, expected, code);
}

describe("bnlab.stats", () => {
  it("prints shape, axis and counts, then a row for each channel, aligned", () => {
    const { printed } = run(`${imageBatch}print(bnlab.stats(x))`);
    const [heading, ...rows] = printed.trimEnd().split("\n");
    assert.equal(heading, "float32 (30, 32, 32, 64) · axis 3 · 64 channels × 30,720 values");
    assert.match(rows[0]!, /^channel +mean +variance +std +min +max$/);
    assert.match(rows[64]!, /^ {5}63 +[23]\.\d+ /);
    assert.deepEqual([...new Set(rows.map((row) => row.length))], [rows[0]!.length]);
  });

  it("has statistics as arrays", () => {
    assertPrints(
      `s = bnlab.stats(np.array([[1.0, np.nan], [3.0, np.inf], [5.0, 2.0]]))
print(s.mean, s.std[0].round(4), s.variance[0].round(4), s.min, s.max)
print(s.nan_count, s.inf_count, s.count, s.shape, s.axis, s.dtype)
print(s.histogram.shape, s.histogram.sum(axis=1), s.bin_edges.shape, s.bin_edges[0, 0])`,
      "[ 3. nan] 1.633 2.6667 [1. 2.] [5. 2.]",
      "[0 1] [0 1] 3 (3, 2) 1 float64",
      "(2, 32) [3 1] (2, 33) 1.0",
    );
  });

  it("keeps the axis it is told, by number or through a layer", () => {
    assertPrints(
      `x = np.arange(12.0).reshape(2, 3, 2)
print(bnlab.stats(x, axis=1).mean, bnlab.stats(x, axis=-3).axis, bnlab.stats(x, axis=None).mean)
print(bnlab.stats(x, layer=layers.BatchNormalization(axis=1)).axis)
print(bnlab.stats([1, 2, 3]).mean, bnlab.stats([1, 2, 3], axis=0).mean, bnlab.stats(5).count)
print(bnlab.stats([[True, False]]))`,
      "[3.5 5.5 7.5] 0 [5.5]",
      "1",
      "[2.] [1. 2. 3.] 1",
      "bool (1, 2) · axis 1 · 2 channels × 1 value",
      "channel  mean  variance  std  min  max",
      "      0     1         0    0    1    1",
      "      1     0         0    0    0    0",
    );
  });

  it("is shown in the bins that are asked for, far outliers apart", () => {
    const histograms = (bins: string) => {
      const { shown } = run(
        `x = np.random.default_rng(0).normal(size=(500, 3))\nx[0, 1] = 1e4\nbnlab.stats(x, bins=${bins})`,
      );
      return (shown[0]![channelsMime] as ChannelsPayload).histograms!;
    };
    assert.deepEqual(
      histograms("7").counts.map((counts) => counts.length),
      [7, 7, 7],
    );
    const { counts, above } = histograms('"fd"');
    // By itself the outlier would make tens of thousands of bins of channel 1.
    assert.ok(
      counts.every(({ length }) => length > 10 && length < 60),
      String(counts),
    );
    assert.deepEqual(above, [0, 1, 0]);
    assert.ok(counts.every((each, c) => each.reduce((a, b) => a + b, above![c]!) === 500));
  });

  it("is shown as a table whatever the size, with the layer's weights beside it", () => {
    const { shown } = run(
      `bn = layers.BatchNormalization(momentum=0.5)
x = np.array([[1, 2], [3, 6]], dtype="float32")
y = bn(x, training=True)
bnlab.stats(x, layer=bn)`,
    );
    const payload = shown[0]![channelsMime] as ChannelsPayload;
    assert.deepEqual(payload.statistics!.mean, [2, 4]);
    assert.deepEqual(payload.layer!.weights.movingMean, [1, 2]);
    assert.deepEqual(payload.layer!.changedArguments, [["momentum", "0.5"]]);
  });

  it("refuses axes in NumPy's words", () => {
    assertRaises(
      "bnlab.stats(np.ones((2, 3)), axis=2)",
      "AxisError: axis 2 is out of bounds for array of dimension 2",
    );
    assertRaises(
      "bnlab.stats(np.ones((2, 3)), layer=layers.BatchNormalization(axis=3))",
      "AxisError: axis 3 is out of bounds for array of dimension 2",
    );
    assertRaises(
      "bnlab.stats(np.ones(3), layer=1)",
      "TypeError: `layer` should be a BatchNormalization layer. Received: int",
    );
  });
});

describe("bnlab.gradients", () => {
  it("gives the gradients of the sum of the outputs times upstream", () => {
    assertPrints(
      `bn = layers.BatchNormalization(epsilon=0.0)
x = np.array([[1.0], [3.0]], dtype="float32")
g = bnlab.gradients(bn, x, np.array([[1.0], [0.0]]))
print(list(g), g["input"].shape, g["gamma"], g["beta"], abs(g["input"]).max() < 1e-6)
g = bnlab.gradients(bn, x, np.array([[1.0], [0.0]]), training=False)
print(g["input"].ravel(), g["gamma"])`,
      "['input', 'gamma', 'beta'] (2, 1) [-1.] [1.] True",
      "[1. 0.] [1.]",
    );
  });

  it("has no gradient of a weight that the layer lacks", () => {
    assertPrints(
      `bn = layers.BatchNormalization(center=False)
print(list(bnlab.gradients(bn, np.ones((2, 3)), np.ones((2, 3)))))`,
      "['input', 'gamma']",
    );
  });

  it("refuses what is no layer, or an upstream of another shape", () => {
    assertRaises(
      "bnlab.gradients(None, np.ones(3), np.ones(3))",
      "TypeError: `layer` should be a BatchNormalization layer. Received: NoneType",
    );
    assertRaises(
      "bnlab.gradients(layers.BatchNormalization(), np.ones((2, 3)), np.ones((3, 2)))",
      "ValueError: `upstream` should have the shape of the inputs. " +
        "Received: upstream.shape=(3, 2), inputs.shape=(2, 3)",
    );
  });
});

describe("bnlab.modes", () => {
  const trained = `x = np.array([[1.0, -2.0, 30.0], [3.0, 0.0, 50.0], [5.0, 2.0, 40.0], [7.0, 4.0, 20.0]])
bn = layers.BatchNormalization(momentum=0.5, dtype="float64")
for _ in range(3): _ = bn(x, training=True)
`;

  it("ranks the channels by how much the modes differ, and says why", () => {
    assertPrints(
      `${trained}print(bnlab.modes(bn, x))`,
      "float64 (4, 3) · axis 1 · training beside inference",
      "the moving statistics hold 12.5 % of their initial values: 4 more training calls leave 1 %",
      "channel  difference  mean_gap  std_ratio  reason",
      "      2      0.4237    0.4181      1.068  moving statistics not converged",
      "      0      0.2418    0.2357      1.054  moving statistics not converged",
      "      1     0.07997   0.05892      1.054  moving statistics not converged",
    );
  });

  it("has its columns as arrays, in the channels' order", () => {
    assertPrints(
      `${trained}m = bnlab.modes(bn, x * [1, 1, 3])
print(m.ranking, m.reasons[2], m.difference.shape, m.mean_gap.round(2), m.std_ratio.round(2))
print(round(m.remaining, 6))`,
      "[2 0 1] other data than in training (3,) [0.24 0.06 7.11] [1.05 1.05 3.21]",
      "0.125",
    );
  });

  it("wants a layer first", () => {
    assertRaises(
      "bnlab.modes(np.ones((2, 2)), layers.BatchNormalization())",
      "TypeError: `layer` should be a BatchNormalization layer. Received: ndarray",
    );
  });
});
