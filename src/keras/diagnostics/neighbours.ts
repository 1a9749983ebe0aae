/**
 * @file Which layer comes directly before a batch normalization and which directly after it, in
 * functional chains, `Sequential` lists, `model.add` calls, and layers kept as attributes.
 */
import type { SyntaxNode } from "@lezer/common";
import { isKeras } from "../../python/kerasPaths.ts";
import type { Constructor, Inspection } from "./inspection.ts";
import { argumentsIn } from "./inspection.ts";
import {
  type Application,
  applicationOf,
  firstArgument,
  layerOf,
  listOf,
  type MadeLayer,
  withoutParentheses,
  withParentheses,
} from "./layers.ts";
import {
  assignedTo,
  countOf,
  definitionOf,
  isCompound,
  mentions,
  nameOf,
  occurrences,
  sameNode,
  scopeAround,
  statementAfter,
  statementBefore,
  statementOf,
  targetOf,
} from "./statements.ts";

export interface Neighbour {
  readonly layer: MadeLayer;
  /**
   * Whether the one's output goes to the other alone, and always: then the one can be changed for the
   * sake of the other.
   */
  readonly exclusive: boolean;
}

/** A place in a chain of layers from which its neighbours are found. */
type Place =
  | { readonly kind: "application"; readonly node: SyntaxNode; readonly input: SyntaxNode | null }
  | { readonly kind: "element"; readonly node: SyntaxNode }
  | { readonly kind: "added"; readonly statement: SyntaxNode; readonly receiver: string };

/** The layer whose output the batch normalization gets. */
export function layerBefore(maker: Constructor, inspection: Inspection): Neighbour | null {
  const place = placeOf(maker, inspection);
  return place && before(place, inspection);
}

/** The layers before it, the nearest first, as far as they are certain. */
export function* layersBefore(maker: Constructor, inspection: Inspection): Generator<MadeLayer> {
  let place = placeOf(maker, inspection);
  for (let count = 0; place && count < 20; count++) {
    const step = stepBefore(place, inspection);
    if (!step) return;
    yield step.neighbour.layer;
    place = step.place;
  }
}

/** The one call of the layer; null where it is not called by itself, or more than once. */
export function applicationOfLayer(maker: Constructor, inspection: Inspection): SyntaxNode | null {
  const place = placeOf(maker, inspection);
  return place?.kind === "application" ? place.node : null;
}

/** The layer that gets the batch normalization's output, alone. */
export function layerAfter(maker: Constructor, inspection: Inspection): MadeLayer | null {
  const place = placeOf(maker, inspection);
  switch (place?.kind) {
    case "application":
      return appliedTo(place.node, inspection);
    case "element": {
      const next = sibling(place.node, "nextSibling");
      return next && layerOf(next, inspection.meanings);
    }
    case "added": {
      const next = statementAfter(place.statement);
      return next && addedBy(next, place.receiver, inspection);
    }
    default:
      return null;
  }
}

/** What has been found out in the course of one inspection. */
class Memory {
  readonly places = new Map<Constructor, Place | null>();
  readonly steps = new Map<Place, Step | null>();
}

const memories = new WeakMap<Inspection, Memory>();

function memoryOf(inspection: Inspection): Memory {
  const known = memories.get(inspection) ?? new Memory();
  memories.set(inspection, known);
  return known;
}

/** The only place where the layer that a constructor makes is used; null where there are several. */
function placeOf(maker: Constructor, inspection: Inspection): Place | null {
  const { places } = memoryOf(inspection);
  const known = places.get(maker);
  if (known !== undefined) return known;
  const place = findPlace(maker, inspection);
  places.set(maker, place);
  return place;
}

