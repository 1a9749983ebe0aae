import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { Span } from "../../src/python/nodes.ts";
import { lineColumn, parse } from "../../src/python/parser.ts";
import { show, showStatement } from "./show.ts";

/** The whole cell, one statement after the other, with every operator's reach in parentheses. */
function assertParse(text: string, expected: string): void {
  const { module, problems } = parse(text);
  deepEqual(problems, [], text);
  equal(module.body.map(showStatement).join("; "), expected, text);
}

describe("parser: expressions", () => {
  it("numbers", () => {
    assertParse("0x1F + 0o17 + 0b11", "((31 + 15) + 3)");
    assertParse("1_000_000", "1000000");
    assertParse("123456789012345678901234567890", "123456789012345678901234567890");
    assertParse("1.5 + 1. + .5 + 1e3 + 1.e-3", "((((1.5f + 1f) + 0.5f) + 1000f) + 0.001f)");
    assertParse("1_0.2_5", "10.25f");
    assertParse("1.0.real", "1f.real");
  });

  it("strings", () => {
    assertParse("'a\\n\\x41\\u00e9\\U0001F600\\101\\\\'", '"a\\nAé😀A\\\\"');
    assertParse("r'a\\n' u'b' \"c\"", '"a\\\\nbc"');
    assertParse("'''a\n'b' '''", "\"a\\n'b' \"");
    assertParse("'a\\\nb'", '"ab"');
    assertParse("'\\d {x}'", '"\\\\d {x}"');
    assertParse("'''a\r\nb'''", '"a\\nb"');
  });

  it("f-strings", () => {
    assertParse("f'{x}'", "f{x}");
    assertParse("f'{1.} {[2., x1.y]} {1.5.z}'", 'f{1f}" "{[2f, x1.y]}" "{1.5f.z}');
    assertParse("f'a{x!r:>{w}.{p}f}b{{c}}'", 'f"a"{x!r:">"{w}"."{p}"f"}"b{c}"');
    assertParse("f'{x=}'", 'f{x!r label "x="}');
    assertParse("f'{x = :.2f}'", 'f{x label "x = ":".2f"}');
    assertParse('f"{a["b"]} {x != y}"', 'f{a["b"]}" "{(x != y)}');
    assertParse("'a' f'{x}' 'b' rf'\\{y}'", 'f"a"{x}"b\\\\"{y}');
    assertParse(
      "f'{x:=10} {f(a, b=1)} {(lambda: 1)()}'",
      'f{x:"=10"}" "{f(a, b=1)}" "{lambda(): 1()}',
    );
    assertParse("f'''{\nx\n}'''", "f{x}");
    assertParse("f'{x:%Y-%m}'", 'f{x:"%Y-%m"}');
    assertParse("f'{1, 2}'", "f{(1, 2)}");
  });

  it("precedence", () => {
    assertParse("-2**2", "(-(2 ** 2))");
    assertParse("2**-1**2", "(2 ** (-(1 ** 2)))");
    assertParse("2**3**4", "(2 ** (3 ** 4))");
    assertParse("a - b - c * d // e", "((a - b) - ((c * d) // e))");
    assertParse("a | b ^ c & d << e + f", "(a | (b ^ (c & (d << (e + f)))))");
    assertParse("~a @ b % c", "(((~a) @ b) % c)");
    assertParse("not a == b and c or not d", "(((not (a == b)) and c) or (not d))");
    assertParse("a and not b or c", "((a and (not b)) or c)");
    assertParse("not not a", "(not (not a))");
    assertParse("(a or b) and c", "((a or b) and c)");
    assertParse("a < b <= c is not d not in e", "(a < b <= c is not d not in e)");
    assertParse("(a < b) < c", "((a < b) < c)");
    assertParse("a < b == (c == d)", "(a < b == (c == d))");
    assertParse("a if b else c if d else e", "(a if b else (c if d else e))");
    assertParse("lambda x: x or y", "lambda(x): (x or y)");
    assertParse("a + b[c].d(e) ** f", "(a + (b[c].d(e) ** f))");
  });

  it("displays and comprehensions", () => {
    assertParse("()", "()");
    assertParse("(a,), (a, *b), a, b", "((a,), (a, *b), a, b)");
    assertParse("[], [a], [a, *b,], {a, *b}", "([], [a], [a, *b], {a, *b})");
    assertParse("{}, {a: b, **c, 'd': e}", '({}, {a: b, **c, "d": e})');
    assertParse(
      "[x for a, b in c if d if e for f in g]",
      "[x for (a, b) in c if d if e for f in g]",
    );
    assertParse("{k: v for k, *v in c}", "{k: v for (k, *v) in c}");
    assertParse("{x for x in y}", "{x for x in y}");
    assertParse("(x for x in y)", "(x for x in y)");
    assertParse("[[a for a in b] for b in c]", "[[a for a in b] for b in c]");
  });

  it("calls, attributes, subscripts", () => {
    assertParse("f(x, *a, y=1, **k)", "f(x, *a, y=1, **k)");
    assertParse("print(*xs, sep='')", 'print(*xs, sep="")');
    assertParse("f(x for x, y in z)", "f((x for (x, y) in z))");
    assertParse("f(x := 3, (y := 4))", "f((x := 3), (y := 4))");
    assertParse("f(a)(b).c[d]", "f(a)(b).c[d]");
    assertParse("x[1:2, ::3, ..., None]", "x[(1:2, ::3, ..., None)]");
    assertParse("x[:], x[a:], x[:b:], x[::-1], x[a,]", "(x[:], x[a:], x[:b], x[::(-1)], x[(a,)])");
    assertParse("x[*a]", "x[(*a,)]");
    assertParse("f(\n  a,  # first\n  b,\n)", "f(a, b)");
    assertParse("print", "print");
    assertParse("print if x else y", "(print if x else y)");
  });

  it("lambdas", () => {
    assertParse("lambda: 1", "lambda(): 1");
    assertParse("lambda a, /, b=1, *c, d, e=2, **f: a", "lambda(a/, b=1, *c, d!, e!=2, **f): a");
    assertParse("lambda *, a: a", "lambda(a!): a");
    assertParse("lambda x, y=lambda z: z: x", "lambda(x, y=lambda(z): z): x");
  });
});

