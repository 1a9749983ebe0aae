/**
 * @file The slots of types by the names that Python gives them: `x.__len__()` of a list, and what
 * `super().__init__(…)` finds in a built-in base.
 */
import type { BinaryOperator, CompareOperator, UnaryOperator } from "../../python/nodes.ts";
import { objectClass, type PyClass } from "../classes.ts";
import { PyDict, PyIterator, PyList, PySet } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import { Builtin } from "../functions.ts";
import {
  type CallArguments,
  noKeywords,
  type PythonType,
  registeredType,
  type Value,
} from "../objects.ts";
import {
  attributeNames,
  call,
  classOf,
  hashOf,
  iterator,
  noAttribute,
  repr,
  str,
  toIndex,
  typeOf,
} from "../operations.ts";
import { Instance, objectType } from "./instances.ts";
import { notImplemented } from "./none.ts";

type Body = (...args: Value[]) => Value | undefined;
/** What a type's slot does for `self`; undefined where the type has no such slot. */
type Slot = (type: PythonType, self: Value) => Body | undefined;

const comparisons: Readonly<Record<string, CompareOperator>> = {
  __eq__: "==",
  __ne__: "!=",
  __lt__: "<",
  __le__: "<=",
  __gt__: ">",
  __ge__: ">=",
};

/** Without the underscores; behind an `r`, with the operands exchanged. */
export const operatorNames: readonly (readonly [string, BinaryOperator])[] = [
  ["add", "+"],
  ["sub", "-"],
  ["mul", "*"],
  ["truediv", "/"],
  ["floordiv", "//"],
  ["mod", "%"],
  ["pow", "**"],
  ["matmul", "@"],
  ["lshift", "<<"],
  ["rshift", ">>"],
  ["and", "&"],
  ["or", "|"],
  ["xor", "^"],
];

export const comparisonNames = Object.entries(comparisons);

export const unaryNames: readonly (readonly [string, UnaryOperator])[] = [
  ["__neg__", "-"],
  ["__pos__", "+"],
  ["__invert__", "~"],
];

function textSpecification(value: Value | undefined): string {
  return value === undefined ? "" : str(value);
}

const slots = new Map<string, Slot>([
  ["__repr__", (type, self) => () => type.repr(self)],
  ["__str__", (type, self) => () => (type.str ? type.str(self) : repr(self))],
  [
    "__format__",
    (type, self) => (spec) =>
      type.format ? type.format(self, textSpecification(spec)) : str(self),
  ],
  ["__len__", (type, self) => type.length && (() => BigInt(type.length!(self)))],
  ["__bool__", (type, self) => type.truth && (() => type.truth!(self))],
  ["__iter__", (type, self) => type.iterate && (() => iterator(self))],
  [
    "__next__",
    (_, self) =>
      self instanceof PyIterator
        ? () => {
            const step = self.next();
            if (step.done) throw new PyException(exceptionClasses.StopIteration, []);
            return step.value;
          }
        : undefined,
  ],
  ["__contains__", (type, self) => type.contains && ((item) => type.contains!(self, item!))],
  ["__getitem__", (type, self) => type.getItem && ((index) => type.getItem!(self, index!))],
  [
    "__setitem__",
    (type, self) =>
      type.setItem &&
      ((index, item) => {
        type.setItem!(self, index!, item!);
        return null;
      }),
  ],
  [
    "__delitem__",
    (type, self) =>
      type.deleteItem &&
      ((index) => {
        type.deleteItem!(self, index!);
        return null;
      }),
  ],
  ["__hash__", (type, self) => type.hash && (() => hashOf(self))],
  ["__abs__", (type, self) => type.absolute && (() => type.absolute!(self))],
  ["__int__", (type, self) => type.toInteger && (() => type.toInteger!(self))],
  ["__float__", (type, self) => type.toFloat && (() => type.toFloat!(self))],
  ["__index__", (type, self) => type.toIndex && (() => toIndex(self))],
  ["__enter__", (type, self) => type.enter && (() => type.enter!(self))],
  [
    "__exit__",
    (type, self) =>
      type.exit &&
      ((_, exception) => type.exit!(self, exception instanceof PyException ? exception : null)),
  ],
  [
    "__setattr__",
    (type, self) =>
      type.setAttribute &&
      ((name, item) => {
        if (!name || item === undefined) throw pythonError("TypeError", "expected 2 arguments");
        const assign = self instanceof Instance ? objectType.setAttribute! : type.setAttribute!;
        assign(self as never, str(name!), item!);
        return null;
      }),
  ],
  [
    "__delattr__",
    (_, self) => (name) => {
      const deleted = self instanceof Instance && self.dictionary.delete(name!) !== undefined;
      if (!deleted) throw noAttribute(self, str(name!));
      return null;
    },
  ],
  ["__dir__", (_, self) => () => new PyList([...attributeNames(self)])],
  ["__sizeof__", () => () => 64n],
  [
    "__getattribute__",
    (_, self) => (name) => {
      const { plainAttribute, getAttribute } = typeOf(self);
      const found = (plainAttribute ?? getAttribute)?.(self, str(name!));
      if (found !== undefined) return found;
      const method = slotMethod(typeOf(self), self, str(name!), classOf(self));
      if (method) return method;
      throw noAttribute(self, str(name!));
    },
  ],
  ...comparisonNames.map(([name, operator]): [string, Slot] => [
    name,
    (type, self) => {
      const { compare } = type;
      if (compare) return (other) => compare(operator, self, other!) ?? notImplemented;
      if (operator === "==") return (other) => (Object.is(self, other) ? true : notImplemented);
      return operator === "!="
        ? (other) => (Object.is(self, other) ? false : notImplemented)
        : undefined;
    },
  ]),
  ...operatorNames.flatMap(([name, operator]): [string, Slot][] => [
    [
      `__${name}__`,
      ({ binary }, self) => binary && ((other) => binary(operator, self, other!) ?? notImplemented),
    ],
    [
      `__r${name}__`,
      ({ binary }, self) => binary && ((other) => binary(operator, other!, self) ?? notImplemented),
    ],
  ]),
  ...unaryNames.map(([name, operator]): [string, Slot] => [
    name,
    ({ unary }, self) => unary && (() => unary(operator, self)),
  ]),
]);

