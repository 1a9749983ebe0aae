/** @file Values worth suggesting for an argument, each with what it would mean in the call. */

import { type Literal, literalOf } from "../python/literalValues.ts";
import { Meanings } from "../python/meanings.ts";
import { SourceFile } from "../python/sourceFile.ts";
import type { CallFacts } from "./callFacts.ts";
import type { Language } from "./languages.ts";
import { argumentsOfKind } from "./signature.ts";
import { placeholder } from "./snippets.ts";
import { valueMeaning } from "./valueMeaning.ts";
import { dtypes, type Family, families } from "./values.ts";

export interface SuggestedValue {
  /** Python source, with `${1:placeholders}` where `isSnippet`. */
  readonly source: string;
  readonly isSnippet: boolean;
  /** What it would do; may be empty. */
  readonly meaning: string;
}

const numbers: Readonly<Record<string, readonly string[]>> = {
  axis: ["-1", "1", "2", "3"],
  momentum: ["0.99", "0.9", "0.999", "0.95"],
  renorm_momentum: ["0.99", "0.9", "0.999"],
  epsilon: ["1e-3", "1e-5", "1.001e-5", "1e-6"],
};

const clippings = [
  '{"rmin": 1, "rmax": 1, "dmax": 0}',
  `{"rmin": ${placeholder(1, "1 / 3")}, "rmax": ${placeholder(2, "3")}, "dmax": ${placeholder(3, "5")}}`,
];

/** In the order they are to be shown. `path` is how the file names a module of Keras. */
export function suggestedValues(
  name: string,
  facts: CallFacts,
  path: (module: string) => string,
  language: Language,
): readonly SuggestedValue[] {
  const argument = argumentsOfKind(facts.of).find((each) => each.name === name);
  if (!argument) return [];
  return sourcesOf(name, argument.kind, argument.default, path).map((source) => {
    const plain = withoutPlaceholders(source);
    const literal = literalIn(plain);
    const sentences = valueMeaning(name, literal, facts, language);
    return {
      source,
      isSnippet: plain !== source,
      meaning: sentences.join(language === "en" ? " " : ""),
    };
  });
}

/** What a snippet reads like before anything is filled in. */
export function withoutPlaceholders(source: string): string {
  return source.replace(/\$\{\d+:([^}]*)\}/g, "$1");
}

function sourcesOf(
  name: string,
  kind: string,
  fallback: string | null,
  path: (module: string) => string,
): readonly string[] {
  const none = fallback === "None" ? ["None"] : [];
  if (Object.hasOwn(numbers, name)) return numbers[name];
  if (kind === "boolean") return ["True", "False", ...none];
  if (kind === "dtype") return [...dtypes.map((each) => `"${each}"`), ...none];
  if (kind === "dict") return [...clippings, ...none];
  return Object.hasOwn(families, kind) ? [...familySources(kind as Family, path), ...none] : none;
}

function familySources(family: Family, path: (module: string) => string): readonly string[] {
  const { module, classes } = families[family];
  const fitting = classes.filter(({ vector }) => vector);
  const byName = fitting.flatMap(({ names: [first], parameters }) =>
    // Without arguments L1L2 adds nothing.
    first === undefined || (family === "regularizer" && parameters.length === 2)
      ? []
      : [`"${first}"`],
  );
  const objects = fitting.flatMap(({ className, example }) =>
    example === "" ? [] : [`${path(module)}.${className}(${placeholders(example)})`],
  );
  return [...byName, ...objects];
}

/** `mean=${1:1.0}` for `mean=1.0`: numbers to be typed over. */
function placeholders(example: string): string {
  let count = 0;
  return example.replace(/(?<![\w.])-?\d[\w.-]*/g, (number) => placeholder(++count, number));
}

/** The value of an expression that stands alone. */
function literalIn(source: string): Literal | null {
  const file = new SourceFile(source);
  const node = file.tree.topNode.firstChild?.firstChild;
  return node ? literalOf(node, Meanings.of(file)) : null;
}
