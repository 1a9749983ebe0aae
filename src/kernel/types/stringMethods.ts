/**
 * @file The methods of `str`.
 */
import { PyDict, PyList, PySlice, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { formatTemplate } from "../formatting/templates.ts";
import { codePoints, sliceText, stringRepr, textLength } from "../formatting/text.ts";
import { attributes, type Bound, Builtin, builtin } from "../functions.ts";
import { checkInterrupt, checkSometimes } from "../interrupts.ts";
import type { CallArguments, Value } from "../objects.ts";
import { errorTypeName, getItem, grow, iterate, toIndex, truth, typeOf } from "../operations.ts";
import { encode } from "./bytes.ts";
import { sliceIndices } from "./sequences.ts";

// What Python calls white space, which is not quite what `\s` matches.
const space =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const leadingSpace = new RegExp(`^${space}+`);
const trailingSpace = new RegExp(`${space}+$`);
const spaces = new RegExp(`${space}+`);

function requireText(value: Value | undefined, what: string): string {
  if (typeof value === "string") return value;
  throw pythonError("TypeError", `${what} must be str, not ${errorTypeName(value ?? null)}`);
}

function strip(text: string, characters: Value, left: boolean, right: boolean): string {
  if (characters === null) {
    const start = left ? text.replace(leadingSpace, "") : text;
    return right ? start.replace(trailingSpace, "") : start;
  }
  if (typeof characters !== "string") {
    throw pythonError("TypeError", "strip arg must be None or str");
  }
  const set = new Set(codePoints(characters));
  const points = codePoints(text);
  let from = 0;
  let to = points.length;
  while (left && from < to && set.has(points[from]!)) from++;
  while (right && to > from && set.has(points[to - 1]!)) to--;
  return points.slice(from, to).join("");
}

function separatorOf(value: Value): string {
  if (typeof value !== "string") {
    throw pythonError("TypeError", `must be str or None, not ${errorTypeName(value)}`);
  }
  if (value === "") throw pythonError("ValueError", "empty separator");
  return value;
}

function limitOf(maxsplit: Value | undefined): number {
  const limit = Number(toIndex(maxsplit ?? -1n));
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}

function split(text: string, separator: Value, limit: number): string[] {
  const parts: string[] = [];
  if (separator === null) {
    let rest = text.replace(leadingSpace, "");
    while (rest !== "" && parts.length < limit) {
      const match = spaces.exec(rest);
      if (!match) break;
      grow(parts, rest.slice(0, match.index));
      rest = rest.slice(match.index + match[0].length);
    }
    if (rest !== "") parts.push(rest);
    // What follows the last allowed split keeps its inner, not its trailing white space.
    else if (text === "") return [];
    return limit === Number.POSITIVE_INFINITY || parts.length <= limit
      ? parts
      : [...parts.slice(0, -1), parts.at(-1)!];
  }
  const by = separatorOf(separator);
  let from = 0;
  while (parts.length < limit) {
    const at = text.indexOf(by, from);
    if (at < 0) break;
    grow(parts, text.slice(from, at));
    from = at + by.length;
  }
  parts.push(text.slice(from));
  return parts;
}

function splitFromRight(text: string, separator: Value, limit: number): string[] {
  const parts: string[] = [];
  if (separator === null) {
    let rest = text.replace(trailingSpace, "");
    while (rest !== "" && parts.length < limit) {
      const match = new RegExp(`^([^]*)${space}`).exec(rest);
      if (!match) break;
      parts.unshift(rest.slice(match[0].length));
      rest = rest.slice(0, match[0].length).replace(trailingSpace, "");
    }
    if (rest !== "") parts.unshift(rest);
    return parts;
  }
  const by = separatorOf(separator);
  let rest = text;
  while (parts.length < limit) {
    const at = rest.lastIndexOf(by);
    if (at < 0) break;
    parts.unshift(rest.slice(at + by.length));
    rest = rest.slice(0, at);
  }
  parts.unshift(rest);
  return parts;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are line ends to Python.
const lineEnd = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

function splitLines(text: string, keepEnds: boolean): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const match of text.matchAll(lineEnd)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(from, keepEnds ? end : match.index));
    from = end;
  }
  if (from < text.length) lines.push(text.slice(from));
  return lines;
}

