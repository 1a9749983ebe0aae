/**
 * @file Every word that the views show, in both languages: a notebook renderer has no access to the
 * editor's translations. A forgotten word does not compile. `{0}`, `{1}` are filled in by `format`.
 */

import { type DetailStrings, detailStrings, detailStringsZhCn } from "./detailStrings.ts";
import { type HistoryStrings, historyStrings, historyStringsZhCn } from "./historyStrings.ts";
import { isSimplifiedChinese } from "./locale.ts";
import { type ModesStrings, modesStrings, modesStringsZhCn } from "./modesStrings.ts";

/** Words of the per-channel view, live or static. */
export const viewStrings = {
  history: historyStrings,
  modes: modesStrings,
  detail: detailStrings,

  channel: "Channel",
  histogram: "Histogram",
  note: "Note",
  mean: "Mean",
  std: "Std",
  variance: "Variance",
  count: "Count",
  min: "Min",
  firstQuartile: "Q1",
  median: "Median",
  thirdQuartile: "Q3",
  max: "Max",
  zeros: "Zeros",
  nan: "NaN",
  inf: "Inf",
  gamma: "gamma",
  beta: "beta",
  movingMean: "Moving mean",
  movingVariance: "Moving var.",
  /** Heading: how far the moving statistics are from the batch's. */
  gap: "Gap",
  outputMean: "Output mean",
  outputStd: "Output std",

  /** {0}: the axis' number. */
  axis: "axis {0}",
  oneChannel: "1 channel",
  manyChannels: "{0} channels",
  oneValue: "1 value",
  manyValues: "{0} values",
  /** {0}: the kept axis, {1}: `64 channels`, {2}: `30 × 32 × 32 = 30,720 values`. */
  keptAxis:
    "Axis {0} is kept, the others are averaged away: {1}, each with one mean and one variance over {2}",
  /** {0}: the kept axis, of a tensor that has no other. */
  keptOnlyAxis: "Axis {0} is the only one: each channel is a single value",
  /** {0}: `30 × 32 = 960 values`. */
  keptNothing: "Every axis is averaged away: one mean and one variance over {0}",

  /** {0}: the variable's name. */
  captionOf: "Statistics of each channel of {0}",
  caption: "Statistics of each channel",
  /** {0}: a column's heading. */
  sortBy: "Sort by {0}",
  histogramNote:
    "Each histogram spans its own channel from min to max; solid line: mean, dotted line: zero",
  /** {0}: channel, {1}: number of values, {2}, {3}: range, {4}: place of the tallest bar. */
  histogramLabel: "Histogram of channel {0}: {1} values from {2} to {3}, peak near {4}",
  /** {0}: channel, {1}: number of values, {2}: the one value that they have. */
  histogramConstant: "Histogram of channel {0}: all {1} values are {2}",
  /** {0}: channel. */
  histogramEmpty: "Channel {0} has no finite values",
  /** {0}: place of the tallest bar. */
  peak: "peak {0}",
  valuesAsText: "Values as text",

  /** {0}: what is odd, {1}: what was found. */
  oddNote: "{0}: {1}",
  /** {0}: what is odd, {1}: the channels' numbers, such as `3, 17 and 12 more`. */
  oddChannel: "{0}: channel {1}",
  oddChannels: "{0}: channels {1}",
  oddAll: "{0}: all channels",
  /** {0}: some numbers, {1}: how many are not listed. */
  andMore: "{0} and {1} more",

  /** {0}: channels in the table, {1}: channels in all. */
  firstChannels: "The first {0} of {1} channels are shown",
  /** {0}: channels in the table, {1}: channels in all, {2}: how many come from the beginning. */
  someChannels: "{0} of {1} channels are shown: the first {2} and those that have a note",

  defaultArguments: "every argument at its default",
  changedArguments: "all other arguments at their defaults",
  notBuilt: "Not built: the weights are created by the first call, or by build(input_shape)",
  lastBatch: "Mean, std and variance are those of the last training batch",
  noWeights: "No weights and no statistics to show",

  containsNan: "contains NaN",
  /** {0}: share of the values. */
  containsNanFound: "{0} NaN",
  containsNanMeaning:
    "A NaN makes the channel's mean and variance NaN, and with them its whole output",
  containsInf: "contains infinity",
  /** {0}: share of the values. */
  containsInfFound: "{0} infinite",
  containsInfMeaning: "An infinity makes the channel's mean infinite and its variance NaN",
  lostMoving: "moving statistics lost",
  lostMovingFound: "NaN or infinite",
  lostMovingMeaning:
    "One batch with a NaN or infinity is enough: inference gives NaN from then on, and no further training mends it",
  zeroVariance: "zero variance",
  /** {0}: a number. */
  zeroVarianceFound: "all values are {0}",
  zeroVarianceMeaning:
    "A constant channel is normalized to 0: its output is beta, whatever the batch",
  nearEpsilon: "variance near epsilon",
  /** {0}: a standard deviation below 1. */
  nearEpsilonFound: "normalized std only {0}",
  nearEpsilonMeaning: "Epsilon outweighs so small a variance: the normalized std stays below 1",
  deadGamma: "dead gamma",
  /** {0}: a number near 0. */
  deadGammaFound: "gamma {0}",
  deadGammaMeaning:
    "The output is beta whatever the input, and no gradient passes back through the channel",
  mostlyZero: "mostly zero",
  /** {0}: share of the values. */
  mostlyZeroFound: "{0} zeros",
  mostlyZeroMeaning:
    "Hardly any input makes the channel fire; few values decide its mean and variance",
  saturated: "saturated",
  /** {0}: share of the values, {1}: where they crowd. */
  saturatedFound: "{0} at {1}",
  saturatedMeaning:
    "Many values crowd at one end of the range, where a clipping or squashing function has no slope",
  wide: "wider than the others",
  /** {0}: a factor. */
  wideFound: "std {0} × the usual",
  wideMeaning: "Its standard deviation is far above that of the median channel",
  narrow: "narrower than the others",
  /** {0}: a factor below 1. */
  narrowFound: "std {0} × the usual",
  narrowMeaning: "Its standard deviation is far below that of the median channel",
  far: "far from the others",
  /** {0}: a number of standard deviations. */
  farFound: "mean {0} stds away",
  farMeaning: "Its mean lies many standard deviations away from that of the median channel",
  lagging: "moving statistics off",
  /** {0}: a number of standard deviations. */
  laggingFound: "by {0} stds",
  laggingMeaning:
    "Inference, which uses the moving statistics, gives another output than training on this batch",
  /** {0}: one or both of the next two. */
  tails: "outside of it {0}",
  /** {0}: `3 values`, {1}: the least value. */
  tailBelow: "{0} down to {1}",
  /** {0}: `3 values`, {1}: the greatest value. */
  tailAbove: "{0} up to {1}",
  /** Between two parts of a list. */
  and: " and ",
  /** {0}: the text at fault. */
  filterUnexpected: "“{0}” does not fit here",
  filterEndsEarly: "The filter ends too early: a number, a column or a channel is missing",
  /** {0}: a name, {1}: the names there are. */
  filterUnknownName: "There is no column “{0}”. There are {1}",
  /** {0}: a column's name, {1}: those there are. */
  filterMissingColumn: "This value has no {0}. It has {1}",
  /** {0}: a number, {1}: such as `0–63`. */
  filterNoSuchChannel: "There is no channel {0}: they are {1}",
  filterNoComparison: "A comparison is missing, such as std < 1e-3 or nan > 0",

  nothingOdd:
    "No channel stands out: nothing is NaN, constant, dead, saturated or unlike the others",
  /** {0}: a number, {1}: `64 channels`. */
  oddCount: "{0} of {1} stand out",
  oddAllCount: "Every channel stands out",
  showThese: "Press to show these channels alone",
  /** Name of the row of tools above the table. */
  toolbar: "Table",
  filter: "Filter channels",
  filterPlaceholder: "Filter: std < 1e-3, odd, 0-7",
  filterHint:
    "Conditions such as std < 1e-3, nan > 0 or zeros > 50%, joined by and, or, not; channels such as 0-7, 12; odd for those that stand out",
  /** {0}, {1}: numbers. */
  shownChannels: "{0} of {1} channels",
  columns: "Columns",
  columnsHint: "Choose columns",
  usualColumns: "Usual columns",
  sharedScale: "Shared scale",
  sharedScaleHint: "Draw all histograms on one scale, so that levels and spreads compare",
  export: "Export",
  exportHint: "Copy or save the table",
  copyCsv: "Copy as CSV",
  copyMarkdown: "Copy as Markdown",
  saveCsv: "Save as CSV…",
  savePng: "Save as PNG…",
  saveSvg: "Save as SVG…",
  /** {0}: `64 channels`. */
  copied: "{0} copied",
  copyFailed: "Nothing was copied: the clipboard cannot be written to from here",
  /** {0}: a file's name. */
  fileMade: "{0} is ready",
  pictureFailed: "The picture could not be made",
  /** {0}: channels in the picture, {1}: channels in the table. */
  pictureRows: "The first {0} of the {1} rows of the table",
  histogramNoteShared:
    "All histograms share one scale; solid line: mean, dotted line: zero; arrows: values beyond",
  gapHint:
    "Between the batch's statistics and the moving ones: root mean square difference of the normalized outputs, in standard deviations",
  /** {0}: a number. */
  channelNumber: "Channel {0}",
  /** {0}: a number. */
  pin: "Pin channel {0} on top, to compare",
  noFinite: "no finite values",

  otherVersion:
    "Another version of BatchNorm Lab made this output; its text is shown instead. Run the cell again to see the table.",
  unreadable: "This output cannot be read. Run the cell again to see the table.",
};

