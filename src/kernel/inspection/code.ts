/**
 * @file Values as Python code that makes them again: what is copied runs here and in any Python with
 * NumPy and Keras 3, and gives an equal value of the same type, shape and dtype.
 */
import { BatchNormalization, Variable } from "../../engine/index.ts";
import {
  type ArrayDType,
  asarray,
  copy,
  floatText,
  fromTensor,
  integerRange,
  isContiguous,
  isIntegral,
  NDArray,
  type NestedList,
  NumpyScalar,
  toList,
} from "../../numpy/index.ts";
import type { CodeOfValue } from "../../shared/inspection.ts";
import { PyDict, PyList, PyRange, PySet, PyTuple } from "../containers.ts";
import { layerSummary } from "../modules/keras/summary.ts";
import type { Value } from "../objects.ts";
import { repr, typeName } from "../operations.ts";

/** Numbers that are written one by one. More make a cell that no editor is pleased with. */
export const mostWritten = 10_000;

/** Deeper nesting than any hand writes is not followed. */
const deepest = 50;

class Refusal extends Error {
  readonly answer: CodeOfValue;

  constructor(answer: CodeOfValue) {
    super("refused");
    this.answer = answer;
  }
}

/** Code that assigns the value to `name`, with the imports that it needs; or why there is none. */
export function codeOf(name: string, value: Value): CodeOfValue {
  const writer = new Writer();
  try {
    const lines = writer.assignment(name, value);
    const imports = [...writer.imports].sort().reverse();
    return { code: `${[...imports, ...lines].join("\n")}\n` };
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.answer;
    throw thrown;
  }
}

class Writer {
  readonly imports = new Set<string>();
  #written = 0;

  /** A layer takes several statements, everything else one. */
  assignment(name: string, value: Value): string[] {
    if (!(value instanceof BatchNormalization)) return [`${name} = ${this.expression(value, 0)}`];
    const lines = [`${name} = ${this.#layer(value)}`];
    if (!value.built || !value.inputShape) return lines;
    const shape = value.inputShape.map((length) => (length === null ? "None" : String(length)));
    lines.push(`${name}.build(${tuple(shape)})`);
    const weights = value.getWeights().map((weight) => `    ${this.#array(fromTensor(weight))},`);
    if (weights.length > 0) lines.push(`${name}.set_weights([`, ...weights, "])");
    return lines;
  }

  expression(value: Value, depth: number): string {
    if (depth > deepest) throw new Refusal({ refused: "type", type: typeName(value) });
    const inner = (item: Value) => this.expression(item, depth + 1);
    if (value === null || typeof value === "boolean" || typeof value === "bigint") {
      this.#count(1);
      return repr(value);
    }
    if (typeof value === "number") {
      this.#count(1);
      return Number.isFinite(value) ? repr(value) : `float("${repr(value)}")`;
    }
    if (typeof value === "string") {
      this.#count(Math.ceil(value.length / 10));
      return repr(value);
    }
    if (value instanceof NDArray) return this.#array(value);
    if (value instanceof NumpyScalar) return this.#scalar(value);
    if (value instanceof Variable) return this.#variable(value);
    if (value instanceof PyList) return `[${value.items.map(inner).join(", ")}]`;
    if (value instanceof PyTuple) {
      return tuple(value.items.map(inner));
    }
    if (value instanceof PyDict) {
      const items = [...value.entries()].map(([key, item]) => `${inner(key)}: ${inner(item)}`);
      return `{${items.join(", ")}}`;
    }
    if (value instanceof PySet) return this.#set(value, inner);
    if (value instanceof PyRange) return repr(value);
    throw new Refusal({ refused: "type", type: typeName(value) });
  }

  #count(values: number): void {
    this.#written += values;
    if (this.#written > mostWritten) {
      throw new Refusal({ refused: "tooMany", count: this.#written, most: mostWritten });
    }
  }

  #set(set: PySet, inner: (item: Value) => string): string {
    const items = [...set].map(inner);
    const display = items.length > 0 ? `{${items.join(", ")}}` : "";
    if (set.frozen) return `frozenset(${display})`;
    return display === "" ? "set()" : display;
  }

