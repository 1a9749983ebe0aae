/**
 * @file The compiled kernels and their memory: made at first use, once, or never where the host has
 * no WebAssembly with SIMD and shared memory.
 */
import { binary } from "./binary.ts";
import type { Kernels } from "./kernels.ts";
import { TensorMemory } from "./memory.ts";
import { type WasmMemory, type WasmModule, webAssembly } from "./webAssembly.ts";

/** What all threads of an engine share: both can be sent to a worker. */
export interface SharedRuntime {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
}

export interface Runtime extends SharedRuntime {
  readonly kernels: Kernels;
  readonly tensors: TensorMemory;
}

/** Bytes that tensors take together in the kernels' memory before they are put elsewhere. */
export const mostInKernels = 2 ** 30;

let current: Runtime | null | undefined;

/** The kernels; null where the host cannot run them. */
export function runtime(): Runtime | null {
  if (current === undefined) current = start();
  return current;
}

/**
 * Computes without WebAssembly from now on, or with it again. Results are the same; tensors that
 * lie in the kernels' memory stay valid.
 */
export function useKernels(use: boolean): void {
  current = use ? start() : null;
}

let started: Runtime | null | undefined;

function start(): Runtime | null {
  if (started !== undefined) return started;
  started = null;
  if (!webAssembly) return null;
  try {
    const memory = new webAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
    // Fails where the host knows no SIMD.
    started = startRuntime({ module: new webAssembly.Module(decodeBase64(binary)), memory });
  } catch {
    // The plain kernels remain.
  }
  return started;
}

/** The kernels over a memory that may be another thread's. */
export function startRuntime({ module, memory }: SharedRuntime): Runtime {
  const imports = { env: { memory, abort: () => {} } };
  const { exports } = new webAssembly!.Instance(module, imports);
  const tensors = new TensorMemory(memory, mostInKernels);
  return { module, memory, kernels: exports as Kernels, tensors };
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decodeBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < digits.length; i++) values[digits.charCodeAt(i)] = i;
  const length = text.length - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let [at, word, bits] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    word = ((word << 6) | values[text.charCodeAt(i)]) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = word >> bits;
    }
  }
  return bytes;
}
