import { deepEqual, equal, ok } from "node:assert/strict";
import { Inspector } from "../../src/kernel/inspection/inspector.ts";
import { type PathStep, partsPerPage, signatureLabel } from "../../src/shared/inspection.ts";
import { Session } from "./assertions.ts";

/** A kernel that has run a cell, and what looks into it. */
function inspected(code: string): Inspector {
  const session = new Session();
  const { result } = session.run(code);
  equal(result.status, "ok", code);
  return new Inspector(session.kernel, () => 0);
}

const path = (name: string, ...steps: PathStep[]) => ({ name, steps });
const imports = "import numpy as np\nfrom keras import layers\n";

describe("inspection: rows", () => {
  /** The row of a value, its facts in one line. */
  function assertRow(expression: string, expected: string): void {
    const inspector = inspected(`${imports}value = ${expression}`);
    const row = inspector.state().rows.find(({ label }) => label === "value")!;
    const shape = row.shape && `(${row.shape.join(",")})`;
    const facts = [row.kind, row.type, shape, row.dtype, row.bytes, row.length, row.preview];
    equal(facts.filter((fact) => fact !== null).join(" | "), expected, expression);
  }

  it("say type, shape, dtype, memory, length and a short value", () => {
    assertRow("np.ones((30, 32, 4), 'float32')", "tensor | ndarray | (30,32,4) | float32 | 15360");
    assertRow("np.array([1.5, -0.0])", "tensor | ndarray | (2) | float64 | 16 | [ 1.5 -0. ]");
    assertRow("np.float32(2.5)", "number | float32 | () | float32 | 4 | np.float32(2.5)");
    assertRow("layers.BatchNormalization()", "layer | BatchNormalization | 0");
    assertRow("[1, 'a', None]", "container | list | 3 | [1, 'a', None]");
    assertRow("(1,)", "container | tuple | 1 | (1,)");
    assertRow("{'x': np.ones(3)}", "container | dict | 1 | {'x': ndarray (3,)}");
    assertRow("[[[[[1]]]]]", "container | list | 1 | [[[[…]]]]");
    assertRow("range(3)", "container | range | 3 | range(0, 3)");
    assertRow("'text'", "text | str | 'text'");
    assertRow("True", "boolean | bool | True");
    assertRow("7", "number | int | 7");
    assertRow("None", "other | NoneType | None");
  });

  it("stay short however large the value", () => {
    const inspector = inspected(
      "a = list(range(100000))\nb = 'x' * 100000\nc = [[a] * 50] * 50\nd = 10 ** 5000",
    );
    for (const { preview } of inspector.state().rows) ok(preview!.length < 200, preview!);
  });

  it("name what takes too long to look at all the same", () => {
    const session = new Session();
    session.run("import numpy as np\nx = np.array([1.5, 2.5])");
    let time = 0;
    const slow = new Inspector(session.kernel, () => {
      time += 10_000;
      return time;
    });
    const [row] = slow.state().rows;
    deepEqual([row.label, row.type, row.hasChannels, row.shape], ["x", "ndarray", true, null]);
  });

  it("list the user's variables alone, all names for completion", () => {
    const { rows, names } = inspected(
      `${imports}_hidden = 1\nx = 2\ndef f(a, *, b=np): "Doc."\nadd = np.add`,
    ).state();
    deepEqual(
      rows.map(({ label }) => label),
      ["x"],
    );
    const kinds = names.map(({ name, kind, path: own }) => `${name}: ${kind} ${own}`);
    deepEqual(kinds, [
      "np: module numpy",
      "layers: module keras.layers",
      "x: variable x",
      "f: function f",
      "add: function add",
    ]);
    equal(names.find(({ name }) => name === "f")!.documentation, "Doc.");
  });

  it("tell a layer's arguments that are not at their defaults, and whether it is built", () => {
    const inspector = inspected(
      `${imports}bn = layers.BatchNormalization(momentum=0.9, axis=1)\nbn.build((2, 3))`,
    );
    const [row] = inspector.state().rows;
    deepEqual(row.changedArguments, [
      ["axis", "1"],
      ["momentum", "0.9"],
    ]);
    equal(row.built, true);
    equal(row.bytes, 48);
  });
});

describe("inspection: parts", () => {
  const inspector = inspected(`${imports}
bn = layers.BatchNormalization(center=False)
bn.build((2, 3))
d = {"a": [10, np.array([1.0, 3.0])], 2: None}
many = list(range(250))
`);
  const labels = (name: string, start: number, ...steps: PathStep[]) =>
    inspector
      .answer({ ask: "parts", path: path(name, ...steps), start })
      ?.map(({ label }) => label);

  it("of a layer are its weights", () => {
    deepEqual(labels("bn", 0), ["gamma", "moving_mean", "moving_variance"]);
  });

  it("of containers are their members, which have parts again", () => {
    deepEqual(labels("d", 0), ["'a'", "2"]);
    deepEqual(labels("d", 0, { item: 0 }), ["[0]", "[1]"]);
    const [, array] = inspector.answer({ ask: "parts", path: path("d", { item: 0 }), start: 0 })!;
    equal(array.summary!.mean, 2);
    deepEqual(array.path, path("d", { item: 0 }, { item: 1 }));
  });

  it("come in pages", () => {
    const [first, last] = [labels("many", 0)!, labels("many", 200)!];
    equal(first.length, partsPerPage);
    deepEqual([last[0], last.at(-1), last.length], ["[200]", "[249]", 50]);
  });

  it("are none of what is no more", () => {
    equal(labels("gone", 0), undefined);
    equal(labels("d", 0, { item: 5 }), undefined);
  });
});

