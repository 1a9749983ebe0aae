import assert from "node:assert/strict";
import { columnValues, tableColumns } from "../../src/shared/channelColumns.ts";
import type { ChannelsPayload } from "../../src/shared/outputs.ts";
import { layerPayload, layerSummary, tensorPayload } from "./payloads.ts";

describe("the columns of the table", () => {
  /** The usual columns, then in brackets those that one can ask for. */
  function assertColumns(name: string, payload: ChannelsPayload, expected: string) {
    it(name, () => {
      const columns = tableColumns(payload);
      const keys = (usual: boolean) =>
        columns.filter((column) => column.usual === usual).map(({ key }) => key);
      assert.equal(`${keys(true).join(" ")} (${keys(false).join(" ")})`, expected);
    });
  }
  const weights = { movingMean: [0], movingVariance: [1] };
  const { statistics } = tensorPayload(1);
  const { mean, variance, std } = statistics!;
  const moments = { mean, variance, std, min: null, max: null, nanCount: null, infCount: null };
  assertColumns(
    "of a tensor",
    tensorPayload(1),
    "mean std variance min max (count firstQuartile median thirdQuartile zeros nan inf)",
  );
  assertColumns(
    "show zeros and what is not finite where there is any",
    tensorPayload(1, { statistics: { ...statistics!, zeroCount: [2], nanCount: [1] } }),
    "mean std variance min max zeros nan (count firstQuartile median thirdQuartile inf)",
  );
  assertColumns(
    "of a tensor seen through a layer",
    tensorPayload(1, { layer: layerSummary(1) }),
    "mean std variance gamma beta movingMean movingVariance gap " +
      "(count min firstQuartile median thirdQuartile max zeros nan inf outputMean outputStd)",
  );
  assertColumns(
    "of a layer that was never called",
    layerPayload(1, layerSummary(1, { weights })),
    "movingMean movingVariance ()",
  );
  assertColumns(
    "of a layer's last batch",
    tensorPayload(1, { statistics: moments, layer: layerSummary(1, { weights }) }),
    "mean std variance movingMean movingVariance gap (count outputMean outputStd)",
  );
  assertColumns(
    "of an output of an early version",
    tensorPayload(1, {
      statistics: { ...moments, min: [0], max: [1], nanCount: [0], infCount: [0] },
    }),
    "mean std variance min max (count nan inf)",
  );
  assertColumns(
    "of a layer without weights",
    layerPayload(0, layerSummary(0, { weights: {}, built: false })),
    " ()",
  );

  it("show differences of the size of the spread", () => {
    const payload = tensorPayload(1, {
      statistics: { ...statistics!, std: [0.01], min: [9999.965] },
    });
    const min = tableColumns(payload).find(({ key }) => key === "min")!;
    assert.equal(min.format(min.values[0]!), "9999.965");
  });

  it("show three digits of the usual number beside one that is huge", () => {
    const variance = [...Array<number>(9).fill(1.234), 5678];
    const payload = tensorPayload(10, {
      statistics: { ...tensorPayload(10).statistics!, variance },
    });
    const column = tableColumns(payload).find(({ key }) => key === "variance")!;
    assert.equal(column.format(1.234), "1.234");
  });

  it("say shares of zeros in percent", () => {
    const payload = tensorPayload(1, { statistics: { ...statistics!, zeroCount: [3] } });
    const zeros = tableColumns(payload).find(({ key }) => key === "zeros")!;
    assert.equal(zeros.format(zeros.values[0]!), "75.0 %");
  });
});

describe("the gap of the moving statistics", () => {
  function gap(movingMean: number, movingVariance: number): number {
    const layer = layerSummary(1, {
      epsilon: 0,
      weights: { movingMean: [movingMean], movingVariance: [movingVariance] },
    });
    // Mean 0, variance 1.
    return columnValues(tensorPayload(1, { layer }), "gap")![0]!;
  }
  it("is nothing where they are the batch's", () => assert.equal(gap(0, 1), 0));
  it("is the shift in standard deviations", () => {
    assert.equal(gap(3, 1), 3);
    // sqrt(1 * (1/1 - 1/2)**2 + (3/2)**2)
    assert.equal(gap(3, 4), Math.sqrt(0.25 + 2.25));
  });
});
