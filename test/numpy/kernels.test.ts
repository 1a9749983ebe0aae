/** @file The compiled loops against the plain ones: the same bits, the same warnings. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { runtime, useKernels } from "../../src/engine/wasm/runtime.ts";
import {
  type ArrayDType,
  all,
  any,
  arange,
  argmax,
  argmin,
  binary,
  broadcastTo,
  cast,
  clip,
  copy,
  countNonzero,
  flip,
  full,
  linspace,
  max,
  mean,
  min,
  type NDArray,
  type Operand,
  rowMajor,
  select,
  setWarningSink,
  sizeOf,
  sliceAxis,
  standardDeviation,
  sum,
  transpose,
  unary,
  variance,
  wrapData,
} from "../../src/numpy/index.ts";

const specials = [
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1, -1, 0.5, -2.5, 255],
  ...[5e-324, -1e-45, 1e-310, 1e-40, 3.4e38, -3.4e38, 1.7e308, 16777217, 2 ** 31, -(2 ** 63), 1e19],
];

/** Which numbers an array is made of. */
type Kind = "plain" | "rough" | "zeros";

interface Source {
  readonly shape: readonly number[];
  readonly dtype: ArrayDType;
  readonly kind: Kind;
  readonly seed: number;
  /** How the array lies in memory. */
  readonly layout: "plain" | "turned" | "reversed" | "sliced" | "shifted";
}

/** Steps of a generator whose numbers only have to differ. */
function scrambler(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
}

function numbers({ kind, seed }: Source, size: number): Float64Array {
  const next = scrambler(seed);
  const draw = (value: number) => {
    if (kind === "zeros") return value < 0.5 ? -0 : 0;
    if (kind === "plain") return (value - 0.5) * 40;
    return value < 0.2 ? specials[Math.floor(next() * specials.length)] : (value - 0.5) * 1e4;
  };
  const values = new Float64Array(size);
  for (let i = 0; i < size; i++) values[i] = draw(next());
  return values;
}

/** The array, made where large arrays are made at the time. */
function arrayOf(source: Source): NDArray {
  const { shape, dtype, layout } = source;
  const make = (lengths: readonly number[]) => {
    const wide = wrapData(numbers(source, sizeOf(lengths)), "float64", lengths);
    return copy(dtype === "bool" ? binary("greater", wide, 0) : cast(wide, dtype));
  };
  if (layout === "turned") return transpose(make([...shape].reverse()));
  if (layout === "reversed") return flip(make(shape), [0]);
  if (layout === "sliced") {
    return sliceAxis(
      make(shape.with(-1, 2 * shape.at(-1)!)),
      shape.length - 1,
      0,
      shape.at(-1)!,
      2,
    );
  }
  if (layout === "shifted") return sliceAxis(make(shape.with(0, shape[0] + 1)), 0, 1, shape[0]);
  return make(shape);
}

/** Shapes of enough elements, with last axes about the widths of vectors. */
const shapes: fc.Arbitrary<number[]> = fc.oneof(
  fc.integer({ min: 2048, max: 9000 }).map((length) => [length]),
  fc.integer({ min: 1, max: 70 }).map((columns) => [Math.ceil(5000 / columns), columns]),
  fc.integer({ min: 1, max: 5 }).map((rows) => [rows, Math.ceil(9000 / rows)]),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 33 }))
    .map(([outer, inner]) => [outer, Math.ceil(9001 / outer / inner), inner]),
);
const floats = fc.constantFrom<ArrayDType>("float32", "float64");
const kinds = fc.constantFrom<Kind>("plain", "rough", "zeros");
const layouts = fc.oneof(
  { weight: 3, arbitrary: fc.constant("plain" as const) },
  fc.constantFrom("turned", "reversed", "sliced", "shifted"),
) as fc.Arbitrary<Source["layout"]>;
const sources = (dtype: fc.Arbitrary<ArrayDType>): fc.Arbitrary<Source> =>
  fc.record({ shape: shapes, dtype, kind: kinds, seed: fc.integer(), layout: layouts });

/** Elements with every NaN alike, strides, type and warnings. */
function described(compute: () => NDArray): unknown {
  const warnings: string[] = [];
  setWarningSink((message) => warnings.push(message));
  const result = compute();
  setWarningSink(() => {});
  const { data, offset, size } = rowMajor(result);
  const window = data.slice(offset, offset + size);
  if (window instanceof Float32Array || window instanceof Float64Array) {
    for (let i = 0; i < size; i++) if (Number.isNaN(window[i])) window[i] = Number.NaN;
  } else if (result.dtype === "float16") {
    for (let i = 0; i < size; i++) if ((Number(window[i]) & 0x7fff) > 0x7c00) window[i] = 0x7e00;
  }
  const bytes = Buffer.from(window.buffer, window.byteOffset, window.byteLength);
  const { shape, strides, dtype } = result;
  // Strides of axes without length say nothing.
  const told = strides.filter((_, axis) => shape[axis] !== 1);
  return { bytes: bytes.toString("latin1"), shape, strides: told, dtype, warnings };
}

