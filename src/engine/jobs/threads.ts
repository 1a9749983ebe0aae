/**
 * @file Jobs shared with other threads over the kernels' memory. Every thread takes the next task
 * until none is left; which thread ran a task does not show in the result.
 *
 * A job is told as text in shared memory, its arrays as addresses. Threads that have nothing to do
 * look for a while and then sleep.
 */
import { type Poll, pollHost } from "../polling.ts";
import { compiledKernels } from "../wasm/kernels.ts";
import { type Runtime, type SharedRuntime, startRuntime } from "../wasm/runtime.ts";
import { Scratch, scratchSize } from "./scratch.ts";
import { type Job, runTask, tasksOf } from "./tasks.ts";
import type { Workplace } from "./tiles.ts";

/** A thread that can be ended. */
export interface KernelThread {
  terminate(): unknown;
}

/** What a thread is started with; every part can be sent to a worker. */
export interface KernelThreadSetup extends SharedRuntime {
  /** Where the threads' shared words are, and the room of this one. */
  readonly control: number;
  readonly scratch: number;
}

/** Starts a thread that calls `runKernelThread` with this setup. */
export type StartKernelThread = (setup: KernelThreadSetup) => KernelThread;

/** Places in the shared words. */
const words = {
  /** Counts jobs; idle threads wait for it to change. */
  generation: 0,
  /** The generation whose tasks may be taken, 0 for none. */
  open: 1,
  /** The next task to take. */
  next: 2,
  /** Threads that are at the open job; whoever gave it out waits for none to be left. */
  active: 3,
  /** Above 0 where a task failed in another thread. */
  failed: 4,
  /** UTF-16 units of the job's text. */
  length: 5,
  count: 6,
} as const;

/** A task beyond those of any job. */
const noTask = 2 ** 30;

const textLength = 8192;
const controlSize = 4 * words.count + 2 * textLength;

/** How often an idle thread looks before it sleeps: some 100 µs. */
const patience = 20_000;
/** How long a wait lasts at most before it looks around, in milliseconds. */
const longestWait = 20;

class Control {
  readonly words: Int32Array;
  readonly text: Uint16Array;

  constructor(buffer: SharedArrayBuffer, start: number) {
    this.words = new Int32Array(buffer as unknown as ArrayBuffer, start, words.count);
    const textAt = start + 4 * words.count;
    this.text = new Uint16Array(buffer as unknown as ArrayBuffer, textAt, textLength);
  }
}

/** The threads that help one engine. */
export class KernelThreads {
  readonly #control: Control;
  readonly #threads: KernelThread[] = [];

  /** @param helpers How many threads to start. */
  constructor(runtime: Runtime, helpers: number, start: StartKernelThread) {
    const { tensors, module, memory } = runtime;
    // Claimed for good: a thread ends some time after it was told to.
    const claim = (size: number) => tensors.claim(size).start;
    const control = claim(controlSize);
    this.#control = new Control(tensors.buffer, control);
    this.#control.words.fill(0);
    for (let i = 0; i < helpers; i++) {
      this.#threads.push(start({ module, memory, control, scratch: claim(scratchSize) }));
    }
  }

  get helpers(): number {
    return this.#threads.length;
  }

