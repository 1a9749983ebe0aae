/**
 * @file Classes that cells define. Each has a JavaScript class of its own and a record of slots
 * made of its methods, so that its instances are found, called and compared as all values are.
 */
import { type ClassParts, InconsistentOrder, objectClass, PyClass } from "../classes.ts";
import { PyDict, PyList, PySet, PyTuple } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import {
  type CallArguments,
  noKeywords,
  registeredType,
  registerType,
  type Value,
} from "../objects.ts";
import {
  call,
  classOf,
  collect,
  errorTypeName,
  findAttribute,
  invoke,
  typeOf,
} from "../operations.ts";
import { typeClass } from "./callables.ts";
import { listClass, tupleClass } from "./containers.ts";
import { dictClass } from "./dicts.ts";
import { type HasDictionary, Instance } from "./instances.ts";
import { floatClass, integerClass } from "./numbers.ts";
import { PrimitiveInstance } from "./primitives.ts";
import { frozenSetClass, setClass } from "./sets.ts";
import { fill } from "./slotMethods.ts";
import { stringClass } from "./strings.ts";
import { slotsOf } from "./userSlots.ts";

/** The JavaScript class of a class's instances, one to each class. */
export type Allocator = new (type: PyClass, args: readonly Value[]) => object & HasDictionary;

/** The JavaScript class of the instances of a class with this built-in base; null where none can be. */
function instanceClass(base: PyClass): Allocator | null {
  // The instances of a metaclass are classes, which it makes itself.
  if (base === objectClass || base === typeClass) return class extends Instance {};
  if (base.isSubclassOf(exceptionClasses.BaseException)) {
    return class extends PyException {
      readonly dictionary = new PyDict();
    };
  }
  switch (base) {
    case listClass:
      return class extends PyList {
        readonly dictionary = new PyDict();
        // The arguments are for `__init__`, not for what holds the values.
        constructor(..._: readonly unknown[]) {
          super();
        }
      };
    case dictClass:
      return class extends PyDict {
        readonly dictionary = new PyDict();
        // The arguments are for `__init__`, not for what holds the values.
        constructor(..._: readonly unknown[]) {
          super();
        }
      };
    case setClass:
      return class extends PySet {
        readonly dictionary = new PyDict();
        // The arguments are for `__init__`, not for what holds the values.
        constructor(..._: readonly unknown[]) {
          super();
        }
      };
    case frozenSetClass:
      return class extends PySet {
        readonly dictionary = new PyDict();
        constructor(_: PyClass, [items]: readonly Value[]) {
          super(items === undefined ? [] : collect(items), true);
        }
      };
    case tupleClass:
      return class extends PyTuple {
        readonly dictionary = new PyDict();
        constructor(_: PyClass, [items]: readonly Value[]) {
          super(items === undefined ? [] : collect(items));
        }
      };
    case integerClass:
    case floatClass:
    case stringClass:
      return class extends PrimitiveInstance {
        constructor(_: PyClass, positional: readonly Value[]) {
          super(call(base, { positional, keywords: noKeywords }));
        }
      };
    default:
      return null;
  }
}

/** What the classes that are not written in cells tell of themselves. */
export interface ClassTraits {
  readonly module?: string;
  /** Of instances with a state of their own, which a class that inherits extends. */
  readonly allocator?: Allocator | null;
}

/** The instances of a class whose base brings its own kind of them. */
function inheritedClass(type: PyClass): Allocator | null {
  const base = type.order.find((each) => each instanceof UserClass && each.allocator);
  if (!(base instanceof UserClass)) return null;
  const Base = base.allocator!;
  return class extends Base {};
}

export class UserClass extends PyClass {
  override get subclassable(): boolean {
    return true;
  }
  /** The nearest base that no cell defined. */
  readonly builtinBase: PyClass;
  /** Null where the built-in base says what the instances are. */
  readonly allocator: Allocator | null;
  readonly #allocator: Allocator;

