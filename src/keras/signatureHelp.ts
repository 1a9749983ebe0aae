/** @file The signature of the call around a position, and which of its arguments is being given. */
import { callAround } from "../python/calls.ts";
import type { Span } from "../python/nodes.ts";
import type { SourceFile } from "../python/sourceFile.ts";
import { argumentName, CallFacts } from "./callFacts.ts";
import {
  argumentDocumentation,
  argumentEntry,
  documentationIn,
  type Language,
} from "./documentation.ts";
import { proseMarkdown } from "./hoverMarkdown.ts";
import { argumentsOfKind, pythonParameter } from "./signature.ts";
import { valueMeaning } from "./valueMeaning.ts";

export interface SignatureText {
  readonly label: string;
  readonly markdown: string;
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
  let label = `${callee[call.of]}(`;
  const parameters = signature.map((parameter, at) => {
    if (at > 0) label += ", ";
    const from = label.length;
    label += pythonParameter(parameter);
    return { span: { from, to: label.length }, markdown: explain(parameter.name, facts, language) };
  });
  const positional = argumentsOfKind(call.of, "positional");
  const name = argument
    ? argumentName(call.of, argument)
    : keywordsOnly
      ? null
      : (positional[index]?.name ?? null);
  const active = signature.findIndex((each) => each.name === name);
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
