/** @file 取值的含义，简体中文。What values mean, in Simplified Chinese. */
import type { ValueWords } from "./valueWords.en.ts";

const affected: Readonly<Record<string, string>> = {
  beta: "偏移 `beta` ",
  gamma: "缩放系数 `gamma` ",
  moving_mean: "移动均值",
  moving_variance: "移动方差",
};

const families: Readonly<Record<string, string>> = {
  initializer: "初始化器",
  regularizer: "正则化器",
  constraint: "约束",
};

const batch = "批次大小";

function axesText(axes: readonly string[]): string {
  return `轴 ${axes.length === 1 ? axes[0] : `${axes.slice(0, -1).join("、")} 和 ${axes.at(-1)}`}`;
}

/** 批次大小未知而又没有其他轴时，说每个样本一个值。 */
function valuesText(count: string): string {
  return count === batch ? "每个样本 1 个值" : `${count} 个值`;
}

function perChannel(count: string): string {
  if (count === batch) return valuesText(count);
  return `每个通道有${count.startsWith(batch) ? "" : " "}${valuesText(count)}`;
}

export const valueWords: ValueWords = {
  affected: (weight) => affected[weight] ?? weight,
  batch,
  stop: "。",
  axisKeeps: (axis, channels, averaged, count) =>
    `保留轴 ${axis}（${channels} 个通道），对${axesText(averaged)} 求平均：${perChannel(count)}。`,
  axisKeepsUnknown: (axis, averaged, count) =>
    `保留轴 ${axis}（从代码中看不出它的长度），对${axesText(averaged)} 求平均：${perChannel(count)}。`,
  axisAlone: (axis) =>
    `保留轴 ${axis}，而它是唯一的轴：训练时每个值就是它自己的均值，输出只剩 \`beta\`。`,
  axisOutside: (axis, shape) => `形状 ${shape} 中没有轴 ${axis}，调用时会引发 \`IndexError\`。`,
  axisLast:
    "通道在最后一个轴上：对于 `(batch, height, width, channels)`，保留 `channels`，对其余各轴求平均。",
  axisFirst:
    "通道在前：对于 `(batch, channels, height, width)`，保留 `channels`，对其余各轴求平均。`(batch, features)` 和 `(batch, time, features)` 的通道在最后，应使用 `axis=-1`。",
  axisThird:
    "对于 `(batch, height, width, channels)`，保留 `channels`，对其余各轴求平均，与 `axis=-1` 相同；输入至少要有 4 个轴。",
  axisZero: "保留批次轴：每个样本各自归一化，而且所有批次的大小必须相同。这通常不是本意。",
  axisOther: (axis, rank) => `保留轴 ${axis}，对其余各轴求平均；输入至少要有 ${rank} 个轴。`,
  axisList: "Keras 3 只接受一个整数；像 Keras 2 那样传入列表会引发 `TypeError`。",
  axisCut: (axis) => `它会被截断为整数 ${axis}。`,
  functionAxis: (axis, channels) => {
    const place = axis === -1 && channels === null ? "最后一个轴" : `轴 ${axis} `;
    return channels === null
      ? `${place}是通道轴：\`mean\` 和 \`variance\` 中每个通道各有一个值。`
      : `${place}上有 ${channels} 个通道：\`mean\` 和 \`variance\` 各有 ${channels} 个值。`;
  },
  momentum: (kept, taken, way) =>
    `每一步保留移动统计量的 ${kept}，再加上批次统计量的 ${taken}：${way}。`,
  renormMomentum: (kept, taken, way) =>
    `r 和 d 所依据的统计量每一步保留 ${kept}，再加上批次统计量的 ${taken}：${way}。`,
  way: (half, most) =>
    half === most
      ? `${most} 步后走完 95 % 的路程`
      : `${half} 步后走完一半路程，${most} 步后走完 95 %`,
  momentumZero: "什么都不保留：移动统计量始终等于最近一个批次的统计量。",
  momentumOne: "永远不变：训练不会更新移动统计量，推理使用初始的（或载入的）均值和方差。",
  momentumOutside:
    "超出 0 到 1 的范围，不再是平均：移动统计量会在批次统计量两侧来回摆动，或者越跑越远。",
  renormMomentumZero: "什么都不保留：r 和 d 总是拿当前批次与上一个批次相比。",
  renormMomentumOne: "永远不变：r 和 d 总是拿当前批次与初始的均值和标准差相比。",
  renormMomentumOutside:
    "超出 0 到 1 的范围，不再是平均：r 和 d 所依据的统计量会在批次统计量两侧来回摆动，或者越跑越远。",
  momentumFromTorch: (given, meant) =>
    `这么小的值往往来自 PyTorch，而 PyTorch 的定义正好相反：那里的 \`momentum=${given}\` 相当于这里的 \`momentum=${meant}\`。`,
  inTorch: (value) => `在 PyTorch 中应写 \`momentum=${value}\`。`,
  epsilon: (visible, root) =>
    `只对标准差低于约 ${visible} 的通道有明显影响，其输出会缩小 1 % 以上；标准差为 ${root}（√epsilon）时只剩 71 %。`,
  epsilonZero: "没有保护：所有值都相等的通道会得到 0 / 0，即 NaN。",
  epsilonNegative: (root) => `负数：标准差低于 ${root} 的通道都会变成 NaN。`,
  epsilonLarge: "这个值太大，连普通的通道也会被压缩。",
  betaYes: (count) => `${count}：输出的均值可以不为 0。`,
  offsets: (channels) =>
    channels === null ? "每个通道学习一个偏移 `beta`" : `学习 ${channels} 个偏移 \`beta\``,
  betaNo: "没有 `beta`：训练时输出的均值始终为 0，偏移要由后面的层来加。",
  gammaYes: (count) => `${count}：输出的标准差可以不为 1。`,
  scales: (channels) =>
    channels === null
      ? "每个通道学习一个缩放系数 `gamma`"
      : `学习 ${channels} 个缩放系数 \`gamma\``,
  gammaNo: "没有 `gamma`：训练时输出的标准差始终为 1，缩放可以由后面的线性层完成。",
  withoutEffect: (names) => `此时不起作用的参数：${names.join("、")}。`,
  noWeight: (cause) => `在这里不起作用：设了 \`${cause}\`，就没有这个权重。`,
  noRenorm: "在这里不起作用：它需要 `renorm=True`。",
  startsAt: (what, value) => `每个通道的${what}从 ${value} 开始。`,
  startsNormal: (what, mean, stddev) =>
    `每个通道的${what}的初始值取自均值为 ${mean}、标准差为 ${stddev} 的正态分布。`,
  startsTruncated: (what, mean, stddev) =>
    `每个通道的${what}的初始值取自均值为 ${mean}、标准差为 ${stddev} 的正态分布，并在两个标准差处截断。`,
  startsUniform: (what, from, to) => `每个通道的${what}的初始值在 ${from} 到 ${to} 之间均匀抽取。`,
  startsScaled: (what) =>
    `每个通道的${what}的初始值在 0 附近随机抽取，通道越多，值越小。这是为权重矩阵设计的，用在这里往往不是本意。`,
  startsDrawn: (what, size) =>
    `每个通道的${what}的初始值在 0 附近随机抽取，标准差为 ${size}（由通道数决定）。这是为权重矩阵设计的，用在这里往往不是本意。`,
  initializerNone:
    "`None` 并不表示这个参数的默认值：Keras 会像对待其他权重一样使用 `glorot_uniform`。",
  needsMatrix: (family) =>
    family === "regularizer"
      ? "它只适用于矩阵；用于向量时，计算惩罚项会引发 `ValueError`。"
      : "它只适用于矩阵；用于向量时，构建层会引发 `ValueError`。",
  needsArguments: "只写名称会因缺少 `value` 而报错：应写 `keras.initializers.Constant(0.5)`。",
  unknownName: (family) =>
    `Keras 中没有叫这个名称的${families[family] ?? family}，除非自行注册，否则会引发 \`ValueError\`。`,
  gammaZeros: "层一开始只输出 `beta`。用在残差块的最后一个批归一化中时，残差块一开始就是恒等映射。",
  betaOnesRelu: "正的偏移让更多的值一开始就能通过 ReLU。",
  meanNotZero: "在训练更新它之前，推理会从输入中减去这个值。",
  varianceOnes: (factor) => `训练之前的推理除以 √(1 + epsilon) = ${factor}：输入几乎不变。`,
  varianceZeros: (factor) => `训练之前的推理除以 √epsilon：把输入放大 ${factor} 倍。`,
  varianceOther: (value, factor) => `训练之前的推理除以 √(${value} + epsilon) ≈ ${factor}。`,
  varianceNegative: "低于 −epsilon 的方差无法开方：训练之前的推理会得到 NaN。",
  varianceDrawnNegative: "其中有些方差为负：在训练之前，这些通道的推理结果为 NaN。",
  penaltyL1: (rate, weight) => `给损失加上 ${rate} · Σ |${weight}|。`,
  penaltyL2: (rate, weight) => `给损失加上 ${rate} · Σ ${weight}²。`,
  penaltyBoth: (l1, l2, weight) => `给损失加上 ${l1} · Σ |${weight}| + ${l2} · Σ ${weight}²。`,
  penaltyAtStart: (channels, penalty) =>
    channels === "1"
      ? `一开始 gamma 是 1，惩罚项为 ${penalty}。`
      : `一开始 ${channels} 个 gamma 都是 1，惩罚项为 ${penalty}。`,
  noPenalty: "没有惩罚项。",
  penaltyNothing: "它的系数都是 0，所以什么都不加。",
  nonNegative: (weight) => `每次更新之后，${weight} 中的负值变为 0。`,
  maximumNorm: (weight, value) =>
    `每次更新之后，若 ${weight}（所有通道合成一个向量）的范数超过 ${value}，就按比例缩小到该值。`,
  normRange: (weight, from, to) =>
    `每次更新之后，把 ${weight}（所有通道合成一个向量）按比例缩放，使范数在 ${from} 到 ${to} 之间。`,
  normRangePart: (weight, from, to, rate) =>
    `每次更新之后，${weight}（所有通道合成一个向量）的范数向 ${from} 到 ${to} 的范围靠近，走完其间距离的 ${rate}。`,
  unitNorm: (weight) =>
    `每次更新之后，把 ${weight}（所有通道合成一个向量）按比例缩放，使范数为 1。`,
  normAtStart: (channels, norm, each) =>
    `${channels} 个 gamma 都是 1 时，范数为 ${norm}：第一次更新就会把每个 gamma 变为约 ${each}。`,
  noConstraint: "没有约束：取值不受限制。",
  synchronizedYes: "均值和方差取自所有副本上的整个批次；仅适用于 TensorFlow 后端。",
  synchronizedNo: "每个副本用自己那部分批次的统计量做归一化。",
  renormYes: "训练时的输出也按移动统计量计算，而梯度仍流经批次的统计量。",
  renormNo: "普通的批归一化。",
  clipR: (from, to) => {
    if (from === null) return to === null ? "r 不设界限" : `r 不超过 ${to}`;
    if (to === null) return `r 不低于 ${from}`;
    return from === to ? `r 固定为 ${from}` : `r 限制在 ${from} 到 ${to} 之间`;
  },
  clipD: (to) => {
    if (to === null) return "d 不设界限";
    return to === "0" ? "d 固定为 0" : `d 限制在 −${to} 到 ${to} 之间`;
  },
  clip: (r, d) => `${r}，${d}。`,
  clipPlain: "这就是普通的批归一化。",
  clipNone: "r 和 d 都不设界限。",
  clipKey: (key) =>
    `没有 \`${key}\` 这个键，会引发 \`ValueError\`。可用的键是 \`rmin\`、\`rmax\` 和 \`dmax\`。`,
  clipOrder: "`rmax` 小于 `rmin`，会引发 `ValueError`。",
  clipNegative: "`dmax` 为负，会引发 `ValueError`。",
  nameWeights: (paths) => `它的权重路径以 ${paths.join("、")} 结尾。`,
  nameSlash: "Keras 3 的名称中不能含有 `/`，否则会引发 `ValueError`；Keras 2 允许。",
  nameNone: "由 Keras 命名：`batch_normalization`、`batch_normalization_1` 等。",
  dtypeNone: "采用全局策略，未修改时为 `float32`。",
  dtypeFloat32: "以 float32 计算并保存权重，与默认情况相同。",
  dtypeFloat64:
    "以双精度保存权重；在 TensorFlow 后端上也以双精度计算，在其他后端上以 float32 计算。",
  dtypeHalf: (name) => `权重也只有 16 位：最好改用 \`mixed_${name}\`。统计量仍以 float32 计算。`,
  dtypeMixed: (name) => `输入和输出为 ${name}，但以 float32 计算并保存权重。`,
  dtypeInteger: (name) => `${name} 不是浮点类型：权重和输出都会失去小数部分。`,
  dtypeUnknown: "Keras 中没有叫这个名称的类型或策略，会引发 `ValueError`。",
  trainableYes: "训练会改变它：优化器更新 `gamma` 和 `beta`，每次训练调用更新移动统计量。",
  trainableNo: "冻结：始终以推理模式运行，即使传入 `training=True`；权重和移动统计量都不变。",
  notBoolean: "不是布尔值，会引发 `ValueError`。",
  trainingYes: "用这个批次的均值和方差做归一化，并更新移动统计量。",
  trainingNo: "用移动统计量做归一化，移动统计量保持不变。",
  trainingNone: "由调用环境决定：在 `fit()` 中为训练，直接调用时为推理。",
  trainingFrozen: "在这里不起作用：这一层以 `trainable=False` 创建，始终以推理模式运行。",
  maskNone: "所有位置都计入，除非输入自带掩码。",
  channelsByValues: (channels, count) => `${channels} 个通道 × ${valuesText(count)}`,
  ofShape: (shape) => `输入的形状为 \`${shape}\`。`,
  torchTooltip: (value) =>
    `PyTorch 的定义正好相反：那里的 \`momentum\` 是新批次的权重，因此 \`momentum=${value}\` 的效果与这里相同。`,
  nothingAdded: "不加偏移，相当于 `center=False`。",
  nothingScaled: "不做缩放，相当于 `scale=False`。",
};
