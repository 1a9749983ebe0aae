/** @file Whether a model surely has a batch normalization in it. */
import type { SyntaxNode } from "@lezer/common";
import { isKeras } from "../../python/bindings.ts";
import type { Inspection } from "./inspection.ts";
import { around, definitionOf, nameOf, sameNode, scopeAround, statementOf } from "./statements.ts";

/** Whether a model's own text has the layer: where it is made, or in its class. */
export function hasBatchNormalization(
  name: string,
  use: SyntaxNode,
  inspection: Inspection,
): boolean {
  const { constructors, file, meanings } = inspection;
  const within = ({ from, to }: SyntaxNode) =>
    constructors.some(({ node }) => from <= node.from && node.to <= to);
  if (name === "self") {
    const type = around(use, "ClassDefinition");
    // A class without a `call` of its own can be a wrapper of any model.
    return !!type && within(type) && /\bdef call\(/.test(file.textOf(type));
  }
  const value = valueBehind(name, use, inspection);
  if (value?.name !== "CallExpression" || !value.firstChild) return false;
  if (within(value)) return true;
  const meaning = meanings.of(value.firstChild);
  if (meaning?.kind === "path" && isKeras(meaning.path))
    return buildsHere(value, meaning.path, name, inspection);
  const callee = nameOf(value.firstChild, file);
  const definition = callee && definitionNamed(callee, inspection);
  return !!definition && within(definition);
}

function valueBehind(name: string, use: SyntaxNode, { file }: Inspection): SyntaxNode | null {
  const found = definitionOf(name, use, file)?.value;
  if (found) return found;
  const candidates = file.bindings.candidates(name, use);
  return candidates.length === 1 ? candidates[0].value : null;
}

/** The function, class or, for `self.name`, method of a name, where the file has exactly one. */
function definitionNamed(name: string, { file }: Inspection): SyntaxNode | null {
  const method = /^self\.(\w+)$/.exec(name)?.[1];
  const start = method
    ? `^[ \\t]+(?=def[ \\t]+${method}\\b)`
    : `^(?=(?:def|class)[ \\t]+${name}\\b)`;
  const found = [...file.text.matchAll(new RegExp(start, "gm"))];
  const at = found.length === 1 ? found[0].index + found[0][0].length : null;
  const node = at === null ? null : file.tree.resolveInner(at, 1).parent;
  return node && /^(?:Function|Class)Definition$/.test(node.name) ? node : null;
}

/** Whether a model that is built in its own scope has the layer. */
function buildsHere(
  made: SyntaxNode,
  path: string,
  name: string,
  { constructors, file }: Inspection,
): boolean {
  const scope = scopeAround(made);
  const here = constructors
    .filter(({ node }) => sameNode(scopeAround(node), scope))
    .map(({ node }) => ({ node, text: file.textOf(statementOf(node)) }));
  if (path.endsWith(".Sequential")) return here.some(({ text }) => text.startsWith(`${name}.add(`));
  // A second functional model in the same scope could be the one that has it.
  const models = file.textOf(scope).match(/\bModel\s*\(/g)?.length;
  return (
    path.endsWith(".Model") &&
    models === 1 &&
    here.some(({ node, text }) => node.to < made.from && !text.includes(".add("))
  );
}