/** `self.name` where `name` is one of a slot's; undefined where the type lacks it. */
export function slotMethod(
  type: PythonType,
  self: Value,
  name: string,
  owner: PyClass,
): Builtin | undefined {
  if (name === "__init__") return new Builtin(name, (args) => initialize(self, args, owner), self);
  if (name === "__new__") return new Builtin(name, (args) => allocated(args, owner), self);
  if (name === "__call__" && type.call) {
    return new Builtin(name, (args) => call(self, args), self);
  }
  const body = slots.get(name)?.(type, self);
  return body && new Builtin(name, ({ positional }) => body(...positional) ?? null, self);
}

/** The slots of a built-in class's instances. */
export function recordOf(type: PyClass): PythonType {
  const own = type.instances?.();
  if (own) return own;
  if (type.isSubclassOf(exceptionClasses.BaseException)) {
    return registeredType(Object.create(PyException.prototype))!;
  }
  return objectType as PythonType;
}

/** `super().__init__(…)` of a class that has none of its own: what its built-in base does. */
function initialize(self: Value, args: CallArguments, owner: PyClass): Value {
  if (self instanceof PyException) {
    self.args = args.positional;
    return null;
  }
  if (self instanceof PyList || self instanceof PyDict || self instanceof PySet) {
    fill(self, args, owner);
    return null;
  }
  if (args.positional.length > 0 || args.keywords.size > 0) {
    throw pythonError(
      "TypeError",
      "object.__init__() takes exactly one argument (the instance to initialize)",
    );
  }
  return null;
}

/** Gives a container of a class of its own what its built-in base would hold. */
export function fill(self: PyList | PyDict | PySet, args: CallArguments, owner: PyClass): void {
  const made = owner === objectClass ? null : call(owner, args);
  if (self instanceof PyList && made instanceof PyList) {
    self.items.length = 0;
    for (const item of made.items) self.items.push(item);
  } else if (self instanceof PyDict && made instanceof PyDict) {
    for (const [key, value] of made.entries()) self.set(key, value);
  } else if (self instanceof PySet && made instanceof PySet) {
    for (const item of made) self.add(item);
  }
}

function allocated({ positional, keywords }: CallArguments, owner: PyClass): Value {
  const [type, ...rest] = positional;
  if (type !== null && typeof type === "object" && "allocate" in type) {
    return (type as { allocate(args: CallArguments): Value }).allocate({
      positional: rest,
      keywords,
    });
  }
  return call(owner, { positional: rest, keywords: noKeywords });
}
