/**
 * @file One replica of a batch-normalization call, in a thread of its own. What the threads of a
 * call have in common is shared memory: the batch, the output, each replica's partial moments, and
 * a few signals. No dependencies on how threads are made.
 */

import { momentsOf } from "./moments.ts";
import { applyTransform } from "./normalization.ts";
import { inferenceTransform, type LayerState, trainingTransform } from "./normalizationStep.ts";
import { mergeMoments, type PartialMoments, partialMoments } from "./partialMoments.ts";
import type { ChannelLayout } from "./shape.ts";

/** Which statistics a replica normalizes by. */
export type ReplicaStatistics = "own" | "global" | "moving";

/** What a thread needs to run one replica: plain data around shared memory. */
export interface ReplicaTask {
  /** Counted from 0. */
  readonly replica: number;
  readonly replicas: number;
  /** Of this replica's part of the batch. */
  readonly layout: ChannelLayout;
  readonly statistics: ReplicaStatistics;
  readonly state: LayerState;
  /** This replica's part, shared. */
  readonly input: Float32Array | Float64Array;
  /** Where this replica's part of the output goes, shared. */
  readonly output: Float32Array | Float64Array;
  /** Of all replicas, shared: see `partialOf`. */
  readonly partials: Float64Array;
  /** Shared: see `signals`. */
  readonly signals: Int32Array;
  /** Shared: what a replica that failed says of it, in UTF-16 units up to the first 0. */
  readonly failure: Uint16Array;
}

/** Places in the shared signals. */
export const signals = {
  /** Counts what happens; whoever waits for anything of below waits here. */
  events: 0,
  /** Replicas that have begun. */
  begun: 1,
  /** Replicas whose partial moments stand in shared memory. */
  arrived: 2,
  /** Replicas whose output is complete. */
  finished: 3,
  /** Above 0 where a replica has failed and said why. */
  failed: 4,
  /** Above 0 where the call is given up: nobody waits any longer. */
  stopped: 5,
  /** 1 where a replica is the one to say why it failed. */
  telling: 6,
} as const;

export const signalCount = Object.keys(signals).length;

/** How long a wait lasts at most before it looks around, in milliseconds. */
export const longestWait = 20;

/** Adds to a signal and wakes whoever waits for an event. */
function signal(shared: Int32Array, which: number): void {
  Atomics.add(shared, which, 1);
  Atomics.add(shared, signals.events, 1);
  Atomics.notify(shared, signals.events);
}

/** Wakes all replicas to end without a result. */
export function stopReplicas(shared: Int32Array): void {
  signal(shared, signals.stopped);
}

/** The partial moments of a replica, as views of shared memory. */
export function partialOf(
  partials: Float64Array,
  replica: number,
  channels: number,
): PartialMoments {
  const row = (index: number) => {
    const start = (3 * replica + index) * channels;
    return partials.subarray(start, start + channels);
  };
  return { count: row(0), mean: row(1), squares: row(2) };
}

/** Runs one replica to its end; what fails is told through shared memory, never thrown. */
export function runReplica(task: ReplicaTask): void {
  try {
    signal(task.signals, signals.begun);
    computeReplica(task);
  } catch (error) {
    tellFailure(task, error instanceof Error ? error.message : String(error));
  }
}

function computeReplica(task: ReplicaTask): void {
  const { replica, layout, statistics, state, input, output, partials } = task;
  const { channels } = layout;
  const dtype = input instanceof Float64Array ? "float64" : "float32";
  const own = partialMoments(input, dtype, layout);
  const shared = partialOf(partials, replica, channels);
  shared.count.set(own.count);
  shared.mean.set(own.mean);
  shared.squares.set(own.squares);
  signal(task.signals, signals.arrived);
  if (statistics === "global" && !allArrived(task)) return;
  const { transform } =
    statistics === "moving"
      ? inferenceTransform(state)
      : trainingTransform(momentsOf(statistics === "own" ? own : globalPartial(task)), state);
  applyTransform(input, dtype, layout, transform, output, dtype);
  signal(task.signals, signals.finished);
}

/** The same for every replica, to the last bit: all merge in the same order. */
function globalPartial({ partials, replicas, layout: { channels } }: ReplicaTask): PartialMoments {
  const parts = Array.from({ length: replicas }, (_, replica) =>
    partialOf(partials, replica, channels),
  );
  return mergeMoments(parts, channels);
}

/** Waits for the moments of all replicas; false where the call is given up meanwhile. */
function allArrived({ signals: shared, replicas }: ReplicaTask): boolean {
  for (;;) {
    const events = Atomics.load(shared, signals.events);
    if (Atomics.load(shared, signals.stopped) > 0) return false;
    if (Atomics.load(shared, signals.arrived) === replicas) return true;
    Atomics.wait(shared, signals.events, events, longestWait);
  }
}

function tellFailure({ signals: shared, failure, replica }: ReplicaTask, message: string): void {
  const text = `replica ${replica}: ${message}`.slice(0, failure.length - 1);
  // Of several failures one is told.
  if (Atomics.compareExchange(shared, signals.telling, 0, 1) !== 0) return;
  for (let i = 0; i < text.length; i++) failure[i] = text.charCodeAt(i);
  signal(shared, signals.failed);
}
