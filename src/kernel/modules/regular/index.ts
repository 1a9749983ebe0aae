/**
 * @file `re`: patterns, matches, and the functions that make them.
 */
import { PyClass } from "../../classes.ts";
import { PyDict, PyIterator, PyList, PyTuple } from "../../containers.ts";
import { PyException, pythonError } from "../../errors.ts";
import { codePoints, isWide, stringRepr, textLength } from "../../formatting/text.ts";
import { attributes, type Bound, builtin, PythonModule } from "../../functions.ts";
import { checkInterrupt } from "../../interrupts.ts";
import { registerType, type Value } from "../../objects.ts";
import {
  errorTypeName,
  invoke,
  isCallable,
  repr,
  str,
  toCount,
  toIndex,
} from "../../operations.ts";
import { errorClass, type Flags, type Translation, translate } from "./translation.ts";

const flagNames = ["IGNORECASE", "MULTILINE", "DOTALL", "UNICODE", "VERBOSE", "ASCII"] as const;
const flagBits: Readonly<Record<(typeof flagNames)[number], bigint>> = {
  IGNORECASE: 2n,
  MULTILINE: 8n,
  DOTALL: 16n,
  UNICODE: 32n,
  VERBOSE: 64n,
  ASCII: 256n,
};

function flagsOf(bits: bigint): Flags {
  return {
    ignoreCase: (bits & flagBits.IGNORECASE) !== 0n,
    multiline: (bits & flagBits.MULTILINE) !== 0n,
    dotAll: (bits & flagBits.DOTALL) !== 0n,
    verbose: (bits & flagBits.VERBOSE) !== 0n,
    ascii: (bits & flagBits.ASCII) !== 0n,
  };
}

function bitsOf(flags: Flags): bigint {
  return (
    (flags.ignoreCase ? flagBits.IGNORECASE : 0n) |
    (flags.multiline ? flagBits.MULTILINE : 0n) |
    (flags.dotAll ? flagBits.DOTALL : 0n) |
    (flags.verbose ? flagBits.VERBOSE : 0n) |
    (flags.ascii ? flagBits.ASCII : flagBits.UNICODE)
  );
}

type Kind = "search" | "match" | "fullmatch";

class Pattern {
  readonly pattern: string;
  readonly translation: Translation;
  readonly flags: bigint;
  readonly #compiled = new Map<Kind, RegExp>();

  constructor(pattern: string, bits: bigint) {
    this.pattern = pattern;
    this.translation = translate(pattern, flagsOf(bits));
    this.flags = bitsOf(this.translation.flags);
  }

  #regExp(kind: Kind): RegExp {
    let found = this.#compiled.get(kind);
    if (!found) {
      const { source, flags } = this.translation;
      const text = kind === "fullmatch" ? `(?:${source})(?![\\s\\S])` : source;
      const letters = `du${flags.ignoreCase ? "i" : ""}${kind === "search" ? "g" : "y"}`;
      try {
        found = new RegExp(text, letters);
      } catch {
        throw new PyException(errorClass, [
          `the pattern ${stringRepr(this.pattern)} cannot be read`,
        ]);
      }
      this.#compiled.set(kind, found);
    }
    return found;
  }

  /** @param from In UTF-16 units. */
  find(kind: Kind, text: string, from: number): Match | null {
    checkInterrupt();
    const expression = this.#regExp(kind);
    expression.lastIndex = from;
    const found = expression.exec(text);
    return found && new Match(this, text, found.indices!);
  }

  *all(text: string, from = 0): Generator<Match> {
    for (let at = from; at <= text.length; ) {
      const match = this.find("search", text, at);
      if (!match) return;
      yield match;
      const [start, end] = match.spans[0]!;
      at = end > start ? end : end + (text.codePointAt(end)! > 0xffff ? 2 : 1);
    }
  }
}

class Match {
  readonly pattern: Pattern;
  readonly text: string;
  /** Start and end of each group, in UTF-16 units; undefined where it took no part. */
  readonly spans: readonly (readonly [number, number] | undefined)[];

