/**
 * @file The table as text for other programs: CSV with every digit, Markdown as it is shown.
 */
import type { Column } from "../shared/channelColumns.ts";
import { headline } from "../shared/channelTable.ts";
import { type Finding, findingWords, oddityRules, signs } from "../shared/oddities.ts";
import type { ChannelsPayload } from "../shared/outputs.ts";
import type { ViewStrings } from "../shared/strings.ts";

/** What is exported: rows and columns as a person has arranged them. */
export interface ExportedTable {
  readonly payload: ChannelsPayload;
  readonly columns: readonly Column[];
  readonly odd: ReadonlyMap<number, readonly Finding[]>;
  /** The channels in the order in which they are shown. */
  readonly rows: readonly number[];
}

/**
 * Comma-separated values (RFC 4180, lines end in `\n`). Numbers are the shortest decimals that give
 * the same double; what is not finite is written as NumPy and pandas read it.
 */
export function tableCsv({ columns, odd, rows }: ExportedTable, strings: ViewStrings): string {
  const hasNotes = odd.size > 0;
  const heads = [strings.channel, ...columns.map(({ key }) => strings[key])];
  if (hasNotes) heads.push(strings.note);
  const lines = rows.map((channel) => {
    const cells = [String(channel), ...columns.map(({ values }) => csvNumber(values[channel]))];
    if (hasNotes) cells.push(csvText(noteTexts(odd.get(channel), strings).join("; ")));
    return cells.join(",");
  });
  return `${[heads.map(csvText).join(","), ...lines].join("\n")}\n`;
}

function csvNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
}

/** A field that no reader takes for two, and no spreadsheet for a formula. */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table of GitHub's Markdown below a line that says what it is of. */
export function tableMarkdown(table: ExportedTable, strings: ViewStrings): string {
  const { payload, columns, odd, rows } = table;
  const hasNotes = odd.size > 0;
  const { histograms } = payload;
  const heads = [
    strings.channel,
    ...(histograms ? [strings.histogram] : []),
    ...(hasNotes ? [strings.note] : []),
    ...columns.map(({ key }) => strings[key]),
  ];
  const left = (histograms ? 1 : 0) + (hasNotes ? 1 : 0);
  const rule = heads.map((_, at) => (at > 0 && at <= left ? ":--" : "--:"));
  const lines = rows.map((channel) => {
    const cells = [String(channel)];
    if (histograms) cells.push(blocks(histograms.counts[channel]));
    if (hasNotes) cells.push(noteTexts(odd.get(channel), strings).map(markdownText).join("; "));
    for (const { values, format } of columns) cells.push(format(values[channel]));
    return cells;
  });
  const name = payload.name ?? payload.layer?.name ?? null;
  const title = name === null ? "" : `**${markdownText(name)}** `;
  return [
    `${title}${markdownText(headline(payload, strings))}`,
    "",
    ...[heads.map(markdownText), rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`),
    "",
  ].join("\n");
}

/** Text as text: nothing in it is markup, ends the cell or the line. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]{}<>|~&#!$]/g, (character) => `\\${character}`);
}

function noteTexts(findings: readonly Finding[] | undefined, strings: ViewStrings): string[] {
  return (findings ?? []).map(
    (finding) =>
      `${signs[oddityRules[finding.oddity].gravity]} ${strings[finding.oddity]}: ${findingWords(finding, strings)}`,
  );
}

const heights = "▁▂▃▄▅▆▇█";
const mostBlocks = 16;

/** A histogram in block characters, neighbouring bins taken together where there are many. */
function blocks(counts: readonly number[]): string {
  const width = Math.ceil(counts.length / mostBlocks);
  const sums: number[] = [];
  for (let from = 0; from < counts.length; from += width) {
    sums.push(counts.slice(from, from + width).reduce((sum, count) => sum + count, 0));
  }
  const most = Math.max(...sums);
  if (!(most > 0)) return "";
  return sums
    .map((sum) => (sum === 0 ? "\u2003" : heights[Math.ceil((sum / most) * heights.length) - 1]))
    .join("")
    .replace(/^\u2003+|\u2003+$/g, (space) => "▁".repeat(space.length));
}

/** A file's name from a variable's: letters of any script, digits, `-` and `_`. */
export function fileName({ name, layer }: ChannelsPayload, extension: string): string {
  const base = (name ?? layer?.name ?? "")
    .replace(/[^\p{Letter}\p{Mark}\p{Number}_-]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/\p{Surrogate}/gu, "");
  return `${base === "" ? "channels" : `${base}-channels`}.${extension}`;
}
