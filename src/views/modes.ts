/**
 * @file Training beside inference: the channels grouped by why their outputs differ, those that
 * differ most first.
 */
import { type ModesSummary, reasonGroups, reasonTitle, reasonWhy } from "../shared/modes.ts";
import type { ModesStrings } from "../shared/modesStrings.ts";
import { formatCount, formatNumber } from "../shared/numbers.ts";
import { fromJsonNumber } from "../shared/outputs.ts";
import { format } from "../shared/strings.ts";
import { html, svg } from "./dom.ts";

/** Rows that a group shows before it is asked for all. */
const firstRows = 6;
const barWidth = 120;
const barHeight = 10;

/** @param select Called with the channel that was clicked. */
export function modesView(
  modes: ModesSummary,
  strings: ModesStrings,
  select: (channel: number) => void,
): HTMLDetailsElement {
  const groups = reasonGroups(modes);
  const finite = modes.difference.map(fromJsonNumber).filter(Number.isFinite);
  const largest = Math.max(...finite, 0);
  return html(
    "details",
    { class: "modes-view", open: "" },
    html("summary", {}, strings.title),
    html("p", { class: "muted" }, strings.about),
    ...groups.flatMap(({ reason, channels }) => {
      const all = channels.length === modes.reasons.length;
      return [
        html(
          "p",
          { class: `reason ${reason}` },
          html("strong", {}, reasonTitle(reason, channels.length, all, strings)),
        ),
        html("p", { class: "muted why" }, reasonWhy(reason, modes, strings)),
        ...(reason === "agree" ? [] : [groupTable(channels, modes, largest, strings, select)]),
      ];
    }),
  );
}

function groupTable(
  channels: readonly number[],
  modes: ModesSummary,
  largest: number,
  strings: ModesStrings,
  select: (channel: number) => void,
): HTMLElement {
  const head = html(
    "tr",
    {},
    html("th", { scope: "col" }, strings.channel),
    html("th", { scope: "col", class: "words" }, strings.difference),
    html("th", { scope: "col", title: strings.meanGapNote }, strings.meanGap),
    html("th", { scope: "col", title: strings.stdRatioNote }, strings.stdRatio),
  );
  const body = html("tbody");
  const rowOf = (channel: number) => {
    const difference = fromJsonNumber(modes.difference[channel]!);
    const button = html("button", { type: "button", class: "link" }, String(channel));
    button.addEventListener("click", () => select(channel));
    const number = (value: number) => html("td", {}, formatNumber(value, 3));
    const label = format(strings.barLabel, channel, formatNumber(difference, 3));
    return html(
      "tr",
      {},
      html("th", { scope: "row" }, button),
      html("td", { class: "words" }, bar(difference / largest, label), formatNumber(difference, 3)),
      number(fromJsonNumber(modes.meanGap[channel]!)),
      number(fromJsonNumber(modes.stdRatio[channel]!)),
    );
  };
  body.append(...channels.slice(0, firstRows).map(rowOf));
  const table = html("table", { class: "side-table" }, html("thead", {}, head), body);
  const rest = channels.slice(firstRows);
  if (rest.length === 0) return table;
  const more = html(
    "button",
    { type: "button", class: "link" },
    format(strings.more, formatCount(rest.length)),
  );
  more.addEventListener("click", () => {
    body.append(...rest.map(rowOf));
    more.remove();
  });
  return html("div", {}, table, more);
}

function bar(share: number, label: string): SVGElement {
  const width = Number.isFinite(share) ? Math.max(1, Math.round(share * barWidth)) : 0;
  return svg(
    "svg",
    {
      class: "difference-bar",
      role: "img",
      "aria-label": label,
      width: barWidth,
      height: barHeight,
    },
    svg("rect", { width, height: barHeight, rx: 1 }),
  );
}
