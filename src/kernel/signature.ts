/**
 * @file Signatures: parameters from Python-signature text, and arguments bound to them with
 * CPython's words for every way that can fail.
 */
import type { Parameter } from "../python/nodes.ts";
import { PyTuple } from "./containers.ts";
import { pythonError } from "./errors.ts";
import type { CallArguments, Value } from "./objects.ts";

export interface SignatureParameter {
  readonly name: string;
  readonly kind: Parameter["kind"];
  readonly required: boolean;
  /** Undefined where required, or where the default is spelled `...`. */
  readonly default: Value | undefined;
}

export interface Signature {
  /** As errors name the function: `zeros`, `list.append`. */
  readonly name: string;
  readonly parameters: readonly SignatureParameter[];
  /** How many can be given by position. */
  readonly positional: number;
  readonly starIndex: number;
  readonly doubleStarIndex: number;
  /** C functions word their errors in another way than functions written in Python. */
  readonly native: boolean;
  /** Those of them that take keywords have words of their own. */
  readonly builtin: boolean;
}

export function makeSignature(
  name: string,
  parameters: readonly SignatureParameter[],
  native = false,
  builtin = false,
): Signature {
  return {
    builtin,
    name,
    parameters,
    positional: parameters.filter(({ kind }) => kind === "positionalOnly" || kind === "normal")
      .length,
    starIndex: parameters.findIndex(({ kind }) => kind === "star"),
    doubleStarIndex: parameters.findIndex(({ kind }) => kind === "doubleStar"),
    native,
  };
}

/** Reads `zeros(shape, dtype=None, *, order='C')`. Bad text is a broken invariant of ours. */
export function parseSignature(text: string): Signature {
  const open = text.indexOf("(");
  if (open < 0 || !text.endsWith(")")) throw new Error(`internal: signature ${text}`);
  const parameters: SignatureParameter[] = [];
  let keywordOnly = false;
  for (const part of splitParameters(text.slice(open + 1, -1))) {
    if (part === "/") {
      for (const [index, parameter] of parameters.entries()) {
        parameters[index] = { ...parameter, kind: "positionalOnly" };
      }
    } else if (part === "*") {
      keywordOnly = true;
    } else if (part.startsWith("**")) {
      parameters.push(variadic(part.slice(2), "doubleStar"));
    } else if (part.startsWith("*")) {
      parameters.push(variadic(part.slice(1), "star"));
      keywordOnly = true;
    } else {
      const equals = part.indexOf("=");
      parameters.push({
        name: (equals < 0 ? part : part.slice(0, equals)).trim(),
        kind: keywordOnly ? "keywordOnly" : "normal",
        required: equals < 0,
        default: equals < 0 ? undefined : readDefault(part.slice(equals + 1).trim()),
      });
    }
  }
  const native =
    parameters.length === 0 || parameters.every(({ kind }) => kind === "positionalOnly");
  const name = text.slice(0, open);
  const builtin = /^(?:builtins|str|list)\./.test(name);
  return makeSignature(name.replace(/^builtins\./, ""), parameters, native, builtin);
}

/** The name behind the dots: `sort` of `list.sort`. */
export function plainName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function variadic(name: string, kind: "star" | "doubleStar"): SignatureParameter {
  return { name, kind, required: false, default: undefined };
}

