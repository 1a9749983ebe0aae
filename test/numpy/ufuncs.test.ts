import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type ArrayDType,
  asarray,
  binary,
  cast,
  clip,
  commonType,
  full,
  type NDArray,
  NumpyScalar,
  type Operand,
  promote,
  round,
  select,
  setFaultActions,
  setWarningSink,
  sizeOf,
  sliceAxis,
  toList,
  transpose,
  unary,
  wrapData,
  zeros,
} from "../../src/numpy/index.ts";
import { bitsOf, fromBits, recorded } from "./recorded.ts";

describe("promotion", () => {
  it("between arrays is as recorded", () => {
    const { names, table } = recorded.promotion;
    for (const [row, left] of names.entries()) {
      for (const [column, right] of names.entries()) {
        assert.equal(promote(left, right), table[row][column], `${left} with ${right}`);
      }
    }
  });

  // NEP 50: https://numpy.org/neps/nep-0050-scalar-promotion.html
  it("Python's own numbers are weak, NumPy's scalars are not", () => {
    const assertType = (left: Operand, right: Operand, expected: ArrayDType) =>
      assert.equal(commonType([left, right]), expected);
    const int8 = zeros([1], "int8");
    const single = zeros([1], "float32");
    assertType(int8, 1n, "int8");
    assertType(int8, 1.5, "float64");
    assertType(single, 1.5, "float32");
    assertType(single, 1n, "float32");
    assertType(zeros([1], "bool"), 1n, "int64");
    assertType(single, new NumpyScalar("float64", 1.5), "float64");
    assertType(int8, true, "int8");
    assertType(1n, 2.5, "float64");
  });

  it("an int that does not fit is refused, but can be compared", () => {
    const bytes = asarray([1n, 2n], "uint8");
    assert.throws(() => binary("add", bytes, 300n), {
      type: "OverflowError",
      message: "Python integer 300 out of bounds for uint8",
    });
    assert.deepEqual(toList(binary("less", bytes, 300n)), [true, true]);
    assert.deepEqual(toList(binary("equal", -1n, bytes)), [false, false]);
  });
});

