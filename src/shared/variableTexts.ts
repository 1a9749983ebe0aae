/**
 * @file A variable's row in words: what stands behind its name in a list, and its parts for hovers.
 */
import { formatShape } from "./channelTable.ts";
import type { ValueSummary, VariableRow } from "./inspection.ts";
import type { InspectionStrings } from "./inspectionStrings.ts";
import { formatCount, formatNumber } from "./numbers.ts";
import { format } from "./strings.ts";

/** `7.5 MiB`. */
export function bytesText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size >= 100 || unit === 0 ? Math.round(size) : Number(size.toPrecision(3))} ${units[unit]}`;
}

/**
 * `5.002 ± 2.000`: both to the place that is the fourth digit of the larger, or the second of the
 * standard deviation where that is finer; each by itself where they are too far apart.
 */
export function momentsText({ mean, std }: ValueSummary): string {
  const decimals = Math.max(0, 3 - decade(Math.max(Math.abs(mean), std)), 1 - decade(std));
  const aligned = std > 0 && decimals <= 6 && Math.abs(mean) < 1e6 && std < 1e6;
  if (!aligned) return `${formatNumber(mean)} ± ${formatNumber(std)}`;
  const rounded = mean.toFixed(decimals);
  // Below the last place nothing is left of the sign.
  const text = Number(rounded) === 0 ? rounded.replace("-", "") : rounded.replace("-", "\u2212");
  return `${text} ± ${std.toFixed(decimals)}`;
}

/** The power of ten of a number's first digit. */
function decade(value: number): number {
  return Math.floor(Math.log10(value));
}

export function lengthText(length: number, words: InspectionStrings): string {
  return length === 1 ? words.oneItem : format(words.manyItems, formatCount(length));
}

/** Behind the name: shape first, then dtype, memory and moments; the type where it is not plain. */
export function descriptionOf(row: VariableRow, words: InspectionStrings): string {
  return descriptionParts(row, words)
    .filter((part) => part !== null)
    .join(" · ");
}

function descriptionParts(row: VariableRow, words: InspectionStrings): (string | null)[] {
  const { shape, dtype, bytes, summary, type } = row;
  switch (row.kind) {
    case "tensor":
      return [
        shape && formatShape(shape),
        dtype,
        bytes === null ? null : bytesText(bytes),
        summary && momentsText(summary),
        type,
      ];
    case "layer":
      return [
        argumentsText(row) || null,
        builtText(row, words),
        row.built && bytes !== null ? bytesText(bytes) : null,
        type,
      ];
    case "container":
      return [row.preview, lengthText(row.length!, words), type];
    default:
      return [row.preview, type];
  }
}

/** How many channels a layer has, once it knows. */
export function builtText({ length }: VariableRow, words: InspectionStrings): string {
  if (length === null) return words.notBuilt;
  return length === 1 ? words.oneChannel : format(words.manyChannels, formatCount(length));
}

/** `momentum=0.9, axis=1`; empty where all arguments are at their defaults. */
export function argumentsText({ changedArguments }: VariableRow): string {
  return (changedArguments ?? []).map(([name, source]) => `${name}=${source}`).join(", ");
}

/** How people sort lists of variables. */
export const variableOrders = ["definition", "name", "type", "size"] as const;
export type VariableOrder = (typeof variableOrders)[number];

/** Largest memory first; names as people read them: `x2` before `x10`. */
export function sortedRows(rows: readonly VariableRow[], order: VariableOrder): VariableRow[] {
  const byName = (a: VariableRow, b: VariableRow) =>
    a.label.localeCompare(b.label, undefined, { numeric: true, sensitivity: "base" });
  switch (order) {
    case "definition":
      return [...rows];
    case "name":
      return rows.toSorted(byName);
    case "type":
      return rows.toSorted((a, b) => a.type.localeCompare(b.type) || byName(a, b));
    case "size":
      return rows.toSorted((a, b) => (b.bytes ?? -1) - (a.bytes ?? -1) || byName(a, b));
  }
}
