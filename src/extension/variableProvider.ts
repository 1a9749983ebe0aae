/**
 * @file Variables for the editor's own variables view, where the editor has that interface: it is
 * not part of the stable API, so its types are written down here and nothing depends on it.
 */
import type * as vscode from "vscode";
import type { PathStep, VariablePath, VariableRow } from "../shared/inspection.ts";
import { inspectionStringsFor } from "../shared/inspectionStrings.ts";
import { descriptionOf } from "../shared/variableTexts.ts";
import type { Kernels } from "./kernels.ts";

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly expression?: string;
  readonly type?: string;
  readonly language?: string;
}

interface VariablesResult {
  readonly variable: Variable;
  readonly hasNamedChildren: boolean;
  readonly indexedChildrenCount: number;
}

interface VariableProvider {
  readonly onDidChangeVariables: vscode.Event<vscode.NotebookDocument>;
  provideVariables(
    notebook: vscode.NotebookDocument,
    parent: Variable | undefined,
    kind: 1 | 2,
    start: number,
    token: vscode.CancellationToken,
  ): AsyncIterable<VariablesResult>;
}

/** The editor asks for parts with names, and for those with numbers, which come in pages. */
const named = 1;

/** Sets the controller's provider, where the editor lets this extension do so. */
export function offerVariables(
  controller: vscode.NotebookController,
  kernels: Kernels,
  locale: string,
): void {
  try {
    Object.assign(controller, { variableProvider: variableProvider(kernels, locale) });
  } catch {
    // An editor without the interface refuses: the tree of variables is there in any case.
  }
}

/** The provider itself. */
export function variableProvider(
  kernels: Pick<Kernels, "find" | "onDidChangeVariables">,
  locale: string,
): VariableProvider {
  const words = inspectionStringsFor(locale);
  const paths = new WeakMap<Variable, VariablePath>();
  const result = (row: VariableRow): VariablesResult => {
    const variable: Variable = {
      name: row.label,
      value: descriptionOf(row, words),
      type: row.type,
      language: "python",
      ...expressionOf(row.path),
    };
    paths.set(variable, row.path);
    const numbered = row.kind === "container" && row.type !== "dict";
    return {
      variable,
      hasNamedChildren: !numbered && row.parts > 0,
      indexedChildrenCount: numbered ? row.parts : 0,
    };
  };
  return {
    onDidChangeVariables: kernels.onDidChangeVariables,
    async *provideVariables(notebook, parent, kind, start, token) {
      const variables = kernels.find(notebook)?.variables;
      if (!variables) return;
      if (!parent) {
        if (kind === named) for (const row of variables.state?.rows ?? []) yield result(row);
        return;
      }
      const path = paths.get(parent);
      const rows = path ? await variables.parts(path, start) : null;
      for (const row of rows ?? []) {
        if (token.isCancellationRequested) return;
        yield result(row);
      }
    },
  };
}

/** Python that names the value, where there is any. */
function expressionOf({ name, steps }: VariablePath): { expression?: string } {
  const named = (step: PathStep) => "attribute" in step;
  if (!steps.every(named)) return {};
  return {
    expression: [name, ...steps.map((step) => (step as { attribute: string }).attribute)].join("."),
  };
}
