/** @file Where and how an argument is written into the call around a position. */
import { callAround } from "../python/calls.ts";
import type { Span } from "../python/nodes.ts";
import type { SourceFile } from "../python/sourceFile.ts";
import { argumentName, CallFacts } from "./callFacts.ts";
import { argumentSnippet } from "./completion.ts";
import { type ArgumentEntry, argumentOf } from "./documentation.ts";

export type Insertion =
  /** The call gives it already: here is its value. */
  | { readonly kind: "given"; readonly span: Span }
  /** Text with `${1:placeholders}` to insert at an offset. */
  | { readonly kind: "snippet"; readonly offset: number; readonly text: string };

/** Null where the offset is not in a call that takes the argument. */
export function insertionOf(
  entry: ArgumentEntry,
  file: SourceFile,
  offset: number,
  earlier: readonly SourceFile[] = [],
): Insertion | null {
  const position = callAround(file, offset, earlier);
  if (position?.call.of !== entry.of) return null;
  const { call, argument } = position;
  const known = call.given.find((each) => argumentName(call.of, each) === entry.name);
  if (known) return { kind: "given", span: known.value ?? known };
  const text = argumentSnippet(argumentOf(entry), new CallFacts(call));
  if (argument) return { kind: "snippet", offset: argument.to, text: `, ${text}` };
  const before = /[(\s]$/.test(file.text.slice(0, offset)) ? "" : " ";
  const after = /^\s*(?:[,)]|$)/.test(file.text.slice(offset)) ? "" : ", ";
  return { kind: "snippet", offset, text: `${before}${text}${after}` };
}
