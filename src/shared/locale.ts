/**
 * @file Which of the two languages a place speaks.
 */

/** @param locale A language tag: VS Code's display language, or a browser's `navigator.language`. */
export function isSimplifiedChinese(locale: string): boolean {
  return /^zh($|-cn|-sg|-hans)/i.test(locale);
}
