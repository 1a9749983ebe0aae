/**
 * @file Numbers as tables and labels show them: few significant digits, a true minus sign, and
 * exponents as Python writes them (`1.2e-07`).
 */

/** A count with thousands separators: `30,720`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A share of 1 in percent: `3.9 %`; what is neither none nor all never looks like it. */
export function formatShare(share: number): string {
  const percent = 100 * share;
  if (!Number.isFinite(percent)) return formatNonFinite(percent);
  if (percent > 0 && percent < 0.1) return `${formatNumber(percent, 1)} %`;
  if (percent === 0 || percent === 100) return `${percent} %`;
  return percent > 99.9 ? "> 99.9 %" : `${percent.toFixed(1)} %`;
}

/** One number by itself, for a sentence: `digits` significant digits without trailing zeros. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  if (value === 0) return "0";
  const magnitude = Math.abs(value);
  if (magnitude < 1e-4 || magnitude >= 1e6) return exponential(value, digits - 1, true);
  return minus(String(Number(value.toPrecision(digits))));
}

/**
 * Significant digits in which numbers up to `largest` still show differences of `resolution`
 * (0: none are known): at least `least`, at most nine.
 */
export function digitsFor(largest: number, resolution: number, least: number): number {
  if (!(resolution > 0 && largest > 0)) return least;
  const needed = decade(largest) - decade(resolution) + 2;
  return Math.min(Math.max(least, needed), 9);
}

/**
 * How the numbers of one column are written, so that their decimal points stand below each other:
 * the largest has five significant digits, or as many as `digitsFor` the resolution. What would
 * lose all but one digit that way is written by itself, so that nothing but zero looks like zero.
 */
export function columnFormat(values: Iterable<number>, resolution = 0): (value: number) => string {
  let largest = 0;
  let integers = true;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    integers &&= Number.isInteger(value);
  }
  if (integers && largest < 1e7) return (value) => plain(value, (v) => minus(String(v)));
  const digits = digitsFor(largest, resolution, 5);
  if (largest < 1e-3 || largest >= 1e6) {
    return (value) => plain(value, (v) => exponential(v, digits - 1));
  }
  const decimals = Math.max(0, digits - 1 - decade(largest));
  const leastAligned = 10 ** (1 - decimals);
  return (value) =>
    plain(value, (v) =>
      Math.abs(v) < leastAligned ? formatNumber(v, 3) : minus(v.toFixed(decimals)),
    );
}

/** The power of ten of a number's first digit. */
function decade(value: number): number {
  return Math.floor(Math.log10(value));
}

function plain(value: number, format: (value: number) => string): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  return value === 0 ? "0" : format(value);
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Inf" : minus("-Inf");
}

function exponential(value: number, decimals: number, trim = false): string {
  const [mantissa, exponent] = value.toExponential(decimals).split("e");
  const digits = exponent.slice(1).padStart(2, "0");
  return minus(`${trim ? String(Number(mantissa)) : mantissa}e${exponent[0]}${digits}`);
}

/** U+2212 before the number: as wide as a digit, and read aloud. The exponent's stays ASCII. */
function minus(text: string): string {
  return text.startsWith("-") ? `\u2212${text.slice(1)}` : text;
}
