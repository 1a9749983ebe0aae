/**
 * @file What evaluation carries along: the running code, its variables, and the kernel's state.
 */
import type { KernelStrings } from "../../shared/strings.ts";
import type { PyException } from "../errors.ts";
import type { PythonModule } from "../functions.ts";
import type { Value } from "../objects.ts";
import type { Globals } from "./globals.ts";

/** The text of one cell, for tracebacks. */
export class Source {
  /** `Cell 3`, or a file's name. */
  readonly cell: string;
  readonly text: string;
  /** True of Python that the kernel brings along: tracebacks leave it out, as they do native code. */
  readonly internal: boolean;
  readonly #lines: readonly string[];
  readonly #starts: number[] = [0];
  /** Whether annotations stay unevaluated: their text is all that is kept. */
  readonly postponesAnnotations: boolean;

  constructor(cell: string, text: string, internal = false) {
    this.cell = cell;
    this.text = text;
    this.internal = internal;
    this.postponesAnnotations = /^from __future__ import .*\bannotations\b/m.test(text);
    this.#lines = text.split(/\r\n|\r|\n/);
    for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) {
      this.#starts.push(index + end.length);
    }
  }

  /** The line of an offset, counted from 1. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Where a line starts. */
  startOf(number: number): number {
    return this.#starts[number - 1] ?? this.text.length;
  }

  line(number: number): string {
    return this.#lines[number - 1] ?? "";
  }
}

/** One activation of a function (or of a cell): what a traceback has one entry for. */
export class Activation {
  readonly source: Source;
  /** `<module>`, `<lambda>`, `<genexpr>` or the function's name. */
  readonly name: string;
  /** Where it stands, kept up to date statement by statement. */
  line = 0;
  /** What `return` gave. */
  result: Value = null;

  constructor(source: Source, name: string) {
    this.source = source;
    this.name = name;
  }

  /** Adds this activation to the exception's traceback, unless it is there already. */
  record(exception: PyException): void {
    if (exception.lastFrame === this || this.source.internal) return;
    exception.lastFrame = this;
    exception.traceback.unshift({
      cell: this.source.cell,
      line: this.line,
      frame: this.name,
      source: this.source.line(this.line),
    });
  }
}

/** Variables of one scope. A comprehension has a frame of its own in its function's activation. */
export interface Frame {
  /** Undefined where not (or no longer) bound. */
  readonly slots: (Value | undefined)[];
  /** The frame of the enclosing function scope; null at the top of a cell. */
  readonly parent: Frame | null;
  readonly activation: Activation;
}

/** The state that all code of a kernel shares. */
export interface Runtime {
  readonly globals: Globals;
  readonly builtins: ReadonlyMap<string, Value>;
  importModule(name: string): PythonModule;
  /** The words of refusals. */
  readonly strings: KernelStrings;
  /** The exception that the innermost running `except` clause handles. */
  handled: PyException | null;
  /** Function calls under way. */
  depth: number;
}

/** How a statement ended. */
export type Completion = 0 | 1 | 2 | 3;
export const normal = 0;
export const broke = 1;
export const continued = 2;
/** The value is in the activation. */
export const returned = 3;

export type Evaluate = (frame: Frame) => Value;
export type Execute = (frame: Frame) => Completion;
export type Store = (frame: Frame, value: Value) => void;
