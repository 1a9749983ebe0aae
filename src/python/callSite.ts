/**
 * @file The call of Keras's `BatchNormalization`, of a layer made by it, or of
 * `keras.ops.batch_normalization`, under a position: on which argument's name or value it is, or on
 * the callable's name.
 */
import type { SyntaxNode, Tree } from "@lezer/common";
import { type CallKind, type LayerCall, layerCall } from "./calls.ts";
import { isClassPath, isFunctionPath, Meanings } from "./meanings.ts";
import type { Span } from "./nodes.ts";
import { SourceFile } from "./sourceFile.ts";

export { SourceFile };

/** What is under the position; the span is that of the name or value itself. */
export interface CallSite extends Span {
  readonly of: CallKind;
  /** The name of the class or of the function, an argument's name, or its value. */
  readonly part: "class" | "name" | "value";
  /** The keyword of the argument; null for positional ones and the class. */
  readonly keyword: string | null;
  /** The place among the positional arguments; null for keywords and the class. */
  readonly index: number | null;
  /** Null where a class or function is named without being called. */
  readonly call: LayerCall | null;
}

/**
 * What is under an offset of a file; null where it is not such a call. `earlier`: the cells before
 * it in a notebook, whose names it can use.
 */
export function callSiteAt(
  file: SourceFile,
  offset: number,
  earlier: readonly SourceFile[] = [],
): CallSite | null {
  const node = nameOrValueAt(file.tree, offset);
  if (!node) return null;
  const meanings = Meanings.of(file, earlier);
  return callableName(node, meanings) ?? argument(node, meanings);
}

/** The innermost node at an offset, taking the word before where the offset is at its end. */
function nameOrValueAt(tree: Tree, offset: number): SyntaxNode | null {
  for (const side of [1, -1] as const) {
    const node = tree.resolveInner(offset, side);
    if (node.name === "Comment") return null;
    if (node.name === "VariableName" || node.name === "PropertyName") return node;
  }
  const node = tree.resolveInner(offset, 1);
  return node.name === "Script" ? null : node;
}

/** The name of the class or function itself, wherever it stands. */
function callableName(node: SyntaxNode, meanings: Meanings): CallSite | null {
  const { from, to } = node;
  const site = (of: CallKind): CallSite => {
    const callee = node.name === "PropertyName" ? node.parent! : node;
    const around = callee.parent?.name === "CallExpression" ? callee.parent : null;
    const called = around?.firstChild?.from === callee.from && around.firstChild.to === callee.to;
    const call = called ? layerCall(around!, meanings) : null;
    return { of, part: "class", keyword: null, index: null, call, from, to };
  };
  const symbols =
    node.parent?.name === "ImportStatement" ? meanings.file.bindings.importedBy(node.parent) : [];
  const imported = symbols.find((symbol) => symbol.from === from && symbol.to === to);
  if (imported) {
    if (isClassPath(imported.path)) return site("constructor");
    return isFunctionPath(imported.path) ? site("function") : null;
  }
  if (node.name === "VariableName" ? isKeyword(node) : node.name !== "PropertyName") return null;
  const meaning = meanings.of(node.name === "PropertyName" ? node.parent! : node);
  if (meaning?.kind === "function") return site("function");
  return meaning?.kind === "class" ? site("constructor") : null;
}

/** The argument of the innermost call around the position. */
function argument(node: SyntaxNode, meanings: Meanings): CallSite | null {
  let child = node;
  while (child.parent && child.parent.name !== "ArgList") child = child.parent;
  const list = child.parent;
  const around = list?.parent;
  if (!list || around?.name !== "CallExpression" || isPunctuation(child)) return null;
  const call = layerCall(around, meanings);
  // A number in `Constant(0.5)` belongs to what is made with it.
  if (!call) return isLiteral(node) ? argument(around, meanings) : null;
  const { from, to } = child;
  const given = call.given.find((each) => each.from <= from && to <= each.to);
  if (!given || given.unpacks) return null;
  const { keyword, index } = given;
  const part = given.name?.from === from ? "name" : "value";
  return { of: call.of, part, keyword, index, call, from, to };
}

/** Whether a name is the keyword of an argument. */
function isKeyword(node: SyntaxNode): boolean {
  return (
    node.parent?.name === "ArgList" &&
    nextOf(node)?.name === "AssignOp" &&
    nextOf(node)!.to - nextOf(node)!.from === 1
  );
}

function nextOf(node: SyntaxNode): SyntaxNode | null {
  let next = node.nextSibling;
  while (next?.name === "Comment") next = next.nextSibling;
  return next;
}

function isLiteral({ name }: SyntaxNode): boolean {
  return name === "Number" || name === "String";
}

function isPunctuation(node: SyntaxNode): boolean {
  return node.type.isError || /^(?:[(),]|\*\*?|AssignOp|Comment|for|in|if)$/.test(node.name);
}
