import assert from "node:assert/strict";
import fc from "fast-check";
import {
  asarray,
  assign,
  broadcastTo,
  concatenate,
  copy,
  expandDims,
  flip,
  getItem,
  type IndexItem,
  moveAxis,
  type NDArray,
  ravel,
  reshape,
  roll,
  setItem,
  sizeOf,
  split,
  squeeze,
  stack,
  swapAxes,
  tile,
  toList,
  transpose,
  wrapData,
} from "../../src/numpy/index.ts";

function counting(...shape: number[]): NDArray {
  const data = Float64Array.from({ length: sizeOf(shape) }, (_, i) => i);
  return wrapData(data, "float64", shape);
}

const anyShape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const all = { start: null, stop: null, step: null };

describe("views share memory, copies do not", () => {
  it("reshaped and transposed arrays show later changes", () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const array = counting(...shape);
        const flat = reshape(array, [-1]);
        const turned = transpose(array);
        assign(array, asarray(7));
        assert.ok([...ravel(flat).data].every((value) => value === 7));
        assert.deepEqual(toList(transpose(turned)), toList(array));
      }),
    );
  });

  it("reshaping there and back changes nothing, whatever the layout", () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const turned = transpose(counting(...shape));
        const flat = reshape(turned, [-1]);
        assert.deepEqual(toList(reshape(flat, turned.shape)), toList(turned));
        assert.deepEqual(toList(flat), toList(ravel(copy(turned))));
      }),
    );
  });

  it("slices write through, index arrays do not", () => {
    const array = counting(2, 3);
    const row = getItem(array, [0]).array;
    const picked = getItem(array, [asarray([0n])]).array;
    assign(row, asarray(9));
    assert.deepEqual(toList(array), [
      [9, 9, 9],
      [3, 4, 5],
    ]);
    assert.deepEqual(toList(picked), [[0, 1, 2]]);
  });
});

// Expected values: NumPy 1.24.2.
describe("indexing", () => {
  const array = counting(2, 3, 4);
  function assertItem(items: IndexItem[], expected: unknown): void {
    assert.deepEqual(toList(getItem(array, items).array), expected);
  }
  function assertShape(items: IndexItem[], expected: number[]): void {
    assert.deepEqual(getItem(array, items).array.shape, expected);
  }

  it("integers, slices, ... and new axes", () => {
    assertItem([1, 2, 3], 23);
    assertItem([0, { start: null, stop: null, step: -2 }, 1], [9, 1]);
    assertItem(
      ["...", -1],
      [
        [3, 7, 11],
        [15, 19, 23],
      ],
    );
    assertShape([all, null, 0], [2, 1, 4]);
    assertShape([{ start: 5, stop: 9, step: null }], [0, 3, 4]);
  });

  it("arrays' axes stand where the arrays stand, or first where slices part them", () => {
    const pair = asarray([0n, 1n, 1n]);
    assertShape([all, pair, pair], [2, 3]);
    assertShape([pair, all, pair], [3, 3]);
    assertShape([all, pair], [2, 3, 4]);
    assertItem(
      [1, asarray([0n, 2n]), { start: 1, stop: 3, step: null }],
      [
        [13, 14],
        [21, 22],
      ],
    );
  });

  it("masks choose, and take as many values as they choose", () => {
    const mask = asarray([true, false, true]);
    const row = counting(3);
    assert.deepEqual(toList(getItem(row, [mask]).array), [0, 2]);
    setItem(row, [mask], asarray([8, 9]));
    assert.deepEqual(toList(row), [8, 1, 9]);
    assert.throws(() => setItem(row, [mask], asarray([1, 2, 3])), {
      message:
        "NumPy boolean array indexing assignment cannot assign 3 input values to the 2 output values where the mask is true",
    });
  });

  it("an array may be assigned from an overlapping part of itself", () => {
    const row = counting(5);
    setItem(
      row,
      [{ start: 1, stop: null, step: null }],
      getItem(row, [{ start: 0, stop: 4, step: null }]).array,
    );
    assert.deepEqual(toList(row), [0, 0, 1, 2, 3]);
  });

  it("refusals are NumPy's", () => {
    const refuse = (items: IndexItem[], message: string) =>
      assert.throws(() => getItem(array, items), { type: "IndexError", message });
    refuse([5], "index 5 is out of bounds for axis 0 with size 2");
    refuse([0, 0, 0, 0], "too many indices for array: array is 3-dimensional, but 4 were indexed");
    refuse(["...", "..."], "an index can only have a single ellipsis ('...')");
    refuse([asarray([0.5])], "arrays used as indices must be of integer (or boolean) type");
    refuse(
      [asarray([true])],
      "boolean index did not match indexed array along axis 0; size of axis is 2 but size of corresponding boolean axis is 1",
    );
  });
});

