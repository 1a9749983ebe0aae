/** @file 理论，简体中文。The theory in Simplified Chinese. */
import type { Chapter } from "./theory.ts";

export const theory: readonly Chapter[] = [
  {
    anchor: "theory.steps",
    title: "它计算什么",
    blocks: [
      {
        kind: "text",
        prose: "批归一化对每个通道单独处理，分三步。首先，在整个批次上求该通道的均值和方差：",
      },
      { kind: "formula", lines: ["μ = 1 / m · Σ xᵢ", "σ² = 1 / m · Σ (xᵢ − μ)²"] },
      { kind: "text", prose: "然后，把该通道平移、缩放为均值 0、标准差 1：" },
      { kind: "formula", lines: ["x̂ᵢ = (xᵢ − μ) / √(σ² + epsilon)"] },
      {
        kind: "text",
        prose:
          "最后，每个通道用两个可学习的数，变成网络所需要的离散程度和偏移。取 `gamma` = √(σ² + epsilon)、`beta` = μ 时，这一层甚至可以抵消自身，所以网络原来能表达的东西一点也没有损失：",
      },
      { kind: "formula", lines: ["yᵢ = gamma · x̂ᵢ + beta"] },
    ],
  },
  {
    anchor: "theory.example",
    title: "一个算例：形状 (30, 32, 32, 64)",
    blocks: [
      {
        kind: "text",
        prose:
          "取 30 张 32 × 32 像素、64 个通道的图像，`axis=-1`。通道 c 在每张图像的每个像素上有一个数，所以它的均值和方差由 30 · 32 · 32 = 30,720 个数求得：",
      },
      {
        kind: "formula",
        lines: ["μ_c = 1 / (N · H · W) · Σ xₙₕ𝓌_c", "σ²_c = 1 / (N · H · W) · Σ (xₙₕ𝓌_c − μ_c)²"],
      },
      {
        kind: "list",
        items: [
          "共有 64 个均值和 64 个方差，每个通道各一个，而不是每张图像一个。",
          "`gamma` 和 `beta` 各有 64 个值，共 128 个可训练参数；`moving_mean` 和 `moving_variance` 另有 128 个，不参与训练。",
          "通道之间互不影响：打乱通道的顺序，结果也以同样的方式打乱。",
          "30 张图像共用同样的统计量，因此训练时一张图像的输出会受其他图像影响。",
        ],
      },
    ],
  },
  {
    anchor: "theory.modes",
    title: "训练与推理",
    blocks: [
      {
        kind: "text",
        prose:
          "训练时，层使用当前批次的统计量。推理时可能根本没有批次，而且一个样本的结果不应取决于同时还有谁。因此，层在训练中维护滑动平均，推理时使用它们：",
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
          "`fit()` 和 `training=True` 表示训练；`predict()`、`evaluate()` 和直接调用表示推理。",
          "k 步之后，初始值仍占 momentumᵏ。取 0.99 时，100 步之后还占 37 %：训练步数太少，推理用的就是没填满的平均值。",
          "只有数据与训练数据相似，推理才正确：移动平均描述的只是训练数据。",
          "`trainable=False` 时，无论 `training` 是什么，层始终以推理模式运行。",
        ],
      },
    ],
  },
  {
    anchor: "theory.reasons",
    title: "为什么有用：三个原因，以及一点保留",
    blocks: [
      {
        kind: "list",
        items: [
          "输入更稳定。前面的层在学习时，后面的层的输入会平移、会变宽变窄：最初的论文（Ioffe 和 Szegedy，2015）称之为内部协变量偏移。均值和方差固定之后，后面的层不必再追随每一次这样的变化。",
          "损失更平滑。损失和梯度在步与步之间的变化不再那么突然，梯度能更好地预示一步的效果，较大的学习率也能保持稳定。",
          "梯度大小适中。某一层的尺度不再逐层相乘：把它的权重放大，输出不变，而权重的梯度相应变小，从而避免梯度消失或爆炸。",
        ],
      },
      {
        kind: "text",
        prose:
          "一点保留：如今人们不再认为第一个原因是主要的。Santurkar 等人（2018）在归一化的层后面加入噪声，使输入的偏移比完全不用归一化时还大，训练效果却依然很好；他们发现真正起作用的是更平滑的损失。平滑的损失也并不意味着能到达全局最优：它只是让训练更快、更稳。",
      },
      {
        kind: "text",
        prose:
          "还有一个副作用：每个批次的统计量都不同，每个样本都会受到一点扰动，这起到正则化的作用。所以批次很大时泛化可能变差，而批次很小时噪声又太大，难以训练。",
      },
    ],
  },
  {
    anchor: "theory.practice",
    title: "实践要点",
    blocks: [
      {
        kind: "list",
        items: [
          "去掉前一层的偏置（`use_bias=False`）：它会随均值一起被减掉。",
          "通常的顺序是：卷积层或全连接层、批归一化、激活函数。",
          "每个设备上的样本少于约 8 个时，可考虑 `synchronized=True`、`renorm=True` 或 `GroupNormalization`。",
          "自己写训练循环时要传入 `training=True`；忘了的话，移动统计量永远不会更新。",
          "用少量数据微调时，先冻结这些层，再重新编译模型。",
          "从 PyTorch 迁移时：`momentum` 的算法相反，`eps` 为 `1e-5`，通道在前（`axis=1`）。",
        ],
      },
    ],
  },
];
