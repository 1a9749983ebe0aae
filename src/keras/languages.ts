/** @file The languages that the documentation is written in. */

export type Language = "en" | "zh-cn";

export const languages: readonly Language[] = ["en", "zh-cn"];

export function otherLanguage(language: Language): Language {
  return language === "en" ? "zh-cn" : "en";
}

/** The words in the language of an editor, whose tag may be of any case and region. */
export function languageOf(editorLanguage: string): Language {
  return editorLanguage.toLowerCase() === "zh-cn" ? "zh-cn" : "en";
}
