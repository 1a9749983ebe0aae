/** @file Above each call of the layer: try it, explain it, and show the statistics of what it made. */
import * as vscode from "vscode";
import { callPage } from "../keras/callPage.ts";
import { type Constructor, className, Inspection } from "../keras/diagnostics/inspection.ts";
import { targetOf } from "../keras/diagnostics/statements.ts";
import { type CodePlace, documentAt, isCodePlace } from "./codePlace.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { callPages, commands, linkCommands, settings } from "./identity.ts";
import type { Kernels } from "./kernels.ts";
import { pythonDocuments } from "./pythonDocuments.ts";
import { cellOf, earlierCells, rangeIn, sourceFile } from "./sourceFiles.ts";

export function registerCodeLens(kernels: Kernels): vscode.Disposable {
  const lenses = new Lenses(kernels);
  return vscode.Disposable.from(
    lenses,
    vscode.languages.registerCodeLensProvider(pythonDocuments, lenses),
    vscode.commands.registerCommand(linkCommands.explainCall, explain),
  );
}

class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #kernels: Kernels;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changes.event;
  readonly #listeners: vscode.Disposable;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
    this.#listeners = vscode.Disposable.from(
      this.#changes,
      kernels.onDidChangeVariables(() => this.#changes.fire()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settings.codeLens)) this.#changes.fire();
      }),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const configuration = vscode.workspace.getConfiguration(undefined, document);
    if (!configuration.get<boolean>(settings.codeLens, true)) return [];
    const file = sourceFile(document);
    const earlier = earlierCells(document);
    if (![file, ...earlier].some(({ text }) => text.includes(className))) return [];
    const lines = new Set<number>();
    // A lens that went while its call is edited would make the text jump at every key.
    const { everyConstructor } = new Inspection(file, earlier, false);
    return everyConstructor.flatMap((maker) => {
      const range = rangeIn(document, maker.node.firstChild!);
      // Two calls on one line would make a row of words that nobody can tell apart.
      if (lines.has(range.start.line)) return [];
      lines.add(range.start.line);
      return this.#commandsFor(maker, document).map(
        (command) => new vscode.CodeLens(range, command),
      );
    });
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #commandsFor(maker: Constructor, document: vscode.TextDocument): vscode.Command[] {
    const place: CodePlace = {
      uri: document.uri.toString(),
      offset: maker.node.firstChild!.to - 1,
    };
    const name = this.#liveName(maker, document);
    return [
      {
        title: vscode.l10n.t("Try"),
        tooltip: vscode.l10n.t("Run this call in a cell"),
        command: commands.tryCall,
        arguments: [place],
      },
      {
        title: vscode.l10n.t("Explain"),
        tooltip: vscode.l10n.t("Explain this call's arguments"),
        command: linkCommands.explainCall,
        arguments: [place],
      },
      ...(name === null
        ? []
        : [
            {
              title: vscode.l10n.t("Show statistics"),
              tooltip: vscode.l10n.t("Show the statistics of each channel of {0}", name),
              command: commands.showChannelStatistics,
              arguments: [name],
            },
          ]),
    ];
  }

  /** The variable that a cell gives the layer to, where the notebook's kernel has it. */
  #liveName({ node }: Constructor, document: vscode.TextDocument): string | null {
    const found = cellOf(document);
    const kernel = found && this.#kernels.find(found.notebook);
    const statement = node.parent;
    if (!kernel || statement?.parent?.name !== "Script") return null;
    const name = targetOf(statement, sourceFile(document));
    const live = kernel.variables.state?.rows.some(
      (each) => each.label === name && each.hasChannels,
    );
    return name !== null && live ? name : null;
  }
}

async function explain(place: unknown): Promise<void> {
  if (!isCodePlace(place)) return;
  const query = JSON.stringify({ uri: place.uri, offset: place.offset });
  const page = vscode.Uri.from({ scheme: callPages, path: `/${className}.md`, query });
  await vscode.commands
    .executeCommand("markdown.showPreviewToSide", page)
    .then(undefined, () =>
      vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside }),
    );
}

/** The text of the page about the call that a page's address names. */
export function callPageAt({ query }: vscode.Uri): string | null {
  const place: unknown = JSON.parse(query);
  const document = isCodePlace(place) ? documentAt(place) : undefined;
  if (!document) return null;
  const { offset } = place as CodePlace;
  return callPage(sourceFile(document), offset, documentationLanguage(), earlierCells(document));
}
