/** @file 取值的含义，简体中文。What values mean, in Simplified Chinese. */
import type { ValueWords } from "./valueWords.en.ts";

const affected: Readonly<Record<string, string>> = {
  beta: "偏移 `beta` ",
  gamma: "缩放系数 `gamma` ",
  moving_mean: "移动均值",
  moving_variance: "移动方差",
};

export const valueWords: ValueWords = {
  affected: (weight) => affected[weight] ?? weight,
  batch: "批次大小",
  and: (items) =>
    items.length < 2 ? items.join("") : `${items.slice(0, -1).join("、")} 和 ${items.at(-1)}`,
  axisKeeps: (axis, channels, averaged, product, count) =>
    `保留轴 ${axis}，即 ${channels} 个通道；在${averaged} 上求平均：每个通道 ${product}${count} 个数。`,
  axisKeepsUnknown: (axis, averaged, product) =>
    `保留轴 ${axis}（代码中看不出它的长度）；在${averaged} 上求平均：每个通道 ${product} 个数。`,
  axisNames: () => "轴 ",
  noAxes: "零个轴（每个数就是它自己的均值）",
  axisOutside: (axis, shape) => `形状 ${shape} 中没有轴 ${axis}：调用层时会引发 \`IndexError\`。`,
  axisLast:
    "通道在最后一个轴上：对 `(batch, height, width, channels)`，保留 `channels`，在其余轴上求平均。",
  axisFirst:
    "通道在前：对 `(batch, channels, height, width)`，保留 `channels`，在其余轴上求平均。`(batch, features)` 和 `(batch, time, features)` 的通道在最后：用 `axis=-1`。",
  axisZero: "保留批次轴：每个样本各自归一化，而且之后的批次大小必须相同。这很少是本意。",
  axisOther: (axis) => `保留轴 ${axis}，在其余所有轴上求平均；输入必须有这么多个轴。`,
  axisList: "Keras 3 只接受一个整数；像 Keras 2 那样传入列表会引发 `TypeError`。",
  axisCut: (axis) => `截断为整数 ${axis}。`,
  momentum: (kept, taken, half, most) =>
    `每一步保留 ${kept} 的移动统计量，并取 ${taken} 的批次统计量：经 ${half}走完一半，经 ${most}走完 95 %。`,
  renormMomentum: (kept, taken, half, most) =>
    `每一步保留 ${kept} 的、r 和 d 所依据的统计量，并取 ${taken} 的批次统计量：经 ${half}走完一半，经 ${most}走完 95 %。`,
  steps: (count) => `${count} 步`,
  momentumZero: "什么都不保留：移动统计量就是最近一个批次的统计量。",
  momentumOne: "永远不变：无论怎样训练，推理都用初始的均值和方差。",
  momentumOutside: "超出 0 到 1 的范围，不再是平均：移动统计量会来回摆动或无限增长。",
  momentumFromTorch: (meant) =>
    `这么小的值往往来自 PyTorch（在那里它是新批次的权重）：那样的话，这里应写 \`momentum=${meant}\`。`,
  inTorch: (value) => `在 PyTorch 中：\`momentum=${value}\`。`,
  epsilon: (visible, root) =>
    `对标准差低于约 ${visible} 的通道才有影响：输出缩小 1 % 以上；标准差为 ${root}（√epsilon）时只剩 71 %。`,
  epsilonZero: "没有保护：数值全相等的通道会得到 0 / 0，即 NaN。",
  epsilonNegative: (root) => `负数：标准差低于 ${root} 的通道都会变成 NaN。`,
  epsilonLarge: "这个值很大，会把普通的通道也压平。",
  betaYes: (count) => `学习${count}：输出的均值可以离开 0。`,
  offsets: (channels) =>
    channels === null ? "每个通道一个偏移 `beta`" : ` ${channels} 个偏移 \`beta\``,
  betaNo: "没有 `beta`：训练时输出的均值始终为 0，偏移要由后面的层来加。",
  gammaYes: (count) => `学习${count}：输出的离散程度可以离开 1。`,
  scales: (channels) =>
    channels === null ? "每个通道一个缩放系数 `gamma`" : ` ${channels} 个缩放系数 \`gamma\``,
  gammaNo: "没有 `gamma`：训练时输出的标准差始终为 1，缩放可以由后面的线性层完成。",
  withoutEffect: (names) => `此时不起作用的参数：${names.join("、")}。`,
  noWeight: (cause) => `在这里不起作用：\`${cause}\` 时没有这个权重。`,
  noRenorm: "在这里不起作用：它需要 `renorm=True`。",
  startsAt: (what, value) => `每个通道的${what}从 ${value} 开始。`,
  startsNormal: (what, mean, stddev) =>
    `每个通道的${what}的初始值取自均值为 ${mean}、标准差为 ${stddev} 的正态分布。`,
  startsTruncated: (what, mean, stddev) =>
    `每个通道的${what}的初始值取自均值为 ${mean}、标准差为 ${stddev} 的正态分布，且不超出两个标准差。`,
  startsUniform: (what, from, to) => `每个通道的${what}的初始值在 ${from} 到 ${to} 之间均匀抽取。`,
  startsScaled: (what) =>
    `每个通道的${what}的初始值在 0 附近随机抽取，通道越多就越小。它是为权重矩阵设计的，用在这里往往不是本意。`,
  startsDrawn: (what, size) =>
    `每个通道的${what}的初始值在 0 附近随机抽取，标准差为 ${size}（由通道数决定）。它是为权重矩阵设计的，用在这里往往不是本意。`,
  needsMatrix: "它需要矩阵；对向量，构建层时会引发 `ValueError`。",
  needsArguments: "只写名称时缺少 `value`：应写 `keras.initializers.Constant(0.5)`。",
  unknownName: () => "Keras 中没有这个名称，会引发 `ValueError`。",
  gammaZeros: "层一开始只输出 `beta`：用在残差块的最后一层时，残差块一开始就是恒等映射。",
  betaOnesRelu: "正的偏移使一开始有更多的值能通过 ReLU。",
  meanNotZero: "在训练改变它之前，推理会从输入中减去这个值。",
  varianceOnes: (factor) => `训练之前的推理除以 √(1 + epsilon) = ${factor}：输入几乎不变。`,
  varianceZeros: (factor) => `训练之前的推理除以 √epsilon：把输入放大 ${factor} 倍。`,
  varianceNegative: "低于 −epsilon 的方差无法开方：训练之前的推理会得到 NaN。",
  penaltyL1: (rate, weight) => `给损失加上 ${rate} · Σ |${weight}|。`,
  penaltyL2: (rate, weight) => `给损失加上 ${rate} · Σ ${weight}²。`,
  penaltyBoth: (l1, l2, weight) => `给损失加上 ${l1} · Σ |${weight}| + ${l2} · Σ ${weight}²。`,
  penaltyAtStart: (channels, penalty) =>
    `一开始 ${channels} 个 gamma 都是 1，惩罚项为 ${penalty}。`,
  noPenalty: "没有惩罚项。",
  penaltyNothing: "它的两个系数都是 0：什么都不加。",
  nonNegative: (weight) => `每次更新之后，${weight} 中的负值变为 0。`,
  maximumNorm: (weight, value) =>
    `每次更新之后，把所有通道的 ${weight} 当作一个向量，按比例缩小到范数不超过 ${value}。`,
  normRange: (weight, from, to) =>
    `每次更新之后，把所有通道的 ${weight} 当作一个向量，按比例缩放到范数在 ${from} 到 ${to} 之间。`,
  unitNorm: (weight) => `每次更新之后，把所有通道的 ${weight} 当作一个向量，按比例缩放到范数为 1。`,
  normAtStart: (channels, norm, each) =>
    `${channels} 个为 1 的 gamma 的范数是 ${norm}：第一次更新就会把每个变成约 ${each}。`,
  noConstraint: "没有约束。",
  synchronizedYes: "均值和方差取自所有副本上的整个批次；仅适用于 TensorFlow 后端。",
  synchronizedNo: "每个副本用自己那部分批次的统计量做归一化。",
  renormYes: "训练时的输出也按滑动统计量计算，梯度仍流经批次的统计量。",
  renormNo: "普通的批归一化。",
  clipR: (from, to) => `r 限制在 ${from} 到 ${to} 之间`,
  clipD: (to) => `d 限制在 −${to} 到 ${to} 之间`,
  clipRNot: "r 不设界限",
  clipDNot: "d 不设界限",
  clipJoin: "，",
  stop: "。",
  clipPlain: "这就是普通的批归一化。",
  clipNone: "r 和 d 都不设界限。",
  clipKey: (key) =>
    `没有 \`${key}\` 这个键，会引发 \`ValueError\`。可用的键是 \`rmin\`、\`rmax\` 和 \`dmax\`。`,
  clipOrder: "`rmax` 小于 `rmin`，会引发 `ValueError`。",
  clipNegative: "`dmax` 为负，会引发 `ValueError`。",
  nameWeights: (paths) => `它的权重是 ${paths.join("、")}。`,
  nameSlash: "名称中不能有 `/`，否则引发 `ValueError`。",
  nameNone: "由 Keras 命名：`batch_normalization`、`batch_normalization_1` 等。",
  dtypeNone: "采用全局策略，未修改时为 `float32`。",
  dtypeFloat32: "以 float32 计算并保存权重，这是默认的情况。",
  dtypeFloat64: "以双精度计算并保存权重。",
  dtypeHalf: (name) => `权重也只有 16 位：最好改用 \`mixed_${name}\`。统计量仍以 float32 计算。`,
  dtypeMixed: (name) => `输入输出为 ${name}，权重以 float32 保存，统计量以 float32 计算。`,
  dtypeInteger: (name) => `${name} 不是浮点类型：权重会失去小数部分。`,
  dtypeUnknown: "Keras 中没有这个名称的类型。",
  trainableYes: "训练会更新它：优化器更新权重，每一步更新移动统计量。",
  trainableNo: "冻结：始终以推理模式运行，即使传入 `training=True`；权重和移动统计量都不变。",
  notBoolean: "不是布尔值，会引发 `ValueError`。",
  trainingYes: "用这个批次的均值和方差做归一化，并更新移动统计量。",
  trainingNo: "用移动统计量做归一化，移动统计量保持不变。",
  trainingNone: "由调用环境决定；直接调用时为推理。",
  trainingFrozen: "在这里不起作用：这一层以 `trainable=False` 创建，始终以推理模式运行。",
  maskNone: "所有位置都计入，除非输入自带掩码。",
  inputs: (channels, count) => `${channels} 个通道 × ${count} 个数。`,
  channelsByValues: (channels, count) => `${channels} 个通道 × ${count} 个数`,
  ofShape: (shape) => `输入的形状为 \`${shape}\`。`,
  torchTooltip: (value) =>
    `PyTorch 的算法相反：那里的 \`momentum\` 是新批次的权重，因此 \`nn.BatchNorm2d(…, momentum=${value})\` 与这里相同。`,
  nothingAdded: "不加偏移，相当于 `center=False`。",
  nothingScaled: "不做缩放，相当于 `scale=False`。",
};
