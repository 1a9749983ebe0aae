/** @file The kernel as its hosts see it: cells, results, names, interruption. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { assertPrints, run, Session, tracebackOf } from "./assertions.ts";

function assertDisplays(code: string, ...expected: readonly string[]): void {
  const ran = run(code);
  assert.equal(tracebackOf(ran), "", code);
  assert.deepEqual(ran.displayed, expected, code);
}

describe("Kernel", () => {
  it("displays the last expression, as Jupyter does", () => {
    assertDisplays("1 + 1", "2");
    assertDisplays("'text'", "'text'");
    assertDisplays("1\n2", "2");
    assertDisplays("x = 5\nx", "5");
    assertDisplays("None");
    assertDisplays("1 + 1;");
    assertDisplays("x = 5");
    assertDisplays("if True:\n    5");
    assertDisplays("# nothing");
    assertDisplays("(\n 1,\n 2\n)", "(1, 2)");
  });

  it("displays what display() is given, in order", () => {
    assertDisplays("display('a', 2)\n3", "'a'", "2", "3");
  });

  it("keeps names from cell to cell, and the last result in _", () => {
    const session = new Session();
    session.run("x = 20");
    assert.deepEqual(session.run("x + 1").displayed, ["21"]);
    assert.deepEqual(session.run("_ * 2").displayed, ["42"]);
  });

  it("keeps what a failing cell assigned before", () => {
    const session = new Session();
    const failed = session.run("x = 1\n1 / 0\nx = 2");
    assert.equal(failed.result.status, "error");
    assert.deepEqual(session.run("x").displayed, ["1"]);
  });

  it("tells name, message and traceback of an error", () => {
    const { result } = run("int('x')");
    assert.equal(result.status, "error");
    assert.deepEqual(result.status === "error" && { ...result.error, traceback: "" }, {
      name: "ValueError",
      message: "invalid literal for int() with base 10: 'x'",
      traceback: "",
    });
  });

  it("says where a module is missing, and who has it", () => {
    assert.match(
      tracebackOf(run("import pandas")),
      /ModuleNotFoundError: No module named 'pandas'\. .*a Python kernel runs this notebook unchanged$/,
    );
  });

  it("refuses input and files in the kernel's words", () => {
    for (const name of ["input", "open", "compile"]) {
      assert.match(
        tracebackOf(run(`${name}('x')`)),
        new RegExp(
          `NotImplementedError: ${name}\\(\\) is not supported by the BatchNorm Lab kernel`,
        ),
      );
    }
  });

  it("keeps standard error apart", () => {
    const ran = run("import sys\nprint('a', file=sys.stderr)\nprint('b')");
    assert.deepEqual([ran.stdout, ran.stderr], ["b\n", "a\n"]);
  });

  it("stops loops and calls where asked, keeping names", () => {
    const endless = [
      "x = 1\nwhile True: pass",
      "x = 1\nfor i in range(10**12): pass",
      "x = 1\n[i for i in range(10**12)]",
      "x = 1\nsum(range(10**12))",
      "import itertools\nx = 1\nfor i in itertools.count(): pass",
      "import itertools\nx = 1\nlist(itertools.repeat(1))",
      "import time\nx = 1\ntime.sleep(1000)",
      "x = 1\ndef f(): return 1\nwhile f(): f()",
    ];
    for (const code of endless) {
      const session = new Session();
      session.interruptions = 10;
      const { result } = session.run(code);
      assert.equal(result.status, "interrupted", code);
      assert.equal(result.status === "interrupted" && result.error.name, "KeyboardInterrupt");
      assert.deepEqual(session.run("x").displayed, ["1"], code);
    }
  });

  it("lets a cell catch the interruption", () => {
    const session = new Session();
    session.interruptions = 5;
    const ran = session.run(
      "try:\n    while True: pass\nexcept KeyboardInterrupt:\n    print('caught')",
    );
    assert.deepEqual([ran.result.status, ran.stdout], ["ok", "caught\n"]);
  });

  it("turns unbounded recursion into RecursionError and goes on", () => {
    const session = new Session();
    const ran = session.run(
      "def f(n):\n    return sorted([n], key=lambda v: f(n + 1))\ntry:\n    f(0)\nexcept RecursionError as e:\n    print(e)",
    );
    assert.equal(ran.stdout, "maximum recursion depth exceeded\n");
    assert.deepEqual(session.run("1").displayed, ["1"]);
  });

  it("recurses as deep as ordinary programs do", () => {
    assertPrints("def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nprint(f(500))", "500");
  });

  it("lists the user's variables", () => {
    const session = new Session();
    session.run(
      "import math\nimport numpy as np\nn = 3\n_hidden = 1\ndef f(): pass\nx = np.zeros((2, 3), dtype='float32')\ns = 'a'",
    );
    assert.deepEqual(session.kernel.variables(), [
      { name: "n", type: "int", dtype: null, shape: null, hasChannels: false },
      { name: "x", type: "ndarray", dtype: "float32", shape: [2, 3], hasChannels: true },
      { name: "s", type: "str", dtype: null, shape: null, hasChannels: false },
    ]);
    assert.equal(session.kernel.channels("x")?.channels, 3);
    assert.equal(session.kernel.channels("n"), null);
    assert.equal(session.kernel.channels("gone"), null);
  });
});

describe("Kernel, given anything", () => {
  const atoms = [
    "0",
    "1",
    "-3",
    "2.5",
    "1e308",
    "'a'",
    "[]",
    "[1, 2]",
    "(1,)",
    "{}",
    "{1}",
    "None",
    "True",
    "float('nan')",
    "x",
    "range(3)",
    "10**20",
    "lambda: 0",
  ];
  const operators = ["+", "-", "*", "/", "//", "%", "@", "&", "<", "==", "in", "is", "and", "or"];
  const expressions = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(...atoms),
      fc
        .tuple(tie("node"), fc.constantFrom(...operators), tie("node"))
        .map((parts) => `(${parts.join(" ")})`),
      fc
        .tuple(
          fc.constantFrom(
            "len",
            "str",
            "repr",
            "int",
            "float",
            "list",
            "sum",
            "abs",
            "sorted",
            "round",
            "hash",
            "type",
          ),
          tie("node"),
        )
        .map(([name, argument]) => `${name}(${argument})`),
      fc.tuple(tie("node"), tie("node")).map(([object, index]) => `(${object})[${index}]`),
      tie("node").map((node) => `[y for y in ${node}]`),
      tie("node").map((node) => `f"{(${node})!s:>5}"`),
      fc
        .tuple(tie("node"), tie("node"), tie("node"))
        .map(([a, b, c]) => `(${a} if ${b} else ${c})`),
    ),
  })).node;

  it("never throws, and never has an internal error", () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        assert.doesNotMatch(tracebackOf(run(`x = 5\n${expression}`)), /SystemError/, expression);
      }),
      { numRuns: 400 },
    );
  });

  it("never throws at text that is no Python", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        assert.doesNotMatch(tracebackOf(run(text)), /SystemError/, text);
      }),
      { numRuns: 200 },
    );
  });

  it("divides so that quotient and remainder make the dividend again", () => {
    const integer = fc.bigInt({ min: -(2n ** 100n), max: 2n ** 100n });
    fc.assert(
      fc.property(
        integer,
        integer.filter((b) => b !== 0n),
        (a, b) => {
          assertPrints(
            `a, b = ${a}, ${b}\nq, r = divmod(a, b)\nprint(q * b + r == a, r == 0 or (r < 0) == (b < 0), abs(r) < abs(b))`,
            "True True True",
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it("reads back the floats that it prints", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const { displayed } = run(`float('${Object.is(value, -0) ? "-0" : value}')`);
        const read = Number(displayed[0]!.replace("inf", "Infinity"));
        assert.ok(Object.is(read, value), `${value} prints ${displayed[0]}`);
      }),
    );
  });
});
