import assert from "node:assert/strict";
import { historyStrings } from "../../src/shared/historyStrings.ts";
import type { LayerHistory } from "../../src/shared/layerHistory.ts";
import { layerHistoryView } from "../../src/views/layerHistory.ts";
import type { LinePlotContent } from "../../src/views/linePlot.ts";
import { texts, useDocument } from "./dom.ts";

/** Momentum 0.5 on batches of mean 4 and variance 9, and a second channel that stays. */
const history: LayerHistory = {
  count: 3,
  momentum: 0.5,
  expectedSteps: 7,
  steps: [1, 2, 3],
  mean: {
    initial: [0, 0],
    target: [4, 0],
    batch: [
      [4, 0],
      [4, 0],
      [4, 0],
    ],
    moving: [
      [2, 0],
      [3, 0],
      [3.5, 0],
    ],
  },
  variance: {
    initial: [1, 1],
    target: [9, 1],
    batch: [
      [9, 1],
      [9, 1],
      [9, 1],
    ],
    moving: [
      [5, 1],
      [7, 1],
      [8, 1],
    ],
  },
};

describe("the view of a layer's training calls", () => {
  useDocument();

  function mounted(channels = 2) {
    const shown: LinePlotContent[] = [];
    const marks: number[] = [];
    const view = layerHistoryView(history, channels, historyStrings, () => ({
      element: document.createElement("figure"),
      show: (content) => shown.push(content),
      mark: (index) => marks.push(index),
      dispose() {},
    }));
    const click = (label: string) =>
      view.element.querySelector<HTMLElement>(`button[title="${label}"]`)!.click();
    const row = (index: number) => texts(view.element.querySelectorAll("tbody tr")[index]!, "td");
    return { view, shown, marks, click, row, where: () => texts(view.element, ".where")[0] };
  }

  it("shows the last call first: what it found, left, and what was expected", () => {
    const { row, where } = mounted();
    assert.equal(where(), "Training call 3 of 3");
    assert.deepEqual(row(0), ["0", "4", "3.5", "3.5", "4", "88 %", "not within 1 % yet"]);
    assert.deepEqual(row(1), ["1", "9", "8", "8", "9", "88 %", "not within 1 % yet"]);
  });

  it("steps back to any call, and to before the first", () => {
    const { click, row, where, marks } = mounted();
    click("Previous call");
    assert.equal(where(), "Training call 2 of 3");
    assert.deepEqual(row(0).slice(1, 3), ["4", "3"]);
    click("Previous call");
    click("Previous call");
    click("Previous call");
    assert.equal(where(), "Before the first training call");
    assert.deepEqual(row(0).slice(0, 3), ["0", "", "0"]);
    assert.equal(marks.at(-1), 0);
  });

  it("says how long the way takes at this momentum", () => {
    const { view } = mounted();
    assert.equal(
      texts(view.element, "p.muted")[0],
      "At momentum 0.5, 99 % of the way takes 7 calls: each call keeps 0.5 of the old value.",
    );
  });

  it("draws all channels by the share of the way that is left, the expected one beside", () => {
    const { shown } = mounted();
    const [mean] = shown;
    assert.equal(
      mean!.label,
      "Moving mean of 1 channels: on average 13 % of the way is left after 3 calls",
    );
    assert.deepEqual(mean!.x, [0, 1, 2, 3]);
    const kinds = mean!.lines.map(({ kind, values }) => [kind, ...values]);
    assert.deepEqual(kinds, [
      ["faint", 1, 0.5, 0.25, 0.125],
      ["main", 1, 0.5, 0.25, 0.125],
      ["dashed", 1, 0.5, 0.25, 0.125],
    ]);
  });

  it("draws one channel's values where it is the only one", () => {
    const { shown } = mounted(1);
    assert.equal(shown[0]!.label, "Moving mean of channel 0: from 0 to 3.5 in 3 calls");
    assert.deepEqual(
      shown[0]!.lines.map(({ kind, values }) => [kind, ...values.slice(1)]),
      [
        ["dots", 4, 4, 4],
        ["main", 2, 3, 3.5],
        ["dashed", 2, 3, 3.5],
      ],
    );
  });

  it("selects another channel, and says that it had no way to go", () => {
    const { view, row } = mounted();
    view.select(1);
    assert.deepEqual(row(0).slice(-2), ["", "had no way to go"]);
  });
});
