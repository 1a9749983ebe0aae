/**
 * @file Items of lists and tuples, which loops read, write and make by the million.
 */
import { PyList, PyTuple } from "../containers.ts";
import type { Value } from "../objects.ts";
import type { Evaluate, Frame } from "./frame.ts";

/** `value[index]`; undefined for what `getItem` has to see to, errors among it. */
export function listItem(value: Value, index: Value): Value | undefined {
  if (typeof index !== "bigint") return undefined;
  if (!(value instanceof PyList || value instanceof PyTuple)) return undefined;
  // A class of its own may have methods for this.
  if (value.constructor !== PyList && value.constructor !== PyTuple) return undefined;
  const { items } = value;
  const at = Number(index);
  // Never beyond the ends: reading there makes every later read slow.
  if (at >= 0) return at < items.length ? items[at] : undefined;
  return at >= -items.length ? items[at + items.length] : undefined;
}

/** `value[index] = item`; false for what `setItem` has to see to. */
export function setListItem(value: Value, index: Value, item: Value): boolean {
  if (typeof index !== "bigint" || !(value instanceof PyList)) return false;
  if (value.constructor !== PyList) return false;
  const { items } = value;
  const at = Number(index);
  const found = at < 0 ? at + items.length : at;
  if (!(found >= 0 && found < items.length)) return false;
  items[found] = item;
  return true;
}

/** Values side by side, in arrays of their final length: one that grows takes room for more. */
export function gathering(items: readonly Evaluate[]): (frame: Frame) => Value[] {
  const [first, second, third] = items as [Evaluate, Evaluate, Evaluate];
  switch (items.length) {
    case 0:
      return () => [];
    case 1:
      return (frame) => [first(frame)];
    case 2:
      return (frame) => [first(frame), second(frame)];
    case 3:
      return (frame) => [first(frame), second(frame), third(frame)];
    default:
      return (frame) => items.map((item) => item(frame));
  }
}
