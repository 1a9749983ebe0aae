/**
 * @file `bnlab`, the kernel's own module: statistics of channels, the gradients of a layer, its
 * calls on replicas, training beside inference, and what other frameworks would make of it.
 */
import {
  BatchNormalization,
  type ChannelStatistics,
  channelStatistics,
  formatShape,
  gradients,
  type Tensor,
  tensorFrom,
  Variable,
} from "../../engine/index.ts";
import { normalizeAxis } from "../../numpy/errors.ts";
import { fromTensor, isBinRule, NDArray } from "../../numpy/index.ts";
import type { ChannelsPayload } from "../../shared/outputs.ts";
import { alignedRows, grouped } from "../alignedRows.ts";
import { defaultAxis, histogramsIn, tensorPayload } from "../channels.ts";
import { PyDict, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { formatFloat } from "../formatting/specification.ts";
import { attributes, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { getAttribute, invoke, repr, toCount, truth, typeName, typeOf } from "../operations.ts";
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
  /** How many each histogram has, or the name of the rule that says it. */
  readonly bins: number | string;
  #records: readonly ChannelStatistics[] | null = null;

  constructor(
    tensor: Tensor,
    axis: number | null,
    layer: BatchNormalization | null,
    bins: number | string,
  ) {
    this.tensor = tensor;
    this.axis = axis;
    this.layer = layer;
    this.bins = bins;
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
    const { tensor, axis, layer, bins } = this;
    return tensorPayload({ tensor, axis, layer, bins, name, text: describe(this) });
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

/** Channels that the text has rows for. */
const mostChannels = 64;

/** A heading, then a row for each channel. */
function describe(self: StatisticsOf): string {
  const { records, axis, tensor } = self;
  const facts = [
    `${tensor.dtype} ${formatShape(tensor.shape)}`,
    ...(axis === null ? [] : [`axis ${axis}`]),
    `${grouped(records.length)} channel${records.length === 1 ? "" : "s"} × ` +
      `${grouped(self.count)} value${self.count === 1 ? "" : "s"}`,
  ];
  const counted = (
    [
      ["nan", "nanCount"],
      ["inf", "infCount"],
    ] as const
  ).filter(([, name]) => records.some((record) => record[name] > 0));
  const rows = records
    .slice(0, mostChannels)
    .map((record, channel) => [
      String(channel),
      ...columns.map((name) => formatFloat(record[name], ".6g")),
      ...counted.map(([, name]) => String(record[name])),
    ]);
  const heads = ["channel", ...columns, ...counted.map(([head]) => head)];
  return [facts.join(" · "), ...alignedRows(heads, rows, records.length)].join("\n");
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

/** Counts of shape (channels, bins) and edges of shape (channels, bins + 1); by a rule, tuples. */
function histogram({ tensor, axis, bins }: StatisticsOf): { counts: Value; edges: Value } {
  const found = histogramsIn(tensor, axis, bins);
  const together = (rows: readonly Float64Array[], dtype: "int64" | "float64") => {
    if (typeof bins === "string") {
      return new PyTuple(rows.map((row) => fromTensor(tensorFrom(row, [row.length], dtype))));
    }
    const width = dtype === "int64" ? bins : bins + 1;
    const values = rows.flatMap((row) => [...row]);
    return fromTensor(tensorFrom(values, [rows.length, width], dtype));
  };
  return {
    counts: together(
      found.map(({ counts }) => counts),
      "int64",
    ),
    edges: together(
      found.map(({ edges }) => edges),
      "float64",
    ),
  };
}

/** A number of bins or a rule's name. */
function readBins(bins: Value): number | string {
  if (typeof bins === "string") {
    if (isBinRule(bins)) return bins;
    throw pythonError("ValueError", `${repr(bins)} is not a valid estimator for \`bins\``);
  }
  if (typeof bins !== "bigint" && !typeOf(bins).toIndex) {
    throw pythonError(
      "TypeError",
      `\`bins\` must be an integer or a rule's name. Received: ${typeName(bins)}`,
    );
  }
  const count = toCount(bins);
  if (count >= 1) return count;
  throw pythonError("ValueError", "`bins` must be positive, when an integer");
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
    stats: builtin("stats(x, axis=..., layer=None, bins=32)", ({ x, axis, layer, bins }) => {
      if (x instanceof BatchNormalization) return x;
      const tensor = readTensor(session, x!);
      const through = layer === null ? null : readLayer(layer!, "layer");
      const counted = readBins(bins!);
      const kept = () => {
        if (axis !== undefined) return readAxis(axis, tensor);
        if (through) return normalizeAxis(through.axis, tensor.shape.length);
        return defaultAxis(tensor.shape);
      };
      return new StatisticsOf(tensor, kept(), through, counted);
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
