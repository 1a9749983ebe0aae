/**
 * @file `pprint`: values over as many lines as their width asks for.
 */
import { PyClass } from "../classes.ts";
import { PyDict, type PyList, type PySet, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { type Bound, builtin, PythonModule } from "../functions.ts";
import { identity } from "../hashing.ts";
import type { Value } from "../objects.ts";
import { call, classOf, compare, getAttribute, repr, str, toCount, truth } from "../operations.ts";
import type { Session } from "../session.ts";
import { listClass, tupleClass } from "../types/containers.ts";
import { dictClass } from "../types/dicts.ts";
import type { HasDictionary } from "../types/instances.ts";
import { libraryClass } from "../types/libraryClasses.ts";
import type { MethodBody } from "../types/methods.ts";
import { frozenSetClass, setClass } from "../types/sets.ts";
import { deque } from "./collections/deque.ts";
import { counter, defaultdict, orderedDict } from "./collections/dictionaries.ts";

interface Style {
  readonly indent: number;
  readonly width: number;
  /** Null: as deep as it goes. */
  readonly depth: number | null;
  readonly compact: boolean;
  readonly sortDicts: boolean;
  readonly underscores: boolean;
}

const styleSignature =
  "indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False";

function styleOf(bound: Bound): Style {
  return {
    indent: toCount(bound["indent"]!),
    width: toCount(bound["width"]!),
    depth: bound["depth"] === null ? null : toCount(bound["depth"]!),
    compact: truth(bound["compact"]!),
    sortDicts: truth(bound["sort_dicts"]!),
    underscores: truth(bound["underscore_numbers"]!),
  };
}

/** Keys of different types are ordered by the names of the types, as nothing else orders them. */
function safeLess(a: Value, b: Value): boolean {
  try {
    return truth(compare("<", a, b));
  } catch {
    return classOf(a).qualifiedName < classOf(b).qualifiedName;
  }
}

function entriesOf(dict: PyDict, { sortDicts }: Style): (readonly [Value, Value])[] {
  const entries = [...dict.entries()];
  if (!sortDicts) return entries;
  return entries.sort(([a], [b]) => (safeLess(a, b) ? -1 : safeLess(b, a) ? 1 : 0));
}

/** CPython's own recursion ends about here. */
const deepest = 900;

/** The whole of a value on one line. */
function oneLine(value: Value, style: Style, level: number, around: readonly Value[]): string {
  if (typeof value === "bigint" && style.underscores) {
    return String(value).replace(/\B(?=(\d{3})+$)/g, "_");
  }
  const type = typeof value === "object" && value !== null ? classOf(value) : null;
  if (!type) return repr(value);
  const isDict = type === dictClass;
  const isSequence = type === listClass || type === tupleClass;
  if (!isDict && !isSequence) return repr(value);
  const items = isDict ? (value as PyDict).size : (value as PyList).items.length;
  const [open, close] = isDict ? "{}" : type === listClass ? "[]" : "()";
  if (items === 0) return `${open}${close}`;
  if (style.depth !== null && level >= style.depth) return `${open}...${close}`;
  if (around.includes(value!))
    return `<Recursion on ${type.name} with id=${identity(value as object)}>`;
  if (around.length >= deepest) {
    throw pythonError("RecursionError", "maximum recursion depth exceeded");
  }
  const inside = [...around, value];
  const text = (item: Value) => oneLine(item, style, level + 1, inside);
  if (isDict) {
    const texts = entriesOf(value as PyDict, style).map(
      ([key, item]) => `${text(key)}: ${text(item)}`,
    );
    return `{${texts.join(", ")}}`;
  }
  const texts = (value as PyList | PyTuple).items.map(text);
  const comma = type === tupleClass && texts.length === 1 ? "," : "";
  return `${open}${texts.join(", ")}${comma}${close}`;
}

class Printer {
  readonly style: Style;

  constructor(style: Style) {
    this.style = style;
  }

  /** @param allowance Room that what follows on the last line needs. */
  format(value: Value, indent: number, allowance: number, level: number): string {
    const text = oneLine(value, this.style, level, []);
    const room = this.style.width - indent - allowance;
    if (text.length <= room) return text;
    return this.#broken(value, indent, allowance, level + 1) ?? text;
  }

  #broken(value: Value, indent: number, allowance: number, level: number): string | null {
    const { depth } = this.style;
    if (depth !== null && level > depth) return null;
    if (typeof value === "string") return this.#text(value, indent, allowance, level);
    if (typeof value !== "object" || value === null) return null;
    const type = classOf(value);
    switch (type) {
      case dictClass:
        return this.#dict(value as PyDict, indent, allowance, level);
      case listClass:
        return this.#sequence("[", (value as PyList).items, "]", indent, allowance, level);
      case tupleClass: {
        const { items } = value as PyTuple;
        const close = items.length === 1 ? ",)" : ")";
        return this.#sequence("(", items, close, indent, allowance, level);
      }
      case setClass:
      case frozenSetClass:
        return this.#set(value as PySet, indent, allowance, level);
      case orderedDict: {
        const items = [...(value as PyDict).entries()].map((entry) => new PyTuple(entry));
        const inner = this.#sequence("[", items, "]", indent + 12, allowance + 1, level);
        return `OrderedDict(${inner})`;
      }
      case counter: {
        const items = call(getAttribute(value, "most_common"), noArguments) as PyList;
        const entries = items.items.map((pair) => (pair as PyTuple).items as [Value, Value]);
        return `Counter({${this.#entries(entries, indent + 8, allowance + 2, level)}})`;
      }
      case defaultdict: {
        const factory = oneLine(getAttribute(value, "default_factory"), this.style, level, []);
        const inner = this.#dict(value as PyDict, indent + 12, allowance + 1, level);
        return `defaultdict(${factory},\n${" ".repeat(indent + 12)}${inner})`;
      }
      case deque: {
        const { items } = value as unknown as PyList;
        return `deque(${this.#sequence("[", items, "]", indent + 6, allowance + 1, level)})`;
      }
    }
    return this.#dataclass(value, type, indent, allowance, level);
  }

  #dataclass(
    value: object,
    type: PyClass,
    indent: number,
    allowance: number,
    level: number,
  ): string | null {
    const fields = type.find("__dataclass_fields__");
    if (!(fields instanceof PyDict) || value instanceof PyClass) return null;
    if (!repr(value).startsWith(`${type.qualname}(`)) return null;
    const shown = fields
      .values()
      .filter((field) => getAttribute(field, "repr") === true)
      .map((field) => str(getAttribute(field, "name")));
    const inner = indent + type.name.length + 1;
    const texts = shown.map((name, index) => {
      const last = index === shown.length - 1;
      const item = getAttribute(value, name);
      const after = last ? allowance + 1 : 1;
      return `${name}=${this.format(item, inner + name.length + 1, after, level)}`;
    });
    return `${type.name}(${texts.join(`,\n${" ".repeat(inner)}`)})`;
  }

  #open(bracket: string): string {
    return bracket + " ".repeat(Math.max(this.style.indent - 1, 0));
  }

  #dict(dict: PyDict, indent: number, allowance: number, level: number): string {
    const entries = entriesOf(dict, this.style);
    const inner = this.#entries(entries, indent, allowance + 1, level);
    return `${this.#open("{")}${inner}}`;
  }

  #entries(
    entries: readonly (readonly [Value, Value])[],
    indent: number,
    allowance: number,
    level: number,
  ): string {
    const inner = indent + this.style.indent;
    const texts = entries.map(([key, item], index) => {
      const last = index === entries.length - 1;
      const name = oneLine(key, this.style, level, []);
      const after = last ? allowance : 1;
      return `${name}: ${this.format(item, inner + name.length + 2, after, level)}`;
    });
    return texts.join(`,\n${" ".repeat(inner)}`);
  }

  #set(set: PySet, indent: number, allowance: number, level: number): string {
    if (set.size === 0) return repr(set);
    const sorted = [...set].sort((a, b) => (safeLess(a, b) ? -1 : safeLess(b, a) ? 1 : 0));
    if (!set.frozen) return this.#sequence("{", sorted, "}", indent, allowance, level);
    return this.#sequence("frozenset({", sorted, "})", indent + 10, allowance, level);
  }

  #sequence(
    open: string,
    items: readonly Value[],
    close: string,
    indent: number,
    allowance: number,
    level: number,
  ): string {
    const inner = indent + this.style.indent;
    const after = allowance + close.length;
    return this.#open(open) + this.#items(items, inner, after, level) + close;
  }

  #items(items: readonly Value[], indent: number, allowance: number, level: number): string {
    const next = `,\n${" ".repeat(indent)}`;
    const { compact, width } = this.style;
    let text = "";
    let separator = "";
    const most = width - indent;
    let room = most;
    for (const [index, item] of items.entries()) {
      const last = index === items.length - 1;
      if (compact) {
        const line = oneLine(item, this.style, level, []);
        const size = line.length + 2;
        const limit = last ? most - allowance : most;
        if (room < size) {
          room = limit;
          if (separator) separator = next;
        }
        if (room >= size) {
          room -= size;
          text += separator + line;
          separator = ", ";
          continue;
        }
      }
      text += separator + this.format(item, indent, last ? allowance : 1, level);
      separator = next;
    }
    return text;
  }

  /** A long text as pieces side by side, broken where there are spaces. */
  #text(value: string, indent: number, allowance: number, level: number): string | null {
    if (value === "") return null;
    const lines = value.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const outer = level === 1;
    const shift = outer ? 1 : 0;
    const room = this.style.width - indent - shift;
    const chunks: string[] = [];
    for (const [index, line] of lines.entries()) {
      const text = repr(line);
      const isLast = index === lines.length - 1;
      if (text.length <= room - (isLast ? allowance + shift : 0)) {
        chunks.push(text);
        continue;
      }
      const parts = (line.match(/\S*\s*/g) ?? []).filter((part) => part !== "");
      let current = "";
      for (const [at, part] of parts.entries()) {
        const candidate = current + part;
        const ends = isLast && at === parts.length - 1;
        if (repr(candidate).length > room - (ends ? allowance + shift : 0)) {
          if (current !== "") chunks.push(repr(current));
          current = part;
        } else current = candidate;
      }
      if (current !== "") chunks.push(repr(current));
    }
    if (chunks.length === 1) return chunks[0]!;
    const joined = chunks.join(`\n${" ".repeat(indent + shift)}`);
    return outer ? `(${joined})` : joined;
  }
}

