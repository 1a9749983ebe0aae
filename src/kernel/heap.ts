/**
 * @file Room in the JavaScript engine's heap for one large thing, asked for before it is made: the
 * engine ends the whole process where there is none.
 */

/** Bytes below which it is not worth asking. */
const leastReserved = 2 ** 22;

let reserve: ((bytes: number) => void) | null = null;

/** Has the host asked from now on. See `KernelHost.reserve`. */
export function useHeap(asked: ((bytes: number) => void) | null): void {
  reserve = asked;
}

/**
 * For whatever takes many bytes at once.
 * @throws RangeError where they are not there, which cells see as a MemoryError.
 */
export function reserveHeap(bytes: number): void {
  if (bytes >= leastReserved) reserve?.(bytes);
}
