/**
 * @file Words of the view of a layer's training calls. `{0}`, `{1}` are filled in by `format`.
 */
export const historyStrings = {
  title: "How the moving statistics travelled",
  call: "Training call",
  /** {0}: a call's number, {1}: how many calls there were. */
  callOf: "Training call {0} of {1}",
  beforeFirst: "Before the first training call",
  /** {0}: calls that are kept, {1}: calls in all. */
  keptCalls: "{0} of {1} calls are kept, evenly spaced",
  channel: "Channel",
  /** {0}: its number. */
  channelNumber: "Channel {0}",
  previous: "Previous call",
  next: "Next call",
  play: "Play",
  pause: "Pause",
  showChannel: "This channel's values",
  showAll: "All channels: share of the way left",
  mean: "Moving mean",
  variance: "Moving variance",
  statistic: "Statistic",
  initial: "Initially",
  batch: "Batch",
  moving: "Moving",
  expected: "Expected",
  target: "Goes towards",
  way: "Way gone",
  /** {0}: statistic. */
  wayOf: "{0}: way gone",
  /** {0}: momentum, {1}: number of calls. */
  expectedSteps:
    "At momentum {0}, 99 % of the way takes {1} calls: each call keeps {0} of the old value.",
  /** {0}: momentum. */
  expectedNever: "At momentum {0} the moving statistics never arrive.",
  /** {0}: the call. */
  arrived: "within 1 % since call {0}",
  notArrived: "not within 1 % yet",
  noWay: "had no way to go",
  /** {0}: statistic, {1}: channel, {2}: first, {3}: last value, {4}: calls. */
  plotLabel: "{0} of channel {1}: from {2} to {3} in {4} calls",
  /** {0}: statistic, {1}: number of channels, {2}: per cent, {3}: calls. */
  plotAllLabel: "{0} of {1} channels: on average {2} of the way is left after {3} calls",
};

export type HistoryStrings = Readonly<Record<keyof typeof historyStrings, string>>;

export const historyStringsZhCn: HistoryStrings = {
  title: "移动统计量的变化过程",
  call: "训练调用",
  callOf: "第 {0} 次训练调用，共 {1} 次",
  beforeFirst: "第一次训练调用之前",
  keptCalls: "保留了 {1} 次调用中的 {0} 次，间隔均匀",
  channel: "通道",
  channelNumber: "通道 {0}",
  previous: "上一次调用",
  next: "下一次调用",
  play: "播放",
  pause: "暂停",
  showChannel: "此通道的数值",
  showAll: "所有通道：剩余路程的比例",
  mean: "移动均值",
  variance: "移动方差",
  statistic: "统计量",
  initial: "初始",
  batch: "批次",
  moving: "移动",
  expected: "预期",
  target: "目标",
  way: "已走路程",
  wayOf: "{0}：已走路程",
  expectedSteps: "动量为 {0} 时，走完 99 % 的路程需要 {1} 次调用：每次调用保留旧值的 {0}。",
  expectedNever: "动量为 {0} 时，移动统计量永远不会到达。",
  arrived: "自第 {0} 次调用起误差在 1 % 以内",
  notArrived: "误差尚未进入 1 %",
  noWay: "本来就在目标处",
  plotLabel: "通道 {1} 的{0}：{4} 次调用中从 {2} 到 {3}",
  plotAllLabel: "{1} 个通道的{0}：{3} 次调用后平均剩余路程 {2}",
};
