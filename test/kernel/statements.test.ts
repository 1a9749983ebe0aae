/** @file Statements and scopes, with what CPython 3.12 prints for each. */
import { assertPrints } from "./assertions.ts";

describe("kernel: statements", () => {
  it("assigns to names, patterns, items and attributes", () => {
    assertPrints("(a, b), c = (1, 2), 3\nprint(a, b, c)", "1 2 3");
    assertPrints("a, *b, c = range(5)\nprint(a, b, c)", "0 [1, 2, 3] 4");
    assertPrints("i, l = 0, [0, 0]\ni, l[i] = 1, 5\nprint(i, l)", "1 [0, 5]");
    assertPrints("x = y = []\nx.append(1)\nprint(y)", "[1]");
    assertPrints("x: int = 3\ny: str\nprint(x)", "3");
    assertPrints("def f(): pass\nf.note = 5\nprint(f.note)", "5");
  });

  it("changes lists in place and makes new tuples", () => {
    assertPrints("x = [1]\ny = x\nx += [2]\nx *= 2\nprint(y)", "[1, 2, 1, 2]");
    assertPrints("x = (1,)\ny = x\nx += (2,)\nprint(y)", "(1,)");
    assertPrints("d = {'a': [1]}\nd['a'] += [2]\nprint(d)", "{'a': [1, 2]}");
    assertPrints("x = 5\nx //= 2\nx **= 3\nx <<= 2\nx |= 1\nx %= 7\nprint(x)", "5");
  });

  it("deletes names, items and slices", () => {
    assertPrints("x = [1, 2, 3, 4]\ndel x[0], x[1:]\nprint(x)", "[2]");
    assertPrints(
      "x = 1\ndel x\ntry:\n    x\nexcept NameError as e:\n    print(e)",
      "name 'x' is not defined",
    );
    assertPrints(
      "x = [1, 2, 3, 4, 5]\nx[::2] = 'abc'\nx[1:1] = [9]\nprint(x)",
      "['a', 9, 2, 'b', 4, 'c']",
    );
  });

  it("keeps global names in the order in which they were bound", () => {
    assertPrints("a = 1\nb = 2\ndel a\na = 3\nb = 4\nprint(list(globals()))", "['b', 'a']");
    assertPrints(
      "def f(): return x\nx = 1\nprint(f())\ndel x\ntry:\n    f()\nexcept NameError as e:\n    print(e)\nx = 2\nprint(f())",
      "1",
      "name 'x' is not defined",
      "2",
    );
    assertPrints("len = lambda x: 'mine'\nprint(len([]))\ndel len\nprint(len([]))", "mine", "0");
    assertPrints("x = None\ndel x\nprint('x' in dir())", "False");
  });

  it("loops with break, continue and else", () => {
    assertPrints(
      "for i in range(5):\n    if i == 1: continue\n    if i == 3: break\n    print(i)\nelse:\n    print('no')",
      "0",
      "2",
    );
    assertPrints("n = 3\nwhile n:\n    n -= 1\nelse:\n    print('done', n)", "done 0");
    assertPrints("x = [1]\nfor i in x:\n    if i < 3: x.append(i + 1)\nprint(x)", "[1, 2, 3]");
    assertPrints(
      "for i, (a, b) in enumerate([(1, 2), (3, 4)]):\n    print(i, a, b)",
      "0 1 2",
      "1 3 4",
    );
  });

  it("loops over ranges of any size, in any direction", () => {
    assertPrints(
      "for i in range(2**64, 2**64 + 2): print(i)",
      "18446744073709551616",
      "18446744073709551617",
    );
    assertPrints("for i in range(5, 0, -2): print(i)", "5", "3", "1");
    assertPrints("for i in range(2**70):\n    if i == 2: break\nprint(i)", "2");
    assertPrints("print(next(iter(range(2**70))), [i for i in range(3, 3)])", "0 []");
    assertPrints(
      "print([(i, j) for i in range(2) for j in range(i, 3) if j if j != i])",
      "[(0, 1), (0, 2), (1, 2)]",
    );
  });

  it("ends a generator with what it raises", () => {
    assertPrints(
      "g = (1 // x for x in [1, 0, 1])\nprint(next(g))\ntry:\n    next(g)\nexcept ZeroDivisionError as e:\n    print(e)\nprint(list(g))",
      "1",
      "integer division or modulo by zero",
      "[]",
    );
  });

  it("keeps a broken-off generator going", () => {
    assertPrints(
      "g = (i for i in range(4))\nfor x in g:\n    break\nprint(next(g), list(g))",
      "1 [2, 3]",
    );
  });

  it("runs finally on every way out", () => {
    assertPrints(
      "def f():\n    try:\n        return 1\n    finally:\n        print('end')\nprint(f())",
      "end",
      "1",
    );
    assertPrints(
      "def f():\n    try:\n        return 1\n    finally:\n        return 2\nprint(f())",
      "2",
    );
    assertPrints(
      "for i in range(2):\n    try:\n        continue\n    finally:\n        print(i)",
      "0",
      "1",
    );
    assertPrints(
      "try:\n    try:\n        1 / 0\n    finally:\n        print('a')\nexcept ZeroDivisionError as e:\n    print(e)",
      "a",
      "division by zero",
    );
  });

  it("matches exceptions by class, and unbinds their name afterwards", () => {
    assertPrints(
      "try:\n    {}['k']\nexcept (ValueError, LookupError) as e:\n    print(repr(e))\ntry:\n    e\nexcept NameError:\n    print('gone')",
      "KeyError('k')",
      "gone",
    );
    assertPrints(
      "try:\n    pass\nexcept:\n    print(1)\nelse:\n    print(2)\nfinally:\n    print(3)",
      "2",
      "3",
    );
    assertPrints("try:\n    1 / 0\nexcept ArithmeticError:\n    print('ok')", "ok");
  });

  it("chains exceptions", () => {
    const raising = (clause: string) =>
      `try:\n    try:\n        1 / 0\n    except ZeroDivisionError as e:\n        raise KeyError('k')${clause}\nexcept KeyError as e:\n    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)`;
    assertPrints(raising(""), "None ZeroDivisionError('division by zero') False");
    assertPrints(raising(" from None"), "None ZeroDivisionError('division by zero') True");
    assertPrints(
      raising(" from e"),
      "ZeroDivisionError('division by zero') ZeroDivisionError('division by zero') True",
    );
  });

  it("imports modules, members and submodules", () => {
    assertPrints(
      "import math as m\nfrom math import pi as p, sqrt\nprint(m.floor(2.5), p, sqrt(16))",
      "2 3.141592653589793 4.0",
    );
    assertPrints("from math import *\nprint(factorial(5))", "120");
    assertPrints("from __future__ import annotations\nimport sys\nsys.stdout.write('x\\n')", "x");
    assertPrints(
      "try:\n    from math import nothing\nexcept ImportError as e:\n    print(e)",
      "cannot import name 'nothing' from 'math' (unknown location)",
    );
    assertPrints(
      "try:\n    import pandas\nexcept ModuleNotFoundError as e:\n    print(e, e.name)",
      "No module named 'pandas' pandas",
    );
    assertPrints(
      "try:\n    import math.x\nexcept ModuleNotFoundError as e:\n    print(e)",
      "No module named 'math.x'; 'math' is not a package",
    );
  });
});

