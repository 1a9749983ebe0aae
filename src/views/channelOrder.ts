/**
 * @file Which channels the table shows, in which order.
 */
import type { Column } from "../shared/channelColumns.ts";
import { type Finding, oddities } from "../shared/oddities.ts";
import type { SortKey, ViewState } from "./viewHost.ts";

/**
 * The channels that pass the filter, in the order that was asked for; what is not a number comes
 * last either way, ties by channel. Pinned ones are not among them: they stay on top.
 */
export function orderedChannels(
  channels: number,
  { sort, pinned }: Pick<ViewState, "sort" | "pinned">,
  passes: (channel: number) => boolean,
  columns: readonly Column[],
  odd: ReadonlyMap<number, readonly Finding[]>,
): number[] {
  const order: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    if (!pinned.includes(channel) && passes(channel)) order.push(channel);
  }
  if (!sort) return order;
  const key = sortNumbers(sort.key, columns, odd);
  return key ? order.sort(byKey(key, sort.descending)) : order;
}

function sortNumbers(
  key: SortKey,
  columns: readonly Column[],
  odd: ReadonlyMap<number, readonly Finding[]>,
): ((channel: number) => number) | null {
  if (key === "channel") return (channel) => channel;
  if (key === "note") return (channel) => graveness(odd.get(channel));
  const values = columns.find((column) => column.key === key)?.values;
  return values ? (channel) => values[channel] : null;
}

/** Least for the gravest, so that rising order has odd channels first. */
function graveness(findings: readonly Finding[] | undefined): number {
  if (!findings) return oddities.length;
  return oddities.indexOf(findings[0].oddity) - findings.length / 100;
}

function byKey(
  key: (channel: number) => number,
  descending: boolean,
): (left: number, right: number) => number {
  return (left, right) => {
    const a = key(left);
    const b = key(right);
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return left - right;
    if (Number.isNaN(a)) return 1;
    if (Number.isNaN(b)) return -1;
    return a < b === descending ? 1 : -1;
  };
}
