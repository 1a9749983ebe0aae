/**
 * @file Tables as plain text, in the form that `_aligned` of `media/python/bnlab.py` gives them.
 */

/**
 * A line for the headings and one for each row, numbers to the right.
 * @param total Of how many rows these are the first; the last line says how many are left out.
 * @param words How many of the last columns are words, which stand to the left.
 */
export function alignedRows(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  total: number,
  words = 0,
): string[] {
  const table = [heads, ...rows];
  const widths = heads
    .slice(0, heads.length - words)
    .map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row.map((text, column) => text.padStart(widths[column] ?? 0)).join("  "),
  );
  const more = total - rows.length;
  return [...lines, ...(more > 0 ? [`… and ${grouped(more)} more`] : [])];
}

/** A count with thousands separators, as Python's `,` writes it. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
