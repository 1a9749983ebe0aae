/**
 * @file `bnlab`, the kernel's own module: statistics of channels, the gradients of a layer, its
 * calls on replicas, training beside inference, and what other frameworks would make of it.
 */
import {
  BatchNormalization,
  type ChannelStatistics,
  channelHistograms,
  channelStatistics,
  formatShape,
  gradients,
  type Tensor,
  tensorFrom,
  Variable,
} from "../../engine/index.ts";
import { normalizeAxis } from "../../numpy/errors.ts";
import { fromTensor, NDArray } from "../../numpy/index.ts";
import type { ChannelsPayload } from "../../shared/outputs.ts";
import { defaultAxis, histogramBins, tensorPayload } from "../channels.ts";
import { PyDict } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes, builtin, PythonModule } from "../functions.ts";
import { labelled } from "../labelled.ts";
import { registerType, type Value } from "../objects.ts";
import { getAttribute, invoke, toCount, truth, typeName } from "../operations.ts";
import type { Session } from "../session.ts";
import { FrameworkComparison } from "./frameworkComparison.ts";
import { shapeTuple } from "./keras/backend.ts";
import { tensorOf } from "./keras/tensors.ts";
import { ModesComparison } from "./modesComparison.ts";
import { progress } from "./progress.ts";
import { replicate } from "./replicatedOutput.ts";

/** What `bnlab.stats` gives: shown as a table, printed as arrays, read by attribute. */
export class StatisticsOf {
  readonly tensor: Tensor;
  /** Counted from 0; null where the whole tensor is one channel. */
  readonly axis: number | null;
  readonly layer: BatchNormalization | null;
  #records: readonly ChannelStatistics[] | null = null;

  constructor(tensor: Tensor, axis: number | null, layer: BatchNormalization | null) {
    this.tensor = tensor;
    this.axis = axis;
    this.layer = layer;
  }

  get records(): readonly ChannelStatistics[] {
    this.#records ??= channelStatistics(this.tensor, this.axis);
    return this.#records;
  }

  /** Values in each channel. */
  get count(): number {
    const { shape, data } = this.tensor;
    const channels = this.axis === null ? 1 : shape[this.axis]!;
    return channels === 0 ? 0 : data.length / channels;
  }

  payload(name: string | null): ChannelsPayload {
    const { tensor, axis, layer } = this;
    return tensorPayload({ tensor, axis, layer, name, text: describe(this) });
  }
}

const columns = ["mean", "variance", "std", "min", "max"] as const;

function column(self: StatisticsOf, name: (typeof columns)[number]): NDArray {
  const values = self.records.map((record) => record[name]);
  return fromTensor(tensorFrom(values, [values.length], "float64"));
}

function counts(self: StatisticsOf, name: "nanCount" | "infCount"): NDArray {
  const values = self.records.map((record) => record[name]);
  return fromTensor(tensorFrom(values, [values.length], "int64"));
}

