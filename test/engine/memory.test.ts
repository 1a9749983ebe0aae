import assert from "node:assert/strict";
import { createContext, Script } from "node:vm";
import {
  allocateData,
  BatchNormalization,
  channelHistograms,
  channelStatistics,
  createData,
  createTensor,
  gradients,
  moments,
  type Tensor,
  useMemoryHost,
} from "../../src/engine/index.ts";
import { runtime, useKernels } from "../../src/engine/wasm/runtime.ts";

const { tensors } = runtime()!;
const turn = new Script("0");
const context = createContext({}, { microtaskMode: "afterEvaluate" });

function filled(shape: readonly number[]): Tensor {
  const x = createTensor(shape, "float32");
  const data = x.data as Float32Array;
  for (let i = 0; i < data.length; i++) data[i] = (i % 1013) / 100;
  return x;
}

describe("the kernels' memory", () => {
  before(() => useMemoryHost({ releaseKept: () => turn.runInContext(context) }));

  it("holds tensors of 32 KB and more, each with a buffer of its own", () => {
    const [small, large, other] = [8191, 8192, 8192].map((size) => allocateData("float32", size));
    assert.equal(tensors.owns(small!.buffer), false);
    assert.equal(tensors.owns(large!.buffer), true);
    assert.notEqual(large!.buffer, other!.buffer);
    assert.equal(large!.subarray(5).buffer, large!.buffer);
  });

  it("keeps tensors apart, and their values when it grows", () => {
    const made = Array.from({ length: 40 }, (_, i) => allocateData("float64", 5000 + 1000 * i));
    for (const [i, data] of made.entries()) (data as Float64Array).fill(i);
    allocateData("float32", 2 ** 23);
    for (const [i, data] of made.entries()) {
      assert.ok((data as Float64Array).every((value) => value === i));
    }
  });

  it("gives zeros where zeros are asked for, in memory that was used before too", () => {
    for (let i = 0; i < 100; i++) {
      const data = createData("float32", 2 ** 20) as Float32Array;
      assert.ok(data[0] === 0 && data[2 ** 19] === 0 && data[2 ** 20 - 1] === 0);
      data.fill(1);
    }
  });

  it("does not grow over 10,000 calls, without a turn of the event loop", () => {
    const x = filled([150, 64]);
    const layer = new BatchNormalization();
    for (let i = 0; i < 4000; i++) layer.call(x, { training: true });
    const { extent } = tensors;
    for (let i = 0; i < 10_000; i++) layer.call(x, { training: true });
    assert.ok(tensors.extent <= extent + 2 ** 20, `${tensors.extent - extent} bytes more`);
  });

  it("does not free what is still in use", () => {
    const kept: Float32Array[] = [];
    for (let i = 0; i < 600; i++) {
      const data = allocateData("float32", 2 ** 18) as Float32Array;
      data.fill(i);
      if (i % 50 === 0) kept.push(data.subarray(1000));
    }
    for (const [i, data] of kept.entries()) assert.ok(data.every((value) => value === 50 * i));
  });

  const outside = (x: Tensor): Tensor => ({ ...x, data: new Float32Array(x.data as Float32Array) });
  for (const [shape, axis] of [
    [[40_000, 64], -1],
    [[4, 64, 10_000], 1],
  ] as const) {
    for (const place of ["inside", "outside"] as const) {
      it(`needs a few blocks beside input and output: ${shape.join(" × ")}, ${place}`, () => {
        const x = place === "inside" ? filled(shape) : outside(filled(shape));
        const out = place === "inside" ? createTensor(shape, "float32") : outside(x);
        const layer = new BatchNormalization({ axis });
        moments(x, axis);
        const { extent, used } = tensors;
        const { step } = layer.forward(x, { training: true, out });
        gradients(layer, x, x, { training: true, step, out });
        layer.call(x, { out });
        channelStatistics(x, axis);
        channelHistograms(x, axis, { bins: 64 });
        assert.ok(tensors.extent - extent <= 2 ** 20, `${tensors.extent - extent} bytes`);
        assert.equal(tensors.used, used);
      });
    }
  }

  it("is not asked for what does not fit: such tensors lie elsewhere", () => {
    const { limit } = tensors;
    tensors.limit = 2 ** 25;
    try {
      assert.equal(tensors.owns(allocateData("float32", 2 ** 22).buffer), false);
      const kept = Array.from({ length: 40 }, () => allocateData("float32", 2 ** 18));
      assert.ok(kept.some(({ buffer }) => !tensors.owns(buffer)));
    } finally {
      tensors.limit = limit;
    }
  });

  it("takes results where they are wanted, in place too", () => {
    const x = filled([1000, 64]);
    const layer = new BatchNormalization();
    const expected = layer.call(x, { training: true });
    const copy = { ...x, data: (x.data as Float32Array).slice() };
    const result = new BatchNormalization().call(copy, { training: true, out: copy });
    assert.equal(result, copy);
    assert.deepEqual([...result.data], [...expected.data]);
  });

  it("refuses an `out` of another shape or type", () => {
    const layer = new BatchNormalization();
    const x = filled([10, 4]);
    assert.throws(() => layer.call(x, { out: filled([4, 10]) }), {
      name: "ValueError",
      message:
        "`out` should have the shape and dtype of the result, (10, 4) and float32. " +
        "Received: out.shape=(4, 10), out.dtype=float32",
    });
  });

  it("is not needed: tensors lie on the heap without it", () => {
    useKernels(false);
    try {
      assert.equal(tensors.owns(allocateData("float32", 2 ** 16).buffer), false);
    } finally {
      useKernels(true);
    }
  });

  it("refuses what the machine does not have, in NumPy's words, and goes on", () => {
    const x = filled([300, 64]);
    const layer = new BatchNormalization();
    useMemoryHost({ releaseKept: () => turn.runInContext(context), available: () => 2 ** 27 });
    try {
      assert.throws(() => layer.call({ ...x, shape: [2 ** 22, 64] }), {
        name: "MemoryError",
        message:
          "Unable to allocate 1.00 GiB for an array with shape (4194304, 64) and data type float32",
      });
      assert.equal(layer.built, false);
      assert.equal(layer.call(x).shape[0], 300);
    } finally {
      tensors.limit = 2 ** 30;
      useMemoryHost({ releaseKept: () => turn.runInContext(context) });
    }
  });
});
