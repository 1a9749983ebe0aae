/**
 * @file What the playground is set to, and the Python that this means: the same code runs in its
 * kernel, is copied, and opens as a notebook.
 */

import { formatShape } from "./channelTable.ts";
import { isCount, isObject } from "./checks.ts";

/** Which numbers a generated input is drawn from; each name is a view string too. */
export const distributions = ["normal", "uniform", "relu", "exponential"] as const;
export type Distribution = (typeof distributions)[number];

export const inputDTypes = ["float32", "float64", "float16"] as const;
export type InputDType = (typeof inputDTypes)[number];

export interface GeneratedInput {
  readonly kind: "generated";
  readonly shape: readonly number[];
  readonly distribution: Distribution;
  /** Mean of all values, before ReLU where there is one. */
  readonly mean: number;
  readonly std: number;
  /** Standard deviation, over the channels, of the channels' own means. 0: all alike. */
  readonly channelSpread: number;
  readonly dtype: InputDType;
  readonly seed: number;
}

/** A tensor of a notebook's kernel. */
export interface VariableInput {
  readonly kind: "variable";
  /** The notebook's address. */
  readonly notebook: string;
  readonly name: string;
}

/** A `.npy` file of the workspace. */
export interface FileInput {
  readonly kind: "file";
  readonly uri: string;
  /** As Python opens it: relative to the workspace where it lies there. */
  readonly path: string;
}

export type PlaygroundInput = GeneratedInput | VariableInput | FileInput;

export interface PlaygroundState {
  readonly version: 1;
  /** Constructor arguments that are not left at their defaults, as Python source, by name. */
  readonly layer: Readonly<Record<string, string>>;
  readonly input: PlaygroundInput;
  /** Training calls so far, each on a batch of its own where the input is generated. */
  readonly steps: number;
  /** Whether the output shown is that of the last training call, else one of inference after it. */
  readonly training: boolean;
}

export const defaultInput: GeneratedInput = {
  kind: "generated",
  shape: [30, 32, 32, 64],
  distribution: "normal",
  mean: 5,
  std: 2,
  channelSpread: 3,
  dtype: "float32",
  seed: 0,
};

export const defaultPlayground: PlaygroundState = {
  version: 1,
  layer: {},
  input: defaultInput,
  steps: 1,
  training: true,
};

/** Values that a generated input may have at most: 64 MB in float32. */
export const mostValues = 2 ** 24;

/** The kept axis of a tensor of this rank, counted from 0; null where the source names none. */
export function keptAxis(state: Pick<PlaygroundState, "layer">, rank: number): number | null {
  const axis = Number(state.layer["axis"] ?? "-1");
  if (!Number.isInteger(axis) || axis >= rank || axis < -rank) return null;
  return axis < 0 ? axis + rank : axis;
}

/** The constructor call: `layers.BatchNormalization(momentum=0.9)`. */
export function layerSource(state: PlaygroundState): string {
  const args = Object.entries(state.layer).map(([name, source]) => `${name}=${source}`);
  return `layers.BatchNormalization(${args.join(", ")})`;
}

/** Lines that make `x`; none where a kernel has it already. */
export function inputLines(state: PlaygroundState): readonly string[] {
  const { input } = state;
  switch (input.kind) {
    case "variable":
      return [];
    case "file":
      return [`x = np.load(${pythonString(input.path)})`];
    case "generated":
      return [
        `rng = np.random.default_rng(${input.seed})`,
        ...centerLines(state, input),
        drawLine(state, input),
      ];
  }
}

/** The axis along which channels have means of their own; null where they are all alike. */
function variedAxis(state: Pick<PlaygroundState, "layer">, input: GeneratedInput): number | null {
  return input.channelSpread === 0 ? null : keptAxis(state, input.shape.length);
}

function centerLines(state: PlaygroundState, input: GeneratedInput): readonly string[] {
  const { shape, mean, channelSpread } = input;
  const axis = variedAxis(state, input);
  if (axis === null) return [];
  const along = shape.map((size, index) => (index === axis ? size : 1));
  const reshaped = axis === shape.length - 1 ? "" : `.reshape(${along.join(", ")})`;
  return [`centers = rng.normal(${mean}, ${channelSpread}, size=${shape[axis]})${reshaped}`];
}

/** A line that draws a batch from `rng`: each run of it draws another one. */
export function drawLine(state: Pick<PlaygroundState, "layer">, input: GeneratedInput): string {
  const { shape, distribution, mean, std, dtype } = input;
  const center = variedAxis(state, input) === null ? String(mean) : "centers";
  return `x = ${drawing(distribution, center, std, `size=${formatShape(shape)}`)}.astype("${dtype}")`;
}

