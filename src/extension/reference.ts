/** @file The argument reference in a panel, and a quick pick that looks arguments up while typing. */
import * as vscode from "vscode";
import { argumentName } from "../keras/callFacts.ts";
import {
  type ArgumentEntry,
  anchorOf,
  argumentDocumentation,
  argumentEntries,
  argumentOf,
} from "../keras/documentation.ts";
import { exampleCode } from "../keras/examples.ts";
import { insertionOf } from "../keras/insertion.ts";
import { callSiteAt } from "../python/callSite.ts";
import { callAround } from "../python/calls.ts";
import type { FromReference, ToReference } from "../shared/reference.ts";
import { referenceStringsFor } from "../shared/referenceStrings.ts";
import { besideCode } from "./codePlace.ts";
import { documentationLanguage } from "./documentationLanguage.ts";
import { commands, referencePanel, settings } from "./identity.ts";
import { referencePayload } from "./referencePayload.ts";
import { earlierCells, rangeIn, sourceFile } from "./sourceFiles.ts";
import type { Trials } from "./trials.ts";
import { webviewPage } from "./webviewPage.ts";

export function registerReference(reference: Reference): vscode.Disposable {
  return vscode.Disposable.from(
    reference,
    vscode.commands.registerCommand(commands.showArgumentReference, (anchor?: unknown) =>
      reference.show(typeof anchor === "string" ? anchor : anchorAtCursor()),
    ),
    vscode.commands.registerCommand(commands.lookUpArgument, () => lookUp(reference)),
  );
}

/** The one page; whoever asks for it again gets it scrolled to another place. */
export class Reference implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #trials: Trials;
  readonly #configuration: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #isReady = false;
  /** Where to scroll once the page is ready. */
  #anchor: string | null = null;

  constructor(extension: vscode.Uri, trials: Trials) {
    this.#extension = extension;
    this.#trials = trials;
    this.#configuration = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settings.documentationLanguage)) this.#post(null);
    });
  }

  show(anchor: string | null): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      this.#post(anchor);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      referencePanel,
      referenceStringsFor(documentationLanguage()).title,
      { viewColumn: besideCode(), preserveFocus: true },
      { enableFindWidget: true },
    );
    this.adopt(panel, anchor);
  }

  /** Fills a panel, which may come from before the window was reloaded. */
  adopt(panel: vscode.WebviewPanel, anchor: string | null): void {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#isReady = false;
    this.#anchor = anchor;
    panel.iconPath = vscode.Uri.joinPath(this.#extension, "media", "icon.png");
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: FromReference) => this.#receive(message));
    webviewPage(panel.webview, this.#extension, "reference.js", ["reference.css"]);
  }

  dispose(): void {
    this.#configuration.dispose();
    this.#panel?.dispose();
  }

  #receive(message: FromReference): void {
    if (message.kind === "ready") {
      this.#isReady = true;
      this.#post(this.#anchor);
      this.#anchor = null;
    } else if (message.kind === "switchLanguage") {
      void vscode.commands.executeCommand(commands.switchDocumentationLanguage);
    } else {
      const entry = argumentEntries.find((each) => anchorOf(each) === message.anchor);
      if (!entry) return;
      if (message.kind === "try") void this.#trials.runCode(exampleCode(entry));
      else void insertArgument(entry);
    }
  }

  #post(anchor: string | null): void {
    if (!this.#panel) return;
    if (!this.#isReady) {
      this.#anchor = anchor ?? this.#anchor;
      return;
    }
    const payload = referencePayload(documentationLanguage());
    this.#panel.title = payload.strings.title;
    const message: ToReference = { kind: "show", payload, anchor };
    void this.#panel.webview.postMessage(message);
  }
}

/** The argument, class or function at the cursor; null where there is none. */
function anchorAtCursor(): string | null {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "python") return null;
  const offset = editor.document.offsetAt(editor.selection.active);
  const site = callSiteAt(sourceFile(editor.document), offset, earlierCells(editor.document));
  if (!site) return null;
  const name = argumentName(site.of, site);
  const entry = argumentEntries.find((each) => each.of === site.of && each.name === name);
  return entry ? anchorOf(entry) : site.of === "function" ? "op" : "layer";
}

