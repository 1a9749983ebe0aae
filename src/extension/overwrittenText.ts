/**
 * @file Printed text as a terminal would show it: what follows a carriage return is written over its
 * line. Knows nothing of `vscode`.
 */

export class OverwrittenText {
  /** Lines that have ended. */
  #lines = "";
  /** The last line; behind a carriage return, what was written over its start. */
  #last = "";

  /** What is to be seen. */
  get text(): string {
    return this.#lines + seen(this.#last);
  }

  get length(): number {
    return this.#lines.length + this.#last.length;
  }

  /**
   * Writes on.
   * @returns Whether the text is now what it was and the new piece behind it.
   */
  write(piece: string): boolean {
    const plain = !piece.includes("\r") && !this.#last.includes("\r");
    const written = this.#last + piece;
    const end = written.lastIndexOf("\n") + 1;
    if (plain) {
      this.#lines += written.slice(0, end);
      this.#last = written.slice(end);
      return true;
    }
    for (const line of written.slice(0, end).match(/[^\n]*\n/g) ?? []) {
      this.#lines += `${seen(line.slice(0, -1))}\n`;
    }
    this.#last = settled(written.slice(end));
    return false;
  }
}

/** One line after all that was written over it. */
function seen(line: string): string {
  return overwritten(line).text;
}

/** A line that reads and goes on the same, and holds nothing that was written over. */
function settled(line: string): string {
  const { text, column } = overwritten(line);
  return column === text.length ? text : `${text}\r${text.slice(0, column)}`;
}

function overwritten(line: string): { readonly text: string; readonly column: number } {
  let text = "";
  let column = 0;
  for (const [index, part] of line.split("\r").entries()) {
    if (index > 0) column = 0;
    text = text.slice(0, column) + part + text.slice(column + part.length);
    column += part.length;
  }
  return { text, column };
}