function findPlace({ node: made, partial }: Constructor, inspection: Inspection): Place | null {
  if (partial) return null;
  const { file } = inspection;
  const node = withParentheses(made);
  const parent = node.parent!;
  if (parent.name === "CallExpression" && sameNode(parent.firstChild, node))
    return applicationPlace(parent);
  if (parent.name === "ArrayExpression" && isSequential(parent, inspection))
    return { kind: "element", node };
  if (parent.name === "ArgList") {
    const statement = statementOf(node);
    const receiver = receiverOfAdd(statement, inspection);
    return receiver && sameNode(parent.parent, statement.firstChild)
      ? { kind: "added", statement, receiver }
      : null;
  }
  if (parent.name !== "AssignStatement") return null;
  const name = targetOf(parent, file);
  return name ? onlyUse(name, parent, inspection) : null;
}

function applicationPlace(node: SyntaxNode): Place {
  const list = listOf(node);
  return { kind: "application", node, input: list && firstArgument(list) };
}

/** The one call of a layer by its name, where it is not named anywhere else but where it is made. */
function onlyUse(name: string, made: SyntaxNode, inspection: Inspection): Place | null {
  const { file } = inspection;
  const scope = name.includes(".") ? classAround(made) : scopeAround(made);
  if (!scope) return null;
  let place: Place | null = null;
  for (const at of occurrences(file, name, scope.from, scope.to)) {
    if (made.from <= at && at < made.to) continue;
    let node = file.tree.resolveInner(at, 1);
    if (node.name === "Comment" || node.name === "String") continue;
    while (node.parent?.name === "MemberExpression") node = node.parent;
    const call = node.parent;
    if (nameOf(node, file) !== name) continue;
    if (place || call?.name !== "CallExpression" || !sameNode(call.firstChild, node)) return null;
    place = applicationPlace(call);
  }
  return place;
}

function classAround(node: SyntaxNode): SyntaxNode | null {
  let at: SyntaxNode | null = node;
  while (at && at.name !== "ClassDefinition") at = at.parent;
  return at;
}

function before(place: Place, inspection: Inspection): Neighbour | null {
  return stepBefore(place, inspection)?.neighbour ?? null;
}

interface Step {
  readonly neighbour: Neighbour;
  readonly place: Place;
}

function stepBefore(place: Place, inspection: Inspection): Step | null {
  const { steps } = memoryOf(inspection);
  const known = steps.get(place);
  if (known !== undefined) return known;
  const step = findBefore(place, inspection);
  steps.set(place, step);
  return step;
}

function findBefore(place: Place, inspection: Inspection): Step | null {
  const { meanings, file } = inspection;
  switch (place.kind) {
    case "application": {
      if (!place.input) return null;
      const input = withoutParentheses(place.input);
      if (input.name !== "VariableName" && input.name !== "MemberExpression") {
        const application = applicationOf(input, meanings);
        return application && applicationStep(application, true, inspection);
      }
      const name = nameOf(input, file);
      const definition = name ? definitionOf(name, place.node, file) : null;
      const application = definition && applicationOf(definition.value, meanings);
      if (!name || !definition || !application) return null;
      const exclusive =
        !definition.conditional &&
        isUsedOnce(name, definition.statement, statementOf(place.node), inspection);
      return applicationStep(application, exclusive, inspection);
    }
    case "element": {
      const previous = sibling(place.node, "prevSibling");
      const layer = previous && layerOf(previous, meanings);
      if (!layer) return null;
      const exclusive = sameNode(layer.node, previous);
      return { neighbour: { layer, exclusive }, place: { kind: "element", node: previous } };
    }
    case "added": {
      const found = addBefore(place.statement, place.receiver, inspection);
      if (!found) return null;
      return {
        neighbour: { layer: found.layer, exclusive: found.exclusive },
        place: { ...place, statement: found.statement },
      };
    }
  }
}

function applicationStep(
  { layer, node, input }: Application,
  exclusive: boolean,
  inspection: Inspection,
): Step {
  const alone = exclusive && isUsedHereOnly(layer, node, inspection);
  return {
    neighbour: { layer, exclusive: alone },
    place: { kind: "application", node, input },
  };
}

/** Whether a layer is made where it is applied, or has a name that is used there alone. */
function isUsedHereOnly(layer: MadeLayer, node: SyntaxNode, inspection: Inspection): boolean {
  if (sameNode(node.firstChild, withParentheses(layer.node))) return true;
  const made = layer.node.parent;
  const name = made?.name === "AssignStatement" ? targetOf(made, inspection.file) : null;
  const place = name ? onlyUse(name, made!, inspection) : null;
  return place?.kind === "application" && sameNode(place.node, node);
}