  constructor(
    name: string,
    qualname: string,
    bases: readonly PyClass[],
    members: Iterable<readonly [string, Value]>,
    { module = "__main__", allocator: given = null }: ClassTraits = {},
  ) {
    const made: { type?: UserClass } = {};
    super(name, {
      module,
      bases,
      construct: (args) => made.type!.#construct(args),
    });
    made.type = this;
    this.allocator = given;
    this.qualname = qualname;
    for (const [key, value] of members) this.members.set(key, value);
    const builtins = this.order.filter((type) => !type.subclassable);
    this.builtinBase = builtins[0]!;
    const kinds = new Set(builtins.filter((type) => type !== objectClass).map(storage));
    const allocator = given ?? inheritedClass(this) ?? instanceClass(this.builtinBase);
    const { name: baseName, module: baseModule } = this.builtinBase;
    if (!allocator && baseModule !== "builtins") {
      throw pythonError(
        "NotImplementedError",
        `subclasses of ${baseName} are not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged`,
      );
    }
    if (!allocator) {
      throw pythonError(
        "TypeError",
        `type '${this.builtinBase.qualifiedName}' is not an acceptable base type`,
      );
    }
    if (kinds.size > 1 && !given) {
      throw pythonError("TypeError", "multiple bases have instance lay-out conflict");
    }
    this.#allocator = allocator;
    this.refresh();
    for (const base of bases) base.subclasses.push(this);
  }

  /** Takes up methods that the class was given since. */
  refresh(): void {
    const base = registeredType(this.#allocator.prototype)!;
    registerType(this.#allocator, slotsOf(this, base));
    for (const type of this.subclasses) if (type instanceof UserClass) type.refresh();
  }

  /** `object.__new__(type)`. */
  allocate({ positional }: CallArguments): Value {
    const missing = this.abstractMethods();
    if (missing.length > 0) {
      const names = missing.join(", ");
      throw pythonError(
        "TypeError",
        `Can't instantiate abstract class ${this.name} with abstract method${missing.length === 1 ? "" : "s"} ${names}`,
      );
    }
    return new this.#allocator(this, positional);
  }

  /** Names of methods that `abc.abstractmethod` marks and no class overrides. */
  abstractMethods(): string[] {
    const names = new Set(this.order.flatMap((type) => [...type.members.keys()]));
    return [...names].filter((name) => isAbstract(this.find(name)!)).sort();
  }

  #construct(args: CallArguments): Value {
    const make = this.find("__new__");
    const value =
      make === undefined
        ? this.allocate(args)
        : call(make, { positional: [this, ...args.positional], keywords: args.keywords });
    if (!classOf(value).isSubclassOf(this)) return value;
    const initialize = this.find("__init__");
    if (initialize === undefined) {
      if (make === undefined) this.#fill(value, args);
      return value;
    }
    const result = call(initialize, {
      positional: [value, ...args.positional],
      keywords: args.keywords,
    });
    if (result !== null) {
      throw pythonError(
        "TypeError",
        `__init__() should return None, not '${errorTypeName(result)}'`,
      );
    }
    return value;
  }

  /** What a class without `__init__` does with the arguments. */
  #fill(value: Value, args: CallArguments): void {
    if (value instanceof PyList || value instanceof PyDict) fill(value, args, this.builtinBase);
    else if (value instanceof PySet && !value.frozen) fill(value, args, this.builtinBase);
    else if (value instanceof PrimitiveInstance) return;
    else if (value instanceof Instance && args.positional.length + args.keywords.size > 0) {
      throw pythonError("TypeError", `${this.name}() takes no arguments`);
    } else if (value instanceof PyException && args.keywords.size > 0) {
      throw pythonError("TypeError", `${this.name}() takes no keyword arguments`);
    }
  }
}

/** Base classes that lay out their values alike can stand side by side. */
function storage(type: PyClass): PyClass {
  return type.isSubclassOf(exceptionClasses.BaseException) ? exceptionClasses.BaseException : type;
}

function isAbstract(member: Value): boolean {
  if (typeof member !== "object" || member === null) return false;
  const found = findAttribute(member, "__isabstractmethod__");
  if (found === true) return true;
  const getter = findAttribute(member, "fget");
  return getter !== undefined && getter !== null && isAbstract(getter);
}

