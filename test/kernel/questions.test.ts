/**
 * What a running kernel tells a view about one channel of a tensor. Counts and positions are those of
 * NumPy 2.4: `np.histogram(channel, rule)` and `np.argwhere` of the same draws.
 */
import assert from "node:assert/strict";
import type { ChannelsPayload } from "../../src/shared/outputs.ts";
import { channelsMime } from "../../src/shared/outputs.ts";
import { type Answer, channelReference, type Question } from "../../src/shared/questions.ts";
import { run } from "./kerasCells.ts";

const draws = `x = np.random.default_rng(7).normal(3.0, 2.0, size=(6, 5, 4, 3)).astype("float32")
x[0, 0, 0, 1] = np.nan
`;

/** What a question about a channel of what a cell shows is answered with, after more cells. */
function answer(
  code: string,
  channel: number,
  question: (of: NonNullable<ReturnType<typeof channelReference>>) => Question,
  ...more: readonly string[]
): Answer {
  const { kernel, shown, error } = run(code, ...more);
  assert.equal(error, null);
  const payload = shown[0]![channelsMime] as ChannelsPayload;
  return kernel.ask(question(channelReference(payload, channel)!));
}

type Bins = Extract<Question, { kind: "histogram" }>["bins"];
type Range = readonly [number, number] | null;

const histogram =
  (bins: Bins, range: Range = null) =>
  (of: Question["of"]): Question => ({ kind: "histogram", of, bins, range });

const samples =
  (low: number, high: number, closed = false) =>
  (of: Question["of"]): Question => ({ kind: "samples", of, low, high, closed });

describe("a question for a channel's histogram", () => {
  function assertCounts(bins: Bins, range: Range, expected: Partial<Answer>) {
    it(`in ${bins} bins${range ? ` from ${range.join(" to ")}` : ""}`, () =>
      assert.deepEqual(answer(`${draws}bnlab.stats(x)`, 1, histogram(bins, range)), {
        kind: "histogram",
        below: 0,
        above: 0,
        ...(range ? {} : { low: -3.5028767585754395, high: 7.489513397216797 }),
        ...expected,
      }));
  }
  const auto = { counts: [1, 1, 2, 11, 15, 15, 32, 20, 14, 6, 2] };
  assertCounts("auto", null, auto);
  assertCounts("fd", null, auto);
  assertCounts("sturges", null, { counts: [2, 1, 14, 18, 39, 28, 15, 2] });
  assertCounts(5, null, { counts: [3, 18, 45, 44, 9] });
  assertCounts("auto", [1, 5], {
    counts: [8, 5, 10, 19, 13, 11, 9, 10],
    low: 1,
    high: 5,
    below: 22,
    above: 12,
  });

  it("is refused where a rule makes too many bins", () =>
    assert.deepEqual(
      answer("y = np.arange(3000.0)\ny[0] = 1e9\nbnlab.stats(y)", 0, histogram("fd")),
      { kind: "unanswered", reason: "tooManyBins", detail: "4809102" },
    ));

  it("of a channel without finite values has empty bins", () =>
    assert.deepEqual(answer("bnlab.stats(np.full((4, 2), np.nan))", 1, histogram(2)), {
      kind: "histogram",
      low: 0,
      high: 1,
      counts: [0, 0],
      below: 0,
      above: 0,
    }));
});

describe("a question for the samples of a bin", () => {
  it("tells how many values of each sample are in it, and where the first is", () => {
    const found = answer(`${draws}bnlab.stats(x)`, 1, samples(5, 6));
    assert.deepEqual(found, {
      kind: "samples",
      values: 7,
      total: 4,
      samples: [
        { index: 0, count: 3, position: [0, 0, 2, 1], value: 5.6804304122924805 },
        { index: 1, count: 2, position: [1, 0, 2, 1], value: 5.2904438972473145 },
        { index: 3, count: 1, position: [3, 2, 0, 1], value: 5.968891143798828 },
        { index: 4, count: 1, position: [4, 1, 1, 1], value: 5.261226654052734 },
      ],
    });
  });

  it("counts the last edge in where the bin is the last", () => {
    const code = "v = np.array([[1.0], [2.0], [3.0]])\nbnlab.stats(v)";
    const counted = (closed: boolean) => {
      const found = answer(code, 0, samples(2, 3, closed));
      return found.kind === "samples" ? found.values : found;
    };
    assert.deepEqual([counted(false), counted(true)], [1, 2]);
  });

  it("has samples along the second axis where the channels are along the first", () => {
    const found = answer(
      "w = np.arange(6.0).reshape(2, 3)\nbnlab.stats(w, axis=0)",
      1,
      samples(4, 9),
    );
    assert.deepEqual(found.kind === "samples" && found.samples, [
      { index: 1, count: 1, position: [1, 1], value: 4 },
      { index: 2, count: 1, position: [1, 2], value: 5 },
    ]);
  });
});

describe("the tensor of a question", () => {
  const changed: Answer = { kind: "unanswered", reason: "tensorChanged" };
  const shown = `${draws}x = x[:, ::-1]\nnp.set_printoptions(threshold=5)\nx`;
  after(() => run("np.set_printoptions(threshold=1000)"));

  it("is the variable that was shown, a view of other memory too", () =>
    assert.equal(answer(shown, 2, histogram(4)).kind, "histogram"));

  it("is found under another name", () =>
    assert.equal(answer(shown, 2, histogram(4), "kept = x\ndel x").kind, "histogram"));

  it("is gone when the name holds something else", () => {
    assert.deepEqual(answer(shown, 2, histogram(4), "x = x + 1\n_ = None"), changed);
    assert.deepEqual(answer(shown, 2, histogram(4), "x = x[0]\n_ = None"), changed);
    assert.deepEqual(answer(shown, 2, histogram(4), "x = 5\n_ = None"), changed);
  });

  it("is another when it was written into", () =>
    assert.deepEqual(answer(shown, 2, histogram(4), "x[0, 0, 0, 2] += 1"), changed));

  it("is the one behind a name that bnlab.stats gave", () =>
    assert.equal(
      answer(`${draws}s = bnlab.stats(x, axis=1)\ns`, 4, histogram(4)).kind,
      "histogram",
    ));
});
