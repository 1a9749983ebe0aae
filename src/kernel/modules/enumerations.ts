/**
 * @file `enum`: classes whose instances are named once and for all.
 */
import { type ClassParts, objectClass, PyClass } from "../classes.ts";
import { PyDict, PyIterator, PyList, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { builtin, PythonModule } from "../functions.ts";
import {
  type CallArguments,
  type PythonType,
  registeredType,
  registerType,
  type Value,
} from "../objects.ts";
import {
  binary,
  call,
  classOf,
  collect,
  equals,
  errorTypeName,
  findAttribute,
  formatValue,
  invoke,
  isInstance,
  keyError,
  repr,
  str,
  typeOf,
} from "../operations.ts";
import { typeClass } from "../types/callables.ts";
import { propertyClass } from "../types/descriptors.ts";
import { Instance } from "../types/instances.ts";
import { type MethodBody, method, methods } from "../types/methods.ts";
import { booleanClass, floatClass, integerClass } from "../types/numbers.ts";
import { primitiveSlots } from "../types/primitives.ts";
import { stringClass } from "../types/strings.ts";
import { createClass, UserClass } from "../types/userClasses.ts";

/** A member: its name and value stand in its dictionary, as `_name_` and `_value_`. */
class Member extends Instance {
  get name(): Value {
    return this.dictionary.get("_name_") ?? null;
  }

  get value(): Value {
    return this.dictionary.get("_value_") ?? null;
  }
}

registerType(Member, {
  ...(registeredType(Object.create(Instance.prototype)) as unknown as PythonType<Member>),
  name: "Enum",
});

/** A member that is an integer, a float or a text as well: it does what its value does. */
class ValueMember extends Member {}

const plain = (value: Value): Value => (value instanceof ValueMember ? value.value : value);

registerType(ValueMember, {
  ...(registeredType(Object.create(Member.prototype)) as unknown as PythonType<ValueMember>),
  ...(primitiveSlots<ValueMember>(plain) as PythonType<ValueMember>),
  name: "Enum",
});

export class EnumClass extends UserClass {
  /** By name, in order; aliases too. */
  readonly named = new Map<string, Value>();

  /** What several flags make together, by value: each is made once. */
  readonly combinations = new Map<bigint, Member>();

  /** The members, each once. */
  get distinct(): Member[] {
    return [...new Set(this.named.values())] as Member[];
  }

  /** Those that a loop runs over: of flags, no names for several. */
  get listed(): Member[] {
    const all = this.distinct;
    return flagged(this) ? all.filter(({ value }) => isSingle(value as bigint)) : all;
  }

  withValue(value: Value): Member | undefined {
    return this.distinct.find((member) => equals(member.value, plain(value)));
  }
}

const enumType = new PyClass("EnumType", { module: "enum", bases: [typeClass] });
const classRecord = registeredType(objectClass) as PythonType<PyClass>;

registerType(EnumClass, {
  ...(classRecord as unknown as PythonType<EnumClass>),
  name: "EnumType",
  module: "enum",
  classOf: () => enumType,
  repr: (self) => `<${flagged(self) ? "flag" : "enum"} '${self.qualname}'>`,
  truth: () => true,
  length: (self) => self.listed.length,
  iterate: (self) => self.listed,
  getItem(self, name) {
    const found = typeof name === "string" ? self.named.get(name) : undefined;
    if (found === undefined) throw keyError(name);
    return found;
  },
  contains(self, item) {
    if (item instanceof Member) return classOf(item) === self && self.distinct.includes(item);
    throw pythonError(
      "TypeError",
      `unsupported operand type(s) for 'in': '${errorTypeName(item)}' and 'EnumType'`,
    );
  },
  call(self, args) {
    if (self.named.size === 0) return functional(self, args);
    return lookUp(self, args.positional[0] ?? null);
  },
  getAttribute(self, name) {
    if (name === "__members__" || name === "_member_map_") return new PyDict(self.named);
    if (name === "_member_names_") return new PyList(self.listed.map((member) => member.name));
    if (name === "__reversed__") {
      const items = [...self.listed].reverse();
      return builtin("__reversed__()", () => new PyList(items));
    }
    return classRecord.getAttribute!(self, name);
  },
  setAttribute(self, name, item) {
    if (self.named.has(name)) {
      throw pythonError("AttributeError", `cannot reassign member ${repr(name)}`);
    }
    return classRecord.setAttribute!(self, name, item);
  },
  deleteAttribute(self, name) {
    if (!self.named.has(name)) return classRecord.deleteAttribute!(self, name);
    throw pythonError("AttributeError", `'${self.name}' cannot delete member ${repr(name)}.`);
  },
});

const isFlag = new Set(["Flag", "IntFlag"]);
const flagged = (type: PyClass) =>
  type.order.some(({ name, module }) => {
    return module === "enum" && isFlag.has(name);
  });

/** `Color(1)`. */
function lookUp(type: EnumClass, value: Value): Value {
  if (value instanceof Member && classOf(value) === type) return value;
  const found = type.withValue(value);
  if (found) return found;
  const hook = typeOf(type).getAttribute!(type, "_missing_");
  const other = hook === undefined ? null : invoke(hook, value);
  if (other !== null && isInstance(other!, type)) return other!;
  if (flagged(type) && typeof plain(value) === "bigint") {
    return combination(type, plain(value) as bigint);
  }
  throw pythonError("ValueError", `${repr(value)} is not a valid ${type.qualname}`);
}

/** The member of a flag that several flags make together, or none. */
function combination(type: EnumClass, value: bigint): Value {
  const known = type.withValue(value);
  if (known) return known;
  const all = type.distinct.reduce((bits, member) => bits | (member.value as bigint), 0n);
  const within = value < 0n ? value & all : value;
  if (value < 0n) return combination(type, within);
  if ((within & ~all) !== 0n && !type.order.includes(integerClass)) {
    const width = Math.max(all.toString(2).length, within.toString(2).length);
    const bits = (each: bigint) => `0b0 ${each.toString(2).padStart(width, "0")}`;
    throw pythonError(
      "ValueError",
      `${repr(type)} invalid value ${value}\n    given ${bits(within)}\n  allowed ${bits(all)}`,
    );
  }
  const kept = type.combinations.get(within);
  if (kept) return kept;
  const made = type.allocate({ positional: [], keywords: new Map() }) as Member;
  const parts = type.distinct.filter(
    ({ value: each }) => isSingle(each as bigint) && (within & (each as bigint)) !== 0n,
  );
  const rest = within & ~all;
  const names = [...parts.map(({ name }) => str(name)), ...(rest === 0n ? [] : [`${rest}`])];
  made.dictionary.set("_value_", within);
  made.dictionary.set("_name_", within === 0n ? null : names.join("|"));
  type.combinations.set(within, made);
  return made;
}

const isSingle = (value: bigint) => value > 0n && (value & (value - 1n)) === 0n;

/** `auto()`: the next value, told when its place is known; `R | W` of two such is told then too. */
class Auto {
  value: Value | undefined;
  readonly combine: (() => Value) | null;

  constructor(combine: (() => Value) | null = null) {
    this.combine = combine;
  }
}

const settled = (value: Value) => (value instanceof Auto ? value.value! : value);

registerType(Auto, {
  name: "auto",
  module: "enum",
  repr: () => "auto(0)",
  hash: (value) => value,
  binary: (operator, left, right) =>
    new Auto(() => binary(operator, settled(left), settled(right))),
});

const autoClass = new PyClass("auto", { module: "enum", construct: () => new Auto() });

/** `Enum("Color", "RED GREEN")`. */
function functional(base: EnumClass, { positional, keywords }: CallArguments): Value {
  const [name, names = keywords.get("names")] = positional;
  if (names === undefined) {
    throw pythonError(
      "TypeError",
      `EnumType.__call__() missing 1 required positional argument: 'value'`,
    );
  }
  const items =
    typeof names === "string"
      ? names.replaceAll(",", " ").split(/\s+/).filter(Boolean)
      : names instanceof PyDict
        ? [...names.entries()].map((entry) => new PyTuple(entry))
        : collect(names!);
  const first = BigInt((keywords.get("start") as bigint | undefined) ?? 1n);
  const members = items.map((item, index): [string, Value] => {
    if (typeof item === "string") {
      if (base.order.includes(stringClass)) return [item, item.toLowerCase()];
      const at = BigInt(index);
      return [item, flagged(base) ? first << at : first + at];
    }
    const [key, value] = collect(item);
    return [str(key!), value!];
  });
  const text = str(name!);
  return make({ name: text, qualname: text, bases: [base], members, keywords: new Map() });
}

/** Names that are no members: those with underscores around, and whatever binds. */
function isMember(name: string, value: Value, type: string): boolean {
  if (/^__.*__$/.test(name) || /^_[^_].*_$/.test(name)) return false;
  if (name.startsWith(`_${type}__`)) return false;
  return value === null || typeof value !== "object" || value instanceof Auto
    ? true
    : typeOf(value).bind === undefined && !(value instanceof PyClass);
}

const mixins = new Set<PyClass>([integerClass, floatClass, stringClass, booleanClass]);

function make({ name, qualname, bases, members }: ClassParts): PyClass {
  const parent = bases.find((base): base is EnumClass => base instanceof EnumClass)!;
  if (parent.named.size > 0) {
    throw pythonError("TypeError", `<enum '${name}'> cannot extend ${repr(parent)}`);
  }
  const own = members.filter(([key, value]) => !isMember(key, value, name));
  const listed = members.filter(([key, value]) => isMember(key, value, name));
  const mixed = bases.flatMap((base) => base.order).find((base) => mixins.has(base));
  const allocator = mixed ? class extends ValueMember {} : class extends Member {};
  const type = createClass(
    { name, qualname, bases, members: own },
    { allocator },
    EnumClass,
  ) as EnumClass;
  const values: Value[] = [];
  for (const [key, given] of listed) {
    if (given instanceof Auto) given.value = given.combine?.() ?? nextValue(type, key, values);
    const value = settled(given);
    values.push(value);
    define(type, key, value, mixed);
  }
  type.refresh();
  return type;
}

function nextValue(type: EnumClass, key: string, values: readonly Value[]): Value {
  const hook = type.find("_generate_next_value_");
  if (hook !== undefined) {
    const count = BigInt(values.length);
    const rule = findAttribute(hook, "__func__") ?? hook;
    return invoke(rule, key, 1n, count, new PyList([...values]));
  }
  if (type.order.some(({ name, module }) => module === "enum" && name === "StrEnum")) {
    return key.toLowerCase();
  }
  if (flagged(type)) {
    const highest = values.reduce<bigint>((most, value) => {
      return (value as bigint) > most ? (value as bigint) : most;
    }, 0n);
    return highest === 0n ? 1n : 1n << BigInt(highest.toString(2).length);
  }
  const last = values.at(-1);
  return last === undefined ? 1n : binary("+", last, 1n);
}

/** Makes a member, or another name of one that has the value. */
function define(type: EnumClass, key: string, given: Value, mixed: PyClass | undefined): void {
  const args = given instanceof PyTuple ? given.items : [given];
  const create = type.find("__new__");
  const member = (
    create === undefined
      ? type.allocate({ positional: [], keywords: new Map() })
      : invoke(create, type, ...args)
  ) as Member;
  if (!member.dictionary.has("_value_")) {
    const value = mixed ? call(mixed, { positional: args, keywords: new Map() }) : given;
    member.dictionary.set("_value_", value);
  }
  const known = type.withValue(member.value);
  // What a flag's several bits stand for is a name, not a member to run over.
  if (known) {
    type.named.set(key, known);
    type.members.set(key, known);
    return;
  }
  member.dictionary.set("_name_", key);
  member.dictionary.set("__objclass__", type);
  const initialize = type.find("__init__");
  if (initialize !== undefined) invoke(initialize, member, ...args);
  type.named.set(key, member);
  type.members.set(key, member);
}

const memberText = (self: Value) => `${classOf(self).qualname}.${str((self as Member).name)}`;

function flagText(self: Value): string {
  const { name, value } = self as Member;
  return `${classOf(self).qualname}${name === null ? `(${repr(value)})` : `.${str(name)}`}`;
}

function valueRepr(self: Value): string {
  return repr((self as Member).value);
}

const enumMethods: Readonly<Record<string, MethodBody>> = {
  "__repr__(self)": (self) => `<${memberText(self)}: ${valueRepr(self)}>`,
  "__str__(self)": memberText,
  "__format__(self, format_spec)": (self, { format_spec }) =>
    formatValue(str(self), str(format_spec!)),
  "__copy__(self)": (self) => self,
  "__deepcopy__(self, memo)": (self) => self,
};

function property(name: string, body: MethodBody): [string, Value] {
  return [name, invoke(propertyClass, method("Enum", `${name}(self)`, body))];
}

function base(
  name: string,
  bases: readonly PyClass[],
  members: readonly [string, Value][],
): EnumClass {
  const mixed = bases.some((each) => mixins.has(each));
  const allocator = mixed ? class extends ValueMember {} : class extends Member {};
  return createClass(
    { name, qualname: name, bases, members },
    { module: "enum", allocator },
    EnumClass,
  ) as EnumClass;
}

const enumClass = base(
  "Enum",
  [objectClass],
  [
    ...methods("Enum", enumMethods),
    property("name", (self) => (self as Member).name),
    property("value", (self) => (self as Member).value),
  ],
);
enumClass.maker = make;

/** Members that print as their values do. */
const plainTexts = methods("ReprEnum", {
  "__str__(self)": (self) => str((self as Member).value),
  "__format__(self, format_spec)": (self, { format_spec }) =>
    formatValue((self as Member).value, str(format_spec!)),
});

const flagRepr: MethodBody = (self) => {
  const { name, value } = self as Member;
  return name === null
    ? `<${classOf(self).qualname}: ${repr(value)}>`
    : `<${memberText(self)}: ${repr(value)}>`;
};

function flagOperator(combine: (a: bigint, b: bigint) => bigint): MethodBody {
  return (self, { other }) => {
    const type = classOf(self) as EnumClass;
    const value = other instanceof Member ? other.value : other;
    if (typeof value !== "bigint" || (classOf(other!) !== type && !(self instanceof ValueMember))) {
      throw pythonError(
        "TypeError",
        `unsupported operand type(s) for |: '${errorTypeName(self)}' and '${errorTypeName(other!)}'`,
      );
    }
    return combination(type, combine((self as Member).value as bigint, value));
  };
}

const flagMethods: Readonly<Record<string, MethodBody>> = {
  "__repr__(self)": flagRepr,
  "__str__(self)": flagText,
  "__or__(self, other)": flagOperator((a, b) => a | b),
  "__and__(self, other)": flagOperator((a, b) => a & b),
  "__xor__(self, other)": flagOperator((a, b) => a ^ b),
  "__invert__(self)": (self) =>
    combination(classOf(self) as EnumClass, ~((self as Member).value as bigint)),
  "__bool__(self)": (self) => (self as Member).value !== 0n,
  "__contains__(self, other)": (self, { other }) => {
    const [mine, theirs] = [(self as Member).value, (other as Member).value] as [bigint, bigint];
    return (mine & theirs) === theirs;
  },
  "__iter__(self)": (self) => {
    const parts = (classOf(self) as EnumClass).distinct.filter(({ value }) => {
      const bits = value as bigint;
      return isSingle(bits) && (((self as Member).value as bigint) & bits) !== 0n;
    });
    return new PyIterator("generator", parts[Symbol.iterator]());
  },
  "__len__(self)": (self) => {
    const bits = ((self as Member).value as bigint).toString(2);
    return BigInt(bits.split("1").length - 1);
  },
};

const intEnum = base("IntEnum", [integerClass, enumClass], plainTexts);
const strEnum = base("StrEnum", [stringClass, enumClass], plainTexts);
const flag = base("Flag", [enumClass], methods("Flag", flagMethods));
const intFlag = base("IntFlag", [integerClass, flag], [...plainTexts]);

function unique(type: Value): Value {
  const { named } = type as EnumClass;
  const aliases = [...named]
    .filter(([name, member]) => (member as Member).name !== name)
    .map(([name, member]) => `${name} -> ${str((member as Member).name)}`);
  if (aliases.length === 0) return type;
  throw pythonError("ValueError", `duplicate values found in ${repr(type)}: ${aliases.join(", ")}`);
}

export function enumModule(): PythonModule {
  return new PythonModule("enum", {
    Enum: enumClass,
    EnumMeta: enumType,
    EnumType: enumType,
    Flag: flag,
    IntEnum: intEnum,
    IntFlag: intFlag,
    StrEnum: strEnum,
    auto: autoClass,
    unique: builtin("unique(enumeration)", ({ enumeration }) => unique(enumeration!)),
    verify: builtin("verify(*checks)", () => builtin("verify(cls)", ({ cls }) => cls!)),
  });
}
