/** @file What the grammar cannot read, and what is masked for it. */
import type { Span } from "./nodes.ts";
import type { Token } from "./scanner.ts";
import type { Mask } from "./strings.ts";

/** Lines that are not lowered: IPython's, which are not Python. */
export interface Magic extends Span {
  readonly construct: "magic" | "shellCommand";
}

const line = /[^\r\n]*/y;

/** The magic at the start of a statement's line, if it is one. `%%name` takes the whole cell. */
export function isMagicLine(text: string, from: number, first: boolean): Magic | null {
  line.lastIndex = from;
  const source = line.exec(text)![0].trimEnd();
  if (first && /^%%\w/.test(source)) return { construct: "magic", from, to: text.length };
  const to = from + source.length;
  if (/^!/.test(source)) return { construct: "shellCommand", from, to };
  if (/^(?:%\w|\?)/.test(source) || /^[\w.]+\?{1,2}$/.test(source))
    return { construct: "magic", from, to };
  return null;
}

/** An expression of the same length and lines, for the grammar to read in place of the text. */
export function placeholder(text: string, { from, to }: Span): string {
  const source = text.slice(from, to);
  if (!/[\r\n]/.test(source)) return "0".repeat(source.length);
  return `(0${source.slice(2, -1).replace(/[^\r\n]/g, " ")})`;
}

/**
 * Masks what the grammar reads otherwise than Python. The lowering reads the text itself, so a
 * name stands for what is masked, and a `*` that became a space is still seen.
 */
export function maskConstructs(tokens: readonly Token[], text: string, masks: Mask[]): void {
  let lineStart = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    const next = tokens[index + 1];
    if (token.kind === "newline") lineStart = index + 1;
    if (token.kind === "operator" && token.text === "*")
      maskStar(tokens, index, tokens[lineStart], masks);
    if (token.kind !== "name") continue;
    // The grammar knows Python 2's `print` statement.
    if (token.text === "print" && isPrintName(next))
      masks.push({ from: token.from, replacement: "prin_" });
    // It knows no `yield` without a value.
    if (token.text === "yield" && (next.kind === "newline" || /^[)\]},=]$/.test(next.text)))
      masks.push({ from: token.from, replacement: "yiel_" });
    if (token.text === "with") maskWithParentheses(tokens, index + 1, text, masks);
    if (token.text === "as" && tokens[lineStart].text === "with") maskTarget(tokens, index, masks);
    if (index === lineStart && token.text === "match") maskCases(tokens, index, text, masks);
  }
}

const infixWords = new Set(["and", "or", "if", "in", "is", "not", "else", "for", "as"]);

function isPrintName(next: Token | undefined): boolean {
  if (!next || next.kind === "newline") return true;
  if (next.kind === "name") return infixWords.has(next.text);
  return next.kind === "operator" && next.text !== "(" && next.text !== ".";
}

/** The grammar knows no `*` in subscripts, in targets of comprehensions, and behind `in`. */
function maskStar(tokens: readonly Token[], index: number, lineStart: Token, masks: Mask[]): void {
  const previous = tokens[index - 1];
  if (!previous || !/^(?:,|\[|for|in)$/.test(previous.text)) return;
  // In a pattern, as in a display, the grammar knows it.
  if (lineStart.text === "case") return;
  const { depth, from } = tokens[index];
  const inLoopHeader = depth === 0 && lineStart.text === "for";
  if (inLoopHeader || inSubscript(tokens, index) || inComprehensionTarget(tokens, index))
    masks.push({ from, replacement: " " });
}

/** Whether the innermost bracket is the `[` of a subscript. */
function inSubscript(tokens: readonly Token[], index: number): boolean {
  const { depth } = tokens[index];
  let open = index - 1;
  while (open >= 0 && tokens[open].depth >= depth) open--;
  const before = tokens[open - 1];
  return (
    tokens[open]?.text === "[" &&
    before !== undefined &&
    (before.kind === "name" ? !infixWords.has(before.text) : /^[)\]]$/.test(before.text))
  );
}

