/**
 * @file Lines over training calls, drawn by uPlot in the editor's colours. Whoever mounts one adopts
 * `plotStyle` too.
 */
import type uPlot from "uplot";
import { type Disposable, html } from "./dom.ts";

export interface Line {
  readonly label: string;
  /** One value per x; NaN leaves a gap. */
  readonly values: readonly number[];
  /** `dots` marks points alone; `faint` is one line of many. */
  readonly kind: "main" | "dashed" | "dots" | "faint";
}

export interface LinePlotContent {
  readonly title: string;
  /** What the picture says, for those who do not see it. */
  readonly label: string;
  readonly x: readonly number[];
  readonly lines: readonly Line[];
  /** What the vertical axis shows at least. */
  readonly range?: readonly [low: number, high: number];
}

export interface LinePlot extends Disposable {
  readonly element: HTMLElement;
  show(content: LinePlotContent): void;
  /** Puts the vertical line at an index of `x`. */
  mark(index: number): void;
}

const height = 190;
const leastWidth = 260;

/** @param pick Called with the index of `x` that was clicked. */
export function linePlot(pick: (index: number) => void): LinePlot {
  const title = html("p", { class: "plot-title" });
  const stage = html("div", { class: "plot-stage", role: "img" });
  const element = html("figure", { class: "plot" }, title, stage);
  let plot: uPlot | null = null;
  let content: LinePlotContent | null = null;
  let marked = 0;

  let disposed = false;
  let drawnLines = "";

  // Loaded with the first plot: most outputs have none.
  const load = async () => (await import("uplot")).default;

  const draw = async () => {
    const Plot = await load();
    if (!content || disposed || !element.isConnected) {
      plot?.destroy();
      plot = null;
      return;
    }
    const data = [content.x, ...content.lines.map(({ values }) => values.map(gapless))];
    const lines = linesKey(content);
    if (plot && lines === drawnLines) {
      plot.setData(data as uPlot.AlignedData);
      return;
    }
    plot?.destroy();
    drawnLines = lines;
    const width = Math.max(leastWidth, element.clientWidth);
    const drawn = new Plot(options(Plot, content, width), data as uPlot.AlignedData, stage);
    drawn.over.addEventListener("click", () => {
      const { idx } = drawn.cursor;
      if (idx !== null && idx !== undefined) pick(idx);
    });
    plot = drawn;
  };

  /** Asked for by every line of every drawing: kept until the theme changes. */
  const colors = new Map<string, string>();
  const color = (name: string): string => {
    let known = colors.get(name);
    if (known === undefined) {
      known = getComputedStyle(element).getPropertyValue(name).trim() || "gray";
      colors.set(name, known);
    }
    return known;
  };

  function options(
    { rangeNum }: typeof uPlot,
    { lines, range }: LinePlotContent,
    width: number,
  ): uPlot.Options {
    const axis = {
      stroke: () => color("--muted"),
      grid: { stroke: () => color("--plot-grid"), width: 1 },
      ticks: { show: false },
      font: `11px ${getComputedStyle(element).fontFamily}`,
    };
    return {
      width,
      height,
      legend: { show: false },
      padding: [8, 8, 0, 0],
      cursor: { y: false, drag: { x: false, y: false } },
      scales: {
        x: { time: false },
        ...(range && {
          y: {
            range: (_: uPlot, low: number, high: number) =>
              rangeNum(Math.min(low, range[0]), Math.max(high, range[1]), 0.05, true),
          },
        }),
      },
      axes: [
        { ...axis, incrs: wholeNumbers, size: 28 },
        { ...axis, size: 56 },
      ],
      series: [
        {},
        ...lines.map(({ label, kind }) => ({
          label,
          spanGaps: false,
          stroke: () => color(strokes[kind]),
          width: kind === "main" ? 2 : 1,
          ...(kind === "dashed" && { dash: [5, 4] }),
          ...(kind === "dots" && { paths: () => null }),
          points:
            kind === "dots"
              ? { show: true, size: 4, fill: () => color(strokes.dots) }
              : { show: false },
        })),
      ],
      hooks: { draw: [drawMark] },
    };
  }

  const drawMark = (drawn: uPlot) => {
    const at = content?.x[marked];
    if (at === undefined) return;
    const { ctx, bbox } = drawn;
    const x = Math.round(drawn.valToPos(at, "x", true));
    ctx.save();
    ctx.strokeStyle = color("--plot-mark");
    ctx.lineWidth = Math.max(1, devicePixelRatio);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  };

  const resize = new ResizeObserver(() => {
    const width = Math.max(leastWidth, element.clientWidth);
    if (!plot) void draw();
    else if (plot.width !== width) plot.setSize({ width, height });
  });
  resize.observe(element);
  // The editor changes its theme by the class and the style of the page's own elements.
  const theme = new MutationObserver(() => {
    colors.clear();
    plot?.redraw(false, true);
  });
  for (const root of [document.documentElement, document.body]) {
    theme.observe(root, { attributes: true, attributeFilter: ["class", "style"] });
  }

  return {
    element,
    show(next) {
      content = next;
      title.replaceChildren(html("span", {}, next.title), ...legend(next.lines));
      stage.setAttribute("aria-label", next.label);
      void draw();
    },
    mark(index) {
      marked = index;
      plot?.redraw(false, false);
    },
    dispose() {
      disposed = true;
      resize.disconnect();
      theme.disconnect();
      plot?.destroy();
    },
  };
}

/** The same for contents whose lines differ in their values alone. */
function linesKey({ lines, range }: LinePlotContent): string {
  return JSON.stringify([range, lines.map(({ kind, label }) => [kind, label])]);
}

/** A sample of each named line and its name. */
function legend(lines: readonly Line[]): HTMLElement[] {
  return lines
    .filter(({ label }) => label !== "")
    .map(({ label, kind }) =>
      html(
        "span",
        { class: "plot-key" },
        html("span", { class: `sample ${kind}`, "aria-hidden": "true" }),
        label,
      ),
    );
}

const strokes = {
  main: "--plot-main",
  dashed: "--plot-expected",
  dots: "--plot-batch",
  faint: "--plot-faint",
} as const;

/** Calls are whole: no half of one on the axis. */
const wholeNumbers = [1, 2, 5].flatMap((step) =>
  [1, 10, 100, 1000, 1e4, 1e5, 1e6].map((power) => step * power),
);
wholeNumbers.sort((a, b) => a - b);

function gapless(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
