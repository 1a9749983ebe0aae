/** Real threads for the engine's tests and benches, run from the sources. */
import { Worker } from "node:worker_threads";
import type { KernelThread, KernelThreadSetup } from "../../src/engine/index.ts";

const program = new URL("../../src/extension/engineThread.ts", import.meta.url);

export function startKernelThread(setup: KernelThreadSetup): KernelThread {
  const thread = new Worker(program, { workerData: setup });
  thread.unref();
  return thread;
}
