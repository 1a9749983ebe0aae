/**
 * @file What a host lends the engine for its memory. Without it the engine works with less.
 */
import { makeCollectorRun } from "./wasm/memory.ts";
import { mostInKernels, runtime } from "./wasm/runtime.ts";

export interface MemoryHost {
  /**
   * Makes objects collectable that this turn of the program has looked at through a `WeakRef`, so
   * that dead tensors are found while a program runs on, rather than between its turns alone.
   */
  releaseKept?(): void;
  /** Bytes that the process can still get. */
  available?(): number;
  /** Bytes that tensors may take together; no limit by default. */
  readonly limit?: number;
  /** Bytes of typed arrays that are not in the kernels' memory, dead ones included. */
  held?(): number;
}

let lender: MemoryHost = {};

export function useMemoryHost(host: MemoryHost): void {
  lender = host;
  const tensors = runtime()?.tensors;
  if (!tensors) return;
  tensors.releaseKept = host.releaseKept ?? null;
  // On a small machine tensors leave room for everything else.
  const { limit = Number.POSITIVE_INFINITY } = host;
  const room = (host.available?.() ?? Number.POSITIVE_INFINITY) / 2;
  tensors.limit = Math.min(mostInKernels, room, limit);
}

/** Below so many bytes it is not worth asking whether there are as many. */
const leastAsked = 2 ** 23;
/** Bytes given since that was asked last. */
let unasked = 0;

/** Bytes that can still be given to tensors. */
function room(): number {
  const { available, limit, held } = lender;
  const there = available?.() ?? Number.POSITIVE_INFINITY;
  if (limit === undefined) return there;
  return Math.min(there, limit - (held?.() ?? 0) - (runtime()?.tensors.used ?? 0));
}

/**
 * Refuses what the machine does not have, which would be given, and the process ended at its use;
 * and what the host does not allow.
 * @throws RangeError, as typed arrays do.
 */
export function checkAvailable(bytes: number): void {
  unasked += bytes;
  if (unasked < leastAsked) return;
  unasked = 0;
  if (bytes <= room()) return;
  // Dead arrays count until they are collected.
  collectGarbage();
  runtime()?.tensors.collect();
  if (bytes > room()) throw new RangeError(`${bytes} bytes are more than there are`);
}

/** Makes the collector run now, where the host's engine can be made to. */
export function collectGarbage(): void {
  lender.releaseKept?.();
  makeCollectorRun();
}
