/**
 * @file The engine as a peer: the one place of the benchmarks that calls it.
 */
import { createContext, Script } from "node:vm";
import {
  BatchNormalization,
  channelHistograms,
  createTensor,
  gradients,
  moments,
  numericValues,
  type Tensor,
  tensorFrom,
  useMemoryHost,
  useThreads,
} from "../../src/engine/index.ts";
import { startKernelThread } from "../engine/kernelThreads.ts";
import {
  bins,
  type Cell,
  cellOf,
  type Data,
  epsilon,
  type Operation,
  type Peer,
  probed,
} from "./cases.ts";

/** From so many bytes on outputs are allocated by every call, as all peers allocate theirs. */
const allocated = 2 ** 26;

const turn = new Script("0");
const context = createContext({}, { microtaskMode: "afterEvaluate" });
useMemoryHost({ releaseKept: () => turn.runInContext(context) });

/** Settles when the other threads, which start at the first job that is large enough, are there. */
async function start(threads: number): Promise<void> {
  useThreads(threads, startKernelThread);
  moments(createTensor([2 ** 20, 1], "float32"), -1);
  await new Promise((resolve) => setTimeout(resolve, 500));
}

let started: Promise<void> | undefined;

export function ours(threads: number): Peer {
  return {
    name: threads === 1 ? "ours" : `ours ×${threads}`,
    version: `this engine, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
    prepare: async (operation, data) => {
      if (threads > 1) started ??= start(threads);
      await started;
      const { time, ...rest } = prepare(operation, data);
      return {
        ...rest,
        time: (runs) => {
          useThreads(threads, startKernelThread);
          return time(runs);
        },
      };
    },
  };
}

/**
 * Outputs go to the same tensor again and again, as PyTorch's go to memory that it was just given
 * back, but for large ones.
 */
function prepare(operation: Operation, data: Data): Cell {
  const { axis, shape } = data;
  const x = tensorFrom(data.x, shape, "float32");
  const layer = new BatchNormalization({ axis, epsilon, momentum: 0 });
  const out = () => createTensor(shape, "float32");
  const reused = 4 * data.x.length < allocated;
  const output = reused ? { out: out() } : {};
  switch (operation) {
    case "moments":
      return cellOf(
        () => moments(x, axis),
        () => moments(x, axis).variance,
      );
    case "training forward":
      return cellOf(
        () => layer.call(x, { training: true, ...output }),
        () => first(layer.call(x, { training: true })),
      );
    case "inference":
      // With a momentum of 0 the moving statistics are those of the batch.
      layer.call(x, { training: true });
      return cellOf(
        () => layer.call(x, output),
        () => first(layer.call(x)),
      );
    case "forward + backward": {
      const upstream = tensorFrom(data.upstream, shape, "float32");
      const slopes = reused ? { out: out() } : {};
      const both = () => {
        const { step } = layer.forward(x, { training: true, ...output });
        return gradients(layer, x, upstream, { training: true, step, ...slopes });
      };
      return cellOf(both, () => first(both().input));
    }
    case "64-bin histograms":
      return cellOf(
        () => channelHistograms(x, axis, { bins }),
        () => channelHistograms(x, axis, { bins })[0].counts,
      );
  }
}

function first(tensor: Tensor): ArrayLike<number> {
  return numericValues(tensor).slice(0, probed);
}
