/** @file Notebooks as Python scripts, and the module that goes with them. */
import { deepEqual, equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readNotebook, sourceOf } from "../../src/cli/notebook.ts";
import { runScript } from "../../src/cli/run.ts";
import { put, scriptOf, usesLaboratory } from "../../src/extension/pythonScript.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";

const python = (text: string) => ({ language: "python", text });
const markdown = (text: string) => ({ language: "markdown", text });

describe("a notebook as a Python script", () => {
  it("has code as it is and text as comments, in percent cells", () => {
    const cells = [markdown("# Title\n\nText."), python("x = 1\nx"), python("")];
    equal(scriptOf(cells), "# %% [markdown]\n# # Title\n#\n# Text.\n\n# %%\nx = 1\nx\n\n# %%\n");
  });

  it("comments out what is IPython's or another language's", () => {
    equal(
      scriptOf([python("%matplotlib inline\n!pip install keras\nx = 1")]),
      "# %%\n# %matplotlib inline\n# !pip install keras\nx = 1\n",
    );
    equal(scriptOf([python("%%time\nx = 1")]), "# %%\n# %%time\n# x = 1\n");
    equal(scriptOf([{ language: "raw", text: "a\nb" }]), "# %% [raw]\n# a\n# b\n");
  });

  it("leaves texts alone that only look like IPython's", () => {
    const code = 'x = """\n%d items\n!"""';
    equal(scriptOf([python(code)]), `# %%\n${code}\n`);
  });

  it("brings the display that Python lacks, where it is used and not imported", () => {
    const defines = /^# %%\ntry:\n {4}from IPython\.display import display\nexcept ImportError:/;
    equal(defines.test(scriptOf([python("display(1)")])), true);
    equal(
      defines.test(scriptOf([python("from IPython.display import display\ndisplay(1)")])),
      false,
    );
    equal(defines.test(scriptOf([python("bar.display(1)")])), false);
  });

  for (const [code, expected] of [
    ["import bnlab", true],
    ["import numpy as np, bnlab", true],
    ["if x:\n    import bnlab as lab", true],
    ["from bnlab import stats", true],
    ["import bnlabs", false],
    ["# import bnlab", false],
    ["bnlab = 1", false],
  ] as const) {
    it(`${JSON.stringify(code)} ${expected ? "needs" : "does not need"} bnlab.py`, () =>
      equal(usesLaboratory([python(code)]), expected));
  }

  it("prints what the tour prints", () => {
    const path = new URL("../../examples/tour.ipynb", import.meta.url);
    const notebook = readNotebook(readFileSync(path, "utf8"));
    const cells = notebook.cells.map((cell) => ({
      language: cell.cell_type === "code" ? "python" : cell.cell_type,
      text: sourceOf(cell),
    }));
    let printed = "";
    const write = (stream: string, text: string) => {
      if (stream === "stdout") printed += text;
    };
    const surroundings = { strings: kernelStringsFor("en"), interrupted: () => false, write };
    equal(runScript(scriptOf(cells), "tour.py", surroundings), 0);
    const streams = notebook.cells.flatMap((cell) =>
      (cell.outputs ?? []).flatMap((each) => (each.output_type === "stream" ? each.text : [])),
    );
    equal(printed, streams.join(""));
  });
});

describe("bnlab.py", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  async function written(present: string | null, mayReplace: boolean): Promise<[string, number]> {
    let file = present;
    let asked = 0;
    await put(bytes("new"), {
      read: async () => (file === null ? null : bytes(file)),
      write: async (content) => {
        file = new TextDecoder().decode(content);
      },
      mayReplace: async () => {
        asked++;
        return mayReplace;
      },
    });
    return [file!, asked];
  }

  it("is put where there is none, without a question", async () =>
    deepEqual(await written(null, false), ["new", 0]));
  it("stays where it is already", async () => deepEqual(await written("new", false), ["new", 0]));
  it("replaces another file with permission", async () =>
    deepEqual(await written("old", true), ["new", 1]));
  it("leaves another file alone without", async () =>
    deepEqual(await written("old", false), ["old", 1]));

  it("ships with the extension", () => {
    const ignore = readFileSync(new URL("../../.vscodeignore", import.meta.url), "utf8");
    equal(ignore.includes("\n!media/python/bnlab.py\n"), true);
  });
});
