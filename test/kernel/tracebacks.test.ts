/** @file Tracebacks: laid out as Python's, naming cell, line and function. */
import assert from "node:assert/strict";
import { run, Session, tracebackOf } from "./assertions.ts";

function assertTraceback(code: string, ...lines: readonly string[]): void {
  assert.deepEqual(tracebackOf(run(code)).split("\n"), lines, code);
}

/** The last line alone. */
function assertLastLine(code: string, expected: string): void {
  assert.equal(tracebackOf(run(code)).split("\n").at(-1), expected, code);
}

const heading = "Traceback (most recent call last):";

describe("kernel: tracebacks", () => {
  it("has one entry per function on the way", () => {
    assertTraceback(
      "def f(x):\n    return 1 / x\ny = f(0)",
      heading,
      '  File "Cell 1", line 3, in <module>',
      "    y = f(0)",
      '  File "Cell 1", line 2, in f',
      "    return 1 / x",
      "ZeroDivisionError: division by zero",
    );
  });

  it("names the cell in which each function was written", () => {
    const session = new Session();
    session.run("def f(x):\n    return 1 / x", "Cell 1");
    assert.deepEqual(tracebackOf(session.run("\nf(0)", "Cell 2")).split("\n").slice(0, 5), [
      heading,
      '  File "Cell 2", line 2, in <module>',
      "    f(0)",
      '  File "Cell 1", line 2, in f',
      "    return 1 / x",
    ]);
  });

  it("names the line of the part that failed", () => {
    assertTraceback(
      "x = [\n    1,\n    1 / 0,\n]",
      heading,
      '  File "Cell 1", line 3, in <module>',
      "    1 / 0,",
      "ZeroDivisionError: division by zero",
    );
    assertTraceback(
      "('a'\n  .upper()\n  .nothing())",
      heading,
      '  File "Cell 1", line 3, in <module>',
      "    .nothing())",
      "AttributeError: 'str' object has no attribute 'nothing'",
    );
    assertTraceback(
      "for i in range(1):\n    pass\nelse:\n    None.x",
      heading,
      '  File "Cell 1", line 4, in <module>',
      "    None.x",
      "AttributeError: 'NoneType' object has no attribute 'x'",
    );
  });

  it("gives lambdas and generator expressions entries of their own", () => {
    assertTraceback(
      "list(1 / x for x in [0])",
      heading,
      '  File "Cell 1", line 1, in <module>',
      "    list(1 / x for x in [0])",
      '  File "Cell 1", line 1, in <genexpr>',
      "    list(1 / x for x in [0])",
      "ZeroDivisionError: division by zero",
    );
  });

  it("tells the cause and the context", () => {
    assertTraceback(
      "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('bad') from e",
      heading,
      '  File "Cell 1", line 2, in <module>',
      "    1 / 0",
      "ZeroDivisionError: division by zero",
      "",
      "The above exception was the direct cause of the following exception:",
      "",
      heading,
      '  File "Cell 1", line 4, in <module>',
      "    raise ValueError('bad') from e",
      "ValueError: bad",
    );
    assert.match(
      tracebackOf(run("try:\n    1 / 0\nexcept ZeroDivisionError:\n    {}['k']")),
      /\n\nDuring handling of the above exception, another exception occurred:\n\n/,
    );
  });

  it("adds no second entry where an exception is raised on", () => {
    assertTraceback(
      "try:\n    1 / 0\nexcept ZeroDivisionError:\n    raise",
      heading,
      '  File "Cell 1", line 2, in <module>',
      "    1 / 0",
      "ZeroDivisionError: division by zero",
    );
  });

  it("folds what recursion repeats", () => {
    const lines = tracebackOf(run("def f(n):\n    return f(n + 1)\nf(0)")).split("\n");
    assert.equal(lines.length, 11);
    assert.match(lines.at(-2)!, /^ {2}\[Previous line repeated \d+ more times\]$/);
    assert.equal(lines.at(-1), "RecursionError: maximum recursion depth exceeded");
  });

  it("offers the nearest name", () => {
    assertLastLine("prnt(1)", "NameError: name 'prnt' is not defined. Did you mean: 'print'?");
    assertLastLine(
      "width = 1\nwidht",
      "NameError: name 'widht' is not defined. Did you mean: 'width'?",
    );
    assertLastLine(
      "[].appendd(1)",
      "AttributeError: 'list' object has no attribute 'appendd'. Did you mean: 'append'?",
    );
    assertLastLine(
      "math",
      "NameError: name 'math' is not defined. Did you forget to import 'math'?",
    );
    assertLastLine("qqqqqq", "NameError: name 'qqqqqq' is not defined");
  });

  it("ends with the notes", () => {
    assertLastLine("e = ValueError('x')\ne.add_note('see cell 1')\nraise e", "see cell 1");
  });
});

describe("kernel: problems found before a cell runs", () => {
  const unsupported = (what: string) =>
    `SyntaxError: ${what} are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged`;

  function assertRefused(code: string, line: number, expected: string): void {
    const ran = run(code);
    const lines = tracebackOf(ran).split("\n");
    assert.equal(ran.stdout, "", "nothing may run");
    assert.equal(lines[0], `  File "Cell 1", line ${line}`, code);
    assert.equal(lines.at(-1), expected, code);
  }

  it("names the construct and its line", () => {
    assertRefused("print(1)\nasync def f(): pass", 2, unsupported("async functions and blocks"));
    assertRefused(
      "print(1)\nclass A(bytes):\n    pass",
      2,
      unsupported("subclasses of bytes and complex"),
    );
    assertRefused("print(1)\nx = 1\ny = 2j", 3, unsupported("complex numbers"));
    assertRefused("print(1)\n%matplotlib inline", 2, unsupported("IPython magics"));
    assertRefused("f = lambda: (yield 1)", 1, unsupported("generators made by a lambda (yield)"));
  });

  it("names a base class whose objects it cannot make", () => {
    const unable = (name: string) =>
      `NotImplementedError: subclasses of ${name} are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged`;
    const lastOf = (code: string) => tracebackOf(run(code)).split("\n").at(-1);
    assert.equal(lastOf("import numpy as np\nclass A(np.ndarray): pass"), unable("ndarray"));
    assert.equal(
      lastOf("class A(bool): pass"),
      "TypeError: type 'bool' is not an acceptable base type",
    );
    assert.equal(
      lastOf("class A(range): pass"),
      "TypeError: type 'range' is not an acceptable base type",
    );
  });

  it("words syntax errors as CPython does, under a caret", () => {
    assert.deepEqual(tracebackOf(run("x = 1\n  1 = x")).split("\n").length, 4);
    assertRefused(
      "print(1)\nf(1) = 2",
      2,
      "SyntaxError: cannot assign to function call here. Maybe you meant '==' instead of '='?",
    );
    assert.deepEqual(tracebackOf(run("print(1)\nf(1) = 2")).split("\n").slice(1, 3), [
      "    f(1) = 2",
      "    ^",
    ]);
  });

  it("checks scopes", () => {
    assertRefused("def f():\n    nonlocal x", 2, "SyntaxError: no binding for nonlocal 'x' found");
    assertRefused(
      "print(1)\nnonlocal x",
      2,
      "SyntaxError: nonlocal declaration not allowed at module level",
    );
    assertRefused(
      "def f():\n    from math import *",
      2,
      "SyntaxError: import * only allowed at module level",
    );
  });
});
