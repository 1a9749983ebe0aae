/**
 * @file `datetime.timedelta`: spans of time, in microseconds.
 */
import type { CompareOperator } from "../../../python/nodes.ts";
import { PyClass } from "../../classes.ts";
import { attributes, builtin } from "../../functions.ts";
import { integerHash } from "../../hashing.ts";
import { type PythonType, registerType, type Value } from "../../objects.ts";
import { compare, toFloat } from "../../operations.ts";

export const perDay = 86_400_000_000n;
export const million = 1_000_000n;

/** A span in microseconds. */
export class Span {
  readonly total: bigint;

  constructor(total: bigint) {
    this.total = total;
  }

  get days(): bigint {
    return floor(this.total, perDay);
  }

  get seconds(): bigint {
    return (this.total - this.days * perDay) / million;
  }

  get microseconds(): bigint {
    return (this.total - this.days * perDay) % million;
  }
}

export function floor(over: bigint, under: bigint): bigint {
  const quotient = over / under;
  return over % under !== 0n && over < 0n !== under < 0n ? quotient - 1n : quotient;
}

export const two = (value: bigint | number) => String(value).padStart(2, "0");
export const six = (value: bigint | number) => String(value).padStart(6, "0");

/** Microseconds of so many units, rounded half to even where the number is a float. */
function scaled(value: Value, unit: bigint): bigint {
  if (typeof value === "bigint" || typeof value === "boolean") return BigInt(value) * unit;
  const number = toFloat(value);
  const whole = Math.trunc(number);
  const rest = (number - whole) * Number(unit);
  const rounded = Math.round(rest);
  const tie = Math.abs(rest % 1) === 0.5 && rounded % 2 !== 0;
  return BigInt(whole) * unit + BigInt(tie ? rounded - 1 : rounded);
}

const units: readonly (readonly [string, bigint])[] = [
  ["days", perDay],
  ["seconds", million],
  ["microseconds", 1n],
  ["milliseconds", 1000n],
  ["minutes", 60n * million],
  ["hours", 3600n * million],
  ["weeks", 7n * perDay],
];

const newSpan = builtin(
  "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)",
  (bound) => new Span(units.reduce((sum, [name, unit]) => sum + scaled(bound[name]!, unit), 0n)),
);

export const spanClass: PyClass = new PyClass("timedelta", {
  module: "datetime",
  construct: (args) => newSpan.call(args),
});

function spanText({ days, seconds, microseconds }: Span): string {
  const clock = `${seconds / 3600n}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  const plural = days === 1n || days === -1n ? "" : "s";
  const before = days === 0n ? "" : `${days} day${plural}, `;
  return before + clock + (microseconds === 0n ? "" : `.${six(microseconds)}`);
}

/** The six comparisons, of what `order` makes numbers of. */
export function ordered<T extends Value>(
  order: (value: Value) => bigint | undefined,
): Required<PythonType<T>>["compare"] {
  return (operator: CompareOperator, left, right) => {
    const [a, b] = [order(left), order(right)];
    return a === undefined || b === undefined ? undefined : compare(operator, a, b);
  };
}

registerType(Span, {
  name: "timedelta",
  module: "datetime",
  classOf: () => spanClass,
  repr({ days, seconds, microseconds }) {
    const parts = [
      ["days", days],
      ["seconds", seconds],
      ["microseconds", microseconds],
    ].filter(([, value]) => value !== 0n);
    const texts = parts.map(([name, value]) => `${name}=${value}`);
    return `datetime.timedelta(${texts.join(", ") || "0"})`;
  },
  str: spanText,
  truth: ({ total }) => total !== 0n,
  hash: ({ total }) => `\0span:${total}`,
  hashNumber: ({ total }) => integerHash(total),
  unary: (operator, { total }) =>
    operator === "-" ? new Span(-total) : operator === "+" ? new Span(total) : undefined,
  absolute: ({ total }) => new Span(total < 0n ? -total : total),
  binary(operator, left, right) {
    if (left instanceof Span && right instanceof Span) {
      if (operator === "+") return new Span(left.total + right.total);
      if (operator === "-") return new Span(left.total - right.total);
      if (operator === "/") return Number(left.total) / Number(right.total);
      if (operator === "//") return floor(left.total, right.total);
      if (operator === "%") {
        return new Span(left.total - floor(left.total, right.total) * right.total);
      }
      return undefined;
    }
    const [span, other] = left instanceof Span ? [left, right] : [right as Span, left];
    if (typeof other !== "bigint" && typeof other !== "number") return undefined;
    if (operator === "*") {
      return new Span(typeof other === "bigint" ? span.total * other : scaledFloat(span, other));
    }
    if (left !== span) return undefined;
    if (operator === "/") return new Span(scaledFloat(span, 1 / Number(other)));
    return operator === "//" && typeof other === "bigint"
      ? new Span(floor(span.total, other))
      : undefined;
  },
  compare: ordered((value) => (value instanceof Span ? value.total : undefined)),
  ...attributes<Span>({
    properties: {
      days: ({ days }) => days,
      seconds: ({ seconds }) => seconds,
      microseconds: ({ microseconds }) => microseconds,
    },
    methods: { "total_seconds()": ({ total }) => Number(total) / 1e6 },
  }),
});

function scaledFloat({ total }: Span, factor: number): bigint {
  return BigInt(Math.round(Number(total) * factor));
}
