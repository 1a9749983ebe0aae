/**
 * @file Whether the running cell was asked to stop. Evaluation is synchronous, so one cell at
 * most runs in a thread, and what it polls can live here, within reach of every long loop.
 */
import { usePoll } from "../engine/index.ts";
import { exceptionClasses, PyException } from "./errors.ts";

/** See `KernelHost.interrupted`. */
type Interrupted = (share: number | null) => boolean;

let asked: Interrupted | null = null;
/** How far the engine has come in the loop that runs; null outside of its loops. */
let engineShare: number | null = null;

/** Runs `body` with `interrupted` as what `checkInterrupt` asks, and the engine's loops. */
export function runInterruptibly<T>(interrupted: Interrupted, body: () => T): T {
  const outer = asked;
  asked = interrupted;
  engineShare = null;
  usePoll(checkEngine);
  try {
    return body();
  } finally {
    asked = outer;
    usePoll(outer && checkEngine);
  }
}

function checkEngine(share?: number): void {
  if (share !== undefined) engineShare = share;
  if (asked?.(engineShare)) throw keyboardInterrupt();
}

function keyboardInterrupt(): PyException {
  return new PyException(exceptionClasses.KeyboardInterrupt, []);
}

/** KeyboardInterrupt where the user has asked the cell to stop. For every loop of unknown length. */
export function checkInterrupt(): void {
  engineShare = null;
  if (asked?.(null)) throw keyboardInterrupt();
}

const callsPerCheck = 4096;
let callsLeft = callsPerCheck;

/** `checkInterrupt` once in several thousand calls: for loops whose turns take nanoseconds. */
export function checkSometimes(): void {
  callsLeft -= 1;
  if (callsLeft > 0) return;
  callsLeft = callsPerCheck;
  checkInterrupt();
}