describe("parser: statements", () => {
  it("assignments", () => {
    assertParse("x = y = 1, 2", "x = y = (1, 2)");
    assertParse("a, *b = c", "(a, *b) = c");
    assertParse("[a, (b, c)] = x.y = z[0]", "[a, (b, c)] = x.y = z[0]");
    assertParse("x: int = 3", "x = 3");
    assertParse("x: int", "declare x");
    assertParse("x //= 2; y @= z; a **= b, c", "x //= 2; y @= z; a **= (b, c)");
    assertParse("print = 1", "print = 1");
    assertParse("match = type = case = 1", "match = type = case = 1");
  });

  it("simple statements", () => {
    assertParse("x; y;", "x (silenced); y (silenced)");
    assertParse("x; y", "x (silenced); y");
    assertParse("pass; del a, b[0]; del (c)", "pass; del a, b[0]; del c");
    assertParse("import a.b as c, d", "import a.b as c, d");
    assertParse("from a.b import (c as d, e,)", "from a.b import c as d, e");
    assertParse("from a import *", "from a import *");
    assertParse("assert a, 'b'", 'assert a, "b"');
    assertParse("raise; raise A; raise A(1) from None", "raise; raise A; raise A(1) from None");
    assertParse("x = 1 + \\\n  2", "x = (1 + 2)");
    assertParse("# only a comment\n\n", "");
  });

  it("blocks", () => {
    assertParse(
      "if a:\n  b\nelif c: d\nelif e:\n  f\nelse:\n  g\nh",
      "if a {b} else {if c {d} else {if e {f} else {g}}}; h",
    );
    assertParse("for a, b in c, d:\n  e\nelse:\n  f", "for (a, b) in (c, d) {e} else {f}");
    assertParse("for a, *b in c: break", "for (a, *b) in c {break}");
    assertParse("while a:\n\n  # b\n  continue\nelse: c", "while a {continue} else {c}");
    assertParse(
      "try:\n  a\nexcept (A, B) as e:\n  b\nexcept:\n  c\nelse:\n  d\nfinally:\n  e",
      "try {a} except (A, B) as e {b} except {c} else {d} finally {e}",
    );
    assertParse("with a as b, c: d", "with a as b, c {d}");
    assertParse("with (a as b,\n      c as d,\n):\n  e", "with a as b, c as d {e}");
    assertParse("with (a): b", "with a {b}");
    assertParse(
      "def f(a: int, /, b=1, *c, d: str = 'x', **e) -> int:\n  return\n",
      'def f(a/, b=1, *c, d!="x", **e) {return}',
    );
    assertParse(
      "@a.b(1)\n@c\ndef f():\n  x = yield 1, 2\n  yield from y",
      "@a.b(1) @c generator def f() {x = (yield (1, 2)); (yield from y)}",
    );
    assertParse(
      "class A(B, c=1):\n  def __m(self): self.__x",
      "class A(B, c=1) {def _A__m(self) {self._A__x}}",
    );
    assertParse(
      "match a, b:\n  case [1 | -2, *_, {'k': str() as s, **r}]: c\n  case P(x, y=None) if z: d\n  case () | 'a' 'b': e",
      'match (a, b) case [(1 | (-2)), *_, {"k": (str() as s), **r}] {c} case P(x, y=None) if z {d} case ([] | "ab") {e}',
    );
    assertParse("with a as b.c, d as (e, f): g", "with a as b.c, d as (e, f) {g}");
    assertParse(
      "def f():\n  global a, b\n  def g(): nonlocal c\n  return *a, b",
      "def f() {global a, b; def g() {nonlocal c}; return (*a, b)}",
    );
    assertParse("if a:\r\n\tb\r\n\tc\r\nd", "if a {b; c}; d");
  });
});

