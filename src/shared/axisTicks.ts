/**
 * @file Round numbers along an axis.
 */

/** Multiples of 1, 2 or 5 times a power of ten from `low` to `high`, about `count` of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return Number.isFinite(low) ? [low] : [];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Counted in steps: adding them up would gather rounding errors.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const value = (first + index) * step;
    return Number(value.toPrecision(12));
  });
}

/** Powers of ten up to `high`, from 1 on; at most `count` of them, evenly left out. */
export function logarithmicTicks(high: number, count: number): number[] {
  const last = Math.max(0, Math.floor(Math.log10(high) + 1e-9));
  const stride = Math.max(1, Math.ceil((last + 1) / count));
  const ticks: number[] = [];
  for (let power = 0; power <= last; power += stride) ticks.push(10 ** power);
  return ticks;
}
