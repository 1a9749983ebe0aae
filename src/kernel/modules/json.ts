/** @file `json`: `dumps` and `loads`, with CPython's spelling of numbers, text and errors. */

import { PyClass } from "../classes.ts";
import { PyDict, PyList, PyTuple } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import { type Bound, builtin, PythonModule } from "../functions.ts";
import { checkSometimes } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import {
  errorTypeName,
  getAttribute,
  grow,
  invoke,
  iterate,
  repr,
  toCount,
  truth,
} from "../operations.ts";
import type { HasDictionary } from "../types/instances.ts";
import { libraryClass } from "../types/libraryClasses.ts";

const decodeError: PyClass = new PyClass("JSONDecodeError", {
  module: "json.decoder",
  bases: [exceptionClasses.ValueError],
  construct: ({ positional }) => new PyException(decodeError, positional),
});

interface Style {
  /** One level's indentation; null writes everything on one line. */
  readonly indent: string | null;
  readonly between: string;
  readonly afterKey: string;
  readonly sorted: boolean;
  readonly ascii: boolean;
  readonly write: (value: Value) => Value;
}

function notSerializable(value: Value): PyException {
  return pythonError(
    "TypeError",
    `Object of type ${errorTypeName(value).split(".").at(-1)} is not JSON serializable`,
  );
}