describe("inspection: details", () => {
  const inspector = inspected(`${imports}
x = np.array([[1.0, 2.0, np.nan], [4.0, np.inf, 3.0]], dtype="float32")
big = np.broadcast_to(np.float32(1), (2**13, 2**13))
empty = np.zeros((0, 3))
n = 3
`);

  it("count what is not finite, and give the extremes of the rest", () => {
    const { row, histogram, channels } = inspector.answer({ ask: "details", path: path("x") })!;
    const { min, max, nanCount, infCount } = row.summary!;
    deepEqual({ min, max, nanCount, infCount }, { min: 1, max: 4, nanCount: 1, infCount: 1 });
    equal(
      histogram!.counts.reduce((sum, count) => sum + count),
      4,
    );
    deepEqual([histogram!.low, histogram!.high], [1, 4]);
    deepEqual(channels, { axis: 1, count: 3, values: 2 });
  });

  it("count an even sample of many values, between the extremes of all", () => {
    const own = inspected(`${imports}x = np.arange(2 ** 19, dtype="int32").reshape((-1, 4))`);
    const { histogram } = own.answer({ ask: "details", path: path("x") })!;
    const { low, high, counts, every } = histogram!;
    deepEqual([low, high], [0, 2 ** 19 - 1]);
    // 4 divides the size, so that it would see one column alone.
    equal(every, 5);
    equal(
      counts.reduce((sum, count) => sum + count),
      Math.ceil(2 ** 19 / 5),
    );
    ok(Math.max(...counts) - Math.min(...counts) <= 1, counts.join(" "));
  });

  it("leave the statistics of gigantic, empty and other values alone", () => {
    for (const name of ["big", "empty", "n"]) {
      const { row, histogram } = inspector.answer({ ask: "details", path: path(name) })!;
      equal(row.summary, null);
      equal(histogram, null);
      equal(inspector.summary(name), null);
    }
  });
});

describe("inspection: members", () => {
  const inspector = inspected(`${imports}
bn = layers.BatchNormalization()
bn.build((2, 3))
d = {"a": 1, 2: 3, (4, 5): 6, "it's": 7}
x = np.ones(3)
`);
  const members = (name: string, ...steps: PathStep[]) =>
    inspector.answer({ ask: "members", path: path(name, ...steps) })!;

  it("of a value, with signatures", () => {
    const found = members("x");
    const mean = found.find(({ name }) => name === "mean")!;
    equal(mean.kind, "method");
    equal(mean.path, "ndarray.mean");
    equal(signatureLabel("mean", mean.parameters!).label.startsWith("mean(axis=None"), true);
    equal(found.find(({ name }) => name === "shape")!.type, "tuple");
  });

  it("of a part of a value", () => {
    ok(members("bn", { attribute: "gamma" }).some(({ name }) => name === "assign"));
    ok(members("d", { key: "a" }).some(({ name }) => name === "bit_length"));
  });

  it("are keys of a dict too, as far as they can be written", () => {
    deepEqual(inspector.answer({ ask: "keys", path: path("d") }), ['"a"', "2", '"it\'s"']);
    equal(inspector.answer({ ask: "keys", path: path("x") }), null);
  });

  it("delete a variable once", () => {
    const own = inspected("x = 1");
    equal(own.answer({ ask: "delete", name: "x" }), true);
    equal(own.answer({ ask: "delete", name: "x" }), false);
    deepEqual(own.state().rows, []);
  });
});

describe("inspection: the catalog", () => {
  const session = new Session();
  const catalog = new Inspector(session.kernel, () => 0).answer({ ask: "catalog" });

  it("names nothing that does not run", () => {
    const lines = Object.entries(catalog.modules).flatMap(([module, members]) =>
      members.map(({ name }) => `import ${module}; ${module}.${name}`),
    );
    ok(lines.length > 800, `${lines.length} names`);
    const { result } = new Session().run(lines.join("\n"));
    equal(result.status, "ok", JSON.stringify(result));
  });

  it("knows the parameters of every function but those that take anything", () => {
    const unknown = [...catalog.builtins, ...Object.values(catalog.modules).flat()]
      .filter(({ kind, parameters }) => kind === "function" && !parameters)
      .map(({ path: own }) => own);
    deepEqual(unknown, ["numpy.ndindex"]);
  });

  it("writes signatures as Python does", () => {
    const labels = ["isinstance", "print", "int"].map((name) => {
      const { parameters } = catalog.builtins.find((each) => each.name === name)!;
      return signatureLabel(name, parameters!).label;
    });
    equal(labels[0], "isinstance(obj, class_or_tuple, /)");
    equal(labels[1].startsWith("print(*args, sep="), true, labels[1]);
    equal(labels[2], "int(x=..., /, base=...)");
    const add = catalog.modules.numpy.find(({ name }) => name === "add")!;
    const { label, spans } = signatureLabel("add", add.parameters!);
    equal(label.startsWith("add(x1, x2, /, out=None, *, where=True,"), true, label);
    deepEqual(
      spans.slice(0, 2).map(([from, to]) => label.slice(from, to)),
      ["x1", "x2"],
    );
  });

  it("has the members of the types that people meet", () => {
    for (const [type, member] of [
      ["ndarray", "reshape"],
      ["str", "upper"],
      ["dict", "items"],
      ["Generator", "normal"],
      ["BatchNormalization", "get_weights"],
      ["Variable", "assign"],
    ]) {
      ok(
        catalog.types[type].some(({ name }) => name === member),
        `${type}.${member}`,
      );
    }
  });
});
