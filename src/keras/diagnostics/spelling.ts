/** @file Which known name a misspelt one was meant to be. */

/** The known name that one differs from by the least, if that is little; null where none is close. */
export function closest(name: string, known: readonly string[]): string | null {
  const plain = simplified(name);
  const most = plain.length < 4 ? 1 : Math.min(3, Math.floor(plain.length / 3));
  let best: string | null = null;
  let least = most + 1;
  for (const candidate of known) {
    const distance = editDistance(plain, simplified(candidate));
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

function simplified(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

/** How many letters have to be put in, left out, replaced, or swapped with their neighbour. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        last[column] + 1,
        current[column - 1] + 1,
        last[column - 1] + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, beforeLast[column - 2] + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length];
}
