/**
 * @file What is being typed at an offset of a cell. Works on tokens, since the text around a cursor
 * is hardly ever whole.
 */
import { type Chain, readChain } from "./chains.ts";
import { isKeyword } from "./keywords.ts";
import { scan, type Token } from "./scanner.ts";

/** The call whose parentheses are open around the cursor. */
export interface OpenCall {
  /** Null where the function is too involved an expression. */
  readonly callee: Chain | null;
  /** Where the called expression ends and its parenthesis stands. */
  readonly at: number;
  /** Positional arguments before the one at the cursor. */
  readonly index: number;
  /** The keyword of the argument at the cursor, once its `=` is there. */
  readonly keyword: string | null;
  /** Keywords of the other arguments. */
  readonly given: readonly string[];
  /** True where an argument begins, so that a keyword may be typed. */
  readonly startsArgument: boolean;
}

export type Typed =
  /** Nothing to complete: a comment, a string, a new name. */
  | { readonly kind: "nothing" }
  /** `object.prefix` */
  | { readonly kind: "attribute"; readonly object: Chain | null; readonly prefix: string }
  /** `import prefix`, `from prefix`; dots included. */
  | { readonly kind: "module"; readonly prefix: string }
  /** `from module |` */
  | { readonly kind: "importWord"; readonly prefix: string }
  /** `from module import prefix` */
  | { readonly kind: "member"; readonly module: string; readonly prefix: string }
  /** `object["prefix`, with or without its quote. */
  | {
      readonly kind: "key";
      readonly object: Chain | null;
      readonly quote: string | null;
      readonly prefix: string;
    }
  /** A name, at the start of a statement or within an expression. */
  | { readonly kind: "name"; readonly prefix: string; readonly startsStatement: boolean };

/** What is typed at an offset. */
export function typedAt(text: string, offset: number): Typed {
  return new Before(text.slice(0, offset)).typed();
}

/** The innermost call that is open at an offset; null outside of calls and in comments. */
export function openCallAt(text: string, offset: number): OpenCall | null {
  return new Before(text.slice(0, offset)).openCall();
}

/** A name under the pointer, with what stands before it: `np.random`, of `np.ran|dom.rand()`. */
export interface Pointed {
  readonly chain: Chain;
  /** The span of the name itself. */
  readonly from: number;
  readonly to: number;
}

export function pointedAt(text: string, offset: number): Pointed | null {
  const { tokens } = scan(text);
  const index = tokens.findIndex(
    ({ kind, from, to }) => kind === "name" && from <= offset && offset <= to,
  );
  const token = tokens[index];
  if (!token || isKeyword(token.text)) return null;
  const next = tokens[index + 1];
  const keyword = next?.text === "=" && next.depth > 0 && tokens[index - 1]?.text !== ".";
  if (keyword && "(,".includes(tokens[index - 1]?.text ?? "-")) return null;
  const start = primaryStart(tokens, index);
  const chain = readChain(text.slice(tokens[start]!.from, token.to));
  return chain && { chain, from: token.from, to: token.to };
}

/** The text before a cursor. */
class Before {
  readonly text: string;
  /** Where `text` begins in the whole: behind the last string that was never closed on its line. */
  readonly start: number = 0;
  readonly tokens: readonly Token[];
  /** Where a string begins that the cursor is in; null outside of strings. */
  readonly stringStart: number | null;
  readonly inComment: boolean;

