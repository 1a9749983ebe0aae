/**
 * @file The per-channel table as HTML for every reader that has no renderer of ours: GitHub,
 * nbconvert, other notebook editors. No scripts, no styles, no resources: plain table markup that
 * sanitizers leave alone, in the page's own colours, so that light and dark pages both suit it.
 */
import { tableColumns } from "../shared/channelColumns.ts";
import {
  axesSentence,
  type ChannelHistogram,
  channelHistogram,
  headline,
  layerCall,
  layerNotes,
} from "../shared/channelTable.ts";
import { histogramPath, positionInBox } from "../shared/histogramShape.ts";
import { formatCount, formatNumber } from "../shared/numbers.ts";
import {
  type Finding,
  findingWords,
  findOddities,
  groupSentence,
  oddGroups,
  oddityRules,
  signs,
} from "../shared/oddities.ts";
import type { ChannelsPayload } from "../shared/outputs.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { staticHistory } from "./staticHistory.ts";

/** Up to so many channels are all shown; of more, the first ones and then the odd ones. */
const mostRows = 128;
const firstRows = 64;

/** Self-contained HTML: at most 60 KB for 64 channels, 300 KB for any number of them. */
export function staticTable(payload: ChannelsPayload, strings: ViewStrings): string {
  const { shape, axis, layer, name, channels } = payload;
  const odd = findOddities(payload);
  const title = name ?? layer?.name ?? null;
  const lines = [
    `${title === null ? "" : `<b>${escapeHtml(title)}</b> `}${escapeHtml(headline(payload, strings))}`,
    ...(layer ? [`<code>${escapeHtml(layerCall(layer))}</code>`] : []),
    ...layerNotes(payload, strings).map(escapeHtml),
    ...(shape ? [escapeHtml(axesSentence(shape, axis, strings))] : []),
    ...oddGroups(odd).map(
      (group) =>
        `${signs[oddityRules[group.oddity].gravity]} ${escapeHtml(groupSentence(group, channels, strings))}`,
    ),
  ];
  const rows = shownChannels(channels, [...odd.keys()]);
  const parts = [`<p>${lines.join("<br>\n")}</p>`];
  if (rows.length > 0) parts.push(table(payload, rows, odd, strings));
  const total = payload.totalChannels ?? channels;
  if (rows.length < total) parts.push(`<p>${leftOut(rows, total, strings)}</p>`);
  else if (payload.histograms) parts.push(`<p>${escapeHtml(strings.histogramNote)}</p>`);
  if (payload.history) parts.push(staticHistory(payload.history, channels, strings));
  return `<div>\n${parts.join("\n")}\n</div>`;
}

function shownChannels(channels: number, odd: readonly number[]): readonly number[] {
  const first = Math.min(channels, channels > mostRows ? firstRows : mostRows);
  const others = odd.filter((channel) => channel >= first).slice(0, mostRows - first);
  return [...Array(first).keys(), ...others];
}

/** Which channels a table leaves out. */
export function leftOut(rows: readonly number[], total: number, strings: ViewStrings): string {
  const first = rows.findIndex((channel, index) => channel !== index);
  const words =
    first < 0
      ? format(strings.firstChannels, formatCount(rows.length), formatCount(total))
      : format(strings.someChannels, formatCount(rows.length), formatCount(total), first);
  return escapeHtml(words);
}

function table(
  payload: ChannelsPayload,
  rows: readonly number[],
  odd: ReadonlyMap<number, readonly Finding[]>,
  strings: ViewStrings,
): string {
  const columns = tableColumns(payload).filter(({ usual }) => usual);
  const headings = [
    ["left", strings.channel],
    ...(payload.histograms ? [["left", strings.histogram]] : []),
    ...(odd.size > 0 ? [["left", strings.note]] : []),
    ...columns.map(({ key }) => ["right", strings[key]]),
  ];
  const head = headings
    .map(([side, heading]) =>
      side === "left"
        ? `<th scope="col">${leftAligned(escapeHtml(heading))}</th>`
        : `<th scope="col" align="right">${escapeHtml(heading)}</th>`,
    )
    .join("");
  const body = rows.map((channel) => {
    const cells = [`<th scope="row">${channel}</th>`];
    if (payload.histograms) cells.push(histogramCell(payload, channel, strings));
    if (odd.size > 0) {
      cells.push(noteCell(odd.get(channel) ?? [], strings));
    }
    for (const column of columns) {
      cells.push(`<td align="right">${column.format(column.values[channel])}</td>`);
    }
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<table cellpadding="3">\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>`;
}

function noteCell(findings: readonly Finding[], strings: ViewStrings): string {
  if (findings.length === 0) return "<td></td>";
  const notes = findings.map((finding) => {
    const { oddity } = finding;
    const words = `${strings[oddity]} · ${findingWords(finding, strings)}`;
    return `${signs[oddityRules[oddity].gravity]} ${escapeHtml(words)}`;
  });
  return `<td nowrap>${leftAligned(notes.join("<br>"))}</td>`;
}

/** Jupyter's own style sets all cells to the right, whatever a cell's attributes say. */
export function leftAligned(markup: string): string {
  return `<div align="left">${markup}</div>`;
}

const pictureHeight = 18;

/** The picture, and in words its peak: what is left where a sanitizer takes the picture away. */
function histogramCell(payload: ChannelsPayload, channel: number, strings: ViewStrings): string {
  const histogram = channelHistogram(payload, channel, strings)!;
  const { low, mean, peak, label } = histogram;
  const { counts, high } = coarse(histogram);
  if (peak === null) return `<td nowrap>${leftAligned(escapeHtml(label))}</td>`;
  // Bins as wide as whole units keep the path short.
  const width = counts.length * Math.max(1, Math.round(96 / counts.length));
  const lines = [0, mean].map((value, index) => {
    const x = positionInBox(value, low, high, width);
    const dots = index === 0 ? ' stroke-dasharray="1 2"' : "";
    return x === null ? "" : `<path d="M${x} 0V${pictureHeight}" stroke="currentColor"${dots}/>`;
  });
  const bars = histogramPath(counts, width, pictureHeight, 0);
  const drawing =
    `<svg role="img" width="${width}" height="${pictureHeight}">` +
    `<title>${escapeHtml(label)}</title>` +
    `<path d="${bars}" fill="currentColor" fill-opacity=".5"/>${lines.join("")}</svg> ` +
    `<small>${escapeHtml(format(strings.peak, formatNumber(peak, 3)))}</small>`;
  return `<td nowrap>${leftAligned(drawing)}</td>`;
}

/** Bins that a small picture can show. */
const mostBars = 64;

/** Many bins by groups of neighbours: the last group reaches as far as the others. */
function coarse({
  counts,
  low,
  high,
}: ChannelHistogram): Pick<ChannelHistogram, "counts" | "high"> {
  const size = Math.ceil(counts.length / mostBars);
  if (size === 1) return { counts, high };
  const groups = Array.from({ length: Math.ceil(counts.length / size) }, (_, group) =>
    counts.slice(group * size, (group + 1) * size).reduce((sum, count) => sum + count, 0),
  );
  return { counts: groups, high: low + ((high - low) / counts.length) * size * groups.length };
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML shows it, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}
