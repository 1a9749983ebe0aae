/**
 * @file How a layer's moving statistics travelled, as plain HTML: how much of the way was gone after
 * which call, on average over the channels.
 */
import {
  averageLeft,
  expectationSentence,
  formatPercent,
  type LayerHistory,
  statisticNames,
} from "../shared/layerHistory.ts";
import { formatCount } from "../shared/numbers.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { escapeHtml } from "./staticTable.ts";

/** Calls that are shown: the first, the last, and some evenly between them. */
const mostRows = 12;

export function staticHistory(
  history: LayerHistory,
  channels: number,
  { history: strings }: ViewStrings,
): string {
  const headings = [
    strings.call,
    ...statisticNames.map((name) => format(strings.wayOf, strings[name])),
    strings.expected,
  ];
  const head = headings.map(
    (heading) => `<th scope="col" align="right">${escapeHtml(heading)}</th>`,
  );
  const rows = positions(history.steps.length).map((position) => {
    const step = history.steps[position - 1]!;
    const gone = [
      ...statisticNames.map((name) => 1 - averageLeft(history, name, channels, position)),
      1 - history.momentum ** step,
    ];
    const cells = gone.map(
      (share) => `<td align="right">${Number.isNaN(share) ? "" : formatPercent(share)}</td>`,
    );
    return `<tr><th scope="row">${formatCount(step)}</th>${cells.join("")}</tr>`;
  });
  return (
    `<p><b>${escapeHtml(strings.title)}</b><br>\n` +
    `${escapeHtml(expectationSentence(history, strings))}</p>\n` +
    `<table cellpadding="3">\n<thead><tr>${head.join("")}</tr></thead>\n` +
    `<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`
  );
}

/** Positions in a history of so many calls, from 1. */
function positions(calls: number): readonly number[] {
  if (calls <= mostRows) return Array.from({ length: calls }, (_, index) => index + 1);
  return Array.from(
    { length: mostRows },
    (_, index) => 1 + Math.round((index * (calls - 1)) / (mostRows - 1)),
  );
}
