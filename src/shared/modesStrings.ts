/**
 * @file Words of the view of training beside inference. `{0}`, `{1}` are filled in by `format`.
 */
export const modesStrings = {
  title: "Training beside inference",
  about:
    "How far the two outputs are apart for this batch, as the root mean square of their difference.",
  channel: "Channel",
  difference: "Difference",
  meanGap: "Mean gap",
  stdRatio: "Std ratio",
  reason: "Why",
  /** {0}: how many, {1}: of how many. */
  mostDifferent: "{0} of {1} channels are shown, those that differ most",
  meanGapNote:
    "Where inference puts the batch's mean, in moving standard deviations (the square root of the moving variance)",
  stdRatioNote: "Standard deviation of the batch divided by the moving standard deviation",
  /** {0}: one of the reasons below. */
  oneChannel: "1 channel: {0}",
  /** {0}: how many, {1}: one of the reasons below. */
  manyChannels: "{0} channels: {1}",
  /** {0}: one of the reasons below. */
  allChannels: "All channels: {0}",
  agree: "both modes agree",
  agreeWhy: "Within 0.05 standard deviations, training and inference give the same output.",
  notFinite: "NaN or infinity",
  notFiniteWhy:
    "There is no output to compare: NaN or infinity is in the batch or in the statistics.",
  unconverged: "the moving statistics have not converged",
  /** {0}: per cent. */
  unconvergedWhy: "They still hold {0} of their initial values.",
  /** {0}: per cent, {1}: calls, {2}: momentum. */
  unconvergedSteps:
    "They still hold {0} of their initial values; {1} more training calls at momentum {2} leave 1 %.",
  smallBatch: "the batch is too small to tell",
  /** {0}: values per channel. */
  smallBatchWhy:
    "With {0} values per channel, sampling alone moves a batch's mean and variance this far.",
  shifted: "the data have moved since training",
  shiftedWhy:
    "The moving statistics are those of other data: inference centres and scales this batch by them.",
  /** {0}: how many. */
  more: "{0} more",
  /** {0}: channel, {1}: the difference. */
  barLabel: "Channel {0}: difference {1}",
};

export type ModesStrings = Readonly<Record<keyof typeof modesStrings, string>>;

export const modesStringsZhCn: ModesStrings = {
  title: "训练与推理对照",
  about: "对于这个批次，两种模式的输出相差多少，以差值的均方根表示。",
  channel: "通道",
  difference: "差异",
  meanGap: "均值偏移",
  stdRatio: "标准差之比",
  reason: "原因",
  mostDifferent: "共 {1} 个通道，显示差异最大的 {0} 个",
  meanGapNote: "推理把该批次的均值放在哪里，以移动标准差（移动方差的平方根）为单位",
  stdRatioNote: "批次的标准差与移动标准差之比",
  oneChannel: "1 个通道：{0}",
  manyChannels: "{0} 个通道：{1}",
  allChannels: "所有通道：{0}",
  agree: "两种模式一致",
  agreeWhy: "训练与推理的输出相差不超过 0.05 个标准差。",
  notFinite: "含有 NaN 或无穷",
  notFiniteWhy: "没有可比较的输出：批次或统计量中含有 NaN 或无穷。",
  unconverged: "移动统计量尚未收敛",
  unconvergedWhy: "初始值在其中仍占 {0}。",
  unconvergedSteps: "初始值在其中仍占 {0}；动量为 {2} 时，再经过 {1} 次训练调用，就只剩 1 %。",
  smallBatch: "批次太小，无法判断",
  smallBatchWhy: "每个通道只有 {0} 个值，仅抽样误差就会使批次的均值和方差偏移这么多。",
  shifted: "数据与训练时不同",
  shiftedWhy: "移动统计量来自另外的数据：推理却用它们来平移和缩放这个批次。",
  more: "另外 {0} 个",
  barLabel: "通道 {0}：差异 {1}",
};
