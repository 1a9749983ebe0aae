/** Operators may compute in the memory of what other operators have just made, and nowhere else. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { binaryOfOperations } from "../../src/kernel/evaluator/operators.ts";
import type { Value } from "../../src/kernel/objects.ts";
import { binary, unary } from "../../src/kernel/operations.ts";
import { type NDArray, wrapData } from "../../src/numpy/index.ts";
import type { BinaryOperator } from "../../src/python/nodes.ts";
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
  const spared = (operator: BinaryOperator, a: Value, b: Value, left: boolean, right: boolean) =>
    binaryOfOperations(left, right)(operator, a, b) as NDArray;

  it("lend the result their memory", () => {
    const x = wrapData(new Float64Array(4096).fill(3), "float64", [4096]);
    const product = binary("*", x, 2) as NDArray;
    const sum = spared("+", product, 1, true, false);
    assert.equal(sum.data, product.data);
    assert.ok(x.data.every((value) => value === 3));
    assert.ok(sum.data.every((value) => value === 7));
    // Neither what another operator has followed, nor what comes from no operator.
    const older = binary("-", x, 2) as NDArray;
    const newer = binary("-", x, 1) as NDArray;
    assert.notEqual(spared("+", older, newer, true, false).data, older.data);
    assert.notEqual(spared("+", older, 1, false, true).data, older.data);
    assert.ok(older.data.every((value) => value === 1));
    assert.ok(newer.data.every((value) => value === 2));
    const negative = unary("-", x) as NDArray;
    assert.equal(spared("*", 2, negative, false, true).data, negative.data);
  });

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
      "named by the right operand's own name",
      "z = 1 + (w := x * 2)\nprint(np.array_equal(w, np.multiply(x, 2)))",
    ],
    [
      "chosen between operators",
      "w = -x\nz = (x * 2 if w is None else w) * 2 + 1\nprint(np.array_equal(w, np.negative(x)))",
    ],
    [
      "what `and` and `or` choose",
      "w = x * 2\nz = (None or w) + 1\nz = (1 and w) + 1\nprint(np.array_equal(w, np.multiply(x, 2)))",
    ],
    [
      "given as `out`",
      "w = np.empty_like(x)\nz = np.multiply(x, 2, out=w) + 1\nprint(np.array_equal(w, np.multiply(x, 2)))",
    ],
    [
      "changed in place",
      "w = x * 2\nv2 = w\nw += x * 3 + 1\nw *= -x\nz = w + 1\nprint(w is v2, np.array_equal(w, np.multiply(np.add(np.multiply(x, 2), np.add(np.multiply(x, 3), 1)), np.negative(x))))",
    ],
    [
      "made in place by an operator of two",
      "w = x * 2\nw = w + (x * 3)\nu = w\nw = w + (x * 3)\nprint(np.array_equal(u, np.add(np.multiply(x, 2), np.multiply(x, 3))))",
    ],
    [
      "drawn from a generator",
      "kept = []\ng = (kept.append(x * k) or kept[-1] for k in [2, 3])\nz = (next(g) + 1) * next(g) + next(iter(kept))\nprint(np.array_equal(kept[0], np.multiply(x, 2)), np.array_equal(kept[1], np.multiply(x, 3)))",
    ],
    [
      "the defaults and results of functions",
      "def f(a=x * 2):\n    return a\nz = f() + 1 + f() * 2\nprint(np.array_equal(f(), np.multiply(x, 2)))",
    ],
    [
      "in a comprehension",
      "l = [x * k for k in range(3)]\nm = [a * 2 + b for a in l for b in l]\nprint(all(np.array_equal(a, np.multiply(x, k)) for k, a in enumerate(l)))",
    ],
    ["positive", "w = x\nz = (+x) + 1\nprint(w is x, np.array_equal(z, np.add(x, 1)))"],
    [
      "raised to the powers that are quick",
      "c = x.copy()\nz = x ** 1 + 1\nu = x ** 2 * 2\nprint(np.array_equal(c, x), np.array_equal(z, np.add(x, 1)))",
    ],
    [
      "products of matrices",
      "w = x @ y\nz = x @ y + 1\nprint(np.array_equal(w + 1, z), np.array_equal(w, np.matmul(x, y)))",
    ],
    [
      "shown by what is raised",
      "w = x * 2\ntry:\n    (w + 1) * (x * 2 + None)\nexcept TypeError as e:\n    kept = e\nprint(np.array_equal(w, np.multiply(x, 2)))",
    ],
    [
      "refused with what is raised for infinities",
      "c = x.copy()\nw = x * 1e300\ntry:\n    with np.errstate(all='raise'):\n        z = x * 1e300 * 1e300 + w\nexcept FloatingPointError:\n    z = w + 1\nprint(np.array_equal(w, np.multiply(c, 1e300)), np.array_equal(x, c))",
    ],
    [
      "the values of variables",
      "k = keras.Variable(x)\nc = k.numpy().copy()\nz = (k + 1) * 2 + k\nu = k * 2 + (x * 2)\nu = -k + 1\nu = +k * 3\nprint(np.array_equal(k.numpy(), c), np.array_equal(x, np.arange(10_000, dtype='float64').reshape(100, 100) / 7 - 500))",
    ],
    [
      "kept by functions that take the place of NumPy's",
      "def f(a, b):\n    global g\n    g = np.asarray(a) * 2\n    return g\nreal = np.add\nnp.add = f\nz = (keras.Variable(x) + 1) + 1\nnp.add = real\nprint(np.array_equal(g, np.multiply(np.asarray(x, dtype=g.dtype), 2)))",
    ],
    [
      "looked at again by functions that take the place of NumPy's",
      "def f(a, b):\n    c = b.copy()\n    d = b + 1\n    print(np.array_equal(b, c), end='')\n    return b\nadd, array = np.add, np.array\nnp.add = f\nnp.array = lambda value, dtype=None: value\nz = keras.Variable(x) + (x * 2)\nnp.add, np.array = add, array\nprint(f' {np.array_equal(z, np.multiply(x, 2))}')",
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
