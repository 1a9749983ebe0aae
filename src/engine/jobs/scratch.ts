/**
 * @file A thread's working room: small arrays that live for one task, cut from one block in the
 * kernels' memory, or from the heap where there are no kernels.
 */

/** Bytes of a thread's block. What a task may take is bounded by the partition of its job. */
export const scratchSize = 2 ** 20;

export class Scratch {
  readonly #buffer: ArrayBufferLike;
  readonly #start: number;
  #top = 0;

  /** @param place Where the block is; a block on the heap where there is none. */
  constructor(place?: { readonly buffer: ArrayBufferLike; readonly start: number }) {
    this.#buffer = place?.buffer ?? new ArrayBuffer(scratchSize);
    this.#start = place?.start ?? 0;
  }

  /** Forgets all arrays. */
  reset(): void {
    this.#top = 0;
  }

  /** Zero-filled. */
  float32(length: number): Float32Array {
    return this.rawFloat32(length).fill(0);
  }

  /** Zero-filled. */
  float64(length: number): Float64Array {
    return this.rawFloat64(length).fill(0);
  }

  int32(length: number): Int32Array {
    return new Int32Array(this.#buffer as ArrayBuffer, this.#take(4 * length), length);
  }

  /** With whatever values. */
  rawFloat32(length: number): Float32Array {
    return new Float32Array(this.#buffer as ArrayBuffer, this.#take(4 * length), length);
  }

  /** With whatever values. */
  rawFloat64(length: number): Float64Array {
    return new Float64Array(this.#buffer as ArrayBuffer, this.#take(8 * length), length);
  }

  #take(bytes: number): number {
    const at = this.#top;
    this.#top = at + Math.ceil(bytes / 64) * 64;
    if (this.#top > scratchSize) throw new Error("internal: a task needs more than its room");
    return this.#start + at;
  }
}