/** Whether what a statement binds to a name is used in one later statement and never again. */
function isUsedOnce(
  name: string,
  definition: SyntaxNode,
  use: SyntaxNode,
  { file }: Inspection,
): boolean {
  if (!sameNode(definition.parent, use.parent)) return false;
  if (mentions(file, name, definition.to, use.from)) return false;
  if (countOf(file, name, use) > 2) return false;
  if (assignedTo(use, name, file)) return true;
  const scope = scopeAround(use);
  return countOf(file, name, use) === 1 && !mentions(file, name, use.to, scope.to);
}

/** The layer whose input is an expression's value: around it, or in the next statement. */
function appliedTo(node: SyntaxNode, inspection: Inspection): MadeLayer | null {
  const { file, meanings } = inspection;
  const list = node.parent;
  if (list?.name === "ArgList" && list.parent) {
    const application = applicationOf(list.parent, meanings);
    return application && sameNode(application.input, node) ? application.layer : null;
  }
  const statement = node.parent;
  const name = statement?.name === "AssignStatement" ? targetOf(statement, file) : null;
  const next = name ? statementAfter(statement!) : null;
  if (!name || !next || next.name !== "AssignStatement") return null;
  const application = next.lastChild && applicationOf(next.lastChild, meanings);
  if (!application?.input || nameOf(application.input, file) !== name) return null;
  return isUsedOnce(name, statement!, next, inspection) ? application.layer : null;
}

/** The element before or after one of a list. */
function sibling(node: SyntaxNode, direction: "prevSibling" | "nextSibling"): SyntaxNode | null {
  let at = node[direction];
  while (at && (at.name === "," || at.name === "Comment")) at = at[direction];
  return at && /^[[\]*]$/.test(at.name) ? null : at;
}

function isSequential(list: SyntaxNode, { meanings }: Inspection): boolean {
  const call = list.parent?.name === "ArgList" ? list.parent.parent : null;
  const meaning = call?.firstChild ? meanings.of(call.firstChild) : null;
  return meaning?.kind === "path" && isKeras(meaning.path) && /\.Sequential$/.test(meaning.path);
}

/** `model` of the statement `model.add(…)`. */
function receiverOfAdd(statement: SyntaxNode, { file }: Inspection): string | null {
  const call = statement.name === "ExpressionStatement" ? statement.firstChild : null;
  const member = call?.name === "CallExpression" ? call.firstChild : null;
  if (member?.name !== "MemberExpression" || !member.firstChild) return null;
  const property = member.lastChild;
  return property && file.textOf(property) === "add" ? nameOf(member.firstChild, file) : null;
}

function addedBy(
  statement: SyntaxNode,
  receiver: string,
  inspection: Inspection,
): MadeLayer | null {
  if (receiverOfAdd(statement, inspection) !== receiver) return null;
  const [first] = argumentsIn(statement.firstChild!, inspection.file);
  return first?.value ? layerOf(first.value, inspection.meanings) : null;
}

function addBefore(
  start: SyntaxNode,
  receiver: string,
  inspection: Inspection,
): {
  readonly layer: MadeLayer;
  readonly statement: SyntaxNode;
  readonly exclusive: boolean;
} | null {
  const { file } = inspection;
  let at = start;
  let exclusive = true;
  for (let steps = 0; steps < 100; steps++) {
    const previous = statementBefore(at);
    if (!previous) {
      const owner = at.parent?.parent;
      if (owner?.name !== "IfStatement") return null;
      exclusive = false;
      at = owner;
      continue;
    }
    at = previous;
    if (!mentions(file, receiver, at.from, at.to)) continue;
    if (receiverOfAdd(at, inspection) === receiver) {
      const layer = addedBy(at, receiver, inspection);
      return layer && { layer, statement: at, exclusive };
    }
    if (isCompound(at) || at.name !== "ExpressionStatement") return null;
  }
  return null;
}
