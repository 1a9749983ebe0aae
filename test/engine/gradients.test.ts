import assert from "node:assert/strict";
import fc from "fast-check";
import {
  BatchNormalization,
  castTensor,
  channelLayout,
  type Gradients,
  gradients,
  maskedDivisor,
  numericValues,
  type Tensor,
  tensorFrom,
} from "../../src/engine/index.ts";
import { assertRaises, assertValues, normalTensor, tensor } from "./support.ts";

interface Problem {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly seed: number;
  readonly training: boolean;
  readonly masked: boolean;
  readonly renorm: boolean;
  readonly scale: boolean;
  readonly center: boolean;
  readonly epsilon: number;
}

const problems: fc.Arbitrary<Problem> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axis: fc.integer({ min: -shape.length, max: shape.length - 1 }),
      seed: fc.integer(),
      training: fc.boolean(),
      masked: fc.boolean(),
      renorm: fc.boolean(),
      scale: fc.boolean(),
      center: fc.boolean(),
      epsilon: fc.constantFrom(0.01, 0.5),
    }),
  );

/**
 * `sum(layer(x) * upstream)` straight from the formula, element by element, with r and d as they
 * are: what the gradients are gradients of.
 */
function loss(
  x: ArrayLike<number>,
  gamma: ArrayLike<number> | null,
  beta: ArrayLike<number> | null,
  upstream: ArrayLike<number>,
  problem: Problem,
  given: {
    readonly mask: ArrayLike<number> | null;
    readonly moving: { readonly mean: ArrayLike<number>; readonly variance: ArrayLike<number> };
    readonly r: ArrayLike<number> | null;
    readonly d: ArrayLike<number> | null;
  },
): number {
  const { channels, inner } = channelLayout(problem.shape, problem.axis);
  const last = problem.shape.at(-1)!;
  let total = 0;
  for (let c = 0; c < channels; c++) {
    const own = Array.from({ length: x.length }, (_, at) => at).filter(
      (at) => Math.floor(at / inner) % channels === c,
    );
    const seen = own.filter((at) => !given.mask || given.mask[Math.floor(at / last)]);
    const divisor = given.mask ? maskedDivisor(seen.length) : seen.length;
    let mean = given.moving.mean[c];
    let variance = given.moving.variance[c];
    if (problem.training) {
      mean = seen.reduce((sum, at) => sum + x[at], 0) / divisor;
      variance = seen.reduce((sum, at) => sum + (x[at] - mean) ** 2, 0) / divisor;
    }
    for (const at of own) {
      const normalized = (x[at] - mean) / Math.sqrt(variance + problem.epsilon);
      const corrected = normalized * (given.r?.[c] ?? 1) + (given.d?.[c] ?? 0);
      total += (corrected * (gamma?.[c] ?? 1) + (beta?.[c] ?? 0)) * upstream[at];
    }
  }
  return total;
}

/** Slopes of a function of several numbers, by central differences. */
function slopes(of: (values: Float64Array) => number, at: ArrayLike<number>): Float64Array {
  const step = 1e-5;
  return Float64Array.from(at, (value, i) => {
    const shifted = Float64Array.from(at);
    shifted[i] = value + step;
    const above = of(shifted);
    shifted[i] = value - step;
    return (above - of(shifted)) / (2 * step);
  });
}

function assertGradients(problem: Problem): void {
  const { shape, axis, seed, training, masked, renorm, scale, center, epsilon } = problem;
  const layer = new BatchNormalization({
    axis: BigInt(axis),
    dtype: "float64",
    renorm,
    scale,
    center,
    epsilon,
  });
  layer.build(shape);
  layer.weights.forEach((variable, i) => {
    const drawn = numericValues(normalTensor(variable.shape, { seed: seed + i, dtype: "float64" }));
    // Variances and deviations are positive.
    const usable = variable.name.match(/variance|stddev/)
      ? drawn.map((v: number) => 0.5 + v * v)
      : drawn;
    variable.assign(tensorFrom(usable, variable.shape, "float64"));
  });
  const x = normalTensor(shape, { seed: seed + 100, mean: 1, dtype: "float64" });
  const upstream = normalTensor(shape, { seed: seed + 200, dtype: "float64" });
  const rows = x.data.length / shape.at(-1)!;
  const flags = Array.from({ length: rows }, (_, i) => (seed >>> (i % 31)) & 1);
  const mask = masked ? tensorFrom(flags, shape.slice(0, -1), "bool") : null;
  const before = layer.getWeights();
  const found: Gradients = gradients(layer, x, upstream, { training, mask });
  assert.deepEqual(layer.getWeights(), before);

  const { correction } = layer.plan(x, { training, mask });
  const given = {
    mask: mask && numericValues(mask),
    moving: {
      mean: numericValues(layer.movingMean!.value),
      variance: numericValues(layer.movingVariance!.value),
    },
    r: correction?.r ?? null,
    d: correction?.d ?? null,
  };
  const own = (variable: { value: Tensor } | null) => variable && numericValues(variable.value);
  const [gamma, beta] = [own(layer.gamma), own(layer.beta)];
  const flow = numericValues(upstream);
  const at = numericValues(x);
  assertValues(
    found.input,
    slopes((v) => loss(v, gamma, beta, flow, problem, given), at),
    1e-6,
  );
  assert.deepEqual([found.gamma !== undefined, found.beta !== undefined], [scale, center]);
  if (gamma)
    assertValues(
      found.gamma!,
      slopes((v) => loss(at, v, beta, flow, problem, given), gamma),
      1e-6,
    );
  if (beta)
    assertValues(
      found.beta!,
      slopes((v) => loss(at, gamma, v, flow, problem, given), beta),
      1e-6,
    );
}

