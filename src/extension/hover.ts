/** @file Documentation of `BatchNormalization` and its arguments under the pointer. */
import * as vscode from "vscode";
import { languageOf } from "../keras/documentation.ts";
import { hoverAt } from "../keras/hover.ts";
import { earlierCells, pythonDocuments, rangeIn, sourceFile } from "./sourceFiles.ts";

/** Documents the layer in Python files and cells, saved or not. */
export function registerHover(): vscode.Disposable {
  return vscode.languages.registerHoverProvider(pythonDocuments, {
    provideHover(document, position) {
      const hover = hoverAt(
        sourceFile(document),
        document.offsetAt(position),
        languageOf(vscode.env.language),
        earlierCells(document),
      );
      if (!hover) return undefined;
      return new vscode.Hover(
        new vscode.MarkdownString(hover.markdown),
        rangeIn(document, hover.span),
      );
    },
  });
}
