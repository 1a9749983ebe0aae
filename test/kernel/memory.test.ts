/** @file What does not fit into memory: a MemoryError in the cell, and a kernel that goes on. */
import assert from "node:assert/strict";
import { Session } from "./assertions.ts";

/** Cells that ask for more than any machine has, or than the kernel gives. */
const hungry = [
  "np.zeros((10**6, 10**6))",
  "np.ones(10**11)",
  "np.full((10**4, 10**4, 10**4), 1.5, dtype='float32')",
  "np.zeros(2**40, dtype='uint8')",
  "np.eye(10**6)",
  "x + np.zeros((10**6, 1, 1))",
  "np.broadcast_to(x[0, 0, 0], (10**6, 10**6)).copy()",
  "np.random.default_rng(0).normal(size=(10**6, 10**6))",
  "[0] * 10**12",
  "(1, 2) * 10**12",
  "'ab' * 10**12",
  "list(range(10**9))",
  "items + items",
  "2 ** 10**11",
];

describe("kernel: memory that is not to be had", () => {
  const session = new Session();
  before(() => {
    const made = session.run(
      "import numpy as np\nkeep = 41\nx = np.zeros((1, 10**4, 10**3))\nitems = [0] * (2**24 + 1)",
    );
    assert.equal(made.result.status, "ok");
  });

  for (const code of hungry) {
    it(`${code} is a MemoryError and leaves the variables`, () => {
      const { stdout } = session.run(
        `try:\n    ${code}\n    print('fits')\nexcept MemoryError:\n    print('caught')`,
      );
      assert.equal(stdout, "caught\n");
      assert.equal(session.run(code).result.status, "error");
      assert.deepEqual(session.run("keep + 1").displayed, ["42"]);
    });
  }
});
