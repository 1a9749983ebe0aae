/**
 * @file The memory's own speed as a peer: WebAssembly loops that do nothing but pass over as many
 * bytes as an operation must read and write at least. No implementation on as many threads can be
 * much faster, unless it finds in a cache what these have to fetch.
 */
import { Worker } from "node:worker_threads";
import asc from "assemblyscript/asc";
import { type Kernel, type Kernels, kernelNames, runPasses, state } from "./bandwidthPasses.ts";
import { type Cell, cellOf, type Data, type Operation, type Peer } from "./cases.ts";

/** Compiled by AssemblyScript; each loop takes 64 bytes at once. */
const source = `
  export function read(a: usize, b: usize, out: usize, bytes: usize): void {
    let s = i32x4.splat(0), t = s, u = s, v = s;
    for (const end = a + bytes; a < end; a += 64) {
      s = v128.or(s, v128.load(a));
      t = v128.or(t, v128.load(a, 16));
      u = v128.or(u, v128.load(a, 32));
      v = v128.or(v, v128.load(a, 48));
    }
    v128.store(out, v128.or(v128.or(s, t), v128.or(u, v)));
  }
  export function copy(a: usize, b: usize, out: usize, bytes: usize): void {
    for (const end = a + bytes; a < end; a += 64, out += 64) {
      v128.store(out, v128.load(a));
      v128.store(out, v128.load(a, 16), 16);
      v128.store(out, v128.load(a, 32), 32);
      v128.store(out, v128.load(a, 48), 48);
    }
  }
  export function move(a: usize, b: usize, out: usize, bytes: usize): void {
    memory.copy(out, a, bytes);
  }
  export function merge(a: usize, b: usize, out: usize, bytes: usize): void {
    for (const end = a + bytes; a < end; a += 64, b += 64, out += 64) {
      v128.store(out, v128.or(v128.load(a), v128.load(b)));
      v128.store(out, v128.or(v128.load(a, 16), v128.load(b, 16)), 16);
      v128.store(out, v128.or(v128.load(a, 32), v128.load(b, 32)), 32);
      v128.store(out, v128.or(v128.load(a, 48), v128.load(b, 48)), 48);
    }
  }
`;

/** The arrays that passes go over. */
const arrays = { x: 0, y: 1, upstream: 2, slopes: 3 };
type Pass = readonly [Kernel, ...(keyof typeof arrays)[]];

const passes: Record<Operation, readonly Pass[]> = {
  moments: [["read", "x"]],
  "training forward": [
    ["read", "x"],
    ["copy", "x", "y"],
  ],
  inference: [["copy", "x", "y"]],
  "forward + backward": [
    ["read", "x"],
    ["copy", "x", "y"],
    ["read", "x"],
    ["read", "upstream"],
    ["merge", "x", "upstream", "slopes"],
  ],
  // Once for the range, once to count.
  "64-bin histograms": [
    ["read", "x"],
    ["read", "x"],
  ],
};

/** The peers of 1 and 2 threads, which share their memory. */
export async function bandwidth(): Promise<Peer[]> {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
  const module = new WebAssembly.Module(await compile());
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = instance.exports as unknown as Kernels;
  const control = new Int32Array(new SharedArrayBuffer(4 * state.length));
  const worker = new Worker(new URL("bandwidthThread.ts", import.meta.url), {
    workerData: { module, memory, control },
  });
  worker.unref();
  await new Promise((resolve) => worker.once("message", resolve));
  const cell = (operation: Operation, data: Data, threads: number) =>
    prepare(memory, control, kernels, operation, data, threads);
  return [1, 2].map((threads) => ({
    name: threads === 1 ? "memory" : `memory ×${threads}`,
    version: `passes over the memory alone, ${threads === 1 ? "1 thread" : "2 threads"}`,
    limit: true,
    prepare: async (operation, data) => cell(operation, data, threads),
    close: () => void worker.terminate(),
  }));
}

function prepare(
  memory: WebAssembly.Memory,
  control: Int32Array<SharedArrayBuffer>,
  kernels: Kernels,
  operation: Operation,
  data: Data,
  threads: number,
): Cell {
  const { x } = data;
  const stride = Math.ceil(x.byteLength / 4096) * 4096 + 4096;
  const base = 65536;
  const missing = base + 4 * stride - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  const addresses = [0, 1, 2, 3].map((i) => base + i * stride);
  // Written to, so that every page is a page of its own.
  for (const address of addresses) new Float32Array(memory.buffer, address, x.length).set(x);

  const share = Math.floor(x.byteLength / threads / 64) * 64;
  const encode = (thread: number, copy: Kernel) =>
    passes[operation].flatMap(([kernel, ...names]) => {
      const at = names.map((name) => addresses[arrays[name]] + thread * share);
      // What a loop has read goes to the first page, a line for each thread.
      const operands =
        kernel === "read" ? [at[0], 0, 64 * thread] : [at[0], at.at(-2)!, at.at(-1)!];
      return [kernelNames.indexOf(kernel === "copy" ? copy : kernel), ...operands, share];
    });
  const runWith = (copy: Kernel) => {
    const [mine, theirs] = [encode(0, copy), encode(1, copy)];
    return () => {
      if (threads > 1) start(control, theirs);
      runPasses(kernels, mine);
      while (threads > 1 && Atomics.load(control, state.done) === 0);
    };
  };
  return cellOf(fastest([runWith("copy"), runWith("move")]), () => []);
}

function start(control: Int32Array<SharedArrayBuffer>, codes: readonly number[]): void {
  control.set(codes, state.passes);
  control[state.count] = codes.length;
  Atomics.store(control, state.done, 0);
  Atomics.add(control, state.sequence, 1);
  Atomics.notify(control, state.sequence);
}

/** Of loops and of the runtime's own copy now one is faster, now the other. */
function fastest(runs: readonly (() => void)[]): () => void {
  const timed = runs.map((run) => {
    const times = [0, 1, 2, 3].map(() => {
      const start = performance.now();
      run();
      return performance.now() - start;
    });
    return { run, time: Math.min(...times) };
  });
  return timed.reduce((a, b) => (b.time < a.time ? b : a)).run;
}

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    [
      ...["bandwidth.ts", "--outFile", "bandwidth.wasm", "--runtime", "stub", "-O3", "--noAssert"],
      ...["--enable", "simd", "--enable", "threads", "--enable", "bulk-memory", "--importMemory"],
      ...["--sharedMemory", "--initialMemory", "16", "--maximumMemory", "65536"],
    ],
    {
      stdout: asc.createMemoryStream(),
      stderr,
      readFile: (name) => (name === "bandwidth.ts" ? source : null),
      writeFile: (_name, contents) => {
        binary = Uint8Array.from(contents as Uint8Array);
      },
    },
  );
  if (error || !binary) throw new Error(`${stderr}`);
  return binary;
}