/** A heading, then the arrays as NumPy prints them, one below the other. */
function describe(self: StatisticsOf): string {
  const { shape, dtype } = self.tensor;
  const channels = self.axis === null ? 1 : shape[self.axis]!;
  const facts = [
    `${dtype} ${formatShape(shape)}`,
    ...(self.axis === null ? [] : [`axis ${self.axis}`]),
    `${grouped(channels)} channel${channels === 1 ? "" : "s"} × ` +
      `${grouped(self.count)} value${self.count === 1 ? "" : "s"}`,
  ];
  const arrays = columns.map((name) => [name, column(self, name)] as const);
  return labelled(facts.join(" · "), arrays);
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

registerType(StatisticsOf, {
  name: "ChannelStatistics",
  module: "bnlab",
  repr: describe,
  hash: (self) => self,
  ...attributes<StatisticsOf>({
    properties: {
      shape: (self) => shapeTuple(self.tensor.shape),
      dtype: (self) => self.tensor.dtype,
      axis: (self) => (self.axis === null ? null : BigInt(self.axis)),
      count: (self) => BigInt(self.count),
      mean: (self) => column(self, "mean"),
      variance: (self) => column(self, "variance"),
      std: (self) => column(self, "std"),
      min: (self) => column(self, "min"),
      max: (self) => column(self, "max"),
      nan_count: (self) => counts(self, "nanCount"),
      inf_count: (self) => counts(self, "infCount"),
      histogram: (self) => histogram(self).counts,
      bin_edges: (self) => histogram(self).edges,
    },
  }),
});

/** Counts of shape (channels, bins) and edges of shape (channels, bins + 1). */
function histogram(self: StatisticsOf): { counts: NDArray; edges: NDArray } {
  const found = channelHistograms(self.tensor, self.axis, { bins: histogramBins });
  const matrix = (rows: readonly Float64Array[], width: number, dtype: "int64" | "float64") =>
    fromTensor(
      tensorFrom(
        rows.flatMap((row) => [...row]),
        [rows.length, width],
        dtype,
      ),
    );
  return {
    counts: matrix(
      found.map(({ counts }) => counts),
      histogramBins,
      "int64",
    ),
    edges: matrix(
      found.map(({ edges }) => edges),
      histogramBins + 1,
      "float64",
    ),
  };
}

/** Arrays, variables, and whatever NumPy makes an array of. */
function readTensor(session: Session, value: Value): Tensor {
  if (value instanceof Variable) return value.value;
  if (value instanceof NDArray) return tensorOf(value);
  const array = invoke(getAttribute(session.importModule("numpy"), "asarray"), value);
  return tensorOf(array as NDArray);
}

function readAxis(axis: Value, tensor: Tensor): number | null {
  return axis === null ? null : normalizeAxis(toCount(axis), tensor.shape.length);
}

function readLayer(value: Value, argument: string): BatchNormalization {
  if (value instanceof BatchNormalization) return value;
  throw pythonError(
    "TypeError",
    `\`${argument}\` should be a BatchNormalization layer. Received: ${typeName(value)}`,
  );
}

/** `import bnlab`. */
export function bnlabModule(session: Session): PythonModule {
  return new PythonModule("bnlab", {
    // Without an axis: the layer's, else the last one; a vector is one channel.
    stats: builtin("stats(x, axis=..., layer=None)", ({ x, axis, layer }) => {
      if (x instanceof BatchNormalization) return x;
      const tensor = readTensor(session, x!);
      const through = layer === null ? null : readLayer(layer!, "layer");
      if (axis !== undefined) return new StatisticsOf(tensor, readAxis(axis, tensor), through);
      const kept = through
        ? normalizeAxis(through.axis, tensor.shape.length)
        : defaultAxis(tensor.shape);
      return new StatisticsOf(tensor, kept, through);
    }),
    gradients: builtin(
      "gradients(layer, x, upstream, training=True, mask=None)",
      ({ layer, x, upstream, training, mask }) => {
        const found = gradients(
          readLayer(layer!, "layer"),
          readTensor(session, x!),
          readTensor(session, upstream!),
          {
            training: truth(training!),
            mask: mask === null ? null : readTensor(session, mask!),
          },
        );
        return new PyDict(
          Object.entries(found).map(([name, tensor]) => [name, fromTensor(tensor as Tensor)]),
        );
      },
    ),
    replicate: builtin(
      "replicate(layer, x, replicas, training=True)",
      ({ layer, x, replicas, training }) =>
        replicate(session, readLayer(layer!, "layer"), readTensor(session, x!), {
          replicas: toCount(replicas!),
          training: truth(training!),
        }),
    ),
    modes: builtin(
      "modes(layer, x)",
      ({ layer, x }) => new ModesComparison(readLayer(layer!, "layer"), readTensor(session, x!)),
    ),
    progress: builtin("progress(iterable, total=None, description=None)", (bound) =>
      progress(session, bound),
    ),
    frameworks: builtin(
      "frameworks(x, layer)",
      ({ x, layer }) =>
        new FrameworkComparison(readTensor(session, x!), readLayer(layer!, "layer")),
    ),
  });
}
