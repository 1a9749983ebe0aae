/**
 * @file The little of the WebAssembly JavaScript interface that the engine needs, for a room without
 * host types.
 */

/** Shared memory: views of its buffer stay valid when it grows. */
export interface WasmMemory {
  /** A new object over the same bytes after every `grow`, by zero pages too. */
  readonly buffer: SharedArrayBuffer;
  /** @throws RangeError where the pages cannot be had. */
  grow(pages: number): number;
}

/** A compiled module; threads can be sent it. */
export interface WasmModule {
  readonly compiled?: never;
}

interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => WasmModule;
  Instance: new (module: WasmModule, imports: object) => { readonly exports: unknown };
  Memory: new (description: { initial: number; maximum?: number; shared?: boolean }) => WasmMemory;
}

/** Bytes in a page of memory. */
export const pageSize = 65536;

/** The host's WebAssembly; undefined where it has none. */
export const webAssembly = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
