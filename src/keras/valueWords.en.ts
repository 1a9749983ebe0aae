/** @file What values mean, in English. Numbers come formatted; code stands in backticks. */

const affected: Readonly<Record<string, string>> = {
  beta: "offset `beta`",
  gamma: "scale `gamma`",
  moving_mean: "moving mean",
  moving_variance: "moving variance",
};

const batch = "batch";

function axesText(axes: readonly string[]): string {
  return `${axes.length === 1 ? "axis" : "axes"} ${axes.length === 1 ? axes[0] : `${axes.slice(0, -1).join(", ")} and ${axes.at(-1)}`}`;
}

/** `30,720 values`, or what it comes to where a batch of open size is all that there is. */
function valuesText(count: string): string {
  if (count === batch) return "1 value per sample";
  return count === "1" ? "1 value" : `${count} values`;
}

function perChannel(count: string): string {
  return count === batch ? valuesText(count) : `${valuesText(count)} per channel`;
}

function stepsText(count: string): string {
  return count === "1" ? "1 step" : `${count} steps`;
}

export const valueWords = {
  affected: (weight: string) => affected[weight] ?? weight,
  batch,
  stop: ".",
  axisKeeps: (axis: string, channels: string, averaged: readonly string[], count: string) =>
    `Keeps axis ${axis}, ${channels === "1" ? "a single channel" : `the ${channels} channels`}, and averages over ${axesText(averaged)}: ${perChannel(count)}.`,
  axisKeepsUnknown: (axis: string, averaged: readonly string[], count: string) =>
    `Keeps axis ${axis}, whose length the code does not tell, and averages over ${axesText(averaged)}: ${perChannel(count)}.`,
  axisAlone: (axis: string) =>
    `Keeps axis ${axis}, the only one: in training every value is its own mean, so that only \`beta\` comes out.`,
  axisOutside: (axis: string, shape: string) =>
    `There is no axis ${axis} in shape ${shape}: the call raises an \`IndexError\`.`,
  axisLast:
    "The last axis holds the channels: of `(batch, height, width, channels)` it keeps `channels` and averages over the rest.",
  axisFirst:
    "Channels first: of `(batch, channels, height, width)` it keeps `channels` and averages over the rest. `(batch, features)` and `(batch, time, features)` have their channels last: `axis=-1`.",
  axisThird:
    "Of `(batch, height, width, channels)` it keeps `channels` and averages over the rest, as `axis=-1` does; the input needs at least 4 axes.",
  axisZero:
    "Keeps the batch axis: every sample is normalized by itself, and all batches must have the same size. This is rarely what is meant.",
  axisOther: (axis: string, rank: string) =>
    `Keeps axis ${axis} and averages over all others; the input needs at least ${rank} axes.`,
  axisList: "Keras 3 takes one integer: a list, which Keras 2 took, raises a `TypeError`.",
  axisCut: (axis: string) => `It is cut to the integer ${axis}.`,
  functionAxis: (axis: number, channels: string | null) =>
    channels === null
      ? `${axis === -1 ? "The last axis" : `Axis ${axis}`} holds the channels: \`mean\` and \`variance\` have one value for each.`
      : `Axis ${axis} holds ${channels === "1" ? "a single channel" : `the ${channels} channels`}: \`mean\` and \`variance\` have ${channels === "1" ? "1 value" : `${channels} values`} each.`,
  momentum: (kept: string, taken: string, way: string) =>
    `Each step keeps ${kept} of the moving statistics and takes ${taken} of the batch's: ${way}.`,
  renormMomentum: (kept: string, taken: string, way: string) =>
    `Each step keeps ${kept} of the statistics behind r and d and takes ${taken} of the batch's: ${way}.`,
  way: (half: string, most: string) =>
    half === most
      ? `95 % of the way after ${stepsText(most)}`
      : `half of the way after ${stepsText(half)}, 95 % after ${stepsText(most)}`,
  momentumZero: "Keeps nothing: the moving statistics are always those of the last batch.",
  momentumOne:
    "Never moves: training leaves the moving statistics as they are, and inference uses the initial mean and variance, or those that were loaded.",
  momentumOutside:
    "Outside 0 to 1, where it is no average: the moving statistics overshoot the batch's or run away from them.",
  renormMomentumZero: "Keeps nothing: r and d compare each batch with the one before it.",
  renormMomentumOne:
    "Never moves: r and d compare every batch with the initial mean and standard deviation.",
  renormMomentumOutside:
    "Outside 0 to 1, where it is no average: the statistics behind r and d overshoot the batch's or run away from them.",
  momentumFromTorch: (given: string, meant: string) =>
    `So small a value often comes from PyTorch, which counts the other way round: its \`momentum=${given}\` is \`momentum=${meant}\` here.`,
  inTorch: (value: string) => `In PyTorch: \`momentum=${value}\`.`,
  epsilon: (visible: string, root: string) =>
    `Matters for channels with a standard deviation below about ${visible}, whose output it shrinks by more than 1 %; at ${root} (√epsilon) 71 % of it is left.`,
  epsilonZero: "No protection: a channel whose values are all equal becomes 0 / 0, which is NaN.",
  epsilonNegative: (root: string) =>
    `Negative: every channel with a standard deviation below ${root} becomes NaN.`,
  epsilonLarge: "So large that it flattens ordinary channels.",
  betaYes: (count: string) => `Learns ${count}: the output's mean need not stay 0.`,
  offsets: (channels: string | null) =>
    channels === null || channels === "1"
      ? "one offset `beta` per channel"
      : `${channels} offsets \`beta\``,
  betaNo: "No `beta`: the output's mean stays 0 in training. What follows must add its own offset.",
  gammaYes: (count: string) => `Learns ${count}: the output's standard deviation need not stay 1.`,
  scales: (channels: string | null) =>
    channels === null || channels === "1"
      ? "one scale `gamma` per channel"
      : `${channels} scales \`gamma\``,
  gammaNo:
    "No `gamma`: the output's standard deviation stays 1 in training. A linear layer that follows can do the scaling.",
  withoutEffect: (names: readonly string[]) => `This leaves without effect: ${names.join(", ")}.`,
  noWeight: (cause: string) => `Without effect here: with \`${cause}\` there is no such weight.`,
  noRenorm: "Without effect here: it needs `renorm=True`.",
  startsAt: (what: string, value: string) => `Each channel's ${what} starts at ${value}.`,
  startsNormal: (what: string, mean: string, stddev: string) =>
    `Each channel's ${what} starts with a random value from a normal distribution of mean ${mean} and standard deviation ${stddev}.`,
  startsTruncated: (what: string, mean: string, stddev: string) =>
    `Each channel's ${what} starts with a random value from a normal distribution of mean ${mean} and standard deviation ${stddev}, cut off at two standard deviations.`,
  startsUniform: (what: string, from: string, to: string) =>
    `Each channel's ${what} starts with a random value between ${from} and ${to}, all equally likely.`,
  startsScaled: (what: string) =>
    `Each channel's ${what} starts with a random value around 0, the smaller the more channels there are. This is made for weight matrices and rarely meant here.`,
  startsDrawn: (what: string, size: string) =>
    `Each channel's ${what} starts with a random value around 0 with a standard deviation of ${size}, which the number of channels decides. This is made for weight matrices and rarely meant here.`,
  initializerNone:
    "`None` is not the default here: Keras then takes `glorot_uniform`, as for any weight.",
  needsMatrix: (family: string): string =>
    family === "regularizer"
      ? "It needs a matrix; for a vector the penalty raises a `ValueError`."
      : "It needs a matrix; for a vector it raises a `ValueError` when the layer is built.",
  needsArguments:
    "The name alone lacks its `value`, which raises an error: write `keras.initializers.Constant(0.5)`.",
  unknownName: (family: string) =>
    `Keras has no ${family} of this name, which raises a \`ValueError\` unless you register one.`,
  gammaZeros:
    "The layer first returns `beta` alone. In the last normalization of a residual block this makes the block start as the identity.",
  betaOnesRelu: "A positive offset lets more values through a ReLU at first.",
  meanNotZero: "Until training has moved it, inference subtracts this from the input.",
  varianceOnes: (factor: string) =>
    `Inference before training divides by √(1 + epsilon) = ${factor}: the input stays almost as it is.`,
  varianceZeros: (factor: string) =>
    `Inference before training divides by √epsilon: it multiplies its input by ${factor}.`,
  varianceOther: (value: string, factor: string) =>
    `Inference before training divides by √(${value} + epsilon) ≈ ${factor}.`,
  varianceNegative: "A variance below −epsilon has no root: inference before training gives NaN.",
  varianceDrawnNegative:
    "Some of these variances are negative: inference before training gives NaN in their channels.",
  penaltyL1: (rate: string, weight: string) => `Adds ${rate} · Σ |${weight}| to the loss.`,
  penaltyL2: (rate: string, weight: string) => `Adds ${rate} · Σ ${weight}² to the loss.`,
  penaltyBoth: (l1: string, l2: string, weight: string) =>
    `Adds ${l1} · Σ |${weight}| + ${l2} · Σ ${weight}² to the loss.`,
  penaltyAtStart: (channels: string, penalty: string) =>
    channels === "1"
      ? `At first, while gamma is 1, this is ${penalty}.`
      : `At first, while all ${channels} gammas are 1, this is ${penalty}.`,
  noPenalty: "No penalty.",
  penaltyNothing: "Its rates are all 0, so it adds nothing.",
  nonNegative: (weight: string) => `After each update, negative values of ${weight} become 0.`,
  maximumNorm: (weight: string, value: string) =>
    `After each update, ${weight}, one vector over all channels, is scaled down where its norm is above ${value}.`,
  normRange: (weight: string, from: string, to: string) =>
    `After each update, ${weight}, one vector over all channels, is scaled to a norm from ${from} to ${to}.`,
  normRangePart: (weight: string, from: string, to: string, rate: string) =>
    `Each update takes the norm of ${weight}, one vector over all channels, ${rate} of the way into the range from ${from} to ${to}.`,
  unitNorm: (weight: string) =>
    `After each update, ${weight}, one vector over all channels, is scaled to norm 1.`,
  normAtStart: (channels: string, norm: string, each: string) =>
    `${channels} gammas of 1 have norm ${norm}: the first update brings each to about ${each}.`,
  noConstraint: "No constraint: nothing bounds the values.",
  synchronizedYes:
    "Mean and variance are those of the whole batch, over all replicas. TensorFlow backend only.",
  synchronizedNo: "Each replica normalizes by the statistics of its own part of the batch.",
  renormYes:
    "In training, too, the output follows moving statistics, while gradients flow through the batch's.",
  renormNo: "Plain batch normalization.",
  clipR: (from: string | null, to: string | null) => {
    if (from === null) return to === null ? "r is not bounded" : `r stays at most ${to}`;
    if (to === null) return `r stays at least ${from}`;
    return from === to ? `r stays at ${from}` : `r stays between ${from} and ${to}`;
  },
  clipD: (to: string | null) => {
    if (to === null) return "d is not bounded";
    return to === "0" ? "d stays at 0" : `d stays between −${to} and ${to}`;
  },
  clip: (r: string, d: string) => `${r}, ${d}.`,
  clipPlain: "This is plain batch normalization.",
  clipNone: "Neither r nor d is bounded.",
  clipKey: (key: string) =>
    `\`${key}\` is not one of its keys, which raises a \`ValueError\`. They are \`rmin\`, \`rmax\` and \`dmax\`.`,
  clipOrder: "`rmax` is below `rmin`, which raises a `ValueError`.",
  clipNegative: "`dmax` is negative, which raises a `ValueError`.",
  nameWeights: (paths: readonly string[]) => `The paths of its weights end in ${paths.join(", ")}.`,
  nameSlash: "Keras 3 takes no `/` in a name and raises a `ValueError`; Keras 2 took it.",
  nameNone: "Keras makes one: `batch_normalization`, `batch_normalization_1` and so on.",
  dtypeNone: "The global policy decides: `float32` unless changed.",
  dtypeFloat32: "Computes and keeps its weights in float32, as by default.",
  dtypeFloat64:
    "Keeps its weights in double precision; on the TensorFlow backend it also computes in it, on the others in float32.",
  dtypeHalf: (name: string) =>
    `The weights, too, have only 16 bits: prefer \`mixed_${name}\`. The statistics are still computed in float32.`,
  dtypeMixed: (name: string) =>
    `Takes and returns ${name}, but computes and keeps its weights in float32.`,
  dtypeInteger: (name: string) =>
    `${name} is not a floating-point type: weights and output lose their fractions.`,
  dtypeUnknown: "Keras has no type or policy of this name, which raises a `ValueError`.",
  trainableYes:
    "Training changes it: the optimizer updates `gamma` and `beta`, each training call the moving statistics.",
  trainableNo:
    "Frozen: always in inference mode, even with `training=True`; neither weights nor moving statistics change.",
  notBoolean: "Not a boolean, which raises a `ValueError`.",
  trainingYes: "Normalizes by this batch's mean and variance, and updates the moving statistics.",
  trainingNo: "Normalizes by the moving statistics, which stay as they are.",
  trainingNone:
    "What surrounds the call decides: training within `fit()`, inference in a plain call.",
  trainingFrozen:
    "Without effect here: the layer was made with `trainable=False` and runs in inference mode.",
  maskNone: "Every position counts, unless the input brings a mask of its own.",
  channelsByValues: (channels: string, count: string) =>
    `${channels === "1" ? "1 channel" : `${channels} channels`} × ${valuesText(count)}`,
  ofShape: (shape: string) => `The input has shape \`${shape}\`.`,
  torchTooltip: (value: string) =>
    `PyTorch counts the other way round: there \`momentum\` is the weight of the new batch, so \`momentum=${value}\` does the same.`,
  nothingAdded: "Nothing is added: as with `center=False`.",
  nothingScaled: "Nothing is multiplied: as with `scale=False`.",
};

export type ValueWords = typeof valueWords;
