/**
 * @file The per-channel view: what the value is, what is odd about it, the table, and one channel's
 * histogram at large. Renderer, panel and playground mount this same component.
 */
import { type Column, tableColumns } from "../shared/channelColumns.ts";
import { FilterError, parseFilter } from "../shared/channelFilter.ts";
import { commonScale } from "../shared/histogramShape.ts";
import { formatCount } from "../shared/numbers.ts";
import { type Finding, findOddities } from "../shared/oddities.ts";
import { type ChannelsPayload, fromJsonNumber } from "../shared/outputs.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { type ChannelDetail, channelDetail } from "./channelDetail.ts";
import { orderedChannels } from "./channelOrder.ts";
import { type Disposable, html } from "./dom.ts";
import { exportItems } from "./exports.ts";
import { headingLines } from "./heading.ts";
import type { Scale } from "./histogram.ts";
import { type HistoryView, layerHistoryView } from "./layerHistory.ts";
import { modesView } from "./modes.ts";
import { type StatsTable, statsTable, type TableContent } from "./statsTable.ts";
import { summary } from "./summary.ts";
import { type Toolbar, toolbar } from "./toolbar.ts";
import {
  type DetailState,
  initialState,
  mostPinned,
  type SortKey,
  type ViewHost,
  type ViewState,
} from "./viewHost.ts";

export interface ChannelsView extends Disposable {
  /** Shows another payload in the same arrangement: filter, order, columns and scroll stay. */
  update(payload: ChannelsPayload): void;
}

/** Fills `container` with the view of a payload; disposing empties it again. */
export function mountChannels(
  container: HTMLElement,
  payload: ChannelsPayload,
  strings: ViewStrings,
  host: ViewHost = {},
): ChannelsView {
  return new MountedChannels(container, payload, strings, host);
}

/** What follows from a payload alone. */
interface Derived {
  readonly columns: readonly Column[];
  readonly odd: ReadonlyMap<number, readonly Finding[]>;
  readonly scale: Scale | null;
}

