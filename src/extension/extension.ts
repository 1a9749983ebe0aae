/** @file The extension's table of contents. */
import * as vscode from "vscode";
import { registerCellHelp } from "./cellHelp.ts";
import { registerCommands } from "./commands.ts";
import { registerController } from "./controller.ts";
import { registerHover } from "./hover.ts";
import { Kernels } from "./kernels.ts";
import { registerPanel } from "./panel.ts";
import { registerPlayground } from "./playground.ts";
import { SelectedNotebooks } from "./selectedNotebooks.ts";
import { registerVariablesView, VariablesTree } from "./variablesView.ts";

/** What other extensions, and the tests, get of this one. */
export interface Exports {
  /** The lines of the view "BatchNorm Variables". */
  readonly variables: vscode.TreeDataProvider<unknown>;
}

export function activate(context: vscode.ExtensionContext): Exports {
  const worker = vscode.Uri.joinPath(context.extensionUri, "dist", "kernelWorker.js");
  const kernels = new Kernels(worker.fsPath);
  const selected = new SelectedNotebooks();
  const variables = new VariablesTree(context.workspaceState, kernels, selected);
  context.subscriptions.push(
    kernels,
    selected,
    registerController(kernels, selected),
    registerCommands(context.extensionUri, kernels),
    registerPanel(context.extensionUri, kernels),
    registerPlayground(context.extensionUri, worker.fsPath, kernels),
    registerHover(),
    registerCellHelp(kernels, selected),
    registerVariablesView(variables, kernels),
  );
  return { variables };
}
