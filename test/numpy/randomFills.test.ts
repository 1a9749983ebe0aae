/**
 * Arrays of random numbers: compiled kernels and plain loops draw the same bits and leave the same
 * stream, whatever is drawn before and after, at sizes about those where the one gives way to the
 * other. Properties of random programs, by fast-check.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { runtime, useKernels } from "../../src/engine/wasm/runtime.ts";
import {
  asarray,
  type Drawn,
  type FloatDType,
  Generator,
  MersenneTwister,
  type NDArray,
  Pcg64,
  RandomState,
} from "../../src/numpy/index.ts";

const number = (value: number): NDArray => asarray(value, "float64");
const [one, two, minusOne] = [number(1), number(2), number(-1)];

/** Draws of a generator, by name; a size of null draws a number. */
const draws: Record<string, (g: Generator, size: number[] | null) => unknown> = {
  "random()": (g, size) => g.random(size),
  "random(dtype=float32)": (g, size) => g.random(size, "float32"),
  "standard_normal()": (g, size) => g.standardNormal(size),
  "standard_normal(dtype=float32)": (g, size) => g.standardNormal(size, "float32"),
  "standard_exponential()": (g, size) => g.standardExponential(size),
  "standard_exponential(dtype=float32)": (g, size) => g.standardExponential(size, "float32"),
  "normal(1, 2)": (g, size) => g.normal(one, two, size),
  "uniform(-1, 2)": (g, size) => g.uniform(minusOne, two, size),
  "exponential(2)": (g, size) => g.exponential(two, size),
  "integers(-7, 10)": (g, size) => g.integers(-7n, 10n, { size, dtype: "int64", endpoint: false }),
  "integers(2**62, 2**62 + 3 * 2**30)": (g, size) =>
    g.integers(2n ** 62n, 2n ** 62n + 3n * 2n ** 30n, { size, dtype: "int64", endpoint: false }),
  "integers(3 * 2**30, dtype=uint32)": (g, size) =>
    g.integers(3n * 2n ** 30n, null, { size, dtype: "uint32", endpoint: false }),
  "integers(-5, 6, dtype=int32)": (g, size) =>
    g.integers(-5n, 6n, { size, dtype: "int32", endpoint: true }),
  "integers(2**32, endpoint=False)": (g, size) =>
    g.integers(2n ** 32n, null, { size, dtype: "int64", endpoint: false }),
  "integers(200, dtype=uint8)": (g, size) =>
    g.integers(200n, null, { size, dtype: "uint8", endpoint: false }),
  "integers(2**40)": (g, size) =>
    g.integers(2n ** 40n, null, { size, dtype: "int64", endpoint: false }),
};

const legacyDraws: Record<string, (state: RandomState, size: number[] | null) => unknown> = {
  "random_sample()": (state, size) => state.random(size),
  "standard_normal()": (state, size) => state.standardNormal(size),
  "normal(1, 2)": (state, size) => state.normal(one, two, size),
  "uniform(-1, 2)": (state, size) => state.uniform(minusOne, two, size),
  "randint(-3, 17)": (state, size) => state.randint(-3n, 17n, size, "int64"),
  "randint(2**31)": (state, size) => state.randint(0n, 2n ** 31n, size, "uint32"),
  "randint(3)": (state, size) => state.randint(0n, 3n, size, "int32"),
  "exponential(2)": (state, size) => state.exponential(two, size),
};

/** Sizes about the least that a kernel draws, a chunk of a kernel's, and 32 KB of either width. */
const sizes = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(63, 64, 65, 127, 128, 129, 4095, 4096, 4097, 8191, 8192, 8193, 10001),
);

function programs(names: readonly string[]) {
  const draw = fc.record({ name: fc.constantFrom(...names), size: sizes });
  return fc.record({
    seed: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    steps: fc.array(draw, { minLength: 1, maxLength: 8 }),
  });
}

/** A digest of the bytes of an array; a number itself. */
function bitsOf(drawn: unknown): unknown {
  const data = (drawn as { data?: Uint8Array }).data;
  if (!data) return drawn;
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return createHash("sha256").update(Uint8Array.from(bytes)).digest("hex");
}

