/** @file The documentation of an entry as the Markdown of a hover: what helps most comes first. */
import {
  type ArgumentEntry,
  anchorOf,
  argumentDocumentation,
  argumentOf,
  type DocumentationEntry,
  documentationIn,
  type LayerDocumentation,
  officialPage,
  type Prose,
} from "./documentation.ts";
import type { Language } from "./languages.ts";
import { pythonFunctionSignature, pythonSignature } from "./signature.ts";

/** Where a hover's links lead; null for a link that has nothing to lead to. */
export interface HoverLinks {
  readonly tryIt: string | null;
  readonly playground: string | null;
  readonly reference: (anchor: string) => string;
  readonly otherLanguage: string;
}

/** What is known of the argument in this very call. */
export interface Here {
  /** The value's source; null where it is too long to show, or not there yet. */
  readonly source: string | null;
  readonly meaning: readonly Prose[];
}

/** Markdown about an entry; without links where the host has no commands. */
export function hoverMarkdown(
  entry: DocumentationEntry,
  language: Language,
  here: Here = { source: null, meaning: [] },
  links: HoverLinks | null = null,
): string {
  const { words, layer, functionLayer, removed } = documentationIn(language);
  const row = links ? [linkRow(entry, language, links)] : [];
  if (entry.of === "layer") return layerMarkdown(layer, pythonSignature, language, row);
  if (entry.of === "op")
    return layerMarkdown(functionLayer, pythonFunctionSignature, language, row);
  if (entry.of === "removed")
    return [
      `**${codeSpan(entry.name)}** — ${proseMarkdown(words.removed)}`,
      proseMarkdown(removed[entry.name]),
      ...row,
    ].join("\n\n");
  return argumentMarkdown(entry, language, here, row);
}

function argumentMarkdown(
  entry: ArgumentEntry,
  language: Language,
  { source, meaning }: Here,
  row: readonly string[],
): string {
  const { words } = documentationIn(language);
  const said = argumentDocumentation(entry, language);
  const { name, default: value } = argumentOf(entry);
  const title = {
    constructor: words.argumentOf,
    call: words.callArgumentOf,
    function: words.functionArgumentOf,
  }[entry.of];
  const fallback =
    value === null ? proseMarkdown(words.required) : `${words.default} ${codeSpan(value)}`;
  const space = language === "en" ? " " : "";
  const lead = meaning.length > 0 ? [proseMarkdown(meaning.join(space))] : [];
  const label = labelled(words.colon);
  return [
    `**${codeSpan(source === null ? name : `${name}=${source}`)}** — ${proseMarkdown(title)} · ${fallback}`,
    ...lead,
    proseMarkdown(said.summary),
    ...(said.formula.length > 0 ? [fenced("text", said.formula)] : []),
    ...row,
    "---",
    label(words.type, said.type),
    label(words.range, said.range),
    label(words.whenToChange, said.whenToChange),
    ...said.notes.map(proseMarkdown),
    label(words.elsewhere, said.elsewhere),
    label(words.history, said.history),
  ].join("\n\n");
}

function layerMarkdown(
  { summary, formulas, notes, history: [versions, elsewhere] }: LayerDocumentation,
  signature: string,
  language: Language,
  row: readonly string[],
): string {
  const { words } = documentationIn(language);
  const label = labelled(words.colon);
  return [
    proseMarkdown(summary),
    ...row,
    "---",
    ...formulas.map(
      ({ title, lines }) => `**${proseMarkdown(title)}**\n\n${fenced("text", lines)}`,
    ),
    list(notes.map(proseMarkdown)),
    label(words.elsewhere, elsewhere),
    label(words.history, versions),
    fenced("python", [wrapped(signature)]),
  ].join("\n\n");
}

function linkRow(entry: DocumentationEntry, language: Language, links: HoverLinks): string {
  const { words } = documentationIn(language);
  return [
    ...(links.tryIt ? [`[$(play) ${words.tryIt}](${links.tryIt})`] : []),
    ...(links.playground ? [`[$(beaker) ${words.playground}](${links.playground})`] : []),
    `[$(book) ${words.reference}](${links.reference(anchorOf(entry))})`,
    `[$(link-external) ${words.officialPage}](${officialPage(entry)})`,
    `[$(globe) ${words.otherLanguage}](${links.otherLanguage})`,
  ].join("&nbsp;&nbsp; ");
}

function labelled(colon: string): (label: Prose, text: Prose) => string {
  return (label, text) => `**${proseMarkdown(label)}**${colon}${proseMarkdown(text)}`;
}

/** One argument a line, as a signature of this length is read. */
function wrapped(signature: string): string {
  const open = signature.indexOf("(") + 1;
  const lines = signature.slice(open, -1).split(", ");
  return `${signature.slice(0, open)}\n    ${lines.join(",\n    ")}\n)`;
}

function codeSpan(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function fenced(language: string, lines: readonly string[]): string {
  return `\`\`\`${language}\n${lines.join("\n")}\n\`\`\``;
}

/** Prose as Markdown: code spans stay, the rest is escaped so that it reads as written. */
export function proseMarkdown(prose: Prose): string {
  return prose
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*_{}[\]<>#+|~&!$]/g, "\\$&")))
    .join("");
}
