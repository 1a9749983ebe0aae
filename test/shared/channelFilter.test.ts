import assert from "node:assert/strict";
import { FilterError, filterNames, parseFilter } from "../../src/shared/channelFilter.ts";
import { findOddities } from "../../src/shared/oddities.ts";
import { format, viewStrings } from "../../src/shared/strings.ts";
import { layerSummary, replaced, tensorPayload } from "./payloads.ts";

const plain = tensorPayload(12);
/** Means 0 to 11, std 1 but for channels 2 and 3, zeros in 4, NaN in 5, a dead gamma in 6. */
const payload = tensorPayload(12, {
  statistics: {
    ...plain.statistics!,
    std: replaced(plain.statistics!.std, { 2: 1e-4, 3: 0.5 }),
    mean: replaced(plain.statistics!.mean, { 5: "NaN" }),
    zeroCount: replaced(Array<number>(12).fill(0), { 4: 3 }),
    nanCount: replaced(Array<number>(12).fill(0), { 5: 1 }),
  },
  layer: layerSummary(12, { weights: { gamma: replaced(Array(12).fill(1), { 6: 0 }) } }),
});
const odd = findOddities(payload);

describe("the filter of channels", () => {
  function assertPasses(filter: string, ...expected: number[]) {
    it(filter || "nothing", () => {
      const passes = parseFilter(filter, payload, odd);
      const found = [...Array(12).keys()].filter(passes);
      assert.deepEqual(found, expected);
    });
  }
  const all = [...Array(12).keys()];
  assertPasses("", ...all);
  assertPasses("  ", ...all);
  assertPasses("std < 1e-3", 2);
  assertPasses("STD<=.5", 2, 3);
  assertPasses("nan > 0", 5);
  assertPasses("zeros > 50%", 4);
  assertPasses("zeros >= 0.75", 4);
  assertPasses("mean == 7", 7);
  assertPasses("mean != 7 and mean > 5", 6, 8, 9, 10, 11);
  assertPasses("3 < mean <= 6", 4, 6);
  assertPasses("mean ≥ 10", 10, 11);
  assertPasses("-mean < -10", 11);
  assertPasses("abs(mean - 4) < 2", 3, 4);
  assertPasses("(mean + 1) * 2 > 20", 10, 11);
  assertPasses("max - min > 3 and q1 < median", ...all);
  assertPasses("var / std > 1", 2, 3);
  assertPasses("channel > 9", 10, 11);
  assertPasses("7", 7);
  assertPasses("0-2, 11", 0, 1, 2, 11);
  assertPasses("2 – 0", 0, 1, 2);
  assertPasses("10-99", 10, 11);
  assertPasses("0-3 and std < 1", 2, 3);
  assertPasses("(1, 2) and not 2", 1);
  assertPasses("(1 or 2)", 1, 2);
  assertPasses("dead", 6);
  assertPasses("has_nan or dead", 5, 6);
  assertPasses("not odd and mean < 2", 0, 1);

  it("takes every channel that one can read about in the summary", () => {
    const passes = parseFilter("odd", payload, odd);
    assert.deepEqual(all.filter(passes), [...odd.keys()]);
  });

  function assertProblem(filter: string, at: number, sentence: string) {
    it(`${filter}: ${sentence}`, () =>
      assert.throws(
        () => parseFilter(filter, payload, odd),
        (error) => {
          assert.ok(error instanceof FilterError);
          assert.equal(format(viewStrings[error.problem], ...error.facts), sentence);
          assert.equal(error.at, at);
          return true;
        },
      ));
  }
  const early = "The filter ends too early: a number, a column or a channel is missing";
  const names =
    "count, mean, std, variance, min, q1, median, q3, max, zeros, nan, inf, gamma, output_mean, output_std";
  assertProblem("std <", 5, early);
  assertProblem("std < 1 and", 11, early);
  assertProblem("(std < 1", 8, early);
  assertProblem("std << 1", 5, "“<” does not fit here");
  assertProblem("std < 1)", 7, "“)” does not fit here");
  assertProblem("std < 1 mean", 8, "“mean” does not fit here");
  assertProblem("std < $", 6, "“$” does not fit here");
  assertProblem("sdt < 1", 0, `There is no column “sdt”. There are ${names}`);
  assertProblem("1 < moving_mean", 4, `This value has no moving_mean. It has ${names}`);
  assertProblem("12", 0, "There is no channel 12: they are 0–11");
  assertProblem("std", 0, "A comparison is missing, such as std < 1e-3 or nan > 0");
  assertProblem("abs(mean)", 0, "A comparison is missing, such as std < 1e-3 or nan > 0");

  it("lists the columns that there are", () =>
    assert.equal(filterNames(payload).join(", "), names));
});
