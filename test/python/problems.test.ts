import { deepEqual } from "node:assert/strict";
import { parse } from "../../src/python/parser.ts";

/** What is wrong, in order, each with the text it spans. */
function problemsOf(text: string): string[] {
  return parse(text).problems.map((problem) => {
    const words =
      problem.code === "syntax" ? `${problem.error}: ${problem.message}` : problem.construct;
    return `${words} [${text.slice(problem.from, problem.to)}]`;
  });
}

function assertProblems(text: string, ...expected: string[]): void {
  deepEqual(problemsOf(text), expected, text);
}

/** A SyntaxError in the words that CPython 3.12 uses. */
function assertError(text: string, message: string, spanned: string): void {
  assertProblems(text, `SyntaxError: ${message} [${spanned}]`);
}

describe("problems: tokens, as CPython words them", () => {
  it("strings", () => {
    assertError("x = 'abc", "unterminated string literal (detected at line 1)", "'abc");
    assertError("x = 'a\ny", "unterminated string literal (detected at line 1)", "'a");
    assertError(
      "'''a\nb",
      "unterminated triple-quoted string literal (detected at line 2)",
      "'''a\nb",
    );
    assertError("f'abc", "unterminated f-string literal (detected at line 1)", "f'abc");
    assertError("f'{x'", "f-string: expecting '}'", "{");
    assertError("f'{x:'", "f-string: expecting '}', or format specs", "{");
    assertError("f'{}'", "f-string: valid expression required before '}'", "");
    assertError("f'a}'", "f-string: single '}' is not allowed", "}");
    assertError(
      "f'{x!z}'",
      "f-string: invalid conversion character 'z': expected 's', 'r', or 'a'",
      "!z",
    );
    assertError("f'{a b}'", "invalid syntax. Perhaps you forgot a comma?", "b");
    assertError(
      "'\\x1'",
      "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape",
      "\\x1",
    );
  });

  it("numbers and characters", () => {
    assertError("3x = 1", "invalid decimal literal", "3");
    assertError("1__0", "invalid decimal literal", "1");
    assertError("0b12", "invalid digit '2' in binary literal", "0b1");
    assertError("0x", "invalid hexadecimal literal", "0x");
    assertError(
      "012",
      "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
      "012",
    );
    assertProblems("00 + 1if x else 2");
    assertError("print（1）", "invalid character '（' (U+FF08)", "（");
    assertError("x = 1，2", "invalid character '，' (U+FF0C)", "，");
    assertError("“a”", "invalid character '“' (U+201C)", "“");
    assertError("x\u00a0= 1", "invalid non-printable character U+00A0", "\u00a0");
    assertError("a $ b", "invalid syntax", "$");
    assertError("\\ x", "unexpected character after line continuation character", "\\");
    assertProblems("中文 = 1\nµ = 中文");
  });

  it("brackets", () => {
    assertError("print(1", "'(' was never closed", "(");
    assertError("x = [1,\n  2\ny = 3", "'[' was never closed", "[");
    assertError(
      "x = {1: (2}",
      "closing parenthesis '}' does not match opening parenthesis '('",
      "}",
    );
    assertError(
      "x = (1,\n2]",
      "closing parenthesis ']' does not match opening parenthesis '(' on line 1",
      "]",
    );
    assertError(")", "unmatched ')'", ")");
    assertError("(".repeat(201), "too many nested parentheses", "(");
  });
});

describe("problems: indentation", () => {
  function assertIndentation(text: string, message: string, spanned: string): void {
    assertProblems(text, `IndentationError: ${message} [${spanned}]`);
  }

  it("as CPython words it", () => {
    assertIndentation("  x", "unexpected indent", "x");
    assertIndentation("x\n  y", "unexpected indent", "y");
    assertIndentation("if x: y\n  z", "unexpected indent", "z");
    assertIndentation(
      "if x:\n    a\n  b",
      "unindent does not match any outer indentation level",
      "b",
    );
    assertIndentation("if x:\ny", "expected an indented block after 'if' statement on line 1", "y");
    assertIndentation(
      "a\nfor x in y:",
      "expected an indented block after 'for' statement on line 2",
      "",
    );
    assertIndentation(
      "def f():\n# a\nx",
      "expected an indented block after function definition on line 1",
      "x",
    );
    assertIndentation(
      "try:\n  x\nfinally:\ny",
      "expected an indented block after 'finally' statement on line 3",
      "y",
    );
    assertProblems(
      "if x:\n\ta\n        b",
      "TabError: inconsistent use of tabs and spaces in indentation [b]",
    );
    assertProblems("if x:\n  a\n\n # comment\n  b\nc");
  });
});

