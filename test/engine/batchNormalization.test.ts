import assert from "node:assert/strict";
import fc from "fast-check";
import {
  BatchNormalization,
  type Config,
  type ConfigValue,
  castTensor,
  channelStatistics,
  type DType,
  NameAllocator,
  numericValues,
  type Tensor,
  tensorFrom,
} from "../../src/engine/index.ts";
import {
  assertRaises,
  assertValues,
  normalTensor,
  ones,
  tensor,
  trained,
  values,
} from "./support.ts";

const training = { training: true };

describe("the formula", () => {
  const problems = fc
    .array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 })
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        axis: fc.integer({ min: -shape.length, max: shape.length - 1 }),
        seed: fc.integer(),
        epsilon: fc.constantFrom(1e-5, 1e-3, 1),
      }),
    );

  it("gives mean 0 and variance v / (v + epsilon), whatever the shape and axis", () => {
    fc.assert(
      fc.property(problems, ({ shape, axis, seed, epsilon }) => {
        const x = normalTensor(shape, { mean: 3, std: 2, seed, dtype: "float64" });
        const layer = new BatchNormalization({ axis: BigInt(axis), epsilon, dtype: "float64" });
        const y = layer.call(x, training);
        const { variance } = layer.lastMoments!;
        channelStatistics(y, axis).forEach((channel, c) => {
          assertValues([channel.mean], [0], 1e-9);
          assertValues([channel.variance], [variance[c] / (variance[c] + epsilon)], 1e-9);
        });
      }),
    );
  });

  it("keeps mean 1e4 and deviation 1e-2 apart in float32", () => {
    const x = normalTensor([4096, 2], { mean: 1e4, std: 1e-2 });
    const y = new BatchNormalization({ epsilon: 0n }).call(x, training);
    for (const { mean, std } of channelStatistics(y, -1)) assertValues([mean, std], [0, 1], 1e-6);
  });

  it("scales by gamma and offsets by beta, in both modes", () => {
    const layer = new BatchNormalization({ epsilon: 0n });
    layer.build([2, 2]);
    layer.setWeights([tensor([2, 3]), tensor([1, -1]), tensor([1, 2]), tensor([4, 16])]);
    assertValues(
      layer.call(
        tensor([
          [3, 6],
          [-1, -2],
        ]),
      ),
      [3, 2, -1, -4],
    );
    assertValues(
      layer.call(
        tensor([
          [3, 6],
          [-1, -2],
        ]),
        training,
      ),
      [3, 2, -1, -4],
    );
    for (const config of [{ scale: false }, { center: false }, { scale: false, center: false }]) {
      const bare = new BatchNormalization({ epsilon: 0n, momentum: 0n, ...config });
      assertValues(bare.call(tensor([[1], [3]]), training), [-1, 1]);
      assertValues(bare.call(tensor([[1], [3]])), [-1, 1]);
    }
  });

  it("moves the statistics by momentum, with the population variance", () => {
    const layer = trained(
      { momentum: 0.75 },
      tensor([
        [1, 10],
        [3, 30],
      ]),
    );
    assertValues(values(layer.movingMean), [0.5, 5]);
    assertValues(values(layer.movingVariance), [1, 25.75]);
    assert.deepEqual(
      [layer.lastMoments!.shape, [...layer.lastMoments!.mean], [...layer.lastMoments!.variance]],
      [
        [2, 2],
        [2, 20],
        [1, 100],
      ],
    );
  });

  it("of an empty batch makes the statistics NaN", () => {
    const layer = trained({}, tensorFrom([], [0, 2]));
    assert.deepEqual(values(layer.movingMean), [Number.NaN, Number.NaN]);
    assert.deepEqual(values(layer.movingVariance), [Number.NaN, Number.NaN]);
  });

  it("supports a mask where there is one channel, on which Keras crashes", () => {
    const layer = trained({ momentum: 0n }, tensor([[1], [3], [99]]), tensor([1, 1, 0], "bool"));
    assertValues([...values(layer.movingMean), ...values(layer.movingVariance)], [2, 1]);
  });
});

