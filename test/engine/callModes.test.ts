import assert from "node:assert/strict";
import fc from "fast-check";
import {
  BatchNormalization,
  type Config,
  compareModes,
  type ModeReason,
  numericValues,
  type Tensor,
  tensorFrom,
} from "../../src/engine/index.ts";
import { assertValues, normalTensor } from "./support.ts";

/** Mean and standard deviation of each channel. */
type Channels = readonly (readonly [mean: number, std: number])[];

const four: Channels = [
  [5, 2],
  [-3, 0.5],
  [40, 10],
  [0.1, 4],
];

/** Draws of these distributions, of shape (rows, channels). */
function batchOf(channels: Channels, rows = 4000, seed = 1): Tensor {
  const width = channels.length;
  const drawn = numericValues(normalTensor([rows, width], { dtype: "float64", seed }));
  const spread = Array.from(drawn, (value, i) => {
    const [mean, std] = channels[i % width]!;
    return mean + std * value;
  });
  return tensorFrom(spread, [rows, width], "float64");
}

function layerOf(config: Config = {}): BatchNormalization {
  return new BatchNormalization({ name: "bn", dtype: "float64", momentum: 0.9, ...config });
}

function trainedOn(batch: Tensor, calls: number, config: Config = {}): BatchNormalization {
  const layer = layerOf(config);
  for (let call = 0; call < calls; call++) layer.call(batch, { training: true });
  return layer;
}

describe("training beside inference", () => {
  it("differs by the root mean square over the outputs themselves", () => {
    const cases = fc.record({
      calls: fc.integer({ min: 0, max: 40 }),
      mean: fc.double({ min: -9, max: 9, noNaN: true }),
      std: fc.double({ min: 0.01, max: 9, noNaN: true }),
      gamma: fc.double({ min: -3, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ calls, mean, std, gamma }) => {
        const batch = batchOf([[mean, std]], 20);
        const layer = trainedOn(batchOf([[1, 2]], 20, 2), calls, {
          gamma_initializer: {
            module: "keras.initializers",
            class_name: "Constant",
            config: { value: gamma },
          },
        });
        const found = compareModes(layer, batch);
        const inference = numericValues(layer.call(batch));
        const training = numericValues(layer.call(batch, { training: true }));
        const squares = Array.from(training, (value, i) => (value - inference[i]!) ** 2);
        const rms = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
        assertValues(found.difference, [rms], 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it("ranks the channels, and leaves the layer as it is", () => {
    const layer = trainedOn(batchOf(four), 100);
    const before = layer.getWeights();
    const shifted = batchOf([four[0]!, [-2, 0.5], four[2]!, [0.1, 8]]);
    const { ranking, meanGap, stdRatio } = compareModes(layer, shifted);
    assert.deepEqual(ranking.slice(0, 2), [1, 3]);
    assert.ok(Math.abs(meanGap[1]! - 2) < 0.1);
    assert.ok(Math.abs(stdRatio[3]! - 2) < 0.1);
    assert.deepEqual(layer.getWeights(), before);
    assert.equal(layer.trainingSteps.count, 100);
  });

  const assertReasons = (
    what: string,
    layer: () => BatchNormalization,
    batch: () => Tensor,
    ...expected: ModeReason[]
  ) =>
    it(`${what}: ${expected.join(", ")}`, () => {
      assert.deepEqual(compareModes(layer(), batch()).reasons, expected);
    });

  assertReasons(
    "a layer trained on the same data",
    () => trainedOn(batchOf(four), 100),
    () => batchOf(four, 4000, 2),
    ...(["agree", "agree", "agree", "agree"] as const),
  );
  assertReasons(
    "a layer never trained",
    () => layerOf(),
    () => batchOf(four),
    ...(["unconverged", "unconverged", "unconverged", "unconverged"] as const),
  );
  assertReasons(
    "a layer trained a few times, one channel at home in its initial values",
    () => trainedOn(batchOf([...four, [0, 1]]), 5),
    () => batchOf([...four, [0, 1]], 4000, 2),
    ...(["unconverged", "unconverged", "unconverged", "unconverged", "agree"] as const),
  );
  assertReasons(
    "a trained layer, two channels moved",
    () => trainedOn(batchOf(four), 100),
    () => batchOf([four[0]!, [-2, 0.5], four[2]!, [0.1, 8]]),
    ...(["agree", "shifted", "agree", "shifted"] as const),
  );
  assertReasons(
    "a layer trained on data that look like its initial values, all moved since",
    () =>
      trainedOn(
        batchOf([
          [0, 1],
          [0, 1],
          [0, 1],
          [0, 1],
        ]),
        100,
      ),
    () =>
      batchOf([
        [5, 2],
        [5, 2],
        [5, 2],
        [5, 2],
      ]),
    ...(["shifted", "shifted", "shifted", "shifted"] as const),
  );
  assertReasons(
    "a batch of six",
    () => trainedOn(batchOf(four), 100),
    () => batchOf(four, 6, 9),
    ...(["smallBatch", "smallBatch", "smallBatch", "smallBatch"] as const),
  );
  assertReasons(
    "NaN in the batch",
    () => trainedOn(batchOf(four), 100),
    () => batchOf([[Number.NaN, 1], ...four.slice(1)]),
    ...(["notFinite", "agree", "agree", "agree"] as const),
  );

  it("estimates what is left of the initial values", () => {
    for (const calls of [1, 5, 20]) {
      const batch = batchOf(four);
      const { remaining } = compareModes(trainedOn(batch, calls), batch);
      assert.ok(Math.abs(remaining! - 0.9 ** calls) < 1e-6, `${calls}: ${remaining}`);
    }
  });

  it("says nothing of initial values that are drawn", () => {
    const layer = trainedOn(batchOf(four), 2, { moving_mean_initializer: "glorot_uniform" });
    assert.equal(compareModes(layer, batchOf(four)).remaining, null);
  });
});
