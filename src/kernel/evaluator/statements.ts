/**
 * @file Statements, compiled to closures that execute them and say how they ended.
 */
import type {
  AugmentedAssign,
  Expression,
  For,
  Import,
  ImportFrom,
  Statement,
  While,
} from "../../python/nodes.ts";
import { PyList, PyRange, PyTuple } from "../containers.ts";
import { exceptionClasses, PyException, pythonError } from "../errors.ts";
import type { PythonModule } from "../functions.ts";
import { checkInterrupt } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import {
  findAttribute,
  getAttribute,
  getItem,
  inPlace,
  iterate,
  noAttribute,
  setAttribute,
  setItem,
} from "../operations.ts";
import { compileNote } from "./annotations.ts";
import { add } from "./arithmetic.ts";
import { compileClass, decorated } from "./classes.ts";
import { type Context, ScopeError } from "./compiler.ts";
import { compileExpression, compileOperand, compileTest } from "./expressions.ts";
import {
  broke,
  type Completion,
  continued,
  type Execute,
  type Frame,
  normal,
  returned,
  type Store,
} from "./frame.ts";
import { compileDefinition } from "./functions.ts";
import { listItem, setListItem } from "./items.ts";
import { compileMatch } from "./matching.ts";
import { loadName, storeName } from "./names.ts";
import { compileBinary } from "./operators.ts";
import { compileDelete, compileStore } from "./targets.ts";
import { compileRaise, compileTry, compileWith } from "./unwinding.ts";

/** Compiles statements that run one after the other. */
export function compileBlock(statements: readonly Statement[], context: Context): Execute {
  const list = statements.map((statement) => compileStatement(statement, context));
  const count = list.length;
  if (count === 0) return () => normal;
  const [first, second, third] = list as [Execute, Execute, Execute];
  // Most blocks are short: then neither a loop nor an array stands between their statements.
  if (count === 1) return first;
  if (count === 2) return (frame) => first(frame) || second(frame);
  if (count === 3) return (frame) => first(frame) || second(frame) || third(frame);
  return (frame) => {
    for (let index = 0; index < count; index++) {
      const completion = list[index]!(frame);
      if (completion !== normal) return completion;
    }
    return normal;
  };
}

/**
 * Compiles one statement; it notes its line in the activation before it runs. The commonest ones do
 * so themselves, which spares a call.
 */
export function compileStatement(node: Statement, outer: Context): Execute {
  const line = outer.source.lineAt(node.from);
  const context = { ...outer, multiline: spansLines(node, line, outer) };
  switch (node.type) {
    case "ExpressionStatement": {
      const evaluate = compileExpression(node.value, context);
      return (frame) => {
        frame.activation.line = line;
        evaluate(frame);
        return normal;
      };
    }
    case "Assign": {
      const assign = assignment(node.targets, node.value, context, line);
      const note = compileNote(node.targets[0], node.annotation, context);
      return note ? (frame) => assign(frame) || note(frame) : assign;
    }
    case "If": {
      const test = compileTest(node.test, context);
      const then = compileBlock(node.body, context);
      const otherwise = compileBlock(node.otherwise, context);
      return (frame) => {
        frame.activation.line = line;
        return test(frame) ? then(frame) : otherwise(frame);
      };
    }
    case "Return": {
      const value = node.value ? compileExpression(node.value, context) : () => null;
      return (frame) => {
        const { activation } = frame;
        activation.line = line;
        activation.result = value(frame);
        return returned;
      };
    }
    case "AugmentedAssign":
      if (node.target.type === "Name") return nameUpdate(node.target.id, node, context, line);
  }
  const execute = compileKind(node, context);
  return (frame) => {
    frame.activation.line = line;
    return execute(frame);
  };
}

/** Of a compound statement, the part before its block counts. */
function spansLines(node: Statement, line: number, { source }: Context): boolean {
  const compound = "body" in node ? node.body[0] : undefined;
  if (!compound) return source.lineAt(node.to) !== line;
  return source.lineAt(Math.max(compound.from - 1, node.from)) > line + 1;
}

type Kind = Exclude<Statement, { type: "ExpressionStatement" | "Assign" | "If" | "Return" }>;

