import { deepEqual, equal } from "node:assert/strict";
import type { Chain } from "../../src/python/chains.ts";
import { openCallAt, pointedAt, typedAt } from "../../src/python/cursor.ts";

function cursorIn(marked: string): [text: string, offset: number] {
  const offset = marked.indexOf("|");
  return [marked.slice(0, offset) + marked.slice(offset + 1), offset];
}

function chainText(chain: Chain | null): string {
  if (!chain) return "?";
  const base = "name" in chain.base ? chain.base.name : `<${chain.base.literal}>`;
  return chain.links.reduce((text, link) => {
    if ("attribute" in link) return `${text}.${link.attribute}`;
    return "call" in link ? `${text}()` : `${text}[${JSON.stringify(link.key)}]`;
  }, base);
}

/** `|` marks the cursor. */
function assertTyped(marked: string, expected: string): void {
  const typed = typedAt(...cursorIn(marked));
  const parts: string[] = [typed.kind];
  if ("object" in typed) parts.push(chainText(typed.object));
  if ("module" in typed) parts.push(typed.module);
  if ("quote" in typed) parts.push(typed.quote ?? "-");
  if ("startsStatement" in typed && typed.startsStatement) parts.push("statement");
  if ("prefix" in typed) parts.push(`'${typed.prefix}'`);
  equal(parts.join(" "), expected, marked);
}

/** The callee, the argument at the cursor, and the keywords given. */
function assertCall(marked: string, expected: string | null): void {
  const call = openCallAt(...cursorIn(marked));
  const found =
    call &&
    `${chainText(call.callee)} ${call.keyword ?? call.index}${call.startsArgument ? " new" : ""}${call.given.map((name) => ` ${name}=`).join("")}`;
  equal(found, expected, marked);
}

describe("cursor: what is typed", () => {
  it("attributes of names, calls, items and literals", () => {
    assertTyped("np.|", "attribute np ''");
    assertTyped("x = np.ran|dom", "attribute np 'ran'");
    assertTyped("np.random.ra|", "attribute np.random 'ra'");
    assertTyped("f(np.zeros(3, dtype='int8').|", "attribute np.zeros() ''");
    assertTyped("d['k'][0].|", "attribute d[\"k\"][0] ''");
    assertTyped("'abc'.up|", "attribute <str> 'up'");
    assertTyped("[1, 2].|", "attribute <list> ''");
    assertTyped("(a + b).|", "attribute ? ''");
    assertTyped("f(\n  x.|\n)", "attribute x ''");
  });

  it("names, at the start of a statement or within an expression", () => {
    assertTyped("|", "name statement ''");
    assertTyped("wh|", "name statement 'wh'");
    assertTyped("x = 1; wh|", "name statement 'wh'");
    assertTyped("if x:\n    pri|", "name statement 'pri'");
    assertTyped("y = x + n|", "name 'n'");
    assertTyped("[1, |", "name ''");
    assertTyped("x.\n|", "name statement ''");
    assertTyped("for i in ra|", "name 'ra'");
    assertTyped("def f(a=d|", "name 'd'");
  });

  it("imports", () => {
    assertTyped("import nu|", "module 'nu'");
    assertTyped("import numpy, ker|", "module 'ker'");
    assertTyped("import keras.la|", "module 'keras.la'");
    assertTyped("from keras.|", "module 'keras.'");
    assertTyped("from keras |", "importWord ''");
    assertTyped("from keras imp|", "importWord 'imp'");
    assertTyped("from keras import |", "member keras ''");
    assertTyped("from keras.layers import (A, B|", "member keras.layers 'B'");
    assertTyped("import numpy as |", "nothing");
    assertTyped("from keras import layers as |", "nothing");
  });

  it("keys of a subscript", () => {
    assertTyped("d[|", "key d - ''");
    assertTyped("d['a|", "key d ' 'a'");
    assertTyped('config["lay|"]', "key config \" 'lay'");
    assertTyped("[|", "name ''");
  });

  it("nothing in comments, texts and numbers, nor for new names", () => {
    for (const marked of [
      "# np.|",
      "x  # np.|",
      "'np.|",
      '"""np.|',
      "1.|",
      "def f|",
      "def f(a, |",
    ]) {
      assertTyped(marked, "nothing");
    }
    for (const marked of ["for i|", "lambda x|", "lambda x, y|", "global x|", "with f() as g|"]) {
      assertTyped(marked, "nothing");
    }
  });

  it("the fields of f-strings are expressions, their formats are not", () => {
    assertTyped("f'{np.|", "attribute np ''");
    assertTyped("print(f'{x.shape} {bn.mo|", "attribute bn 'mo'");
    assertTyped("f'{d[\"a|", "key d \" 'a'");
    assertTyped("f'{x:|", "nothing");
    assertTyped("f'{{x|", "nothing");
    assertTyped("f'abc|", "nothing");
  });

  it("goes on below a text that was never closed", () => {
    assertTyped("x = 'abc\nnp.|", "attribute np ''");
  });
});

describe("cursor: the open call", () => {
  it("by place and by keyword", () => {
    assertCall("f(|", "f 0 new");
    assertCall("np.mean(x, |", "np.mean 1 new");
    assertCall("np.mean(x, ax|", "np.mean 1 new");
    assertCall("np.mean(x, axis=|", "np.mean axis");
    assertCall("np.mean(x, axis=(0, 1), keepdims=T|", "np.mean keepdims axis=");
    assertCall("np.mean(x.|", "np.mean 0");
    assertCall("f(g(1, b=2), c=|", "f c");
    assertCall("f(g(1, b=|", "g b");
    assertCall("np.array([[1, |", null);
    assertCall("d['f'](|", 'd["f"] 0 new');
    assertCall("(lambda: 0)(|", "? 0 new");
  });

  it("none outside, in definitions, comments and plain parentheses", () => {
    for (const marked of ["f()|", "def f(a, |", "(1, |", "x = (|", "f(  # |", "if (|"]) {
      assertCall(marked, null);
    }
  });
});

describe("cursor: what is pointed at", () => {
  function assertPointed(marked: string, expected: string | null): void {
    const [text, offset] = cursorIn(marked);
    const pointed = pointedAt(text, offset);
    const found =
      pointed && `${chainText(pointed.chain)} [${text.slice(pointed.from, pointed.to)}]`;
    equal(found, expected, marked);
  }

  it("a name with what stands before it", () => {
    assertPointed("np.ran|dom.rand(3)", "np.random [random]");
    assertPointed("np.random.rand|(3)", "np.random.rand [rand]");
    assertPointed("f(x|)", "x [x]");
    assertPointed("f(a=x|)", "x [x]");
    assertPointed("d['a'].sha|pe", 'd["a"].shape [shape]');
    assertPointed("bn(x).me|an()", "bn().mean [mean]");
  });

  it("no keywords, whether Python's or a call's", () => {
    for (const marked of ["wh|ile x: pass", "f(mom|entum=3)", "f(1, axis|=2)", "'te|xt'", "1|0"]) {
      assertPointed(marked, null);
    }
  });
});

describe("cursor", () => {
  it("never fails, wherever it is in a cell", () => {
    const text =
      "import numpy as np\nfor i in range(3):\n  x = np.f(f'{i:>{n}}', *a, k={'b': [1]})  # é\n";
    for (let offset = 0; offset <= text.length; offset++) {
      typedAt(text, offset);
      openCallAt(text, offset);
      pointedAt(text, offset);
    }
    deepEqual(typedAt(text, text.length), { kind: "name", prefix: "", startsStatement: true });
  });
});
