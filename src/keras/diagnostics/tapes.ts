/** @file Whose gradients a `GradientTape` is asked for, and what in its block it does not follow. */
import type { SyntaxNode } from "@lezer/common";
import { argumentsIn, type Inspection } from "./inspection.ts";
import { around, escaped, headerEnd, nameOf, sameNode } from "./statements.ts";

const trainables = /(?<![\w.])([\w.]+?)\.trainable_(?:variables|weights)\b/g;

/**
 * The models that a tape's block trains: `model` of `tape.gradient(loss, model.trainable_variables)`;
 * all that the step around it takes gradients of, where its text does not tell which tape has which.
 */
export function trainedIn(
  block: SyntaxNode,
  step: SyntaxNode,
  inspection: Inspection,
): ReadonlySet<string> {
  const { file } = inspection;
  const header = file.text.slice(block.from, headerEnd(block));
  const tapes = [...header.matchAll(/GradientTape\s*\([^()]*\)\s*as\s+(\w+)/g)].map(
    ([, name]) => name,
  );
  const models = new Set<string>();
  let isKnown = tapes.length > 0;
  for (const tape of tapes) {
    const sources = sourcesOf(tape, block, step, inspection);
    if (!sources) isKnown = false;
    for (const text of sources ?? [])
      for (const [, name] of text.matchAll(trainables)) models.add(name);
  }
  return isKnown
    ? models
    : new Set([...file.textOf(step).matchAll(trainables)].map(([, name]) => name));
}

/** What a tape's gradients are taken of, as text; null where that is not certain. */
function sourcesOf(
  tape: string,
  block: SyntaxNode,
  step: SyntaxNode,
  inspection: Inspection,
): string[] | null {
  const { file } = inspection;
  const rest = file.text.slice(block.from, step.to);
  // The next block can have a tape of the same name.
  const renewed = new RegExp(`\\bas\\s+${tape}\\b`, "g");
  const end = [...rest.matchAll(renewed)][1]?.index ?? rest.length;
  const sources: string[] = [];
  const asked = new RegExp(`(?<![\\w.])${tape}\\.(?:gradient|jacobian|batch_jacobian)\\s*\\(`, "g");
  for (const { index } of rest.slice(0, end).matchAll(asked)) {
    const call = around(file.tree.resolveInner(block.from + index, 1), "CallExpression");
    const given = call && argumentsIn(call, file);
    const value = given?.find(({ keyword, index }) => keyword === "sources" || index === 1)?.value;
    const text = value && sourceText(value, inspection);
    if (text === null || text === undefined) return null;
    sources.push(text);
  }
  return sources.length > 0 ? sources : null;
}

/** The text of an expression, with that of what its names have been given; null where that can be anything. */
function sourceText(value: SyntaxNode, { file }: Inspection): string | null {
  const text = file.textOf(value);
  if (text.includes(".trainable_")) return text;
  const name = nameOf(value, file);
  if (name === null) return /var|weight|param/i.test(text) ? null : text;
  const values = file.bindings.candidates(name, value).map((binding) => binding.value);
  const isKnown = values.length > 0 && values.every((each) => each !== null);
  if (isKnown) return values.map((each) => file.textOf(each!)).join("\n");
  return /var|weight|param/i.test(text) ? null : "";
}

/** Whether no gradient flows through a call in a tape's block, or another tape in it follows it. */
export function isDetached(call: SyntaxNode, block: SyntaxNode, { file }: Inspection): boolean {
  for (let at = call.parent; at && !sameNode(at, block); at = at.parent) {
    if (at.name === "CallExpression" && /\bstop_gradient$/.test(file.textOf(at.firstChild!)))
      return true;
    if (at.name !== "WithStatement") continue;
    if (/\bstop_recording\b|\bGradientTape\b/.test(file.text.slice(at.from, headerEnd(at))))
      return true;
  }
  return false;
}

/** What says elsewhere in which mode layers run. */
const learningPhase = /learning_phase/;

/**
 * Batch normalizations that are told to keep their statistics: in a loop over a model's layers, by
 * their class or their names; as the only ones that are not thawed; by their attribute; by a function.
 */
const frozenLayers = [
  /(?:(?<![a-z])bn|batch_?norm)[^\n]{0,120}?:\s*\w+\.trainable\s*=\s*False\b/i,
  /\.trainable\s*=[^\n]{0,120}?\bnot\s+isinstance\([^()\n]*\bBatchNorm/,
  /\bnot\s+isinstance\([^()\n]*\bBatchNorm\w*\)[\s\S]{0,80}?\.trainable\s*=\s*(?!False\b)\w/,
  /(?:(?<![a-z])bn\d*|batch_?norm\w*)\.trainable\s*=\s*False\b/i,
  /\bfreeze_?(?:all_?)?(?:bn|batch_?norm)/i,
];

/** Whether a file, or a cell before it, sets the mode by other means than the call. */
export function setsMode(inspection: Inspection): boolean {
  return [learningPhase, ...frozenLayers].some((pattern) => inspection.everMentions(pattern));
}

const knownFrozen = new WeakMap<Inspection, Map<string, boolean>>();

/** Whether a model's layers are frozen somewhere, and with them the statistics. */
export function isFrozen(model: string, inspection: Inspection): boolean {
  const known = knownFrozen.get(inspection) ?? new Map<string, boolean>();
  knownFrozen.set(inspection, known);
  const found = known.get(model) ?? freezes(model, inspection);
  known.set(model, found);
  return found;
}

function freezes(model: string, inspection: Inspection): boolean {
  const name = escaped(model);
  const loop = `for\\s+(\\w+)\\s+in\\s+${name}\\.layers[^\\n]*:[^]{0,120}?\\b\\1\\.trainable\\s*=\\s*False\\b`;
  return inspection.everMentions(
    new RegExp(`(?<![\\w.])(?:${name}\\.trainable\\s*=\\s*False\\b|${loop})`),
  );
}
