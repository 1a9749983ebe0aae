/**
 * @file Which Keras layers an expression makes or applies. Only what is certain counts: a name that
 * two statements bind to different things makes nothing.
 */
import type { SyntaxNode } from "@lezer/common";
import type { Binding } from "../../python/bindings.ts";
import { argumentsOf, type CallArgument } from "../../python/calls.ts";
import { isKeras } from "../../python/kerasPaths.ts";
import { isMaker, type Meaning, type Meanings } from "../../python/meanings.ts";
import { nameOf } from "./statements.ts";

/** A call that makes a Keras layer. */
export interface MadeLayer {
  /** The class without its module: `Conv2D`. */
  readonly className: string;
  readonly node: SyntaxNode;
  readonly given: readonly CallArgument[];
  readonly meanings: Meanings;
}

/** A layer applied to something: `layer(x)`, whether it is made there or has a name. */
export interface Application {
  readonly layer: MadeLayer;
  readonly node: SyntaxNode;
  /** Null where nothing is given. */
  readonly input: SyntaxNode | null;
}

const layersModule = /\.layers\.(?:\w+\.)*(\w+)$/;

/** What callees that mean the same all over a file are, by their text. */
const knownClasses = new WeakMap<Meanings, Map<string, string | null>>();

/** The name of the Keras layer's class that an expression is; null for anything else. */
export function layerClass(callee: SyntaxNode, meanings: Meanings): string | null {
  const text = meanings.file.textOf(callee);
  const root = /^\w+/.exec(text)?.[0];
  if (!root || !meanings.file.bindings.isGlobal(root, callee)) return classOf(callee, meanings);
  const known = knownClasses.get(meanings) ?? new Map<string, string | null>();
  knownClasses.set(meanings, known);
  const found = known.get(text);
  if (found !== undefined) return found;
  const name = classOf(callee, meanings);
  known.set(text, name);
  return name;
}

function classOf(callee: SyntaxNode, meanings: Meanings): string | null {
  const meaning = meanings.of(callee);
  if (meaning?.kind === "class") return isAgreed(callee, meanings) ? "BatchNormalization" : null;
  if (meaning?.kind === "path") {
    const found = isKeras(meaning.path) ? layersModule.exec(meaning.path) : null;
    return found && isAgreed(callee, meanings) ? found[1] : null;
  }
  if (meaning || callee.name !== "VariableName") return null;
  const name = meanings.file.textOf(callee);
  return /^[A-Z]/.test(name) && !meanings.binds(name) && fromStar(meanings) ? name : null;
}

/** Whether a class's own bases have one of Keras's whose path ends like this. */
export function derivesFromKeras(type: SyntaxNode, ending: RegExp, meanings: Meanings): boolean {
  for (let base = type.getChild("ArgList")?.firstChild; base; base = base.nextSibling) {
    const path = meanings.pathOf(base);
    if (path && isKeras(path) && ending.test(path)) return true;
  }
  return false;
}

/** Whether a file, or a cell before it, imports all of Keras's layers by `*`. */
function fromStar(meanings: Meanings): boolean {
  const imported = meanings.file.bindings.stars.some(
    ({ path }) => /(?:^|\.)layers$/.test(path) && isKeras(`${path}.X`),
  );
  return imported || (!!meanings.before && fromStar(meanings.before));
}

/** Whether every binding that the first name of an expression can have means the same. */
export function isAgreed(node: SyntaxNode, meanings: Meanings): boolean {
  let root = node;
  while (root.name === "MemberExpression" && root.firstChild) root = root.firstChild;
  const name = meanings.file.textOf(root);
  const { bindings } = meanings.file;
  const attribute = node.name === "MemberExpression" ? nameOf(node, meanings.file) : null;
  const assigned = attribute ? bindings.callable(attribute, node) : [];
  const candidates = assigned.length > 0 ? assigned : bindings.callable(name, node);
  if (candidates.length === 0) return !meanings.isGuess(name);
  if (candidates.length < 2) return true;
  const whole = meanings.file.textOf(node).replace(/\s/g, "");
  const rest = assigned.length > 0 ? "" : whole.slice(name.length);
  // A binding is of one name in one scope, so the first tells all of them.
  const known = agreements.get(meanings) ?? new Map<Binding, Map<string, boolean>>();
  agreements.set(meanings, known);
  const byRest = known.get(candidates[0]) ?? new Map<string, boolean>();
  known.set(candidates[0], byRest);
  const agreed = byRest.get(rest) ?? areAgreed(candidates, rest, meanings);
  byRest.set(rest, agreed);
  return agreed;
}

/** Whether bindings agree, with what follows them: found once, however often they are used. */
const agreements = new WeakMap<Meanings, Map<Binding, Map<string, boolean>>>();

function areAgreed(bindings: readonly Binding[], rest: string, meanings: Meanings): boolean {
  const kinds = bindings.map((binding) => kindOf(binding, rest, meanings));
  return kinds.every((kind) => kind !== null && kind === kinds[0]);
}

function kindOf(binding: Binding, rest: string, meanings: Meanings): string | null {
  if (binding.path) {
    const full = binding.path + rest;
    if (!isKeras(full)) return null;
    return layersModule.exec(full)?.[1] ?? full;
  }
  const meaning = binding.value && meanings.of(binding.value);
  return meaning ? kindOfMeaning(meaning, rest) : null;
}

