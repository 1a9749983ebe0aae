/**
 * @file What the command line's worker does: runs one file and writes what comes of it.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createContext, Script } from "node:vm";
import { Worker } from "node:worker_threads";
import { useMemoryHost, useThreads } from "../engine/index.ts";
import { kernelStringsFor } from "../shared/strings.ts";
import { exitCodes, isNotebook, type RunCommand, type Start } from "./commandLine.ts";
import { NotebookError, readNotebook, writeNotebook } from "./notebook.ts";
import { executeNotebook, runNotebook, runScript, type Surroundings } from "./run.ts";
import { StandardStreams } from "./standardStreams.ts";

/** Gives the exit code. */
export function run({ command, text, interruptFlag }: Start): number {
  const flag = new Int32Array(interruptFlag);
  const streams = new StandardStreams();
  const surroundings: Surroundings = {
    strings: kernelStringsFor(locale()),
    write: (stream, printed) => streams.write(stream, printed),
    interrupted() {
      streams.poll();
      // Loops ask at every turn: a plain load costs them a tenth of an exchange.
      return Atomics.load(flag, 0) === 1 && Atomics.compareExchange(flag, 0, 1, 0) === 1;
    },
    startReplica: (task) => startThread("replicaWorker.js", task),
  };
  useThreads(availableParallelism(), (setup) => startThread("engineThread.js", setup));
  // Running a script with microtasks of its own ends a turn of the engine's garbage collection.
  const turn = new Script("0");
  const context = createContext({}, { microtaskMode: "afterEvaluate" });
  useMemoryHost({
    releaseKept: () => turn.runInContext(context),
    // Node.js has it since 20.13.
    available: () => process.availableMemory?.() ?? Number.POSITIVE_INFINITY,
  });
  try {
    return runFile(command, text, surroundings);
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    streams.write("stderr", `batchnorm-lab: ${command.file}: ${error.message}\n`);
    return exitCodes.failure;
  } finally {
    streams.flush();
  }
}

/** A thread that the program does not wait for, and whose failure shows as its silence. */
function startThread(program: string, data: unknown): Worker {
  const thread = new Worker(join(__dirname, program), { workerData: data });
  thread.on("error", () => {});
  thread.unref();
  return thread;
}

function runFile(command: RunCommand, text: string, surroundings: Surroundings): number {
  const { file, output } = command;
  if (!isNotebook(file)) {
    return runScript(text, file === "-" ? "<stdin>" : file, surroundings);
  }
  const notebook = readNotebook(text);
  if (output === null) return runNotebook(notebook, surroundings);
  const executed = executeNotebook(notebook, surroundings);
  writeFileSync(output, writeNotebook(executed.notebook));
  return executed.code;
}

/** The terminal's language as a tag: `zh_CN.UTF-8` is `zh-CN`. */
function locale(): string {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || "en").replace(/[.@].*/, "").replace("_", "-");
}
