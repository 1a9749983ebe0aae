/** @file A file or a cell as its readers share it: text, tree, and what its names stand for. */
import { type SyntaxNode, type Tree, TreeFragment } from "@lezer/common";
import { Bindings } from "./bindings.ts";
import { parser } from "./grammar.ts";
import type { Span } from "./nodes.ts";

/** A file or a cell, parsed when first asked about and never lowered. */
export class SourceFile {
  readonly text: string;
  /** The text before an edit, whose tree is used again where it still holds. */
  #previous: SourceFile | null = null;
  #source: string | undefined;
  #tree: Tree | undefined;
  #bindings: Bindings | undefined;
  /** How many characters have been searched for words. */
  #searched = 0;
  #words: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The file after an edit. What the edit did not touch is not parsed again. */
  edited(text: string): SourceFile {
    const file = new SourceFile(text);
    // A chain of files that nobody has asked about would keep all their texts.
    file.#previous = this.#tree ? this : this.#previous;
    return file;
  }

  get tree(): Tree {
    if (!this.#tree) {
      this.#tree = parser.parse(this.source, this.#previous ? fragments(this.#previous, this) : []);
      this.#previous = null;
    }
    return this.#tree;
  }

  /** The text as the grammar reads it, of the same length. */
  get source(): string {
    this.#source ??= this.#previous ? readAgain(this.#previous, this.text) : readable(this.text);
    return this.#source;
  }

  get bindings(): Bindings {
    this.#bindings ??= new Bindings(this.text, this.tree);
    return this.#bindings;
  }

  /**
   * The offsets of a word, in order, for who would search a span of that length for it; null while
   * searching costs less than to list all words, as it does until the whole text has been searched
   * some dozens of times.
   */
  placesOf(word: string, length: number): readonly number[] | null {
    this.#searched += length;
    if (!this.#words && this.#searched < searchesBeforeListing * this.text.length) return null;
    this.#words ??= wordPlaces(this.text);
    return this.#words.get(word) ?? [];
  }

  textOf({ from, to }: Span | SyntaxNode): string {
    return this.text.slice(from, to);
  }
}

const searchesBeforeListing = 64;

function wordPlaces(text: string): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
    const known = places.get(word);
    if (known) known.push(index);
    else places.set(word, [index]);
  }
  return places;
}

/** A text as the grammar reads it, of which only the lines that are not as before are gone through. */
function readAgain(before: SourceFile, text: string): string {
  if (foreign.test(before.text) || foreign.test(text)) return readable(text);
  const { start, end } = difference(before.text, text);
  const from = start === 0 ? 0 : text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", text.length - end);
  const to = next < 0 ? text.length : next;
  const { source } = before;
  const rest = source.slice(source.length - (text.length - to));
  return source.slice(0, from) + readableLines(text.slice(from, to)) + rest;
}

/** The parts of a file's tree that hold in another text too. */
function fragments(before: SourceFile, after: SourceFile): readonly TreeFragment[] {
  const [a, b] = [before.source, after.source];
  const { start, end } = difference(a, b);
  const change = { fromA: start, toA: a.length - end, fromB: start, toB: b.length - end };
  return TreeFragment.applyChanges(TreeFragment.addTree(before.tree), [change]);
}

/** How many characters two texts have in common from their start, and how many of the rest at their end. */
function difference(a: string, b: string): { readonly start: number; readonly end: number } {
  const start = sameFromStart(a, b);
  return { start, end: sameFromEnd(a, b, Math.min(a.length, b.length) - start) };
}

/** Pieces of this length are compared in one, which is many times faster than by characters. */
const piece = 4096;

/** How many characters two texts have in common from their start. */
function sameFromStart(a: string, b: string): number {
  let same = 0;
  while (same < a.length && a.slice(same, same + piece) === b.slice(same, same + piece))
    same += piece;
  while (same < a.length && same < b.length && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  return Math.min(same, a.length);
}

/** How many of at most so many characters two texts have in common at their end. */
function sameFromEnd(a: string, b: string, most: number): number {
  let same = 0;
  while (
    same + piece <= most &&
    a.slice(a.length - same - piece, a.length - same) ===
      b.slice(b.length - same - piece, b.length - same)
  )
    same += piece;
  while (same < most && a.charCodeAt(a.length - 1 - same) === b.charCodeAt(b.length - 1 - same))
    same++;
  return same;
}

/** What the grammar stumbles over though it is Python, or IPython, each as a text of its length. */
function readable(text: string): string {
  return foreign.test(text) ? text.replace(/[^\r\n]/g, " ") : readableLines(text);
}

/** All of that is within one line. */
function readableLines(text: string): string {
  return withoutMagics(text)
    .replace(pointEndedNumber, (number) => number.replace(".", "0"))
    .replace(bareYield, "yiel_")
    .replace(tupleTarget, (target) => "_".repeat(target.length))
    .replaceAll("\f", " ");
}

/** `1.` in `f(1.)`; the grammar reads `1.5` and `1.e3`. */
const pointEndedNumber = /(?<![\w.])\d[\d_]*\.(?![\w.])/g;

/** `(a, b)` in `with f() as (a, b):`; what it binds holds nothing that is known. */
const tupleTarget = /(?<=\bas[ \t]+)\([\w \t,]*\)(?=[ \t]*[:,])/g;

const bareYield = /\byield(?=[ \t]*(?:$|[\r\n#)\]},=;]))/g;

/** Cells in other languages, such as `%%bash`. */
const foreign =
  /^\s*%%(?:bash|sh|script|system|sx|cmd|powershell|html|HTML|svg|SVG|javascript|js|latex|markdown|perl|ruby|[Rr]|sql|bigquery|cython|julia)\b/;

/**
 * Blanks lines such as `%matplotlib inline`, which the grammar would stumble over. A line that goes
 * on with `% x` or `!= x` stays, and so does one that ends what began on a line before.
 */
function withoutMagics(text: string): string {
  return text.replace(/^[ \t]*(?:%%?[A-Za-z]|![^=\s]|\?)[^\r\n]*/gm, (line) =>
    /"""|'''/.test(line) || closesMore(line) ? line : " ".repeat(line.length),
  );
}

/** Whether a line closes brackets that it does not open. */
function closesMore(line: string): boolean {
  let open = 0;
  for (const character of line)
    if ("([{".includes(character)) open++;
    else if (")]}".includes(character) && --open < 0) return true;
  return false;
}