class MountedChannels implements ChannelsView {
  readonly #strings: ViewStrings;
  readonly #host: ViewHost;
  readonly #view = html("section", { class: "channels" });
  readonly #head = html("div", { class: "head" });
  readonly #foot = html("div", { class: "foot" });
  #payload: ChannelsPayload;
  #derived: Derived;
  #state: ViewState;
  #passes: (channel: number) => boolean = () => true;
  #filterError: FilterError | null = null;
  #shown: {
    readonly columns: readonly Column[];
    readonly of: readonly Column[];
    readonly by: ViewState["columns"];
  } = { columns: [], of: [], by: null };
  #toolbar: Toolbar | null = null;
  #table: StatsTable | null = null;
  #history: HistoryView | null = null;
  #historyChannels = 0;
  #modes: HTMLDetailsElement | null = null;
  readonly #detail: ChannelDetail;

  constructor(
    container: HTMLElement,
    payload: ChannelsPayload,
    strings: ViewStrings,
    host: ViewHost,
  ) {
    this.#strings = strings;
    this.#host = host;
    this.#payload = payload;
    this.#derived = derive(payload);
    this.#state = { ...initialState, ...host.state };
    this.#detail = channelDetail(this.#detailActions(), strings, host);
    this.#view.append(this.#head, this.#foot);
    container.replaceChildren(this.#view);
    this.#showParts();
    this.#build();
  }

  update(payload: ChannelsPayload): void {
    const same = payload.channels === this.#payload.channels;
    this.#payload = payload;
    this.#derived = derive(payload);
    this.#showParts();
    if (same) this.#show();
    else this.#build();
  }

  dispose(): void {
    this.#table?.dispose();
    this.#history?.dispose();
    this.#view.remove();
  }

  /** Makes the parts anew that a number of channels decides. */
  #build(): void {
    this.#table?.dispose();
    this.#table?.element.remove();
    this.#toolbar?.element.remove();
    this.#table = null;
    this.#toolbar = null;
    const { channels } = this.#payload;
    this.#state = {
      ...this.#state,
      pinned: this.#state.pinned.filter((channel) => channel < channels),
      selected: (this.#state.selected ?? 0) < channels ? this.#state.selected : null,
    };
    this.#readFilter();
    if (channels > 0 && this.#derived.columns.length > 0) {
      this.#toolbar = toolbar(this.#toolbarContent(), this.#toolbarActions(), this.#strings);
      this.#table = statsTable(this.#tableContent(), this.#tableActions(), this.#strings);
      this.#head.after(this.#toolbar.element, this.#table.element);
    }
    this.#show();
  }

  #show(): void {
    this.#readFilter();
    this.#showHead();
    this.#toolbar?.show(this.#toolbarContent());
    this.#table?.show(this.#tableContent());
    this.#showDetail();
    this.#showFoot();
  }

  #change(change: Partial<ViewState>): void {
    this.#state = { ...this.#state, ...change };
    this.#host.remember?.(this.#state);
    this.#readFilter();
    if ("filter" in change) this.#showHead();
    this.#toolbar?.show(this.#toolbarContent());
    this.#table?.show(this.#tableContent());
    if ("selected" in change || "detail" in change || "pinned" in change) this.#showDetail();
    if ("sharedScale" in change) this.#showFoot();
    if (typeof change.selected === "number") this.#history?.select(change.selected);
  }

  /** What passed before goes on passing while the filter cannot be read. */
  #readFilter(): void {
    try {
      this.#passes = parseFilter(this.#state.filter, this.#payload, this.#derived.odd);
      this.#filterError = null;
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      this.#filterError = error;
    }
  }

  #showHead(): void {
    const lines = headingLines(this.#payload, this.#strings);
    const { channels } = this.#payload;
    if (channels > 0 && this.#derived.columns.length > 0) {
      const filter = (text: string) => this.#change({ filter: text });
      lines.push(summary(this.#derived.odd, channels, this.#state.filter, filter, this.#strings));
    }
    this.#head.replaceChildren(...lines);
  }

  #showFoot(): void {
    const { channels, totalChannels, histograms, text } = this.#payload;
    const strings = this.#strings;
    const parts: HTMLElement[] = [];
    if (totalChannels !== undefined && totalChannels > channels) {
      const shown = [formatCount(channels), formatCount(totalChannels)];
      parts.push(html("p", { class: "muted" }, format(strings.firstChannels, ...shown)));
    }
    if (this.#table && histograms) {
      const note = this.#state.sharedScale ? strings.histogramNoteShared : strings.histogramNote;
      parts.push(html("p", { class: "muted small" }, note));
    }
    if (text !== "") {
      const pre = html("pre", { tabindex: 0 }, text);
      parts.push(html("details", {}, html("summary", {}, strings.valuesAsText), pre));
    }
    this.#foot.replaceChildren(...parts);
  }

  /** The large histogram of the selected channel, below the table. */
  #showDetail(): void {
    const { selected, pinned, detail } = this.#state;
    if (selected === null || !this.#table || !this.#payload.histograms) {
      this.#detail.element.remove();
      return;
    }
    if (!this.#detail.element.isConnected) this.#table.element.after(this.#detail.element);
    const compared = pinned.filter((channel) => channel !== selected);
    this.#detail.show({ payload: this.#payload, channel: selected, compared, state: detail });
  }

  #detailActions() {
    return {
      change: (change: Partial<DetailState>) =>
        this.#change({ detail: { ...this.#state.detail, ...change } }),
      close: () => {
        const { selected } = this.#state;
        this.#change({ selected: null });
        if (selected !== null) this.#table?.focus(selected);
      },
    };
  }

  /** What stands below the table: of some payloads alone. */
  #showParts(): void {
    this.#showModes();
    this.#showHistory();
  }

  #showHistory(): void {
    const { history, channels } = this.#payload;
    if (this.#history && history && channels === this.#historyChannels) {
      this.#history.update(history);
      return;
    }
    this.#history?.dispose();
    this.#history = history ? layerHistoryView(history, channels, this.#strings.history) : null;
    this.#historyChannels = channels;
    if (this.#history) this.#foot.before(this.#history.element);
  }

  #showModes(): void {
    const { modes } = this.#payload;
    const select = (channel: number) => this.#change({ selected: channel });
    const next = modes ? modesView(modes, this.#strings.modes, select) : null;
    if (next && this.#modes) {
      next.open = this.#modes.open;
      this.#modes.replaceWith(next);
    } else {
      this.#modes?.remove();
      if (next) (this.#history?.element ?? this.#foot).before(next);
    }
    this.#modes = next;
  }

  /** The same list as before where nothing of it has changed: the table's rows stay then. */
  #shownColumns(): readonly Column[] {
    const { columns: all } = this.#derived;
    const chosen = this.#state.columns;
    const { columns, of, by } = this.#shown;
    if (of === all && by === chosen) return columns;
    const shown = all.filter(({ key, usual }) => (chosen ? chosen.includes(key) : usual));
    this.#shown = { columns: shown, of: all, by: chosen };
    return shown;
  }

  #order(): number[] {
    const { columns, odd } = this.#derived;
    return orderedChannels(this.#payload.channels, this.#state, this.#passes, columns, odd);
  }

  #tableContent(): TableContent {
    const { payload, state, derived } = this.#tableFacts();
    return {
      payload,
      columns: this.#shownColumns(),
      odd: derived.odd,
      state,
      scale: state.sharedScale ? derived.scale : null,
      name: payload.name,
      channels: payload.channels,
      order: this.#order(),
      sort: state.sort,
    };
  }

  #tableFacts() {
    return { payload: this.#payload, state: this.#state, derived: this.#derived };
  }

  #tableActions() {
    return {
      sortBy: (key: SortKey) => {
        const { sort } = this.#state;
        const descending = sort?.key === key && !sort.descending;
        this.#change({ sort: { key, descending } });
      },
      select: (channel: number) => {
        this.#change({ selected: channel === this.#state.selected ? null : channel });
      },
      pin: (channel: number) => {
        const { pinned } = this.#state;
        const others = pinned.filter((each) => each !== channel);
        if (others.length < pinned.length) this.#change({ pinned: others });
        else if (pinned.length < mostPinned) this.#change({ pinned: [...pinned, channel] });
      },
      leave: () => this.#change({ selected: null }),
    };
  }

  #toolbarContent() {
    const { channels, histograms } = this.#payload;
    const { filter, sharedScale, columns } = this.#state;
    let shown = 0;
    for (let channel = 0; channel < channels; channel++) if (this.#passes(channel)) shown++;
    return {
      channels,
      shown,
      filter,
      error: this.#filterError,
      sharedScale,
      hasHistograms: histograms !== null,
      all: this.#derived.columns,
      columns: this.#shownColumns(),
      chosen: columns !== null,
    };
  }

  #exportItems() {
    const source = () => {
      const { payload, columns, odd, scale, order, state } = this.#tableContent();
      const rows = [...state.pinned, ...order];
      return { table: { payload, columns, odd, rows }, scale, view: this.#view };
    };
    const say = (words: string) => this.#toolbar?.say(words);
    return exportItems(source, this.#host, say, this.#strings);
  }

  #toolbarActions() {
    return {
      filter: (text: string) => this.#change({ filter: text }),
      showColumns: (columns: ViewState["columns"]) => this.#change({ columns }),
      shareScale: (sharedScale: boolean) => this.#change({ sharedScale }),
      exports: () => this.#exportItems(),
    };
  }
}

function derive(payload: ChannelsPayload): Derived {
  const { histograms } = payload;
  return {
    columns: tableColumns(payload),
    odd: findOddities(payload),
    scale: histograms
      ? commonScale(histograms.low.map(fromJsonNumber), histograms.high.map(fromJsonNumber))
      : null,
  };
}

/** Shows a value's text where its table cannot be shown, and says why. */
export function mountText(container: HTMLElement, text: string, reason: string): Disposable {
  const view = html("section", { class: "channels" }, html("p", { class: "muted" }, reason));
  if (text !== "") view.append(html("pre", {}, text));
  container.replaceChildren(view);
  return { dispose: () => view.remove() };
}
