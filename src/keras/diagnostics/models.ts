/** @file Whether a model surely has a batch normalization in it, and how it runs. */
import type { SyntaxNode } from "@lezer/common";
import { isKeras } from "../../python/kerasPaths.ts";
import type { SourceFile } from "../../python/sourceFile.ts";
import { argumentsIn, type Constructor, type Inspection } from "./inspection.ts";
import { derivesFromKeras } from "./layers.ts";
import { applicationOfLayer } from "./neighbours.ts";
import {
  around,
  definitionOf,
  escaped,
  nameOf,
  occurrences,
  sameNode,
  scopeAround,
  statementOf,
  targetOf,
} from "./statements.ts";

/** Which of the layers count. */
type IsMeant = (maker: Constructor, inspection: Inspection) => boolean;

const always: IsMeant = () => true;

/**
 * Whether a model's own text has the layer: where it is made, or in its class or the function that
 * makes it, also in the cells before.
 */
export function hasBatchNormalization(
  name: string,
  use: SyntaxNode,
  inspection: Inspection,
  isMeant: IsMeant = always,
): boolean {
  if (name === "self") {
    const type = around(use, "ClassDefinition");
    // A class without a `call` of its own can be a wrapper of any model.
    const isModel = type && /\bdef call\(/.test(inspection.textOf(type));
    return !!isModel && hasWithin(type, inspection, isMeant);
  }
  const found = valueBehind(name, use, inspection);
  return !!found && makesBatchNormalization(found, name, isMeant);
}

/** A part of a file or a cell. */
export interface Located {
  readonly node: SyntaxNode;
  readonly inspection: Inspection;
}

/** How many functions that return each other's models are followed. */
const farthest = 3;

/** Whether a call makes a model that has the layer. */
function makesBatchNormalization(
  { node: value, inspection }: Located,
  name: string,
  isMeant: IsMeant,
  steps = 0,
): boolean {
  if (value.name !== "CallExpression" || !value.firstChild || steps > farthest) return false;
  if (hasWithin(value, inspection, isMeant)) return true;
  const meaning = inspection.meanings.of(value.firstChild);
  if (meaning?.kind === "path" && isKeras(meaning.path))
    return buildsHere(value, meaning.path, name, isMeant, inspection);
  const callee = nameOf(value.firstChild, inspection.file);
  const definition = callee && definitionNamed(callee, inspection);
  if (!definition || !isRunByKeras(definition)) return false;
  if (hasWithin(definition.node, definition.inspection, isMeant)) return true;
  const returned = returnedBy(definition);
  return !!returned && makesBatchNormalization(returned, "", isMeant, steps + 1);
}

const models = /\.(?:Model|Sequential|Layer)$/;

/** Whether it is Keras, or a `call` that can be read, that decides how what is made is run. */
function isRunByKeras({ node, inspection }: Located): boolean {
  if (node.name !== "ClassDefinition") return true;
  const text = inspection.textOf(node);
  if (/\bdef call\(/.test(text)) return true;
  return !/\bdef __call__\(/.test(text) && derivesFromKeras(node, models, inspection.meanings);
}

function hasWithin(node: SyntaxNode, inspection: Inspection, isMeant: IsMeant): boolean {
  const { from, to } = node;
  const isMade = inspection.constructors.some(
    (maker) =>
      from <= maker.node.from &&
      maker.node.to <= to &&
      isMeant(maker, inspection) &&
      !isConditional(maker.node, from, inspection.file),
  );
  // A class decides by its own `call` how what its blocks return is run.
  if (isMade || node.name === "ClassDefinition") return isMade;
  return blockCalls(node, inspection, isMeant).length > 0;
}

/** Functions that surely put the layer into what they make, and a file's calls of them. */
interface Blocks {
  readonly names: ReadonlySet<string>;
  readonly calls: readonly SyntaxNode[];
}

const knownBlocks = new WeakMap<Inspection, Map<IsMeant, Blocks>>();

/** Those of a file, and of the cells before, with the file's calls of them. */
function blocksOf(inspection: Inspection, isMeant: IsMeant): Blocks {
  const known = knownBlocks.get(inspection) ?? new Map<IsMeant, Blocks>();
  knownBlocks.set(inspection, known);
  const found = known.get(isMeant);
  if (found) return found;
  const { file, before } = inspection;
  const names = new Set<string>();
  const calls: SyntaxNode[] = [];
  for (const name of before ? blocksOf(before, isMeant).names : [])
    if (!file.bindings.lookup(name, null)) names.add(name);
  const add = (node: SyntaxNode) => {
    const name = blockAround(node, inspection);
    if (name) names.add(name);
  };
  for (const maker of inspection.constructors) if (isMeant(maker, inspection)) add(maker.node);
  // What calls a block is one: the set grows while it is gone through.
  for (const name of names)
    for (const call of callsOf(name, file)) {
      calls.push(call);
      add(call);
    }
  const blocks = { names, calls };
  known.set(isMeant, blocks);
  return blocks;
}

/** The name of the file's only function of it around a node that is run whenever the function is. */
function blockAround(node: SyntaxNode, inspection: Inspection): string | null {
  let owner: SyntaxNode | null = null;
  for (let at = node.parent; at; at = at.parent) {
    if (at.name === "ClassDefinition") return null;
    if (at.name === "FunctionDefinition") owner = at;
  }
  const named = owner?.getChild("VariableName");
  if (!owner || !named || isConditional(node, owner.from, inspection.file)) return null;
  const name = inspection.textOf(named);
  return sameNode(definitionNamed(name, inspection)?.node ?? null, owner) ? name : null;
}

/** The calls in a node, run whenever it is, of functions that put the layer into what they make. */
function blockCalls(node: SyntaxNode, inspection: Inspection, isMeant: IsMeant): SyntaxNode[] {
  const { from, to } = node;
  return blocksOf(inspection, isMeant).calls.filter(
    (call) => from <= call.from && call.to <= to && !isConditional(call, from, inspection.file),
  );
}

function* callsOf(name: string, file: SourceFile): Generator<SyntaxNode> {
  for (const at of occurrences(file, name, 0, file.text.length)) {
    const callee = file.tree.resolveInner(at, 1);
    const call = callee.name === "VariableName" ? callee.parent : null;
    if (call?.name === "CallExpression" && sameNode(call.firstChild, callee)) yield call;
  }
}

/** What a name surely holds where a node uses it, or at the end of the cell where there is none. */
export function valueBehind(
  name: string,
  use: SyntaxNode | null,
  inspection: Inspection,
): Located | null {
  const { bindings } = inspection.file;
  const found = use && definitionOf(name, use, inspection.file)?.value;
  if (found) return { node: found, inspection };
  const candidates = bindings.candidates(name, use);
  if (candidates.length === 0)
    return inspection.before && valueBehind(name, null, inspection.before);
  const only = candidates.length === 1 ? candidates[0].value : null;
  const value = use ? only : bindings.certainValue(name, null);
  return value && { node: value, inspection };
}

/**
 * The function, class or, for `self.name`, method of a name, where the file, or the nearest cell
 * before that binds the name, has exactly one.
 */
function definitionNamed(name: string, inspection: Inspection): Located | null {
  const { file } = inspection;
  const method = /^self\.(\w+)$/.exec(name)?.[1];
  const start = method
    ? `^[ \\t]+(?=def[ \\t]+${method}\\b)`
    : `^(?=(?:def|class)[ \\t]+${name}\\b)`;
  const found = [...file.text.matchAll(new RegExp(start, "gm"))];
  if (found.length === 0 && !method && !file.bindings.lookup(name, null))
    return inspection.before && definitionNamed(name, inspection.before);
  const at = found.length === 1 ? found[0].index + found[0][0].length : null;
  const node = at === null ? null : file.tree.resolveInner(at, 1).parent;
  return node && /^(?:Function|Class)Definition$/.test(node.name) ? { node, inspection } : null;
}

/** What a function returns, where it has only one `return`. */
function returnedBy({ node, inspection }: Located): Located | null {
  if (node.name !== "FunctionDefinition") return null;
  const returns: SyntaxNode[] = [];
  node.cursor().iterate((found) => {
    if (found.name === "ReturnStatement") returns.push(found.node);
    return found.from === node.from || !/^(?:Function|Class)Definition$/.test(found.name);
  });
  const value = returns.length === 1 ? returns[0].firstChild?.nextSibling : null;
  if (value?.name !== "VariableName") return value ? { node: value, inspection } : null;
  const made = definitionOf(inspection.textOf(value), value, inspection.file)?.value;
  return made ? { node: made, inspection } : null;
}

/** Whether a model that is built in its own scope has the layer. */
function buildsHere(
  made: SyntaxNode,
  path: string,
  name: string,
  isMeant: IsMeant,
  inspection: Inspection,
): boolean {
  const { file } = inspection;
  const scope = scopeAround(made);
  const here = inspection.constructors
    .filter(
      ({ node }) => sameNode(scopeAround(node), scope) && !isConditional(node, scope.from, file),
    )
    .filter((maker) => isMeant(maker, inspection))
    .map(({ node }) => ({ node, text: file.textOf(statementOf(node)) }));
  if (path.endsWith(".Sequential")) return here.some(({ text }) => text.startsWith(`${name}.add(`));
  // A second functional model in the same scope could be the one that has it.
  const text = file.textOf(scope);
  const models = text.match(/\bModel\s*\(/g)?.length;
  if (!path.endsWith(".Model") || models !== 1) return false;
  const isPart = (node: SyntaxNode) => node.to < made.from && !isRunApart(node, text, file);
  if (here.some((made) => isPart(made.node) && !made.text.includes(".add("))) return true;
  return blockCalls(scope, inspection, isMeant).some(
    (call) => isPart(call) && sameNode(scopeAround(call), scope),
  );
}

/** Whether what a layer is made a part of is called with a `training` of its own: `body(x, training=False)`. */
function isRunApart(node: SyntaxNode, text: string, file: SourceFile): boolean {
  const name = targetOf(statementOf(node), file);
  if (!name || !text.includes("training=")) return false;
  const called = `(?<![\\w.])${escaped(name)}\\((?:[^()]|\\([^()]*\\))*\\btraining=(?:True|False)\\b`;
  return new RegExp(called).test(text);
}

/** Whether something decides if a node is run at all; `from`: the start of what is run for sure. */
function isConditional(node: SyntaxNode, from: number, file: SourceFile): boolean {
  for (let at = node; at.parent && at.from > from; at = at.parent) {
    if (at !== node && /^(?:IfStatement|ConditionalExpression|MatchClause)$/.test(at.name))
      return true;
    if (at.parent.name === "Body" && canReturnBefore(at, file)) return true;
  }
  return false;
}

/** Whether a branch before a statement, in the same block, can leave the function. */
function canReturnBefore(statement: SyntaxNode, file: SourceFile): boolean {
  for (let at = statement.prevSibling; at; at = at.prevSibling)
    if (at.name === "IfStatement" && /\breturn\b/.test(file.textOf(at))) return true;
  return false;
}

/** Whether a layer trains when its model does, and else is in inference mode. */
export function followsModel(maker: Constructor, inspection: Inspection): boolean {
  const { file } = inspection;
  if (canBeFrozen(maker, inspection)) return false;
  const type = around(maker.node, "ClassDefinition");
  const called = type && parametersOfCall(type, file)?.text;
  // It can be true by default.
  if (called && /\btraining\s*(?::[^=,]*)?=\s*True\b/.test(called)) return false;
  if (type && lacksTraining(type, file) && canDecide(file.textOf(type))) return false;
  if (type && isRunApart(maker.node, ownCall(file.textOf(type)), file)) return false;
  const application = applicationOfLayer(maker, inspection);
  const given = application ? argumentsIn(application, file) : [];
  const training = given.find(({ keyword, index }) => keyword === "training" || index === 1);
  if (!training?.value) return true;
  // What a model is built with stays so, whatever it is called with.
  return (
    !!called &&
    /^\w+$/.test(file.textOf(training.value)) &&
    /training/.test(file.textOf(training.value))
  );
}

/** Whether a layer is made with a `trainable` that is not surely true, or gets one by its name. */
export function canBeFrozen(
  { given, node }: Constructor,
  { file, frozenNames }: Inspection,
): boolean {
  const trainable = given.get("trainable")?.value;
  if (trainable && file.textOf(trainable) !== "True") return true;
  const parent = node.parent!;
  const name =
    frozenNames.size > 0 && parent.name === "AssignStatement" ? targetOf(parent, file) : null;
  return !!name && frozenNames.has(name);
}

/** The text of a class's own `call`, up to the next method. */
function ownCall(type: string): string {
  return /\bdef call\([\s\S]*?(?=\n[ \t]+(?:@|(?:async +)?def )|$)/.exec(type)?.[0] ?? "";
}

/** Whether a class has a `call` that takes no `training`, so that what it calls is in inference mode. */
export function lacksTraining(type: SyntaxNode, file: SourceFile): boolean {
  const called = parametersOfCall(type, file);
  return called !== null && !/\*\*|\btraining\b/.test(called.text);
}

/** Whether a class can set the mode of its layers by other means than an argument of its `call`. */
function canDecide(type: string): boolean {
  return (
    /\bdef __call__\(|\btraining\b/.test(type.replace(/\bself\((?:[^()]|\([^()]*\))*\)/g, "")) ||
    /train|learning_phase|\bmode\b/i.test(ownCall(type))
  );
}

/** The class that a model is made of, where that surely is one of the file or the cells before. */
export function classBehind(name: string, use: SyntaxNode, inspection: Inspection): Located | null {
  if (name === "self") {
    const node = around(use, "ClassDefinition");
    return node && { node, inspection };
  }
  let made = valueBehind(name, use, inspection);
  for (let steps = 0; made?.node.name === "CallExpression" && steps <= farthest; steps++) {
    const callee = nameOf(made.node.firstChild!, made.inspection.file);
    const definition: Located | null = callee ? definitionNamed(callee, made.inspection) : null;
    if (!definition || definition.node.name === "ClassDefinition") return definition;
    made = returnedBy(definition);
  }
  return null;
}

/** What stands between the parentheses of a class's own `call`, and from where; null where it has none. */
export function parametersOfCall(
  type: SyntaxNode,
  file: SourceFile,
): { readonly text: string; readonly from: number } | null {
  const head = "def call(";
  const found = /\bdef call\(([^()]*(?:\([^()]*\)[^()]*)*)\)/.exec(file.textOf(type));
  return found && { text: found[1], from: type.from + found.index + head.length };
}
