/**
 * @file The words about each argument, as data. An argument of the signature that lacks its words in
 * one of the languages does not compile.
 */
import { documentation as english } from "./documentation.en.ts";
import { documentation as chinese } from "./documentation.zh-cn.ts";
import type { Language } from "./languages.ts";
import {
  type Argument,
  argumentsOfKind,
  type CallArgumentName,
  type ConstructorArgumentName,
  callArguments,
  constructorArguments,
  type FunctionArgumentName,
  functionArguments,
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
  /** Since which version it is there, and what changed. */
  readonly history: Prose;
  /** What PyTorch, ONNX and Flax call it. */
  readonly elsewhere: Prose;
}

export interface LayerDocumentation {
  readonly summary: Prose;
  readonly formulas: readonly { readonly title: Prose; readonly lines: readonly string[] }[];
  readonly notes: readonly Prose[];
  /** Versions, and other frameworks. */
  readonly history: readonly [versions: Prose, elsewhere: Prose];
}

/** Arguments that Keras once had, which old code still gives. */
export const removedArguments = [
  "fused",
  "virtual_batch_size",
  "adjustment",
  "mode",
  "beta_init",
  "gamma_init",
] as const;

export type RemovedArgumentName = (typeof removedArguments)[number];

export interface Documentation {
  readonly words: {
    readonly argumentOf: Prose;
    readonly callArgumentOf: Prose;
    readonly functionArgumentOf: Prose;
    readonly type: Prose;
    readonly default: Prose;
    readonly required: Prose;
    readonly range: Prose;
    readonly whenToChange: Prose;
    readonly history: Prose;
    readonly elsewhere: Prose;
    readonly removed: Prose;
    /** Between a label and what it labels. */
    readonly colon: string;
    readonly tryIt: Prose;
    readonly playground: Prose;
    readonly reference: Prose;
    readonly officialPage: Prose;
    readonly otherLanguage: Prose;
  };
  readonly layer: LayerDocumentation;
  readonly functionLayer: LayerDocumentation;
  readonly constructor: Readonly<Record<ConstructorArgumentName, ArgumentDocumentation>>;
  readonly call: Readonly<Record<CallArgumentName, ArgumentDocumentation>>;
  readonly function: Readonly<Record<FunctionArgumentName, ArgumentDocumentation>>;
  readonly removed: Readonly<Record<RemovedArgumentName, Prose>>;
}

const documentations: Readonly<Record<Language, Documentation>> = {
  en: english,
  "zh-cn": chinese,
};

export function documentationIn(language: Language): Documentation {
  return documentations[language];
}

/**
 * What there is documentation of: the layer, the function `keras.ops.batch_normalization`, an
 * argument of the layer's constructor, of its call or of the function, or one that Keras once had.
 */
export type DocumentationEntry =
  | { readonly of: "layer" }
  | { readonly of: "op" }
  | { readonly of: "constructor"; readonly name: ConstructorArgumentName }
  | { readonly of: "call"; readonly name: CallArgumentName }
  | { readonly of: "function"; readonly name: FunctionArgumentName }
  | { readonly of: "removed"; readonly name: RemovedArgumentName };

export type ArgumentEntry = Extract<
  DocumentationEntry,
  { of: "constructor" | "call" | "function" }
>;

/** The entry of an argument by its Python name, or null for a name the call does not know. */
export function argumentEntry(
  of: "constructor" | "call" | "function",
  name: string,
): ArgumentEntry | Extract<DocumentationEntry, { of: "removed" }> | null {
  const named = argumentsOfKind(of).find((argument) => argument.name === name);
  if (named) return { of, name } as ArgumentEntry;
  const removed = of === "constructor" && removedArguments.find((each) => each === name);
  return removed ? { of: "removed", name: removed } : null;
}

/** The entries of all arguments, in the order of their signatures. */
export const argumentEntries: readonly ArgumentEntry[] = [
  ...constructorArguments.map(({ name }) => ({ of: "constructor", name }) as const),
  ...callArguments.map(({ name }) => ({ of: "call", name }) as const),
  ...functionArguments.map(({ name }) => ({ of: "function", name }) as const),
];

/** The words about an argument. */
export function argumentDocumentation(
  entry: ArgumentEntry,
  language: Language,
): ArgumentDocumentation {
  const documentation = documentations[language];
  if (entry.of === "constructor") return documentation.constructor[entry.name];
  return entry.of === "call" ? documentation.call[entry.name] : documentation.function[entry.name];
}

/** An argument as the signature has it. */
export function argumentOf({ of, name }: ArgumentEntry): Argument {
  return argumentsOfKind(of).find((argument) => argument.name === name)!;
}

/** The official page about an entry. */
export function officialPage(entry: DocumentationEntry): string {
  return entry.of === "op" || entry.of === "function"
    ? "https://keras.io/api/ops/nn/"
    : "https://keras.io/api/layers/normalization_layers/batch_normalization/";
}

/** The place of an entry in the reference: `momentum`, `call.training`, `ops.axis`, `layer`. */
export function anchorOf(entry: DocumentationEntry): string {
  if (entry.of === "layer" || entry.of === "op") return entry.of;
  if (entry.of === "removed") return "removed";
  return { constructor: "", call: "call.", function: "ops." }[entry.of] + entry.name;
}

/** The words about an argument of the constructor. */
export function argumentWords(
  name: ConstructorArgumentName,
  language: Language,
): ArgumentDocumentation {
  return documentations[language].constructor[name];
}
