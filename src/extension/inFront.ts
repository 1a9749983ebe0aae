/**
 * @file Keeps a provider ahead of a language server's. Of providers that fit a document equally well,
 * the editor takes the one registered last: first in a hover, and alone for a signature. A server
 * registers its own seconds after its start and tells nobody, so ours is registered again: a few
 * times while servers start, and when another Python editor comes to the front.
 */
import * as vscode from "vscode";

/** When servers that start with the window are likely to have registered, in milliseconds. */
const serverStarts = [3_000, 10_000, 30_000, 90_000];

/**
 * The editor drops a signature that is shown, or that typing has just asked for, when a provider is
 * registered: how long after either nothing is, in milliseconds.
 */
const restAfterUse = 5_000;

/** @param register Registers the provider, which calls `used` whenever it has answered. */
export function keepInFront(register: (used: () => void) => vscode.Disposable): vscode.Disposable {
  let lastUse = -Infinity;
  const used = () => {
    lastUse = performance.now();
  };
  let current = register(used);
  const renew = () => {
    const rest = lastUse + restAfterUse - performance.now();
    if (rest > 0) {
      timers.push(setTimeout(renew, rest));
      return;
    }
    const last = current;
    current = register(used);
    last.dispose();
  };
  const timers = serverStarts.map((delay) => setTimeout(renew, delay));
  const typing = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (document.languageId === "python") used();
  });
  const editors = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor?.document.languageId === "python") renew();
  });
  return {
    dispose() {
      editors.dispose();
      typing.dispose();
      for (const timer of timers) clearTimeout(timer);
      current.dispose();
    },
  };
}
