/** @file Saving what a page of ours made. */
import { extname } from "node:path";
import * as vscode from "vscode";
import type { SavedFile } from "../shared/savedFile.ts";

/** Asks where a file goes, by default beside the workspace's others, and writes it there. */
export async function saveFile({ name, content }: SavedFile): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const extension = extname(name).slice(1);
  const target = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (!target) return;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    await vscode.workspace.fs.writeFile(target, bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t("{0} was not saved: {1}", name, reason));
    return;
  }
  vscode.window.setStatusBarMessage(vscode.l10n.t("{0} saved", target.path), 5000);
}
