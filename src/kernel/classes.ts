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
}

export class PyClass {
  readonly name: string;
  readonly module: string;
  readonly bases: readonly PyClass[];
  readonly construct: ((args: CallArguments) => Value) | null;
  readonly signature: Signature | null;
  readonly members: Map<string, Value>;
  readonly instances: (() => PythonType) | null;

  constructor(name: string, options: ClassOptions = {}) {
    this.name = name;
    this.module = options.module ?? "builtins";
    this.bases = options.bases ?? [];
    this.construct = options.construct ?? null;
    this.signature = options.signature ?? null;
    this.members = new Map(Object.entries(options.members ?? {}));
    this.instances = options.instances ?? null;
  }

  /** Reflexive, as `issubclass` is. Everything is a subclass of `object`. */
  isSubclassOf(other: PyClass): boolean {
    if (this === other || other === objectClass) return true;
    return this.bases.some((base) => base.isSubclassOf(other));
  }

  /** `numpy.ndarray`; built-in names stand alone. */
  get qualifiedName(): string {
    return this.module === "builtins" ? this.name : `${this.module}.${this.name}`;
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
]);

/** A type's name as CPython's errors give it: `int`, `numpy.ndarray`, `BatchNormalization`. */
export function nameInErrors({ name, module = "builtins" }: PythonType | PyClass): string {
  return nativeModules.has(module) ? `${module}.${name}` : name;
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
