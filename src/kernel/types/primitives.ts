/**
 * @file Instances of classes that inherit from `int`, `float` or `str`: objects around a value of
 * their base, which do what that value does.
 */
import { hashKey } from "../hashing.ts";
import { type PythonType, registeredType, registerType, type Value } from "../objects.ts";
import {
  binary,
  compare,
  findAttribute,
  formatValue,
  hashOf,
  iterate,
  repr,
  str,
  toFloat,
  toIndex,
  toInteger,
  truth,
  typeOf,
  unary,
} from "../operations.ts";
import { Instance } from "./instances.ts";

/** Slots that ask the value inside; `plain` gives it, and everything else as it is. */
export function primitiveSlots<T extends object>(
  plain: (value: Value) => Value,
): Partial<PythonType<T>> {
  const slot = (self: T) => typeOf(plain(self));
  return {
    repr: (self) => repr(plain(self)),
    str(self) {
      const value = plain(self);
      return typeof value === "string" ? value : repr(self);
    },
    format: (self, specification) =>
      specification === "" ? str(self) : formatValue(plain(self), specification),
    hash: (self) => hashKey(plain(self)),
    hashNumber: (self) => hashOf(plain(self)),
    truth: (self) => truth(plain(self)),
    length: (self) => slot(self).length!(plain(self)),
    iterate: (self) => iterate(plain(self)),
    getItem: (self, index) => slot(self).getItem!(plain(self), index),
    contains: (self, item) => slot(self).contains!(plain(self), plain(item)),
    getAttribute: (self, name) => findAttribute(plain(self), name),
    unary: (operator, self) => unary(operator, plain(self)),
    absolute: (self) =>
      truth(compare("<", plain(self), 0n)) ? unary("-", plain(self)) : plain(self),
    binary: (operator, left, right) => binary(operator, plain(left), plain(right)),
    compare: (operator, left, right) => compare(operator, plain(left), plain(right)),
    toIndex: (self) => toIndex(plain(self)),
    toInteger: (self) => toInteger(plain(self)),
    toFloat: (self) => toFloat(plain(self)),
  };
}

export class PrimitiveInstance extends Instance {
  readonly value: Value;

  constructor(value: Value) {
    super();
    this.value = value;
  }
}

/** What is inside of such an instance; every other value itself. */
export function plainOf(value: Value): Value {
  return value instanceof PrimitiveInstance ? value.value : value;
}

registerType(PrimitiveInstance, {
  ...(registeredType(
    Object.create(Instance.prototype),
  ) as unknown as PythonType<PrimitiveInstance>),
  ...(primitiveSlots<PrimitiveInstance>(plainOf) as PythonType<PrimitiveInstance>),
  name: "object",
});
