/** @file 理论，简体中文。The theory in Simplified Chinese. */
import type { Chapter } from "./theory.ts";

export const theory: readonly Chapter[] = [
  {
    anchor: "theory.steps",
    title: "它计算什么",
    blocks: [
      {
        kind: "text",
        prose:
          "批归一化（Batch Normalization，也译作批量归一化）单独处理每个通道，分三步。首先，在整个批次上，由该通道的 m 个值求均值和方差：",
      },
      { kind: "formula", lines: ["μ = 1 / m · Σ xᵢ", "σ² = 1 / m · Σ (xᵢ − μ)²"] },
      { kind: "text", prose: "然后，把该通道平移、缩放为均值 0、标准差 1：" },
      { kind: "formula", lines: ["x̂ᵢ = (xᵢ − μ) / √(σ² + epsilon)"] },
      {
        kind: "text",
        prose:
          "最后，每个通道用两个可学习的数做缩放和平移，得到最适合网络的尺度和偏移。取 `gamma` = √(σ² + epsilon)、`beta` = μ 时，这一层甚至可以完全还原输入，所以网络的表达能力没有任何损失：",
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
          "取 30 张 32 × 32 像素、64 个通道的图像，`axis=-1`。通道 c 在每张图像的每个像素上有一个值，所以它的均值和方差由 30 · 32 · 32 = 30,720 个值求得：",
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
          "训练时，层使用当前批次的统计量。推理时可能只有一个样本，而且它的结果不应取决于批次里还有哪些样本。因此，层在训练中维护移动平均，推理时使用它们：",
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
          "k 步之后，初始值仍占 momentumᵏ。取 0.99 时，100 步之后还占 37 %：训练步数太少，推理所用的移动平均就还远离数据。",
          "只有与训练数据相似的数据，推理时才能得到良好的归一化：移动平均描述的只是训练数据。",
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
          "输入更稳定。前面的层在学习时，后面各层输入的分布会平移、变宽或变窄，后面的层只好不断调整权重去适应，深层网络的训练因此又慢又不稳定。最初的论文（Ioffe 和 Szegedy，2015）称之为内部协变量偏移（Internal Covariate Shift）。均值和方差固定之后，后面的层就不必再追随每一次这样的变化。",
          "损失更平滑。损失和梯度在步与步之间的变化不再那么突然，梯度能更好地预示一步的效果，较大的学习率也能保持稳定。",
          "下降更陡、更一致。各层的尺度不再逐层相乘：前一层的权重变大时，归一化后的输出不变，权重的梯度相应变小；权重变小时，梯度相应变大。这样可以避免梯度消失或爆炸，也使同一个学习率更容易适合所有的层。",
        ],
      },
      {
        kind: "text",
        prose:
          "一点保留：如今人们不再认为第一个原因是主要的。Santurkar 等人（2018）在归一化的层之后加入噪声，使后面各层输入的偏移比完全不用归一化时还大，训练效果却几乎一样好；他们发现真正起作用的是更平滑的损失。更平滑的损失也不保证能找到全局最优解：它只是让训练更快、更稳。",
      },
      {
        kind: "text",
        prose:
          "还有一个副作用：各批次的统计量不同，每个样本都会受到一点扰动，这起到了正则化的作用。批次很大时扰动较小；批次很小时扰动太大，难以训练好。",
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
          "自己写训练循环时要传入 `training=True`，否则移动统计量永远不会更新。",
          "用少量数据微调时，先冻结这些层，再重新编译模型。",
          "从 PyTorch 迁移时：`momentum` 的定义相反，`eps` 为 `1e-5`，通道在前（`axis=1`）。",
        ],
      },
    ],
  },
];
