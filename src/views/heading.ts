/**
 * @file What the value is, before any number: its name, shape, layer, and which axes are averaged.
 */
import { axesSentence, headline, layerCall, layerNotes } from "../shared/channelTable.ts";
import type { ChannelsPayload, LayerSummary } from "../shared/outputs.ts";
import type { ViewStrings } from "../shared/strings.ts";
import { axesDrawing } from "./axesDrawing.ts";
import { html } from "./dom.ts";

export function headingLines(payload: ChannelsPayload, strings: ViewStrings): HTMLElement[] {
  const { shape, axis, layer } = payload;
  return [
    nameLine(payload, strings),
    ...(layer ? [configuration(layer, strings)] : []),
    ...layerNotes(payload, strings).map((note) => html("p", { class: "muted" }, note)),
    ...(shape ? [axesLine(shape, axis, strings)] : []),
  ];
}

function nameLine(payload: ChannelsPayload, strings: ViewStrings): HTMLElement {
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

function axesLine(
  shape: readonly number[],
  axis: number | null,
  strings: ViewStrings,
): HTMLElement {
  const line = html("div", { class: "axes-line" });
  if (shape.length > 0) line.append(axesDrawing(shape, axis));
  line.append(html("p", { class: "muted" }, axesSentence(shape, axis, strings)));
  return line;
}
