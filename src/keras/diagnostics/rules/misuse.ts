/** @file Layers that are made and thrown away, not made at all, or made of a tensor. */
import type { SyntaxNode } from "@lezer/common";
import { literalOf } from "../../../python/literalValues.ts";
import { replace } from "../edits.ts";
import { argumentsIn, type Constructor, type Inspection } from "../inspection.ts";
import { applicationOf, derivesFromKeras, isAgreed, isInput, layerClass } from "../layers.ts";
import { type Problem, possible, preferred } from "../problem.ts";
import {
  around,
  countOf,
  definitionOf,
  escaped,
  isInTest,
  mentions,
  nameOf,
  sameNode,
  scopeAround,
  statementAfter,
  statementBefore,
  statementOf,
  targetOf,
} from "../statements.ts";

/** `BatchNormalization()` or `BatchNormalization()(x)` whose value nobody takes. */
export function* unusedLayer(inspection: Inspection): Generator<Problem> {
  for (const maker of inspection.constructors) {
    if (maker.partial) continue;
    const { node } = maker;
    const statement = statementOf(node);
    if (isForgotten(maker, inspection)) {
      yield {
        code: "unused-layer",
        from: node.from,
        to: node.to,
        sentence: "layerUnused",
        facts: [],
        fixes: [],
      };
      continue;
    }
    if (isMadeInCall(maker, inspection)) {
      const { from, to } = node;
      yield { code: "unused-layer", from, to, sentence: "madeInCall", facts: [], fixes: [] };
      continue;
    }
    if (statement.name !== "ExpressionStatement" || isShown(statement, inspection)) continue;
    if (around(statement, "TryStatement") || isInTest(statement, inspection.file)) continue;
    const { from, to } = node;
    if (sameNode(statement.firstChild, node)) {
      const fixes = [...applied(maker, statement, inspection)];
      yield { code: "unused-layer", from, to, sentence: "layerUnused", facts: [], fixes };
    } else if (sameNode(statement.firstChild?.firstChild ?? null, node))
      yield* unusedOutput(statement, inspection);
  }
}

