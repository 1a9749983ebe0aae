/**
 * @file NumPy's random numbers: bit generators, `Generator`, and the legacy `RandomState`.
 */
export type { BitGenerator } from "./bitGenerator.ts";
export type { Drawn, Size } from "./drawing.ts";
export { drawWith, nonNegative } from "./drawing.ts";
export {
  type Distribution,
  furtherDistributions,
  hypergeometric,
} from "./furtherDistributions.ts";
export { type FloatDType, Generator, type IntegerOptions } from "./generator.ts";
export type { IntegerBound } from "./integers.ts";
export { MersenneTwister } from "./mt19937.ts";
export { Pcg64, type PcgState } from "./pcg64.ts";
export { type LegacySeed, RandomState } from "./randomState.ts";
export type { ChoiceOptions } from "./sampling.ts";
export { type Entropy, entropyWords, SeedSequence } from "./seedSequence.ts";
export { dirichlet, multinomial, multivariateNormal } from "./vectorDistributions.ts";
