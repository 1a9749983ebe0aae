/**
 * @file The engine as a peer: the one place of the benchmarks that calls it.
 */
import {
  BatchNormalization,
  channelHistograms,
  gradients,
  moments,
  numericValues,
  type Tensor,
  tensorFrom,
} from "../../src/engine/index.ts";
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

/** How many threads the engine uses from here on. */
function useThreads(_threads: number): void {
  // The engine has one thread.
}

export function ours(threads: number): Peer {
  return {
    name: threads === 1 ? "ours" : `ours ×${threads}`,
    version: `this engine, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
    prepare: async (operation, data) => {
      const { time, ...rest } = prepare(operation, data);
      return {
        ...rest,
        time: (runs) => {
          useThreads(threads);
          return time(runs);
        },
      };
    },
  };
}

/** Results are dropped once a run has returned, as a program's would be: what is reused is reused. */
function prepare(operation: Operation, data: Data): Cell {
  const { axis, shape } = data;
  const x = tensorFrom(data.x, shape, "float32");
  const layer = new BatchNormalization({ axis, epsilon, momentum: 0 });
  switch (operation) {
    case "moments":
      return cellOf(
        () => moments(x, axis),
        () => moments(x, axis).variance,
      );
    case "training forward":
      return cellOf(
        () => layer.call(x, { training: true }),
        () => first(layer.call(x, { training: true })),
      );
    case "inference":
      // With a momentum of 0 the moving statistics are those of the batch.
      layer.call(x, { training: true });
      return cellOf(
        () => layer.call(x),
        () => first(layer.call(x)),
      );
    case "forward + backward": {
      const upstream = tensorFrom(data.upstream, shape, "float32");
      const step = () => {
        layer.call(x, { training: true });
        return gradients(layer, x, upstream, { training: true });
      };
      return cellOf(step, () => first(step().input));
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
