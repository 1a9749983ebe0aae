/**
 * @file What the kernel needs from the program it runs in, and what modules see of the kernel.
 */
import type { ReplicaTask, ReplicaThread } from "../engine/index.ts";
import type { MimeBundle } from "../shared/outputs.ts";
import type { KernelStrings } from "../shared/strings.ts";
import type { PyException } from "./errors.ts";
import type { Globals } from "./evaluator/globals.ts";
import type { PythonModule } from "./functions.ts";
import type { Value } from "./objects.ts";

/** The program around the kernel: a worker, the command line, a test. */
export interface KernelHost {
  write(stream: "stdout" | "stderr", text: string): void;
  /**
   * @param isResult The value of a cell's last expression, not what `display(…)` showed.
   * @param id A display with the id of an earlier one takes its place, where the host can replace
   *   what it has shown.
   */
  display(bundle: MimeBundle, isResult?: boolean, id?: string): void;
  readonly replacesDisplays?: boolean;
  /** Takes away what the cell has shown so far: at once, or when it shows more. */
  clear?(wait: boolean): void;
  /**
   * Polled while a cell runs: true once per request to stop.
   * @param share How much of the engine's running loop is done, from 0 to 1; null outside of one.
   */
  interrupted(share?: number | null): boolean;
  /** Bytes of the JavaScript engine's heap, where that is bounded. */
  readonly heap?: number;
  /** Throws a RangeError where the heap has no room for so many bytes. */
  reserve?(bytes: number): void;
  /**
   * Starts a thread that runs the engine's `runReplica` on a task; it must begin without the
   * kernel's own thread going idle. Absent where the program has no threads.
   */
  startReplica?(task: ReplicaTask): ReplicaThread;
}

/** A kernel's state, from its start to its restart. */
export interface Session {
  readonly host: KernelHost;
  readonly strings: KernelStrings;
  /** The exception that the innermost running `except` clause handles. */
  readonly handled: PyException | null;
  /** The global names of cells. */
  readonly names: Map<string, Value>;
  /**
   * The module of a dotted name, made by its factory at the first import and kept: every importer
   * sees the same one. ModuleNotFoundError in CPython's words where there is none.
   */
  importModule(name: string): PythonModule;
  /** Runs Python that the kernel brings along, with global names of its own. */
  define(name: string, text: string, names: Globals): void;
}
