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
  const head = channelCell(channel, actions, strings);
  head.setAttribute("aria-label", rowLabel(channel, findings, columns, strings));
  row.append(head);
  const histogram = channelHistogram(payload, channel, strings);
  if (histogram) {
    row.append(html("td", { class: "picture" }, histogramPicture(histogram, strings, scale)));
  }
  if (odd.size > 0) row.append(noteCell(findings, strings));
  for (const column of columns) {
    const cell = html("td");
    showNumber(cell, column, channel, findings);
    row.append(cell);
  }
  for (const cell of row.children) cell.setAttribute("tabindex", "-1");
  row.addEventListener("click", () => actions.select(channel));
  return row;
}

/** Whether rows made for one context can show another: the cells are the same. */
export function haveSameCells(one: RowContext, other: RowContext): boolean {
  return (
    (one.payload.histograms === null) === (other.payload.histograms === null) &&
    one.odd.size > 0 === other.odd.size > 0 &&
    one.columns.map(({ key }) => key).join() === other.columns.map(({ key }) => key).join()
  );
}

/**
 * Makes a row show another context with the same cells, touching what differs alone: a table that
 * follows a slider is laid out and painted as little as can be.
 */
export function renewRow(
  row: HTMLTableRowElement,
  channel: number,
  before: RowContext,
  { payload, columns, odd, scale }: RowContext,
  strings: ViewStrings,
): void {
  const findings = odd.get(channel) ?? [];
  row.classList.toggle("is-odd", findings.length > 0);
  const cells = [...row.children] as HTMLTableCellElement[];
  const put = (cell: HTMLElement, name: string, text: string) => {
    if (cell.getAttribute(name) !== text) cell.setAttribute(name, text);
  };
  put(cells.shift()!, "aria-label", rowLabel(channel, findings, columns, strings));
  if (payload.histograms) {
    const cell = cells.shift()!;
    const same =
      before.payload.histograms === payload.histograms &&
      before.payload.statistics === payload.statistics &&
      before.scale === scale;
    if (!same) {
      const histogram = channelHistogram(payload, channel, strings)!;
      cell.replaceChildren(histogramPicture(histogram, strings, scale));
    }
  }
  if (odd.size > 0) {
    const cell = cells.shift()!;
    const noted = noteCell(findings, strings);
    if (noted.title !== cell.title) {
      cell.title = noted.title;
      cell.replaceChildren(...noted.childNodes);
    }
  }
  for (const [index, column] of columns.entries()) {
    showNumber(cells[index], column, channel, findings);
  }
}

/** What a screen reader says first of a row: the channel, what is odd, its moments. */
function rowLabel(
  channel: number,
  findings: readonly Finding[],
  columns: readonly Column[],
  strings: ViewStrings,
): string {
  const facts = columns
    .filter(({ key }) => key === "mean" || key === "std" || key === "gamma")
    .map(({ key, values, format }) => `${strings[key]} ${format(values[channel])}`);
  const notes = findings.map((finding) => noteText(finding, strings));
  return [format(strings.channelNumber, channel), ...notes, ...facts].join(", ");
}

function channelCell(channel: number, actions: TableActions, strings: ViewStrings): HTMLElement {
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
  return html("th", { scope: "row", class: "channel" }, pin, html("span", {}, `${channel}`));
}

function noteText(finding: Finding, strings: ViewStrings): string {
  return format(strings.oddNote, strings[finding.oddity], findingWords(finding, strings));
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

function showNumber(
  cell: HTMLElement,
  { key, values, counts, format }: Column,
  channel: number,
  findings: readonly Finding[],
): void {
  const value = values[channel];
  const text = format(value);
  const finding = findings.find(({ oddity }) => oddityRules[oddity].column === key);
  let kind = "number";
  if (finding) kind += ` found ${oddityRules[finding.oddity].gravity}`;
  else if (!Number.isFinite(value)) kind += " found error";
  else if (value === 0 && (counts || key === "zeros")) kind += " zero";
  if (cell.className !== kind) cell.className = kind;
  if (cell.textContent !== text) cell.textContent = text;
}
