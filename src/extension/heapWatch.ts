/**
 * @file A look at the thread's heap while a cell runs: before the JavaScript engine ends the thread
 * for want of memory, the cell gets a MemoryError, and the variables are kept.
 */
import { getHeapStatistics } from "node:v8";
import { collectGarbage } from "../engine/index.ts";

/** Bytes that are left when a cell is refused more: it may take as much until it is looked at again. */
const leastLeft = 128 * 2 ** 20;
/** The part of the heap that is left at least. */
const leastShare = 0.15;
/** Bytes by which the heap must have grown since a cell was refused before another one is. */
const leastGrowth = 16 * 2 ** 20;

function used(): number {
  return getHeapStatistics().used_heap_size;
}

/** Bytes up to which the heap may be filled. */
function most(): number {
  const { heap_size_limit: limit } = getHeapStatistics();
  return limit - Math.max(Math.min(leastLeft, limit / 3), limit * leastShare);
}

export class HeapWatch {
  #refusedAt = 0;

  /** @throws RangeError where the heap is nearly full, and fuller than when this was said last. */
  check(): void {
    if (used() < most()) return;
    collectGarbage();
    const live = used();
    if (live < most()) {
      this.#refusedAt = 0;
      return;
    }
    if (live < this.#refusedAt + leastGrowth) return;
    this.#refusedAt = live;
    throw new RangeError("the heap is nearly full");
  }

  /** @throws RangeError where so many bytes would fill the heap. */
  reserve(bytes: number): void {
    if (used() + bytes < most()) return;
    collectGarbage();
    if (used() + bytes >= most()) throw new RangeError(`the heap has no room for ${bytes} bytes`);
  }
}