/** Each distribution has mean `center` and standard deviation `std`, before ReLU. */
function drawing(distribution: Distribution, center: string, std: number, size: string): string {
  switch (distribution) {
    case "normal":
      return `rng.normal(${center}, ${std}, ${size})`;
    case "relu":
      return `np.maximum(rng.normal(${center}, ${std}, ${size}), 0)`;
    case "uniform":
      return `(${center} + ${std} * rng.uniform(-np.sqrt(3), np.sqrt(3), ${size}))`;
    case "exponential":
      return `(${center} + ${std} * (rng.exponential(${size}) - 1))`;
  }
}

/** The whole as a script: `import`, input, layer, training calls, the call that is shown. */
export function playgroundScript(state: PlaygroundState): string {
  return [
    ...importLines(state),
    "",
    ...scriptInput(state),
    "",
    `bn = ${layerSource(state)}`,
    ...trainingLines(state),
    callLine(state),
    "",
  ].join("\n");
}

function importLines({ layer }: PlaygroundState): readonly string[] {
  const named = Object.values(layer).some((source) => source.startsWith("keras."));
  return [...(named ? ["import keras"] : []), "import numpy as np", "from keras import layers"];
}

function scriptInput(state: PlaygroundState): readonly string[] {
  const { input } = state;
  return input.kind === "variable" ? [`x = ${input.name}`] : inputLines(state);
}

/** The training calls but for the last one where its output is shown; each but the first draws. */
function trainingLines({ steps, training, ...state }: PlaygroundState): readonly string[] {
  const { input } = state;
  const draw = input.kind === "generated" ? [drawLine(state, input)] : [];
  const call = "bn(x, training=True)";
  const repeated = (count: number, body: readonly string[]) => {
    if (count === 0) return [];
    if (count === 1) return body;
    return [`for _ in range(${count}):`, ...body.map((line) => `    ${line}`)];
  };
  const before = repeated(Math.max(0, steps - 1), [call, ...draw]);
  return training || steps === 0 ? before : [...before, call];
}

/** The call whose output is shown. */
export function callLine({ training }: PlaygroundState): string {
  return `y = bn(x, training=${training ? "True" : "False"})`;
}

/** The cells of a notebook that goes on from here. */
export function playgroundCells(state: PlaygroundState): readonly string[] {
  const layer = [`bn = ${layerSource(state)}`, ...trainingLines(state), callLine(state)];
  return [
    ["import bnlab", ...importLines(state)].join("\n"),
    [...scriptInput(state), "x"].join("\n"),
    [...layer, "y"].join("\n"),
    "bn",
    "bnlab.modes(bn, x)",
  ];
}

function pythonString(text: string): string {
  return JSON.stringify(text);
}

/**
 * A state that anyone may have written, as after a reload; the default where it is not one.
 * Arguments are Python source and are checked by the kernel that runs them.
 */
export function readPlayground(value: unknown): PlaygroundState {
  if (!isObject(value) || value["version"] !== 1) return defaultPlayground;
  const { layer, input, training, steps } = value;
  const valid =
    isObject(layer) &&
    Object.entries(layer).every(([name, text]) => /^\w+$/.test(name) && isSource(text)) &&
    isInput(input) &&
    typeof training === "boolean" &&
    isCount(steps) &&
    (steps > 0 || !training);
  return valid ? (value as unknown as PlaygroundState) : defaultPlayground;
}

/** One expression on one line. */
function isSource(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "" && !value.includes("\n");
}

function isInput(value: unknown): boolean {
  if (!isObject(value)) return false;
  const text = (name: string) => typeof value[name] === "string";
  switch (value["kind"]) {
    case "variable":
      return text("notebook") && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(String(value["name"]));
    case "file":
      return text("uri") && text("path");
    case "generated": {
      const { shape, distribution, dtype } = value;
      return (
        Array.isArray(shape) &&
        shape.length > 0 &&
        shape.every(isCount) &&
        shape.reduce((product, size) => product * size, 1) <= mostValues &&
        distributions.includes(distribution as Distribution) &&
        inputDTypes.includes(dtype as InputDType) &&
        isCount(value["seed"]) &&
        ["mean", "std", "channelSpread"].every((name) => Number.isFinite(value[name])) &&
        (value["std"] as number) >= 0 &&
        (value["channelSpread"] as number) >= 0
      );
    }
    default:
      return false;
  }
}
