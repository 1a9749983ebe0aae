/**
 * @file PCG64, NumPy's default bit generator: a 128-bit linear congruential generator with XSL-RR
 * output (M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
 * Algorithms for Random Number Generation", 2014).
 */
import type { BitGenerator } from "./bitGenerator.ts";
import { type Entropy, SeedSequence } from "./seedSequence.ts";

// The multiplier 0x2360ed051fc65da44385df649fccf645 in 32-bit limbs, least significant first.
const m0 = 0x9fccf645;
const m1 = 0x4385df64;
const m2 = 0x1fc65da4;
const m3 = 0x2360ed05;

const inverse32 = 2 ** -32;

// Where `memory` holds what: 32-bit limbs, least significant first.
const increment = 4;
const position = 8;
const isHalfHeld = 9;
const heldHalf = 10;
const block = 12;
/** How many words are made at once: the state stays in registers meanwhile. */
const blockSize = 128;

const multiplier = 0x2360ed051fc65da44385df649fccf645n;

/** What undoes the multiplication modulo 2^128, by Newton's iteration. */
const inverseMultiplier = (() => {
  let inverse = multiplier;
  for (let i = 0; i < 7; i++) inverse = BigInt.asUintN(128, inverse * (2n - multiplier * inverse));
  return inverse;
})();

/** All that further draws depend on. */
export interface PcgState {
  readonly state: bigint;
  readonly increment: bigint;
  /** Whether half of a word waits to be drawn, and which. */
  readonly isHalfHeld: boolean;
  readonly heldHalf: number;
}

export class Pcg64 implements BitGenerator {
  readonly name = "PCG64";
  readonly seedSequence: SeedSequence;
  readonly word = new Uint32Array(2);
  /** As the kernels lay a stream out (src/engine/kernels/random.ts): a block holds words ahead. */
  memory = new Uint32Array(block + 2 * blockSize);

  constructor(seed: SeedSequence | Entropy | null) {
    this.seedSequence = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    // Pairs of words are 64-bit integers, their lower half first, the upper integer first.
    const words = this.seedSequence.generateState(8);
    const start = [words[2], words[3], words[0], words[1]];
    const [i0, i1, i2, i3] = [words[6], words[7], words[4], words[5]];
    const { memory } = this;
    memory[increment] = (i0 << 1) | 1;
    memory[increment + 1] = (i1 << 1) | (i0 >>> 31);
    memory[increment + 2] = (i2 << 1) | (i1 >>> 31);
    memory[increment + 3] = (i3 << 1) | (i2 >>> 31);
    // One step from zero is the increment; then the start is added, and one more step made.
    let carry = 0;
    for (let limb = 0; limb < 4; limb++) {
      const sum = memory[increment + limb] + start[limb] + carry;
      memory[limb] = sum;
      carry = sum >= 2 ** 32 ? 1 : 0;
    }
    this.#advance(memory.length - 2);
    memory[position] = blockSize;
  }