  constructor(text: string) {
    this.text = text;
    let { tokens, problem } = scan(text);
    while (problem?.message.startsWith("unterminated") && problem.to < this.text.length) {
      this.start += problem.to;
      this.text = this.text.slice(problem.to);
      ({ tokens, problem } = scan(this.text));
    }
    // The last newline is no one's: the text just ends here.
    const last = tokens.at(-1);
    this.tokens = last?.kind === "newline" && last.from === last.to ? tokens.slice(0, -1) : tokens;
    const end = this.tokens.at(-1)?.to ?? 0;
    const rest = this.text.slice(end);
    const open = /^(?:unterminated|f-string)/.test(problem?.message ?? "");
    this.stringStart = open ? end + rest.search(/\w*['"]/) : null;
    this.inComment = !open && rest.slice(rest.lastIndexOf("\n") + 1).includes("#");
  }

  typed(): Typed {
    if (this.inComment) return nothing;
    if (this.stringStart !== null) return this.#inString(this.stringStart);
    const last = this.tokens.at(-1);
    const touching = last?.to === this.text.length ? last : undefined;
    if (touching?.kind === "number" || touching?.kind === "string") return nothing;
    const prefix = touching?.kind === "name" ? touching.text : "";
    const rest = prefix === "" ? this.tokens : this.tokens.slice(0, -1);
    const line = lineOf(rest);
    const imported = importedAt(line, prefix);
    if (imported) return imported;
    const previous = rest.at(-1);
    if (previous?.text === "." && previous.kind === "operator") {
      return { kind: "attribute", object: this.#chainBefore(rest, rest.length - 1), prefix };
    }
    if (namesSomethingNew(line)) return nothing;
    if (prefix === "" && previous?.text === "[" && isSubscript(rest, rest.length - 1)) {
      const object = this.#chainBefore(rest, rest.length - 1);
      return { kind: "key", object, quote: null, prefix: "" };
    }
    return { kind: "name", prefix, startsStatement: line.length === 0 };
  }

  openCall(): OpenCall | null {
    if (this.inComment) return null;
    const { tokens } = this;
    const open = innermost(tokens);
    if (open === null || tokens[open]!.text !== "(" || !isSubscript(tokens, open)) return null;
    const line = lineOf(tokens.slice(0, open));
    if (line.at(-2)?.text === "def" || line.at(-2)?.text === "class") return null;
    const depth = tokens[open]!.depth + 1;
    const args: Token[][] = [[]];
    for (const token of tokens.slice(open + 1)) {
      if (token.text === "," && token.depth === depth) args.push([]);
      else args.at(-1)!.push(token);
    }
    const current = args.pop()!;
    const isKeywordArgument = (arg: readonly Token[]) =>
      arg[0]?.kind === "name" && arg[1]?.text === "=";
    const typing = current.length === 1 && current[0]!.kind === "name";
    return {
      callee: this.#chainBefore(tokens, open),
      at: this.start + tokens[open]!.from,
      index: args.filter((arg) => arg.length > 0 && !isKeywordArgument(arg)).length,
      keyword: isKeywordArgument(current) ? current[0]!.text : null,
      given: args.filter(isKeywordArgument).map((arg) => arg[0]!.text),
      startsArgument:
        this.stringStart === null &&
        (current.length === 0 || (typing && current[0]!.to === this.text.length)),
    };
  }

  /** The chain that ends before a token. */
  #chainBefore(tokens: readonly Token[], end: number): Chain | null {
    if (end === 0) return null;
    const start = primaryStart(tokens, end - 1);
    return readChain(this.text.slice(tokens[start]!.from, tokens[end - 1]!.to));
  }

  /** A key being typed, or an expression within an f-string. */
  #inString(from: number): Typed {
    const content = this.text.slice(from);
    const [, prefix = "", quote = ""] = /^([a-zA-Z]*)('''|"""|'|")/.exec(content) ?? [];
    if (/f/i.test(prefix)) {
      const field = openField(content);
      return field === null ? nothing : typedAt(field, field.length);
    }
    const tokens = this.tokens;
    const last = tokens.at(-1);
    if (prefix !== "" || quote.length !== 1 || last?.text !== "[" || last.to > from) return nothing;
    if (!isSubscript(tokens, tokens.length - 1)) return nothing;
    const object = this.#chainBefore(tokens, tokens.length - 1);
    return { kind: "key", object, quote, prefix: content.slice(1) };
  }
}

const nothing = { kind: "nothing" } as const;

/** The expression in the last `{` of an f-string's beginning that is still open, up to its end. */
function openField(content: string): string | null {
  const opening = content.lastIndexOf("{");
  if (opening < 0 || content[opening - 1] === "{") return null;
  const field = content.slice(opening + 1);
  return /[}:!]/.test(field) ? null : field;
}

/** The tokens of the statement that the cursor is in. */
function lineOf(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findLastIndex(
    ({ kind, text, depth }) => kind === "newline" || (text === ";" && depth === 0),
  );
  return tokens.slice(end + 1);
}

/** Index of the innermost bracket that is open at the end. */
function innermost(tokens: readonly Token[]): number | null {
  const open: number[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== "operator") continue;
    if ("([{".includes(text)) open.push(index);
    else if (")]}".includes(text)) open.pop();
  }
  return open.at(-1) ?? null;
}

/** Whether a bracket follows a value, and so calls or subscripts it. */
function isSubscript(tokens: readonly Token[], bracket: number): boolean {
  const before = tokens[bracket - 1];
  if (!before) return false;
  if (before.kind === "name") return !isKeyword(before.text);
  return before.kind === "string" || ")]}".includes(before.text || " ");
}

/** Index of the first token of the primary that ends at a token: of `np` in `np.zeros(3)[0]`. */
function primaryStart(tokens: readonly Token[], end: number): number {
  let start = end;
  for (;;) {
    const token = tokens[start]!;
    if (token.kind === "operator" && ")]}".includes(token.text)) {
      start = tokens.findLastIndex(
        ({ text, depth }, index) =>
          index < start && depth === token.depth && "([{".includes(text || " "),
      );
      if (start < 0) return end;
      if (token.text === "}" || !isSubscript(tokens, start)) return start;
      start--;
    } else if (tokens[start - 1]?.text === "." && start > 1) start -= 2;
    else return start;
  }
}

/** Where the line is an import. */
function importedAt(line: readonly Token[], prefix: string): Typed | null {
  const [first] = line;
  const words = line.slice(1).map(({ text }) => text);
  if (first?.text === "import") {
    const path = words.slice(words.lastIndexOf(",") + 1);
    if (path.includes("as")) return nothing;
    if (path.length > 0 && path.at(-1) !== ".") return nothing;
    return { kind: "module", prefix: path.join("") + prefix };
  }
  if (first?.text !== "from") return null;
  const at = words.indexOf("import");
  if (at < 0) {
    if (words.length === 0 || words.at(-1) === ".") {
      return { kind: "module", prefix: words.join("") + prefix };
    }
    return { kind: "importWord", prefix };
  }
  const last = words.at(-1)!;
  if (last === "as" || !["import", ",", "("].includes(last)) return nothing;
  return { kind: "member", module: words.slice(0, at).join(""), prefix };
}

/** Whether what is typed at the end of a line is a name that does not exist yet. */
function namesSomethingNew(line: readonly Token[]): boolean {
  const last = line.at(-1);
  if (!last) return false;
  if (["def", "class", "as", "global", "nonlocal", "lambda"].includes(last.text)) return true;
  const first = line[0]!.text;
  if (first === "for" && !line.some(({ text }) => text === "in")) return true;
  // Parameters, but not their defaults.
  const open = innermost(line);
  if (first === "def" && open === 2)
    return last.text === "(" || last.text === "," || last.text === "*";
  const lambda = line.findLastIndex(({ text }) => text === "lambda");
  return lambda >= 0 && last.text === "," && !line.slice(lambda).some(({ text }) => text === ":");
}
