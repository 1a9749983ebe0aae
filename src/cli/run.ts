/**
 * @file Runs a notebook or a script from start to end.
 */
import { Kernel } from "../kernel/kernel.ts";
import type { KernelHost } from "../kernel/session.ts";
import type { MimeBundle } from "../shared/outputs.ts";
import type { CellResult } from "../shared/protocol.ts";
import type { KernelStrings } from "../shared/strings.ts";
import { exitCodes } from "./commandLine.ts";
import { CellOutputs, type Notebook, sourceOf } from "./notebook.ts";

export { exitCodes };

/** Where a run prints to, how it learns that it should stop, and how it makes threads. */
export interface Surroundings extends Omit<KernelHost, "display"> {
  readonly strings: KernelStrings;
}

/** Runs a script as `python` does, which shows nothing that is not printed. Gives the exit code. */
export function runScript(code: string, name: string, surroundings: Surroundings): number {
  const { write, strings } = surroundings;
  const host: KernelHost = {
    ...surroundings,
    display: (bundle) => write("stdout", `${bundle["text/plain"]}\n`),
  };
  const result = new Kernel(host, strings).execute(code, name, { displayResult: false });
  return exitCode(result, surroundings);
}

/** Runs the code cells in order up to the first that fails, and prints their text outputs. */
export function runNotebook(notebook: Notebook, surroundings: Surroundings): number {
  const { write, strings } = surroundings;
  const host: KernelHost = {
    ...surroundings,
    display: (bundle) => write("stdout", `${bundle["text/plain"]}\n`),
  };
  const kernel = new Kernel(host, strings);
  let count = 0;
  for (const cell of notebook.cells) {
    const code = sourceOf(cell);
    if (cell.cell_type !== "code" || code.trim() === "") continue;
    const result = kernel.execute(code, `Cell ${++count}`);
    if (result.status !== "ok") return exitCode(result, surroundings);
  }
  return exitCodes.success;
}

/**
 * Runs the code cells in order and gives the notebook with their outputs. Behind a cell that fails
 * no other runs: those show no outputs, since none would belong to this run.
 */
export function executeNotebook(
  notebook: Notebook,
  surroundings: Surroundings,
): { readonly notebook: Notebook; readonly code: number } {
  let outputs = new CellOutputs(0);
  const host: KernelHost = {
    ...surroundings,
    write: (stream, text) => outputs.write(stream, text),
    display: (bundle: MimeBundle, isResult = false, id?: string) =>
      outputs.display(bundle, isResult, id),
    replacesDisplays: true,
    clear: (wait) => outputs.clear(wait),
  };
  const kernel = new Kernel(host, surroundings.strings);
  let count = 0;
  let code: number = exitCodes.success;
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type !== "code") return cell;
    const source = sourceOf(cell);
    if (code !== exitCodes.success || source.trim() === "") {
      return { ...cell, execution_count: null, outputs: [] };
    }
    outputs = new CellOutputs(++count);
    const result = kernel.execute(source, `Cell ${count}`);
    if (result.status !== "ok") {
      outputs.fail(result.error);
      code = exitCode(result, surroundings);
    }
    return { ...cell, execution_count: count, outputs: outputs.finished() };
  });
  return { notebook: { ...notebook, cells }, code };
}

/** The exit code of a result; what went wrong goes to standard error. */
function exitCode(result: CellResult, { write }: Surroundings): number {
  if (result.status === "ok") return exitCodes.success;
  const { name, message, traceback } = result.error;
  if (name === "SystemExit" && /^-?\d*$/.test(message)) return Number(message) & 0xff;
  write("stderr", `${name === "SystemExit" ? message : traceback}\n`);
  return result.status === "interrupted" ? exitCodes.interrupted : exitCodes.failure;
}
