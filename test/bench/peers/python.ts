/**
 * @file NumPy and PyTorch, each in a Python that stays alive and is asked in turn.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Data, Operation, Peer } from "../cases.ts";
import { folder } from "../packages.ts";

const methods: Record<Operation, string> = {
  moments: "moments",
  "training forward": "training_forward",
  inference: "inference",
  "forward + backward": "forward_backward",
  "64-bin histograms": "histograms",
};

/** @throws where no Python has NumPy. */
export function numpy(): Promise<Peer> {
  return pythonPeer("NumPy", "numpy", 1);
}

/** @throws where no Python has PyTorch. */
export function pytorch(threads: number): Promise<Peer> {
  return pythonPeer(threads === 1 ? "PyTorch" : `PyTorch ×${threads}`, "torch", threads);
}

/** Python's environment: that of a machine on which nobody has tuned OpenBLAS. */
function environment(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...rest } = process.env;
  return rest;
}

function findPython(module: string): string {
  for (const python of ["python3", "/usr/bin/python3"]) {
    try {
      execFileSync(python, ["-c", `import numpy, ${module}`], {
        env: environment(),
        stdio: "ignore",
      });
      return python;
    } catch {
      // The next may have it.
    }
  }
  throw new Error(`no Python has ${module}`);
}

async function pythonPeer(name: string, module: string, threads: number): Promise<Peer> {
  const child = spawn(findPython(module), [`${folder}pythonPeer.py`, module, String(threads)], {
    env: environment(),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ask = conversation(child);
  const { version } = await ask(null);
  return {
    name,
    version: `${version}, ${threads} thread${threads === 1 ? "" : "s"}`,
    async prepare(operation: Operation, data: Data) {
      const { shape, axis, mean, variance, file } = data;
      await ask({
        prepare: methods[operation],
        shape,
        axis,
        mean: Array.from(mean),
        variance: Array.from(variance),
        file,
      });
      return {
        time: async (runs) => (await ask({ time: runs })).times!,
        results: async () => (await ask({ results: true })).results!,
        dispose: () => void ask({ release: true }).catch(() => {}),
      };
    },
    close: () => child.stdin?.end(),
  };
}

interface Answer {
  readonly error?: string;
  readonly version?: string;
  readonly times?: number[];
  readonly results?: number[];
}

/** Requests one after the other; null awaits what the child says by itself. */
function conversation({ stdin, stdout }: ChildProcess): (request: unknown) => Promise<Answer> {
  const lines = createInterface({ input: stdout! })[Symbol.asyncIterator]();
  let before: Promise<unknown> = Promise.resolve();
  const ask = async (request: unknown) => {
    if (request) stdin!.write(`${JSON.stringify(request)}\n`);
    const { done, value } = await lines.next();
    if (done) throw new Error("Python has ended");
    const answer: Answer = JSON.parse(value);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  };
  return (request) => {
    const answer = before.then(() => ask(request));
    before = answer.catch(() => {});
    return answer;
  };
}
