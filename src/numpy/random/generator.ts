/**
 * @file NumPy's `Generator`: the same draws from the same seed, bit for bit (NumPy 2). The
 * elementary functions are the one exception: their last bit is the C library's own.
 */
import { EngineError, numbersOf } from "../../engine/index.ts";
import type { ArrayDType, NDArray, NumpyScalar } from "../ndarray.ts";
import { exp, log1p } from "../ufuncs/accurate.ts";
import { binomial } from "./binomial.ts";
import { type BitGenerator, nextFloat } from "./bitGenerator.ts";
import { boundedIndex, masked32 } from "./bounded.ts";
import { beta, type Primitives, poisson, standardGamma, standardGamma32 } from "./distributions.ts";
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
} from "./drawing.ts";
import { fillFrom } from "./fills.ts";
import { drawIntegers, type IntegerBound } from "./integers.ts";
import {
  type ChoiceOptions,
  type ChoiceSource,
  chooseIndices,
  chosenElements,
  indexArray,
  permutedAxis,
  shuffleAxis,
  shuffledIndices,
  shuffleLanes,
} from "./sampling.ts";
import { uniformParameters, uniformSource, uniformSource32 } from "./uniform.ts";
import {
  exponentialSource,
  exponentialSource32,
  normalSource,
  normalSource32,
  standardExponential,
  standardNormal,
} from "./ziggurat.ts";

export type FloatDType = "float32" | "float64";

export interface IntegerOptions {
  readonly size: Size;
  readonly dtype: ArrayDType;
  /** Whether the upper bound can be drawn too. */
  readonly endpoint: boolean;
}

export class Generator {
  readonly bits: BitGenerator;
  /** What distributions are made of. */
  readonly primitives: Primitives;
  readonly #choice: ChoiceSource;

