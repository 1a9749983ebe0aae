/** @file What values mean, in English. Numbers come formatted; code stands in backticks. */

const affected: Readonly<Record<string, string>> = {
  beta: "offset `beta`",
  gamma: "scale `gamma`",
  moving_mean: "moving mean",
  moving_variance: "moving variance",
};

export const valueWords = {
  affected: (weight: string) => affected[weight] ?? weight,
  batch: "batch",
  and: (items: readonly string[]) =>
    items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`,
  axisKeeps: (axis: string, channels: string, averaged: string, product: string, count: string) =>
    `Keeps axis ${axis}, the ${channels} channels; averages over ${averaged}: ${product}${count} values each.`,
  axisKeepsUnknown: (axis: string, averaged: string, product: string) =>
    `Keeps axis ${axis}, whose length the code does not tell; averages over ${averaged}: ${product} values each.`,
  axisNames: (axes: readonly string[]): string => (axes.length === 1 ? "axis " : "axes "),
  noAxes: "no axis at all, so every value is its own mean",
  axisOutside: (axis: string, shape: string) =>
    `There is no axis ${axis} in shape ${shape}: an \`IndexError\` when the layer is called.`,
  axisLast:
    "The last axis holds the channels: of `(batch, height, width, channels)` it keeps `channels` and averages over the rest.",
  axisFirst:
    "Channels first: of `(batch, channels, height, width)` it keeps `channels` and averages over the rest. `(batch, features)` and `(batch, time, features)` have their channels last: `axis=-1`.",
  axisZero:
    "Keeps the batch axis: every sample is normalized by itself, and later batches must have the same size. This is rarely meant.",
  axisOther: (axis: string) =>
    `Keeps axis ${axis} and averages over all others; the input needs that many axes.`,
  axisList: "Keras 3 takes one integer: a list, as Keras 2 took, is a `TypeError`.",
  axisCut: (axis: string) => `Cut to the integer ${axis}.`,
  momentum: (kept: string, taken: string, half: string, most: string) =>
    `Each step keeps ${kept} of the moving statistics and takes ${taken} of the batch's: half of the way after ${half}, 95 % after ${most}.`,
  renormMomentum: (kept: string, taken: string, half: string, most: string) =>
    `Each step keeps ${kept} of the statistics behind r and d and takes ${taken} of the batch's: half of the way after ${half}, 95 % after ${most}.`,
  steps: (count: string) => (count === "1" ? "1 step" : `${count} steps`),
  momentumZero: "Keeps nothing: the moving statistics are those of the last batch alone.",
  momentumOne: "Never moves: inference uses the initial mean and variance, whatever was trained.",
  momentumOutside:
    "Outside 0 to 1, where an average makes no sense: the moving statistics swing or grow without bound.",
  momentumFromTorch: (meant: string) =>
    `So small a value often comes from PyTorch, where it weighs the new batch: then \`momentum=${meant}\` is meant.`,
  inTorch: (value: string) => `In PyTorch: \`momentum=${value}\`.`,
  epsilon: (visible: string, root: string) =>
    `Matters for channels with a standard deviation below about ${visible}: there the output shrinks by more than 1 %; at ${root} (√epsilon) to 71 %.`,
  epsilonZero: "No protection: a channel whose values are all equal becomes 0 / 0, that is NaN.",
  epsilonNegative: (root: string) =>
    `Negative: every channel with a standard deviation below ${root} becomes NaN.`,
  epsilonLarge: "So large that it flattens ordinary channels.",
  betaYes: (count: string) => `Learns ${count}: the output's mean can leave 0.`,
  offsets: (channels: string | null) =>
    channels === null ? "one offset `beta` per channel" : `${channels} offsets \`beta\``,
  betaNo: "No `beta`: the output's mean stays 0 in training. What follows must add its own offset.",
  gammaYes: (count: string) => `Learns ${count}: the output's spread can leave 1.`,
  scales: (channels: string | null) =>
    channels === null ? "one scale `gamma` per channel" : `${channels} scales \`gamma\``,
  gammaNo:
    "No `gamma`: the output's standard deviation stays 1 in training. The next linear layer can scale.",
  withoutEffect: (names: readonly string[]) => `Without effect then: ${names.join(", ")}.`,
  noWeight: (cause: string) => `Without effect here: \`${cause}\` leaves no such weight.`,
  noRenorm: "Without effect here: it needs `renorm=True`.",
  startsAt: (what: string, value: string) => `Each channel's ${what} starts at ${value}.`,
  startsNormal: (what: string, mean: string, stddev: string) =>
    `Each channel's ${what} starts with a draw from a normal distribution of mean ${mean} and standard deviation ${stddev}.`,
  startsTruncated: (what: string, mean: string, stddev: string) =>
    `Each channel's ${what} starts with a draw from a normal distribution of mean ${mean} and standard deviation ${stddev}, none farther out than two of them.`,
  startsUniform: (what: string, from: string, to: string) =>
    `Each channel's ${what} starts with a draw from ${from} to ${to}.`,
  startsScaled: (what: string) =>
    `Each channel's ${what} starts with a draw around 0 that is the smaller the more channels there are. It is made for weight matrices and seldom meant here.`,
  startsDrawn: (what: string, size: string) =>
    `Each channel's ${what} starts with a draw around 0 with a standard deviation of ${size}, from the number of channels. It is made for weight matrices and seldom meant here.`,
  needsMatrix: "Needs a matrix; for a vector it is a `ValueError` when the layer is built.",
  needsArguments: "By name alone it lacks its `value`: write `keras.initializers.Constant(0.5)`.",
  unknownName: (family: string) => `Keras knows no ${family} of this name: a \`ValueError\`.`,
  gammaZeros:
    "The layer first returns `beta` alone: in the last layer of a residual block, the block starts as the identity.",
  betaOnesRelu: "A positive offset lets more values through a ReLU at first.",
  meanNotZero: "Until training has moved it, inference takes this from the input.",
  varianceOnes: (factor: string) =>
    `Inference before training divides by √(1 + epsilon) = ${factor}: the input stays almost as it is.`,
  varianceZeros: (factor: string) =>
    `Inference before training divides by √epsilon: it multiplies its input by ${factor}.`,
  varianceNegative: "A variance below −epsilon has no root: inference before training gives NaN.",
  penaltyL1: (rate: string, weight: string) => `Adds ${rate} · Σ |${weight}| to the loss.`,
  penaltyL2: (rate: string, weight: string) => `Adds ${rate} · Σ ${weight}² to the loss.`,
  penaltyBoth: (l1: string, l2: string, weight: string) =>
    `Adds ${l1} · Σ |${weight}| + ${l2} · Σ ${weight}² to the loss.`,
  penaltyAtStart: (channels: string, penalty: string) =>
    `At first, with ${channels} gammas of 1, that is ${penalty}.`,
  noPenalty: "No penalty.",
  penaltyNothing: "Both of its rates are 0: it adds nothing.",
  nonNegative: (weight: string) => `After each update, negative values of ${weight} become 0.`,
  maximumNorm: (weight: string, value: string) =>
    `After each update, ${weight} as one vector over all channels is scaled down to a norm of at most ${value}.`,
  normRange: (weight: string, from: string, to: string) =>
    `After each update, ${weight} as one vector over all channels is scaled to a norm from ${from} to ${to}.`,
  unitNorm: (weight: string) =>
    `After each update, ${weight} as one vector over all channels is scaled to norm 1.`,
  normAtStart: (channels: string, norm: string, each: string) =>
    `${channels} gammas of 1 have norm ${norm}: the first update makes each about ${each}.`,
  noConstraint: "Nothing bounds it.",
  synchronizedYes:
    "Mean and variance are those of the whole batch over all replicas; TensorFlow backend only.",
  synchronizedNo: "Each replica normalizes by the statistics of its own part of the batch.",
  renormYes:
    "In training, too, the output follows running statistics; gradients still flow through the batch's.",
  renormNo: "Plain batch normalization.",
  clipR: (from: string, to: string) => `r stays between ${from} and ${to}`,
  clipD: (to: string) => `d between −${to} and ${to}`,
  clipRNot: "r is not bounded",
  clipDNot: "d is not bounded",
  clipJoin: ", ",
  stop: ".",
  clipPlain: "This is plain batch normalization.",
  clipNone: "Neither r nor d is bounded.",
  clipKey: (key: string) =>
    `\`${key}\` is no key of it: a \`ValueError\`. There are \`rmin\`, \`rmax\` and \`dmax\`.`,
  clipOrder: "`rmax` is below `rmin`: a `ValueError`.",
  clipNegative: "`dmax` is negative: a `ValueError`.",
  nameWeights: (paths: readonly string[]) => `Its weights are ${paths.join(", ")}.`,
  nameSlash: "A name must not have a `/`: a `ValueError`.",
  nameNone: "Keras makes one: `batch_normalization`, `batch_normalization_1` and so on.",
  dtypeNone: "The global policy's: `float32` unless changed.",
  dtypeFloat32: "Computes in and keeps weights in float32, the default.",
  dtypeFloat64: "Computes in and keeps weights in double precision.",
  dtypeHalf: (name: string) =>
    `Weights, too, have 16 bits: prefer \`mixed_${name}\`. The statistics are computed in float32 all the same.`,
  dtypeMixed: (name: string) =>
    `Takes and returns ${name}, keeps weights in float32 and computes the statistics in float32.`,
  dtypeInteger: (name: string) =>
    `${name} is no floating-point type: weights lose their fractions.`,
  dtypeUnknown: "Keras knows no type of this name.",
  trainableYes: "Training updates it: weights by the optimizer, moving statistics by each step.",
  trainableNo:
    "Frozen: always in inference mode, even with `training=True`; neither weights nor moving statistics change.",
  notBoolean: "Not a boolean: a `ValueError`.",
  trainingYes: "Normalizes by this batch's mean and variance and moves the moving statistics.",
  trainingNo: "Normalizes by the moving statistics, which stay as they are.",
  trainingNone: "Decided by what surrounds the call; in a plain call it is inference.",
  trainingFrozen:
    "Without effect here: the layer was made with `trainable=False` and runs in inference mode.",
  maskNone: "Every position counts, unless the input brings a mask of its own.",
  inputs: (channels: string, count: string) => `${channels} channels × ${count} values.`,
  channelsByValues: (channels: string, count: string) => `${channels} channels × ${count} values`,
  ofShape: (shape: string) => `The input has shape \`${shape}\`.`,
  torchTooltip: (value: string) =>
    `PyTorch counts the other way round: there \`momentum\` weighs the new batch, so \`nn.BatchNorm2d(…, momentum=${value})\` does the same.`,
  nothingAdded: "Nothing is added: as with `center=False`.",
  nothingScaled: "Nothing is multiplied: as with `scale=False`.",
};

export type ValueWords = typeof valueWords;
