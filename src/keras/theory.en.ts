/** @file The theory in English. */
import type { Chapter } from "./theory.ts";

export const theory: readonly Chapter[] = [
  {
    anchor: "theory.steps",
    title: "What it computes",
    blocks: [
      {
        kind: "text",
        prose:
          "Batch normalization treats each channel by itself, in three steps. First it takes the channel's mean and variance over the whole batch of m values:",
      },
      { kind: "formula", lines: ["μ = 1 / m · Σ xᵢ", "σ² = 1 / m · Σ (xᵢ − μ)²"] },
      {
        kind: "text",
        prose: "Then it shifts and scales the channel to mean 0 and standard deviation 1:",
      },
      { kind: "formula", lines: ["x̂ᵢ = (xᵢ − μ) / √(σ² + epsilon)"] },
      {
        kind: "text",
        prose:
          "Last, two learned numbers per channel give it the spread and the offset that serve the network best. With `gamma` = √(σ² + epsilon) and `beta` = μ the layer could even undo itself, so nothing that the network could express before is lost:",
      },
      { kind: "formula", lines: ["yᵢ = gamma · x̂ᵢ + beta"] },
    ],
  },
  {
    anchor: "theory.example",
    title: "A worked example: shape (30, 32, 32, 64)",
    blocks: [
      {
        kind: "text",
        prose:
          "Take 30 images of 32 × 32 pixels with 64 channels, and `axis=-1`. Channel c is one number per pixel and image, so its mean and its variance are taken over 30 · 32 · 32 = 30,720 values:",
      },
      {
        kind: "formula",
        lines: ["μ_c = 1 / (N · H · W) · Σ xₙₕ𝓌_c", "σ²_c = 1 / (N · H · W) · Σ (xₙₕ𝓌_c − μ_c)²"],
      },
      {
        kind: "list",
        items: [
          "There are 64 means and 64 variances: one of each per channel, not one per image.",
          "`gamma` and `beta` have 64 values each, 128 trained parameters in all; `moving_mean` and `moving_variance` add 128 that are not trained.",
          "No channel affects another: shuffling the channels shuffles the result in the same way.",
          "All 30 images share the statistics, so in training the output for one image depends on the others.",
        ],
      },
    ],
  },
  {
    anchor: "theory.modes",
    title: "Training and inference",
    blocks: [
      {
        kind: "text",
        prose:
          "In training the layer uses the statistics of the batch at hand. In inference there may be only one sample, and its result must not depend on what else is in the batch. So the layer keeps moving averages while it trains, and inference uses these:",
      },
      {
        kind: "formula",
        lines: [
          "moving_mean ← momentum · moving_mean + (1 − momentum) · μ",
          "moving_variance ← momentum · moving_variance + (1 − momentum) · σ²",
          "y = gamma · (x − moving_mean) / √(moving_variance + epsilon) + beta",
        ],
      },
      {
        kind: "list",
        items: [
          "`fit()` and `training=True` mean training; `predict()`, `evaluate()` and plain calls mean inference.",
          "After k steps the initial value still has the share momentumᵏ. With 0.99 that is 37 % after 100 steps: after a short training, inference works with averages that are still far from the data.",
          "Inference normalizes well only data like the training data: the averages describe nothing else.",
          "With `trainable=False` the layer is always in inference mode, whatever `training` says.",
        ],
      },
    ],
  },
  {
    anchor: "theory.reasons",
    title: "Why it helps: three reasons, and a caveat",
    blocks: [
      {
        kind: "list",
        items: [
          "Steadier inputs. When early layers learn, the inputs of later ones shift and widen or narrow, and those layers must keep adapting their weights, which makes the training of a deep network slow and unstable. The original paper (Ioffe and Szegedy, 2015) named this internal covariate shift. With mean and variance held fixed, later layers need not follow every such change.",
          "A smoother loss. The loss and its gradients change less abruptly from step to step, so that a gradient predicts better what a step will do, and larger learning rates stay stable.",
          "Steeper, more consistent descent. The scales of the layers no longer multiply through the network: larger weights before the layer leave its output as it is and get a smaller gradient in turn, smaller ones a larger gradient. This guards against gradients that vanish or explode, and lets one learning rate serve all layers better.",
        ],
      },
      {
        kind: "text",
        prose:
          "The caveat: the first reason is no longer thought to be the main one. Santurkar and others (2018) added noise after normalized layers, so that the inputs of the next ones shifted more than without any normalization, and training was still nearly as good; they found that what helps is the smoother loss. Nor does a smooth loss promise the global optimum: it makes progress faster and steadier, no more.",
      },
      {
        kind: "text",
        prose:
          "There is a side effect, too: since the statistics differ from batch to batch, every sample is jittered a little, which regularizes. Very large batches jitter less; very small ones jitter too much to train well.",
      },
    ],
  },
  {
    anchor: "theory.practice",
    title: "In practice",
    blocks: [
      {
        kind: "list",
        items: [
          "Leave the bias out of the layer before it (`use_bias=False`): subtracting the mean cancels it.",
          "The usual order is convolution or dense layer, batch normalization, activation.",
          "With fewer than about 8 samples per device, consider `synchronized=True`, `renorm=True`, or `GroupNormalization`.",
          "In a training loop of your own, pass `training=True`; without it, the moving statistics never move.",
          "When fine-tuning on little data, freeze the layers, then compile the model again.",
          "From PyTorch: `momentum` counts the other way round, `eps` is `1e-5`, channels come first (`axis=1`).",
        ],
      },
    ],
  },
];
