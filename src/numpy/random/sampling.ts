/**
 * @file Shuffling, and choosing among the elements of an array.
 */
import { EngineError, inPieces, polledElements, pollHost } from "../../engine/index.ts";
import { assign, castKeepingOrder, copy, rowMajorData, wrapData } from "../casting.ts";
import { asarray, scalarAt } from "../creation.ts";
import { normalizeAxis } from "../errors.ts";
import { getItem, type IndexItem } from "../indexing.ts";
import { isColumnMajor, isContiguous, sizeOf } from "../layout.ts";
import type { NDArray, NumpyScalar } from "../ndarray.ts";
import { swapAxes, takeAxis, transpose } from "../views.ts";
import type { Size } from "./drawing.ts";

/** From 0 to a maximum, both included. */
export type DrawIndex = (maximum: number) => number;

/** 0, 1, … in a random order, by Fisher and Yates; only places from `first` on are settled. */
export function shuffledIndices(count: number, draw: DrawIndex, first = 1): Int32Array {
  const order = new Int32Array(Math.max(count, 0));
  for (let i = 0; i < order.length; i++) order[i] = i;
  shuffleIndices(order, draw, first);
  return order;
}

function shuffleIndices(order: Int32Array, draw: DrawIndex, first = 1): void {
  for (let i = order.length - 1; i >= first; i--) {
    if (i % polledElements === 0) pollHost(1 - i / order.length);
    const j = draw(i);
    const held = order[j];
    order[j] = order[i];
    order[i] = held;
  }
}

export function indexArray(indices: ArrayLike<number>, shape: readonly number[]): NDArray {
  const data = new BigInt64Array(indices.length);
  inPieces(data.length, (start, end) => {
    for (let i = start; i < end; i++) data[i] = BigInt(indices[i]);
  });
  return wrapData(data, "int64", shape);
}

/** The parts of an array along an axis, in another order or some of them: a copy. */
export function takeAlong(array: NDArray, indices: NDArray, axis: number): NDArray {
  const whole = { start: null, stop: null, step: null };
  const items: IndexItem[] = Array.from({ length: axis }, () => whole);
  return getItem(array, [...items, indices]).array;
}

/** Shuffles the parts along an axis in place. */
export function shuffleAxis(array: NDArray, axis: number, draw: DrawIndex): void {
  const at = normalizeAxis(axis, array.ndim);
  if (array.size === 0) return;
  const leading = swapAxes(array, 0, at);
  const count = leading.shape[0];
  const order = shuffledIndices(count, draw);
  assign(leading, takeAlong(leading, indexArray(order, [count]), 0));
}

/** A copy whose parts along an axis are in a random order. */
export function permutedAxis(array: NDArray, axis: number, draw: DrawIndex): NDArray {
  const at = normalizeAxis(axis, array.ndim);
  const count = array.shape[at];
  return takeAlong(array, indexArray(shuffledIndices(count, draw), [count]), at);
}

/** Shuffles each lane along an axis by itself; without an axis all elements, as they lie. */
export function shuffleLanes(array: NDArray, axis: number | null, draw: DrawIndex): NDArray {
  if (axis === null) {
    const inOrder = isColumnMajor(array) && !isContiguous(array);
    const result = inOrder ? castKeepingOrder(array, array.dtype) : copy(array);
    const flat = inOrder ? transpose(result) : result;
    const order = shuffledIndices(flat.size, draw);
    const line = wrapData(rowMajorData(flat), flat.dtype, [flat.size]);
    assign(line, takeAlong(line, indexArray(order, [flat.size]), 0));
    return result;
  }
  const result = copy(array);
  const at = normalizeAxis(axis, array.ndim);
  const lane = array.shape[at];
  const stride = result.strides[at];
  const { data } = result;
  const lanes = result.size === 0 ? 0 : result.size / lane;
  for (let index = 0; index < lanes; index++) {
    const start = Math.floor(index / stride) * stride * lane + (index % stride);
    if ((index * lane) % polledElements < lane) pollHost(index / lanes);
    for (let i = lane - 1; i > 0; i--) {
      if (i % polledElements === 0) pollHost((index + 1 - i / lane) / lanes);
      const [from, to] = [start + i * stride, start + draw(i) * stride];
      const held = data[to];
      data[to] = data[from];
      data[from] = held;
    }
  }
  return result;
}

