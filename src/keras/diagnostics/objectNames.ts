/**
 * @file The strings by which Keras knows its initializers, regularizers and constraints; those of
 * Keras 2 that Keras 3 has no more are among them.
 */

const initializers = [
  "zeros",
  "ones",
  "constant",
  "random_normal",
  "random_uniform",
  "truncated_normal",
  "variance_scaling",
  "glorot_normal",
  "glorot_uniform",
  "he_normal",
  "he_uniform",
  "lecun_normal",
  "lecun_uniform",
  "orthogonal",
  "identity",
  "zero",
  "one",
  "normal",
  "uniform",
  "stft",
  "initializer",
  "Zeros",
  "Ones",
  "Constant",
  "RandomNormal",
  "RandomUniform",
  "TruncatedNormal",
  "VarianceScaling",
  "GlorotNormal",
  "GlorotUniform",
  "HeNormal",
  "HeUniform",
  "LecunNormal",
  "LecunUniform",
  "Orthogonal",
  "OrthogonalInitializer",
  "Identity",
  "IdentityInitializer",
  "STFT",
  "STFTInitializer",
  "Initializer",
];

const regularizers = [
  "l1",
  "l2",
  "l1l2",
  "l1_l2",
  "L1",
  "L2",
  "L1L2",
  "orthogonal_regularizer",
  "OrthogonalRegularizer",
  "regularizer",
  "Regularizer",
];

const constraints = [
  "max_norm",
  "non_neg",
  "unit_norm",
  "min_max_norm",
  "MaxNorm",
  "NonNeg",
  "UnitNorm",
  "MinMaxNorm",
  "maxnorm",
  "nonneg",
  "unitnorm",
  "radial_constraint",
  "RadialConstraint",
  "constraint",
  "Constraint",
];

/** Those of them that Keras 2 alone knows. */
export const keras2Names: readonly string[] = [
  "l1_l2",
  "maxnorm",
  "nonneg",
  "unitnorm",
  "radial_constraint",
  "RadialConstraint",
];

/** By the sentence that says a name is not among them. */
export const objectNames = {
  unknownInitializer: initializers,
  unknownRegularizer: regularizers,
  unknownConstraint: constraints,
} as const;
