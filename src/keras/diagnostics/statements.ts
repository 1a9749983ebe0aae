/**
 * @file The order in which a file's statements run, as far as it is certain: which statement comes
 * before another, and which assignment a name surely has its value from.
 */
import type { SyntaxNode } from "@lezer/common";
import { firstFrom } from "../../python/bindingPlaces.ts";
import type { Span } from "../../python/nodes.ts";
import type { SourceFile } from "../../python/sourceFile.ts";

/** Nodes that have statements in them without being a place where these can be skipped. */
const transparent = new Set(["StatementGroup"]);

const blocks = new Set(["Body", "Script", ...transparent]);

/** What a statement has in it must not be taken for run exactly once. */
const compound =
  /^(?:If|For|While|Try|With|Match)Statement$|^(?:Function|Class)Definition$|^DecoratedStatement$/;

export function sameNode(a: SyntaxNode | null, b: SyntaxNode | null): boolean {
  return !!a && !!b && a.from === b.from && a.to === b.to && a.type === b.type;
}

export function isCompound({ name }: SyntaxNode): boolean {
  return compound.test(name);
}

/** The innermost statement around a node, or the node itself where it is one. */
export function statementOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && !blocks.has(at.parent.name)) at = at.parent;
  return at;
}

/** The innermost node of a kind around another. */
export function around(node: SyntaxNode, ...names: string[]): SyntaxNode | null {
  let at = node.parent;
  while (at && !names.includes(at.name)) at = at.parent;
  return at;
}

/** The function, class or file whose names a node sees first. */
export function scopeAround(node: SyntaxNode): SyntaxNode {
  return around(node, "FunctionDefinition", "ClassDefinition", "LambdaExpression", "Script")!;
}

/** The statement before one in the same block; null for the first. */
export function statementBefore(statement: SyntaxNode): SyntaxNode | null {
  return neighbour(statement, "prevSibling");
}

/** The statement after one in the same block; null for the last. */
export function statementAfter(statement: SyntaxNode): SyntaxNode | null {
  return neighbour(statement, "nextSibling");
}

function neighbour(
  statement: SyntaxNode,
  direction: "prevSibling" | "nextSibling",
): SyntaxNode | null {
  let at: SyntaxNode | null = statement[direction];
  while (at && /^(?:Comment|:|;)$/.test(at.name)) at = at[direction];
  if (at?.name === "StatementGroup")
    return direction === "prevSibling" ? lastStatement(at) : at.firstChild;
  if (!at && statement.parent && transparent.has(statement.parent.name))
    return neighbour(statement.parent, direction);
  return at?.type.isError ? null : at;
}

function lastStatement(group: SyntaxNode): SyntaxNode | null {
  const last = group.lastChild;
  return last?.name === ";" ? last.prevSibling : last;
}

/** Where a name has its value from. */
export interface Definition {
  readonly statement: SyntaxNode;
  readonly value: SyntaxNode;
  /** Whether the use is in a branch that the definition is not in. */
  readonly conditional: boolean;
}

/** How many statements are looked at in the search for a definition. */
const farthest = 400;

/**
 * The assignment that a name, used at a node, surely has its value from; null where a branch, a
 * loop or anything else in between may have given it another.
 */
export function definitionOf(name: string, use: SyntaxNode, file: SourceFile): Definition | null {
  let at = statementOf(use);
  let conditional = false;
  for (let steps = 0; steps < farthest; steps++) {
    const before = statementBefore(at);
    if (before) {
      at = before;
      if (!mentions(file, name, at.from, at.to)) continue;
      const value = assignedTo(at, name, file);
      if (value) return { statement: at, value, conditional };
      if (isCompound(at) || bindsInPassing(at, name, file)) return null;
      continue;
    }
    const owner = at.parent?.parent;
    if (at.parent?.name !== "Body" || !owner) return null;
    if (owner.name === "IfStatement") conditional = true;
    else if (owner.name !== "WithStatement" || mentions(file, name, owner.from, headerEnd(owner)))
      return null;
    at = owner;
  }
  return null;
}

/** What a plain assignment gives to exactly this name or attribute. */
export function assignedTo(
  statement: SyntaxNode,
  name: string,
  file: SourceFile,
): SyntaxNode | null {
  if (statement.name !== "AssignStatement") return null;
  const target = statement.firstChild!;
  let operator = target.nextSibling;
  if (operator?.name === "TypeDef") operator = operator.nextSibling;
  if (operator?.name !== "AssignOp" || nameOf(target, file) !== name) return null;
  const value = statement.lastChild!;
  return sameNode(operator.nextSibling, value) && !value.type.isError ? value : null;
}

