/** @file Calls without any loop of the cell's own, stopped in their midst; and what they leave. */
import assert from "node:assert/strict";
import { Session } from "./assertions.ts";

const preparation = `
import json
import math
import numpy as np
import keras
from keras import layers
import bnlab
rng = np.random.default_rng(0)
x = rng.normal(size=400_000)
single = x.astype("float32")
longer = np.tile(x, 6)
half = single.astype("float16")
whole = (x * 1000).astype("int64")
numbers = list(range(200_000))
words = [str(n) for n in numbers]
text = "abc " * 600_000
matrix = rng.normal(size=(300, 300))
rows = single.reshape(-1, 4)
`;

/** Between two of its polls no call does more than some milliseconds of work. */
const calls = [
  "sum(numbers)",
  "sorted(words)",
  "set(words)",
  "dict(zip(words, numbers))",
  "numbers == list(numbers)",
  "numbers.count(-1)",
  "-1 in tuple(numbers)",
  "','.join(map(str, numbers))",
  "str(numbers)",
  "text.replace('a', 'xyz')",
  "text.split()",
  "text.split('b')",
  "math.factorial(5000)",
  "math.comb(9000, 4500)",
  "3 ** 100_000",
  "pow(3, 10**200, 10**200 + 1)",
  "np.array(numbers)",
  "x.tolist()",
  "np.sort(longer)",
  "np.argsort(x)",
  "np.unique(whole)",
  "np.median(longer)",
  "np.searchsorted(x[:100], x)",
  "np.exp(x)",
  "whole ** 2 // 7",
  "half.astype('int64')",
  "np.where(whole > 0, whole, 0)",
  "x[x > 0]",
  "x[np.argsort(whole)]",
  "np.nonzero(x)",
  "np.cumsum(whole)",
  "np.prod(whole)",
  "whole.argmax()",
  "x.reshape(2, -1).T.copy()",
  "x.reshape(-1, 2).sum(axis=1)",
  "np.histogram(x, bins=20)",
  "np.bincount(np.abs(whole))",
  "np.interp(x, [-1, 0, 1], [0, 1, 0])",
  "np.repeat(x, 2)",
  "np.indices((700, 700))",
  "np.tril(matrix)",
  "matrix @ matrix",
  "matrix.astype('int64') @ matrix.astype('int64')",
  "np.einsum('ij,jk->ik', matrix, matrix)",
  "np.linalg.inv(matrix)",
  "rng.normal(size=400_000)",
  "rng.integers(0, 10**15, 400_000)",
  "rng.permutation(400_000)",
  "rng.gamma(2.5, size=400_000)",
  "rng.multinomial(10, [0.2] * 5, size=100_000)",
  "np.isin(whole, whole[:100])",
  "np.convolve(x, x[:10])",
  "np.unique(x.reshape(-1, 4), axis=0)",
  "np.roll(x, 3)",
  "json.dumps(numbers)",
  "np.array2string(x[:20_000], threshold=10**6)",
  "layers.BatchNormalization()(rows, training=True)",
  "layers.BatchNormalization(dtype='float64')(rows, training=True, mask=np.ones(100_000, bool))",
  "bnlab.stats(rows).histogram",
  "bnlab.gradients(layers.BatchNormalization(), rows, rows)",
];

describe("an interrupt", () => {
  const session = new Session();
  before(() => assert.deepEqual(session.run(preparation).result, { status: "ok" }));

  for (const call of calls) {
    it(`stops ${call}`, () => {
      session.interruptions = 3;
      const { result } = session.run(call);
      assert.equal(result.status, "interrupted", call);
      assert.equal(session.run("len(numbers)").displayed[0], "200000");
    });
  }

  it("is a KeyboardInterrupt, which a cell can answer", () => {
    session.interruptions = 3;
    const { stdout, result } = session.run(`try:
    np.exp(x)
except KeyboardInterrupt:
    print("stopped")
finally:
    print("done")`);
    assert.deepEqual(result, { status: "ok" });
    assert.equal(stdout, "stopped\ndone\n");
  });

  it("names the line that it stopped", () => {
    session.interruptions = 3;
    const { result } = session.run("y = 1\nz = np.exp(x)", "Cell 7");
    assert.equal(result.status, "interrupted");
    assert.match(result.error.traceback, /"Cell 7", line 2/);
    assert.equal(session.run("y").displayed[0], "1");
  });

  it("leaves a layer as it was, wherever in a training call it comes", () => {
    session.run(`layer = layers.BatchNormalization()
layer(rows[:100], training=True)
before = [w.copy() for w in layer.get_weights()]`);
    let stopped = 0;
    for (let polls = 1; ; polls++) {
      session.interruptions = polls;
      const { result } = session.run("layer(rows, training=True);");
      if (result.status === "ok") break;
      stopped++;
      const { displayed } = session.run(
        "all(np.array_equal(a, b) for a, b in zip(before, layer.get_weights()))",
      );
      assert.equal(displayed[0], "True", `poll ${polls}`);
    }
    session.interruptions = 0;
    assert.ok(stopped > 5, `${stopped} polls`);
    const { displayed } = session.run("np.array_equal(before[2], layer.get_weights()[2])");
    assert.equal(displayed[0], "False");
  });

  it("leaves a generator going on behind what it has drawn", () => {
    session.run(
      "rng = np.random.default_rng(7); expected = rng.random(6); rng = np.random.default_rng(7); rng.random(3);",
    );
    session.interruptions = 3;
    assert.equal(session.run("rng.random(100_000)").result.status, "interrupted");
    const { displayed } = session.run(
      "rest = rng.random(4); every = np.random.default_rng(7).random(100_003); every.tolist().index(rest[0]) in (3 + 4096 * n for n in range(25))",
    );
    assert.equal(displayed[0], "True");
  });
});
