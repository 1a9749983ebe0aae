/**
 * @file The playground: a page of controls over a kernel of its own, opened by command, from a call
 * in the editor, or again after a reload.
 */
import * as vscode from "vscode";
import { readNpy } from "../formats/npy.ts";
import { argumentWords } from "../keras/documentation.ts";
import { languageOf } from "../keras/languages.ts";
import { constructorArguments } from "../keras/signature.ts";
import { layerArguments } from "../keras/trial.ts";
import { packTensor } from "../kernel/packedTensors.ts";
import { callAround } from "../python/calls.ts";
import {
  defaultPlayground,
  type PlaygroundInput,
  type PlaygroundState,
  playgroundCells,
  playgroundScript,
  readPlayground,
} from "../shared/playground.ts";
import type { PlaygroundArgument } from "../shared/playgroundArguments.ts";
import type { FromPlayground, KeptPlayground, ToPlayground } from "../shared/playgroundMessages.ts";
import { playgroundStringsFor } from "../shared/playgroundStrings.ts";
import type { PackedTensor, ViewQuestion } from "../shared/protocol.ts";
import { viewStringsFor } from "../shared/strings.ts";
import { showNotebook } from "./commands.ts";
import { commands, playgroundPanel } from "./identity.ts";
import { KernelEnded } from "./kernelClient.ts";
import type { Kernels } from "./kernels.ts";
import { explain } from "./notebookKernel.ts";
import { newMetadata } from "./notebookMetadata.ts";
import { PlaygroundKernel, resultMessages } from "./playgroundKernel.ts";
import { saveFile } from "./saving.ts";
import { earlierCells, sourceFile } from "./sourceFiles.ts";
import { webviewPage } from "./webviewPage.ts";

/** What the command may be given: arguments as Python source, by name. */
export interface PlaygroundTarget {
  readonly layer?: Readonly<Record<string, string>>;
}

export function registerPlayground(playgrounds: Playgrounds): vscode.Disposable {
  return vscode.Disposable.from(
    playgrounds,
    vscode.commands.registerCommand(commands.openPlayground, (target?: PlaygroundTarget) => {
      const panel = vscode.window.createWebviewPanel(
        playgroundPanel,
        playgroundStringsFor(vscode.env.language).title,
        vscode.ViewColumn.Active,
      );
      playgrounds.fill(panel, {
        ...defaultPlayground,
        layer: target?.layer ?? argumentsAtCursor(),
      });
    }),
  );
}