interface ArgumentPick extends vscode.QuickPickItem {
  readonly entry?: ArgumentEntry;
}

/** Every argument with its words; takes those into the call at the cursor that it can take. */
async function lookUp(reference: Reference): Promise<void> {
  const open: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("book"),
    tooltip: vscode.l10n.t("Show in the argument reference"),
  };
  const call = callAtCursor();
  const pick = vscode.window.createQuickPick<ArgumentPick>();
  pick.items = argumentPicks(call?.of ?? null).map((item) => ({ ...item, buttons: [open] }));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.placeholder = call
    ? vscode.l10n.t("Argument to insert into the call at the cursor")
    : vscode.l10n.t("Argument to read about");
  pick.onDidTriggerItemButton(({ item: { entry } }) => {
    if (entry) reference.show(anchorOf(entry));
  });
  pick.onDidAccept(() => {
    const entry = pick.selectedItems[0]?.entry;
    pick.hide();
    if (!entry) return;
    if (entry.of === call?.of) void insertArgument(entry);
    else reference.show(anchorOf(entry));
  });
  pick.onDidHide(() => pick.dispose());
  pick.show();
}

/** Those of the call at the cursor come first. */
function argumentPicks(first: ArgumentEntry["of"] | null): ArgumentPick[] {
  const language = documentationLanguage();
  const { titles } = referenceStringsFor(language);
  const kinds = (["constructor", "call", "function"] as const).toSorted(
    (a, b) => Number(b === first) - Number(a === first),
  );
  const names = { constructor: titles.arguments, call: titles.call, function: titles.function };
  return kinds.flatMap((kind): ArgumentPick[] => [
    { label: names[kind], kind: vscode.QuickPickItemKind.Separator },
    ...argumentEntries
      .filter(({ of }) => of === kind)
      .map((entry) => {
        const { default: value } = argumentOf(entry);
        const { summary } = argumentDocumentation(entry, language);
        return {
          label: entry.name,
          description: value === null ? "" : `= ${value}`,
          detail: summary.replaceAll("`", ""),
          entry,
        };
      }),
  ]);
}

function callAtCursor() {
  const editor = lastPythonEditor();
  if (!editor) return null;
  const { document, selection } = editor;
  const offset = document.offsetAt(selection.active);
  return callAround(sourceFile(document), offset, earlierCells(document))?.call ?? null;
}

/** The Python editor in front, or beside the reference. */
function lastPythonEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [activeTextEditor, ...visibleTextEditors].find(
    (editor) => editor?.document.languageId === "python",
  );
}

/** Writes an argument into the call at the cursor, with its default to be typed over. */
async function insertArgument(entry: ArgumentEntry): Promise<void> {
  const editor = lastPythonEditor();
  const insertion = editor && insertionAt(editor, entry);
  if (!insertion) {
    const message = vscode.l10n.t(
      "First put the cursor between the parentheses of a call of BatchNormalization, where the argument is to go.",
    );
    void vscode.window.showInformationMessage(message);
    return;
  }
  const { document, viewColumn } = editor;
  const inNotebook = document.uri.scheme === "vscode-notebook-cell";
  const shown = inNotebook
    ? editor
    : await vscode.window.showTextDocument(document, viewColumn ?? vscode.ViewColumn.Active);
  if (insertion.kind === "given") {
    const range = rangeIn(document, insertion.span);
    shown.selection = new vscode.Selection(range.start, range.end);
  } else {
    const snippet = new vscode.SnippetString(insertion.text);
    await shown.insertSnippet(snippet, document.positionAt(insertion.offset));
  }
}

function insertionAt({ document, selection }: vscode.TextEditor, entry: ArgumentEntry) {
  const offset = document.offsetAt(selection.active);
  return insertionOf(entry, sourceFile(document), offset, earlierCells(document));
}