describe("problems: grammar, as CPython words it", () => {
  it("what is missing", () => {
    assertError("x =", "invalid syntax", "");
    assertError("x = 5 +\ny", "invalid syntax", "\n");
    assertError("for i in range(3)\n  x", "expected ':'", "\n");
    assertError("if x\n  y", "expected ':'", "\n");
    assertError("def f() x", "expected ':'", "x");
    assertError("else x", "invalid syntax", "else");
    assertError("x = (1 if 2)", "expected 'else' after 'if' expression", ")");
    assertError("try:\n  x\ny", "expected 'except' or 'finally' block", "");
    assertError("[1, 2 3]", "invalid syntax. Perhaps you forgot a comma?", "3");
    assertError("f(a b=1)", "invalid syntax. Perhaps you forgot a comma?", "b");
    assertError("{1: 2, 3}", "':' expected after dictionary key", "}");
    assertError("f(x=)", "expected argument value expression", ")");
    assertError("import a,", "invalid syntax", ",");
    assertError("x = 1;; y", "invalid syntax", ";");
    assertError(
      "print 'a'",
      "Missing parentheses in call to 'print'. Did you mean print(...)?",
      "print 'a'",
    );
  });

  it("assignments to what is no target", () => {
    assertError(
      "1 = x",
      "cannot assign to literal here. Maybe you meant '==' instead of '='?",
      "1",
    );
    assertError(
      "f() = 1",
      "cannot assign to function call here. Maybe you meant '==' instead of '='?",
      "f()",
    );
    assertError("x = 1 = y", "cannot assign to literal", "1");
    assertError("(a, 1) = x", "cannot assign to literal", "1");
    assertError("None = 1", "cannot assign to None", "None");
    assertError("a < b = c", "cannot assign to comparison", "a < b");
    assertError("for f() in x: pass", "cannot assign to function call", "f()");
    assertError("[x for 1 in y]", "cannot assign to literal", "1");
    assertError("*a = c", "starred assignment target must be in a list or tuple", "*a");
    assertError("*a, *b = c", "multiple starred expressions in assignment", "*a, *b");
    assertError(
      "x + 1 += 2",
      "'expression' is an illegal expression for augmented assignment",
      "x + 1",
    );
    assertError("(a, b): int", "only single target (not tuple) can be annotated", "(a, b)");
    assertError("del f()", "cannot delete function call", "f()");
    assertError(
      "if x = 1: pass",
      "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
      "=",
    );
    assertError("(a.b := c)", "cannot use assignment expressions with attribute", "a.b");
  });

  it("arguments and parameters", () => {
    assertError("f(a=1, 2)", "positional argument follows keyword argument", "2");
    assertError("f(**k, 1)", "positional argument follows keyword argument unpacking", "1");
    assertError(
      "f(**k, *a)",
      "iterable argument unpacking follows keyword argument unpacking",
      "*a",
    );
    assertError("f(a=1, a=2)", "keyword argument repeated: a", "a=2");
    assertError("f(1=2)", 'expression cannot contain assignment, perhaps you meant "=="?', "=");
    assertError("f(True=1)", "cannot assign to True", "=");
    assertError("f(x for x in y, 1)", "Generator expression must be parenthesized", "x for x in y");
    assertError("def f(a, a): pass", "duplicate argument 'a' in function definition", "a");
    assertError(
      "lambda a=1, b: 1",
      "parameter without a default follows parameter with a default",
      "b",
    );
    assertError("def f(*): pass", "named arguments must follow bare *", "*");
    assertError("def f(**k, a): pass", "arguments cannot follow var-keyword argument", "a");
  });

  it("statements out of place", () => {
    assertError("return 1", "'return' outside function", "return 1");
    assertError("break", "'break' outside loop", "break");
    assertError("yield 1", "'yield' outside function", "yield 1");
    assertError("class A:\n  return 1", "'return' outside function", "return 1");
    assertError(
      "match x:\n  case _: a\n  case 1: b",
      "wildcard makes remaining patterns unreachable",
      "_",
    );
    assertError(
      "match x:\n  case a | 1: b",
      "name capture 'a' makes remaining patterns unreachable",
      "a",
    );
    assertError(
      "while 1:\n  def f():\n    continue",
      "'continue' not properly in loop",
      "continue",
    );
    assertError("nonlocal x", "nonlocal declaration not allowed at module level", "nonlocal x");
    assertError("*a", "can't use starred expression here", "*a");
    assertError("[*a for a in b]", "iterable unpacking cannot be used in comprehension", "*a");
    assertError(
      "try: pass\nexcept: pass\nexcept A: pass",
      "default 'except:' must be last",
      "except",
    );
    assertProblems("def f():\n  while a:\n    if b: break\n    else: return 1");
  });

  it("the first error of the grammar only, but what is wrong before it", () => {
    assertProblems(
      "return 1\nx = = 2\ny = (",
      "SyntaxError: 'return' outside function [return 1]",
      "SyntaxError: invalid syntax [=]",
    );
  });
});

describe("problems: constructs outside the subset", () => {
  it("are named", () => {
    assertProblems("class A(bytes): pass", "primitiveSubclass [bytes]");
    assertProblems("async def f(): pass", "async [async def f(): pass]");
    assertProblems("lambda: (yield 1)", "yield [yield 1]");
    assertProblems("await x", "await [await x]");
    assertProblems("x = 1j + b'a'", "complexNumber [1j]");
    assertProblems("from .a import b", "relativeImport [from .a import b]");
    assertProblems("type X = int", "typeAlias [type X = int]");
    assertProblems("'\\N{BULLET}'", "namedCharacter [\\N{BULLET}]");
    assertProblems("%matplotlib inline\nx", "magic [%matplotlib inline]");
    assertProblems("%%time\nx = 1\ny", "magic [%%time\nx = 1\ny]");
    assertProblems("x?", "magic [x?]");
    assertProblems("!pip install keras\nx", "shellCommand [!pip install keras]");
    assertProblems("x = (a\n  % b)\ny = 'a' '''\n%matplotlib\n'''");
  });
});