  /** Ends all threads. */
  dispose(): void {
    for (const thread of this.#threads) thread.terminate();
  }

  /**
   * Runs a job whose arrays all lie in the kernels' memory, in this thread and whatever others are
   * awake by then. False where it cannot be told to others.
   */
  run(job: Job, place: Workplace): boolean {
    const text = JSON.stringify(job, this.#replacer);
    if (text.length > textLength) return false;
    const { words: shared, text: units } = this.#control;
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
    shared[words.length] = text.length;
    Atomics.store(shared, words.next, 0);
    const generation = Atomics.load(shared, words.generation) + 1;
    // Open before anyone can see that there is a job: who comes too early would leave again.
    Atomics.store(shared, words.open, generation);
    Atomics.store(shared, words.generation, generation);
    Atomics.notify(shared, words.generation);
    try {
      takeTasks(job, shared, place, pollHost);
    } finally {
      // Where this thread was stopped, the others take no more either.
      Atomics.store(shared, words.next, noTask);
      Atomics.store(shared, words.open, 0);
      awaitNone(shared);
    }
    if (Atomics.exchange(shared, words.failed, 0) > 0) {
      throw new Error("internal: a task failed in another thread");
    }
    return true;
  }

  readonly #replacer = (_key: string, value: unknown) =>
    ArrayBuffer.isView(value) ? addressOf(value) : value;
}

/** An array of shared memory as plain data. */
interface Address {
  readonly array: string;
  readonly start: number;
  readonly length: number;
}

function addressOf(view: ArrayBufferView): Address {
  const { byteOffset: start } = view;
  const { length } = view as Float32Array;
  return { array: view.constructor.name, start, length };
}

const arrayTypes: Readonly<Record<string, Float32ArrayConstructor>> = Object.fromEntries(
  [
    Uint8Array,
    Int8Array,
    Int16Array,
    Int32Array,
    BigInt64Array,
    Uint16Array,
    Uint32Array,
    BigUint64Array,
    Float32Array,
    Float64Array,
  ].map((type) => [type.name, type as unknown as Float32ArrayConstructor]),
);

/** Runs tasks until none is left; before each, `poll` learns how many are taken. */
function takeTasks(job: Job, shared: Int32Array, place: Workplace, poll?: Poll): void {
  const count = tasksOf(job);
  for (;;) {
    poll?.(Math.min(1, Atomics.load(shared, words.next) / count));
    const task = Atomics.add(shared, words.next, 1);
    if (task >= count) return;
    runTask(job, task, place);
  }
}

/** Waits until no other thread is at the job that was closed. */
function awaitNone(shared: Int32Array): void {
  for (let looks = 0; ; looks++) {
    const active = Atomics.load(shared, words.active);
    if (active === 0) return;
    if (looks > patience) Atomics.wait(shared, words.active, active, longestWait);
  }
}

/** A helping thread, to its end, which comes from outside alone. */
export function runKernelThread({ module, memory, control, scratch }: KernelThreadSetup): void {
  const { kernels } = startRuntime({ module, memory });
  const { words: shared, text } = new Control(memory.buffer, control);
  const place: Workplace = {
    kernels: compiledKernels(kernels),
    scratch: new Scratch({ buffer: memory.buffer, start: scratch }),
    reaches: () => true,
  };
  for (let seen = 0; ; ) {
    const generation = awaitJob(shared, seen);
    seen = generation;
    Atomics.add(shared, words.active, 1);
    try {
      // Not where the job was closed meanwhile: the next may be in the making.
      if (Atomics.load(shared, words.open) === generation) {
        // The buffer must be of memory as long as it is by now.
        memory.grow(0);
        takeTasks(readJob(text, shared[words.length], memory.buffer), shared, place);
      }
    } catch {
      Atomics.add(shared, words.failed, 1);
    } finally {
      Atomics.sub(shared, words.active, 1);
      Atomics.notify(shared, words.active);
    }
  }
}

function awaitJob(shared: Int32Array, seen: number): number {
  for (let looks = 0; ; looks++) {
    const generation = Atomics.load(shared, words.generation);
    if (generation !== seen) return generation;
    if (looks > patience) Atomics.wait(shared, words.generation, seen);
  }
}

function readJob(text: Uint16Array, length: number, buffer: SharedArrayBuffer): Job {
  let json = "";
  for (let i = 0; i < length; i++) json += String.fromCharCode(text[i]);
  return JSON.parse(json, (_key, value) => {
    const Data = typeof value?.array === "string" ? arrayTypes[value.array] : undefined;
    if (!Data) return value;
    const { start, length: size } = value as Address;
    return new Data(buffer as unknown as ArrayBuffer, start, size);
  });
}
