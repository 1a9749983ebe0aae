/**
 * @file Items of lists and tuples at a position, which loops read and write by the million.
 */
import { PyList, PyTuple } from "../containers.ts";
import type { Value } from "../objects.ts";

/** `value[index]`; undefined for what `getItem` has to see to, errors among it. */
export function listItem(value: Value, index: Value): Value | undefined {
  if (typeof index !== "bigint") return undefined;
  if (!(value instanceof PyList || value instanceof PyTuple)) return undefined;
  const { items } = value;
  const at = Number(index);
  // Never beyond the ends: reading there makes every later read slow.
  if (at >= 0) return at < items.length ? items[at] : undefined;
  return at >= -items.length ? items[at + items.length] : undefined;
}

/** `value[index] = item`; false for what `setItem` has to see to. */
export function setListItem(value: Value, index: Value, item: Value): boolean {
  if (typeof index !== "bigint" || !(value instanceof PyList)) return false;
  const { items } = value;
  const at = Number(index);
  const found = at < 0 ? at + items.length : at;
  if (!(found >= 0 && found < items.length)) return false;
  items[found] = item;
  return true;
}