  constructor(pattern: Pattern, text: string, spans: Match["spans"]) {
    this.pattern = pattern;
    this.text = text;
    this.spans = spans;
  }

  index(group: Value): number {
    const number =
      typeof group === "string"
        ? this.pattern.translation.names.get(group)
        : typeof group === "bigint" || typeof group === "boolean"
          ? Number(toIndex(group))
          : undefined;
    if (number === undefined || number < 0 || number >= this.spans.length) {
      throw pythonError("IndexError", "no such group");
    }
    return number;
  }

  group(group: Value): Value {
    const span = this.spans[this.index(group)];
    return span ? this.text.slice(...span) : null;
  }

  /** In code points; -1 where the group took no part. */
  offsets(group: Value): [bigint, bigint] {
    const span = this.spans[this.index(group)];
    if (!span) return [-1n, -1n];
    const offset = (at: number) =>
      BigInt(isWide(this.text) ? textLength(this.text.slice(0, at)) : at);
    return [offset(span[0]), offset(span[1])];
  }

  groups(fallback: Value): Value[] {
    return this.spans.slice(1).map((span) => (span ? this.text.slice(...span) : fallback));
  }

  /** A replacement's `\1` and `\g<name>`. */
  expand(template: string): string {
    return template.replace(
      /\\(?:g<([^>]*)>|([1-9]\d?)|(.))/gs,
      (whole, name: string | undefined, number: string | undefined, letter: string) => {
        if (name !== undefined || number !== undefined) {
          const key = number ?? name!;
          return str(this.#referenced(key, template) ?? "");
        }
        const known = {
          n: "\n",
          t: "\t",
          r: "\r",
          f: "\f",
          v: "\v",
          a: "\x07",
          "\\": "\\",
          "0": "\0",
        }[letter];
        if (known !== undefined) return known;
        if (/[A-Za-z]/.test(letter)) {
          const at = template.indexOf(whole);
          throw new PyException(errorClass, [`bad escape ${whole} at position ${at}`]);
        }
        return whole;
      },
    );
  }

  #referenced(key: string, template: string): Value {
    const isNumber = /^\d+$/.test(key);
    if (isNumber && Number(key) < this.spans.length) return this.group(BigInt(key));
    if (!isNumber && this.pattern.translation.names.has(key)) return this.group(key);
    if (!isNumber) throw pythonError("IndexError", `unknown group name ${repr(key)}`);
    const at = template.indexOf(key);
    throw new PyException(errorClass, [`invalid group reference ${key} at position ${at}`]);
  }
}

const patternClass = new PyClass("Pattern", { module: "re" });
const matchClass = new PyClass("Match", { module: "re" });

registerType(Match, {
  name: "Match",
  module: "re",
  classOf: () => matchClass,
  repr(self) {
    const [start, end] = self.offsets(0n);
    return `<re.Match object; span=(${start}, ${end}), match=${repr(self.group(0n))}>`;
  },
  hash: (value) => value,
  getItem: (self, group) => self.group(group),
  ...attributes<Match>({
    properties: {
      string: (self) => self.text,
      re: (self) => self.pattern,
      pos: () => 0n,
      endpos: (self) => BigInt(textLength(self.text)),
      lastindex(self) {
        let last: number | null = null;
        let furthest = -1;
        for (const [index, span] of self.spans.entries()) {
          if (index === 0 || !span || span[1] <= furthest) continue;
          last = index;
          furthest = span[1];
        }
        return last === null ? null : BigInt(last);
      },
      lastgroup(self) {
        const names = [...self.pattern.translation.names];
        const taken = names.filter(([, index]) => self.spans[index] !== undefined);
        return taken.at(-1)?.[0] ?? null;
      },
    },
    methods: {
      "group(*groups)": (self, { groups }) => {
        const asked = groups as Value[];
        if (asked.length === 0) return self.group(0n);
        const found = asked.map((group) => self.group(group));
        return found.length === 1 ? found[0]! : new PyTuple(found);
      },
      "groups(default=None)": (self, { default: fallback }) => new PyTuple(self.groups(fallback!)),
      "groupdict(default=None)": (self, { default: fallback }) => {
        const all = self.groups(fallback!);
        const { names } = self.pattern.translation;
        return new PyDict([...names].map(([name, index]) => [name, all[index - 1]!]));
      },
      "start(group=0, /)": (self, { group }) => self.offsets(group!)[0],
      "end(group=0, /)": (self, { group }) => self.offsets(group!)[1],
      "span(group=0, /)": (self, { group }) => new PyTuple(self.offsets(group!)),
      "expand(template)": (self, { template }) => self.expand(str(template!)),
    },
  }),
});

