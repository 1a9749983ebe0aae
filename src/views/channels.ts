/**
 * @file The per-channel view: what the value is, what is odd about it, and the table.
 */
import {
  axesSentence,
  headline,
  layerCall,
  layerNotes,
  oddChannels,
  odditySentences,
} from "../shared/channelTable.ts";
import { formatCount } from "../shared/numbers.ts";
import type { ChannelsPayload, LayerSummary } from "../shared/outputs.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { axesDrawing } from "./axesDrawing.ts";
import { type Disposable, html } from "./dom.ts";
import { layerHistoryView } from "./layerHistory.ts";
import { statsTable } from "./statsTable.ts";

/** Fills `container` with the view of a payload; disposing empties it again. */
export function mountChannels(
  container: HTMLElement,
  payload: ChannelsPayload,
  strings: ViewStrings,
): Disposable {
  const { shape, axis, layer, channels } = payload;
  const view = html("section", { class: "channels" }, heading(payload, strings));
  if (layer) view.append(configuration(layer, strings));
  for (const note of layerNotes(payload, strings)) view.append(html("p", { class: "muted" }, note));
  if (shape) view.append(axesLine(shape, axis, strings));
  const odd = odditySentences(oddChannels(payload), channels, strings);
  if (odd.length > 0) view.append(oddList(odd));
  const table = channels > 0 ? statsTable(payload, strings) : null;
  if (table) view.append(table.element);
  const { totalChannels } = payload;
  if (totalChannels !== undefined && totalChannels > channels) {
    const shown = [formatCount(channels), formatCount(totalChannels)];
    view.append(html("p", { class: "muted" }, format(strings.firstChannels, ...shown)));
  }
  if (table && payload.histograms) {
    view.append(html("p", { class: "muted small" }, strings.histogramNote));
  }
  const { history } = payload;
  const travel = history ? layerHistoryView(history, channels, strings.history) : null;
  if (travel) view.append(travel.element);
  if (payload.text !== "") {
    const text = html("pre", { tabindex: 0 }, payload.text);
    view.append(html("details", {}, html("summary", {}, strings.valuesAsText), text));
  }
  container.replaceChildren(view);
  return {
    dispose() {
      table?.dispose();
      travel?.dispose();
      view.remove();
    },
  };
}

/** Shows a value's text where its table cannot be shown, and says why. */
export function mountText(container: HTMLElement, text: string, reason: string): Disposable {
  const view = html("section", { class: "channels" }, html("p", { class: "muted" }, reason));
  if (text !== "") view.append(html("pre", {}, text));
  container.replaceChildren(view);
  return { dispose: () => view.remove() };
}

function heading(payload: ChannelsPayload, strings: ViewStrings): HTMLElement {
  const line = html("p", { class: "headline" });
  const name = payload.name ?? payload.layer?.name ?? null;
  if (name !== null) line.append(html("strong", { class: "name" }, name), " ");
  line.append(headline(payload, strings));
  return line;
}

function configuration(layer: LayerSummary, strings: ViewStrings): HTMLElement {
  const changed = layer.changedArguments.length > 0;
  return html(
    "p",
    { class: "configuration" },
    html("code", {}, layerCall(layer)),
    html("span", { class: "muted" }, changed ? strings.changedArguments : strings.defaultArguments),
  );
}

function axesLine(shape: readonly number[], axis: number | null, strings: ViewStrings) {
  const line = html("div", { class: "axes-line" });
  if (shape.length > 0) line.append(axesDrawing(shape, axis));
  line.append(html("p", { class: "muted" }, axesSentence(shape, axis, strings)));
  return line;
}

function oddList(sentences: readonly string[]): HTMLElement {
  const items = sentences.map((sentence) =>
    html("li", {}, html("span", { class: "mark", "aria-hidden": "true" }, "▲"), sentence),
  );
  return html("ul", { class: "odd" }, ...items);
}
