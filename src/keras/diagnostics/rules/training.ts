/** @file Training loops that call in inference mode, or feed single samples. */
import type { SyntaxNode } from "@lezer/common";
import { numberIn } from "../../../python/literalValues.ts";
import type { SourceFile } from "../../../python/sourceFile.ts";
import { addArgument, removeArgument, replace } from "../edits.ts";
import { argumentsIn, type Inspection, isComplete } from "../inspection.ts";
import { isInput } from "../layers.ts";
import {
  classBehind,
  followsModel,
  hasBatchNormalization,
  lacksTraining,
  parametersOfCall,
} from "../models.ts";
import { type Edit, type Problem, possible, preferred } from "../problem.ts";
import { around, occurrences, sameNode, scopeAround } from "../statements.ts";
import { isDetached, isFrozen, setsMode, trainedIn } from "../tapes.ts";
import { fitting } from "./freezing.ts";

const tapes = /\bGradientTape\b/;

/** A model or a layer that a training step calls without saying that it trains. */
export function* missingTraining(inspection: Inspection): Generator<Problem> {
  if (!inspection.mentions(tapes) || setsMode(inspection)) return;
  const { file } = inspection;
  const found = new Map<number, Problem>();
  for (const { node } of inspection.matches(/\bGradientTape\b/g)) {
    const block = around(node, "WithStatement");
    const step = block && around(block, "FunctionDefinition", "Script");
    if (!step || !/\bapply(?:_gradients)?\s*\(|\.minimize\s*\(/.test(file.textOf(step))) continue;
    for (const name of trainedIn(block, step, inspection))
      if (
        !isFrozen(name, inspection) &&
        hasBatchNormalization(name, block, inspection, followsModel)
      )
        for (const problem of callsOf(name, block, inspection)) found.set(problem.from, problem);
  }
  // A block can have several tapes.
  yield* found.values();
}

function* callsOf(name: string, block: SyntaxNode, inspection: Inspection): Generator<Problem> {
  const { file } = inspection;
  for (const at of occurrences(file, name, block.from, block.to)) {
    let node = file.tree.resolveInner(at, 1);
    while (node.parent?.name === "MemberExpression" && node.to < at + name.length)
      node = node.parent;
    const call = node.parent;
    if (call?.name !== "CallExpression" || !sameNode(call.firstChild, node)) continue;
    const given = argumentsIn(call, file);
    const list = call.getChild("ArgList");
    if (!list || !isComplete(call) || given.length === 0) continue;
    if (isDetached(call, block, inspection)) continue;
    if (given.some(({ keyword, unpacks }) => unpacks || keyword === "training")) continue;
    if (given.filter(({ index }) => index !== null).length > 1) continue;
    const edit = addArgument("training=True", list, given, file);
    const type = classBehind(name, block, inspection);
    const isClosed = type && lacksTraining(type.node, type.inspection.file);
    const parameter =
      isClosed && type.inspection === inspection ? parameterOf(type.node, file) : null;
    const title = ["training=True"];
    const opened = parameter ? [possible("add", title, parameter, edit)] : [];
    yield {
      code: "missing-training",
      from: call.from,
      to: call.to,
      sentence: "trainingMissing",
      facts: [name],
      fixes: isClosed ? opened : [preferred("add", title, edit)],
    };
  }
}

/** Lets a class's own `call` take `training`, which Keras then passes on by itself. */
function parameterOf(type: SyntaxNode, file: SourceFile): Edit | null {
  const found = parametersOfCall(type, file);
  // What follows a comment would be part of it.
  if (!found || found.text.includes("#")) return null;
  const at = found.from + found.text.replace(/,?\s*$/, "").length;
  return { from: at, to: at, text: ", training=None" };
}

const convolutions = /Conv(?:olution)?[123]D/;

/** Batches of one sample, whose statistics are those of the sample alone. */
export function* batchSizeOne(inspection: Inspection): Generator<Problem> {
  const { file, meanings } = inspection;
  for (const { node } of inspection.matches(/\bbatch_(?:size|shape)\s*=(?!=)/g)) {
    const call = node.parent?.parent;
    if (node.parent?.name !== "ArgList" || call?.name !== "CallExpression") continue;
    if (!isComplete(call)) continue;
    const argument = argumentsIn(call, file).find(({ name }) => name?.from === node.from);
    const literal = inspection.literal(argument);
    if (!argument?.value || !literal) continue;
    const { from, to } = argument;
    const remove = possible(
      "remove",
      [argument.keyword!],
      removeArgument(argument, call.getChild("ArgList")!, file),
    );
    const callee = call.firstChild!;
    const model = /^([\w.]+)\.fit$/.exec(file.textOf(callee))?.[1];
    if (model && numberIn(literal) === 1 && hasBatchNormalization(model, call, inspection))
      yield {
        code: "batch-size-one",
        from,
        to,
        sentence: "batchSizeOne",
        facts: [],
        ...afterConvolution(inspection),
        fixes: [possible("replace", ["batch_size=32"], replace(argument.value, "32")), remove],
      };
    if (!isInput(callee, meanings) || !inspection.mentions(fitting) || !feeds(call, inspection))
      continue;
    const size = literal.kind === "tuple" || literal.kind === "list" ? literal.items[0] : literal;
    if (numberIn(size) === 1)
      yield {
        code: "batch-size-one",
        from,
        to,
        sentence: "inputBatchSizeOne",
        facts: [],
        ...afterConvolution(inspection),
        fixes: argument.keyword === "batch_size" ? [remove] : [],
      };
  }
}

/** Where there are convolutions, one sample has many positions, which can be enough. */
function afterConvolution(inspection: Inspection): Pick<Problem, "severity"> {
  return inspection.everMentions(convolutions) ? { severity: "hint" } : {};
}

/** Whether an input is made in the scope of a batch normalization that may get it. */
function feeds(input: SyntaxNode, { constructors }: Inspection): boolean {
  const scope = scopeAround(input);
  return constructors.some(
    ({ node }) => node.from > input.to && sameNode(scopeAround(node), scope),
  );
}
