/**
 * @file One channel's histogram at large: read bin by bin, before and after the layer, beside pinned
 * channels, and down to the samples that a bin comes from.
 */
import { plural } from "../shared/channelTable.ts";
import type { DetailStrings } from "../shared/detailStrings.ts";
import { formatCount, formatNumber, formatShare } from "../shared/numbers.ts";
import { type BinRule, binRules, type ChannelsPayload, fromJsonNumber } from "../shared/outputs.ts";
import { type Answer, channelReference, type Question } from "../shared/questions.ts";
import { channelStages, hasStages, type Stage } from "../shared/stages.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { html } from "./dom.ts";
import { histogramPlot, type PlotContent, type PlotSeries } from "./histogramPlot.ts";
import type { DetailState, ViewHost } from "./viewHost.ts";

export interface DetailContent {
  readonly payload: ChannelsPayload;
  readonly channel: number;
  /** Other channels drawn beside it. */
  readonly compared: readonly number[];
  readonly state: DetailState;
}

export interface DetailActions {
  change(change: Partial<DetailState>): void;
  close(): void;
}

export interface ChannelDetail {
  readonly element: HTMLElement;
  show(content: DetailContent): void;
}

/** Counts of one channel in equally wide bins, and what lies outside of them. */
interface Counted {
  readonly counts: readonly number[];
  readonly low: number;
  readonly high: number;
  readonly below: number;
  readonly above: number;
}

/** More samples than a list is read to the end. */
const mostSamples = 12;

