/**
 * @file The table: one row per channel, its histogram beside its numbers. A grid for the keyboard,
 * and only as many rows in the document as can be seen, or all of a short table.
 */
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { ViewStrings } from "../shared/strings.ts";
import { channelRow, haveSameCells, type RowContext, renewRow } from "./channelRow.ts";
import { type Disposable, html } from "./dom.ts";
import { type CellPlace, gridKeys } from "./gridKeys.ts";
import { keepScrollInside } from "./scrolling.ts";
import { columnHeads, columnWidths, headsKey } from "./tableHead.ts";
import type { SortKey, ViewState } from "./viewHost.ts";

/** Heights in pixels, as the style sheet has them. */
export const rowHeight = 24;
export const headHeight = 28;

/** Tables up to this length have all their rows, so that the browser's own search finds them. */
export const virtualFrom = 257;

/** Rows built beyond the visible ones, above and below. */
const overscan = 10;

/** Rows out of sight that are kept for when they come back. */
const mostKept = 1000;

/** What the table shows: who owns it hands a new one for every change. */
export interface TableContent extends RowContext {
  readonly name: string | null;
  readonly channels: number;
  /** The channels below the pinned ones, in their order. */
  readonly order: readonly number[];
  readonly sort: ViewState["sort"];
}

/** What a person does in the table. */
export interface TableActions {
  sortBy(key: SortKey): void;
  select(channel: number): void;
  pin(channel: number): void;
  /** Escape. */
  leave(): void;
}

export interface StatsTable extends Disposable {
  readonly element: HTMLElement;
  show(content: TableContent): void;
  /** Puts the keyboard's focus on a channel's row, if it is shown. */
  focus(channel: number): void;
}

