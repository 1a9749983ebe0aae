/** @file Snippets around the layer, in any Python file: before there is a call, nothing else is needed. */
import * as vscode from "vscode";
import { snippetsIn, startsSnippet } from "../keras/snippets.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { pythonDocuments } from "./pythonDocuments.ts";

export function registerSnippets(): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(pythonDocuments, {
    provideCompletionItems: (document, position) =>
      snippetItems(document.lineAt(position).text.slice(0, position.character), position),
  });
}

/** Snippets, where a line or an expression begins with the first letters of one. */
function snippetItems(
  before: string,
  position: vscode.Position,
): vscode.CompletionItem[] | vscode.CompletionList | undefined {
  const word = /(?<![\w.'"#])[A-Za-z][\w-]*$/.exec(before)?.[0] ?? "";
  if (before.includes("#")) return undefined;
  // The first letter is too little to go by, but the editor has to ask again for the next.
  if (/^b$/i.test(word)) return new vscode.CompletionList([], true);
  if (!startsSnippet(word)) return undefined;
  const range = new vscode.Range(position.translate(0, -word.length), position);
  return snippetsIn(documentationLanguage()).map(({ prefix, title, body }) => {
    const item = new vscode.CompletionItem(
      { label: prefix, description: title },
      vscode.CompletionItemKind.Snippet,
    );
    item.insertText = new vscode.SnippetString(body);
    item.filterText = `${prefix} BatchNormalization`;
    item.documentation = new vscode.MarkdownString().appendCodeblock(
      body.replace(/\$\{\d+:([^}]*)\}/g, "$1"),
      "python",
    );
    item.range = range;
    return item;
  });
}
