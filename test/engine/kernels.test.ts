import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import {
  BatchNormalization,
  channelHistograms,
  channelStatistics,
  createTensor,
  type DType,
  gradients,
  moments,
  type Tensor,
  type TensorData,
  tensorFrom,
  usePoll,
  useThreads,
} from "../../src/engine/index.ts";
import { runtime, useKernels } from "../../src/engine/wasm/runtime.ts";
import { startKernelThread } from "./kernelThreads.ts";

/** What is computed of a batch, as numbers: of NaN, sign and payload do not matter. */
function everything(x: Tensor, upstream: Tensor, axis: number) {
  const plain = (data?: TensorData) => {
    const numbers = data && new Float64Array(data as Float32Array);
    for (let i = 0; numbers && i < numbers.length; i++)
      if (Number.isNaN(numbers[i])) numbers[i] = Number.NaN;
    return numbers;
  };
  const layer = new BatchNormalization({ axis, momentum: 0.5 });
  const { output, step } = layer.forward(x, { training: true });
  const slopes = gradients(layer, x, upstream, { training: true, step });
  const { mean, variance } = moments(x, axis);
  return {
    mean: plain(mean),
    variance: plain(variance),
    output: plain(output.data),
    inference: plain(layer.call(x).data),
    weights: layer.weights.map(({ value }) => plain(value.data)),
    slopes: [plain(slopes.input.data), plain(slopes.gamma?.data), plain(slopes.beta?.data)],
    statistics: channelStatistics(x, axis),
    histograms: channelHistograms(x, axis, { bins: 17 }),
    counts: channelHistograms(x, axis, { bins: 10, range: [-1, 1.5] }).map(({ counts }) => counts),
  };
}

function plainly<T>(compute: () => T): T {
  useKernels(false);
  try {
    return compute();
  } finally {
    useKernels(true);
  }
}

/** A tensor with the same values, outside the kernels' memory where `outside` says so. */
function tensorOf(
  values: readonly number[],
  shape: readonly number[],
  dtype: DType,
  outside: boolean,
) {
  const make = () => {
    const size = shape.reduce((a, b) => a * b, 1);
    const repeated: number[] = [];
    for (let i = 0; i < size; i++) repeated.push(values[i % values.length]!);
    return tensorFrom(repeated, shape, dtype);
  };
  return outside ? plainly(make) : make();
}

const special = fc.constantFrom(0, -0, 1e-42, -1e-30, 3e38, 65504, 1e-7, 12345.678);
const unusual = fc.constantFrom(Number.NaN, Infinity, -Infinity);
const ordinary = fc.double({ min: -3, max: 3, noNaN: true });
const numbers = (...more: fc.Arbitrary<number>[]) =>
  fc.array(fc.oneof({ arbitrary: ordinary, weight: 20 }, ...more), {
    minLength: 61,
    maxLength: 997,
  });

const shapes = fc.oneof(
  // Channels last: folded rows, whole vectors, odd widths, wide rows.
  fc
    .tuple(fc.integer({ min: 20, max: 90 }), fc.constantFrom(1, 3, 10, 16, 33, 64, 100, 131, 300))
    .map(([rows, channels]) => ({ shape: [rows, 2, channels], axis: -1 })),
  fc.constantFrom({ shape: [5, 1100], axis: -1 }, { shape: [2, 33_001], axis: 0 }),
  // Channels first: short and odd planes.
  fc
    .tuple(fc.constantFrom(1, 3, 9, 20), fc.constantFrom(2, 7, 49, 257))
    .map(([channels, inner]) => ({ shape: [8, channels, inner, 3], axis: 1 })),
);

