/**
 * @file Values as rows of the variables view.
 */
import {
  BatchNormalization,
  channelHistograms,
  channelStatistics,
  createTensor,
  formatShape,
  type Tensor,
  Variable,
} from "../../engine/index.ts";
import {
  asarray,
  fromTensor,
  isContiguous,
  itemSizeOf,
  NDArray,
  NumpyScalar,
  toTensor,
} from "../../numpy/index.ts";
import {
  alwaysSummarized,
  type RowKind,
  type ValueDetails,
  type ValueSummary,
  type VariablePath,
  type VariableRow,
} from "../../shared/inspection.ts";
import { defaultAxis } from "../channels.ts";
import { PyDict, PyList, PyRange, PySet, PyTuple } from "../containers.ts";
import { hasChannels } from "../display.ts";
import { layerSummary } from "../modules/keras/summary.ts";
import type { Value } from "../objects.ts";
import { repr, str, typeName } from "../operations.ts";
import { partCount } from "./paths.ts";

/**
 * Values that are summarized where the engine takes them as they lie: tens of milliseconds of work.
 * Where they are converted or gathered first, `alwaysSummarized` is the limit.
 */
const mostSummarized = 2 ** 25;

/** Values that a hover's histogram counts: all up to here, of larger tensors an even sample. */
const mostCounted = { float32: 2 ** 22, others: 2 ** 17 };

/** Arrays up to this size are shown with their values. */
const fewValues = 12;

/** Bins of a hover's histogram. */
const bins = 24;

const longestPreview = 80;

/** What is known of a value without looking at all of it. `summary` is left for `summarize`. */
export function rowOf(label: string, value: Value, path: VariablePath): VariableRow {
  const array = arrayOf(value);
  const layer = value instanceof BatchNormalization ? value : null;
  const scalar = value instanceof NumpyScalar ? value : null;
  return {
    label,
    kind: kindOf(value),
    type: typeName(value),
    shape: array ? [...array.shape] : scalar ? [] : null,
    dtype: value instanceof Variable ? value.dtype : (array?.dtype ?? scalar?.dtype ?? null),
    bytes: bytesOf(value),
    length: layer ? (layer.movingMean?.shape[0] ?? null) : lengthOf(value),
    preview: previewOf(value),
    changedArguments: layer && layerSummary(layer, 0).changedArguments,
    built: layer?.built ?? null,
    hasChannels: hasChannels(value),
    parts: partCount(value),
    summary: null,
    path,
  };
}

/** What is known of a value that cannot be looked at. */
export function bareRow(label: string, value: Value, path: VariablePath): VariableRow {
  return {
    label,
    kind: "other",
    type: typeName(value),
    shape: null,
    dtype: null,
    bytes: null,
    length: null,
    preview: null,
    changedArguments: null,
    built: null,
    hasChannels: hasChannels(value),
    parts: 0,
    summary: null,
    path,
  };
}

/** The array of a tensor, a variable's value included; null for every other value. */
function arrayOf(value: Value): NDArray | null {
  if (value instanceof NDArray) return value;
  return value instanceof Variable ? fromTensor(value.value) : null;
}

function kindOf(value: Value): RowKind {
  if (value instanceof NDArray || value instanceof Variable) return "tensor";
  if (value instanceof BatchNormalization) return "layer";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number" || typeof value === "bigint") return "number";
  if (value instanceof NumpyScalar) return value.dtype === "bool" ? "boolean" : "number";
  return lengthOf(value) === null ? "other" : "container";
}

function bytesOf(value: Value): number | null {
  if (value instanceof NumpyScalar) return itemSizeOf(value.dtype);
  if (value instanceof NDArray) return value.size * itemSizeOf(value.dtype);
  if (value instanceof Variable) return value.value.data.byteLength;
  if (!(value instanceof BatchNormalization)) return null;
  return value.weights.reduce((bytes, weight) => bytes + weight.value.data.byteLength, 0);
}

function lengthOf(value: Value): number | null {
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length;
  if (value instanceof PyDict || value instanceof PySet) return value.size;
  return value instanceof PyRange ? Number(value.length) : null;
}

