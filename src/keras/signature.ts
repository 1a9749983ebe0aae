/**
 * @file The arguments of `keras.layers.BatchNormalization`, of a call of the layer, and of
 * `keras.ops.batch_normalization`, in Keras 3.16's order, with its defaults as Python source. This
 * one table feeds argument binding, documentation and completion.
 */

export interface Argument {
  readonly name: string;
  /** Python source of the default; null where a value must be given. */
  readonly default: string | null;
  readonly kind:
    | "integer"
    | "float"
    | "boolean"
    | "initializer"
    | "regularizer"
    | "constraint"
    | "dict"
    | "string"
    | "dtype"
    | "tensor";
}

/** What the layer's own constructor takes, in order. */
export const ownArguments = [
  { name: "axis", default: "-1", kind: "integer" },
  { name: "momentum", default: "0.99", kind: "float" },
  { name: "epsilon", default: "0.001", kind: "float" },
  { name: "center", default: "True", kind: "boolean" },
  { name: "scale", default: "True", kind: "boolean" },
  { name: "beta_initializer", default: "'zeros'", kind: "initializer" },
  { name: "gamma_initializer", default: "'ones'", kind: "initializer" },
  { name: "moving_mean_initializer", default: "'zeros'", kind: "initializer" },
  { name: "moving_variance_initializer", default: "'ones'", kind: "initializer" },
  { name: "beta_regularizer", default: "None", kind: "regularizer" },
  { name: "gamma_regularizer", default: "None", kind: "regularizer" },
  { name: "beta_constraint", default: "None", kind: "constraint" },
  { name: "gamma_constraint", default: "None", kind: "constraint" },
  { name: "renorm", default: "False", kind: "boolean" },
  { name: "renorm_clipping", default: "None", kind: "dict" },
  { name: "renorm_momentum", default: "0.99", kind: "float" },
  { name: "synchronized", default: "False", kind: "boolean" },
] as const satisfies readonly Argument[];

/** What reaches every Keras layer through `**kwargs`. */
export const baseArguments = [
  { name: "name", default: "None", kind: "string" },
  { name: "dtype", default: "None", kind: "dtype" },
  { name: "trainable", default: "True", kind: "boolean" },
] as const satisfies readonly Argument[];

/** What a call of the layer takes, in order. */
export const callArguments = [
  { name: "inputs", default: null, kind: "tensor" },
  { name: "training", default: "None", kind: "boolean" },
  { name: "mask", default: "None", kind: "tensor" },
] as const satisfies readonly Argument[];

/** What `keras.ops.batch_normalization` takes, in order. */
export const functionArguments = [
  { name: "x", default: null, kind: "tensor" },
  { name: "mean", default: null, kind: "tensor" },
  { name: "variance", default: null, kind: "tensor" },
  { name: "axis", default: null, kind: "integer" },
  { name: "offset", default: "None", kind: "tensor" },
  { name: "scale", default: "None", kind: "tensor" },
  { name: "epsilon", default: "0.001", kind: "float" },
] as const satisfies readonly Argument[];

export const constructorArguments = [...ownArguments, ...baseArguments] as const;

export type ConstructorArgumentName = (typeof constructorArguments)[number]["name"];
export type CallArgumentName = (typeof callArguments)[number]["name"];
export type FunctionArgumentName = (typeof functionArguments)[number]["name"];

/** The arguments of a kind of call; `positional`: only those that can be given by their place. */
export function argumentsOfKind(
  of: "constructor" | "call" | "function",
  which: "all" | "positional" = "all",
): readonly Argument[] {
  if (of === "call") return callArguments;
  if (of === "function") return functionArguments;
  return which === "all" ? constructorArguments : ownArguments;
}

/** A parameter as a signature has it: `axis=-1`. */
export function pythonParameter({ name, default: value }: Argument): string {
  return value === null ? name : `${name}=${value}`;
}

/** The constructor's signature as Python writes it. */
export const pythonSignature = `BatchNormalization(${[
  ...ownArguments.map(pythonParameter),
  "**kwargs",
].join(", ")})`;

/** The signature of a call of the layer as Python writes it. */
export const pythonCallSignature = `__call__(${callArguments.map(pythonParameter).join(", ")})`;

/** The function's signature as Python writes it. */
export const pythonFunctionSignature = `batch_normalization(${functionArguments
  .map(pythonParameter)
  .join(", ")})`;
