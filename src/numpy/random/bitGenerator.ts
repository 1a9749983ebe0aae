/**
 * @file What distributions draw from: a stream of 64-bit words, as NumPy's `bitgen_t` gives it.
 */

export interface BitGenerator {
  /** NumPy's name of the class: `PCG64`. */
  readonly name: string;
  /** The word that `next64` drew, upper half first. */
  readonly word: Uint32Array;
  /**
   * All that further draws depend on, as the kernels lay it out: while they draw, it lies in their
   * memory.
   */
  memory: Uint32Array;
  /** Draws 64 bits into `word`. */
  next64(): void;
  /** 32 bits, from 0 to 2^32 - 1. */
  next32(): number;
  /** From [0, 1), of 53 bits. */
  nextDouble(): number;
  /** Generators whose streams do not overlap this one's. */
  spawn(count: number): BitGenerator[];
}

/** From [0, 1), of 24 bits. */
export function nextFloat(bits: BitGenerator): number {
  return (bits.next32() >>> 8) / 16777216;
}

/** The next 64 bits as one integer. */
export function nextBig(bits: BitGenerator): bigint {
  bits.next64();
  return (BigInt(bits.word[0]) << 32n) | BigInt(bits.word[1]);
}