// Expected values: NumPy 1.24.2.
describe("arithmetic", () => {
  const assertBinary = (name: string, left: Operand, right: Operand, expected: unknown) =>
    assert.deepEqual(toList(binary(name, left, right)), expected);

  it("integers wrap", () => {
    assertBinary("add", asarray([127n], "int8"), 1n, [-128n]);
    assertBinary("multiply", asarray([65536n], "int32"), asarray([65537n], "int32"), [65536n]);
    assertBinary("subtract", asarray([0n], "uint8"), 1n, [255n]);
    assertBinary("power", asarray([3n]), 41n, [-420491770248316829n]);
    assertBinary("left_shift", asarray([1n], "int32"), 31n, [-2147483648n]);
  });

  it("division is floored, and integers divide to floats", () => {
    assertBinary("floor_divide", asarray([-7n, 7n]), 2n, [-4n, 3n]);
    assertBinary("remainder", asarray([-7n, 7n]), 3n, [2n, 1n]);
    assertBinary("remainder", asarray([-7.5, 7.5]), -2, [-1.5, -0.5]);
    assertBinary("floor_divide", asarray([-7.5, 7.5]), 2, [-4, 3]);
    assertBinary("divide", asarray([1n], "int8"), 2n, [0.5]);
  });

  it("float32 rounds at each operation", () => {
    const third = binary("divide", asarray([1], "float32"), 3);
    assert.equal(third.data[0], Math.fround(1 / 3));
    assertBinary("multiply", third, 3, [1]);
  });

  it("NaN spreads through maximum, not through fmax", () => {
    assertBinary("maximum", asarray([1, Number.NaN]), 2, [2, Number.NaN]);
    assertBinary("fmax", asarray([1, Number.NaN]), 2, [2, 2]);
  });

  it("bools have logic instead", () => {
    const [yes, no] = [asarray([true]), asarray([false])];
    assertBinary("add", yes, no, [true]);
    assert.throws(() => binary("subtract", yes, no), { type: "TypeError" });
    assert.throws(() => binary("bitwise_and", asarray([1.5]), 1n), {
      message:
        "ufunc 'bitwise_and' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''",
    });
  });

  it("shapes broadcast like a loop over every element", () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(shapes, shapes, (a, b) => {
        const rank = Math.max(a.length, b.length);
        const at = (shape: number[], axis: number) => shape[axis - rank + shape.length] ?? 1;
        const axes = Array.from({ length: rank }, (_, axis) => axis);
        const fits = axes.every(
          (axis) => at(a, axis) === at(b, axis) || at(a, axis) === 1 || at(b, axis) === 1,
        );
        const [left, right] = [a, b].map((shape) =>
          wrapData(
            Float64Array.from({ length: sizeOf(shape) }, (_, i) => i),
            "float64",
            shape,
          ),
        );
        if (!fits) {
          assert.throws(() => binary("add", left, right), {
            message: `operands could not be broadcast together with shapes ${[a, b].map((s) => `(${s.join(",")}${s.length === 1 ? "," : ""}) `).join("")}`,
          });
          return;
        }
        const sum = binary("add", left, right);
        const element = (array: NDArray, index: number[]) =>
          array.data[
            array.shape.reduce(
              (place, length, axis) =>
                place * length + (length === 1 ? 0 : index[axis + rank - array.ndim]),
              0,
            )
          ] as number;
        const visit = (index: number[]): void => {
          if (index.length < rank) {
            for (let i = 0; i < sum.shape[index.length]; i++) visit([...index, i]);
            return;
          }
          assert.equal(element(sum, index), element(left, index) + element(right, index));
        };
        visit([]);
      }),
    );
  });

  it("results keep the memory order of what they are made of", () => {
    const turned = transpose(zeros([2, 3]));
    assert.deepEqual(binary("add", turned, 1).strides, turned.strides);
  });

  it("out takes the result, if its type can", () => {
    const out = zeros([2], "float32");
    assert.equal(binary("add", asarray([1, 2]), 1, { out }), out);
    assert.deepEqual(toList(out), [2, 3]);
    assert.throws(() => binary("add", asarray([1, 2]), 1, { out: zeros([2], "int64") }), {
      message:
        "Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'",
    });
  });

  it("where, clip and round", () => {
    assert.deepEqual(toList(select(asarray([true, false]), 1n, asarray([5n, 6n]))), [1n, 6n]);
    assert.deepEqual(toList(clip(asarray([0n, 5n, 9n]), 1n, 8n)), [1n, 5n, 8n]);
    assert.deepEqual(toList(round(asarray([0.5, 1.5, 2.5]), 0)), [0, 2, 2]);
    assert.deepEqual(toList(round(asarray([1.25, -1.35]), 1)), [1.2, -1.4]);
    assert.deepEqual(toList(round(asarray([15n, 25n]), -1)), [20n, 20n]);
  });
});

describe("elementary functions", () => {
  const x = fromBits(recorded.functions["x"], "float64");
  const positive = fromBits(recorded.functions["positive"], "float64");

  for (const name of ["exp", "log", "sin", "cos"]) {
    it(`${name} of float32: every bit as recorded`, () => {
      const input = cast(name === "log" ? positive : x, "float32");
      assert.equal(bitsOf(unary(name, input)), recorded.functions[`${name}32`]);
    });
  }

  for (const name of ["exp", "exp2", "log", "log2", "log10", "sin", "cos"]) {
    it(`${name} of float64: all but one in fifty as recorded, none further than one ulp`, () => {
      const input = name.startsWith("log") ? positive : x;
      const expected = fromBits(recorded.functions[name], "float64").data as Float64Array;
      const actual = unary(name, input).data as Float64Array;
      let different = 0;
      for (const [i, value] of actual.entries()) {
        if (value === expected[i]) continue;
        different++;
        assert.ok(Math.abs(value - expected[i]) <= Math.abs(expected[i]) * 2 ** -52);
      }
      assert.ok(different * 50 <= actual.length, `${different} of ${actual.length}`);
    });
  }

  it("integers are computed in the smallest float that holds them", () => {
    const assertType = (dtype: ArrayDType, expected: ArrayDType) =>
      assert.equal(unary("sqrt", full([1], 4n, dtype)).dtype, expected);
    assertType("int8", "float16");
    assertType("uint16", "float32");
    assertType("int32", "float64");
  });
});