/** How a generator draws for `choice`, and its own words. */
export interface ChoiceSource {
  uniforms(count: number): Float64Array;
  /** Indices below `population`, repeats allowed. */
  integers(population: number, count: number): ArrayLike<number>;
  /** Indices below `population`, all different. */
  distinct(population: number, count: number): ArrayLike<number>;
  readonly words: ChoiceWords;
}

export interface ChoiceWords {
  readonly emptyPopulation: string;
  readonly emptyArray: string;
  readonly tooMany: string;
  readonly negative: string;
  readonly oneDimension: string;
  readonly sameSize: string;
  readonly notANumber: string;
  readonly negativeProbability: string;
  readonly sumIsNotOne: string;
}

function refuse(message: string): never {
  throw new EngineError("ValueError", message);
}

export interface ChoiceOptions {
  readonly size: Size;
  readonly replace: boolean;
  readonly probabilities: NDArray | null;
}

/** Indices of the chosen: a plain array of as many as the size has. */
export function chooseIndices(
  source: ChoiceSource,
  population: number,
  { size, replace, probabilities }: ChoiceOptions,
  emptyWords: string,
): ArrayLike<number> {
  const { words } = source;
  const count = size ? sizeOf(size) : 1;
  if (population <= 0 && count !== 0) refuse(emptyWords);
  const weights = probabilities && checkedProbabilities(probabilities, population, words);
  if (replace) {
    if (size?.some((length) => length < 0)) refuse("negative dimensions are not allowed");
    if (!weights) return source.integers(population, count);
    const cumulative = cumulated(weights);
    const drawn = source.uniforms(count);
    inPieces(count, (start, end) => {
      for (let i = start; i < end; i++) drawn[i] = rightOf(cumulative, drawn[i]);
    });
    return drawn;
  }
  if (count > population) refuse(words.tooMany);
  if (count < 0) refuse(words.negative);
  return weights ? distinctWeighted(source, weights, count) : source.distinct(population, count);
}

function checkedProbabilities(given: NDArray, population: number, words: ChoiceWords) {
  // Half of the digits that the type has must sum to one.
  const epsilon = { float32: 2 ** -23, float16: 2 ** -10 }[given.dtype as string] ?? 2 ** -52;
  const weights = rowMajorData(asarray(given, "float64")).slice() as Float64Array;
  if (given.ndim !== 1) refuse(words.oneDimension);
  if (weights.length !== population) refuse(words.sameSize);
  const sum = compensatedSum(weights);
  if (Number.isNaN(sum)) refuse(words.notANumber);
  if (weights.some((weight) => weight < 0)) refuse(words.negativeProbability);
  if (Math.abs(sum - 1) > Math.sqrt(epsilon)) refuse(words.sumIsNotOne);
  return weights;
}

/** Kahan's summation. */
function compensatedSum(values: Float64Array): number {
  let sum = values[0] ?? 0;
  let compensation = 0;
  for (let i = 1; i < values.length; i++) {
    const next = values[i] - compensation;
    const total = sum + next;
    compensation = total - sum - next;
    sum = total;
  }
  return sum;
}

function cumulated(weights: Float64Array): Float64Array {
  let sum = 0;
  const cumulative = weights.map((weight) => {
    sum += weight;
    return sum;
  });
  return cumulative.map((value) => value / sum);
}

/** How many of the ascending values are not greater. */
export function rightOf(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Draws until enough different indices have come; weights of those found are gone. */
function distinctWeighted(source: ChoiceSource, weights: Float64Array, count: number): number[] {
  if (weights.filter((weight) => weight > 0).length < count) {
    refuse("Fewer non-zero entries in p than size");
  }
  const found: number[] = [];
  while (found.length < count) {
    const uniforms = source.uniforms(count - found.length);
    for (const index of found) weights[index] = 0;
    const cumulative = cumulated(weights);
    inPieces(uniforms.length, (start, end) => {
      for (let i = start; i < end; i++) uniforms[i] = rightOf(cumulative, uniforms[i]);
    });
    for (const index of new Set(uniforms)) found.push(index);
  }
  return found;
}

/** The chosen elements of an array: a scalar or a part of it without a size. */
export function chosenElements(
  array: NDArray,
  indices: ArrayLike<number>,
  size: Size,
  axis: number,
): NDArray | NumpyScalar {
  if (size !== null) return takeAlong(array, indexArray(indices, size), axis);
  const part = takeAxis(array, axis, indices[0]);
  return part.ndim === 0 ? scalarAt(part, part.offset) : copy(part);
}
