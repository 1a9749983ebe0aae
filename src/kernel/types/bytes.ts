/**
 * @file `bytes`: numbers from 0 to 255, held as text of as many characters.
 */
import type { BinaryOperator, CompareOperator } from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PyList, PySlice, PyTuple } from "../containers.ts";
import { memoryError, pythonError } from "../errors.ts";
import { attributes, builtin } from "../functions.ts";
import { type PythonType, registerType, type Value } from "../objects.ts";
import {
  collect,
  errorTypeName,
  iterate,
  repr,
  str,
  toCount,
  toIndex,
  truth,
} from "../operations.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import { position, repetitions, requireIndexOrSlice, sliceOf } from "./sequences.ts";

export class PyBytes {
  /** One character, of code 0 to 255, for each byte. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const hexadecimal = (code: number) => code.toString(16).padStart(2, "0");

/** Encodings by their names without case and punctuation. */
const encodings: Readonly<Record<string, "utf-8" | "ascii" | "latin-1">> = {
  utf8: "utf-8",
  ascii: "ascii",
  usascii: "ascii",
  latin1: "latin-1",
  iso88591: "latin-1",
};

function encodingOf(name: Value): "utf-8" | "ascii" | "latin-1" {
  const found = encodings[str(name).toLowerCase().replace(/[-_ ]/g, "")];
  if (found) return found;
  throw pythonError("LookupError", `unknown encoding: ${str(name)}`);
}

/** `text.encode(encoding, errors)`. */
export function encode(text: string, encoding: Value, errors: Value): PyBytes {
  const kind = encodingOf(encoding);
  if (kind === "utf-8") {
    const lone = /[\ud800-\udfff]/u.exec(text);
    if (lone) {
      const point = repr(lone[0]).replaceAll("'", "");
      throw pythonError(
        "UnicodeEncodeError",
        `'utf-8' codec can't encode character '${point}' in position ${lone.index}: surrogates not allowed`,
      );
    }
    return new PyBytes(
      encodeURIComponent(text).replace(/%(..)/g, (_, code) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      ),
    );
  }
  const most = kind === "ascii" ? 0x7f : 0xff;
  let result = "";
  for (const [index, point] of [...text].entries()) {
    const code = point.codePointAt(0)!;
    if (code <= most) result += point;
    else if (errors === "replace") result += "?";
    else if (errors !== "ignore") {
      throw pythonError(
        "UnicodeEncodeError",
        `'${kind}' codec can't encode character ${repr(point).replace(/^'(.)'$/u, escaped)} in position ${index}: ordinal not in range(${most + 1})`,
      );
    }
  }
  return new PyBytes(result);
}

function escaped(_: string, point: string): string {
  const code = point.codePointAt(0)!;
  const [letter, width] = code > 0xffff ? ["U", 8] : code > 0xff ? ["u", 4] : ["x", 2];
  return `'\\${letter}${code.toString(16).padStart(width as number, "0")}'`;
}

/** `bytes.decode(encoding, errors)`. */
export function decode({ text }: PyBytes, encoding: Value, errors: Value): string {
  const kind = encodingOf(encoding);
  if (kind === "latin-1") return text;
  let result = "";
  for (let at = 0; at < text.length; ) {
    const first = text.charCodeAt(at);
    const size = kind === "ascii" ? 1 : first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const bad = kind === "ascii" ? first > 0x7f : (first >= 0x80 && first < 0xc2) || first > 0xf4;
    const rest = text.slice(at + 1, at + size);
    if (!bad && rest.length === size - 1 && /^[\x80-\xbf]*$/.test(rest)) {
      const bits = [...rest].map((byte) => byte.charCodeAt(0) & 0x3f);
      const head = size === 1 ? first : first & (0xff >> (size + 1));
      result += String.fromCodePoint(bits.reduce((code, six) => code * 64 + six, head));
      at += size;
      continue;
    }
    if (errors === "replace") result += "\ufffd";
    else if (errors !== "ignore") {
      const why =
        kind === "ascii"
          ? "ordinal not in range(128)"
          : bad
            ? "invalid start byte"
            : /^[\x80-\xbf]*$/.test(rest)
              ? "unexpected end of data"
              : "invalid continuation byte";
      throw pythonError(
        "UnicodeDecodeError",
        `'${kind}' codec can't decode byte 0x${hexadecimal(first)} in position ${at}: ${why}`,
      );
    }
    at++;
  }
  return result;
}

function bytesRepr({ text }: PyBytes): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const known: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const shown = [...text].map((byte) => {
    if (byte === "\\" || byte === quote) return `\\${byte}`;
    if (byte >= " " && byte <= "~") return byte;
    return known[byte] ?? `\\x${hexadecimal(byte.charCodeAt(0))}`;
  });
  return `b${quote}${shown.join("")}${quote}`;
}