describe("faults", () => {
  function faultsOf(body: () => void): string[] {
    const heard: string[] = [];
    setWarningSink((message) => heard.push(message));
    body();
    setWarningSink(() => {});
    return heard;
  }

  it("are told in NumPy's words", () => {
    const zero = asarray([0, 1]);
    assert.deepEqual(
      faultsOf(() => binary("divide", 1, zero)),
      ["divide by zero encountered in divide"],
    );
    assert.deepEqual(
      faultsOf(() => binary("divide", zero, zero)),
      ["invalid value encountered in divide"],
    );
    assert.deepEqual(
      faultsOf(() => unary("exp", asarray([1000]))),
      ["overflow encountered in exp"],
    );
    assert.deepEqual(
      faultsOf(() => unary("log", asarray([0, -1]))),
      ["divide by zero encountered in log", "invalid value encountered in log"],
    );
    assert.deepEqual(
      faultsOf(() => cast(asarray([Number.NaN]), "int32")),
      ["invalid value encountered in cast"],
    );
  });

  it("are silent for NaN and infinity that were there before", () => {
    const odd = asarray([Number.NaN, Number.POSITIVE_INFINITY]);
    assert.deepEqual(
      faultsOf(() => binary("add", odd, 1)),
      [],
    );
    assert.deepEqual(
      faultsOf(() => unary("exp", odd)),
      [],
    );
  });

  it("can be silenced or raised", () => {
    setFaultActions({ divide: "ignore" });
    assert.deepEqual(
      faultsOf(() => binary("divide", 1, asarray([0]))),
      [],
    );
    setFaultActions({ divide: "raise" });
    assert.throws(() => binary("divide", 1, asarray([0])), {
      message: "divide by zero encountered in divide",
    });
    setFaultActions({ divide: "warn" });
  });
});

