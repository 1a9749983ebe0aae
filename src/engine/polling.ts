/**
 * @file How the program around the engine stops a long calculation: loops ask it between pieces of
 * their work, and what it throws ends them.
 */

/**
 * Called between the pieces of a calculation.
 * @param share How much of the running loop is done, from 0 to 1; absent where there is no news.
 */
export type Poll = (share?: number) => void;

let poll: Poll | null = null;

/** Has loops call a function from now on, or none. It should take no longer than a few loads. */
export function usePoll(called: Poll | null): void {
  poll = called;
}

/**
 * Gives the program around the engine its turn. For every loop that can take longer than some ten
 * milliseconds, where what was done so far can be left as it is: a layer's variables are not
 * assigned in such loops.
 */
export function pollHost(share?: number): void {
  poll?.(share);
}

/** Elements between two polls, where each takes some nanoseconds. */
export const polledElements = 2 ** 16;

/** Calls `body` with one range after the other of `[0, count)`, and polls in between. */
export function inPieces(count: number, body: (start: number, end: number) => void): void {
  if (count <= polledElements) {
    body(0, count);
    return;
  }
  for (let start = 0; start < count; start += polledElements) {
    pollHost(start / count);
    body(start, Math.min(start + polledElements, count));
  }
}

/** `count` numbers, made one after the other. */
export function numbersOf(count: number, make: (index: number) => number): Float64Array {
  const numbers = new Float64Array(count);
  inPieces(count, (start, end) => {
    for (let i = start; i < end; i++) numbers[i] = make(i);
  });
  return numbers;
}
