/**
 * @file The table as a picture of its own: an SVG without styles, scripts or resources, in the
 * colours of the view it is taken from.
 */
import { channelHistogram, headline } from "../shared/channelTable.ts";
import { findingWords, groupSentence, oddGroups, oddityRules, signs } from "../shared/oddities.ts";
import { format, type ViewStrings } from "../shared/strings.ts";
import { svg } from "./dom.ts";
import { histogramPicture, histogramWidth, type Scale } from "./histogram.ts";
import { wideLength } from "./tableHead.ts";
import type { ExportedTable } from "./tableText.ts";

/** Colours and font as CSS writes them. */
export interface PictureStyle {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly bars: string;
  readonly error: string;
  readonly warning: string;
  readonly notice: string;
  readonly font: string;
}

/** The colours that an element of the view has in the current theme. */
export function pictureStyle(view: Element): PictureStyle {
  const style = getComputedStyle(view);
  const color = (name: string, other: string) => style.getPropertyValue(name).trim() || other;
  const text = style.color;
  const muted = color("--muted", text);
  return {
    ground: color("--ground", "Canvas"),
    text,
    muted,
    line: color("--line", muted),
    bars: color("--bars", text),
    error: color("--error", text),
    warning: color("--warning", text),
    notice: color("--notice", text),
    font: style.fontFamily,
  };
}

export interface TablePicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const margin = 16;
const lineHeight = 20;
const rowHeight = 24;
const fontSize = 13;
/** A digit's width in most fonts, with room to spare. */
const characterWidth = 7.6;
const padding = 10;

interface Part {
  readonly width: number;
  readonly side: "start" | "end";
  readonly head: string;
  readonly cell: (channel: number, x: number, y: number) => readonly SVGElement[];
}

/**
 * @param scale The scale that all histograms share; null where each has its own.
 * @param mostRows Further rows are left out, which the picture says.
 */
export function tablePicture(
  table: ExportedTable,
  scale: Scale | null,
  style: PictureStyle,
  strings: ViewStrings,
  mostRows = Number.POSITIVE_INFINITY,
): TablePicture {
  const { payload, odd } = table;
  const rows = table.rows.slice(0, mostRows);
  const parts = pictureParts({ ...table, rows }, scale, style, strings);
  const name = payload.name ?? payload.layer?.name ?? null;
  const title = svg("text", { y: margin + fontSize, x: margin });
  if (name !== null) title.append(svg("tspan", { "font-weight": 700 }, name), "\u2002");
  title.append(headline(payload, strings));
  const findings = oddGroups(odd).map((group) => ({
    sign: signs[oddityRules[group.oddity].gravity],
    color: style[oddityRules[group.oddity].gravity],
    words: groupSentence(group, payload.channels, strings),
  }));
  const notes = [
    ...(rows.length < table.rows.length
      ? [format(strings.pictureRows, rows.length, table.rows.length)]
      : []),
    ...(payload.histograms ? [scale ? strings.histogramNoteShared : strings.histogramNote] : []),
  ];

  const top = margin + (1 + findings.length) * lineHeight + 8;
  const bottom = top + 28 + rows.length * rowHeight;
  const tableWidth = parts.reduce((sum, part) => sum + part.width, 0);
  const longest = Math.max(
    wideLength(`${name ?? ""}  ${headline(payload, strings)}`),
    ...findings.map(({ words }) => wideLength(words) + 3),
    ...notes.map(wideLength),
  );
  const width = Math.ceil(2 * margin + Math.max(tableWidth, longest * characterWidth * 0.92));
  const height = bottom + notes.length * lineHeight + margin;

  const picture = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "font-family": style.font,
    "font-size": fontSize,
    fill: style.text,
  });
  picture.append(svg("title", {}, `${name ?? ""} ${headline(payload, strings)}`.trim()));
  picture.append(svg("rect", { width, height, fill: style.ground }), title);
  findings.forEach(({ sign, color, words }, at) => {
    const y = margin + (at + 1) * lineHeight + fontSize;
    picture.append(
      svg("text", { x: margin, y, fill: color }, sign),
      svg("text", { x: margin + 18, y }, words),
    );
  });
  picture.append(
    svg("rect", {
      x: margin - 0.5,
      y: top - 0.5,
      width: tableWidth + 1,
      height: bottom - top + 1,
      rx: 3,
      fill: "none",
      stroke: style.line,
    }),
    svg("path", {
      d: `M${margin} ${top + 27.5}h${tableWidth}`,
      stroke: style.line,
    }),
  );
  let x = margin;
  for (const part of parts) {
    picture.append(cellText(part, x, top + 19, part.head, { "font-weight": 600 }));
    rows.forEach((channel, at) => {
      picture.append(...part.cell(channel, x, top + 28 + at * rowHeight));
    });
    x += part.width;
  }
  notes.forEach((words, at) => {
    const y = bottom + 8 + at * lineHeight + fontSize;
    picture.append(svg("text", { x: margin, y, fill: style.muted, "font-size": 12 }, words));
  });
  return { svg: serialized(picture), width, height };
}

