/**
 * @file All that reads Python or shows documentation. It is a bundle of its own, which `LateFeatures`
 * loads when something asks for it.
 */
import * as vscode from "vscode";
import type { KeptPlayground } from "../shared/playgroundMessages.ts";
import { registerCellHelp } from "./cellHelp.ts";
import { registerCodeActions } from "./codeActions.ts";
import { callPageAt, registerCodeLens } from "./codeLens.ts";
import { registerCompletion } from "./completion.ts";
import { Diagnostics } from "./diagnostics.ts";
import { registerDocumentationLanguage } from "./documentationLanguage.ts";
import { registerHover } from "./hover.ts";
import { callPages, playgroundPanel, problemPages, referencePanel } from "./identity.ts";
import { registerInlayHints } from "./inlayHints.ts";
import type { Kernels } from "./kernels.ts";
import { Playgrounds, registerPlayground } from "./playground.ts";
import { registerPortability } from "./portability.ts";
import { problemPageAt, registerProblemPages } from "./problemPages.ts";
import { registerQuickFixes } from "./quickFixes.ts";
import { Reference, registerReference } from "./reference.ts";
import type { SelectedNotebooks } from "./selectedNotebooks.ts";
import { registerSignatureHelp } from "./signatureHelp.ts";
import { registerTrials, Trials } from "./trials.ts";

export interface Features extends vscode.Disposable {
  /** What fills panels from before the window was reloaded, by their view type. */
  readonly panels: Readonly<Record<string, (panel: vscode.WebviewPanel, kept: unknown) => void>>;
  /** The texts of pages, by the scheme of their addresses. */
  readonly pages: Readonly<Record<string, (address: vscode.Uri) => string | null>>;
}

export function startFeatures(
  extension: vscode.Uri,
  kernels: Kernels,
  selected: SelectedNotebooks,
): Features {
  const trials = new Trials();
  const diagnostics = new Diagnostics();
  const reference = new Reference(extension, trials);
  const playgrounds = new Playgrounds(extension, kernels);
  const registered = vscode.Disposable.from(
    registerHover(),
    registerSignatureHelp(),
    registerCompletion(),
    registerInlayHints(),
    registerCodeLens(kernels),
    registerCodeActions(),
    diagnostics,
    registerQuickFixes(diagnostics),
    registerProblemPages(trials),
    registerDocumentationLanguage(),
    registerTrials(trials),
    registerReference(reference),
    registerPlayground(playgrounds),
    registerPortability(extension),
    registerCellHelp(kernels, selected),
  );
  return {
    panels: {
      [referencePanel]: (panel) => reference.adopt(panel, null),
      [playgroundPanel]: (panel, kept) => playgrounds.adopt(panel, kept as KeptPlayground),
    },
    pages: { [problemPages]: problemPageAt, [callPages]: callPageAt },
    dispose: () => registered.dispose(),
  };
}
