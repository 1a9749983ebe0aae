/**
 * Code around the layer as books, forums and notebooks have it: `kerasSnippets/*.py`, each printing
 * and raising what Keras 3.15 with NumPy 2.4 did when `kerasSnippets/record.py` ran it. What is in
 * `laboratory.py` ran there with `media/python/bnlab.py`, which is to be the kernel's module again.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Kernel } from "../../src/kernel/kernel.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";
import { startReplica } from "../engine/replicaThreads.ts";

interface Outcome {
  readonly printed: string;
  /** `ValueError: …`; null where it ends well. */
  readonly error: string | null;
}

const folder = new URL("kerasSnippets/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");
const recorded: Record<string, Record<string, Outcome>> = JSON.parse(
  read("recorded.json"),
).snippets;

/** The snippets of a file: each begins at `# %%` with its title. */
function snippetsOf(file: string): Map<string, string> {
  const parts = read(file).split(/^# %% (.*)\n/m);
  const titles = parts.filter((_, index) => index % 2 === 1);
  return new Map(titles.map((title, index) => [title, parts[2 * index + 2]!]));
}

function run(code: string): Outcome {
  let printed = "";
  const host = {
    write: (stream: string, text: string) => {
      if (stream === "stdout") printed += text;
    },
    display: () => {},
    interrupted: () => false,
    startReplica,
  };
  const kernel = new Kernel(host, kernelStringsFor("en"));
  const result = kernel.execute(code, "snippet", { displayResult: false });
  if (result.status === "ok") return { printed, error: null };
  const { name, message } = result.error;
  // Python says what was perhaps meant in the traceback alone.
  const error = `${name}: ${message.replace(/\. Did you mean: .*$/, "")}`;
  return { printed, error };
}

for (const [name, outcomes] of Object.entries(recorded)) {
  describe(`Keras snippets: ${name}`, () => {
    const snippets = snippetsOf(`${name}.py`);
    it("are all recorded", () => assert.deepEqual([...snippets.keys()], Object.keys(outcomes)));
    for (const [title, code] of snippets) {
      it(title, () => {
        const { printed, error } = outcomes[title]!;
        const suggestion = /\. Did you mean: .*$/;
        assert.deepEqual(run(code), { printed, error: error?.replace(suggestion, "") ?? null });
      });
    }
  });
}