type Words = typeof viewStrings;
export type ViewStrings = {
  readonly [Key in keyof Omit<Words, "history" | "modes" | "detail">]: string;
} & {
  readonly history: HistoryStrings;
  readonly modes: ModesStrings;
  readonly detail: DetailStrings;
};

/** The same words in Simplified Chinese. */
const viewStringsZhCn: ViewStrings = {
  history: historyStringsZhCn,
  modes: modesStringsZhCn,
  detail: detailStringsZhCn,

  channel: "通道",
  histogram: "直方图",
  note: "备注",
  mean: "均值",
  std: "标准差",
  variance: "方差",
  count: "数量",
  min: "最小值",
  firstQuartile: "Q1",
  median: "中位数",
  thirdQuartile: "Q3",
  max: "最大值",
  zeros: "零值",
  nan: "NaN",
  inf: "Inf",
  gamma: "gamma",
  beta: "beta",
  movingMean: "移动均值",
  movingVariance: "移动方差",
  gap: "差距",
  outputMean: "输出均值",
  outputStd: "输出标准差",

  axis: "轴 {0}",
  oneChannel: "1 个通道",
  manyChannels: "{0} 个通道",
  oneValue: "1 个值",
  manyValues: "{0} 个值",
  keptAxis: "保留轴 {0}，对其余各轴求平均：{1}，每个通道由 {2}算出一个均值和一个方差",
  keptOnlyAxis: "只有轴 {0}：每个通道只有一个值",
  keptNothing: "对所有轴求平均：由 {0}算出一个均值和一个方差",

  captionOf: "{0} 各通道的统计量",
  caption: "各通道的统计量",
  sortBy: "按{0}排序",
  histogramNote: "每个直方图的范围是该通道的最小值到最大值；实线为均值，虚线为零",
  histogramLabel: "通道 {0} 的直方图：{1} 个值，从 {2} 到 {3}，峰值在 {4} 附近",
  histogramConstant: "通道 {0} 的直方图：{1} 个值均为 {2}",
  histogramEmpty: "通道 {0} 没有有限值",
  peak: "峰值 {0}",
  valuesAsText: "以文本显示数值",

  oddNote: "{0}：{1}",
  oddChannel: "{0}：通道 {1}",
  oddChannels: "{0}：通道 {1}",
  oddAll: "{0}：所有通道",
  andMore: "{0} 以及另外 {1} 个",

  firstChannels: "共 {1} 个通道，显示前 {0} 个",
  someChannels: "共 {1} 个通道，显示 {0} 个：前 {2} 个以及有备注的通道",

  defaultArguments: "所有参数均为默认值",
  changedArguments: "其余参数均为默认值",
  notBuilt: "尚未构建：权重在首次调用或 build(input_shape) 时创建",
  lastBatch: "均值、标准差和方差来自最近一个训练批次",
  noWeights: "没有可显示的权重或统计量",

  containsNan: "含有 NaN",
  containsNanFound: "{0} 为 NaN",
  containsNanMeaning: "一个 NaN 会使该通道的均值和方差变为 NaN，整个输出随之失效",
  containsInf: "含有无穷大",
  containsInfFound: "{0} 为无穷大",
  containsInfMeaning: "一个无穷大会使该通道的均值变为无穷、方差变为 NaN",
  lostMoving: "移动统计量已失效",
  lostMovingFound: "NaN 或无穷",
  lostMovingMeaning: "只要有一个批次含有 NaN 或无穷：此后推理输出都是 NaN，继续训练也无法恢复",
  zeroVariance: "方差为零",
  zeroVarianceFound: "所有值均为 {0}",
  zeroVarianceMeaning: "恒定的通道归一化后为 0：无论批次如何，输出都是 beta",
  nearEpsilon: "方差接近 epsilon",
  nearEpsilonFound: "归一化后标准差仅 {0}",
  nearEpsilonMeaning: "epsilon 压过了如此小的方差：归一化后的标准差小于 1",
  deadGamma: "gamma 失效",
  deadGammaFound: "gamma 为 {0}",
  deadGammaMeaning: "无论输入如何输出都是 beta，梯度也无法经由该通道回传",
  mostlyZero: "大多为零",
  mostlyZeroFound: "{0} 为零",
  mostlyZeroMeaning: "几乎没有输入能激活该通道，均值和方差由少数几个值决定",
  saturated: "饱和",
  saturatedFound: "{0} 位于 {1}",
  saturatedMeaning: "许多值挤在范围的一端，而截断函数或饱和型函数在那里的斜率为零",
  wide: "比其他通道更宽",
  wideFound: "标准差为常见值的 {0} 倍",
  wideMeaning: "其标准差远大于居中的通道",
  narrow: "比其他通道更窄",
  narrowFound: "标准差为常见值的 {0} 倍",
  narrowMeaning: "其标准差远小于居中的通道",
  far: "远离其他通道",
  farFound: "均值相距 {0} 个标准差",
  farMeaning: "其均值与居中的通道相距许多个标准差",
  lagging: "移动统计量偏离",
  laggingFound: "{0} 个标准差",
  laggingMeaning: "推理使用移动统计量，其输出与在此批次上训练时不同",
  tails: "其外有 {0}",
  tailBelow: "{0}（低至 {1}）",
  tailAbove: "{0}（高至 {1}）",
  and: "，",
  filterUnexpected: "此处不应出现“{0}”",
  filterEndsEarly: "筛选条件不完整：缺少数字、列或通道",
  filterUnknownName: "没有列“{0}”。可用的列：{1}",
  filterMissingColumn: "该值没有 {0}。可用的列：{1}",
  filterNoSuchChannel: "没有通道 {0}：范围是 {1}",
  filterNoComparison: "缺少比较，例如 std < 1e-3 或 nan > 0",

  nothingOdd: "没有异常通道：无 NaN、恒定、失效、饱和或与众不同的通道",
  oddCount: "{1}中有 {0} 个异常",
  oddAllCount: "所有通道都异常",
  showThese: "点按以仅显示这些通道",
  toolbar: "表格",
  filter: "筛选通道",
  filterPlaceholder: "筛选：std < 1e-3, odd, 0-7",
  filterHint:
    "条件如 std < 1e-3、nan > 0 或 zeros > 50%，用 and、or、not 连接；通道如 0-7, 12；odd 表示异常通道",
  shownChannels: "{1} 个通道中的 {0} 个",
  columns: "列",
  columnsHint: "选择列",
  usualColumns: "默认列",
  sharedScale: "统一比例",
  sharedScaleHint: "所有直方图使用同一比例，便于比较位置和宽度",
  export: "导出",
  exportHint: "复制或保存表格",
  copyCsv: "复制为 CSV",
  copyMarkdown: "复制为 Markdown",
  saveCsv: "另存为 CSV…",
  savePng: "另存为 PNG…",
  saveSvg: "另存为 SVG…",
  copied: "已复制 {0}",
  copyFailed: "未能复制：此处无法写入剪贴板",
  fileMade: "{0} 已就绪",
  pictureFailed: "无法生成图片",
  pictureRows: "表格共 {1} 行，此处为前 {0} 行",
  histogramNoteShared: "所有直方图共用一个比例；实线为均值，虚线为零；箭头表示范围之外的值",
  gapHint: "批次统计量与移动统计量之间：归一化输出的均方根差，以标准差为单位",
  channelNumber: "通道 {0}",
  pin: "将通道 {0} 固定在顶部以便比较",
  noFinite: "没有有限值",

  otherVersion:
    "此输出由另一版本的 BatchNorm Lab 生成，这里显示其文本。重新运行单元格即可看到表格。",
  unreadable: "无法读取此输出。重新运行单元格即可看到表格。",
};

/** @param locale A language tag: VS Code's display language, or a browser's `navigator.language`. */
export function viewStringsFor(locale: string): ViewStrings {
  return isSimplifiedChinese(locale) ? viewStringsZhCn : viewStrings;
}
