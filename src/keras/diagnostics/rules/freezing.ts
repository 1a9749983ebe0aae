/** @file What is frozen, or thawed, after a model's `compile` and before it is trained. */
import type { SyntaxNode } from "@lezer/common";
import type { SourceFile } from "../../../python/sourceFile.ts";
import { argumentsIn, type Inspection, methodCall } from "../inspection.ts";
import { type Located, valueBehind } from "../models.ts";
import { type Problem, possible, preferred } from "../problem.ts";
import {
  escaped,
  headerEnd,
  mentions,
  sameNode,
  statementAfter,
  statementOf,
} from "../statements.ts";

/** A training by `fit`. */
export const fitting = /\.fit(?:_generator)?\(/;

/** A model's `compile`. */
interface Compile {
  readonly statement: SyntaxNode;
  readonly model: string;
  readonly inspection: Inspection;
}

const freezing = /\.trainable\s*=\s*False\b/;
const ownMethod = /(?<![\w.])self\.\w+\(/;

/**
 * `trainable = False` between a model's `compile` and its `fit`, or `True` between two trainings, also
 * in different cells.
 */
export function* trainableAfterCompile(inspection: Inspection): Generator<Problem> {
  if (!inspection.mentions(fitting) || !inspection.everMentions(freezing)) return;
  const later: SourceFile[] = [];
  for (let at: Inspection | null = inspection; at; at = at.before) {
    for (const compile of compilesIn(at)) yield* frozenAfter(compile, later, inspection.file);
    later.unshift(at.file);
  }
}

function* compilesIn(inspection: Inspection): Generator<Compile> {
  const { file } = inspection;
  for (const { from } of inspection.matches(/\.compile\s*\(/g)) {
    const found = methodCall(file.tree.resolveInner(from + 1, 1), file);
    const statement = found && statementOf(found.call);
    if (found?.receiver && statement?.name === "ExpressionStatement")
      yield { statement, model: found.receiver, inspection };
  }
}

/** A statement, and the file or cell it stands in. */
interface Step {
  readonly at: SyntaxNode;
  readonly file: SourceFile;
}

/** What `target` trains after it was frozen too late. `later`: the cells after the compile's. */
function* frozenAfter(
  compile: Compile,
  later: readonly SourceFile[],
  target: SourceFile,
): Generator<Problem> {
  const { model } = compile;
  const frozen: Step[] = [];
  const thawed: Step[] = [];
  const names = [model, ...partsOf(compile)];
  const fits = new RegExp(`${escaped(model)}\\.fit(?:_generator)?\\(`);
  const passed = new RegExp(`[(,=]\\s*${escaped(model)}\\s*[,)]`);
  const bound = new RegExp(`(?<![\\w.])${escaped(model)}\\s*[,)=:]`);
  let trained = false;
  for (const step of stepsAfter(compile, later)) {
    const { at, file } = step;
    const text = file.textOf(at);
    const isChanged = frozen.length + thawed.length > 0;
    // Other functions can compile it too, and other models can get its name.
    if (isChanged && !fits.test(text)) {
      if (/compil/i.test(text) || passed.test(text)) return;
      if (model.startsWith("self.") && ownMethod.test(text)) return;
    }
    if (!names.some((name) => mentions(file, name, at.from, at.to))) continue;
    if (text.includes(".compile(") || text.includes("clone_model")) return;
    if (at.name === "AssignStatement" && bound.test(text.slice(0, at.lastChild!.from - at.from)))
      return;
    if (names.some((name) => sets(at, name, "False", text))) {
      // What was frozen at first may only have been trainable for a while.
      if (thawed.some((other) => sameTarget(other, step))) return;
      frozen.push(step);
    } else if (names.some((name) => sets(at, name, "True", text))) {
      // And what is thawed at last may only have been frozen for a while.
      const whole = /^([\w.]+)\.trainable\b/.exec(text)?.[1];
      const isUndone = (other: Step) =>
        sameTarget(other, step) ||
        (!!whole && (whole === model || mentions(other.file, whole, other.at.from, other.at.to)));
      if (frozen.some(isUndone)) return;
      thawed.push(step);
    } else if (/^(?:Function|Class)Definition$/.test(at.name)) return;
    else if (fits.test(text) && isChanged) {
      const steps = frozen.length > 0 ? frozen : thawed;
      if (file === target && (trained || frozen.length > 0))
        yield* frozenTooLate(steps, step, compile, trained);
      return;
    } else if (!isChanged) trained ||= fits.test(text) || text.includes("train_on_batch(");
  }
}

function sameTarget(a: Step, b: Step): boolean {
  const [one, other] = [a, b].map(({ at, file }) => file.textOf(at.firstChild!));
  return a.at.name === "AssignStatement" && b.at.name === a.at.name && one === other;
}

/** The statements that surely run after a model's `compile`, in its cell and in those after. */
function* stepsAfter(
  { statement, inspection: { file } }: Compile,
  later: readonly SourceFile[],
): Generator<Step> {
  let last = statement;
  for (let at = afterBlock(last); at; at = afterBlock(at)) {
    yield { at, file };
    last = at;
  }
  if (outermost(last).parent?.name !== "Script") return;
  for (const cell of later) {
    const { topNode } = cell.tree;
    // What cannot be read can be anything.
    if (topNode.getChild("⚠")) return;
    let at: SyntaxNode | null = topNode.firstChild;
    if (at?.name === "Comment") at = statementAfter(at);
    for (; at; at = statementAfter(at)) yield { at, file: cell };
  }
}

/** The statement after one, or after the `with` whose last statement it is. */
function afterBlock(statement: SyntaxNode): SyntaxNode | null {
  const next = statementAfter(statement);
  const owner = statement.parent?.parent;
  return next ?? (owner?.name === "WithStatement" ? afterBlock(owner) : null);
}

/** The `with` around a statement that no other is around, or the statement itself. */
function outermost(statement: SyntaxNode): SyntaxNode {
  const owner = statement.parent?.parent;
  return owner?.name === "WithStatement" ? outermost(owner) : statement;
}

/** What a model is surely made of, by name: `base` of `Sequential([base, …])` or `Model(i, base(i))`. */
function partsOf({ model, statement, inspection }: Compile): string[] {
  const made = valueBehind(model, statement, inspection);
  const text = made?.node.name === "CallExpression" ? made.inspection.textOf(made.node) : "";
  if (!made || !/^(?:[\w.]+\.)?(?:Sequential|Model)\(/.test(text)) return [];
  const given = text.matchAll(/(?<![\w.])([A-Za-z_]\w*)(?=\.(?:in|out)puts?\b|\s*[,)\]])/g);
  const isSame = made.inspection === inspection;
  const added = made.inspection.file.text
    .slice(made.node.to, isSame ? statement.from : undefined)
    .matchAll(new RegExp(`(?<![\\w.])${escaped(model)}\\.add\\(\\s*(\\w+)\\s*\\)`, "g"));
  const names = [...given, ...added].map(([, name]) => name);
  return [...new Set(names.flatMap((name) => [name, ...calledFor(name, made)]))];
}

/** How many calls of a chain are looked at. */
const longestChain = 100;

/** The names along a chain of calls: `base` where `x = base(i)` and `out = Dense(3)(x)`. */
function calledFor(output: string, made: Located): string[] {
  const names: string[] = [];
  let at = valueBehind(output, made.node, made.inspection);
  for (let steps = 0; at && steps < longestChain; steps++) {
    const { node, inspection } = at;
    const isCall = node.name === "CallExpression";
    const owner = isCall || node.name === "MemberExpression" ? node.firstChild : null;
    if (owner?.name === "VariableName") names.push(inspection.textOf(owner));
    const input = isCall ? argumentsIn(node, inspection.file)[0]?.value : null;
    if (node.name === "VariableName") at = valueBehind(inspection.textOf(node), node, inspection);
    else at = input ? { node: input, inspection } : null;
  }
  return names;
}

/** `model.trainable = value`, the same of one of its layers, or a loop over them that does it. */
function sets(statement: SyntaxNode, model: string, value: string, text: string): boolean {
  if (statement.name === "AssignStatement")
    return new RegExp(
      `^${escaped(model)}(?:\\.layers\\[[^\\]]*\\]|\\.get_layer\\([^)]*\\))?\\.trainable\\s*=\\s*${value}$`,
    ).test(text);
  const loop = new RegExp(`^for\\s+(\\w+)\\s+in\\s+${escaped(model)}\\.layers\\b`).exec(text);
  return (
    statement.name === "ForStatement" &&
    !!loop &&
    new RegExp(`(?<![\\w.])${loop[1]}\\.trainable\\s*=\\s*${value}\\b`).test(text)
  );
}

function* frozenTooLate(
  frozen: readonly Step[],
  fit: Step,
  compile: Compile,
  trained: boolean,
): Generator<Problem> {
  const { model, statement: compiled, inspection } = compile;
  const { file } = fit;
  const common = {
    code: "trainable-after-compile",
    sentence: "trainableAfterCompile",
    facts: [model],
    // Before the first step, Keras 3 and newer TensorFlow still look at it.
    ...(!trained && { severity: "information" as const }),
  } as const;
  const source = inspection.textOf(compiled);
  const here = frozen.filter((step) => step.file === file);
  for (const { at } of here) {
    const { text } = file;
    const indentation = /[ \t]*$/.exec(text.slice(0, at.from))![0];
    // A loop's node goes on over the line break after it.
    const body = text.slice(at.from, at.to).trimEnd();
    const end = at.from + body.length;
    const again = possible("compileAgain", [model], {
      from: end,
      to: end,
      text: `\n${indentation}${source}`,
    });
    const [from, to] = wholeLines(at.from, end, text);
    const above = preferred(
      "moveAboveCompile",
      [model],
      { from: compiled.from, to: compiled.from, text: `${body}\n${indentation}` },
      { from, to, text: "" },
    );
    // A statement moves only with the whole of its lines.
    const isAlone =
      text.slice(from, at.from).trim() === "" && /^\s*(?:#|$)/.test(text.slice(end, to));
    const isTogether = inspection.file === file && sameNode(at.parent, compiled.parent) && isAlone;
    yield {
      ...common,
      from: at.from,
      to: at.name === "ForStatement" ? headerEnd(at) : at.to,
      // What is frozen for a second training must not be so in the first.
      fixes: trained || !isTogether ? [{ ...again, preferred: true }] : [above, again],
    };
  }
  if (here.length > 0) return;
  const { at } = fit;
  const indentation = /[ \t]*$/.exec(file.text.slice(0, at.from))![0];
  const from = at.from + file.textOf(at).indexOf(`${model}.fit`);
  yield {
    ...common,
    from,
    to: file.text.indexOf("(", from),
    fixes: [
      preferred("compileAgain", [model], {
        from: at.from,
        to: at.from,
        text: `${source}\n${indentation}`,
      }),
    ],
  };
}

/** The lines of a statement, with the break at their end. */
function wholeLines(from: number, to: number, text: string): [number, number] {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const end = text.indexOf("\n", to);
  return [start, end < 0 ? text.length : end + 1];
}
