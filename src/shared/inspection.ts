/**
 * @file What a kernel tells of its variables and of what cells can name: rows of the variables view,
 * names for completion, signatures. Plain data, which survives a message between threads.
 */

/** One step from a value to a part of it. */
export type PathStep =
  | { readonly attribute: string }
  /** `value[key]`. */
  | { readonly key: string | number }
  /** The n-th member of a list, tuple, set or dict, from 0. */
  | { readonly item: number };

/** A variable, or a part of one. */
export interface VariablePath {
  readonly name: string;
  readonly steps: readonly PathStep[];
}

/** Statistics over all values of a tensor, as NumPy gives them: NaN and infinities propagate. */
export interface ValueSummary {
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  /** Extremes of the finite values; NaN where there are none. */
  readonly min: number;
  readonly max: number;
  readonly nanCount: number;
  readonly infCount: number;
}

export type RowKind = "tensor" | "layer" | "container" | "text" | "number" | "boolean" | "other";

/** A variable or a part of one, as the variables view shows it. */
export interface VariableRow {
  /** The variable's name, an attribute's, a key's repr, or `[3]`. */
  readonly label: string;
  readonly kind: RowKind;
  /** Python's type name: `ndarray`, `BatchNormalization`. */
  readonly type: string;
  readonly shape: readonly number[] | null;
  readonly dtype: string | null;
  /** Memory of the values, in bytes; null where it is not known. */
  readonly bytes: number | null;
  /** Members of a container, channels of a layer that is built. */
  readonly length: number | null;
  /** The value in one short line; null for tensors of more than a few values and for layers. */
  readonly preview: string | null;
  /** Of a layer: the arguments that are not at their defaults, as Python source. */
  readonly changedArguments: readonly (readonly [name: string, source: string])[] | null;
  /** Of a layer: whether its weights exist. */
  readonly built: boolean | null;
  /** Whether the per-channel view can show it. */
  readonly hasChannels: boolean;
  /** How many parts it has to expand. */
  readonly parts: number;
  /** Null where not calculated (yet). */
  readonly summary: ValueSummary | null;
  readonly path: VariablePath;
}

/** A parameter of a function. */
export interface ParameterInfo {
  readonly name: string;
  readonly kind: "positionalOnly" | "normal" | "keywordOnly" | "star" | "doubleStar";
  /** As Python writes it: `axis=None`, `*args`. */
  readonly text: string;
}

export type MemberKind =
  | "module"
  | "function"
  | "method"
  | "class"
  | "property"
  | "constant"
  | "variable";

/** A name that cells can use: of a module, of a type's instances, built in, or of their own. */
export interface MemberInfo {
  readonly name: string;
  readonly kind: MemberKind;
  /** The type of a variable, property or constant; a class's own name; else null. */
  readonly type: string | null;
  /** Null where it is no function, or its parameters are not known. */
  readonly parameters: readonly ParameterInfo[] | null;
  /** What documentation is found by: `numpy.mean`, `ndarray.reshape`, `builtins.len`. */
  readonly path: string;
  /** The docstring of a function written in a cell. */
  readonly documentation: string | null;
}

/** Everything that can be imported or is built in: the same for every kernel. */
export interface Catalog {
  readonly builtins: readonly MemberInfo[];
  /** By dotted name. */
  readonly modules: Readonly<Record<string, readonly MemberInfo[]>>;
  /** Attributes and methods of instances, by the type's name. */
  readonly types: Readonly<Record<string, readonly MemberInfo[]>>;
}

/** What a kernel holds after a cell. */
export interface KernelState {
  /** The user's variables, in the order in which they were first assigned. */
  readonly rows: readonly VariableRow[];
  /** All global names, modules and functions too. */
  readonly names: readonly MemberInfo[];
}

/** What a hover on a live value shows beyond its row. */
export interface ValueDetails {
  readonly row: VariableRow;
  /** Of all finite values, in equal bins; null where not calculated. */
  readonly histogram: {
    readonly low: number;
    readonly high: number;
    readonly counts: readonly number[];
    /** 1, or one value in how many was counted. */
    readonly every: number;
  } | null;
  /** How the last axis divides the tensor into channels; null below rank 2. */
  readonly channels: {
    readonly axis: number;
    readonly count: number;
    readonly values: number;
  } | null;
}

/** A question about live values. */
export type InspectionRequest =
  /** The parts of a value, a page of them. */
  | { readonly ask: "parts"; readonly path: VariablePath; readonly start: number }
  | { readonly ask: "details"; readonly path: VariablePath }
  /** Attributes and methods. */
  | { readonly ask: "members"; readonly path: VariablePath }
  /** Keys of a dict that are text or integers, as Python source. */
  | { readonly ask: "keys"; readonly path: VariablePath }
  /** Python code that makes the value again. */
  | { readonly ask: "code"; readonly path: VariablePath }
  | { readonly ask: "delete"; readonly name: string }
  | { readonly ask: "catalog" };

/** The answers, by question; null where the value is no more, or has no such thing. */
export interface InspectionAnswers {
  readonly parts: readonly VariableRow[] | null;
  readonly details: ValueDetails | null;
  readonly members: readonly MemberInfo[] | null;
  readonly keys: readonly string[] | null;
  readonly code: CodeOfValue | null;
  readonly delete: boolean;
  readonly catalog: Catalog;
}

/** Code that makes a value again, or why there is none. */
export type CodeOfValue =
  | { readonly code: string }
  /** More values than `most`, and no pattern that could be written shortly. */
  | { readonly refused: "tooMany"; readonly count: number; readonly most: number }
  | { readonly refused: "type"; readonly type: string };

/** Tensors of up to so many values have a summary, whatever their type. */
export const alwaysSummarized = 2 ** 21;

/** Parts that one answer holds. */
export const partsPerPage = 100;

/** `mean(a, axis=None, /, *, keepdims=...)` and where each parameter stands in it. */
export function signatureLabel(
  name: string,
  parameters: readonly ParameterInfo[],
): { readonly label: string; readonly spans: readonly (readonly [from: number, to: number])[] } {
  let label = `${name}(`;
  const spans: [number, number][] = [];
  let starred = false;
  for (const [index, { kind, text }] of parameters.entries()) {
    if (kind === "keywordOnly" && !starred) {
      label += "*, ";
      starred = true;
    }
    if (kind === "star") starred = true;
    spans.push([label.length, label.length + text.length]);
    label += text;
    const next = parameters[index + 1];
    if (kind === "positionalOnly" && next?.kind !== "positionalOnly") label += ", /";
    if (next) label += ", ";
  }
  return { label: `${label})`, spans };
}
