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
const functionHistory = "Keras 3 的函数；在 Keras 2 中只在后端内部。";

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
    reference: "参考手册",
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
      "2015 年起就在 Keras 中；2.0 起使用现在的参数名。Keras 3.0 去掉了 `fused`、`virtual_batch_size`、`adjustment`、`renorm` 和列表形式的 `axis`；`renorm` 在 3.14 恢复。",
      "PyTorch 的 `nn.BatchNorm1d`、`2d`、`3d`；ONNX 算子 `BatchNormalization`；Flax 的 `nn.BatchNorm`。",
    ],
    notes: [
      "输入形状为 (30, 32, 32, 64) 时，共有 64 个均值和 64 个方差，每个都由 30 · 32 · 32 = 30,720 个数算出。",
      "方差是有偏方差：平方和除以 n，而不是 n − 1；移动方差也是如此。",
      "权重：`gamma` 和 `beta` 参与训练；`moving_mean` 和 `moving_variance` 不参与训练，而是在每次以训练模式调用时更新。",
      "冻结的层（`trainable=False`）始终以推理模式运行，即使调用时传入 `training=True`。",
    ],
  },
  functionLayer: {
    summary:
      "按给定的均值和方差逐通道归一化 `x`。层选好统计量之后调用的就是它；它自己不保存任何统计量。",
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
        "从 `-rank` 到 `rank - 1`，负数从末尾数起。超出范围时，调用层会引发 `IndexError`。浮点数会被截断为整数：`1.9` 等于 `1`。",
      whenToChange:
        "数据为通道在前的格式时使用 `axis=1`，例如 `data_format='channels_first'` 的 `Conv2D` 的输出。",
      formula: [...momentsFormula, "每个权重的参数个数：x.shape[axis]"],
      notes: [],
      history: "自 Keras 0.x 起。Keras 2 可传入多个轴的列表（对它们一起归一化），3.0 起不再接受。",
      elsewhere: "PyTorch 和 ONNX 固定用轴 1；Flax 也叫 `axis`。",
    },
    momentum: {
      summary: "每个训练步中，移动均值和移动方差保留旧值的比例。它不影响训练时层的输出。",
      type: "浮点数",
      range:
        "0 到 1 之间，不做检查。取 `0` 时，移动统计量就是最近一个批次的统计量；取 `1` 时，它们永远不变。",
      whenToChange:
        "移动平均大约覆盖最近 1 / (1 − momentum) 步，默认为 100 步。训练步数很少时应调低（如 0.9），否则推理用的统计量还停留在初始值附近；批次小、噪声大时可调高（如 0.999）。",
      formula: [
        "moving_mean     ← momentum · moving_mean     + (1 − momentum) · μ",
        "moving_variance ← momentum · moving_variance + (1 − momentum) · σ²",
      ],
      notes: [
        "PyTorch 的 `momentum` 是新值的权重，所以这里的 `momentum=0.99` 相当于那里的 `momentum=0.01`。",
      ],
      history: "自 Keras 0.x 起，当时默认为 0.9；到 1.2 已改为 0.99。",
      elsewhere:
        "PyTorch 的 `momentum` = 1 − 这里的值，默认 0.1；ONNX 和 Flax 的 `momentum` 与这里算法相同。",
    },
    epsilon: {
      summary: "加在方差上的一个小数，位于根号之内，避免方差几乎为零的通道除以零。",
      type: "浮点数",
      range: "较小的正数，不做检查。取负数时，一旦方差比它的绝对值还小，结果就是 NaN。",
      whenToChange:
        "从取值不同的框架载入权重时（PyTorch 和 ONNX 用 `1e-5`）；或者通道的方差接近甚至小于 0.001 时：这时它会明显压缩输出，输出的标准差为 √(σ² / (σ² + epsilon))。",
      formula: [outputFormula],
      notes: [],
      history: "自 Keras 0.x 起，当时默认为 1e-6；到 1.2 已改为 0.001。",
      elsewhere: "PyTorch 叫 `eps`，ONNX 和 Flax 叫 `epsilon`；三者默认都是 `1e-5`。",
    },
    center: {
      summary: "是否给每个通道加上可学习的偏移 `beta`。",
      type: "布尔值",
      range: "为假时没有 `beta` 这个权重，它的初始化器、正则化器和约束都不起作用。",
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
      range: "为假时没有 `gamma` 这个权重，它的初始化器、正则化器和约束都不起作用。",
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
        "希望在训练之前或训练初期用已知的均值做推理时。k 步之后它所占的比例是 momentum 的 k 次方：按默认值，100 步之后为 37 %。",
      formula: ["k 步后的 moving_mean = momentumᵏ · 初始值 + (1 − momentum) · Σ momentumᵏ⁻ⁱ · μᵢ"],
      notes: [],
      history: "自 Keras 2.0 起。",
      elsewhere:
        "PyTorch 的缓冲区 `running_mean`，总从 0 开始；ONNX 对应输入 `input_mean`；Flax 为 `batch_stats['mean']`。",
    },
    moving_variance_initializer: {
      summary: "每个通道的移动方差在第一个训练步之前的初始值。",
      type: initializerType,
      range: `${initializerRange}负值没有意义，因为要对方差开方。`,
      whenToChange:
        "希望在训练之前或训练初期用已知的方差做推理时。若取 `'zeros'`，训练之前的推理会除以 √epsilon，即把输入放大约 32 倍。",
      formula: [
        "k 步后的 moving_variance = momentumᵏ · 初始值 + (1 − momentum) · Σ momentumᵏ⁻ⁱ · σ²ᵢ",
      ],
      notes: ["`renorm=True` 时，移动标准差从它的平方根开始。"],
      history: "自 Keras 2.0 起。",
      elsewhere:
        "PyTorch 的缓冲区 `running_var`，总从 1 开始，且方差除以 n − 1；ONNX 对应输入 `input_var`；Flax 为 `batch_stats['var']`。",
    },
    beta_regularizer: {
      summary: "加到损失上的、对 `beta` 的惩罚项。",
      type: regularizerType,
      range: regularizerRange,
      whenToChange: "想让偏移保持较小时。通常不对 `beta` 做权重衰减。",
      formula: [
        "loss ← loss + beta_regularizer(beta)",
        "L2(λ)：λ · Σ beta²      L1(λ)：λ · Σ |beta|",
      ],
      notes: ["冻结的层和 `center=False` 的层没有惩罚项。"],
      history: "自 Keras 1.2 起。",
      elsewhere: "PyTorch 用优化器的 `weight_decay`，只有 L2；Optax 用 `add_decayed_weights`。",
    },
    gamma_regularizer: {
      summary: "加到损失上的、对 `gamma` 的惩罚项。",
      type: regularizerType,
      range: regularizerRange,
      whenToChange:
        "L1 会把不重要的通道的缩放系数压到 0，之后可以剪掉这些通道（network slimming）。",
      formula: [
        "loss ← loss + gamma_regularizer(gamma)",
        "L2(λ)：λ · Σ gamma²      L1(λ)：λ · Σ |gamma|",
      ],
      notes: ["冻结的层和 `scale=False` 的层没有惩罚项。"],
      history: "自 Keras 1.2 起。",
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
      whenToChange: "限制一层的放大倍数，或用 `'non_neg'` 防止它改变符号。",
      formula: ["gamma ← gamma_constraint(gamma − 更新量)"],
      notes: ["调用层时不会应用约束。"],
      history: "自 Keras 2.0 起。",
      elsewhere: "PyTorch、ONNX 和 Flax 没有：在每一步之后自行修改 `weight`。",
    },
    synchronized: {
      summary:
        "并行训练的各个副本是否共享统计量：`True` 时均值和方差取自全局批次，`False` 时每个副本只用自己那一部分。",
      type: "布尔值",
      range: "`True` 只适用于 Keras 的 TensorFlow 后端，其他后端会引发 `ValueError`。",
      whenToChange: "模型很大、每个设备只分到少量样本，单独计算的统计量噪声太大时。",
      formula: [
        "n = Σ nᵣ      μ = Σ nᵣ · μᵣ / n",
        "σ² = Σ nᵣ · (σ²ᵣ + (μᵣ − μ)²) / n      对所有副本 r 求和",
      ],
      notes: [],
      history: "自 Keras 2.12 起，取代 TensorFlow 2.2 的 `SyncBatchNormalization` 层。",
      elsewhere: "PyTorch 用 `nn.SyncBatchNorm`；Flax 用 `axis_name`；ONNX 没有。",
    },
    renorm: {
      summary:
        "批重归一化（Batch Renormalization，Ioffe，2017）：训练时的输出也按滑动统计量计算，而梯度仍流经批次的统计量。",
      type: "布尔值",
      range:
        "为 `True` 时，层多出三个不参与训练的权重：`moving_stddev`、`renorm_mean`、`renorm_stddev`。",
      whenToChange: "批次很小，或者批次内样本不独立，导致批次统计量与推理时的统计量相差很远时。",
      formula: [
        "s = max(renorm_stddev, √epsilon)",
        "r = √(σ² + epsilon) / s      d = (μ − renorm_mean) / s",
        "y = gamma · ((x − μ) / √(σ² + epsilon) · r + d) + beta",
        "moving_variance = max(moving_stddev² − epsilon, 0)",
      ],
      notes: ["求梯度时 r 和 d 视为常数。推理与不使用 renorm 时相同。"],
      history: "在 TensorFlow 1 和 2 的 tf.keras 中就有；Keras 3.0 移除，3.14 起恢复。",
      elsewhere: "`torch.nn`、ONNX 和 `flax.linen` 都没有。",
    },
    renorm_clipping: {
      summary: "批重归一化中修正量 r 和 d 的界限。",
      type: "字典，可含 `'rmin'`、`'rmax'`、`'dmax'` 中的任意键；或 `None`",
      range:
        "`rmax` 不得小于 `rmin`，`dmax` 不得为负，也不接受其他键，否则引发 `ValueError`；只在 `renorm=True` 时检查。缺少的键表示不设界限。",
      whenToChange:
        "可以从 `{'rmin': 1, 'rmax': 1, 'dmax': 0}`（等于普通的批归一化）开始，在训练中逐渐放宽（论文放宽到 rmax = 3、dmax = 5）。",
      formula: ["r ← clip(r, rmin, rmax)      d ← clip(d, −dmax, dmax)"],
      notes: ["`renorm=False` 时不起作用。"],
      history: "在 TensorFlow 1 和 2 的 tf.keras 中就有；Keras 3.0 移除，3.14 起恢复。",
      elsewhere: "`torch.nn`、ONNX 和 `flax.linen` 都没有。",
    },
    renorm_momentum: {
      summary:
        "每个训练步中，计算 r 和 d 所用的统计量 `renorm_mean` 与 `renorm_stddev` 保留旧值的比例。",
      type: "浮点数",
      range: "0 到 1 之间，不做检查。",
      whenToChange:
        "统计量变化很快时可调低，让 r 和 d 跟得上。推理所用的统计量仍由 `momentum` 控制。",
      formula: [
        "renorm_mean   ← renorm_momentum · renorm_mean   + (1 − renorm_momentum) · μ",
        "renorm_stddev ← renorm_momentum · renorm_stddev + (1 − renorm_momentum) · √(σ² + epsilon)",
      ],
      notes: ["`renorm=False` 时不起作用。"],
      history: "在 TensorFlow 1 和 2 的 tf.keras 中就有；Keras 3.0 移除，3.14 起恢复。",
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
      whenToChange: "很少需要：混合精度下，这一层自己就会正确处理。",
      formula: ["16 位的 x：y = cast(batch_normalization(cast(x, float32)), x 的类型)"],
      notes: [
        "16 位输入先转为 float32 做归一化，再转回原类型。若直接用 `'float16'`，权重也只有 16 位，超过 65,504 的方差会变成无穷大。",
      ],
      history: "每个层都有的参数；`'mixed_float16'` 等策略自 TensorFlow 2 起。",
      elsewhere: "PyTorch 叫 `dtype`；Flax 的 `dtype` 管计算，`param_dtype` 管权重。",
    },
    trainable: {
      summary: "训练是否可以改变这一层。冻结的层以推理模式运行。",
      type: "布尔值",
      range: "只能是布尔值，其他值会引发 `ValueError`。之后也可以设置：`layer.trainable = False`。",
      whenToChange:
        "用少量数据微调预训练模型时可以冻结，以保留原有的统计量。模型编译之后再修改，需要重新编译才会生效。",
      formula: [
        "training 且 trainable：用批次的统计量，并更新移动统计量",
        "其他情况：用移动统计量，且不更新",
      ],
      notes: [],
      history:
        "每个层都有的参数。“冻结即推理模式”自 TensorFlow 2.0 起；在此之前，冻结的层在训练时仍用批次的统计量。",
      elsewhere:
        "PyTorch 要分别用 `bn.eval()` 和 `requires_grad_(False)`；Flax 用 `use_running_average=True`。",
    },
  },
  call: {
    inputs: {
      summary: "要归一化的张量。输出的形状与它相同。",
      type: "张量或数值数组",
      range:
        "任意阶数，只要含有层的 `axis`。第一次调用会确定阶数和通道数，之后若不一致则引发 `ValueError`。",
      whenToChange: "每次调用传入一个批次，各次调用的批次互不混合。",
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
        "自己写训练循环时应当传入。模型中需要保持统计量不变的部分，可传入 `training=False`。",
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
        "训练时哪些位置计入均值和方差：值为真的位置。所有位置都会被归一化，包括被遮住的位置。",
      type: "布尔或数值张量，或 `None`",
      range:
        "必须比输入少一个轴，否则引发 `ValueError`，推理时也是如此。无论层的 `axis` 是哪个，它都对应除最后一个轴以外的所有轴，并可广播。任何非零值都视为真。",
      whenToChange: "用于填充过的序列；`Embedding` 或 `Masking` 层产生的掩码由 Keras 自动传递。",
      formula: ["μ  = Σ m · x / (Σ m + 1e-7)", "σ² = Σ m · (x − μ)² / (Σ m + 1e-7)"],
      notes: ["没有任何位置计入时，均值和方差都是 0。"],
      history:
        "Keras 2 后期加入。Keras 3.0 接受这个参数但不使用，之后的 Keras 3 版本才真正使用它。",
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
      summary: "方差，除以它的平方根，每个通道一个值。",
      type: "向量，长度等于 `x` 在 `axis` 上的长度",
      range: "不能为负；这里要的是方差，不是标准差。",
      whenToChange: "与 `mean` 取自同一处。",
      formula: [functionFormula],
      notes: ["`mean` 和 `variance` 常被不小心写反：最好按名称传入。"],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm` 中叫 `running_var`；ONNX 叫 `input_var`。",
    },
    axis: {
      summary: "通道所在的轴，即这些向量所沿的轴。",
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
      elsewhere: "PyTorch `F.batch_norm` 中叫 `bias`；ONNX 叫 `B`；即层的 `beta`。",
    },
    scale: {
      summary: "归一化之后乘上的系数，即层的 `gamma`。",
      type: "向量，长度等于 `x` 在 `axis` 上的长度；或 `None`",
      range: "任意数值；`None` 表示不做乘法。在这里它不是布尔值。",
      whenToChange: "希望结果的标准差不是 1 时。",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm` 中叫 `weight`；ONNX 叫 `scale`；即层的 `gamma`。",
    },
    epsilon: {
      summary: "加在方差上的一个小数，位于根号之内，避免方差几乎为零的通道除以零。",
      type: "浮点数",
      range: "较小的正数，不做检查。",
      whenToChange: "想重现某一层的结果时，取那一层的值。",
      formula: [functionFormula],
      notes: [],
      history: functionHistory,
      elsewhere: "PyTorch `F.batch_norm` 中叫 `eps`，ONNX 叫 `epsilon`；两者默认都是 `1e-5`。",
    },
  },
  removed: {
    fused:
      "Keras 3.0 起移除。它选用 TensorFlow 的融合内核，影响速度，并略微影响移动方差；Keras 3 自行选择内核。去掉即可。",
    virtual_batch_size:
      "Keras 3.0 起移除。它把批次分成几份各自归一化（ghost batch normalization）。可以改变批次的形状，或对每一份分别调用这一层。",
    adjustment:
      "Keras 3.0 起移除。它在训练时随机缩放和平移归一化后的值。可以写成这一层之后的另一个层。",
    mode: "Keras 2.0 起移除。它在按特征归一化、按样本归一化、始终用批次统计量按特征归一化之间选择。Keras 3 中，第二种用 `LayerNormalization`，第三种用 `training=True`。",
    beta_init: "自 Keras 2.0 起叫 `beta_initializer`。",
    gamma_init: "自 Keras 2.0 起叫 `gamma_initializer`。",
  },
};