function byteOf(value: Value): string {
  const code = toIndex(value);
  if (code >= 0n && code <= 255n) return String.fromCharCode(Number(code));
  throw pythonError("ValueError", "bytes must be in range(0, 256)");
}

const newBytes = parseSignature("builtins.bytes(source=..., encoding=..., errors='strict')");

export const bytesClass: PyClass = new PyClass("bytes", {
  signature: newBytes,
  instances: () => bytesType as PythonType,
  construct(args) {
    const [source, encoding, errors] = bindArguments(newBytes, args);
    if (source === undefined) return new PyBytes("");
    if (typeof source === "string") {
      if (encoding === undefined) {
        throw pythonError("TypeError", "string argument without an encoding");
      }
      return encode(source, encoding, errors!);
    }
    if (source instanceof PyBytes) return source;
    if (typeof source === "bigint") {
      if (source < 0n) throw pythonError("ValueError", "negative count");
      return new PyBytes("\0".repeat(repetitions(1, source, 2 ** 29)));
    }
    return new PyBytes(collect(source).map(byteOf).join(""));
  },
  members: {
    fromhex: builtin("fromhex(string, /)", ({ string }) => {
      const digits = str(string!).replace(/\s/g, "");
      const wrong = digits.search(/[^0-9a-fA-F]/);
      if (wrong >= 0 || digits.length % 2 === 1) {
        const at = wrong >= 0 ? wrong : digits.length;
        throw pythonError(
          "ValueError",
          `non-hexadecimal number found in fromhex() arg at position ${at}`,
        );
      }
      const codes = digits.match(/../g) ?? [];
      return new PyBytes(
        codes.map((code) => String.fromCharCode(Number.parseInt(code, 16))).join(""),
      );
    }),
  },
});

function textOf(value: Value): string {
  if (value instanceof PyBytes) return value.text;
  throw pythonError("TypeError", `a bytes-like object is required, not '${errorTypeName(value)}'`);
}

function ordered(operator: CompareOperator, left: string, right: string): boolean | undefined {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return undefined;
  }
}

function binary(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (operator === "+" && left instanceof PyBytes) {
    if (right instanceof PyBytes) return new PyBytes(left.text + right.text);
    throw pythonError("TypeError", `can't concat ${errorTypeName(right)} to bytes`);
  }
  if (operator !== "*") return undefined;
  const [bytes, count] = left instanceof PyBytes ? [left, right] : [right as PyBytes, left];
  if (typeof count !== "bigint") return undefined;
  return new PyBytes(bytes.text.repeat(repetitions(bytes.text.length, count, 2 ** 29)));
}

const pieces = (parts: readonly string[]) => new PyList(parts.map((part) => new PyBytes(part)));
const space = " \t\n\r\f\v";

/** Without what is in `set` at the ends that are asked for. */
function stripped(text: string, set: string, left: boolean, right: boolean): PyBytes {
  let [from, to] = [0, text.length];
  while (left && from < to && set.includes(text[from]!)) from++;
  while (right && to > from && set.includes(text[to - 1]!)) to--;
  return new PyBytes(text.slice(from, to));
}

const stripper =
  (left: boolean, right: boolean) =>
  ({ text }: PyBytes, { chars }: Readonly<Record<string, Value | undefined>>): Value =>
    stripped(text, chars === null ? space : textOf(chars!), left, right);

function affixes(value: Value): string[] {
  return value instanceof PyTuple ? value.items.map(textOf) : [textOf(value)];
}

