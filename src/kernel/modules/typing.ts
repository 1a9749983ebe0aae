/**
 * @file `typing` and `__future__`: what annotations are made of. They are kept, not enforced.
 */
import { PyClass } from "../classes.ts";
import { PyDict, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { call, findAttribute, isCallable, repr, str } from "../operations.ts";
import { annotationText, GenericAlias } from "../types/callables.ts";
import { listClass, tupleClass } from "../types/containers.ts";
import { dictClass } from "../types/dicts.ts";
import { libraryClass } from "../types/libraryClasses.ts";
import { frozenSetClass, setClass } from "../types/sets.ts";
import { stringClass } from "../types/strings.ts";
import { abstractClasses } from "./collections/abstract.ts";
import { deque } from "./collections/deque.ts";
import { counter, defaultdict, orderedDict } from "./collections/dictionaries.ts";
import { namedTupleClass } from "./collections/namedTuples.ts";

/** `Any`, `Optional[int]`, `List[str]`: a name, with what stood in brackets behind it. */
export class TypingForm {
  readonly name: string;
  readonly parameters: readonly Value[] | null;
  /** The class that it stands for at run time. */
  readonly origin: PyClass | null;

  constructor(
    name: string,
    parameters: readonly Value[] | null = null,
    origin: PyClass | null = null,
  ) {
    this.name = name;
    this.parameters = parameters;
    this.origin = origin;
  }
}

const noneType = (value: Value) => (value === null ? "NoneType" : annotationText(value));

function formText({ name, parameters }: TypingForm): string {
  if (parameters === null) return `typing.${name}`;
  const text = name === "Optional" || name === "Union" ? noneType : parameterText;
  return `typing.${name}[${parameters.map(text).join(", ")}]`;
}

function parameterText(value: Value): string {
  return value === null ? "None" : annotationText(value);
}

/** `X | Y`, and `Union[X, Y]`, in which `None` makes an `Optional`. */
function union(members: readonly Value[]): Value {
  const flat = members.flatMap((member) => {
    if (!(member instanceof TypingForm)) return [member];
    if (member.name === "Union") return member.parameters ?? [];
    return member.name === "Optional" ? [...(member.parameters ?? []), null] : [member];
  });
  const distinct = flat.filter((member, index) => flat.indexOf(member) === index);
  if (distinct.length === 1) return distinct[0]!;
  if (distinct.length === 2 && distinct.includes(null)) {
    return new TypingForm("Optional", [distinct.find((member) => member !== null)!]);
  }
  return new TypingForm("Union", distinct);
}

registerType(TypingForm, {
  name: "_SpecialForm",
  module: "typing",
  repr: formText,
  hash: (value) => `\0typing:${formText(value)}`,
  compare(operator, left, right) {
    if (!(left instanceof TypingForm && right instanceof TypingForm)) return undefined;
    const same = formText(left) === formText(right);
    return operator === "==" ? same : operator === "!=" ? !same : undefined;
  },
  getItem({ name, origin }, index) {
    const items = index instanceof PyTuple ? index.items : [index];
    if (name === "Union") return union(items);
    if (name === "Optional") return union([...items, null]);
    return new TypingForm(name, items, origin);
  },
  call({ name, origin }, args) {
    if (origin) return call(origin, args);
    throw pythonError("TypeError", `Cannot instantiate typing.${name}`);
  },
  binary: (operator, left, right) => (operator === "|" ? union([left, right]) : undefined),
  getAttribute(value, name) {
    if (name === "__args__") return new PyTuple(value.parameters ?? []);
    if (name === "__origin__") return value.origin ?? new TypingForm(value.name);
    return name === "__name__" || name === "_name" ? value.name : undefined;
  },
});

/** `TypeVar("T")`. */
class TypeVariable {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

registerType(TypeVariable, {
  name: "TypeVar",
  module: "typing",
  repr: ({ name }) => `~${name}`,
  hash: (value) => value,
  binary: (operator, left, right) => (operator === "|" ? union([left, right]) : undefined),
  getAttribute: ({ name }, attribute) => (attribute === "__name__" ? name : undefined),
});

/** A function that changes by nothing what it is given. */
const unchanged = (signature: string, parameter: string) =>
  builtin(signature, (bound) => bound[parameter]!);

const plainForms = [
  "Annotated",
  "Any",
  "AnyStr",
  "ClassVar",
  "Concatenate",
  "Final",
  "Literal",
  "LiteralString",
  "Never",
  "NoReturn",
  "NotRequired",
  "Optional",
  "Required",
  "Self",
  "TypeAlias",
  "TypeGuard",
  "Union",
  "Unpack",
];

const origins: Readonly<Record<string, PyClass>> = {
  Counter: counter,
  DefaultDict: defaultdict,
  Deque: deque,
  Dict: dictClass,
  FrozenSet: frozenSetClass,
  List: listClass,
  OrderedDict: orderedDict,
  Set: setClass,
  Tuple: tupleClass,
  Type: new PyClass("type"),
};

const abstractNames = [
  "Callable",
  "Collection",
  "Container",
  "Generator",
  "Hashable",
  "ItemsView",
  "Iterable",
  "Iterator",
  "KeysView",
  "Mapping",
  "MutableMapping",
  "MutableSequence",
  "MutableSet",
  "Reversible",
  "Sequence",
  "Sized",
  "ValuesView",
];

/** `class A(Generic[T])`, `class P(Protocol)`: nothing is inherited but the name. */
const generic = libraryClass({ module: "typing", name: "Generic", methods: {} });
const protocol = libraryClass({ module: "typing", name: "Protocol", methods: {} });

/** `class D(TypedDict)`: at run time a dictionary. */
const typedDict: PyClass = new PyClass("TypedDict", { module: "typing" });
typedDict.maker = ({ name, qualname, members }) => {
  const made = new PyClass(name, {
    module: "__main__",
    construct: dictClass.construct!,
    members: Object.fromEntries(members),
  });
  made.qualname = qualname;
  return made;
};

function typeHints(value: Value): PyDict {
  const found = findAttribute(value, "__annotations__");
  const hints = new PyDict();
  if (value instanceof PyClass) {
    for (const type of [...value.order].reverse()) {
      const own = type.members.get("__annotations__");
      if (own instanceof PyDict) for (const [key, hint] of own.entries()) hints.set(key, hint);
    }
  } else if (found instanceof PyDict) {
    for (const [key, hint] of found.entries()) hints.set(key, hint);
  } else {
    throw pythonError("TypeError", `${repr(value)} is not a module, class, method, or function.`);
  }
  return hints;
}

/** `NewType("UserId", int)`: a function that gives back what it gets. */
class NewType {
  readonly name: string;
  readonly supertype: Value;

  constructor(name: string, supertype: Value) {
    this.name = name;
    this.supertype = supertype;
  }
}

registerType(NewType, {
  name: "NewType",
  module: "typing",
  repr: ({ name }) => `__main__.${name}`,
  hash: (value) => value,
  call: (_, { positional: [value] }) => value ?? null,
  getAttribute: ({ name, supertype }, attribute) =>
    attribute === "__name__" ? name : attribute === "__supertype__" ? supertype : undefined,
});

function parametersOf(value: Value): readonly Value[] {
  if (value instanceof TypingForm) {
    const items = value.parameters ?? [];
    return value.name === "Optional" ? [...items, objectNone] : items;
  }
  if (!(value instanceof GenericAlias)) return [];
  return value.parameters instanceof PyTuple ? value.parameters.items : [value.parameters];
}

const objectNone = new PyClass("NoneType");

export function typingModule(): PythonModule {
  return new PythonModule("typing", {
    ...Object.fromEntries(plainForms.map((name) => [name, new TypingForm(name)])),
    ...Object.fromEntries(
      Object.entries(origins).map(([name, origin]) => [name, new TypingForm(name, null, origin)]),
    ),
    ...Object.fromEntries(
      abstractNames.map((name) => [name, new TypingForm(name, null, abstractClasses[name]!)]),
    ),
    Generic: generic,
    NamedTuple: namedTupleClass,
    Protocol: protocol,
    TYPE_CHECKING: false,
    Text: stringClass,
    TypedDict: typedDict,
    NewType: builtin("NewType(name, tp)", ({ name, tp }) => new NewType(str(name!), tp!)),
    ParamSpec: builtin("ParamSpec(name, **kwargs)", ({ name }) => new TypeVariable(str(name!))),
    TypeVar: builtin(
      "TypeVar(name, *constraints, bound=None, covariant=False, contravariant=False)",
      ({ name }) => new TypeVariable(str(name!)),
    ),
    SupportsFloat: new TypingForm("SupportsFloat"),
    SupportsIndex: new TypingForm("SupportsIndex"),
    SupportsInt: new TypingForm("SupportsInt"),
    cast: unchanged("cast(typ, val)", "val"),
    final: unchanged("final(f)", "f"),
    get_args: builtin("get_args(tp)", ({ tp }) => new PyTuple(parametersOf(tp!))),
    get_origin: builtin("get_origin(tp)", ({ tp }) => findAttribute(tp!, "__origin__") ?? null),
    get_type_hints: builtin(
      "get_type_hints(obj, globalns=None, localns=None, include_extras=False)",
      ({ obj }) => typeHints(obj!),
    ),
    no_type_check: unchanged("no_type_check(arg)", "arg"),
    overload: unchanged("overload(func)", "func"),
    runtime_checkable: builtin("runtime_checkable(cls)", ({ cls }) => checkable(cls!)),
  });
}

/** Lets `isinstance` ask for the methods of a protocol. */
function checkable(type: Value): Value {
  if (!(type instanceof PyClass)) return type;
  const names = [...type.members]
    .filter(([name, member]) => isCallable(member) && !/^__(?:init|slots)__$/.test(name))
    .map(([name]) => name);
  type.accepts = (value) => names.every((name) => findAttribute(value, name) !== undefined);
  return type;
}

/** The features that this language has anyway. */
export function futureModule(): PythonModule {
  const features = [
    "annotations",
    "division",
    "print_function",
    "absolute_import",
    "unicode_literals",
    "generator_stop",
  ];
  return new PythonModule(
    "__future__",
    Object.fromEntries(features.map((name) => [name, new TypingForm(name)])),
  );
}