describe("element types of a call", () => {
  const x = normalTensor([6, 3]);

  function assertTypes(config: Config, input: DType, output: DType, weights: DType) {
    const layer = new BatchNormalization(config);
    assert.equal(layer.call(castTensor(x, input), training).dtype, output);
    for (const { dtype, value } of layer.weights)
      assert.deepEqual([dtype, value.dtype], [weights, weights]);
  }

  it("are those of the policy", () => {
    assertTypes({}, "float64", "float32", "float32");
    assertTypes({}, "float16", "float32", "float32");
    assertTypes({}, "int64", "float32", "float32");
    assertTypes({}, "bool", "float32", "float32");
    assertTypes({ dtype: "float64" }, "float32", "float64", "float64");
    assertTypes({ dtype: "float16" }, "float32", "float16", "float16");
    assertTypes({ dtype: "mixed_float16" }, "float32", "float16", "float32");
    assertTypes({ dtype: "bfloat16" }, "float64", "bfloat16", "bfloat16");
    assertTypes({ dtype: "mixed_bfloat16" }, "uint8", "bfloat16", "float32");
    assertTypes({ dtype: "int32" }, "float32", "int32", "int32");
    assertTypes({ autocast: false }, "float64", "float32", "float32");
  });

  it("round 16-bit inputs before, and compute on them in more", () => {
    const halves = castTensor(x, "float16");
    const [half, mixed] = ["float16", "mixed_float16"].map(
      (dtype) => new BatchNormalization({ dtype }),
    );
    assert.deepEqual(half.call(x, training).data, half.call(halves, training).data);
    const single = new BatchNormalization({}).call(castTensor(halves, "float32"), training);
    assert.deepEqual(mixed.call(x, training).data, castTensor(single, "float16").data);
  });

  it("keep all of float64's digits", () => {
    const layer = new BatchNormalization({ dtype: "float64", epsilon: 0n, momentum: 0n });
    layer.call(tensor([[0.1], [0.3]], "float64"), training);
    assertValues(values(layer.movingMean), [0.2], 1e-16);
    assertValues(values(layer.movingVariance), [0.01], 1e-16);
  });
});

describe("initial weights", () => {
  it("without an initializer are Glorot's for floats and zero for integers", () => {
    const layer = new BatchNormalization({
      gamma_initializer: null,
      moving_mean_initializer: null,
    });
    layer.build([null, 6]);
    const limit = Math.sqrt(6 / 12);
    assert.ok(values(layer.gamma).every((value) => Math.abs(value) <= limit && value !== 0));
    const whole = new BatchNormalization({ gamma_initializer: null, dtype: "int32" });
    whole.build([null, 2]);
    assert.deepEqual(values(whole.gamma), [0, 0]);
    const renorm = new BatchNormalization({ renorm: true, moving_mean_initializer: null });
    renorm.build([null, 6]);
    assert.notDeepEqual(values(renorm.renormMean), values(renorm.movingMean));
  });

  it("are drawn from the streams of the host", () => {
    const streams = () => ({ uniform: () => 0.5, normal: () => 2 });
    const config = { gamma_initializer: "normal", beta_initializer: "uniform" };
    const layer = new BatchNormalization(config, { streams });
    layer.build([null, 2]);
    assertValues([...values(layer.gamma), ...values(layer.beta)], [0.1, 0.1, 0, 0]);
  });
});

describe("losses", () => {
  it("have the activity penalty of the last call, by batch size, before those of weights", () => {
    const layer = new BatchNormalization({
      activity_regularizer: { class_name: "L2", config: { l2: 1 } },
      gamma_regularizer: { class_name: "L1", config: { l1: 1 } },
      epsilon: 0n,
    });
    layer.call(tensor([[1], [3]]), training);
    layer.call(tensor([[1], [3]]), training);
    assertValues(
      layer.losses.map((loss) => numericValues(loss)[0]),
      [1, 1],
    );
    layer.call(tensorFrom([], [0, 1]));
    assertValues(
      layer.losses.map((loss) => numericValues(loss)[0]),
      [0, 1],
    );
  });

  it("are none before the layer is built and none of a frozen layer", () => {
    const layer = new BatchNormalization({ gamma_regularizer: "l2" });
    assert.deepEqual(layer.losses, []);
    layer.build([null, 3]);
    assert.equal(layer.losses.length, 1);
    layer.trainable = false;
    assert.deepEqual(layer.losses, []);
  });
});

describe("weights of a layer", () => {
  it("are copied out and in", () => {
    const layer = new BatchNormalization({});
    assert.deepEqual(layer.getWeights(), []);
    layer.build([2, 3]);
    const weights = layer.getWeights();
    weights[0].data[0] = 9;
    assert.deepEqual(values(layer.gamma), [1, 1, 1]);
    layer.setWeights(weights);
    weights[0].data[0] = 8;
    assert.deepEqual(values(layer.gamma), [9, 1, 1]);
    assert.equal(layer.countParams(), 12);
    assert.deepEqual(layer.inputShape, [2, 3]);
  });

  it("stay all as they were when one of the new ones does not fit", () => {
    const layer = new BatchNormalization({});
    layer.build([2, 2]);
    const before = layer.getWeights();
    assert.throws(() =>
      layer.setWeights([tensor([5, 5]), tensor([5, 5]), tensor([5, 5]), tensor([5])]),
    );
    assert.deepEqual(layer.getWeights(), before);
  });

  it("are assigned with their shape checked, in Keras's words", () => {
    const message =
      "The shape of the target variable and the shape of the target value in " +
      "`variable.assign(value)` must match. variable.shape=(2,), Received: value.shape=(3,). " +
      "Target variable: <Variable path=bn/gamma, shape=(2,), dtype=float32, value=";
    const assertPrinted = (options: object, printed: string) => {
      const layer = new BatchNormalization({ name: "bn" }, options);
      layer.build([2, 2]);
      assertRaises(
        () => layer.gamma!.assign(tensor([1, 2, 3])),
        "ValueError",
        `${message}${printed}>`,
      );
    };
    assertPrinted({}, "[1 1]");
    assertPrinted({ format: () => "[1. 1.]" }, "[1. 1.]");
  });
});

