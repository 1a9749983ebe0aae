/** @file For each argument a call that shows it at work. */

import { layerCallsIn } from "../python/calls.ts";
import { SourceFile } from "../python/sourceFile.ts";
import type { ArgumentEntry } from "./documentation.ts";
import type { ConstructorArgumentName } from "./signature.ts";
import { trialCode } from "./trial.ts";

const constructorExamples: Readonly<Record<ConstructorArgumentName, string>> = {
  axis: "axis=1",
  momentum: "momentum=0.9",
  epsilon: "epsilon=1e-5",
  center: "center=False",
  scale: "scale=False",
  beta_initializer: "beta_initializer=keras.initializers.Constant(0.5)",
  gamma_initializer: 'gamma_initializer="zeros"',
  moving_mean_initializer: "moving_mean_initializer=keras.initializers.Constant(5.0)",
  moving_variance_initializer: "moving_variance_initializer=keras.initializers.Constant(4.0)",
  beta_regularizer: "beta_regularizer=keras.regularizers.L2(1e-4)",
  gamma_regularizer: "gamma_regularizer=keras.regularizers.L1(1e-4)",
  beta_constraint: 'beta_constraint="non_neg"',
  gamma_constraint: "gamma_constraint=keras.constraints.MaxNorm(8.0)",
  renorm: "renorm=True",
  renorm_clipping: 'renorm=True, renorm_clipping={"rmin": 1 / 3, "rmax": 3, "dmax": 5}',
  renorm_momentum: "renorm=True, renorm_momentum=0.9",
  synchronized: "synchronized=True",
  name: 'name="bn1"',
  dtype: 'dtype="mixed_float16"',
  trainable: "trainable=False",
};

/** The call as people would write it. */
export function exampleOf(entry: ArgumentEntry): string {
  if (entry.of === "constructor")
    return `layers.BatchNormalization(${constructorExamples[entry.name]})`;
  if (entry.of === "function")
    return "ops.batch_normalization(x, mean, variance, axis=-1, offset=None, scale=None, epsilon=0.001)";
  return {
    inputs: "layers.BatchNormalization()(x, training=True)",
    training: "layers.BatchNormalization()(x, training=False)",
    mask: "layers.BatchNormalization()(x, mask=mask, training=True)",
  }[entry.name];
}

/** The code of a cell that runs the example. */
export function exampleCode(entry: ArgumentEntry): string {
  return trialCode(layerCallsIn(new SourceFile(exampleOf(entry))).at(-1)!, entry.name);
}
