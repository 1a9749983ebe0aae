/** @file Text and offset in, documentation and its range out; the host makes a hover of it. */
import { type CallSite, callSiteAt, type SourceFile } from "../python/callSite.ts";
import type { Span } from "../python/nodes.ts";
import {
  argumentEntry,
  type DocumentationEntry,
  hoverMarkdown,
  type Language,
} from "./documentation.ts";

export interface HoverText {
  readonly markdown: string;
  /** The name that the pointer is on. */
  readonly span: Span;
}

/** Without this word in a file or in a cell before it, there is nothing to find. */
const className = "BatchNormalization";

/**
 * What there is to say at an offset of a file; null where there is nothing. `earlier`: the cells
 * before it in a notebook. Files without the layer are not parsed.
 */
export function hoverAt(
  file: SourceFile,
  offset: number,
  language: Language,
  earlier: readonly SourceFile[] = [],
): HoverText | null {
  if (![file, ...earlier].some(({ text }) => text.includes(className))) return null;
  const site = callSiteAt(file, offset, earlier);
  const entry = site && entryOf(site);
  if (!site || !entry) return null;
  return { markdown: hoverMarkdown(entry, language), span: { from: site.from, to: site.to } };
}

/** Names are documented; values speak for themselves. */
function entryOf({ of, part, keyword }: CallSite): DocumentationEntry | null {
  if (part === "class") return { of: "layer" };
  if (of === "function") return null;
  return part === "name" && keyword !== null ? argumentEntry(of, keyword) : null;
}
