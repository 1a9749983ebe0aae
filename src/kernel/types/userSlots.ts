/**
 * @file The slots of a class that a cell defines, from its methods: what it has no method for is
 * its built-in base's.
 */
import type { PyClass } from "../classes.ts";
import { PyDict, PyIterator } from "../containers.ts";
import { isException, pythonError } from "../errors.ts";
import { integerHash } from "../hashing.ts";
import type { CallArguments, PythonType, Value } from "../objects.ts";
import {
  call,
  errorTypeName,
  invoke,
  toFloat,
  toIndex,
  toInteger,
  truth,
  typeOf,
} from "../operations.ts";
import type { HasDictionary } from "./instances.ts";
import { notImplemented } from "./none.ts";
import { comparisonNames, operatorNames, unaryNames } from "./slotMethods.ts";

type Method = (self: Value, ...args: Value[]) => Value;

/** A method that a cell's class or one above it defines; undefined where none does. */
function methodOf(type: PyClass, name: string): Method | undefined {
  const member = type.find(name);
  if (member === undefined || member === null) return undefined;
  const { bind } = typeOf(member);
  if (!bind) return (_, ...args) => invoke(member, ...args);
  return (self, ...args) => invoke(bind(member, self, type), ...args);
}

export function slotsOf(type: PyClass, base: PythonType): PythonType {
  const method = (name: string) => methodOf(type, name);
  const slots: Mutable<PythonType> = { ...base, name: type.name, module: type.module };
  slots.classOf = () => type;
  Object.assign(slots, texts(method, base, slots), attributeSlots(type, base, method));
  Object.assign(
    slots,
    hashing(type, base, method),
    containers(method, type, base),
    operators(type, slots),
  );
  const invoked = type.find("__call__");
  if (invoked !== undefined) {
    slots.call = (self, args) => callBound(invoked, self, args, type);
  }
  const [enter, exit] = [method("__enter__"), method("__exit__")];
  if (enter) slots.enter = (self) => enter(self);
  if (exit) {
    slots.exit = (self, exception) =>
      truth(
        exception ? exit(self, exception.class, exception, null) : exit(self, null, null, null),
      );
  }
  const [get, set] = [method("__get__"), method("__set__")];
  if (get) slots.bind = (member, self, owner) => get(member, self ?? null, owner);
  if (set) slots.store = (member, self, item) => void set(member, self, item);
  return slots;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Slots = Partial<PythonType>;
type Find = (name: string) => Method | undefined;

function callBound(member: Value, self: Value, args: CallArguments, type: PyClass): Value {
  const { bind } = typeOf(member);
  return bind ? call(bind(member, self, type), args) : call(member, args);
}

function text(name: string, value: Value): string {
  if (typeof value === "string") return value;
  throw pythonError("TypeError", `${name} returned non-string (type ${errorTypeName(value)})`);
}

function texts(method: Find, base: PythonType, slots: PythonType): Slots {
  const made: Slots = {};
  const [repr, str, format] = [method("__repr__"), method("__str__"), method("__format__")];
  if (repr) made.repr = (self) => text("__repr__", repr(self));
  if (str) made.str = (self) => text("__str__", str(self));
  else made.str = base.str ?? ((self) => (repr ? text("__str__", repr(self)) : slots.repr(self)));
  if (format) {
    made.format = (self, spec) => {
      const result = format(self, spec);
      if (typeof result === "string") return result;
      throw pythonError("TypeError", `__format__ must return a str, not ${errorTypeName(result)}`);
    };
  }
  return made;
}

function attributeSlots(type: PyClass, base: PythonType, method: Find): Slots {
  const missing = method("__getattr__");
  const assign = method("__setattr__");
  const remove = method("__delattr__");
  const allowed = slotNames(type);
  const dictionary = (self: Value) => (self as HasDictionary).dictionary;
  const set = (self: Value, name: string, item: Value): boolean => {
    const member = type.find(name);
    const store = member === undefined ? undefined : typeOf(member).store;
    if (store) store(member!, self, item, type, name);
    else if (allowed && !allowed.has(name)) return false;
    else dictionary(self).set(name, item);
    return true;
  };
  const plain = (self: Value, name: string): Value | undefined => {
    const member = type.find(name);
    const record = member === undefined ? undefined : typeOf(member);
    if (record?.store) return record.bind ? record.bind(member!, self, type) : member;
    const own = dictionary(self).get(name);
    if (own !== undefined) return own;
    if (record) return record.bind ? record.bind(member!, self, type) : member;
    if (name === "__dict__" && !allowed) return dictionary(self);
    const inherited = base.getAttribute?.(self, name);
    return inherited;
  };
  const every = method("__getattribute__");
  const found = every
    ? (self: Value, name: string) => {
        try {
          return every(self, name);
        } catch (thrown) {
          if (!missing || !isException(thrown, "AttributeError")) throw thrown;
          return undefined;
        }
      }
    : plain;
  return {
    plainAttribute: plain,
    getAttribute(self, name) {
      const value = found(self, name);
      if (value !== undefined || !missing || /^__.*__$/.test(name)) return value;
      return missing(self, name);
    },
    setAttribute(self, name, item) {
      if (!assign) return set(self, name, item);
      assign(self, name, item);
      return true;
    },
    deleteAttribute(self, name) {
      if (remove) {
        remove(self, name);
        return true;
      }
      const member = type.find(name);
      if (member !== undefined && typeof member === "object" && member && "remove" in member) {
        (member as { remove(self: Value, owner: PyClass, name: string): void }).remove(
          self,
          type,
          name,
        );
        return true;
      }
      return dictionary(self).delete(name) !== undefined;
    },
    attributeNames: (self) => [
      ...(self === undefined ? [] : (dictionary(self).keys() as string[])),
      ...type.order.flatMap((each) => [...each.members.keys()]),
      ...(base.attributeNames?.(self) ?? []),
    ],
  };
}

/** Names that `__slots__` allows; null where any may be set. */
function slotNames(type: PyClass): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const each of type.order) {
    if (!each.subclassable) break;
    const slots = each.members.get("__slots__");
    if (slots === undefined) return null;
    const items = typeof slots === "string" ? [slots] : typeOf(slots).iterate!(slots);
    for (const item of items) names.add(String(item));
  }
  return names;
}

