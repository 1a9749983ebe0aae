/**
 * @file Calls of Keras's `BatchNormalization`, of the layers made by it, and of
 * `keras.ops.batch_normalization`: which arguments they give, and which of them an offset is at.
 */
import type { SyntaxNode } from "@lezer/common";
import { namesLayer } from "./layerWords.ts";
import { isMaker, type Meaning, Meanings } from "./meanings.ts";
import type { Span } from "./nodes.ts";
import type { SourceFile } from "./sourceFile.ts";

/** A call that makes a layer, a call of a layer, or a call of the function. */
export type CallKind = "constructor" | "call" | "function";

/** An argument that a call gives, complete or half typed. */
export interface CallArgument extends Span {
  readonly keyword: string | null;
  /** The place among the positional arguments; null for keywords and unpacking. */
  readonly index: number | null;
  readonly unpacks: boolean;
  readonly name: Span | null;
  readonly value: SyntaxNode | null;
}

export interface LayerCall {
  readonly of: CallKind;
  readonly node: SyntaxNode;
  readonly list: SyntaxNode;
  readonly given: readonly CallArgument[];
  readonly meanings: Meanings;
  /** What made the layer that is called, or what a partial adds to; null where unknown. */
  readonly maker: LayerCall | null;
}

/** Whether there can be anything to find in a file, or in a cell and the cells before it. */
export function mayCall(files: Iterable<SourceFile>): boolean {
  for (const { text } of files) if (namesLayer(text)) return true;
  return false;
}

/** A `CallExpression` as a call that concerns batch normalization; null for any other. */
export function layerCall(node: SyntaxNode, meanings: Meanings, steps = 0): LayerCall | null {
  const list = node.lastChild;
  if (list?.name !== "ArgList" || !node.firstChild || steps > 8) return null;
  const callee = meanings.of(node.firstChild);
  const partial = meanings.isPartial(callee, list);
  const of = partial ? "constructor" : kindOf(callee);
  if (!of) return null;
  const given = argumentsOf(list, meanings.file, partial ? 1 : 0);
  const made = callee?.kind === "layer" || callee?.kind === "partial" ? callee.call : null;
  const maker = made && layerCall(made.node, made.meanings, steps + 1);
  return { of, node, list, given, meanings, maker };
}

function kindOf(callee: Meaning | null): CallKind | null {
  if (isMaker(callee)) return "constructor";
  if (callee?.kind === "layer") return "call";
  return callee?.kind === "function" ? "function" : null;
}

/** Every such call of a file, in the order of the text. */
export function layerCallsIn(
  file: SourceFile,
  earlier: readonly SourceFile[] = [],
  { from, to }: Span = { from: 0, to: file.text.length },
): LayerCall[] {
  if (!mayCall([file, ...earlier])) return [];
  const meanings = Meanings.of(file, earlier);
  const calls: LayerCall[] = [];
  file.tree.iterate({
    from,
    to,
    enter: ({ name, node }) => {
      const call = name === "CallExpression" ? layerCall(node, meanings) : null;
      if (call) calls.push(call);
    },
  });
  return calls.sort((a, b) => a.list.from - b.list.from);
}

/**
 * The arguments between the parentheses of a call. `skipped`: how many positional ones at the start
 * are not the layer's own, as the class in `partial(BatchNormalization, …)`.
 */
export function argumentsOf(
  list: SyntaxNode,
  file: SourceFile,
  skipped = 0,
): readonly CallArgument[] {
  const lists = readLists.get(file) ?? new Map<number, readonly CallArgument[]>();
  readLists.set(file, lists);
  // No two lists begin at the same place.
  const key = skipped === 0 ? list.from : -list.from;
  const known = lists.get(key) ?? readArguments(list, file, skipped);
  lists.set(key, known);
  return known;
}

/** By the places of their parentheses: several rules ask for the arguments of the same layers. */
const readLists = new WeakMap<SourceFile, Map<number, readonly CallArgument[]>>();