describe("the compiled kernels", () => {
  it("run on this machine", () => assert.ok(runtime()));

  for (const dtype of ["float32", "float64", "float16", "bfloat16"] as const) {
    it(`give the bits of the plain ones: ${dtype}`, () => {
      fc.assert(
        fc.property(shapes, numbers(special), fc.boolean(), ({ shape, axis }, values, outside) => {
          const x = tensorOf(values, shape, dtype, outside);
          const upstream = tensorOf(values.toReversed(), shape, dtype, false);
          const compiled = everything(x, upstream, axis);
          assert.deepEqual(
            plainly(() => everything(x, upstream, axis)),
            compiled,
          );
        }),
        { numRuns: dtype.endsWith("16") ? 3 : 15 },
      );
    });
  }

  it("give the bits of the plain ones for what is not finite", () => {
    fc.assert(
      fc.property(shapes, numbers(special, unusual), ({ shape, axis }, values) => {
        const x = tensorOf(values, shape, "float32", false);
        const compiled = everything(x, x, axis);
        assert.deepEqual(
          plainly(() => everything(x, x, axis)),
          compiled,
        );
      }),
      { numRuns: 15 },
    );
  });

  it("count what lies on an edge or beside it as the plain ones do", () => {
    const edges = fc.record({
      low: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      width: fc.constantFrom(1e-3, 0.1, 1, 7, 1e5),
      bins: fc.constantFrom(1, 3, 10, 64, 1000),
      channels: fc.constantFrom(1, 5, 64, 130),
      axis: fc.constantFrom(0, -1),
      given: fc.boolean(),
    });
    fc.assert(
      fc.property(edges, ({ low, width, bins, channels, axis, given }) => {
        // Edges, and the float32s next to them.
        const values = Array.from({ length: 4096 }, (_, i) => {
          const edge = Math.fround(low + (width * (i % (bins + 1))) / bins);
          return edge + ((i % 3) - 1) * Math.abs(edge) * 2 ** -23;
        });
        const shape = axis === 0 ? [channels, 300] : [300, channels];
        const x = tensorOf(values, shape, "float32", false);
        const options = given ? { bins, range: [low, low + width / 2] as const } : { bins };
        const compiled = channelHistograms(x, axis, options);
        assert.deepEqual(
          plainly(() => channelHistograms(x, axis, options)),
          compiled,
        );
      }),
      { numRuns: 60 },
    );
  });

  it("read integers of every width", () => {
    for (const dtype of ["uint8", "int16", "int32", "int64", "uint64", "bool"] as const) {
      const x = tensorOf([0, 1, 2, 120, 7], [50, 20, 7], dtype, false);
      assert.deepEqual(
        plainly(() => channelStatistics(x, -1)),
        channelStatistics(x, -1),
      );
    }
  });
});

/** More values than one thread gets alone, of several parts. */
function largeTensor(shape: number[]): Tensor {
  const x = createTensor(shape, "float32");
  const data = x.data as Float32Array;
  // The fractional parts of multiples of the golden ratio: spread evenly, and the same each time.
  for (let i = 0; i < data.length; i++) data[i] = (((i + 1) * 0.6180339887498949) % 1) * 4 - 2;
  return x;
}

/** A text that differs where any number does: quicker to compare than the numbers. */
function digest(value: unknown): string {
  const hash = createHash("sha256");
  const visit = (part: unknown) => {
    if (typeof part === "number") hash.update(`${part},`);
    else if (ArrayBuffer.isView(part)) hash.update(part as Uint8Array);
    else if (part && typeof part === "object") for (const item of Object.values(part)) visit(item);
  };
  visit(value);
  return hash.digest("hex");
}

describe("threads", () => {
  afterEach(() => useThreads(1));

  const layouts = [
    { shape: [9000, 64], axis: -1 },
    { shape: [300_000, 2], axis: -1 },
    { shape: [100, 6000], axis: -1 },
    { shape: [20, 32, 1000], axis: 1 },
    { shape: [200, 3, 1000], axis: 1 },
  ];
  for (const { shape, axis } of layouts) {
    it(`do not show in results: ${shape.join(" × ")}`, async () => {
      const x = largeTensor(shape);
      const alone = digest(everything(x, x, axis));
      useThreads(3, startKernelThread);
      moments(x, axis);
      // The other threads take a while to start.
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(digest(everything(x, x, axis)), alone);
    });
  }

  it("stop with the thread that gave them a job, and serve the next", async () => {
    const x = largeTensor([9000, 64]);
    const whole = digest(everything(x, x, -1));
    useThreads(3, startKernelThread);
    moments(x, -1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    let polls = 0;
    usePoll((share) => {
      if (share !== undefined && polls++ === 0) throw new Error("stopped");
    });
    try {
      assert.throws(() => moments(x, -1), /stopped/);
    } finally {
      usePoll(null);
    }
    assert.equal(polls, 1);
    assert.equal(digest(everything(x, x, -1)), whole);
  });
});