/** Values that are equal by a cell's own `__eq__`, by what `__hash__` gave: one stands for all. */
const representatives = new Map<string, WeakRef<object>[]>();

function hashing(type: PyClass, base: PythonType, method: Find): Slots {
  const owner = type.order.find(({ members }) => members.has("__hash__") || members.has("__eq__"));
  if (!owner?.subclassable) return {};
  const given = owner.members.get("__hash__");
  if (given === undefined || given === null) return { hash: undefined } as unknown as Slots;
  const hash = method("__hash__")!;
  const number = (self: Value) => {
    const result = hash(self);
    if (typeof result === "bigint" || typeof result === "boolean") {
      return integerHash(BigInt(result));
    }
    throw pythonError("TypeError", "__hash__ method should return an integer");
  };
  if (!method("__eq__"))
    return { hashNumber: number, hash: base.hash ?? ((self) => self as object) };
  return {
    hashNumber: number,
    hash(self) {
      const key = `${number(self)}`;
      const live = (representatives.get(key) ?? []).filter((ref) => ref.deref() !== undefined);
      const equal = method("__eq__")!;
      for (const ref of live) {
        const other = ref.deref()!;
        if (other === self) return other;
        const same = equal(self, other);
        if (same !== notImplemented && truth(same)) return other;
      }
      live.push(new WeakRef(self as object));
      representatives.set(key, live);
      return self as object;
    },
  };
}

function containers(method: Find, type: PyClass, base: PythonType): Slots {
  const made: Slots = {};
  const [length, bool] = [method("__len__"), method("__bool__")];
  if (length) {
    made.length = (self) => {
      const count = toIndex(length(self));
      if (count >= 0n) return Number(count);
      throw pythonError("ValueError", "__len__() should return >= 0");
    };
  }
  if (bool) {
    made.truth = (self) => {
      const result = bool(self);
      if (typeof result === "boolean") return result;
      throw pythonError(
        "TypeError",
        `__bool__ should return bool, returned ${errorTypeName(result)}`,
      );
    };
  } else if (length) made.truth = (self) => made.length!(self) > 0;
  const [get, set, remove] = [method("__getitem__"), method("__setitem__"), method("__delitem__")];
  if (get) made.getItem = (self, index) => get(self, index);
  const absent = method("__missing__");
  if (absent && !get && base.getItem) {
    made.getItem = (self, index) =>
      self instanceof PyDict && !self.has(index) ? absent(self, index) : base.getItem!(self, index);
  }
  if (set) made.setItem = (self, index, item) => void set(self, index, item);
  if (remove) made.deleteItem = (self, index) => void remove(self, index);
  const [iterate, advance, contains] = [
    method("__iter__"),
    method("__next__"),
    method("__contains__"),
  ];
  if (advance) {
    made.next = (self) => {
      try {
        return advance(self);
      } catch (thrown) {
        if (isException(thrown, "StopIteration")) return undefined;
        throw thrown;
      }
    };
  }
  if (iterate) {
    made.iterator = (self) => {
      const result = iterate(self);
      if (result instanceof PyIterator || typeOf(result).next) return result;
      throw pythonError(
        "TypeError",
        `iter() returned non-iterator of type '${errorTypeName(result)}'`,
      );
    };
    made.iterate = (self) => stepping(made.iterator!(self));
  } else if (get && !type.find("__iter__")) made.iterate = (self) => counting(self, get);
  if (contains) made.contains = (self, item) => truth(contains(self, item));
  // A class that says how to iterate or compare is searched by that, not as its base is.
  else if (iterate) made.contains = undefined as never;
  return made;
}

