/** @file What a hover shows of a live value, as Markdown with a picture. */
import { formatShape } from "../shared/channelTable.ts";
import { histogramPath } from "../shared/histogramShape.ts";
import { alwaysSummarized, type ValueDetails, type VariableRow } from "../shared/inspection.ts";
import { type InspectionStrings, inspectionStringsFor } from "../shared/inspectionStrings.ts";
import { formatCount, formatNumber } from "../shared/numbers.ts";
import { format } from "../shared/strings.ts";
import {
  argumentsText,
  builtText,
  bytesText,
  lengthText,
  momentsText,
} from "../shared/variableTexts.ts";

/** What is known of a live value; `current` is false where it is from before the running cell. */
export interface LiveDetails extends ValueDetails {
  readonly current: boolean;
}

/** Colours of the picture, which sees no theme. */
export interface HoverColours {
  readonly bars: string;
  readonly text: string;
}

/** All that is known of a live value. */
export function valueMarkdown(details: LiveDetails, locale: string, colours: HoverColours): string {
  const { row, current } = details;
  const says = inspectionStringsFor(locale);
  const lines = [
    pythonMarkdown(headOf(row)),
    pictureOf(details, says, colours),
    ...factsOf(details, says),
  ];
  if (!current) lines.push(`_${says.before}_`);
  return lines.filter((line) => line !== null).join("\n\n");
}

function headOf(row: VariableRow): string {
  const { label, kind, type, shape, dtype, preview } = row;
  if (kind === "layer") return `${label}: ${type}(${argumentsText(row)})`;
  if (kind === "tensor" && shape) {
    const plain = `${label}: ${dtype} ${formatShape(shape)}`;
    return preview === null ? plain : `${plain}\n${preview}`;
  }
  return preview === null ? `${label}: ${type}` : `${label}: ${type} = ${preview}`;
}

function factsOf(
  { row, channels, histogram }: LiveDetails,
  says: InspectionStrings,
): (string | null)[] {
  const { kind, bytes, summary } = row;
  const size = bytes === null ? [] : [bytesText(bytes)];
  if (kind === "container") return [lengthText(row.length!, says)];
  if (kind === "layer") {
    const state = [builtText(row, says), ...(row.built ? size : [])];
    return [[...(argumentsText(row) ? [] : [says.defaults]), ...state].join(" · ")];
  }
  if (kind !== "tensor") return [];
  const place =
    channels &&
    format(says.channels, channels.axis, formatCount(channels.count), formatCount(channels.values));
  const every = histogram?.every ?? 1;
  const sample = every > 1 ? format(says.sampled, formatCount(every)) : null;
  const values = row.shape?.reduce((product, length) => product * length, 1) ?? 0;
  const reason = summary || values <= alwaysSummarized ? null : says.notSummarized;
  const facts = [place, ...size, sample, reason].filter((part) => part !== null).join(" · ");
  if (!summary) return [facts];
  const { min, max, nanCount, infCount } = summary;
  const moments = [
    `${says.mean} **${momentsText(summary)}**`,
    `${says.min} ${formatNumber(min)}`,
    `${says.max} ${formatNumber(max)}`,
    `${says.nan} ${formatCount(nanCount)}`,
    ...(infCount > 0 ? [`${says.inf} ${formatCount(infCount)}`] : []),
  ];
  return [moments.join(" · "), facts];
}

const width = 280;
const height = 56;
const margin = 16;

/** The histogram as an image that carries its own text. */
function pictureOf(
  { histogram }: LiveDetails,
  says: InspectionStrings,
  colours: HoverColours,
): string | null {
  if (!histogram) return null;
  const { low, high, counts } = histogram;
  const bin = (high - low) / counts.length;
  const peak = low + (counts.indexOf(Math.max(...counts)) + 0.5) * bin;
  const [from, to] = [formatNumber(low, 3), formatNumber(high, 3)];
  const label = `font-family="sans-serif" font-size="11" fill="${colours.text}"`;
  const base = height + 0.5;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + margin}">` +
    `<path d="${histogramPath(counts, width, height)}" fill="${colours.bars}"/>` +
    `<path d="M0 ${base}H${width}" stroke="${colours.text}" fill="none"/>` +
    `<text x="0" y="${height + margin - 3}" ${label}>${from}</text>` +
    `<text x="${width}" y="${height + margin - 3}" text-anchor="end" ${label}>${to}</text></svg>`;
  const alternative = format(says.histogram, from, to, formatNumber(peak, 3));
  return `![${alternative}](data:image/svg+xml;base64,${base64(svg)}|width=${width},height=${height + margin})`;
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

/** Python source as Markdown. */
export function pythonMarkdown(text: string): string {
  return `\`\`\`python\n${text}\n\`\`\``;
}
