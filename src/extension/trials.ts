/** @file "Try it": runs a call from any Python file in a cell of its own. */
import * as vscode from "vscode";
import { argumentName } from "../keras/callFacts.ts";
import { trialCode } from "../keras/trial.ts";
import { callSiteAt } from "../python/callSite.ts";
import { callAround } from "../python/calls.ts";
import { besideCode, type CodePlace, cursorPlace, documentAt, isCodePlace } from "./codePlace.ts";
import { showNotebook } from "./commands.ts";
import { commands } from "./identity.ts";
import { namesOurKernel, newMetadata } from "./notebookMetadata.ts";
import { cellOf, earlierCells, sourceFile } from "./sourceFiles.ts";

export function registerTrials(trials: Trials): vscode.Disposable {
  return vscode.commands.registerCommand(commands.tryCall, (place?: unknown) =>
    trials.run(isCodePlace(place) ? place : cursorPlace()),
  );
}

export class Trials {
  /** The notebook that takes the trials of calls in files, as long as it is open. */
  #notebook: vscode.NotebookDocument | undefined;

  /** Runs the call at a place below its cell, or beside its file. */
  async run(place: CodePlace | undefined): Promise<void> {
    const document = place && documentAt(place);
    const code = document && codeAt(document, place.offset);
    if (!code) {
      const message = vscode.l10n.t(
        "There is no call of BatchNormalization at the cursor. Put it into one and try again.",
      );
      void vscode.window.showInformationMessage(message);
      return;
    }
    const own = cellOf(document);
    if (own && namesOurKernel(own.notebook.metadata))
      return runCell(own.notebook, await insert(own.notebook, own.cell.index + 1, code));
    await this.runCode(code);
  }

  /** Runs code in a cell of the notebook for trials. */
  async runCode(code: string): Promise<void> {
    if (this.#notebook && !this.#notebook.isClosed) {
      await vscode.window.showNotebookDocument(this.#notebook, { viewColumn: besideCode() });
      return runCell(this.#notebook, await insert(this.#notebook, this.#notebook.cellCount, code));
    }
    const data = new vscode.NotebookData([codeCell(code)]);
    data.metadata = newMetadata();
    this.#notebook = await showNotebook(data, { viewColumn: besideCode() });
    await runCell(this.#notebook, 0);
  }
}

/** The cell for the call that an offset is in or at. */
function codeAt(document: vscode.TextDocument, offset: number): string | null {
  const file = sourceFile(document);
  const earlier = earlierCells(document);
  const site = callSiteAt(file, offset, earlier);
  const call = site?.call ?? callAround(file, offset, earlier)?.call;
  if (!call) return null;
  return trialCode(call, site && site.part !== "class" ? argumentName(site.of, site) : null);
}

function codeCell(code: string): vscode.NotebookCellData {
  return new vscode.NotebookCellData(vscode.NotebookCellKind.Code, code, "python");
}

async function insert(
  notebook: vscode.NotebookDocument,
  index: number,
  code: string,
): Promise<number> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(notebook.uri, [vscode.NotebookEdit.insertCells(index, [codeCell(code)])]);
  await vscode.workspace.applyEdit(edit);
  return index;
}

async function runCell(notebook: vscode.NotebookDocument, index: number): Promise<void> {
  const range = new vscode.NotebookRange(index, index + 1);
  const editor = vscode.window.visibleNotebookEditors.find((each) => each.notebook === notebook);
  editor?.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  await vscode.commands.executeCommand("notebook.cell.execute", {
    ranges: [{ start: index, end: index + 1 }],
    document: notebook.uri,
  });
}
