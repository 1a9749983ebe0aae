/** @file Numbers and strings: what their spelling stands for. */
import type { SyntaxNode } from "@lezer/common";
import { children, type Lowering, missing, Siblings, spanOf } from "./lowering.ts";
import type {
  BytesText,
  Expression,
  Float,
  FormattedText,
  Integer,
  Replacement,
  Span,
  Text,
} from "./nodes.ts";
import { syntaxProblem, unsupported } from "./validation.ts";

/** CPython's limit on decimal digits in source text (`sys.get_int_max_str_digits`). */
const maximumDigits = 4300;

/** `0xff`, `1_000`, `1.5e-3`; `2j` is outside the subset. */
export function number(node: SyntaxNode, { text, report }: Lowering): Expression {
  const span = spanOf(node);
  const source = text.slice(node.from, node.to);
  if (/^0[xob]/i.test(source)) return { type: "Integer", value: radixInteger(source), ...span };
  if (/j$/i.test(source)) return unsupported(span, "complexNumber", report);
  const digits = source.replaceAll("_", "");
  // In recovery, the grammar may cut what stands for a magic.
  if (!/^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/i.test(digits))
    return missing(node.from, "number");
  if (/[.e]/i.test(digits)) return { type: "Float", value: Number(digits), ...span } as Float;
  if (digits.length > maximumDigits) {
    report(
      syntaxProblem(
        span,
        `Exceeds the limit (${maximumDigits} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.`,
      ),
    );
    return missing(node.from, "number");
  }
  return { type: "Integer", value: BigInt(digits), ...span } as Integer;
}

/** The scanner reports what is left of `0x` or `0b_`; here it only must not throw. */
function radixInteger(source: string): bigint {
  const digits = source.slice(2).replaceAll("_", "");
  return digits ? BigInt(source.slice(0, 2).toLowerCase() + digits) : 0n;
}

/** A string literal, formatted or not, or several side by side. */
export function string(
  node: SyntaxNode,
  lowering: Lowering,
  lowerExpression: (siblings: Siblings, expected: string) => Expression,
): Text | BytesText | FormattedText {
  const literals = node.name === "ContinuedString" ? children(node) : [node];
  const prefixes = literals.map((literal) => prefixOf(literal, lowering));
  const bytes = prefixes.filter((prefix) => /b/i.test(prefix)).length;
  if (bytes > 0) {
    if (bytes < literals.length)
      lowering.report(syntaxProblem(node, "cannot mix bytes and nonbytes literals"));
    const value = literals.map((literal) => bytesText(literal, lowering)).join("");
    return { type: "Bytes", value, ...spanOf(node) };
  }
  const parts: (string | Replacement)[] = [];
  for (const literal of literals) {
    const { from, to, raw } = contentOf(literal, lowering);
    if (literal.name === "String") parts.push(resolveEscapes({ from, to }, raw, false, lowering));
    else parts.push(...formattedParts(literal, { from, to }, raw, lowering, lowerExpression));
  }
  const joined = joinText(parts);
  return literals.some((literal) => literal.name === "FormatString")
    ? { type: "FormattedText", parts: joined, ...spanOf(node) }
    : { type: "Text", value: joined.join(""), ...spanOf(node) };
}

function bytesText(literal: SyntaxNode, lowering: Lowering): string {
  const { from, to, raw } = contentOf(literal, lowering);
  const content = lowering.text.slice(from, to);
  if (/[^\0-\x7f]/.test(content)) {
    const message = "bytes can only contain ASCII literal characters";
    lowering.report(syntaxProblem(literal, message));
  }
  // `\u` and `\N` stand for themselves here.
  if (/\\[uUN]/.test(content)) return content;
  return resolveEscapes({ from, to }, raw, false, lowering);
}

