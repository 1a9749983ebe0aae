/** @file Problems of Python files and cells, shown while they are typed. */
import * as vscode from "vscode";
import { type Code, codes, isCode, type Severity, severities } from "../keras/diagnostics/codes.ts";
import { diagnose } from "../keras/diagnostics/diagnose.ts";
import type { Problem } from "../keras/diagnostics/problem.ts";
import { settings } from "./identity.ts";
import { pageOf } from "./problemPages.ts";
import { sentenceOf } from "./problemWords.ts";
import { cellOf, earlierCells, rangeIn, sourceFile } from "./sourceFiles.ts";

/** Who says it, in the Problems view. */
const source = "BatchNorm Lab";

/** What type checkers find as well, where they can read Keras. */
const typeProblems: ReadonlySet<Code> = new Set([
  "argument-type",
  "axis-list",
  "repeated-argument",
  "tensor-as-argument",
]);

/** Milliseconds after the last key until a file is looked at again. */
const patience = 150;

/** Milliseconds after which the many cells of a notebook let others have their turn. */
const turn = 20;

/** Schemes of documents that people edit; others show history, output and the like. */
const edited = /^(?:file|untitled|vscode-notebook-cell|vscode-remote|vscode-vfs|vscode-userdata)$/;

/** Packages that are installed, which their users do not edit: Pylance says nothing of them either. */
const installed = /\/(?:site|dist)-packages\//;

/** A problem and what the editor shows of it. */
export interface ShownProblem {
  readonly problem: Problem;
  readonly diagnostic: vscode.Diagnostic;
}

export class Diagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("batchnorm-lab");
  readonly #shown = new WeakMap<vscode.TextDocument, readonly ShownProblem[]>();
  /** Documents that wait for their turn. */
  readonly #waiting = new Set<vscode.TextDocument>();
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners: vscode.Disposable;

  constructor() {
    const { workspace } = vscode;
    this.#listeners = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#ask(document)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#ask(document);
      }),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        // Cells that come, go or move change what those after them can use.
        const [first] = contentChanges.length > 0 ? notebook.getCells() : [];
        if (first) this.#ask(first.document);
      }),
      workspace.onDidChangeConfiguration((change) => {
        if (
          change.affectsConfiguration(settings.diagnosticsEnabled) ||
          change.affectsConfiguration(settings.diagnosticsSeverity)
        )
          this.#askAll();
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const changed = new Set(uris.map(String));
        for (const document of workspace.textDocuments)
          if (this.#shown.get(document)?.length && changed.has(String(document.uri)))
            this.#publish(document);
      }),
    );
    this.#askAll();
  }

  /** A document's problems, also those that somebody else shows. */
  shownIn(document: vscode.TextDocument): readonly ShownProblem[] {
    this.#look(document);
    return this.#shown.get(document) ?? [];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.dispose();
    this.#collection.dispose();
  }

  #askAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#ask(document);
  }

  /** Looks at a document soon; at a cell, and with it at all cells after it. */
  #ask(document: vscode.TextDocument): void {
    const { scheme, path } = document.uri;
    if (document.languageId !== "python" || !edited.test(scheme) || installed.test(path)) return;
    this.#waiting.add(document);
    const cell = cellOf(document);
    for (const later of cell ? cell.notebook.getCells().slice(cell.cell.index + 1) : [])
      if (later.document.languageId === "python") this.#waiting.add(later.document);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lookAtWaiting(), patience);
  }

  /** Looks at what waits, in turns: between them others get an answer, and a key starts anew. */
  #lookAtWaiting(): void {
    const end = performance.now() + turn;
    for (const each of this.#waiting) {
      if (performance.now() > end) {
        this.#timer = setTimeout(() => this.#lookAtWaiting());
        return;
      }
      this.#look(each);
    }
  }

  #look(document: vscode.TextDocument): void {
    if (!this.#waiting.delete(document)) return;
    this.#shown.set(document, document.isClosed ? [] : problemsOf(document));
    this.#publish(document);
  }

  /** Shows a document's problems, save for those that somebody else has shown at the same place. */
  #publish(document: vscode.TextDocument): void {
    const { uri } = document;
    const others = vscode.languages
      .getDiagnostics(uri)
      .filter(
        (each) => each.source !== source && each.severity === vscode.DiagnosticSeverity.Error,
      );
    const diagnostics = (this.#shown.get(document) ?? [])
      .filter(({ problem, diagnostic: { range } }) => {
        const isSaid = (other: vscode.Diagnostic) =>
          other.range.intersection(range)?.isEmpty === false;
        return !(typeProblems.has(problem.code) && others.some(isSaid));
      })
      .map(({ diagnostic }) => diagnostic);
    const last = this.#collection.get(uri) ?? [];
    // Setting them tells everybody of a change, this class too.
    if (last.length === diagnostics.length && last.every((each, i) => each === diagnostics[i]))
      return;
    if (diagnostics.length > 0) this.#collection.set(uri, diagnostics);
    else this.#collection.delete(uri);
  }

  #forget(document: vscode.TextDocument): void {
    this.#waiting.delete(document);
    this.#shown.delete(document);
    this.#collection.delete(document.uri);
  }
}

function problemsOf(document: vscode.TextDocument): ShownProblem[] {
  const configuration = vscode.workspace.getConfiguration(undefined, document);
  if (!configuration.get<boolean>(settings.diagnosticsEnabled, true)) return [];
  const severityOf = severityIn(configuration);
  return diagnose(sourceFile(document), earlierCells(document), !!cellOf(document)).flatMap(
    (problem) => {
      const severity = severityOf(problem);
      return severity === null
        ? []
        : [{ problem, diagnostic: diagnosticOf(problem, severity, document) }];
    },
  );
}

const levels: Readonly<Record<Exclude<Severity, "off">, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** By the settings; null where a code is turned off. */
function severityIn(
  configuration: vscode.WorkspaceConfiguration,
): (problem: Problem) => vscode.DiagnosticSeverity | null {
  const chosen = new Map<Code, Severity>();
  for (const [code, severity] of Object.entries(
    configuration.get<Readonly<Record<string, unknown>>>(settings.diagnosticsSeverity, {}),
  ))
    if (isCode(code) && severities.includes(severity as Severity))
      chosen.set(code, severity as Severity);
  return ({ code, severity: own }) => {
    const severity = chosen.get(code) ?? own ?? codes[code];
    return severity === "off" ? null : levels[severity];
  };
}

function diagnosticOf(
  problem: Problem,
  severity: vscode.DiagnosticSeverity,
  document: vscode.TextDocument,
): vscode.Diagnostic {
  const { code } = problem;
  const range = rangeIn(document, problem);
  const diagnostic = new vscode.Diagnostic(range, sentenceOf(problem), severity);
  diagnostic.source = source;
  diagnostic.code = { value: code, target: pageOf(code) };
  if (problem.unnecessary) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}
