/** @file The argument reference's content in one language, from the same words as the hovers. */
import {
  type ArgumentEntry,
  anchorOf,
  argumentDocumentation,
  argumentEntries,
  argumentOf,
  documentationIn,
  officialPage,
  removedArguments,
} from "../keras/documentation.ts";
import { exampleOf } from "../keras/examples.ts";
import type { Language } from "../keras/languages.ts";
import {
  pythonCallSignature,
  pythonFunctionSignature,
  pythonSignature,
} from "../keras/signature.ts";
import { theoryIn } from "../keras/theory.ts";
import type {
  ReferenceArgument,
  ReferenceBlock,
  ReferencePayload,
  ReferenceSection,
} from "../shared/reference.ts";
import { referenceStringsFor } from "../shared/referenceStrings.ts";

export function referencePayload(language: Language): ReferencePayload {
  const { layer, functionLayer, removed } = documentationIn(language);
  const strings = referenceStringsFor(language);
  const layerBlocks = ({ summary, formulas, notes, history }: typeof layer): ReferenceBlock[] => [
    { kind: "text", prose: summary },
    ...formulas.flatMap(({ title, lines }): ReferenceBlock[] => [
      { kind: "subtitle", prose: title },
      { kind: "formula", lines },
    ]),
    { kind: "list", items: [...notes, ...history] },
  ];
  const { titles, ...page } = strings;
  return {
    language,
    strings: page,
    officialPage: officialPage({ of: "layer" }),
    sections: [
      section("layer", titles.layer, [...layerBlocks(layer), code(pythonSignature)]),
      section("arguments", titles.arguments, [], argumentsIn("constructor", language)),
      section("call", titles.call, [code(pythonCallSignature)], argumentsIn("call", language)),
      section(
        "op",
        titles.function,
        [...layerBlocks(functionLayer), code(pythonFunctionSignature)],
        argumentsIn("function", language),
      ),
      section("removed", titles.removed, [
        {
          kind: "list",
          items: removedArguments.map((name) => `\`${name}\`${strings.colon}${removed[name]}`),
        },
      ]),
      ...theoryIn(language).map(({ anchor, title, blocks }) => section(anchor, title, blocks)),
    ],
  };
}

function section(
  anchor: string,
  title: string,
  blocks: readonly ReferenceBlock[],
  found: readonly ReferenceArgument[] = [],
): ReferenceSection {
  return { anchor, title, blocks, arguments: found };
}

/** A signature with one argument a line. */
function code(signature: string): ReferenceBlock {
  const open = signature.indexOf("(") + 1;
  const parameters = signature.slice(open, -1).split(", ").join(",\n    ");
  return { kind: "code", source: `${signature.slice(0, open)}\n    ${parameters},\n)` };
}

function argumentsIn(of: ArgumentEntry["of"], language: Language): ReferenceArgument[] {
  return argumentEntries
    .filter((entry) => entry.of === of)
    .map((entry) => referenceArgument(entry, language));
}

function referenceArgument(entry: ArgumentEntry, language: Language): ReferenceArgument {
  const { words } = documentationIn(language);
  const said = argumentDocumentation(entry, language);
  return {
    anchor: anchorOf(entry),
    name: entry.name,
    default: argumentOf(entry).default,
    summary: said.summary,
    formula: said.formula,
    facts: [
      { label: words.type, text: said.type },
      { label: words.range, text: said.range },
      { label: words.whenToChange, text: said.whenToChange },
      { label: words.elsewhere, text: said.elsewhere },
      { label: words.history, text: said.history },
    ],
    notes: said.notes,
    example: exampleOf(entry),
  };
}
