import { deepEqual, equal } from "node:assert/strict";
import { layerCallsIn } from "../../src/python/calls.ts";
import { shapeOf } from "../../src/python/literalShapes.ts";
import { type Literal, literalOf } from "../../src/python/literalValues.ts";
import { SourceFile } from "../../src/python/sourceFile.ts";

/** The value of the first argument of the last layer made in the text. */
function valueIn(text: string, ...earlier: string[]): Literal | null {
  const cells = earlier.map((cell) => new SourceFile(cell));
  const calls = layerCallsIn(new SourceFile(text), cells);
  const { given, meanings } = calls.findLast(({ of }) => of === "constructor")!;
  return literalOf(given[0].value!, meanings);
}

function assertValue(source: string, expected: unknown): void {
  deepEqual(valueIn(`BatchNormalization(a=${source})`), expected, source);
}

describe("literal values", () => {
  it("of numbers, booleans, strings and None", () => {
    assertValue("0.9", { kind: "float", value: 0.9 });
    assertValue("-1", { kind: "integer", value: -1 });
    assertValue("1e-5", { kind: "float", value: 1e-5 });
    assertValue("10 ** -5", { kind: "float", value: 1e-5 });
    assertValue("1 - 0.25", { kind: "float", value: 0.75 });
    assertValue("2 * 1_000", { kind: "integer", value: 2000 });
    assertValue("0x10", { kind: "integer", value: 16 });
    assertValue("True", { kind: "boolean", value: true });
    assertValue("None", { kind: "none" });
    assertValue("'zeros'", { kind: "string", value: "zeros" });
    assertValue('"ones"', { kind: "string", value: "ones" });
    assertValue("b'ones'", null);
    assertValue("1j", null);
    assertValue("1 if a else 2", null);
    assertValue("1 / 0", null);
  });

  it("of dicts and lists", () => {
    assertValue("{'rmax': 3, 'dmax': x}", {
      kind: "dict",
      entries: [
        ["rmax", { kind: "integer", value: 3 }],
        ["dmax", null],
      ],
    });
    assertValue("dict(rmax=3)", {
      kind: "dict",
      entries: [["rmax", { kind: "integer", value: 3 }]],
    });
    assertValue("{**a, 'rmax': 3}", null);
    assertValue("[1, 2]", {
      kind: "list",
      items: [
        { kind: "integer", value: 1 },
        { kind: "integer", value: 2 },
      ],
    });
  });

  it("of objects by their path", () => {
    const constant = {
      kind: "object",
      path: "keras.initializers.Constant",
      positional: [{ kind: "float", value: 0.5 }],
      keywords: {},
    };
    assertValue("keras.initializers.Constant(0.5)", constant);
    assertValue("initializers.Constant(0.5)", constant);
    assertValue("keras.initializers.Zeros", { kind: "path", path: "keras.initializers.Zeros" });
    deepEqual(valueIn("from keras.regularizers import L2 as R\nBatchNormalization(a=R(l2=1e-4))"), {
      kind: "object",
      path: "keras.regularizers.L2",
      positional: [],
      keywords: { l2: { kind: "float", value: 1e-4 } },
    });
    assertValue("f(1)", null);
  });

  it("of names bound once, and only where nothing can have come between", () => {
    const float = { kind: "float", value: 0.9 };
    deepEqual(valueIn("m = 0.9\nBatchNormalization(a=m)"), float);
    deepEqual(valueIn("m = 0.9\ndef f():\n  return BatchNormalization(a=m)"), float);
    deepEqual(valueIn("BatchNormalization(a=m)", "m = 0.9"), float);
    deepEqual(valueIn("m = 0.5\nm = 0.9\nBatchNormalization(a=m)"), float);
    for (const text of [
      "BatchNormalization(a=m)\nm = 0.9",
      "m = 0.5\nif c:\n  m = 0.9\nBatchNormalization(a=m)",
      "m = 0.9\nm = 0.5\ndef f():\n  return BatchNormalization(a=m)",
      "m = 0.9\nfor i in x:\n  BatchNormalization(a=m)\n  m = m / 2",
      "m = 0.9\nm *= 2\nBatchNormalization(a=m)",
      "def f(m):\n  return BatchNormalization(a=m)",
      "m = m\nBatchNormalization(a=m)",
    ])
      equal(valueIn(text), null, text);
    equal(valueIn("BatchNormalization(a=m)", "if c:\n  m = 0.9"), null);
  });
});

/** The shape that the last layer call in the text gets; `?` for an unknown length. */
function assertShape(text: string, expected: string | null, ...earlier: string[]): void {
  const cells = earlier.map((cell) => new SourceFile(cell));
  const call = layerCallsIn(new SourceFile(text), cells).findLast(({ of }) => of === "call")!;
  const shape = shapeOf(call.given[0].value!, call.meanings);
  equal(shape?.map((length) => length ?? "?").join(" ") ?? null, expected, text);
}

const bn = "BatchNormalization()";