const noArguments = { positional: [], keywords: new Map<string, Value>() };

function formatted(value: Value, style: Style): string {
  return new Printer(style).format(value, 0, 0, 0);
}

export function pprintModule(session: Session): PythonModule {
  const write = (stream: Value | undefined, text: string) => {
    const out = stream ?? session.importModule("sys").members.get("stdout")!;
    call(getAttribute(out, "write"), { positional: [text], keywords: new Map() });
    return null;
  };
  const kept = (self: Value) => (self as HasDictionary).dictionary;
  const styleFrom = (self: Value) => styleOf(Object.fromEntries(kept(self).entries()) as Bound);
  const print: MethodBody = (self, { object }) =>
    write(kept(self).get("stream") ?? undefined, `${formatted(object!, styleFrom(self))}\n`);
  const printer = libraryClass({
    module: "pprint",
    name: "PrettyPrinter",
    methods: {
      "__init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False)":
        (self, bound) => {
          for (const [name, value] of Object.entries(bound)) {
            if (name !== "self") kept(self).set(name, value!);
          }
          return null;
        },
      "pprint(self, object)": print,
      "pformat(self, object)": (self, { object }) => formatted(object!, styleFrom(self)),
    },
  });
  const printed = (name: string, sort: boolean) =>
    builtin(
      `${name}(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=${sort ? "True" : "False"}, underscore_numbers=False)`,
      (bound) =>
        write(bound["stream"] ?? undefined, `${formatted(bound["object"]!, styleOf(bound))}\n`),
    );
  return new PythonModule("pprint", {
    PrettyPrinter: printer,
    pformat: builtin(`pformat(object, ${styleSignature})`, (bound) =>
      formatted(bound["object"]!, styleOf(bound)),
    ),
    pp: printed("pp", false),
    pprint: printed("pprint", true),
    saferepr: builtin("saferepr(object)", ({ object }) => repr(object!)),
  });
}
