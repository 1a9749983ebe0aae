/** @file A file or a cell as its readers share it: text, tree, and what its names stand for. */
import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";
import { Bindings } from "./bindings.ts";
import type { Span } from "./nodes.ts";

/** A file or a cell, parsed when first asked about and never lowered. */
export class SourceFile {
  readonly text: string;
  #tree: Tree | undefined;
  #bindings: Bindings | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get tree(): Tree {
    this.#tree ??= parser.parse(withoutMagics(this.text));
    return this.#tree;
  }

  get bindings(): Bindings {
    this.#bindings ??= new Bindings(this.text, this.tree);
    return this.#bindings;
  }

  textOf({ from, to }: Span | SyntaxNode): string {
    return this.text.slice(from, to);
  }
}

/** Blanks lines such as `%matplotlib inline`, which the grammar would stumble over. */
function withoutMagics(text: string): string {
  return text.replace(/^[ \t]*[%!?][^\r\n]*/gm, (line) => " ".repeat(line.length));
}
