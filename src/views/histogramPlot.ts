/**
 * @file A large histogram: bars or outlines over round axes, bins that can be pointed at and read by
 * the keyboard.
 */
import { linearTicks, logarithmicTicks } from "../shared/axisTicks.ts";
import { formatCount, formatNumber } from "../shared/numbers.ts";
import { html, svg } from "./dom.ts";

/** Counts in equally wide bins from `low` to `high`. */
export interface PlotSeries {
  readonly label: string;
  readonly counts: readonly number[];
  readonly low: number;
  readonly high: number;
  /** Class of its colour and dash; the first series may be drawn as bars. */
  readonly kind: string;
  readonly bars: boolean;
}

export interface PlotCurve {
  readonly label: string;
  readonly kind: string;
  readonly density: (x: number) => number;
}

export interface PlotContent {
  readonly label: string;
  readonly series: readonly PlotSeries[];
  readonly curve: PlotCurve | null;
  readonly logarithmic: boolean;
  /** Heights are shares per unit of x, so that areas compare; else counts. */
  readonly density: boolean;
  /** Vertical lines: value and class. */
  readonly marks: readonly (readonly [value: number, kind: string])[];
  readonly axisLabels: readonly [x: string, y: string];
}

export interface HistogramPlot {
  readonly element: HTMLElement;
  show(content: PlotContent): void;
}

const width = 680;
const height = 236;
const margin = { left: 58, right: 12, top: 24, bottom: 34 };
const inner = {
  width: width - margin.left - margin.right,
  height: height - margin.top - margin.bottom,
};

export interface PlotActions {
  /** A bin of the first series is pointed at; null when none is. */
  read(bin: number | null): void;
  /** A bin of the first series is pressed. */
  choose(bin: number): void;
}