function subject(value: Value): string {
  if (typeof value === "string") return value;
  throw pythonError(
    "TypeError",
    `expected string or bytes-like object, got '${errorTypeName(value)}'`,
  );
}

/** One group is given as itself, several as a tuple. */
function found(match: Match): Value {
  const groups = match.groups("");
  if (groups.length === 0) return match.group(0n);
  return groups.length === 1 ? groups[0]! : new PyTuple(groups);
}

function substitute(pattern: Pattern, { repl, string, count }: Bound): [string, bigint] {
  const text = subject(string!);
  const most = toCount(count!);
  let result = "";
  let from = 0;
  let made = 0n;
  for (const match of pattern.all(text)) {
    if (most > 0 && made >= BigInt(most)) break;
    const [start, end] = match.spans[0]!;
    const replacement = isCallable(repl!)
      ? str(invoke(repl!, match))
      : match.expand(subject(repl!));
    result += text.slice(from, start) + replacement;
    from = end;
    made++;
  }
  return [result + text.slice(from), made];
}

function split(pattern: Pattern, text: string, most: number): PyList {
  const parts: Value[] = [];
  let from = 0;
  let made = 0;
  for (const match of pattern.all(text)) {
    if (most > 0 && made >= most) break;
    const [start, end] = match.spans[0]!;
    parts.push(text.slice(from, start), ...match.groups(null));
    from = end;
    made++;
  }
  parts.push(text.slice(from));
  return new PyList(parts);
}

/** The part of a text that `pos` and `endpos` leave, and where it begins. */
function range(text: string, { pos, endpos }: Bound): { text: string; from: number } {
  const points = isWide(text) ? codePoints(text) : null;
  const unit = (at: number) => (points ? points.slice(0, at).join("").length : at);
  const end = endpos === undefined ? text.length : unit(Math.max(toCount(endpos!), 0));
  const start = pos === undefined ? 0 : unit(Math.max(toCount(pos!), 0));
  return { text: text.slice(0, end), from: Math.min(start, end) };
}

const find =
  (kind: Kind) =>
  (self: Pattern, bound: Bound): Value => {
    const { text, from } = range(subject(bound["string"]!), bound);
    return self.find(kind, text, from);
  };

const between = "string, pos=..., endpos=...";

