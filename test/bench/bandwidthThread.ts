/**
 * @file The second thread of bandwidth.ts: runs the passes it finds whenever the sequence moves.
 */
import { parentPort, workerData } from "node:worker_threads";
import { type Kernels, runPasses, state } from "./bandwidthPasses.ts";

interface ThreadData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array<SharedArrayBuffer>;
}

const { module, memory, control }: ThreadData = workerData;
const instance = new WebAssembly.Instance(module, { env: { memory } });
const kernels = instance.exports as unknown as Kernels;
/** Looks so often before it sleeps: about a millisecond, for runs that follow each other closely. */
const spins = 100_000;

parentPort!.postMessage("ready");
for (let seen = 0; ; ) {
  for (let i = 0; i < spins && Atomics.load(control, state.sequence) === seen; i++);
  Atomics.wait(control, state.sequence, seen);
  const sequence = Atomics.load(control, state.sequence);
  if (sequence === seen) continue;
  seen = sequence;
  runPasses(kernels, control.subarray(state.passes, state.passes + control[state.count]));
  Atomics.store(control, state.done, 1);
}
