/**
 * The playground's kernel, in a thread of its own as in the editor.
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { KernelClient } from "../../src/extension/kernelClient.ts";
import { PlaygroundKernel, resultMessages } from "../../src/extension/playgroundKernel.ts";
import {
  defaultPlayground,
  type PlaygroundState,
  playgroundScript,
} from "../../src/shared/playground.ts";
import type { PlaygroundResult } from "../../src/shared/playgroundMessages.ts";
import type { PackedTensor } from "../../src/shared/protocol.ts";
import { type Answer, channelReference } from "../../src/shared/questions.ts";
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

  it("looks at the input's values once, for as long as neither they nor the axis change", async () => {
    const values = async (state: PlaygroundState) => (await shown(state)).channels.statistics!;
    const first = await values(small);
    assert.equal(await values({ ...small, layer: { momentum: "0.5", epsilon: "0.1" } }), first);
    assert.equal(await values({ ...small, training: false }), first);
    const rows = await values({ ...small, layer: { axis: "0" } });
    assert.equal(rows.mean.length, 6);
    const again = await values(small);
    assert.deepEqual(again, first);
    // A second step draws another batch.
    const second = await values({ ...small, steps: 2 });
    assert.notDeepEqual(second.mean, first.mean);
    assert.deepEqual(await values(small), first);
  });

  it("sends a page the input's values when they change, and after each beginning", async () => {
    const momentum = (value: string) => shown({ ...small, layer: { momentum: value } });
    const results = [await momentum("0.1"), await momentum("0.2"), await momentum("0.3")];
    const message = resultMessages();
    const sent = results.map((result) => message(small, result));
    const known = { statistics: null, histograms: null };
    assert.deepEqual(sent[0], { kind: "result", state: small, result: results[0] });
    for (const index of [1, 2]) {
      const { channels, ...result } = results[index]!;
      assert.deepEqual(sent[index], {
        kind: "result",
        state: small,
        result: { ...result, channels: { ...channels, ...known } },
        sameInput: true,
      });
    }
    assert.deepEqual(resultMessages()(small, results[2]!), {
      kind: "result",
      state: small,
      result: results[2],
    });
    const other = await shown({ ...small, steps: 2 });
    assert.deepEqual(message(small, other), { kind: "result", state: small, result: other });
  });

  it("answers a view's questions about the input", async () => {
    const { channels } = await shown(small);
    const of = channelReference(channels, 1)!;
    const answer = await kernel.ask({ kind: "histogram", of, bins: 2, range: null });
    assert.equal(answer.kind, "histogram");
    const { counts } = answer as Extract<Answer, { kind: "histogram" }>;
    assert.equal(counts[0]! + counts[1]!, 6);
    const unstarted = new PlaygroundKernel(
      () => assert.fail("started for a question"),
      async () => null,
    );
    assert.deepEqual(await unstarted.ask({ kind: "histogram", of, bins: 2, range: null }), {
      kind: "unanswered",
      reason: "noKernel",
    });
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
