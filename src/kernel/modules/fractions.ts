/**
 * @file `fractions.Fraction`: exact quotients.
 */
import type { BinaryOperator, CompareOperator } from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PyTuple } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import { integerRatio } from "../formatting/floats.ts";
import { attributes, builtin, PythonModule } from "../functions.ts";
import { integerHash } from "../hashing.ts";
import { registerType, type Value } from "../objects.ts";
import { binary, compare, repr, toFloat } from "../operations.ts";
import { floorDivide, integerPower, modulo, trueDivide } from "../types/arithmetic.ts";

class Fraction {
  readonly over: bigint;
  /** Positive, and without a divisor in common with the other. */
  readonly under: bigint;

  constructor(over: bigint, under: bigint) {
    if (under === 0n) {
      throw new PyException(exceptionClasses.ZeroDivisionError, [`Fraction(${over}, 0)`]);
    }
    let [a, b] = [over < 0n ? -over : over, under < 0n ? -under : under];
    while (b !== 0n) [a, b] = [b, a % b];
    const divisor = under < 0n ? -a : a;
    this.over = over / divisor;
    this.under = under / divisor;
  }
}

/** A number as a fraction; undefined for what is none. */
function fractionOf(value: Value): Fraction | undefined {
  if (value instanceof Fraction) return value;
  if (typeof value === "bigint") return new Fraction(value, 1n);
  return typeof value === "boolean" ? new Fraction(BigInt(value), 1n) : undefined;
}

function read(text: string): Fraction {
  const found = /^\s*([-+]?)(\d+)(?:\/(\d+)|(?:\.(\d*))?(?:e([-+]?\d+))?)\s*$/i.exec(text);
  const point = found ?? /^\s*([-+]?)()(?:()\.(\d+))(?:e([-+]?\d+))?\s*$/i.exec(text);
  if (!point) throw pythonError("ValueError", `Invalid literal for Fraction: ${repr(text)}`);
  const [, sign, whole = "", under, decimals = "", exponent = "0"] = point;
  const digits = BigInt(whole + decimals);
  const power = Number(exponent) - decimals.length;
  const over = (sign === "-" ? -digits : digits) * (power > 0 ? 10n ** BigInt(power) : 1n);
  return new Fraction(over, under ? BigInt(under) : power < 0 ? 10n ** BigInt(-power) : 1n);
}

function fromFloat(value: number): Fraction {
  if (!Number.isFinite(value)) {
    const kind = Number.isNaN(value) ? "ValueError" : "OverflowError";
    const name = Number.isNaN(value) ? "NaN" : "Infinity";
    throw pythonError(kind, `cannot convert ${name} to integer ratio`);
  }
  const { numerator, denominator } = integerRatio(value);
  return new Fraction(numerator, denominator);
}

function make(over: Value, under: Value): Fraction {
  if (under === null) {
    if (typeof over === "string") return read(over);
    if (typeof over === "number") return fromFloat(over);
    const whole = fractionOf(over);
    if (whole) return whole;
    throw pythonError("TypeError", "argument should be a string or a Rational instance");
  }
  const [a, b] = [fractionOf(over), fractionOf(under)];
  if (!a || !b) throw pythonError("TypeError", "both arguments should be Rational instances");
  if (b.over === 0n) {
    throw new PyException(exceptionClasses.ZeroDivisionError, [`Fraction(${a.over}, 0)`]);
  }
  return new Fraction(a.over * b.under, a.under * b.over);
}

const newFraction = builtin("Fraction(numerator=0, denominator=None)", (bound) =>
  make(bound["numerator"]!, bound["denominator"]!),
);

const fractionClass: PyClass = new PyClass("Fraction", {
  module: "fractions",
  construct: (args) => newFraction.call(args),
  members: {
    from_float: builtin("from_float(f)", ({ f }) => fromFloat(toFloat(f!))),
  },
});

const toNumber = ({ over, under }: Fraction) => trueDivide(over, under);

function power(base: Fraction, exponent: Value): Value | undefined {
  if (typeof exponent !== "bigint") {
    return exponent instanceof Fraction && exponent.under === 1n
      ? power(base, exponent.over)
      : binary("**", toNumber(base), exponent instanceof Fraction ? toNumber(exponent) : exponent);
  }
  const raised = (value: bigint, times: bigint) => integerPower(value, times) as bigint;
  if (exponent >= 0n) {
    return new Fraction(raised(base.over, exponent), raised(base.under, exponent));
  }
  return new Fraction(raised(base.under, -exponent), raised(base.over, -exponent));
}

