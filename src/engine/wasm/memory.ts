/**
 * @file Where large tensors lie: in the kernels' memory, so that nothing is copied in or out.
 *
 * A tensor is freed when the garbage collector has found its buffer unused. Every tensor has a
 * buffer object of its own over the one memory (`grow(0)` makes it), which all views of the tensor
 * share and which a `WeakRef` watches. After every so many bytes the collector is made to run and the
 * blocks of dead buffers are used again; what does not fit into the memory's limit even then is the
 * caller's to put elsewhere. Depends on WebAssembly alone.
 */
import { pageSize, type WasmMemory, webAssembly } from "./webAssembly.ts";

/** Bytes at the start of memory that belong to the kernels' own constants. */
const reserved = 1 << 18;
/** Blocks begin at multiples of this: a cache line. */
const alignment = 64;
/** Bytes that are asked for at least before dead tensors are looked for; at most twice as many. */
const leastPatience = 2 ** 28;
/** Memory grows by at least so many pages. */
const leastGrowth = 256;

/** A range of memory. */
export interface Block {
  readonly start: number;
  readonly size: number;
}

export class TensorMemory {
  readonly memory: WasmMemory;
  /** Bytes that tensors may take together. */
  limit: number;
  /**
   * Makes objects collectable that this job has looked at through a `WeakRef`: the host's, since
   * the language has no word for it. Without it tensors are freed between jobs alone.
   */
  releaseKept: (() => void) | null = null;
  /** Buffers of tensors that lie here. */
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  #watched: { readonly buffer: WeakRef<SharedArrayBuffer>; readonly block: Block }[] = [];
  /** Free blocks by address, neighbours merged. */
  #free: Block[] = [];
  /** Where memory that was never used begins. */
  #top = reserved;
  #used = 0;
  /** Bytes asked for since dead tensors were last looked for, and bytes used then. */
  #asked = 0;
  #survived = 0;

  constructor(memory: WasmMemory, limit: number) {
    this.memory = memory;
    this.limit = limit;
  }

  /** Bytes in blocks that are not known to be free. */
  get used(): number {
    return this.#used;
  }

  /** Bytes of memory that were ever used. */
  get extent(): number {
    return this.#top;
  }

  /** Whether the kernels can reach a buffer. */
  owns(buffer: ArrayBufferLike): boolean {
    return this.#buffers.has(buffer);
  }

  /**
   * Room for a tensor, with whatever the bytes held before; freed when the buffer is collected.
   * Null where it does not fit: more than a quarter of the limit is never taken by one tensor.
   */
  allocate(bytes: number): { readonly buffer: SharedArrayBuffer; readonly start: number } | null {
    if (bytes > this.limit / 4) return null;
    const size = roundUp(bytes);
    // Memory that was used before is in caches and mapped: worth looking for once in a while.
    const patience = Math.min(Math.max(leastPatience, this.#survived), 2 * leastPatience);
    if (this.#asked + size > patience) this.collect();
    this.#asked += size;
    if (this.#used + size > this.limit) return null;
    const block = this.#reuse(size) ?? this.#extend(size);
    if (!block) return null;
    this.#used += size;
    this.memory.grow(0);
    const { buffer } = this.memory;
    this.#buffers.add(buffer);
    this.#watched.push({ buffer: new WeakRef(buffer), block });
    return { buffer, start: block.start };
  }

  /** A buffer over all of memory as it is now, for claimed blocks. */
  get buffer(): SharedArrayBuffer {
    return this.memory.buffer;
  }

  /**
   * A block for the engine's own use, until it is released. Small and indispensable, it may go
   * beyond the limit.
   * @throws RangeError where the memory cannot grow.
   */
  claim(bytes: number): Block {
    const size = roundUp(bytes);
    const block = this.#reuse(size) ?? this.#extend(size);
    if (!block) throw new RangeError("internal: no room for a workspace");
    this.#used += block.size;
    return block;
  }

  release(block: Block): void {
    this.#giveBack(block);
  }

  /** Calls `use` with a claimed block, which is released afterwards. */
  borrow<T>(bytes: number, use: (buffer: SharedArrayBuffer, start: number) => T): T {
    const block = this.claim(bytes);
    try {
      return use(this.buffer, block.start);
    } finally {
      this.release(block);
    }
  }

  /** The smallest free block that is large enough, or its front. */
  #reuse(size: number): Block | null {
    let best = -1;
    for (let i = 0; i < this.#free.length; i++) {
      const { size: found } = this.#free[i];
      if (found >= size && (best < 0 || found < this.#free[best].size)) best = i;
    }
    if (best < 0) return null;
    const { start, size: found } = this.#free[best];
    if (found === size) this.#free.splice(best, 1);
    else this.#free[best] = { start: start + size, size: found - size };
    return { start, size };
  }

  #extend(size: number): Block | null {
    const start = this.#top;
    const missing = Math.ceil((start + size - this.memory.buffer.byteLength) / pageSize);
    if (missing > 0 && !this.#grow(missing)) return null;
    // Only now: a growth that fails must not leave the top beyond the memory.
    this.#top = start + size;
    return { start, size };
  }

  #grow(pages: number): boolean {
    for (const wanted of [Math.max(pages, leastGrowth), pages]) {
      try {
        this.memory.grow(wanted);
        return true;
      } catch {
        // The host has no more; perhaps it has the bare need.
      }
    }
    return false;
  }

  #giveBack({ start, size }: Block): void {
    this.#used -= size;
    const at = this.#free.findIndex((block) => block.start > start);
    const place = at < 0 ? this.#free.length : at;
    this.#free.splice(place, 0, { start, size });
    this.#merge(place);
    this.#merge(place - 1);
  }

  /** Makes one block of the free block at a place and the next where they touch. */
  #merge(place: number): void {
    const [block, next] = [this.#free[place], this.#free[place + 1]];
    if (!block || !next || block.start + block.size !== next.start) return;
    this.#free.splice(place, 2, { start: block.start, size: block.size + next.size });
  }

  /** Frees the blocks of dead tensors. */
  collect(): void {
    if (!this.#sweep()) {
      this.releaseKept?.();
      makeCollectorRun();
      // The first run may only have finished what an earlier one had marked.
      if (!this.#sweep()) {
        makeCollectorRun();
        this.#sweep();
      }
    }
    this.#asked = 0;
    this.#survived = this.#used;
  }

  #sweep(): boolean {
    const before = this.#used;
    this.#watched = this.#watched.filter(({ buffer, block }) => {
      if (buffer.deref()) return true;
      this.#giveBack(block);
      return false;
    });
    // What this job keeps because it was looked at could otherwise outlive the next collection.
    this.releaseKept?.();
    return this.#used < before;
  }
}

function roundUp(bytes: number): number {
  return Math.max(alignment, Math.ceil(bytes / alignment) * alignment);
}

/**
 * Claims address space (no memory: nothing touches it) until V8 counts more outside its heap than
 * it allows, which makes it collect at once. Harmless elsewhere.
 */
export function makeCollectorRun(): void {
  try {
    if (webAssembly) new webAssembly.Memory({ initial: 65536 });
  } catch {
    // No room for it: the collector has run all the same.
  }
}
