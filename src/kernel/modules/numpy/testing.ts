/**
 * @file `numpy.testing`: assertions with NumPy's messages (numpy/testing/_private/utils.py).
 */
import {
  arrayRepr,
  arrayText,
  asarray,
  binary,
  broadcastShapes,
  broadcastTo,
  cast,
  castKeepingOrder,
  copy,
  isFloating,
  isIntegral,
  max,
  NDArray,
  NumpyScalar,
  promote,
  scalarAt,
  scalarText,
  unary,
  zeros,
} from "../../../numpy/index.ts";
import { PyClass } from "../../classes.ts";
import { PyDict, PyList, PyTuple } from "../../containers.ts";
import { type PyException, pythonError, toException } from "../../errors.ts";
import { type Bound, Builtin, builtin, PythonModule } from "../../functions.ts";
import { registerType, type Value } from "../../objects.ts";
import {
  call,
  contains,
  equals,
  getAttribute,
  getItem,
  iterate,
  length,
  repr,
  str,
  toCount,
  toFloat,
  truth,
} from "../../operations.ts";
import { tryArrayLike } from "./conversions.ts";
import { close } from "./ufuncs.ts";

interface Comparison {
  readonly actual: NDArray;
  readonly desired: NDArray;
  readonly header: string;
  readonly message: string;
  readonly verbose: boolean;
  readonly names: readonly [string, string];
  /** Which elements agree. */
  readonly agree: (actual: NDArray, desired: NDArray) => NDArray;
  readonly equalNaN: boolean;
  /** Whether infinities are compared apart, by where they are and which. */
  readonly equalInfinity?: boolean;
  /** Whether shapes and types must agree too. */
  readonly strict?: boolean;
}

/** `repr` of an array as `build_err_msg` shows it: three lines at most. */
function shown(array: NDArray, name: string): string {
  const lines = arrayRepr(array).split("\n");
  const text = lines.length > 3 ? `${lines.slice(0, 3).join("\n")}...` : lines.join("\n");
  return ` ${name}: ${text}`;
}

function failure(comparison: Comparison, lines: readonly string[]): Error {
  const { actual, desired, message, header, verbose, names } = comparison;
  const remarks = [message, ...lines].filter((line, index) => index === 0 || line !== "");
  const text = remarks.join("\n");
  const parts = [
    "",
    text.includes("\n") || header.length + text.length >= 79
      ? `${header}\n${text}`
      : `${header} ${text}`,
  ];
  if (verbose) parts.push(shown(actual, names[0]), shown(desired, names[1]));
  return pythonError("AssertionError", parts.join("\n"));
}

function flags(array: NDArray): Uint8Array {
  return copy(array).data as Uint8Array;
}

/** `assert_array_compare`. */
function compareArrays(comparison: Comparison): null {
  const { actual, desired, equalNaN, agree, strict = false } = comparison;
  const scalars = !strict && (actual.ndim === 0 || desired.ndim === 0);
  const same =
    actual.ndim === desired.ndim && actual.shape.every((n, axis) => n === desired.shape[axis]);
  if (!same && !scalars) {
    throw failure(comparison, [`(shapes ${shapeOf(actual)}, ${shapeOf(desired)} mismatch)`]);
  }
  if (strict && actual.dtype !== desired.dtype) {
    throw failure(comparison, [`(dtypes ${actual.dtype}, ${desired.dtype} mismatch)`]);
  }
  const shape = broadcastShapes([actual.shape, desired.shape]);
  let [x, y] = [broadcastTo(actual, shape), broadcastTo(desired, shape)];
  let kept: boolean[] | null = null;
  const { equalInfinity = true } = comparison;
  for (const [test, label] of tests(equalNaN, equalInfinity)) {
    const [left, right] = [test(x), test(y)];
    const [a, b] = [flags(left), flags(right)];
    if (a.some((value, i) => value !== b[i])) {
      throw failure(comparison, [`${label} location mismatch:`]);
    }
    if (!a.includes(1)) continue;
    const marked = Array.from(a, (value) => value === 1);
    if (label === "inf") {
      const infinities = [pick(x, marked), pick(y, marked)] as const;
      if (flags(exactly(...infinities)).includes(0)) {
        const [first, second] = scalars ? [actual, desired] : infinities;
        throw failure({ ...comparison, actual: first, desired: second }, ["inf values mismatch:"]);
      }
    }
    kept = marked.map((is, i) => (kept?.[i] ?? true) && !is);
  }
  if (kept) [x, y] = [pick(x, kept), pick(y, kept)];
  const agreement = flags(agree(x, y));
  const wrong = agreement.reduce((count, value) => count + (value ? 0 : 1), 0);
  if (wrong === 0) return null;
  throw failure(
    comparison,
    mismatchLines(x, y, agreement, wrong, kept?.length ?? agreement.length, comparison.names),
  );
}