/** The playgrounds that are open. */
export class Playgrounds implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #kernels: Kernels;
  readonly #open = new Set<Playground>();

  constructor(extension: vscode.Uri, kernels: Kernels) {
    this.#extension = extension;
    this.#kernels = kernels;
  }

  fill(panel: vscode.WebviewPanel, state: PlaygroundState): void {
    const playground = new Playground(panel, this.#extension, this.#kernels, state);
    this.#open.add(playground);
    panel.onDidDispose(() => this.#open.delete(playground));
  }

  /** Fills a panel from before the window was reloaded. */
  adopt(panel: vscode.WebviewPanel, kept: KeptPlayground | undefined): void {
    this.fill(panel, readPlayground(kept?.settings));
  }

  dispose(): void {
    for (const playground of [...this.#open]) playground.dispose();
  }
}

/** The arguments of the `BatchNormalization(…)` call that the cursor is in; none elsewhere. */
function argumentsAtCursor(): Readonly<Record<string, string>> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "python") return {};
  const { document, selection } = editor;
  const offset = document.offsetAt(selection.active);
  const found = callAround(sourceFile(document), offset, earlierCells(document));
  return found && found.call.of !== "function" ? layerArguments(found.call) : {};
}

class Playground implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #kernels: Kernels;
  readonly #kernel: PlaygroundKernel;
  #state: PlaygroundState;
  /** Knows what the page has already. */
  #message = resultMessages();

  constructor(
    panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    kernels: Kernels,
    state: PlaygroundState,
  ) {
    this.#panel = panel;
    this.#kernels = kernels;
    this.#state = state;
    this.#kernel = new PlaygroundKernel(
      () => kernels.take(),
      (input) => this.#fetch(input),
    );
    panel.iconPath = vscode.Uri.joinPath(extension, "media", "icon.png");
    panel.webview.onDidReceiveMessage((message: FromPlayground) => this.#receive(message));
    panel.onDidDispose(() => this.#kernel.dispose());
    webviewPage(panel.webview, extension, "playground.js", ["views.css", "playground.css"]);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #receive(message: FromPlayground): void {
    switch (message.kind) {
      case "ready":
        // Made anew after it was hidden, the page has what it kept.
        if (message.saved !== undefined) this.#state = readPlayground(message.saved);
        this.#open();
        break;
      case "changed":
        this.#state = readPlayground(message.state);
        void this.#show();
        break;
      case "chooseInput":
        void this.#chooseInput(message.input);
        break;
      case "ask":
        void this.#answer(message);
        break;
      case "save":
        void saveFile(message.file);
        break;
      case "copyCode":
        void vscode.env.clipboard.writeText(playgroundScript(this.#state)).then(() => {
          vscode.window.setStatusBarMessage(vscode.l10n.t("Keras code copied"), 3000);
        });
        break;
      case "openNotebook":
        void showNotebook(asNotebook(this.#state));
        break;
    }
  }

  #post(message: ToPlayground): void {
    void this.#panel.webview.postMessage(message);
  }

  async #answer({ id, question }: ViewQuestion): Promise<void> {
    this.#post({ kind: "answer", id, answer: await this.#kernel.ask(question) });
  }

  #open(): void {
    this.#message = resultMessages();
    const { language } = vscode.env;
    this.#post({
      kind: "open",
      state: this.#state,
      arguments: argumentsFor(language),
      strings: playgroundStringsFor(language),
      viewStrings: viewStringsFor(language),
    });
  }

  async #show(): Promise<void> {
    const state = this.#state;
    try {
      this.#post(this.#message(state, await this.#kernel.show(state)));
    } catch (error) {
      if (error instanceof KernelEnded && error.reason === "stopped") return;
      const message = explain(error);
      this.#post({
        kind: "result",
        state,
        result: { status: "error", name: vscode.l10n.t("Kernel restarted"), message },
      });
    }
  }

  async #chooseInput(kind: "file" | "variable"): Promise<void> {
    const input = kind === "file" ? await chooseFile() : await this.#chooseVariable();
    if (!input) return;
    this.#state = { ...this.#state, input, steps: this.#state.training ? 1 : 0 };
    this.#open();
  }

  async #chooseVariable(): Promise<PlaygroundInput | null> {
    const items: (vscode.QuickPickItem & { input: PlaygroundInput })[] = [];
    for (const notebook of vscode.workspace.notebookDocuments) {
      const client = this.#kernels.find(notebook)?.client;
      if (!client || client.busy) continue;
      for (const { name, type, dtype, shape } of await client.variables()) {
        if (type !== "ndarray" || !shape || shape.length === 0) continue;
        items.push({
          label: name,
          description: `${dtype} (${shape.join(", ")})`,
          detail: vscode.workspace.asRelativePath(notebook.uri),
          input: { kind: "variable", notebook: notebook.uri.toString(), name },
        });
      }
    }
    if (items.length === 0) {
      const message = vscode.l10n.t(
        "No notebook that runs on BatchNorm Lab has an array yet. Run a cell such as: x = np.ones((8, 4))",
      );
      void vscode.window.showInformationMessage(message);
      return null;
    }
    const placeHolder = vscode.l10n.t("Array that the layer is called with");
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.input ?? null;
  }

  async #fetch(input: PlaygroundInput): Promise<PackedTensor | null> {
    if (input.kind === "file") {
      return packTensor(readNpy(await vscode.workspace.fs.readFile(vscode.Uri.parse(input.uri))));
    }
    if (input.kind !== "variable") return null;
    const notebook = vscode.workspace.notebookDocuments.find(
      ({ uri }) => uri.toString() === input.notebook,
    );
    return (notebook && (await this.#kernels.find(notebook)?.client.tensor(input.name))) ?? null;
  }
}

async function chooseFile(): Promise<PlaygroundInput | null> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("NumPy file that the layer is called with"),
      filters: { NumPy: ["npy"] },
    })) ?? [];
  return uri
    ? { kind: "file", uri: uri.toString(), path: vscode.workspace.asRelativePath(uri) }
    : null;
}

function argumentsFor(language: string): PlaygroundArgument[] {
  return constructorArguments.map((argument) => ({
    ...argument,
    words: argumentWords(argument.name, languageOf(language)),
  }));
}

function asNotebook(state: PlaygroundState): vscode.NotebookData {
  const cells = playgroundCells(state).map(
    (code) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, code, "python"),
  );
  const data = new vscode.NotebookData(cells);
  data.metadata = newMetadata();
  return data;
}
