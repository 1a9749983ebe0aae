import assert from "node:assert/strict";
import fc from "fast-check";
import { linearTicks, logarithmicTicks } from "../../src/shared/axisTicks.ts";
import { channelStages, hasStages } from "../../src/shared/stages.ts";
import { layerPayload, layerSummary, tensorPayload } from "./payloads.ts";

/** Channel 3 has mean 3 and std 1. */
const seen = (weights: object, epsilon = 0) =>
  tensorPayload(4, {
    layer: layerSummary(4, {
      epsilon,
      weights: { ...layerSummary(4).weights, ...weights },
    }),
  });

describe("the stages of a channel", () => {
  const assertStages = (
    what: string,
    payload: ReturnType<typeof seen>,
    training: boolean,
    expected: readonly (readonly [mean: number, std: number])[],
  ) =>
    it(what, () => {
      const stages = channelStages(payload, 3, training);
      assert.deepEqual(
        stages.map(({ mean, std }) => [mean, std].map((value) => Number(value.toFixed(9)) + 0)),
        expected,
      );
    });

  const affine = { gamma: Array(4).fill(-2), beta: Array(4).fill(5) };
  assertStages("in training, mean 0 and std 1, then gamma and beta", seen(affine), true, [
    [3, 1],
    [0, 1],
    [5, 2],
  ]);
  assertStages(
    "in inference, by the moving statistics",
    seen({ movingMean: Array(4).fill(1), movingVariance: Array(4).fill(4) }),
    false,
    [
      [3, 1],
      [1, 0.5],
      [1, 0.5],
    ],
  );
  assertStages("epsilon keeps the std below 1", seen({}, 3), true, [
    [3, 1],
    [0, 0.5],
    [0, 0.5],
  ]);
  assertStages("without scale and center", seen({ gamma: undefined, beta: undefined }), true, [
    [3, 1],
    [0, 1],
    [0, 1],
  ]);

  it("are there for a tensor seen through a built layer alone", () => {
    assert.ok(hasStages(seen({})));
    assert.ok(!hasStages(tensorPayload(2)));
    assert.ok(!hasStages(layerPayload(2, layerSummary(2))));
    assert.ok(!hasStages(tensorPayload(2, { layer: layerSummary(2, { built: false }) })));
  });
});

describe("round numbers along an axis", () => {
  const assertTicks = (low: number, high: number, count: number, ...expected: number[]) =>
    it(`${low} to ${high}: ${expected.join(", ")}`, () =>
      assert.deepEqual(linearTicks(low, high, count), expected));

  assertTicks(0, 1, 5, 0, 0.2, 0.4, 0.6, 0.8, 1);
  assertTicks(0.1, 0.35, 5, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35);
  assertTicks(7, 7, 5, 7);

  it("lie inside, evenly spaced, few", () => {
    const ends = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(ends, ends, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        fc.pre(high - low > 1e-6);
        const ticks = linearTicks(low, high, 6);
        assert.ok(ticks.length <= 7);
        const slack = (high - low) * 1e-6;
        assert.ok(ticks.every((tick) => tick >= low - slack && tick <= high + slack));
      }),
    );
  });

  it("are powers of ten for logarithms", () => {
    assert.deepEqual(logarithmicTicks(2500, 5), [1, 10, 100, 1000]);
    assert.deepEqual(logarithmicTicks(1e9, 5), [1, 100, 10_000, 1_000_000, 100_000_000]);
    assert.deepEqual(logarithmicTicks(0.5, 5), [1]);
  });
});
