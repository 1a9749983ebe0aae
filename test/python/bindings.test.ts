import { deepEqual, equal } from "node:assert/strict";
import type { SyntaxNode } from "@lezer/common";
import fc from "fast-check";
import { SourceFile } from "../../src/python/sourceFile.ts";

/** What each name and attribute stands for where it stands, in the order of the text. */
function meanings(file: SourceFile, order: (nodes: SyntaxNode[]) => SyntaxNode[] = (all) => all) {
  const nodes: SyntaxNode[] = [];
  file.tree.iterate({
    enter: ({ name, node }) => {
      if (name === "VariableName" || name === "MemberExpression") nodes.push(node);
    },
  });
  const found = order(nodes).map((node) => {
    const name = file.textOf(node).replace(/\s/g, "");
    const binding = file.bindings.lookup(name, node);
    const value = binding?.value && file.textOf(binding.value);
    const { scope, from, path } = binding ?? {};
    const held = file.bindings.certainValue(name, node)?.from ?? null;
    const place = scope && `${scope.name} ${scope.from}-${scope.to}`;
    return [node.from, `${name}: ${place} ${from} ${path} ${value} ${held}`] as const;
  });
  return found.sort(([a, one], [b, other]) => a - b || (one < other ? -1 : 1));
}

/** What the last name of a text is bound to: the path, or the text of the value; null where unknown. */
function last(text: string): string | null | undefined {
  const file = new SourceFile(text);
  const name = /[\w.]+$/.exec(text)![0];
  const from = text.length - name.length;
  let node = file.tree.resolveInner(from, 1);
  while (node.parent && node.to < text.length) node = node.parent;
  const binding = file.bindings.lookup(name, node);
  return binding && (binding.path ?? (binding.value && file.textOf(binding.value)));
}

describe("bindings: a name stands for", () => {
  it("what an import names", () => {
    equal(last("import keras\nkeras"), "keras");
    equal(last("import keras.layers\nkeras"), "keras");
    equal(last("import os, keras.layers as kl\nkl"), "keras.layers");
    equal(last("from tensorflow.keras import layers as L, Model\nL"), "tensorflow.keras.layers");
    equal(last("from keras import (\n  layers,\n  Model)\nModel"), "keras.Model");
    equal(last("import os, \\\n  keras.layers\nkeras"), "keras");
  });

  it("Keras where a package's own backend hands it on", () => {
    equal(last("from keras_cv.src.backend import ops, keras\nkeras"), "keras");
    equal(last("from .backend import keras as k\nk"), "keras");
    equal(last("from a.keras.compat import keras\nkeras"), "keras");
    equal(last("from keras_cv.backend import ops\nops"), "keras_cv.backend.ops");
    equal(last("from mybackend import keras\nkeras"), "mybackend.keras");
    equal(last("from a import keras\nkeras"), "a.keras");
  });

  it("the value that an assignment gives it", () => {
    equal(last("x = f(1)\nx"), "f(1)");
    equal(last("x: int = 3\nx"), "3");
    equal(last("x = y = 3\ny"), "3");
    equal(last("x, y = 1, 2\ny"), "2");
    equal(last("x = 1; x = 2\nx"), "2");
    equal(last("if a:\n  x = 1\nelse:\n  x = 2\nx"), "2");
    equal(last("f(x := 3)\nx"), "3");
    equal(last("x = 1\nx = 2 if (x := 3) else 4\nx"), "2 if (x := 3) else 4");
  });

  it("something unknown", () => {
    for (const text of [
      "for x in y:\n  x",
      "for a, (b, x) in y:\n  pass\nx",
      "with open(p) as x:\n  x",
      "try:\n  pass\nexcept E as x:\n  x",
      "x, y = f()\nx",
      "x += 1\nx",
      "def x(): pass\nx",
      "class x[T](A): pass\nx",
      "@d\ndef x(): pass\nx",
      "def f(a, x=3): return x",
      "lambda x: x",
      "[x for x in y if x",
    ])
      equal(last(text), null, text);
  });

  it("nothing where the name is still to be typed", () => {
    const file = new SourceFile("x = 1\n");
    equal(file.bindings.lookup("", file.tree.topNode), undefined);
  });

  it("what the innermost scope gives it, and nothing that other scopes do", () => {
    equal(last("x = 1\ndef f():\n  x = 2\n  x"), "2");
    equal(last("x = 1\ndef f():\n  x = 2\nx"), "1");
    equal(last("x = 1\ndef f():\n  y = 2\n  return x"), "1");
    equal(last("def f():\n  x = 2\nx"), undefined);
    equal(last("class A:\n  x = 2\n  def f(self):\n    return x"), "2");
  });

  it("what is assigned to an attribute anywhere in the class", () => {
    const type = "class A:\n  def __init__(self):\n    self.bn = BN()\n  def f(self):\n    self.bn";
    equal(last(type), "BN()");
    equal(last(type.replace("self.bn = ", "self . bn = ")), "BN()");
    equal(last(`${type}\nclass B:\n  def f(self):\n    self.bn`), undefined);
    equal(last("def f(m):\n  m.bn = BN()\ndef g(m):\n  m.bn"), "BN()");
    equal(last("layers.BN(1)\nlayers.BN"), undefined);
  });
});

const text = `import os, keras
from keras import layers as kl
axis = 3
class Block(kl.Layer):
    def __init__(self, units, axis=1, **kwargs):
        self.bn = kl.BatchNormalization(axis=axis)
        units = [unit for unit in units if (n := unit)]
    def call(self, x, training=None):
        for axis in range(3):
            x, y = self.bn(x), axis
        return lambda z: x + z
with open(os.path) as axis:
    keras = other = Block(axis)
x = keras.call(other)
`;

describe("bindings: after edits", () => {
  const edit = fc.record({
    at: fc.nat(text.length),
    removed: fc.nat(25),
    put: fc.constantFrom("", "x", "\n", "(", ")", "    ", "axis = 4\n", '"""', "def f():\n", ":="),
  });
  const edits = fc.array(edit, { minLength: 1, maxLength: 4 });

  it("names stand for what they do in the same text anew, in whatever order they are asked about", () => {
    fc.assert(
      fc.property(edits, fc.infiniteStream(fc.nat()), (all, numbers) => {
        let file = new SourceFile(text);
        for (const { at, removed, put } of all) {
          meanings(file);
          file = file.edited(file.text.slice(0, at) + put + file.text.slice(at + removed));
        }
        const shuffled = (nodes: SyntaxNode[]) =>
          nodes
            .map((node) => [numbers.next().value, node] as const)
            .sort(([a], [b]) => a - b)
            .map(([, node]) => node);
        deepEqual(meanings(file, shuffled), meanings(new SourceFile(file.text)));
      }),
      { numRuns: 60 },
    );
  });
});
