/** @file The pages about problems, in English. */
import type { Pages } from "./pages.ts";

export const pages: Pages = {
  words: {
    severity: "by default",
    severities: {
      error: "an error",
      warning: "a warning",
      information: "an information",
      hint: "a hint",
    },
    wrong: "Found",
    right: "Better",
    fine: "When it is fine",
    show: "See it",
    showText:
      "This cell shows what happens. The light bulb beside the problem opens it in a notebook, under *Show in a cell*.",
    off: "Turn it off",
    offText: `For one line, with a comment on it or on the line above:

\`\`\`python
# bnlab: ignore[{0}]
\`\`\`

Everywhere, in the settings, where it can be given another severity as well:

\`\`\`json
"batchnormLab.diagnostics.severity": { "{0}": "off" }
\`\`\``,
  },
  pages: {
    "unknown-argument": {
      title: "An argument that BatchNormalization does not have",
      text: "No version of Keras takes this argument: making the layer raises an error. Mostly it is a slip of the keys, or another framework's word, such as `eps` for `epsilon`. `training` and `mask` are given when the layer is called, not when it is made.",
      fine: null,
    },
    "repeated-argument": {
      title: "An argument given twice, or too many of them",
      text: "What is given by its place must not be given by its name again; Python raises a `TypeError`. The places are `axis`, `momentum`, `epsilon`, `center`, `scale`, and so on.",
      fine: null,
    },
    "removed-argument": {
      title: "An argument of an earlier Keras",
      text: "`fused`, `virtual_batch_size`, `adjustment`, `weights` and `batch_input_shape` are arguments of Keras 2, which is also what `tf.keras` was up to TensorFlow 2.15. Keras 3 raises an error. It needs no `fused`: backends choose the fast way by themselves. Keras 1 had `mode`, `beta_init` and `gamma_init`.",
      fine: "In code that runs with Keras 2 only. A file that shows that it does, for example by importing `tf_keras`, gets no message. In a file that shows that it needs Keras 3, it is an error.",
    },
    "argument-type": {
      title: "A value of the wrong type",
      text: "`axis` is an integer, `momentum` and `epsilon` are numbers, `center` and `scale` are `True` or `False`, `name` is a string. Keras raises an error for most other values; some it takes without a word, and means something else: the string `'False'` counts as true, and an `axis` of `1.5` is cut to 1.",
      fine: null,
    },
    "argument-range": {
      title: "A value outside its range",
      text: "Keras does not check these. With a `momentum` above 1 the moving statistics run away from the batches' instead of following them; below 0 they overshoot them with every step. With an `epsilon` of 0 a channel without variance gives NaN; with a negative one, every channel whose variance is smaller does. An `axis` that the input does not have raises `ValueError` when the layer is built, and so does axis 0, the batch, whose size is not known then; PyTorch's number of features has no place in Keras, which finds it by itself.",
      fine: "`epsilon=0` where no channel can be without variance, as in a layer that only applies weights from elsewhere.",
    },
    "unknown-object": {
      title: "A name that Keras does not know",
      text: "Initializers, regularizers and constraints can be given by name. This name is not among Keras's, but close to one that is.",
      fine: "Where the name is registered by `keras.saving.register_keras_serializable` or a custom object scope.",
    },
    "pytorch-momentum": {
      title: "Momentum as PyTorch counts it",
      text: "The two frameworks call opposite things `momentum`. In Keras it is the weight of the old value: `moving = momentum · moving + (1 − momentum) · batch`. In PyTorch it is the weight of the new one. PyTorch's default of 0.1 is 0.9 in Keras; its 0.01 is 0.99. Taken over unchanged, the moving statistics are those of the last batch or two, and inference becomes a matter of luck.",
      fine: "Where the moving statistics are meant to follow the last batch. `momentum=0` says so plainly and gets no message.",
    },
    "axis-list": {
      title: "More than one axis",
      text: "Keras 3 takes one integer. A list of axes is a feature of Keras 2, and a list of one axis is the same as the axis.",
      fine: "In code that runs with Keras 2 only.",
    },
    "axis-data-format": {
      title: "An axis that does not hold the convolution's channels",
      text: "A convolution with `data_format='channels_first'` has its channels in axis 1, one with `channels_last` in the last. Batch normalization normalizes `axis`, by default the last. Where they do not agree, each row or column of the image has its own mean, variance, gamma and beta, whatever the channel. It runs, it even trains, and it is not what was meant.",
      fine: "There is no message where the format is not certain: given by a variable, set for the whole program, or read from Keras's configuration.",
    },
    "bias-before-batch-norm": {
      title: "A bias that batch normalization takes away",
      text: "Batch normalization subtracts the mean of each channel. A bias is a constant for each channel, so it goes with the mean; `beta` does its work. `use_bias=False` saves the weights and their gradients.",
      fine: "It does no harm. Weights that were saved with the bias do not fit a layer without it.",
    },
    "scale-before-linear": {
      title: "A gamma that the next layer can do",
      text: "When a dense layer or a convolution follows directly, its weights can multiply each channel by anything, so `gamma` adds nothing that the model could not say without it. Keras's documentation suggests `scale=False` here.",
      fine: "It does no harm, and can change how fast the model learns.",
    },
    "missing-training": {
      title: "A training step in inference mode",
      text: "`fit` calls the model with `training=True`; a loop of your own has to do it itself. Without it, batch normalization uses the moving mean and variance, which are 0 and 1 at first, and never updates them.",
      fine: "Where the batch normalization is to stay as it is, as in fine-tuning. Then `training=False` says so.",
    },
    "trainable-after-compile": {
      title: "Frozen after compile",
      text: "`compile` takes note of what is trainable. Keras's documentation says of a change made afterwards that it has no effect until `compile` is called again. After a first `fit`, the trained function goes on as it was, or, with JAX, raises `ValueError`. A frozen batch normalization also runs in inference mode, so that more depends on it than with other layers.",
      fine: "Before the first `fit`, when Keras 3 and newer TensorFlow still look at it; this is only an information then. Nothing promises that it stays so.",
    },
    "unused-layer": {
      title: "A layer that nobody gets",
      text: "The layer, or its output, is not kept anywhere, or under a name that nothing uses: the model goes on as if the line were not there.",
      fine: "In tests that only look whether the layer can be made. Where they expect an error, there is no message.",
    },
    "missing-parentheses": {
      title: "The class in place of a layer",
      text: "A model takes layers. `BatchNormalization` is the class; `BatchNormalization()` makes a layer.",
      fine: null,
    },
    "tensor-as-argument": {
      title: "A tensor in place of axis",
      text: "Layers are made first and called afterwards: `BatchNormalization()(x)`. In `BatchNormalization(x)` the tensor is taken for `axis`.",
      fine: null,
    },
    "batch-size-one": {
      title: "Batches of one sample",
      text: "The mean and the variance are taken over the batch. With one sample they are the sample's own: after a dense layer every output is `beta`, whatever the input; after a convolution only differences within the image are left. Inference then uses moving statistics that are unlike those of any training step.",
      fine: "For inference. For large images, where one sample has enough positions, or with the layer frozen. `GroupNormalization` and `LayerNormalization` do not depend on the batch.",
    },
    "mask-rank": {
      title: "A mask with the wrong number of axes",
      text: "A mask says for each position, not for each channel, whether it counts: it has one axis less than the input. Keras raises a `ValueError`.",
      fine: null,
    },
    "synchronized-backend": {
      title: "Synchronized without TensorFlow",
      text: "`synchronized=True` takes the statistics over all replicas of a `tf.distribute` strategy. On any other backend Keras raises a `ValueError`.",
      fine: null,
    },
    "renorm-clipping": {
      title: "Clipping that cannot be",
      text: "`renorm_clipping` is a dictionary of `rmax`, `rmin` and `dmax`. Other keys, an `rmax` below `rmin` and a negative `dmax` raise a `ValueError`. Without `renorm=True` it does nothing.",
      fine: null,
    },
    "set-weights-order": {
      title: "Weights in the wrong order",
      text: "`set_weights` takes `gamma`, `beta`, moving mean, moving variance, in this order; without `scale` or `center` their weight is left out. All have the same shape, so nothing complains when two are exchanged. PyTorch's order is the same: weight, bias, running mean, running variance.",
      fine: null,
    },
  },
};
