/** @file The extension's table of contents. */
import * as vscode from "vscode";
import { registerCommands } from "./commands.ts";
import { registerController } from "./controller.ts";
import { registerHover } from "./hover.ts";
import { Kernels } from "./kernels.ts";
import { registerPanel } from "./panel.ts";
import { registerPlayground } from "./playground.ts";

export function activate(context: vscode.ExtensionContext): void {
  const worker = vscode.Uri.joinPath(context.extensionUri, "dist", "kernelWorker.js");
  const kernels = new Kernels(worker.fsPath);
  context.subscriptions.push(
    kernels,
    registerController(kernels),
    registerCommands(context.extensionUri, kernels),
    registerPanel(context.extensionUri, kernels),
    registerPlayground(context.extensionUri, worker.fsPath, kernels),
    registerHover(),
  );
}
