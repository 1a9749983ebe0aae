/**
 * @file A kernel that follows the playground's settings: it runs the code that they mean, and no
 * more of it than what has changed. Knows nothing of `vscode`.
 */

import type { ChannelsPayload, ValueStatistics } from "../shared/outputs.ts";
import {
  drawLine,
  inputLines,
  keptAxis,
  layerSource,
  type PlaygroundInput,
  type PlaygroundState,
} from "../shared/playground.ts";
import type { PlaygroundResult, ToPlayground } from "../shared/playgroundMessages.ts";
import type { PackedTensor } from "../shared/protocol.ts";
import type { Answer, Question } from "../shared/questions.ts";
import { type KernelClient, KernelEnded } from "./kernelClient.ts";

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
  /** What is known of `x` around an axis; null where it was made anew since. */
  #values: {
    readonly axis: number | null;
    readonly values: Pick<ChannelsPayload, "statistics" | "histograms">;
  } | null = null;

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
      const [channels, layer] = await Promise.all([this.#compared(), this.#channels("bn")]);
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

  /**
   * The input through the layer. What depends on the input alone is the most work of all: it is
   * done once, and the same objects are given for as long as neither the input nor the axis changes.
   */
  async #compared(): Promise<ChannelsPayload> {
    const known = this.#values;
    const channels = await this.#channels("_channels", known === null);
    if (known?.axis === channels.axis) return { ...channels, ...known.values };
    const { axis, statistics, histograms } =
      known === null ? channels : await this.#channels("_channels");
    this.#values = { axis, values: { statistics, histograms } };
    return { ...channels, statistics, histograms };
  }

  async #channels(name: string, values = true): Promise<ChannelsPayload> {
    const payload = await this.#client!.channels(name, values);
    if (!payload) throw new Error("internal: the playground's variables are gone");
    return payload;
  }

  /** Puts a view's question about `x` to the kernel. */
  async ask(question: Question): Promise<Answer> {
    if (!this.#client?.alive) return { kind: "unanswered", reason: "noKernel" };
    try {
      return await this.#client.ask(question);
    } catch (error) {
      if (!(error instanceof KernelEnded)) throw error;
      return { kind: "unanswered", reason: "noKernel" };
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
      this.#values = null;
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
      if (draw) this.#values = null;
      await this.#run(`${draw}trained = bn(x, training=True)`);
    }
    await this.#run(state.training ? "y = trained" : "y = bn(x, training=False)");
  }

  async #input(state: PlaygroundState): Promise<void> {
    this.#values = null;
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

/**
 * The messages to one page. What the page has from the one before is left out: most of a message
 * while a layer's argument changes.
 */
export function resultMessages(): (
  state: PlaygroundState,
  result: PlaygroundResult,
) => ToPlayground {
  let sent: ValueStatistics | null = null;
  return (state, result) => {
    if (result.status === "error") return { kind: "result", state, result };
    const { statistics } = result.channels;
    const sameInput = statistics !== null && statistics === sent;
    sent = statistics;
    if (!sameInput) return { kind: "result", state, result };
    const channels = { ...result.channels, statistics: null, histograms: null };
    return { kind: "result", state, result: { ...result, channels }, sameInput };
  };
}
