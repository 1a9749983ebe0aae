/** @file Programs that nobody would write: the kernel comes back from each, and goes on. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Kernel } from "../../src/kernel/kernel.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";

/** After so long every program is told to stop. */
const mostMilliseconds = 2000;

class Fuzzed {
  /** How often a program may look whether it shall stop before it is told to. */
  readonly patience: number;
  #polls = 0;
  #started = 0;
  #stdout = "";
  readonly #kernel = new Kernel(
    {
      write: (_, text) => {
        this.#stdout = (this.#stdout + text).slice(-1000);
      },
      display: () => {},
      // Again and again, where a program catches the first KeyboardInterrupt.
      // A large integer's digits take long between few looks, so the clock counts too.
      interrupted: () => {
        const late = performance.now() - this.#started > mostMilliseconds;
        return late || (++this.#polls > this.patience && this.#polls % 50 === 0);
      },
    },
    kernelStringsFor("en"),
  );

  constructor(patience: number) {
    this.patience = patience;
  }

  run(code: string): { error: string | null; stdout: string } {
    this.#polls = 0;
    this.#started = performance.now();
    this.#stdout = "";
    const result = this.#kernel.execute(code, "Cell 1");
    return { error: result.status === "ok" ? null : result.error.traceback, stdout: this.#stdout };
  }
}

const names = ["a", "b", "c", "f", "g", "A", "e", "self"];
const name = fc.constantFrom(...names);
const numbers = [
  "0",
  "1",
  "-1",
  "7",
  "2**70",
  "10**10**8",
  "2**10**9",
  "10**4299",
  "10**5000",
  "1.5",
  "-0.0",
  "1e308",
  "float('nan')",
  "float('inf')",
  "True",
];
const texts = ["''", "'ab'", "'é\\U0001F600'", "'a' * 10**12", "'%d %s'", "'{} {x!r:>5}'"];
const containers = [
  "[]",
  "[0] * 10**12",
  "{}",
  "{1: 2}",
  "()",
  "(1, 2)",
  "{1, 2}",
  "range(10**12)",
];
const callables = [
  "len",
  "str",
  "repr",
  "int",
  "float",
  "bool",
  "list",
  "tuple",
  "set",
  "dict",
  "sorted",
  "sum",
  "max",
  "min",
  "abs",
  "hash",
  "iter",
  "next",
  "reversed",
  "enumerate",
  "zip",
  "map",
  "filter",
  "any",
  "all",
  "round",
  "divmod",
  "pow",
  "chr",
  "ord",
  "hex",
  "type",
  "isinstance",
  "callable",
  "getattr",
  "vars",
  "super",
  "property",
  "classmethod",
  "staticmethod",
  "print",
  "object",
  "Exception",
  "ValueError",
  "range",
  "slice",
  "format",
  "dir",
];
const methods = [
  "append",
  "pop",
  "items",
  "keys",
  "get",
  "update",
  "join",
  "split",
  "format",
  "replace",
  "send",
  "throw",
  "close",
  "__init__",
  "__class__",
  "__dict__",
  "__iter__",
  "__len__",
  "__add__",
  "__eq__",
  "__new__",
  "__getitem__",
  "sort",
  "index",
  "zfill",
];
const binary = ["+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^"];
const comparisons = ["==", "!=", "<", "<=", ">", ">=", "is", "in", "not in"];

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie("expression");
  const joined = (parts: readonly fc.Arbitrary<string>[], write: (...texts: string[]) => string) =>
    fc.tuple(...parts).map((made) => write(...made));
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthSize: "small", withCrossShrink: true },
      name,
      fc.constantFrom(...numbers, ...texts, ...containers, "None", "...", ...callables),
      joined([inner, fc.constantFrom(...binary), inner], (l, o, r) => `(${l} ${o} ${r})`),
      joined([inner, fc.constantFrom(...comparisons), inner], (l, o, r) => `(${l} ${o} ${r})`),
      joined([fc.constantFrom(...callables, ...names), inner], (f, x) => `${f}(${x})`),
      joined(
        [fc.constantFrom(...callables, ...names), inner, inner],
        (f, x, y) => `${f}(${x}, *${y})`,
      ),
      joined([name, inner, inner], (f, x, y) => `${f}(${x}, key=${y})`),
      joined([inner, fc.constantFrom(...methods), inner], (x, m, y) => `(${x}).${m}(${y})`),
      joined([inner, fc.constantFrom(...methods)], (x, m) => `(${x}).${m}`),
      joined([inner, inner], (x, i) => `(${x})[${i}]`),
      joined([inner, inner, inner], (x, i, j) => `(${x})[${i}:${j}]`),
      joined([inner, name, inner], (x, n, xs) => `[${x} for ${n} in ${xs}]`),
      joined([inner, name, inner], (x, n, xs) => `{${x}: ${n} for ${n} in ${xs}}`),
      joined([inner, name, inner, inner], (x, n, xs, t) => `(${x} for ${n} in ${xs} if ${t})`),
      joined([name, inner], (n, x) => `(lambda ${n}=1, *b: ${x})`),
      joined([name, inner], (n, x) => `(${n} := ${x})`),
      joined([inner, inner, inner], (x, t, y) => `(${x} if ${t} else ${y})`),
      joined(
        [inner, inner],
        (x, y) => `f"{${x.replaceAll(/["'\\]/g, "")}!r:>{${y.replaceAll(/["'\\]/g, "")}}}"`,
      ),
      joined([inner, inner], (x, y) => `[${x}, *${y}]`),
      joined([inner], (x) => `(not ${x})`),
      joined([inner], (x) => `(-${x})`),
    ),
  };
});

