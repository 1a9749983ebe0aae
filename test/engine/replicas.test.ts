import assert from "node:assert/strict";
import fc from "fast-check";
import {
  BatchNormalization,
  type Config,
  EngineError,
  mergeMoments,
  moments,
  momentsOf,
  numericValues,
  partialMoments,
  type ReplicaTask,
  type ReplicaThreads,
  type ReplicatedCall,
  runReplica,
  splitSizes,
  type Tensor,
} from "../../src/engine/index.ts";
import { threads } from "./replicaThreads.ts";
import { assertRaises, assertValues, normalTensor, ones, tensor, values } from "./support.ts";

const options = { backend: "tensorflow" } as const;

function layerOf(config: Config): BatchNormalization {
  return new BatchNormalization({ name: "bn", momentum: 0.5, ...config }, options);
}

/** Five values of each of two channels: split in two, three and two. */
const x = tensor([
  [1, 2],
  [3, 6],
  [5, 4],
  [7, 0],
  [9, 8],
]);

function replicated(
  layer: BatchNormalization,
  inputs: Tensor,
  replicas: number,
  training = true,
): ReplicatedCall {
  return layer.callOnReplicas(inputs, { replicas, training }, threads);
}

describe("the parts of a batch", () => {
  const assertSplit = (length: number, parts: number, expected: readonly number[]) =>
    it(`${length} in ${parts}`, () => assert.deepEqual(splitSizes(length, parts), expected));

  assertSplit(6, 3, [2, 2, 2]);
  assertSplit(8, 3, [3, 3, 2]);
  assertSplit(2, 3, [1, 1, 0]);
  assertSplit(0, 2, [0, 0]);

  it("are at least one", () => {
    for (const parts of [0, -1]) {
      assertRaises(
        () => splitSizes(4, parts),
        "ValueError",
        "number sections must be larger than 0.",
      );
    }
  });
});

describe("merged moments", () => {
  const part = (...numbers: number[]) =>
    partialMoments(Float64Array.from(numbers), "float64", {
      outer: numbers.length,
      channels: 1,
      inner: 1,
    });
  const merged = (...parts: number[][]) => {
    const all = momentsOf(
      mergeMoments(
        parts.map((numbers) => part(...numbers)),
        1,
      ),
    );
    return [all.count[0], all.mean[0], all.variance[0]];
  };
  const assertMerged = (parts: number[][], expected: number[]) =>
    it(JSON.stringify(parts), () => assert.deepEqual(merged(...parts), expected));

  assertMerged([[1, 3], [5]], [3, 3, 8 / 3]);
  assertMerged([[], [1, 3], [], [5]], [3, 3, 8 / 3]);
  assertMerged([[], []], [0, Number.NaN, Number.NaN]);
  assertMerged([[1e9], [1e9 + 2]], [2, 1e9 + 1, 1]);

  it("keep what is not finite, as if the batch were whole", () => {
    assert.deepEqual(merged([1, Infinity], [2]), [3, Infinity, Number.NaN]);
    assert.deepEqual(merged([Infinity], [Infinity]), [2, Infinity, Number.NaN]);
    assert.deepEqual(merged([Infinity], [-Infinity]), [2, Number.NaN, Number.NaN]);
    assert.deepEqual(merged([Number.NaN], [2]), [2, Number.NaN, Number.NaN]);
  });

  it("are those of the whole batch, however it is split", () => {
    const shape = { minLength: 1, maxLength: 60 };
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), shape),
        fc.integer({ min: 1, max: 9 }),
        (numbers, parts) => {
          let start = 0;
          const split = splitSizes(numbers.length, parts).map((size) => {
            start += size;
            return numbers.slice(start - size, start);
          });
          const whole = moments(
            tensor(
              numbers.map((value) => [value]),
              "float64",
            ),
            -1,
          );
          const [count, mean, variance] = merged(...split);
          assert.equal(count, whole.count[0]);
          assertValues([mean!, variance!], [whole.mean[0]!, whole.variance[0]!], 1e-9);
        },
      ),
    );
  });
});