describe("literal shapes", () => {
  it("of arrays", () => {
    assertShape(`${bn}(np.zeros((30, 32, 32, 64)))`, "30 32 32 64");
    assertShape(`${bn}(np.ones(shape=[8, 4]))`, "8 4");
    assertShape(`${bn}(np.random.rand(8, 4))`, "8 4");
    assertShape(`${bn}(np.random.normal(0, 1, (8, 4)))`, "8 4");
    assertShape(
      `${bn}(np.random.default_rng(0).normal(5, 2, size=(8, 4)).astype('float32'))`,
      "8 4",
    );
    assertShape(`rng = np.random.default_rng(0)\nx = rng.random((8, 4)) * 2 - 1\n${bn}(x)`, "8 4");
    assertShape(`${bn}(keras.random.normal((8, 4)))`, "8 4");
    assertShape(`${bn}(np.arange(12).reshape(3, 4))`, "3 4");
    assertShape(`${bn}(np.zeros((6, 2)).reshape((-1, 4)))`, "3 4");
    assertShape(`n = 8\n${bn}(np.zeros((n, 4)))`, "8 4");
    assertShape(`${bn}(np.zeros((8, 4)) @ w)`, null);
    assertShape(`${bn}(np.zeros((k, 4)))`, null);
    assertShape(`${bn}(x)`, null);
    assertShape(`${bn}(x)`, "8 4", "import numpy as np\nx = np.ones((8, 4))");
  });

  it("of inputs and what layers make of them", () => {
    assertShape(`${bn}(keras.Input((32, 32, 3)))`, "? 32 32 3");
    assertShape(`${bn}(layers.Input(shape=(32, 32, 3), batch_size=30))`, "30 32 32 3");
    assertShape(`${bn}(keras.Input(batch_shape=(30, None, 3)))`, "30 ? 3");
    assertShape(`x = keras.Input((784,))\nx = layers.Dense(64)(x)\n${bn}(x)`, "? 64");
    const start = "x = keras.Input((32, 32, 3))\nx = layers.";
    assertShape(`${start}Conv2D(64, 3, padding="same", use_bias=False)(x)\n${bn}(x)`, "? 32 32 64");
    assertShape(`${start}Conv2D(64, 3)(x)\n${bn}(x)`, "? 30 30 64");
    assertShape(
      `x = keras.Input((32, 32, 3))\nx = (layers.Conv2D(64, 3))(x)\n${bn}(x)`,
      "? 30 30 64",
    );
    assertShape(`${start}Conv2D(64, (7, 7), strides=2, padding="same")(x)\n${bn}(x)`, "? 16 16 64");
    assertShape(`${start}Conv2D(n, 3, padding="same")(x)\n${bn}(x)`, null);
    assertShape(`${start}Conv2D(64, 3, padding=p)(x)\n${bn}(x)`, "? ? ? 64");
    assertShape(`${start}MaxPooling2D()(x)\n${bn}(x)`, "? 16 16 3");
    assertShape(`${start}DepthwiseConv2D(3, padding="same")(x)\n${bn}(x)`, "? 32 32 3");
    assertShape(`${start}GlobalAveragePooling2D()(x)\n${bn}(x)`, "? 3");
    assertShape(`${start}Flatten()(x)\n${bn}(x)`, "? 3072");
    assertShape(`${start}Activation("relu")(x)\n${bn}(${bn}(x))`, "? 32 32 3");
    assertShape(`${start}Lambda(f)(x)\n${bn}(x)`, null);
    assertShape(
      `x = keras.Input((3, 32, 32))\nx = layers.Conv2D(64, 1, data_format="channels_first")(x)\n${bn}(x)`,
      "? 64 32 32",
    );
    assertShape(`d = layers.Dense(5)\n${bn}(d(keras.Input((3,))))`, "? 5");
  });

  it("stay unknown where the channels can be first", () => {
    const conv = (input: string) =>
      `x = keras.Input(${input})\nx = layers.Conv2D(64, 3, padding="same")(x)\n${bn}(x)`;
    const set = "keras.backend.set_image_data_format('channels_first')\n";
    assertShape(set + conv("(3, 64, 64)"), null);
    assertShape(set + conv("(64, 64, 3)"), null);
    assertShape(conv("(64, 64, 3)"), null, set);
    assertShape(conv("(3, 64, 64)"), null);
    assertShape(conv("(1, None, None)"), null);
    assertShape(conv("(1, 28, 3)"), "? 1 28 64");
    assertShape(conv("(3, 3, 256)"), "? 3 3 64");
    assertShape(
      `${set}x = keras.Input((3, 8, 8))\nx = layers.MaxPooling2D(data_format="channels_first")(x)\n${bn}(x)`,
      "? 3 4 4",
    );
  });

  it("stay unknown where a branch or a loop can change them", () => {
    assertShape(`x = np.zeros((8, 4))\nif c:\n  x = f(x)\n${bn}(x)`, null);
    assertShape(`x = np.zeros((8, 4))\nfor i in r:\n  y = ${bn}(x)\n  x = f(x)`, null);
    assertShape(`def f(x):\n  return ${bn}(x)`, null);
  });
});
