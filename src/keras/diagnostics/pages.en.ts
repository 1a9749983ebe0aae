/** @file The pages about problems, in English. */
import type { Pages } from "./pages.ts";

export const pages: Pages = {
  words: {
    severity: "by default: ",
    severities: { error: "error", warning: "warning", information: "information", hint: "hint" },
    wrong: "Found",
    right: "Better",
    fine: "When it is fine",
    show: "See it",
    showText:
      "This cell shows what happens. The light bulb beside the problem opens it in a notebook, by *Show in a cell what {0} does*.",
    off: "Turn it off",
    offText: `For one line, by a comment on it or on the line above:

\`\`\`python
# bnlab: ignore[{0}]
\`\`\`

Everywhere, in the settings, which can also give it another severity:

\`\`\`json
"batchnormLab.diagnostics.severity": { "{0}": "off" }
\`\`\``,
  },
  pages: {
    "unknown-argument": {
      title: "An argument that BatchNormalization does not have",
      text: "No version of Keras takes this argument: making the layer raises an error. Most often it is a typing mistake, or another framework's name, such as `eps` for `epsilon`. `training` and `mask` are passed when the layer is called, not when it is made.",
      fine: null,
    },
    "repeated-argument": {
      title: "An argument given twice, or too many of them",
      text: "An argument that is given by position must not be given again by name; Python raises a `TypeError`. The positions are `axis`, `momentum`, `epsilon`, `center`, `scale`, and so on.",
      fine: null,
    },
    "removed-argument": {
      title: "An argument of an earlier Keras",
      text: "`fused`, `virtual_batch_size`, `adjustment`, `weights` and `batch_input_shape` are arguments of Keras 2, which is also what `tf.keras` was up to TensorFlow 2.15. Keras 3 raises an error for them. It does not need `fused`: the backends choose the fast way by themselves. Keras 1 had `mode`, `beta_init` and `gamma_init`.",
      fine: "In code that runs with Keras 2 only. A file that shows this, for example by importing `tf_keras`, gets no message. In a file that shows that it needs Keras 3, it is an error.",
    },
    "argument-type": {
      title: "A value of the wrong type",
      text: "`axis` is an integer, `momentum` and `epsilon` are numbers, `center` and `scale` are `True` or `False`, `name` is a string. Keras raises an error for most other values; some it silently takes for something else: the string `'False'` counts as true, and an `axis` of `1.5` is cut to 1.",
      fine: null,
    },
    "argument-range": {
      title: "A value outside its range",
      text: "Keras does not check `momentum` and `epsilon`. With a `momentum` above 1 the moving statistics run away from those of the batches instead of following them; below 0 they overshoot them at every step. With an `epsilon` of 0 a channel without variance gives NaN; with a negative one, every channel does whose variance is below −epsilon. An `epsilon` above 1 no longer only guards the division: it shrinks the output, and `1e5` is mostly a slip for `1e-5`. An `axis` that the input does not have raises an `IndexError` when the layer is built; axis 0, the batch, a `ValueError` where its size is not known. PyTorch's first argument, the number of features, has no counterpart: Keras finds it by itself.",
      fine: "`epsilon=0` where no channel can be without variance, as in a layer that only applies statistics from elsewhere.",
    },
    "unknown-object": {
      title: "A name that Keras does not know",
      text: "Initializers, regularizers and constraints can be given by name. This name is not one of Keras's, but close to one of them.",
      fine: "Where the name is registered, by `keras.saving.register_keras_serializable` or in a custom object scope.",
    },
    "pytorch-momentum": {
      title: "Momentum as PyTorch counts it",
      text: "The two frameworks mean opposite things by `momentum`. In Keras it is the weight of the old value: `moving = momentum · moving + (1 − momentum) · batch`. In PyTorch it is the weight of the new one. PyTorch's default of 0.1 is 0.9 in Keras; its 0.01 is 0.99. Taken over unchanged, PyTorch's value makes the moving statistics those of the last batch or two, and inference becomes a matter of luck.",
      fine: "Where the moving statistics are meant to follow the last batch. `momentum=0` says so plainly and gets no message.",
    },
    "axis-list": {
      title: "More than one axis",
      text: "Keras 3 takes one integer and raises a `TypeError` for a list. Several axes at once are a feature of Keras 2; a list of one axis means the same as that axis alone.",
      fine: "In code that runs with Keras 2 only.",
    },
    "axis-data-format": {
      title: "An axis that does not hold the convolution's channels",
      text: "A convolution with `data_format='channels_first'` has its channels in axis 1, one with `channels_last` in the last. Batch normalization normalizes `axis`, by default the last. Where the two do not agree, each row or column of the image gets its own mean, variance, gamma and beta, whatever the channel. This runs, and even trains, but it is not what was meant.",
      fine: "Where you do want statistics per row or column. There is no message where the format is not certain: given by a variable, set for the whole program, or read from Keras's configuration.",
    },
    "bias-before-batch-norm": {
      title: "A bias that batch normalization cancels",
      text: "Batch normalization subtracts the mean of each channel. A bias adds a constant to each channel, so it is subtracted with the mean; `beta` does its work. `use_bias=False` saves its weights and their gradients.",
      fine: "The bias does no harm. And weights that were saved with it do not fit a layer without it: keep it where you load such weights.",
    },
    "scale-before-linear": {
      title: "A gamma that the next layer can replace",
      text: "When a dense layer or a convolution follows directly, its weights can multiply each channel by anything, so `gamma` lets the model express nothing more. Keras's documentation suggests `scale=False` here.",
      fine: "`gamma` does no harm, and can change how fast the model learns.",
    },
    "missing-training": {
      title: "A training step in inference mode",
      text: "`fit` calls the model with `training=True`; a loop of your own has to do the same. Without it, batch normalization uses the moving mean and variance, which are 0 and 1 at first, and never updates them. A model's own `call` has to take `training`, too; Keras passes it on to the layers by itself.",
      fine: "Where the batch normalization is to stay as it is, as in fine-tuning. Then say so by `training=False`.",
    },
    "trainable-after-compile": {
      title: "Frozen after compile",
      text: "`compile` takes note of what is trainable. According to Keras's documentation, a later change has no effect until `compile` is called again. After a first `fit`, the compiled training function goes on as before or, with JAX, raises a `ValueError`. As a frozen batch normalization also runs in inference mode, more depends on this than with other layers.",
      fine: "Before the first `fit`, Keras 3 and newer TensorFlow still take the change into account, so there it is only an information message. Nothing promises that this stays so.",
    },
    "unused-layer": {
      title: "A layer that is never used",
      text: "The layer, or its output, is not kept at all, or only under a name that nothing uses: the model goes on as if the line were not there. A layer that is made in the `call` of a layer or a model is lost as well: each call makes another one.",
      fine: "In tests that only check that the layer can be made. Where they expect an error, there is no message.",
    },
    "missing-parentheses": {
      title: "The class in place of a layer",
      text: "A model takes layers. `BatchNormalization` is the class; `BatchNormalization()` makes a layer.",
      fine: null,
    },
    "tensor-as-argument": {
      title: "A tensor in place of axis",
      text: "A layer is first made and then called: `BatchNormalization()(x)`. In `BatchNormalization(x)` the tensor is taken for `axis`, which raises an error.",
      fine: null,
    },
    "batch-size-one": {
      title: "Batches of one sample",
      text: "The mean and the variance are taken over the batch. With one sample they are the sample's own: after a dense layer every output is `beta`, whatever the input; after a convolution only differences within the image are left. Inference then uses moving statistics that differ from those of every training step.",
      fine: "For inference; for large images, where one sample has enough positions; or with the layer frozen. `GroupNormalization` and `LayerNormalization` do not depend on the batch.",
    },
    "mask-rank": {
      title: "A mask with the wrong number of axes",
      text: "A mask says for each position, not for each channel, whether it counts: it has one axis less than the input. Keras raises a `ValueError`.",
      fine: null,
    },
    "synchronized-backend": {
      title: "`synchronized` without TensorFlow",
      text: "`synchronized=True` takes the statistics over all replicas of a `tf.distribute` strategy. On any other backend Keras raises a `ValueError`.",
      fine: null,
    },
    "renorm-clipping": {
      title: "Impossible bounds in `renorm_clipping`",
      text: "`renorm_clipping` is a dictionary with the keys `rmax`, `rmin` and `dmax`, any of which may be missing. Other keys, an `rmax` below `rmin` and a negative `dmax` raise a `ValueError`. Without `renorm=True` it does nothing.",
      fine: null,
    },
    "set-weights-order": {
      title: "Weights in the wrong order",
      text: "`set_weights` takes `gamma`, `beta`, moving mean and moving variance, in this order; with `scale=False` there is no `gamma` in it, with `center=False` no `beta`. All have the same shape, so nothing complains when two are swapped. PyTorch's order is the same: weight, bias, running mean, running variance.",
      fine: null,
    },
  },
};