function assertSame(told: string, compute: () => NDArray): void {
  const compiled = described(compute);
  useKernels(false);
  try {
    assert.deepEqual(compiled, described(compute), told);
  } finally {
    useKernels(true);
  }
}

/** An operand that broadcasts to the shape: whole, a vector of the last axis, a column, a number. */
type Partner = "whole" | "vector" | "column" | "channels" | "number" | "zero";
const partners = fc.constantFrom<Partner>(
  "whole",
  "vector",
  "column",
  "channels",
  "number",
  "zero",
);

function partnerOf(partner: Partner, source: Source): Operand {
  const { shape } = source;
  const other = { ...source, seed: ~source.seed, layout: "plain" } as const;
  if (partner === "number") return -2.5;
  if (partner === "zero") return 0;
  if (partner === "whole") return arrayOf({ ...source, seed: ~source.seed });
  if (partner === "vector") return arrayOf({ ...other, shape: shape.slice(-1) });
  if (partner === "column") return arrayOf({ ...other, shape: shape.with(-1, 1) });
  return arrayOf({ ...other, shape: shape.map((n, axis) => (axis === shape.length >> 1 ? n : 1)) });
}

describe("compiled loops give what plain ones give", function () {
  // Thousands of elements in each of many cases.
  this.timeout(60000);

  before(() => assert.ok(runtime()));

  after(() => useKernels(true));

  const arithmetic = ["add", "subtract", "multiply", "divide", "maximum", "minimum"];
  const comparisons = ["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"];
  for (const name of [...arithmetic, ...comparisons]) {
    it(name, () => {
      fc.assert(
        fc.property(sources(floats), partners, fc.boolean(), (source, partner, swapped) => {
          assertSame(`${JSON.stringify(source)} ${partner}`, () => {
            const [x, y] = [arrayOf(source), partnerOf(partner, source)];
            return swapped ? binary(name, y, x) : binary(name, x, y);
          });
        }),
        { numRuns: 25 },
      );
    });
  }

  const single = ["negative", "absolute", "sqrt", "square", "reciprocal", "sign", "floor", "ceil"];
  const rest = ["trunc", "rint", "isnan", "isfinite", "isinf", "logical_not", "positive"];
  for (const name of [...single, ...rest]) {
    it(name, () => {
      fc.assert(
        fc.property(sources(floats), (source) => {
          assertSame(JSON.stringify(source), () => unary(name, arrayOf(source)));
        }),
        { numRuns: 15 },
      );
    });
  }

  it("logic of bools", () => {
    const names = ["logical_and", "logical_or", "logical_xor", "bitwise_and", "bitwise_or"];
    const others = ["bitwise_xor", "add", "multiply", "maximum", "minimum", "not_equal"];
    const bools = sources(fc.constant("bool" as const));
    fc.assert(
      fc.property(
        bools,
        fc.constantFrom(...names, ...others),
        partners,
        (source, name, partner) => {
          const other = partner === "number" || partner === "zero" ? "whole" : partner;
          assertSame(name, () => binary(name, arrayOf(source), partnerOf(other, source)));
          assertSame("logical_not", () => unary("logical_not", arrayOf(source)));
          assertSame("invert", () => unary("invert", arrayOf(source)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("in place, and where an operand is overwritten", () => {
    const names = fc.constantFrom(...arithmetic);
    fc.assert(
      fc.property(sources(floats), names, partners, (source, name, partner) => {
        assertSame(`${name} out`, () => {
          const x = arrayOf(source);
          return binary(name, x, partnerOf(partner, source), { out: x });
        });
        assertSame(`${name} overwrite`, () => {
          const x = arrayOf(source);
          return binary(name, x, partnerOf(partner, source), { overwrite: x });
        });
        assertSame(`${name} overwrite right`, () => {
          const x = arrayOf(source);
          return binary(name, partnerOf(partner, source), x, { overwrite: x });
        });
      }),
      { numRuns: 60 },
    );
  });

  it("out that overlaps an operand elsewhere", () => {
    fc.assert(
      fc.property(sources(floats), (source) => {
        assertSame("shifted", () => {
          const whole = arrayOf({ ...source, layout: "plain", shape: [5001] });
          const [head, tail] = [sliceAxis(whole, 0, 0, 5000), sliceAxis(whole, 0, 1, 5000)];
          binary("add", head, head, { out: tail });
          return whole;
        });
        assertSame("reversed", () => {
          const whole = arrayOf({ ...source, layout: "plain", shape: [5000] });
          return binary("subtract", flip(whole), whole, { out: whole });
        });
        assertSame("broadcast", () => {
          const whole = arrayOf({ ...source, layout: "plain", shape: [100, 50] });
          return binary("add", whole, sliceAxis(whole, 0, 3, 1), { out: whole });
        });
      }),
      { numRuns: 15 },
    );
  });

  it("where and clip", () => {
    fc.assert(
      fc.property(sources(floats), partners, partners, (source, a, b) => {
        assertSame("where", () => {
          const mask = binary("greater", arrayOf({ ...source, seed: 7 }), 0);
          return select(mask, partnerOf(a, source), partnerOf(b, source));
        });
        assertSame("where x", () => {
          const x = arrayOf(source);
          return select(binary("less", x, 0), x, partnerOf(a, source));
        });
        assertSame("clip", () => clip(arrayOf(source), -1, 1));
      }),
      { numRuns: 60 },
    );
  });

  it("conversions", () => {
    const types: ArrayDType[] = ["bool", "int8", "uint8", "int32", "int64", "float16"];
    const type = fc.constantFrom<ArrayDType>(...types, "uint32", "uint64", "float32", "float64");
    fc.assert(
      fc.property(sources(type), type, (source, to) => {
        assertSame(`${source.dtype} to ${to}`, () => cast(arrayOf(source), to));
      }),
      { numRuns: 200 },
    );
  });

  it("float16", () => {
    fc.assert(
      fc.property(sources(fc.constant("float16" as const)), partners, (source, partner) => {
        for (const name of arithmetic) {
          assertSame(name, () => binary(name, arrayOf(source), partnerOf(partner, source)));
        }
        for (const reduce of [sum, mean, variance, max, min]) {
          for (const axis of [null, 0, -1]) assertSame("", () => reduce(arrayOf(source), { axis }));
        }
      }),
      { numRuns: 10 },
    );
  });

  const reductions = { sum, mean, variance, standardDeviation, max, min, argmax, argmin };
  const truths = { any, all, countNonzero };
  for (const [name, reduce] of Object.entries({ ...reductions, ...truths })) {
    it(name, () => {
      const types: ArrayDType[] = ["float32", "float64", "float32", "float64", "int32", "bool"];
      fc.assert(
        fc.property(sources(fc.constantFrom(...types)), fc.boolean(), (source, keepDims) => {
          const { length } = source.shape;
          const axes = [null, 0, length - 1, ...(length > 2 ? [1, [0, 1], [0, 2], [1, 2]] : [])];
          for (const axis of axes) {
            if (Array.isArray(axis) && name.startsWith("arg")) continue;
            const told = `${JSON.stringify(source)} ${axis}`;
            assertSame(told, () => reduce(arrayOf(source), { axis: axis as number, keepDims }));
          }
        }),
        { numRuns: 25 },
      );
    });
  }

  it("wherever the arrays lie", () => {
    const places = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(sources(floats), places, (source, [left, right, result]) => {
        const tensors = runtime()!.tensors;
        const { limit } = tensors;
        const within = <T>(memory: boolean, make: () => T): T => {
          // Nothing large fits into so little.
          tensors.limit = memory ? limit : 0;
          try {
            return make();
          } finally {
            tensors.limit = limit;
          }
        };
        assertSame("add", () => {
          const x = within(left, () => arrayOf({ ...source, shape: [150, 99] }));
          const y = within(right, () => arrayOf({ ...source, shape: [150, 99], seed: 5 }));
          return within(result, () => binary("add", x, binary("multiply", y, x, { out: y })));
        });
        for (const axis of [null, 0, 1]) {
          assertSame("variance", () => {
            const x = within(left, () => arrayOf({ ...source, shape: [150, 99] }));
            return within(result, () => variance(binary("maximum", x, -1), { axis }));
          });
        }
      }),
      { numRuns: 30 },
    );
  });

  it("long and repeated runs", () => {
    for (const dtype of ["float32", "float64"] as const) {
      const source = { shape: [3, 20011], dtype, kind: "plain", seed: 3, layout: "plain" } as const;
      for (const axis of [null, 0, 1]) {
        assertSame("sum", () => sum(arrayOf(source), { axis }));
        assertSame("variance", () => variance(arrayOf(source), { axis }));
        const row = { ...source, shape: [1, 20011] };
        assertSame("repeated", () => sum(broadcastTo(arrayOf(row), [3, 20011]), { axis }));
        assertSame("spread", () => variance(broadcastTo(arrayOf(row), [3, 20011]), { axis }));
      }
    }
  });

  it("filled and counted arrays", () => {
    for (const dtype of ["float32", "float64", "int64", "int32", "uint8", "float16"] as const) {
      assertSame(`full ${dtype}`, () => full([17, 301], 3, dtype));
      assertSame(`range ${dtype}`, () => arange(-5n, 9000n, 1n, dtype));
      assertSame(`float range ${dtype}`, () => arange(0.5, 1801.3, 0.2, dtype));
      assertSame(`linspace ${dtype}`, () => linspace(-1, 7, 5001, true, dtype).values);
    }
  });
});