function cellText(
  { side, width }: Pick<Part, "side" | "width">,
  x: number,
  y: number,
  words: string,
  attributes: Readonly<Record<string, string | number>> = {},
): SVGElement {
  const at = side === "end" ? x + width - padding : x + padding;
  return svg("text", { x: at, y, "text-anchor": side, ...attributes }, words);
}

function pictureParts(
  { payload, columns, odd, rows }: ExportedTable,
  scale: Scale | null,
  style: PictureStyle,
  strings: ViewStrings,
): readonly Part[] {
  const textColumn = (
    side: Part["side"],
    head: string,
    words: (channel: number) => string,
    color: (channel: number) => string = () => style.text,
  ): Part => {
    const longest = rows.reduce((most, c) => Math.max(most, wideLength(words(c))), 0);
    const width = Math.ceil(Math.max(wideLength(head), longest) * characterWidth) + 2 * padding;
    const cell = (channel: number, x: number, y: number) => [
      cellText({ side, width }, x, y + 17, words(channel), { fill: color(channel) }),
    ];
    return { width, side, head, cell };
  };
  const parts = [textColumn("end", strings.channel, String, () => style.muted)];
  if (payload.histograms) {
    parts.push({
      width: histogramWidth + 2 * padding,
      side: "start",
      head: strings.histogram,
      cell: (channel, x, y) => {
        const histogram = channelHistogram(payload, channel, strings)!;
        const picture = histogramPicture(histogram, strings, scale);
        picture.setAttribute("x", String(x + padding));
        picture.setAttribute("y", String(y + 2));
        return [painted(picture, style)];
      },
    });
  }
  if (odd.size > 0) {
    const gravest = (channel: number) => odd.get(channel)?.[0];
    const words = (channel: number) =>
      (odd.get(channel) ?? [])
        .map((it) => {
          const sign = signs[oddityRules[it.oddity].gravity];
          return `${sign} ${strings[it.oddity]} · ${findingWords(it, strings)}`;
        })
        .join("  ");
    const color = (channel: number) => {
      const finding = gravest(channel);
      return finding ? style[oddityRules[finding.oddity].gravity] : style.text;
    };
    parts.push(textColumn("start", strings.note, words, color));
  }
  for (const { key, values, format: write } of columns) {
    parts.push(textColumn("end", strings[key], (channel) => write(values[channel])));
  }
  return parts;
}

/** Gives a histogram by attributes what the style sheet gives it by classes. */
function painted(picture: SVGElement, style: PictureStyle): SVGElement {
  const paints: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    bars: { fill: style.bars },
    base: { stroke: style.line },
    mean: { fill: "none", stroke: style.text },
    zero: { fill: "none", stroke: style.text, "stroke-dasharray": "1 2" },
    tail: { fill: style.text },
    nothing: { fill: style.muted, "font-size": "11" },
  };
  for (const element of picture.querySelectorAll("[class]")) {
    for (const [name, value] of Object.entries(paints[element.getAttribute("class")!] ?? {})) {
      element.setAttribute(name, value);
    }
    element.removeAttribute("class");
  }
  picture.removeAttribute("class");
  picture.setAttribute("overflow", "hidden");
  return picture;
}

/** XML, in which some characters cannot be written even as references. */
function serialized(picture: SVGElement): string {
  const text = new XMLSerializer().serializeToString(picture);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 leaves out.
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Surrogate}]/gu, "\ufffd");
}
