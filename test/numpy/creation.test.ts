import assert from "node:assert/strict";
import {
  type ArrayDType,
  arange,
  asarray,
  diag,
  dot,
  einsum,
  eye,
  fromTensor,
  full,
  geomspace,
  histogram,
  inner,
  linspace,
  logspace,
  matmul,
  meshgrid,
  type NDArray,
  NumpyScalar,
  outer,
  pad,
  repeat,
  reshape,
  searchSorted,
  sort,
  tensordot,
  toList,
  toTensor,
  transpose,
  triangle,
  unique,
  zeros,
} from "../../src/numpy/index.ts";

function assertArray(actual: NDArray, expected: unknown, dtype?: ArrayDType): void {
  assert.deepEqual(toList(actual), expected);
  if (dtype) assert.equal(actual.dtype, dtype);
}

// Expected values: NumPy 1.24.2.
describe("arrays of sequences", () => {
  it("take the type that their numbers have together", () => {
    assertArray(asarray([1n, 2n]), [1n, 2n], "int64");
    assertArray(asarray([1n, 2.5]), [1, 2.5], "float64");
    assertArray(asarray([true, false]), [true, false], "bool");
    assertArray(asarray([true, 2n]), [1n, 2n], "int64");
    assertArray(asarray([new NumpyScalar("float32", 1.5)]), [1.5], "float32");
    assertArray(asarray([[], []]), [[], []], "float64");
    assertArray(asarray([2n ** 63n]), [2n ** 63n], "uint64");
  });

  it("are checked against the type wanted", () => {
    assert.throws(() => asarray([256n], "uint8"), {
      type: "OverflowError",
      message: "Python integer 256 out of bounds for uint8",
    });
    assertArray(asarray([1.9, -1.9], "int32"), [1n, -1n], "int32");
    assert.throws(() => asarray([Number.NaN], "int64"), {
      message: "cannot convert float NaN to integer",
    });
  });

  it("share memory with tensors", () => {
    const tensor = { shape: [2, 2], dtype: "float32", data: Float32Array.of(1, 2, 3, 4) } as const;
    const array = fromTensor(tensor);
    assert.equal(array.data, tensor.data);
    assert.equal(toTensor(array).data, tensor.data);
    assert.deepEqual([...toTensor(transpose(array)).data], [1, 3, 2, 4]);
  });

  it("widen bfloat16, which NumPy has not", () => {
    const tensor = { shape: [1], dtype: "bfloat16", data: Uint16Array.of(0x3fc0) } as const;
    assertArray(fromTensor(tensor), [1.5], "float32");
  });
});

describe("ranges and grids", () => {
  it("arange", () => {
    assertArray(arange(0n, 5n, 2n), [0n, 2n, 4n], "int64");
    assertArray(arange(5n, 0n, -2n), [5n, 3n, 1n]);
    assertArray(arange(0, 1, 0.3), [0, 0.3, 0.6, 0.8999999999999999], "float64");
    assertArray(arange(0n, 3n, 1n, "float32"), [0, 1, 2], "float32");
    assertArray(arange(3n, 1n, 1n), []);
  });

  it("linspace, logspace, geomspace", () => {
    assertArray(linspace(0, 1, 5).values, [0, 0.25, 0.5, 0.75, 1]);
    assertArray(linspace(0, 10, 4, false).values, [0, 2.5, 5, 7.5]);
    assertArray(linspace(0, 10, 4, true, "int64").values, [0n, 3n, 6n, 10n]);
    assert.equal(toList(linspace(1, 2, 3).step), 0.5);
    assertArray(logspace(0, 2, 3, true, 10), [1, 10, 100]);
    assertArray(geomspace(1, 1000, 4, true), [1, 10, 100, 1000]);
  });

  it("matrices", () => {
    assertArray(eye(2, 3, 1, "int64"), [
      [0n, 1n, 0n],
      [0n, 0n, 1n],
    ]);
    assertArray(diag(asarray([1n, 2n]), 0), [
      [1n, 0n],
      [0n, 2n],
    ]);
    assertArray(triangle(full([2, 2], 1n), 0, true), [
      [1n, 0n],
      [1n, 1n],
    ]);
    const [x, y] = meshgrid([asarray([1n, 2n]), asarray([3n])], "xy", false);
    assertArray(x, [[1n, 2n]]);
    assertArray(y, [[3n, 3n]]);
  });

  it("repeated and padded", () => {
    assertArray(repeat(asarray([1n, 2n]), [2, 1], null), [1n, 1n, 2n]);
    const table = asarray([1n, 2n, 3n, 4n], "int64");
    assertArray(repeat(reshape(table, [2, 2]), [0, 2], 0), [
      [3n, 4n],
      [3n, 4n],
    ]);
    assertArray(repeat(reshape(table, [2, 2]), [2], 1), [
      [1n, 1n, 2n, 2n],
      [3n, 3n, 4n, 4n],
    ]);
    assert.throws(() => repeat(table, [-1], null), /negative dimensions are not allowed/);
    assert.throws(() => repeat(table, [1, 1, -1, 1], null), /repeats may not contain negative/);
    const zero = asarray(0n);
    assertArray(
      pad(asarray([1n, 2n]), { mode: "constant", widths: [[1, 2]], values: [[zero, zero]] }),
      [0n, 1n, 2n, 0n, 0n],
    );
    const three = asarray([1n, 2n, 3n]);
    assertArray(pad(three, { mode: "reflect", widths: [[2, 2]] }), [3n, 2n, 1n, 2n, 3n, 2n, 1n]);
    assertArray(pad(asarray([1n, 2n]), { mode: "edge", widths: [[1, 1]] }), [1n, 1n, 2n, 2n]);
  });

  it("negative lengths are refused", () => {
    assert.throws(() => zeros([-1]), { message: "negative dimensions are not allowed" });
    assert.throws(() => linspace(0, 1, -1), {
      message: "Number of samples, -1, must be non-negative.",
    });
  });
});

