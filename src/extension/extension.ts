/** @file The extension's table of contents. */
import * as vscode from "vscode";
import { registerCellHelp } from "./cellHelp.ts";
import { registerCodeActions } from "./codeActions.ts";
import { registerCodeLens } from "./codeLens.ts";
import { registerCommands } from "./commands.ts";
import { registerCompletion } from "./completion.ts";
import { registerController } from "./controller.ts";
import { Diagnostics } from "./diagnostics.ts";
import { registerDocumentationLanguage } from "./documentationLanguage.ts";
import { registerHover } from "./hover.ts";
import { registerInlayHints } from "./inlayHints.ts";
import { Kernels } from "./kernels.ts";
import { registerPanel } from "./panel.ts";
import { registerPlayground } from "./playground.ts";
import { registerPortability } from "./portability.ts";
import { registerProblemPages } from "./problemPages.ts";
import { registerQuickFixes } from "./quickFixes.ts";
import { registerReference } from "./reference.ts";
import { SelectedNotebooks } from "./selectedNotebooks.ts";
import { registerSignatureHelp } from "./signatureHelp.ts";
import { registerTrials, Trials } from "./trials.ts";
import { registerVariablesView, VariablesTree } from "./variablesView.ts";
import { registerViewQuestions } from "./viewQuestions.ts";

/** What other extensions, and the tests, get of this one. */
export interface Exports {
  /** The lines of the view "BatchNorm Variables". */
  readonly variables: vscode.TreeDataProvider<unknown>;
}

export function activate(context: vscode.ExtensionContext): Exports {
  const worker = vscode.Uri.joinPath(context.extensionUri, "dist", "kernelWorker.js");
  const kernels = new Kernels(worker.fsPath);
  const trials = new Trials();
  const selected = new SelectedNotebooks();
  const diagnostics = new Diagnostics();
  const variables = new VariablesTree(context.workspaceState, kernels, selected);
  context.subscriptions.push(
    kernels,
    selected,
    registerController(kernels, selected),
    registerCommands(context.extensionUri, kernels),
    registerPortability(context.extensionUri),
    registerPanel(context.extensionUri, kernels),
    registerViewQuestions(kernels),
    registerPlayground(context.extensionUri, kernels),
    registerHover(),
    registerDocumentationLanguage(),
    registerSignatureHelp(),
    registerCompletion(),
    registerInlayHints(),
    registerTrials(trials),
    registerReference(context.extensionUri, trials),
    diagnostics,
    registerQuickFixes(diagnostics),
    registerProblemPages(trials),
    registerCodeLens(kernels),
    registerCodeActions(),
    registerCellHelp(kernels, selected),
    registerVariablesView(variables, kernels),
  );
  return { variables };
}