function indented(lines: readonly string[]): string {
  return lines
    .join("\n")
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

const { statement } = fc.letrec<{ statement: string }>((tie) => {
  const block = fc.array(tie("statement"), { minLength: 1, maxLength: 3 }).map(indented);
  const x = expression;
  return {
    statement: fc.oneof(
      { maxDepth: 3, depthSize: "small", withCrossShrink: true },
      x,
      fc.tuple(name, x).map(([n, v]) => `${n} = ${v}`),
      fc.tuple(name, x).map(([n, v]) => `${n}, *${n}_ = ${v}`),
      fc.tuple(name, fc.constantFrom(...binary), x).map(([n, o, v]) => `${n} ${o}= ${v}`),
      fc.tuple(name, fc.constantFrom(...methods), x).map(([n, m, v]) => `${n}.${m} = ${v}`),
      fc.tuple(name, x, x).map(([n, i, v]) => `${n}[${i}] = ${v}`),
      fc.tuple(x, block, block).map(([t, b, o]) => `if ${t}:\n${b}\nelse:\n${o}`),
      fc.tuple(name, x, block).map(([n, xs, b]) => `for ${n} in ${xs}:\n${b}\nelse:\n    pass`),
      fc.tuple(x, block).map(([t, b]) => `while ${t}:\n${b}`),
      fc
        .tuple(name, block)
        .map(([n, b]) => `def ${n}(a=1, *b, c=2, **e):\n${b}\n    return ${n}(a, *b)`),
      fc.tuple(name, x, block).map(([n, v, b]) => `def ${n}(a=1, *b):\n    c = yield ${v}\n${b}`),
      fc.tuple(name, x).map(([n, v]) => `def ${n}(*a):\n    yield from ${v}`),
      fc
        .tuple(name, fc.constantFrom("", "(Exception)", "(list)", "(dict)", "(A)"), block)
        .map(
          ([n, bases, b]) =>
            `class ${n}${bases}:\n    def __init__(self, *a):\n${b.replaceAll(/^/gm, "    ")}\n    def __${"getitem"}__(self, a): return self[a]\n    def __eq__(self, e): return self == e`,
        ),
      fc
        .tuple(block, name, block)
        .map(([b, n, h]) => `try:\n${b}\nexcept Exception as ${n}:\n${h}\nfinally:\n    pass`),
      fc.tuple(x, x).map(([e, c]) => `raise ${e} from ${c}`),
      fc.tuple(x, name, block).map(([m, n, b]) => `with ${m} as ${n}:\n${b}`),
      fc
        .tuple(x, name, block)
        .map(
          ([v, n, b]) =>
            `match ${v}:\n    case [1, *${n}] | {1: ${n}} | int(${n}):\n${b.replaceAll(/^/gm, "    ")}\n    case _: pass`,
        ),
      name.map((n) => `del ${n}`),
      x.map((v) => `assert ${v}`),
    ),
  };
});

const program = fc
  .array(statement, { minLength: 1, maxLength: 6 })
  .map((statements) => statements.join("\n"));

describe("kernel: any program", () => {
  it("comes to an end, with a value or a Python error, and leaves the kernel usable", function () {
    this.timeout(60_000);
    const kernel = new Fuzzed(3000);
    fc.assert(
      fc.property(program, (code) => {
        const { error } = kernel.run(code);
        assert.ok(!error?.includes("internal:"), error ?? "");
        assert.equal(kernel.run("print(1 + 1)").stdout, "2\n");
      }),
      {
        // The same programs in every run of the suite; others where more are asked for.
        ...(process.env["FUZZ_RUNS"] === undefined && { seed: 20 }),
        numRuns: Number(process.env["FUZZ_RUNS"] ?? 100),
        interruptAfterTimeLimit: 30_000,
      },
    );
  });

  it("of too deep a recursion ends in a RecursionError, whatever recurs", () => {
    const kernel = new Fuzzed(Number.POSITIVE_INFINITY);
    const programs = [
      "def f(n): return f(n + 1)\nf(0)",
      "def f(): yield from f()\nlist(f())",
      "f = lambda: f()\nf()",
      "class A:\n    def __getattr__(self, name): return self.x\nA().y",
      "class A:\n    def __repr__(self): return repr(self)\nrepr(A())",
      "class A:\n    def __eq__(self, other): return self == other\nA() == 1",
      "class A:\n    def __init__(self): A()\nA()",
      "class A:\n    def __iter__(self): return iter(self)\nlist(A())",
      "class A:\n    def __call__(self): return self()\nA()()",
      "class A:\n    @property\n    def x(self): return self.x\nA().x",
      "x = []\nfor i in range(10**5): x = [x]\nrepr(x)",
      "x = []\nfor i in range(10**5): x = [x]\nx == x[0]",
      "x = ()\nfor i in range(10**5): x = (x,)\nhash(x)",
      "def f(n): return sorted([1], key=lambda x: f(n))\nf(0)",
    ];
    for (const code of programs) {
      assert.match(
        kernel.run(code).error ?? "no error",
        /RecursionError: maximum recursion depth/,
        code,
      );
      assert.equal(kernel.run("print(1 + 1)").stdout, "2\n", code);
    }
  });
});
