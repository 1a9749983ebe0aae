/** @file Completion, signatures and hovers in cells, at a cursor marked `|`, without an editor. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { cellHoverAt, plainText } from "../../src/extension/cellHover.ts";
import { CellNames } from "../../src/extension/cellNames.ts";
import { signatureAt } from "../../src/extension/cellSignatures.ts";
import {
  type LiveAnswers,
  type Suggestion,
  suggestionsAt,
} from "../../src/extension/cellSuggestions.ts";
import { returnTypes } from "../../src/extension/returnTypes.ts";
import { Inspector } from "../../src/kernel/inspection/inspector.ts";
import { functionDocsEn } from "../../src/shared/functionDocs.en.ts";
import { functionDoc } from "../../src/shared/functionDocs.ts";
import { functionDocsZhCn } from "../../src/shared/functionDocs.zh-cn.ts";
import { Session } from "../kernel/assertions.ts";

const inspectorOf = ({ kernel }: Session) => new Inspector(kernel, () => 0);
const catalog = inspectorOf(new Session()).answer({ ask: "catalog" });

/** A notebook whose kernel has run the cells. */
class Notebook {
  readonly cells: readonly string[];
  readonly #inspector: Inspector | null;
  /** Whether a cell runs, so that there are no answers. */
  busy = false;

  constructor(...cells: string[]) {
    this.cells = cells;
    const session = new Session();
    for (const cell of cells) equal(session.run(cell).result.status, "ok", cell);
    this.#inspector = cells.length > 0 ? inspectorOf(session) : null;
  }

  names(text: string, offset: number): CellNames {
    const state = this.#inspector?.state() ?? null;
    return new CellNames(catalog, state, this.cells, text, offset);
  }

