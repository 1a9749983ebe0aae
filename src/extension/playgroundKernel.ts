/**
 * @file A kernel that follows the playground's settings: it runs the code that they mean, and no
 * more of it than what has changed. Knows nothing of `vscode`.
 */
import {
  drawLine,
  inputLines,
  keptAxis,
  layerSource,
  type PlaygroundInput,
  type PlaygroundState,
} from "../shared/playground.ts";
import type { PlaygroundResult } from "../shared/playgroundMessages.ts";
import type { PackedTensor } from "../shared/protocol.ts";
import type { KernelClient } from "./kernelClient.ts";

/** An error of the code that the settings mean, or of the input that they name. */
class CodeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export class PlaygroundKernel {
  readonly #start: () => KernelClient;
  /** Fetches inputs that are not generated; null where there is none any more. */
  readonly #fetch: (input: PlaygroundInput) => Promise<PackedTensor | null>;
  #client: KernelClient | null = null;
  /** What the kernel has been brought to; null where that is not known. */
  #reached: PlaygroundState | null = null;

  constructor(
    start: () => KernelClient,
    fetch: (input: PlaygroundInput) => Promise<PackedTensor | null>,
  ) {
    this.#start = start;
    this.#fetch = fetch;
  }

  /**
   * Brings the kernel to a state and tells what it looks like there. Not to be called again before
   * it has answered.
   */
  async show(state: PlaygroundState): Promise<PlaygroundResult> {
    const before = this.#reached;
    this.#reached = null;
    try {
      await this.#bringTo(state, before);
      await this.#run("_channels = bnlab.modes(bn, x)");
      const client = this.#client!;
      const [channels, layer] = [await client.channels("_channels"), await client.channels("bn")];
      if (!channels || !layer) throw new Error("internal: the playground's variables are gone");
      this.#reached = state;
      const { history } = layer;
      return {
        status: "ok",
        channels: {
          ...channels,
          name: "x",
          training: state.training,
          ...(history && { history }),
        },
        shape: channels.shape ?? [],
      };
    } catch (error) {
      if (!(error instanceof CodeError)) throw error;
      return { status: "error", name: error.name, message: error.message };
    }
  }

  dispose(): void {
    this.#client?.dispose();
    this.#client = null;
  }

  async #bringTo(state: PlaygroundState, reached: PlaygroundState | null): Promise<void> {
    const { input, steps } = state;
    const before = this.#client?.alive ? reached : null;
    if (!this.#client?.alive) {
      this.#client = this.#start();
      await this.#run("import bnlab, keras\nimport numpy as np\nfrom keras import layers");
    }
    const sameLayer = before !== null && layerSource(before) === layerSource(state);
    const sameInput = before !== null && isSameInput(before, state);
    const goesOn = sameLayer && sameInput && steps >= before.steps;
    let done = goesOn ? before.steps : 0;
    if (!goesOn) {
      // The first batch again, unless it is still there.
      if (!sameInput || (input.kind === "generated" && before.steps > 1)) await this.#input(state);
      await this.#run(`bn = ${layerSource(state)}`);
    }
    for (; done < steps; done++) {
      const draw = done > 0 && input.kind === "generated" ? `${drawLine(state, input)}\n` : "";
      await this.#run(`${draw}trained = bn(x, training=True)`);
    }
    await this.#run(state.training ? "y = trained" : "y = bn(x, training=False)");
  }

  async #input(state: PlaygroundState): Promise<void> {
    if (state.input.kind === "generated") {
      await this.#run(inputLines(state).join("\n"));
      return;
    }
    await this.#client!.assign("x", await this.#fetched(state.input));
  }

  async #fetched(input: PlaygroundInput): Promise<PackedTensor> {
    const tensor = await this.#fetch(input).catch((error: Error) => {
      throw new CodeError(error.name, error.message);
    });
    if (tensor) return tensor;
    if (input.kind !== "variable") throw new Error("internal: only variables can be gone");
    throw new CodeError("NameError", `name '${input.name}' is not defined`);
  }

  async #run(code: string): Promise<void> {
    const silent = { stream: () => undefined, display: () => undefined };
    const result = await this.#client!.execute(code, "Playground", silent);
    if (result.status !== "ok") throw new CodeError(result.error.name, result.error.message);
  }
}

/** Whether both have the same numbers: the kept axis matters where channels have own means. */
function isSameInput(left: PlaygroundState, right: PlaygroundState): boolean {
  if (JSON.stringify(left.input) !== JSON.stringify(right.input)) return false;
  const { input } = left;
  if (input.kind !== "generated" || input.channelSpread === 0) return true;
  const rank = input.shape.length;
  return keptAxis(left, rank) === keptAxis(right, rank);
}
