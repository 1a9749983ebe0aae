/**
 * @file `npm run bench:arrays`: operations on arrays against NumPy's, in turn, as medians and their
 * ratio; `--json` for a machine to read. NumPy is that of `/usr/bin/python3`, or of the interpreter
 * that `PYTHON` names.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import { runtime } from "../../src/engine/wasm/runtime.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import {
  type ArrayDType,
  allocate,
  binary,
  cast,
  copy,
  max,
  mean,
  type NDArray,
  NumpyScalar,
  select,
  sizeOf,
  sum,
  unary,
  variance,
  wrapData,
} from "../../src/numpy/index.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";

interface Operands {
  readonly x: NDArray;
  readonly y: NDArray;
  readonly v: NDArray;
  readonly w: NDArray;
}

const shapes = [
  [25, 8, 8, 64],
  [30, 32, 32, 64],
];
const dtypes: readonly ArrayDType[] = ["float32", "float64"];
const rounds = 7;

/** Operations by the names that `arraysPeer.py` gives them. */
const operations: Record<string, (operands: Operands) => unknown> = {
  "x * a + b": ({ x }) => binary("add", binary("multiply", x, 1.5), 0.5),
  "x * v + w": ({ x, v, w }) => binary("add", binary("multiply", x, v), w),
  "x + y": ({ x, y }) => binary("add", x, y),
  "x > 0": ({ x }) => binary("greater", x, 0n),
  "np.maximum(x, 0)": ({ x }) => binary("maximum", x, 0n),
  "np.sqrt(abs(x))": ({ x }) => unary("sqrt", unary("absolute", x)),
  "np.where(x > 0, x, 0)": ({ x }) =>
    select(binary("greater", x, 0n), x, new NumpyScalar(x.dtype, 0)),
  "x.sum()": ({ x }) => sum(x),
  "x.mean(axis=(0, 1, 2))": ({ x }) => mean(x, { axis: [0, 1, 2] }),
  "x.var(axis=0)": ({ x }) => variance(x, { axis: 0 }),
  "x.var(axis=(0, 1, 2))": ({ x }) => variance(x, { axis: [0, 1, 2] }),
  "x.max(axis=0)": ({ x }) => max(x, { axis: 0 }),
  "x.max()": ({ x }) => max(x),
  "x.astype(other float)": ({ x }) => cast(x, x.dtype === "float32" ? "float64" : "float32"),
  "(x > 0).astype(x.dtype)": ({ x }) => cast(binary("greater", x, 0n), x.dtype),
};

/** What a cell says of an operation, for those that are timed through the evaluator as well. */
const inCells: Record<string, string> = { "x * a + b": "x * 1.5 + 0.5" };

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** The other interpreter, which answers questions one by one. */
function startPeer(): { ask: (question: object) => Promise<number[]>; end: () => void } {
  const { OPENBLAS_CORETYPE: _, ...env } = process.env;
  const script = fileURLToPath(new URL("arraysPeer.py", import.meta.url));
  const child = spawn(process.env["PYTHON"] ?? "/usr/bin/python3", [script], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("the Python interpreter has ended: does it have NumPy?");
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
}

/** As the kernel's hosts do: lets tensors be freed while cells run. */
function allowRelease(): void {
  const context = createContext({}, { microtaskMode: "afterEvaluate" });
  const script = new Script("0");
  const tensors = runtime()?.tensors;
  if (tensors) tensors.releaseKept = () => script.runInContext(context);
}

/**
 * Uses as much of the kernels' memory as is used before any of it is used again: what is used for the
 * first time is mapped page by page, which a session pays once.
 */
function useMemory(): void {
  const zeros = allocate([2 ** 21], "float64");
  for (let i = 0; i < 40; i++) binary("add", zeros, zeros);
}

function operandsOf(dtype: ArrayDType, shape: readonly number[]): Operands {
  const draw = (lengths: readonly number[]) => {
    const values = Float64Array.from({ length: sizeOf(lengths) }, () => 4 * Math.random() - 2);
    return copy(cast(wrapData(values, "float64", lengths), dtype));
  };
  const last = shape.slice(-1);
  return { x: draw(shape), y: draw(shape), v: draw(last), w: draw(last) };
}

function milliseconds(operation: () => unknown, repetitions: number): number[] {
  return Array.from({ length: repetitions }, () => {
    const start = performance.now();
    operation();
    return performance.now() - start;
  });
}

/** A function that evaluates an expression so many times in a cell, and tells its time. */
function cellTimer(dtype: ArrayDType, shape: readonly number[], expression: string) {
  const host = { write: () => {}, display: () => {}, interrupted: () => false };
  const kernel = new Kernel(host, kernelStringsFor("en"));
  const run = (code: string) => {
    const result = kernel.execute(code, "Cell");
    if (result.status !== "ok") throw new Error(result.error.message);
  };
  run(`import numpy as np\nx = np.random.uniform(-2, 2, (${shape})).astype("${dtype}")`);
  return (repetitions: number): number[] => {
    const start = performance.now();
    run(`for _ in range(${repetitions}):\n    z = ${expression}`);
    return [(performance.now() - start) / repetitions];
  };
}

interface Row {
  readonly operation: string;
  readonly dtype: ArrayDType;
  readonly size: number;
  readonly ours: number;
  readonly numpy: number;
  readonly ratio: number;
}

const json = process.argv.includes("--json");
const rows: Row[] = [];
allowRelease();
useMemory();
const peer = startPeer();
for (const dtype of dtypes) {
  for (const shape of shapes) {
    const size = shape.reduce((a, b) => a * b, 1);
    const repetitions = size > 1e6 ? 4 : 40;
    const operands = operandsOf(dtype, shape);
    if (!json) {
      console.log(`\n${dtype} (${shape.join(", ")}); milliseconds`);
      console.log(
        `${"".padEnd(28)}${["ours", "NumPy", "ratio"].map((s) => s.padStart(9)).join("")}`,
      );
    }
    const compare = async (
      name: string,
      operation: string,
      time: (repetitions: number) => number[],
    ) => {
      const [ours, theirs]: number[][] = [[], []];
      const question = { operation, dtype, shape, repetitions };
      time(3);
      for (let round = 0; round < rounds; round++) {
        ours.push(...time(repetitions));
        theirs.push(...(await peer.ask(question)));
      }
      const [a, b] = [median(ours), median(theirs)];
      rows.push({ operation: name, dtype, size, ours: a, numpy: b, ratio: a / b });
      if (json) return;
      const texts = [a.toFixed(3), b.toFixed(3), (a / b).toFixed(2)];
      console.log(name.padEnd(28) + texts.map((text) => text.padStart(9)).join(""));
    };
    for (const [name, operation] of Object.entries(operations)) {
      await compare(name, name, (n) => milliseconds(() => operation(operands), n));
    }
    for (const [name, expression] of Object.entries(inCells)) {
      await compare(`${name}, in a cell`, name, cellTimer(dtype, shape, expression));
    }
  }
}
peer.end();
if (json) console.log(JSON.stringify(rows, null, 2));
