import assert from "node:assert/strict";
import {
  axesSentence,
  channelHistogram,
  formatShape,
  headline,
  layerCall,
  layerNotes,
} from "../../src/shared/channelTable.ts";
import type { ChannelsPayload } from "../../src/shared/outputs.ts";
import { viewStrings, viewStringsFor } from "../../src/shared/strings.ts";
import { layerPayload, layerSummary, tensorPayload } from "./payloads.ts";

describe("the headline", () => {
  function assertHeadline(changes: Partial<ChannelsPayload>, expected: string) {
    it(expected, () => assert.equal(headline(tensorPayload(64, changes), viewStrings), expected));
  }
  assertHeadline(
    { shape: [30, 32, 32, 64], axis: 3, valuesPerChannel: 30720 },
    "float32 (30, 32, 32, 64) · axis 3 · 64 channels × 30,720 values",
  );
  assertHeadline(
    { shape: [1000], axis: null, channels: 1, valuesPerChannel: 1000 },
    "float32 (1000,) · 1 channel × 1,000 values",
  );
  assertHeadline(
    { shape: [5000], axis: 0, totalChannels: 5000, valuesPerChannel: 1 },
    "float32 (5000,) · axis 0 · 5,000 channels × 1 value",
  );
  assertHeadline({ shape: null, axis: null, valuesPerChannel: null }, "64 channels");

  it("is translated", () =>
    assert.equal(
      headline(tensorPayload(3), viewStringsFor("zh-cn")),
      "float32 (4, 3) · 轴 1 · 3 个通道 × 4 个值",
    ));
});

describe("a shape", () => {
  function assertShape(shape: number[], expected: string) {
    it(expected, () => assert.equal(formatShape(shape), expected));
  }
  assertShape([], "()");
  assertShape([64], "(64,)");
  assertShape([2, 3], "(2, 3)");
});

describe("the sentence about axes", () => {
  function assertSentence(shape: number[], axis: number | null, expected: string) {
    it(expected, () => assert.equal(axesSentence(shape, axis, viewStrings), expected));
  }
  assertSentence(
    [30, 64, 32, 32],
    1,
    "Axis 1 is kept, the others are averaged away: 64 channels, each with one mean and one variance over 30 × 32 × 32 = 30,720 values",
  );
  assertSentence(
    [1, 8],
    1,
    "Axis 1 is kept, the others are averaged away: 8 channels, each with one mean and one variance over 1 value",
  );
  assertSentence([8], 0, "Axis 0 is the only one: each channel is a single value");
  assertSentence(
    [30, 4],
    null,
    "Every axis is averaged away: one mean and one variance over 30 × 4 = 120 values",
  );
});

describe("a layer", () => {
  it("is written as its constructor call", () => {
    const changedArguments = [
      ["axis", "1"],
      ["name", "'bn'"],
    ] as const;
    assert.equal(
      layerCall(layerSummary(1, { changedArguments })),
      "BatchNormalization(axis=1, name='bn')",
    );
  });

  function assertNotes(name: string, payload: ChannelsPayload, ...expected: string[]) {
    it(name, () => assert.deepEqual(layerNotes(payload, viewStrings), expected));
  }
  const unbuilt = layerSummary(0, { weights: {}, built: false });
  const { mean, variance, std } = tensorPayload(1).statistics!;
  const statistics = { mean, variance, std, min: null, max: null, nanCount: null, infCount: null };
  assertNotes("a tensor has no notes", tensorPayload(1));
  assertNotes("a built layer has none", layerPayload(1, layerSummary(1)));
  assertNotes("says that it is not built", layerPayload(0, unbuilt), viewStrings.notBuilt);
  assertNotes(
    "says whose moments are shown",
    tensorPayload(1, { statistics, histograms: null, layer: layerSummary(1) }),
    viewStrings.lastBatch,
  );
});

describe("a channel's histogram", () => {
  it("says its finding", () =>
    assert.equal(
      channelHistogram(tensorPayload(2), 1, viewStrings)?.label,
      "Histogram of channel 1: 4 values from −1 to 3, peak near 1.5",
    ));

  it("of one repeated value says so, and has its peak there", () => {
    const statistics = { ...tensorPayload(1).statistics!, min: [7], max: [7] };
    const histograms = { low: [6.5], high: [7.5], counts: [[0, 4]] };
    const { label, peak } = channelHistogram(
      tensorPayload(1, { statistics, histograms }),
      0,
      viewStrings,
    )!;
    assert.equal(label, "Histogram of channel 0: all 4 values are 7");
    assert.equal(peak, 7);
  });

  it("says that there is nothing finite", () => {
    const statistics = { ...tensorPayload(1).statistics!, min: ["NaN"], max: ["NaN"] } as const;
    const histograms = { low: [0], high: [1], counts: [[0, 0]] };
    assert.equal(
      channelHistogram(tensorPayload(1, { statistics, histograms }), 0, viewStrings)?.label,
      "Channel 0 has no finite values",
    );
  });

  it("says what lies outside of its range", () => {
    const { histograms } = tensorPayload(1);
    const statistics = { ...tensorPayload(1).statistics!, min: [-80], max: [95] };
    const clipped = { ...histograms!, below: [3], above: [1] };
    const found = channelHistogram(
      tensorPayload(1, { statistics, histograms: clipped }),
      0,
      viewStrings,
    )!;
    assert.equal(
      found.label,
      "Histogram of channel 0: 4 values from −2 to 2, peak near 0.5; " +
        "outside of it 3 values down to −80 and 1 value up to 95",
    );
    assert.deepEqual([found.below, found.above], [3, 1]);
  });

  it("is absent where the payload has none", () =>
    assert.equal(channelHistogram(tensorPayload(1, { histograms: null }), 0, viewStrings), null));
});
