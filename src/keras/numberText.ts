/** @file Numbers as the documentation writes them: few digits, groups of three, whole steps. */

/** `30,720`, `0.0032`, `1e-5`: three digits where there is a fraction. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en-US");
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return exponential(value, 3);
  const digits = size >= 100 ? Math.ceil(Math.log10(size)) : 3;
  return String(Number(value.toPrecision(Math.max(digits, 3))));
}

/** Two digits, for what is only about so large. */
export function roughText(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return numberText(Math.round(value));
  return size < 1e-4 ? exponential(value, 2) : String(Number(value.toPrecision(2)));
}

function exponential(value: number, digits: number): string {
  return Number(value.toPrecision(digits)).toExponential().replace("e+", "e");
}

/** A number as Python source, free of the noise of binary fractions: `0.1` for `1 - 0.9`. */
export function sourceText(value: number): string {
  const plain = Number(value.toPrecision(12));
  const size = Math.abs(plain);
  return size !== 0 && (size < 1e-4 || size >= 1e16) ? exponential(plain, 12) : String(plain);
}

/** What is left of a whole, free of the noise of the subtraction: `0.00001` for `0.99999`. */
export function complementOf(share: number): number {
  return Number((1 - share).toFixed(15));
}

/** `90 %`, `99.9 %` of a share. */
export function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(12))} %`;
}

/** How many steps an average with this momentum takes for a share of the way; a whole number. */
export function stepsFor(momentum: number, share: number): number {
  // Rounding must not make one step more of what is reached exactly.
  return Math.max(1, Math.ceil(Math.log(1 - share) / Math.log(momentum) - 1e-9));
}