type Test = [(array: NDArray) => NDArray, "nan" | "inf"];

function tests(equalNaN: boolean, equalInfinity: boolean): Test[] {
  const floating = (name: string) => (array: NDArray) =>
    isFloating(array.dtype) ? unary(name, array) : zeros(array.shape, "bool");
  return [
    ...(equalNaN ? [[floating("isnan"), "nan"] as Test] : []),
    ...(equalInfinity ? [[floating("isinf"), "inf"] as Test] : []),
  ];
}

function shapeOf(array: NDArray): string {
  return array.ndim === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(", ")})`;
}

function pick(array: NDArray, kept: readonly boolean[]): NDArray {
  const flat = copy(array);
  const positions = kept.flatMap((keep, i) => (keep ? [i] : []));
  const Data = flat.data.constructor as new (length: number) => typeof flat.data;
  const data = new Data(positions.length);
  for (const [at, position] of positions.entries()) data[at] = flat.data[position];
  return new NDArray(data, array.dtype, [positions.length], [1], 0);
}

/** Where the first elements differ, and what they are. */
function places(
  x: NDArray,
  y: NDArray,
  agreement: Uint8Array,
  names: readonly [string, string],
): string {
  const differing = [...agreement.keys()].filter((i) => agreement[i] === 0);
  const [left, right] = [copy(x), copy(y)];
  const lines = differing.slice(0, 5).map((position) => {
    let rest = position;
    const index = x.shape.map(() => 0);
    for (let axis = x.ndim - 1; axis >= 0; axis--) {
      index[axis] = rest % x.shape[axis];
      rest = Math.floor(rest / x.shape[axis]);
    }
    const [actual, desired] = [left, right].map((array) => scalarText(scalarAt(array, position)));
    return ` [${index.join(", ")}]: ${actual} (${names[0]}), ${desired} (${names[1]})`;
  });
  if (x.ndim === 0) return "";
  const heading =
    differing.length === 1
      ? "Mismatch at index:"
      : differing.length <= 5
        ? "Mismatch at indices:"
        : "First 5 mismatches are at indices:";
  return [heading, ...lines].join("\n");
}

/** How many elements differ, and by how much at most. */
function mismatchLines(
  x: NDArray,
  y: NDArray,
  agreement: Uint8Array,
  wrong: number,
  total: number,
  names: readonly [string, string],
): string[] {
  const share = Number(((100 * wrong) / total).toPrecision(3));
  const lines = [
    `Mismatched elements: ${wrong} / ${total} (${share}%)`,
    places(x, y, agreement, names),
  ];
  const type = promote(x.dtype, y.dtype);
  if (type === "bool") return lines;
  const wide = isIntegral(type) ? "int64" : type;
  const distance = unary("absolute", binary("subtract", cast(x, wide), cast(y, wide)));
  const differing = Array.from(agreement, (value) => value === 0);
  const most = max(pick(distance, differing));
  lines.push(`Max absolute difference among violations: ${arrayText(most)}`);
  const size = unary("absolute", y);
  const nonzero = Array.from(flags(cast(size, "bool")), (value, i) => value === 1 && differing[i]!);
  const relative = nonzero.includes(true)
    ? arrayText(
        max(binary("divide", pick(distance, nonzero), pick(castKeepingOrder(size, wide), nonzero))),
      )
    : "inf";
  lines.push(`Max relative difference among violations: ${relative}`);
  return lines;
}

function arrayArgument(value: Value): NDArray {
  const converted = tryArrayLike(value);
  if (converted !== undefined) return asarray(converted);
  throw pythonError("TypeError", `cannot compare ${repr(value)} as an array`);
}

function exactly(actual: NDArray, desired: NDArray): NDArray {
  return binary("equal", actual, desired);
}

const sharedArguments = "err_msg='', verbose=True";

/** `numpy.testing`. */
export function testingModule(): PythonModule {
  const allclose = builtin(
    `assert_allclose(actual, desired, rtol=1e-07, atol=0, equal_nan=True, ${sharedArguments}, *, strict=False)`,
    ({ actual, desired, rtol, atol, equal_nan, err_msg, verbose, strict }) => {
      const [relative, absolute] = [toFloat(rtol!), toFloat(atol!)];
      const nan = truth(equal_nan!);
      return compareArrays({
        actual: arrayArgument(actual!),
        desired: arrayArgument(desired!),
        header: `Not equal to tolerance rtol=${general(relative)}, atol=${general(absolute)}`,
        message: String(err_msg),
        verbose: truth(verbose!),
        names: ["ACTUAL", "DESIRED"],
        agree: (x, y) => close(x, y, relative, absolute, nan),
        equalNaN: nan,
        strict: truth(strict!),
      });
    },
  );
  const arrayEqual = builtin(
    `assert_array_equal(actual, desired, ${sharedArguments}, *, strict=False)`,
    ({ actual, desired, err_msg, verbose, strict }) =>
      compareArrays({
        strict: truth(strict!),
        actual: arrayArgument(actual!),
        desired: arrayArgument(desired!),
        header: "Arrays are not equal",
        message: String(err_msg),
        verbose: truth(verbose!),
        names: ["ACTUAL", "DESIRED"],
        agree: exactly,
        equalNaN: true,
      }),
  );
  const almostEqual = builtin(
    `assert_array_almost_equal(actual, desired, decimal=6, ${sharedArguments})`,
    ({ actual, desired, decimal, err_msg, verbose }) =>
      compareArrays({
        actual: arrayArgument(actual!),
        desired: arrayArgument(desired!),
        header: `Arrays are not almost equal to ${String(decimal)} decimals`,
        message: String(err_msg),
        verbose: truth(verbose!),
        names: ["ACTUAL", "DESIRED"],
        agree: (x, y) =>
          binary(
            "less",
            unary("absolute", binary("subtract", x, cast(y, "float64"))),
            1.5 * 10 ** -toFloat(decimal!),
          ),
        equalNaN: true,
      }),
  );
  const equal = builtin(
    `assert_equal(actual, desired, ${sharedArguments}, *, strict=False)`,
    ({ actual, desired, err_msg, verbose }) => {
      checkEqual(actual!, desired!, String(err_msg), verbose!, arrayEqual);
      return null;
    },
  );
  const less = builtin(
    `assert_array_less(x, y, ${sharedArguments}, *, strict=False)`,
    ({ x, y, err_msg, verbose, strict }) =>
      compareArrays({
        actual: arrayArgument(x!),
        desired: arrayArgument(y!),
        header: "Arrays are not strictly ordered `x < y`",
        message: String(err_msg),
        verbose: truth(verbose!),
        names: ["x", "y"],
        agree: (a, b) => binary("less", a, b),
        equalNaN: true,
        equalInfinity: false,
        strict: truth(strict!),
      }),
  );
  const functions = [
    allclose,
    arrayEqual,
    almostEqual,
    equal,
    less,
    almostEqualItems(almostEqual),
    builtin(`assert_approx_equal(actual, desired, significant=7, ${sharedArguments})`, (bound) => {
      const [actual, desired] = [toFloat(bound.actual!), toFloat(bound.desired!)];
      if (actual === desired) return null;
      const scale = 10 ** Math.floor(Math.log10(0.5 * (Math.abs(desired) + Math.abs(actual))));
      const digits = toCount(bound.significant!);
      if (Math.abs(desired / scale - actual / scale) < 10 ** -(digits - 1)) return null;
      throw itemsFailure(
        [actual, desired],
        String(bound.err_msg),
        bound.verbose!,
        `Items are not equal to ${digits} significant digits:`,
      );
    }),
    builtin("assert_(val, msg='')", ({ val, msg }) => {
      if (!truth(val!)) throw pythonError("AssertionError", String(msg));
      return null;
    }),
    builtin("assert_raises(exception_class, callable=..., *args, **kwargs)", (bound) =>
      expectRaise(bound, null),
    ),
    builtin(
      "assert_raises_regex(exception_class, expected_regexp, callable=..., *args, **kwargs)",
      (bound) => expectRaise(bound, String(bound.expected_regexp)),
    ),
  ];
  return new PythonModule(
    "numpy.testing",
    Object.fromEntries(functions.map((entry) => [entry.name, entry])),
  );
}

/** The AssertionError about two items, as `build_err_msg` writes it. */
function itemsFailure(
  items: readonly [Value, Value],
  message: string,
  verbose: Value,
  header: string,
): Error {
  const oneLine = !message.includes("\n") && message.length < 79 - header.length;
  const lines = [`\n${header}${message !== "" && oneLine ? ` ${message}` : ""}`];
  if (message !== "" && !oneLine) lines.push(message);
  if (truth(verbose)) lines.push(` ACTUAL: ${repr(items[0])}`, ` DESIRED: ${repr(items[1])}`);
  return pythonError("AssertionError", lines.join("\n"));
}

function isSequence(value: Value): value is PyList | PyTuple {
  return value instanceof PyList || value instanceof PyTuple;
}

/** `assert_equal`: sequences and dictionaries item by item. */
function checkEqual(
  actual: Value,
  desired: Value,
  message: string,
  verbose: Value,
  arrayEqual: Builtin,
): void {
  const inner = (a: Value, b: Value, words: string) => checkEqual(a, b, words, verbose, arrayEqual);
  if (desired instanceof PyDict && actual instanceof PyDict) {
    inner(BigInt(length(actual)), BigInt(length(desired)), message);
    for (const key of iterate(desired)) {
      if (!contains(actual, key)) throw pythonError("AssertionError", repr(key));
      inner(getItem(actual, key), getItem(desired, key), `key=${repr(key)}\n${message}`);
    }
    return;
  }
  if (isSequence(desired) && isSequence(actual)) {
    inner(BigInt(actual.items.length), BigInt(desired.items.length), message);
    for (const [k, item] of desired.items.entries()) {
      inner(actual.items[k]!, item, `item=${k}\n${message}`);
    }
    return;
  }
  if (actual instanceof NDArray || desired instanceof NDArray) {
    call(arrayEqual, { positional: [actual, desired, message, verbose], keywords: new Map() });
    return;
  }
  const [a, b] = [actual, desired].map((value) =>
    value instanceof NumpyScalar ? value.value : value,
  );
  if (typeof a === "number" && typeof b === "number" && Number.isNaN(a) && Number.isNaN(b)) return;
  const signs = a === 0 && b === 0 && Object.is(a, -0) !== Object.is(b, -0);
  if (equals(actual, desired) && !signs) return;
  throw itemsFailure([actual, desired], message, verbose, "Items are not equal:");
}

/** `assert_almost_equal`: of two numbers, or of arrays by the function for these. */
function almostEqualItems(ofArrays: Builtin): Builtin {
  return builtin(
    `assert_almost_equal(actual, desired, decimal=7, ${sharedArguments})`,
    ({ actual, desired, decimal, err_msg, verbose }) => {
      const several = (value: Value) => value instanceof NDArray || isSequence(value);
      if (several(actual!) || several(desired!)) {
        return call(ofArrays, {
          positional: [actual!, desired!, decimal!, err_msg!],
          keywords: new Map(),
        });
      }
      const [a, b] = [toFloat(actual!), toFloat(desired!)];
      const finite = Number.isFinite(a) && Number.isFinite(b);
      const near = finite
        ? Math.abs(b - a) < 1.5 * 10 ** -toCount(decimal!)
        : a === b || (Number.isNaN(a) && Number.isNaN(b));
      if (near) return null;
      const header = `Arrays are not almost equal to ${String(decimal)} decimals`;
      throw itemsFailure([actual!, desired!], String(err_msg), verbose!, header);
    },
  );
}

/** What `with assert_raises(…):` enters. */
class RaiseExpectation {
  readonly expected: Value;
  readonly pattern: string | null;

  constructor(expected: Value, pattern: string | null) {
    this.expected = expected;
    this.pattern = pattern;
  }

  /** True where the exception is the one expected; AssertionError where none came. */
  check(raised: PyException | null, by: string): boolean {
    const { expected } = this;
    const classes = (expected instanceof PyTuple ? expected.items : [expected]) as PyClass[];
    const names = classes.map(({ name }) => name);
    if (raised === null) {
      const shown = names.length === 1 ? names[0] : `(${names.join(", ")})`;
      throw pythonError("AssertionError", `${shown} not raised${by}`);
    }
    if (!classes.some((type) => raised.class.isSubclassOf(type))) return false;
    const text = str(raised);
    if (this.pattern !== null && !new RegExp(this.pattern).test(text)) {
      throw pythonError("AssertionError", `"${this.pattern}" does not match "${text}"`);
    }
    return true;
  }
}

registerType(RaiseExpectation, {
  name: "_AssertRaisesContext",
  module: "unittest.case",
  repr: () => "<unittest.case._AssertRaisesContext object>",
  enter: (self) => self,
  exit: (self, exception) => self.check(exception, ""),
});

function expectRaise(bound: Bound, pattern: string | null): Value {
  const { exception_class, callable, args, kwargs } = bound;
  const expectation = new RaiseExpectation(exception_class!, pattern);
  if (callable === undefined) return expectation;
  const shown =
    callable instanceof PyClass || callable instanceof Builtin
      ? callable.name
      : str(getAttribute(callable!, "__name__"));
  let raised: PyException | null = null;
  try {
    call(callable!, { positional: args as Value[], keywords: kwargs as Map<string, Value> });
  } catch (thrown) {
    raised = toException(thrown);
    if (!expectation.check(raised, "")) throw thrown;
    return null;
  }
  expectation.check(raised, ` by ${shown}`);
  return null;
}

/** `%g`: as `assert_allclose` writes its tolerances. */
function general(value: number): string {
  return scalarText(scalarAt(asarray(value), 0)).replace(/\.0$/, "");
}
