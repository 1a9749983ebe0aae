/** @file The signature of the call around a position, and which of its arguments is being given. */
import { callAround } from "../python/calls.ts";
import type { Span } from "../python/nodes.ts";
import type { SourceFile } from "../python/sourceFile.ts";
import { argumentName, CallFacts } from "./callFacts.ts";
import { argumentDocumentation, argumentEntry, documentationIn } from "./documentation.ts";
import { proseMarkdown } from "./hoverMarkdown.ts";
import type { Language } from "./languages.ts";
import { argumentsOfKind, pythonParameter } from "./signature.ts";
import { valueMeaning } from "./valueMeaning.ts";

/** How many parameters are shown on either side of the active one: all twenty would hide the code. */
const neighbours = 2;

export interface SignatureText {
  /** With `…` for the parameters that are left out. */
  readonly label: string;
  readonly markdown: string;
  /** Those that the label shows. */
  readonly parameters: readonly {
    /** Where it stands in the label. */
    readonly span: Span;
    readonly markdown: string;
  }[];
  /** The index of the argument at the position; null where it is none of them. */
  readonly active: number | null;
}

/** Null where the offset is not between the parentheses of such a call. */
export function signatureAt(
  file: SourceFile,
  offset: number,
  language: Language,
  earlier: readonly SourceFile[] = [],
): SignatureText | null {
  const found = callAround(file, offset, earlier);
  if (!found) return null;
  const { call, argument, index, keywordsOnly } = found;
  const facts = new CallFacts(call);
  const signature = argumentsOfKind(call.of);
  const callee = {
    constructor: "BatchNormalization",
    call: "layer",
    function: "batch_normalization",
  };
  const positional = argumentsOfKind(call.of, "positional");
  const name = argument
    ? argumentName(call.of, argument)
    : keywordsOnly
      ? null
      : (positional[index]?.name ?? null);
  const at = signature.findIndex((each) => each.name === name);
  const first = Math.max(0, Math.min(at - neighbours, signature.length - 2 * neighbours - 1));
  const shown = signature.slice(first, first + 2 * neighbours + 1);
  let label = `${callee[call.of]}(${first > 0 ? "…, " : ""}`;
  const parameters = shown.map((parameter, place) => {
    if (place > 0) label += ", ";
    const from = label.length;
    label += pythonParameter(parameter);
    return { span: { from, to: label.length }, markdown: explain(parameter.name, facts, language) };
  });
  if (first + shown.length < signature.length) label += ", …";
  const active = at < 0 ? -1 : at - first;
  const { layer, functionLayer } = documentationIn(language);
  const about = call.of === "function" ? functionLayer : layer;
  return {
    label: `${label})`,
    // Once an argument is named, its own words are enough.
    markdown: active < 0 ? proseMarkdown(about.summary) : "",
    parameters,
    active: active < 0 ? null : active,
  };
}

/** What the argument does, and what it does here where it is given. */
function explain(name: string, facts: CallFacts, language: Language): string {
  const entry = argumentEntry(facts.of, name);
  if (!entry || entry.of === "removed") return "";
  const said = proseMarkdown(argumentDocumentation(entry, language).summary);
  const here = facts.given(name) ? valueMeaning(name, facts.literal(name), facts, language) : [];
  return here.length > 0
    ? `${said}\n\n${here.map(proseMarkdown).join(language === "en" ? " " : "")}`
    : said;
}