function withoutKernels<T>(draw: () => T): T {
  useKernels(false);
  try {
    return draw();
  } finally {
    useKernels(true);
  }
}

/** Draws with kernels and without; the results must agree in every bit. */
function assertSame(draw: () => readonly unknown[]): void {
  const compiled = draw().map(bitsOf);
  assert.deepEqual(
    compiled,
    withoutKernels(() => draw().map(bitsOf)),
  );
}

/** Enough draws for the rarest cases of a ziggurat: tails, and layers across blocks of words. */
const many = 300_000;

describe("numpy: arrays of random numbers", () => {
  before(() => assert.ok(runtime()));

  it("are the same with kernels and without, between draws of one and of many", () => {
    fc.assert(
      fc.property(programs(Object.keys(draws)), ({ seed, steps }) => {
        assertSame(() => {
          const generator = new Generator(new Pcg64(seed));
          const drawn = steps.map(({ name, size }) =>
            draws[name]!(generator, size === null ? null : [size]),
          );
          return [...drawn, generator.random(), generator.random(null, "float32")];
        });
      }),
      { numRuns: 150 },
    );
  });

  it("are the same from a Mersenne Twister", () => {
    fc.assert(
      fc.property(programs(Object.keys(draws)), ({ seed, steps }) => {
        assertSame(() => {
          const generator = new Generator(new MersenneTwister().seed(seed));
          const drawn = steps.map(({ name, size }) =>
            draws[name]!(generator, size === null ? null : [size]),
          );
          return [...drawn, generator.random()];
        });
      }),
      { numRuns: 50 },
    );
  });

  it("are the same from the legacy generator, whose normals come in pairs", () => {
    fc.assert(
      fc.property(programs(Object.keys(legacyDraws)), ({ seed, steps }) => {
        assertSame(() => {
          const state = new RandomState();
          state.seed(seed & 0xffff_ffffn);
          const drawn = steps.map(({ name, size }) =>
            legacyDraws[name]!(state, size === null ? null : [size]),
          );
          return [...drawn, state.standardNormal(), state.random()];
        });
      }),
      { numRuns: 150 },
    );
  });

  for (const dtype of ["float64", "float32"] as const) {
    it(`are those that are drawn one by one, in ${dtype}`, () => {
      const methods: ((g: Generator, size: number[] | null, dtype: FloatDType) => Drawn)[] = [
        (g, size) => g.random(size, dtype),
        (g, size) => g.standardNormal(size, dtype),
        (g, size) => g.standardExponential(size, dtype),
      ];
      for (const method of methods) {
        const [whole, single] = [new Generator(new Pcg64(3n)), new Generator(new Pcg64(3n))];
        const { data } = method(whole, [many], dtype) as NDArray;
        const differing = data.findIndex((value) => value !== method(single, null, dtype));
        assert.equal(differing, -1);
        assert.equal(whole.random(), single.random());
      }
    });
  }

  it("are those that are drawn one by one by the legacy generator", () => {
    const [whole, single] = [7n, 7n].map((seed) => {
      const state = new RandomState();
      state.seed(seed);
      return state;
    });
    assert.equal(whole!.standardNormal(), single!.standardNormal());
    for (const size of [4095, 10_001, 64]) {
      const { data } = whole!.standardNormal([size]) as NDArray;
      assert.equal(
        data.findIndex((value) => value !== single!.standardNormal()),
        -1,
      );
    }
    assert.equal(whole!.random(), single!.random());
  });

  it("scale with parameters of many shapes as they are scaled one by one", () => {
    const parameters = asarray([1, 2, 3], "float64");
    assertSame(() => {
      const generator = new Generator(new Pcg64(11n));
      return [
        generator.normal(parameters, two, [5000, 3]),
        generator.uniform(minusOne, parameters, [5000, 3]),
        generator.exponential(parameters, [5000, 3]),
        generator.normal(number(Number.NaN), one, [100]),
        generator.exponential(number(Number.POSITIVE_INFINITY), [100]),
      ];
    });
  });
});