function kindOfMeaning(meaning: Meaning, rest: string): string | null {
  if (meaning.kind === "class") return "BatchNormalization";
  if (meaning.kind === "path") return layersModule.exec(meaning.path + rest)?.[1] ?? null;
  return isMaker(meaning) ? meaning.kind : null;
}

/** Most layers are asked for their class alone. */
class Made implements MadeLayer {
  readonly className: string;
  readonly node: SyntaxNode;
  readonly meanings: Meanings;
  readonly #list: SyntaxNode;
  #given: readonly CallArgument[] | undefined;

  constructor(className: string, node: SyntaxNode, list: SyntaxNode, meanings: Meanings) {
    this.className = className;
    this.node = node;
    this.meanings = meanings;
    this.#list = list;
  }

  get given(): readonly CallArgument[] {
    this.#given ??= argumentsOf(this.#list, this.meanings.file);
    return this.#given;
  }
}

/** The parentheses of a call, its last part; null for any other expression. */
export function listOf(call: SyntaxNode): SyntaxNode | null {
  const last = call.name === "CallExpression" ? call.lastChild : null;
  return last?.name === "ArgList" ? last : null;
}

/** What a call is given first, by its place; null for a keyword, unpacking or nothing. */
export function firstArgument(list: SyntaxNode): SyntaxNode | null {
  let first = list.firstChild?.nextSibling ?? null;
  while (first?.name === "Comment") first = first.nextSibling;
  if (!first || first.type.isError || /^(?:\)|\*\*?)$/.test(first.name)) return null;
  return first.nextSibling?.name === "AssignOp" ? null : first;
}

/** What a call makes, if it makes a Keras layer. */
export function madeLayer(node: SyntaxNode, meanings: Meanings): MadeLayer | null {
  const list = listOf(node);
  if (!list || !node.firstChild) return null;
  const className = layerClass(node.firstChild, meanings);
  return className ? new Made(className, node, list, meanings) : null;
}

/** The layer that an expression is: a call that makes one, or a name for one. */
export function layerOf(expression: SyntaxNode, meanings: Meanings): MadeLayer | null {
  const node = withoutParentheses(expression);
  if (node.name === "CallExpression") return madeLayer(node, meanings);
  const name = nameOf(node, meanings.file);
  const candidates = name ? meanings.file.bindings.candidates(name, node) : [];
  const [binding] = candidates;
  return candidates.length === 1 && binding.value && binding.value.name === "CallExpression"
    ? madeLayer(binding.value, meanings)
    : null;
}

/** What layer an expression applies, and to what. */
export function applicationOf(expression: SyntaxNode, meanings: Meanings): Application | null {
  const node = withoutParentheses(expression);
  const list = listOf(node);
  const layer = list && node.firstChild ? layerOf(node.firstChild, meanings) : null;
  return list && layer ? { layer, node, input: firstArgument(list) } : null;
}

/** Whether a name is Keras's `Input`. */
export function isInput(callee: SyntaxNode, meanings: Meanings): boolean {
  const meaning = meanings.of(callee);
  return meaning?.kind === "path" && isKeras(meaning.path) && /\.Input$/.test(meaning.path);
}

/** An expression with the parentheses around it that only group. */
export function withParentheses(expression: SyntaxNode): SyntaxNode {
  let node = expression;
  while (node.parent?.name === "ParenthesizedExpression") node = node.parent;
  return node;
}

export function withoutParentheses(expression: SyntaxNode): SyntaxNode {
  let node = expression;
  while (node.name === "ParenthesizedExpression" && node.firstChild?.nextSibling)
    node = node.firstChild.nextSibling;
  return node;
}

/** The argument that a layer is made with under a keyword; null where it has none. */
export function keyword({ given }: MadeLayer, name: string): CallArgument | null {
  return given.find((argument) => argument.keyword === name) ?? null;
}

/** How many channels a dense layer or a convolution is made for, by its name or as its first argument. */
export function sizeOf(layer: MadeLayer): CallArgument | null {
  return keyword(layer, "filters") ?? keyword(layer, "units") ?? layer.given[0] ?? null;
}

/** Whether some of the arguments come from a mapping or a sequence that is not written out. */
export function unpacks({ given }: { readonly given: readonly CallArgument[] }): boolean {
  return given.some((argument) => argument.unpacks);
}

const convolution =
  /^(?:Separable|Depthwise)?Conv(?:olution)?([123])D(?:Transpose)?$|^Deconvolution([23])D$/;

/** The number of spatial dimensions of a convolution; null for other layers. */
export function convolutionRank(className: string): number | null {
  const found = convolution.exec(className);
  return found ? Number(found[1] ?? found[2]) : null;
}

/** Layers that work on each value by itself, so that the axes mean the same after them. */
export const elementwise =
  /^(?:Activation|ReLU|LeakyReLU|PReLU|ELU|ThresholdedReLU|Dropout|SpatialDropout[123]D|GaussianNoise|GaussianDropout|AlphaDropout|ActivityRegularization)$/;
