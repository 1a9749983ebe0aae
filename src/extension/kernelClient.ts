/**
 * @file The editor's end of a kernel worker: requests out, each answer to the request it belongs to.
 * Knows nothing of `vscode`, so that it is tested without an editor.
 */
import { Worker } from "node:worker_threads";
import type { InspectionAnswers, InspectionRequest } from "../shared/inspection.ts";
import type { ChannelsPayload, MimeBundle } from "../shared/outputs.ts";
import {
  type CellProgress,
  type CellResult,
  type FromKernel,
  type KernelNews,
  type KernelStart,
  type PackedTensor,
  requests,
  type ToKernel,
  type VariableSummary,
} from "../shared/protocol.ts";
import type { Question, Answer as ViewAnswer } from "../shared/questions.ts";
import type { KernelStrings } from "../shared/strings.ts";
import type { Stream } from "./streamBatches.ts";

/** Why a kernel's thread is no more. */
export type KernelEnd =
  /** Ended from outside: restart, or the notebook was closed. */
  | "stopped"
  /** It did not react to an interrupt. */
  | "unresponsive"
  | "outOfMemory"
  | "crashed";

/** What a request is rejected with when the kernel ends before its answer. */
export class KernelEnded extends Error {
  readonly reason: KernelEnd;

  constructor(reason: KernelEnd, detail: string) {
    super(detail);
    this.name = "KernelEnded";
    this.reason = reason;
  }
}

/** Receives what a cell prints and displays while it runs, in order. */
export interface CellListener {
  stream(stream: Stream, text: string): void;
  display(bundle: MimeBundle, isResult: boolean, displayId: string | null): void;
  /** What was shown so far goes: at once, or when more is shown. */
  clear?(wait: boolean): void;
  /** Told a few times a second of a cell that has run for a while. */
  progress?(progress: CellProgress): void;
}

/** The kinds of message that end a request. */
type Answer = Extract<
  FromKernel,
  { kind: "executed" | "variables" | "channels" | "tensor" | "assigned" | "answered" | "inspected" }
>;

interface Pending {
  readonly kind: Answer["kind"];
  readonly listener: CellListener | null;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: KernelEnded) => void;
}

export interface KernelLimits {
  /** Milliseconds until a kernel that ignores an interrupt is ended. */
  readonly patience?: number;
  /** MiB of JavaScript objects that the thread may hold; Node's own limit by default. */
  readonly heap?: number;
  /** MiB that tensors may take together; no limit by default. */
  readonly tensors?: number;
}

/** A kernel that ignores an interrupt for this long (milliseconds) is ended. */
export const interruptPatience = 3000;

/** How often (milliseconds) a running cell is asked how far it is, and looks at its heap. */
const askingInterval = 50;
/** A cell that has run for so long (milliseconds) tells how far it is. */
const longCell = 500;
/** How often (milliseconds) it tells that at most. */
const tellingInterval = 200;

/** The thread's stack (MB). A thousand nested Python calls do not fit into Node's usual 4. */
const stackSize = 48;

/**
 * MB of the thread's heap for new objects. At the heap's limit Node grants 16 MB more in order to end
 * the thread; new objects that survive all at once must fit in there, else the whole process dies.
 */
const youngGeneration = 16;

/** One kernel in a thread of its own, from its start to its end. */
export class KernelClient {
  readonly #worker: Worker;
  readonly #asked = new Int32Array(new SharedArrayBuffer(4));
  readonly #pending = new Map<number, Pending>();
  readonly #patience: number;
  #lastId = 0;
  #ended: KernelEnded | null = null;

