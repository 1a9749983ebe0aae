/**
 * @file `time`.
 */
import { pythonError } from "../errors.ts";
import { builtin, PythonModule } from "../functions.ts";
import { checkInterrupt } from "../interrupts.ts";
import { toFloat } from "../operations.ts";

/** Milliseconds on a clock that never goes back, where the host has one. */
export const clock = (globalThis as { performance?: { now(): number } }).performance ?? {
  now: () => Date.now(),
};

/** Waits without giving the thread away, since evaluation is synchronous; an interrupt ends it. */
function sleep(seconds: number): null {
  if (seconds < 0) throw pythonError("ValueError", "sleep length must be non-negative");
  const end = clock.now() + seconds * 1000;
  // Waits in slices, so that a request to stop is seen within one of them.
  const cell =
    typeof SharedArrayBuffer === "undefined" ? null : new Int32Array(new SharedArrayBuffer(4));
  for (let left = end - clock.now(); left > 0; left = end - clock.now()) {
    checkInterrupt();
    if (cell) Atomics.wait(cell, 0, 0, Math.min(left, 20));
  }
  return null;
}

export function timeModule(): PythonModule {
  const functions = [
    builtin("time()", () => Date.now() / 1000),
    builtin("time_ns()", () => BigInt(Date.now()) * 1_000_000n),
    builtin("perf_counter()", () => clock.now() / 1000),
    builtin("perf_counter_ns()", () => BigInt(Math.round(clock.now() * 1e6))),
    builtin("monotonic()", () => clock.now() / 1000),
    builtin("process_time()", () => clock.now() / 1000),
    builtin("sleep(seconds, /)", ({ seconds }) => sleep(toFloat(seconds!))),
  ];
  return new PythonModule(
    "time",
    Object.fromEntries(functions.map((entry) => [entry.name, entry])),
  );
}
