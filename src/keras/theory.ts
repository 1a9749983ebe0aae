/** @file What batch normalization is and why it helps: the reference's chapters, as data. */
import type { Prose } from "./documentation.ts";
import type { Language } from "./languages.ts";
import { theory as english } from "./theory.en.ts";
import { theory as chinese } from "./theory.zh-cn.ts";

export type TheoryBlock =
  | { readonly kind: "text"; readonly prose: Prose }
  | { readonly kind: "list"; readonly items: readonly Prose[] }
  | { readonly kind: "formula"; readonly lines: readonly string[] };

export interface Chapter {
  readonly anchor: string;
  readonly title: Prose;
  readonly blocks: readonly TheoryBlock[];
}

const theories: Readonly<Record<Language, readonly Chapter[]>> = { en: english, "zh-cn": chinese };

export function theoryIn(language: Language): readonly Chapter[] {
  return theories[language];
}
