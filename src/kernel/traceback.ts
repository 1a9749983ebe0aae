/**
 * @file Tracebacks in Python's layout, naming cell and line.
 */
import type { CellError } from "../shared/protocol.ts";
import type { PyException, TracebackEntry } from "./errors.ts";
import { str } from "./operations.ts";

/** CPython folds a run of equal entries beyond this many into one line. */
const mostRepeated = 3;

/** An uncaught exception as a cell's error: what it is, and the whole story. */
export function cellError(exception: PyException): CellError {
  return {
    name: exception.class.name,
    message: message(exception),
    traceback: chain(exception, new Set()),
  };
}

/** The text behind the type's name, `Did you mean` included. */
function message(exception: PyException): string {
  const suggestion = exception.suggestion?.() ?? null;
  // Keras sets parts of its messages in bold, for terminals.
  const text = str(exception).replaceAll("\u001b[1m", "").replaceAll("\u001b[0m", "");
  return suggestion === null ? text : `${text}. ${suggestion}`;
}

/** The lines that say what an exception is, without where. */
export function describe(exception: PyException): string {
  return lastLines(exception).join("\n");
}

/** The whole story, causes first. */
export function wholeStory(exception: PyException): string {
  return chain(exception, new Set());
}

/** Two lines for each entry: the place, and what stands there. */
export const tracebackLines = entries;

function chain(exception: PyException, told: Set<PyException>): string {
  told.add(exception);
  const { causedBy, context, suppressContext } = exception;
  let before = "";
  if (causedBy && !told.has(causedBy)) {
    before = `${chain(causedBy, told)}\n\nThe above exception was the direct cause of the following exception:\n\n`;
  } else if (context && !suppressContext && !told.has(context)) {
    before = `${chain(context, told)}\n\nDuring handling of the above exception, another exception occurred:\n\n`;
  }
  const lines = exception.traceback.length > 0 ? ["Traceback (most recent call last):"] : [];
  return before + [...lines, ...entries(exception.traceback), ...lastLines(exception)].join("\n");
}

function lastLines(exception: PyException): string[] {
  const text = message(exception);
  const { class: type } = exception;
  const name =
    type.module === "builtins" || type.module === "__main__" ? type.name : type.qualifiedName;
  const last = text === "" ? name : `${name}: ${text}`;
  return [...exception.position, last, ...exception.notes];
}

function entries(traceback: readonly TracebackEntry[]): string[] {
  const lines: string[] = [];
  let repeated = 0;
  for (const [index, entry] of traceback.entries()) {
    const previous = traceback[index - 1];
    const same =
      previous?.cell === entry.cell &&
      previous.line === entry.line &&
      previous.frame === entry.frame;
    repeated = same ? repeated + 1 : 0;
    if (repeated < mostRepeated) lines.push(...entryLines(entry));
    const next = traceback[index + 1];
    const ends =
      next?.cell !== entry.cell || next.line !== entry.line || next.frame !== entry.frame;
    if (ends && repeated >= mostRepeated) {
      const more = repeated - mostRepeated + 1;
      lines.push(`  [Previous line repeated ${more} more time${more === 1 ? "" : "s"}]`);
    }
  }
  return lines;
}

function entryLines({ cell, line, frame, source }: TracebackEntry): string[] {
  const place = `  File "${cell}", line ${line}, in ${frame}`;
  const text = source.trim();
  return text === "" ? [place] : [place, `    ${text}`];
}
