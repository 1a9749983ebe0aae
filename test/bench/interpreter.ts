/**
 * @file `npm run bench:cells`: what cells cost, through the kernel's thread as the extension starts
 * it. Loops stand beside CPython's, in turn in one run; their times here include the way to the
 * thread and back, and all run in one kernel, as they would in a notebook.
 *
 * `--quick` measures fewer rounds, `--json` prints JSON, `--cell` restricts the loops to those whose
 * names contain its word, `--python` names another interpreter than `python3`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type CellListener, KernelClient } from "../../src/extension/kernelClient.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";
import { cells } from "./interpreterCells.ts";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    cell: { type: "string", default: "" },
    python: { type: "string", default: "python3" },
  },
});

const rounds = options.quick ? 3 : 11;
const script = fileURLToPath(new URL("../../dist/kernelWorker.js", import.meta.url));
const deaf: CellListener = { stream: () => undefined, display: () => undefined };

const startKernel = () => new KernelClient(script, kernelStringsFor("en"));

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

async function milliseconds(operation: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await operation();
  return performance.now() - start;
}

async function run(kernel: KernelClient, code: string): Promise<void> {
  const result = await kernel.execute(code, "Cell 1", deaf);
  if (result.status !== "ok") throw new Error(result.error.traceback);
}

/** CPython in a process of its own; null where there is none. */
class Python {
  readonly version: string;
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(process: ChildProcess, lines: AsyncIterator<string>, version: string) {
    this.#process = process;
    this.#lines = lines;
    this.version = version;
  }

  static async start(command: string): Promise<Python | null> {
    const peer = fileURLToPath(new URL("cpythonPeer.py", import.meta.url));
    const process = spawn(command, [peer], { stdio: ["pipe", "pipe", "inherit"] });
    // A command that is not there closes the output at once, which tells as much.
    process.on("error", () => undefined);
    process.stdin.on("error", () => undefined);
    const lines = createInterface(process.stdout)[Symbol.asyncIterator]();
    const first = await lines.next();
    return first.done ? null : new Python(process, lines, first.value);
  }

  async milliseconds(code: string): Promise<number> {
    this.#process.stdin!.write(`${JSON.stringify(code)}\n`);
    const { done, value } = await this.#lines.next();
    if (done) throw new Error("Python ended");
    return Number(value);
  }

  end(): void {
    this.#process.stdin!.end();
  }
}

interface Cost {
  readonly name: string;
  readonly median: number;
  readonly longest: number;
}

/** Starts and round trips, in milliseconds. */
async function measureKernel(): Promise<Cost[]> {
  const starts: number[] = [];
  const trips: number[] = [];
  const tripsAfterPause: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const kernel = startKernel();
    await run(kernel, "");
    starts.push(performance.now() - begun);
    for (let trip = 0; trip < 100; trip++) trips.push(await milliseconds(() => run(kernel, "")));
    for (let trip = 0; trip < 5; trip++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      tripsAfterPause.push(await milliseconds(() => run(kernel, "")));
    }
    kernel.dispose();
  }
  const cost = (name: string, times: readonly number[]): Cost => ({
    name,
    median: median(times),
    longest: Math.max(...times),
  });
  return [
    cost("a kernel's start with an empty cell", starts),
    cost("an empty cell's round trip", trips),
    cost("the same after a pause", tripsAfterPause),
  ];
}

interface Loop {
  readonly name: string;
  readonly ours: number;
  /** Before the JavaScript engine has compiled anything for it. */
  readonly first: number;
  /** Null without a Python. */
  readonly theirs: number | null;
}

async function measureLoops(python: Python | null): Promise<Loop[]> {
  const kernel = startKernel();
  await run(kernel, "");
  const chosen = Object.entries(cells).filter(([name]) => name.includes(options.cell));
  const measured = chosen.map(([name, code]) => ({
    name,
    code,
    ours: [] as number[],
    theirs: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { code, ours, theirs } of measured) {
      ours.push(await milliseconds(() => run(kernel, code)));
      if (python) theirs.push(await python.milliseconds(code));
    }
  }
  kernel.dispose();
  return measured.map(({ name, ours, theirs }) => ({
    name,
    ours: median(ours),
    first: ours[0],
    theirs: python && median(theirs),
  }));
}

function row(name: string, columns: readonly string[]): string {
  return name.padEnd(38) + columns.map((text) => text.padStart(12)).join("");
}

const kernelCosts = await measureKernel();
const python = await Python.start(options.python);
const loops = await measureLoops(python);
python?.end();

if (options.json) {
  const version = python?.version ?? null;
  console.log(JSON.stringify({ python: version, kernel: kernelCosts, loops }, null, 2));
} else {
  console.log(row("milliseconds", ["median", "longest"]));
  for (const { name, median, longest } of kernelCosts) {
    console.log(row(name, [median.toFixed(2), longest.toFixed(2)]));
  }
  console.log(`\n${row("medians in ms", ["first run", "ours", python?.version ?? "–", "ratio"])}`);
  for (const { name, first, ours, theirs } of loops) {
    const compared = theirs === null ? ["–", "–"] : [theirs.toFixed(1), (ours / theirs).toFixed(2)];
    console.log(row(name, [first.toFixed(1), ours.toFixed(1), ...compared]));
  }
}
