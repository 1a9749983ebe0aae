/**
 * @file The Mersenne Twister MT19937 (Matsumoto & Nishimura 1998), with the ways of seeding that
 * NumPy and CPython have.
 */
import type { BitGenerator } from "./bitGenerator.ts";
import { type Entropy, SeedSequence } from "./seedSequence.ts";

const size = 624;
const shift = 397;

export class MersenneTwister implements BitGenerator {
  readonly name = "MT19937";
  readonly word = new Uint32Array(2);
  /** The state, then the index of the word that is next. */
  memory = new Uint32Array(size + 1);
  #sequence: SeedSequence | null = null;

  constructor() {
    this.memory[size] = size;
  }

  /** As NumPy's `MT19937(seed)` does. */
  seed(seed: SeedSequence | Entropy | null): this {
    this.#sequence = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    this.memory.set(this.#sequence.generateState(size));
    this.memory[0] = 0x8000_0000;
    this.memory[size] = size - 1;
    return this;
  }

  /** As `np.random.seed(value)` does (`init_genrand`): 32 bits. */
  seedWord(value: number): this {
    this.memory[0] = value;
    for (let i = 1; i < size; i++) this.memory[i] = Math.imul(1812433253, this.#mixed(i)) + i;
    this.memory[size] = size;
    return this;
  }

  /** As `np.random.seed([…])` and CPython's `random.seed` do (`init_by_array`): 32-bit words. */
  seedWords(key: ArrayLike<number>): this {
    this.seedWord(19650218);
    const state = this.memory;
    let i = 1;
    let j = 0;
    for (let k = Math.max(size, key.length); k > 0; k--) {
      state[i] = (state[i] ^ Math.imul(this.#mixed(i), 1664525)) + key[j] + j;
      j = (j + 1) % key.length;
      i = this.#wrapped(i + 1);
    }
    for (let k = size - 1; k > 0; k--) {
      state[i] = (state[i] ^ Math.imul(this.#mixed(i), 1566083941)) - i;
      i = this.#wrapped(i + 1);
    }
    state[0] = 0x8000_0000;
    return this;
  }

  #mixed(i: number): number {
    const previous = this.memory[i - 1];
    return previous ^ (previous >>> 30);
  }

  #wrapped(i: number): number {
    if (i < size) return i;
    this.memory[0] = this.memory[size - 1];
    return 1;
  }

  next32(): number {
    const { memory } = this;
    if (memory[size] === size) this.#refill();
    const index = memory[size];
    memory[size] = index + 1;
    let y = memory[index];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c_5680;
    y ^= (y << 15) & 0xefc6_0000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #refill(): void {
    const state = this.memory;
    for (let i = 0; i < size; i++) {
      const next = i + 1 < size ? i + 1 : 0;
      const far = i + shift < size ? i + shift : i + shift - size;
      const y = (state[i] & 0x8000_0000) | (state[next] & 0x7fff_ffff);
      state[i] = state[far] ^ (y >>> 1) ^ (y & 1 ? 0x9908_b0df : 0);
    }
    this.memory[size] = 0;
  }

  /** The upper half is drawn first. */
  next64(): void {
    this.word[0] = this.next32();
    this.word[1] = this.next32();
  }

  nextDouble(): number {
    const high = this.next32() >>> 5;
    const low = this.next32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  spawn(count: number): MersenneTwister[] {
    const sequence = this.#sequence ?? new SeedSequence(null);
    return sequence.spawn(count).map((child) => new MersenneTwister().seed(child));
  }
}
