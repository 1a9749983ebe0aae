/**
 * @file `bnlab.frameworks`: where other frameworks' batch normalization parts from Keras's.
 */
import {
  type BatchNormalization,
  channelCount,
  channelLayout,
  type FrameworkConvention,
  type FrameworkStep,
  formatShape,
  frameworkSteps,
  resolveAxis,
  type Tensor,
  tensorFrom,
} from "../../engine/index.ts";
import { fromTensor, type NDArray } from "../../numpy/index.ts";
import type { ViewStrings } from "../../shared/strings.ts";
import { PyDict, PyTuple } from "../containers.ts";
import { attributes } from "../functions.ts";
import { labelled } from "../labelled.ts";
import { registerType } from "../objects.ts";
import { repr } from "../operations.ts";
import { type PlainColumn, plainTable } from "../plainTable.ts";

type Statistic = "movingMean" | "movingVariance" | "inferenceScale";

/**
 * What one training step on a batch makes of a layer's statistics in each framework, the layer's
 * own momentum and epsilon put in that framework's terms.
 */
export class FrameworkComparison {
  /** Keras first. */
  readonly steps: readonly FrameworkStep[];
  readonly heading: string;

  constructor(x: Tensor, layer: BatchNormalization) {
    this.steps = frameworkSteps(layer, x);
    const layout = channelLayout(x.shape, layer.axis);
    this.heading = [
      `${x.dtype} ${formatShape(x.shape)}`,
      `axis ${resolveAxis(x.shape, layer.axis)}`,
      `n = ${channelCount(layout)}`,
      "after one training step",
    ].join(" · ");
  }

  /** One row per channel: Keras's statistics, and how far the others are from them. */
  html(strings: ViewStrings): string {
    const [keras, ...others] = this.steps;
    const columns: PlainColumn[] = [
      ["moving_mean", keras!.movingMean],
      ["moving_variance", keras!.movingVariance],
    ];
    for (const step of others) {
      const { framework } = step.convention;
      columns.push(
        [`Δ moving_mean, ${framework}`, difference(step, keras!, "movingMean")],
        [`Δ moving_variance, ${framework}`, difference(step, keras!, "movingVariance")],
      );
    }
    return plainTable({ lines: [this.heading, ...this.lines()], columns }, strings);
  }

  /** The arguments that mean the same in each framework, and those it has by default. */
  lines(): string[] {
    return this.steps.map(({ convention, ...own }) => {
      const { framework, momentum, epsilon } = convention;
      const used = call(convention, own.momentum, own.epsilon);
      const defaults = call(convention, momentum.default, epsilon.default);
      return `${framework}: ${own.layer}(${used}); defaults: ${defaults}`;
    });
  }
}

function call({ momentum, epsilon }: FrameworkConvention, ...values: [number, number]): string {
  return `${momentum.argument}=${repr(values[0])}, ${epsilon.argument}=${repr(values[1])}`;
}

function difference(step: FrameworkStep, keras: FrameworkStep, name: Statistic): Float64Array {
  return step[name].map((value, c) => value - keras[name][c]!);
}

/** One row per framework, one column per channel. */
function matrix(rows: readonly Float64Array[]): NDArray {
  const values = rows.flatMap((row) => [...row]);
  return fromTensor(tensorFrom(values, [rows.length, rows[0]!.length], "float64"));
}

function statistic({ steps }: FrameworkComparison, name: Statistic): NDArray {
  return matrix(steps.map((step) => step[name]));
}

function differences({ steps }: FrameworkComparison, name: Statistic): NDArray {
  return matrix(steps.map((step) => difference(step, steps[0]!, name)));
}

/** Keyed by framework, then by the name that the framework gives the argument. */
function argumentDicts(
  { steps }: FrameworkComparison,
  values: (step: FrameworkStep) => readonly [momentum: number, epsilon: number],
): PyDict {
  return new PyDict(
    steps.map((step) => {
      const { framework, momentum, epsilon } = step.convention;
      const [first, second] = values(step);
      const named: [string, number][] = [
        [momentum.argument, first],
        [epsilon.argument, second],
      ];
      return [framework, new PyDict(named)] as const;
    }),
  );
}

/** Every statistic by framework, as NumPy prints it; the arguments last. */
function describe(self: FrameworkComparison): string {
  const [keras, ...others] = self.steps;
  const block = (
    name: string,
    steps: readonly FrameworkStep[],
    values: (step: FrameworkStep) => Float64Array,
  ) =>
    labelled(
      name,
      steps.map((step) => [`  ${step.convention.framework}`, vector(values(step))]),
    );
  return [
    self.heading,
    block("moving_mean", self.steps, (step) => step.movingMean),
    block("moving_variance", self.steps, (step) => step.movingVariance),
    block("inference_scale", self.steps, (step) => step.inferenceScale),
    block("mean_difference", others, (step) => difference(step, keras!, "movingMean")),
    block("variance_difference", others, (step) => difference(step, keras!, "movingVariance")),
    ...self.lines(),
  ].join("\n");
}

function vector(values: Float64Array): NDArray {
  return fromTensor(tensorFrom(values, [values.length], "float64"));
}

registerType(FrameworkComparison, {
  name: "FrameworkComparison",
  module: "bnlab",
  repr: describe,
  hash: (self) => self,
  ...attributes<FrameworkComparison>({
    properties: {
      frameworks: (self) => new PyTuple(self.steps.map(({ convention }) => convention.framework)),
      moving_mean: (self) => statistic(self, "movingMean"),
      moving_variance: (self) => statistic(self, "movingVariance"),
      inference_scale: (self) => statistic(self, "inferenceScale"),
      mean_difference: (self) => differences(self, "movingMean"),
      variance_difference: (self) => differences(self, "movingVariance"),
      arguments: (self) => argumentDicts(self, ({ momentum, epsilon }) => [momentum, epsilon]),
      defaults: (self) =>
        argumentDicts(self, ({ convention: { momentum, epsilon } }) => [
          momentum.default,
          epsilon.default,
        ]),
    },
  }),
});