describe("loops over integers", () => {
  const wraps = {
    int64: (value: bigint) => BigInt.asIntN(64, value),
    int32: (value: bigint) => BigInt.asIntN(32, value),
  };
  const modulo = (a: bigint, b: bigint) => ((a % b) + b) % b;
  const exactly: Record<string, (a: bigint, b: bigint) => bigint | boolean> = {
    add: (a, b) => a + b,
    subtract: (a, b) => a - b,
    multiply: (a, b) => a * b,
    bitwise_and: (a, b) => a & b,
    bitwise_or: (a, b) => a | b,
    bitwise_xor: (a, b) => a ^ b,
    maximum: (a, b) => (a > b ? a : b),
    minimum: (a, b) => (a < b ? a : b),
    floor_divide: (a, b) => (b === 0n ? 0n : (a - modulo(a, b)) / b),
    remainder: (a, b) => (b === 0n ? 0n : modulo(a, b)),
    equal: (a, b) => a === b,
    not_equal: (a, b) => a !== b,
    less: (a, b) => a < b,
    less_equal: (a, b) => a <= b,
    greater: (a, b) => a > b,
    greater_equal: (a, b) => a >= b,
  };
  const filled = (values: readonly bigint[], dtype: "int64" | "int32", shape: readonly number[]) =>
    wrapData(
      dtype === "int64" ? BigInt64Array.from(values) : Int32Array.from(values, Number),
      dtype,
      shape,
    );

  for (const dtype of ["int64", "int32"] as const) {
    const wrap = wraps[dtype];
    const limit = 1n << (dtype === "int64" ? 63n : 31n);
    const integer = fc.oneof(
      fc.bigInt(-limit, limit - 1n),
      fc.bigInt(-3n, 3n),
      fc.bigInt(1n, 20n),
      fc.bigInt(-(1n << 31n), (1n << 31n) - 1n),
      fc.constantFrom(-limit, limit - 1n),
    );
    it(`of ${dtype} wrap and compare as exact integers do, however they lie`, () => {
      const six = fc.array(integer, { minLength: 6, maxLength: 6 });
      fc.assert(
        fc.property(six, six, integer, (left, right, one) => {
          const a = filled(left, dtype, [2, 3]);
          const b = filled(right, dtype, [2, 3]);
          const turned = transpose(filled(right, dtype, [3, 2]));
          const row = filled(right.slice(0, 3), dtype, [3]);
          const single = filled([one], dtype, [1]);
          const at: [NDArray, (index: number) => bigint][] = [
            [b, (index) => right[index]],
            [turned, (index) => right[(index % 3) * 2 + Math.floor(index / 3)]],
            [row, (index) => right[index % 3]],
            [single, () => one],
          ];
          for (const [name, exact] of Object.entries(exactly)) {
            for (const [other, value] of at) {
              const wanted = left.map((item, index) => exact(item, value(index)));
              const found = toList(binary(name, a, other)).toString();
              const stored = wanted.map((item) => (typeof item === "bigint" ? wrap(item) : item));
              assert.equal(found, stored.toString(), name);
            }
          }
          const alone: Record<string, (a: bigint) => bigint> = {
            negative: (a) => -a,
            square: (a) => a * a,
            invert: (a) => ~a,
          };
          for (const [name, exact] of Object.entries(alone)) {
            const wanted = left.map((item) => wrap(exact(item)));
            assert.equal(toList(unary(name, a)).toString(), wanted.toString(), name);
          }
          assert.equal(toList(a).toString(), left.toString());
        }),
        { numRuns: 40 },
      );
    });
  }

  it("write where they are told, whatever lies around and beneath", () => {
    const base = () => filled([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n], "int64", [8]);
    const part = (array: NDArray, start: number, step = 1) => sliceAxis(array, 0, start, 4, step);
    const a = base();
    assert.equal(binary("add", part(a, 4), 10n, { out: part(a, 4) }).offset, 4);
    assert.equal(toList(a).toString(), "1,2,3,4,15,16,17,18");
    const b = base();
    binary("add", part(b, 0), part(b, 1), { out: part(b, 1) });
    assert.equal(toList(b).toString(), "1,3,5,7,9,6,7,8");
    const c = base();
    binary("multiply", part(c, 0, 2), 2n, { out: part(c, 0, 2) });
    assert.equal(toList(c).toString(), "2,2,6,4,10,6,14,8");
    const d = base();
    binary("subtract", part(d, 3, -1), part(d, 0), { out: part(d, 0) });
    assert.equal(toList(d).toString(), "3,1,-1,-3,5,6,7,8");
  });

  it("compute in an operand's memory where that may be, beside others in one memory", () => {
    const shape = [40_000];
    const [a, b] = [full(shape, 5n), full(shape, 7n)];
    const product = binary("multiply", a, b);
    const sum = binary("add", product, b, { overwrite: product });
    assert.equal(sum.data, product.data);
    assert.ok((sum.data as BigInt64Array).every((value) => value === 42n));
    assert.ok((b.data as BigInt64Array).every((value) => value === 7n));
    const [x, y] = [full(shape, 5.5), full(shape, 7)];
    const scaled = binary("multiply", x, y);
    const shifted = binary("add", scaled, y, { overwrite: scaled });
    assert.equal(shifted.data, scaled.data);
    assert.ok((shifted.data as Float64Array).every((value) => value === 45.5));
  });
});
