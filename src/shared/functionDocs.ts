/**
 * @file What one line says of a function, method or attribute, found by its path.
 */

import { type DocumentedPath, functionDocsEn } from "./functionDocs.en.ts";
import { functionDocsZhCn } from "./functionDocs.zh-cn.ts";
import { isSimplifiedChinese } from "./locale.ts";

/** Where to look next, for what is the same function elsewhere: methods of arrays, NumPy's again. */
const relatives: readonly (readonly [owner: string, other: string])[] = [
  ["ndarray.", "numpy."],
  ["keras.ops.", "numpy."],
  ["numpy.random.", "Generator."],
  ["RandomState.", "Generator."],
  ["keras.config.", "keras.backend."],
  ["keras.backend.", "keras.config."],
];

/** @param locale A language tag. Null where nothing is said. */
export function functionDoc(path: string, locale: string): string | null {
  const docs = isSimplifiedChinese(locale) ? functionDocsZhCn : functionDocsEn;
  const find = (name: string) => (Object.hasOwn(docs, name) ? docs[name as DocumentedPath] : null);
  const own = find(path);
  if (own !== null) return own;
  const scalar = path.replace(/^(?:float|u?int)\d+\./, "ndarray.");
  for (const [owner, other] of relatives) {
    const found = scalar.startsWith(owner) ? find(other + scalar.slice(owner.length)) : null;
    if (found !== null) return found;
  }
  return scalar === path ? null : find(scalar);
}