function styleOf({ indent, separators, sort_keys, ensure_ascii, default: fallback }: Bound): Style {
  const level =
    indent === null ? null : typeof indent === "string" ? indent : " ".repeat(toCount(indent!));
  const [between, afterKey] =
    separators === null
      ? [level === null ? ", " : ",", ": "]
      : ([...iterate(separators!)] as [string, string]);
  return {
    indent: level,
    between,
    afterKey,
    sorted: truth(sort_keys!),
    ascii: truth(ensure_ascii!),
    write: (value) => {
      if (fallback === null) throw notSerializable(value);
      return invoke(fallback!, value);
    },
  };
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function quote(text: string, ascii: boolean): string {
  const unsafe = ascii ? /["\\]|[^ -~]/g : /["\\\p{Cc}]/gu;
  const escaped = text.replace(unsafe, (unit) => {
    const known = escapes[unit];
    if (known !== undefined) return known;
    const code = unit.charCodeAt(0);
    return code >= 0x7f && !ascii ? unit : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

function plain(value: Value, style: Style): string | undefined {
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string") return quote(value, style.ascii);
  if (typeof value !== "number") return undefined;
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return repr(value);
}

function keyText(key: Value, style: Style): string {
  const text = typeof key === "string" ? quote(key, style.ascii) : plain(key, style);
  if (text === undefined) {
    throw pythonError(
      "TypeError",
      `keys must be str, int, float, bool or None, not ${errorTypeName(key)}`,
    );
  }
  return typeof key === "string" ? text : `"${text}"`;
}

function encode(value: Value, style: Style, depth: number): string {
  checkSometimes();
  const simple = plain(value, style);
  if (simple !== undefined) return simple;
  if (value instanceof PyList || value instanceof PyTuple) {
    const items = value.items.map((item) => encode(item, style, depth + 1));
    return enclose("[", items, "]", style, depth);
  }
  if (value instanceof PyDict) {
    const entries = [...value.entries()];
    if (style.sorted) entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    const items = entries.map(
      ([key, item]) => keyText(key, style) + style.afterKey + encode(item, style, depth + 1),
    );
    return enclose("{", items, "}", style, depth);
  }
  return encode(style.write(value), style, depth);
}

function enclose(
  open: string,
  items: readonly string[],
  close: string,
  style: Style,
  depth: number,
) {
  if (items.length === 0) return open + close;
  if (style.indent === null) return open + items.join(style.between) + close;
  const inner = `\n${style.indent.repeat(depth + 1)}`;
  const outer = `\n${style.indent.repeat(depth)}`;
  return open + inner + items.join(style.between + inner) + outer + close;
}

class Reader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Value {
    this.#space();
    const value = this.#value();
    this.#space();
    if (this.#position < this.#text.length) throw this.#wrong("Extra data");
    return value;
  }

  #wrong(what: string, position = this.#position): PyException {
    const before = this.#text.slice(0, position).split("\n");
    const place = `line ${before.length} column ${before.at(-1)!.length + 1} (char ${position})`;
    return new PyException(decodeError, [`${what}: ${place}`]);
  }

  #space(): void {
    while (/[ \t\n\r]/.test(this.#text[this.#position] ?? "")) this.#position++;
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#position)) return false;
    this.#position += token.length;
    return true;
  }

  #value(): Value {
    const start = this.#position;
    if (this.#take('"')) return this.#string(start);
    if (this.#take("{")) return this.#dict();
    if (this.#take("[")) return this.#list();
    for (const [word, value] of words) if (this.#take(word)) return value;
    const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
    number.lastIndex = start;
    const found = number.exec(this.#text);
    if (!found) throw this.#wrong("Expecting value");
    this.#position = number.lastIndex;
    return found[1] || found[2] ? Number(found[0]) : BigInt(found[0]);
  }

  #string(start: number): string {
    const whole = /(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
    whole.lastIndex = this.#position;
    const found = whole.exec(this.#text);
    if (!found) throw this.#wrong("Unterminated string starting at", start);
    this.#position = whole.lastIndex;
    return JSON.parse(`"${found[0]}`) as string;
  }

  #list(): PyList {
    const items: Value[] = [];
    this.#space();
    if (this.#take("]")) return new PyList(items);
    for (;;) {
      this.#space();
      grow(items, this.#value());
      this.#space();
      if (this.#take("]")) return new PyList(items);
      if (!this.#take(",")) throw this.#wrong("Expecting ',' delimiter");
    }
  }

  #dict(): PyDict {
    const dict = new PyDict();
    this.#space();
    if (this.#take("}")) return dict;
    for (;;) {
      this.#space();
      const start = this.#position;
      if (!this.#take('"')) {
        throw this.#wrong("Expecting property name enclosed in double quotes");
      }
      const key = this.#string(start);
      this.#space();
      if (!this.#take(":")) throw this.#wrong("Expecting ':' delimiter");
      this.#space();
      dict.set(key, this.#value());
      this.#space();
      if (this.#take("}")) return dict;
      if (!this.#take(",")) throw this.#wrong("Expecting ',' delimiter");
    }
  }
}

const words: readonly (readonly [string, Value])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
];

/** `JSONEncoder`, of which others are made for what has no spelling of its own. */
const encoder = libraryClass({
  module: "json.encoder",
  name: "JSONEncoder",
  methods: {
    "__init__(self, **kwargs)": (self, { kwargs }) => {
      const { dictionary } = self as HasDictionary;
      for (const [key, value] of kwargs as Map<string, Value>) dictionary.set(key, value);
      return null;
    },
    "default(self, o)": (_, { o }) => {
      throw notSerializable(o!);
    },
    "encode(self, o)": (self, { o }) => {
      const { dictionary } = self as HasDictionary;
      const option = (name: string, otherwise: Value) => dictionary.get(name) ?? otherwise;
      const style = styleOf({
        indent: option("indent", null),
        separators: option("separators", null),
        sort_keys: option("sort_keys", false),
        ensure_ascii: option("ensure_ascii", true),
        default: getAttribute(self, "default"),
      });
      return encode(o!, style, 0);
    },
  },
});

/** `import json`. */
export function jsonModule(): PythonModule {
  return new PythonModule("json", {
    JSONDecodeError: decodeError,
    JSONEncoder: encoder,
    dumps: builtin(
      "dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, " +
        "cls=None, indent=None, separators=None, default=None, sort_keys=False)",
      (bound) => {
        const { cls, obj } = bound;
        if (cls === null) return encode(obj!, styleOf(bound), 0);
        const own = invoke(cls!);
        const fallback = getAttribute(own, "default");
        return encode(obj!, styleOf({ ...bound, default: fallback }), 0);
      },
    ),
    loads: builtin("loads(s)", ({ s }) => {
      if (typeof s === "string") return new Reader(s).document();
      throw pythonError(
        "TypeError",
        `the JSON object must be str, bytes or bytearray, not ${errorTypeName(s!)}`,
      );
    }),
  });
}
