/** @file The sentences about problems in Python files, and the titles of their fixes. */
import * as vscode from "vscode";
import type { Fix, FixTitle, Problem, Sentence } from "../keras/diagnostics/problem.ts";

export function sentenceOf({ sentence, facts }: Problem): string {
  return sentences[sentence](...facts);
}

export function titleOf({ title, facts }: Fix): string {
  return titles[title](...facts);
}

type Say = (...facts: string[]) => string;

const sentences: Readonly<Record<Sentence, Say>> = {
  unknownArgument: (name) => vscode.l10n.t("BatchNormalization has no argument `{0}`.", name),
  misspeltArgument: (name, meant) =>
    vscode.l10n.t("BatchNormalization has no argument `{0}`. Did you mean `{1}`?", name, meant),
  unknownCallArgument: (name) =>
    vscode.l10n.t(
      "`{0}` is passed when the layer is called, as in `layer(x, {0}=…)`, not when it is made.",
      name,
    ),
  repeatedArgument: (name, place) =>
    vscode.l10n.t(
      "`{0}` is given twice: here by name, and by position as argument {1}.",
      name,
      place,
    ),
  tooManyArguments: (most) =>
    vscode.l10n.t("BatchNormalization takes at most {0} positional arguments.", most),
  removedArgument: (name) =>
    vscode.l10n.t("`{0}` was removed in Keras 2; nothing took its place.", name),
  renamedArgument: (name, successor) =>
    vscode.l10n.t("`{0}` was renamed to `{1}` in Keras 2.", name, successor),
  keras2Argument: (name) =>
    vscode.l10n.t("`{0}` is an argument of Keras 2; Keras 3 does not take it.", name),
  numberExpected: (name, value) =>
    vscode.l10n.t("`{0}` must be a number. Received: {1}", name, value),
  integerExpected: (name, value) =>
    vscode.l10n.t("`{0}` must be an integer. Received: {1}", name, value),
  booleanExpected: (name, value) =>
    vscode.l10n.t("`{0}` must be True or False. Received: {1}", name, value),
  stringExpected: (name, value) =>
    vscode.l10n.t("`{0}` must be a string. Received: {1}", name, value),
  objectExpected: (name, value) =>
    vscode.l10n.t("`{0}` must be a name, an object or None. Received: {1}", name, value),
  dictExpected: (name, value) =>
    vscode.l10n.t(
      "`{0}` must be a dictionary with the keys rmax, rmin and dmax. Received: {1}",
      name,
      value,
    ),
  dtypeExpected: (name, value) =>
    vscode.l10n.t(
      "`{0}` must be the name of a dtype, such as 'float32', or of a policy, such as 'mixed_float16'. Received: {1}",
      name,
      value,
    ),
  nameSlash: (value) =>
    vscode.l10n.t("In Keras 3, `name` cannot contain the character `/`. Received: {0}", value),
  axisRange: (value) =>
    vscode.l10n.t(
      "`axis` says which axis holds the channels, not how many there are: Keras finds that by itself. Received: {0}",
      value,
    ),
  axisBatch: () =>
    vscode.l10n.t(
      "Axis 0 is the batch: each sample would get a mean, a variance, a gamma and a beta of its own, and Keras raises a ValueError where the batch size is not fixed.",
    ),
  momentumRange: (name, value) =>
    vscode.l10n.t("`{0}` should be between 0 and 1. Received: {1}", name, value),
  epsilonRange: (value) =>
    vscode.l10n.t(
      "`epsilon` should be positive, or channels of little or no variance become NaN. Received: {0}",
      value,
    ),
  epsilonLarge: (value) =>
    vscode.l10n.t(
      "`epsilon` is added to the variance, which is usually around 1: a value of {0} outweighs it and shrinks the output.",
      value,
    ),
  unknownInitializer: (name, meant) =>
    vscode.l10n.t("Keras has no initializer '{0}'. Did you mean '{1}'?", name, meant),
  unknownRegularizer: (name, meant) =>
    vscode.l10n.t("Keras has no regularizer '{0}'. Did you mean '{1}'?", name, meant),
  unknownConstraint: (name, meant) =>
    vscode.l10n.t("Keras has no constraint '{0}'. Did you mean '{1}'?", name, meant),
  pytorchMomentum: (value, complement) =>
    vscode.l10n.t(
      "Keras's `momentum` is the weight of the old value: with {0} the moving statistics are nearly those of the last batch. PyTorch's {0} is {1} here.",
      value,
      complement,
    ),
  swappedMomentum: (momentum, epsilon) =>
    vscode.l10n.t(
      "The values of `momentum` and `epsilon` seem to be swapped: {0} and {1}.",
      momentum,
      epsilon,
    ),
  axisList: (value) =>
    vscode.l10n.t(
      "Keras 3 takes only one integer as `axis`; Keras 2 also took a list. Received: {0}",
      value,
    ),
  axisAfterChannelsFirst: (layer, value, right) =>
    vscode.l10n.t(
      "The {0} before it puts the channels first, on axis {2}. With `axis={1}`, each position in space gets its own statistics instead of each channel.",
      layer,
      value,
      right,
    ),
  axisAfterChannelsLast: (layer, value, right) =>
    vscode.l10n.t(
      "The {0} before it puts the channels last, on axis {2}. With `axis={1}`, each position in space gets its own statistics instead of each channel.",
      layer,
      value,
      right,
    ),
  biasBefore: (layer) =>
    vscode.l10n.t(
      "The bias of this {0} has no effect: the batch normalization after it subtracts it with the mean.",
      layer,
    ),
  scaleBefore: (layer) =>
    vscode.l10n.t(
      "`gamma` is not needed here: the weights of the {0} after it can do the scaling.",
      layer,
    ),
  trainingMissing: (name) =>
    vscode.l10n.t(
      "`{0}` is called in inference mode in a training step: its batch normalization uses the moving statistics and never updates them. Pass `training=True`.",
      name,
    ),
  trainableAfterCompile: (model) =>
    vscode.l10n.t(
      "`trainable` is set after `{0}.compile()`: Keras does not promise that this has an effect until `compile()` is called again.",
      model,
    ),
  layerUnused: () => vscode.l10n.t("This layer is made but never used."),
  outputUnused: () =>
    vscode.l10n.t("The output of this layer is never used, and the layer is lost with it."),
  madeInCall: () =>
    vscode.l10n.t(
      "A layer that is made in `call` is another one at each call: what it learns, and its moving statistics, are lost. Make it in `__init__` or in `build`.",
    ),
  parenthesesMissing: (name) =>
    vscode.l10n.t("`{0}` is the class. Call it to make a layer: `{0}()`.", name),
  tensorGiven: (name) =>
    vscode.l10n.t(
      "`{0}` is a tensor, but the first argument is `axis`. First make the layer, then call it with the tensor.",
      name,
    ),
  batchSizeOne: () =>
    vscode.l10n.t(
      "With one sample per batch, batch normalization takes mean and variance from that sample alone.",
    ),
  inputBatchSizeOne: () =>
    vscode.l10n.t(
      "This input fixes the batch size at 1, so batch normalization takes mean and variance from a single sample.",
    ),
  maskRank: (mask, inputs, expected) =>
    vscode.l10n.t(
      "The mask has {0} axes and the input {1}: it should have {2}, one less than the input.",
      mask,
      inputs,
      expected,
    ),
  synchronizedBackend: (backend) =>
    vscode.l10n.t(
      "`synchronized=True` needs the TensorFlow backend; this file sets it to {0}.",
      backend,
    ),
  clippingKey: (key) =>
    vscode.l10n.t("`renorm_clipping` has only the keys rmax, rmin and dmax. Received: {0}", key),
  clippingRange: (rmax, rmin) =>
    vscode.l10n.t("`rmax` must not be less than `rmin`. Received: rmax={0}, rmin={1}", rmax, rmin),
  clippingNegative: (dmax) =>
    vscode.l10n.t("`dmax` must not be negative. Received: dmax={0}", dmax),
  clippingWithoutRenorm: () =>
    vscode.l10n.t("`renorm_clipping` has no effect without `renorm=True`."),
  weightsOrder: (order) => vscode.l10n.t("The layer's weights come in this order: {0}.", order),
};

const titles: Readonly<Record<FixTitle, Say>> = {
  replace: (text) => vscode.l10n.t("Change to {0}", text),
  rename: (name) => vscode.l10n.t("Rename to {0}", name),
  remove: (name) => vscode.l10n.t("Remove {0}", name),
  add: (text) => vscode.l10n.t("Add {0}", text),
  complement: (text) => vscode.l10n.t("Convert PyTorch's momentum: {0}", text),
  swap: (first, second) =>
    second === undefined
      ? vscode.l10n.t("Put into the order {0}", first)
      : vscode.l10n.t("Swap {0} and {1}", first, second),
  moveAboveCompile: (model) => vscode.l10n.t("Move above {0}.compile()", model),
  compileAgain: (model) => vscode.l10n.t("Call {0}.compile() again", model),
  callIt: (call) => vscode.l10n.t("Make a layer: {0}", call),
  callOnInput: (name) => vscode.l10n.t("Apply it to {0}", name),
};
