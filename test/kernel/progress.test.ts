/** @file Progress bars, and outputs that are replaced, as a host that can replace them sees both. */
import assert from "node:assert/strict";
import { Kernel } from "../../src/kernel/kernel.ts";
import type { KernelHost } from "../../src/kernel/session.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";

/** Runs a cell in a host that replaces displays, or in one that does not. */
function run(code: string, replacesDisplays = true) {
  const displays: { text: string; id: string | undefined; mimes: string[] }[] = [];
  const seen = { displays, stderr: "", stdout: "", cleared: [] as boolean[] };
  const host: KernelHost = {
    write: (stream, text) => {
      seen[stream] += text;
    },
    display: (bundle, _, id) => {
      displays.push({ text: bundle["text/plain"], id, mimes: Object.keys(bundle) });
    },
    replacesDisplays,
    clear: (wait) => seen.cleared.push(wait),
    interrupted: () => false,
  };
  const result = new Kernel(host, kernelStringsFor("en")).execute(code, "Cell 1");
  assert.deepEqual(result, { status: "ok" }, JSON.stringify(result));
  return seen;
}

/** The line with its times and rate left out, which differ from run to run. */
const timeless = (line: string) => line.replace(/\[.*/, "[…]");

describe("bnlab.progress", () => {
  it("goes through what it is given, and counts in one display", () => {
    const { displays, stdout } = run(`import bnlab
total = 0
for i in bnlab.progress(range(5), description="steps"):
    total += i
print(total)`);
    assert.equal(stdout, "10\n");
    assert.equal(new Set(displays.map(({ id }) => id)).size, 1);
    assert.equal(timeless(displays[0]!.text), `steps:   0%|${" ".repeat(20)}| 0/5 […]`);
    assert.equal(timeless(displays.at(-1)!.text), `steps: 100%|${"█".repeat(20)}| 5/5 […]`);
    assert.match(displays.at(-1)!.text, /\[00:00<00:00, +[\d.]+it\/s\]$/);
  });

  it("fills the bar by eighths", () => {
    const { displays } = run(`import bnlab
for i in bnlab.progress(range(64)):
    if i == 21: break`);
    assert.equal(timeless(displays.at(-1)!.text), ` 32%|██████▌${" ".repeat(13)}| 21/64 […]`);
  });

  it("takes the total where the length is not known, and goes without", () => {
    const some = run("import bnlab\nlist(bnlab.progress((i for i in range(3)), total=4))[1];");
    assert.match(some.displays.at(-1)!.text, /^ 75%\|.*\| 3\/4 \[/);
    const none = run("import bnlab\nlist(bnlab.progress((i for i in range(3))))[1];");
    assert.match(none.displays.at(-1)!.text, /^3it \[00:00, +[\d.]+it\/s\]$/);
  });

  it("is drawn at most ten times a second", () => {
    const { displays } = run("import bnlab\nfor i in bnlab.progress(range(20000)): pass");
    assert.ok(displays.length < 12, `${displays.length} drawings`);
  });

  it("is written over on standard error by hosts that replace nothing", () => {
    const { displays, stderr } = run("import bnlab\nfor i in bnlab.progress([1, 2]): pass", false);
    assert.deepEqual(displays, []);
    assert.match(stderr, /^\r {2}0%\|.*\r100%\|█+\| 2\/2 \[.*\]\n$/);
  });
});

describe("tqdm", () => {
  for (const name of ["tqdm", "tqdm.auto", "tqdm.notebook"]) {
    it(`is imported from ${name}`, () => {
      const { displays } = run(`from ${name} import tqdm, trange
for i in tqdm([1, 2], desc="a", leave=False, ncols=80): pass
for i in trange(3): pass`);
      assert.match(displays.at(-1)!.text, /^100%\|█+\| 3\/3 \[/);
    });
  }

  it("counts what it is told in a with statement", () => {
    const { displays, stdout } = run(`from tqdm import tqdm
with tqdm(total=10, unit="batch") as bar:
    bar.update(4)
    bar.set_description("epoch 1")
    bar.set_postfix({"loss": 0.12345}, accuracy="high", steps=12345678)
    print(bar.n, bar.total)
    bar.update()`);
    assert.equal(stdout, "4 10\n");
    assert.match(
      displays.at(-1)!.text,
      /^epoch 1: {2}50%\|█{10} {10}\| 5\/10 \[00:00<.*batch\/s, loss=0\.123, accuracy=high, steps=1\.23e\+7\]$/,
    );
  });

  it("can be switched off", () => {
    const { displays } = run("from tqdm import tqdm\nfor i in tqdm([1], disable=True): pass");
    assert.deepEqual(displays, []);
  });
});

describe("IPython.display", () => {
  it("gives the display that needs no import", () => {
    const { displays } = run("from IPython.display import display\ndisplay(1, 'a')");
    assert.deepEqual(
      displays.map(({ text }) => text),
      ["1", "'a'"],
    );
  });

  it("replaces what has an id", () => {
    const { displays, stdout } = run(`from IPython.display import display, update_display
handle = display("first", display_id="a")
handle.update("second")
update_display("third", display_id="a")
other = display("new", display_id=True)
print(handle.display_id, other.display_id != "a")`);
    assert.deepEqual(
      displays.map(({ text, id }) => [text, id === "a"]),
      [
        ["'first'", true],
        ["'second'", true],
        ["'third'", true],
        ["'new'", false],
      ],
    );
    assert.equal(stdout, "a True\n");
  });

  it("shows HTML and Markdown as such", () => {
    const { displays } = run(`from IPython.display import HTML, Markdown
display(HTML("<b>x</b>"), Markdown("**x**"))`);
    assert.deepEqual(
      displays.map(({ mimes, text }) => [mimes, text]),
      [
        [["text/html", "text/plain"], "<IPython.core.display.HTML object>"],
        [["text/markdown", "text/plain"], "<IPython.core.display.Markdown object>"],
      ],
    );
  });

  it("clears what was shown, at once or with the next output", () => {
    const { cleared } = run(
      "from IPython.display import clear_output\nclear_output()\nclear_output(wait=True)",
    );
    assert.deepEqual(cleared, [false, true]);
  });
});