/** Whether `for` comes before the token, with nothing but names and commas between. */
function inComprehensionTarget(tokens: readonly Token[], index: number): boolean {
  const { depth } = tokens[index];
  let start = index - 1;
  while (start >= 0 && tokens[start].depth >= depth) {
    const { text, kind } = tokens[start];
    if (text === "for") return depth > 0;
    if (kind === "name" ? infixWords.has(text) : text !== ",") return false;
    start--;
  }
  return false;
}

/** `with (a as b, c as d):` loses its parentheses, and with them the line ends in between. */
function maskWithParentheses(
  tokens: readonly Token[],
  start: number,
  text: string,
  masks: Mask[],
): void {
  const open = tokens[start];
  if (open?.text !== "(") return;
  let end = start + 1;
  let named = false;
  while (end < tokens.length && tokens[end].depth > open.depth) {
    if (tokens[end].depth === open.depth + 1 && tokens[end].text === "as") named = true;
    end++;
  }
  if (!named || tokens[end]?.text !== ")" || tokens[end + 1]?.text !== ":") return;
  masks.push({ from: open.from, replacement: " " });
  for (let index = start; index < end; index++) {
    const { to } = tokens[index];
    const gap = tokens[index + 1].from - to;
    // A line's end would end the statement, now that no bracket is open.
    if (/[\r\n]/.test(text.slice(to, to + gap)))
      masks.push({ from: to, replacement: " ".repeat(gap) });
  }
  const last = tokens[end - 1];
  const comma = last.text === "," ? [{ from: last.from, replacement: " " }] : [];
  masks.push(...comma, { from: tokens[end].from, replacement: " " });
}

/** `as a.b`, `as (a, b)`: the grammar knows names only, so a long name stands here. */
function maskTarget(tokens: readonly Token[], index: number, masks: Mask[]): void {
  const { depth } = tokens[index];
  const start = index + 1;
  let end = start;
  while (
    tokens[end] &&
    tokens[end].kind !== "newline" &&
    !(tokens[end].depth <= depth && /^[,:]$/.test(tokens[end].text)) &&
    tokens[end].depth >= depth
  )
    end++;
  if (tokens[start]?.kind === "name" ? end - start < 3 : tokens[start]?.text !== "(") return;
  const { from } = tokens[start];
  masks.push({ from, replacement: "_".repeat(tokens[end - 1].to - from) });
}

/**
 * The patterns of `match value:`. The grammar knows no empty ones, no class pattern without
 * arguments, and no strings side by side: a name stands for what it cannot read.
 */
function maskCases(tokens: readonly Token[], index: number, text: string, masks: Mask[]): void {
  const headerEnd = tokens.findIndex((token, at) => at > index && token.kind === "newline");
  if (tokens[headerEnd - 1]?.text !== ":" || tokens[headerEnd + 1]?.text !== "case") return;
  for (const { text: comma, depth, from } of tokens.slice(index, headerEnd)) {
    // Nor a tuple without parentheses as the subject.
    if (comma === "," && depth === 0) masks.push({ from, replacement: "|" });
  }
  const column = columnOf(text, tokens[index].from);
  for (let at = headerEnd; at < tokens.length - 1; at++) {
    if (tokens[at].kind !== "newline") continue;
    const first = tokens[at + 1];
    if (columnOf(text, first.from) <= column) break;
    if (first.text === "case") maskPattern(tokens, at + 2, masks);
  }
}

function maskPattern(tokens: readonly Token[], start: number, masks: Mask[]): void {
  for (let at = start; tokens[at] && tokens[at].kind !== "newline"; at++) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (token.depth === 0 && (token.text === "if" || token.text === ":")) return;
    if (next && /^(?:\(\)|\[\]|\{\})$/.test(token.text + next.text)) {
      let first = token.text === "(" && tokens[at - 1].kind === "name" ? at - 1 : at;
      while (first > start && tokens[first - 1].text === ".") first -= 2;
      if (first < start || tokens[first].text === "case") first = at;
      const { from } = tokens[first];
      masks.push({ from, replacement: "_".repeat(next.to - from) });
    } else if (token.kind === "string" && next?.kind === "string") {
      let last = at + 1;
      while (tokens[last + 1]?.kind === "string") last++;
      masks.push({ from: token.from, replacement: "_".repeat(tokens[last].to - token.from) });
      at = last;
    }
  }
}

function columnOf(text: string, offset: number): number {
  return (
    offset - 1 - Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1))
  );
}