/** What `for` runs over: an iterator that a cell made, or one of the kernel's own. */
function stepping(iterator: Value): Iterable<Value> {
  if (iterator instanceof PyIterator) return iterator;
  const next = typeOf(iterator).next!;
  const steps: IterableIterator<Value> = {
    next() {
      const value = next(iterator);
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    [Symbol.iterator]: () => steps,
  };
  return steps;
}

/** The older way: items by index, until IndexError. */
function* counting(self: Value, get: Method): Generator<Value> {
  for (let index = 0n; ; index++) {
    let item: Value;
    try {
      item = get(self, index);
    } catch (thrown) {
      if (isException(thrown, "IndexError") || isException(thrown, "StopIteration")) return;
      throw thrown;
    }
    yield item;
  }
}

function taken(result: Value): Value | undefined {
  return result === notImplemented ? undefined : result;
}

function operators(type: PyClass, slots: PythonType): Slots {
  const method = (name: string) => methodOf(type, name);
  const made: Slots = {};
  const binary = new Map<string, readonly [Method | undefined, Method | undefined]>();
  const inPlace = new Map<string, Method>();
  for (const [name, operator] of operatorNames) {
    const pair = [method(`__${name}__`), method(`__r${name}__`)] as const;
    if (pair[0] || pair[1]) binary.set(operator, pair);
    const update = method(`__i${name}__`);
    if (update) inPlace.set(operator, update);
  }
  const inherited = slots.binary;
  if (binary.size > 0) {
    made.binary = (operator, left, right) => {
      const [forward, reflected] = binary.get(operator) ?? [];
      const mine = (value: Value) => typeOf(value).classOf?.(value) === type;
      if (mine(left)) {
        if (forward) return taken(forward(left, right));
      } else if (mine(right) && reflected) return taken(reflected(right, left));
      return inherited?.(operator, left, right);
    };
  }
  if (inPlace.size > 0) {
    const before = slots.inPlace;
    made.inPlace = (operator, left, right) => {
      const update = inPlace.get(operator);
      return update ? taken(update(left, right)) : before?.(operator, left, right);
    };
  }
  const compare = new Map(
    comparisonNames.flatMap(([name, operator]) => {
      const found = method(name);
      return found ? [[operator, found] as const] : [];
    }),
  );
  if (compare.size > 0) {
    const before = slots.compare;
    made.compare = (operator, left, right) => {
      const found = compare.get(operator);
      if (found) return taken(found(left, right));
      const equal = operator === "!=" ? compare.get("==") : undefined;
      if (!equal) return before?.(operator, left, right);
      const result = equal(left, right);
      return result === notImplemented ? undefined : !truth(result);
    };
  }
  const unary = new Map(
    unaryNames.flatMap(([name, operator]) => {
      const found = method(name);
      return found ? [[operator, found] as const] : [];
    }),
  );
  if (unary.size > 0) {
    const before = slots.unary;
    made.unary = (operator, value) => {
      const found = unary.get(operator);
      return found ? found(value) : before?.(operator, value);
    };
  }
  return Object.assign(made, conversions(method));
}

function conversions(method: Find): Slots {
  const made: Slots = {};
  const [absolute, round] = [method("__abs__"), method("__round__")];
  if (absolute) made.absolute = (self) => absolute(self);
  if (round) made.round = (self, digits) => (digits === null ? round(self) : round(self, digits));
  const index = method("__index__");
  const integer = method("__int__") ?? index ?? method("__trunc__");
  const float = method("__float__");
  if (index) made.toIndex = (self) => toIndex(index(self));
  if (integer) made.toInteger = (self) => toInteger(integer(self));
  if (float) made.toFloat = (self) => toFloat(float(self));
  else if (index) made.toFloat = (self) => Number(toIndex(index(self)));
  return made;
}