  #scalar({ dtype, value }: NumpyScalar): string {
    this.imports.add("import numpy as np");
    this.#count(1);
    return `np.${dtype === "bool" ? "bool_" : dtype}(${number(value, dtype)})`;
  }

  #array(array: NDArray): string {
    this.imports.add("import numpy as np");
    const { dtype, shape, size } = array;
    const type = `np.${dtype === "bool" ? "bool_" : dtype}`;
    const lengths = tuple(shape.map(String));
    if (size === 0) return `np.zeros(${lengths}, dtype=${type})`;
    const pattern = size > 1 ? patternOf(array) : null;
    if (pattern?.kind === "constant") {
      const { value } = pattern;
      if (Object.is(Number(value), 0)) return `np.zeros(${lengths}, dtype=${type})`;
      if (Number(value) === 1) return `np.ones(${lengths}, dtype=${type})`;
      return `np.full(${lengths}, ${number(value, dtype)}, dtype=${type})`;
    }
    if (pattern?.kind === "range" && size > 4) {
      const { start, step } = pattern;
      const stop = start + step * BigInt(size);
      const range = `np.arange(${start}, ${stop}, ${step}, dtype=${type})`;
      return shape.length === 1 ? range : `${range}.reshape(${lengths})`;
    }
    if (this.#written + size > mostWritten) {
      throw new Refusal({ refused: "tooMany", count: this.#written + size, most: mostWritten });
    }
    this.#count(size);
    return `np.array(${nested(toList(array), dtype)}, dtype=${type})`;
  }

  #variable(variable: Variable): string {
    // NumPy has no bfloat16: its values are exact in float32.
    const value = this.#array(fromTensor(variable.value));
    this.imports.add("import keras");
    const trainable = variable.trainable ? "" : ", trainable=False";
    const name = /^variable(_\d+)?$/.test(variable.name) ? "" : `, name=${repr(variable.name)}`;
    return `keras.Variable(${value}, dtype=${repr(variable.dtype)}${trainable}${name})`;
  }

  #layer(layer: BatchNormalization): string {
    this.imports.add("import keras");
    const given = layerSummary(layer, 0).changedArguments.map(([name, text]) => `${name}=${text}`);
    if (!/^batch_normalization(_\d+)?$/.test(layer.name)) given.push(`name=${repr(layer.name)}`);
    return `keras.layers.BatchNormalization(${given.join(", ")})`;
  }
}

function tuple(items: readonly string[]): string {
  return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
}

/** A number as source that `np.array(…, dtype)` reads back exactly. */
function number(value: number | bigint | boolean, dtype: ArrayDType): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  if (Number.isNaN(value)) return "np.nan";
  if (!Number.isFinite(value)) return value > 0 ? "np.inf" : "-np.inf";
  return floatText(value, dtype);
}

function nested(list: NestedList, dtype: ArrayDType): string {
  if (!Array.isArray(list)) return number(list, dtype);
  return `[${list.map((item) => nested(item, dtype)).join(", ")}]`;
}

type Pattern =
  | { readonly kind: "constant"; readonly value: number | bigint | boolean }
  | { readonly kind: "range"; readonly start: bigint; readonly step: bigint };

/** All values the same, or integers in equal steps. */
function patternOf(array: NDArray): Pattern | null {
  const { dtype } = array;
  const data = isContiguous(array)
    ? array.data.subarray(array.offset, array.offset + array.size)
    : copy(array).data;
  const first = data[0]!;
  if (Object.is(data[1], first)) {
    for (let at = 1; at < data.length; at++) if (!Object.is(data[at], first)) return null;
    return { kind: "constant", value: toList(asarray(firstOf(array))) as number };
  }
  if (!isIntegral(dtype)) return null;
  const start = BigInt(first);
  const step = BigInt(data[1]!) - start;
  const typed = typeof first === "bigint" ? step : Number(step);
  for (let at = 2; at < data.length; at++) {
    if ((data[at] as number) - (data[at - 1] as number) !== typed) return null;
  }
  // `arange` reads its stop as the type too.
  const [least, most] = integerRange(dtype);
  const stop = start + step * BigInt(data.length);
  return stop < least || stop > most ? null : { kind: "range", start, step };
}

/** The first element, as an array without axes. */
function firstOf({ data, dtype, offset }: NDArray): NDArray {
  return new NDArray(data, dtype, [], [], offset);
}
