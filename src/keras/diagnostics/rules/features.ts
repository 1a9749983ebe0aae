/** @file Masks, replicas, renormalization, and weights set by hand. */
import type { SyntaxNode } from "@lezer/common";
import type { CallArgument } from "../../../python/calls.ts";
import { layerCall } from "../../../python/calls.ts";
import { shapeOf } from "../../../python/literalShapes.ts";
import { type Literal, numberIn } from "../../../python/literalValues.ts";
import { addArgument, removeArgument, replace } from "../edits.ts";
import {
  argumentsIn,
  type Constructor,
  type Inspection,
  isComplete,
  methodCall,
} from "../inspection.ts";
import { type Problem, possible, preferred } from "../problem.ts";
import { closest } from "../spelling.ts";

/** A mask has one axis less than the input. */
export function* maskRank(inspection: Inspection): Generator<Problem> {
  const { file, meanings } = inspection;
  for (const { node } of inspection.matches(/\bmask\s*=(?!=)/g)) {
    const call = node.parent?.name === "ArgList" ? node.parent.parent : null;
    if (call?.name !== "CallExpression" || !isComplete(call)) continue;
    const found = layerCall(call, meanings);
    if (found?.of !== "call") continue;
    const mask = found.given.find(({ keyword }) => keyword === "mask")?.value;
    const inputs = found.given.find(({ keyword, index }) => keyword === "inputs" || index === 0);
    if (!mask || !inputs?.value) continue;
    const shapes = [shapeOf(mask, meanings), shapeOf(inputs.value, meanings)];
    const ranks = shapes.map((shape) => shape?.length ?? null);
    if (ranks[0] === null || ranks[1] === null || ranks[0] === ranks[1] - 1) continue;
    const { from, to } = mask;
    yield {
      code: "mask-rank",
      from,
      to,
      sentence: "maskRank",
      facts: [String(ranks[0]), String(ranks[1]), String(ranks[1] - 1)],
      fixes:
        ranks[0] === ranks[1] && /^[\w.]+$/.test(file.textOf(mask))
          ? [
              possible("replace", [`${file.textOf(mask)}[..., 0]`], {
                from: to,
                to,
                text: "[..., 0]",
              }),
            ]
          : [],
    };
  }
}

/** `synchronized=True` where the backend is set, to another than TensorFlow. */
export function* synchronizedBackend(inspection: Inspection): Generator<Problem> {
  for (const { given, call } of inspection.constructors) {
    const argument = given.get("synchronized");
    const literal = inspection.literal(argument);
    const { backend, ofTensorFlow } = inspection.version;
    if (!argument || literal?.kind !== "boolean" || !literal.value) continue;
    if (!backend || backend === "tensorflow" || ofTensorFlow) continue;
    const { from, to } = argument;
    yield {
      code: "synchronized-backend",
      from,
      to,
      sentence: "synchronizedBackend",
      facts: [backend],
      fixes: [
        preferred("remove", ["synchronized"], removeArgument(argument, call.list, inspection.file)),
      ],
    };
  }
}

const clippingKeys = ["rmax", "rmin", "dmax"];

export function* renormClipping(inspection: Inspection): Generator<Problem> {
  for (const maker of inspection.constructors) {
    const argument = maker.given.get("renorm_clipping");
    const literal = inspection.literal(argument);
    if (!argument?.value || literal?.kind !== "dict") continue;
    const isOff = isRenormOff(maker, inspection);
    for (const problem of clippingEntries(argument.value, literal, inspection))
      yield isOff ? { ...problem, severity: "warning" } : problem;
    if (isOff) yield withoutRenorm(maker, argument, inspection);
  }
}

function* clippingEntries(
  node: SyntaxNode,
  { entries }: Extract<Literal, { kind: "dict" }>,
  { file }: Inspection,
): Generator<Problem> {
  const { from, to } = node;
  const at = { code: "renorm-clipping", from, to } as const;
  const values = new Map(entries.map(([key, value]) => [key, numberIn(value)]));
  for (const [key] of entries) {
    if (clippingKeys.includes(key)) continue;
    const span = keySpan(node, key, file.text);
    const meant = closest(
      key,
      clippingKeys.filter((each) => !values.has(each)),
    );
    const fixes = meant && span ? [preferred("rename", [meant], replace(span, meant))] : [];
    yield { ...at, ...span, sentence: "clippingKey", facts: [key], fixes };
  }
  const [rmax, rmin, dmax] = clippingKeys.map((key) => values.get(key) ?? null);
  if (rmax !== null && rmin !== null && rmax < rmin) {
    const [a, b] = [keySpan(node, "rmax", file.text), keySpan(node, "rmin", file.text)];
    const fixes =
      a && b ? [preferred("swap", ["rmax", "rmin"], replace(a, "rmin"), replace(b, "rmax"))] : [];
    yield { ...at, sentence: "clippingRange", facts: [String(rmax), String(rmin)], fixes };
  }
  if (dmax !== null && dmax < 0)
    yield { ...at, sentence: "clippingNegative", facts: [String(dmax)], fixes: [] };
}

