import assert from "node:assert/strict";
import type { ModesSummary } from "../../src/shared/modes.ts";
import { modesStrings } from "../../src/shared/modesStrings.ts";
import { modesView } from "../../src/views/modes.ts";
import { texts, useDocument } from "./dom.ts";

const modes: ModesSummary = {
  count: 256,
  momentum: 0.9,
  remaining: 0.35,
  stepsLeft: 34,
  difference: [0.5, 2, 0.01, "NaN"],
  meanGap: [0.4, -1.9, 0, "NaN"],
  stdRatio: [1.2, 1.1, 1, "NaN"],
  reasons: ["unconverged", "unconverged", "agree", "notFinite"],
};

describe("the view of training beside inference", () => {
  useDocument();

  it("groups the channels by reason, gravest first, and says why", () => {
    const view = modesView(modes, modesStrings, () => {});
    assert.deepEqual(texts(view, ".reason"), [
      "1 channel: NaN or infinity",
      "2 channels: the moving statistics have not converged",
      "1 channel: both modes agree",
    ]);
    assert.equal(
      texts(view, ".why")[1],
      "They still hold 35 % of their initial values; 34 more training calls at momentum 0.9 leave 1 %.",
    );
  });

  it("ranks each group by the difference, which a bar shows beside its number", () => {
    const view = modesView(modes, modesStrings, () => {});
    const [, unconverged] = view.querySelectorAll("table");
    assert.deepEqual(texts(unconverged!, "tbody th"), ["1", "0"]);
    const bars = [...unconverged!.querySelectorAll("svg")];
    assert.deepEqual(
      bars.map((bar) => bar.querySelector("rect")!.getAttribute("width")),
      ["120", "30"],
    );
    assert.equal(bars[0]!.getAttribute("aria-label"), "Channel 1: difference 2");
  });

  it("says that all channels have one reason, and shows the first of many", () => {
    const many: ModesSummary = {
      ...modes,
      difference: Array(20).fill(1),
      meanGap: Array(20).fill(1),
      stdRatio: Array(20).fill(1),
      reasons: Array(20).fill("shifted"),
    };
    const chosen: number[] = [];
    const view = modesView(many, modesStrings, (channel) => chosen.push(channel));
    assert.deepEqual(texts(view, ".reason"), ["All channels: the data have moved since training"]);
    assert.equal(view.querySelectorAll("tbody tr").length, 6);
    const buttons = [...view.querySelectorAll<HTMLElement>("button")];
    assert.equal(buttons.at(-1)!.textContent, "14 more");
    buttons.at(-1)!.click();
    assert.equal(view.querySelectorAll("tbody tr").length, 20);
    buttons[2]!.click();
    assert.deepEqual(chosen, [2]);
  });
});
