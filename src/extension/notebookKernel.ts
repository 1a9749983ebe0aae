/** @file The kernel of one notebook: its thread, the cells that wait for it, its counter. */
import * as vscode from "vscode";
import { CellOutputs } from "./cellOutputs.ts";
import type { CellProgressItems } from "./cellProgress.ts";
import {
  type CellListener,
  interruptPatience,
  type KernelClient,
  KernelEnded,
} from "./kernelClient.ts";
import { LiveVariables } from "./liveVariables.ts";

export class NotebookKernel implements vscode.Disposable {
  readonly #take: () => KernelClient;
  readonly #progress: CellProgressItems;
  #client: KernelClient;
  #order = 0;
  /** Why the thread before ended while no cell ran, until a cell has said so. */
  #lost: KernelEnded | null = null;
  #tail: Promise<void> = Promise.resolve();
  /** What the kernel tells of its variables, across restarts. */
  readonly variables = new LiveVariables();
  readonly #waiting = new Set<vscode.NotebookCellExecution>();

  /**
   * @param take Gives a kernel that has run nothing.
   * @param progress Where long cells show how far they are.
   */
  constructor(take: () => KernelClient, progress: CellProgressItems) {
    this.#take = take;
    this.#progress = progress;
    this.#client = this.#start();
  }

  get client(): KernelClient {
    const { ended } = this.#client;
    if (ended) {
      this.#lost = ended;
      this.#client = this.#start();
      this.#order = 0;
    }
    return this.#client;
  }

  /**
   * Runs cells after those that wait already. After one that fails, none that waited for it runs.
   * Resolves when all have ended; failures show in the cells.
   */
  run(executions: readonly vscode.NotebookCellExecution[]): Promise<void> {
    for (const execution of executions) {
      this.#waiting.add(execution);
      execution.token.onCancellationRequested(() => this.#cancelWaiting(execution));
    }
    this.#tail = this.#tail.then(async () => {
      for (const execution of executions) {
        if (this.#waiting.delete(execution)) await this.#runCell(execution);
      }
    });
    return this.#tail;
  }

  /** Asks the running cell to stop, and lets those that wait go. */
  interrupt(): void {
    this.#cancelAllWaiting();
    this.#client.interrupt();
  }

  /** A fresh thread, without variables, that counts from 1 again. */
  restart(): void {
    this.#cancelAllWaiting();
    this.#client.dispose();
    this.#client = this.#start();
    this.#order = 0;
    this.#lost = null;
  }

  dispose(): void {
    this.#cancelAllWaiting();
    this.#client.dispose();
  }

  #start(): KernelClient {
    const client = this.#take();
    this.variables.follow(client);
    return client;
  }

  async #runCell(execution: vscode.NotebookCellExecution): Promise<void> {
    const { client } = this;
    const { cell } = execution;
    this.#order += 1;
    const outputs = new CellOutputs(execution, this.#order);
    const cancelled = execution.token.onCancellationRequested(() => client.interrupt());
    let success = false;
    try {
      execution.start(Date.now());
      execution.executionOrder = this.#order;
      void execution.clearOutput();
      if (this.#lost) outputs.stream("stderr", `${explain(this.#lost)}\n`);
      this.#lost = null;
      const code = cell.document.getText();
      const listener: CellListener = {
        stream: (stream, text) => outputs.stream(stream, text),
        display: (bundle, isResult, displayId) => outputs.display(bundle, isResult, displayId),
        clear: (wait) => outputs.clear(wait),
        progress: (progress) => this.#progress.show(cell, progress),
      };
      const result = await client.execute(code, `Cell ${this.#order}`, listener);
      success = result.status === "ok";
      if (result.status !== "ok") outputs.error(result.error);
    } catch (error) {
      const message = explain(error);
      const name = vscode.l10n.t("Kernel restarted");
      outputs.error({ name, message, traceback: message });
      if (!client.alive && client === this.#client) this.restart();
    } finally {
      cancelled.dispose();
      this.#progress.clear(cell);
      await outputs.taken();
      execution.end(success, Date.now());
      if (!success) this.#cancelAllWaiting();
    }
  }

  #cancelWaiting(execution: vscode.NotebookCellExecution): void {
    if (this.#waiting.delete(execution)) execution.end(undefined);
  }

  #cancelAllWaiting(): void {
    for (const execution of this.#waiting) this.#cancelWaiting(execution);
  }
}

/** Why a request had no answer from the kernel; anything but its end is thrown again. */
export function explain(error: unknown): string {
  if (!(error instanceof KernelEnded)) throw error;
  switch (error.reason) {
    case "stopped":
      return vscode.l10n.t("The kernel was restarted before it could answer.");
    case "unresponsive":
      return vscode.l10n.t(
        "The cell did not stop within {0} seconds, so the kernel was restarted. All variables are lost.",
        interruptPatience / 1000,
      );
    case "outOfMemory":
      return vscode.l10n.t(
        "The kernel ran out of memory and was restarted. All variables are lost.",
      );
    case "crashed":
      return vscode.l10n.t(
        "The kernel stopped unexpectedly ({0}) and was restarted. All variables are lost.",
        error.message,
      );
  }
}
