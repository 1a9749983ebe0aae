/**
 * @file Keys under which dictionaries and sets store values: equal Python values, and only they,
 * have the same key as JavaScript's `Map` compares keys.
 */
import { nameInErrors } from "./classes.ts";
import { pythonError } from "./errors.ts";
import { integerRatio } from "./formatting/floats.ts";
import { checkSometimes } from "./interrupts.ts";
import { registeredType, type Value } from "./objects.ts";

export type Key = string | number | bigint | object;

/** The key of a value; TypeError where it is unhashable. `1`, `1.0` and `True` share one. */
export function hashKey(value: Value): Key {
  switch (typeof value) {
    case "string":
      // Strings are their own keys; a leading NUL marks every other kind.
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
    case "bigint":
      return numberKey(value);
    case "number":
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value;
    case "boolean":
      return value ? 1 : 0;
    default: {
      if (value === null) return "\0n";
      const type = registeredType(value);
      if (type?.hash) return type.hash(value);
      throw pythonError("TypeError", `unhashable type: '${type ? nameInErrors(type) : "object"}'`);
    }
  }
}

/** The key of an integer: a JavaScript number where it is exactly one. */
function numberKey(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 0x7f00_0000_1000;

/** A number that belongs to one object for its life, as `id` gives. */
export function identity(value: object): number {
  let number = identities.get(value);
  if (number === undefined) {
    number = nextIdentity;
    nextIdentity += 16;
    identities.set(value, number);
  }
  return number;
}

/** One key of several, for tuples and frozen sets. `kind` keeps the two apart. */
export function joinKeys(kind: "t" | "f", keys: readonly Key[]): string {
  let joined = `\0${kind}`;
  for (const key of keys) {
    checkSometimes();
    const text = typeof key === "object" ? `o${identity(key)}` : `${(typeof key)[0]}${key}`;
    joined += `${text.length}:${text}`;
  }
  return joined;
}

/** An integer of a key, for `hash`. */
export function keyHash(key: Key): bigint {
  if (typeof key === "number" || typeof key === "bigint") return integerHash(BigInt(key));
  if (typeof key === "object") return BigInt(identity(key) >> 4);
  let state = 5381;
  for (let index = 0; index < key.length; index++) {
    checkSometimes();
    state = (Math.imul(state, 33) ^ key.charCodeAt(index)) | 0;
  }
  return BigInt(state);
}

const modulus = (1n << 61n) - 1n;

/** `hash(integer)` as CPython computes it: reduced modulo 2^61 - 1, its sign kept. */
export function integerHash(value: bigint): bigint {
  const reduced = value % modulus;
  return reduced === -1n ? -2n : reduced;
}

/** `hash(float)` as CPython computes it: equal to that of an equal integer. */
export function floatHash(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (!Number.isFinite(value)) return value > 0 ? 314159n : -314159n;
  const { numerator, denominator } = integerRatio(Math.abs(value));
  // The denominator is a power of two, whose inverse is another one.
  const exponent = denominator.toString(2).length - 1;
  const inverse = 1n << BigInt((61 - (exponent % 61)) % 61);
  const reduced = ((numerator % modulus) * inverse) % modulus;
  return integerHash(value < 0 ? -reduced : reduced);
}
