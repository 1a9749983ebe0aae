/**
 * @file Completions at a cursor in a cell, as data. Knows nothing of `vscode`.
 */
import type { Chain } from "../python/chains.ts";
import { openCallAt, type Typed, typedAt } from "../python/cursor.ts";
import { typableKeywords } from "../python/keywords.ts";
import { parse } from "../python/parser.ts";
import {
  type MemberInfo,
  type MemberKind,
  signatureLabel,
  type VariablePath,
} from "../shared/inspection.ts";
import type { CellNames } from "./cellNames.ts";

export interface Suggestion {
  readonly label: string;
  readonly kind: MemberKind | "keyword" | "parameter" | "key";
  /** Its signature or its type. */
  readonly detail: string | null;
  /** What documentation is found by; null where there is none to find. */
  readonly path: string | null;
  /** A docstring. */
  readonly documentation: string | null;
  /** What is inserted where it is not the label. */
  readonly insert: string | null;
  /** Lower ones come first; within a group by name. */
  readonly group: number;
}

export interface Suggestions {
  /** How many characters before the cursor are replaced. */
  readonly replaced: number;
  readonly items: readonly Suggestion[];
}

/** What a live kernel answers; null where it is busy or has no such value. */
export interface LiveAnswers {
  members(path: VariablePath): Promise<readonly MemberInfo[] | null>;
  keys(path: VariablePath): Promise<readonly string[] | null>;
}

/** What can follow a character that asks by itself: no list of all names at every bracket or quote. */
const followers: Readonly<Record<string, readonly Typed["kind"][]>> = {
  ".": ["attribute", "module"],
  "[": ["key"],
  '"': ["key"],
  "'": ["key"],
};

/** The characters after which completions come without being asked for. */
export const triggerCharacters: readonly string[] = Object.keys(followers);

/**
 * What can be typed at an offset; null where nothing is to be completed.
 * @param trigger The character that was typed, where it asks by itself.
 */
export async function suggestionsAt(
  names: CellNames,
  live: LiveAnswers,
  text: string,
  offset: number,
  trigger?: string,
): Promise<Suggestions | null> {
  const typed = typedAt(text, offset);
  if (trigger !== undefined && !followers[trigger]?.includes(typed.kind)) return null;
  if (typed.kind === "name" && names.isLayerArgument(text, offset)) return null;
  switch (typed.kind) {
    case "nothing":
      return null;
    case "attribute":
      return made(typed.prefix, (await membersOf(names, live, typed.object)).map(ofMember));
    case "module":
      return modules(names, typed.prefix);
    case "importWord":
      return made(typed.prefix, [keyword("import")]);
    case "member":
      return made(typed.prefix, names.modules(typed.module).map(ofMember));
    case "key":
      return keys(names, live, typed);
    case "name": {
      const call = openCallAt(text, offset);
      const callee = call?.callee ? names.resolve(call.callee) : null;
      const parameters = call?.startsArgument && callee ? parametersFor(callee, call) : [];
      const own = names.all().map(ofName);
      const words = (typed.startsStatement ? atStatements : withinExpressions)().map(keyword);
      return made(typed.prefix, [...parameters, ...own, ...words]);
    }
  }
}

function made(prefix: string, items: readonly Suggestion[]): Suggestions {
  return { replaced: prefix.length, items };
}

async function membersOf(
  names: CellNames,
  live: LiveAnswers,
  object: Chain | null,
): Promise<readonly MemberInfo[]> {
  const found = object && names.resolve(object);
  if (found?.kind === "module") return names.modules(found.path);
  if (found?.kind !== "value") return [];
  return (found.live && (await live.members(found.live))) ?? names.typeMembers(found.type);
}

function modules(names: CellNames, prefix: string): Suggestions {
  const dot = prefix.lastIndexOf(".");
  if (dot >= 0) {
    const inner = names.modules(prefix.slice(0, dot)).filter(({ kind }) => kind === "module");
    return made(prefix.slice(dot + 1), inner.map(ofMember));
  }
  const roots = Object.keys(names.catalog.modules).filter((path) => !/[._]/.test(path));
  return made(
    prefix,
    roots.map((path) => ({ ...plain(path, "module", 1), path })),
  );
}

async function keys(
  names: CellNames,
  live: LiveAnswers,
  { object, quote, prefix }: Extract<Typed, { kind: "key" }>,
): Promise<Suggestions | null> {
  const found = object && names.resolve(object);
  const all = found?.kind === "value" && found.live ? await live.keys(found.live) : null;
  if (!all || all.length === 0) return null;
  const fitting = quote === null ? all : all.filter((source) => source.startsWith('"'));
  return made(
    prefix,
    fitting.map((source) => {
      const inside = quote === null ? source : source.slice(1, -1).replaceAll('\\"', '"');
      const insert = quote === null ? source : inside.replaceAll(quote, `\\${quote}`);
      return { ...plain(insert, "key", 0) };
    }),
  );
}

/** The keywords that the call still takes. */
function parametersFor(
  callee: NonNullable<ReturnType<CellNames["resolve"]>>,
  { index, given }: { readonly index: number; readonly given: readonly string[] },
): Suggestion[] {
  const parameters = callee.kind === "callable" ? callee.info.parameters : null;
  const open = (parameters ?? []).filter(
    ({ kind, name }, at) =>
      (kind === "keywordOnly" || (kind === "normal" && at >= index)) && !given.includes(name),
  );
  return open.map(({ name, text }) => ({
    ...plain(`${name}=`, "parameter", 0),
    // Its default, which is all that the label does not say.
    detail: text.slice(name.length + 1) || null,
  }));
}

function ofMember(info: MemberInfo): Suggestion {
  return { ...ofInfo(info), group: info.name.startsWith("_") ? 2 : 1 };
}

/** Variables and functions of one's own before what is built in, exceptions last. */
function ofName(info: MemberInfo): Suggestion {
  const builtin = info.path === `builtins.${info.name}`;
  const group = builtin ? (/(?:Error|Warning|Exception)$/.test(info.name) ? 4 : 3) : 1;
  return { ...ofInfo(info), group };
}

function ofInfo({ name, kind, type, parameters, path, documentation }: MemberInfo): Suggestion {
  const detail = parameters
    ? signatureLabel(name, parameters).label
    : kind === "class"
      ? null
      : type;
  return { ...plain(name, kind, 1), detail, path, documentation };
}

const reads = (text: string) => parse(text).problems.length === 0;
const [withinExpressions, atStatements] = [false, true].map((starts) =>
  // Asked once, when first needed: reading takes its time.
  lazily(() => typableKeywords(starts, reads)),
);

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function keyword(word: string): Suggestion {
  return plain(word, "keyword", 2);
}

function plain(label: string, kind: Suggestion["kind"], group: number): Suggestion {
  return { label, kind, detail: null, path: null, documentation: null, insert: null, group };
}
