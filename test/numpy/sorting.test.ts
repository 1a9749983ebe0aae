import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { usePoll } from "../../src/engine/index.ts";
import { sortElements, sortedOrder } from "../../src/numpy/reductions/sorting.ts";

/** More elements than are sorted in one part, some of them NaN and some alike. */
function many(): Float64Array {
  return Float64Array.from({ length: 2 ** 21 + 12_345 }, (_, i) =>
    i % 1000 === 0 ? Number.NaN : Math.imul(i, 0x9e3779b1) >> 4,
  );
}

describe("sorting", () => {
  it("gives what a typed array gives, NaN last, however many elements", () => {
    const [ours, native] = [many(), many().sort()];
    sortElements(ours);
    ok(ours.every((value, i) => Object.is(value, native[i])));
  });

  it("has its host's turn in between, and says how far it is", () => {
    const shares: number[] = [];
    usePoll((share) => shares.push(share!));
    try {
      sortElements(many());
    } finally {
      usePoll(null);
    }
    ok(shares.length > 30);
    deepEqual(
      shares,
      [...shares].sort((a, b) => a - b),
    );
    equal(shares[0], 0);
    ok(shares.at(-1)! < 1);
  });

  it("gives the positions of equal elements in their order, those of NaN last", () => {
    const element = fc.constantFrom(0, 1, 2, 3, -1, Infinity, -Infinity, Number.NaN);
    fc.assert(
      fc.property(fc.array(element, { maxLength: 200 }), (values) => {
        const rank = (value: number) => (Number.isNaN(value) ? [1, 0] : [0, value]);
        const expected = values
          .map((_, i) => i)
          .sort((a, b) => {
            const [[nanA, x], [nanB, y]] = [rank(values[a]!), rank(values[b]!)];
            return nanA! - nanB! || (x! < y! ? -1 : x! > y! ? 1 : a - b);
          });
        deepEqual([...sortedOrder(Float64Array.from(values))], expected);
      }),
    );
  });
});