  /**
   * @param script The bundle of `kernelWorker`.
   */
  constructor(script: string, strings: KernelStrings, limits: KernelLimits = {}) {
    this.#patience = limits.patience ?? interruptPatience;
    const start: KernelStart = {
      requests: this.#asked.buffer as SharedArrayBuffer,
      tensorLimit: (limits.tensors ?? Number.POSITIVE_INFINITY) * 2 ** 20,
      strings,
    };
    this.#worker = new Worker(script, {
      workerData: start,
      resourceLimits: {
        stackSizeMb: stackSize,
        maxYoungGenerationSizeMb: youngGeneration,
        ...(limits.heap !== undefined && { maxOldGenerationSizeMb: limits.heap }),
      },
    });
    this.#worker.on("message", (message: FromKernel) => this.#receive(message));
    this.#worker.on("error", (error: Error & { code?: string }) =>
      this.#end(
        error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "outOfMemory" : "crashed",
        error.message,
      ),
    );
    this.#worker.on("exit", (code) => this.#end("crashed", `exit code ${code}`));
  }

  /** False once the thread is no more; every request is then rejected. */
  get alive(): boolean {
    return this.#ended === null;
  }

  /** Why the thread is no more; null while it is alive. */
  get ended(): KernelEnded | null {
    return this.#ended;
  }

  /** True while a cell runs or waits for the one that does. */
  get busy(): boolean {
    return [...this.#pending.values()].some(({ kind }) => kind === "executed");
  }

  /** Hears what the kernel tells of its variables after each cell. */
  onNews: ((news: KernelNews) => void) | null = null;

  /**
   * Runs a cell; requests are answered one after the other.
   * @param cell The cell's heading in tracebacks.
   * @throws {KernelEnded} Where the kernel ends before the cell does.
   */
  async execute(code: string, cell: string, listener: CellListener): Promise<CellResult> {
    // An interrupt that came too late for the cell before does not hit this one.
    Atomics.store(this.#asked, 0, 0);
    const ask = () => Atomics.or(this.#asked, 0, requests.progress);
    const asking = setInterval(ask, askingInterval);
    try {
      const answer = await this.#request("executed", ofLongCells(listener), (id) => ({
        kind: "execute",
        id,
        code,
        cell,
      }));
      return answer.result;
    } finally {
      clearInterval(asking);
    }
  }

  async variables(): Promise<readonly VariableSummary[]> {
    return (await this.#request("variables", null, (id) => ({ kind: "variables", id }))).variables;
  }

  /**
   * The per-channel statistics of a variable; null where it is gone or has no channels.
   * @param values False leaves out what of a compared batch depends on its values alone.
   */
  async channels(name: string, values = true): Promise<ChannelsPayload | null> {
    const request = (id: number) => ({ kind: "channels", id, name, values }) as const;
    return (await this.#request("channels", null, request)).payload;
  }

  /** A copy of an array; null where the variable is gone or is none. */
  async tensor(name: string): Promise<PackedTensor | null> {
    return (await this.#request("tensor", null, (id) => ({ kind: "tensor", id, name }))).tensor;
  }

  /** Gives a name an array. A kernel in which it does not fit ends. */
  async assign(name: string, tensor: PackedTensor): Promise<void> {
    await this.#request("assigned", null, (id) => ({ kind: "assign", id, name, tensor }));
  }

  /** Passes on what a view asks about a tensor. */
  async ask(question: Question): Promise<ViewAnswer> {
    return (await this.#request("answered", null, (id) => ({ kind: "ask", id, question }))).answer;
  }

  /** Asks about variables. A kernel that runs a cell answers when the cell has ended. */
  async inspect<Ask extends InspectionRequest["ask"]>(
    request: Extract<InspectionRequest, { ask: Ask }>,
  ): Promise<InspectionAnswers[Ask]> {
    const make = (id: number) => ({ kind: "inspect", id, request }) as const;
    return (await this.#request("inspected", null, make)).answer as InspectionAnswers[Ask];
  }

  /** Asks the running cell to stop. A kernel that does not is ended as `unresponsive`. */
  interrupt(): void {
    if (!this.busy || !this.alive) return;
    const asked = [...this.#pending.keys()];
    Atomics.or(this.#asked, 0, requests.stop);
    setTimeout(() => {
      if (asked.some((id) => this.#pending.has(id))) {
        this.#end("unresponsive", "the kernel did not stop when asked to");
      }
    }, this.#patience);
  }

  /** Ends the thread, whatever it is doing. */
  dispose(): void {
    this.#end("stopped", "the kernel was stopped");
  }

  #request<Kind extends Answer["kind"]>(
    kind: Kind,
    listener: CellListener | null,
    message: (id: number) => ToKernel,
  ): Promise<Extract<Answer, { kind: Kind }>> {
    if (this.#ended) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const settle = resolve as (answer: Answer) => void;
      this.#pending.set(id, { kind, listener, resolve: settle, reject });
      this.#worker.postMessage(message(id));
    });
  }

  #receive(message: FromKernel): void {
    if (message.kind === "ready") return;
    if (message.kind === "state" || message.kind === "summary") {
      this.onNews?.(message);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    switch (message.kind) {
      case "stream":
        pending.listener?.stream(message.stream, message.text);
        return;
      case "display":
        pending.listener?.display(message.bundle, message.isResult, message.displayId);
        return;
      case "clear":
        pending.listener?.clear?.(message.wait);
        return;
      case "progress":
        pending.listener?.progress?.(message.progress);
        return;
    }
    if (message.kind !== pending.kind) {
      throw new Error(`internal: ${message.kind} answers a request for ${pending.kind}`);
    }
    this.#pending.delete(message.id);
    pending.resolve(message);
  }

  #end(reason: KernelEnd, detail: string): void {
    if (this.#ended) return;
    this.#ended = new KernelEnded(reason, detail);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(this.#ended);
    void this.#worker.terminate();
  }
}

/** The listener, which hears of progress late and seldom enough for people to read. */
function ofLongCells(listener: CellListener): CellListener {
  let next = performance.now() + longCell;
  return {
    stream: (stream, text) => listener.stream(stream, text),
    display: (bundle, isResult, displayId) => listener.display(bundle, isResult, displayId),
    clear: (wait) => listener.clear?.(wait),
    progress(progress) {
      const now = performance.now();
      if (now < next) return;
      next = now + tellingInterval;
      listener.progress?.(progress);
    },
  };
}