export function channelDetail(
  actions: DetailActions,
  viewStrings: ViewStrings,
  host: Pick<ViewHost, "ask">,
): ChannelDetail {
  const strings = viewStrings.detail;
  let content: DetailContent | null = null;
  let counted: Counted | null = null;
  /** The latest question: answers to others come too late. */
  let asked = 0;

  const title = html("strong", {});
  const close = button(strings.close, strings.closeHint, actions.close);
  const tools = html("div", { class: "detail-tools" });
  let shownControls = "";
  const stages = check(strings.stages, strings.stagesHint, (chosen) =>
    actions.change({ stages: chosen }),
  );
  const mode = choice(
    strings.mode,
    [
      ["training", strings.training],
      ["inference", strings.inference],
    ],
    (chosen) => actions.change({ inference: chosen === "inference" }),
  );
  const logarithmic = check(strings.logarithmic, "", (chosen) =>
    actions.change({ logarithmic: chosen }),
  );
  const bins = choice(
    strings.bins,
    [
      ["", strings.savedBins],
      ...binRules.map((rule) => [rule, rule] as const),
      ...[10, 20, 50, 100, 200].map((count) => [String(count), String(count)] as const),
    ],
    (chosen) => actions.change({ bins: chosen }),
  );
  const wholeRange = check(strings.wholeRange, strings.wholeRangeHint, (chosen) =>
    actions.change({ wholeRange: chosen }),
  );
  const facts = html("p", { class: "muted" });
  const readout = html("output", { class: "readout", "aria-live": "polite" });
  const legend = html("div", { class: "detail-legend" });
  const found = html("div", { class: "samples" });
  const plot = histogramPlot({ read, choose }, strings.plotKeys);
  const element = html(
    "section",
    { class: "detail" },
    html("div", { class: "detail-head" }, title, tools, close),
    legend,
    plot.element,
    readout,
    facts,
    found,
  );

  function show(next: DetailContent): void {
    const before = content;
    content = next;
    const { payload, channel, state } = next;
    title.textContent = format(strings.title, channel);
    element.setAttribute("aria-label", title.textContent);
    showControls(next);
    if (before?.payload !== payload || before.channel !== channel) found.replaceChildren();
    const saved = savedCounts(payload, channel);
    const other = saved && ownCounts(next, saved);
    counted = saved;
    draw();
    if (other) void ask(other, (answer) => answer.kind === "histogram" && use(answer));
    else if (state.bins === "" && !state.wholeRange) asked += 1;
  }

  function use(answer: Counted): void {
    counted = answer;
    draw();
  }

  /** The question for other bins than the saved ones; null where those are wanted. */
  function ownCounts({ payload, channel, state }: DetailContent, saved: Counted): Question | null {
    if ((state.bins === "" && !state.wholeRange) || !host.ask) return null;
    const of = channelReference(payload, channel);
    if (!of) return null;
    const rule = binRules.find((each) => each === state.bins);
    const number = Number(state.bins);
    const bins: number | BinRule =
      rule ?? (Number.isInteger(number) && number > 0 ? number : saved.counts.length);
    return {
      kind: "histogram",
      of,
      bins,
      // Saved edges are rounded: where they hold all values, they may not hold the outermost.
      range: state.wholeRange || saved.below + saved.above === 0 ? null : [saved.low, saved.high],
    };
  }

  async function ask(question: Question, answered: (answer: Answer) => unknown): Promise<void> {
    asked += 1;
    const own = asked;
    facts.textContent = strings.asking;
    const answer = await host.ask!(question);
    if (own !== asked) return;
    sayFacts();
    if (answer.kind === "unanswered") {
      const detail = answer.detail ? ` (${answer.detail})` : "";
      facts.textContent = strings[answer.reason] + detail;
    } else answered(answer);
  }

  function draw(): void {
    if (!content) return;
    const drawn = counted ? plotContent(content, counted) : null;
    plot.element.hidden = drawn === null;
    if (drawn) {
      plot.show(drawn);
      legend.replaceChildren(...legendOf(drawn), ...stageTable(content, strings));
    } else legend.replaceChildren();
    sayFacts();
    read(null);
  }

  function sayFacts(): void {
    if (!content || !counted) {
      facts.textContent = viewStrings.noFinite;
      return;
    }
    const { payload, channel, state } = content;
    const { counts, below, above } = counted;
    const bins = formatCount(counts.length);
    const rule = binRules.find((each) => each === state.bins);
    const parts = [rule ? format(strings.ruleBins, bins, rule) : format(strings.plainBins, bins)];
    const end = (name: "min" | "max") =>
      formatNumber(fromJsonNumber(payload.statistics?.[name]?.[channel] ?? "NaN"), 4);
    if (below > 0) parts.push(format(strings.below, valuesText(below), end("min")));
    if (above > 0) parts.push(format(strings.above, valuesText(above), end("max")));
    if (!host.ask) parts.push(strings.needsKernel);
    facts.textContent = parts.join(" · ");
  }

  function valuesText(count: number): string {
    return plural(count, viewStrings.oneValue, viewStrings.manyValues);
  }

  function edges(bin: number): readonly [number, number] {
    const { low, high, counts } = counted!;
    const step = (high - low) / counts.length;
    return [low + bin * step, bin + 1 === counts.length ? high : low + (bin + 1) * step];
  }

  function read(bin: number | null): void {
    if (bin === null || !content || !counted) {
      readout.textContent = host.ask ? strings.readHint : "";
      return;
    }
    const [from, to] = edges(bin);
    const count = counted.counts[bin]!;
    const total = counted.counts.reduce((sum, each) => sum + each, counted.below + counted.above);
    const share = formatShare(total === 0 ? 0 : count / total);
    const text = (low: number, high: number) =>
      `${formatNumber(low, 4)} – ${formatNumber(high, 4)}`;
    const sentence = format(
      strings.bin,
      formatNumber(from, 4),
      formatNumber(to, 4),
      valuesText(count),
      share,
    );
    const others = stagesOf(content)
      .slice(1)
      .map(({ name, factor, offset }) => {
        const ends = [factor * from + offset, factor * to + offset].sort((a, b) => a - b);
        return `${strings[name]} ${text(ends[0]!, ends[1]!)}`;
      });
    readout.textContent = [sentence, ...others].join(" · ");
  }

  function choose(bin: number): void {
    if (!content || !counted) return;
    const of = channelReference(content.payload, content.channel);
    if (!host.ask || !of) {
      found.replaceChildren(html("p", { class: "muted" }, strings.needsKernel));
      return;
    }
    const [low, high] = edges(bin);
    const closed = bin + 1 === counted.counts.length;
    // Edges are rounded; the outermost values belong to the outermost bins all the same.
    const { low: least, high: most } = counted;
    const rounding = 1e-8 * Math.max(Math.abs(least), Math.abs(most));
    const from = bin === 0 && counted.below === 0 ? low - rounding : low;
    const to = closed && counted.above === 0 ? high + rounding : high;
    void ask({ kind: "samples", of, low: from, high: to, closed }, (answer) => {
      if (answer.kind === "samples") found.replaceChildren(...sampleList(answer, low, high));
    });
  }

  function sampleList(
    answer: Extract<Answer, { kind: "samples" }>,
    low: number,
    high: number,
  ): HTMLElement[] {
    if (answer.values === 0) return [html("p", { class: "muted" }, strings.noValues)];
    const shown = answer.samples.slice(0, mostSamples);
    const heading = format(
      strings.samplesTitle,
      valuesText(answer.values),
      plural(answer.total, strings.oneSample, strings.manySamples),
      formatNumber(low, 4),
      formatNumber(high, 4),
    );
    const items = shown.map(({ index, count, position, value }) =>
      html(
        "li",
        {},
        format(
          strings.sample,
          index,
          valuesText(count),
          `[${position.join(", ")}]`,
          formatNumber(value, 6),
        ),
      ),
    );
    const rest = answer.total - shown.length;
    if (rest > 0) {
      items.push(html("li", { class: "muted" }, format(strings.moreSamples, formatCount(rest))));
    }
    return [html("p", {}, heading), html("ul", {}, ...items)];
  }

  function stagesOf({ payload, channel, state }: DetailContent): readonly Stage[] {
    if (!state.stages || !hasStages(payload)) return [];
    return channelStages(payload, channel, trains(payload, state));
  }

  function plotContent(of: DetailContent, own: Counted): PlotContent {
    const { payload, channel, compared, state } = of;
    const stages = stagesOf(of);
    const staged = stages.length > 0;
    const series: PlotSeries[] = staged
      ? stages.map((stage) => stageSeries(stage, own, strings))
      : [
          {
            ...own,
            label: format(viewStrings.channelNumber, channel),
            kind: "own",
            bars: true,
          },
          ...compared.flatMap((other, index) => {
            const counts = savedCounts(payload, other);
            if (!counts) return [];
            const label = format(viewStrings.channelNumber, other);
            return [{ ...counts, label, kind: `compared compared-${index}`, bars: false }];
          }),
        ];
    const mean = fromJsonNumber(payload.statistics?.mean[channel] ?? "NaN");
    return {
      label: label(of, own, stages),
      series,
      curve: staged
        ? { label: strings.standardNormal, kind: "normal", density: standardNormal }
        : null,
      logarithmic: state.logarithmic,
      density: staged || series.length > 1,
      marks: staged
        ? []
        : [
            [0, "zero"],
            [mean, "mean"],
          ],
      axisLabels: [strings.values, staged || series.length > 1 ? strings.density : strings.counts],
    };
  }

  function label(of: DetailContent, own: Counted, stages: readonly Stage[]): string {
    const total = own.counts.reduce((sum, count) => sum + count, 0);
    const range = [formatNumber(own.low), formatNumber(own.high)];
    const most = own.counts.indexOf(Math.max(...own.counts));
    const peak = own.low + ((most + 0.5) / own.counts.length) * (own.high - own.low);
    const text = format(
      viewStrings.histogramLabel,
      of.channel,
      formatCount(total),
      ...range,
      formatNumber(peak),
    );
    const parts = stages.map(
      ({ name, mean, std }) =>
        `${strings[name]}: ${strings.mean} ${formatNumber(mean)}, ${strings.std} ${formatNumber(std)}`,
    );
    return [text, ...parts].join("; ");
  }

  /** The controls stay while there are the same ones, and so does the keyboard's focus on them. */
  function showControls({ payload, state }: DetailContent): void {
    const staged = hasStages(payload);
    const moded = staged && state.stages && payload.training === undefined;
    const there = [staged, moded].join();
    if (there !== shownControls) {
      shownControls = there;
      tools.replaceChildren(
        ...(staged ? [stages.element] : []),
        ...(moded ? [mode.element] : []),
        logarithmic.element,
        ...(host.ask ? [bins.element, wholeRange.element] : []),
      );
    }
    stages.show(state.stages);
    mode.show(state.inference ? "inference" : "training");
    logarithmic.show(state.logarithmic);
    bins.show(state.bins);
    wholeRange.show(state.wholeRange);
  }

  return { element, show };
}

