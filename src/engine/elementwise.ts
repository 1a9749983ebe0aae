/**
 * @file The compiled loops over rows of numbers (`kernels/elementwise.ts`), by name.
 */
import { compiled, withAddresses } from "./addresses.ts";
import type { TensorData } from "./dtype.ts";

/** Names by their numbers. */
const computations = [
  ...["add", "subtract", "multiply", "divide", "maximum", "minimum"],
  ...["negative", "absolute", "sqrt", "square", "reciprocal", "sign"],
  ...["floor", "ceil", "trunc", "rint"],
];
const tests = [
  ...["equal", "not_equal", "less", "less_equal", "greater", "greater_equal"],
  ...["isnan", "isfinite", "isinf"],
];
const boolOperations = ["and", "or", "xor", "not"] as const;

export type BoolOperation = (typeof boolOperations)[number];

/** What a loop made of numbers: NaN, an infinity, an infinity of a zero right operand. */
export interface Faults {
  readonly invalid: boolean;
  readonly over: boolean;
  readonly pole: boolean;
}

/** An array in a loop over rows. Positions and distances count elements. */
export interface RowOperand {
  readonly data: TensorData;
  /** Distance of rows; 0 where one row serves for all. */
  readonly row: number;
  /** 1 along a row, or 0 where one element serves for a row. */
  readonly step: number;
}

export interface RowLoop {
  /** Whether the loop gives bytes of 0 and 1. */
  readonly tests: boolean;
  readonly operation: number;
}

/** The loop of a name; undefined where none is compiled. */
export function rowLoop(name: string): RowLoop | undefined {
  const computation = computations.indexOf(name);
  if (computation >= 0) return { tests: false, operation: computation };
  const test = tests.indexOf(name);
  return test >= 0 ? { tests: true, operation: test } : undefined;
}

/**
 * Runs a loop at several starts: `visit` calls its argument with the positions of the three arrays.
 * @returns What went wrong; undefined where the kernels cannot reach the arrays.
 */
export function runRows(
  loop: RowLoop,
  out: RowOperand,
  left: RowOperand,
  right: RowOperand,
  rows: number,
  columns: number,
  visit: (run: (out: number, left: number, right: number) => void) => void,
): Faults | undefined {
  const kernels = compiled();
  if (!kernels) return undefined;
  const width = left.data.BYTES_PER_ELEMENT;
  const outWidth = out.data.BYTES_PER_ELEMENT;
  const kernel = kernels[`${loop.tests ? "testRows" : "computeRows"}${width * 8}`];
  const bits = withAddresses([out.data, left.data, right.data], ([to, a, b], scratch) => {
    let found = 0;
    visit((outAt, leftAt, rightAt) => {
      found |= kernel(
        loop.operation,
        to + outAt * outWidth,
        a + leftAt * width,
        b + rightAt * width,
        rows,
        columns,
        out.row * outWidth,
        left.row * width,
        right.row * width,
        left.step,
        right.step,
        scratch,
      );
    });
    return found;
  });
  if (bits === undefined) return undefined;
  return { invalid: (bits & 1) !== 0, over: (bits & 2) !== 0, pole: (bits & 4) !== 0 };
}

/** Bytes of 0 and 1 combined, all from their starts. False where the kernels cannot reach them. */
export function combineBools(
  operation: BoolOperation,
  out: Uint8Array,
  left: Uint8Array,
  right: Uint8Array,
): boolean {
  const kernels = compiled();
  if (!kernels) return false;
  const done = withAddresses([out, left, right], ([to, a, b]) => {
    kernels["combineBools"](boolOperations.indexOf(operation), to, a, b, out.length);
    return true;
  });
  return done === true;
}

/** `mask ? left : right` from the starts of all; steps are 1 or 0. False as above. */
export function chooseElements(
  out: TensorData,
  mask: Uint8Array,
  left: TensorData,
  leftStep: number,
  right: TensorData,
  rightStep: number,
): boolean {
  const width = out.BYTES_PER_ELEMENT;
  const kernel = compiled()?.[`choose${width * 8}`];
  if (!kernel) return false;
  const done = withAddresses([out, mask, left, right], ([to, flags, a, b]) => {
    kernel(to, flags, a, b, out.length, leftStep * width, rightStep * width);
    return true;
  });
  return done === true;
}
