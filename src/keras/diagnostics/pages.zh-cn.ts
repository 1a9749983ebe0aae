/** @file The pages about problems, in Simplified Chinese. */
import type { Pages } from "./pages.ts";

export const pages: Pages = {
  words: {
    severity: "默认级别：",
    severities: { error: "错误", warning: "警告", information: "信息", hint: "提示" },
    wrong: "发现的写法",
    right: "更好的写法",
    fine: "何时没有问题",
    show: "亲眼看看",
    showText: "这个单元格演示会发生什么。问题旁的灯泡菜单里，“在单元格中演示”会在笔记本中打开它。",
    off: "关闭此检查",
    offText: `只对一行：在该行或上一行写注释。

\`\`\`python
# bnlab: ignore[{0}]
\`\`\`

对所有文件：在设置中关闭，也可以改成别的级别。

\`\`\`json
"batchnormLab.diagnostics.severity": { "{0}": "off" }
\`\`\``,
  },
  pages: {
    "unknown-argument": {
      title: "BatchNormalization 没有的参数",
      text: "任何版本的 Keras 都不接受这个参数，创建层时会报错。多半是打错了字，或者用了别的框架的叫法，例如把 `epsilon` 写成 `eps`。`training` 和 `mask` 是调用层时给的，不是创建层时给的。",
      fine: null,
    },
    "repeated-argument": {
      title: "参数给了两次，或者给得太多",
      text: "按位置给过的参数不能再按名字给一次，否则 Python 抛出 `TypeError`。位置依次是 `axis`、`momentum`、`epsilon`、`center`、`scale` 等。",
      fine: null,
    },
    "removed-argument": {
      title: "旧版 Keras 的参数",
      text: "`fused`、`virtual_batch_size`、`adjustment`、`weights` 和 `batch_input_shape` 是 Keras 2 的参数，TensorFlow 2.15 及以前的 `tf.keras` 也是 Keras 2。Keras 3 遇到它们会报错。Keras 3 不需要 `fused`：后端会自己选择快的做法。`mode`、`beta_init` 和 `gamma_init` 则属于 Keras 1。",
      fine: "代码只在 Keras 2 上运行时。如果文件表明了这一点（例如导入 `tf_keras`），就不会提示；如果文件表明需要 Keras 3，则按错误处理。",
    },
    "argument-type": {
      title: "类型不对的值",
      text: "`axis` 是整数，`momentum` 和 `epsilon` 是数，`center` 和 `scale` 是 `True` 或 `False`，`name` 是字符串。其他值大多会使 Keras 报错；有些则被默默接受，却是另一个意思：字符串 `'False'` 被当作真，`axis=1.5` 被截成 1。",
      fine: null,
    },
    "argument-range": {
      title: "超出范围的值",
      text: "Keras 不检查这些值。`momentum` 大于 1 时，移动统计量不是跟随各批次，而是越跑越远；小于 0 时，每一步都会冲过头。`epsilon` 为 0 时，方差为零的通道得到 NaN；为负时，方差比它小的通道都得到 NaN。输入没有的 `axis` 会在建立层时引发 `ValueError`，轴 0（批次）也会，因为那时还不知道它的大小；PyTorch 的特征数在 Keras 里不用给出，Keras 自己得出。",
      fine: "确定没有方差为零的通道时可以用 `epsilon=0`，例如只使用现成权重的层。",
    },
    "unknown-object": {
      title: "Keras 不认识的名字",
      text: "初始化器、正则化器和约束可以用名字给出。这个名字不是 Keras 的，但很像其中一个。",
      fine: "名字已经通过 `keras.saving.register_keras_serializable` 或自定义对象作用域注册时。",
    },
    "pytorch-momentum": {
      title: "PyTorch 意义上的 momentum",
      text: "两个框架的 `momentum` 意思正好相反。在 Keras 里它是旧值的权重：`moving = momentum · moving + (1 − momentum) · batch`；在 PyTorch 里它是新值的权重。PyTorch 的默认值 0.1 相当于 Keras 的 0.9，0.01 相当于 0.99。照搬过来，移动统计量就几乎只是最后一两个批次的，推理结果全凭运气。",
      fine: "确实希望移动统计量跟随最后一个批次时。写 `momentum=0` 就说明了这一点，不会提示。",
    },
    "axis-list": {
      title: "多于一个轴",
      text: "Keras 3 只接受一个整数。轴的列表是 Keras 2 的功能；只有一个轴的列表与这个轴相同。",
      fine: "代码只在 Keras 2 上运行时。",
    },
    "axis-data-format": {
      title: "axis 不是卷积的通道轴",
      text: "`data_format='channels_first'` 的卷积，通道在轴 1；`channels_last` 的卷积，通道在最后一个轴。批归一化按 `axis` 归一化，默认是最后一个轴。两者不一致时，图像的每一行或每一列各有自己的均值、方差、gamma 和 beta，与通道无关。程序照样运行，甚至照样训练，但不是想要的结果。",
      fine: "格式不确定时不会提示：由变量给出、为整个程序设置，或者从 Keras 的配置读取。",
    },
    "bias-before-batch-norm": {
      title: "被批归一化减掉的偏置",
      text: "批归一化减去每个通道的均值。偏置对每个通道是常数，会和均值一起被减掉，它的作用由 `beta` 承担。`use_bias=False` 可以省去这些权重和它们的梯度。",
      fine: "保留它没有坏处。带偏置保存的权重不能载入没有偏置的层。",
    },
    "scale-before-linear": {
      title: "下一层就能做的 gamma",
      text: "紧接着是全连接层或卷积时，那一层的权重可以把每个通道乘以任意数，所以 `gamma` 不会让模型多表达什么。Keras 的文档建议这时用 `scale=False`。",
      fine: "保留它没有坏处，也可能影响学习的快慢。",
    },
    "missing-training": {
      title: "训练步骤处于推理模式",
      text: "`fit` 会以 `training=True` 调用模型；自己写的循环必须自己给。不给的话，批归一化使用移动均值和移动方差（开始时是 0 和 1），而且从不更新它们。",
      fine: "希望批归一化保持不变时，例如微调。这时写 `training=False` 说明。",
    },
    "trainable-after-compile": {
      title: "在 compile 之后冻结",
      text: "`compile` 会记下哪些是可训练的。Keras 的文档说，之后的改动在再次调用 `compile` 之前不起作用。第一次 `fit` 之后，已经编好的训练函数照旧运行；用 JAX 时则抛出 `ValueError`。冻结的批归一化还会在推理模式下运行，所以影响比其他层更大。",
      fine: "第一次 `fit` 之前，Keras 3 和较新的 TensorFlow 仍然会照办，这时只作为信息提示。但没有谁保证一直如此。",
    },
    "unused-layer": {
      title: "没有人用的层",
      text: "层或者它的输出没有保存下来，或者保存它的名字没有人用，模型就像没有这一行一样继续。",
      fine: "只检查能否创建层的测试。预期报错的测试不会提示。",
    },
    "missing-parentheses": {
      title: "用类代替了层",
      text: "模型要的是层。`BatchNormalization` 是类，`BatchNormalization()` 才创建一个层。",
      fine: null,
    },
    "tensor-as-argument": {
      title: "用张量代替了 axis",
      text: "层要先创建、再调用：`BatchNormalization()(x)`。在 `BatchNormalization(x)` 里，张量被当作 `axis`。",
      fine: null,
    },
    "batch-size-one": {
      title: "一个批次只有一个样本",
      text: "均值和方差是在整个批次上求的。只有一个样本时，它们就是这个样本自己的：在全连接层之后，无论输入是什么，输出都是 `beta`；在卷积之后，只剩下图像内部的差别。推理时用的移动统计量与任何一个训练步骤的都不一样。",
      fine: "用于推理时；图像很大、一个样本就有足够多的位置时；或者层已冻结时。`GroupNormalization` 和 `LayerNormalization` 不依赖批次。",
    },
    "mask-rank": {
      title: "掩码的轴数不对",
      text: "掩码说明每个位置（而不是每个通道）是否计入，所以比输入少一个轴。否则 Keras 抛出 `ValueError`。",
      fine: null,
    },
    "synchronized-backend": {
      title: "没有 TensorFlow 的同步",
      text: "`synchronized=True` 在 `tf.distribute` 策略的所有副本上求统计量。在其他后端上，Keras 抛出 `ValueError`。",
      fine: null,
    },
    "renorm-clipping": {
      title: "不成立的截断",
      text: "`renorm_clipping` 是由 `rmax`、`rmin` 和 `dmax` 组成的字典。其他的键、`rmax` 小于 `rmin`、`dmax` 为负，都会抛出 `ValueError`。没有 `renorm=True` 时它不起作用。",
      fine: null,
    },
    "set-weights-order": {
      title: "权重的顺序不对",
      text: "`set_weights` 依次接受 `gamma`、`beta`、移动均值、移动方差；没有 `scale` 或 `center` 时略去相应的权重。它们形状都相同，所以交换了两个也不会有任何报错。PyTorch 的顺序相同：weight、bias、running mean、running variance。",
      fine: null,
    },
  },
};
