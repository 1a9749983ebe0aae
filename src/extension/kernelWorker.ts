/** @file The kernel's thread: messages in, `Kernel` called, messages out. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createContext, Script } from "node:vm";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { useMemoryHost, useThreads } from "../engine/index.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { FromKernel, KernelStart, ToKernel } from "../shared/protocol.ts";
import { InspectionService } from "./inspectionService.ts";
import { StreamBatches } from "./streamBatches.ts";

const start = workerData as KernelStart;
const flag = new Int32Array(start.interruptFlag);
const post = (message: FromKernel) => parentPort!.postMessage(message);

/** The request that runs: what is printed and displayed belongs to it. */
let running = 0;

const streams = new StreamBatches(
  (stream, text) => post({ kind: "stream", id: running, stream, text }),
  () => performance.now(),
);

/** A thread that the kernel's process does not wait for, and whose failure shows as its silence. */
function startThread(program: string, data: unknown): Worker {
  const thread = new Worker(join(__dirname, program), { workerData: data });
  thread.on("error", () => {});
  thread.unref();
  return thread;
}

useThreads(availableParallelism(), (setup) => startThread("engineThread.js", setup));

// Running a script with microtasks of its own ends a turn of the engine's garbage collection.
const turn = new Script("0");
const context = createContext({}, { microtaskMode: "afterEvaluate" });
useMemoryHost({
  releaseKept: () => turn.runInContext(context),
  // Node.js has it since 20.13.
  available: () => process.availableMemory?.() ?? Number.POSITIVE_INFINITY,
});

const kernel = new Kernel(
  {
    write: (stream, text) => streams.write(stream, text),
    display(bundle, isResult = false) {
      streams.flush();
      post({ kind: "display", id: running, bundle, isResult });
    },
    interrupted() {
      streams.poll();
      // Loops ask at every turn: a plain load costs them a tenth of an exchange.
      return Atomics.load(flag, 0) === 1 && Atomics.compareExchange(flag, 0, 1, 0) === 1;
    },
    startReplica: (task) => startThread("replicaWorker.js", task),
  },
  start.strings,
);

const inspection = new InspectionService(kernel, post);

parentPort!.on("message", (message: ToKernel) => {
  const { id } = message;
  switch (message.kind) {
    case "execute": {
      running = id;
      const result = kernel.execute(message.code, message.cell);
      streams.flush();
      post({ kind: "executed", id, result });
      inspection.cellEnded();
      break;
    }
    case "variables":
      post({ kind: "variables", id, variables: kernel.variables() });
      break;
    case "channels":
      post({ kind: "channels", id, payload: kernel.channels(message.name) });
      break;
    case "tensor":
      post({ kind: "tensor", id, tensor: kernel.tensor(message.name) });
      break;
    case "assign":
      kernel.assign(message.name, message.tensor);
      post({ kind: "assigned", id });
      break;
    case "inspect":
      inspection.answer(id, message.request);
      break;
  }
});

post({ kind: "ready" });
