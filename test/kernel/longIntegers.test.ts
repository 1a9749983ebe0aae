/** @file Integers too long for one operation of the JavaScript engine: in pieces, the same numbers. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { longFloorDivmod, wholeProduct } from "../../src/kernel/types/longIntegers.ts";

const integer = fc.bigInt({ min: -(2n ** 3000n), max: 2n ** 3000n });
const divisor = integer.filter((value) => value > 2n ** 64n || value < -(2n ** 64n));

describe("integers cut into pieces", () => {
  it("are divided as Python divides: towards minus infinity, the remainder as the divisor", () => {
    fc.assert(
      fc.property(integer, divisor, fc.constantFrom(7, 32, 64), (given, right, piece) => {
        for (const left of [given, given * right, given * right - 1n]) {
          const [quotient, remainder] = longFloorDivmod(left, right, piece);
          assert.equal(quotient * right + remainder, left);
          assert.ok(right < 0n ? remainder <= 0n && remainder > right : remainder >= 0n);
          assert.ok(right < 0n || remainder < right);
        }
      }),
    );
  });

  it("have the product of the whole", () => {
    fc.assert(
      fc.property(integer, integer, (left, right) => {
        assert.equal(wholeProduct(left, right, 2n ** 64n), left * right);
      }),
    );
  });
});
