/** @file The documentation in English. */
import type { Documentation } from "./documentation.ts";

const momentsFormula = [
  "μ  = mean of x over all axes but axis",
  "σ² = mean of (x − μ)² over the same axes",
];
const outputFormula = "y = gamma · (x − μ) / √(σ² + epsilon) + beta";

const initializerType =
  "An initializer: a name such as `'zeros'`, a config dict, or an object such as `keras.initializers.Constant(0.5)`";
const initializerRange =
  "Anything that can fill a vector with one value per channel. Initializers for matrices (`'identity'`, `'orthogonal'`) raise an error when the layer is built.";
const regularizerType =
  "A regularizer or `None`: `'l1'`, `'l2'`, `'l1l2'`, a config dict, or an object such as `keras.regularizers.L2(1e-4)`";
const regularizerRange =
  "Any regularizer for a vector; `OrthogonalRegularizer` needs a matrix and raises an error.";
const constraintType =
  "A constraint or `None`: `'non_neg'`, `'max_norm'`, `'min_max_norm'`, `'unit_norm'`, a config dict, or an object";
const constraintRange =
  "Any constraint on a vector. Norms are taken over the whole vector, that is, over all channels.";

const functionFormula = "y = scale · (x − mean) / √(variance + epsilon) + offset";
const functionHistory = "Since Keras 3.0; Keras 2 had `keras.backend.batch_normalization`.";

