/**
 * @file Python's regular expressions in JavaScript's. The syntax is read from front to back; what
 * means something else there is spelled out.
 */
import { PyClass } from "../../classes.ts";
import { exceptionClasses, PyException, pythonError } from "../../errors.ts";

export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
  readonly ascii: boolean;
}

export interface Translation {
  readonly source: string;
  readonly groups: number;
  /** Names with the numbers of their groups. */
  readonly names: ReadonlyMap<string, number>;
  readonly flags: Flags;
}

export const errorClass: PyClass = new PyClass("error", {
  module: "re",
  bases: [exceptionClasses.Exception],
  construct: ({ positional }) => new PyException(errorClass, positional),
});

const inline: Readonly<Record<string, keyof Flags>> = {
  i: "ignoreCase",
  m: "multiline",
  s: "dotAll",
  x: "verbose",
  a: "ascii",
};

const syntaxCharacters = new Set("^$\\.*+?()[]{}|/");

/** @throws `re.error` in CPython's words. */
export function translate(pattern: string, flags: Flags): Translation {
  return new Translator(pattern, flags).run();
}

class Translator {
  readonly #pattern: string;
  #flags: Flags;
  #at = 0;
  #groups = 0;
  #result = "";
  /** Positions of parentheses that are still open. */
  readonly #open: number[] = [];
  readonly #names = new Map<string, number>();
  /** Whether something stands before that a quantifier can repeat. */
  #repeatable = false;

  constructor(pattern: string, flags: Flags) {
    this.#pattern = pattern;
    this.#flags = flags;
  }

  run(): Translation {
    while (this.#at < this.#pattern.length) this.#item();
    if (this.#open.length > 0) {
      throw this.#error("missing ), unterminated subpattern", this.#open.at(-1)!);
    }
    return {
      source: this.#result,
      groups: this.#groups,
      names: this.#names,
      flags: this.#flags,
    };
  }

  #error(message: string, position: number): PyException {
    return new PyException(errorClass, [`${message} at position ${position}`]);
  }

