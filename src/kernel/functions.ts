/**
 * @file What other parts write Python-visible things with: functions from signatures, attribute
 * tables, modules.
 */
import { type CallArguments, type PythonType, registeredType, type Value } from "./objects.ts";
import { bindArguments, parseSignature, plainName, type Signature } from "./signature.ts";

/** Arguments by parameter name. Undefined: not given, and the default is spelled `...`. */
export type Bound = Readonly<Record<string, Value | undefined>>;

/** Whatever has a signature. */
export interface Described {
  readonly signature: Signature | null;
}

/** A function or bound method that is not written in Python. */
export class Builtin {
  readonly name: string;
  /** The object that a method is bound to; undefined for functions. */
  readonly self: Value | undefined;
  readonly #invoke: (args: CallArguments) => Value;
  readonly #described: Described | undefined;

  /** @param described What has the signature, for those who ask. */
  constructor(
    name: string,
    invoke: (args: CallArguments) => Value,
    self?: Value,
    described?: Described,
  ) {
    this.name = name;
    this.self = self;
    this.#invoke = invoke;
    this.#described = described;
  }

  /** Null where it is not known. */
  get signature(): Signature | null {
    return this.#described?.signature ?? null;
  }

  call(args: CallArguments): Value {
    return this.#invoke(args);
  }
}

/** Most functions are never called: their text is read at the first call. */
class LazySignature {
  readonly name: string;
  readonly #text: string;
  #signature: Signature | null = null;

  constructor(text: string) {
    this.name = plainName(text.slice(0, text.indexOf("(")));
    this.#text = text;
  }

  /** As written, without the owner's name. */
  get signature(): Signature {
    return parseSignature(this.#text);
  }

  bind(args: CallArguments, owner: string): Bound {
    this.#signature ??= parseSignature(owner + this.#text);
    const values = bindArguments(this.#signature, args);
    const { parameters } = this.#signature;
    const bound: Record<string, Value | undefined> = {};
    for (let index = 0; index < parameters.length; index++) {
      bound[parameters[index]!.name] = values[index];
    }
    return bound;
  }
}

/**
 * A function from its Python signature, the one source of names, order and defaults:
 * `builtin("zeros(shape, dtype=None, order='C')", ({ shape, dtype }) => …)`. `*args` arrives as a
 * `Value[]`, `**kwargs` as a `Map<string, Value>`; `/` and `*` markers work. A default spelled
 * `...` arrives as undefined. Binding errors are TypeErrors in CPython's words.
 */
export function builtin(signature: string, body: (bound: Bound) => Value): Builtin {
  const lazy = new LazySignature(signature);
  return new Builtin(lazy.name, (args) => body(lazy.bind(args, "")), undefined, lazy);
}

export interface AttributeTable<T extends Value> {
  readonly properties?: Readonly<Record<string, (self: T) => Value>>;
  readonly setters?: Readonly<Record<string, (self: T, value: Value) => void>>;
  /** Keyed by signature without self: `"reshape(*shape, order='C')"`. */
  readonly methods?: Readonly<Record<string, (self: T, bound: Bound) => Value>>;
}

/** Attribute slots from tables, to be spread into a `PythonType`. */
export function attributes<T extends Value>(
  table: AttributeTable<T>,
): Required<Pick<PythonType<T>, "getAttribute" | "setAttribute" | "attributeNames">> {
  const properties = new Map(Object.entries(table.properties ?? {}));
  const setters = new Map(Object.entries(table.setters ?? {}));
  const methods = new Map(
    Object.entries(table.methods ?? {}).map(([text, body]) => {
      const signature = new LazySignature(text);
      return [signature.name, { signature, body }] as const;
    }),
  );
  const names = [...properties.keys(), ...methods.keys()];
  return {
    getAttribute(self, name) {
      const method = methods.get(name);
      if (!method) return properties.get(name)?.(self);
      const { signature, body } = method;
      const invoke = (args: CallArguments) => body(self, signature.bind(args, ownerOf(self)));
      return new Builtin(name, invoke, self, signature);
    },
    setAttribute(self, name, value) {
      const setter = setters.get(name);
      setter?.(self, value);
      return setter !== undefined;
    },
    attributeNames: () => names,
  };
}

/** `list.`: how errors qualify a method's name. */
function ownerOf(self: Value): string {
  if (typeof self === "string") return "str.";
  if (typeof self === "bigint") return "int.";
  if (typeof self === "number") return "float.";
  if (typeof self === "object" && self !== null) {
    let type = registeredType(self);
    // A class made of a built-in one has that one's methods.
    for (let at: object = self; type?.classOf?.(self as never).subclassable; ) {
      at = Object.getPrototypeOf(at);
      type = registeredType(at);
    }
    const name = type?.name;
    if (name !== undefined) return `${name}.`;
  }
  return "";
}

/** A module that cells import. A submodule is a member of its parent. */
export class PythonModule {
  readonly name: string;
  readonly members: Map<string, Value>;
  /** What the real module has and this one has not: named, it says so. */
  readonly unsupported: ReadonlySet<string>;

  constructor(
    name: string,
    members: Readonly<Record<string, Value>>,
    unsupported: readonly string[] = [],
  ) {
    this.name = name;
    this.members = new Map(Object.entries(members));
    this.unsupported = new Set(unsupported);
  }
}
