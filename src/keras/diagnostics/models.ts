/** @file Whether a model surely has a batch normalization in it, and how it runs. */
import type { SyntaxNode } from "@lezer/common";
import { isKeras } from "../../python/bindings.ts";
import { argumentsIn, type Constructor, type Inspection } from "./inspection.ts";
import { applicationOfLayer } from "./neighbours.ts";
import { around, definitionOf, nameOf, sameNode, scopeAround, statementOf } from "./statements.ts";

/**
 * Whether a model's own text has the layer: where it is made, or in its class. `isMeant`: which of
 * the layers count.
 */
export function hasBatchNormalization(
  name: string,
  use: SyntaxNode,
  inspection: Inspection,
  isMeant: (maker: Constructor) => boolean = () => true,
): boolean {
  const { file, meanings } = inspection;
  const constructors = inspection.constructors.filter(isMeant);
  const within = (owner: SyntaxNode) =>
    constructors.some(
      ({ node }) =>
        owner.from <= node.from && node.to <= owner.to && !isConditional(node, owner.from),
    );
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
    return buildsHere(value, meaning.path, name, constructors, inspection);
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
  constructors: readonly Constructor[],
  { file }: Inspection,
): boolean {
  const scope = scopeAround(made);
  const here = constructors
    .filter(({ node }) => sameNode(scopeAround(node), scope) && !isConditional(node, scope.from))
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

/** Whether something decides if a node is run at all; `from`: the start of what is run for sure. */
function isConditional(node: SyntaxNode, from: number): boolean {
  for (let at = node.parent; at && at.from > from; at = at.parent)
    if (at.name === "IfStatement" || at.name === "ConditionalExpression") return true;
  return false;
}

/** Whether a layer trains when its model does, and else is in inference mode. */
export function followsModel(maker: Constructor, inspection: Inspection): boolean {
  const { file } = inspection;
  const trainable = maker.given.get("trainable");
  if (trainable?.value && file.textOf(trainable.value) !== "True") return false;
  const type = around(maker.node, "ClassDefinition");
  const called = type && parametersOfCall(file.textOf(type));
  // Without the parameter there is nothing to pass; and it can be true by default.
  if (called && !/\*\*|\btraining\b(?!\s*(?::[^=,]*)?=\s*True\b)/.test(called)) return false;
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

/** What stands between the parentheses of a class's own `call`; null where it has none. */
function parametersOfCall(type: string): string | null {
  return /\bdef call\(([^()]*(?:\([^()]*\)[^()]*)*)\)/.exec(type)?.[1] ?? null;
}