function splitParameters(text: string): string[] {
  const parts = text.match(/(?:[^,'"()]|'[^']*'|"[^"]*"|\([^)]*\))+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function readDefault(text: string): Value | undefined {
  if (text === "...") return undefined;
  if (text === "None") return null;
  if (text === "True") return true;
  if (text === "False") return false;
  if (/^['"].*['"]$/.test(text)) return text.slice(1, -1);
  if (/^-?\d+$/.test(text)) return BigInt(text);
  if (/^\(.*\)$/.test(text)) {
    return new PyTuple(splitParameters(text.slice(1, -1)).map((part) => readDefault(part)!));
  }
  const number = text === "inf" ? Number.POSITIVE_INFINITY : Number(text);
  if (Number.isNaN(number) && text !== "nan") throw new Error(`internal: default ${text}`);
  return number;
}

/**
 * One value per parameter, in order: undefined where neither given nor defaulted; `*args` a
 * `Value[]`, `**kwargs` a `Map<string, Value>`. TypeError in CPython's words otherwise.
 */
export function bindArguments(
  signature: Signature,
  args: CallArguments,
  defaults?: readonly (Value | undefined)[],
): (Value | undefined)[] {
  const { parameters, positional, starIndex, doubleStarIndex } = signature;
  if (signature.native) checkNative(signature, args);
  const bound: (Value | undefined)[] = new Array(parameters.length).fill(undefined);
  const given = args.positional;
  const count = Math.min(given.length, positional);
  for (let index = 0; index < count; index++) bound[index] = given[index];
  if (starIndex >= 0) bound[starIndex] = given.slice(count);
  else if (given.length > positional) throw tooManyPositional(signature, args, defaults);
  let rest: Map<string, Value> | null = null;
  if (doubleStarIndex >= 0) {
    rest = new Map();
    bound[doubleStarIndex] = rest;
  }
  for (const [name, value] of args.keywords) {
    const index = parameters.findIndex(
      (parameter) =>
        parameter.name === name &&
        (parameter.kind === "normal" || parameter.kind === "keywordOnly"),
    );
    if (index >= 0) {
      if (bound[index] !== undefined) {
        throw pythonError(
          "TypeError",
          `${signature.name}() got multiple values for argument '${name}'`,
        );
      }
      bound[index] = value;
    } else if (rest) {
      rest.set(name, value);
    } else {
      throw unexpectedKeyword(signature, args, name);
    }
  }
  let missing = false;
  for (let index = 0; index < parameters.length; index++) {
    if (bound[index] !== undefined) continue;
    const fallback = defaults ? defaults[index] : parameters[index]!.default;
    if (fallback !== undefined) bound[index] = fallback;
    else if (parameters[index]!.required) missing = true;
  }
  if (missing) throw missingArguments(signature, bound);
  return bound;
}

function unexpectedKeyword(signature: Signature, args: CallArguments, name: string): Error {
  const positionalOnly = signature.parameters
    .filter(({ kind, name }) => kind === "positionalOnly" && args.keywords.has(name))
    .map(({ name }) => name);
  if (positionalOnly.length > 0) {
    return pythonError(
      "TypeError",
      `${signature.name}() got some positional-only arguments passed as keyword arguments: '${positionalOnly.join(", ")}'`,
    );
  }
  if (signature.builtin) {
    const own = plainName(signature.name);
    // `sorted` gives its keywords to the sort of a list.
    const asked = own === "sorted" ? "sort" : own;
    return pythonError("TypeError", `'${name}' is an invalid keyword argument for ${asked}()`);
  }
  return pythonError(
    "TypeError",
    `${signature.name}() got an unexpected keyword argument '${name}'`,
  );
}

function tooManyPositional(
  signature: Signature,
  args: CallArguments,
  defaults: readonly (Value | undefined)[] | undefined,
): Error {
  const { parameters, positional, name } = signature;
  if (signature.builtin) {
    const given = args.positional.length + args.keywords.size;
    const all = parameters.filter(({ kind }) => kind !== "star" && kind !== "doubleStar").length;
    const plural = all === 1 ? "" : "s";
    return pythonError(
      "TypeError",
      `${plainName(name)}() takes at most ${all} argument${plural} (${given} given)`,
    );
  }
  const required = parameters.filter(
    ({ kind, required }, index) =>
      (kind === "positionalOnly" || kind === "normal") &&
      (defaults ? defaults[index] === undefined : required),
  ).length;
  const keywordOnly = parameters.filter(
    ({ kind, name }) => kind === "keywordOnly" && args.keywords.has(name),
  ).length;
  const takes = required < positional ? `from ${required} to ${positional}` : `${positional}`;
  const plural = required < positional || positional !== 1 ? "s" : "";
  const given = args.positional.length;
  const were = given === 1 && keywordOnly === 0 ? "was" : "were";
  const keywords =
    keywordOnly > 0
      ? ` positional argument${given === 1 ? "" : "s"} (and ${keywordOnly} keyword-only argument${keywordOnly === 1 ? "" : "s"})`
      : "";
  return pythonError(
    "TypeError",
    `${name}() takes ${takes} positional argument${plural} but ${given}${keywords} ${were} given`,
  );
}

function missingArguments(signature: Signature, bound: readonly (Value | undefined)[]): Error {
  const missing = signature.parameters.filter(
    ({ required }, index) => required && bound[index] === undefined,
  );
  const positional = missing.filter(({ kind }) => kind !== "keywordOnly");
  const [first] = positional;
  if (signature.builtin && first) {
    const own = plainName(signature.name);
    const at = signature.parameters.indexOf(first) + 1;
    return pythonError(
      "TypeError",
      first.kind === "positionalOnly"
        ? `${own}() takes at least ${at} positional argument (0 given)`
        : `${own}() missing required argument '${first.name}'${own === "enumerate" ? "" : ` (pos ${at})`}`,
    );
  }
  const named = positional.length > 0 ? positional : missing;
  const kind = positional.length > 0 ? "positional" : "keyword-only";
  const names = named.map(({ name }) => `'${name}'`);
  const last = names.pop()!;
  const list =
    names.length === 0 ? last : `${names.join(", ")}${names.length > 1 ? "," : ""} and ${last}`;
  return pythonError(
    "TypeError",
    `${signature.name}() missing ${named.length} required ${kind} argument${named.length === 1 ? "" : "s"}: ${list}`,
  );
}

/** The words of functions that CPython writes in C, all of whose parameters are positional. */
function checkNative({ name, parameters }: Signature, args: CallArguments): void {
  if (args.keywords.size > 0) {
    throw pythonError("TypeError", `${name}() takes no keyword arguments`);
  }
  const given = args.positional.length;
  const most = parameters.length;
  const least = parameters.filter(({ required }) => required).length;
  if (given >= least && given <= most) return;
  if (most === 0) throw pythonError("TypeError", `${name}() takes no arguments (${given} given)`);
  if (least === 1 && most === 1) {
    throw pythonError("TypeError", `${name}() takes exactly one argument (${given} given)`);
  }
  const bound = least === most ? "" : given < least ? "at least " : "at most ";
  const count = given < least ? least : most;
  const plain = name.slice(name.lastIndexOf(".") + 1);
  throw pythonError(
    "TypeError",
    `${plain} expected ${bound}${count} argument${count === 1 ? "" : "s"}, got ${given}`,
  );
}
