/**
 * The playground's controls and the Python source they stand for.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  choiceSource,
  choices,
  clippingSource,
  readBoolean,
  readChoice,
  readClipping,
  readNumber,
  readShape,
  scales,
} from "../../src/shared/playgroundArguments.ts";
import { run } from "../kernel/kerasCells.ts";

describe("the playground's choices", () => {
  for (const [kind, list] of Object.entries(choices)) {
    it(`of ${kind}: each is read back from its source, with its number`, () => {
      list.forEach((choice, index) => {
        const source = choiceSource(choice, 0.25);
        const number = choice.number === undefined ? 0 : 0.25;
        assert.deepEqual(readChoice(list, source), { index, number }, source);
      });
    });
  }

  it("are what Keras takes", () => {
    const names = {
      initializer: "gamma_initializer",
      regularizer: "gamma_regularizer",
      constraint: "gamma_constraint",
      dtype: "dtype",
    } as const;
    const calls = Object.entries(names).flatMap(([kind, name]) =>
      choices[kind as keyof typeof choices].map(
        (choice) =>
          `layers.BatchNormalization(${name}=${choiceSource(choice, choice.number ?? 0)}).build((None, 4))`,
      ),
    );
    assert.equal(run(calls.join("\n")).error, null);
  });

  it("know a name in either quotes, and no other expression", () => {
    assert.deepEqual(readChoice(choices.initializer, '"ones"'), { index: 1, number: 0 });
    assert.equal(readChoice(choices.initializer, "my_initializer"), null);
    assert.equal(readChoice(choices.regularizer, "keras.regularizers.L2(rate)"), null);
  });
});

describe("the playground's sliders", () => {
  for (const [name, scale] of Object.entries(scales)) {
    it(`for ${name} come back to where they stood`, () => {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (position) => {
          assert.ok(Math.abs(scale.toPosition(scale.toValue(position)) - position) < 0.02);
        }),
      );
    });
  }

  it("have the defaults and the ends of the ranges", () => {
    const { momentum, epsilon } = scales;
    assert.deepEqual([momentum.toValue(0), momentum.toValue(1)], [0, 0.999]);
    assert.equal(momentum.toValue(momentum.toPosition(0.99)), 0.99);
    assert.deepEqual([epsilon.toValue(0), epsilon.toValue(1)], [1e-8, 1]);
    assert.equal(epsilon.toValue(epsilon.toPosition(0.001)), 0.001);
  });
});

describe("literals in the playground", () => {
  const assertReads = <T>(read: (text: string) => T, text: string, expected: T) =>
    it(`${text} is ${JSON.stringify(expected)}`, () => assert.deepEqual(read(text), expected));

  assertReads(readNumber, "1e-3", 0.001);
  assertReads(readNumber, " 1_000 ", 1000);
  assertReads(readNumber, "-.5", -0.5);
  assertReads(readNumber, "1 - m", null);
  assertReads(readNumber, "", null);
  assertReads(readBoolean, "True", true);
  assertReads(readBoolean, "true", null);
  assertReads(readShape, "(30, 32, 32, 64)", [30, 32, 32, 64]);
  assertReads(readShape, "8 × 4", [8, 4]);
  assertReads(readShape, "[7]", [7]);
  assertReads(readShape, "8, 0", null);
  assertReads(readShape, "8.5", null);
  assertReads(readShape, "", null);
  assertReads(readClipping, "{'rmax': 3, 'dmax': 5.0}", { rmax: 3, dmax: 5 });
  assertReads(readClipping, "None", {});
  assertReads(readClipping, "{'rmax': limit}", null);
  assertReads(readClipping, "{'other': 3}", null);

  it("of clipping go to source and back", () => {
    const source = clippingSource({ dmax: 5, rmax: 3, rmin: 0.5 });
    assert.equal(source, "{'rmax': 3, 'rmin': 0.5, 'dmax': 5}");
    assert.deepEqual(readClipping(source), { rmax: 3, rmin: 0.5, dmax: 5 });
    assert.equal(clippingSource({}), "None");
  });
});
