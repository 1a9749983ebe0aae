/**
 * @file NumPy's legacy generator, `RandomState`, which also stands behind `np.random.seed` and
 * its kin: a Mersenne Twister, normals by the polar method, integers by masking.
 */
import { EngineError, numbersOf } from "../../engine/index.ts";
import type { ArrayDType, NDArray, NumpyScalar } from "../ndarray.ts";
import { exp, log } from "../ufuncs/accurate.ts";
import { binomial } from "./binomial.ts";
import { masked32 } from "./bounded.ts";
import { beta, type Primitives, poisson, standardGamma } from "./distributions.ts";
import {
  type Drawn,
  drawAffine,
  drawFrom,
  drawPlain,
  drawWith,
  nonNegative,
  poissonMean,
  positive,
  probability,
  type Size,
  undrawn,
} from "./drawing.ts";
import { type Fill, fillFrom, fillRange } from "./fills.ts";
import { drawIntegers, type IntegerBound } from "./integers.ts";
import { MersenneTwister } from "./mt19937.ts";
import {
  type ChoiceOptions,
  type ChoiceSource,
  chooseIndices,
  chosenElements,
  indexArray,
  permutedAxis,
  shuffleAxis,
  shuffledIndices,
} from "./sampling.ts";
import { uniformParameters, uniformSource } from "./uniform.ts";

/** A 32-bit integer, an array of them, or null: entropy. */
export type LegacySeed = bigint | readonly bigint[] | null;

/** What makes two normals of a point at a squared distance from the centre of the unit circle. */
function polarFactor(square: number): number {
  return Math.sqrt((-2 * log(square)) / square);
}

export class RandomState {
  readonly bits: MersenneTwister;
  /** What distributions are made of. */
  readonly primitives: Primitives;
  readonly #choice: ChoiceSource;
  // The polar method makes normals in pairs.
  #spare: number | null = null;

