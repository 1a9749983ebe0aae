import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { argumentName, CallFacts } from "../../src/keras/callFacts.ts";
import { languages } from "../../src/keras/languages.ts";
import { numberText, percentText, roughText, stepsFor } from "../../src/keras/numberText.ts";
import { valueMeaning } from "../../src/keras/valueMeaning.ts";
import { layerCallsIn } from "../../src/python/calls.ts";
import { SourceFile } from "../../src/python/sourceFile.ts";

/** What the last argument of the first call that has some means, in a language. */
function meaning(text: string, language: "en" | "zh-cn" = "en"): string {
  const call = layerCallsIn(new SourceFile(text)).find(({ given }) => given.length > 0)!;
  const facts = new CallFacts(call);
  const name = argumentName(call.of, call.given.at(-1)!)!;
  return valueMeaning(name, facts.literal(name), facts, language).join(" ");
}

/** In English these words; in Chinese other ones with the same numbers. */
function assertMeaning(source: string, expected: string, before = "", after = ""): void {
  const text = `${before}BatchNormalization(${source})${after}`;
  equal(meaning(text), expected, text);
  const chinese = meaning(text, "zh-cn");
  ok(/\p{Script=Han}/u.test(chinese), text);
  const numbers = (words: string) => [...words.matchAll(/\d[\d,.]*\d|\d/g)].map(String).sort();
  deepEqual(numbers(chinese), numbers(meaning(text)), text);
}

const images = "x = np.zeros((30, 32, 32, 64))\n";
const rows = "x = np.zeros((30, 64))\n";