registerType(Pattern, {
  name: "Pattern",
  module: "re",
  classOf: () => patternClass,
  repr({ pattern, flags }) {
    const shown = flagNames.filter((name) => name !== "UNICODE" && (flags & flagBits[name]) !== 0n);
    const text = shown.map((name) => `, re.${name}`)[0] ?? "";
    const rest = shown.slice(1).map((name) => `|re.${name}`);
    return `re.compile(${stringRepr(pattern)}${text}${rest.join("")})`;
  },
  hash: ({ pattern, flags }) => `\0re:${flags}:${pattern}`,
  compare(operator, left, right) {
    if (!(left instanceof Pattern && right instanceof Pattern)) return undefined;
    const same = left.pattern === right.pattern && left.flags === right.flags;
    return operator === "==" ? same : operator === "!=" ? !same : undefined;
  },
  ...attributes<Pattern>({
    properties: {
      pattern: (self) => self.pattern,
      flags: (self) => self.flags,
      groups: (self) => BigInt(self.translation.groups),
      groupindex: (self) =>
        new PyDict(
          [...self.translation.names].map(([name, index]) => [name, BigInt(index)] as const),
        ),
    },
    methods: {
      [`search(${between})`]: find("search"),
      [`match(${between})`]: find("match"),
      [`fullmatch(${between})`]: find("fullmatch"),
      [`findall(${between})`]: (self, bound) => {
        const { text, from } = range(subject(bound["string"]!), bound);
        return new PyList([...self.all(text, from)].map(found));
      },
      [`finditer(${between})`]: (self, bound) => {
        const { text, from } = range(subject(bound["string"]!), bound);
        return new PyIterator("callable_iterator", self.all(text, from));
      },
      "sub(repl, string, count=0)": (self, bound) => substitute(self, bound)[0],
      "subn(repl, string, count=0)": (self, bound) => new PyTuple(substitute(self, bound)),
      "split(string, maxsplit=0)": (self, { string, maxsplit }) =>
        split(self, subject(string!), toCount(maxsplit!)),
    },
  }),
});

/** Patterns compiled lately: loops use the same few. */
const cache = new Map<string, Pattern>();
const mostCached = 512;

function compile(pattern: Value, flags: Value): Pattern {
  if (pattern instanceof Pattern) return pattern;
  if (typeof pattern !== "string") {
    throw pythonError("TypeError", "first argument must be string or compiled pattern");
  }
  const key = `${flags}:${pattern}`;
  let made = cache.get(key);
  if (!made) {
    made = new Pattern(pattern, toIndex(flags));
    if (cache.size >= mostCached) cache.clear();
    cache.set(key, made);
  }
  return made;
}

export function reModule(): PythonModule {
  const patternAnd = (signature: string, body: (pattern: Pattern, bound: Bound) => Value) =>
    builtin(signature, (bound) => body(compile(bound["pattern"]!, bound["flags"]!), bound));
  const functions = [
    patternAnd("compile(pattern, flags=0)", (pattern) => pattern),
    patternAnd("search(pattern, string, flags=0)", find("search")),
    patternAnd("match(pattern, string, flags=0)", find("match")),
    patternAnd("fullmatch(pattern, string, flags=0)", find("fullmatch")),
    patternAnd(
      "findall(pattern, string, flags=0)",
      (pattern, { string }) => new PyList([...pattern.all(subject(string!))].map(found)),
    ),
    patternAnd(
      "finditer(pattern, string, flags=0)",
      (pattern, { string }) => new PyIterator("callable_iterator", pattern.all(subject(string!))),
    ),
    patternAnd(
      "sub(pattern, repl, string, count=0, flags=0)",
      (pattern, bound) => substitute(pattern, bound)[0],
    ),
    patternAnd(
      "subn(pattern, repl, string, count=0, flags=0)",
      (pattern, bound) => new PyTuple(substitute(pattern, bound)),
    ),
    patternAnd("split(pattern, string, maxsplit=0, flags=0)", (pattern, { string, maxsplit }) =>
      split(pattern, subject(string!), toCount(maxsplit!)),
    ),
    builtin("escape(pattern)", ({ pattern }) =>
      str(pattern!).replace(/[\s#$&()*+.?[\\\]^{|}~-]/g, "\\$&"),
    ),
    builtin("purge()", () => {
      cache.clear();
      return null;
    }),
  ];
  return new PythonModule("re", {
    ...flagBits,
    A: flagBits.ASCII,
    I: flagBits.IGNORECASE,
    M: flagBits.MULTILINE,
    Match: matchClass,
    NOFLAG: 0n,
    Pattern: patternClass,
    S: flagBits.DOTALL,
    U: flagBits.UNICODE,
    X: flagBits.VERBOSE,
    error: errorClass,
    ...Object.fromEntries(functions.map((entry) => [entry.name, entry])),
  });
}
