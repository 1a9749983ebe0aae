/**
 * @file A table of numbers per channel as HTML that any reader shows: no scripts, no styles, in
 * the page's own colours.
 */
import { columnFormat, formatCount } from "../shared/numbers.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { escapeHtml, leftAligned, leftOut } from "./staticTable.ts";

/** A heading and one value for each channel. */
export type PlainColumn = readonly [heading: string, values: Float64Array];

/** More rows would only swell the notebook. */
const mostRows = 64;

export interface PlainTable {
  /** Above the table, a line each. */
  readonly lines: readonly string[];
  readonly columns: readonly PlainColumn[];
  /** Words for each channel, behind its numbers. */
  readonly words?: readonly [heading: string, texts: readonly string[]];
  /** The channels in an order of their own, and what to say where the last of them are left out. */
  readonly ranking?: readonly [channels: readonly number[], leftOut: string];
}

/** Lines of text, and below them one row for each of the first channels. */
export function plainTable(table: PlainTable, strings: ViewStrings): string {
  const { lines, columns, words, ranking } = table;
  const channels = columns[0]![1].length;
  const formats = columns.map(([, values]) => columnFormat(values));
  const all = ranking?.[0] ?? [...Array(Math.min(channels, mostRows)).keys()];
  const shown = all.slice(0, mostRows);
  const headings = [strings.channel, ...columns.map(([heading]) => heading)];
  const head = headings.map(
    (heading) => `<th scope="col" align="right">${escapeHtml(heading)}</th>`,
  );
  if (words) head.push(`<th scope="col">${leftAligned(escapeHtml(words[0]))}</th>`);
  const body = shown.map((channel) => {
    const cells = columns.map(
      ([, values], i) => `<td align="right">${formats[i]!(values[channel]!)}</td>`,
    );
    if (words) cells.push(`<td nowrap>${leftAligned(escapeHtml(words[1][channel]!))}</td>`);
    return `<tr><th scope="row">${channel}</th>${cells.join("")}</tr>`;
  });
  const parts = [
    `<p>${lines.map(escapeHtml).join("<br>\n")}</p>`,
    `<table cellpadding="3">\n<thead><tr>${head.join("")}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>`,
  ];
  if (channels > mostRows) {
    const counts = [formatCount(shown.length), formatCount(channels)];
    const said = ranking
      ? escapeHtml(format(ranking[1], ...counts))
      : leftOut(shown, channels, strings);
    parts.push(`<p>${said}</p>`);
  }
  return `<div>\n${parts.join("\n")}\n</div>`;
}
