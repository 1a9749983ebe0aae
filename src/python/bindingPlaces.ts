/**
 * @file Where a text can bind a name, found without its tree: what is found nowhere needs no further
 * look, and of a large file only the scopes with such a place need one.
 */
import type { Span } from "./nodes.ts";

/** The offsets at which a name may be bound, in order: all save those that only use it. */
export function bindingPlaces(name: string, text: string): readonly number[] {
  const places: number[] = [];
  // The name of what is still to be typed is empty, and would be found everywhere.
  if (name === "") return places;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    let next = at + name.length;
    if (isWordAt(text, at - 1) || isWordAt(text, next)) continue;
    while (text[next] === " ") next++;
    // `name.x`, `name(…)` and `name[…]` use it, unless a definition or an import has it.
    const uses = text[next] === "." || text[next] === "(" || text[next] === "[";
    if (text[at - 1] !== "." && (!uses || isDefinedAt(text, at))) places.push(at);
  }
  return places;
}

/** Whether one of the places, which are in order, is within a span. */
export function hasPlaceIn({ from, to }: Span, places: readonly number[]): boolean {
  const index = firstFrom(places, from);
  return index < places.length && places[index] < to;
}

/** The index of the first of some offsets, which are in order, from another on. */
export function firstFrom(offsets: readonly number[], from: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether an attribute may be assigned anywhere: `Dense` in `layers.Dense(3)` is only used. */
export function isAttributeAssigned(attribute: string, text: string): boolean {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(attribute)) return false;
  for (let at = text.indexOf(attribute); at >= 0; at = text.indexOf(attribute, at + 1)) {
    const end = at + attribute.length;
    if (text[before(text, at)] !== "." || /\w/.test(text[end] ?? " ")) continue;
    let next = end;
    while (isSpace(text[next])) next++;
    if (next < text.length && !/[\w.([]/.test(text[next])) return true;
  }
  return false;
}

/** The offset of the last character before another that is no space. */
function before(text: string, at: number): number {
  let last = at - 1;
  while (isSpace(text[last])) last--;
  return last;
}

function isSpace(character: string | undefined): boolean {
  return character === " " || character === "\n" || (!!character && /\s/.test(character));
}

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code > 127
  );
}

/** Whether a line defines or imports what stands at an offset. */
function isDefinedAt(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /\b(?:def|class|import)\b|\\/.test(line) || /^\s*$/.test(line);
}
