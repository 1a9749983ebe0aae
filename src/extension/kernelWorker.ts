/** @file The kernel's thread: messages in, `Kernel` called, messages out. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import { createContext, Script } from "node:vm";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { useMemoryHost, useThreads } from "../engine/index.ts";
import { Kernel } from "../kernel/kernel.ts";
import { type FromKernel, type KernelStart, requests, type ToKernel } from "../shared/protocol.ts";
import { HeapWatch } from "./heapWatch.ts";
import { InspectionService } from "./inspectionService.ts";
import { StreamBatches } from "./streamBatches.ts";

const start = workerData as KernelStart;
const asked = new Int32Array(start.requests);
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
  limit: start.tensorLimit,
  held: () => process.memoryUsage().arrayBuffers,
});

const heap = new HeapWatch();

const kernel = new Kernel(
  {
    write: (stream, text) => streams.write(stream, text),
    display(bundle, isResult = false, displayId = undefined) {
      streams.flush();
      post({ kind: "display", id: running, bundle, isResult, displayId: displayId ?? null });
    },
    replacesDisplays: true,
    clear(wait) {
      streams.flush();
      post({ kind: "clear", id: running, wait });
    },
    interrupted(share = null) {
      streams.poll();
      // Loops ask at every turn: a plain load costs them a tenth of an exchange.
      if (Atomics.load(asked, 0) === 0) return false;
      const taken = Atomics.exchange(asked, 0, 0);
      if (taken & requests.stop) return true;
      post({ kind: "progress", id: running, progress: { line: kernel.line, share } });
      heap.check();
      return false;
    },
    heap: getHeapStatistics().heap_size_limit,
    reserve: (bytes) => heap.reserve(bytes),
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
      post({ kind: "channels", id, payload: kernel.channels(message.name, message.values) });
      break;
    case "tensor":
      post({ kind: "tensor", id, tensor: kernel.tensor(message.name) });
      break;
    case "assign":
      kernel.assign(message.name, message.tensor);
      post({ kind: "assigned", id });
      break;
    case "ask":
      post({ kind: "answered", id, answer: kernel.ask(message.question) });
      break;
    case "inspect":
      inspection.answer(id, message.request);
      break;
  }
});

post({ kind: "ready" });
