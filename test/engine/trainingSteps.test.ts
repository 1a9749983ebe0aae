import assert from "node:assert/strict";
import fc from "fast-check";
import {
  BatchNormalization,
  expectedMoving,
  stepsUntilWithin,
  tensorFrom,
} from "../../src/engine/index.ts";
import { assertValues, tensor, values } from "./support.ts";

const x = tensor([[2], [4], [6], [8]]);

function trained(calls: number, momentum = 0.9): BatchNormalization {
  const layer = new BatchNormalization({ name: "bn", momentum, dtype: "float64" });
  for (let call = 0; call < calls; call++) layer.call(x, { training: true });
  return layer;
}

describe("the training steps of a layer", () => {
  it("tell what each call found and left", () => {
    const { trainingSteps, movingMean, movingVariance } = trained(3);
    const { count, kept, initial } = trainingSteps;
    assert.deepEqual([count, kept.map(({ step }) => step)], [3, [1, 2, 3]]);
    assertValues(initial!.mean, [0]);
    assertValues(initial!.variance, [1]);
    for (const { batchMean, batchVariance } of kept) {
      assertValues(batchMean, [5]);
      assertValues(batchVariance, [5]);
    }
    assertValues(kept[0]!.movingMean, [0.5]);
    assertValues(kept[2]!.movingMean, values(movingMean));
    assertValues(kept[2]!.movingVariance, values(movingVariance));
  });

  it("leave out inference and frozen calls", () => {
    const layer = trained(1);
    layer.call(x);
    layer.trainable = false;
    layer.call(x, { training: true });
    assert.equal(layer.trainingSteps.count, 1);
  });

  it("begin anew where the statistics are set", () => {
    const layer = trained(4);
    layer.movingMean!.assign(tensorFrom([7], [1], "float64"));
    layer.call(x, { training: true });
    const { count, initial, target } = layer.trainingSteps;
    assert.equal(count, 1);
    assertValues(initial!.mean, [7]);
    assertValues(target.mean, [5]);
  });

  it("stay few, evenly spaced, the last among them", () => {
    const { count, kept } = trained(1300).trainingSteps;
    const steps = kept.map(({ step }) => step);
    assert.equal(count, 1300);
    assert.ok(steps.length <= 513);
    assert.equal(steps.at(-1), 1300);
    const gaps = new Set(steps.slice(1, -1).map((step, i) => step - steps[i]!));
    assert.deepEqual([...gaps], [4]);
  });

  it("follow the expected curve where every batch is the same", () => {
    const { trainingSteps } = trained(40);
    const { initial, target } = trainingSteps;
    for (const { step, movingMean, movingVariance } of trainingSteps.kept) {
      assertValues(movingMean, [expectedMoving(initial!.mean[0]!, target.mean[0]!, 0.9, step)]);
      assertValues(movingVariance, [
        expectedMoving(initial!.variance[0]!, target.variance[0]!, 0.9, step),
      ]);
    }
  });
});

describe("steps until a moving statistic is within a share", () => {
  const assertSteps = (share: number, momentum: number, expected: number) =>
    it(`${share} at momentum ${momentum}: ${expected}`, () => {
      assert.equal(stepsUntilWithin(share, momentum), expected);
    });

  assertSteps(0.01, 0.99, 459);
  assertSteps(0.01, 0.9, 44);
  assertSteps(0.05, 0.9, 29);
  assertSteps(0.01, 0.1, 2);
  assertSteps(0.01, 0, 1);
  assertSteps(0.01, 1, Infinity);
  assertSteps(0.01, Number.NaN, Infinity);

  it("are the first at which so little of the initial value is left", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.9999, noNaN: true }), (momentum) => {
        const steps = stepsUntilWithin(0.01, momentum);
        assert.ok(momentum ** steps <= 0.01 * (1 + 1e-9));
        assert.ok(steps === 1 || momentum ** (steps - 1) > 0.01 * (1 - 1e-9));
      }),
    );
  });
});