/** Whether the batch's own statistics normalize: what the payload says goes before a choice. */
function trains({ training }: ChannelsPayload, { inference }: DetailState): boolean {
  return training ?? !inference;
}

function savedCounts({ histograms }: ChannelsPayload, channel: number): Counted | null {
  const counts = histograms?.counts[channel];
  if (!histograms || !counts) return null;
  const low = fromJsonNumber(histograms.low[channel]!);
  const high = fromJsonNumber(histograms.high[channel]!);
  if (!(low < high)) return null;
  const below = histograms.below?.[channel] ?? 0;
  return { counts, low, high, below, above: histograms.above?.[channel] ?? 0 };
}

/** The input's counts, their bins moved along; a stage that is constant is one narrow bin. */
function stageSeries({ name, factor, offset }: Stage, own: Counted, strings: DetailStrings) {
  const total = own.counts.reduce((sum, count) => sum + count, 0);
  const moved =
    factor === 0
      ? { counts: [total], low: offset - 0.05, high: offset + 0.05 }
      : { counts: own.counts, low: factor * own.low + offset, high: factor * own.high + offset };
  return { ...moved, label: strings[name], kind: `stage-${name}`, bars: name === "input" };
}

function standardNormal(x: number): number {
  return Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
}

function legendOf({ series, curve }: PlotContent): HTMLElement[] {
  const named = [...series, ...(curve ? [{ ...curve, bars: false }] : [])];
  if (named.length < 2) return [];
  return [
    html(
      "p",
      { class: "keys" },
      ...named.map(({ label, kind, bars }) =>
        html(
          "span",
          {},
          html("span", {
            class: `sample ${bars ? "bars" : "outline"} ${kind}`,
            "aria-hidden": "true",
          }),
          label,
        ),
      ),
    ),
  ];
}