export const documentation: Documentation = {
  words: {
    argumentOf: "argument of `BatchNormalization`",
    callArgumentOf: "argument of calling a `BatchNormalization` layer",
    functionArgumentOf: "argument of `keras.ops.batch_normalization`",
    type: "Type",
    default: "default",
    required: "required",
    range: "Values",
    whenToChange: "When to change it",
    history: "History",
    elsewhere: "Other frameworks",
    removed: "removed from Keras",
    colon: ": ",
    tryIt: "Try it",
    playground: "Playground",
    reference: "Reference",
    officialPage: "keras.io",
    /** Switches to the other language, in its own words. */
    otherLanguage: "中文",
  },
  layer: {
    summary:
      "Shifts and scales every channel so that over the batch it has mean 0 and standard deviation 1, then applies a learned scale `gamma` and offset `beta`. It works differently in training and in inference.",
    formulas: [
      {
        title: "Training (training=True and trainable=True): the statistics of this batch",
        lines: [
          ...momentsFormula,
          outputFormula,
          "",
          "moving_mean     ← momentum · moving_mean     + (1 − momentum) · μ",
          "moving_variance ← momentum · moving_variance + (1 − momentum) · σ²",
        ],
      },
      {
        title: "Inference: the statistics gathered in training",
        lines: ["y = gamma · (x − moving_mean) / √(moving_variance + epsilon) + beta"],
      },
    ],
    history: [
      "In Keras since 2015; with today's argument names since 2.0. Keras 3.0 removed `fused`, `virtual_batch_size`, `adjustment`, `renorm` and lists as `axis`; `renorm` came back in 3.14.",
      "PyTorch `nn.BatchNorm1d`, `2d` and `3d`; ONNX operator `BatchNormalization`; Flax `nn.BatchNorm`.",
    ],
    notes: [
      "With input of shape (30, 32, 32, 64) there are 64 means and 64 variances, each over 30 · 32 · 32 = 30,720 values.",
      "The variance is the biased one: the sum is divided by n, not by n − 1. The same holds for the moving variance; only the fused kernel of TensorFlow in Keras 2 used n − 1 for it.",
      "Weights: `gamma` and `beta` are trained; `moving_mean` and `moving_variance` are not: each training call updates them.",
      "A frozen layer (`trainable=False`) runs in inference mode, even when called with `training=True`.",
    ],
  },
  functionLayer: {
    summary:
      "Normalizes `x`, channel by channel, by the mean and variance you give it. The layer calls it once it has chosen its statistics; the function keeps none of its own.",
    formulas: [{ title: "Always", lines: [functionFormula] }],
    history: [functionHistory, "PyTorch `torch.nn.functional.batch_norm`, with `training=False`."],
    notes: [
      "For the statistics of a batch, take `mean, variance = keras.ops.moments(x, axes)` over all axes but `axis`.",
    ],
  },
  constructor: {
    axis: {
      summary:
        "The axis that holds the channels. Each position along it gets its own mean, variance, gamma and beta; the statistics are taken over all other axes.",
      type: "Integer",
      range:
        "From `-rank` to `rank - 1`; negative values count from the end. An axis that the input does not have raises an `IndexError` when the layer is built, mostly by its first call. A float is cut to an integer: `1.9` becomes `1`.",
      whenToChange:
        "For channels-first data, such as the output of a `Conv2D` with `data_format='channels_first'`, use `axis=1`.",
      formula: [...momentsFormula, "parameters per weight: x.shape[axis]"],
      notes: [],
      history:
        "Since Keras 0.x. `tf.keras` in Keras 2 also took a list of axes, for joint normalization; it is refused since 3.0.",
      elsewhere: "PyTorch and ONNX always use axis 1; Flax `axis`.",
    },
    momentum: {
      summary:
        "How much of their old value the moving mean and the moving variance keep at each training step. It does not change what the layer returns in training.",
      type: "Float",
      range:
        "Between 0 and 1; not checked. With `0` the moving statistics are always those of the last batch; with `1` they never change.",
      whenToChange:
        "The average reaches back about 1 / (1 − momentum) steps: 100 with the default. Lower it (0.9) for a short training, so that inference does not use statistics that are still close to their initial values; raise it (0.999) for small, noisy batches and a long training.",
      formula: [
        "moving_mean     ← momentum · moving_mean     + (1 − momentum) · μ",
        "moving_variance ← momentum · moving_variance + (1 − momentum) · σ²",
      ],
      notes: [
        "PyTorch's `momentum` is the weight of the new value, so `momentum=0.99` here is `momentum=0.01` there.",
      ],
      history: "Since Keras 0.x. The default was 0.9 at first and became 0.99 in Keras 1.",
      elsewhere:
        "PyTorch `momentum` = 1 − this, default 0.1; ONNX and Flax `momentum`, counted as here, default 0.9 and 0.99.",
    },
    epsilon: {
      summary:
        "A small number added to the variance, inside the square root, so that a channel with almost no variance does not divide by zero.",
      type: "Float",
      range:
        "Small and positive; not checked. With `0` a constant channel gives NaN; with a negative value every channel does whose variance is below −epsilon.",
      whenToChange:
        "To load weights from a framework with another value (PyTorch and ONNX use `1e-5`), or when channels have variances near or below 0.001: there it visibly shrinks the output, whose standard deviation is √(σ² / (σ² + epsilon)).",
      formula: [outputFormula],
      notes: [],
      history:
        "Since Keras 0.x. The default was 1e-6 at first, then 1e-5; it is 0.001 since late Keras 1.",
      elsewhere: "PyTorch `eps`, ONNX and Flax `epsilon`; `1e-5` by default in all three.",
    },
    center: {
      summary: "Whether a learned offset `beta` is added to each channel.",
      type: "Boolean",
      range:
        "With `False` there is no weight `beta`, and its initializer, regularizer and constraint do nothing.",
      whenToChange:
        "Set it to `False` when what follows adds its own offset. Usually keep it, and give the layer before it `use_bias=False` instead: subtracting the mean cancels that bias.",
      formula: [outputFormula, "center=False:  y = gamma · (x − μ) / √(σ² + epsilon)"],
      notes: [],
      history: "Since Keras 2.0.",
      elsewhere:
        "PyTorch `affine`, for both at once; Flax `use_bias`; ONNX always has the input `B`.",
    },
    scale: {
      summary: "Whether each channel is multiplied by a learned factor `gamma`.",
      type: "Boolean",
      range:
        "With `False` there is no weight `gamma`, and its initializer, regularizer and constraint do nothing.",
      whenToChange:
        "Set it to `False` when the next layer is linear, or a ReLU followed by one: its weights can do the scaling.",
      formula: [outputFormula, "scale=False:  y = (x − μ) / √(σ² + epsilon) + beta"],
      notes: [],
      history: "Since Keras 2.0.",
      elsewhere:
        "PyTorch `affine`, for both at once; Flax `use_scale`; ONNX always has the input `scale`.",
    },
    beta_initializer: {
      summary: "What the offset `beta` of each channel starts with.",
      type: initializerType,
      range: initializerRange,
      whenToChange:
        "Rarely: to start from known offsets, for instance a positive one before a ReLU.",
      formula: [outputFormula, "beta = beta_initializer((channels,))"],
      notes: ["Without effect when `center=False`."],
      history: "Since Keras 2.0; `beta_init` in Keras 1.",
      elsewhere: "PyTorch: fill `bias` by `torch.nn.init`; Flax `bias_init`; ONNX input `B`.",
    },
    gamma_initializer: {
      summary: "What the scale `gamma` of each channel starts with.",
      type: initializerType,
      range: initializerRange,
      whenToChange:
        "Use `'zeros'` in the last BatchNormalization of a residual block: the block then starts as the identity, which makes deep networks easier to train.",
      formula: [outputFormula, "gamma = gamma_initializer((channels,))"],
      notes: ["Without effect when `scale=False`."],
      history: "Since Keras 2.0; `gamma_init` in Keras 1.",
      elsewhere:
        "PyTorch: fill `weight` by `torch.nn.init`; Flax `scale_init`; ONNX input `scale`.",
    },
    moving_mean_initializer: {
      summary: "What the moving mean of each channel starts with, before any training step.",
      type: initializerType,
      range: initializerRange,
      whenToChange:
        "When inference before training, or early in it, should use known means. After k steps the initial value still has the share momentumᵏ: with the default, 37 % after 100 steps.",
      formula: [
        "moving_mean after k steps = momentumᵏ · initial + (1 − momentum) · Σ momentumᵏ⁻ⁱ · μᵢ",
      ],
      notes: [],
      history: "Since Keras 2.0.",
      elsewhere:
        "PyTorch buffer `running_mean`, which starts at 0; ONNX input `input_mean`; Flax `batch_stats['mean']`.",
    },
    moving_variance_initializer: {
      summary: "What the moving variance of each channel starts with, before any training step.",
      type: initializerType,
      range: `${initializerRange} Negative values make no sense: the root of the variance is taken.`,
      whenToChange:
        "When inference before training, or early in it, should use known variances. With `'zeros'`, inference before training divides by √epsilon and multiplies its input by about 32.",
      formula: [
        "moving_variance after k steps = momentumᵏ · initial + (1 − momentum) · Σ momentumᵏ⁻ⁱ · σ²ᵢ",
      ],
      notes: ["With `renorm=True` the moving standard deviation starts with its square root."],
      history: "Since Keras 2.0.",
      elsewhere:
        "PyTorch buffer `running_var`, which starts at 1 and averages variances divided by n − 1; ONNX input `input_var`; Flax `batch_stats['var']`.",
    },
    beta_regularizer: {
      summary: "A penalty on `beta` that is added to the loss.",
      type: regularizerType,
      range: regularizerRange,
      whenToChange: "To keep offsets small. `beta` is usually left out of weight decay.",
      formula: [
        "loss ← loss + beta_regularizer(beta)",
        "L2(λ):  λ · Σ beta²      L1(λ):  λ · Σ |beta|",
      ],
      notes: ["A frozen layer and a layer with `center=False` add no penalty."],
      history: "Since Keras 1.1.",
      elsewhere: "PyTorch `weight_decay` of the optimizer, L2 only; Optax `add_decayed_weights`.",
    },
    gamma_regularizer: {
      summary: "A penalty on `gamma` that is added to the loss.",
      type: regularizerType,
      range: regularizerRange,
      whenToChange:
        "L1 drives the scale of unimportant channels to 0, after which they can be pruned (network slimming).",
      formula: [
        "loss ← loss + gamma_regularizer(gamma)",
        "L2(λ):  λ · Σ gamma²      L1(λ):  λ · Σ |gamma|",
      ],
      notes: ["A frozen layer and a layer with `scale=False` add no penalty."],
      history: "Since Keras 1.1.",
      elsewhere: "PyTorch `weight_decay` of the optimizer, L2 only; Optax `add_decayed_weights`.",
    },
    beta_constraint: {
      summary: "A projection of `beta` that the optimizer applies after each of its updates.",
      type: constraintType,
      range: constraintRange,
      whenToChange: "When offsets must stay within bounds, for instance not negative.",
      formula: ["beta ← beta_constraint(beta − update)"],
      notes: ["Calling the layer does not apply it."],
      history: "Since Keras 2.0.",
      elsewhere: "None in PyTorch, ONNX and Flax: change `bias` after the step.",
    },
    gamma_constraint: {
      summary: "A projection of `gamma` that the optimizer applies after each of its updates.",
      type: constraintType,
      range: constraintRange,
      whenToChange:
        "To bound how much a layer can amplify, or with `'non_neg'` to keep it from flipping signs.",
      formula: ["gamma ← gamma_constraint(gamma − update)"],
      notes: ["Calling the layer does not apply it."],
      history: "Since Keras 2.0.",
      elsewhere: "None in PyTorch, ONNX and Flax: change `weight` (Flax: `scale`) after the step.",
    },
    synchronized: {
      summary:
        "Whether replicas that train in parallel share their statistics: with `True` mean and variance are those of the global batch, with `False` each replica uses its own part of it.",
      type: "Boolean",
      range:
        "`True` works with Keras's TensorFlow backend only; other backends raise a `ValueError`.",
      whenToChange:
        "When a large model leaves only a few samples per device, whose own statistics would be noisy.",
      formula: [
        "n = Σ nᵣ      μ = Σ nᵣ · μᵣ / n",
        "σ² = Σ nᵣ · (σ²ᵣ + (μᵣ − μ)²) / n      over the replicas r",
      ],
      notes: [],
      history:
        "Since Keras 2.12, in place of `tf.keras.layers.experimental.SyncBatchNormalization`, a layer since TensorFlow 2.2.",
      elsewhere: "PyTorch `nn.SyncBatchNorm`; Flax `axis_name`; none in ONNX.",
    },
    renorm: {
      summary:
        "Batch renormalization (Ioffe, 2017): in training, too, the output is normalized by moving statistics, as far as `renorm_clipping` lets it, while gradients flow through those of the batch.",
      type: "Boolean",
      range:
        "With `True` the layer has three more weights that are not trained: `moving_stddev`, `renorm_mean`, `renorm_stddev`.",
      whenToChange:
        "For small batches, or batches whose samples are not independent, where batch statistics are far from those of inference.",
      formula: [
        "s = max(renorm_stddev, √epsilon)",
        "r = √(σ² + epsilon) / s      d = (μ − renorm_mean) / s",
        "y = gamma · ((x − μ) / √(σ² + epsilon) · r + d) + beta",
        "moving_variance = max(moving_stddev² − epsilon, 0)",
      ],
      notes: ["The gradient treats r and d as constants. Inference is the same as without renorm."],
      history: "In `tf.keras` of TensorFlow 1 and 2; gone in Keras 3.0, back since 3.14.",
      elsewhere: "None in `torch.nn`, ONNX and `flax.linen`.",
    },
    renorm_clipping: {
      summary: "Bounds for the corrections r and d of batch renormalization.",
      type: "Dict with any of the keys `'rmin'`, `'rmax'`, `'dmax'`, or `None`",
      range:
        "`rmax` must not be below `rmin`, `dmax` must not be negative, other keys are refused; each raises a `ValueError`, but only with `renorm=True`. A key that is missing sets no bound.",
      whenToChange:
        "Start with `{'rmin': 1, 'rmax': 1, 'dmax': 0}`, which is plain batch normalization, and widen it during training (the paper goes to rmax = 3, dmax = 5).",
      formula: ["r ← clip(r, rmin, rmax)      d ← clip(d, −dmax, dmax)"],
      notes: ["Without effect when `renorm=False`."],
      history: "In `tf.keras` of TensorFlow 1 and 2; gone in Keras 3.0, back since 3.14.",
      elsewhere: "None in `torch.nn`, ONNX and `flax.linen`.",
    },
    renorm_momentum: {
      summary:
        "How much of the old value the statistics behind r and d, `renorm_mean` and `renorm_stddev`, keep at each training step.",
      type: "Float",
      range: "Between 0 and 1; not checked.",
      whenToChange:
        "Lower it when the statistics drift fast, so that r and d keep up; too low, and they become as noisy as the batch. The statistics for inference have their own `momentum`.",
      formula: [
        "renorm_mean   ← renorm_momentum · renorm_mean   + (1 − renorm_momentum) · μ",
        "renorm_stddev ← renorm_momentum · renorm_stddev + (1 − renorm_momentum) · √(σ² + epsilon)",
      ],
      notes: ["Without effect when `renorm=False`."],
      history: "In `tf.keras` of TensorFlow 1 and 2; gone in Keras 3.0, back since 3.14.",
      elsewhere: "None in `torch.nn`, ONNX and `flax.linen`.",
    },
    name: {
      summary: "The layer's name, which summaries, weight paths and error messages show.",
      type: "String or `None`",
      range:
        "Any text without `/`. With `None` Keras makes one: `batch_normalization`, `batch_normalization_1` and so on.",
      whenToChange:
        "To find the layer again with `model.get_layer(name)`, or to load weights by name. Names within a model must differ.",
      formula: [],
      notes: [],
      history: "An argument of every layer in Keras 1, 2 and 3.",
      elsewhere: "PyTorch: the attribute's name; ONNX node `name`; Flax `name`.",
    },
    dtype: {
      summary: "The types in which the layer computes and in which it keeps its weights.",
      type: "String, `keras.DTypePolicy` or `None`",
      range:
        "A float type such as `'float32'`, or a policy such as `'mixed_float16'`. `None` takes the global policy, `float32` unless changed.",
      whenToChange: "Rarely: under mixed precision the layer does the right thing by itself.",
      formula: ["16-bit x:  y = cast(batch_normalization(cast(x, float32)), dtype of x)"],
      notes: [
        "16-bit input is normalized in float32 and cast back. With `'float64'` only the TensorFlow backend computes in double precision. With a plain `'float16'` the weights, too, have 16 bits, and a moving variance above 65,504 becomes infinite.",
      ],
      history: "An argument of every layer; policies such as `'mixed_float16'` since TensorFlow 2.",
      elsewhere: "PyTorch `dtype`; Flax `dtype` for computing and `param_dtype` for weights.",
    },
    trainable: {
      summary: "Whether training may change the layer. A frozen layer runs in inference mode.",
      type: "Boolean",
      range:
        "`True` or `False`; other values raise a `ValueError`. It can be changed later: `layer.trainable = False`.",
      whenToChange:
        "Freeze it when fine-tuning a pretrained model on little data, so that its statistics are kept. A model that was compiled before must be compiled again for the change to count.",
      formula: [
        "training and trainable:  statistics of the batch, moving statistics updated",
        "otherwise:               moving statistics, unchanged",
      ],
      notes: [],
      history:
        "An argument of every layer. A frozen layer runs in inference mode since TensorFlow 2.0; before, it still used the batch's statistics in training.",
      elsewhere:
        "PyTorch needs both `bn.eval()` and `requires_grad_(False)`; Flax `use_running_average=True`, with its parameters left out of the update.",
    },
  },
  call: {
    inputs: {
      summary: "The tensor to normalize. The output has the same shape.",
      type: "Tensor or array of numbers",
      range:
        "Any rank that has the layer's `axis`. The first call fixes rank and number of channels; a later one with others raises a `ValueError`.",
      whenToChange:
        "Give each call one batch; in training, its samples share their statistics, but not with other calls.",
      formula: [outputFormula],
      notes: [],
      history: "In every version.",
      elsewhere: "PyTorch `input`, ONNX `X`, Flax `x`.",
    },
    training: {
      summary:
        "Whether to use the statistics of this batch and update the moving ones (`True`), or to use the moving ones unchanged (`False`).",
      type: "Boolean or `None`",
      range:
        "With `None` what surrounds the call decides: training within `fit()`, inference in `predict()`, `evaluate()` and plain calls.",
      whenToChange:
        "Pass `training=True` in your own training loops, and `training=False` for a part of a model that must keep its statistics.",
      formula: [
        "True:   y = gamma · (x − μ) / √(σ² + epsilon) + beta",
        "False:  y = gamma · (x − moving_mean) / √(moving_variance + epsilon) + beta",
      ],
      notes: [
        "Without effect on a layer with `trainable=False`, which always runs in inference mode.",
      ],
      history: "Since Keras 2.0; in Keras 1 only the learning phase decided.",
      elsewhere:
        "PyTorch `model.train()` and `model.eval()`; ONNX `training_mode`; Flax `use_running_average`, the opposite.",
    },
    mask: {
      summary:
        "Which positions count for mean and variance in training: those where it is true. All positions are normalized, masked ones too.",
      type: "Tensor of booleans or numbers, or `None`",
      range:
        "One axis less than the input, else a `ValueError`, in inference too. It covers all axes but the last, whatever the layer's `axis` is, and may broadcast. Any nonzero value counts as true.",
      whenToChange:
        "For padded sequences; Keras passes the mask of an `Embedding` or `Masking` layer along by itself.",
      formula: ["μ  = Σ m · x / (Σ m + 1e-7)", "σ² = Σ m · (x − μ)² / (Σ m + 1e-7)"],
      notes: ["When nothing counts, mean and variance are 0."],
      history:
        "Since late versions of Keras 2. Keras 3.0.0 accepted a mask without using it; later versions use it.",
      elsewhere: "Flax `mask`; none in PyTorch and ONNX.",
    },
  },
  function: {
    x: {
      summary: "The tensor to normalize. The output has the same shape.",
      type: "Tensor or array of numbers",
      range: "Any rank that has the axis `axis`.",
      whenToChange: "Pass what is to be normalized.",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm`: `input`; ONNX `X`.",
    },
    mean: {
      summary: "The mean that is subtracted, one value per channel.",
      type: "Vector with the length of `x` along `axis`",
      range: "Usually from `keras.ops.moments(x, axes)`, or a layer's moving mean.",
      whenToChange: "Take the batch's mean in training and the moving mean in inference.",
      formula: [functionFormula],
      notes: ["The function calculates no statistics and keeps none."],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm`: `running_mean`; ONNX `input_mean`.",
    },
    variance: {
      summary: "The variance, one value per channel; its square root is what is divided by.",
      type: "Vector with the length of `x` along `axis`",
      range: "Not negative; a variance, not a standard deviation.",
      whenToChange: "Take it from the same place as `mean`.",
      formula: [functionFormula],
      notes: ["`mean` and `variance` are easily swapped: pass them by name."],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm`: `running_var`; ONNX `input_var`.",
    },
    axis: {
      summary:
        "The axis that holds the channels, along which `mean`, `variance`, `offset` and `scale` have their values.",
      type: "Integer",
      range: "From `-rank` to `rank - 1`; negative values count from the end. It has no default.",
      whenToChange: "`-1` for channels-last data, `1` for channels-first data.",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch and ONNX always use axis 1.",
    },
    offset: {
      summary: "What is added at the end, the layer's `beta`.",
      type: "Vector with the length of `x` along `axis`, or `None`",
      range: "Any numbers; with `None` nothing is added.",
      whenToChange: "When the result should have a mean other than 0.",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm`: `bias`; ONNX `B`.",
    },
    scale: {
      summary: "What the normalized values are multiplied by, the layer's `gamma`.",
      type: "Vector with the length of `x` along `axis`, or `None`",
      range:
        "Any numbers; with `None` nothing is multiplied. Here it is not a boolean, unlike the layer's argument.",
      whenToChange: "When the result should have a standard deviation other than 1.",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm`: `weight`; ONNX `scale`.",
    },
    epsilon: {
      summary:
        "A small number added to the variance, inside the square root, so that a channel with almost no variance does not divide by zero.",
      type: "Float",
      range: "Small and positive; not checked.",
      whenToChange: "Use the value of the layer whose result you want to reproduce.",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm`: `eps`, ONNX `epsilon`; `1e-5` by default in both.",
    },
  },
  removed: {
    fused:
      "Removed in Keras 3.0. It chose TensorFlow's fused kernel, which was faster and made the moving variance slightly larger (n − 1 in place of n). Keras 3 chooses the kernel itself: leave the argument out.",
    virtual_batch_size:
      "Removed in Keras 3.0. It normalized each part of the batch by its own statistics (ghost batch normalization). Instead, call the layer on each part.",
    adjustment:
      "Removed in Keras 3.0. A function that scaled and shifted the normalized values in training, before gamma and beta. Write it as a layer after this one.",
    mode: "Removed in Keras 2.0. It chose between normalization by feature (0), by sample (1), and by feature with the batch's statistics even in inference (2). Now there is `LayerNormalization` for the second, and `training=True` comes close to the third.",
    beta_init: "Named `beta_initializer` since Keras 2.0.",
    gamma_init: "Named `gamma_initializer` since Keras 2.0.",
  },
};
