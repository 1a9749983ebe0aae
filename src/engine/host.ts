/**
 * @file What a host lends the engine for its memory. Without it the engine works with less.
 */
import { runtime } from "./wasm/runtime.ts";

export interface MemoryHost {
  /**
   * Makes objects collectable that this turn of the program has looked at through a `WeakRef`, so
   * that dead tensors are found while a program runs on, rather than between its turns alone.
   */
  releaseKept?(): void;
  /** Bytes that the process can still get. */
  available?(): number;
}

let available: (() => number) | null = null;

export function useMemoryHost(host: MemoryHost): void {
  available = host.available ?? null;
  const tensors = runtime()?.tensors;
  if (!tensors) return;
  tensors.releaseKept = host.releaseKept ?? null;
  // On a small machine tensors leave room for everything else.
  if (available) tensors.limit = Math.min(tensors.limit, available() / 2);
}

/** Below so many bytes it is not worth asking whether there are as many. */
const leastAsked = 2 ** 26;

/**
 * Refuses what the machine does not have: it would be given, and the process ended at its use.
 * @throws RangeError, as typed arrays do.
 */
export function checkAvailable(bytes: number): void {
  if (bytes < leastAsked || !available) return;
  if (bytes > available()) throw new RangeError(`${bytes} bytes are more than there are`);
}
