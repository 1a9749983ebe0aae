/**
 * @file Which channels are odd, why, and what to say of it: for views, filters and static twins.
 */
import { type ColumnKey, columnValues } from "./channelColumns.ts";
import { formatCount, formatNumber, formatShare } from "./numbers.ts";
import { type ChannelsPayload, fromJsonNumber } from "./outputs.ts";
import { format, type ViewStrings } from "./strings.ts";

/** How grave an oddity is; each has a sign of its own shape, so that colour alone says nothing. */
export const signs = { error: "✕", warning: "▲", notice: "◆" } as const;
export type Gravity = keyof typeof signs;

interface OddityRule {
  readonly gravity: Gravity;
  /** The column that shows it. */
  readonly column: ColumnKey;
  /** What a filter calls it. */
  readonly word: string;
}

/** What can be odd about a channel; the view string of the same key names it. Gravest first. */
export const oddityRules = {
  containsNan: { gravity: "error", column: "nan", word: "has_nan" },
  containsInf: { gravity: "error", column: "inf", word: "has_inf" },
  lostMoving: { gravity: "error", column: "movingMean", word: "lost" },
  zeroVariance: { gravity: "warning", column: "variance", word: "constant" },
  nearEpsilon: { gravity: "warning", column: "variance", word: "near_epsilon" },
  deadGamma: { gravity: "warning", column: "gamma", word: "dead" },
  mostlyZero: { gravity: "warning", column: "zeros", word: "mostly_zero" },
  saturated: { gravity: "warning", column: "max", word: "saturated" },
  wide: { gravity: "notice", column: "std", word: "wide" },
  narrow: { gravity: "notice", column: "std", word: "narrow" },
  far: { gravity: "notice", column: "mean", word: "far" },
  lagging: { gravity: "notice", column: "gap", word: "lagging" },
} as const satisfies Readonly<Record<string, OddityRule>>;

export type Oddity = keyof typeof oddityRules;
export const oddities = Object.keys(oddityRules) as readonly Oddity[];

/** One thing that is odd about one channel. */
export interface Finding {
  readonly oddity: Oddity;
  /** The number that tells it, for `findingWords`. */
  readonly value: number;
  /** A second one, where there is one. */
  readonly other?: number;
}

/** Gammas up to this size let nothing of the input through that one could see. */
const deadGamma = 1e-3;
/** A variance below so many epsilons leaves the normalized std below 0.9. */
const nearEpsilon = 4;
/** Share of zeros from which on a channel is as good as silent. */
const mostlyZero = 0.9;
/** Share of values at one end from which on a channel counts as saturated. */
const saturated = 0.05;
/** Channels that it takes to tell what is usual among them. */
const fewestChannels = 8;
/** Times the median standard deviation that are unlike the others. */
const unlike = 5;
/** Robust standard deviations from the median channel that are unlike the others. */
const outlying = 6;
/** Difference of training and inference, in standard deviations, that shows. */
const lagging = 0.5;