/** Whether a function gives a layer a name that it never uses. */
function isForgotten({ node }: Constructor, { file }: Inspection): boolean {
  const statement = node.parent!;
  const name = statement.name === "AssignStatement" ? targetOf(statement, file) : null;
  const scope = scopeAround(node);
  if (!name || !/^[A-Za-z]\w*$/.test(name) || scope.name !== "FunctionDefinition") return false;
  if (mentions(file, name, node.to, scope.to) || countOf(file, name, scope) > 1) return false;
  return !/^def\s+test|\b(?:locals|vars|eval|exec)\s*\(/.test(file.textOf(scope));
}

/** TensorFlow 1 runs `call` once, and finds the weights of what it has made by their names. */
const graphs =
  /\bcompat\.v1\b|\btf\.(?:Session|placeholder|variable_scope|get_variable|contrib)\b|\btf_slim\b/;

/** Whether a layer is made where a layer or a model of one's own is called, and kept nowhere. */
function isMadeInCall({ node }: Constructor, inspection: Inspection): boolean {
  const { file, meanings } = inspection;
  const method = scopeAround(node);
  const name = method.name === "FunctionDefinition" ? method.getChild("VariableName") : null;
  const type = method.parent?.parent;
  if (!name || file.textOf(name) !== "call" || type?.name !== "ClassDefinition") return false;
  const parent = node.parent!;
  const target = parent.name === "AssignStatement" ? targetOf(parent, file) : null;
  const isApplied = parent.name === "CallExpression" && sameNode(parent.firstChild, node);
  if (!isApplied && (!target || target.includes("."))) return false;
  return derivesFromKeras(type, /\.(?:Layer|Model)$/, meanings) && !inspection.everMentions(graphs);
}

/** Whether a statement's value is what the cell shows. */
function isShown(statement: SyntaxNode, { isCell }: Inspection): boolean {
  return isCell && statement.parent?.name === "Script" && !statementAfter(statement);
}

/** Applies the layer to what the statement before has made, and keeps the result. */
function* applied(
  { node }: Constructor,
  statement: SyntaxNode,
  inspection: Inspection,
): Generator<Problem["fixes"][number]> {
  const before = statementBefore(statement);
  const name = before && targetOf(before, inspection.file);
  if (!name || !applicationOf(before.lastChild!, inspection.meanings)) return;
  const edits = [
    { from: node.from, to: node.from, text: `${name} = ` },
    { from: node.to, to: node.to, text: `(${name})` },
  ];
  yield possible("callOnInput", [name], ...edits);
}

function* unusedOutput(statement: SyntaxNode, { file }: Inspection): Generator<Problem> {
  const application = statement.firstChild!;
  if (application.name !== "CallExpression") return;
  const [input] = argumentsIn(application, file);
  const name = input?.value && nameOf(input.value, file);
  const { from, to } = application;
  const fixes = name
    ? [preferred("add", [`${name} =`], { from, to: from, text: `${name} = ` })]
    : [];
  yield { code: "unused-layer", from, to, sentence: "outputUnused", facts: [], fixes };
}

/** `model.add(BatchNormalization)`, or the class among the layers of a `Sequential`, or wrapped. */
export function* missingParentheses(inspection: Inspection): Generator<Problem> {
  const { file, meanings } = inspection;
  const places = [...inspection.matches(/\.add\s*\(|\b(?:Sequential|TimeDistributed)\s*\(/g)];
  for (const { node, from } of places) {
    const call = callAt(file.text[from] === "." ? file.tree.resolveInner(from + 1, 1) : node);
    if (!call || isCollection(call, inspection)) continue;
    const wraps = file.text.startsWith("TimeDistributed", from);
    if (wraps && layerClass(call.firstChild!, meanings) === null) continue;
    for (const { value } of argumentsIn(call, file)) {
      const elements = value?.name === "ArrayExpression" ? childrenOf(value) : value ? [value] : [];
      for (const element of elements) {
        if (element.name !== "VariableName" && element.name !== "MemberExpression") continue;
        if (meanings.of(element)?.kind !== "class" || !isAgreed(element, meanings)) continue;
        const { from: start, to } = element;
        const edit = { from: to, to, text: "()" };
        yield {
          code: "missing-parentheses",
          from: start,
          to,
          sentence: "parenthesesMissing",
          facts: [file.textOf(element)],
          fixes: [preferred("callIt", [`${file.textOf(element)}()`], edit)],
        };
      }
    }
  }
}

/** Whether a call adds to a set, which is how classes of layers are told apart. */
function isCollection(call: SyntaxNode, { file }: Inspection): boolean {
  const member = call.firstChild!;
  const receiver = member.name === "MemberExpression" && member.firstChild;
  const name = receiver && nameOf(receiver, file);
  if (!name) return false;
  const values = file.bindings.candidates(name, call).map(({ value }) => value);
  if (values.some((value) => value && /^(?:set\b|\{|frozenset\b)/.test(file.textOf(value))))
    return true;
  const isModel = values.some((value) => value && /\bSequential\b/.test(file.textOf(value)));
  if (isModel) return false;
  const added = file.text.matchAll(
    new RegExp(`(?<![\\w.])${escaped(name)}\\.add\\(\\s*[\\w.]+\\s*([(),])`, "g"),
  );
  const closings = [...added].map(([, closing]) => closing);
  // What is given classes alone is no model, unless its name says that it is one.
  if (closings.length > (modelName.test(name) ? 1 : 0) && !closings.includes("(")) return true;
  return /(?:set|types|classes|kinds|seen|ignored?|skip\w*)$/i.test(name);
}

/** Names that models and their parts go by. */
const modelName =
  /(?:^|[._])(?:self|m|\w*model|\w*net(?:work)?|c?nn|seq\w*|encoder|decoder|generator|discriminator|classifier|block|head|backbone)\d*$/i;

function callAt(name: SyntaxNode): SyntaxNode | null {
  const callee = name.parent?.name === "MemberExpression" ? name.parent : name;
  const call = callee.parent;
  return call?.name === "CallExpression" && sameNode(call.firstChild, callee) ? call : null;
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let at = node.firstChild; at; at = at.nextSibling) children.push(at);
  return children;
}

/** `BatchNormalization(x)`, where `x` is what another layer returned. */
export function* tensorAsArgument(inspection: Inspection): Generator<Problem> {
  const { file, meanings } = inspection;
  for (const { call, node, partial } of inspection.constructors) {
    const [first] = call.given;
    if (partial || first?.index !== 0 || !first.value) continue;
    const name = nameOf(first.value, file);
    const definition = name ? definitionOf(name, node, file) : null;
    const made = applicationOf(definition?.value ?? first.value, meanings);
    // A chain goes on with other layers' outputs; anything else may be a number.
    const chained = made && (!definition || made.input);
    const source = definition?.value.name === "CallExpression" && definition.value.firstChild;
    const isEntry = !!source && isInput(source, meanings);
    if (!chained && !isEntry && !(name && isRenewed(name, node, inspection))) continue;
    const { from, to } = first.value;
    const rest = call.given.length > 1 ? file.text.slice(call.given[1].from, call.list.to - 1) : "";
    const text = `(${rest})(${file.textOf(first.value)})`;
    yield {
      code: "tensor-as-argument",
      from,
      to,
      sentence: "tensorGiven",
      facts: [file.textOf(first.value).replace(/\s+/g, " ")],
      fixes: [
        preferred("replace", [file.textOf(node.firstChild!) + text], replace(call.list, text)),
      ],
    };
  }
}

/** `x = BatchNormalization(x)`: nobody calls a layer by the name of its axis. */
function isRenewed(name: string, node: SyntaxNode, { file, meanings }: Inspection): boolean {
  const statement = node.parent!;
  if (statement.name !== "AssignStatement" || targetOf(statement, file) !== name) return false;
  const given = node.getChild("ArgList")!.firstChild!.nextSibling!;
  const literal = literalOf(given, meanings);
  // Of the objects that a call can make, none is an axis.
  return !/axis|dim/i.test(name) && (literal === null || literal.kind === "object");
}