describe("gradients", () => {
  it("agree with central differences, whatever the shape, axis and arguments", () => {
    fc.assert(fc.property(problems, assertGradients), { numRuns: 150 });
  });

  it("of a frozen layer are those of inference", () => {
    const x = normalTensor([4, 2]);
    const upstream = normalTensor([4, 2], { seed: 2 });
    const frozen = new BatchNormalization({ trainable: false });
    const plain = new BatchNormalization({});
    assert.deepEqual(
      gradients(frozen, x, upstream, { training: true }),
      gradients(plain, x, upstream, { training: false }),
    );
  });

  it("build the layer where it is not built yet", () => {
    const layer = new BatchNormalization({});
    gradients(layer, tensor([[1], [2]]), tensor([[1], [1]]), { training: true });
    assert.deepEqual([layer.built, layer.lastMoments], [true, null]);
  });

  it("are of the input's type where that is a float, and of the weights' types", () => {
    const types = (dtype: "float16" | "int32", policy: string) => {
      const layer = new BatchNormalization({ dtype: policy });
      const x = tensor(
        [
          [1, 2],
          [3, 5],
        ],
        dtype,
      );
      const { input, gamma, beta } = gradients(
        layer,
        x,
        tensor([
          [1, 0],
          [0, 1],
        ]),
      );
      return [input.dtype, gamma!.dtype, beta!.dtype];
    };
    assert.deepEqual(types("float16", "mixed_float16"), ["float16", "float32", "float32"]);
    assert.deepEqual(types("int32", "float16"), ["float32", "float16", "float16"]);
  });

  const scales = [
    { std: 2, mean: 3, upstream: 1 },
    { std: 1e-2, mean: 1e4, upstream: 1 },
    { std: 1e22, mean: 0, upstream: 1e20 },
  ];
  for (const { std, mean, upstream } of scales) {
    for (const [shape, axis] of [
      [[20_000, 5], -1],
      [[4, 5, 5000], 1],
    ] as const) {
      it(`of many float32 values are those of doubles: ${mean} ± ${std}, axis ${axis}`, () => {
        const x = normalTensor(shape, { std, mean });
        const flow = normalTensor(shape, { std: upstream, mean: upstream / 3, seed: 2 });
        const single = gradients(new BatchNormalization({ axis }), x, flow, { training: true });
        const [x64, flow64] = [castTensor(x, "float64"), castTensor(flow, "float64")];
        const layer = new BatchNormalization({ axis, dtype: "float64" });
        const double = gradients(layer, x64, flow64, { training: true });
        for (const name of ["input", "gamma", "beta"] as const) {
          const expected = numericValues(double[name]!) as Float64Array;
          const size = Math.sqrt(expected.reduce((sum, v) => sum + v * v, 0) / expected.length);
          numericValues(single[name]!).forEach((value: number, i: number) => {
            assert.ok(Math.abs(value - expected[i]!) <= 2e-6 * size, `${name}[${i}]`);
          });
        }
      });
    }
  }

  it("need an upstream gradient of the input's shape", () => {
    assertRaises(
      () => gradients(new BatchNormalization({}), tensor([[1, 2]]), tensor([1, 2])),
      "ValueError",
      "`upstream` should have the shape of the inputs. Received: upstream.shape=(2,), inputs.shape=(1, 2)",
    );
  });
});