/** The odd channels and what is odd about each, gravest first, in the channels' order. */
export function findOddities(payload: ChannelsPayload): ReadonlyMap<number, readonly Finding[]> {
  const found = new Map<number, Finding[]>();
  const add = (oddity: Oddity, values: (channel: number) => number | readonly number[] | null) => {
    for (let channel = 0; channel < payload.channels; channel++) {
      const told = values(channel);
      if (told === null) continue;
      const [value, other] = typeof told === "number" ? [told] : told;
      const finding = { oddity, value, ...(other === undefined ? {} : { other }) };
      const known = found.get(channel);
      if (known) known.push(finding);
      else found.set(channel, [finding]);
    }
  };
  const rules = oddityTests(payload);
  for (const oddity of oddities) {
    const test = rules[oddity];
    if (test) add(oddity, test);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

/** What tells an oddity of a channel; null where the channel does not have it. */
type OddityTest = (channel: number) => number | readonly number[] | null;

function oddityTests(payload: ChannelsPayload): Partial<Record<Oddity, OddityTest>> {
  const { statistics, layer, valuesPerChannel, dtype } = payload;
  const count = valuesPerChannel ?? 0;
  const tests: Partial<Record<Oddity, OddityTest>> = {};
  if (layer) {
    const { gamma } = layer.weights;
    const own = gamma?.map(fromJsonNumber);
    if (own) tests.deadGamma = (c) => (Math.abs(own[c]) <= deadGamma ? own[c] : null);
    const moving = [layer.weights.movingMean, layer.weights.movingVariance];
    const lost = (c: number) => moving.some((list) => list && typeof list[c] === "string");
    tests.lostMoving = (c) => (lost(c) ? fromJsonNumber(moving[0]?.[c] ?? "NaN") : null);
    const gap = columnValues(payload, "gap");
    if (gap) tests.lagging = (c) => (gap[c] > lagging && gap[c] < Infinity ? gap[c] : null);
  }
  if (!statistics) return tests;
  const { nanCount, infCount, zeroCount } = statistics;
  const [variance, mean, std] = [statistics.variance, statistics.mean, statistics.std].map((list) =>
    list.map(fromJsonNumber),
  );
  const share = (counts: readonly number[]) => (c: number) =>
    counts[c] > 0 ? counts[c] / count : null;
  if (nanCount) tests.containsNan = share(nanCount);
  if (infCount) tests.containsInf = share(infCount);
  // One value alone has no spread: nothing odd about that.
  if (count !== 1) tests.zeroVariance = (c) => (variance[c] === 0 ? mean[c] : null);
  if (layer) {
    const { epsilon } = layer;
    tests.nearEpsilon = (c) =>
      variance[c] > 0 && variance[c] < nearEpsilon * epsilon
        ? Math.sqrt(variance[c] / (variance[c] + epsilon))
        : null;
  }
  const varied = (c: number) => variance[c] !== 0;
  if (zeroCount) {
    tests.mostlyZero = (c) =>
      varied(c) && zeroCount[c] >= mostlyZero * count ? zeroCount[c] / count : null;
  }
  if (dtype?.includes("float")) tests.saturated = saturation(payload, varied);
  if (payload.channels >= fewestChannels) addComparisons(tests, mean, std);
  return tests;
}

/** The share of values at the crowded end, and where that is. A crowd at zero is a rectifier's. */
function saturation(payload: ChannelsPayload, varied: (c: number) => boolean): OddityTest {
  const { lowCount, highCount, min, max } = payload.statistics!;
  const count = payload.valuesPerChannel ?? 0;
  if (!lowCount || !highCount || !min || !max || count < 100) return () => null;
  return (c) => {
    const ends = [
      [lowCount[c] / count, fromJsonNumber(min[c])],
      [highCount[c] / count, fromJsonNumber(max[c])],
    ].filter(([share, end]) => end !== 0 && share >= saturated);
    if (ends.length === 0 || !varied(c)) return null;
    return ends.reduce((one, other) => (other[0] > one[0] ? other : one));
  };
}

/** Channels unlike the others in spread or level. */
function addComparisons(
  tests: Partial<Record<Oddity, OddityTest>>,
  mean: readonly number[],
  std: readonly number[],
): void {
  const spreads = std.filter((value) => value > 0 && value < Infinity);
  const typical = median(spreads);
  if (!(typical > 0)) return;
  const logs = spreads.map(Math.log);
  const reach = Math.max(Math.log(unlike), outlying * deviation(logs));
  const away = (c: number) => Math.log(std[c] / typical);
  tests.wide = (c) => (std[c] < Infinity && away(c) > reach ? std[c] / typical : null);
  tests.narrow = (c) => (std[c] > 0 && away(c) < -reach ? std[c] / typical : null);
  const means = mean.filter(Number.isFinite);
  const level = median(means);
  const apart = Math.max(unlike * typical, outlying * deviation(means));
  tests.far = (c) => {
    const distance = Math.abs(mean[c] - level);
    return distance > apart && distance < Infinity ? distance / typical : null;
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** A standard deviation that outliers do not sway: 1.4826 times the median distance from the median. */
function deviation(values: readonly number[]): number {
  const middle = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
}

/** What is odd about one channel, with its number: `gamma is 0`, `31 % of the values at 6`. */
export function findingWords(finding: Finding, strings: ViewStrings): string {
  const { oddity, value, other } = finding;
  switch (oddity) {
    case "containsNan":
    case "containsInf":
    case "mostlyZero":
      return format(strings[`${oddity}Found`], formatShare(value));
    case "saturated":
      return format(strings.saturatedFound, formatShare(value), formatNumber(other ?? 0, 3));
    case "wide":
    case "narrow":
    case "far":
    case "lagging":
    case "nearEpsilon":
    case "deadGamma":
      return format(strings[`${oddity}Found`], formatNumber(value, 2));
    case "lostMoving":
      return strings.lostMovingFound;
    case "zeroVariance":
      return format(strings.zeroVarianceFound, formatNumber(value, 4));
  }
}

/** What one kind of oddity means for training, in a sentence. */
export function oddityMeaning(oddity: Oddity, strings: ViewStrings): string {
  return strings[`${oddity}Meaning`];
}

/** Odd channels of one kind. */
export interface OddGroup {
  readonly oddity: Oddity;
  readonly channels: readonly number[];
}

/** The odd channels by kind, gravest first. */
export function oddGroups(odd: ReadonlyMap<number, readonly Finding[]>): readonly OddGroup[] {
  return oddities.flatMap((oddity) => {
    const channels = [...odd].filter(([, list]) => list.some((it) => it.oddity === oddity));
    return channels.length === 0 ? [] : [{ oddity, channels: channels.map(([c]) => c) }];
  });
}

/** How many channel numbers a sentence lists. */
const listed = 8;

/** `dead gamma: channels 3, 17`: one sentence for a group. */
export function groupSentence(
  { oddity, channels }: OddGroup,
  total: number,
  strings: ViewStrings,
): string {
  const words = strings[oddity];
  if (channels.length === 1) return format(strings.oddChannel, words, channels[0]);
  if (channels.length === total) return format(strings.oddAll, words);
  const runs = channelRuns(channels);
  const numbers = runs.slice(0, listed);
  const rest = channels.length - numbers.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const text = numbers.map(runText).join(", ");
  return format(
    strings.oddChannels,
    words,
    rest > 0 ? format(strings.andMore, text, formatCount(rest)) : text,
  );
}

/** Rising channel numbers as runs of neighbours. */
export function channelRuns(channels: readonly number[]): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const channel of channels) {
    const last = runs.at(-1);
    if (last && last[1] === channel - 1) last[1] = channel;
    else runs.push([channel, channel]);
  }
  return runs;
}

function runText([first, last]: readonly [number, number]): string {
  if (first === last) return String(first);
  return last === first + 1 ? `${first}, ${last}` : `${first}–${last}`;
}