function calculate(operator: BinaryOperator, a: Fraction, b: Fraction): Value | undefined {
  const [left, right] = [a.over * b.under, b.over * a.under];
  const under = a.under * b.under;
  switch (operator) {
    case "+":
      return new Fraction(left + right, under);
    case "-":
      return new Fraction(left - right, under);
    case "*":
      return new Fraction(a.over * b.over, under);
    case "/":
      return make(a, b);
    case "//":
      return floorDivide(left, right);
    case "%":
      return new Fraction(modulo(left, right), under);
    default:
      return undefined;
  }
}

/** The nearest fraction whose denominator is no greater: by the continued fraction. */
function limited(self: Fraction, most: bigint): Fraction {
  if (self.under <= most) return self;
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  let [n, d] = [self.over, self.under];
  for (;;) {
    const a = floorDivide(n, d);
    const q2 = q0 + a * q1;
    if (q2 > most) break;
    [p0, q0, p1, q1] = [p1, q1, p0 + a * p1, q2];
    [n, d] = [d, n - a * d];
  }
  const k = (most - q0) / q1;
  const [first, second] = [new Fraction(p0 + k * p1, q0 + k * q1), new Fraction(p1, q1)];
  const distance = (each: Fraction) => {
    const difference = each.over * self.under - self.over * each.under;
    return new Fraction(difference < 0n ? -difference : difference, each.under * self.under);
  };
  const [far, near] = [distance(first), distance(second)];
  return near.over * far.under <= far.over * near.under ? second : first;
}

registerType(Fraction, {
  name: "Fraction",
  module: "fractions",
  classOf: () => fractionClass,
  repr: ({ over, under }) => `Fraction(${over}, ${under})`,
  str: ({ over, under }) => (under === 1n ? `${over}` : `${over}/${under}`),
  truth: ({ over }) => over !== 0n,
  hash(self) {
    const number = toNumber(self);
    const { numerator, denominator } = fromFloatParts(number);
    const exact = numerator === self.over && denominator === self.under;
    return self.under === 1n ? Number(self.over) : exact ? number : `\0q${self.over}/${self.under}`;
  },
  hashNumber: ({ over, under }) => integerHash(under === 1n ? over : over * 31n + under),
  unary: (operator, { over, under }) =>
    operator === "-"
      ? new Fraction(-over, under)
      : operator === "+"
        ? new Fraction(over, under)
        : undefined,
  absolute: ({ over, under }) => new Fraction(over < 0n ? -over : over, under),
  round({ over, under }, digits) {
    const scale = digits === null ? 1n : 10n ** (digits < 0n ? -digits : digits);
    const up = digits === null || digits >= 0n;
    const [a, b] = up ? [over * scale, under] : [over, under * scale];
    const floor = floorDivide(a, b);
    const twice = 2n * (a - floor * b);
    const rounded = twice > b || (twice === b && floor % 2n !== 0n) ? floor + 1n : floor;
    if (digits === null) return rounded;
    return up ? new Fraction(rounded, scale) : new Fraction(rounded * scale, 1n);
  },
  toInteger: ({ over, under }) => over / under,
  toFloat: toNumber,
  binary(operator, left, right) {
    if (operator === "**") {
      return left instanceof Fraction
        ? power(left, right)
        : binary("**", left, toNumber(right as Fraction));
    }
    const [a, b] = [fractionOf(left), fractionOf(right)];
    if (a && b) return calculate(operator, a, b);
    if (typeof left !== "number" && typeof right !== "number") return undefined;
    const plain = (value: Value) => (value instanceof Fraction ? toNumber(value) : value);
    return binary(operator, plain(left), plain(right));
  },
  compare(operator: CompareOperator, left, right) {
    const [a, b] = [left, right].map((value) =>
      typeof value === "number" && Number.isFinite(value) ? fromFloat(value) : fractionOf(value),
    );
    if (a && b) return compare(operator, a.over * b.under, b.over * a.under);
    if (typeof right !== "number") return undefined;
    return compare(operator, toNumber(left as Fraction), right);
  },
  ...attributes<Fraction>({
    properties: {
      numerator: ({ over }) => over,
      denominator: ({ under }) => under,
      real: (self) => self,
      imag: () => 0n,
    },
    methods: {
      "limit_denominator(max_denominator=1000000)": (self, { max_denominator }) =>
        limited(self, max_denominator as bigint),
      "as_integer_ratio()": ({ over, under }) => new PyTuple([over, under]),
    },
  }),
});

function fromFloatParts(value: number) {
  return Number.isFinite(value) ? integerRatio(value) : { numerator: 0n, denominator: 0n };
}

export function fractionsModule(): PythonModule {
  return new PythonModule("fractions", { Fraction: fractionClass });
}
