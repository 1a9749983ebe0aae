/**
 * @file What the rules look at: the calls of Keras's `BatchNormalization` in a file, found by the
 * words of its text, so that a large file costs no more than its few calls.
 */
import type { SyntaxNode } from "@lezer/common";
import { argumentsOf, type CallArgument, type LayerCall, layerCall } from "../../python/calls.ts";
import { type Literal, literalOf } from "../../python/literalValues.ts";
import { isMaker, Meanings } from "../../python/meanings.ts";
import type { SourceFile } from "../../python/sourceFile.ts";
import { ownArguments } from "../signature.ts";
import { type KerasVersion, kerasVersion } from "./kerasVersion.ts";
import { isAgreed, listOf } from "./layers.ts";
import { isWordCharacter, nameOf, sameNode, targetOf } from "./statements.ts";

/** Without this word in a file or in a cell before it, nothing is looked at. */
export const className = "BatchNormalization";

/** A call that makes the layer, or prepares to by `functools.partial`. */
export interface Constructor {
  readonly call: LayerCall;
  readonly node: SyntaxNode;
  /** Whether it is `partial(BatchNormalization, …)`, which makes no layer yet. */
  readonly partial: boolean;
  /** What this call gives itself, by the arguments' names. */
  readonly given: ReadonlyMap<string, CallArgument>;
  /** Whether arguments may come from elsewhere: by `**kwargs`, or from a partial that is not known. */
  readonly open: boolean;
}

export class Inspection {
  readonly file: SourceFile;
  readonly meanings: Meanings;
  /** Whether the file is a cell of a notebook. */
  readonly isCell: boolean;
  readonly #earlier: readonly SourceFile[];
  readonly #mentioned = new Map<RegExp, boolean>();
  readonly #mentionedBefore = new Map<RegExp, boolean>();
  readonly #names: ReadonlySet<string>;
  #everyConstructor: readonly Constructor[] | undefined;
  #constructors: readonly Constructor[] | undefined;
  #before: Inspection | null | undefined;
  #version: KerasVersion | undefined;
  #frozenNames: ReadonlySet<string> | undefined;

  /** `later`: the inspection of the cell after, of which much holds here too. */
  constructor(
    file: SourceFile,
    earlier: readonly SourceFile[],
    isCell: boolean,
    later: Inspection | null = null,
  ) {
    this.file = file;
    this.isCell = isCell;
    this.#earlier = earlier;
    this.meanings = later?.meanings.before ?? Meanings.of(file, earlier);
    // What only later cells name is nothing in this one.
    this.#names = later ? later.#names : makerNames([...earlier, file]);
  }

  /** The calls of the file that make the layer, also those that are still being typed. */
  get everyConstructor(): readonly Constructor[] {
    this.#everyConstructor ??= constructorsIn(this.file, this.meanings, this.#names);
    return this.#everyConstructor;
  }

  /** Those that nothing is missing of. */
  get constructors(): readonly Constructor[] {
    this.#constructors ??= this.everyConstructor.filter(({ node }) => isComplete(node));
    return this.#constructors;
  }

  /** That of the cell before; null for a notebook's first cell and for a file. */
  get before(): Inspection | null {
    if (this.#before === undefined) {
      const last = this.#earlier.at(-1);
      this.#before = last ? new Inspection(last, this.#earlier.slice(0, -1), true, this) : null;
    }
    return this.#before;
  }

  /** The Keras that the file is written for, as far as it tells. */
  get version(): KerasVersion {
    this.#version ??= kerasVersion(this.meanings);
    return this.#version;
  }

  /** What the file gives a `trainable` that is not surely true: `self.bn` of `self.bn.trainable = flag`. */
  get frozenNames(): ReadonlySet<string> {
    this.#frozenNames ??= frozenNamesIn(this.file.text);
    return this.#frozenNames;
  }

  /** Whether the text has a pattern, however often that is asked. */
  mentions(pattern: RegExp): boolean {
    const known = this.#mentioned.get(pattern);
    if (known !== undefined) return known;
    const found = pattern.test(this.file.text);
    this.#mentioned.set(pattern, found);
    return found;
  }

  /** Whether the text, or that of a cell before, has a pattern. */
  everMentions(pattern: RegExp): boolean {
    if (this.mentions(pattern)) return true;
    const known =
      this.#mentionedBefore.get(pattern) ?? this.#earlier.some(({ text }) => pattern.test(text));
    this.#mentionedBefore.set(pattern, known);
    return known;
  }

  textOf(node: { readonly from: number; readonly to: number }): string {
    return this.file.textOf(node);
  }

  /** The value of an argument, as far as the text tells; null also where it is not given. */
  literal(argument: CallArgument | null | undefined): Literal | null {
    return argument?.value ? literalOf(argument.value, this.meanings) : null;
  }

  /** Calls and assignments of the file whose text has a pattern, as the nodes at its matches. */
  *matches(pattern: RegExp): Generator<{ readonly node: SyntaxNode; readonly from: number }> {
    for (const { index } of this.file.text.matchAll(pattern)) {
      const node = this.file.tree.resolveInner(index, 1);
      if (node.name !== "Comment" && node.name !== "String") yield { node, from: index };
    }
  }
}

/** Found once for all layers: a search for each would go through a long file hundreds of times. */
function frozenNamesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const { index } of text.matchAll(/\.trainable\s*=\s*(?!True\b)\w/g)) {
    const name = /[\p{L}\p{N}_.]+$/u.exec(text.slice(Math.max(0, index - 200), index));
    if (name) names.add(name[0]);
  }
  return names;
}

