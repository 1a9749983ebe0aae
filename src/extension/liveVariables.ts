/**
 * @file The variables of one kernel as the editor sees them: the state after the last cell, and
 * answers to questions while no cell runs. Nothing here waits for a cell. Knows nothing of `vscode`.
 */
import type {
  InspectionAnswers,
  InspectionRequest,
  KernelState,
  MemberInfo,
  VariablePath,
  VariableRow,
} from "../shared/inspection.ts";
import type { KernelNews } from "../shared/protocol.ts";
import type { LiveAnswers } from "./cellSuggestions.ts";
import type { KernelClient } from "./kernelClient.ts";
import type { LiveDetails } from "./valueHover.ts";

/** Milliseconds after which help for what is being typed comes without the kernel's answer. */
const helpPatience = 150;

/** The same for what a person has asked for, such as opening a list. */
const viewPatience = 5000;

export class LiveVariables implements LiveAnswers {
  #client: KernelClient | null = null;
  #state: KernelState | null = null;
  /** Parts as they were last seen, for lists that stay open while a cell runs. */
  readonly #parts = new Map<
    string,
    { readonly of: string; readonly rows: readonly VariableRow[] }
  >();
  readonly #listeners = new Set<() => void>();

  /** Turns to a kernel that has just started. */
  follow(client: KernelClient): void {
    this.#client = client;
    this.#state = null;
    this.#parts.clear();
    client.onNews = (news) => {
      if (client === this.#client) this.#receive(news);
    };
    this.#changed();
  }

  /** Calls back after each change, until the answer is called. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** After the last cell; null before the first one. */
  get state(): KernelState | null {
    return this.#state;
  }

  /** Whether a cell runs, so that the state may be out of date and no question has an answer. */
  get busy(): boolean {
    return this.#client?.busy ?? false;
  }

  members(path: VariablePath): Promise<readonly MemberInfo[] | null> {
    return this.#ask({ ask: "members", path }, helpPatience);
  }

  keys(path: VariablePath): Promise<readonly string[] | null> {
    return this.#ask({ ask: "keys", path }, helpPatience);
  }

  /** From the last state where the kernel does not answer in time. */
  async details(path: VariablePath): Promise<LiveDetails | null> {
    const answer = await this.#ask<"details">({ ask: "details", path }, helpPatience);
    if (answer) return { ...answer, current: true };
    const row = path.steps.length === 0 ? this.#rowOf(path.name) : undefined;
    return row ? { row, histogram: null, channels: null, current: !this.busy } : null;
  }

  /** As they were last seen where the kernel does not answer. */
  async parts(path: VariablePath, start: number): Promise<readonly VariableRow[] | null> {
    const key = JSON.stringify([path, start]);
    const answer = await this.#ask<"parts">({ ask: "parts", path, start }, viewPatience);
    if (!answer) return this.#parts.get(key)?.rows ?? null;
    this.#parts.set(key, { of: path.name, rows: answer });
    return answer;
  }

  code(path: VariablePath): Promise<InspectionAnswers["code"]> {
    return this.#ask({ ask: "code", path }, viewPatience);
  }

  async delete(name: string): Promise<boolean> {
    return (await this.#ask<"delete">({ ask: "delete", name }, viewPatience)) ?? false;
  }

  #rowOf(name: string): VariableRow | undefined {
    return this.#state?.rows.find(({ label }) => label === name);
  }

  /** Null where a cell runs or the answer takes too long. */
  async #ask<Ask extends InspectionRequest["ask"]>(
    request: Extract<InspectionRequest, { ask: Ask }>,
    patience: number,
  ): Promise<InspectionAnswers[Ask] | null> {
    const client = this.#client;
    if (!client?.alive || client.busy) return null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, patience, null);
    });
    try {
      return await Promise.race([client.inspect<Ask>(request), late]);
    } catch {
      // The kernel ended meanwhile, which whoever ran a cell is told.
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  #receive(news: KernelNews): void {
    if (news.kind === "state") {
      this.#state = withKnown(news.state, this.#state);
      for (const [key, { of }] of this.#parts) if (!this.#rowOf(of)) this.#parts.delete(key);
    } else if (this.#state) {
      const { name, summary } = news;
      const rows = this.#state.rows.map((row) => (row.label === name ? { ...row, summary } : row));
      this.#state = { ...this.#state, rows };
    }
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Until the new statistics are there, those of before stand, so that a list does not flicker. */
function withKnown(state: KernelState, before: KernelState | null): KernelState {
  const known = new Map(before?.rows.map((row) => [row.label, row]));
  const rows = state.rows.map((row) => {
    const old = known.get(row.label);
    const same =
      old?.kind === row.kind && old.dtype === row.dtype && `${old.shape}` === `${row.shape}`;
    return same ? { ...row, summary: old.summary } : row;
  });
  return { ...state, rows };
}
