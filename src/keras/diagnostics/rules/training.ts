/** @file Training loops that call in inference mode, freeze too late, or feed single samples. */
import type { SyntaxNode } from "@lezer/common";
import { isKeras } from "../../../python/bindings.ts";
import { numberIn } from "../../../python/literalValues.ts";
import type { SourceFile } from "../../../python/sourceFile.ts";
import { addArgument, removeArgument, replace } from "../edits.ts";
import {
  argumentsIn,
  type Constructor,
  type Inspection,
  isComplete,
  methodCall,
} from "../inspection.ts";
import { followsModel, hasBatchNormalization } from "../models.ts";
import { type Problem, possible, preferred } from "../problem.ts";
import {
  around,
  definitionOf,
  escaped,
  headerEnd,
  mentions,
  occurrences,
  sameNode,
  scopeAround,
  statementAfter,
  statementOf,
} from "../statements.ts";
import { isDetached, isFrozen, setsMode, trainedIn } from "../tapes.ts";

/** A model or a layer that a training step calls without saying that it trains. */
export function* missingTraining(inspection: Inspection): Generator<Problem> {
  const { file } = inspection;
  if (inspection.constructors.length === 0 || setsMode(inspection)) return;
  const meant = (maker: Constructor) => followsModel(maker, inspection);
  const found = new Map<number, Problem>();
  for (const { node } of inspection.matches(/\bGradientTape\b/g)) {
    const block = around(node, "WithStatement");
    const step = block && around(block, "FunctionDefinition", "Script");
    if (!step || !/\bapply(?:_gradients)?\s*\(|\.minimize\s*\(/.test(file.textOf(step))) continue;
    for (const name of trainedIn(block, step, inspection))
      if (!isFrozen(name, inspection) && hasBatchNormalization(name, block, inspection, meant))
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
    yield {
      code: "missing-training",
      from: call.from,
      to: call.to,
      sentence: "trainingMissing",
      facts: [name],
      fixes: [preferred("add", ["training=True"], edit)],
    };
  }
}

/** `trainable = False` between a model's `compile` and its `fit`. */
export function* trainableAfterCompile(inspection: Inspection): Generator<Problem> {
  const { file } = inspection;
  for (const { from } of inspection.matches(/\.compile\s*\(/g)) {
    const found = methodCall(file.tree.resolveInner(from + 1, 1), file);
    const statement = found && statementOf(found.call);
    if (!found?.receiver || statement?.name !== "ExpressionStatement") continue;
    yield* frozenAfter(statement, found.receiver, inspection);
  }
}

function* frozenAfter(
  compile: SyntaxNode,
  model: string,
  { file }: Inspection,
): Generator<Problem> {
  const frozen: SyntaxNode[] = [];
  const names = [model, ...partsOf(model, compile, file)];
  const fits = new RegExp(`${escaped(model)}\\.fit(?:_generator)?\\(`);
  const passed = new RegExp(`[(,=]\\s*${escaped(model)}\\s*[,)]`);
  const bound = new RegExp(`(?<![\\w.])${escaped(model)}\\s*[,)=:]`);
  let trained = false;
  for (let at = statementAfter(compile); at; at = statementAfter(at)) {
    const text = file.textOf(at);
    // Other functions can compile it too, and other models can get its name.
    if (frozen.length > 0 && !fits.test(text) && (/compil/i.test(text) || passed.test(text)))
      return;
    if (!names.some((name) => mentions(file, name, at!.from, at!.to))) continue;
    if (text.includes(".compile(") || text.includes("clone_model")) return;
    if (at.name === "AssignStatement" && bound.test(text.slice(0, at.lastChild!.from - at.from)))
      return;
    if (names.some((name) => freezes(at!, name, text))) frozen.push(at);
    else if (/^(?:Function|Class)Definition$/.test(at.name)) return;
    else if (fits.test(text) && frozen.length > 0) {
      for (const statement of frozen)
        yield frozenTooLate(statement, compile, model, trained, file.text);
      return;
    } else if (frozen.length === 0) trained ||= fits.test(text) || text.includes("train_on_batch(");
  }
}

/** What a model is surely made of, by name: `base` of `Sequential([base, …])` or `model.add(base)`. */
function partsOf(model: string, compile: SyntaxNode, file: SourceFile): string[] {
  const made = definitionOf(model, compile, file)?.value;
  const text = made?.name === "CallExpression" ? file.textOf(made) : "";
  if (!made || !/^(?:[\w.]+\.)?(?:Sequential|Model)\(/.test(text)) return [];
  const given = text.matchAll(/(?<![\w.])([A-Za-z_]\w*)(?=\.output\b|\s*[,\])])/g);
  const added = file.text
    .slice(made.to, compile.from)
    .matchAll(new RegExp(`(?<![\\w.])${escaped(model)}\\.add\\(\\s*(\\w+)\\s*\\)`, "g"));
  return [...new Set([...given, ...added].map(([, name]) => name))];
}

/** `model.trainable = False`, the same of one of its layers, or a loop over them that does it. */
function freezes(statement: SyntaxNode, model: string, text: string): boolean {
  if (statement.name === "AssignStatement")
    return new RegExp(
      `^${escaped(model)}(?:\\.layers\\[[^\\]]*\\]|\\.get_layer\\([^)]*\\))?\\.trainable\\s*=\\s*False$`,
    ).test(text);
  const loop = new RegExp(`^for\\s+(\\w+)\\s+in\\s+${escaped(model)}\\.layers\\b`).exec(text);
  return (
    statement.name === "ForStatement" &&
    !!loop &&
    new RegExp(`(?<![\\w.])${loop[1]}\\.trainable\\s*=\\s*False\\b`).test(text)
  );
}

function frozenTooLate(
  statement: SyntaxNode,
  compile: SyntaxNode,
  model: string,
  trained: boolean,
  text: string,
): Problem {
  const indentation = /[ \t]*$/.exec(text.slice(0, compile.from))![0];
  // A loop's node goes on over the line break after it.
  const body = text.slice(statement.from, statement.to).trimEnd();
  const at = statement.from + body.length;
  const [from, to] = wholeLines(statement.from, at, text);
  const above = [
    "moveAboveCompile",
    [model],
    { from: compile.from, to: compile.from, text: `${body}\n${indentation}` },
    { from, to, text: "" },
  ] as const;
  const again = [
    "compileAgain",
    [model],
    { from: at, to: at, text: `\n${indentation}${text.slice(compile.from, compile.to)}` },
  ] as const;
  return {
    code: "trainable-after-compile",
    from: statement.from,
    to: statement.name === "ForStatement" ? headerEnd(statement) : statement.to,
    sentence: "trainableAfterCompile",
    facts: [model],
    // Before the first step, Keras 3 and newer TensorFlow still look at it.
    ...(!trained && { severity: "information" as const }),
    // What is frozen for a second training must not be so in the first.
    fixes: trained ? [preferred(...again)] : [preferred(...above), possible(...again)],
  };
}

/** The lines of a statement, with the break at their end. */
function wholeLines(from: number, to: number, text: string): [number, number] {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const end = text.indexOf("\n", to);
  return [start, end < 0 ? text.length : end + 1];
}

const fitting = /\.fit\(/;
const convolutions = /Conv(?:olution)?[123]D/;

/** Batches of one sample, whose statistics are those of the sample alone. */
export function* batchSizeOne(inspection: Inspection): Generator<Problem> {
  const { file, meanings, constructors } = inspection;
  if (constructors.length === 0) return;
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
    const meaning = meanings.of(callee);
    const isInput =
      meaning?.kind === "path" && isKeras(meaning.path) && /\.Input$/.test(meaning.path);
    if (!isInput || !inspection.mentions(fitting) || !feeds(call, inspection)) continue;
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
  return inspection.mentions(convolutions) ? { severity: "hint" } : {};
}

/** Whether an input is made in the scope of a batch normalization that may get it. */
function feeds(input: SyntaxNode, { constructors }: Inspection): boolean {
  const scope = scopeAround(input);
  return constructors.some(
    ({ node }) => node.from > input.to && sameNode(scopeAround(node), scope),
  );
}
