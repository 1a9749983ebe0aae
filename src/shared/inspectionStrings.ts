/**
 * @file Words of the variables view and of hovers on live values. `{0}`, `{1}` are filled in by
 * `format`.
 */
import { isSimplifiedChinese } from "./locale.ts";

const english = {
  mean: "mean",
  min: "min",
  max: "max",
  nan: "NaN",
  inf: "infinite",
  oneItem: "1 item",
  /** {0}: how many. */
  manyItems: "{0} items",
  oneChannel: "1 channel",
  manyChannels: "{0} channels",
  notBuilt: "not built",
  defaults: "all arguments at their defaults",
  /** {0}: the axis' number, {1}: channels, {2}: values in each. */
  channels: "axis {0}: {1} channels × {2} values",
  /** {0}, {1}: range, {2}: place of the tallest bar. */
  histogram: "Histogram from {0} to {1}, peak near {2}",
  /** {0}: one value in how many. */
  sampled: "histogram of one value in {0}",
  notSummarized: "too many values for statistics on hover",
  /** A cell runs: what is shown is from before it. */
  before: "as it was before the running cell",
  module: "module",
  /** {0}: how many are not shown. */
  more: "{0} more",
};

export type InspectionStrings = { readonly [Key in keyof typeof english]: string };

const chinese: InspectionStrings = {
  mean: "均值",
  min: "最小",
  max: "最大",
  nan: "NaN",
  inf: "无穷",
  oneItem: "1 项",
  manyItems: "{0} 项",
  oneChannel: "1 个通道",
  manyChannels: "{0} 个通道",
  notBuilt: "未构建",
  defaults: "所有参数均为默认值",
  channels: "轴 {0}：{1} 个通道 × {2} 个值",
  histogram: "直方图，从 {0} 到 {1}，峰值在 {2} 附近",
  sampled: "直方图取自每 {0} 个值中的一个",
  notSummarized: "值太多，悬停时不计算统计量",
  before: "运行中的单元格之前的状态",
  module: "模块",
  more: "还有 {0} 项",
};

/** @param locale A language tag. */
export function inspectionStringsFor(locale: string): InspectionStrings {
  return isSimplifiedChinese(locale) ? chinese : english;
}
