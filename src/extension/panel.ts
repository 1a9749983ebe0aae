/** @file The statistics panel: the per-channel view of one variable of a running kernel. */
import * as vscode from "vscode";
import { formatShape } from "../shared/channelTable.ts";
import type { ChannelsPayload } from "../shared/outputs.ts";
import type { FromPanel, PanelContent, ToPanel, VariableSummary } from "../shared/protocol.ts";
import type { Answer, Question } from "../shared/questions.ts";
import { viewStringsFor } from "../shared/strings.ts";
import { type ToolbarTarget, targetNotebook } from "./commands.ts";
import { channelsPanel, commands } from "./identity.ts";
import type { KernelClient } from "./kernelClient.ts";
import type { Kernels } from "./kernels.ts";
import { explain } from "./notebookKernel.ts";
import { saveFile } from "./saving.ts";
import { answerOf } from "./viewQuestions.ts";
import { webviewPage } from "./webviewPage.ts";

export function registerPanel(extension: vscode.Uri, kernels: Kernels): vscode.Disposable {
  const panels = new Panels(extension, kernels);
  return vscode.Disposable.from(
    panels,
    vscode.commands.registerCommand(
      commands.showChannelStatistics,
      (target?: ToolbarTarget | string) =>
        showStatistics(kernels, panels, target).catch((error) => {
          void vscode.window.showErrorMessage(explain(error));
        }),
    ),
    vscode.window.registerWebviewPanelSerializer(channelsPanel, {
      // The page keeps the last message in its state.
      async deserializeWebviewPanel(panel, state: { content?: PanelContent } | undefined) {
        if (state?.content) panels.adopt(panel, state.content.notebook, state.content.payload);
        else panel.dispose();
      },
    }),
  );
}

/** @param target A variable's name; without one the person chooses among those that have channels. */
async function showStatistics(
  kernels: Kernels,
  panels: Panels,
  target?: ToolbarTarget | string,
): Promise<void> {
  const notebook = targetNotebook(typeof target === "object" ? target : undefined);
  const client = notebook && kernels.find(notebook)?.client;
  if (!client) {
    const message = vscode.l10n.t(
      "No kernel is running. Run a cell of a notebook with the kernel BatchNorm Lab first.",
    );
    void vscode.window.showInformationMessage(message);
    return;
  }
  if (client.busy) {
    const message = vscode.l10n.t(
      "A cell is running. Its variables can be shown when it has ended.",
    );
    void vscode.window.showInformationMessage(message);
    return;
  }
  const name =
    typeof target === "string" ? target : (target?.variable ?? (await pickVariable(client)));
  if (name === undefined) return;
  const payload = await client.channels(name);
  if (payload) panels.show(notebook.uri, name, payload);
  else {
    const message = vscode.l10n.t("The variable {0} has no channels to show.", name);
    void vscode.window.showInformationMessage(message);
  }
}

async function pickVariable(client: KernelClient): Promise<string | undefined> {
  const variables = (await client.variables()).filter((variable) => variable.hasChannels);
  if (variables.length === 0) {
    const message = vscode.l10n.t(
      "No variable has channels yet. Make a tensor or a layer in a cell, such as: x = np.ones((8, 4))",
    );
    void vscode.window.showInformationMessage(message);
    return undefined;
  }
  const items = variables.map((variable) => ({
    label: variable.name,
    description: describe(variable),
  }));
  const placeHolder = vscode.l10n.t("Variable whose channels to show");
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))
    ?.label;
}

/** `float32 (30, 32, 32, 64)`, or the type's name of what has no shape. */
function describe({ type, dtype, shape }: VariableSummary): string {
  if (!shape) return type;
  return [dtype, formatShape(shape)].filter(Boolean).join(" ");
}

/** The open panels. A variable that is shown already is shown in its panel again. */
class Panels implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #kernels: Kernels;
  /** Keyed by notebook and variable. */
  readonly #shown = new Map<string, ChannelsPanel>();
  readonly #open = new Set<ChannelsPanel>();

  constructor(extension: vscode.Uri, kernels: Kernels) {
    this.#extension = extension;
    this.#kernels = kernels;
  }

  show(notebook: vscode.Uri, name: string, payload: ChannelsPayload): void {
    const known = this.#shown.get(keyOf(String(notebook), name));
    if (known) {
      known.show(payload);
      return;
    }
    const panel = vscode.window.createWebviewPanel(channelsPanel, name, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
    });
    this.adopt(panel, String(notebook), payload);
  }

  /** Fills a panel, which may come from before the window was reloaded. */
  adopt(panel: vscode.WebviewPanel, notebook: string, payload: ChannelsPayload): void {
    const ask = (question: Question) => {
      const { notebookDocuments } = vscode.workspace;
      const owner = notebookDocuments.find(({ uri }) => String(uri) === notebook);
      return answerOf(this.#kernels, owner, question);
    };
    const opened = new ChannelsPanel(panel, this.#extension, { payload, notebook }, ask);
    const key = keyOf(notebook, payload.name ?? "");
    this.#open.add(opened);
    this.#shown.set(key, opened);
    panel.onDidDispose(() => {
      this.#open.delete(opened);
      if (this.#shown.get(key) === opened) this.#shown.delete(key);
    });
  }

  dispose(): void {
    for (const panel of [...this.#open]) panel.dispose();
  }
}

function keyOf(notebook: string, name: string): string {
  return `${notebook} ${name}`;
}

class ChannelsPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #notebook: string;
  #payload: ChannelsPayload;

  constructor(
    panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    { payload, notebook }: Pick<PanelContent, "payload" | "notebook">,
    ask: (question: Question) => Promise<Answer>,
  ) {
    this.#panel = panel;
    this.#notebook = notebook;
    this.#payload = payload;
    panel.iconPath = vscode.Uri.joinPath(extension, "media", "icon.png");
    // The page asks when it is ready: at first, and each time it was hidden and made anew.
    panel.webview.onDidReceiveMessage(async (message: FromPanel) => {
      switch (message.kind) {
        case "ready":
          this.#postContent();
          break;
        case "save":
          await saveFile(message.file);
          break;
        case "ask":
          this.#post({ kind: "answer", id: message.id, answer: await ask(message.question) });
      }
    });
    webviewPage(panel.webview, extension, "panel.js", ["views.css"]);
  }

  show(payload: ChannelsPayload): void {
    this.#payload = payload;
    this.#postContent();
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #postContent(): void {
    const strings = viewStringsFor(vscode.env.language);
    this.#post({ kind: "show", payload: this.#payload, strings, notebook: this.#notebook });
  }

  #post(message: ToPanel): void {
    void this.#panel.webview.postMessage(message);
  }
}