/** Position in code points, or -1. */
function find(self: string, { sub, start, end }: Bound, last: boolean): number {
  const wanted = requireText(sub, "argument");
  const length = textLength(self);
  const range = sliceIndices(new PySlice(start ?? null, end ?? null, null), length);
  const startIndex = start === undefined || start === null ? 0n : toIndex(start);
  if (startIndex > BigInt(length)) return -1;
  if (range.stop < range.start) return -1;
  const text = sliceText(self, range.start, 1, range.stop - range.start);
  const at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
  return at < 0 ? -1 : range.start + textLength(text.slice(0, at));
}

/** How often a text that is not empty occurs, without overlaps. */
function occurrences(text: string, wanted: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    checkSometimes();
    count++;
  }
  return count;
}

function affix(self: string, { prefix, start, end }: Bound, name: string): boolean {
  const range = sliceIndices(new PySlice(start ?? null, end ?? null, null), textLength(self));
  if (range.start > range.stop) return false;
  const text = sliceText(self, range.start, 1, range.stop - range.start);
  const wanted = prefix instanceof PyTuple ? prefix.items : [prefix!];
  return wanted.some((item) => {
    if (typeof item !== "string") {
      const given = errorTypeName(item);
      throw pythonError(
        "TypeError",
        prefix instanceof PyTuple
          ? `tuple for ${name} must only contain str, not ${given}`
          : `${name} first arg must be str or a tuple of str, not ${given}`,
      );
    }
    return name === "startswith" ? text.startsWith(item) : text.endsWith(item);
  });
}

function justify(self: string, { width, fillchar }: Bound, align: "<" | ">" | "^"): string {
  const fill = requireText(fillchar, "The fill character");
  if (textLength(fill) !== 1) {
    throw pythonError("TypeError", "The fill character must be exactly one character long");
  }
  const wanted = Number(toIndex(width!));
  const missing = wanted - textLength(self);
  if (missing <= 0) return self;
  if (align === "<") return self + fill.repeat(missing);
  if (align === ">") return fill.repeat(missing) + self;
  // CPython puts the odd one to the left where both missing and width are odd.
  const left = Math.floor(missing / 2) + (missing & wanted & 1);
  return fill.repeat(left) + self + fill.repeat(missing - left);
}

function join(self: string, iterable: Value): string {
  if (!typeOf(iterable).iterate) throw pythonError("TypeError", "can only join an iterable");
  const texts: string[] = [];
  for (const item of iterate(iterable)) {
    if (typeof item !== "string") {
      throw pythonError(
        "TypeError",
        `sequence item ${texts.length}: expected str instance, ${errorTypeName(item)} found`,
      );
    }
    grow(texts, item);
  }
  return texts.join(self);
}

/** Text that the JavaScript engine searches through in some milliseconds. */
const shortText = 2 ** 20;

/** `replaceAll`, which can be interrupted where the text is long. */
function replaceEach(text: string, wanted: string, replacement: string): string {
  if (text.length <= shortText) return text.replaceAll(wanted, () => replacement);
  const parts: string[] = [];
  let pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at));
    from = at + wanted.length;
    if (pieces.length < 1024) continue;
    checkInterrupt();
    parts.push(pieces.join(replacement));
    pieces = [];
  }
  pieces.push(text.slice(from));
  parts.push(pieces.join(replacement));
  return parts.join(replacement);
}

function replace(self: string, { old, new: by, count }: Bound): string {
  const wanted = requireText(old, "replace() argument 1");
  const replacement = requireText(by, "replace() argument 2");
  let left = limitOf(count);
  if (left === Number.POSITIVE_INFINITY && wanted !== "") {
    return replaceEach(self, wanted, replacement);
  }
  if (wanted !== "") {
    const parts = split(self, wanted, left);
    return parts.join(replacement);
  }
  let result = "";
  for (const point of codePoints(self)) result += (left-- > 0 ? replacement : "") + point;
  return result + (left > 0 ? replacement : "");
}