export function histogramPlot(actions: PlotActions, keysHint: string): HistogramPlot {
  const picture = svg("svg", {
    class: "histogram-plot",
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    tabindex: 0,
    "aria-description": keysHint,
  });
  const element = html("div", { class: "histogram-stage" });
  element.append(picture);
  let content: PlotContent | null = null;
  let current: number | null = null;
  let band: SVGElement | null = null;

  const read = (bin: number | null) => {
    current = bin;
    moveBand();
    actions.read(bin);
  };

  const moveBand = () => {
    band?.remove();
    band = null;
    const first = content?.series[0];
    if (!content || !first || current === null) return;
    const [low, high] = xRange(content);
    const step = (first.high - first.low) / first.counts.length;
    const from = place(first.low + current * step, low, high);
    const to = place(first.low + (current + 1) * step, low, high);
    band = svg("rect", {
      class: "reading",
      x: margin.left + Math.min(from, to),
      y: margin.top,
      width: Math.max(1, Math.abs(to - from)),
      height: inner.height,
    });
    picture.append(band);
  };

  const binAt = (event: MouseEvent): number | null => {
    const first = content?.series[0];
    if (!content || !first) return null;
    const box = picture.getBoundingClientRect();
    const [low, high] = xRange(content);
    const share = ((event.clientX - box.left) / box.width) * width - margin.left;
    const value = low + (share / inner.width) * (high - low);
    const bin = Math.floor(((value - first.low) / (first.high - first.low)) * first.counts.length);
    return bin >= 0 && bin < first.counts.length ? bin : null;
  };
  picture.addEventListener("mousemove", (event) => {
    const bin = binAt(event);
    if (bin !== current) read(bin);
  });
  picture.addEventListener("mouseleave", () => read(null));
  picture.addEventListener("click", (event) => {
    const bin = binAt(event);
    if (bin !== null) actions.choose(bin);
  });
  picture.addEventListener("keydown", (event) => {
    const bins = content?.series[0]?.counts.length ?? 0;
    if (bins === 0) return;
    const at = current ?? -1;
    const next: Record<string, number> = {
      ArrowRight: Math.min(bins - 1, at + 1),
      ArrowLeft: Math.max(0, at < 0 ? bins - 1 : at - 1),
      Home: 0,
      End: bins - 1,
    };
    const bin = next[event.key];
    if (bin !== undefined) read(bin);
    else if ((event.key === "Enter" || event.key === " ") && current !== null) {
      actions.choose(current);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    element,
    show(next) {
      content = next;
      const bins = next.series[0]?.counts.length ?? 0;
      if (current !== null && current >= bins) current = null;
      picture.setAttribute("aria-label", next.label);
      picture.replaceChildren(...drawing(next));
      moveBand();
    },
  };
}

function xRange({ series }: PlotContent): readonly [number, number] {
  const low = Math.min(...series.map((each) => Math.min(each.low, each.high)));
  const high = Math.max(...series.map((each) => Math.max(each.low, each.high)));
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

function place(value: number, low: number, high: number): number {
  return ((value - low) / (high - low)) * inner.width;
}

/** Heights of a series' bins, in the units of the vertical axis. */
function heights({ counts, low, high }: PlotSeries, density: boolean): number[] {
  if (!density) return [...counts];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const step = Math.abs(high - low) / counts.length;
  return counts.map((count) => (total === 0 || step === 0 ? 0 : count / total / step));
}

function drawing(content: PlotContent): SVGElement[] {
  const [low, high] = xRange(content);
  const all = content.series.map((series) => heights(series, content.density));
  const curve = content.curve && sampled(content.curve, low, high);
  const most = Math.max(0, ...all.flat(), ...(curve ?? []).map(([, y]) => y)) || 1;
  const least = content.density
    ? Math.min(...all.flat().filter((value) => value > 0), most) / 2
    : 0.5;
  const y = content.logarithmic
    ? (value: number) =>
        value <= 0 ? 0 : Math.max(0, Math.log(value / least) / Math.log(most / least))
    : (value: number) => value / most;
  const top = (value: number) => margin.top + inner.height * (1 - Math.min(1, y(value)));
  const x = (value: number) => margin.left + place(value, low, high);
  return [
    ...axes(content, low, high, most, x, top),
    ...content.series.map((series, index) => outline(series, all[index]!, x, top)),
    ...(content.curve && curve
      ? [
          svg("path", {
            class: `curve ${content.curve.kind}`,
            d: `M${curve.map(([at, value]) => `${round(x(at))} ${round(top(value))}`).join("L")}`,
          }),
        ]
      : []),
    ...content.marks
      .filter(([value]) => value >= low && value <= high)
      .map(([value, kind]) =>
        svg("path", {
          class: `line ${kind}`,
          d: `M${round(x(value))} ${margin.top}v${inner.height}`,
        }),
      ),
  ];
}

function sampled({ density }: PlotCurve, low: number, high: number): [number, number][] {
  const points = 160;
  return Array.from({ length: points + 1 }, (_, index) => {
    const at = low + (index / points) * (high - low);
    return [at, density(at)];
  });
}

function outline(
  { counts, low, high, kind, bars }: PlotSeries,
  values: readonly number[],
  x: (value: number) => number,
  top: (value: number) => number,
): SVGElement {
  const step = (high - low) / counts.length;
  const base = margin.top + inner.height;
  let path = `M${round(x(low))} ${base}`;
  for (const [bin, value] of values.entries()) {
    path += `V${round(top(value))}H${round(x(low + (bin + 1) * step))}`;
  }
  path += `V${base}${bars ? "Z" : ""}`;
  return svg("path", { class: `${bars ? "bars" : "outline"} ${kind}`, d: path });
}

function axes(
  content: PlotContent,
  low: number,
  high: number,
  most: number,
  x: (value: number) => number,
  top: (value: number) => number,
): SVGElement[] {
  const base = margin.top + inner.height;
  const parts: SVGElement[] = [];
  const text = (kind: string, at: readonly [number, number], anchor: string, words: string) =>
    svg("text", { class: kind, x: round(at[0]), y: round(at[1]), "text-anchor": anchor }, words);
  const rows =
    content.logarithmic && !content.density
      ? logarithmicTicks(most, 5)
      : content.logarithmic
        ? []
        : linearTicks(0, most, 4);
  for (const value of rows) {
    const y = top(value);
    const label = Number.isInteger(value) ? formatCount(value) : formatNumber(value, 3);
    parts.push(
      svg("path", { class: "grid", d: `M${margin.left} ${round(y)}h${inner.width}` }),
      text("tick", [margin.left - 6, y + 4], "end", label),
    );
  }
  for (const value of linearTicks(low, high, 7)) {
    parts.push(
      svg("path", { class: "grid", d: `M${round(x(value))} ${base}v4` }),
      text("tick", [x(value), base + 16], "middle", formatNumber(value, 4)),
    );
  }
  parts.push(
    svg("path", { class: "axis", d: `M${margin.left} ${base}h${inner.width}` }),
    text("axis-label", [margin.left + inner.width, base + 30], "end", content.axisLabels[0]),
    text("axis-label", [4, 12], "start", content.axisLabels[1]),
  );
  return parts;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
