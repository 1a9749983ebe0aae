/**
 * @file Text → tokens, with CPython's tokenizer errors. The grammar's own tokens are too lenient
 * to tell what is wrong (`1__0`, a full-width comma, a bracket never closed), and a few spellings
 * it cannot read at all: `readable` is the same text with those masked.
 */
import { isMagicLine, type Magic, maskConstructs, placeholder } from "./masks.ts";
import type { Span } from "./nodes.ts";
import { scanNumber } from "./numbers.ts";
import { type Mask, scanString } from "./strings.ts";
import { type SyntaxProblem, syntaxProblem } from "./validation.ts";

export interface Token extends Span {
  readonly kind: "name" | "number" | "string" | "operator" | "newline";
  /** Empty for `newline`, whose text is the line's end. */
  readonly text: string;
  /** How many brackets enclose the token; an opening bracket is outside of itself, as is its end. */
  readonly depth: number;
}

export interface Scan {
  /** Ends with a `newline` token. Tokens behind the first problem are left out. */
  readonly tokens: readonly Token[];
  readonly problem: SyntaxProblem | null;
  readonly magics: readonly Magic[];
  /** The text for the grammar, of the same length as the cell's. */
  readonly readable: string;
}

const spacePattern = /(?:[ \t\f]|\\(?:\r\n|\r|\n))+/y;
const commentPattern = /#[^\r\n]*/y;
const namePattern = /[\p{ID_Start}_]\p{ID_Continue}*/uy;
const stringStart = /(?:[rRbBuUfF]|[rR][bBfF]|[bBfF][rR])?(?:'|")/y;
const numberStart = /\.?[0-9]/y;
const operatorPattern =
  /\*\*=|\/\/=|>>=|<<=|\.\.\.|[-+*/%&|^@=!<>]=|->|:=|\*\*|\/\/|<<|>>|<>|[-+*/%@&|^~<>()[\]{},:;.=]/y;

/** CPython's limit on open brackets. */
const maximumBrackets = 200;
const closing: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Scans a cell. */
export function scan(text: string): Scan {
  const scanner = new Scanner(text);
  scanner.run();
  const { tokens, problem, magics, masks } = scanner;
  maskConstructs(tokens, text, masks);
  return { tokens, problem, magics, readable: masked(text, masks) };
}

function masked(text: string, masks: readonly Mask[]): string {
  let readable = "";
  let position = 0;
  for (const { from, replacement } of [...masks].sort((a, b) => a.from - b.from)) {
    // Within a longer mask already.
    if (from < position) continue;
    readable += text.slice(position, from) + replacement;
    position = from + replacement.length;
  }
  return readable + text.slice(position);
}

class Scanner {
  readonly text: string;
  readonly tokens: Token[] = [];
  readonly magics: Magic[] = [];
  readonly masks: Mask[] = [];
  readonly brackets: { readonly text: string; readonly from: number }[] = [];
  problem: SyntaxProblem | null = null;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  run(): void {
    while (!this.problem && this.position < this.text.length) this.step();
    const open = this.brackets.at(-1);
    if (!this.problem && open)
      this.fail({ from: open.from, to: open.from + 1 }, `'${open.text}' was never closed`);
    if (this.tokens.at(-1)?.kind !== "newline") this.push("newline", this.position, this.position);
  }

  /** Reads one token, or what separates tokens. */
  step(): void {
    const { text, position } = this;
    if (this.match(spacePattern) || this.match(commentPattern)) return;
    const character = text[position];
    if (character === "\n" || character === "\r") this.newline();
    else if (this.atLineStart() && this.magic()) return;
    else if (this.at(stringStart)) this.string();
    else if (this.at(numberStart)) this.number();
    else if (this.match(namePattern)) this.push("name", position, this.position);
    else {
      const operator = this.match(operatorPattern);
      if (operator) this.operator(operator, position);
      else this.unknown(character);
    }
  }

  at(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    return pattern.test(this.text);
  }

  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found) this.position += found.length;
    return found;
  }

  push(kind: Token["kind"], from: number, to: number, depth = this.brackets.length): void {
    const text = kind === "newline" ? "" : this.text.slice(from, to);
    this.tokens.push({ kind, text, depth, from, to });
  }

  fail(span: Span, message: string): void {
    this.problem = syntaxProblem(span, message);
  }

  atLineStart(): boolean {
    const last = this.tokens.at(-1);
    return this.brackets.length === 0 && (!last || last.kind === "newline");
  }

  /** Ends a statement's line; blank lines and lines within brackets end nothing. */
  newline(): void {
    const from = this.position;
    this.position += this.text.startsWith("\r\n", from) ? 2 : 1;
    if (this.brackets.length === 0 && this.tokens.length > 0 && !this.atLineStart())
      this.push("newline", from, this.position);
  }

  /** `%matplotlib inline`, `!pip install`, `?name`: not Python, but common in notebooks. */
  magic(): boolean {
    const { text, position } = this;
    const magic = isMagicLine(text, position, this.tokens.length === 0);
    if (!magic) return false;
    this.magics.push(magic);
    this.masks.push({ from: magic.from, replacement: placeholder(text, magic) });
    this.position = magic.to;
    this.push("number", magic.from, magic.to);
    return true;
  }

  string(): void {
    const from = this.position;
    const scanned = scanString(this.text, from, this.masks);
    this.position = scanned.to;
    if (scanned.problem) this.problem = scanned.problem;
    else this.push("string", from, scanned.to);
  }

  number(): void {
    const from = this.position;
    const scanned = scanNumber(this.text, from);
    this.position = scanned.to;
    if (scanned.problem) this.problem = scanned.problem;
    else {
      this.push("number", from, scanned.to);
      // The grammar has no `1.` or `1.e5`: it takes the point for an attribute's.
      if (/[0-9]\.(?![0-9])/.test(this.text.slice(from, scanned.to)))
        this.masks.push({ from, replacement: "0".repeat(scanned.to - from) });
    }
  }

  operator(operator: string, from: number): void {
    const span = { from, to: this.position };
    const { brackets } = this;
    if ("([{".includes(operator)) {
      this.push("operator", from, this.position);
      if (brackets.length >= maximumBrackets) this.fail(span, "too many nested parentheses");
      brackets.push({ text: operator, from });
      return;
    }
    const opening = closing[operator];
    if (opening) {
      const open = brackets.pop();
      if (!open) {
        this.fail(span, `unmatched '${operator}'`);
        return;
      }
      if (open.text !== opening) {
        const lines = this.text.slice(open.from, from).split(/\r\n|\r|\n/).length - 1;
        const line = this.text.slice(0, open.from).split(/\r\n|\r|\n/).length;
        this.fail(
          span,
          `closing parenthesis '${operator}' does not match opening parenthesis '${open.text}'${
            lines > 0 ? ` on line ${line}` : ""
          }`,
        );
        return;
      }
    }
    this.push("operator", from, this.position);
  }

  /** What starts no token. */
  unknown(character: string): void {
    const from = this.position;
    const code = this.text.codePointAt(from)!;
    const symbol = String.fromCodePoint(code);
    const span = { from, to: from + symbol.length };
    const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    this.position = span.to;
    if (character === "\\" && span.to === this.text.length)
      this.fail(span, "unexpected EOF while parsing");
    else if (character === "\\")
      this.fail(span, "unexpected character after line continuation character");
    else if (/[\p{Z}\p{C}]/u.test(symbol))
      this.fail(span, `invalid non-printable character ${number}`);
    else if (code >= 0x80) this.fail(span, `invalid character '${symbol}' (${number})`);
    else this.fail(span, "invalid syntax");
  }
}
