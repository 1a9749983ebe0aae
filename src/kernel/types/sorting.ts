/**
 * @file `sorted` and `list.sort`: stable, ordered by `<` alone as Python orders.
 */
import { checkSometimes } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import { compare, invoke, truth } from "../operations.ts";

function less(left: Value, right: Value): boolean {
  if (typeof left === "number" && typeof right === "number") return left < right;
  if (typeof left === "bigint" && typeof right === "bigint") return left < right;
  return truth(compare("<", left, right));
}

/** Sorted copy of `items`. `key` null compares the items themselves. */
export function sortedItems(items: readonly Value[], key: Value, reverse: boolean): Value[] {
  const keyed = items.map((item) => {
    checkSometimes();
    return { item, key: key === null ? item : invoke(key, item) };
  });
  // Reversed before and after, equal items keep their order in a reversed sort.
  if (reverse) keyed.reverse();
  const sorted = mergeSort(keyed);
  if (reverse) sorted.reverse();
  return sorted.map(({ item }) => item);
}

interface Keyed {
  readonly item: Value;
  readonly key: Value;
}

/** So many items are sorted by insertion. */
const mostInserted = 63;

/**
 * As CPython's sort begins: a run that is in order already, and each later item put to its place by
 * bisection. The order of comparisons shows where one of them fails.
 */
function insertionSort(items: Keyed[]): Keyed[] {
  if (items.length < 2) return items;
  const after = (index: number) => less(items[index]!.key, items[index - 1]!.key);
  const descending = after(1);
  let run = 2;
  while (run < items.length && after(run) === descending) run++;
  const sorted = items.slice(0, run);
  if (descending) sorted.reverse();
  for (const item of items.slice(run)) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (less(item.key, sorted[middle]!.key)) high = middle;
      else low = middle + 1;
    }
    sorted.splice(low, 0, item);
  }
  return sorted;
}

// The engine's own sort may assume a consistent order, which NaN does not give.
function mergeSort(items: Keyed[]): Keyed[] {
  if (items.length <= mostInserted) return insertionSort(items);
  const middle = items.length >> 1;
  const left = mergeSort(items.slice(0, middle));
  const right = mergeSort(items.slice(middle));
  if (!less(right[0]!.key, left[left.length - 1]!.key)) return left.concat(right);
  const merged: Keyed[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    checkSometimes();
    merged.push(less(right[j]!.key, left[i]!.key) ? right[j++]! : left[i++]!);
  }
  while (i < left.length) merged.push(left[i++]!);
  while (j < right.length) merged.push(right[j++]!);
  return merged;
}
