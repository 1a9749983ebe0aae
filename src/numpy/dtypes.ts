/**
 * @file NumPy's element types: their kinds and widths, how they combine (NEP 50), and which
 * Python numbers they hold. Depends on the engine's errors alone.
 */
import { EngineError } from "../engine/index.ts";
import type { ArrayDType } from "./ndarray.ts";

/** NumPy's `dtype.kind`. */
export type Kind = "b" | "i" | "u" | "f";

interface DTypeFacts {
  readonly kind: Kind;
  /** In bytes. */
  readonly itemSize: number;
  /** NumPy's one-letter `dtype.char`, as ufunc type lists spell it. */
  readonly char: string;
}

const facts: Readonly<Record<ArrayDType, DTypeFacts>> = {
  bool: { kind: "b", itemSize: 1, char: "?" },
  int8: { kind: "i", itemSize: 1, char: "b" },
  int16: { kind: "i", itemSize: 2, char: "h" },
  int32: { kind: "i", itemSize: 4, char: "i" },
  int64: { kind: "i", itemSize: 8, char: "l" },
  uint8: { kind: "u", itemSize: 1, char: "B" },
  uint16: { kind: "u", itemSize: 2, char: "H" },
  uint32: { kind: "u", itemSize: 4, char: "I" },
  uint64: { kind: "u", itemSize: 8, char: "L" },
  float16: { kind: "f", itemSize: 2, char: "e" },
  float32: { kind: "f", itemSize: 4, char: "f" },
  float64: { kind: "f", itemSize: 8, char: "d" },
};

/** Every NumPy type that cells can make. */
export const arrayDTypes = Object.keys(facts) as readonly ArrayDType[];

export function kindOf(dtype: ArrayDType): Kind {
  return facts[dtype].kind;
}

/** Bytes per element. */
export function itemSizeOf(dtype: ArrayDType): number {
  return facts[dtype].itemSize;
}

export function charOf(dtype: ArrayDType): string {
  return facts[dtype].char;
}

export function isFloating(dtype: ArrayDType): boolean {
  return facts[dtype].kind === "f";
}

/** Signed and unsigned integers; `bool` is none. */
export function isIntegral(dtype: ArrayDType): boolean {
  return facts[dtype].kind === "i" || facts[dtype].kind === "u";
}

/** True of the types whose elements are bigints. */
export function isBig(dtype: ArrayDType): boolean {
  return dtype === "int64" || dtype === "uint64";
}

// Spellings beyond the names themselves: characters, array-interface codes, C names.
const aliases: Readonly<Record<string, ArrayDType>> = {
  ...Object.fromEntries(
    arrayDTypes.flatMap((name) => {
      const { kind, itemSize, char } = facts[name];
      const code = kind === "b" ? "b1" : `${kind}${itemSize}`;
      return [char, code, `<${code}`, `=${code}`, `|${code}`].map((alias) => [alias, name]);
    }),
  ),
  q: "int64",
  Q: "uint64",
  p: "int64",
  P: "uint64",
  n: "int64",
  N: "uint64",
  bool_: "bool",
  int: "int64",
  intp: "int64",
  int_: "int64",
  long: "int64",
  longlong: "int64",
  uint: "uint64",
  uintp: "uint64",
  ulong: "uint64",
  ulonglong: "uint64",
  intc: "int32",
  uintc: "uint32",
  short: "int16",
  ushort: "uint16",
  byte: "int8",
  ubyte: "uint8",
  half: "float16",
  single: "float32",
  double: "float64",
  float: "float64",
  float_: "float64",
};

/** The type that a string names; undefined where none of ours. */
export function dtypeNamed(name: string): ArrayDType | undefined {
  if (Object.hasOwn(facts, name)) return name as ArrayDType;
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}

const floatByWidth: Readonly<Record<number, ArrayDType>> = {
  2: "float16",
  4: "float32",
  8: "float64",
};

function intByWidth(width: number, signed: boolean): ArrayDType {
  return `${signed ? "int" : "uint"}${width * 8}` as ArrayDType;
}

/** The type that holds the values of both, as `np.promote_types` gives it. */
export function promote(left: ArrayDType, right: ArrayDType): ArrayDType {
  if (left === right) return left;
  const [a, b] = [facts[left], facts[right]];
  if (a.kind === "b") return right;
  if (b.kind === "b") return left;
  if (a.kind === "f" || b.kind === "f") {
    // A float next to an integer must be twice as wide as the integer, up to float64.
    const need = ({ kind, itemSize }: DTypeFacts) =>
      kind === "f" ? itemSize : Math.min(itemSize * 2, 8);
    return floatByWidth[Math.max(need(a), need(b))];
  }
  if (a.kind === b.kind) return a.itemSize >= b.itemSize ? left : right;
  const [signed, unsigned] = a.kind === "i" ? [a, b] : [b, a];
  if (signed.itemSize > unsigned.itemSize) return intByWidth(signed.itemSize, true);
  return unsigned.itemSize === 8 ? "float64" : intByWidth(unsigned.itemSize * 2, true);
}

/** A Python scalar takes part in promotion by its kind alone ("weak" in NEP 50). */
export type Weak = "int" | "float";

/** The common type of arrays and Python scalars (NEP 50). */
export function resultType(strong: readonly ArrayDType[], weak: readonly Weak[] = []): ArrayDType {
  let type = strong.length > 0 ? strong.reduce(promote) : undefined;
  for (const kind of weak) {
    if (type === undefined) type = kind === "int" ? "int64" : "float64";
    else if (kind === "float" && facts[type].kind !== "f") type = "float64";
    else if (kind === "int" && facts[type].kind === "b") type = "int64";
  }
  return type ?? "float64";
}

/** Whether every value of one type is a value of the other (`np.can_cast`, casting "safe"). */
export function canCastSafely(from: ArrayDType, to: ArrayDType): boolean {
  return promote(from, to) === to;
}

const kindOrder: Readonly<Record<Kind, number>> = { b: 0, u: 1, i: 2, f: 3 };

/** `np.can_cast(from, to, "same_kind")`. */
export function canCastSameKind(from: ArrayDType, to: ArrayDType): boolean {
  return canCastSafely(from, to) || kindOrder[facts[from].kind] <= kindOrder[facts[to].kind];
}

/** The least and greatest value of an integer type. */
export function integerRange(dtype: ArrayDType): readonly [minimum: bigint, maximum: bigint] {
  const { kind, itemSize } = facts[dtype];
  if (kind === "b") return [0n, 1n];
  const bits = BigInt(itemSize * 8);
  return kind === "u" ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}

/** A Python int as an element; OverflowError in NumPy's words where it does not fit. */
export function checkInteger(value: bigint, dtype: ArrayDType): bigint {
  const [minimum, maximum] = integerRange(dtype);
  if (value >= minimum && value <= maximum) return value;
  if (BigInt.asIntN(64, value) !== value) {
    throw new EngineError("OverflowError", "Python int too large to convert to C long");
  }
  throw new EngineError("OverflowError", `Python integer ${value} out of bounds for ${dtype}`);
}
