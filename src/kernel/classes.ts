/**
 * @file Python's classes as values: what `type(x)` gives, what `isinstance` and `except` take.
 */
import { type CallArguments, type PythonType, registerType, type Value } from "./objects.ts";
import type { Signature } from "./signature.ts";

export interface ClassOptions {
  readonly module?: string;
  readonly bases?: readonly PyClass[];
  /** What calling the class does; left out, it cannot be called. */
  readonly construct?: (args: CallArguments) => Value;
  /** What `construct` takes, for those who ask; with or without `self`. */
  readonly signature?: Signature;
  /** Class attributes: `dict.fromkeys`. */
  readonly members?: Readonly<Record<string, Value>>;
  /** Slots of the instances, so that `str.upper` is found. A function, since records and classes name each other. */
  readonly instances?: () => PythonType;
  /** What a class that a cell derives from this one gets as its base, where that is not itself. */
  readonly heir?: () => PyClass;
}

/** What a `class` statement gives to whatever makes the class. */
export interface ClassParts {
  readonly name: string;
  readonly qualname: string;
  readonly bases: readonly PyClass[];
  readonly members: readonly (readonly [string, Value])[];
  readonly keywords: ReadonlyMap<string, Value>;
}

export class PyClass {
  readonly name: string;
  /** Classes of Python that the kernel brings along are told theirs afterwards. */
  module: string;
  readonly bases: readonly PyClass[];
  readonly construct: ((args: CallArguments) => Value) | null;
  readonly signature: Signature | null;
  readonly members: Map<string, Value>;
  readonly instances: (() => PythonType) | null;
  readonly heir: (() => PyClass) | null;
  /** As reprs name it: `Outer.Inner`. */
  qualname: string;
  /** Values that count as instances without being made by the class: `Iterable` knows a list. */
  accepts: ((value: Value) => boolean) | null = null;
  /** What makes the classes that inherit from this one, where they are of their own kind. */
  maker: ((parts: ClassParts) => PyClass) | null = null;
  /** True of classes that cells define, and of what stands among their bases for the eye alone. */
  get subclassable(): boolean {
    return this.heir !== null;
  }
  /** Classes that cells have made of this one. */
  readonly subclasses: PyClass[] = [];
  #order: readonly PyClass[] | null = null;

  constructor(name: string, options: ClassOptions = {}) {
    this.name = name;
    this.qualname = name;
    this.module = options.module ?? "builtins";
    this.bases = options.bases ?? [];
    this.construct = options.construct ?? null;
    this.signature = options.signature ?? null;
    this.members = new Map(Object.entries(options.members ?? {}));
    this.instances = options.instances ?? null;
    this.heir = options.heir ?? null;
  }

  /** Where attributes are looked up, in this order: the class itself first, `object` last. */
  get order(): readonly PyClass[] {
    this.#order ??= linearize(this);
    return this.#order;
  }

  /** A class attribute, its own or the nearest inherited one. */
  find(name: string): Value | undefined {
    for (const type of this.order) {
      const member = type.members.get(name);
      if (member !== undefined) return member;
    }
    return undefined;
  }

  /** Reflexive, as `issubclass` is. Everything is a subclass of `object`. */
  isSubclassOf(other: PyClass): boolean {
    if (this === other || other === objectClass) return true;
    return this.bases.some((base) => base.isSubclassOf(other));
  }

  /** `numpy.ndarray`; built-in names stand alone. */
  get qualifiedName(): string {
    return this.module === "builtins" ? this.qualname : `${this.module}.${this.qualname}`;
  }
}

/** The C3 linearization (Barrett et al. 1996), which is Python's. */
function linearize(type: PyClass): PyClass[] {
  if (type === objectClass) return [type];
  const bases = type.bases.length > 0 ? type.bases : [objectClass];
  const lists = [...bases.map((base) => [...base.order]), [...bases]];
  const order: PyClass[] = [type];
  for (;;) {
    const left = lists.filter((list) => list.length > 0);
    if (left.length === 0) return order;
    const next = left.find(([head]) => !left.some((list) => list.indexOf(head!) > 0))?.[0];
    if (!next) throw new InconsistentOrder(bases);
    order.push(next);
    for (const list of left) if (list[0] === next) list.shift();
  }
}

/** Bases that no order can keep. */
export class InconsistentOrder extends Error {
  constructor(bases: readonly PyClass[]) {
    super(
      `Cannot create a consistent method resolution\norder (MRO) for bases ${bases.map(({ name }) => name).join(", ")}`,
    );
  }
}

/** Modules whose types are written in C: CPython's errors name these types with their module. */
const nativeModules = new Set([
  "numpy",
  "numpy.random._generator",
  "numpy.random.mtrand",
  "functools",
  "itertools",
  "_io",
  "datetime",
]);

/** The same of modules that have both kinds. */
const nativeTypes = new Set(
  ["deque", "defaultdict", "OrderedDict"].map((name) => `collections.${name}`),
);

/** A type's name as CPython's errors give it: `int`, `numpy.ndarray`, `BatchNormalization`. */
export function nameInErrors({ name, module = "builtins" }: PythonType | PyClass): string {
  const native = nativeModules.has(module) || nativeTypes.has(`${module}.${name}`);
  return native ? `${module}.${name}` : name;
}

/** An instance of `object` itself: a bare sentinel. */
export class PlainObject {}

export const objectClass: PyClass = new PyClass("object", { construct: () => new PlainObject() });

registerType(PlainObject, {
  name: "object",
  repr: () => "<object object>",
  hash: (value) => value,
  classOf: () => objectClass,
});
