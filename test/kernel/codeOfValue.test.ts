/**
 * @file Code that makes values again: run, it gives an equal value. What real Python makes of the
 * code that the last test fixes was checked with CPython 3.11, NumPy 2.4 and Keras 3.15.
 */
import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { codeOf, mostWritten } from "../../src/kernel/inspection/code.ts";
import {
  type ArrayDType,
  arrayDTypes,
  asarray,
  cast,
  copy,
  integerRange,
  isBig,
  isFloating,
  type NDArray,
  reshape,
} from "../../src/numpy/index.ts";
import { Session, tracebackOf } from "./assertions.ts";

const session = new Session();

/** The value that a name has after the cell. */
function made(code: string, name = "value") {
  const ran = session.run(code);
  equal(tracebackOf(ran), "", code);
  return session.kernel.names.get(name)!;
}

function codeFor(value: Parameters<typeof codeOf>[1]): string {
  const answer = codeOf("value", value);
  ok("code" in answer, JSON.stringify(answer));
  return answer.code;
}

/** Bits and all: NaN is NaN, and -0.0 is not 0.0. */
function assertSameArray(actual: NDArray, expected: NDArray): void {
  equal(actual.dtype, expected.dtype);
  deepEqual(actual.shape, expected.shape);
  deepEqual(copy(actual).data, copy(expected).data);
}

function elements(dtype: ArrayDType): fc.Arbitrary<number | bigint | boolean> {
  if (dtype === "bool") return fc.boolean();
  if (isFloating(dtype)) {
    return fc.oneof(
      fc.double(),
      fc.integer({ min: -9, max: 9 }),
      fc.constantFrom(-0, NaN, Infinity),
    );
  }
  const [min, max] = integerRange(dtype);
  const whole = fc.bigInt({ min, max });
  return isBig(dtype) ? whole : whole.map(Number);
}

const arrays: fc.Arbitrary<NDArray> = fc
  .tuple(
    fc.constantFrom(...arrayDTypes),
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  )
  .chain(([dtype, shape]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const bounds = { minLength: size, maxLength: size };
    const values = fc.oneof(
      fc.array(elements(dtype), bounds),
      elements(dtype).map((value) => new Array<typeof value>(size).fill(value)),
      fc
        .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: -3, max: 3 }))
        .map(([from, step]) => Array.from({ length: size }, (_, at) => from + at * step)),
    );
    return values.map((list) => reshape(cast(asarray(list as number[]), dtype), shape));
  });

const pythonValues = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("None", "True", "''", "float('inf')", "-0.0", "set()", "range(2, 9, 3)"),
    fc.bigInt().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => `float('${value}')`),
    fc.string().map((text) => JSON.stringify(text)),
    fc.array(tie("value")).map((items) => `[${items.join(", ")}]`),
    fc.array(tie("value")).map((items) => `(${items.map((item) => `${item},`).join("")})`),
    fc
      .array(fc.tuple(fc.integer(), tie("value")))
      .map((items) => `{${items.map(([key, item]) => `${key}: ${item}`).join(", ")}}`),
  ),
})).value as fc.Arbitrary<string>;

describe("code of a value", () => {
  it("gives an equal array of the same type and shape", () => {
    fc.assert(
      fc.property(arrays, (array) => {
        assertSameArray(made(codeFor(array)) as NDArray, array);
      }),
      { numRuns: 300 },
    );
  });

  it("gives an equal value of Python's own", () => {
    fc.assert(
      fc.property(pythonValues, (source) => {
        const first = session.run(`value = ${source}\nprint(repr(value))`);
        const code = codeFor(session.kernel.names.get("value")!);
        equal(session.run(`${code}print(repr(value))`).stdout, first.stdout, code);
      }),
      { numRuns: 100 },
    );
  });

  it("gives an equal layer, with its weights", () => {
    session.run(`
import numpy as np
from keras import layers, regularizers
x = np.random.default_rng(0).normal(3, 2, size=(8, 5)).astype("float32")
value = layers.BatchNormalization(momentum=0.5, gamma_regularizer=regularizers.L2(0.1))
y = value(x, training=True)
`);
    const layer = session.kernel.names.get("value")!;
    session.kernel.names.set("before", layer);
    const check =
      "print((value(x) == before(x)).all(), value.momentum, value.gamma_regularizer.l2)";
    equal(session.run(codeFor(layer) + check).stdout, "True 0.5 0.1\n");
  });

  it("describes constants and ranges of any size", () => {
    for (const code of [
      "value = np.zeros((30, 32, 32, 64), dtype=np.float32)",
      "value = np.full((1000000,), 2.5, dtype=np.float64)",
      "value = np.ones((300, 300), dtype=np.bool_)",
      "value = np.arange(0, 1000000, 1, dtype=np.int64).reshape((1000, 1000))",
      "value = np.arange(10, -90000, -2, dtype=np.int32)",
    ]) {
      const text = `import numpy as np\n${code}\n`;
      equal(codeFor(made(text)), text);
    }
  });

  it("says the limit where there are too many values", () => {
    const value = made("import numpy as np\nvalue = np.random.default_rng(0).random((100, 101))");
    deepEqual(codeOf("value", value), { refused: "tooMany", count: 10_100, most: mostWritten });
  });

  it("names the type that no code makes", () => {
    deepEqual(codeOf("value", made("value = [len]")), {
      refused: "type",
      type: "builtin_function_or_method",
    });
    const circle = made("value = []\nvalue.append(value)");
    deepEqual(codeOf("value", circle), { refused: "type", type: "list" });
  });

  it("is what a person would write", () => {
    for (const code of [
      "value = np.array([1.5, -0.0, np.nan, -np.inf], dtype=np.float32)",
      "value = np.array([[1, 2], [3, 5]], dtype=np.int8)",
      "value = np.array(0.1, dtype=np.float16)",
      "value = np.zeros((0, 3), dtype=np.uint8)",
      "value = np.array([True, False], dtype=np.bool_)",
      "value = [np.float32(1.5), {'a': (1, None)}]",
    ]) {
      const text = `import numpy as np\n${code}\n`;
      equal(codeFor(made(text)), text);
    }
    const variable =
      "import numpy as np\nimport keras\nvalue = keras.Variable(np.array([1.0, 2.5], dtype=np.float32), dtype='float32')\n";
    equal(codeFor(made(variable)), variable);
  });
});
