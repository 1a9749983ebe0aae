/**
 * @file The words about each argument, as data, and the Markdown made of them. An argument of the
 * signature that lacks its words in one of the languages does not compile.
 */
import { documentation as english } from "./documentation.en.ts";
import { documentation as chinese } from "./documentation.zh-cn.ts";
import {
  type Argument,
  type CallArgumentName,
  type ConstructorArgumentName,
  callArguments,
  constructorArguments,
  pythonSignature,
} from "./signature.ts";

/** Prose. Backticks mark code; everything else is plain text. */
export type Prose = string;

export interface ArgumentDocumentation {
  /** What it does. */
  readonly summary: Prose;
  readonly type: Prose;
  /** Which values make sense, and what happens with others. */
  readonly range: Prose;
  readonly whenToChange: Prose;
  /** The formula it takes part in, as lines of code. */
  readonly formula: readonly string[];
  /** What surprises. */
  readonly notes: readonly Prose[];
}

export interface LayerDocumentation {
  readonly summary: Prose;
  readonly formulas: readonly { readonly title: Prose; readonly lines: readonly string[] }[];
  readonly notes: readonly Prose[];
}

export interface Documentation {
  readonly words: {
    readonly argumentOf: Prose;
    readonly callArgumentOf: Prose;
    readonly type: Prose;
    readonly default: Prose;
    readonly required: Prose;
    readonly range: Prose;
    readonly whenToChange: Prose;
    /** Between a label and what it labels. */
    readonly colon: string;
  };
  readonly layer: LayerDocumentation;
  readonly constructor: Readonly<Record<ConstructorArgumentName, ArgumentDocumentation>>;
  readonly call: Readonly<Record<CallArgumentName, ArgumentDocumentation>>;
}

export type Language = "en" | "zh-cn";

const documentations: Readonly<Record<Language, Documentation>> = {
  en: english,
  "zh-cn": chinese,
};

/** What there is documentation of: the layer, an argument of its constructor or of its call. */
export type DocumentationEntry =
  | { readonly of: "layer" }
  | { readonly of: "constructor"; readonly name: ConstructorArgumentName }
  | { readonly of: "call"; readonly name: CallArgumentName };

/** The entry of an argument by its Python name, or null for a name the layer does not know. */
export function argumentEntry(of: "constructor" | "call", name: string): DocumentationEntry | null {
  if (of === "constructor") {
    const found = constructorArguments.find((argument) => argument.name === name);
    return found ? { of, name: found.name } : null;
  }
  const found = callArguments.find((argument) => argument.name === name);
  return found ? { of, name: found.name } : null;
}

/** The words about an argument of the constructor. */
export function argumentWords(
  name: ConstructorArgumentName,
  language: Language,
): ArgumentDocumentation {
  return documentations[language].constructor[name];
}

/** The words in the language of an editor, whose tag may be of any case and region. */
export function languageOf(editorLanguage: string): Language {
  return editorLanguage.toLowerCase() === "zh-cn" ? "zh-cn" : "en";
}

/** Markdown about an entry: what it does, formula, type, default, range, when to change it. */
export function hoverMarkdown(entry: DocumentationEntry, language: Language): string {
  const documentation = documentations[language];
  if (entry.of === "layer") return layerMarkdown(documentation);
  const { words } = documentation;
  if (entry.of === "call")
    return argumentMarkdown(
      callArguments.find(({ name }) => name === entry.name)!,
      documentation.call[entry.name],
      words.callArgumentOf,
      words,
    );
  return argumentMarkdown(
    constructorArguments.find(({ name }) => name === entry.name)!,
    documentation.constructor[entry.name],
    words.argumentOf,
    words,
  );
}

const reference = "https://keras.io/api/layers/normalization_layers/batch_normalization/";

function layerMarkdown({ layer }: Documentation): string {
  return [
    fenced("python", [wrapped(pythonSignature)]),
    proseMarkdown(layer.summary),
    ...layer.formulas.map(
      ({ title, lines }) => `**${proseMarkdown(title)}**\n\n${fenced("text", lines)}`,
    ),
    list(layer.notes.map(proseMarkdown)),
    `[keras.io](${reference})`,
  ].join("\n\n");
}

/** One argument a line, as a signature of this length is read. */
function wrapped(signature: string): string {
  const open = signature.indexOf("(") + 1;
  const lines = signature.slice(open, -1).split(", ");
  return `${signature.slice(0, open)}\n    ${lines.join(",\n    ")}\n)`;
}

function argumentMarkdown(
  argument: Argument,
  { summary, type, range, whenToChange, formula, notes }: ArgumentDocumentation,
  title: Prose,
  words: Documentation["words"],
): string {
  const label = (word: Prose) => `**${proseMarkdown(word)}**${words.colon}`;
  const fallback = argument.default === null ? proseMarkdown(words.required) : code(argument);
  const parts = [
    `**${codeSpan(argument.name)}** — ${proseMarkdown(title)}`,
    proseMarkdown(summary),
    ...(formula.length > 0 ? [fenced("text", formula)] : []),
    list([
      `${label(words.type)}${proseMarkdown(type)}`,
      `${label(words.default)}${fallback}`,
      `${label(words.range)}${proseMarkdown(range)}`,
      `${label(words.whenToChange)}${proseMarkdown(whenToChange)}`,
    ]),
    ...notes.map(proseMarkdown),
  ];
  return parts.join("\n\n");
}

function code(argument: Argument): string {
  return codeSpan(argument.default!);
}

function codeSpan(text: string): string {
  return `\`${text}\``;
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
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*_{}[\]<>#+|~&!]/g, "\\$&")))
    .join("");
}
