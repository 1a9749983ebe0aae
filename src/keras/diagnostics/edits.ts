/** @file Edits of the arguments of a call, as text. */
import type { SyntaxNode } from "@lezer/common";
import type { CallArgument } from "../../python/calls.ts";
import type { Span } from "../../python/nodes.ts";
import type { SourceFile } from "../../python/sourceFile.ts";
import type { Edit } from "./problem.ts";

export function replace({ from, to }: Span, text: string): Edit {
  return { from, to, text };
}

/** Takes an argument out of a call, with its comma and, where it has its own line, the line. */
export function removeArgument(argument: Span, list: SyntaxNode, file: SourceFile): Edit {
  const { text } = file;
  let next: SyntaxNode | null = null;
  let previous: SyntaxNode | null = null;
  for (let at = list.firstChild; at; at = at.nextSibling) {
    if (at.name !== ",") continue;
    if (at.from >= argument.to) next ??= at;
    else if (at.to <= argument.from) previous = at;
  }
  if (next) {
    const blank = /^[ \t]*(?:\r?\n[ \t]*)?/.exec(text.slice(next.to))![0];
    const closes = text[next.to + blank.length] === ")" && blank.includes("\n");
    const to = closes ? next.to : next.to + blank.length;
    const from = closes ? lineStart(argument.from, text) : argument.from;
    return { from, to, text: "" };
  }
  return { from: previous?.from ?? argument.from, to: argument.to, text: "" };
}

/** The blanks and the line break before an offset. */
function lineStart(offset: number, text: string): number {
  const blank = /\r?\n[ \t]*$/.exec(text.slice(0, offset));
  return blank ? blank.index : offset;
}

/** Puts a keyword argument at the end of a call. */
export function addArgument(
  argument: string,
  list: SyntaxNode,
  given: readonly CallArgument[],
  file: SourceFile,
): Edit {
  const last = given.at(-1);
  const close = list.lastChild!;
  if (!last) return { from: close.from, to: close.from, text: argument };
  // Nothing may follow `**kwargs` but keywords, which may stand before it as well.
  const at = last.unpacks ? last.from : last.to;
  if (last.unpacks) return { from: at, to: at, text: `${argument}, ` };
  const separator = lineSeparator(given, file);
  return { from: at, to: at, text: `,${separator}${argument}` };
}

/** A blank, or a line break and indentation where each argument has its own line. */
function lineSeparator(given: readonly CallArgument[], { text }: SourceFile): string {
  const last = given.at(-1)!;
  const before = text.slice(text.lastIndexOf("\n", last.from - 1), last.from);
  return given.length > 1 && /^\r?\n[ \t]+$/.test(before) ? before : " ";
}

/** A number as Python source, without the noise of binary fractions: `1 - 0.1` is `0.9`. */
export function pythonFloat(value: number): string {
  const text = String(Number(value.toPrecision(12)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}
