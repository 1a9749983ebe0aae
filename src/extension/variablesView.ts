/** @file The tree "BatchNorm Variables": what the kernel of the notebook in front holds. */
import * as vscode from "vscode";
import { partsPerPage, type RowKind, type VariableRow } from "../shared/inspection.ts";
import { inspectionStringsFor } from "../shared/inspectionStrings.ts";
import { format } from "../shared/strings.ts";
import {
  descriptionOf,
  sortedRows,
  type VariableOrder,
  variableOrders,
} from "../shared/variableTexts.ts";
import { hoverColours } from "./hoverColours.ts";
import { commands, contextKeys, variablesView } from "./identity.ts";
import type { Kernels } from "./kernels.ts";
import type { LiveVariables } from "./liveVariables.ts";
import type { SelectedNotebooks } from "./selectedNotebooks.ts";
import { valueMarkdown } from "./valueHover.ts";

/** A line of the tree: a variable or a part of one, or what stands for parts that are not listed. */
export type Node =
  | { readonly kind: "row"; readonly notebook: vscode.NotebookDocument; readonly row: VariableRow }
  | {
      readonly kind: "more";
      readonly notebook: vscode.NotebookDocument;
      readonly of: VariableRow;
      readonly start: number;
    };

export function registerVariablesView(tree: VariablesTree, kernels: Kernels): vscode.Disposable {
  const view = vscode.window.createTreeView(variablesView, {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const actions = new VariableActions(kernels, view);
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    tree,
    view,
    register(commands.showVariables, () =>
      vscode.commands.executeCommand(`${variablesView}.focus`),
    ),
    register(commands.sortVariables, (order?: VariableOrder) => tree.sort(order)),
    register(commands.deleteVariable, (node?: Node) => actions.delete(node)),
    register(commands.copyVariableAsCode, (node?: Node) => actions.copyAsCode(node)),
  );
}

const icons: Readonly<Record<RowKind, string>> = {
  tensor: "symbol-array",
  layer: "symbol-class",
  container: "symbol-object",
  text: "symbol-string",
  number: "symbol-numeric",
  boolean: "symbol-boolean",
  other: "symbol-variable",
};

const orderKey = "variablesOrder";

export class VariablesTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #kernels: Kernels;
  readonly #selected: SelectedNotebooks;
  readonly #changes = new vscode.EventEmitter<Node | undefined>();
  readonly #subscriptions: vscode.Disposable;
  #refreshing: NodeJS.Timeout | null = null;

  readonly onDidChangeTreeData = this.#changes.event;

  constructor(memory: vscode.Memento, kernels: Kernels, selected: SelectedNotebooks) {
    this.#memory = memory;
    this.#kernels = kernels;
    this.#selected = selected;
    this.#subscriptions = vscode.Disposable.from(
      this.#changes,
      kernels.onDidChangeVariables(() => this.#refresh()),
      selected.onDidChange(() => this.#refresh()),
    );
    this.#tellContext();
  }

  getChildren(node?: Node): Node[] | Promise<Node[]> {
    if (node) return this.#parts(node);
    const notebook = this.#selected.current;
    const state = notebook && this.#kernels.find(notebook)?.variables.state;
    if (!notebook || !state) return [];
    return sortedRows(state.rows, this.#order).map((row) => ({ kind: "row", notebook, row }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const words = inspectionStringsFor(vscode.env.language);
    if (node.kind === "more") {
      const label = format(words.more, node.of.parts - node.start);
      const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
      item.id = `${idOf(node.notebook, node.of)} ${node.start}`;
      return item;
    }
    const { row, notebook } = node;
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(row.label, row.parts > 0 ? Collapsed : None);
    item.id = idOf(notebook, row);
    item.description = descriptionOf(row, words);
    item.iconPath = new vscode.ThemeIcon(icons[row.kind]);
    item.contextValue = row.path.steps.length === 0 ? "variable" : "part";
    item.accessibilityInformation = { label: `${row.label}: ${item.description}` };
    if (row.hasChannels && row.path.steps.length === 0) {
      item.command = {
        command: commands.showChannelStatistics,
        title: vscode.l10n.t("Show Channel Statistics"),
        arguments: [{ notebookEditor: { notebookUri: notebook.uri }, variable: row.label }],
      };
    }
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    if (node.kind === "more") return item;
    const details = await variablesOf(this.#kernels, node)?.details(node.row.path);
    if (!details) return item;
    const locale = vscode.env.language;
    item.tooltip = new vscode.MarkdownString(valueMarkdown(details, locale, hoverColours()));
    return item;
  }

  /** @param order Left out, the person chooses. */
  async sort(order?: VariableOrder): Promise<void> {
    const chosen = variableOrders.find((known) => known === order) ?? (await this.#chooseOrder());
    if (chosen === undefined) return;
    await this.#memory.update(orderKey, chosen);
    this.#changes.fire(undefined);
  }

  dispose(): void {
    if (this.#refreshing) clearTimeout(this.#refreshing);
    this.#subscriptions.dispose();
  }

  get #order(): VariableOrder {
    const kept = this.#memory.get<string>(orderKey);
    return variableOrders.find((order) => order === kept) ?? "definition";
  }

  async #chooseOrder(): Promise<VariableOrder | undefined> {
    const labels: Readonly<Record<VariableOrder, string>> = {
      definition: vscode.l10n.t("In order of definition"),
      name: vscode.l10n.t("By name"),
      type: vscode.l10n.t("By type"),
      size: vscode.l10n.t("By size, largest first"),
    };
    const items = variableOrders.map((order) => ({
      order,
      label: labels[order],
      iconPath: new vscode.ThemeIcon(order === this.#order ? "check" : "blank"),
    }));
    const placeHolder = vscode.l10n.t("How to sort the variables");
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.order;
  }

  async #parts(node: Node): Promise<Node[]> {
    const { notebook } = node;
    const of = node.kind === "row" ? node.row : node.of;
    const start = node.kind === "row" ? 0 : node.start;
    const rows = (await variablesOf(this.#kernels, node)?.parts(of.path, start)) ?? [];
    const nodes = rows.map((row): Node => ({ kind: "row", notebook, row }));
    const next = start + partsPerPage;
    return next < of.parts ? [...nodes, { kind: "more", notebook, of, start: next }] : nodes;
  }

  /** News of many variables come together; the tree is drawn once for all. */
  #refresh(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = null;
      this.#tellContext();
      this.#changes.fire(undefined);
    }, 30);
  }

  #tellContext(): void {
    const notebook = this.#selected.current;
    const state = notebook && this.#kernels.find(notebook)?.variables.state;
    const set = (key: string, value: boolean) =>
      vscode.commands.executeCommand("setContext", key, value);
    void set(contextKeys.hasNotebook, notebook !== null);
    void set(contextKeys.hasKernel, Boolean(state));
  }
}

function idOf(notebook: vscode.NotebookDocument, { path }: VariableRow): string {
  return `${notebook.uri} ${JSON.stringify(path)}`;
}

function variablesOf(kernels: Kernels, { notebook }: Node): LiveVariables | undefined {
  return kernels.find(notebook)?.variables;
}

/** What can be done with a line of the tree. */
class VariableActions {
  readonly #kernels: Kernels;
  readonly #view: vscode.TreeView<Node>;

  constructor(kernels: Kernels, view: vscode.TreeView<Node>) {
    this.#kernels = kernels;
    this.#view = view;
  }

  /** @param clicked Left out where a key was pressed, on the selected line. */
  async delete(clicked?: Node): Promise<void> {
    const node = clicked ?? this.#view.selection[0];
    if (node?.kind !== "row" || node.row.path.steps.length > 0) return;
    await this.#idle(node)?.delete(node.row.path.name);
  }

  async copyAsCode(clicked?: Node): Promise<void> {
    const node = clicked ?? this.#view.selection[0];
    const variables = node && this.#idle(node);
    if (!variables || node.kind !== "row") return;
    const { label, path } = node.row;
    const answer = await variables.code(path);
    if (!answer) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t("The variable {0} does not exist any more.", label),
      );
    } else if ("code" in answer) {
      await vscode.env.clipboard.writeText(answer.code);
      vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0} as Python code", label), 3000);
    } else if (answer.refused === "tooMany") {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          "{0} is not copied: it has {1} values or more, and code is written for at most {2}, or for any number of equal or evenly spaced ones.",
          label,
          answer.count.toLocaleString(vscode.env.language),
          answer.most.toLocaleString(vscode.env.language),
        ),
      );
    } else {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          "{0} is not copied: there is no code for a value of type {1}.",
          label,
          answer.type,
        ),
      );
    }
  }

  /** Undefined, and said so, while a cell runs. */
  #idle(node: Node): LiveVariables | undefined {
    const variables = variablesOf(this.#kernels, node);
    if (!variables?.busy) return variables;
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "A cell is running. Its variables can be changed and copied when it has ended.",
      ),
    );
    return undefined;
  }
}
