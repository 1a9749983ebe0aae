/**
 * @file One row of the table: a channel's number, histogram, notes and statistics.
 */
import type { Column } from "../shared/channelColumns.ts";
import { channelHistogram } from "../shared/channelTable.ts";
import {
  type Finding,
  findingWords,
  oddityMeaning,
  oddityRules,
  signs,
} from "../shared/oddities.ts";
import type { ChannelsPayload } from "../shared/outputs.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { html, svg } from "./dom.ts";
import { histogramPicture, type Scale } from "./histogram.ts";
import type { TableActions } from "./statsTable.ts";
import type { ViewState } from "./viewHost.ts";

/** What rows are made of. */
export interface RowContext {
  readonly payload: ChannelsPayload;
  readonly columns: readonly Column[];
  readonly odd: ReadonlyMap<number, readonly Finding[]>;
  readonly state: ViewState;
  /** The scale that all small histograms share; null where each has its own. */
  readonly scale: Scale | null;
}

export function channelRow(
  channel: number,
  { payload, columns, odd, scale }: RowContext,
  actions: TableActions,
  strings: ViewStrings,
): HTMLTableRowElement {
  const findings = odd.get(channel) ?? [];
  const row = html("tr");
  if (findings.length > 0) row.className = "is-odd";
  row.append(channelCell(channel, findings, columns, actions, strings));
  const histogram = channelHistogram(payload, channel, strings);
  if (histogram) {
    row.append(html("td", { class: "picture" }, histogramPicture(histogram, strings, scale)));
  }
  if (odd.size > 0) row.append(noteCell(findings, strings));
  for (const column of columns) row.append(numberCell(column, channel, findings));
  for (const cell of row.children) cell.setAttribute("tabindex", "-1");
  row.addEventListener("click", () => actions.select(channel));
  return row;
}

/** Its label is what a screen reader says first of a row: the channel, what is odd, its moments. */
function channelCell(
  channel: number,
  findings: readonly Finding[],
  columns: readonly Column[],
  actions: TableActions,
  strings: ViewStrings,
): HTMLElement {
  const facts = columns
    .filter(({ key }) => key === "mean" || key === "std" || key === "gamma")
    .map(({ key, values, format }) => `${strings[key]} ${format(values[channel])}`);
  const notes = findings.map((finding) => noteText(finding, strings));
  const label = [format(strings.channelNumber, channel), ...notes, ...facts].join(", ");
  const title = format(strings.pin, channel);
  const pin = html(
    "button",
    { type: "button", class: "pin", tabindex: -1, title, "aria-label": title },
    svg(
      "svg",
      { viewBox: "0 0 16 16", width: 12, height: 12, "aria-hidden": "true" },
      svg("path", { d: "M5 1.5h6l-1 5 2.5 3H3.5L6 6.500zM8 9.500v5" }),
    ),
  );
  pin.setAttribute("aria-pressed", "false");
  pin.addEventListener("click", (event) => {
    event.stopPropagation();
    actions.pin(channel);
  });
  const cell = html("th", { scope: "row", class: "channel" }, pin, html("span", {}, `${channel}`));
  cell.setAttribute("aria-label", label);
  return cell;
}

function noteText(finding: Finding, strings: ViewStrings): string {
  return `${strings[finding.oddity]}: ${findingWords(finding, strings)}`;
}

/** The gravest finding in full, the others by their signs; all of them in the hint. */
function noteCell(findings: readonly Finding[], strings: ViewStrings): HTMLElement {
  const cell = html("td", { class: "note" });
  if (findings.length === 0) return cell;
  findings.forEach((finding, index) => {
    const { gravity } = oddityRules[finding.oddity];
    const mark = html("span", { class: `mark ${gravity}`, "aria-hidden": "true" }, signs[gravity]);
    cell.append(mark, index === 0 ? noteWords(finding, strings) : "");
  });
  cell.title = findings
    .map((it) => `${noteText(it, strings)}\n${oddityMeaning(it.oddity, strings)}`)
    .join("\n\n");
  return cell;
}

function noteWords(finding: Finding, strings: ViewStrings): Node {
  const found = html("span", { class: "muted" }, ` · ${findingWords(finding, strings)}`);
  return html("span", { class: "words" }, strings[finding.oddity], found);
}

function numberCell(
  { key, values, counts, format }: Column,
  channel: number,
  findings: readonly Finding[],
): HTMLTableCellElement {
  const value = values[channel];
  const text = format(value);
  const cell = html("td", { class: "number" }, text);
  const finding = findings.find(({ oddity }) => oddityRules[oddity].column === key);
  if (finding) cell.classList.add("found", oddityRules[finding.oddity].gravity);
  else if (!Number.isFinite(value)) cell.classList.add("found", "error");
  else if (value === 0 && (counts || key === "zeros")) cell.classList.add("zero");
  return cell;
}