  constructor(bits: MersenneTwister = new MersenneTwister().seed(null)) {
    this.bits = bits;
    this.primitives = {
      uniform: () => bits.nextDouble(),
      normal: () => this.#gauss(),
      exponential: () => -log(1 - bits.nextDouble()),
    };
    this.#choice = {
      uniforms: (count) => numbersOf(count, () => bits.nextDouble()),
      integers: (population, count) => numbersOf(count, () => masked32(bits, population - 1)),
      distinct: (population, count) =>
        shuffledIndices(population, this.drawInterval).subarray(0, count),
      words: {
        emptyPopulation: "a must be greater than 0 unless no samples are taken",
        emptyArray: "'a' cannot be empty unless no samples are taken",
        tooMany: "Cannot take a larger sample than population when 'replace=False'",
        negative: "Negative dimensions are not allowed",
        oneDimension: "'p' must be 1-dimensional",
        sameSize: "'a' and 'p' must have same size",
        notANumber: "probabilities contain NaN",
        negativeProbability: "probabilities are not non-negative",
        sumIsNotOne: "probabilities do not sum to 1",
      },
    };
  }

  /** @throws EngineError ValueError for integers that 32 bits do not hold. */
  seed(seed: LegacySeed): void {
    this.#spare = null;
    if (seed === null) {
      this.bits.seed(null);
      return;
    }
    const words = typeof seed === "bigint" ? [seed] : seed;
    if (words.length === 0) throw new EngineError("ValueError", "Seed must be non-empty");
    if (words.some((word) => word < 0n || word > 0xffff_ffffn)) {
      throw new EngineError("ValueError", "Seed must be between 0 and 2**32 - 1");
    }
    if (typeof seed === "bigint") this.bits.seedWord(Number(seed));
    else this.bits.seedWords(words.map(Number));
  }

  /** The normal that waits to be drawn. */
  get spare(): number | null {
    return this.#spare;
  }

  set spare(spare: number | null) {
    this.#spare = spare;
  }

  /** Marsaglia's polar method. */
  #gauss(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    const { bits } = this;
    for (;;) {
      const x = 2 * bits.nextDouble() - 1;
      const y = 2 * bits.nextDouble() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = polarFactor(square);
      this.#spare = factor * x;
      return factor * y;
    }
  }

  /** Normals in pairs: a kernel draws the points, their logarithms are taken here. */
  #normals(): Fill {
    const kernel: Fill["kernel"] = (kernels, { buffer, stream, to }, count) => {
      const drawn = this.#spare === null ? count & ~1 : 0;
      kernels.pointsInCircle(stream, to, drawn / 2);
      const data = new Float64Array(buffer, to, drawn);
      for (let i = 0; i < drawn; i += 2) {
        const y = data[i];
        const x = data[i + 1];
        const factor = polarFactor(x * x + y * y);
        data[i] = factor * y;
        data[i + 1] = factor * x;
      }
      return drawn;
    };
    return { bits: this.bits, layers: null, kernel, draw: () => this.#gauss(), affine: null };
  }

  /** From [0, 1). */
  random(size: Size = null): Drawn {
    return drawFrom(this.bits, uniformSource, size);
  }

  standardNormal(size: Size = null): Drawn {
    if (size === null) return this.#gauss();
    const result = undrawn(size, "float64");
    fillRange(result.data, 0, result.size, this.#normals());
    return result;
  }

  standardExponential(size: Size = null): Drawn {
    return drawPlain(size, "float64", this.primitives.exponential);
  }

  /** @throws EngineError ValueError for a negative scale or shapes that do not broadcast. */
  normal(loc: NDArray, scale: NDArray, size: Size = null): Drawn {
    return drawAffine(this.#normals(), size, [
      { name: "loc", values: loc, check: null },
      { name: "scale", values: scale, check: nonNegative },
    ]);
  }

  lognormal(mean: NDArray, sigma: NDArray, size: Size = null): Drawn {
    return drawWith(
      size,
      "float64",
      [
        { name: "mean", values: mean, check: null },
        { name: "sigma", values: sigma, check: nonNegative },
      ],
      (center, deviation) => exp(center + deviation * this.#gauss()),
    );
  }

  /** @throws EngineError OverflowError where the range is beyond a double. */
  uniform(low: NDArray, high: NDArray, size: Size = null): Drawn {
    const parameters = uniformParameters(low, high, false);
    return drawAffine(fillFrom(this.bits, uniformSource), size, parameters);
  }

  exponential(scale: NDArray, size: Size = null): Drawn {
    return drawWith(
      size,
      "float64",
      [{ name: "scale", values: scale, check: nonNegative }],
      (mean) => mean * this.primitives.exponential(),
    );
  }

  standardGamma(shape: NDArray, size: Size = null): Drawn {
    return drawWith(
      size,
      "float64",
      [{ name: "shape", values: shape, check: nonNegative }],
      (form) => standardGamma(this.primitives, form),
    );
  }

  gamma(shape: NDArray, scale: NDArray, size: Size = null): Drawn {
    return drawWith(
      size,
      "float64",
      [
        { name: "shape", values: shape, check: nonNegative },
        { name: "scale", values: scale, check: nonNegative },
      ],
      (form, factor) => factor * standardGamma(this.primitives, form),
    );
  }

  beta(a: NDArray, b: NDArray, size: Size = null): Drawn {
    return drawWith(
      size,
      "float64",
      [
        { name: "a", values: a, check: positive },
        { name: "b", values: b, check: positive },
      ],
      (first, second) => beta(this.primitives, first, second, true),
    );
  }

  /** Python ints, or an array of int64. */
  binomial(n: NDArray, p: NDArray, size: Size = null): Drawn {
    return drawWith(
      size,
      "int64",
      [
        { name: "n", values: n, check: nonNegative },
        { name: "p", values: p, check: probability },
      ],
      (trials, chance) => binomial(this.primitives.uniform, Math.trunc(trials), chance),
    );
  }

  /** Python ints, or an array of int64. */
  poisson(mean: NDArray, size: Size = null): Drawn {
    return drawWith(size, "int64", [{ name: "lam", values: mean, check: poissonMean }], (lam) =>
      poisson(this.primitives, lam),
    );
  }

  /** From `low` up to but not including `high`; from 0 to `low` without a `high`. */
  randint(low: IntegerBound, high: IntegerBound | null, size: Size, dtype: ArrayDType) {
    return drawIntegers(this.bits, low, high, {
      size,
      dtype,
      endpoint: false,
      masked: true,
      name: "randint",
    });
  }

  /** From 0 to a maximum, both included. */
  readonly drawInterval = (maximum: number): number => masked32(this.bits, maximum);

  /** Shuffles an array in place along its first axis. */
  shuffle(array: NDArray): void {
    if (array.ndim === 0) throw new EngineError("TypeError", "len() of unsized object");
    shuffleAxis(array, 0, this.drawInterval);
  }

  /** 0, 1, … in a random order. */
  permutation(count: number): NDArray {
    const order = shuffledIndices(count, this.drawInterval);
    return indexArray(order, [order.length]);
  }

  permutationOf(array: NDArray): NDArray {
    if (array.ndim === 0) {
      throw new EngineError("IndexError", "x must be an integer or at least 1-dimensional");
    }
    return permutedAxis(array, 0, this.drawInterval);
  }

  /** Of the integers below a population. */
  choice(population: number, options: ChoiceOptions): number | NDArray {
    const { emptyPopulation } = this.#choice.words;
    const indices = chooseIndices(this.#choice, population, options, emptyPopulation);
    return options.size === null ? indices[0] : indexArray(indices, options.size);
  }

  choiceOf(array: NDArray, options: ChoiceOptions): NDArray | NumpyScalar {
    if (array.ndim !== 1) throw new EngineError("ValueError", "a must be 1-dimensional");
    const { emptyArray } = this.#choice.words;
    const indices = chooseIndices(this.#choice, array.shape[0], options, emptyArray);
    return chosenElements(array, indices, options.size, 0);
  }
}
