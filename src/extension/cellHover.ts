/**
 * @file What a hover shows of a name in a cell, as Markdown. Knows nothing of `vscode`.
 */
import { pointedAt } from "../python/cursor.ts";
import { functionDoc } from "../shared/functionDocs.ts";
import { type MemberInfo, signatureLabel, type VariablePath } from "../shared/inspection.ts";
import { inspectionStringsFor } from "../shared/inspectionStrings.ts";
import { type CellNames, layerType } from "./cellNames.ts";
import {
  type HoverColours,
  type LiveDetails,
  pythonMarkdown,
  valueMarkdown,
} from "./valueHover.ts";

export interface CellHover {
  readonly markdown: string;
  readonly from: number;
  readonly to: number;
}

export interface HoverOptions {
  readonly locale: string;
  readonly colours: HoverColours;
  /** Null where nothing is known. */
  details(path: VariablePath): Promise<LiveDetails | null>;
}

/** What there is to say of the name at an offset; null where there is nothing. */
export async function cellHoverAt(
  names: CellNames,
  text: string,
  offset: number,
  options: HoverOptions,
): Promise<CellHover | null> {
  const pointed = pointedAt(text, offset);
  const found = pointed && names.resolve(pointed.chain);
  if (!found || names.isLayerArgument(text, pointed.from)) return null;
  const at = (markdown: string) => ({ markdown, from: pointed.from, to: pointed.to });
  if (found.kind === "module") {
    return at(pythonMarkdown(`(${inspectionStringsFor(options.locale).module}) ${found.path}`));
  }
  if (found.kind === "callable") {
    const { info } = found;
    // The layer's class has documentation of its own.
    return info.type === layerType ? null : at(functionMarkdown(info, options.locale));
  }
  const details = found.live && (await options.details(found.live));
  if (details) return at(valueMarkdown(details, options.locale, options.colours));
  return found.type === null
    ? null
    : at(pythonMarkdown(`${text.slice(pointed.from, pointed.to)}: ${found.type}`));
}

function functionMarkdown(info: MemberInfo, locale: string): string {
  const { name, kind, parameters, path, documentation } = info;
  const label = parameters ? signatureLabel(name, parameters).label : name;
  const head = kind === "class" ? "class " : "def ";
  const said = documentation ? plainText(documentation) : functionDoc(path, locale);
  return said ? `${pythonMarkdown(head + label)}\n\n${said}` : pythonMarkdown(head + label);
}

/** Text that Markdown shows as it is, its line ends included. */
export function plainText(text: string): string {
  return text
    .trim()
    .replace(/[\\`*_{}[\]()#+\-.!|<>&~$]/g, "\\$&")
    .replace(/[ \t]*\r?\n[ \t]*/g, "  \n");
}
