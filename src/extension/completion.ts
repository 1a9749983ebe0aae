/** @file Completion of arguments and values in calls of `BatchNormalization`. */
import * as vscode from "vscode";
import { type CompletionItem, completionsAt } from "../keras/completion.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { linkedMarkdown } from "./hover.ts";
import { pythonDocuments } from "./pythonDocuments.ts";
import { earlierCells, rangeIn, sourceFile } from "./sourceFiles.ts";

export function registerCompletion(): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    pythonDocuments,
    {
      provideCompletionItems(document, position, _token, { triggerCharacter }) {
        const before = document.lineAt(position).text.slice(0, position.character);
        // A blank matters behind the comma or the equals sign that it follows, nowhere else.
        if (triggerCharacter === " " && !/[,=(]\s*$/.test(before)) return undefined;
        const found = completionsAt(
          sourceFile(document),
          document.offsetAt(position),
          documentationLanguage(),
          earlierCells(document),
        );
        return found
          ? argumentItems(found.items, rangeIn(document, found.span), position)
          : undefined;
      },
    },
    "(",
    ",",
    " ",
    "=",
    '"',
    "'",
  );
}

function argumentItems(
  items: readonly CompletionItem[],
  range: vscode.Range,
  position: vscode.Position,
): vscode.CompletionItem[] {
  return items.map(({ kind, label, detail, markdown, insert, isSnippet, filter }, index) => {
    const isArgument = kind === "argument";
    const item = new vscode.CompletionItem(
      isArgument ? { label, detail } : { label, description: beside(label, detail) },
      isArgument ? vscode.CompletionItemKind.Field : vscode.CompletionItemKind.Value,
    );
    item.documentation = linkedMarkdown(markdown);
    item.insertText = isSnippet ? new vscode.SnippetString(insert) : insert;
    item.filterText = filter;
    // In the signature's order, before what others know of the file.
    item.sortText = `\0${String(index).padStart(3, "0")}`;
    item.range = { inserting: range.with(undefined, position), replacing: range };
    item.preselect = index === 0;
    if (isArgument)
      item.command = { command: "editor.action.triggerSuggest", title: "", arguments: [] };
    return item;
  });
}

/** The first sentence of what a value means, where the list has room for it and the value. */
function beside(label: string, meaning: string): string {
  const [sentence] = meaning.replaceAll("`", "").split(/[.:](?:\s|$)|[。：]/);
  return label.length <= 10 || label.length + sentence.length <= 46 ? sentence : "";
}
