/**
 * @file The kernel thread's part of the variables view: after each cell the state goes out at once,
 * then one variable's statistics at a time, so that a cell that comes meanwhile waits for one at
 * most. Knows nothing of `vscode`.
 */
import { performance } from "node:perf_hooks";
import { Inspector } from "../kernel/inspection/inspector.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { InspectionRequest } from "../shared/inspection.ts";
import type { FromKernel } from "../shared/protocol.ts";

export class InspectionService {
  readonly #inspector: Inspector;
  readonly #post: (message: FromKernel) => void;
  /** Variables whose statistics are still to be calculated. */
  #waiting: string[] = [];
  #scheduled = false;

  constructor(session: Kernel, post: (message: FromKernel) => void) {
    this.#inspector = new Inspector(session, () => performance.now());
    this.#post = post;
  }

  cellEnded(): void {
    const state = this.#inspector.state();
    this.#post({ kind: "state", state });
    this.#waiting = state.rows.filter(({ kind }) => kind === "tensor").map(({ label }) => label);
    this.#schedule();
  }

  answer(id: number, request: InspectionRequest): void {
    const answer = this.#inspector.answer(request);
    this.#post({ kind: "inspected", id, answer });
    if (request.ask === "delete" && answer) this.cellEnded();
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return;
    this.#scheduled = true;
    // Messages that have come meanwhile are taken first.
    setImmediate(() => {
      this.#scheduled = false;
      const name = this.#waiting.shift();
      const summary = name === undefined ? null : this.#inspector.summary(name);
      if (summary) this.#post({ kind: "summary", name: name!, summary });
      this.#schedule();
    });
  }
}