/** The single target of a plain assignment, as a name or a dotted path; null for others. */
export function targetOf(statement: SyntaxNode, file: SourceFile): string | null {
  if (statement.name !== "AssignStatement" || !statement.firstChild) return null;
  const name = nameOf(statement.firstChild, file);
  return name !== null && assignedTo(statement, name, file) ? name : null;
}

/** `x` or `self.conv`, without the spaces; null for any other expression. */
export function nameOf(node: SyntaxNode, file: SourceFile): string | null {
  if (node.name === "VariableName") return file.textOf(node);
  if (node.name !== "MemberExpression") return null;
  const text = file.textOf(node).replace(/\s/g, "");
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(text) ? text : null;
}

function bindsInPassing(statement: SyntaxNode, name: string, file: SourceFile): boolean {
  const text = file.textOf(statement);
  if (statement.name === "AssignStatement" || statement.name === "UpdateStatement") {
    return mentions(file, name, statement.from, statement.lastChild!.from) || text.includes(":=");
  }
  if (statement.name === "ExpressionStatement") return text.includes(":=");
  return !/^(?:Return|Assert|Raise|Pass|Print)Statement$/.test(statement.name);
}

/** Where the first block of a compound statement begins. */
export function headerEnd(statement: SyntaxNode): number {
  return statement.getChild("Body")?.from ?? statement.to;
}

/** Where a name, or a dotted path, stands as whole words between two offsets; not as an attribute. */
export function occurrences(file: SourceFile, name: string, from: number, to: number): number[] {
  const found: number[] = [];
  visit(file, name, from, to, (at) => {
    found.push(at);
    return true;
  });
  return found;
}

/** Visits the occurrences in order, as long as the visitor says to go on. */
function visit(
  file: SourceFile,
  name: string,
  from: number,
  to: number,
  goesOn: (at: number) => boolean,
): void {
  const { text } = file;
  const isWhole = (at: number) =>
    text[at - 1] !== "." &&
    !isWordCharacter(text[at - 1]) &&
    !isWordCharacter(text[at + name.length]);
  const before = name.lastIndexOf(".") + 1;
  const places = file.placesOf(name.slice(before), to - from);
  if (places) {
    for (let index = firstFrom(places, from + before); index < places.length; index++) {
      const at = places[index] - before;
      if (at >= to) return;
      if (text.startsWith(name, at) && isWhole(at) && !goesOn(at)) return;
    }
    return;
  }
  // A search of the whole text would go on to its end, for a name that a short span does not have.
  const part = text.slice(from, to + name.length - 1);
  for (let index = part.indexOf(name); index >= 0; index = part.indexOf(name, index + 1))
    if (isWhole(from + index) && !goesOn(from + index)) return;
}

/** A name as a part of a regular expression. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const isPlain = new Set(" \n\t.,:;()[]{}=+-*/'\"#");

export function isWordCharacter(character: string | undefined): boolean {
  // Most are none, and the pattern costs ten times as much.
  if (character === undefined || isPlain.has(character)) return false;
  return /[\p{L}\p{N}_]/u.test(character);
}

/** Whether a name stands anywhere between two offsets. */
export function mentions(file: SourceFile, name: string, from: number, to: number): boolean {
  let found = false;
  visit(file, name, from, to, () => {
    found = true;
    return false;
  });
  return found;
}

/** How often a name stands in a node's text. */
export function countOf(file: SourceFile, name: string, { from, to }: Span): number {
  let count = 0;
  visit(file, name, from, to, () => {
    count++;
    return true;
  });
  return count;
}

/**
 * Whether a node is part of a test, a check or a benchmark: a function named so, with its
 * decorators, or a method of a `TestCase`.
 */
export function isInTest(node: SyntaxNode, file: SourceFile): boolean {
  let at = around(node, ...definitions);
  for (; at; at = around(at, ...definitions)) {
    const defined = at.name === "DecoratedStatement" ? at.getChild("FunctionDefinition") : at;
    if (defined && testDefinition.test(file.textOf(defined))) return true;
  }
  return false;
}

const definitions = ["FunctionDefinition", "ClassDefinition", "DecoratedStatement"];

const testFunction = String.raw`def\s+_*(?:test|bench|check(?!point)|verify|smoke)`;

const testDefinition = new RegExp(
  String.raw`^(?:(?:async\s+)?${testFunction}|class\s+\w+\s*\([^()]*\bTestCase\b)`,
  "i",
);

/** Without this in a text nothing in it is part of a test. */
export const testWords = new RegExp(String.raw`\b${testFunction}|\bTestCase\b`, "i");
