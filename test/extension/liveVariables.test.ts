/** @file The variables of a kernel, in a thread of its own, as the editor sees them. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type * as vscode from "vscode";
import { KernelClient } from "../../src/extension/kernelClient.ts";
import { LiveVariables } from "../../src/extension/liveVariables.ts";
import { variableProvider } from "../../src/extension/variableProvider.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";

const script = fileURLToPath(new URL("../../src/extension/kernelWorker.ts", import.meta.url));
const silent = { stream: () => undefined, display: () => undefined };
const path = (name: string) => ({ name, steps: [] });

describe("the variables of a running kernel", () => {
  let client: KernelClient;
  let variables: LiveVariables;

  beforeEach(() => {
    client = new KernelClient(script, kernelStringsFor("en"));
    variables = new LiveVariables();
    variables.follow(client);
  });
  afterEach(() => client.dispose());

  const run = (code: string) => client.execute(code, "Cell", silent);

  /** Resolves when what has been told fulfils the condition. */
  async function told(condition: () => boolean): Promise<void> {
    if (condition()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = variables.onDidChange(() => {
      if (condition()) resolve();
    });
    await promise;
    stop();
  }

  const labels = () => variables.state?.rows.map(({ label }) => label) ?? null;
  const meanOf = (name: string) =>
    variables.state?.rows.find(({ label }) => label === name)?.summary?.mean;

  it("are told after each cell, then their statistics", async () => {
    equal(variables.state, null);
    await run("import numpy as np\nx = np.ones((4, 2))\nn = 1");
    await told(() => meanOf("x") === 1);
    deepEqual(labels(), ["x", "n"]);
    await run("x *= 3\ndel n");
    await told(() => meanOf("x") === 3);
    deepEqual(labels(), ["x"]);
  });

  it("are as they were while a cell runs, which no question waits for", async () => {
    await run("import numpy as np\nx = np.ones(2)\nd = {'a': 1}");
    await told(() => meanOf("x") === 1);
    const parts = await variables.parts(path("d"), 0);
    equal(parts?.length, 1);
    const printed = Promise.withResolvers<void>();
    const endless = client.execute("print('go')\nwhile True: pass", "Cell", {
      ...silent,
      stream: () => printed.resolve(),
    });
    await printed.promise;
    ok(variables.busy);
    const details = await variables.details(path("x"));
    deepEqual([details?.row.summary?.mean, details?.current], [1, false]);
    equal(await variables.members(path("x")), null);
    equal(await variables.code(path("x")), null);
    equal(await variables.delete("x"), false);
    deepEqual(await variables.parts(path("d"), 0), parts);
    client.interrupt();
    await endless;
  });

  it("are deleted, and told to be gone", async () => {
    await run("a = 1\nb = 2");
    await told(() => labels()?.length === 2);
    equal(await variables.delete("a"), true);
    await told(() => labels()?.length === 1);
    deepEqual(labels(), ["b"]);
  });

  it("are none of a kernel that has just started", async () => {
    await run("a = 1");
    await told(() => labels() !== null);
    client.dispose();
    client = new KernelClient(script, kernelStringsFor("en"));
    variables.follow(client);
    equal(variables.state, null);
    equal(await variables.code(path("a")), null);
  });

  it("fill the editor's own view where it asks", async () => {
    await run(
      "from keras import layers\nbn = layers.BatchNormalization()\nbn.build((2, 3))\nd = [7, 8]",
    );
    await told(() => labels()?.length === 2);
    const notebook = {} as vscode.NotebookDocument;
    const find = () => ({ variables });
    const onDidChangeVariables = (() => ({ dispose: () => undefined })) as never;
    const provider = variableProvider({ find, onDidChangeVariables } as never, "en");
    const token = { isCancellationRequested: false } as vscode.CancellationToken;
    const all = await Array.fromAsync(provider.provideVariables(notebook, undefined, 1, 0, token));
    deepEqual(
      all.map(({ variable, ...rest }) => ({ ...variable, ...rest })),
      [
        {
          name: "bn",
          value: "3 channels · 48 B · BatchNormalization",
          type: "BatchNormalization",
          language: "python",
          expression: "bn",
          hasNamedChildren: true,
          indexedChildrenCount: 0,
        },
        {
          name: "d",
          value: "[7, 8] · 2 items · list",
          type: "list",
          language: "python",
          expression: "d",
          hasNamedChildren: false,
          indexedChildrenCount: 2,
        },
      ],
    );
    const inner = async (index: number, kind: 1 | 2, start: number) =>
      (
        await Array.fromAsync(
          provider.provideVariables(notebook, all[index]!.variable, kind, start, token),
        )
      ).map(({ variable }) => variable.expression ?? `${variable.name} ${variable.value}`);
    deepEqual((await inner(0, 1, 0)).slice(0, 2), ["bn.gamma", "bn.beta"]);
    deepEqual(await inner(1, 2, 1), ["[1] 8 · int"]);
  });
});
