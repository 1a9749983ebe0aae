/** @file 简体中文文档。The documentation in Simplified Chinese. */
import type { Documentation } from "./documentation.ts";

const momentsFormula = [
  "μ  = x 在除 axis 以外所有轴上的均值",
  "σ² = (x − μ)² 在同样这些轴上的均值",
];
const outputFormula = "y = gamma · (x − μ) / √(σ² + epsilon) + beta";

const initializerType =
  "初始化器：名称（如 `'zeros'`）、配置字典，或对象（如 `keras.initializers.Constant(0.5)`）";
const initializerRange =
  "能为每个通道填入一个值的初始化器都可以。只适用于矩阵的初始化器（`'identity'`、`'orthogonal'`）会在构建层时报错。";
const regularizerType =
  "正则化器或 `None`：`'l1'`、`'l2'`、`'l1l2'`、配置字典，或对象（如 `keras.regularizers.L2(1e-4)`）";
const regularizerRange = "适用于向量的正则化器都可以；`OrthogonalRegularizer` 要求矩阵，会报错。";
const constraintType =
  "约束或 `None`：`'non_neg'`、`'max_norm'`、`'min_max_norm'`、`'unit_norm'`、配置字典，或对象";
const constraintRange = "适用于向量的约束都可以。范数按整个向量（即所有通道）计算。";

const functionFormula = "y = scale · (x − mean) / √(variance + epsilon) + offset";
const functionHistory = "自 Keras 3.0 起；Keras 2 中对应 `keras.backend.batch_normalization`。";

