/** @file Text and offset in, documentation and its range out; the host makes a hover of it. */
import { type CallSite, callSiteAt, type SourceFile } from "../python/callSite.ts";
import { type LayerCall, mayCall } from "../python/calls.ts";
import type { Span } from "../python/nodes.ts";
import { argumentName, CallFacts } from "./callFacts.ts";
import { argumentEntry, type DocumentationEntry } from "./documentation.ts";
import { type Here, type HoverLinks, hoverMarkdown } from "./hoverMarkdown.ts";
import type { Language } from "./languages.ts";
import { torchMeaning, valueMeaning } from "./valueMeaning.ts";

export interface HoverText {
  readonly markdown: string;
  /** The name or value that the pointer is on. */
  readonly span: Span;
}

/** How long a value may be to stand in a hover's title. */
const longestSource = 48;

/**
 * What there is to say at an offset of a file; null where there is nothing. `earlier`: the cells
 * before it in a notebook. Files without the layer are not parsed. `links` makes those of the hover
 * for what the pointer is on, and for the call it is in.
 */
export function hoverAt(
  file: SourceFile,
  offset: number,
  language: Language,
  earlier: readonly SourceFile[] = [],
  links: (span: Span, call: LayerCall | null) => HoverLinks | null = () => null,
): HoverText | null {
  if (!mayCall([file, ...earlier])) return null;
  const site = callSiteAt(file, offset, earlier);
  const entry = site && entryOf(site);
  if (!site || !entry) return null;
  const here = hereOf(site, entry, language);
  const isTensor = entry.of === "call" && entry.name === "inputs";
  if (site.part === "value" && isTensor && here.meaning.length === 0) return null;
  const span = { from: site.from, to: site.to };
  const markdown = hoverMarkdown(entry, language, here, links(span, site.call));
  return { markdown, span };
}

/** The argument that a name or a value belongs to. */
function entryOf(site: CallSite): DocumentationEntry | null {
  if (site.part === "class") return { of: site.of === "function" ? "op" : "layer" };
  const name = argumentName(site.of, site);
  return name === null ? null : argumentEntry(site.of, name);
}

function hereOf({ call }: CallSite, entry: DocumentationEntry, language: Language): Here {
  if (!call || !("name" in entry) || entry.of === "removed") return { source: null, meaning: [] };
  const facts = new CallFacts(call);
  const value = facts.given(entry.name)?.argument.value;
  const source = value ? call.meanings.file.textOf(value) : "";
  const literal = facts.literal(entry.name);
  return {
    source: source === "" || source.length > longestSource || /\n/.test(source) ? null : source,
    meaning: [
      ...valueMeaning(entry.name, literal, facts, language),
      ...(entry.name === "momentum" ? torchMeaning(literal, language) : []),
    ],
  };
}
