/**
 * @file Runs jobs: all tasks in this thread, or shared with others where they help. Arrays that a
 * job works with, beside its tensors, come from a `Workspace`.
 */
import { leastCompiled } from "../addresses.ts";
import { pollHost } from "../polling.ts";
import { compiledKernels } from "../wasm/kernels.ts";
import { type Runtime, runtime } from "../wasm/runtime.ts";
import { plainKernels } from "./kernelSet.ts";
import { leastShared } from "./partition.ts";
import { Scratch, scratchSize } from "./scratch.ts";
import { type Job, runTask, tasksOf } from "./tasks.ts";
import { KernelThreads, type StartKernelThread } from "./threads.ts";
import type { Workplace } from "./tiles.ts";

/** Room for the arrays of a job. */
export interface Workspace {
  /** Zero-filled. */
  float64(length: number): Float64Array;
  float32(length: number): Float32Array;
  uint32(length: number): Uint32Array;
  /** Runs a job, whose own arrays are of this workspace, to its end. */
  run(job: Job): void;
}

/**
 * Calls `use` with room for the arrays of jobs over so many elements. The arrays are gone when it
 * returns: answers must be copied.
 */
export function withWorkspace<T>(elements: number, use: (workspace: Workspace) => T): T {
  const compiled = elements < leastCompiled ? null : runtime();
  if (!compiled) return use(plainWorkspace());
  const { tensors } = compiled;
  const claimed: { readonly start: number; readonly size: number }[] = [];
  const claim = (bytes: number): [ArrayBuffer, number] => {
    const block = tensors.claim(bytes);
    claimed.push(block);
    // After the claim, which may have made memory longer than buffers were before.
    return [tensors.buffer as unknown as ArrayBuffer, block.start];
  };
  try {
    return use({
      float64: (length) => new Float64Array(...claim(8 * length), length).fill(0),
      float32: (length) => new Float32Array(...claim(4 * length), length).fill(0),
      uint32: (length) => new Uint32Array(...claim(4 * length), length).fill(0),
      run: (job) => runCompiled(job, compiled, elements),
    });
  } finally {
    for (const block of claimed) tensors.release(block);
  }
}

function plainWorkspace(): Workspace {
  plainPlace ??= { kernels: plainKernels, scratch: new Scratch(), reaches: () => true };
  const place = plainPlace;
  return {
    float64: (length) => new Float64Array(length),
    float32: (length) => new Float32Array(length),
    uint32: (length) => new Uint32Array(length),
    run: (job) => runHere(job, place),
  };
}

let plainPlace: Workplace | undefined;
const places = new WeakMap<Runtime, Workplace>();

/** This thread's place in the kernels' memory. */
function placeIn(compiled: Runtime): Workplace {
  let place = places.get(compiled);
  if (!place) {
    const { tensors } = compiled;
    const { start } = tensors.claim(scratchSize);
    place = {
      kernels: compiledKernels(compiled.kernels),
      scratch: new Scratch({ buffer: tensors.buffer, start }),
      reaches: (data) => tensors.owns(data.buffer),
    };
    places.set(compiled, place);
  }
  return place;
}

/** Runs a job in this thread, or with others where that pays. */
function runCompiled(job: Job, compiled: Runtime, elements: number): void {
  const place = placeIn(compiled);
  const shared =
    elements >= leastShared && isReachable(job, place) ? kernelThreads(compiled) : null;
  if (!shared?.run(job, place)) runHere(job, place);
}

/** Whether other threads can reach the tensors of a job. */
function isReachable(job: Job, { reaches }: Workplace): boolean {
  if (!reaches(job.x)) return false;
  if ("out" in job && !reaches(job.out)) return false;
  return !("flow" in job) || reaches(job.flow);
}

let settings: { readonly count: number; readonly start: StartKernelThread } | null = null;
let threads: KernelThreads | null = null;

/** More threads are idle: memory is as fast as it gets. */
const mostThreads = 4;

/**
 * Computes with so many threads from now on, this one included, but at most four: others are
 * started when there is something for them to do. Results are the same with any number.
 *
 * @param start Starts a thread; without it there is this one alone.
 */
export function useThreads(count: number, start?: StartKernelThread): void {
  settings = start && count > 1 ? { count: Math.min(count, mostThreads), start } : null;
}

function kernelThreads(compiled: Runtime): KernelThreads | null {
  if (!settings) return null;
  const helpers = settings.count - 1;
  // Threads sleep while there is only one to compute; others are started for another number.
  if (threads?.helpers !== helpers) {
    threads?.dispose();
    threads = new KernelThreads(compiled, helpers, settings.start);
  }
  return threads;
}

function runHere(job: Job, place: Workplace): void {
  const count = tasksOf(job);
  for (let task = 0; task < count; task++) {
    pollHost(task / count);
    runTask(job, task, place);
  }
}