describe("shapes", () => {
  it("axes move, come and go", () => {
    const array = counting(2, 1, 3);
    assert.deepEqual(moveAxis(array, [0], [-1]).shape, [1, 3, 2]);
    assert.deepEqual(swapAxes(array, 0, 2).shape, [3, 1, 2]);
    assert.deepEqual(squeeze(array).shape, [2, 3]);
    assert.deepEqual(expandDims(array, [0, -1]).shape, [1, 2, 1, 3, 1]);
    assert.deepEqual(broadcastTo(array, [4, 2, 5, 3]).shape, [4, 2, 5, 3]);
  });

  it("columns first", () => {
    assert.deepEqual(toList(reshape(counting(2, 3), [3, 2], "F")), [
      [0, 4],
      [3, 2],
      [1, 5],
    ]);
    assert.deepEqual(toList(ravel(counting(2, 2), "F")), [0, 2, 1, 3]);
  });

  it("parts and wholes", () => {
    const row = counting(6);
    assert.deepEqual(toList(concatenate(split(row, 3, 0), 0)), toList(row));
    assert.deepEqual(stack([row, row], 1).shape, [6, 2]);
    assert.deepEqual(toList(tile(asarray([1, 2]), [2, 2])), [
      [1, 2, 1, 2],
      [1, 2, 1, 2],
    ]);
    assert.deepEqual(toList(roll(asarray([1, 2, 3]), [1], null)), [3, 1, 2]);
    assert.deepEqual(toList(roll(asarray([1, 2, 3]), [1, 1], null)), [2, 3, 1]);
    assert.deepEqual(toList(roll(asarray([1, 2, 3]), [], null)), [1, 2, 3]);
    assert.deepEqual(toList(roll(asarray([1, 2, 3, 4]), [1, 2], [0])), [2, 3, 4, 1]);
    assert.deepEqual(toList(flip(asarray([1, 2, 3]))), [3, 2, 1]);
  });

  it("refusals are NumPy's", () => {
    const refuse = (body: () => unknown, message: string) => assert.throws(body, { message });
    refuse(
      () => reshape(counting(6), [4, -1]),
      "cannot reshape array of size 6 into shape (4,newaxis)",
    );
    refuse(() => reshape(counting(6), [-1, -1]), "can only specify one unknown dimension");
    refuse(() => transpose(counting(2, 3), [0, 0]), "repeated axis in transpose");
    refuse(
      () => swapAxes(counting(2), 0, 1),
      "axis2: axis 1 is out of bounds for array of dimension 1",
    );
    refuse(() => split(counting(5), 2, 0), "array split does not result in an equal division");
    refuse(
      () => squeeze(counting(2, 3), [0]),
      "cannot select an axis to squeeze out which has size not equal to one",
    );
    refuse(
      () => concatenate([counting(2, 3), counting(3)], 0),
      "all the input arrays must have same number of dimensions, but the array at index 0 has 2 dimension(s) and the array at index 1 has 1 dimension(s)",
    );
    refuse(
      () => asarray([[1, 2], [3]]),
      "setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. The detected shape was (2,) + inhomogeneous part.",
    );
  });
});
