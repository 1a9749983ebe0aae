/**
 * @file Streams of random numbers for the initializers. A host that has NumPy's generators
 * passes its own factory and gets the numbers that Keras gets; the streams here are merely sound.
 */

/** An endless stream of draws. */
export interface RandomStream {
  /** From [0, 1). */
  uniform(): number;
  /** From the standard normal distribution. */
  normal(): number;
}

/** Makes the stream of a seed; the same seed makes the same stream. */
export type RandomStreamFactory = (seed: bigint) => RandomStream;

/** Gives a seed from 1 to 1e9, as Keras makes them. */
export type SeedSource = () => bigint;

let seedSource: SeedSource = () => BigInt(1 + Math.floor(Math.random() * 1e9));

/** A seed for an initializer that was given none. */
export function makeDefaultSeed(): bigint {
  return seedSource();
}

/** Calls `make`, in which initializers without a seed take theirs from `source`. */
export function withDefaultSeeds<T>(source: SeedSource, make: () => T): T {
  const outer = seedSource;
  seedSource = source;
  try {
    return make();
  } finally {
    seedSource = outer;
  }
}

/**
 * A stream from xoshiro128** (Blackman & Vigna, "Scrambled linear pseudorandom number
 * generators", 2021), its state filled by splitmix32; normals by Marsaglia's polar method.
 */
export function createRandomStream(seed: bigint): RandomStream {
  const state = seedState(seed);
  let spare: number | undefined;
  return { uniform, normal };

  function next(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotateLeft(state[3], 11);
    return scrambled;
  }

  function uniform(): number {
    // 53 bits: the upper 27 of one word and the upper 26 of the next.
    return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  }

  function normal(): number {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  }
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function seedState(seed: bigint): Uint32Array {
  let counter = Number(BigInt.asUintN(32, seed ^ (seed >> 32n)));
  return Uint32Array.from({ length: 4 }, () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  });
}
