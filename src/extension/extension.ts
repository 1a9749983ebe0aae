/** @file The extension's table of contents. */
import * as vscode from "vscode";
import { registerCommands } from "./commands.ts";
import { registerController } from "./controller.ts";
import { Kernels } from "./kernels.ts";
import { LateFeatures } from "./lateFeatures.ts";
import { registerPanel } from "./panel.ts";
import { SelectedNotebooks } from "./selectedNotebooks.ts";
import { registerSnippets } from "./snippets.ts";
import { registerVariablesView, VariablesTree } from "./variablesView.ts";
import { registerViewQuestions } from "./viewQuestions.ts";

/** What other extensions, and the tests, get of this one. */
export interface Exports {
  /** The lines of the view "BatchNorm Variables". */
  readonly variables: vscode.TreeDataProvider<unknown>;
  /** Whether anything has needed hovers, diagnostics and the like yet. */
  featuresAreAskedFor(): boolean;
}

export function activate(context: vscode.ExtensionContext): Exports {
  const worker = vscode.Uri.joinPath(context.extensionUri, "dist", "kernelWorker.js");
  const kernels = new Kernels(worker.fsPath);
  const selected = new SelectedNotebooks();
  const features = new LateFeatures(context.extensionUri, kernels, selected);
  const variables = new VariablesTree(context.workspaceState, kernels, selected);
  context.subscriptions.push(
    kernels,
    selected,
    features,
    registerController(kernels, selected),
    registerCommands(context.extensionUri, kernels),
    registerPanel(context.extensionUri, kernels),
    registerViewQuestions(kernels),
    registerVariablesView(variables, kernels),
    registerSnippets(),
  );
  return { variables, featuresAreAskedFor: () => features.areAskedFor };
}