/** The names under which cells or a file have the class, or something that makes the layer. */
function makerNames(files: readonly SourceFile[]): Set<string> {
  const names = new Set([className]);
  // The set grows on the way, by names that are looked at in their turn.
  for (const file of files)
    for (const name of names)
      for (const node of nodesOf(name, file)) {
        const alias = aliasAt(node, file);
        if (alias) names.add(alias);
      }
  return names;
}

/** What `… as BN`, `BN = BatchNormalization` or `BN = partial(BatchNormalization, …)` names. */
function aliasAt(node: SyntaxNode, file: SourceFile): string | null {
  if (node.parent?.name === "ImportStatement") {
    const as = node.nextSibling;
    return as?.name === "as" && as.nextSibling ? file.textOf(as.nextSibling) : null;
  }
  let value = node.parent?.name === "MemberExpression" ? node.parent : node;
  if (value.parent?.name === "ArgList" && value.parent.parent) value = value.parent.parent;
  const statement = value.parent;
  if (statement?.name !== "AssignStatement" || !sameNode(statement.lastChild, value)) return null;
  if (value.name === "CallExpression" && !/\bpartial\b/.test(file.text.slice(value.from, value.to)))
    return null;
  return targetOf(statement, file)?.split(".").at(-1) ?? null;
}

const knownNodes = new WeakMap<SourceFile, Map<string, readonly SyntaxNode[]>>();

/** Where a file has a name, found once. */
function nodesOf(name: string, file: SourceFile): readonly SyntaxNode[] {
  const known = knownNodes.get(file) ?? new Map<string, readonly SyntaxNode[]>();
  knownNodes.set(file, known);
  const nodes = known.get(name) ?? [...findNodes(name, file)];
  known.set(name, nodes);
  return nodes;
}

function* findNodes(name: string, file: SourceFile): Generator<SyntaxNode> {
  const { text } = file;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (isWordCharacter(text[at - 1]) || isWordCharacter(text[at + name.length])) continue;
    const node = file.tree.resolveInner(at, 1);
    if (node.name === "VariableName" || node.name === "PropertyName") yield node;
  }
}

/** What puts another class into Keras's module: `layers.BatchNormalization = Frozen`. */
const replacing = /(?<!\b(?:self|cls))\.BatchNormalization\s*=(?!=)/;

function constructorsIn(
  file: SourceFile,
  meanings: Meanings,
  names: ReadonlySet<string>,
): Constructor[] {
  const found = new Map<number, Constructor>();
  const isReplaced = replacing.test(file.text);
  for (const name of names)
    for (const node of nodesOf(name, file)) {
      if (isReplaced && node.parent?.name === "MemberExpression") continue;
      const maker = constructorAt(node, meanings);
      if (maker) found.set(maker.node.from * 2 + +maker.partial, maker);
    }
  return [...found.values()].sort((a, b) => a.node.from - b.node.from);
}

/** The call whose callee, or whose partial's class, ends with a name. */
function constructorAt(name: SyntaxNode, meanings: Meanings): Constructor | null {
  const callee = name.parent?.name === "MemberExpression" ? name.parent : name;
  const parent = callee.parent;
  if (parent?.name === "CallExpression" && sameNode(parent.firstChild, callee))
    return isMaker(meanings.of(callee)) ? constructorOf(parent, callee, false, meanings) : null;
  const node = parent?.name === "ArgList" ? parent.parent : null;
  const list = node?.getChild("ArgList");
  if (!node?.firstChild || !list || !sameNode(list.firstChild?.nextSibling ?? null, callee))
    return null;
  return meanings.isPartial(meanings.of(node.firstChild), list)
    ? constructorOf(node, callee, true, meanings)
    : null;
}

function constructorOf(
  node: SyntaxNode,
  callee: SyntaxNode,
  partial: boolean,
  meanings: Meanings,
): Constructor | null {
  if (!isAgreed(callee, meanings)) return null;
  const call = layerCall(node, meanings);
  if (call?.of !== "constructor") return null;
  const isOther =
    callee.name === "VariableName" &&
    isUnlikely(call, meanings) &&
    meanings.canBeRenewed(meanings.file.textOf(callee));
  if (isOther) return null;
  const given = new Map<string, CallArgument>();
  for (const argument of call.given) {
    const name =
      argument.keyword ?? (argument.index === null ? null : ownArguments[argument.index]?.name);
    if (name && !given.has(name)) given.set(name, argument);
  }
  const open = call.given.some((argument) => argument.unpacks) || call.maker !== null;
  return { call, node, partial, given, open };
}

/** Whether the first argument is no axis, but what others' functions and classes of that name take. */
function isUnlikely({ given: [first] }: LayerCall, { file }: Meanings): boolean {
  const text = first?.index === 0 && first.value ? file.textOf(first.value) : "";
  return /^(?:[A-Za-z_](?!.*(?:axis|dim))|[89]$|[1-9]\d+$)/is.test(text);
}

/** Whether nothing of a call is still being typed. */
export function isComplete(call: SyntaxNode): boolean {
  const list = listOf(call);
  if (list?.lastChild?.name !== ")") return false;
  for (let at = list.firstChild; at; at = at.nextSibling) if (at.type.isError) return false;
  return true;
}

/** The arguments of any call. */
export function argumentsIn(call: SyntaxNode, file: SourceFile): readonly CallArgument[] {
  const list = listOf(call);
  return list ? argumentsOf(list, file) : [];
}

/** The call whose callee is `receiver.method`, from the node of the method's name. */
export function methodCall(
  property: SyntaxNode,
  file: SourceFile,
): { readonly call: SyntaxNode; readonly receiver: string | null } | null {
  const member = property.parent;
  const call = member?.parent;
  if (member?.name !== "MemberExpression" || call?.name !== "CallExpression") return null;
  if (!sameNode(call.firstChild, member) || !member.firstChild) return null;
  return { call, receiver: nameOf(member.firstChild, file) };
}