export function statsTable(
  first: TableContent,
  actions: TableActions,
  strings: ViewStrings,
): StatsTable {
  let content = first;
  let built = new Map<number, HTMLTableRowElement>();
  let shownHeads = "";
  let shownWidths = "";
  const colgroup = html("colgroup");
  const head = html("tr", { "aria-rowindex": 1 });
  const caption = html("caption");
  const pinnedBody = html("tbody", { class: "pinned" });
  const body = html("tbody");
  const above = spacer();
  const below = spacer();
  const table = html(
    "table",
    { role: "grid" },
    caption,
    colgroup,
    html("thead", {}, head),
    pinnedBody,
    body,
  );
  const element = html("div", { class: "scroller" }, table);

  const rowAt = (channel: number, position: number): HTMLTableRowElement => {
    let row = built.get(channel);
    if (!row) {
      row = channelRow(channel, content, actions, strings);
      mark(row, channel);
      built.set(channel, row);
    }
    row.setAttribute("aria-rowindex", String(position + 2));
    return row;
  };

  const options = () => {
    const { order, state } = content;
    const top = headHeight + state.pinned.length * rowHeight;
    return {
      count: order.length,
      getScrollElement: () => element,
      estimateSize: () => rowHeight,
      paddingStart: top,
      scrollPaddingStart: top,
      overscan: order.length < virtualFrom ? virtualFrom : overscan,
      // Out of the document nothing has a height yet.
      initialRect: { width: 0, height: 20 * rowHeight },
      getItemKey: (index: number) => order[index],
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => fill(),
    };
  };
  const virtualizer = new Virtualizer<HTMLElement, HTMLTableRowElement>(options());

  /** Brings the rows in the document up to what can be seen, moving none that stays. */
  const fill = () => {
    const { order, state } = content;
    const items = virtualizer.getVirtualItems();
    const from = items[0]?.index ?? 0;
    const end = (items.at(-1)?.index ?? -1) + 1;
    const shown = new Set<Node>();
    let next: ChildNode | null = body.firstChild;
    const place = (row: HTMLTableRowElement) => {
      shown.add(row);
      if (row === next) next = next.nextSibling;
      else body.insertBefore(row, next);
    };
    const placeSpacer = (row: HTMLTableRowElement, rows: number) => {
      if (order.length < virtualFrom) return;
      row.style.height = `${rows * rowHeight}px`;
      place(row);
    };
    placeSpacer(above, from);
    for (let at = from; at < end; at++) place(rowAt(order[at], at + state.pinned.length));
    placeSpacer(below, order.length - end);
    for (const row of [...body.children]) {
      if (shown.has(row)) continue;
      // The keyboard stays in the table when its row is scrolled away.
      if (row.contains(focused())) element.focus({ preventScroll: true });
      row.remove();
    }
    if (built.size < mostKept) return;
    for (const [channel, row] of built) if (!row.parentNode) built.delete(channel);
  };
  const focused = () => (element.getRootNode() as Document | ShadowRoot).activeElement ?? null;

  const show = (shown: TableContent) => {
    const hadFocus = element.contains(focused());
    const before = content;
    content = shown;
    renew(before);
    const { name, order, state } = content;
    const words = name === null ? strings.caption : strings.captionOf.replace("{0}", name);
    caption.textContent = words;
    element.setAttribute("aria-label", words);
    table.setAttribute("aria-rowcount", String(1 + state.pinned.length + order.length));
    showWidths(columnWidths(content, strings));
    const heads = headsKey(content);
    if (heads !== shownHeads) head.replaceChildren(...columnHeads(content, actions, strings));
    shownHeads = heads;
    pinnedBody.replaceChildren(...state.pinned.map((channel, at) => pinnedRow(channel, at)));
    virtualizer.setOptions(options());
    virtualizer._willUpdate();
    fill();
    keys.restore(hadFocus);
  };

  /** Brings the rows there are up to what is shown now, or does without them. */
  const renew = (before: TableContent) => {
    const sameRows = content.payload === before.payload && content.columns === before.columns;
    if (sameRows && content.scale === before.scale) {
      for (const [channel, row] of built) mark(row, channel);
      return;
    }
    const rows = built;
    built = new Map();
    if (!haveSameCells(before, content) || before.channels !== content.channels) return;
    for (const [channel, row] of rows) {
      if (!row.parentNode) continue;
      renewRow(row, channel, before, content, strings);
      mark(row, channel);
      built.set(channel, row);
    }
  };

  const showWidths = (widths: readonly string[]) => {
    const total = `calc(${widths.join(" + ")})`;
    if (total === shownWidths) return;
    shownWidths = total;
    colgroup.replaceChildren(
      ...widths.map((width) => {
        const column = html("col");
        column.style.width = width;
        return column;
      }),
    );
    table.style.width = total;
  };

  const mark = (row: HTMLTableRowElement, channel: number) => {
    const { selected, pinned } = content.state;
    row.setAttribute("aria-selected", String(channel === selected));
    const isPinned = pinned.includes(channel);
    row.classList.toggle("is-pinned", isPinned);
    if (!isPinned && row.dataset["series"]) {
      delete row.dataset["series"];
      for (const cell of row.children) (cell as HTMLElement).style.top = "";
    }
    row.querySelector(".pin")?.setAttribute("aria-pressed", String(isPinned));
  };

  const pinnedRow = (channel: number, at: number) => {
    const row = rowAt(channel, at);
    row.dataset["series"] = String(at);
    for (const cell of row.children) {
      (cell as HTMLElement).style.top = `${headHeight + at * rowHeight}px`;
    }
    mark(row, channel);
    return row;
  };

  const keys = gridKeys(element, {
    rows: () => 1 + content.state.pinned.length + content.order.length,
    cells: () => head.children.length,
    cellAt: ({ row, cell }) => {
      const tr = table.querySelector(`tr[aria-rowindex="${row + 1}"]`);
      const found = tr?.children[cell] as HTMLElement | undefined;
      return found?.querySelector<HTMLElement>("button:not(.pin)") ?? found ?? null;
    },
    bringIn: ({ row }) => {
      const index = row - 1 - content.state.pinned.length;
      if (index >= 0) virtualizer.scrollToIndex(index);
      fill();
    },
    act: (place, key) => {
      const channel = channelAt(place);
      if (key === "Escape") actions.leave();
      else if (channel === null) return false;
      else if (key === "p") actions.pin(channel);
      else actions.select(channel);
      return true;
    },
    page: () => Math.max(1, Math.floor(element.clientHeight / rowHeight) - 2),
  });

  const channelAt = ({ row }: CellPlace): number | null => {
    const { state, order } = content;
    return row === 0 ? null : ([...state.pinned, ...order][row - 1] ?? null);
  };

  const unmount = virtualizer._didMount();
  const scrolling = keepScrollInside(element);
  show(first);
  return {
    element,
    show,
    focus(channel) {
      const { state, order } = content;
      const at = [...state.pinned, ...order].indexOf(channel);
      if (at >= 0) keys.goTo({ row: at + 1, cell: 0 });
    },
    dispose() {
      unmount();
      scrolling.dispose();
      keys.dispose();
    },
  };
}

function spacer(): HTMLTableRowElement {
  return html("tr", { class: "spacer", "aria-hidden": "true" }, html("td"));
}