export const documentation: Documentation = {
  words: {
    argumentOf: "`BatchNormalization` 的参数",
    callArgumentOf: "调用 `BatchNormalization` 层时的参数",
    functionArgumentOf: "`keras.ops.batch_normalization` 的参数",
    type: "类型",
    default: "默认值",
    required: "必须给出",
    range: "取值",
    whenToChange: "何时修改",
    history: "历史",
    elsewhere: "其他框架",
    removed: "已从 Keras 移除",
    colon: "：",
    tryIt: "试一试",
    playground: "试验场",
    reference: "参数手册",
    officialPage: "keras.io",
    otherLanguage: "English",
  },
  layer: {
    summary:
      "对每个通道做平移和缩放，使它在整个批次上均值为 0、标准差为 1，再乘以可学习的缩放系数 `gamma`，加上可学习的偏移 `beta`。训练和推理时的计算方式不同。",
    formulas: [
      {
        title: "训练（training=True 且 trainable=True）：使用当前批次的统计量",
        lines: [
          ...momentsFormula,
          outputFormula,
          "",
          "moving_mean     ← momentum · moving_mean     + (1 − momentum) · μ",
          "moving_variance ← momentum · moving_variance + (1 − momentum) · σ²",
        ],
      },
      {
        title: "推理：使用训练中积累的统计量",
        lines: ["y = gamma · (x − moving_mean) / √(moving_variance + epsilon) + beta"],
      },
    ],
    history: [
      "自 2015 年起就在 Keras 中，自 2.0 起使用现在的参数名。Keras 3.0 去掉了 `fused`、`virtual_batch_size`、`adjustment`、`renorm` 和列表形式的 `axis`；`renorm` 在 3.14 恢复。",
      "PyTorch 的 `nn.BatchNorm1d`、`2d`、`3d`；ONNX 算子 `BatchNormalization`；Flax 的 `nn.BatchNorm`。",
    ],
    notes: [
      "输入形状为 (30, 32, 32, 64) 时，共有 64 个均值和 64 个方差，每个都由 30 · 32 · 32 = 30,720 个值算出。",
      "方差是有偏方差：平方和除以 n，而不是 n − 1；移动方差也是如此，只有 Keras 2 中 TensorFlow 的融合内核在移动方差中除以 n − 1。",
      "权重：`gamma` 和 `beta` 参与训练；`moving_mean` 和 `moving_variance` 不参与训练，而是在每次以训练模式调用时更新。",
      "冻结的层（`trainable=False`）始终以推理模式运行，即使调用时传入 `training=True`。",
    ],
  },
  functionLayer: {
    summary:
      "用给定的均值和方差，逐通道归一化 `x`。层选定统计量之后调用的就是这个函数；它自己不保存任何统计量。",
    formulas: [{ title: "始终", lines: [functionFormula] }],
    history: [functionHistory, "PyTorch 的 `torch.nn.functional.batch_norm`（`training=False`）。"],
    notes: [
      "要用批次的统计量，可在除 `axis` 以外的所有轴上取 `mean, variance = keras.ops.moments(x, axes)`。",
    ],
  },
  constructor: {
    axis: {
      summary:
        "通道所在的轴。这个轴上的每个位置都有自己的均值、方差、gamma 和 beta；统计量在其余所有轴上计算。",
      type: "整数",
      range:
        "从 `-rank` 到 `rank - 1`，负数从末尾数起。输入没有这个轴时，构建层（通常在第一次调用时）会引发 `IndexError`。浮点数会被截断为整数：`1.9` 变为 `1`。",
      whenToChange:
        "数据为通道在前的格式时使用 `axis=1`，例如 `data_format='channels_first'` 的 `Conv2D` 的输出。",
      formula: [...momentsFormula, "每个权重的参数个数：x.shape[axis]"],
      notes: [],
      history:
        "自 Keras 0.x 起。Keras 2 的 `tf.keras` 还可传入多个轴的列表（联合归一化），自 3.0 起不再接受。",
      elsewhere: "PyTorch 和 ONNX 固定用轴 1；Flax 也叫 `axis`。",
    },
    momentum: {
      summary: "每个训练步中，移动均值和移动方差保留旧值的比例。它不影响训练时层的输出。",
      type: "浮点数",
      range:
        "0 到 1 之间，不做检查。取 `0` 时，移动统计量始终等于最近一个批次的统计量；取 `1` 时，它们永远不变。",
      whenToChange:
        "移动平均大约覆盖最近 1 / (1 − momentum) 步，默认为 100 步。训练步数很少时应调低（如 0.9），否则推理用的统计量还停留在初始值附近；批次小、噪声大而训练步数又多时，可调高（如 0.999）。",
      formula: [
        "moving_mean     ← momentum · moving_mean     + (1 − momentum) · μ",
        "moving_variance ← momentum · moving_variance + (1 − momentum) · σ²",
      ],
      notes: [
        "PyTorch 的 `momentum` 是新值的权重，所以这里的 `momentum=0.99` 相当于那里的 `momentum=0.01`。",
      ],
      history: "自 Keras 0.x 起。默认值最初为 0.9，在 Keras 1 中改为 0.99。",
      elsewhere:
        "PyTorch 的 `momentum` = 1 − 这里的值，默认 0.1；ONNX 和 Flax 的 `momentum` 与这里的定义相同，默认值分别为 0.9 和 0.99。",
    },
    epsilon: {
      summary: "加在方差上的一个很小的数，位于根号之内，防止方差几乎为零的通道出现除以零。",
      type: "浮点数",
      range:
        "很小的正数，不做检查。取 `0` 时，恒定的通道会得到 NaN；取负数时，方差低于 −epsilon 的通道都会得到 NaN。",
      whenToChange:
        "从取值不同的框架载入权重时（PyTorch 和 ONNX 用 `1e-5`），或者有些通道的方差接近甚至小于 0.001 时：epsilon 会明显压缩这些通道的输出，使其标准差为 √(σ² / (σ² + epsilon))。",
      formula: [outputFormula],
      notes: [],
      history: "自 Keras 0.x 起。默认值最初为 1e-6，后为 1e-5，自 Keras 1 后期起为 0.001。",
      elsewhere: "PyTorch 叫 `eps`，ONNX 和 Flax 叫 `epsilon`；三者默认都是 `1e-5`。",
    },
    center: {
      summary: "是否给每个通道加上可学习的偏移 `beta`。",
      type: "布尔值",
      range: "为 `False` 时没有 `beta` 这个权重，它的初始化器、正则化器和约束都不起作用。",
      whenToChange:
        "后面的层自带偏移时可设为 `False`。通常保留它，而给前一层设置 `use_bias=False`：前一层的偏置会随均值一起被减掉。",
      formula: [outputFormula, "center=False：y = gamma · (x − μ) / √(σ² + epsilon)"],
      notes: [],
      history: "自 Keras 2.0 起。",
      elsewhere: "PyTorch 用 `affine` 同时控制两者；Flax 叫 `use_bias`；ONNX 总有输入 `B`。",
    },
    scale: {
      summary: "是否将每个通道乘以可学习的系数 `gamma`。",
      type: "布尔值",
      range: "为 `False` 时没有 `gamma` 这个权重，它的初始化器、正则化器和约束都不起作用。",
      whenToChange:
        "下一层是线性层，或者是 ReLU 再接线性层时，可设为 `False`：缩放可以由后面那一层的权重完成。",
      formula: [outputFormula, "scale=False：y = (x − μ) / √(σ² + epsilon) + beta"],
      notes: [],
      history: "自 Keras 2.0 起。",
      elsewhere: "PyTorch 用 `affine` 同时控制两者；Flax 叫 `use_scale`；ONNX 总有输入 `scale`。",
    },
    beta_initializer: {
      summary: "每个通道的偏移 `beta` 的初始值。",
      type: initializerType,
      range: initializerRange,
      whenToChange: "很少需要修改：想从已知的偏移开始时才改，例如在 ReLU 之前用正的偏移。",
      formula: [outputFormula, "beta = beta_initializer((通道数,))"],
      notes: ["`center=False` 时不起作用。"],
      history: "自 Keras 2.0 起；在 Keras 1 中叫 `beta_init`。",
      elsewhere: "PyTorch 用 `torch.nn.init` 填充 `bias`；Flax 叫 `bias_init`；ONNX 对应输入 `B`。",
    },
    gamma_initializer: {
      summary: "每个通道的缩放系数 `gamma` 的初始值。",
      type: initializerType,
      range: initializerRange,
      whenToChange:
        "在残差块的最后一个 BatchNormalization 中可用 `'zeros'`：残差块一开始就是恒等映射，深层网络更容易训练。",
      formula: [outputFormula, "gamma = gamma_initializer((通道数,))"],
      notes: ["`scale=False` 时不起作用。"],
      history: "自 Keras 2.0 起；在 Keras 1 中叫 `gamma_init`。",
      elsewhere:
        "PyTorch 用 `torch.nn.init` 填充 `weight`；Flax 叫 `scale_init`；ONNX 对应输入 `scale`。",
    },
    moving_mean_initializer: {
      summary: "每个通道的移动均值在第一个训练步之前的初始值。",
      type: initializerType,
      range: initializerRange,
      whenToChange:
        "希望在训练之前或训练初期就用已知的均值做推理时。k 步之后，初始值仍占 momentumᵏ：按默认值，100 步之后还占 37 %。",
      formula: ["k 步后的 moving_mean = momentumᵏ · 初始值 + (1 − momentum) · Σ momentumᵏ⁻ⁱ · μᵢ"],
      notes: [],
      history: "自 Keras 2.0 起。",
      elsewhere:
        "PyTorch 的缓冲区 `running_mean`，从 0 开始；ONNX 对应输入 `input_mean`；Flax 为 `batch_stats['mean']`。",
    },
    moving_variance_initializer: {
      summary: "每个通道的移动方差在第一个训练步之前的初始值。",
      type: initializerType,
      range: `${initializerRange}负值没有意义，因为要对方差开方。`,
      whenToChange:
        "希望在训练之前或训练初期就用已知的方差做推理时。若取 `'zeros'`，训练之前的推理会除以 √epsilon，即把输入放大约 32 倍。",
      formula: [
        "k 步后的 moving_variance = momentumᵏ · 初始值 + (1 − momentum) · Σ momentumᵏ⁻ⁱ · σ²ᵢ",
      ],
      notes: ["`renorm=True` 时，移动标准差以它的平方根为初始值。"],
      history: "自 Keras 2.0 起。",
      elsewhere:
        "PyTorch 的缓冲区 `running_var`，从 1 开始，对除以 n − 1 的方差求移动平均；ONNX 对应输入 `input_var`；Flax 为 `batch_stats['var']`。",
    },
    beta_regularizer: {
      summary: "对 `beta` 的惩罚项，会加到损失中。",
      type: regularizerType,
      range: regularizerRange,
      whenToChange: "希望偏移保持较小时。权重衰减通常不包括 `beta`。",
      formula: [
        "loss ← loss + beta_regularizer(beta)",
        "L2(λ)：λ · Σ beta²      L1(λ)：λ · Σ |beta|",
      ],
      notes: ["冻结的层和 `center=False` 的层没有惩罚项。"],
      history: "自 Keras 1.1 起。",
      elsewhere: "PyTorch 用优化器的 `weight_decay`，只有 L2；Optax 用 `add_decayed_weights`。",
    },
    gamma_regularizer: {
      summary: "对 `gamma` 的惩罚项，会加到损失中。",
      type: regularizerType,
      range: regularizerRange,
      whenToChange:
        "L1 会把不重要的通道的缩放系数压到 0，之后可以剪掉这些通道（network slimming）。",
      formula: [
        "loss ← loss + gamma_regularizer(gamma)",
        "L2(λ)：λ · Σ gamma²      L1(λ)：λ · Σ |gamma|",
      ],
      notes: ["冻结的层和 `scale=False` 的层没有惩罚项。"],
      history: "自 Keras 1.1 起。",
      elsewhere: "PyTorch 用优化器的 `weight_decay`，只有 L2；Optax 用 `add_decayed_weights`。",
    },
    beta_constraint: {
      summary: "优化器每次更新之后对 `beta` 做的投影。",
      type: constraintType,
      range: constraintRange,
      whenToChange: "偏移必须保持在一定范围内时，例如不能为负。",
      formula: ["beta ← beta_constraint(beta − 更新量)"],
      notes: ["调用层时不会应用约束。"],
      history: "自 Keras 2.0 起。",
      elsewhere: "PyTorch、ONNX 和 Flax 没有：在每一步之后自行修改 `bias`。",
    },
    gamma_constraint: {
      summary: "优化器每次更新之后对 `gamma` 做的投影。",
      type: constraintType,
      range: constraintRange,
      whenToChange: "限制这一层的放大倍数，或用 `'non_neg'` 防止通道变号时。",
      formula: ["gamma ← gamma_constraint(gamma − 更新量)"],
      notes: ["调用层时不会应用约束。"],
      history: "自 Keras 2.0 起。",
      elsewhere: "PyTorch、ONNX 和 Flax 没有：在每一步之后自行修改 `weight`（Flax 中为 `scale`）。",
    },
    synchronized: {
      summary:
        "并行训练的各个副本是否共享统计量：为 `True` 时，均值和方差取自全局批次；为 `False` 时，每个副本只用自己那一部分。",
      type: "布尔值",
      range: "`True` 只适用于 Keras 的 TensorFlow 后端，其他后端会引发 `ValueError`。",
      whenToChange: "模型很大，每个设备只能分到少量样本，各自计算的统计量噪声太大时。",
      formula: [
        "n = Σ nᵣ      μ = Σ nᵣ · μᵣ / n",
        "σ² = Σ nᵣ · (σ²ᵣ + (μᵣ − μ)²) / n      对所有副本 r 求和",
      ],
      notes: [],
      history:
        "自 Keras 2.12 起，取代 TensorFlow 2.2 引入的 `tf.keras.layers.experimental.SyncBatchNormalization` 层。",
      elsewhere: "PyTorch 用 `nn.SyncBatchNorm`；Flax 用 `axis_name`；ONNX 没有。",
    },
    renorm: {
      summary:
        "批重归一化（Batch Renormalization，Ioffe，2017）：训练时的输出也按移动统计量归一化（以 `renorm_clipping` 允许的范围为限），而梯度仍流经批次的统计量。",
      type: "布尔值",
      range:
        "为 `True` 时，层会多出三个不参与训练的权重：`moving_stddev`、`renorm_mean`、`renorm_stddev`。",
      whenToChange: "批次很小，或者批次内样本不独立，导致批次统计量与推理时的统计量相差很远时。",
      formula: [
        "s = max(renorm_stddev, √epsilon)",
        "r = √(σ² + epsilon) / s      d = (μ − renorm_mean) / s",
        "y = gamma · ((x − μ) / √(σ² + epsilon) · r + d) + beta",
        "moving_variance = max(moving_stddev² − epsilon, 0)",
      ],
      notes: ["求梯度时 r 和 d 视为常数。推理与不使用 renorm 时相同。"],
      history: "TensorFlow 1 和 2 的 `tf.keras` 中就有；Keras 3.0 移除，自 3.14 起恢复。",
      elsewhere: "`torch.nn`、ONNX 和 `flax.linen` 都没有。",
    },
    renorm_clipping: {
      summary: "批重归一化中修正量 r 和 d 的界限。",
      type: "字典，可含 `'rmin'`、`'rmax'`、`'dmax'` 中的任意键；或 `None`",
      range:
        "`rmax` 不得小于 `rmin`，`dmax` 不得为负，也不接受其他键，否则会引发 `ValueError`；只在 `renorm=True` 时检查。没有给出的键不设界限。",
      whenToChange:
        "可以从 `{'rmin': 1, 'rmax': 1, 'dmax': 0}`（等同于普通的批归一化）开始，在训练中逐渐放宽（论文放宽到 rmax = 3、dmax = 5）。",
      formula: ["r ← clip(r, rmin, rmax)      d ← clip(d, −dmax, dmax)"],
      notes: ["`renorm=False` 时不起作用。"],
      history: "TensorFlow 1 和 2 的 `tf.keras` 中就有；Keras 3.0 移除，自 3.14 起恢复。",
      elsewhere: "`torch.nn`、ONNX 和 `flax.linen` 都没有。",
    },
    renorm_momentum: {
      summary:
        "每个训练步中，计算 r 和 d 所用的统计量 `renorm_mean` 与 `renorm_stddev` 保留旧值的比例。",
      type: "浮点数",
      range: "0 到 1 之间，不做检查。",
      whenToChange:
        "统计量变化很快时可调低，让 r 和 d 跟得上；但调得太低，它们就会和批次一样有噪声。推理所用的统计量仍由 `momentum` 控制。",
      formula: [
        "renorm_mean   ← renorm_momentum · renorm_mean   + (1 − renorm_momentum) · μ",
        "renorm_stddev ← renorm_momentum · renorm_stddev + (1 − renorm_momentum) · √(σ² + epsilon)",
      ],
      notes: ["`renorm=False` 时不起作用。"],
      history: "TensorFlow 1 和 2 的 `tf.keras` 中就有；Keras 3.0 移除，自 3.14 起恢复。",
      elsewhere: "`torch.nn`、ONNX 和 `flax.linen` 都没有。",
    },
    name: {
      summary: "层的名称，显示在模型摘要、权重路径和错误信息中。",
      type: "字符串或 `None`",
      range:
        "不含 `/` 的任意文本。为 `None` 时由 Keras 命名：`batch_normalization`、`batch_normalization_1` 等。",
      whenToChange:
        "需要用 `model.get_layer(name)` 找到这一层，或按名称载入权重时。同一模型中名称不能重复。",
      formula: [],
      notes: [],
      history: "Keras 1、2、3 中每个层都有的参数。",
      elsewhere: "PyTorch 用属性名；ONNX 用节点的 `name`；Flax 也叫 `name`。",
    },
    dtype: {
      summary: "层计算和保存权重所用的数据类型。",
      type: "字符串、`keras.DTypePolicy` 或 `None`",
      range:
        "浮点类型（如 `'float32'`）或策略（如 `'mixed_float16'`）。`None` 表示采用全局策略，未修改时为 `float32`。",
      whenToChange: "很少需要：在混合精度下，这一层自己就会正确处理。",
      formula: ["16 位的 x：y = cast(batch_normalization(cast(x, float32)), x 的类型)"],
      notes: [
        "16 位输入先转为 float32 做归一化，再转回原类型。用 `'float64'` 时，只有 TensorFlow 后端以双精度计算。若直接用 `'float16'`，权重也只有 16 位，超过 65,504 的移动方差会变成无穷大。",
      ],
      history: "每个层都有的参数；`'mixed_float16'` 等策略自 TensorFlow 2 起。",
      elsewhere: "PyTorch 叫 `dtype`；Flax 的 `dtype` 管计算，`param_dtype` 管权重。",
    },
    trainable: {
      summary: "训练是否可以改变这一层。冻结的层以推理模式运行。",
      type: "布尔值",
      range:
        "`True` 或 `False`，其他值会引发 `ValueError`。之后也可以修改：`layer.trainable = False`。",
      whenToChange:
        "用少量数据微调预训练模型时可以冻结，以保留原有的统计量。如果模型已经编译，修改之后要重新编译才会生效。",
      formula: [
        "training 且 trainable：用批次的统计量，并更新移动统计量",
        "其他情况：用移动统计量，且不更新",
      ],
      notes: [],
      history:
        "每个层都有的参数。自 TensorFlow 2.0 起，冻结的层以推理模式运行；在此之前，它在训练时仍用批次的统计量。",
      elsewhere:
        "PyTorch 要同时用 `bn.eval()` 和 `requires_grad_(False)`；Flax 用 `use_running_average=True`，并且不让优化器更新它的参数。",
    },
  },
  call: {
    inputs: {
      summary: "要归一化的张量。输出的形状与它相同。",
      type: "张量或数值数组",
      range:
        "任意阶数，只要含有层的 `axis`。第一次调用会确定阶数和通道数，之后若不一致则引发 `ValueError`。",
      whenToChange:
        "每次调用传入一个批次：训练时，同一批次的样本共用统计量，不同调用之间则互不影响。",
      formula: [outputFormula],
      notes: [],
      history: "所有版本都有。",
      elsewhere: "PyTorch 叫 `input`，ONNX 叫 `X`，Flax 叫 `x`。",
    },
    training: {
      summary:
        "使用当前批次的统计量并更新移动统计量（`True`），还是使用移动统计量且不更新（`False`）。",
      type: "布尔值或 `None`",
      range:
        "`None` 表示由调用环境决定：在 `fit()` 中为训练，在 `predict()`、`evaluate()` 和直接调用中为推理。",
      whenToChange:
        "自己写训练循环时应传入 `training=True`；模型中需要保持统计量不变的部分，则传入 `training=False`。",
      formula: [
        "True： y = gamma · (x − μ) / √(σ² + epsilon) + beta",
        "False：y = gamma · (x − moving_mean) / √(moving_variance + epsilon) + beta",
      ],
      notes: ["对 `trainable=False` 的层不起作用，它始终以推理模式运行。"],
      history: "自 Keras 2.0 起；在 Keras 1 中只由学习阶段（learning phase）决定。",
      elsewhere:
        "PyTorch 用 `model.train()` 和 `model.eval()`；ONNX 叫 `training_mode`；Flax 用 `use_running_average`，意思相反。",
    },
    mask: {
      summary:
        "训练时哪些位置计入均值和方差：掩码为真的位置。所有位置都会被归一化，包括被掩蔽的位置。",
      type: "布尔或数值张量，或 `None`",
      range:
        "必须比输入少一个轴，否则引发 `ValueError`，推理时也是如此。无论层的 `axis` 是哪个，它都对应除最后一个轴以外的所有轴，并可广播。任何非零值都视为真。",
      whenToChange: "用于经过填充的序列；`Embedding` 或 `Masking` 层产生的掩码由 Keras 自动传递。",
      formula: ["μ  = Σ m · x / (Σ m + 1e-7)", "σ² = Σ m · (x − μ)² / (Σ m + 1e-7)"],
      notes: ["没有任何位置计入时，均值和方差都是 0。"],
      history: "Keras 2 后期加入。Keras 3.0.0 接受掩码但不使用，之后的版本才真正使用。",
      elsewhere: "Flax 也叫 `mask`；PyTorch 和 ONNX 没有。",
    },
  },
  function: {
    x: {
      summary: "要归一化的张量。输出的形状与它相同。",
      type: "张量或数值数组",
      range: "任意阶数，只要含有轴 `axis`。",
      whenToChange: "每次调用传入要归一化的数据。",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm` 中叫 `input`；ONNX 叫 `X`。",
    },
    mean: {
      summary: "要减去的均值，每个通道一个值。",
      type: "向量，长度等于 `x` 在 `axis` 上的长度",
      range: "通常来自 `keras.ops.moments(x, axes)`，或某一层的移动均值。",
      whenToChange: "训练时用批次的均值，推理时用移动均值。",
      formula: [functionFormula],
      notes: ["这个函数既不计算统计量，也不保存统计量。"],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm` 中叫 `running_mean`；ONNX 叫 `input_mean`。",
    },
    variance: {
      summary: "方差，每个通道一个值；归一化时除以它的平方根。",
      type: "向量，长度等于 `x` 在 `axis` 上的长度",
      range: "不能为负；这里要的是方差，不是标准差。",
      whenToChange: "与 `mean` 取自同一处。",
      formula: [functionFormula],
      notes: ["`mean` 和 `variance` 很容易写反：最好按名称传入。"],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm` 中叫 `running_var`；ONNX 叫 `input_var`。",
    },
    axis: {
      summary:
        "通道所在的轴，`mean`、`variance`、`offset` 和 `scale` 的值与这个轴上的位置一一对应。",
      type: "整数",
      range: "从 `-rank` 到 `rank - 1`，负数从末尾数起。没有默认值。",
      whenToChange: "通道在后的数据用 `-1`，通道在前的数据用 `1`。",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch 和 ONNX 固定用轴 1。",
    },
    offset: {
      summary: "最后加上的偏移，即层的 `beta`。",
      type: "向量，长度等于 `x` 在 `axis` 上的长度；或 `None`",
      range: "任意数值；`None` 表示什么都不加。",
      whenToChange: "希望结果的均值不是 0 时。",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm` 中叫 `bias`；ONNX 叫 `B`。",
    },
    scale: {
      summary: "归一化之后乘上的系数，即层的 `gamma`。",
      type: "向量，长度等于 `x` 在 `axis` 上的长度；或 `None`",
      range: "任意数值；`None` 表示不做乘法。与层的同名参数不同，这里它不是布尔值。",
      whenToChange: "希望结果的标准差不是 1 时。",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm` 中叫 `weight`；ONNX 叫 `scale`。",
    },
    epsilon: {
      summary: "加在方差上的一个很小的数，位于根号之内，防止方差几乎为零的通道出现除以零。",
      type: "浮点数",
      range: "很小的正数，不做检查。",
      whenToChange: "想重现某一层的结果时，使用那一层的值。",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm` 中叫 `eps`，ONNX 叫 `epsilon`；两者默认都是 `1e-5`。",
    },
  },
  removed: {
    fused:
      "已在 Keras 3.0 中移除。它选用 TensorFlow 的融合内核，速度更快，移动方差则略大（除以 n − 1 而不是 n）。Keras 3 会自行选择内核，去掉这个参数即可。",
    virtual_batch_size:
      "已在 Keras 3.0 中移除。它把批次分成几份，每份用自己的统计量归一化（ghost batch normalization）。可以改为对每一份分别调用这一层。",
    adjustment:
      "已在 Keras 3.0 中移除。它是一个函数，训练时在 gamma 和 beta 之前缩放和平移归一化后的值。可以改写成这一层之后的另一个层。",
    mode: "已在 Keras 2.0 中移除。它有三种取值：按特征归一化（0）、按样本归一化（1）、按特征归一化且推理时也用批次统计量（2）。现在，第二种可用 `LayerNormalization`，第三种可用 `training=True` 近似。",
    beta_init: "自 Keras 2.0 起改名为 `beta_initializer`。",
    gamma_init: "自 Keras 2.0 起改名为 `gamma_initializer`。",
  },
};