  constructor(bits: BitGenerator) {
    this.bits = bits;
    this.primitives = {
      uniform: () => bits.nextDouble(),
      normal: () => standardNormal(bits),
      exponential: () => standardExponential(bits),
    };
    this.#choice = {
      uniforms: (count) => numbersOf(count, () => bits.nextDouble()),
      integers: (population, count) => numbersOf(count, () => boundedIndex(bits, population - 1)),
      distinct: (population, count) => this.#distinct(population, count, true),
      words: {
        emptyPopulation: "a must be a positive integer unless no samples are taken",
        emptyArray: "a cannot be empty unless no samples are taken",
        tooMany: "Cannot take a larger sample than population when replace is False",
        negative: "negative dimensions are not allowed",
        oneDimension: "p must be 1-dimensional",
        sameSize: "a and p must have same size",
        notANumber: "Probabilities contain NaN",
        negativeProbability: "Probabilities are not non-negative",
        sumIsNotOne:
          "Probabilities do not sum to 1. See Notes section of docstring for more information.",
      },
    };
  }

  /** From [0, 1). */
  random(size: Size = null, dtype: FloatDType = "float64"): Drawn {
    const source = dtype === "float32" ? uniformSource32 : uniformSource;
    return drawFrom(this.bits, source, size, dtype);
  }

  standardNormal(size: Size = null, dtype: FloatDType = "float64"): Drawn {
    const source = dtype === "float32" ? normalSource32 : normalSource;
    return drawFrom(this.bits, source, size, dtype);
  }

  standardExponential(
    size: Size = null,
    dtype: FloatDType = "float64",
    method: "zig" | "inv" = "zig",
  ): Drawn {
    const { bits } = this;
    if (method === "zig") {
      const source = dtype === "float32" ? exponentialSource32 : exponentialSource;
      return drawFrom(bits, source, size, dtype);
    }
    return drawPlain(
      size,
      dtype,
      dtype === "float32"
        ? () => -Math.fround(log1p(-nextFloat(bits)))
        : () => -log1p(-bits.nextDouble()),
    );
  }

  /** @throws EngineError ValueError for a negative scale or shapes that do not broadcast. */
  normal(loc: NDArray, scale: NDArray, size: Size = null): Drawn {
    return drawAffine(fillFrom(this.bits, normalSource), size, [
      { name: "loc", values: loc, check: null },
      { name: "scale", values: scale, check: nonNegative },
    ]);
  }

  lognormal(mean: NDArray, sigma: NDArray, size: Size = null): Drawn {
    const { bits } = this;
    return drawWith(
      size,
      "float64",
      [
        { name: "mean", values: mean, check: null },
        { name: "sigma", values: sigma, check: nonNegative },
      ],
      (center, deviation) => exp(center + deviation * standardNormal(bits)),
    );
  }

  /** @throws EngineError ValueError where `high` is below `low`, OverflowError beyond a double. */
  uniform(low: NDArray, high: NDArray, size: Size = null): Drawn {
    const parameters = uniformParameters(low, high, true);
    return drawAffine(fillFrom(this.bits, uniformSource), size, parameters);
  }

  exponential(scale: NDArray, size: Size = null): Drawn {
    return drawAffine(fillFrom(this.bits, exponentialSource), size, [
      null,
      { name: "scale", values: scale, check: nonNegative },
    ]);
  }

  standardGamma(shape: NDArray, size: Size = null, dtype: FloatDType = "float64"): Drawn {
    const draw =
      dtype === "float32"
        ? (value: number) => standardGamma32(this.bits, Math.fround(value))
        : (value: number) => standardGamma(this.primitives, value);
    return drawWith(size, dtype, [{ name: "shape", values: shape, check: nonNegative }], draw);
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
      (first, second) => beta(this.primitives, first, second),
    );
  }

  /** Python ints, or an array of int64. */
  binomial(n: NDArray, p: NDArray, size: Size = null): Drawn {
    const { bits } = this;
    return drawWith(
      size,
      "int64",
      [
        { name: "n", values: n, check: nonNegative },
        { name: "p", values: p, check: probability },
      ],
      (trials, chance) =>
        trials === 0 || chance === 0
          ? 0
          : binomial(() => bits.nextDouble(), Math.trunc(trials), chance),
    );
  }

  /** Python ints, or an array of int64. */
  poisson(mean: NDArray, size: Size = null): Drawn {
    return drawWith(size, "int64", [{ name: "lam", values: mean, check: poissonMean }], (lam) =>
      poisson(this.primitives, lam),
    );
  }

  /** From `low` up to but not including `high`; from 0 to `low` without a `high`. */
  integers(low: IntegerBound, high: IntegerBound | null, options: IntegerOptions) {
    return drawIntegers(this.bits, low, high, { ...options, masked: false, name: "integers" });
  }

  /** Shuffles an array in place along an axis. */
  shuffle(array: NDArray, axis = 0): void {
    if (array.ndim === 0) throw new EngineError("TypeError", "len() of unsized object");
    shuffleAxis(array, axis, this.drawInterval);
  }

  /** 0, 1, … in a random order. */
  permutation(count: number): NDArray {
    const order = shuffledIndices(count, this.drawInterval);
    return indexArray(order, [order.length]);
  }

  permutationOf(array: NDArray, axis = 0): NDArray {
    return permutedAxis(array, axis, this.drawInterval);
  }

  permuted(array: NDArray, axis: number | null): NDArray {
    return shuffleLanes(array, axis, this.drawInterval);
  }

  readonly #draw = (maximum: number): number => boundedIndex(this.bits, maximum);

  /** From 0 to a maximum, both included, as lists are shuffled. */
  readonly drawInterval = (maximum: number): number => masked32(this.bits, maximum);

  /** Of the integers below a population. */
  choice(population: number, options: ChoiceOptions & { shuffle: boolean }): number | NDArray {
    const source = this.#choiceSource(options.shuffle);
    const { emptyPopulation } = source.words;
    const indices = chooseIndices(source, population, options, emptyPopulation);
    return options.size === null ? indices[0] : indexArray(indices, options.size);
  }

  choiceOf(
    array: NDArray,
    options: ChoiceOptions & { shuffle: boolean; axis: number },
  ): NDArray | NumpyScalar {
    const source = this.#choiceSource(options.shuffle);
    const population = array.shape.at(options.axis);
    if (population === undefined) throw new EngineError("IndexError", "tuple index out of range");
    const axis = options.axis < 0 ? options.axis + array.ndim : options.axis;
    const indices = chooseIndices(source, population, options, source.words.emptyArray);
    return chosenElements(array, indices, options.size, axis);
  }

  #choiceSource(shuffle: boolean): ChoiceSource {
    return {
      ...this.#choice,
      distinct: (population, count) => this.#distinct(population, count, shuffle),
    };
  }

  /** All different: the tail of a shuffle where many are wanted, else by Floyd's algorithm. */
  #distinct(population: number, count: number, shuffle: boolean): ArrayLike<number> {
    const many = Math.floor(population / (shuffle ? 50 : 20));
    if (population > 10000 && count > many) {
      return shuffledIndices(population, this.#draw, Math.max(population - count, 1)).slice(
        population - count,
      );
    }
    const chosen = new Int32Array(count);
    const seen = new Set<number>();
    for (let index = 0; index < count; index++) {
      const last = population - count + index;
      const drawn = boundedIndex(this.bits, last);
      chosen[index] = seen.has(drawn) ? last : drawn;
      seen.add(chosen[index]);
    }
    if (shuffle) {
      for (let i = count - 1; i > 0; i--) {
        const j = this.#draw(i);
        const held = chosen[j];
        chosen[j] = chosen[i];
        chosen[i] = held;
      }
    }
    return chosen;
  }

  spawn(count: number): Generator[] {
    return this.bits.spawn(count).map((bits) => new Generator(bits));
  }
}