  #unsupported(what: string): PyException {
    return pythonError(
      "NotImplementedError",
      `${what} in regular expressions is not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged`,
    );
  }

  #add(text: string, repeatable = true): void {
    this.#result += text;
    this.#repeatable = repeatable;
  }

  get #word(): string {
    return this.#flags.ascii ? "[A-Za-z0-9_]" : "[\\p{L}\\p{N}_]";
  }

  #item(): void {
    const start = this.#at;
    const character = this.#pattern[this.#at++]!;
    switch (character) {
      case "\\":
        this.#escape(start);
        return;
      case "[":
        this.#set(start);
        return;
      case "(":
        this.#group(start);
        return;
      case ")":
        if (this.#open.pop() === undefined) throw this.#error("unbalanced parenthesis", start);
        this.#add(")");
        return;
      case "|":
        this.#add("|", false);
        return;
      case ".":
        this.#add(this.#flags.dotAll ? "[\\s\\S]" : "[^\\n]");
        return;
      case "^":
        this.#add(this.#flags.multiline ? "(?<=\\n|(?<![\\s\\S]))" : "(?<![\\s\\S])", false);
        return;
      case "$":
        this.#add(this.#flags.multiline ? "(?=\\n|(?![\\s\\S]))" : "(?=\\n?(?![\\s\\S]))", false);
        return;
      case "*":
      case "+":
      case "?":
        this.#quantifier(character, start);
        return;
      case "{": {
        const counted = /^\{(\d*)(,?)(\d*)\}/.exec(this.#pattern.slice(start));
        if (!counted || (counted[1] === "" && counted[3] === "")) {
          this.#add("\\{");
          return;
        }
        this.#at = start + counted[0].length;
        const [, least, comma, most] = counted;
        if (comma && most && Number(least) > Number(most)) {
          throw this.#error("min repeat greater than max repeat", start + 1);
        }
        this.#quantifier(`{${least || 0}${comma}${most}}`, start);
        return;
      }
      case "}":
      case "]":
      case "/":
        this.#add(`\\${character}`);
        return;
      case "#":
        if (!this.#flags.verbose) {
          this.#add("#");
          return;
        }
        while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== "\n") this.#at++;
        return;
      default:
        if (this.#flags.verbose && /\s/.test(character)) return;
        this.#add(character);
        return;
    }
  }

  #quantifier(text: string, start: number): void {
    if (!this.#repeatable) throw this.#error("nothing to repeat", start);
    const next = this.#pattern[this.#at];
    if (next === "+") throw this.#unsupported("a possessive quantifier");
    if (next === "?") this.#at++;
    this.#add(next === "?" ? `${text}?` : text, false);
    const after = this.#pattern[this.#at];
    if (after === "*" || after === "?") throw this.#error("multiple repeat", this.#at);
  }

  #group(start: number): void {
    this.#open.push(start);
    const rest = this.#pattern.slice(this.#at);
    if (!rest.startsWith("?")) {
      this.#groups++;
      this.#add("(", false);
      return;
    }
    const plain = /^\?(?::|=|!|<=|<!)/.exec(rest);
    if (plain) {
      this.#at += plain[0].length;
      this.#add(`(${plain[0]}`, false);
      return;
    }
    const named = /^\?P<([^>]*)>/.exec(rest);
    if (named) {
      this.#named(named[1]!, named[0].length);
      return;
    }
    const back = /^\?P=([^)]*)\)/.exec(rest);
    if (back) {
      const number = this.#names.get(back[1]!);
      if (number === undefined) {
        throw this.#error(`unknown group name '${back[1]}'`, this.#at + 3);
      }
      this.#at += back[0].length;
      this.#open.pop();
      this.#add(`(?:\\${number})`);
      return;
    }
    if (rest.startsWith("?#")) {
      const end = rest.indexOf(")");
      if (end < 0) throw this.#error("missing ), unterminated comment", start);
      this.#at += end + 1;
      this.#open.pop();
      return;
    }
    const switches = /^\?([aimsuxL]+)\)/.exec(rest);
    if (switches) {
      if (start > 0) {
        throw this.#error("global flags not at the start of the expression", start);
      }
      for (const letter of switches[1]!) {
        const flag = inline[letter];
        if (flag) this.#flags = { ...this.#flags, [flag]: true };
      }
      this.#at += switches[0].length;
      this.#open.pop();
      return;
    }
    if (/^\?[aimsux-]+:/.test(rest)) throw this.#unsupported("a group with flags of its own");
    if (rest.startsWith("?>")) throw this.#unsupported("an atomic group");
    if (rest.startsWith("?(")) throw this.#unsupported("a conditional group");
    const unknown = rest.slice(0, rest[1] === "P" ? 3 : 2);
    throw this.#error(`unknown extension ${unknown}`, this.#at);
  }

  #named(name: string, length: number): void {
    if (!/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name)) {
      throw this.#error(`bad character in group name '${name}'`, this.#at + 3);
    }
    if (this.#names.has(name)) {
      throw this.#error(
        `redefinition of group name '${name}' as group ${this.#groups + 1}; was group ${this.#names.get(name)}`,
        this.#at + 3,
      );
    }
    this.#groups++;
    this.#names.set(name, this.#groups);
    this.#at += length;
    this.#add("(", false);
  }

  /** Of one letter, in or outside of a set; null where it stands for no class. */
  #classOf(letter: string): string | null {
    const { ascii } = this.#flags;
    switch (letter) {
      case "d":
        return ascii ? "0-9" : "\\p{Nd}";
      case "w":
        return ascii ? "A-Za-z0-9_" : "\\p{L}\\p{N}_";
      case "s":
        return ascii ? " \\t\\n\\r\\f\\v" : "\\s\\x1c-\\x1f";
      default:
        return null;
    }
  }

  #escape(start: number): void {
    const letter = this.#pattern[this.#at++];
    if (letter === undefined) throw this.#error("bad escape (end of pattern)", start);
    const group = this.#classOf(letter.toLowerCase());
    if (group !== null) {
      this.#add(letter === letter.toLowerCase() ? `[${group}]` : `[^${group}]`);
      return;
    }
    const word = this.#word;
    switch (letter) {
      case "A":
        this.#add("(?<![\\s\\S])", false);
        return;
      case "Z":
        this.#add("(?![\\s\\S])", false);
        return;
      case "b":
        this.#add(`(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`, false);
        return;
      case "B":
        this.#add(`(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`, false);
        return;
    }
    if (/[1-9]/.test(letter)) {
      const number = /^\d\d?/.exec(this.#pattern.slice(this.#at - 1))![0];
      if (Number(number) > this.#groups) {
        throw this.#error(`invalid group reference ${number}`, start + 1);
      }
      this.#at += number.length - 1;
      this.#add(`(?:\\${number})`);
      return;
    }
    this.#add(this.#character(letter, start));
  }

  /** An escape that stands for one character. */
  #character(letter: string, start: number): string {
    const simple: Readonly<Record<string, string>> = { a: "\\x07", f: "\\f", n: "\\n", r: "\\r" };
    const other: Readonly<Record<string, string>> = { t: "\\t", v: "\\v", "0": "\\x00" };
    const known = simple[letter] ?? other[letter];
    if (known) return known;
    const width = { x: 2, u: 4, U: 8 }[letter];
    if (width !== undefined) {
      const digits = this.#pattern.slice(this.#at, this.#at + width);
      if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < width) {
        throw this.#error(`incomplete escape \\${letter}${digits}`, start);
      }
      this.#at += width;
      return `\\u{${digits}}`;
    }
    if (/[A-Za-z0-9]/.test(letter)) throw this.#error(`bad escape \\${letter}`, start);
    return syntaxCharacters.has(letter) ? `\\${letter}` : letter === "-" ? "\\x2d" : letter;
  }

  /** `[a-z]`: characters that mean something in JavaScript alone are escaped. */
  #set(start: number): void {
    let text = "[";
    if (this.#pattern[this.#at] === "^") {
      text += "^";
      this.#at++;
    }
    for (let first = true; ; first = false) {
      const at = this.#at;
      const character = this.#pattern[this.#at++];
      if (character === undefined) throw this.#error("unterminated character set", start);
      if (character === "]" && !first) break;
      const low = this.#member(character, at);
      const isRange =
        this.#pattern[this.#at] === "-" &&
        this.#pattern[this.#at + 1] !== undefined &&
        this.#pattern[this.#at + 1] !== "]";
      if (!isRange) {
        text += low;
        continue;
      }
      this.#at++;
      const high = this.#member(this.#pattern[this.#at++]!, this.#at - 1);
      if (/^\\(?:p|s)/.test(low) || /^\\(?:p|s)/.test(high)) {
        throw this.#error(`bad character range ${this.#pattern.slice(at, this.#at)}`, at);
      }
      const range = `${low}-${high}`;
      try {
        new RegExp(`[${range}]`, "u");
      } catch {
        throw this.#error(`bad character range ${this.#pattern.slice(at, this.#at)}`, at);
      }
      text += range;
    }
    this.#add(`${text}]`);
  }

  #member(character: string, at: number): string {
    if (character === "\\") {
      const letter = this.#pattern[this.#at++];
      if (letter === undefined) throw this.#error("unterminated character set", at);
      const group = this.#classOf(letter.toLowerCase());
      if (group !== null) {
        if (letter === letter.toLowerCase()) return group;
        // What is not in a class, as a class of its own.
        return letter === "D" ? "\\P{Nd}" : letter === "S" ? "\\S" : "\\P{Alphabetic}";
      }
      return letter === "b" ? "\\x08" : this.#character(letter, at);
    }
    if (character === "-") return "\\x2d";
    // A pair of surrogates is one character.
    if (/[\ud800-\udbff]/.test(character)) return character + this.#pattern[this.#at++]!;
    return syntaxCharacters.has(character) ? `\\${character}` : character;
  }
}
