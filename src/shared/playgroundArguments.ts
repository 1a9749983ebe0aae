/**
 * @file The layer's arguments as the playground's controls have them: which control fits which
 * argument, and the Python source of what it is set to.
 */

/** An argument of the signature, with its words. */
export interface PlaygroundArgument {
  readonly name: string;
  /** Python source of the default. */
  readonly default: string;
  readonly kind:
    | "integer"
    | "float"
    | "boolean"
    | "initializer"
    | "regularizer"
    | "constraint"
    | "dict"
    | "string"
    | "dtype";
  readonly words: {
    readonly summary: string;
    readonly type: string;
    readonly range: string;
    readonly whenToChange: string;
    readonly formula: readonly string[];
  };
}

/** One thing to choose; `number` is given where it takes one. */
export interface Choice {
  /** What the list shows. */
  readonly label: string;
  /** Source, with `#` where the number goes. */
  readonly source: string;
  readonly number?: number;
}

const named = (name: string): Choice => ({ label: name, source: `'${name}'` });

export const choices: Readonly<
  Record<"initializer" | "regularizer" | "constraint" | "dtype", readonly Choice[]>
> = {
  initializer: [
    named("zeros"),
    named("ones"),
    { label: "Constant", source: "keras.initializers.Constant(#)", number: 0.5 },
    { label: "RandomNormal", source: "keras.initializers.RandomNormal(stddev=#)", number: 0.05 },
    { label: "RandomUniform", source: "keras.initializers.RandomUniform(0.0, #)", number: 1 },
    named("glorot_uniform"),
    named("he_normal"),
  ],
  regularizer: [
    { label: "None", source: "None" },
    { label: "L1", source: "keras.regularizers.L1(#)", number: 0.01 },
    { label: "L2", source: "keras.regularizers.L2(#)", number: 0.01 },
  ],
  constraint: [
    { label: "None", source: "None" },
    named("non_neg"),
    named("unit_norm"),
    { label: "MaxNorm", source: "keras.constraints.MaxNorm(#)", number: 2 },
  ],
  dtype: [
    { label: "float32", source: "None" },
    named("float64"),
    named("mixed_float16"),
    named("bfloat16"),
  ],
};

/** A choice and its number, as source. */
export function choiceSource({ source }: Choice, number: number): string {
  return source.replace("#", pythonNumber(number));
}

/** Which choice a source is, with its number; null for any other expression. */
export function readChoice(
  list: readonly Choice[],
  source: string,
): { readonly index: number; readonly number: number } | null {
  const plain = source.trim().replace(/^"(.*)"$/, "'$1'");
  for (const [index, choice] of list.entries()) {
    const [before, after] = choice.source.split("#") as [string, string | undefined];
    if (after === undefined) {
      if (plain === before) return { index, number: 0 };
    } else if (plain.startsWith(before) && plain.endsWith(after)) {
      const number = readNumber(plain.slice(before.length, plain.length - after.length));
      if (number !== null) return { index, number };
    }
  }
  return null;
}

/** A number as Python source. */
export function pythonNumber(value: number): string {
  return String(value);
}

/** The value of a number literal; null for any other source. */
export function readNumber(source: string): number | null {
  const text = source.trim().replaceAll("_", "");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

export function readBoolean(source: string): boolean | null {
  const text = source.trim();
  return text === "True" ? true : text === "False" ? false : null;
}

/** How a slider of 0 to 1 covers a number's range, and where it can stand. */
export interface NumberScale {
  readonly toValue: (position: number) => number;
  readonly toPosition: (value: number) => number;
}

const smallestEpsilon = -8;

/** Two digits after the leading one: sliders should not make numbers that nobody would type. */
function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

export const scales: Readonly<Record<"momentum" | "epsilon", NumberScale>> = {
  // Evenly spaced in the number of calls that are remembered: 0, 0.9, 0.99, 0.999.
  momentum: {
    toValue: (position) => rounded(1 - rounded(10 ** (-3 * position), 2), 6),
    toPosition: (value) => clamp(-Math.log10(Math.max(1e-3, 1 - value)) / 3),
  },
  epsilon: {
    toValue: (position) => rounded(10 ** (smallestEpsilon * (1 - position)), 2),
    toPosition: (value) =>
      clamp(1 - Math.log10(Math.max(value, 10 ** smallestEpsilon)) / smallestEpsilon),
  },
};

function clamp(position: number): number {
  return Math.min(1, Math.max(0, position));
}

/** Bounds of `renorm_clipping`; one that is left out does not clip. */
export const clippingKeys = ["rmax", "rmin", "dmax"] as const;
export type Clipping = Partial<Record<(typeof clippingKeys)[number], number>>;

export function clippingSource(clipping: Clipping): string {
  const entries = clippingKeys.flatMap((key) => {
    const value = clipping[key];
    return value === undefined ? [] : [`'${key}': ${pythonNumber(value)}`];
  });
  return entries.length === 0 ? "None" : `{${entries.join(", ")}}`;
}

/** Null for any expression but a dict of numbers under known keys, or None. */
export function readClipping(source: string): Clipping | null {
  const text = source.trim();
  if (text === "None") return {};
  const body = /^\{(.*)\}$/.exec(text)?.[1];
  if (body === undefined) return null;
  const clipping: Clipping = {};
  for (const entry of body.split(",")) {
    if (entry.trim() === "") continue;
    const [, key, value] = /^\s*['"](\w+)['"]\s*:(.*)$/.exec(entry) ?? [];
    const number = readNumber(value ?? "");
    const known = clippingKeys.find((name) => name === key);
    if (!known || number === null) return null;
    clipping[known] = number;
  }
  return clipping;
}

/** `30, 32, 32, 64` with or without brackets; null where it is no shape of 1 to 6 lengths. */
export function readShape(text: string): number[] | null {
  const items = text
    .trim()
    .replace(/^[([](.*)[)\]]$/, "$1")
    .replace(/,\s*$/, "")
    .split(/[\s,×x]+/)
    .filter((item) => item !== "");
  const shape = items.map(Number);
  const valid = items.every((item) => /^\d+$/.test(item)) && shape.every((size) => size > 0);
  return valid && shape.length >= 1 && shape.length <= 6 ? shape : null;
}
