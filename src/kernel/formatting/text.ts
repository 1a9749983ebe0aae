/**
 * @file Text as code points, and its repr. Python counts code points where JavaScript counts
 * UTF-16 units.
 */
import { checkInterrupt } from "../interrupts.ts";

const surrogate = /[\ud800-\udfff]/;

/** Texts from this length on are looked through once where one is read piece by piece. */
const longText = 64;
/** The long text that was asked about last. */
let known = "";
let knownPoints: readonly string[] | null = null;

/** The code points of a text of which some take two units; null for all others. */
function widePoints(text: string): readonly string[] | null {
  if (text.length < longText) return surrogate.test(text) ? [...text] : null;
  if (text !== known) {
    known = text;
    knownPoints = surrogate.test(text) ? [...text] : null;
  }
  return knownPoints;
}

/** True where some code point takes two units, so that offsets differ. */
export function isWide(text: string): boolean {
  return widePoints(text) !== null;
}

/** The code points as strings of their own. */
export function codePoints(text: string): readonly string[] {
  return widePoints(text) ?? text.split("");
}

/** Every `step`-th of `count` code points, the first at `start`. */
export function sliceText(text: string, start: number, step: number, count: number): string {
  const points = widePoints(text);
  if (step === 1) {
    return points ? points.slice(start, start + count).join("") : text.slice(start, start + count);
  }
  if (points) return Array.from({ length: count }, (_, i) => points[start + i * step]).join("");
  let result = "";
  for (let from = 0; from < count; from += unitsAtOnce) {
    checkInterrupt();
    const units = Array.from({ length: Math.min(unitsAtOnce, count - from) }, (_, i) =>
      text.charCodeAt(start + (from + i) * step),
    );
    result += String.fromCharCode(...units);
  }
  return result;
}

/** As many as a call takes arguments without harm. */
const unitsAtOnce = 4096;

/** `len(text)`. */
export function textLength(text: string): number {
  return widePoints(text)?.length ?? text.length;
}

// What `str.isprintable` denies: separators but the space, controls, formats, surrogates, unassigned.
const unprintable = /[\p{Z}\p{C}]/u;

/** `repr(text)`: single quotes unless only they occur in the text. */
export function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes("\\") && !text.includes(quote)) {
    return quote + text + quote;
  }
  let result = quote;
  for (const character of text) result += escaped(character, quote);
  return result + quote;
}

function escaped(character: string, quote: string): string {
  if (character === quote || character === "\\") return `\\${character}`;
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  if (character === " " || !unprintable.test(character)) return character;
  return escapeCode(character.codePointAt(0)!);
}

function escapeCode(code: number): string {
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, "0")}`;
  return code < 0x1_0000 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}

/** `ascii(value)` from its repr: everything beyond ASCII escaped. */
export function asciiOnly(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => escapeCode(character.codePointAt(0)!));
}
