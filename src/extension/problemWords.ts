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
      "`{0}` is given when the layer is called, as in `layer(x, {0}=…)`, not when it is made.",
      name,
    ),
  repeatedArgument: (name, place) =>
    vscode.l10n.t("`{0}` is given twice: here and as argument number {1}.", name, place),
  tooManyArguments: (most) =>
    vscode.l10n.t("BatchNormalization takes at most {0} positional arguments.", most),
  removedArgument: (name) =>
    vscode.l10n.t("`{0}` is gone since Keras 2; nothing took its place.", name),
  renamedArgument: (name, successor) =>
    vscode.l10n.t("`{0}` is called `{1}` since Keras 2.", name, successor),
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
  axisRange: (value) =>
    vscode.l10n.t(
      "`axis` is the place of the channels among the axes, not their number, which Keras finds by itself. Received: {0}",
      value,
    ),
  axisBatch: () =>
    vscode.l10n.t(
      "Axis 0 is the batch: each place in it gets a mean, a variance, a gamma and a beta of its own, and Keras raises ValueError where its size is not fixed.",
    ),
  momentumRange: (name, value) =>
    vscode.l10n.t("`{0}` must be between 0 and 1. Received: {1}", name, value),
  epsilonRange: (value) =>
    vscode.l10n.t(
      "`epsilon` must be positive, or a channel without variance divides by zero. Received: {0}",
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
      "`momentum` and `epsilon` seem to have each other's value: {0} and {1}.",
      momentum,
      epsilon,
    ),
  axisList: (value) =>
    vscode.l10n.t("Keras 3 takes one integer as `axis`, Keras 2 a list too. Received: {0}", value),
  axisAfterChannelsFirst: (layer, value, right) =>
    vscode.l10n.t(
      "The {0} before has its channels first, so they are axis {2}. With `axis={1}`, positions in space are normalized instead of channels.",
      layer,
      value,
      right,
    ),
  axisAfterChannelsLast: (layer, value, right) =>
    vscode.l10n.t(
      "The {0} before has its channels last, so they are axis {2}. With `axis={1}`, positions in space are normalized instead of channels.",
      layer,
      value,
      right,
    ),
  biasBefore: (layer) =>
    vscode.l10n.t(
      "The bias of this {0} does nothing: the batch normalization after it takes it away with the mean.",
      layer,
    ),
  scaleBefore: (layer) =>
    vscode.l10n.t("`gamma` is not needed here: the weights of the {0} after it can scale.", layer),
  trainingMissing: (name) =>
    vscode.l10n.t(
      "`{0}` is called in inference mode in a training step: its batch normalization uses the moving statistics and never updates them. Pass `training=True`.",
      name,
    ),
  trainableAfterCompile: (model) =>
    vscode.l10n.t(
      "`trainable` is set after `{0}.compile()`; Keras promises nothing until it is compiled again.",
      model,
    ),
  layerUnused: () => vscode.l10n.t("This layer is made and thrown away."),
  outputUnused: () =>
    vscode.l10n.t("The output of this layer is thrown away, and the layer with it."),
  parenthesesMissing: (name) =>
    vscode.l10n.t("`{0}` is the class. A layer is made by calling it: `{0}()`.", name),
  tensorGiven: (name) =>
    vscode.l10n.t(
      "`{0}` is a tensor, and the first argument is `axis`. First make the layer, then call it with the tensor.",
      name,
    ),
  batchSizeOne: () =>
    vscode.l10n.t(
      "With one sample in a batch, a batch normalization has only this sample to take mean and variance from.",
    ),
  inputBatchSizeOne: () =>
    vscode.l10n.t(
      "This input fixes the batch at one sample, which is then all that a batch normalization takes mean and variance from.",
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
    vscode.l10n.t("`renorm_clipping` knows rmax, rmin and dmax. Received: {0}", key),
  clippingRange: (rmax, rmin) =>
    vscode.l10n.t("`rmax` must not be less than `rmin`. Received: rmax={0}, rmin={1}", rmax, rmin),
  clippingNegative: (dmax) =>
    vscode.l10n.t("`dmax` must not be negative. Received: dmax={0}", dmax),
  clippingWithoutRenorm: () =>
    vscode.l10n.t("`renorm_clipping` does nothing without `renorm=True`."),
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