describe("parser: positions", () => {
  it("gives lines and columns", () => {
    deepEqual(lineColumn("ab\ncd", 0), { line: 1, column: 1 });
    deepEqual(lineColumn("ab\ncd", 4), { line: 2, column: 2 });
    deepEqual(lineColumn("a\r\nb\rc", 3), { line: 2, column: 1 });
    deepEqual(lineColumn("a\r\nb\rc", 5), { line: 3, column: 1 });
    deepEqual(lineColumn("", 0), { line: 1, column: 1 });
  });

  it("spans what was written", () => {
    const text = "x = f(a, b=(1 + 2))";
    const [statement] = parse(text).module.body;
    equal(statement.type, "Assign");
    if (statement.type !== "Assign" || statement.value.type !== "Call") return;
    const cut = ({ from, to }: Span) => text.slice(from, to);
    equal(cut(statement), text);
    equal(cut(statement.value.argumentsSpan), "a, b=(1 + 2)");
    equal(cut(statement.value.arguments[1].nameSpan!), "b");
    equal(cut(statement.value.arguments[1]), "b=(1 + 2)");
    equal(cut(statement.value.arguments[1].value), "1 + 2");
  });
});

describe("parser: anything", () => {
  const fragments = fc.constantFrom(
    ..."if else elif for in while def lambda return yield class with as try except import from".split(
      " ",
    ),
    ..."x f 1 1. 0x 'a ' \" ''' f'{ } { ( ) [ ] , : = := == ** * . ; @ # \\ % ! ? → 中".split(" "),
    ..."not and is None match case print global del raise async await".split(" "),
    "\n",
    "\n  ",
    "\n\t",
    "\r\n",
    " ",
    "",
  );
  // fast-check's own unit of this kind makes a table of them all first.
  const character = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
  const anyText = fc.oneof(
    fc.string({ unit: character, maxLength: 60 }),
    fc.array(fragments, { maxLength: 30 }).map((parts) => parts.join(" ")),
    fc.array(fragments, { maxLength: 30 }).map((parts) => parts.join("")),
  );

  it("never throws, and keeps every span within its parent's", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { module, problems } = parse(text);
        assertNested(module, { from: 0, to: text.length });
        for (const { from, to } of problems)
          equal(0 <= from && from <= to && to <= text.length, true);
      }),
      { numRuns: 1500 },
    );
  });

  it("has a problem wherever something is missing or unsupported", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { module, problems } = parse(text);
        const shown = module.body.map(showStatement).join("\n");
        if (/<(?:missing|unsupported)/.test(shown)) equal(problems.length > 0, true);
      }),
      { numRuns: 700 },
    );
  });

  it("does not exhaust the stack", () => {
    for (const [start, middle, end] of [
      ["", "(", ""],
      ["", "1+", "1"],
      ["", "a and ", "b"],
      ["", "not ", "b"],
      ["", "-", "b"],
      ["", "lambda: ", "b"],
      ["if a: b\n", "elif a: b\n", ""],
      ["a", "()", ""],
      ["a", ".b", ""],
      ["", "f'{", ""],
      ["", "a = ", "1"],
    ])
      equal(parse(start + middle.repeat(5000) + end).module.type, "Module");
  });
});

/** Checks the spans of all objects in a node that have one. */
function assertNested(value: unknown, parent: Span): void {
  if (Array.isArray(value)) for (const item of value) assertNested(item, parent);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const span = "from" in value && "to" in value ? (value as Span) : parent;
  equal(
    parent.from <= span.from && span.from <= span.to && span.to <= parent.to,
    true,
    `${JSON.stringify(span, (_, part) => (typeof part === "bigint" ? `${part}` : part))} in ${parent.from}-${parent.to}`,
  );
  for (const part of Object.values(value)) assertNested(part, span);
}

describe("show", () => {
  it("tells what is missing from what is there", () => {
    const [statement] = parse("f(a, b=").module.body;
    equal(showStatement(statement), "f(a, b=<missing value>)");
    equal(statement.type === "ExpressionStatement" && show(statement.value).length > 0, true);
  });
});