const bytesType: PythonType<PyBytes> = {
  name: "bytes",
  classOf: () => bytesClass,
  repr: bytesRepr,
  length: ({ text }) => text.length,
  iterate: ({ text }) => [...text].map((byte) => BigInt(byte.charCodeAt(0))),
  contains: ({ text }, item) =>
    text.includes(typeof item === "bigint" ? byteOf(item) : textOf(item)),
  hash: ({ text }) => `\0b${text}`,
  getItem({ text }, index) {
    if (index instanceof PySlice) return new PyBytes(sliceOf([...text], index).join(""));
    requireIndexOrSlice(index, "byte");
    return BigInt(text.charCodeAt(position(index, text.length, "index out of range")));
  },
  binary,
  compare: (operator, left, right) =>
    left instanceof PyBytes && right instanceof PyBytes
      ? ordered(operator, left.text, right.text)
      : undefined,
  ...attributes<PyBytes>({
    methods: {
      "decode(encoding='utf-8', errors='strict')": (self, { encoding, errors }) =>
        decode(self, encoding!, errors!),
      "hex(sep='', bytes_per_sep=1)": ({ text }, { sep }) =>
        [...text].map((byte) => hexadecimal(byte.charCodeAt(0))).join(str(sep!)),
      "startswith(prefix, /)": ({ text }, { prefix }) =>
        affixes(prefix!).some((each) => text.startsWith(each)),
      "endswith(suffix, /)": ({ text }, { suffix }) =>
        affixes(suffix!).some((each) => text.endsWith(each)),
      "find(sub, /)": ({ text }, { sub }) => BigInt(text.indexOf(textOf(sub!))),
      "index(sub, /)": ({ text }, { sub }) => {
        const at = text.indexOf(textOf(sub!));
        if (at < 0) throw pythonError("ValueError", "subsection not found");
        return BigInt(at);
      },
      "count(sub, /)": ({ text }, { sub }) => BigInt(text.split(textOf(sub!)).length - 1),
      "replace(old, new, count=-1, /)": ({ text }, bound) => {
        const parts = text.split(textOf(bound["old"]!));
        const most = toCount(bound["count"]!);
        const made = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1);
        const between = textOf(bound["new"]!);
        const head = parts.slice(0, made + 1).join(between);
        const tail = parts.slice(made + 1).map((part) => textOf(bound["old"]!) + part);
        return new PyBytes(head + tail.join(""));
      },
      "split(sep=None, maxsplit=-1)": ({ text }, { sep }) =>
        pieces(sep === null ? text.split(/\s+/).filter(Boolean) : text.split(textOf(sep!))),
      "splitlines(keepends=False)": ({ text }, { keepends }) => {
        const lines = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
        return pieces(truth(keepends!) ? lines : lines.map((line) => line.replace(/[\r\n]+$/, "")));
      },
      "strip(chars=None, /)": stripper(true, true),
      "lstrip(chars=None, /)": stripper(true, false),
      "rstrip(chars=None, /)": stripper(false, true),
      "join(iterable, /)": ({ text }, { iterable }) =>
        new PyBytes(
          [...iterate(iterable!)]
            .map((item, index) => {
              if (item instanceof PyBytes) return item.text;
              throw pythonError(
                "TypeError",
                `sequence item ${index}: expected a bytes-like object, ${errorTypeName(item)} found`,
              );
            })
            .join(text),
        ),
      "upper()": ({ text }) => new PyBytes(text.replace(/[a-z]/g, (c) => c.toUpperCase())),
      "lower()": ({ text }) => new PyBytes(text.replace(/[A-Z]/g, (c) => c.toLowerCase())),
      "isdigit()": ({ text }) => /^\d+$/.test(text),
      "isalpha()": ({ text }) => /^[A-Za-z]+$/.test(text),
    },
  }),
};

registerType(PyBytes, bytesType);

/** Bytes of an integer that a cell can ask for. */
const mostBytes = 2 ** 20;

/** `int.to_bytes` and `int.from_bytes`. */
export function integerBytes(
  value: bigint,
  length: number,
  order: Value,
  signed: boolean,
): PyBytes {
  if (length < 0) throw pythonError("ValueError", "length argument must be non-negative");
  if (length > mostBytes) throw memoryError();
  const bits = BigInt(8 * length);
  const fits = signed
    ? BigInt.asIntN(Number(bits), value) === value
    : value >= 0n && value >> bits === 0n;
  if (!signed && value < 0n) {
    throw pythonError("OverflowError", "can't convert negative int to unsigned");
  }
  if (!fits) throw pythonError("OverflowError", "int too big to convert");
  let rest = BigInt.asUintN(Number(bits), value);
  let text = "";
  for (let index = 0; index < length; index++) {
    text = String.fromCharCode(Number(rest & 0xffn)) + text;
    rest >>= 8n;
  }
  return new PyBytes(order === "little" ? [...text].reverse().join("") : text);
}

export function integerFrom(value: Value, order: Value, signed: boolean): bigint {
  const text = value instanceof PyBytes ? value.text : collect(value).map(byteOf).join("");
  const bytes = order === "little" ? [...text].reverse() : [...text];
  const number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte.charCodeAt(0)), 0n);
  return signed ? BigInt.asIntN(8 * bytes.length, number) : number;
}