  /**
   * Steps `state = state * multiplier + increment` modulo 2^128, once for each word from an index
   * to the end of memory, and writes the words. A product's upper half is what the rounded product
   * has beyond its lower half: off by less than 2^-20 of a unit, so that rounding makes it exact.
   */
  #advance(from: number): void {
    const { memory } = this;
    const i0 = memory[increment];
    const i1 = memory[increment + 1];
    const i2 = memory[increment + 2];
    const i3 = memory[increment + 3];
    let s0 = memory[0];
    let s1 = memory[1];
    let s2 = memory[2];
    let s3 = memory[3];
    for (let at = from; at < memory.length; at += 2) {
      const low00 = Math.imul(s0, m0) >>> 0;
      const low01 = Math.imul(s0, m1) >>> 0;
      const low10 = Math.imul(s1, m0) >>> 0;
      const low02 = Math.imul(s0, m2) >>> 0;
      const low11 = Math.imul(s1, m1) >>> 0;
      const low20 = Math.imul(s2, m0) >>> 0;
      const high00 = ((s0 * m0 - low00) * inverse32 + 0.5) >>> 0;
      const high01 = ((s0 * m1 - low01) * inverse32 + 0.5) >>> 0;
      const high10 = ((s1 * m0 - low10) * inverse32 + 0.5) >>> 0;
      const high02 = ((s0 * m2 - low02) * inverse32 + 0.5) | 0;
      const high11 = ((s1 * m1 - low11) * inverse32 + 0.5) | 0;
      const high20 = ((s2 * m0 - low20) * inverse32 + 0.5) | 0;
      const low3 =
        ((Math.imul(s0, m3) + Math.imul(s1, m2)) | 0) +
        ((Math.imul(s2, m1) + Math.imul(s3, m0)) | 0);
      const sum0 = low00 + i0;
      const sum1 = high00 + low01 + low10 + i1 + (sum0 >= 4294967296 ? 1 : 0);
      const sum2 = high01 + high10 + low02 + low11 + low20 + i2 + Math.floor(sum1 * inverse32);
      const sum3 = high02 + high11 + high20 + low3 + i3 + Math.floor(sum2 * inverse32);
      s0 = sum0 >>> 0;
      s1 = sum1 >>> 0;
      s2 = sum2 >>> 0;
      s3 = sum3 >>> 0;
      // Both halves folded, then rotated right by the six uppermost bits of the state.
      const high = s3 ^ s1;
      const low = s2 ^ s0;
      const shift = (s3 >>> 26) & 31;
      const upper = s3 >>> 31 ? low : high;
      const lower = s3 >>> 31 ? high : low;
      memory[at] = (lower >>> shift) | ((upper << 1) << (31 - shift));
      memory[at + 1] = (upper >>> shift) | ((lower << 1) << (31 - shift));
    }
    memory[0] = s0;
    memory[1] = s1;
    memory[2] = s2;
    memory[3] = s3;
  }

  next64(): void {
    const { memory } = this;
    let next = memory[position];
    if (next === blockSize) {
      this.#advance(block);
      next = 0;
    }
    this.word[0] = memory[block + 2 * next + 1];
    this.word[1] = memory[block + 2 * next];
    memory[position] = next + 1;
  }

  /** The lower half of a word, then its upper half. */
  next32(): number {
    const { memory } = this;
    if (memory[isHalfHeld] !== 0) {
      memory[isHalfHeld] = 0;
      return memory[heldHalf];
    }
    this.next64();
    memory[heldHalf] = this.word[0];
    memory[isHalfHeld] = 1;
    return this.word[1];
  }

  nextDouble(): number {
    this.next64();
    return (this.word[0] * 2097152 + (this.word[1] >>> 11)) / 9007199254740992;
  }

  /** The state before the words that were made ahead, and the increment. */
  get state(): PcgState {
    const { memory } = this;
    const limbs = (from: number) =>
      [3, 2, 1, 0].reduce((total, i) => (total << 32n) | BigInt(memory[from + i]), 0n);
    const step = limbs(increment);
    let state = limbs(0);
    for (let ahead = memory[position]; ahead < blockSize; ahead++) {
      state = BigInt.asUintN(128, (state - step) * inverseMultiplier);
    }
    return {
      state,
      increment: step,
      isHalfHeld: memory[isHalfHeld] !== 0,
      heldHalf: memory[heldHalf],
    };
  }

  set state({ state, increment: step, isHalfHeld: held, heldHalf: half }: PcgState) {
    const { memory } = this;
    for (let i = 0; i < 4; i++) {
      memory[i] = Number(BigInt.asUintN(32, state >> BigInt(32 * i)));
      memory[increment + i] = Number(BigInt.asUintN(32, step >> BigInt(32 * i)));
    }
    memory[position] = blockSize;
    memory[isHalfHeld] = held ? 1 : 0;
    memory[heldHalf] = half;
  }

  spawn(count: number): Pcg64[] {
    return this.seedSequence.spawn(count).map((child) => new Pcg64(child));
  }
}
