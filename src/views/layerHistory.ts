/**
 * @file A layer's training calls: step to any of them, and see where the moving statistics were.
 */

import type { HistoryStrings } from "../shared/historyStrings.ts";
import {
  arrivedAt,
  expectationSentence,
  formatPercent,
  hasWay,
  type LayerHistory,
  type Moment,
  momentAt,
  type StatisticName,
  statisticNames,
} from "../shared/layerHistory.ts";
import { formatCount, formatNumber } from "../shared/numbers.ts";
import { format } from "../shared/strings.ts";
import { type Disposable, html } from "./dom.ts";
import { type LinePlot, type LinePlotContent, linePlot } from "./linePlot.ts";

export interface HistoryView extends Disposable {
  readonly element: HTMLElement;
  /** Shows another channel. */
  select(channel: number): void;
  /** Shows other calls of a layer with as many channels. Who looks at the last call still does. */
  update(history: LayerHistory): void;
}

/** Milliseconds between two calls while playing. */
const pace = 120;

export function layerHistoryView(
  first: LayerHistory,
  channels: number,
  strings: HistoryStrings,
  plotOf: typeof linePlot = linePlot,
): HistoryView {
  let history = first;
  let position = history.steps.length;
  let channel = 0;
  let all = channels > 1;
  let timer: ReturnType<typeof setInterval> | undefined;

  const slider = html("input", {
    type: "range",
    min: 0,
    max: position,
    step: 1,
    "aria-label": strings.call,
  });
  const about = html("p", { class: "muted" });
  const keptCalls = html("p", { class: "muted small" });
  const where = html("output", { class: "where" });
  const button = (label: string, text: string, act: () => void) => {
    const made = html("button", { type: "button", title: label, "aria-label": label }, text);
    made.addEventListener("click", act);
    return made;
  };
  const playButton = button(strings.play, "▶", () => (timer ? pause() : play()));
  const channelBox = html("input", {
    type: "number",
    min: 0,
    max: channels - 1,
    step: 1,
    value: 0,
    class: "channel-number",
  });
  const whatChoice = html(
    "select",
    { "aria-label": strings.title },
    html("option", { value: "all" }, strings.showAll),
    html("option", { value: "one" }, strings.showChannel),
  );
  const rows = new Map(statisticNames.map((name) => [name, html("tr")]));
  const plots = new Map<StatisticName, LinePlot>();
  for (const name of statisticNames)
    plots.set(
      name,
      plotOf((index) => moveTo(index)),
    );

  const element = html(
    "details",
    { class: "history", open: "" },
    html("summary", {}, strings.title),
    about,
    html(
      "div",
      { class: "controls" },
      button(strings.previous, "‹", () => moveTo(position - 1)),
      slider,
      button(strings.next, "›", () => moveTo(position + 1)),
      playButton,
      where,
    ),
    html(
      "div",
      { class: "controls" },
      html("label", {}, `${strings.channel} `, channelBox),
      ...(channels > 1 ? [whatChoice] : []),
    ),
    html(
      "table",
      { class: "side-table" },
      html("thead", {}, headings(strings)),
      html("tbody", {}, ...rows.values()),
    ),
    html("div", { class: "plots" }, ...[...plots.values()].map((plot) => plot.element)),
    keptCalls,
  );

  slider.addEventListener("input", () => moveTo(Number(slider.value)));
  channelBox.addEventListener("input", () => select(Number(channelBox.value)));
  whatChoice.addEventListener("change", () => {
    all = whatChoice.value === "all";
    showPlots();
  });

  function sayWhatIsKept(): void {
    about.textContent = expectationSentence(history, strings);
    const [kept, all] = [history.steps.length, history.count];
    keptCalls.hidden = kept === all;
    keptCalls.textContent = format(strings.keptCalls, formatCount(kept), formatCount(all));
  }

  function moveTo(next: number): void {
    const last = history.steps.length;
    position = Math.min(last, Math.max(0, next));
    slider.value = String(position);
    const step = position === 0 ? 0 : history.steps[position - 1]!;
    const text =
      step === 0
        ? strings.beforeFirst
        : format(strings.callOf, formatCount(step), formatCount(history.count));
    where.textContent = text;
    slider.setAttribute("aria-valuetext", text);
    for (const name of statisticNames) {
      fillRow(rows.get(name)!, name, momentAt(history, name, channel, position));
      plots.get(name)!.mark(position);
    }
    if (position === last) pause();
  }

  function fillRow(row: HTMLTableRowElement, name: StatisticName, moment: Moment): void {
    const { initial, batch, moving, expected, target, left } = moment;
    const gone = Number.isNaN(left) || !hasWay(history, name, channel) ? null : 1 - left;
    const cells = [initial, batch, moving, expected, target].map((value, index) =>
      html(
        "td",
        index === 2 ? { class: "moving" } : {},
        Number.isNaN(value) ? "" : formatNumber(value, 5),
      ),
    );
    row.replaceChildren(
      html("th", { scope: "row", class: "words" }, strings[name]),
      ...cells,
      html("td", {}, gone === null ? "" : formatPercent(gone)),
      html("td", { class: "words muted" }, verdict(name)),
    );
  }

  function verdict(name: StatisticName): string {
    if (!hasWay(history, name, channel)) return strings.noWay;
    const step = arrivedAt(history, name, channel);
    return step === null ? strings.notArrived : format(strings.arrived, formatCount(step));
  }

  function showPlots(): void {
    for (const name of statisticNames) {
      plots.get(name)!.show(all ? allChannels(name) : oneChannel(name));
    }
  }

  const x = () => [0, ...history.steps];
  const along = (name: StatisticName, of: number, value: (moment: Moment) => number) =>
    x().map((_, at) => value(momentAt(history, name, of, at)));

  function oneChannel(name: StatisticName): LinePlotContent {
    const moving = along(name, channel, (moment) => moment.moving);
    const ends = [moving[0]!, moving.at(-1)!].map((value) => formatNumber(value));
    return {
      title: strings[name],
      label: format(strings.plotLabel, strings[name], channel, ...ends, formatCount(history.count)),
      x: x(),
      lines: [
        { label: strings.batch, kind: "dots", values: along(name, channel, ({ batch }) => batch) },
        { label: strings.moving, kind: "main", values: moving },
        {
          label: strings.expected,
          kind: "dashed",
          values: along(name, channel, ({ expected }) => expected),
        },
      ],
    };
  }

  function allChannels(name: StatisticName): LinePlotContent {
    const travelling = [...Array(channels).keys()].filter((c) => hasWay(history, name, c));
    const left = travelling.map((c) => along(name, c, (moment) => moment.left));
    const ends = left.map((values) => values.at(-1)!);
    const mean = ends.reduce((sum, value) => sum + value, 0) / ends.length;
    const count = [formatCount(travelling.length), formatPercent(mean), formatCount(history.count)];
    const chosen = travelling.indexOf(channel);
    return {
      title: strings[name],
      label: format(strings.plotAllLabel, strings[name], ...count),
      x: x(),
      range: [0, 1],
      lines: [
        ...left.map((values) => ({ label: "", kind: "faint" as const, values })),
        ...(chosen < 0
          ? []
          : [
              {
                label: format(strings.channelNumber, channel),
                kind: "main" as const,
                values: left[chosen]!,
              },
            ]),
        {
          label: strings.expected,
          kind: "dashed" as const,
          values: x().map((step) => history.momentum ** step),
        },
      ],
    };
  }

  function select(next: number): void {
    if (!Number.isInteger(next) || next < 0 || next >= channels) return;
    channel = next;
    if (channelBox.value !== String(next)) channelBox.value = String(next);
    showPlots();
    moveTo(position);
  }

  function play(): void {
    if (position === history.steps.length) moveTo(0);
    setPlaying(setInterval(() => moveTo(position + 1), pace));
  }

  function pause(): void {
    clearInterval(timer);
    setPlaying(undefined);
  }

  function setPlaying(next: typeof timer): void {
    timer = next;
    const label = next ? strings.pause : strings.play;
    playButton.textContent = next ? "❚❚" : "▶";
    playButton.title = label;
    playButton.setAttribute("aria-label", label);
  }

  function update(next: LayerHistory): void {
    const atLast = position === history.steps.length;
    history = next;
    slider.max = String(next.steps.length);
    sayWhatIsKept();
    showPlots();
    moveTo(atLast ? next.steps.length : position);
  }

  update(first);
  return {
    element,
    select,
    update,
    dispose() {
      pause();
      for (const plot of plots.values()) plot.dispose();
      element.remove();
    },
  };
}

function headings(strings: HistoryStrings): HTMLTableRowElement {
  const names = [
    strings.statistic,
    strings.initial,
    strings.batch,
    strings.moving,
    strings.expected,
    strings.target,
    strings.way,
  ];
  return html("tr", {}, ...names.map((name) => html("th", { scope: "col" }, name)), html("td"));
}
