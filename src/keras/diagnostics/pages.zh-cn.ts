/** @file The pages about problems, in Simplified Chinese. */
import type { Pages } from "./pages.ts";

export const pages: Pages = {
  words: {
    severity: "默认级别：",
    severities: { error: "错误", warning: "警告", information: "信息", hint: "提示" },
    wrong: "发现的写法",
    right: "更好的写法",
    fine: "何时没有问题",
    show: "动手试试",
    showText:
      "这个单元格演示会发生什么。点击问题旁的灯泡，选择“在单元格中演示 {0}”，即可在笔记本中打开它。",
    off: "关闭此检查",
    offText: `只对一行关闭：在该行或上一行写注释。

\`\`\`python
# bnlab: ignore[{0}]
\`\`\`

对所有文件关闭：在设置中修改，也可以改成其他级别。

\`\`\`json
"batchnormLab.diagnostics.severity": { "{0}": "off" }
\`\`\``,
  },
  pages: {
    "unknown-argument": {
      title: "BatchNormalization 没有的参数",
      text: "任何版本的 Keras 都不接受这个参数，创建层时会报错。多半是拼写错误，或者用了其他框架的叫法，例如把 `epsilon` 写成 `eps`。`training` 和 `mask` 应在调用层时传入，而不是在创建层时。",
      fine: null,
    },
    "repeated-argument": {
      title: "参数重复或过多",
      text: "已按位置传入的参数不能再按名称传入，否则 Python 会引发 `TypeError`。位置依次是 `axis`、`momentum`、`epsilon`、`center`、`scale` 等。",
      fine: null,
    },
    "removed-argument": {
      title: "旧版 Keras 的参数",
      text: "`fused`、`virtual_batch_size`、`adjustment`、`weights` 和 `batch_input_shape` 是 Keras 2 的参数，TensorFlow 2.15 及以前的 `tf.keras` 也是 Keras 2。Keras 3 遇到它们会报错。Keras 3 不需要 `fused`：后端会自动选择较快的实现。`mode`、`beta_init` 和 `gamma_init` 则属于 Keras 1。",
      fine: "代码只在 Keras 2 上运行时。如果文件表明了这一点（例如导入 `tf_keras`），就不会提示；如果文件表明需要 Keras 3，则按错误处理。",
    },
    "argument-type": {
      title: "类型错误的值",
      text: "`axis` 是整数，`momentum` 和 `epsilon` 是数值，`center` 和 `scale` 是 `True` 或 `False`，`name` 是字符串。其他值大多会使 Keras 报错；有些会被默默接受，含义却变了：字符串 `'False'` 视为真，`axis=1.5` 被截断为 1。",
      fine: null,
    },
    "argument-range": {
      title: "超出范围的值",
      text: "Keras 不检查 `momentum` 和 `epsilon`。`momentum` 大于 1 时，移动统计量不会跟随各批次的统计量，而是越跑越远；小于 0 时，每一步都会冲过头。`epsilon` 为 0 时，方差为零的通道会得到 NaN；为负时，方差低于 −epsilon 的通道都会得到 NaN。`epsilon` 大于 1 时，它就不再只是防止除以零，还会明显缩小输出；`1e5` 多半是 `1e-5` 的笔误。若 `axis` 是输入没有的轴，构建层时会引发 `IndexError`；若是轴 0（批次）而批次大小未知，则会引发 `ValueError`。PyTorch 的第一个参数（特征数）在 Keras 中没有对应的参数，Keras 会自行得出。",
      fine: "确定没有方差为零的通道时，可以用 `epsilon=0`，例如只使用现成统计量的层。",
    },
    "unknown-object": {
      title: "Keras 不认识的名称",
      text: "初始化器、正则化器和约束可以用名称给出。Keras 中没有这个名称，但有一个很相近。",
      fine: "名称已通过 `keras.saving.register_keras_serializable` 或自定义对象作用域注册时。",
    },
    "pytorch-momentum": {
      title: "按 PyTorch 定义的 momentum",
      text: "两个框架的 `momentum` 意思正好相反。在 Keras 里它是旧值的权重：`moving = momentum · moving + (1 − momentum) · batch`；在 PyTorch 里它是新值的权重。PyTorch 的默认值 0.1 相当于 Keras 的 0.9，0.01 相当于 0.99。照搬过来，移动统计量就几乎只反映最后一两个批次，推理结果全凭运气。",
      fine: "确实希望移动统计量跟随最后一个批次时。`momentum=0` 已明确表示这个意图，不会提示。",
    },
    "axis-list": {
      title: "多于一个轴",
      text: "Keras 3 只接受一个整数，传入列表会引发 `TypeError`。同时指定多个轴是 Keras 2 的功能；只含一个轴的列表与直接写这个轴相同。",
      fine: "代码只在 Keras 2 上运行时。",
    },
    "axis-data-format": {
      title: "axis 不是卷积的通道轴",
      text: "`data_format='channels_first'` 的卷积，通道在轴 1；`channels_last` 的卷积，通道在最后一个轴。批归一化沿 `axis` 区分通道，默认是最后一个轴。两者不一致时，图像的每一行或每一列各有自己的均值、方差、gamma 和 beta，与通道无关。程序照样运行，甚至照样训练，但结果不是想要的。",
      fine: "确实想按行或按列统计时。格式不确定时不会提示：由变量给出、为整个程序设置，或者从 Keras 的配置中读取。",
    },
    "bias-before-batch-norm": {
      title: "被批归一化减掉的偏置",
      text: "批归一化减去每个通道的均值。偏置给每个通道加上一个常数，会随均值一起被减掉，它的作用由 `beta` 承担。`use_bias=False` 可以省去偏置的权重和梯度。",
      fine: "保留偏置没有坏处。而且带偏置保存的权重不能载入没有偏置的层：需要载入这样的权重时应保留偏置。",
    },
    "scale-before-linear": {
      title: "下一层可以代替的 gamma",
      text: "紧接着是全连接层或卷积时，那一层的权重可以把每个通道乘以任意数，所以 `gamma` 并不能增强模型的表达能力。Keras 的文档建议这时用 `scale=False`。",
      fine: "保留 `gamma` 没有坏处，也可能影响学习的快慢。",
    },
    "missing-training": {
      title: "训练步以推理模式运行",
      text: "`fit` 会以 `training=True` 调用模型；自己写的训练循环也要这样做。否则，批归一化会使用移动均值和移动方差（一开始是 0 和 1），而且从不更新它们。模型自己的 `call` 也要接受 `training`；Keras 会自动把它传给各层。",
      fine: "希望批归一化保持不变时，例如微调。这时应写明 `training=False`。",
    },
    "trainable-after-compile": {
      title: "在 compile 之后冻结",
      text: "`compile` 会记下哪些是可训练的。Keras 的文档说，之后的改动在再次调用 `compile` 之前不起作用。第一次 `fit` 之后，已编译的训练函数会照旧运行；用 JAX 时则会引发 `ValueError`。由于冻结的批归一化还会以推理模式运行，影响比其他层更大。",
      fine: "第一次 `fit` 之前，Keras 3 和较新的 TensorFlow 仍会采用这一改动，所以这时只作为信息提示。但不能保证以后一直如此。",
    },
    "unused-layer": {
      title: "没有使用的层",
      text: "层或者它的输出没有保存下来，或者保存它的变量从未使用：对模型来说，这一行就像不存在一样。在层或模型的 `call` 中创建的层也会丢失：每次调用都会另外创建一个。",
      fine: "在只检查能否创建层的测试中。预期会报错的测试不会提示。",
    },
    "missing-parentheses": {
      title: "误用类代替层",
      text: "模型需要的是层。`BatchNormalization` 是类，`BatchNormalization()` 才会创建一个层。",
      fine: null,
    },
    "tensor-as-argument": {
      title: "误把张量传给 axis",
      text: "层要先创建、再调用：`BatchNormalization()(x)`。写成 `BatchNormalization(x)` 时，张量会被当作 `axis`，从而报错。",
      fine: null,
    },
    "batch-size-one": {
      title: "一个批次只有一个样本",
      text: "均值和方差是在整个批次上求的。只有一个样本时，它们就是这个样本自己的：在全连接层之后，无论输入是什么，输出都是 `beta`；在卷积之后，只剩下图像内部的差别。而推理时用的移动统计量与任何一个训练步所用的都不同。",
      fine: "用于推理时；图像很大、一个样本就有足够多的位置时；或者层已冻结时。`GroupNormalization` 和 `LayerNormalization` 不依赖批次。",
    },
    "mask-rank": {
      title: "掩码的轴数不对",
      text: "掩码说明每个位置（而不是每个通道）是否计入，所以比输入少一个轴。否则 Keras 会引发 `ValueError`。",
      fine: null,
    },
    "synchronized-backend": {
      title: "没有 TensorFlow 时使用 `synchronized`",
      text: "`synchronized=True` 在 `tf.distribute` 策略的所有副本上求统计量。在其他后端上，Keras 会引发 `ValueError`。",
      fine: null,
    },
    "renorm-clipping": {
      title: "`renorm_clipping` 的界限不成立",
      text: "`renorm_clipping` 是以 `rmax`、`rmin` 和 `dmax` 为键的字典，每个键都可以省略。出现其他键、`rmax` 小于 `rmin`、`dmax` 为负，都会引发 `ValueError`。没有 `renorm=True` 时它不起作用。",
      fine: null,
    },
    "set-weights-order": {
      title: "权重的顺序不对",
      text: "`set_weights` 依次接受 `gamma`、`beta`、移动均值、移动方差；`scale=False` 时没有 `gamma`，`center=False` 时没有 `beta`。它们的形状都相同，所以写反了也不会报错。PyTorch 的顺序相同：weight、bias、running mean、running variance。",
      fine: null,
    },
  },
};
