/** Operators may compute in the memory of what other operators have just made, and nowhere else. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { run } from "./kerasCells.ts";

/** 100 by 100: large enough for memory of its own. */
const arrays = `import numpy as np
x = np.arange(10_000, dtype="float64").reshape(100, 100) / 7 - 500
y = np.cos(x) + 2
v = np.arange(100.0) - 50
`;

function printed(code: string): string {
  const ran = run(arrays + code);
  assert.equal(ran.error, null);
  return ran.printed;
}

describe("temporaries of expressions", () => {
  it("do not show in values", () => {
    const lines = [
      "t = x * 2",
      "u = t + 1",
      "print(np.array_equal(x * 2 + 1, u), np.array_equal(1 + x * 2, u))",
      "print(np.array_equal((x * 2 - y * 3) / (x * x + y), np.divide(np.subtract(np.multiply(x, 2), np.multiply(y, 3)), np.add(np.multiply(x, x), y))))",
    ];
    assert.equal(printed(lines.join("\n")), "True True\nTrue\n");
  });

  const untouched: readonly [string, string][] = [
    ["named on the way", "z = (w := x * 2) + 1\nprint(np.array_equal(w, np.multiply(x, 2)))"],
    [
      "put into a list",
      "l = []\nl.append(x * 2)\nz = l[0] + 1\nprint(np.array_equal(l[0], np.multiply(x, 2)))",
    ],
    [
      "returned by a function that keeps them",
      "kept = []\ndef f():\n    kept.append(x * 2)\n    return kept[0]\nz = f() + 1\nprint(np.array_equal(kept[0], np.multiply(x, 2)))",
    ],
    [
      "made by a function between",
      "def f():\n    global g\n    g = x * 3\n    return 1\nz = x * 2 + f()\nprint(np.array_equal(g, np.multiply(x, 3)))",
    ],
    [
      "kept by a function to the right",
      "def f():\n    global g\n    g = x * 3\n    return g\nz = (x * 2) + f()\nprint(np.array_equal(g, np.multiply(x, 3)))",
    ],
    [
      "chosen",
      "w = x * 2\nz = (w if True else y) + 1\nprint(np.array_equal(w, np.multiply(x, 2)))",
    ],
    [
      "seen through a view",
      "w = x * 2\nz = w[::2] + 1\nprint(np.array_equal(w, np.multiply(x, 2)))",
    ],
    [
      "transposed on the way",
      "z = (x * 2).T + x\nprint(np.array_equal(z, np.add(np.multiply(x, 2).T, x)))",
    ],
    [
      "operands of themselves",
      "w = x * 2\nz = w + w * w\nprint(np.array_equal(w, np.multiply(x, 2)), np.array_equal(z, np.add(w, np.multiply(w, w))))",
    ],
  ];
  for (const [how, code] of untouched) {
    it(`leave arrays alone that are ${how}`, () => {
      assert.match(printed(code), /^True( True)?\n$/);
    });
  }

  it("are of another size or type than the result: then it has memory of its own", () => {
    const lines = [
      "print((v * 2 + x).shape, (v * 2 + x)[3, 4] == v[4] * 2 + x[3, 4])",
      'print((x.astype("float32") * 2 + x).dtype, ((x > 0) + 0.5).dtype)',
    ];
    assert.equal(printed(lines.join("\n")), "(100, 100) True\nfloat64 float64\n");
  });

  it("leave everything as it was when the operator fails", () => {
    const lines = [
      "try:",
      "    x * 2 + np.ones(7)",
      "except ValueError as error:",
      "    print(error)",
      "print(np.array_equal(x * 2 + 1, np.add(np.multiply(x, 2), 1)))",
    ];
    assert.equal(
      printed(lines.join("\n")),
      "operands could not be broadcast together with shapes (100,100) (7,) \nTrue\n",
    );
  });

  it("give what calls of NumPy's functions give, and change no array that has a name", () => {
    const { tree } = fc.letrec<{ tree: [string, string] }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom<[string, string]>(["x", "x"], ["y", "y"], ["v", "v"], ["2", "2"]),
        fc
          .tuple(fc.constantFrom("+", "-", "*"), tie("tree"), tie("tree"))
          .map(([operator, left, right]): [string, string] => {
            const name = { "+": "add", "-": "subtract", "*": "multiply" }[operator];
            return [`(${left[0]} ${operator} ${right[0]})`, `np.${name}(${left[1]}, ${right[1]})`];
          }),
        fc.tuple(tie("tree")).map(([[a, b]]): [string, string] => [`(-${a})`, `np.negative(${b})`]),
      ),
    }));
    const checks = fc.sample(tree, { numRuns: 40, seed: 1 });
    const lines = [
      "before = [x.copy(), y.copy(), v.copy()]",
      ...checks.map(([operators, calls]) => `assert np.array_equal(${operators}, ${calls})`),
      "print(all(np.array_equal(a, b) for a, b in zip(before, [x, y, v])))",
    ];
    assert.equal(printed(lines.join("\n")), "True\n");
  });
});