describe("a synchronized layer", () => {
  it("normalizes every replica by the moments of the whole batch", () => {
    const layer = layerOf({ synchronized: true, epsilon: 0n });
    const { output, replicas, global, statistics } = replicated(layer, x, 2);
    const root = Math.sqrt(8);
    assertValues(
      output,
      [-4, -2, -2, 2, 0, 0, 2, -4, 4, 4].map((deviation) => deviation / root),
    );
    assert.equal(statistics, "global");
    assert.deepEqual(
      replicas.map(({ count, mean }) => [[...count], [...mean]]),
      [
        [
          [3, 3],
          [3, 4],
        ],
        [
          [2, 2],
          [8, 4],
        ],
      ],
    );
    assertValues(replicas[0]!.variance, [8 / 3, 8 / 3], 1e-15);
    assertValues(replicas[1]!.variance, [1, 16], 1e-15);
    assert.deepEqual(
      [[...global.mean], [...global.variance]],
      [
        [5, 4],
        [8, 8],
      ],
    );
    assert.deepEqual(values(layer.movingMean), [2.5, 2]);
    assert.deepEqual(values(layer.movingVariance), [4.5, 4.5]);
  });

  const cases = fc
    .record({
      shape: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }),
      replicas: fc.integer({ min: 1, max: 3 }),
      renorm: fc.boolean(),
      dtype: fc.constantFrom("float16", "float32", "float64"),
      last: fc.boolean(),
      seed: fc.integer(),
    })
    .map(({ last, ...rest }) => ({ ...rest, axis: last ? -1 : 1 }));

  it("does what it does to the whole batch in one piece", () => {
    fc.assert(
      fc.property(cases, ({ shape, replicas, renorm, dtype, axis, seed }) => {
        const config = { synchronized: true, renorm, dtype, axis: BigInt(axis) };
        const [split, whole] = [layerOf(config), layerOf(config)];
        const inputs = normalTensor(shape, { mean: 2, dtype: "float64", seed });
        const { output } = replicated(split, inputs, replicas);
        assert.equal(output.dtype, dtype);
        const tolerance = { float16: 2e-3, float32: 1e-5, float64: 1e-9 }[dtype];
        assertValues(output, numbers(whole.call(inputs, { training: true })), tolerance);
        for (const [i, variable] of whole.weights.entries()) {
          assertValues(split.weights[i]!.value, values(variable), tolerance);
        }
        assertValues(split.lastMoments!.variance, whole.lastMoments!.variance, 1e-9);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }).timeout(30_000);

  it("takes the statistics of its batch outside of replicas", () => {
    const [synchronized, plain] = [layerOf({ synchronized: true }), layerOf({})];
    const training = { training: true };
    assert.deepEqual(synchronized.call(x, training), plain.call(x, training));
    assert.deepEqual(values(synchronized.movingVariance), values(plain.movingVariance));
  });
});

describe("a layer that is not synchronized", () => {
  it("normalizes each replica by its own moments and averages the statistics", () => {
    const layer = layerOf({ epsilon: 0n });
    const { output, global, statistics } = replicated(layer, x, 2);
    const narrow = Math.sqrt(8 / 3);
    const expected = [-2 / narrow, -2 / narrow, 0, 2 / narrow, 2 / narrow, 0, -1, -1, 1, 1];
    assertValues(output, expected);
    assert.equal(statistics, "own");
    assert.deepEqual([...global.mean], [5, 4]);
    // Means 3 and 8, 4 and 4; variances 8/3 and 1, 8/3 and 16; all half way from 0 and 1.
    assertValues(values(layer.movingMean), [2.75, 2]);
    assertValues(values(layer.movingVariance), [(1 + 11 / 6) / 2, (1 + 28 / 3) / 2]);
  });

  it("is, on one replica, the layer that it is anywhere", () => {
    const [split, whole] = [layerOf({ renorm: true }), layerOf({ renorm: true })];
    const { output } = replicated(split, x, 1);
    assert.deepEqual(output, whole.call(x, { training: true }));
    assert.deepEqual(split.getWeights(), whole.getWeights());
  });

  it("has no moments for a replica without a batch", () => {
    const layer = layerOf({});
    const { output, replicas } = replicated(layer, tensor([[1], [2]]), 3);
    assert.deepEqual(numbers(output), [0, 0]);
    assert.deepEqual([replicas[2]!.count[0], replicas[2]!.mean[0]], [0, Number.NaN]);
    assert.deepEqual(values(layer.movingMean), [Number.NaN]);
  });
});

describe("on replicas, in inference and frozen", () => {
  it("normalizes by the moving statistics and keeps them", () => {
    for (const [config, training] of [
      [{ synchronized: true }, false],
      [{ synchronized: true, trainable: false }, true],
    ] as const) {
      const layer = layerOf({ ...config, moving_mean_initializer: "ones", epsilon: 3n });
      const { output, statistics, global } = replicated(layer, x, 2, training);
      assert.equal(statistics, "moving");
      assertValues(output, [0, 0.5, 1, 2.5, 2, 1.5, 3, -0.5, 4, 3.5]);
      assert.deepEqual([...global.mean], [5, 4]);
      assert.deepEqual(values(layer.movingMean), [1, 1]);
      assert.equal(layer.lastMoments, null);
    }
  });

  it("regularizes the output of the whole batch", () => {
    const layer = layerOf({ activity_regularizer: "l2", gamma_regularizer: "l1" });
    replicated(layer, x, 2, false);
    assert.equal(layer.losses.length, 2);
  });
});

describe("errors on replicas", () => {
  const untouched = (layer: BatchNormalization) => assert.equal(layer.built, false);
  const call = (layer: BatchNormalization, inputs: Tensor, replicas: number, made = threads) =>
    layer.callOnReplicas(inputs, { replicas, training: true }, made);

  it("name what cannot be split", () => {
    const layer = layerOf({});
    assertRaises(() => call(layer, x, 0), "ValueError", "number sections must be larger than 0.");
    assertRaises(
      () => call(layer, x, 65),
      "ValueError",
      "`replicas` should be at most 64: each is a thread. Received: replicas=65",
    );
    assertRaises(
      () => call(layerOf({ axis: 0n }), x, 2),
      "ValueError",
      "Replicas split the batch, axis 0, which holds the channels of this layer. Received: axis=0",
    );
    assertRaises(() => call(layerOf({ axis: 2n }), x, 2), "IndexError", "tuple index out of range");
    untouched(layer);
  });

  it("are the input's, where it does not fit the layer", () => {
    const layer = layerOf({});
    layer.build([null, 3]);
    assertRaises(() => call(layer, x, 2), "ValueError", /expected axis -1 of input shape/);
  });

  /** Threads of which that of replica 1 is given no layout. */
  const failing: ReplicaThreads = {
    ...threads,
    start: (task) => threads.start(task.replica === 1 ? { ...task, layout: null as never } : task),
  };

  it("inside a replica are told and leave the layer as it was", () => {
    const layer = layerOf({ synchronized: true });
    layer.build([null, 2]);
    assertRaises(() => call(layer, x, 3, failing), "RuntimeError", /^replica 1: Cannot /);
    assert.deepEqual(values(layer.movingMean), [0, 0]);
    assert.equal(layer.lastMoments, null);
  });

  it("of an unbuilt layer leave it unbuilt", () => {
    const layer = layerOf({});
    assert.throws(() => call(layer, x, 3, failing), EngineError);
    untouched(layer);
  });

  it("of several replicas are told once, and whatever is thrown", () => {
    const told: ReplicaTask[] = [];
    const broken: ReplicaThreads = {
      poll() {},
      start(task) {
        told.push(task);
        const state = {
          get affine(): never {
            throw "out of words".padEnd(600, "!");
          },
        };
        runReplica({ ...task, state: state as never });
        return { terminate() {} };
      },
    };
    assertRaises(
      () => call(layerOf({}), x, 2, broken),
      "RuntimeError",
      `replica 0: ${"out of words".padEnd(500, "!")}`,
    );
    assert.equal(told.length, 2);
  });

  it("are raised where threads do not start", () => {
    let ended = 0;
    const dead: ReplicaThreads = {
      patience: 40,
      poll() {},
      start: (task) => (task.replica > 0 ? threads.start(task) : { terminate: () => ended++ }),
    };
    const layer = layerOf({ synchronized: true });
    assertRaises(
      () => call(layer, x, 1, dead),
      "RuntimeError",
      "1 of 1 replica threads did not start",
    );
    assert.equal(ended, 1);
    untouched(layer);
  });

  it("end all threads when the caller gives up", () => {
    const layer = layerOf({ synchronized: true });
    let ended = 0;
    const stuck: ReplicaThreads = {
      poll() {
        throw new Error("stop");
      },
      start: () => ({ terminate: () => ended++ }),
    };
    assert.throws(() => call(layer, ones(4, 2), 2, stuck), /^Error: stop$/);
    assert.equal(ended, 2);
    untouched(layer);
  });
});

function numbers(output: Tensor): number[] {
  return Array.from(numericValues(output));
}
