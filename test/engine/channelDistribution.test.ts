/**
 * Quartiles and counts of channels, as NumPy 2.4 has them: fixtures/channelDistributions.json holds
 * what `np.quantile(finite, [0.25, 0.5, 0.75])` and comparisons of its arrays gave for each case.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { channelDistributions, finiteChannel } from "../../src/engine/channelDistribution.ts";
import { channelHistograms, type DType, tensorFrom } from "../../src/engine/index.ts";

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly axis: number | null;
  readonly dtype: DType;
  readonly seed: number;
  readonly expected: Readonly<Record<string, readonly (number | null)[]>>;
}

const file = new URL("fixtures/channelDistributions.json", import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(file, "utf8"));

/** The linear congruential generator of Numerical Recipes, in [0, 1). */
function draws(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

const makers: Readonly<Record<string, (u: number) => number>> = {
  spread: (u) => u * 8 - 4,
  rectified: (u) => Math.max(u * 8 - 4, 0),
  clipped: (u) => Math.min(Math.max(u * 16 - 4, 0), 6),
  offset: (u) => u / 128 + 10000,
  holes: (u) => (u < 0.1 ? Number.NaN : u > 0.9 ? Infinity : u),
  nothing: () => Number.NaN,
  whole: (u) => Math.floor(u * 10) - 5,
  repeated: () => 2.5,
  halves: (u) => Math.floor(u * 2048) / 1024 - 1,
};

describe("channelDistributions, as NumPy", () => {
  for (const name of Object.keys(makers)) {
    it(`of values that are ${name}`, () => {
      const own = cases.filter((each) => each.name === name);
      assert.ok(own.length > 0);
      for (const { shape, axis, dtype, seed, expected } of own) {
        const count = shape.reduce((a, b) => a * b, 1);
        const tensor = tensorFrom(draws(count, seed).map(makers[name]!), shape, dtype);
        const found = channelDistributions(tensor, axis);
        for (const [key, values] of Object.entries(expected)) {
          const list: Float64Array = found[key as keyof typeof found];
          assert.deepEqual(
            Array.from(list, (value) => (Number.isNaN(value) ? null : value)),
            values,
            `${key} of ${dtype} ${shape}`,
          );
        }
      }
    });
  }

  it("of no values are NaN and zero", () => {
    const found = channelDistributions(tensorFrom([], [0, 2]), 1);
    assert.deepEqual([...found.median, ...found.zeroCount], [Number.NaN, Number.NaN, 0, 0]);
    assert.deepEqual([...channelDistributions(tensorFrom([], [2, 0]), 1).median], []);
  });

  it("are those of sorted values, whatever the order", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 1500 }), (values) => {
        const sorted = Float64Array.from(values).sort();
        const { median } = channelDistributions(
          tensorFrom(values, [values.length], "float64"),
          null,
        );
        const half = (values.length - 1) / 2;
        const [low, high] = [sorted[Math.floor(half)]!, sorted[Math.ceil(half)]!];
        // Zero and minus zero are equal, and either can be the one in the middle.
        assert.ok(median[0]! >= low && median[0]! <= high);
      }),
      { numRuns: 60 },
    );
  });
});

describe("finiteChannel", () => {
  it("has one channel's values in the tensor's order, without those that are not finite", () => {
    const x = tensorFrom([1, 2, Number.NaN, 4, 5, 6, 7, -Infinity, 9, 10, 11, 12], [2, 3, 2]);
    assert.deepEqual([...finiteChannel(x, 1, 1)], [4, 9, 10]);
    assert.deepEqual([...finiteChannel(x, -1, 0)], [1, 5, 7, 9, 11]);
    assert.deepEqual([...finiteChannel(x, null, 0)].length, 10);
  });
});

describe("histograms of ranges by channel", () => {
  it("count what lies inside, and span their own values where none is given", () => {
    const x = tensorFrom([0, 0, 1, 10, 2, 20, 90, 30], [4, 2]);
    const [first, second] = channelHistograms(x, 1, { bins: 2, ranges: [[0, 2], null] });
    assert.deepEqual([...first!.counts, ...first!.edges], [1, 2, 0, 1, 2]);
    assert.deepEqual([...second!.counts, ...second!.edges], [2, 2, 0, 15, 30]);
  });

  it("are refused in NumPy's words", () =>
    assert.throws(
      () => channelHistograms(tensorFrom([1], [1, 1]), 1, { bins: 2, ranges: [[2, 1]] }),
      /max must be larger than min in range parameter\./,
    ));
});
