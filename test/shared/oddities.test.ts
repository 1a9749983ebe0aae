import assert from "node:assert/strict";
import {
  channelRuns,
  findingWords,
  findOddities,
  groupSentence,
  oddGroups,
} from "../../src/shared/oddities.ts";
import type { ChannelsPayload, JsonNumber, ValueStatistics } from "../../src/shared/outputs.ts";
import { viewStrings } from "../../src/shared/strings.ts";
import { layerSummary, replaced, tensorPayload } from "./payloads.ts";

describe("odd channels", () => {
  /** All means 0, so that no channel lies away from the others. */
  const statistics: ValueStatistics = {
    ...tensorPayload(20).statistics!,
    mean: Array<number>(20).fill(0),
  };

  /** Of 20 channels of 1,000 values: sentences by kind, then what is said of single channels. */
  function assertOdd(
    name: string,
    changed: Partial<ValueStatistics>,
    changes: Partial<ChannelsPayload>,
    sentences: readonly string[],
    words: Readonly<Record<number, string>> = {},
  ) {
    it(name, () => {
      const payload = tensorPayload(20, {
        valuesPerChannel: 1000,
        statistics: { ...statistics, ...changed },
        ...changes,
      });
      const odd = findOddities(payload);
      assert.deepEqual(
        oddGroups(odd).map((group) => groupSentence(group, 20, viewStrings)),
        sentences,
      );
      for (const [channel, expected] of Object.entries(words)) {
        const found = odd.get(Number(channel))!.map((it) => findingWords(it, viewStrings));
        assert.equal(found.join("; "), expected);
      }
    });
  }
  const layer = (weights: object) => layerSummary(20, { weights });
  const counts = (values: Readonly<Record<number, number>>) =>
    replaced(Array<number>(20).fill(0), values);

  assertOdd("are none where all are alike", {}, {}, []);
  assertOdd(
    "have NaN or infinities",
    { nanCount: counts({ 3: 2 }), infCount: counts({ 5: 1000, 3: 1 }) },
    {},
    ["contains NaN: channel 3", "contains infinity: channels 3, 5"],
    { 3: "0.2 % NaN; 0.1 % infinite", 5: "100 % infinite" },
  );
  assertOdd(
    "have lost their moving statistics",
    {},
    {
      layer: layer({
        movingMean: replaced<JsonNumber>(Array(20).fill(0), { 4: "NaN", 6: "Infinity" }),
        movingVariance: replaced<JsonNumber>(Array(20).fill(1), { 4: "NaN", 9: "NaN" }),
      }),
    },
    ["moving statistics lost: channels 4, 6, 9"],
    { 4: "NaN or infinite" },
  );
  const variance = replaced(statistics.variance, { 3: 0, 17: 0 });
  assertOdd(
    "are constant",
    { variance, mean: replaced(statistics.mean, { 17: 2.5 }) },
    {},
    ["zero variance: channels 3, 17"],
    { 17: "all values are 2.5" },
  );
  assertOdd("are not constant for being a single value", { variance }, { valuesPerChannel: 1 }, []);
  assertOdd(
    "have a variance that epsilon outweighs",
    { variance: replaced(statistics.variance, { 2: 1e-3, 4: 4e-3 }) },
    { layer: layer({ gamma: Array(20).fill(1) }) },
    ["variance near epsilon: channel 2"],
    { 2: "normalized std only 0.71" },
  );
  assertOdd(
    "have a dead gamma",
    {},
    { layer: layer({ gamma: replaced(Array(20).fill(1), { 7: 0, 8: -5e-4 }) }) },
    ["dead gamma: channels 7, 8"],
    { 7: "gamma 0", 8: "gamma −0.0005" },
  );
  assertOdd("can be all of them", {}, { layer: layer({ gamma: Array(20).fill(0) }) }, [
    "dead gamma: all channels",
  ]);
  assertOdd(
    "are mostly zero",
    { zeroCount: counts({ 1: 899, 2: 900, 3: 999 }) },
    {},
    ["mostly zero: channels 2, 3"],
    { 2: "90.0 % zeros" },
  );
  assertOdd(
    "are saturated at an end, but not at a rectifier's zero",
    {
      lowCount: counts({ 1: 500, 4: 60 }),
      highCount: counts({ 2: 310, 4: 70, 5: 49 }),
      min: replaced(statistics.min!, { 1: 0, 4: -1 }),
      max: replaced(statistics.max!, { 2: 6, 4: 1 }),
    },
    {},
    ["saturated: channels 2, 4"],
    { 2: "31.0 % at 6", 4: "7.0 % at 1" },
  );
  assertOdd(
    "are not saturated for being integers",
    { highCount: counts({ 2: 310 }) },
    { dtype: "int32" },
    [],
  );
  assertOdd(
    "spread unlike the others",
    { std: replaced(statistics.std, { 4: 12, 9: 0.1 }) },
    {},
    ["wider than the others: channel 4", "narrower than the others: channel 9"],
    { 4: "std 12 × the usual", 9: "std 0.1 × the usual" },
  );
  assertOdd(
    "lie far from the others",
    { mean: replaced(statistics.mean, { 6: 30, 7: 4 }) },
    {},
    ["far from the others: channel 6"],
    { 6: "mean 30 stds away" },
  );
  assertOdd(
    "have moving statistics that are not the batch's",
    {},
    {
      layer: layerSummary(20, {
        epsilon: 0,
        weights: {
          movingMean: replaced(Array(20).fill(0), { 10: 2 }),
          movingVariance: Array(20).fill(1),
        },
      }),
    },
    ["moving statistics off: channel 10"],
    { 10: "by 2 stds" },
  );

  it("are not compared where there are few", () => {
    const few = tensorPayload(7);
    const std = replaced(few.statistics!.std, { 0: 1000 });
    assert.equal(
      findOddities(tensorPayload(7, { statistics: { ...few.statistics!, std } })).size,
      0,
    );
  });

  it("are listed as runs, and not all of many", () => {
    assert.deepEqual(channelRuns([0, 1, 2, 5, 8, 9]), [
      [0, 2],
      [5, 5],
      [8, 9],
    ]);
    const every = (step: number) => Array.from({ length: 40 }, (_, i) => step * i);
    const sentence = (channels: number[]) =>
      groupSentence({ oddity: "deadGamma", channels }, 100, viewStrings);
    assert.equal(sentence([0, 1, 2, 5, 8, 9]), "dead gamma: channels 0–2, 5, 8, 9");
    assert.equal(sentence(every(2)), "dead gamma: channels 0, 2, 4, 6, 8, 10, 12, 14 and 32 more");
  });
});
