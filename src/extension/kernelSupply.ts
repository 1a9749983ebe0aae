/**
 * @file Kernel threads for whoever needs one, with one started ahead, so that a kernel that was
 * restarted answers at once. Knows nothing of `vscode`.
 */
import type { KernelClient } from "./kernelClient.ts";

/** The next spare is started so long (milliseconds) after the last was taken. */
const pause = 1000;

export class KernelSupply {
  readonly #start: () => KernelClient;
  #spare: KernelClient | null = null;
  #timer: NodeJS.Timeout | null = null;
  #disposed = false;

  constructor(start: () => KernelClient) {
    this.#start = start;
  }

  /** A kernel that has run nothing, and belongs to the caller from now on. */
  take(): KernelClient {
    const spare = this.#spare;
    this.#spare = null;
    this.prepare(pause);
    return spare?.alive ? spare : this.#start();
  }

  /** Has a spare started, now or after some milliseconds, where there is none. */
  prepare(delay = 0): void {
    if (this.#disposed || this.#timer || this.#spare?.alive) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#spare = this.#start();
    }, delay);
    this.#timer.unref();
  }

  /** Gives up the spare, which was started with other settings. */
  renew(): void {
    if (!this.#spare) return;
    this.#spare.dispose();
    this.#spare = null;
    this.prepare(pause);
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#spare?.dispose();
    this.#spare = null;
  }
}