function previewOf(value: Value): string | null {
  if (value instanceof NDArray) return value.size <= fewValues ? oneLine(str(value)) : null;
  if (value instanceof Variable || hasChannels(value)) return null;
  const text = shortText(value, longestPreview);
  // Where an object lies tells nobody anything.
  return / at 0x[0-9A-Fa-f]+/.test(text) && lengthOf(value) === null ? null : text;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** Containers in containers that a preview opens. */
const deepestPreview = 2;

/** A value's repr where it is short, else its beginning. Large values are never written whole. */
function shortText(value: Value, room: number, depth = 0): string {
  if (value instanceof PyList) return listed("[", value.items, "]", room, depth);
  if (value instanceof PyTuple) {
    return listed("(", value.items, value.items.length === 1 ? ",)" : ")", room, depth);
  }
  if (value instanceof PySet && !value.frozen && value.size > 0) {
    return listed("{", value, "}", room, depth);
  }
  if (value instanceof PyDict) return listedDict(value, room, depth);
  const array = arrayOf(value);
  if (array) return `${typeName(value)} ${formatShape(array.shape)}`;
  if (typeof value === "string") {
    return value.length > room ? `${repr(value.slice(0, room))}…` : repr(value);
  }
  if (typeof value === "bigint" && (value >= 10n ** 40n || value <= -(10n ** 40n))) {
    return "…";
  }
  const known = value === null || typeof value !== "object" || value instanceof NumpyScalar;
  if (!known && (hasChannels(value) || value instanceof PySet)) return typeName(value);
  const text = oneLine(repr(value));
  return text.length > room ? `${text.slice(0, room)}…` : text;
}

function listed(
  open: string,
  items: Iterable<Value>,
  close: string,
  room: number,
  depth: number,
): string {
  let text = open;
  for (const item of items) {
    if (text.length > open.length) text += ", ";
    if (text.length >= room || depth > deepestPreview) return `${text}…${close}`;
    text += shortText(item, room - text.length, depth + 1);
  }
  return text + close;
}

function listedDict(dict: PyDict, room: number, depth: number): string {
  let text = "{";
  for (const [key, item] of dict.entries()) {
    if (text.length > 1) text += ", ";
    if (text.length >= room || depth > deepestPreview) return `${text}…}`;
    const left = Math.max(room - text.length, 1);
    text += `${shortText(key, room, depth + 1)}: ${shortText(item, left, depth + 1)}`;
  }
  return `${text}}`;
}

/** Statistics over all values of a tensor; null for other values and for too many values. */
export function summarize(value: Value): ValueSummary | null {
  const tensor = tensorToLookAt(value);
  if (!tensor || tensor.data.length === 0) return null;
  const { mean, std, min, max, nanCount, infCount } = channelStatistics(tensor, null)[0]!;
  return { mean, std, min, max, nanCount, infCount };
}

function tensorToLookAt(value: Value): Tensor | null {
  const array = arrayOf(value);
  if (!array) return null;
  const plain = (array.dtype === "float32" || array.dtype === "float64") && isContiguous(array);
  if (array.size > (plain ? mostSummarized : alwaysSummarized)) return null;
  return value instanceof Variable ? value.value : toTensor(asarray(array));
}

/** What a hover shows. */
export function detailsOf(label: string, value: Value, path: VariablePath): ValueDetails {
  const row = { ...rowOf(label, value, path), summary: summarize(value) };
  const { shape } = row;
  const axis = shape && value instanceof NDArray ? defaultAxis(shape) : null;
  const count = axis === null ? 0 : shape!.at(axis)!;
  const size = shape?.reduce((product, length) => product * length, 1) ?? 0;
  return {
    row,
    histogram:
      row.summary && row.summary.min <= row.summary.max ? histogramOf(value, row.summary) : null,
    channels: axis === null || count === 0 ? null : { axis, count, values: size / count },
  };
}

function histogramOf(value: Value, { min, max }: ValueSummary): ValueDetails["histogram"] {
  const whole = tensorToLookAt(value)!;
  const most = whole.dtype === "float32" ? mostCounted.float32 : mostCounted.others;
  const every = sampleStep(whole.data.length, most);
  const tensor = every === 1 ? whole : sampled(whole, every);
  // A sample is counted between the extremes of all values.
  const options = every === 1 || min === max ? { bins } : { bins, range: [min, max] as const };
  const { edges, counts } = channelHistograms(tensor, null, options)[0]!;
  return { low: edges[0]!, high: edges[bins]!, counts: [...counts], every };
}

/** One value in how many is counted: without a common factor, so that every channel has its share. */
function sampleStep(size: number, most: number): number {
  let step = Math.ceil(size / most);
  while (step > 1 && greatestCommonDivisor(step, size) > 1) step++;
  return step;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function sampled({ data, dtype }: Tensor, every: number): Tensor {
  const part = createTensor([Math.ceil(data.length / every)], dtype);
  for (let at = 0; at < part.data.length; at++) part.data[at] = data[at * every]!;
  return part;
}