describe("errors in Keras's words", () => {
  it("of a layer that is built already, or not yet", () => {
    const layer = new BatchNormalization({ name: "bn" });
    assertRaises(
      () => layer.countParams(),
      "ValueError",
      "You tried to call `count_params` on layer 'bn', but the layer isn't built. " +
        "You can build it manually via: `layer.build(input_shape)`.",
    );
    layer.build([2, 2]);
    assertRaises(() => layer.build([2, 2]), "ValueError", /^You cannot add new elements of state/);
  });

  it("of a config that makes no layer", () => {
    assertRaises(
      () =>
        BatchNormalization.fromConfig({
          name: "bn",
          axis: null,
          dtype: { config: { name: "float16" } },
        }),
      "TypeError",
      "Error when deserializing class 'BatchNormalization' using " +
        "config={'name': 'bn', 'axis': None, 'dtype': 'float16'}.\n\nException encountered: " +
        "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
    );
  });

  it("of a renorm momentum that is no number, when it is used", () => {
    const layer = new BatchNormalization({ renorm: true, renorm_momentum: null });
    assert.equal(layer.call(ones(2, 2)).data.length, 4);
    assertRaises(
      () => layer.call(ones(2, 2), training),
      "TypeError",
      "unsupported operand type(s) for *: 'float' and 'NoneType'",
    );
    const text: ConfigValue = "0.5";
    const worded = new BatchNormalization({ renorm: true, renorm_momentum: text });
    assertRaises(() => worded.call(ones(2, 2), training), "RuntimeError", "<ufunc 'multiply'>");
  });

  it("leave an unbuilt layer unbuilt and a built one's statistics untouched", () => {
    const attempts: { config: Config; x: Tensor; mask?: Tensor }[] = [
      { config: {}, x: ones(4, 3), mask: ones(5) },
      { config: {}, x: ones(4, 3), mask: ones(4, 3) },
      { config: { renorm: true, renorm_momentum: "a" }, x: ones(4, 3) },
      { config: { activity_regularizer: "orthogonal_regularizer" }, x: ones(4, 3, 3) },
    ];
    for (const { config, x, mask = null } of attempts) {
      const fresh = new BatchNormalization(config);
      assert.throws(() => fresh.call(x, { training: true, mask }));
      assert.deepEqual([fresh.built, fresh.lastMoments, fresh.weights], [false, null, []]);
      const built = new BatchNormalization(config);
      built.build(x.shape);
      const before = built.getWeights();
      assert.throws(() => built.call(x, { training: true, mask }));
      assert.deepEqual([built.getWeights(), built.lastMoments], [before, null]);
    }
  });
});

describe("names", () => {
  it("are numbered as Keras numbers them", () => {
    const names = new NameAllocator();
    const next = (config: Config = {}) => new BatchNormalization(config, { names }).name;
    assert.deepEqual(
      [next(), next({ name: "mine" }), next(), next({ name: null })],
      ["batch_normalization", "mine", "batch_normalization_1", "batch_normalization_2"],
    );
    names.reset();
    assert.equal(next(), "batch_normalization");
  });
});

describe("synchronized=True", () => {
  it("is for TensorFlow's rules, where a single replica computes its own statistics", () => {
    const layer = new BatchNormalization({ synchronized: true }, { backend: "tensorflow" });
    const x = normalTensor([5, 2]);
    const plain = new BatchNormalization({});
    assert.deepEqual(layer.call(x, training).data, plain.call(x, training).data);
    assert.equal(layer.getConfig()["synchronized"], true);
  });
});

describe("float32 results", () => {
  for (const [mean, std] of [
    [0, 1],
    [1e4, 1e-2],
    [-300, 1e3],
  ] as const) {
    for (const [shape, axis] of [
      [[20_000, 5], -1],
      [[4, 5, 5000], 1],
    ] as const) {
      it(`are the formula's to a few units in the last place: ${mean} ± ${std}, axis ${axis}`, () => {
        const x = normalTensor(shape, { mean, std });
        const single = new BatchNormalization({ axis, epsilon: 1e-6 });
        const double = new BatchNormalization({ axis, epsilon: 1e-6, dtype: "float64" });
        for (const options of [training, {}]) {
          const expected = numericValues(double.call(castTensor(x, "float64"), options));
          assertValues(single.call(x, options), expected as Float64Array, 3e-7);
        }
      });
    }
  }
});

describe("the public attributes", () => {
  it("say what the layer was made with", () => {
    const layer = new BatchNormalization({ center: 1n, scale: "", renorm: 1n, synchronized: null });
    assert.deepEqual(
      [layer.center, layer.scale, layer.renorm, layer.synchronized],
      [1n, "", 1n, null],
    );
    assert.equal(layer.arguments.axis, -1);
    assert.deepEqual(
      [layer.movingStddev, layer.renormMean, layer.renormStddev],
      [null, null, null],
    );
    assert.deepEqual(
      [layer.gamma, layer.beta, layer.movingMean, layer.movingVariance, layer.inputShape],
      [null, null, null, null, null],
    );
  });
});