function prefixOf(literal: SyntaxNode, { text }: Lowering): string {
  return /^[a-z]{0,2}(?=['"])/i.exec(text.slice(literal.from, literal.to))?.[0] ?? "";
}

/** Where the text between the quotes stands; the closing quotes may not be typed yet. */
function contentOf(literal: SyntaxNode, lowering: Lowering): Span & { readonly raw: boolean } {
  const prefix = prefixOf(literal, lowering);
  const { text } = lowering;
  const open = literal.from + prefix.length;
  const quote = text[open] ?? "";
  // The grammar recovers by literals without quotes.
  if (!/['"]/.test(quote)) return { from: literal.from, to: literal.to, raw: true };
  const triple = text.startsWith(quote.repeat(3), open) && literal.to - open >= 3;
  const quotes = triple ? quote.repeat(3) : quote;
  const from = Math.min(open + quotes.length, literal.to);
  const closed =
    literal.to - quotes.length >= from && text.startsWith(quotes, literal.to - quotes.length);
  return { from, to: closed ? literal.to - quotes.length : literal.to, raw: /r/i.test(prefix) };
}

function joinText(parts: readonly (string | Replacement)[]): (string | Replacement)[] {
  const joined: (string | Replacement)[] = [];
  for (const part of parts) {
    if (part === "") continue;
    const last = joined.length - 1;
    if (typeof part === "string" && typeof joined[last] === "string") joined[last] += part;
    else joined.push(part);
  }
  return joined;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const hexadecimalLength: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const escapePattern =
  /\r\n?|\\(?:[0-7]{1,3}|x[\da-fA-F]{0,2}|u[\da-fA-F]{0,4}|U[\da-fA-F]{0,8}|N(?:\{[^}]*\}?)?|\r\n|[^{}])|\{\{|\}\}|\}/g;
const rawPattern = /\r\n?|\{\{|\}\}|\}/g;

/** Resolves escapes and, in f-strings, doubled braces. Unknown escapes stay, as in Python. */
function resolveEscapes(span: Span, raw: boolean, formatted: boolean, lowering: Lowering): string {
  const content = lowering.text.slice(span.from, span.to);
  return content.replace(raw ? rawPattern : escapePattern, (match: string, offset: number) => {
    if (match.startsWith("\r")) return "\n";
    if (match === "{{" || match === "}}") return formatted ? match[0] : match;
    const at = { from: span.from + offset, to: span.from + offset + match.length };
    if (match === "}") {
      if (formatted) lowering.report(syntaxProblem(at, "f-string: single '}' is not allowed"));
      return match;
    }
    const kind = match[1];
    if (/[0-7]/.test(kind)) return String.fromCharCode(Number.parseInt(match.slice(1), 8));
    const length = hexadecimalLength[kind];
    if (length) return hexadecimalEscape(match, length, offset, at, lowering);
    if (kind === "N") {
      if (match.endsWith("}")) unsupported(at, "namedCharacter", lowering.report);
      else reportEscape(at, offset, match.length, "malformed \\N character escape", lowering);
      return match;
    }
    if (kind === "\r") return "";
    return simpleEscapes[kind] ?? match;
  });
}

function hexadecimalEscape(
  match: string,
  length: number,
  offset: number,
  at: Span,
  lowering: Lowering,
): string {
  const digits = match.slice(2);
  const shape = `truncated \\${match[1]}${"X".repeat(length)} escape`;
  if (digits.length < length) {
    reportEscape(at, offset, match.length, shape, lowering);
    return match;
  }
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff) {
    reportEscape(at, offset, match.length, "illegal Unicode character", lowering);
    return match;
  }
  return String.fromCodePoint(code);
}

function reportEscape(
  at: Span,
  offset: number,
  length: number,
  reason: string,
  { report }: Lowering,
): void {
  report(
    syntaxProblem(
      at,
      `(unicode error) 'unicodeescape' codec can't decode bytes in position ${offset}-${offset + length - 1}: ${reason}`,
    ),
  );
}

type LowerExpression = (siblings: Siblings, expected: string) => Expression;

/** `text{value!r:format}text…` between `content.from` and `content.to`. */
function formattedParts(
  literal: SyntaxNode,
  content: Span,
  raw: boolean,
  lowering: Lowering,
  lowerExpression: LowerExpression,
): (string | Replacement)[] {
  const parts: (string | Replacement)[] = [];
  let position = content.from;
  for (const child of children(literal)) {
    if (child.name !== "FormatReplacement") continue;
    parts.push(resolveEscapes({ from: position, to: child.from }, raw, true, lowering));
    parts.push(replacement(child, raw, lowering, lowerExpression));
    position = child.to;
  }
  parts.push(
    resolveEscapes({ from: position, to: Math.max(position, content.to) }, raw, true, lowering),
  );
  return parts;
}

/** `{value=!r:format}`. */
function replacement(
  node: SyntaxNode,
  raw: boolean,
  lowering: Lowering,
  lowerExpression: LowerExpression,
): Replacement {
  const { text } = lowering;
  const siblings = new Siblings(node);
  siblings.take("{");
  const start = siblings.end;
  const value = lowerExpression(siblings, "expression");
  const equals = siblings.take("FormatSelfDoc");
  let labelEnd = siblings.end;
  if (equals) while (/\s/.test(text[labelEnd] ?? "")) labelEnd++;
  const conversion = siblings.take("FormatConversion");
  const specification = siblings.take("FormatSpec");
  const format = specification
    ? formatSpecification(specification, raw, lowering, lowerExpression)
    : null;
  const letter = conversion ? text[conversion.from + 1] : equals && !format ? "r" : null;
  return {
    type: "Replacement",
    value,
    conversion: letter as Replacement["conversion"],
    format,
    label: equals ? text.slice(start, labelEnd) : null,
    ...spanOf(node),
  };
}

/** `:>{width}.3f`: its own text and replacement fields. */
function formatSpecification(
  node: SyntaxNode,
  raw: boolean,
  lowering: Lowering,
  lowerExpression: LowerExpression,
): FormattedText {
  const content = { from: node.from + 1, to: node.to };
  const parts = formattedParts(node, content, raw, lowering, lowerExpression);
  return { type: "FormattedText", parts: joinText(parts), ...spanOf(node) };
}
