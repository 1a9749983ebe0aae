/**
 * The playground's kernel, in a thread of its own as in the editor.
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { KernelClient } from "../../src/extension/kernelClient.ts";
import { PlaygroundKernel } from "../../src/extension/playgroundKernel.ts";
import {
  defaultPlayground,
  type PlaygroundState,
  playgroundScript,
} from "../../src/shared/playground.ts";
import type { PlaygroundResult } from "../../src/shared/playgroundMessages.ts";
import type { PackedTensor } from "../../src/shared/protocol.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";
import { run } from "../kernel/kerasCells.ts";

const script = fileURLToPath(new URL("../../src/extension/kernelWorker.ts", import.meta.url));

const small: PlaygroundState = {
  ...defaultPlayground,
  input: { ...defaultPlayground.input, shape: [6, 3] } as PlaygroundState["input"],
};

const tensor: PackedTensor = {
  shape: [2, 2],
  dtype: "float32",
  bytes: new Uint8Array(new Float32Array([1, 2, 3, 6]).buffer),
};

describe("the playground's kernel", () => {
  let kernel: PlaygroundKernel;
  before(() => {
    kernel = new PlaygroundKernel(
      () => new KernelClient(script, kernelStringsFor("en")),
      async (input) => (input.kind === "variable" && input.name === "features" ? tensor : null),
    );
  });
  after(() => kernel.dispose());

  async function shown(state: PlaygroundState) {
    const result = await kernel.show(state);
    assert.equal(result.status, "ok", JSON.stringify(result));
    return result as Extract<PlaygroundResult, { status: "ok" }>;
  }

  /** Wherever it comes from, the kernel stands where the script of the state ends. */
  async function assertFollows(...states: readonly PlaygroundState[]): Promise<void> {
    for (const state of states) {
      const { layer, history } = (await shown(state)).channels;
      assert.equal(history?.count ?? 0, state.steps);
      const { printed } = run(
        `${playgroundScript(state)}print(bn.moving_mean.numpy().tolist(), bn.moving_variance.numpy().tolist())`,
      );
      const [mean, variance] = JSON.parse(`[${printed.trim().replace("] [", "], [")}]`);
      const near = (actual: readonly unknown[] | undefined, expected: number[]) =>
        expected.forEach((value, c) => {
          assert.ok(Math.abs(Number(actual![c]) - value) <= 1e-6 * Math.abs(value), `${actual}`);
        });
      near(layer!.weights.movingMean, mean);
      near(layer!.weights.movingVariance, variance);
    }
  }

  it("stands where the settings' script ends, whatever was set before", () =>
    assertFollows(
      small,
      { ...small, steps: 4 },
      { ...small, steps: 2 },
      { ...small, steps: 2, training: false },
      { ...small, steps: 3, layer: { momentum: "0.5" } },
      { ...small, steps: 0, training: false },
      { ...small, layer: { axis: "0" } },
      { ...small, steps: 2, input: { ...small.input, seed: 7 } as PlaygroundState["input"] },
    ));

  it("tells the layer's own error, and goes on when it is mended", async () => {
    const broken = await kernel.show({ ...small, layer: { axis: "5" } });
    assert.equal(broken.status, "error");
    assert.match((broken as { message: string }).message, /./);
    await assertFollows(small);
  });

  it("takes over a variable, and says where there is none", async () => {
    const input = { kind: "variable", notebook: "n", name: "features" } as const;
    const { shape, channels } = await shown({ ...defaultPlayground, input });
    assert.deepEqual(
      [shape, channels.statistics!.mean],
      [
        [2, 2],
        [2, 4],
      ],
    );
    const missing = { ...defaultPlayground, input: { ...input, name: "gone" } };
    assert.deepEqual(await kernel.show(missing), {
      status: "error",
      name: "NameError",
      message: "name 'gone' is not defined",
    });
  });
});
