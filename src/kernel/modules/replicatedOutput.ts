/**
 * @file `bnlab.replicate`: a layer called on replicas that run in threads, and what came of it.
 */
import {
  type BatchNormalization,
  formatShape,
  type ReplicaStatistics,
  type ReplicatedCall,
  resolveAxis,
  type Tensor,
  tensorFrom,
} from "../../engine/index.ts";
import { fromTensor, type NDArray } from "../../numpy/index.ts";
import type { ViewStrings } from "../../shared/strings.ts";
import { pythonError } from "../errors.ts";
import { attributes } from "../functions.ts";
import { checkInterrupt } from "../interrupts.ts";
import { labelled } from "../labelled.ts";
import { registerType } from "../objects.ts";
import { type PlainColumn, plainTable } from "../plainTable.ts";
import type { Session } from "../session.ts";

/** What `bnlab.replicate` gives: the outputs, and each replica's moments beside the global ones. */
export class ReplicatedOutput {
  readonly call: ReplicatedCall;
  readonly axis: number;
  /** The whole batch, in order: one array, however often it is read. */
  readonly outputs: NDArray;

  constructor(call: ReplicatedCall, axis: number) {
    this.call = call;
    this.axis = axis;
    this.outputs = fromTensor(call.output);
  }

  /** One row per channel. */
  html(strings: ViewStrings): string {
    const { global, replicas } = this.call;
    const columns: PlainColumn[] = [
      ["global mean", global.mean],
      ["global variance", global.variance],
    ];
    for (const [replica, { mean, variance }] of replicas.entries()) {
      columns.push([`mean ${replica}`, mean], [`variance ${replica}`, variance]);
    }
    return plainTable({ lines: [heading(this)], columns }, strings);
  }
}

/**
 * Calls a layer with its batch split over replicas.
 * @throws RuntimeError where the program around the kernel has no threads; what the call throws.
 */
export function replicate(
  { host }: Session,
  layer: BatchNormalization,
  x: Tensor,
  options: { readonly replicas: number; readonly training: boolean },
): ReplicatedOutput {
  if (!host.startReplica) {
    throw pythonError(
      "RuntimeError",
      "bnlab.replicate runs each replica in a thread, and the program that runs this kernel " +
        "gives it none",
    );
  }
  const call = layer.callOnReplicas(x, options, {
    start: (task) => host.startReplica!(task),
    poll: checkInterrupt,
  });
  return new ReplicatedOutput(call, resolveAxis(x.shape, layer.axis));
}

const normalizedBy: Readonly<Record<ReplicaStatistics, string>> = {
  global: "synchronized: normalized by the global moments",
  own: "not synchronized: each normalized by its own moments",
  moving: "inference: normalized by the moving statistics",
};

function heading({ call, axis }: ReplicatedOutput): string {
  const { shape, dtype } = call.output;
  const count = call.replicas.length;
  return [
    `${dtype} ${formatShape(shape)}`,
    `axis ${axis}`,
    `${count} replica${count === 1 ? "" : "s"}`,
    normalizedBy[call.statistics],
  ].join(" · ");
}

function vector(values: Float64Array): NDArray {
  return fromTensor(tensorFrom(values, [values.length], "float64"));
}

/** One row per replica, one column per channel. */
function matrix({ call }: ReplicatedOutput, name: "mean" | "variance"): NDArray {
  const rows = call.replicas.map((moments) => moments[name]);
  const values = rows.flatMap((row) => [...row]);
  return fromTensor(tensorFrom(values, [rows.length, rows[0]!.length], "float64"));
}

/** Values of each channel in each replica. */
function counts({ call }: ReplicatedOutput): NDArray {
  const values = call.replicas.map(({ count }) => count[0] ?? 0);
  return fromTensor(tensorFrom(values, [values.length], "int64"));
}

registerType(ReplicatedOutput, {
  name: "ReplicatedOutput",
  module: "bnlab",
  repr: (self) =>
    labelled(heading(self), [
      ["replica_mean", matrix(self, "mean")],
      ["replica_variance", matrix(self, "variance")],
      ["global_mean", vector(self.call.global.mean)],
      ["global_variance", vector(self.call.global.variance)],
      ["counts", counts(self)],
    ]),
  hash: (self) => self,
  ...attributes<ReplicatedOutput>({
    properties: {
      outputs: (self) => self.outputs,
      replica_mean: (self) => matrix(self, "mean"),
      replica_variance: (self) => matrix(self, "variance"),
      global_mean: (self) => vector(self.call.global.mean),
      global_variance: (self) => vector(self.call.global.variance),
      counts,
    },
  }),
});
