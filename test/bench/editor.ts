/**
 * @file `npm run bench:editor`: what the editor waits for in a file of ten thousand lines, as times
 * and as ratios to a full parse of the same file by `@lezer/python`, in turn in one run.
 *
 * `--lines` takes another length, `--json` prints JSON. Times depend on the machine; the ratios less.
 */
import { parseArgs } from "node:util";
import { parser } from "@lezer/python";
import { diagnose } from "../../src/keras/diagnostics/diagnose.ts";
import { Inspection } from "../../src/keras/diagnostics/inspection.ts";
import { hoverAt } from "../../src/keras/hover.ts";
import { rewritesAt } from "../../src/keras/rewrites.ts";
import { SourceFile } from "../../src/python/sourceFile.ts";

const { values: options } = parseArgs({
  options: {
    lines: { type: "string", default: "10000" },
    json: { type: "boolean", default: false },
  },
});

const rounds = 25;

/** A model's block and a loader, as files of that length repeat them; `{}` is its number. */
const block = `
class Block{}(keras.Model):
    """A residual block, with a docstring of some words."""

    def __init__(self, filters, kernel_size=3, stride=1, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.conv = layers.Conv2D(filters, kernel_size, strides=stride, padding="same")
        self.bn = layers.BatchNormalization(axis=3, epsilon=1.001e-5, name=f"{name}_bn")
        self.relu = layers.Activation("relu")

    def call(self, x, training=None):
        y = self.conv(x)
        y = self.bn(y, training=training)
        if self.relu is not None and y.shape[-1] > 3:
            y = self.relu(y)
        for i in range(10):
            y = y + [a * 2 for a in range(3)][i]
        return y


def load_{}(path, size=(224, 224), *, shuffle=True):
    files = sorted(p for p in path.glob("*.jpg") if p.stem != "skip")
    with open(path, "rb") as f:
        header = f.read(16)
    result = {"files": files, "header": header, "size": size}
    x = layers.Conv2D(64, 7, strides=2, use_bias=False, name="conv")(header)
    x = layers.BatchNormalization(momentum=0.1)(x)
    x = layers.Activation("relu")(x)
    x = layers.Dense(64)(x)
    result["x"] = layers.BatchNormalization()(x)
    return result

`;

function fileOf(lines: number): string {
  let text = "import keras\nfrom keras import layers\n";
  for (let at = 0, count = 2; count < lines; at++, count += block.split("\n").length - 1)
    text += block.replaceAll("{}", String(at));
  return text;
}

const text = fileOf(Number(options.lines));
const middle = text.indexOf("momentum=0.1", text.length / 2);
const typed = `${text.slice(0, middle)}axis=3, ${text.slice(middle)}`;

/** Parsed and looked at, as after the file was opened. */
function opened(): SourceFile {
  const file = new SourceFile(text);
  diagnose(file);
  return file;
}

/** Each takes what it works on from `prepare`, which is not measured. */
const operations: Record<string, { prepare(): SourceFile; run(file: SourceFile): unknown }> = {
  "full parse by @lezer/python": { prepare: opened, run: () => parser.parse(text) },
  "diagnostics of an open file": {
    prepare: () => {
      const file = new SourceFile(text);
      void file.tree;
      return file;
    },
    run: (file) => diagnose(file),
  },
  "diagnostics after an edit, parse included": {
    prepare: opened,
    run: (file) => diagnose(file.edited(typed)),
  },
  "code lenses after an edit, parse included": {
    prepare: opened,
    run: (file) => new Inspection(file.edited(typed), [], false),
  },
  hover: { prepare: opened, run: (file) => hoverAt(file, middle + 2, "en") },
  "hover after an edit, parse included": {
    prepare: opened,
    run: (file) => hoverAt(file.edited(typed), middle + 2, "en"),
  },
  "light bulb": { prepare: opened, run: (file) => rewritesAt(file, middle + 2) },
  "a file without the layer": {
    prepare: () => new SourceFile(text.replaceAll("BatchNormalization", "LayerNormalization")),
    run: (file) => diagnose(file),
  },
};

const times = new Map(Object.keys(operations).map((name) => [name, [] as number[]]));
for (let round = 0; round < rounds; round++)
  for (const [name, { prepare, run }] of Object.entries(operations)) {
    const file = prepare();
    const start = performance.now();
    run(file);
    times.get(name)!.push(performance.now() - start);
  }

const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[all.length >> 1];
const peer = median(times.get("full parse by @lezer/python")!);
const rows = [...times].map(([name, all]) => ({
  name,
  median: median(all),
  fastest: Math.min(...all),
  ratio: median(all) / peer,
}));
const calls = new Inspection(new SourceFile(text), [], false).constructors.length;
const size = { lines: text.split("\n").length, characters: text.length, calls };
if (options.json) console.log(JSON.stringify({ ...size, rows }, null, 2));
else {
  console.log(`${size.lines} lines, ${size.characters} characters, ${calls} calls of the layer\n`);
  console.log(
    `${"".padEnd(44)}${"median".padStart(12)}${"fastest".padStart(12)}   of a full parse`,
  );
  for (const { name, median: usual, fastest, ratio } of rows)
    console.log(
      `${name.padEnd(44)}${`${usual.toFixed(2)} ms`.padStart(12)}${`${fastest.toFixed(2)} ms`.padStart(12)}${`${(100 * ratio).toFixed(1)} %`.padStart(18)}`,
    );
}
