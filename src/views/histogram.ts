/**
 * @file A channel's histogram as a small picture.
 */
import type { ChannelHistogram } from "../shared/channelTable.ts";
import { histogramPath, placeBetween, positionInBox } from "../shared/histogramShape.ts";
import type { ViewStrings } from "../shared/strings.ts";
import { svg } from "./dom.ts";

/** Pixels; the height leaves a line's width between rows. */
export const histogramWidth = 128;
const height = 20;

/** From where to where a picture reaches, in the units of the values. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/**
 * On its own scale or a given one, with a solid line at the mean and a dotted one at zero; the label
 * says it. Values that are not drawn show as small arrows at the end where they would be.
 */
export function histogramPicture(
  histogram: ChannelHistogram,
  strings: ViewStrings,
  scale: Scale | null = null,
): SVGElement {
  const { counts, mean, peak, label, below, above } = histogram;
  const { low, high } = scale ?? histogram;
  const width = histogramWidth;
  const place = placeBetween(histogram, { low, high }, width);
  const picture = svg(
    "svg",
    { class: "histogram", role: "img", "aria-label": label, width, height },
    svg("title", {}, label),
  );
  if (peak === null) {
    picture.append(svg("text", { class: "nothing", x: 0, y: height - 6 }, strings.noFinite));
    return picture;
  }
  picture.append(svg("path", { class: "base", d: `M0 ${height - 0.5}H${width}` }));
  if (place.to > 0 && place.from < width) {
    const bars = svg("path", {
      class: "bars",
      d: histogramPath(counts, place.to - place.from, height),
    });
    if (place.from !== 0) bars.setAttribute("transform", `translate(${place.from} 0)`);
    picture.append(bars);
  }
  if (below > 0 || place.from < 0) picture.append(arrow(0, 1));
  if (above > 0 || place.to > width) picture.append(arrow(width, -1));
  for (const [name, value] of [
    ["zero", 0],
    ["mean", mean],
  ] as const) {
    const x = positionInBox(value, low, high, width);
    if (x !== null) picture.append(svg("path", { class: name, d: `M${x} 0V${height}` }));
  }
  return picture;
}

function arrow(x: number, direction: 1 | -1): SVGElement {
  return svg("path", { class: "tail", d: `M${x} 6l${5 * direction} -4v8z` });
}