function titleCase(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => {
    const [first, ...rest] = word;
    return first!.toUpperCase() + rest.join("").toLowerCase();
  });
}

function capitalize(text: string): string {
  const [first = "", ...rest] = text;
  return first.toUpperCase() + rest.join("").toLowerCase();
}

function expandTabs(text: string, size: number): string {
  let column = 0;
  let result = "";
  for (const point of codePoints(text)) {
    if (point === "\t") {
      const missing = size > 0 ? size - (column % size) : 0;
      result += " ".repeat(missing);
      column += missing;
    } else {
      result += point;
      column = point === "\n" || point === "\r" ? 0 : column + 1;
    }
  }
  return result;
}

function partition(self: string, sep: Value | undefined, last: boolean): PyTuple {
  const by = requireText(sep, "sep");
  if (by === "") throw pythonError("ValueError", "empty separator");
  const at = last ? self.lastIndexOf(by) : self.indexOf(by);
  if (at < 0) return new PyTuple(last ? ["", "", self] : [self, "", ""]);
  return new PyTuple([self.slice(0, at), by, self.slice(at + by.length)]);
}

function translate(self: string, table: Value): string {
  let result = "";
  for (const point of self) {
    checkSometimes();
    const code = BigInt(point.codePointAt(0)!);
    const found = table instanceof PyDict ? table.get(code) : getItem(table, code);
    if (found === undefined) result += point;
    else if (typeof found === "bigint") result += String.fromCodePoint(Number(found));
    else if (found !== null) result += requireText(found, "character mapping");
  }
  return result;
}

function makeTranslation({ x, y, z }: Bound): PyDict {
  const table = new PyDict();
  const code = (point: string) => BigInt(point.codePointAt(0)!);
  if (x instanceof PyDict) {
    for (const [key, value] of x.entries()) {
      table.set(typeof key === "string" ? code(key) : key, value);
    }
    return table;
  }
  const from = codePoints(requireText(x, "maketrans() argument 1"));
  const to = codePoints(requireText(y, "maketrans() argument 2"));
  if (from.length !== to.length) {
    throw pythonError("ValueError", "the first two maketrans arguments must have equal length");
  }
  for (const [index, point] of from.entries()) table.set(code(point), code(to[index]!));
  for (const point of codePoints(typeof z === "string" ? z : "")) table.set(code(point), null);
  return table;
}

const matches = (pattern: RegExp) => (self: string) => pattern.test(self);
const texts = (items: readonly string[]) => new PyList([...items]);

