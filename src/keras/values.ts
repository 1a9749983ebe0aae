/**
 * @file The initializers, regularizers, constraints and types that Keras 3 knows by name, as far as
 * they matter for a vector of one value per channel. Feeds hovers, completion and the grammar.
 */

/** A class of Keras that is given to an argument as a name or as an object. */
export interface KerasClass {
  readonly className: string;
  /** The names that `get` takes in its place, the usual one first; none where it needs arguments. */
  readonly names: readonly string[];
  /** Its arguments in order, with their defaults. */
  readonly parameters: readonly (readonly [name: string, value: number | null])[];
  /** Whether it can be used on a vector. */
  readonly vector: boolean;
  /** Arguments of the object that completion writes. */
  readonly example: string;
}

const seed = ["seed", null] as const;

function scaled(className: string, name: string): KerasClass {
  return { className, names: [name], parameters: [seed], vector: true, example: "" };
}

export const initializers: readonly KerasClass[] = [
  {
    className: "Zeros",
    names: ["zeros", "zero"],
    parameters: [],
    vector: true,
    example: "",
  },
  { className: "Ones", names: ["ones", "one"], parameters: [], vector: true, example: "" },
  {
    className: "Constant",
    names: [],
    parameters: [["value", 0]],
    vector: true,
    example: "0.5",
  },
  {
    className: "RandomNormal",
    names: ["random_normal", "normal"],
    parameters: [["mean", 0], ["stddev", 0.05], seed],
    vector: true,
    example: "mean=1.0, stddev=0.02",
  },
  {
    className: "RandomUniform",
    names: ["random_uniform", "uniform"],
    parameters: [["minval", -0.05], ["maxval", 0.05], seed],
    vector: true,
    example: "minval=-0.05, maxval=0.05",
  },
  {
    className: "TruncatedNormal",
    names: ["truncated_normal"],
    parameters: [["mean", 0], ["stddev", 0.05], seed],
    vector: true,
    example: "mean=0.0, stddev=0.05",
  },
  scaled("GlorotUniform", "glorot_uniform"),
  scaled("GlorotNormal", "glorot_normal"),
  scaled("HeUniform", "he_uniform"),
  scaled("HeNormal", "he_normal"),
  scaled("LecunUniform", "lecun_uniform"),
  scaled("LecunNormal", "lecun_normal"),
  {
    className: "VarianceScaling",
    names: ["variance_scaling"],
    parameters: [["scale", 1], ["mode", null], ["distribution", null], seed],
    vector: true,
    example: "",
  },
  {
    className: "Identity",
    names: ["identity"],
    parameters: [["gain", 1]],
    vector: false,
    example: "",
  },
  {
    className: "Orthogonal",
    names: ["orthogonal"],
    parameters: [["gain", 1], seed],
    vector: false,
    example: "",
  },
];

export const regularizers: readonly KerasClass[] = [
  {
    className: "L1",
    names: ["l1"],
    parameters: [["l1", 0.01]],
    vector: true,
    example: "1e-4",
  },
  {
    className: "L2",
    names: ["l2"],
    parameters: [["l2", 0.01]],
    vector: true,
    example: "1e-4",
  },
  {
    className: "L1L2",
    names: ["l1l2"],
    parameters: [
      ["l1", 0],
      ["l2", 0],
    ],
    vector: true,
    example: "l1=1e-5, l2=1e-4",
  },
  {
    className: "OrthogonalRegularizer",
    names: ["orthogonal_regularizer"],
    parameters: [["factor", 0.01]],
    vector: false,
    example: "",
  },
];

export const constraints: readonly KerasClass[] = [
  { className: "NonNeg", names: ["non_neg"], parameters: [], vector: true, example: "" },
  {
    className: "MaxNorm",
    names: ["max_norm"],
    parameters: [
      ["max_value", 2],
      ["axis", 0],
    ],
    vector: true,
    example: "max_value=8.0",
  },
  {
    className: "MinMaxNorm",
    names: ["min_max_norm"],
    parameters: [
      ["min_value", 0],
      ["max_value", 1],
      ["rate", 1],
      ["axis", 0],
    ],
    vector: true,
    example: "min_value=4.0, max_value=8.0",
  },
  {
    className: "UnitNorm",
    names: ["unit_norm"],
    parameters: [["axis", 0]],
    vector: true,
    example: "",
  },
];

/** Where each kind of argument finds its classes. */
export const families = {
  initializer: { module: "initializers", classes: initializers },
  regularizer: { module: "regularizers", classes: regularizers },
  constraint: { module: "constraints", classes: constraints },
} as const;

export type Family = keyof typeof families;

/** Types and policies that make sense for the layer. */
export const dtypes = [
  "float32",
  "float64",
  "float16",
  "bfloat16",
  "mixed_float16",
  "mixed_bfloat16",
] as const;

/** A class by the name that `get` takes, by its own, or by its lower-case alias in the module. */
export function classNamed(family: Family, name: string): KerasClass | null {
  const lower = name === "l1_l2" ? "l1l2" : name;
  const { classes } = families[family];
  return (
    classes.find(({ className, names }) => className === name || names.includes(lower)) ?? null
  );
}

/** What Keras 3 calls an argument of a class that Keras 2 also knew by another name: `l2(l=0.01)`. */
export function parameterNamed(className: string, keyword: string): string {
  return keyword === "l" && /^[lL][12]$/.test(className) ? className.toLowerCase() : keyword;
}
