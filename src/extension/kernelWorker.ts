/** @file The kernel's thread: messages in, `Kernel` called, messages out. */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { Kernel } from "../kernel/kernel.ts";
import type { FromKernel, KernelStart, ToKernel } from "../shared/protocol.ts";
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
    startReplica(task) {
      const thread = new Worker(join(__dirname, "replicaWorker.js"), { workerData: task });
      // The kernel learns of a thread that cannot start from its silence.
      thread.on("error", () => {});
      return thread;
    },
  },
  start.strings,
);

parentPort!.on("message", (message: ToKernel) => {
  const { id } = message;
  switch (message.kind) {
    case "execute": {
      running = id;
      const result = kernel.execute(message.code, message.cell);
      streams.flush();
      post({ kind: "executed", id, result });
      break;
    }
    case "variables":
      post({ kind: "variables", id, variables: kernel.variables() });
      break;
    case "channels":
      post({ kind: "channels", id, payload: kernel.channels(message.name) });
      break;
  }
});

post({ kind: "ready" });