  readonly live: LiveAnswers = {
    members: async (path) => (this.busy ? null : this.#inspector!.answer({ ask: "members", path })),
    keys: async (path) => (this.busy ? null : this.#inspector!.answer({ ask: "keys", path })),
  };

  async suggestions(marked: string, trigger?: string): Promise<readonly Suggestion[] | null> {
    const [text, offset] = cursorIn(marked);
    const found = await suggestionsAt(this.names(text, offset), this.live, text, offset, trigger);
    return found?.items ?? null;
  }

  async labels(marked: string): Promise<string[]> {
    return ((await this.suggestions(marked)) ?? []).map(({ label }) => label);
  }

  /** All the names are offered at the cursor. */
  async offers(marked: string, ...names: string[]): Promise<void> {
    const found = await this.labels(marked);
    for (const name of names) ok(found.includes(name), `${marked}: no ${name}: ${found.join(" ")}`);
  }

  async offersNo(marked: string, ...names: string[]): Promise<void> {
    const found = await this.labels(marked);
    for (const name of names) ok(!found.includes(name), `${marked}: ${name}`);
  }

  /** The signature's label, the parameter at the cursor in angle brackets; null where none is shown. */
  signature(marked: string): string | null {
    const [text, offset] = cursorIn(marked);
    const found = signatureAt(this.names(text, offset), text, offset);
    if (!found) return null;
    const [from, to] = found.active === null ? [0, 0] : found.spans[found.active]!;
    if (from === to) return found.label;
    const { label } = found;
    return `${label.slice(0, from)}<${label.slice(from, to)}>${label.slice(to)}`;
  }

  async hover(marked: string, locale = "en"): Promise<string | null> {
    const [text, offset] = cursorIn(marked);
    const found = await cellHoverAt(this.names(text, offset), text, offset, {
      locale,
      colours: { bars: "#123456", text: "#654321" },
      details: async (path) => {
        if (!this.busy) {
          const details = this.#inspector?.answer({ ask: "details", path });
          return details ? { ...details, current: true } : null;
        }
        const row = this.#inspector!.state().rows.find(({ label }) => label === path.name);
        return row ? { row, histogram: null, channels: null, current: false } : null;
      },
    });
    return found?.markdown ?? null;
  }
}

function cursorIn(marked: string): [text: string, offset: number] {
  const offset = marked.indexOf("|");
  return [marked.slice(0, offset) + marked.slice(offset + 1), offset];
}

const imports = "import numpy as np\nimport keras\nfrom keras import layers as L\nimport math\n";
const fresh = new Notebook();
const used = new Notebook(`${imports}
x = np.ones((2, 3), dtype="float32")
bn = L.BatchNormalization(momentum=0.9)
bn.build((2, 3))
config = {"rate": 0.1, 3: "three", "it's": 1}
def scale(x, by=2.5, *, keep=None):
    "Multiplies."
    return x * by
`);

describe("completion in cells", () => {
  it("offers the members of modules, however they were imported", async () => {
    await fresh.offers("import numpy as np\nnp.|", "mean", "random", "float32", "pi");
    await fresh.offers("import numpy as np\nnp.random.|", "default_rng", "seed");
    await fresh.offers("from keras import layers as L\nL.|", "BatchNormalization");
    await fresh.offers("import tensorflow as tf\ntf.keras.ops.|", "moments");
    await fresh.offers("from numpy import random\nrandom.|", "randn");
    await fresh.offersNo("import numpy as np\nnp.|", "__version__", "fft", "ndimage");
  });

  it("offers nothing where the value is not known", async () => {
    deepEqual(await fresh.labels("unknown.|"), []);
    deepEqual(await fresh.labels("(1 + x).|"), []);
    equal(await fresh.suggestions("# np.|"), null);
  });

  it("offers attributes of what the text above says, before it has run", async () => {
    const text = "import numpy as np, keras\nfrom keras import layers\n";
    await fresh.offers(`${text}rng = np.random.default_rng(0)\nrng.|`, "normal", "integers");
    await fresh.offers(`${text}x = np.zeros(3)\nx.|`, "reshape", "shape");
    await fresh.offers(
      `${text}bn = layers.BatchNormalization()\nbn.|`,
      "moving_mean",
      "get_weights",
    );
    await fresh.offers(`${text}bn = layers.BatchNormalization()\ny = bn(1)\ny.|`, "astype");
    await fresh.offers(`${text}np.zeros(3).astype('int8').|`, "reshape");
    await fresh.offers("'a'.|", "upper");
    await fresh.offers("s = 'a'.strip()\ns.|", "upper");
  });

  it("offers attributes of live values and of their parts", async () => {
    await used.offers("x.|", "reshape", "mean");
    await used.offers("x.sh|", "shape");
    await used.offers("bn.gamma.|", "assign_add", "numpy");
    await used.offers("config['rate'].|", "is_integer");
    await used.offers("x.T.|", "reshape");
  });

  it("goes by the type while a cell runs", async () => {
    used.busy = true;
    try {
      await used.offers("x.|", "reshape");
      await used.offers("bn.|", "gamma");
      deepEqual(await used.labels("config['|']"), []);
    } finally {
      used.busy = false;
    }
  });

  it("offers names in scope: of this cell, of earlier ones, live and built in", async () => {
    await used.offers("local = 1\nlo|", "local", "x", "scale", "np", "len", "ValueError");
    await used.offersNo("|\nlater = 1", "later");
    await fresh.offers("def f(width):\n  depth = 1\n  |", "width", "depth", "f");
    await fresh.offersNo("def f(width):\n  return 1\n|", "width");
  });

  it("offers the keywords that this Python has, where they can stand", async () => {
    await fresh.offers("|", "for", "import", "lambda", "return");
    await fresh.offers("y = |", "lambda", "not", "None");
    await fresh.offersNo("y = |", "import", "return");
    await fresh.offersNo("|", "async");
  });

  it("completes imports", async () => {
    await fresh.offers("import |", "numpy", "keras", "bnlab", "math");
    await fresh.offersNo("import |", "torch");
    await fresh.offers("from keras |", "import");
    await fresh.offers("from keras import |", "layers", "ops");
    await fresh.offers("from numpy.|", "random", "linalg");
    await fresh.offers("from keras.layers import |", "BatchNormalization");
  });

  it("offers the keywords that a call still takes, with their defaults", async () => {
    await used.offers("np.mean(x, |", "axis=", "keepdims=");
    await used.offersNo("np.mean(x, axis=0, |", "axis=", "a=");
    await used.offersNo("np.mean(x, axis=|", "keepdims=");
    await used.offers("scale(x, |", "by=", "keep=");
    const found = (await used.suggestions("scale(x, |"))!;
    equal(found.find(({ label }) => label === "by=")!.detail, "2.5");
    equal(found[0]!.group, 0);
  });

  it("leaves the arguments of the layer's constructor alone, not those of its call", async () => {
    equal(await used.suggestions("L.BatchNormalization(|"), null);
    equal(await used.suggestions("L.BatchNormalization(axis=a|"), null);
    await used.offers("bn(x|", "x");
    await used.offers("L.BatchNormalization(axis=np.|", "int64");
  });

  it("offers the keys of dicts, quoted as begun", async () => {
    deepEqual(await used.labels("config[|]"), ['"rate"', "3", '"it\'s"']);
    deepEqual(await used.labels("config['|"), ["rate", "it\\'s"]);
    deepEqual(await used.labels('config["|'), ["rate", "it's"]);
    equal(await used.suggestions("x[|"), null);
  });

  it("comes by itself only where the character typed has something to follow it", async () => {
    for (const [marked, trigger] of [
      ["np.zeros([|", "["],
      ["x[...|", "."],
      ["print('|", "'"],
      ['"|', '"'],
    ]) {
      equal(await used.suggestions(marked!, trigger), null, marked);
    }
    for (const [marked, trigger] of [
      ["config[|]", "["],
      ["config['|']", "'"],
      ["x.|", "."],
      ["import keras.|", "."],
    ]) {
      ok((await used.suggestions(marked!, trigger))!.length > 0, marked);
    }
  });

  it("says signatures, types and docstrings", async () => {
    const found = (await used.suggestions("|"))!;
    const named = (name: string) => found.find(({ label }) => label === name)!;
    equal(named("scale").detail, "scale(x, by=2.5, *, keep=None)");
    equal(named("scale").documentation, "Multiplies.");
    equal(named("x").detail, "ndarray");
    equal(named("np").path, "numpy");
    equal(named("len").detail, "len(obj, /)");
  });
});

describe("signatures in cells", () => {
  it("of functions of modules, methods, built-ins and classes", () => {
    const np = "import numpy as np\n";
    equal(
      fresh.signature(`${np}np.full(|`),
      "full(<shape>, fill_value, dtype=None, order='C', *, device=None, like=None)",
    );
    equal(fresh.signature(`${np}np.zeros(3).swapaxes(0, |`), "swapaxes(axis1, <axis2>, /)");
    equal(fresh.signature("isinstance(|"), "isinstance(<obj>, class_or_tuple, /)");
    equal(fresh.signature("'a'.join(|"), "join(<iterable>, /)");
    equal(fresh.signature("import keras\nkeras.regularizers.L2(|"), "L2(<l2=0.01>)");
  });

  it("of functions of cells, with their docstrings, run or not", () => {
    equal(used.signature("scale(1, |"), "scale(x, <by=2.5>, *, keep=None)");
    equal(used.signature("scale(keep=|"), "scale(x, by=2.5, *, <keep=None>)");
    equal(fresh.signature("def f(a, *b, c=1): pass\nf(1, 2, 3|"), "f(a, <*b>, c=1)");
  });

  it("mark nothing beyond the last parameter or for an unknown keyword", () => {
    equal(used.signature("scale(1, 2, 3|"), "scale(x, by=2.5, *, keep=None)");
    equal(used.signature("scale(other=|"), "scale(x, by=2.5, *, keep=None)");
    equal(fresh.signature("dict(a=|"), "dict(source=..., /, <**keywords>)");
  });

  it("of nothing in the layer's calls, for unknown functions, outside of calls", () => {
    for (const marked of ["L.BatchNormalization(|", "bn(|", "unknown(|", "len|", "def len(|"]) {
      equal(used.signature(marked), null, marked);
    }
  });
});

describe("hovers in cells", () => {
  it("show a tensor's shape, statistics, channels and histogram", async () => {
    const text = (await used.hover("x|"))!;
    match(text, /```python\nx: float32 \(2, 3\)\n/);
    match(text, /mean \*\*1 ± 0\*\* · min 1 · max 1 · NaN 0/);
    match(text, /axis 1: 3 channels × 2 values · 24 B/);
    const [, picture] = /data:image\/svg\+xml;base64,([^|]+)\|/.exec(text)!;
    match(Buffer.from(picture!, "base64").toString(), /^<svg .*#123456.*<\/svg>$/);
  });

  it("say where not all values were counted, or none", async () => {
    const notebook = new Notebook(
      `${imports}many = np.arange(2 ** 18)\nhuge = np.broadcast_to(np.int8(1), (2 ** 13, 2 ** 13))`,
    );
    match((await notebook.hover("many|"))!, /2 MiB · histogram of one value in 3/);
    match((await notebook.hover("huge|"))!, /64 MiB · too many values for statistics on hover/);
  });

  it("say what they know while a cell runs, and that it is of before", async () => {
    used.busy = true;
    try {
      match((await used.hover("x|"))!, /float32 \(2, 3\)[\s\S]*before the running cell/);
    } finally {
      used.busy = false;
    }
  });

  it("show layers, other values and parts of values", async () => {
    match(
      (await used.hover("b|n"))!,
      /bn: BatchNormalization\(momentum=0.9\)[\s\S]*3 channels · 48 B/,
    );
    match((await used.hover("conf|ig"))!, /config: dict = \{'rate': 0\.1, .*\}/);
    match((await used.hover("x.sh|ape"))!, /x\.shape: tuple = \(2, 3\)/);
    match((await used.hover("bn.gam|ma"))!, /bn\.gamma: float32 \(3,\)/);
  });

  it("show signatures with a line of documentation, in both languages", async () => {
    const text = (await used.hover("np.me|an(x)"))!;
    match(text, /^```python\ndef mean\(a, axis=None, .*\)\n```\n\nThe arithmetic mean/);
    match((await used.hover("np.me|an(x)", "zh-cn"))!, /算术平均值/);
    match(
      (await used.hover("sca|le(x)"))!,
      /def scale\(x, by=2\.5, \*, keep=None\)\n```\n\nMultiplies\\\./,
    );
    match((await used.hover("n|p"))!, /\(module\) numpy/);
  });

  it("are none for the layer's class, keywords of calls and unknown names", async () => {
    equal(await used.hover("L.BatchNormalization(axis=x|)"), null);
    ok(await used.hover("bn(x|)"));
    for (const marked of [
      "L.BatchNormal|ization()",
      "f(axi|s=1)",
      "unkno|wn",
      "# x|",
      "whi|le x: pass",
    ]) {
      equal(await used.hover(marked), null, marked);
    }
  });

  it("show text of users as text", async () => {
    equal(
      plainText("<img src=x> [a](command:b)\n*c*"),
      "\\<img src=x\\> \\[a\\]\\(command:b\\)  \n\\*c\\*",
    );
    const notebook = new Notebook("s = '```\\n<b>'");
    match((await notebook.hover("s|"))!, /^```python\ns: str = '```\\n<b>'\n```$/);
  });
});

describe("help in cells", () => {
  const pieces =
    "np . x ( ) [ ] { } , def·f(a,·b=1): for·i·in· import· from· ·as· lambda· ' \" f\"{ ''' # = : 1 1. \\ ** class·A: bn d[' try: else: xs[0] é mean axis= ... L.BatchNormalization( \n \n···· \r\n \t"
      .split(" ")
      .map((piece) => piece.replaceAll("·", " "));

  it("never fails, whatever is typed", async () => {
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(), async (parts, place) => {
        const text = parts.join("");
        const offset = place % (text.length + 1);
        const marked = `${text.slice(0, offset)}|${text.slice(offset)}`;
        await used.suggestions(marked);
        used.signature(marked);
        await used.hover(marked);
      }),
      { numRuns: 150 },
    );
  });
});

describe("documentation of functions", () => {
  const paths = new Set(
    [
      ...catalog.builtins,
      ...Object.values(catalog.modules).flat(),
      ...Object.values(catalog.types).flat(),
    ].map(({ path }) => path),
  );

  it("is of functions that exist, in both languages", () => {
    deepEqual(
      Object.keys(functionDocsEn).filter((path) => !paths.has(path)),
      [],
    );
    deepEqual(Object.keys(functionDocsZhCn), Object.keys(functionDocsEn));
  });

  it("holds for the same function of an array and of Keras", () => {
    equal(functionDoc("ndarray.mean", "en"), functionDocsEn["numpy.mean"]);
    equal(functionDoc("float32.mean", "en"), functionDocsEn["numpy.mean"]);
    equal(functionDoc("keras.ops.mean", "zh-CN"), functionDocsZhCn["numpy.mean"]);
    equal(functionDoc("numpy.nothing", "en"), null);
  });

  it("is short", () => {
    for (const line of Object.values(functionDocsEn))
      ok(line.length < 100 && line.length > 8, line);
  });

  it("has types for what functions give back that exist", () => {
    deepEqual(
      [...returnTypes.keys()].filter((path) => !paths.has(path)),
      [],
    );
    for (const type of returnTypes.values()) ok(catalog.types[type], type);
  });
});