describe("the meaning of values", () => {
  it("of momentum, in steps", () => {
    assertMeaning(
      "momentum=0.9",
      "Each step keeps 90 % of the moving statistics and takes 10 % of the batch's: half of the way after 7 steps, 95 % after 29 steps.",
    );
    assertMeaning(
      "momentum=0.99",
      "Each step keeps 99 % of the moving statistics and takes 1 % of the batch's: half of the way after 69 steps, 95 % after 299 steps.",
    );
    assertMeaning(
      "momentum=0.99999",
      "Each step keeps 99.999 % of the moving statistics and takes 0.001 % of the batch's: half of the way after 69,315 steps, 95 % after 299,572 steps.",
    );
    assertMeaning(
      "momentum=0.01",
      "Each step keeps 1 % of the moving statistics and takes 99 % of the batch's: 95 % of the way after 1 step. So small a value often comes from PyTorch, which counts the other way round: its `momentum=0.01` is `momentum=0.99` here.",
    );
    ok(/of the last batch/.test(meaning("BatchNormalization(momentum=0)")));
    ok(/Never moves/.test(meaning("BatchNormalization(momentum=1.0)")));
    ok(/Outside 0 to 1/.test(meaning("BatchNormalization(momentum=1.5)")));
  });

  it("of renorm_momentum, which leaves inference alone and has no like in PyTorch", () => {
    for (const value of ["0", "0.1", "0.9", "1", "1.5"]) {
      const said = meaning(`BatchNormalization(renorm=True, renorm_momentum=${value})`);
      ok(/r and d/.test(said) && !/PyTorch|inference|moving/.test(said), said);
    }
    equal(
      meaning("BatchNormalization(renorm_momentum=0.9)"),
      "Without effect here: it needs `renorm=True`.",
    );
  });

  it("of epsilon, as the spread it matters for", () => {
    assertMeaning(
      "epsilon=1e-5",
      "Matters for channels with a standard deviation below about 0.022, whose output it shrinks by more than 1 %; at 0.0032 (√epsilon) 71 % of it is left.",
    );
    ok(/0 \/ 0/.test(meaning("BatchNormalization(epsilon=0)")));
    ok(/below 0.1 becomes NaN/.test(meaning("BatchNormalization(epsilon=-0.01)")));
    ok(/flattens/.test(meaning("BatchNormalization(epsilon=1.0)")));
  });

  it("of axis, with the shape where it is known", () => {
    const kept =
      "Keeps axis 3, the 64 channels, and averages over axes 0, 1 and 2: 30 · 32 · 32 = 30,720 values per channel.";
    assertMeaning("axis=-1", kept, images, "(x)");
    assertMeaning("axis=3", kept, `${images}bn = `, "\ny = bn(x)");
    assertMeaning(
      "axis=1",
      "Keeps axis 1, the 64 channels, and averages over axis 0: 30 values per channel.",
      rows,
      "(x)",
    );
    equal(
      meaning("x = keras.Input((3, 32, 32))\nBatchNormalization(axis=1)(x)"),
      "Keeps axis 1, the 3 channels, and averages over axes 0, 2 and 3: batch · 32 · 32 values per channel.",
    );
    assertMeaning(
      "axis=4",
      "There is no axis 4 in shape (30, 64): the call raises an `IndexError`.",
      rows,
      "(x)",
    );
    equal(
      meaning("x = keras.Input((128,))\nBatchNormalization(axis=-1)(x)"),
      "Keeps axis 1, the 128 channels, and averages over axis 0: 1 value per sample.",
    );
    equal(
      meaning("BatchNormalization(axis=-1)(np.ones((1, 1)))"),
      "Keeps axis 1, a single channel, and averages over axis 0: 1 value per channel.",
    );
    assertMeaning(
      "axis=0",
      "Keeps axis 0, the only one: in training every value is its own mean, so that only `beta` comes out.",
      "",
      "(np.ones(7))",
    );
    assertMeaning(
      "axis=-2",
      "Keeps axis -2 and averages over all others; the input needs at least 2 axes.",
    );
    ok(/at least 3 axes/.test(meaning("BatchNormalization(axis=2)")));
    ok(/as `axis=-1` does/.test(meaning("BatchNormalization(axis=3)")));
    ok(/last axis holds/.test(meaning("BatchNormalization(axis=-1)")));
    ok(/Channels first/.test(meaning("BatchNormalization(axis=1)")));
    ok(/batch axis/.test(meaning("BatchNormalization(axis=0)")));
    ok(/`TypeError`/.test(meaning("BatchNormalization(axis=[3])")));
    ok(/cut to the integer 1/.test(meaning("BatchNormalization(axis=1.9)")));
  });

  it("of the function's axis, along which it averages nothing", () => {
    const call = (axis: string) => `ops.batch_normalization(x, mean, variance, ${axis})`;
    equal(
      meaning(`${images}${call("-1")}`),
      "Axis 3 holds the 64 channels: `mean` and `variance` have 64 values each.",
    );
    equal(
      meaning(call("-1")),
      "The last axis holds the channels: `mean` and `variance` have one value for each.",
    );
    equal(
      meaning(call("1")),
      "Axis 1 holds the channels: `mean` and `variance` have one value for each.",
    );
    ok(/no axis 4/.test(meaning(`${images}${call("4")}`)));
    equal(meaning(call("1.9")), "");
  });

  it("of switches, with what they leave without effect", () => {
    assertMeaning(
      "scale=True",
      "Learns 64 scales `gamma`: the output's standard deviation need not stay 1.",
      rows,
      "(x)",
    );
    ok(
      /leaves without effect: `beta_initializer`\./.test(
        meaning("BatchNormalization(beta_initializer='ones', center=False)"),
      ),
    );
    ok(/Plain/.test(meaning("BatchNormalization(renorm=False)")));
    ok(/`renorm_momentum`/.test(meaning("BatchNormalization(renorm_momentum=0.9, renorm=False)")));
    ok(/Frozen/.test(meaning("BatchNormalization(trainable=False)")));
    ok(/ValueError/.test(meaning("BatchNormalization(trainable=0)")));
    ok(/TensorFlow backend only/.test(meaning("BatchNormalization(synchronized=True)")));
  });

  it("of initializers", () => {
    assertMeaning(
      "gamma_initializer='zeros'",
      "Each channel's scale `gamma` starts at 0. The layer first returns `beta` alone. In the last normalization of a residual block this makes the block start as the identity.",
    );
    assertMeaning(
      "beta_initializer=keras.initializers.Constant(0.5)",
      "Each channel's offset `beta` starts at 0.5. A positive offset lets more values through a ReLU at first.",
    );
    assertMeaning(
      "epsilon=1e-5, moving_variance_initializer='zeros'",
      "Each channel's moving variance starts at 0. Inference before training divides by √epsilon: it multiplies its input by 316.",
    );
    assertMeaning(
      "moving_mean_initializer=keras.initializers.RandomNormal(stddev=0.1)",
      "Each channel's moving mean starts with a random value from a normal distribution of mean 0 and standard deviation 0.1.",
    );
    ok(
      /deviation of 0.18/.test(
        meaning(`${rows}BatchNormalization(gamma_initializer='he_normal')(x)`),
      ),
    );
    ok(
      /deviation of 0.18/.test(
        meaning(
          `${rows}BatchNormalization(gamma_initializer=keras.initializers.VarianceScaling(2.0))(x)`,
        ),
      ),
    );
    ok(/when the layer is built/.test(meaning("BatchNormalization(beta_initializer='identity')")));
    ok(/takes `glorot_uniform`/.test(meaning("BatchNormalization(gamma_initializer=None)")));
    for (const drawn of ["None", "'random_normal'", "'he_normal'", "'uniform'"])
      ok(
        /negative/.test(meaning(`BatchNormalization(moving_variance_initializer=${drawn})`)),
        drawn,
      );
    ok(
      !/negative/.test(
        meaning(
          "BatchNormalization(moving_variance_initializer=keras.initializers.RandomUniform(0.5, 2))",
        ),
      ),
    );
    assertMeaning(
      "epsilon=1, moving_variance_initializer='ones'",
      "Each channel's moving variance starts at 1. Inference before training divides by √(1 + epsilon) ≈ 1.41.",
    );
    ok(
      /no initializer of this name/.test(meaning("BatchNormalization(gamma_initializer='one_s')")),
    );
    ok(/lacks its `value`/.test(meaning("BatchNormalization(gamma_initializer='constant')")));
    for (const idle of ["'zeros'", "'orthogonal'", "None"])
      equal(
        meaning(`BatchNormalization(scale=False, gamma_initializer=${idle})`),
        "Without effect here: with `scale=False` there is no such weight.",
      );
  });

  it("of regularizers and constraints", () => {
    assertMeaning(
      "gamma_regularizer='l2'",
      "Adds 0.01 · Σ gamma² to the loss. At first, while all 64 gammas are 1, this is 0.64.",
      rows,
      "(x)",
    );
    assertMeaning(
      "beta_regularizer=keras.regularizers.l1_l2(1e-5, l2=0.5)",
      "Adds 1e-5 · Σ |beta| + 0.5 · Σ beta² to the loss.",
    );
    for (const made of ["l2(0.5)", "L2(l2=0.5)", "l2(l=0.5)"])
      ok(
        /0\.5 · Σ/.test(
          meaning(`BatchNormalization(gamma_regularizer=keras.regularizers.${made})`),
        ),
      );
    ok(/adds nothing/.test(meaning("BatchNormalization(gamma_regularizer='l1l2')")));
    ok(/no regularizer/.test(meaning("BatchNormalization(gamma_regularizer='l1_l2')")));
    assertMeaning(
      "gamma_constraint=keras.constraints.MaxNorm(2)",
      "After each update, gamma, one vector over all channels, is scaled down where its norm is above 2. 64 gammas of 1 have norm 8: the first update brings each to about 0.25.",
      rows,
      "(x)",
    );
    assertMeaning(
      "gamma_constraint=keras.constraints.MinMaxNorm(1, 2, rate=0.5)",
      "Each update takes the norm of gamma, one vector over all channels, 50 % of the way into the range from 1 to 2.",
      rows,
      "(x)",
    );
    ok(
      /the penalty raises/.test(
        meaning("BatchNormalization(gamma_regularizer='orthogonal_regularizer')"),
      ),
    );
    ok(/negative values of beta/.test(meaning("BatchNormalization(beta_constraint='NonNeg')")));
    ok(/No penalty/.test(meaning("BatchNormalization(gamma_regularizer=None)")));
  });

  it("of renorm_clipping, name and dtype", () => {
    const clipping = (dict: string) =>
      meaning(`BatchNormalization(renorm=True, renorm_clipping=${dict})`);
    equal(
      clipping("{'rmin': 0.5, 'rmax': 3, 'dmax': 5}"),
      "r stays between 0.5 and 3, d stays between −5 and 5.",
    );
    equal(clipping("{'rmax': 3}"), "r stays at most 3, d is not bounded.");
    equal(clipping("{'rmin': 0.5, 'dmax': 0}"), "r stays at least 0.5, d stays at 0.");
    equal(clipping("{'rmin': 2, 'rmax': 2}"), "r stays at 2, d is not bounded.");
    ok(/plain/.test(clipping("dict(rmin=1, rmax=1, dmax=0)")));
    ok(/`max` is not one/.test(clipping("{'max': 3}")));
    ok(/below `rmin`/.test(clipping("{'rmax': 1, 'rmin': 2}")));
    assertMeaning(
      "scale=False, name='bn1'",
      "The paths of its weights end in `bn1/beta`, `bn1/moving_mean`, `bn1/moving_variance`.",
    );
    ok(/`bn1\/renorm_stddev`/.test(meaning("BatchNormalization(renorm=True, name='bn1')")));
    equal(meaning("BatchNormalization(scale=flag, name='bn1')"), "");
    ok(/Keras 3 takes no `\/`/.test(meaning("BatchNormalization(name='a/b')")));
    ok(/keeps its weights in float32/.test(meaning("BatchNormalization(dtype='mixed_float16')")));
    assertMeaning(
      "dtype='float64'",
      "Keeps its weights in double precision; on the TensorFlow backend it also computes in it, on the others in float32.",
    );
    for (const unknown of ["'float'", "'int8'", "'fp16'"])
      ok(/no type/.test(meaning(`BatchNormalization(dtype=${unknown})`)), unknown);
    for (const integer of ["'int32'", "'bool'", "np.int8"])
      ok(
        /not a floating-point type/.test(meaning(`BatchNormalization(dtype=${integer})`)),
        integer,
      );
    for (const other of ["'complex64'", "'int8_from_float32'"])
      equal(meaning(`BatchNormalization(dtype=${other})`), "", other);
  });

  it("of a call's arguments, with what its layer is", () => {
    ok(/updates the moving/.test(meaning("bn = BatchNormalization()\nbn(x, training=True)")));
    ok(/stay as they are/.test(meaning("bn = BatchNormalization()\nbn(x, training=False)")));
    const frozen = "bn = BatchNormalization(trainable=False)\n";
    const calls = layerCallsIn(new SourceFile(`${frozen}bn(x, training=True)`));
    const facts = new CallFacts(calls[1]);
    for (const language of languages)
      ok(
        valueMeaning("training", facts.literal("training"), facts, language)
          .join("")
          .includes("`trainable=False`"),
      );
    equal(meaning(`${images}BatchNormalization()(x)`), "64 channels × 30,720 values.");
    equal(meaning("BatchNormalization()(x)"), "");
    equal(
      meaning("ops.batch_normalization(x, m, v, 1, None)"),
      "Nothing is added: as with `center=False`.",
    );
  });
});

describe("numbers in sentences", () => {
  it("have few digits", () => {
    deepEqual([30720, 0.001, 1e-5, 1 / 3, 123.456, 0.1 + 0.2].map(numberText), [
      "30,720",
      "0.001",
      "1e-5",
      "0.333",
      "123",
      "0.3",
    ]);
    deepEqual([0.0316227, 316.2, 1e-7].map(roughText), ["0.032", "316", "1e-7"]);
    deepEqual([0.9, 1 - 0.9, 0.999].map(percentText), ["90 %", "10 %", "99.9 %"]);
  });

  it("of steps are the fewest that reach the share", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.9999, noNaN: true }), (momentum) => {
        const steps = stepsFor(momentum, 0.95);
        ok(momentum ** steps <= 0.05 + 1e-9);
        ok(steps === 1 || momentum ** (steps - 1) > 0.05 - 1e-9);
      }),
    );
  });
});
