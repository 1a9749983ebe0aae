/** @file What a call of the layer does, argument by argument, as a page. */
import type { SourceFile } from "../python/sourceFile.ts";
import { Inspection } from "./diagnostics/inspection.ts";
import { hoverAt } from "./hover.ts";
import type { Language } from "./languages.ts";

/** Markdown about the call at an offset: each argument that it gives, then the layer; null for none. */
export function callPage(
  file: SourceFile,
  offset: number,
  language: Language,
  earlier: readonly SourceFile[] = [],
): string | null {
  const inspection = new Inspection(file, earlier, false);
  const maker = inspection.everyConstructor.findLast(
    ({ node }) => node.from <= offset && offset < node.to,
  );
  if (!maker) return null;
  const { call, node } = maker;
  const places = [
    ...call.given.map(({ name, value }) => name?.from ?? value?.from),
    node.firstChild!.to - 1,
  ];
  const parts = places.flatMap((place) => {
    const hover = place === undefined ? null : hoverAt(file, place, language, earlier);
    return hover ? [hover.markdown] : [];
  });
  return [`\`\`\`python\n${file.textOf(node)}\n\`\`\``, ...parts].join("\n\n---\n\n");
}