function compileKind(node: Kind, context: Context): Execute {
  switch (node.type) {
    case "AugmentedAssign":
      return augmentedAssignment(node, context);
    case "Import":
      return importModules(node, context);
    case "ImportFrom":
      return importNames(node, context);
    case "For":
      return forLoop(node, context);
    case "While":
      return whileLoop(node, context);
    case "FunctionDefinition": {
      const make = decorated(node.decorators, compileDefinition(node, context), context);
      const store = storeName(node.name, context);
      return (frame) => {
        store(frame, make(frame));
        return normal;
      };
    }
    case "ClassDefinition": {
      const make = decorated(node.decorators, compileClass(node, context), context);
      const store = storeName(node.name, context);
      return (frame) => {
        store(frame, make(frame));
        return normal;
      };
    }
    case "Match":
      return compileMatch(node, context);
    case "Break":
      return () => broke;
    case "Continue":
      return () => continued;
    case "Declaration":
      return compileNote(node.target, node.annotation, context) ?? (() => normal);
    case "Pass":
    case "Global":
      return () => normal;
    case "Nonlocal":
      checkNonlocal(node.names, node.from, context);
      return () => normal;
    case "Delete": {
      const parts = node.targets.map((target) => compileDelete(target, context));
      return (frame) => {
        for (const part of parts) part(frame);
        return normal;
      };
    }
    case "Try":
      return compileTry(node, context);
    case "Raise":
      return compileRaise(node, context);
    case "Assert": {
      const test = compileTest(node.test, context);
      const message = node.message ? compileExpression(node.message, context) : null;
      return (frame) => {
        if (test(frame)) return normal;
        throw new PyException(exceptionClasses.AssertionError, message ? [message(frame)] : []);
      };
    }
    case "With":
      return compileWith(node, context);
    case "Unsupported":
    case "Missing":
      throw new Error(`internal: ${node.type} reached the evaluator`);
  }
}

function checkNonlocal(names: readonly string[], from: number, { scope }: Context): void {
  if (scope.kind === "module") {
    throw new ScopeError("nonlocal declaration not allowed at module level", from);
  }
  for (const name of names) {
    if (scope.resolve(name).kind === "global") {
      throw new ScopeError(`no binding for nonlocal '${name}' found`, from);
    }
  }
}

function assignment(
  targets: readonly Expression[],
  value: Expression,
  context: Context,
  line: number,
): Execute {
  const evaluate = compileExpression(value, context);
  const stores = targets.map((target) => compileStore(target, context));
  const [first] = stores as [Store];
  if (stores.length === 1) {
    return (frame) => {
      frame.activation.line = line;
      first(frame, evaluate(frame));
      return normal;
    };
  }
  return (frame) => {
    frame.activation.line = line;
    const result = evaluate(frame);
    for (const store of stores) store(frame, result);
    return normal;
  };
}

/** `name operator= value`. */
function nameUpdate(
  name: string,
  { operator, value }: AugmentedAssign,
  context: Context,
  line: number,
): Execute {
  const store = storeName(name, context);
  const operand = compileOperand(value, context);
  const update = compileBinary(operator, loadName(name, context), operand, inPlace);
  return (frame) => {
    frame.activation.line = line;
    store(frame, update(frame));
    return normal;
  };
}

/** The same for what is part of something: both parts are evaluated once. */
function augmentedAssignment(node: AugmentedAssign, context: Context): Execute {
  const { target, operator } = node;
  const operand = compileExpression(node.value, context);
  switch (target.type) {
    case "Attribute": {
      const object = compileExpression(target.object, context);
      const { name } = target;
      return (frame) => {
        const owner = object(frame);
        const value = getAttribute(owner, name);
        setAttribute(owner, name, inPlace(operator, value, operand(frame)));
        return normal;
      };
    }
    case "Subscript": {
      const object = compileExpression(target.object, context);
      const index = compileExpression(target.index, context);
      return (frame) => {
        const container = object(frame);
        const at = index(frame);
        const value = listItem(container, at) ?? getItem(container, at);
        const given = operand(frame);
        const result =
          (operator === "+" ? add(value, given) : undefined) ?? inPlace(operator, value, given);
        if (!setListItem(container, at, result)) setItem(container, at, result);
        return normal;
      };
    }
    default:
      throw new Error(`internal: ${target.type} as a target`);
  }
}

