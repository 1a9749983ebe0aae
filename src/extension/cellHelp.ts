/** @file Completion, signatures and hovers in cells of notebooks that use this kernel. */
import * as vscode from "vscode";
import { functionDoc } from "../shared/functionDocs.ts";
import type { MemberKind } from "../shared/inspection.ts";
import { type CellHover, cellHoverAt, plainText } from "./cellHover.ts";
import { CellNames } from "./cellNames.ts";
import { signatureAt } from "./cellSignatures.ts";
import {
  type LiveAnswers,
  type Suggestion,
  suggestionsAt,
  triggerCharacters,
} from "./cellSuggestions.ts";
import { hoverColours } from "./hoverColours.ts";
import { notebookType } from "./identity.ts";
import type { Kernels } from "./kernels.ts";
import type { LiveVariables } from "./liveVariables.ts";
import type { SelectedNotebooks } from "./selectedNotebooks.ts";

export function registerCellHelp(kernels: Kernels, selected: SelectedNotebooks): vscode.Disposable {
  const help = new CellHelp(kernels, selected);
  const cells = { language: "python", notebookType };
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(cells, help, ...triggerCharacters),
    languages.registerSignatureHelpProvider(cells, help, "(", ","),
    languages.registerHoverProvider(cells, help),
    // Made while the notebook opens, the catalog is there before anything is typed.
    selected.onDidChange(() => {
      if (selected.current) kernels.catalog().catch(() => undefined);
    }),
  );
}

/** Where a provider is asked, and what is known there. */
interface Place {
  readonly names: CellNames;
  readonly variables: LiveVariables | null;
  readonly text: string;
  readonly offset: number;
}

class CellHelp
  implements vscode.CompletionItemProvider, vscode.SignatureHelpProvider, vscode.HoverProvider
{
  readonly #kernels: Kernels;
  readonly #selected: SelectedNotebooks;

  constructor(kernels: Kernels, selected: SelectedNotebooks) {
    this.#kernels = kernels;
    this.#selected = selected;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    _token: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<vscode.CompletionItem[] | null> {
    const place = await this.#place(document, position);
    if (!place) return null;
    const { names, variables, text, offset } = place;
    const live = variables ?? noAnswers;
    const found = await suggestionsAt(names, live, text, offset, triggerCharacter);
    if (!found) return null;
    const word = document.getWordRangeAtPosition(position);
    const start = document.positionAt(offset - found.replaced);
    const inserting = new vscode.Range(start, position);
    const replacing = new vscode.Range(start, word?.contains(position) ? word.end : position);
    return found.items.map((item) => completionItem(item, { inserting, replacing }));
  }

  async provideSignatureHelp(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.SignatureHelp | null> {
    const place = await this.#place(document, position);
    const found = place && signatureAt(place.names, place.text, place.offset);
    if (!found) return null;
    const { label, spans, active, path, documentation } = found;
    const information = new vscode.SignatureInformation(label, said(path, documentation));
    information.parameters = spans.map(
      ([from, to]) => new vscode.ParameterInformation([from, to] as [number, number]),
    );
    const help = new vscode.SignatureHelp();
    help.signatures = [information];
    help.activeSignature = 0;
    // Beyond the last parameter none is marked.
    help.activeParameter = active ?? spans.length;
    return help;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | null> {
    const place = await this.#place(document, position);
    if (!place) return null;
    const { names, variables, text, offset } = place;
    const found = await cellHoverAt(names, text, offset, {
      locale: vscode.env.language,
      colours: hoverColours(),
      details: async (path) => (await variables?.details(path)) ?? null,
    });
    return found && hover(document, found);
  }

  async #place(document: vscode.TextDocument, position: vscode.Position): Promise<Place | null> {
    const notebook = this.#selected.notebookOf(document);
    if (!notebook) return null;
    const catalog = await this.#kernels.catalog();
    const cells = notebook.getCells();
    const index = cells.findIndex((cell) => cell.document === document);
    const earlier = cells
      .slice(0, index)
      .filter(({ kind, document: { languageId } }) => isPythonCell(kind, languageId))
      .map((cell) => cell.document.getText());
    const variables = this.#kernels.find(notebook)?.variables ?? null;
    const text = document.getText();
    const offset = document.offsetAt(position);
    const names = new CellNames(catalog, variables?.state ?? null, earlier, text, offset);
    return { names, variables, text, offset };
  }
}

const noAnswers: LiveAnswers = { members: async () => null, keys: async () => null };

function isPythonCell(kind: vscode.NotebookCellKind, language: string): boolean {
  return kind === vscode.NotebookCellKind.Code && language === "python";
}

const itemKinds: Readonly<
  Record<MemberKind | "keyword" | "parameter" | "key", keyof typeof vscode.CompletionItemKind>
> = {
  module: "Module",
  function: "Function",
  method: "Method",
  class: "Class",
  property: "Property",
  constant: "Constant",
  variable: "Variable",
  keyword: "Keyword",
  parameter: "Field",
  key: "Value",
};

function completionItem(
  { label, kind, detail, path, documentation, insert, group }: Suggestion,
  range: { inserting: vscode.Range; replacing: vscode.Range },
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(label, vscode.CompletionItemKind[itemKinds[kind]]);
  item.range = range;
  item.sortText = `${group}${label}`;
  if (insert !== null) item.insertText = insert;
  // A signature is read best as code, above what is said; a type stands on the item's own line.
  const signature = detail?.includes("(") ? detail : null;
  if (detail !== null && signature === null) item.label = { label, description: detail };
  const text = new vscode.MarkdownString();
  if (signature !== null) text.appendCodeblock(wrapped(signature), "python");
  const line = path === null ? undefined : said(path, documentation);
  if (line) text.appendMarkdown(line.value);
  if (text.value !== "") item.documentation = text;
  return item;
}

/** Characters that a line of the editor's details has room for. */
const lineWidth = 34;

/** A long signature over several lines, broken between parameters. */
function wrapped(signature: string): string {
  let width = 0;
  return signature
    .split(/(?<=, )/)
    .map((part, index) => {
      width += part.length;
      if (width <= lineWidth || index === 0) return part;
      width = part.length + 4;
      return `\n    ${part}`;
    })
    .join("");
}

function said(path: string, documentation: string | null): vscode.MarkdownString | undefined {
  if (documentation !== null) return new vscode.MarkdownString(plainText(documentation));
  const line = functionDoc(path, vscode.env.language);
  return line === null ? undefined : new vscode.MarkdownString(plainText(line));
}

export function hover(
  document: vscode.TextDocument,
  { markdown, from, to }: CellHover,
): vscode.Hover {
  const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
  return new vscode.Hover(new vscode.MarkdownString(markdown), range);
}
