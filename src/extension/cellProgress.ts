/**
 * @file Which line of a long cell runs, and how far its calculation is, in the cell's status bar.
 */
import * as vscode from "vscode";
import type { CellProgress } from "../shared/protocol.ts";
import { notebookType } from "./identity.ts";

/** Code that is shown at most (UTF-16 units): the editor cuts longer items without a sign. */
const mostCode = 36;

/** A calculation must have gone on for so long (milliseconds) before its share is shown. */
const longCalculation = 500;

interface Shown extends CellProgress {
  /** When the calculation whose share is told was first heard of. */
  readonly since: number;
}

export class CellProgressItems
  implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable
{
  readonly #shown = new Map<vscode.NotebookCell, Shown>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCellStatusBarItems = this.#changed.event;
  readonly #registration: vscode.Disposable;

  constructor() {
    this.#registration = vscode.notebooks.registerNotebookCellStatusBarItemProvider(
      notebookType,
      this,
    );
  }

  show(cell: vscode.NotebookCell, progress: CellProgress): void {
    this.#shown.set(cell, { ...progress, since: since(progress, this.#shown.get(cell)) });
    this.#changed.fire();
  }

  clear(cell: vscode.NotebookCell): void {
    if (this.#shown.delete(cell)) this.#changed.fire();
  }

  provideCellStatusBarItems(
    cell: vscode.NotebookCell,
  ): vscode.NotebookCellStatusBarItem | undefined {
    const shown = this.#shown.get(cell);
    if (!shown || cell.index < 0) return undefined;
    const text = textOf(cell, shown);
    const item = new vscode.NotebookCellStatusBarItem(
      `$(loading~spin) ${text}`,
      vscode.NotebookCellStatusBarAlignment.Left,
    );
    item.tooltip = vscode.l10n.t("What the cell is doing now");
    item.accessibilityInformation = { label: text };
    return item;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#shown.clear();
  }
}

/** Since when the same calculation goes on: one that has come less far than before is another. */
function since({ line, share }: CellProgress, before: Shown | undefined): number {
  const same =
    before !== undefined &&
    before.line === line &&
    before.share !== null &&
    share !== null &&
    share >= before.share;
  return same ? before.since : Date.now();
}

function textOf(cell: vscode.NotebookCell, { line, share, since }: Shown): string {
  const { document } = cell;
  const whole = line <= document.lineCount ? document.lineAt(line - 1).text.trim() : "";
  const code = whole.length > mostCode ? `${whole.slice(0, mostCode)}…` : whole;
  if (share === null || Date.now() - since < longCalculation) {
    // {0} is a number, {1} a line of Python.
    return vscode.l10n.t("Line {0}: {1}", line, code);
  }
  return vscode.l10n.t("Line {0}, {2} %: {1}", line, code, Math.floor(100 * share));
}
