/**
 * @file Numbers put in order, in place, with turns for the host in between: typed arrays sort
 * themselves, but give nobody a turn, so that long ones are sorted in parts and merged.
 */
import { polledElements, pollHost, type TensorData } from "../../engine/index.ts";

/** Elements that a typed array sorts in some hundred milliseconds. */
const part = 2 ** 20;

/** Sorts in ascending order, NaN last. */
export function sortElements(data: TensorData): void {
  const size = data.length;
  if (size <= part) {
    data.sort();
    return;
  }
  const passes = 1 + Math.ceil(Math.log2(size / part));
  for (let start = 0; start < size; start += part) {
    pollHost(start / size / passes);
    data.subarray(start, start + part).sort();
  }
  const other = data.slice();
  let [from, to]: TensorData[] = [data, other];
  let pass = 1;
  for (let width = part; width < size; width *= 2, pass++) {
    for (let start = 0; start < size; start += 2 * width) {
      const middle = Math.min(start + width, size);
      const end = Math.min(start + 2 * width, size);
      mergeRuns(from, to, start, middle, end, (done) => pollHost((pass + done / size) / passes));
    }
    [from, to] = [to, from];
  }
  if (from !== data) (data as Float64Array).set(from as Float64Array);
}

/** Merges two ascending runs; `poll` learns how far it has come. */
function mergeRuns(
  from: TensorData,
  to: TensorData,
  start: number,
  middle: number,
  end: number,
  poll: (done: number) => void,
): void {
  let [i, j] = [start, middle];
  for (let k = start; k < end; ) {
    poll(k);
    const stop = Math.min(k + polledElements, end);
    [i, j] = mergePiece(from as Float64Array, to as Float64Array, i, middle, j, end, k, stop);
    k = stop;
  }
}

/** Writes the elements from `k` to `stop`, and gives where both runs are then. */
function mergePiece(
  from: Float64Array,
  to: Float64Array,
  first: number,
  middle: number,
  second: number,
  end: number,
  start: number,
  stop: number,
): [number, number] {
  let [i, j, k] = [first, second, start];
  if (i < middle && j < end) {
    let [left, right] = [from[i], from[j]];
    while (k < stop) {
      // A NaN on the left comes after every number on the right.
      if (left <= right || Number.isNaN(right)) {
        to[k++] = left;
        if (++i === middle) break;
        left = from[i];
      } else {
        to[k++] = right;
        if (++j === end) break;
        right = from[j];
      }
    }
  }
  if (j === end) while (k < stop) to[k++] = from[i++];
  else if (i === middle) while (k < stop) to[k++] = from[j++];
  return [i, j];
}

/** Elements of the runs that are put in order one by one before runs are merged. */
const shortRun = 16;

/** Where the elements stand in ascending order, NaN last, equal ones in the order they have. */
export function sortedOrder(values: TensorData): Uint32Array {
  const size = values.length;
  const numbers = values as Float64Array;
  let [from, to] = [new Uint32Array(size), new Uint32Array(size)];
  const passes = 1 + Math.max(0, Math.ceil(Math.log2(size / shortRun)));
  for (let start = 0; start < size; start += shortRun) {
    if (start % polledElements === 0) pollHost(start / size / passes);
    insertRun(numbers, from, start, Math.min(start + shortRun, size));
  }
  let pass = 1;
  for (let width = shortRun; width < size; width *= 2, pass++) {
    for (let start = 0; start < size; start += 2 * width) {
      const middle = Math.min(start + width, size);
      const end = Math.min(start + 2 * width, size);
      mergeOrders(numbers, from, to, start, middle, end, (pass + start / size) / passes);
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Whether the left element may stay before the right one. */
function inOrder(left: number, right: number): boolean {
  return left <= right || Number.isNaN(right);
}

function insertRun(values: Float64Array, order: Uint32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const value = values[i];
    let at = i;
    for (; at > start && !inOrder(values[order[at - 1]], value); at--) order[at] = order[at - 1];
    order[at] = i;
  }
}

function mergeOrders(
  values: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
  share: number,
): void {
  let [i, j] = [start, middle];
  for (let k = start; k < end; k++) {
    if (k % polledElements === 0) pollHost(share);
    if (j >= end) to[k] = from[i++];
    else if (i >= middle) to[k] = from[j++];
    else if (inOrder(values[from[i]], values[from[j]])) to[k] = from[i++];
    else to[k] = from[j++];
  }
}
