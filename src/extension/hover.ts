/** @file Documentation of `BatchNormalization` and its arguments under the pointer. */
import * as vscode from "vscode";
import { languageOf } from "../keras/documentation.ts";
import { hoverAt } from "../keras/hover.ts";
import { rangeOf, type SourceFiles } from "./sourceFiles.ts";

/** Documents the layer in Python files and cells, saved or not. */
export function registerHover(files: SourceFiles): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { language: "python" },
    {
      provideHover(document, position) {
        const hover = hoverAt(
          files.of(document),
          document.offsetAt(position),
          languageOf(vscode.env.language),
          files.before(document),
        );
        if (!hover) return undefined;
        return new vscode.Hover(
          new vscode.MarkdownString(hover.markdown),
          rangeOf(document, hover.span),
        );
      },
    },
  );
}
