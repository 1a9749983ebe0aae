import assert from "node:assert/strict";
import fc from "fast-check";
import {
  castTensor,
  channelLayout,
  channelStatistics,
  moments,
  numericValues,
  type Tensor,
  tensorFrom,
} from "../../src/engine/index.ts";
import { assertRaises, assertValues, normalTensor, tensor } from "./support.ts";

/** The elements of each channel, found by dividing every position out. */
function channelsOf(x: Tensor, axis: number | null): number[][] {
  const { channels, inner } = channelLayout(x.shape, axis);
  const found: number[][] = Array.from({ length: channels }, () => []);
  numericValues(x).forEach((value: number, at: number) => {
    found[Math.floor(at / inner) % channels].push(value);
  });
  return found;
}

/** A sum without rounding errors to speak of (Neumaier's compensated summation). */
function exactSum(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

function exactMoments(values: readonly number[]) {
  const mean = exactSum(values) / values.length;
  return { mean, variance: exactSum(values.map((value) => (value - mean) ** 2)) / values.length };
}

const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
const problems = shapes.chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    axis: fc.integer({ min: -shape.length, max: shape.length - 1 }),
    seed: fc.integer(),
    mean: fc.constantFrom(0, 1, -1e4, 1e6),
    std: fc.constantFrom(1e-2, 1, 1e3),
  }),
);

describe("moments", () => {
  it("of known values", () => {
    const x = tensor([
      [1, 10],
      [3, 30],
    ]);
    const last = moments(x, -1);
    assert.deepEqual([...last.mean], [2, 20]);
    assert.deepEqual([...last.variance], [1, 100]);
    assert.deepEqual([...last.count], [2, 2]);
    assert.deepEqual([...moments(x, 0).mean], [5.5, 16.5]);
    assert.deepEqual([...moments(x, null).mean], [11]);
  });

  it("agree with compensated sums, whatever the shape, axis and scale", () => {
    fc.assert(
      fc.property(problems, ({ shape, axis, seed, mean, std }) => {
        const x = normalTensor(shape, { mean, std, seed });
        const found = moments(x, axis);
        channelsOf(x, axis).forEach((values, c) => {
          const exact = exactMoments(values);
          assert.ok(Math.abs(found.mean[c] - exact.mean) <= 1e-14 * (Math.abs(mean) + std));
          const tolerance = 1e-12 * exact.variance + 1e-26 * mean * mean;
          assert.ok(Math.abs(found.variance[c] - exact.variance) <= tolerance);
        });
      }),
    );
  });

  it("keep their digits for mean 1e4 and deviation 1e-2, over many rows", () => {
    const x = normalTensor([20000, 3], { mean: 1e4, std: 1e-2, dtype: "float64" });
    const found = moments(x, -1);
    channelsOf(x, -1).forEach((values, c) => {
      const exact = exactMoments(values);
      assertValues([found.mean[c]], [exact.mean], 1e-15);
      assert.ok(Math.abs(found.variance[c] / exact.variance - 1) < 1e-9);
    });
  });

  describe("of many float32 values keep seven digits and more", () => {
    const hard: readonly [string, Parameters<typeof normalTensor>[1], (x: Float32Array) => void][] =
      [
        ["about 0", { std: 3 }, () => {}],
        ["with a large mean", { mean: 1e4, std: 1e-2 }, () => {}],
        ["whose first row lies far out", {}, (x) => x.fill(1e6, 0, 5)],
        ["whose last row lies far out", {}, (x) => x.fill(-1e6, x.length - 5)],
        ["that are tiny", { std: 1e-25 }, () => {}],
        ["whose squares float32 cannot hold", { std: 1e25 }, () => {}],
        ["all but one of a kind", { std: 0, mean: 0.1 }, (x) => x.fill(0.2, 77, 78)],
      ];
    for (const [what, distribution, change] of hard) {
      for (const [shape, axis] of [
        [[20_000, 5], -1],
        [[4, 5, 5000], 1],
      ] as const) {
        it(`${what}: axis ${axis}`, () => {
          const x = normalTensor(shape, distribution);
          change(x.data as Float32Array);
          const found = moments(x, axis);
          channelsOf(x, axis).forEach((values, c) => {
            const exact = exactMoments(values);
            const std = Math.sqrt(exact.variance);
            assert.ok(Math.abs(found.mean[c] - exact.mean) <= 1e-8 * std);
            assert.ok(Math.abs(found.variance[c] - exact.variance) <= 1e-7 * exact.variance);
          });
        });
      }
    }
  });

  it("do not depend on the order of the elements", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (list) => {
          const there = moments(tensorFrom(list, [list.length]), null);
          const back = moments(tensorFrom(list.toReversed(), [list.length]), null);
          const scale = Math.max(...list.map(Math.abs));
          assert.ok(Math.abs(there.mean[0] - back.mean[0]) <= 1e-14 * scale);
          assert.ok(Math.abs(there.variance[0] - back.variance[0]) <= 1e-12 * scale * scale);
        },
      ),
    );
  });

  it("are never negative in variance, and zero for a repeated value", () => {
    for (const value of [0.1, 1e4 / 3, -7e-30]) {
      const { variance } = moments(tensorFrom(new Array(37).fill(value), [37], "float64"), null);
      assert.ok(variance[0] >= 0 && variance[0] <= 1e-30 * value * value);
    }
  });

  it("propagate NaN and infinities as NumPy does", () => {
    const { mean, variance } = moments(
      tensor([
        [Infinity, Number.NaN, -Infinity, 1],
        [1, 1, Infinity, 2],
      ]),
      -1,
    );
    assertValues(mean, [Infinity, Number.NaN, Number.NaN, 1.5]);
    assertValues(variance, [Number.NaN, Number.NaN, Number.NaN, 0.25]);
  });

  it("of nothing are NaN", () => {
    const { mean, variance, count } = moments(tensorFrom([], [0, 2]), -1);
    assertValues(mean, [Number.NaN, Number.NaN]);
    assertValues(variance, [Number.NaN, Number.NaN]);
    assertValues(count, [0, 0]);
  });

  it("of other element types are those of their values", () => {
    const x = tensor([
      [1, 0],
      [0, 0],
      [1, 1],
      [1, 0],
    ]);
    for (const dtype of ["bool", "uint8", "int64", "float16", "bfloat16"] as const) {
      assertValues(moments(castTensor(x, dtype), -1).mean, [0.75, 0.25]);
    }
  });

  it("need an axis that exists", () => {
    assertRaises(() => moments(tensor([1, 2]), 1), "IndexError", "tuple index out of range");
  });
});

