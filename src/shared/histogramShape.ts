/**
 * @file The geometry of a histogram in a box of given size, for live and static views alike.
 */

/**
 * The outline of all bars as an SVG path: bins equally wide, the tallest bar as high as the box,
 * y downwards. A bin that holds anything is at least one unit high, so that a lone outlier shows.
 * Empty where nothing was counted.
 *
 * @param decimals Of the coordinates: a tenth of a pixel is finer than any screen shows.
 */
export function histogramPath(
  counts: readonly number[],
  width: number,
  height: number,
  decimals = 1,
): string {
  const round = (value: number) => roundTo(value, decimals);
  const most = Math.max(0, ...counts);
  if (most === 0) return "";
  const tops = counts.map((count) =>
    count === 0 ? height : round(height - Math.max(1, (count / most) * height)),
  );
  let path = `M0 ${height}`;
  for (let bin = 0; bin < tops.length; ) {
    // Neighbours of one height are one stroke.
    let end = bin + 1;
    while (end < tops.length && tops[end] === tops[bin]) end++;
    if (tops[bin] !== (bin === 0 ? height : tops[bin - 1])) path += `V${tops[bin]}`;
    path += `H${round((end / tops.length) * width)}`;
    bin = end;
  }
  return `${path}V${height}Z`;
}

/** Where a value lies on an axis from `low` (0) to `high` (`width`); null where it is outside. */
export function positionInBox(
  value: number,
  low: number,
  high: number,
  width: number,
): number | null {
  if (!(value >= low && value <= high && low < high)) return null;
  return roundTo(((value - low) / (high - low)) * width, 1);
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Where a range lies on an axis of another range that is `width` long; it may reach beyond. */
export function placeBetween(
  own: Range,
  scale: Range,
  width: number,
): { readonly from: number; readonly to: number } {
  const span = scale.high - scale.low;
  const at = (value: number) => roundTo(((value - scale.low) / span) * width, 1);
  const [from, to] = [at(own.low), at(own.high)];
  // What is narrower than a pixel still shows.
  return to - from >= 1 ? { from, to } : { from: from - 0.5, to: from + 0.5 };
}

/**
 * A scale for the histograms of all channels: their ranges together, without those that lie far
 * out (three interquartile ranges beyond the quartiles of all ends, as Tukey has it).
 */
export function commonScale(lows: readonly number[], highs: readonly number[]): Range | null {
  const ends = [...lows, ...highs].filter(Number.isFinite).sort((a, b) => a - b);
  if (ends.length === 0) return null;
  const at = (share: number) => ends[Math.round(share * (ends.length - 1))];
  const reach = 3 * (at(0.75) - at(0.25));
  const low = Math.max(ends[0], at(0.25) - reach);
  const high = Math.min(ends[ends.length - 1], at(0.75) + reach);
  return low < high ? { low, high } : null;
}

/** Centre of the tallest bin, the first of several; null where nothing was counted. */
export function peakOf(counts: readonly number[], low: number, high: number): number | null {
  const most = Math.max(0, ...counts);
  if (most === 0) return null;
  const share = (counts.indexOf(most) + 0.5) / counts.length;
  // Weighing both ends keeps the difference of huge numbers from overflowing.
  return low * (1 - share) + high * share;
}

function roundTo(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
