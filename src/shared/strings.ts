/**
 * @file Every word that views and the kernel show. A forgotten word does not compile. The view's
 * words exist here in both languages, since a notebook renderer has no access to the editor's
 * translations; the editor translates the kernel's. `{0}`, `{1}` are filled in by `format`.
 */

import { type HistoryStrings, historyStrings, historyStringsZhCn } from "./historyStrings.ts";

/** Words of the per-channel view, live or static. */
export const viewStrings = {
  history: historyStrings,

  channel: "Channel",
  histogram: "Histogram",
  note: "Note",
  mean: "Mean",
  std: "Std",
  variance: "Variance",
  min: "Min",
  max: "Max",
  nan: "NaN",
  inf: "Inf",
  gamma: "gamma",
  beta: "beta",
  movingMean: "Moving mean",
  movingVariance: "Moving variance",

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

  zeroVariance: "zero variance",
  containsNan: "contains NaN",
  containsInf: "contains infinity",
  deadGamma: "gamma is 0",
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

  otherVersion:
    "Another version of BatchNorm Lab made this output; its text is shown instead. Run the cell again to see the table.",
  unreadable: "This output cannot be read. Run the cell again to see the table.",
};

type Words = typeof viewStrings;
export type ViewStrings = {
  readonly [Key in keyof Words]: Words[Key] extends string ? string : HistoryStrings;
};

/** The same words in Simplified Chinese. */
const viewStringsZhCn: ViewStrings = {
  history: historyStringsZhCn,

  channel: "通道",
  histogram: "直方图",
  note: "备注",
  mean: "均值",
  std: "标准差",
  variance: "方差",
  min: "最小值",
  max: "最大值",
  nan: "NaN",
  inf: "Inf",
  gamma: "gamma",
  beta: "beta",
  movingMean: "移动均值",
  movingVariance: "移动方差",

  axis: "轴 {0}",
  oneChannel: "1 个通道",
  manyChannels: "{0} 个通道",
  oneValue: "1 个值",
  manyValues: "{0} 个值",
  keptAxis: "保留轴 {0}，对其余各轴求平均：{1}，各有一个均值和一个方差，来自 {2}",
  keptOnlyAxis: "只有轴 {0}：每个通道只有一个值",
  keptNothing: "对所有轴求平均：一个均值和一个方差，来自 {0}",

  captionOf: "{0} 各通道的统计量",
  caption: "各通道的统计量",
  sortBy: "按{0}排序",
  histogramNote: "每个直方图的范围是该通道的最小值到最大值；实线为均值，虚线为零",
  histogramLabel: "通道 {0} 的直方图：{1} 个值，从 {2} 到 {3}，峰值在 {4} 附近",
  histogramConstant: "通道 {0} 的直方图：{1} 个值均为 {2}",
  histogramEmpty: "通道 {0} 没有有限值",
  peak: "峰值 {0}",
  valuesAsText: "以文本显示数值",

  zeroVariance: "方差为零",
  containsNan: "含有 NaN",
  containsInf: "含有无穷大",
  deadGamma: "gamma 为 0",
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

  otherVersion:
    "此输出由另一版本的 BatchNorm Lab 生成，这里显示其文本。重新运行单元格即可看到表格。",
  unreadable: "无法读取此输出。重新运行单元格即可看到表格。",
};

/** @param locale A language tag: VS Code's display language, or a browser's `navigator.language`. */
export function viewStringsFor(locale: string): ViewStrings {
  return /^zh($|-cn|-sg|-hans)/i.test(locale) ? viewStringsZhCn : viewStrings;
}

/** Words of the kernel's own that are neither Keras's nor NumPy's nor Python's. */
export const kernelStrings = {
  /** {0}: one of `constructNames`. */
  unsupported:
    "{0} are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
  /** {0}: a dotted name, such as `keras.layers.Dense`. */
  unsupportedName:
    "{0} is not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
  /** Follows Python's own `No module named 'pandas'`. */
  missingModule:
    "The BatchNorm Lab kernel has no such module; a Python kernel runs this notebook unchanged",
};

const kernelStringsZhCn: typeof kernelStrings = {
  unsupported: "BatchNorm Lab 内核不支持{0}；Python 内核可以原样运行此笔记本",
  unsupportedName: "BatchNorm Lab 内核不支持 {0}；Python 内核可以原样运行此笔记本",
  missingModule: "BatchNorm Lab 内核没有此模块；Python 内核可以原样运行此笔记本",
};

/** Plural names of the constructs outside of the subset, keyed as the parser reports them. */
export const constructNames = {
  class: "class definitions",
  decorator: "decorators",
  async: "async functions and blocks",
  await: "await expressions",
  yield: "generator functions (yield)",
  match: "match statements",
  complexNumber: "complex numbers",
  bytes: "bytes literals",
  exceptGroup: "exception groups (except*)",
  typeAlias: "type aliases and type parameters",
  magic: "IPython magics",
  shellCommand: "shell commands",
  relativeImport: "relative imports",
  templateString: "template strings",
  namedCharacter: "named characters (\\N{…})",
  withTarget: "with targets other than names",
};

const constructNamesZhCn: typeof constructNames = {
  class: "类定义",
  decorator: "装饰器",
  async: "异步函数和异步语句块",
  await: "await 表达式",
  yield: "生成器函数（yield）",
  match: "match 语句",
  complexNumber: "复数",
  bytes: "字节串字面量",
  exceptGroup: "异常组（except*）",
  typeAlias: "类型别名和类型参数",
  magic: "IPython 魔法命令",
  shellCommand: "shell 命令",
  relativeImport: "相对导入",
  templateString: "模板字符串",
  namedCharacter: "命名字符（\\N{…}）",
  withTarget: "with 语句中名称以外的目标",
};

export type KernelStrings = { readonly [Key in keyof typeof kernelStrings]: string } & {
  readonly constructs: { readonly [Key in keyof typeof constructNames]: string };
  readonly view: ViewStrings;
};

/** All that the kernel says in the language of the locale, a tag as for `viewStringsFor`. */
export function kernelStringsFor(locale: string): KernelStrings {
  const view = viewStringsFor(locale);
  return view === viewStrings
    ? { ...kernelStrings, constructs: constructNames, view }
    : { ...kernelStringsZhCn, constructs: constructNamesZhCn, view };
}

/** Fills `{0}`, `{1}`, … with the given values. */
export function format(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)]));
}
