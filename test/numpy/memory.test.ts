/** @file What does not fit into memory, in NumPy 2's words. */
import { equal, throws } from "node:assert/strict";
import {
  ArrayMemoryError,
  arange,
  asarray,
  bincount,
  full,
  linspace,
  matmul,
  repeat,
  zeros,
} from "../../src/numpy/index.ts";

describe("arrays that do not fit into memory", () => {
  const cases: readonly [() => unknown, string][] = [
    [
      () => zeros([1e6, 1e6]),
      "7.28 TiB for an array with shape (1000000, 1000000) and data type float64",
    ],
    [
      () => full([1e11], 1),
      "745. GiB for an array with shape (100000000000,) and data type float64",
    ],
    [
      () => zeros([2 ** 40], "uint8"),
      "1.00 TiB for an array with shape (1099511627776,) and data type uint8",
    ],
    [
      () => zeros([1000, 1000, 1000, 1000], "float32"),
      "3.64 TiB for an array with shape (1000, 1000, 1000, 1000) and data type float32",
    ],
    [
      () => arange(0n, 10n ** 12n, 1n),
      "7.28 TiB for an array with shape (1000000000000,) and data type int64",
    ],
    [
      () => matmul(full([1e6, 1], 1), full([1, 1e6], 1)),
      "7.28 TiB for an array with shape (1000000, 1000000) and data type float64",
    ],
    [
      () => repeat(full([1e6], 1n), [1e6], null),
      "7.28 TiB for an array with shape (1000000000000,) and data type int64",
    ],
    [
      () => bincount(asarray([10n ** 12n]), null, 0),
      "7.28 TiB for an array with shape (1000000000001,) and data type int64",
    ],
    [
      () => linspace(0, 1, 1e12),
      "7.28 TiB for an array with shape (1000000000000,) and data type float64",
    ],
  ];
  for (const [make, words] of cases) {
    it(words, () => {
      throws(make, (error) => {
        equal((error as Error).message, `Unable to allocate ${words}`);
        return error instanceof ArrayMemoryError;
      });
    });
  }

  it("are refused at once where no address reaches their end", () => {
    throws(
      () => zeros([2 ** 40, 2 ** 40]),
      /^ValueError: array is too big; `arr.size \* arr.dtype.itemsize` is larger/,
    );
  });
});
