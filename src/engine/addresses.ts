/**
 * @file Arrays as the compiled kernels take them: by address. Large ones lie in the kernels' memory
 * as it is; small ones are copied there for the time of a call.
 */
import type { TensorData } from "./dtype.ts";
import type { TensorMemory } from "./wasm/memory.ts";
import { runtime } from "./wasm/runtime.ts";

/** Arrays of more bytes are not copied into the kernels' memory: plain loops are as fast. */
const mostCopied = 32768;
/** Blocks of the workspace begin at multiples of this. */
const alignment = 64;
/** Bytes of workspace that every call gets besides. */
const scratchSize = 128;

/** Any of the compiled functions; whether it is there is for whoever binds it to know. */
type Compiled = (...operands: (number | bigint)[]) => number;

/** Elements below which a kernel is not worth the call. */
export const leastCompiled = 2048;

/** The compiled functions; null where there are none. */
export function compiled(): Readonly<Record<string, Compiled>> | null {
  return (runtime()?.kernels as unknown as Readonly<Record<string, Compiled>> | undefined) ?? null;
}

/** A block of the kernels' memory that calls share: none calls another. */
interface Workspace {
  readonly tensors: TensorMemory;
  readonly start: number;
  readonly size: number;
}

let workspace: Workspace | undefined;

function workspaceOf(tensors: TensorMemory, bytes: number): number {
  if (workspace?.tensors === tensors && workspace.size >= bytes) return workspace.start;
  const { start, size } = tensors.claim(bytes);
  if (workspace?.tensors === tensors) tensors.release(workspace);
  workspace = { tensors, start, size };
  return start;
}

/**
 * Calls `use` with the addresses of arrays, and of a scratch of 128 bytes. What it writes into the
 * first array is there afterwards; the others it may only read.
 * @returns Undefined where the kernels cannot reach an array; then nothing was called.
 */
export function withAddresses<T>(
  arrays: readonly TensorData[],
  use: (addresses: readonly number[], scratch: number) => T,
): T | undefined {
  const tensors = runtime()?.tensors;
  if (!tensors) return undefined;
  let bytes = 0;
  for (const array of arrays) {
    if (tensors.owns(array.buffer)) continue;
    if (array.byteLength > mostCopied) return undefined;
    bytes += aligned(array.byteLength);
  }
  const start = workspaceOf(tensors, scratchSize + bytes);
  const addresses = arrays.map((array) => array.byteOffset);
  if (bytes === 0) return use(addresses, start);
  const { buffer } = tensors;
  let place = start + scratchSize;
  for (const [index, array] of arrays.entries()) {
    if (tensors.owns(array.buffer)) continue;
    addresses[index] = place;
    bytesOf(buffer, place, array.byteLength).set(
      bytesOf(array.buffer, array.byteOffset, array.byteLength),
    );
    place += aligned(array.byteLength);
  }
  const result = use(addresses, start);
  const [first] = arrays;
  if (!tensors.owns(first.buffer)) {
    bytesOf(first.buffer, first.byteOffset, first.byteLength).set(
      bytesOf(buffer, addresses[0], first.byteLength),
    );
  }
  return result;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function bytesOf(buffer: ArrayBufferLike, start: number, length: number): Uint8Array {
  return new Uint8Array(buffer, start, length);
}