function forLoop(node: For, context: Context): Execute {
  const iterable = compileExpression(node.iterable, context);
  const store = compileStore(node.target, context);
  const body = compileBlock(node.body, context);
  const otherwise = compileBlock(node.otherwise, context);
  const line = context.source.lineAt(node.from);
  return (frame) => {
    const items = iterable(frame);
    const completion =
      items instanceof PyRange
        ? overRange(items, frame, store, body)
        : (items instanceof PyList && items.constructor === PyList) || items instanceof PyTuple
          ? overArray(items.items, frame, store, body, line)
          : overItems(iterate(items), frame, store, body, line);
    if (completion === broke) return normal;
    return completion === returned ? returned : otherwise(frame);
  };
}

/** `broke` and `returned` as the body ended; `normal` when the items did. */
function overRange({ start, step, length }: PyRange, frame: Frame, store: Store, body: Execute) {
  let value = start;
  // Exact as far as anyone can wait; a longer loop counts to infinity.
  for (let left = Number(length); left > 0; left--) {
    checkInterrupt();
    store(frame, value);
    const completion = body(frame);
    if (completion === broke || completion === returned) return completion;
    value += step;
  }
  return normal;
}

/** A list is followed live: what the body appends is visited too. */
function overArray(
  items: readonly Value[],
  frame: Frame,
  store: Store,
  body: Execute,
  line: number,
): Completion {
  for (let index = 0; index < items.length; index++) {
    checkInterrupt();
    frame.activation.line = line;
    store(frame, items[index]!);
    const completion = body(frame);
    if (completion === broke || completion === returned) return completion;
  }
  return normal;
}

function overItems(
  items: Iterable<Value>,
  frame: Frame,
  store: Store,
  body: Execute,
  line: number,
): Completion {
  const iterator = items[Symbol.iterator]();
  for (;;) {
    checkInterrupt();
    frame.activation.line = line;
    const step = iterator.next();
    if (step.done) return normal;
    store(frame, step.value);
    const completion = body(frame);
    if (completion === broke || completion === returned) return completion;
  }
}

function whileLoop(node: While, context: Context): Execute {
  const test = compileTest(node.test, context);
  const body = compileBlock(node.body, context);
  const otherwise = compileBlock(node.otherwise, context);
  const line = context.source.lineAt(node.from);
  return (frame) => {
    while (test(frame)) {
      checkInterrupt();
      const completion = body(frame);
      if (completion === broke) return normal;
      if (completion === returned) return returned;
      frame.activation.line = line;
    }
    return otherwise(frame);
  };
}

function importModules(node: Import, context: Context): Execute {
  const { runtime } = context;
  const parts = node.names.map(({ name, alias }) => ({
    name,
    // `import a.b` binds `a`; with an alias, `a.b` itself.
    bound: alias === null ? name.split(".")[0]! : name,
    store: storeName(alias ?? name.split(".")[0]!, context),
  }));
  return (frame) => {
    for (const { name, bound, store } of parts) {
      const module = runtime.importModule(name);
      store(frame, bound === name ? module : runtime.importModule(bound));
    }
    return normal;
  };
}

function importNames(node: ImportFrom, context: Context): Execute {
  const { runtime } = context;
  if (node.names.some(({ name }) => name === "*") && context.scope.kind !== "module") {
    throw new ScopeError("import * only allowed at module level", node.from);
  }
  const parts = node.names.map(({ name, alias }) => ({
    name,
    store: storeName(alias ?? name, context),
  }));
  return (frame) => {
    const module = runtime.importModule(node.module);
    for (const { name, store } of parts) {
      if (name === "*") {
        for (const [member, value] of module.members) {
          if (!member.startsWith("_")) runtime.globals.set(member, value);
        }
      } else {
        store(frame, importedMember(module, name));
      }
    }
    return normal;
  };
}

function importedMember(module: PythonModule, name: string): Value {
  const found = findAttribute(module, name);
  if (found !== undefined) return found;
  if (module.unsupported.has(name)) throw noAttribute(module, name);
  throw pythonError(
    "ImportError",
    `cannot import name '${name}' from '${module.name}' (unknown location)`,
  );
}
