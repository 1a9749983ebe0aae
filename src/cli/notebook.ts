/**
 * @file Notebook files: read, checked as far as running needs it, and written as Jupyter writes
 * them (https://nbformat.readthedocs.io, version 4.5).
 */
import type { MimeBundle } from "../shared/outputs.ts";
import type { CellError } from "../shared/protocol.ts";

/** Text as the format has it: whole, or line by line with the ends of lines. */
export type MultilineText = string | readonly string[];

export type Output =
  | { name: "stdout" | "stderr"; output_type: "stream"; text: string[] }
  | { data: Record<string, unknown>; metadata: object; output_type: "display_data" }
  | {
      data: Record<string, unknown>;
      execution_count: number;
      metadata: object;
      output_type: "execute_result";
    }
  | { ename: string; evalue: string; output_type: "error"; traceback: string[] };

/** What running needs to know of a cell; whatever else it has is kept. */
export interface Cell {
  cell_type: string;
  source: MultilineText;
  id?: string;
  execution_count?: number | null;
  outputs?: Output[];
  [other: string]: unknown;
}

export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  cells: Cell[];
  [other: string]: unknown;
}

/** A file that is no notebook of a version we run; `message` says why, for the user. */
export class NotebookError extends Error {}

export function readNotebook(text: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new NotebookError(`not a notebook: ${(error as Error).message}`);
  }
  if (!isObject(value) || typeof value["nbformat"] !== "number") {
    throw new NotebookError("not a notebook: it has no nbformat");
  }
  if (value["nbformat"] !== 4) {
    throw new NotebookError(`notebook format ${value["nbformat"]} is not supported, only 4`);
  }
  const { cells } = value;
  if (!Array.isArray(cells)) throw new NotebookError("not a notebook: it has no list of cells");
  for (const [index, cell] of cells.entries()) {
    if (!isCell(cell)) throw new NotebookError(`cell ${index + 1} has no type or no source`);
  }
  return value as Notebook;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isCell(value: unknown): boolean {
  if (!isObject(value) || typeof value["cell_type"] !== "string") return false;
  const { source } = value;
  const isLines = Array.isArray(source) && source.every((line) => typeof line === "string");
  return typeof source === "string" || isLines;
}

export function sourceOf({ source }: Cell): string {
  return typeof source === "string" ? source : source.join("");
}

/** The file's text: indented by one space and ended by a newline, as Jupyter saves. */
export function writeNotebook(notebook: Notebook): string {
  const { cells, nbformat_minor: minor } = notebook;
  const upgraded = { ...notebook, cells: withIds(cells), nbformat_minor: Math.max(minor, 5) };
  return `${JSON.stringify(upgraded, null, 1)}\n`;
}

/** Since 4.5 each cell has an id of its own. */
function withIds(cells: readonly Cell[]): Cell[] {
  const taken = new Set(cells.map(({ id }) => id));
  let next = 1;
  return cells.map((cell) => {
    if (cell.id !== undefined) return cell;
    while (taken.has(`cell-${next}`)) next++;
    return { ...cell, id: `cell-${next++}` };
  });
}

/** Gathers what one cell puts out. Text printed in a row becomes one output. */
export class CellOutputs {
  readonly outputs: Output[] = [];
  readonly executionCount: number;
  /** Where outputs with an id stand. */
  readonly #places = new Map<string, number>();
  #clearing = false;

  constructor(executionCount: number) {
    this.executionCount = executionCount;
  }

  write(name: "stdout" | "stderr", text: string): void {
    this.#clearIfDue();
    const last = this.outputs.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text.push(text);
    else this.outputs.push({ name, output_type: "stream", text: [text] });
  }

  /** @param id Takes the place of an earlier output of the same id. */
  display(bundle: MimeBundle, isResult: boolean, id?: string): void {
    this.#clearIfDue();
    const data = Object.fromEntries(
      Object.entries(bundle).map(([mime, value]) => [
        mime,
        typeof value === "string" ? lines(value) : value,
      ]),
    );
    const output: Output = isResult
      ? {
          data,
          execution_count: this.executionCount,
          metadata: {},
          output_type: "execute_result",
        }
      : { data, metadata: {}, output_type: "display_data" };
    const place = id === undefined ? undefined : this.#places.get(id);
    if (place !== undefined) this.outputs[place] = output;
    else this.outputs.push(output);
    if (id !== undefined) this.#places.set(id, place ?? this.outputs.length - 1);
  }

  /** Takes away what was put out: at once, or before there is more. */
  clear(wait: boolean): void {
    this.#clearing = true;
    if (!wait) this.#clearIfDue();
  }

  #clearIfDue(): void {
    if (!this.#clearing) return;
    this.#clearing = false;
    this.outputs.length = 0;
    this.#places.clear();
  }

  fail({ name, message, traceback }: CellError): void {
    this.outputs.push({
      ename: name,
      evalue: message,
      output_type: "error",
      traceback: traceback.split("\n"),
    });
  }

  /** As the file has them, text line by line. */
  finished(): Output[] {
    return this.outputs.map((output) =>
      output.output_type === "stream" ? { ...output, text: lines(output.text.join("")) } : output,
    );
  }
}

/** Lines with their ends. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