const table = attributes<string>({
  methods: {
    "upper()": (self) => self.toUpperCase(),
    "lower()": (self) => self.toLowerCase(),
    "encode(encoding='utf-8', errors='strict')": (self, { encoding, errors }) =>
      encode(self, encoding!, errors!),
    "casefold()": (self) => self.toLowerCase().replaceAll("ß", "ss"),
    "capitalize()": capitalize,
    "title()": titleCase,
    "swapcase()": (self) =>
      codePoints(self)
        .map((point) => (point === point.toUpperCase() ? point.toLowerCase() : point.toUpperCase()))
        .join(""),
    "strip(chars=None, /)": (self, { chars }) => strip(self, chars!, true, true),
    "lstrip(chars=None, /)": (self, { chars }) => strip(self, chars!, true, false),
    "rstrip(chars=None, /)": (self, { chars }) => strip(self, chars!, false, true),
    "split(sep=None, maxsplit=-1)": (self, { sep, maxsplit }) =>
      texts(split(self, sep!, limitOf(maxsplit))),
    "rsplit(sep=None, maxsplit=-1)": (self, { sep, maxsplit }) =>
      texts(splitFromRight(self, sep!, limitOf(maxsplit))),
    "splitlines(keepends=False)": (self, { keepends }) => texts(splitLines(self, truth(keepends!))),
    "join(iterable, /)": (self, { iterable }) => join(self, iterable!),
    "replace(old, new, count=-1, /)": replace,
    "find(sub, start=None, end=None, /)": (self, bound) => BigInt(find(self, bound, false)),
    "rfind(sub, start=None, end=None, /)": (self, bound) => BigInt(find(self, bound, true)),
    "index(sub, start=None, end=None, /)": (self, bound) => found(find(self, bound, false)),
    "rindex(sub, start=None, end=None, /)": (self, bound) => found(find(self, bound, true)),
    "count(sub, start=None, end=None, /)": (self, { sub, start, end }) => {
      const range = sliceIndices(new PySlice(start!, end!, null), textLength(self));
      if (range.stop < range.start) return 0n;
      const wanted = requireText(sub, "argument");
      if (wanted === "") return BigInt(range.stop - range.start + 1);
      return BigInt(occurrences(sliceText(self, range.start, 1, range.count), wanted));
    },
    "startswith(prefix, start=None, end=None, /)": (self, bound) =>
      affix(self, bound, "startswith"),
    "endswith(prefix, start=None, end=None, /)": (self, bound) => affix(self, bound, "endswith"),
    "removeprefix(prefix, /)": (self, { prefix }) => {
      const text = requireText(prefix, "removeprefix() argument");
      return self.startsWith(text) ? self.slice(text.length) : self;
    },
    "removesuffix(suffix, /)": (self, { suffix }) => {
      const text = requireText(suffix, "removesuffix() argument");
      return text !== "" && self.endsWith(text) ? self.slice(0, -text.length) : self;
    },
    "center(width, fillchar=' ', /)": (self, bound) => justify(self, bound, "^"),
    "ljust(width, fillchar=' ', /)": (self, bound) => justify(self, bound, "<"),
    "rjust(width, fillchar=' ', /)": (self, bound) => justify(self, bound, ">"),
    "zfill(width, /)": (self, { width }) => {
      const missing = Number(toIndex(width!)) - textLength(self);
      if (missing <= 0) return self;
      const sign = /^[+-]/.exec(self)?.[0] ?? "";
      return sign + "0".repeat(missing) + self.slice(sign.length);
    },
    "expandtabs(tabsize=8)": (self, { tabsize }) => expandTabs(self, Number(toIndex(tabsize!))),
    "partition(sep, /)": (self, { sep }) => partition(self, sep, false),
    "rpartition(sep, /)": (self, { sep }) => partition(self, sep, true),
    "translate(table, /)": (self, { table }) => translate(self, table!),
    "isdigit()": matches(/^[\p{Nd}²³¹⁰-⁹₀-₉]+$/u),
    "isdecimal()": matches(/^\p{Nd}+$/u),
    "isnumeric()": matches(/^\p{N}+$/u),
    "isalpha()": matches(/^\p{L}+$/u),
    "isalnum()": matches(/^[\p{L}\p{N}]+$/u),
    "isspace()": matches(new RegExp(`^${space}+$`)),
    "isascii()": (self) => /^[\0-\x7f]*$/.test(self),
    "isidentifier()": matches(/^[\p{L}_][\p{L}\p{N}_]*$/u),
    "isprintable()": (self) => stringRepr(self).length === stringRepr("").length + self.length,
    "isupper()": (self) => self === self.toUpperCase() && self !== self.toLowerCase(),
    "islower()": (self) => self === self.toLowerCase() && self !== self.toUpperCase(),
    "istitle()": (self) => self === titleCase(self) && /\p{L}/u.test(self),
    "format_map(mapping, /)": (self, { mapping }) =>
      formatTemplate(self, [], (name) => getItem(mapping!, name)),
  },
});

function found(at: number): Value {
  if (at < 0) throw pythonError("ValueError", "substring not found");
  return BigInt(at);
}

function format(self: string, { positional, keywords }: CallArguments): string {
  return formatTemplate(self, positional, (name) => keywords.get(name));
}

export const stringAttributes = {
  ...table,
  // Its keywords may have any name, that of a parameter of ours included.
  getAttribute: (self: string, name: string) =>
    name === "format"
      ? new Builtin("format", (args) => format(self, args), self)
      : table.getAttribute(self, name),
  attributeNames: (self: string) => [...table.attributeNames(self), "format"],
};

/** `str.maketrans`. */
export const stringStatics = {
  maketrans: builtin("maketrans(x, y=..., z=..., /)", makeTranslation),
};
