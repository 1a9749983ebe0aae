import { deepEqual, equal } from "node:assert/strict";
import { callAround, layerCallsIn } from "../../src/python/calls.ts";
import { SourceFile } from "../../src/python/sourceFile.ts";

/** What is known at `|`: kind of call, argument or place, arguments given. */
function at(marked: string, ...earlier: string[]): string | null {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const file = new SourceFile(text);
  const found = callAround(
    file,
    offset,
    earlier.map((cell) => new SourceFile(cell)),
  );
  if (!found) return null;
  const { call, argument, index, keywordsOnly } = found;
  const here = argument ? `[${text.slice(argument.from, argument.to)}]` : "-";
  return `${call.of} ${here} ${keywordsOnly ? "keywords" : index} of ${call.given.length}`;
}

describe("calls: the argument being typed", () => {
  it("by name, complete or not", () => {
    equal(at("BatchNormalization(|)"), "constructor - 0 of 0");
    equal(at("BatchNormalization(mo|)"), "constructor [mo] 0 of 1");
    equal(at("BatchNormalization(axis=1, mo|)"), "constructor [mo] keywords of 2");
    equal(at("BatchNormalization(axis=1, momentum=|)"), "constructor [momentum=] keywords of 2");
    equal(at("BatchNormalization(axis=|1, scale=0)"), "constructor [axis=1] 0 of 2");
    equal(at("BatchNormalization(axis=1|, scale=0)"), "constructor [axis=1] 0 of 2");
    equal(at("BatchNormalization(axis=1,| scale=0)"), "constructor - keywords of 2");
  });

  it("by what a star can bring, once a file has Keras at all", () => {
    equal(at("from blocks import *\nBatchNormalization(|)"), null);
    equal(
      at("from blocks import *\nfrom keras import optimizers\nBatchNormalization(|)"),
      "constructor - 0 of 0",
    );
    equal(at("from numpy import *\nBatchNormalization(|)"), "constructor - 0 of 0");
    equal(at("BatchNormalization(|)", "from blocks import *"), null);
    equal(
      at("BatchNormalization(|)", "import keras", "from blocks import *"),
      "constructor - 0 of 0",
    );
  });

  it("by place", () => {
    equal(at("BatchNormalization(1, |)"), "constructor - 1 of 1");
    equal(at("BatchNormalization(1, 0.9|)"), "constructor [0.9] 1 of 2");
    equal(at("partial(BatchNormalization, 1, |)"), "constructor - 1 of 1");
    equal(at("BatchNormalization(*a, |)"), "constructor - keywords of 1");
    equal(at("BatchNormalization()(x, |)"), "call - 1 of 1");
    equal(at("bn = BatchNormalization()\nbn(x, tr|)"), "call [tr] 1 of 2");
    equal(at("from keras import ops\nops.batch_normalization(x, m, |)"), "function - 2 of 2");
    equal(at("keras.ops.nn.batch_normalization(x|)"), "function [x] 0 of 1");
  });

  it("without the closing parenthesis, over lines and comments", () => {
    equal(at("BatchNormalization(|"), "constructor - 0 of 0");
    equal(at("x = BatchNormalization(axis=1, |"), "constructor - keywords of 1");
    equal(at("x = BatchNormalization(axis=1, m|\ny = 2"), "constructor [m] keywords of 2");
    equal(
      at("BatchNormalization(\n    axis=1,  # one, two\n    |\n)"),
      "constructor - keywords of 1",
    );
    equal(
      at("BatchNormalization(\n    axis=1  # one, two\n    |\n)"),
      "constructor [axis=1] 0 of 1",
    );
    equal(at("f([BatchNormalization(axis=1, |"), "constructor - keywords of 1");
    equal(
      at("BatchNormalization(gamma_initializer='ze|"),
      "constructor [gamma_initializer='ze] 0 of 1",
    );
  });

  it("only within the parentheses of such a call", () => {
    equal(at("BatchNormalization()|"), null);
    equal(at("BatchNormalization|()"), null);
    equal(at("BatchNormalization(beta_initializer=f(|))"), null);
    equal(at("BatchNormalization(axis=1) # |"), null);
    equal(at("BatchNormalization(axis=1, # |\n)"), null);
    equal(at("LayerNormalization(|)  # not BatchNormalization"), null);
    equal(at("tf.nn.batch_normalization(|)"), null);
    equal(at("f(|)"), null);
    equal(at("f(lambda: BatchNormalization(), |)"), null);
  });

  it("in a cell, with the names of the cells before it", () => {
    equal(at("bn(x, |)", "bn = BatchNormalization()"), "call - 1 of 1");
    equal(at("bn(x, |)", "bn = Dense(3)"), null);
  });
});

describe("calls: of a file", () => {
  it("come in the text's order, each with what made its layer", () => {
    const file = new SourceFile(
      "bn = BatchNormalization(axis=1)\ny = bn(x)\nz = BatchNormalization(name='a')(y)\nops.batch_normalization(x, m, v, 1)",
    );
    deepEqual(
      layerCallsIn(file).map(({ of, list, maker }) => [
        of,
        file.textOf(list),
        maker && file.textOf(maker.list),
      ]),
      [
        ["constructor", "(axis=1)", null],
        ["call", "(x)", "(axis=1)"],
        ["constructor", "(name='a')", null],
        ["call", "(y)", "(name='a')"],
        ["function", "(x, m, v, 1)", null],
      ],
    );
  });

  it("are not looked for without their words", () => {
    const file = new SourceFile("f(1)");
    Object.defineProperty(file, "tree", { get: () => equal(true, false) });
    deepEqual(layerCallsIn(file), []);
    equal(callAround(file, 2), null);
  });
});
