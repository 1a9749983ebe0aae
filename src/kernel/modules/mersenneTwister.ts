/**
 * @file The generator behind `random`: NumPy's Mersenne Twister, seeded and read as CPython does,
 * so that the same seed gives the same numbers.
 */
import { entropyWords, MersenneTwister as Twister } from "../../numpy/index.ts";

export class MersenneTwister {
  readonly #twister = new Twister();

  /** Seeds with the 32-bit words of a non-negative integer, least significant first. */
  seed(value: bigint): void {
    this.#twister.seedWords(entropyWords(value));
  }

  /** A float in [0, 1) of 53 random bits. */
  random(): number {
    return this.#twister.nextDouble();
  }

  /** An integer of `count` random bits. */
  bits(count: number): bigint {
    const words: string[] = [];
    for (let taken = 0; taken < count; taken += 32) {
      const left = count - taken;
      const word = this.#twister.next32() >>> Math.max(32 - left, 0);
      words.push(word.toString(16).padStart(8, "0"));
    }
    return BigInt(`0x0${words.reverse().join("")}`);
  }

  /** An integer in [0, limit), each as likely; draws until one fits. */
  below(limit: bigint): bigint {
    const count = limit.toString(2).length;
    let result = this.bits(count);
    while (result >= limit) result = this.bits(count);
    return result;
  }
}
