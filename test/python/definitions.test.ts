import { deepEqual, equal } from "node:assert/strict";
import { definitionsIn } from "../../src/python/definitions.ts";

/** The names at the cursor, in order. */
function assertNames(marked: string, ...expected: string[]): void {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  deepEqual([...definitionsIn(text, offset).keys()], expected, marked);
}

describe("definitions", () => {
  it("of imports, assignments, loops, functions and with", () => {
    assertNames(
      "import numpy as np, keras.layers\nfrom math import pi, tau as t\n|",
      "np",
      "keras",
      "pi",
      "t",
    );
    assertNames("a = b = 1\nc, (d, *e) = f()\n|", "a", "b", "c", "d", "e");
    assertNames("for i, j in z:\n  k = 1\n|", "i", "j", "k");
    assertNames("with f() as g:\n  pass\nif x:\n  h = 1\nelse:\n  l = 2\n|", "g", "h", "l");
    assertNames("def f(a): b = 1\n|", "f");
    assertNames("a = 1\ndel a\n|");
  });

  it("of what stands above only", () => {
    assertNames("a = 1\n|\nb = 2", "a");
    assertNames("a = 1\nb = a.|", "a");
  });

  it("of the function around, all of it", () => {
    assertNames("def f(a, *b):\n  c = 1\n  |\n  d = 2\ne = 3", "f", "a", "b", "c", "d");
    assertNames("def f(a):\n  return a\n|", "f");
    assertNames("def f(a):\n  c = 1\n  |", "f", "a", "c");
  });

  it("say what was imported, assigned and defined", () => {
    const text = `from keras import layers as L
bn = L.BatchNormalization(axis=1)
def scale(x, by=2.5, *, keep=None):
    """Scales."""
`;
    const found = definitionsIn(text);
    equal(found.get("L")!.path, "keras.layers");
    deepEqual(found.get("bn")!.value, {
      base: { name: "L" },
      links: [{ attribute: "BatchNormalization" }, { call: true }],
    });
    const scale = found.get("scale")!;
    deepEqual(
      scale.parameters!.map(({ text }) => text),
      ["x", "by=2.5", "keep=None"],
    );
    equal(scale.documentation, "Scales.");
  });
});