/** The class that `Generic[T]` and `list[int]` stand for among bases. */
function originOf(base: Value): Value {
  if (base instanceof PyClass) return base;
  const origin = findAttribute(base, "__origin__");
  return origin instanceof PyClass ? origin : base;
}

/** What `class name(bases, **keywords)` makes of the names that its body bound. */
export function makeClass(
  name: string,
  qualname: string,
  given: readonly Value[],
  members: Iterable<readonly [string, Value]>,
  keywords: ReadonlyMap<string, Value> = noKeywords,
): PyClass {
  const bases = given.map(originOf);
  for (const [index, base] of bases.entries()) {
    if (!(base instanceof PyClass)) {
      throw pythonError(
        "TypeError",
        `${errorTypeName(base)} object is not a class to inherit from`,
      );
    }
    if (bases.indexOf(base) < index) {
      throw pythonError("TypeError", `duplicate base class ${base.name}`);
    }
  }
  const metaclass = metaclassOf(bases as readonly PyClass[], keywords.get("metaclass"));
  const others = new Map([...keywords].filter(([key]) => key !== "metaclass"));
  if (metaclass) {
    const parts = [name, new PyTuple(bases), new PyDict(members)];
    const made = call(metaclass, { positional: parts, keywords: others });
    if (made instanceof PyClass) made.qualname = qualname;
    return made as PyClass;
  }
  const parents = (bases as readonly PyClass[]).map((base) => base.heir?.() ?? base);
  const maker = parents.flatMap((base) => base.order).find((base) => base.maker)?.maker;
  const parts = { name, qualname, bases: parents, members: [...members] };
  const type = maker ? maker({ ...parts, keywords: others }) : createClass(parts);
  if (type instanceof UserClass) announce(type, others);
  return type;
}

/** The metaclass that a class asks for or inherits; null where it is `type`, as mostly. */
function metaclassOf(bases: readonly PyClass[], asked: Value | undefined): PyClass | null {
  if (asked instanceof UserClass && asked.isSubclassOf(typeClass)) return asked;
  const base = bases.find((each) => each instanceof MetaInstance);
  return base instanceof MetaInstance ? base.metaclass : null;
}

/** A class whose class is one that a cell made of `type`. */
export class MetaInstance extends UserClass {
  metaclass: PyClass = typeClass;
}

/** `type.__new__(metaclass, name, bases, namespace)`. */
export function makeInstanceOf(metaclass: PyClass, args: CallArguments): PyClass {
  const [name, bases, namespace] = args.positional;
  if (typeof name !== "string" || !(bases instanceof PyTuple) || !(namespace instanceof PyDict)) {
    throw pythonError("TypeError", "type.__new__() argument 1 must be str");
  }
  const members = [...namespace.entries()] as [string, Value][];
  const parents = bases.items as readonly PyClass[];
  const parts = { name, qualname: name, bases: parents, members };
  const type = createClass(parts, {}, MetaInstance) as MetaInstance;
  type.metaclass = metaclass;
  announce(type, args.keywords);
  return type;
}

/** Tells the members of a new class their names, and its bases of it. */
function announce(type: UserClass, keywords: ReadonlyMap<string, Value>): void {
  for (const [key, member] of [...type.members]) {
    const notice = typeof member === "object" && findAttribute(member, "__set_name__");
    if (notice) invoke(notice, type, key);
  }
  const hook = type.order[1]!.find("__init_subclass__");
  if (hook !== undefined) {
    const bound = typeOf(hook).bind?.(hook, undefined, type);
    // A plain function under this name is a class method without saying so.
    if (bound !== undefined && bound !== hook) call(bound, { positional: [], keywords });
    else call(hook, { positional: [type], keywords });
  }
}

/** The class itself, before anybody is told of it. TypeError where its bases cannot be ordered. */
export function createClass(
  { name, qualname, bases, members }: Omit<ClassParts, "keywords">,
  traits: ClassTraits = {},
  Type: typeof UserClass = UserClass,
): UserClass {
  try {
    return new Type(name, qualname, bases, members, traits);
  } catch (thrown) {
    if (thrown instanceof InconsistentOrder) throw pythonError("TypeError", thrown.message);
    throw thrown;
  }
}
