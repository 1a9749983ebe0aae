/**
 * A layer's training calls as the views show them.
 */
import assert from "node:assert/strict";
import { BatchNormalization } from "../../src/engine/index.ts";
import { layerHistory } from "../../src/kernel/layerHistory.ts";
import { arrivedAt, hasWay, momentAt } from "../../src/shared/layerHistory.ts";
import { tensor } from "../engine/support.ts";

const x = tensor([
  [2, -1],
  [4, 1],
  [6, -1],
  [8, 1],
]);

function historyOf(calls: number, momentum = 0.9, channels = 2) {
  const layer = new BatchNormalization({ name: "bn", momentum, dtype: "float64" });
  for (let call = 0; call < calls; call++) layer.call(x, { training: true });
  return layerHistory(layer, channels)!;
}

describe("the history of a layer", () => {
  it("is none before the first training call", () =>
    assert.equal(layerHistory(new BatchNormalization({ name: "bn" }), 0), null));

  it("says where each statistic began, what each call found, and where it is now", () => {
    const history = historyOf(2);
    assert.deepEqual(history.steps, [1, 2]);
    assert.equal(history.expectedSteps, 44);
    const { batch, moving, expected, initial, target, left } = momentAt(history, "mean", 0, 2);
    assert.deepEqual([initial, batch, moving, target], [0, 5, 0.95, 5]);
    assert.ok(Math.abs(expected - 0.95) < 1e-12);
    assert.ok(Math.abs(left - 0.81) < 1e-12);
    assert.deepEqual(momentAt(history, "variance", 0, 0), {
      step: 0,
      initial: 1,
      target: 5,
      batch: Number.NaN,
      moving: 1,
      expected: 1,
      left: 1,
    });
  });

  it("knows the call that arrived within 1 %, as expected", () => {
    const history = historyOf(50);
    assert.equal(arrivedAt(history, "mean", 0), 44);
    assert.equal(arrivedAt(history, "variance", 0), 44);
    assert.equal(arrivedAt(historyOf(43), "mean", 0), null);
  });

  it("knows that a channel which begins at its target has no way to go", () => {
    const history = historyOf(3);
    assert.deepEqual(
      [hasWay(history, "mean", 1), hasWay(history, "variance", 1), hasWay(history, "mean", 0)],
      [false, false, true],
    );
  });

  it("keeps few of many calls, the first and the last among them", () => {
    const { count, steps } = historyOf(2000);
    assert.equal(count, 2000);
    assert.ok(steps.length <= 60);
    assert.deepEqual([steps[0], steps.at(-1)], [1, 2000]);
  });
});