/** Where a key stands in the text of `{"rmax": 3}` or `dict(rmax=3)`. */
function keySpan(
  { from, to }: SyntaxNode,
  key: string,
  text: string,
): { readonly from: number; readonly to: number } | null {
  if (!/^\w+$/.test(key)) return null;
  const found = new RegExp(`\\b${key}\\b(?=["']?\\s*[:=])`).exec(text.slice(from, to));
  return found && { from: from + found.index, to: from + found.index + key.length };
}

/** Whether the layer does not renormalize; then Keras does not look at what it would clip by. */
export function isRenormOff({ given, open }: Constructor, inspection: Inspection): boolean {
  const renorm = given.get("renorm");
  const literal = inspection.literal(renorm);
  return renorm ? literal?.kind === "boolean" && !literal.value : !open;
}

function withoutRenorm(
  { given, call }: Constructor,
  argument: CallArgument,
  inspection: Inspection,
): Problem {
  const renorm = given.get("renorm");
  const { from, to } = argument;
  const edit = renorm?.value
    ? replace(renorm.value, "True")
    : addArgument("renorm=True", call.list, call.given, inspection.file);
  return {
    code: "renorm-clipping",
    severity: "information",
    from,
    to,
    sentence: "clippingWithoutRenorm",
    facts: [],
    fixes: [possible("add", ["renorm=True"], edit)],
  };
}

type Weight = "gamma" | "beta" | "mean" | "variance";

/** The order in which the layer keeps its weights. */
const weightOrder: readonly Weight[] = ["gamma", "beta", "mean", "variance"];

export function* setWeightsOrder(inspection: Inspection): Generator<Problem> {
  const { file } = inspection;
  for (const { from } of inspection.matches(/\.set_weights\s*\(/g)) {
    const call = methodCall(file.tree.resolveInner(from + 1, 1), file)?.call;
    const list = call && isComplete(call) ? argumentsIn(call, file)[0]?.value : null;
    if (list?.name !== "ArrayExpression" && list?.name !== "TupleExpression") continue;
    const elements: SyntaxNode[] = [];
    for (let at = list.firstChild; at; at = at.nextSibling)
      if (!/^(?:[[\](),]|Comment)$/.test(at.name)) elements.push(at);
    const kinds = elements.map((element) => weightKind(file.textOf(element)));
    if (kinds.length < 2 || kinds.length > 4 || kinds.some((kind) => kind === null)) continue;
    const places = kinds.map((kind) => weightOrder.indexOf(kind!));
    if (new Set(places).size < places.length || !kinds.includes("mean")) continue;
    const sorted = [...elements.keys()].sort((a, b) => places[a] - places[b]);
    if (sorted.every((index, place) => index === place)) continue;
    const edits = sorted.flatMap((index, place) =>
      index === place ? [] : [replace(elements[place], file.textOf(elements[index]))],
    );
    const order = sorted.map((index) => kinds[index]!).join(", ");
    const { from: start, to } = list;
    yield {
      code: "set-weights-order",
      from: start,
      to,
      sentence: "weightsOrder",
      facts: [order],
      fixes: [preferred("swap", [order], ...edits)],
    };
  }
}

/** Which of the layer's weights an expression holds, by its words; null where they do not tell. */
function weightKind(text: string): Weight | null {
  const kinds: Weight[] = [];
  const words = text.toLowerCase();
  if (
    /var(?:iance)?s?(?![a-z])|(?<![a-z])(?:sigma|var|mv(?![a-z]))/.test(
      words.replace("variables", ""),
    )
  )
    kinds.push("variance");
  if (/mean|(?<![a-z])m[mu](?![a-z])/.test(words)) kinds.push("mean");
  if (/gamma|(?<![a-z])scales?(?![a-z])/.test(words)) kinds.push("gamma");
  if (/beta|(?<![a-z])(?:offset|shift|bias)(?![a-z])/.test(words)) kinds.push("beta");
  return kinds.length === 1 ? kinds[0] : null;
}