describe("kernel: scopes", () => {
  it("keeps locals apart from globals", () => {
    assertPrints("x = 1\ndef f():\n    x = 2\n    return x\nprint(f(), x)", "2 1");
    assertPrints("n = 0\ndef f():\n    global n\n    n += 1\nf(); f()\nprint(n)", "2");
    assertPrints(
      "x = 1\ndef f():\n    try:\n        print(x)\n    except UnboundLocalError as e:\n        print(e)\n    x = 2\nf()",
      "cannot access local variable 'x' where it is not associated with a value",
    );
  });

  it("closes over variables, not values", () => {
    assertPrints("fs = [lambda: i for i in range(3)]\nprint([f() for f in fs])", "[2, 2, 2]");
    assertPrints("fs = [lambda i=i: i for i in range(3)]\nprint([f() for f in fs])", "[0, 1, 2]");
    assertPrints(
      "def outer():\n    n = 0\n    def inc():\n        nonlocal n\n        n += 1\n        return n\n    inc()\n    return inc(), n\nprint(outer())",
      "(2, 2)",
    );
    assertPrints(
      "def f():\n    def g(): return y\n    try:\n        g()\n    except NameError as e:\n        print(e)\n    y = 3\n    return g()\nprint(f())",
      "cannot access free variable 'y' where it is not associated with a value in enclosing scope",
      "3",
    );
  });

  it("gives comprehensions variables of their own, but not to a walrus", () => {
    assertPrints("x = 'kept'\n[x for x in range(3)]\nprint(x)", "kept");
    assertPrints(
      "def f():\n    r = [y := i for i in range(3)]\n    return r, y\nprint(f())",
      "([0, 1, 2], 2)",
    );
    assertPrints(
      "n = 3\nprint([[i * j for j in range(i)] for i in range(n)])",
      "[[], [0], [0, 2]]",
    );
    assertPrints(
      "def f():\n    return [[i for i in range(j)] for j in range(3)], [(lambda: k)() for k in range(2)]\nprint(f())",
      "([[], [0], [0, 1]], [0, 1])",
    );
  });

  it("evaluates generator expressions only when asked, their source at once", () => {
    assertPrints(
      "seen = []\ng = (seen.append(i) for i in range(3))\nprint(seen)\nnext(g)\nprint(seen)",
      "[]",
      "[0]",
    );
    assertPrints(
      "try:\n    (i for i in 5)\nexcept TypeError as e:\n    print(e)",
      "'int' object is not iterable",
    );
  });

  it("binds every kind of parameter", () => {
    assertPrints(
      "def f(a, /, b, *args, c=3, **kw): return a, b, args, c, kw\nprint(f(1, 2, 4, c=5, d=6), f(1, b=2))",
      "(1, 2, (4,), 5, {'d': 6}) (1, 2, (), 3, {})",
    );
    assertPrints(
      "def f(a, b=[]):\n    b.append(a)\n    return b\nprint(f(1), f(2))",
      "[1, 2] [1, 2]",
    );
    assertPrints(
      "def f(*a, **k): return a, k\nprint(f(*[1, 2], **{'x': 3}, y=4))",
      "((1, 2), {'x': 3, 'y': 4})",
    );
    assertPrints("def f():\n    'Doc'\nprint(f.__doc__, f.__name__)", "Doc f");
  });

  it("shows the scope to locals() and globals()", () => {
    assertPrints("def f(a):\n    b = 2\n    return locals()\nprint(f(1))", "{'a': 1, 'b': 2}");
    assertPrints("x = 1\nprint(globals()['x'], 'x' in dir())", "1 True");
  });
});
