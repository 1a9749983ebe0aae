/** @file A file or a cell as its readers share it: text, tree, and what its names stand for. */
import { type SyntaxNode, type Tree, TreeFragment } from "@lezer/common";
import { parser } from "@lezer/python";
import { Bindings } from "./bindings.ts";
import type { Span } from "./nodes.ts";

/** A file or a cell, parsed when first asked about and never lowered. */
export class SourceFile {
  readonly text: string;
  /** The text before an edit, whose tree is used again where it still holds. */
  #previous: SourceFile | null = null;
  #source: string | undefined;
  #tree: Tree | undefined;
  #bindings: Bindings | undefined;

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
    this.#source ??= withoutMagics(this.text);
    return this.#source;
  }

  get bindings(): Bindings {
    this.#bindings ??= new Bindings(this.text, this.tree);
    return this.#bindings;
  }

  textOf({ from, to }: Span | SyntaxNode): string {
    return this.text.slice(from, to);
  }
}

/** The parts of a file's tree that hold in another text too. */
function fragments(before: SourceFile, after: SourceFile): readonly TreeFragment[] {
  const [a, b] = [before.source, after.source];
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < shorter - start &&
    a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)
  )
    end++;
  const change = { fromA: start, toA: a.length - end, fromB: start, toB: b.length - end };
  return TreeFragment.applyChanges(TreeFragment.addTree(before.tree), [change]);
}

/**
 * Blanks lines such as `%matplotlib inline`, which the grammar would stumble over. A line that goes
 * on with `% x` or `!= x` stays.
 */
function withoutMagics(text: string): string {
  return text.replace(/^[ \t]*(?:%%?[A-Za-z]|![^=\s]|\?)[^\r\n]*/gm, (line) =>
    " ".repeat(line.length),
  );
}
