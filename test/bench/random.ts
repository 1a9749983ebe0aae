/**
 * @file `npm run bench:random`: arrays of random numbers beside NumPy's, in turn in one run, as
 * medians and their ratio. NumPy is that of a Python on the PATH or of `/usr/bin/python3`; `PYTHON`
 * names another.
 *
 * `--json` prints JSON, `--size` takes other sizes than a thousand to ten million, by commas,
 * `--plain` measures ours without the compiled kernels, and `--fastest` compares fastest runs, which
 * tell more than medians on a machine that others use too.
 */
import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createContext, Script } from "node:vm";
import { runtime, useKernels } from "../../src/engine/wasm/runtime.ts";
import { asarray, Generator, Pcg64, RandomState } from "../../src/numpy/index.ts";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    plain: { type: "boolean", default: false },
    fastest: { type: "boolean", default: false },
    size: { type: "string", default: "1000,100000,10000000" },
  },
});

const rounds = 9;
/** A turn draws about so many elements, and one array at least. */
const turn = 1e6;

const generator = new Generator(new Pcg64(0n));
const state = new RandomState();
state.seed(0n);
const [zero, one, two, minusOne] = [0, 1, 2, -1].map((value) => asarray(value, "float64"));
const integers = (dtype: "int64" | "int32", n: number) =>
  generator.integers(0n, 10n, { size: [n], dtype, endpoint: false });

/** Ours by what NumPy calls it, `g` a `Generator` and `s` a `RandomState`. */
const operations: Record<string, (n: number) => unknown> = {
  "g.random(n)": (n) => generator.random([n]),
  "g.random(n, dtype='float32')": (n) => generator.random([n], "float32"),
  "g.uniform(-1, 1, n)": (n) => generator.uniform(minusOne, one, [n]),
  "g.standard_normal(n)": (n) => generator.standardNormal([n]),
  "g.standard_normal(n, dtype='float32')": (n) => generator.standardNormal([n], "float32"),
  "g.normal(0, 2, n)": (n) => generator.normal(zero, two, [n]),
  "g.standard_exponential(n)": (n) => generator.standardExponential([n]),
  "g.exponential(2, n)": (n) => generator.exponential(two, [n]),
  "g.integers(0, 10, n)": (n) => integers("int64", n),
  "g.integers(0, 10, n, dtype='int32')": (n) => integers("int32", n),
  "s.random_sample(n)": (n) => state.random([n]),
  "s.standard_normal(n)": (n) => state.standardNormal([n]),
  "s.randint(0, 10, n)": (n) => state.randint(0n, 10n, [n], "int64"),
};

interface Peer {
  readonly version: string;
  time(expression: string, n: number, runs: number): Promise<number[]>;
  end(): void;
}

/** @throws where no Python has NumPy. */
async function startPeer(): Promise<Peer> {
  // As on a machine on which nobody has tuned NumPy's linear algebra.
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...env } = process.env;
  const named = process.env["PYTHON"];
  const python = (named ? [named] : ["python3", "/usr/bin/python3"]).find((candidate) => {
    try {
      execFileSync(candidate, ["-c", "import numpy"], { env, stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
  if (!python) throw new Error("no Python has NumPy");
  const script = fileURLToPath(new URL("randomPeer.py", import.meta.url));
  const child = spawn(python, [script], { env, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("Python has ended");
    return JSON.parse(value);
  };
  return {
    version: await answer(),
    time: (expression, n, runs) => {
      child.stdin.write(`${JSON.stringify({ expression, n, runs })}\n`);
      return answer();
    },
    end: () => child.stdin.end(),
  };
}

/** As the kernel's hosts do: lets arrays be freed between the runs of a turn. */
function allowRelease(): void {
  const context = createContext({}, { microtaskMode: "afterEvaluate" });
  const script = new Script("0");
  const tensors = runtime()?.tensors;
  if (tensors) tensors.releaseKept = () => script.runInContext(context);
}

function time(operation: () => unknown, runs: number): number[] {
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    operation();
    return performance.now() - start;
  });
}

function typical(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return options.fastest ? sorted[0] : sorted[sorted.length >> 1];
}

interface Row {
  readonly operation: string;
  readonly n: number;
  /** Nanoseconds per element. */
  readonly ours: number;
  readonly numpy: number;
  readonly ratio: number;
}

useKernels(!options.plain);
allowRelease();
// Memory that was never used before is slow at first, which is not what is measured.
time(() => generator.random([4e6]), 30);
const peer = await startPeer();
const rows: Row[] = [];
if (!options.json) console.log(`${peer.version}; nanoseconds per element`);
for (const n of options.size.split(",").map(Number)) {
  if (!options.json) {
    console.log(`\n${`n = ${n}`.padEnd(40)}${"ours".padStart(9)}${"NumPy".padStart(9)}   ratio`);
  }
  for (const [operation, draw] of Object.entries(operations)) {
    const runs = Math.max(1, Math.round(turn / n));
    const [ours, theirs]: number[][] = [[], []];
    // Compiled and fetched before it counts.
    time(() => draw(n), Math.min(runs, 300));
    await peer.time(operation, n, 1);
    for (let round = 0; round < rounds; round++) {
      ours.push(...time(() => draw(n), runs));
      theirs.push(...(await peer.time(operation, n, runs)));
    }
    const [a, b] = [ours, theirs].map((times) => (typical(times) / n) * 1e6);
    rows.push({ operation, n, ours: a, numpy: b, ratio: a / b });
    if (options.json) continue;
    const texts = [a, b, a / b].map((value) => value.toFixed(2));
    console.log(operation.padEnd(40) + texts.map((text) => text.padStart(9)).join(""));
  }
}
peer.end();
if (options.json) console.log(JSON.stringify({ numpy: peer.version, rows }, null, 2));
