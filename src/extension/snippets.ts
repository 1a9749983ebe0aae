/** @file Snippets around the layer, in any Python file: before there is a call, nothing else is needed. */
import * as vscode from "vscode";
import { snippetsIn, startsSnippet } from "../keras/snippets.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { pythonDocuments } from "./pythonDocuments.ts";

export function registerSnippets(): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(pythonDocuments, {
    provideCompletionItems: (document, position) => snippetItems(document, position),
  });
}

/** Snippets, where a line or an expression begins with the first letters of one. */
function snippetItems(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.CompletionItem[] | vscode.CompletionList | undefined {
  const before = document.lineAt(position).text.slice(0, position.character);
  const word = /(?<![\w.'"#])[A-Za-z][\w-]*$/.exec(before)?.[0] ?? "";
  if (before.includes("#")) return undefined;
  if (/^b$/i.test(word)) {
    // Too little to go by, but where Keras is used: the editor does not ask again for a second
    // letter that is typed before the answer for the first has come.
    if (!/\bkeras\b/.test(document.getText())) return new vscode.CompletionList([], true);
  } else if (!startsSnippet(word)) return undefined;
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