describe("masked moments", () => {
  const x = tensor([
    [1, 10],
    [2, 20],
    [Number.NaN, 30],
    [6, 60],
  ]);

  it("leave out what the mask does", () => {
    const mask = tensor([1, 0, 0, 1], "bool");
    const { count, mean, variance } = moments(x, -1, { mask });
    assert.deepEqual([...count], [2, 2]);
    // `2 + 1e-7` is 2 in float32, in which Keras adds them.
    assertValues(mean, [3.5, 35], 1e-15);
    assertValues(variance, [6.25, 625], 1e-15);
  });

  it("count any nonzero as True", () => {
    const mask = tensor([0.1, -3, 0, 1e-30]);
    assert.deepEqual([...moments(x, -1, { mask }).count], [3, 3]);
  });

  it("are zero where everything is masked", () => {
    const { mean, variance } = moments(x, -1, { mask: tensor([0, 0, 0, 0], "bool") });
    assert.deepEqual([...mean, ...variance], [0, 0, 0, 0]);
  });

  it("cover all axes but the last, whichever holds the channels", () => {
    const y = tensorFrom([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
    const mask = tensor(
      [
        [1, 0],
        [1, 1],
      ],
      "bool",
    );
    assert.deepEqual([...moments(y, 1, { mask }).count], [4, 2]);
    assertValues(moments(y, 1, { mask }).mean, [(1 + 2 + 5 + 6) / 4, (7 + 8) / 2], 1e-6);
    assert.deepEqual([...moments(y, 0, { mask }).count], [2, 4]);
  });

  it("broadcast a mask with 1 on an axis", () => {
    const y = tensorFrom([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
    assert.deepEqual([...moments(y, -1, { mask: tensor([[1], [0]], "bool") }).count], [2, 2]);
    assertValues(moments(y, -1, { mask: tensor([[1, 0]], "bool") }).mean, [3, 4]);
  });

  it("refuse a mask that does not broadcast, in NumPy's words", () => {
    assertRaises(
      () => moments(tensor([[[1, 2]]]), -1, { mask: tensor([[1, 1, 1]]) }),
      "ValueError",
      "operands could not be broadcast together with remapped shapes [original->remapped]: " +
        "(1,3,1)  and requested shape (1,1,2)",
    );
  });
});

describe("channelStatistics", () => {
  it("tell finite extremes, NaN and infinities apart", () => {
    const x = tensor([
      [1, Number.NaN, Number.NaN],
      [-4, Infinity, Number.NaN],
      [3, 2, -Infinity],
    ]);
    const [plain, mixed, none] = channelStatistics(x, -1);
    assert.deepEqual(plain, {
      count: 3,
      mean: 0,
      variance: 26 / 3,
      std: Math.sqrt(26 / 3),
      min: -4,
      max: 3,
      nanCount: 0,
      infCount: 0,
    });
    assert.deepEqual(
      [mixed.min, mixed.max, mixed.nanCount, mixed.infCount, mixed.mean],
      [2, 2, 1, 1, Number.NaN],
    );
    assert.deepEqual(
      [none.min, none.max, none.nanCount, none.infCount],
      [Number.NaN, Number.NaN, 2, 1],
    );
  });

  it("take the whole tensor as one channel where there is no axis", () => {
    const [all, ...rest] = channelStatistics(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      null,
    );
    assert.equal(rest.length, 0);
    assert.deepEqual([all.count, all.mean, all.variance], [4, 2.5, 1.25]);
  });

  it("see every row of a long channels-last tensor once", () => {
    const x = normalTensor([1000, 3], { seed: 4 });
    channelStatistics(x, -1).forEach(({ count, min, max }, c) => {
      const values = channelsOf(x, -1)[c];
      assert.deepEqual([count, min, max], [1000, Math.min(...values), Math.max(...values)]);
    });
  });
});