describe("order", () => {
  it("sorts NaN last, finds, and counts", () => {
    assertArray(sort(asarray([3, Number.NaN, 1])), [1, 3, Number.NaN]);
    assertArray(searchSorted(asarray([1, 2, 2, 3]), asarray(2), "left"), 1n);
    assertArray(searchSorted(asarray([1, 2, 2, 3]), asarray(2), "right"), 3n);
    const { values, counts, inverse } = unique(asarray([3n, 1n, 3n]));
    assertArray(values, [1n, 3n]);
    assertArray(counts, [1n, 2n]);
    assertArray(inverse, [1n, 0n, 1n]);
  });
});

describe("histograms", () => {
  it("count what falls between edges, the last one included", () => {
    const { counts, edges } = histogram(asarray([1, 2, 3, 4, 5]), 3, null, false, null);
    assertArray(counts, [2n, 1n, 2n]);
    assertArray(edges, [1, 2.333333333333333, 3.6666666666666665, 5]);
  });

  it("of one value are one unit wide, of float32 have float32 edges", () => {
    assertArray(histogram(asarray([2, 2]), 1, null, false, null).edges, [1.5, 2.5]);
    assertArray(
      histogram(asarray([0, 1], "float32"), 2, null, false, null).edges,
      [0, 0.5, 1],
      "float32",
    );
  });

  it("as densities, with weights, over a range, with edges of their own", () => {
    const values = asarray([1, 2, 2]);
    assertArray(histogram(values, asarray([1, 2, 3]), null, true, null).counts, [1 / 3, 2 / 3]);
    assertArray(histogram(values, 2, [0, 4], false, asarray([1, 0.5, 0.5])).counts, [1, 1]);
    assertArray(histogram(asarray([1, 2, 3, 10, 20]), "sturges", null, false, null).counts, [
      3n,
      1n,
      0n,
      1n,
    ]);
  });

  it("refuse what has no range", () => {
    assert.throws(() => histogram(asarray([1, Number.NaN]), 2, null, false, null), {
      message: "autodetected range of [nan, nan] is not finite",
    });
  });
});

describe("products of matrices", () => {
  const left = reshape(asarray([1, 2, 3, 4]), [2, 2]);

  it("matmul, dot, inner, outer, tensordot", () => {
    assertArray(matmul(left, asarray([1, 1])), [3, 7]);
    assertArray(matmul(asarray([1n, 2n]), asarray([3n, 4n])), 11n, "int64");
    assert.deepEqual(matmul(zeros([5, 1, 2, 3]), zeros([4, 3, 2])).shape, [5, 4, 2, 2]);
    assert.deepEqual(dot(zeros([2, 3]), zeros([4, 3, 5])).shape, [2, 4, 5]);
    assertArray(inner(left, asarray([1, 10])), [21, 43]);
    assertArray(outer(asarray([1, 2]), asarray([3, 4])), [
      [3, 4],
      [6, 8],
    ]);
    assertArray(tensordot(left, left, [0, 1], [0, 1]), 30);
  });

  it("einsum", () => {
    assertArray(einsum("ii", [left]), 5);
    assertArray(einsum("ij->ji", [left]), [
      [1, 3],
      [2, 4],
    ]);
    assertArray(einsum("ij,jk->ik", [left, left]), [
      [7, 10],
      [15, 22],
    ]);
    assertArray(einsum("bij,bij->b", [reshape(left, [1, 2, 2]), reshape(left, [1, 2, 2])]), [30]);
    assertArray(einsum("...j->...", [left]), [3, 7]);
    assert.throws(() => einsum("ijk", [left]), {
      message: "einstein sum subscripts string contains too many subscripts for operand 0",
    });
  });

  it("norms", () => {});

  it("refusals are NumPy's", () => {
    assert.throws(() => matmul(zeros([2, 3]), zeros([2, 3])), {
      message:
        "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)",
    });
    assert.throws(() => dot(zeros([2, 3]), zeros([2, 3])), {
      message: "shapes (2,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)",
    });
  });
});