/** Mean and standard deviation of every stage. */
function stageTable({ payload, channel, state }: DetailContent, strings: DetailStrings) {
  if (!state.stages || !hasStages(payload)) return [];
  const head = [strings.stage, strings.mean, strings.std];
  const rows = channelStages(payload, channel, trains(payload, state)).map(({ name, mean, std }) =>
    html(
      "tr",
      {},
      html("th", { scope: "row", class: "words" }, strings[name]),
      html("td", {}, formatNumber(mean, 4)),
      html("td", {}, formatNumber(std, 4)),
    ),
  );
  return [
    html(
      "table",
      { class: "side-table" },
      html("thead", {}, html("tr", {}, ...head.map((text) => html("th", { scope: "col" }, text)))),
      html("tbody", {}, ...rows),
    ),
  ];
}

function button(text: string, title: string, act: () => void): HTMLButtonElement {
  const made = html("button", { type: "button", title }, text);
  made.addEventListener("click", act);
  return made;
}

interface Control<Value> {
  readonly element: HTMLElement;
  show(value: Value): void;
}

function check(label: string, title: string, act: (checked: boolean) => void): Control<boolean> {
  const box = html("input", { type: "checkbox" });
  box.addEventListener("change", () => act(box.checked));
  return {
    element: html("label", title ? { title } : {}, box, label),
    show(checked) {
      box.checked = checked;
    },
  };
}

function choice(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  act: (value: string) => void,
): Control<string> {
  const list = html("select");
  for (const [value, text] of options) list.append(html("option", { value }, text));
  list.addEventListener("change", () => act(list.value));
  return {
    element: html("label", {}, `${label} `, list),
    show(chosen) {
      list.value = chosen;
    },
  };
}
