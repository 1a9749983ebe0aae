/** @file What a running cell says, as the editor's outputs. */
import * as vscode from "vscode";
import type { MimeBundle } from "../shared/outputs.ts";
import type { CellError } from "../shared/protocol.ts";
import type { CellListener } from "./kernelClient.ts";
import { OverwrittenText } from "./overwrittenText.ts";
import type { Stream } from "./streamBatches.ts";

/** Printed text that a cell may show (UTF-16 units): more makes editor and file unwieldy. */
export const mostPrintedText = 1_000_000;

/** Outputs that a cell may show, for the same reason. */
export const mostOutputs = 1000;

/** Printed text that goes on in one output until something else comes between. */
interface OpenStream {
  readonly stream: Stream;
  readonly output: vscode.NotebookCellOutput;
  readonly text: OverwrittenText;
  /** Printed meanwhile, not yet on its way. */
  waiting: string;
  /** Whether what the output shows was written over, and must be replaced as a whole. */
  stale: boolean;
  /** Whether an edit that brings the output up to date is on its way. */
  queued: boolean;
}

/** An output that a later display can take the place of. */
interface Replaceable {
  readonly output: vscode.NotebookCellOutput;
  /** Shown meanwhile, not yet on its way. */
  waiting: MimeBundle | null;
}

function itemsOf(bundle: MimeBundle): vscode.NotebookCellOutputItem[] {
  return Object.entries(bundle).map(([mime, value]) =>
    typeof value === "string"
      ? vscode.NotebookCellOutputItem.text(value, mime)
      : vscode.NotebookCellOutputItem.json(value, mime),
  );
}

/**
 * One edit at a time, each after the editor has taken the one before: what is printed in between
 * goes together, so that a cell never prints faster than the editor shows.
 */
export class CellOutputs implements CellListener {
  readonly #execution: vscode.NotebookCellExecution;
  readonly #order: number;
  #open: OpenStream | null = null;
  /** Outputs of the last edit, where it appends some and has not begun. */
  #appending: vscode.NotebookCellOutput[] | null = null;
  /** Printed text of outputs that do not go on. */
  #printed = 0;
  /** Outputs so far. */
  #outputs = 0;
  /** Whether it was said that no more is shown. */
  #full = false;
  readonly #replaceable = new Map<string, Replaceable>();
  #clearing = false;
  #edits: Promise<void> = Promise.resolve();

  /** @param order The cell's execution count, which its result carries. */
  constructor(execution: vscode.NotebookCellExecution, order: number) {
    this.#execution = execution;
    this.#order = order;
  }

  /** Resolves when the editor has taken all that was said so far. */
  async taken(): Promise<void> {
    await this.#edits;
  }

  stream(stream: Stream, text: string): void {
    this.#clearIfDue();
    if (this.#full || (this.#open?.stream !== stream && this.#cutAtOutputs())) return;
    // Over what the line shows already, text may be written without end.
    const room = mostPrintedText - this.#printed - (this.#open?.text.length ?? 0);
    const fits = text.length < room || (room > 0 && /\r(?!\n)/.test(text));
    this.#print(stream, fits ? text : text.slice(0, Math.max(0, room)));
    if (fits) return;
    this.#cut(
      vscode.l10n.t(
        "The output is cut off here: a cell shows at most {0} characters of printed text.",
        mostPrintedText.toLocaleString(vscode.env.language),
      ),
    );
  }

  /** Whether there is no room for another output, which is said once. */
  #cutAtOutputs(): boolean {
    if (this.#outputs < mostOutputs) return false;
    this.#cut(
      vscode.l10n.t(
        "The output is cut off here: a cell shows at most {0} outputs.",
        mostOutputs.toLocaleString(vscode.env.language),
      ),
    );
    return true;
  }

  #cut(note: string): void {
    this.#full = true;
    this.#print("stderr", `${note}\n`);
  }

  display(bundle: MimeBundle, isResult: boolean, displayId: string | null = null): void {
    this.#clearIfDue();
    const earlier = displayId === null ? undefined : this.#replaceable.get(displayId);
    if (earlier) {
      this.#replace(earlier, bundle);
      return;
    }
    if (this.#full || this.#cutAtOutputs()) return;
    const metadata = isResult ? { outputType: "execute_result", executionCount: this.#order } : {};
    const output = this.#append(itemsOf(bundle), metadata);
    if (displayId !== null) this.#replaceable.set(displayId, { output, waiting: null });
  }

  clear(wait: boolean): void {
    this.#clearing = true;
    if (!wait) this.#clearIfDue();
  }

  #clearIfDue(): void {
    if (!this.#clearing) return;
    this.#clearing = false;
    this.#open = null;
    this.#printed = this.#outputs = 0;
    this.#full = false;
    this.#replaceable.clear();
    this.#edit(() => this.#execution.clearOutput());
  }

  #replace(replaceable: Replaceable, bundle: MimeBundle): void {
    const queued = replaceable.waiting !== null;
    replaceable.waiting = bundle;
    if (queued) return;
    this.#edit(() => {
      const items = itemsOf(replaceable.waiting!);
      replaceable.waiting = null;
      return this.#execution.replaceOutputItems(items, replaceable.output);
    });
  }

  error({ name, message, traceback }: CellError): void {
    this.#append([vscode.NotebookCellOutputItem.error({ name, message, stack: traceback })]);
  }

  #print(stream: Stream, piece: string): void {
    const open = this.#open;
    if (open?.stream !== stream) {
      const text = new OverwrittenText();
      text.write(piece);
      const output = this.#append([vscode.NotebookCellOutputItem[stream](text.text)]);
      this.#open = { stream, output, text, waiting: "", stale: false, queued: false };
      return;
    }
    if (open.text.write(piece)) open.waiting += piece;
    else open.stale = true;
    if (open.queued) return;
    open.queued = true;
    this.#edit(() => this.#update(open));
  }

  #update(open: OpenStream): Thenable<void> {
    const { stream, output, text, stale, waiting } = open;
    open.waiting = "";
    open.stale = open.queued = false;
    const item = vscode.NotebookCellOutputItem[stream](stale ? text.text : waiting);
    return stale
      ? this.#execution.replaceOutputItems(item, output)
      : this.#execution.appendOutputItems(item, output);
  }

  /** @param metadata What the editor's writer of `.ipynb` files looks for. */
  #append(
    items: vscode.NotebookCellOutputItem[],
    metadata: Record<string, unknown> = {},
  ): vscode.NotebookCellOutput {
    const output = new vscode.NotebookCellOutput(items, metadata);
    this.#printed += this.#open?.text.length ?? 0;
    this.#outputs += 1;
    this.#open = null;
    if (this.#appending) this.#appending.push(output);
    else {
      const outputs = [output];
      this.#edit(() => {
        if (this.#appending === outputs) this.#appending = null;
        return this.#execution.appendOutput(outputs);
      });
      this.#appending = outputs;
    }
    return output;
  }

  #edit(apply: () => Thenable<void>): void {
    this.#appending = null;
    // A notebook that was closed takes no more edits; its cells have nowhere to say so.
    this.#edits = this.#edits.then(apply).catch(() => undefined);
  }
}
