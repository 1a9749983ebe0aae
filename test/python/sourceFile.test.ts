import { deepEqual, equal, ok } from "node:assert/strict";
import { Tree } from "@lezer/common";
import fc from "fast-check";
import { SourceFile } from "../../src/python/sourceFile.ts";

const text = `%matplotlib inline
import keras
from keras import layers

class Block(layers.Layer):
    def __init__(self):
        self.bn = layers.BatchNormalization(momentum=0.9)  # a comment

    def call(self, x, training=None):
        return self.bn(x, training=training)

print("{} of {}"
      % (1, 2))
`;

/** Which nodes there are, and where. */
function outline({ tree }: SourceFile): string {
  const nodes: string[] = [];
  tree.iterate({ enter: ({ name, from, to }) => void nodes.push(`${name} ${from}-${to}`) });
  return nodes.join("\n");
}

/** How many places the grammar could not read. */
function errorsIn({ tree }: SourceFile): number {
  let count = 0;
  tree.iterate({ enter: ({ type }) => void (type.isError && count++) });
  return count;
}

/** The objects that a tree is made of. */
function partsOf(tree: Tree, parts = new Set<object>()): Set<object> {
  for (const child of tree.children)
    if (!parts.has(child)) {
      parts.add(child);
      if (child instanceof Tree) partsOf(child, parts);
    }
  return parts;
}

describe("a source file", () => {
  it("has after edits the tree of its text", () => {
    const edit = fc.record({
      at: fc.nat(text.length),
      removed: fc.nat(30),
      put: fc.constantFrom(
        ...["", "x", "\n", "(", ")", "    ", "%", '"""', "def f():\n", "# ", "\r", "1.", "yield"],
        ...["\n%%bash\n", "%%bash\n", "\n!ls\n", "with f() as (a, b):\n"],
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        let file = new SourceFile(text);
        for (const { at, removed, put } of edits) {
          const { tree, text: before } = file;
          equal(tree.length, before.length);
          file = file.edited(before.slice(0, at) + put + before.slice(at + removed));
        }
        const fresh = new SourceFile(file.text);
        equal(file.source, fresh.source);
        equal(outline(file), outline(fresh));
      }),
    );
  });

  it("uses the parts of the tree that an edit did not touch again", () => {
    const file = new SourceFile(text.repeat(50));
    const before = partsOf(file.tree);
    const shared = ({ tree }: SourceFile) => [...partsOf(tree)].filter((part) => before.has(part));
    const changed = `${file.text}x = 3\n`;
    ok(shared(file.edited(changed)).length > before.size / 2);
    equal(shared(new SourceFile(changed)).length, 0);
  });

  it("reads all of Python that people write", () => {
    for (const source of [
      "x = Dropout(0.)(Rescaling(1./255)(x)) ** 2.\n",
      "@contextmanager\ndef f():\n    yield\n    x = (yield)\n",
      "with f() as (a, _), g() as b:\n    pass\n",
      'usage = """\n  %prog <option>"""\n',
      'say("%s"\n    %name)\n',
      "class A: pass\n\f\nclass B: pass\n",
      "# a comment\nx = f(x)\n".repeat(1000),
    ])
      equal(errorsIn(new SourceFile(source)), 0, source.slice(0, 60));
  });

  it("keeps the length of the text", () => {
    for (const source of ["f(1.)", "yield", "with f() as ( a,\tb ):", "%ls\r\n", "1.e3 + 2.j"])
      equal(new SourceFile(source).source.length, source.length);
  });

  it("lists its words once they have been searched for often", () => {
    const file = new SourceFile("x = Größe(x)\nself.bn = bn\n");
    equal(file.placesOf("x", file.text.length), null);
    for (let count = 0; count < 100; count++) file.placesOf("x", file.text.length);
    deepEqual(file.placesOf("x", 1), [0, 10]);
    deepEqual(file.placesOf("bn", 1), [18, 23]);
    deepEqual(file.placesOf("missing", 1), []);
  });

  it("does not take a line that goes on with an operator for a magic", () => {
    const kept = new SourceFile('print("%d"\n      % x)\nok = (a\n  != b)\n');
    equal(kept.source, kept.text);
    equal(new SourceFile("%pip install keras\n!ls\n?print").source.trim(), "");
  });

  it("reads nothing of a cell in another language", () => {
    const cell = "%%bash\npip install keras (\n";
    equal(outline(new SourceFile(cell)), `Script 0-${cell.length}`);
    ok(outline(new SourceFile("%%time\nx = 1\n")).includes("AssignStatement"));
  });
});
