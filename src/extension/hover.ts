/** @file Documentation of `BatchNormalization`, its arguments and their values under the pointer. */
import * as vscode from "vscode";
import { hoverAt } from "../keras/hover.ts";
import type { HoverLinks } from "../keras/hoverMarkdown.ts";
import { layerArguments } from "../keras/trial.ts";
import type { LayerCall } from "../python/calls.ts";
import type { Span } from "../python/nodes.ts";
import { type CodePlace, commandLink } from "./codePlace.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { commands } from "./identity.ts";
import { keepInFront } from "./inFront.ts";
import { pythonDocuments } from "./pythonDocuments.ts";
import { earlierCells, rangeIn, sourceFile } from "./sourceFiles.ts";

export function registerHover(): vscode.Disposable {
  return keepInFront(() =>
    vscode.languages.registerHoverProvider(pythonDocuments, { provideHover }),
  );
}

function provideHover(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const hover = hoverAt(
    sourceFile(document),
    document.offsetAt(position),
    documentationLanguage(),
    earlierCells(document),
    (span, call) => linksFor(document, span, call),
  );
  if (!hover) return undefined;
  return new vscode.Hover(linkedMarkdown(hover.markdown), rangeIn(document, hover.span));
}

function linksFor(
  { uri }: vscode.TextDocument,
  { from }: Span,
  call: LayerCall | null,
): HoverLinks {
  const place: CodePlace = { uri: uri.toString(), offset: from };
  return {
    tryIt: call ? commandLink(commands.tryCall, place) : null,
    playground:
      call && call.of !== "function"
        ? commandLink(commands.openPlayground, { layer: layerArguments(call) })
        : null,
    reference: (anchor) => commandLink(commands.showArgumentReference, anchor),
    otherLanguage: commandLink(commands.switchDocumentationLanguage, place),
  };
}

/** The editor's own command that shows a setting. */
export const openSettings = "workbench.action.openSettings";

/** Markdown whose links may run the documentation's commands, and no other. */
export function linkedMarkdown(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text, true);
  markdown.isTrusted = {
    enabledCommands: [
      commands.tryCall,
      commands.openPlayground,
      commands.showArgumentReference,
      commands.switchDocumentationLanguage,
      openSettings,
    ],
  };
  return markdown;
}
