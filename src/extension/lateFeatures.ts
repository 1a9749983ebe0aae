/**
 * @file Loads the features when something first needs them: a Python text that names the layer, a
 * notebook of this kernel, a command, or a page. Until then their code is not read.
 */
import * as vscode from "vscode";
import { namesLayer } from "../python/layerWords.ts";
import type { Features } from "./features.ts";
import {
  callPages,
  commands,
  linkCommands,
  playgroundPanel,
  problemPages,
  referencePanel,
} from "./identity.ts";
import type { Kernels } from "./kernels.ts";
import type { SelectedNotebooks } from "./selectedNotebooks.ts";

/** Commands that the features register. */
const lateCommands = [
  commands.openPlayground,
  commands.showArgumentReference,
  commands.lookUpArgument,
  commands.tryCall,
  commands.exportPythonScript,
  commands.switchToPythonKernel,
  commands.switchDocumentationLanguage,
  ...Object.values(linkCommands),
];

export class LateFeatures implements vscode.Disposable {
  readonly #start: () => Promise<Features>;
  readonly #lasting: vscode.Disposable;
  /** What stands in for the features, until they are there. */
  readonly #standIns: vscode.Disposable;
  #features: Promise<Features> | undefined;
  #isDisposed = false;

  constructor(extension: vscode.Uri, kernels: Kernels, selected: SelectedNotebooks) {
    this.#start = async () => {
      const { startFeatures } = await import("./features.ts");
      this.#standIns.dispose();
      return startFeatures(extension, kernels, selected);
    };
    this.#lasting = vscode.Disposable.from(
      ...[referencePanel, playgroundPanel].map((type) => this.#restore(type)),
      ...[problemPages, callPages].map((scheme) => this.#provide(scheme)),
    );
    const { workspace } = vscode;
    const lookAtNotebooks = () => {
      if (selected.current) void this.load();
    };
    this.#standIns = vscode.Disposable.from(
      ...lateCommands.map((command) => this.#standFor(command)),
      selected.onDidChange(lookAtNotebooks),
      workspace.onDidOpenTextDocument((document) => this.#look(document, document.getText())),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        for (const { text, range } of contentChanges) {
          // What is typed letter by letter is a word only together with its line.
          const line = Math.min(range.start.line, document.lineCount - 1);
          this.#look(document, `${document.lineAt(line).text}\n${text}`);
        }
      }),
    );
    // The editor does not wait for what is open already.
    setImmediate(() => {
      lookAtNotebooks();
      for (const document of workspace.textDocuments) this.#look(document, document.getText());
    });
  }

  get areAskedFor(): boolean {
    return this.#features !== undefined;
  }

  load(): Promise<Features> {
    this.#features ??= this.#start().then((features) => {
      if (this.#isDisposed) features.dispose();
      return features;
    });
    return this.#features;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#standIns.dispose();
    this.#lasting.dispose();
    void this.#features?.then((features) => features.dispose());
  }

  #look({ languageId }: vscode.TextDocument, text: string): void {
    if (languageId === "python" && !this.#features && namesLayer(text)) void this.load();
  }

  /** Runs a command once the features have registered it themselves. */
  #standFor(command: string): vscode.Disposable {
    return vscode.commands.registerCommand(command, async (...given: unknown[]) => {
      await this.load();
      return vscode.commands.executeCommand(command, ...given);
    });
  }

  #restore(type: string): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(type, {
      deserializeWebviewPanel: async (panel, kept: unknown) =>
        (await this.load()).panels[type](panel, kept),
    });
  }

  #provide(scheme: string): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: async (address) => (await this.load()).pages[scheme](address),
    });
  }
}