function readArguments(list: SyntaxNode, file: SourceFile, skipped: number): CallArgument[] {
  const given: CallArgument[] = [];
  let index = -skipped;
  let parts: SyntaxNode[] = [];
  const finish = () => {
    const [first] = parts;
    if (first) {
      const argument = argumentFrom(parts, file, index);
      if (argument.index !== null) index++;
      if (argument.index === null || argument.index >= 0) given.push(argument);
    }
    parts = [];
  };
  for (let at = list.firstChild; at; at = at.nextSibling) {
    // A comma without an argument before it is an error to the grammar.
    if (at.name === "," || (at.type.isError && file.textOf(at) === ",")) finish();
    else if (!asides.has(at.name) && !(at.type.isError && at.from === at.to)) parts.push(at);
  }
  finish();
  return given;
}

/** What stands between parentheses without being an argument. */
const asides: ReadonlySet<string> = new Set(["(", ")", "Comment"]);

function argumentFrom(found: SyntaxNode[], file: SourceFile, index: number): CallArgument {
  // What the grammar could not read, such as the next line, belongs to something else.
  const end = found.findIndex(
    (part, at) =>
      at > 0 && (part.type.isError || (part.name === "AssignOp" && part.firstChild?.type.isError)),
  );
  const parts = end > 0 ? found.slice(0, end) : found;
  const { from } = parts[0];
  const { to } = parts.at(-1)!;
  const unpacks = /^\*\*?$/.test(parts[0].name);
  const isKeyword =
    parts[0].name === "VariableName" &&
    parts[1]?.name === "AssignOp" &&
    file.textOf(parts[1]) === "=";
  const value = parts[isKeyword ? 2 : unpacks ? 1 : 0] ?? null;
  return {
    from,
    to,
    keyword: isKeyword ? file.textOf(parts[0]) : null,
    index: isKeyword || unpacks ? null : index,
    unpacks,
    name: isKeyword ? { from, to: parts[0].to } : null,
    value: value?.type.isError ? null : value,
  };
}

/** Where in a call an offset is. */
export interface CallPosition {
  readonly call: LayerCall;
  /** The argument at the offset, however little of it is typed; null between two commas. */
  readonly argument: CallArgument | null;
  /** The place that a positional argument typed here would have. */
  readonly index: number;
  /** Whether a keyword has been given before: then positional arguments are over. */
  readonly keywordsOnly: boolean;
}

/**
 * The innermost call around an offset, if it is one of batch normalization; with text that is still
 * being typed, too.
 */
export function callAround(
  file: SourceFile,
  offset: number,
  earlier: readonly SourceFile[] = [],
): CallPosition | null {
  if (!mayCall([file, ...earlier])) return null;
  const list = listAround(file, offset);
  const node = list?.parent;
  const call = node?.name === "CallExpression" ? layerCall(node, Meanings.of(file, earlier)) : null;
  if (!list || !call) return null;
  const before = call.given.filter(({ to }) => separated(file, to, offset));
  const argument =
    call.given.find(({ from, to }) => from <= offset && !separated(file, to, offset)) ?? null;
  return {
    call,
    argument,
    index: before.filter(({ index }) => index !== null).length,
    keywordsOnly: before.some(({ index }) => index === null),
  };
}

/** Whether a comma stands between an argument's end and an offset. */
function separated(file: SourceFile, end: number, offset: number): boolean {
  return file.text.slice(end, offset).replace(/#.*$/gm, "").includes(",");
}

/** The parentheses that an offset is within, passing over blanks and comments before it. */
function listAround(file: SourceFile, offset: number): SyntaxNode | null {
  let at = offset;
  for (;;) {
    while (at > 0 && /\s/.test(file.text[at - 1])) at--;
    const node = file.tree.resolveInner(at, -1);
    if (node.name !== "Comment") return listFrom(node, offset);
    if (node.from < offset && offset <= node.to) return null;
    if (node.from >= at) return null;
    at = node.from;
  }
}

function listFrom(start: SyntaxNode, offset: number): SyntaxNode | null {
  for (let node: SyntaxNode | null = start; node; node = node.parent) {
    if (/^(?:Body|LambdaExpression)$/.test(node.name)) return null;
    if (node.name !== "ArgList" || node.from >= offset) continue;
    const last = node.lastChild;
    if (last?.name !== ")" || offset < last.to) return node;
  }
  return null;
}
