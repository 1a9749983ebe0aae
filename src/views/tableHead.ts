/**
 * @file The table's headings, which sort, and the widths of its columns: rows come and go, widths stay.
 */
import type { Column } from "../shared/channelColumns.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { html } from "./dom.ts";
import { histogramWidth } from "./histogram.ts";
import type { TableActions, TableContent } from "./statsTable.ts";
import type { SortKey } from "./viewHost.ts";

export function columnHeads(
  content: TableContent,
  actions: TableActions,
  strings: ViewStrings,
): HTMLElement[] {
  const { sort } = content;
  const heading = (label: string, key: SortKey | null, kind: string, hint = ""): HTMLElement => {
    const cell = html("th", { scope: "col", class: kind });
    if (!key) {
      cell.append(label);
      if (hint) cell.title = hint;
      return cell;
    }
    const sorted = sort?.key === key;
    if (sorted) cell.setAttribute("aria-sort", sort.descending ? "descending" : "ascending");
    const title = format(strings.sortBy, label);
    const button = html(
      "button",
      { type: "button", class: "sort", tabindex: -1, title: hint ? `${hint}\n${title}` : title },
      label,
    );
    button.addEventListener("click", () => actions.sortBy(key));
    cell.append(button);
    return cell;
  };
  return [
    heading(strings.channel, "channel", "channel"),
    ...(content.payload.histograms
      ? [heading(strings.histogram, null, "picture", histogramHint(content, strings))]
      : []),
    ...(content.odd.size > 0 ? [heading(strings.note, "note", "note")] : []),
    ...content.columns.map(({ key }) =>
      heading(strings[key], key, "number", key === "gap" ? strings.gapHint : ""),
    ),
  ];
}

/** The same for contents that have the same headings. */
export function headsKey({ payload, odd, columns, state, sort }: TableContent): string {
  const keys = columns.map(({ key }) => key);
  return JSON.stringify([payload.histograms !== null, state.sharedScale, odd.size > 0, sort, keys]);
}

function histogramHint({ state }: TableContent, strings: ViewStrings): string {
  return state.sharedScale ? strings.histogramNoteShared : strings.histogramNote;
}

/** Widths as the style sheet takes them, in the order of the headings. */
export function columnWidths(content: TableContent, strings: ViewStrings): string[] {
  const { payload, odd, columns } = content;
  return [
    `${Math.max(8, wideLength(strings.channel) + 4)}ch`,
    ...(payload.histograms ? [`${histogramWidth + 24}px`] : []),
    ...(odd.size > 0 ? ["30ch"] : []),
    ...columns.map((column) => `${numberLength(column, strings[column.key]) + 4}ch`),
  ];
}

/** Characters of the longest number: of the first ones and the extremes, which tell for most. */
function numberLength({ values, format }: Column, heading: string): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const texts = [...values.slice(0, 64), low, high].map(format);
  return Math.max(wideLength(heading), ...texts.map((text) => text.length));
}

/** In halves of a Chinese character's width. */
export function wideLength(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > "\u2e80" ? 2 : 1), 0);
}
