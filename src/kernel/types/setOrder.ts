/**
 * @file The order in which CPython's sets give their items: that of their hash table
 * (`Objects/setobject.c`). For numbers it is the same in every run, and printouts show it.
 */
import { floatHash, integerHash } from "../hashing.ts";
import type { Value } from "../objects.ts";

const smallestTable = 8;
/** So many slots are looked at side by side before the next one is far away. */
const linearProbes = 9;

/** Null for what CPython hashes by address, or anew in every run. */
function fixedHash(value: Value): bigint | null {
  if (typeof value === "bigint") return integerHash(value);
  if (typeof value === "boolean") return BigInt(value);
  return typeof value === "number" ? floatHash(value) : null;
}

interface Slot {
  readonly item: Value;
  readonly hash: bigint;
}

function place(table: (Slot | undefined)[], slot: Slot): void {
  const mask = table.length - 1;
  let perturb = BigInt.asUintN(64, slot.hash);
  let at = Number(perturb & BigInt(mask));
  for (;;) {
    const last = at + linearProbes <= mask ? at + linearProbes : at;
    for (let index = at; index <= last; index++) {
      if (table[index] !== undefined) continue;
      table[index] = slot;
      return;
    }
    perturb >>= 5n;
    at = Number((BigInt(at * 5 + 1) + perturb) & BigInt(mask));
  }
}

function resized(table: readonly (Slot | undefined)[], least: number): (Slot | undefined)[] {
  const larger = new Array<Slot | undefined>(tableSize(least)).fill(undefined);
  for (const slot of table) if (slot) place(larger, slot);
  return larger;
}

function tableSize(least: number): number {
  let size = smallestTable;
  while (size <= least) size *= 2;
  return size;
}

/** The slots of a table into which a set of `used` items takes all of another with `added` items. */
export function mergedTable(used: number, added: number, size: number): number {
  return (used + added) * 5 >= (size - 1) * 3 ? tableSize((used + added) * 2) : size;
}

/** Items put one after the other into a table of at first `size` slots, in the table's order. */
export function tableOrder(
  items: readonly Value[],
  size: number,
): { readonly items: readonly Value[]; readonly size: number } {
  let table = new Array<Slot | undefined>(size).fill(undefined);
  let used = 0;
  for (const item of items) {
    const hash = fixedHash(item);
    if (hash === null) return { items, size };
    place(table, { item, hash });
    used++;
    if (used * 5 >= (table.length - 1) * 3) {
      table = resized(table, used > 50_000 ? used * 2 : used * 4);
    }
  }
  const inOrder = table.flatMap((slot) => (slot ? [slot.item] : []));
  return { items: inOrder, size: table.length };
}
