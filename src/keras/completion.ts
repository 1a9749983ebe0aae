/**
 * @file What can be typed next in a call: arguments that it does not give yet, and values of the one
 * at the cursor. Pure: text and offset in, items out.
 */
import { type CallArgument, type CallPosition, callAround } from "../python/calls.ts";
import type { Meanings } from "../python/meanings.ts";
import type { Span } from "../python/nodes.ts";
import type { SourceFile } from "../python/sourceFile.ts";
import { argumentName, CallFacts } from "./callFacts.ts";
import { type ArgumentEntry, argumentEntry } from "./documentation.ts";
import { hoverMarkdown, proseMarkdown } from "./hoverMarkdown.ts";
import type { Language } from "./languages.ts";
import { type Argument, argumentsOfKind } from "./signature.ts";
import { placeholder } from "./snippets.ts";
import { suggestedValues, withoutPlaceholders } from "./suggestedValues.ts";

export interface CompletionItem {
  readonly kind: "argument" | "value";
  /** What the list shows, and what is typed to find it. */
  readonly label: string;
  /** Behind the label: the default, or what the value means. */
  readonly detail: string;
  readonly markdown: string;
  /** Text with `${1:placeholders}` where `isSnippet`. */
  readonly insert: string;
  readonly isSnippet: boolean;
  /** What typed text is matched with where it is not the label. */
  readonly filter: string;
}

export interface Completions {
  readonly items: readonly CompletionItem[];
  /** What they replace: the word or the value so far. */
  readonly span: Span;
}

/** Null where the offset is not in such a call, or where nothing is left to say. */
export function completionsAt(
  file: SourceFile,
  offset: number,
  language: Language,
  earlier: readonly SourceFile[] = [],
): Completions | null {
  const position = callAround(file, offset, earlier);
  if (!position) return null;
  const { argument, call } = position;
  if (argument?.unpacks) return null;
  const word = wordBefore(file.text, offset);
  const typesName = argument?.name ? offset <= argument.name.to : isWord(file, argument, word);
  if (typesName) {
    const items = argumentItems(position, argument, language);
    return items.length > 0 ? { items, span: word } : null;
  }
  const name = argumentName(call.of, argument!);
  return name === null ? null : valuesFor(name, argument!, position, file, offset, language);
}

/** The identifier that ends at an offset; it may be empty. */
function wordBefore(text: string, offset: number): Span {
  let from = offset;
  while (from > 0 && /[\p{ID_Continue}]/u.test(text[from - 1])) from--;
  return { from, to: offset };
}

/** Whether all that is typed of an argument is the start of a name. */
function isWord(file: SourceFile, argument: CallArgument | null, word: Span): boolean {
  if (!argument) return true;
  const text = file.text.slice(argument.from, word.to);
  return argument.from === word.from && /^(?:[\p{ID_Start}_][\p{ID_Continue}]*)?$/u.test(text);
}

function argumentItems(
  { call, index, keywordsOnly }: CallPosition,
  typed: CallArgument | null,
  language: Language,
): CompletionItem[] {
  const facts = new CallFacts(call);
  const given = new Set(
    call.given.filter((each) => each !== typed).map((each) => argumentName(call.of, each)),
  );
  const positional = argumentsOfKind(call.of, "positional");
  return argumentsOfKind(call.of).flatMap((argument) => {
    const place = positional.findIndex(({ name }) => name === argument.name);
    // What stands at an earlier place is given already, by its place.
    if (given.has(argument.name) || (place >= 0 && place < index && !keywordsOnly)) return [];
    const entry = argumentEntry(call.of, argument.name);
    if (!entry || entry.of === "removed") return [];
    // With its `=` there already, only the name is exchanged.
    return [argumentItem(argument, entry, facts, language, typed?.name !== null && typed !== null)];
  });
}

function argumentItem(
  argument: Argument,
  entry: ArgumentEntry,
  facts: CallFacts,
  language: Language,
  nameOnly: boolean,
): CompletionItem {
  const { name, default: value } = argument;
  const markdown = hoverMarkdown(entry, language);
  const detail = value ?? "";
  if (nameOnly)
    return {
      kind: "argument",
      label: name,
      detail,
      markdown,
      insert: name,
      isSnippet: false,
      filter: name,
    };
  return {
    kind: "argument",
    label: `${name}=`,
    detail,
    markdown,
    insert: argumentSnippet(argument, facts),
    isSnippet: true,
    filter: `${name}=`,
  };
}

/** The argument as a snippet, its value to be typed over. */
export function argumentSnippet(argument: Argument, facts: CallFacts): string {
  const first = usefulValue(argument, facts);
  return `${argument.name}=${first === null ? "" : placeholder(1, first)}`;
}

/** What stands behind the `=` at first: the default, or for a switch what is not the default. */
function usefulValue({ kind, default: value }: Argument, facts: CallFacts): string | null {
  if (value === "None") return facts.of === "call" && kind === "boolean" ? "True" : null;
  if (kind === "boolean") return value === "True" ? "False" : "True";
  return value?.replaceAll("'", '"') ?? null;
}

function valuesFor(
  name: string,
  argument: CallArgument,
  { call }: CallPosition,
  file: SourceFile,
  offset: number,
  language: Language,
): Completions | null {
  const start = argument.value?.from ?? offset;
  const span = {
    from: Math.min(start, offset),
    to: Math.max(offset, valueEnd(file, argument, offset)),
  };
  const typed = file.text.slice(span.from, offset);
  // Only the beginning of a value is completed, not what stands behind an operator or a dot.
  if (!/^(?:[-+]?(?:[\d.][\w.]*)?|\w+|['"]\w*|\{)$/.test(typed)) return null;
  const quote = /^['"]/.exec(typed)?.[0] ?? null;
  const facts = new CallFacts(call);
  const values = suggestedValues(name, facts, modulePath(call.meanings), language);
  const items = values
    .filter(({ source }) => quote === null || source.startsWith('"'))
    .map(({ source, meaning, isSnippet }): CompletionItem => {
      const text = quote === "'" ? source.replaceAll('"', "'") : source;
      return {
        kind: "value",
        label: withoutPlaceholders(text),
        detail: meaning,
        markdown: proseMarkdown(meaning),
        insert: text,
        isSnippet,
        filter: withoutPlaceholders(text),
      };
    });
  return items.length > 0 ? { items, span } : null;
}

/** Where the value at the cursor ends, as far as it is on the cursor's line. */
function valueEnd(file: SourceFile, { value }: CallArgument, offset: number): number {
  if (!value || value.to <= offset || value.from >= offset) return offset;
  const text = file.text.slice(offset, value.to);
  // An unclosed string runs to the end of its line, over what follows it.
  return /^\w*['"]?/.exec(text)![0].length + offset;
}

/** How the file writes `keras.initializers`: as it has imported it, else in full. */
function modulePath(meanings: Meanings): (module: string) => string {
  return (module) => {
    const own = meanings.ofName(module, null);
    if (own?.kind === "path" && own.path.endsWith(`keras.${module}`)) return module;
    if (!meanings.binds("keras") && meanings.binds("tf")) return `tf.keras.${module}`;
    return `keras.${module}`;
  };
}
