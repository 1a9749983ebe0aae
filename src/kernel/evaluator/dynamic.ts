/**
 * @file `eval` and `exec`: text that is run where it is asked for, with the names of that place or
 * with those of a dictionary.
 */
import type { Call, Module } from "../../python/nodes.ts";
import { parse } from "../../python/parser.ts";
import { PyDict } from "../containers.ts";
import { isException, type PyException, pythonError, toException } from "../errors.ts";
import type { Value } from "../objects.ts";
import { call, str } from "../operations.ts";
import { problemError, syntaxError } from "../problems.ts";
import { bindArguments, parseSignature } from "../signature.ts";
import { compileArguments } from "./calls.ts";
import { type Context, ScopeError } from "./compiler.ts";
import { compileExpression } from "./expressions.ts";
import { Activation, type Evaluate, type Frame, Source } from "./frame.ts";
import { mostCalls } from "./functions.ts";
import { Globals } from "./globals.ts";
import { Scope } from "./scopes.ts";
import { compileBlock } from "./statements.ts";

type Kind = "eval" | "exec";

/** A call of `eval` or `exec`; null where it is none. */
export function dynamicCall(node: Call, context: Context): Evaluate | null {
  if (node.callee.type !== "Name") return null;
  const { id } = node.callee;
  if ((id !== "eval" && id !== "exec") || context.scope.resolve(id).kind !== "global") return null;
  const load = compileExpression(node.callee, context);
  const bind = compileArguments(node.arguments, context);
  const signature = parseSignature(`${id}(source, globals=None, locals=None, /)`);
  return (frame) => {
    const callee = load(frame);
    const args = bind(frame, callee);
    // A cell may have given the name to something of its own.
    if (context.runtime.globals.has(id)) return call(callee, args);
    const [text, globals, locals] = bindArguments(signature, args) as [Value, Value, Value];
    if (typeof text !== "string") {
      throw pythonError("TypeError", `${id}() arg 1 must be a string, bytes or code object`);
    }
    const dictionary = locals ?? globals;
    if (dictionary === null) return run(id, text, context, frame);
    if (!(dictionary instanceof PyDict) || !(globals === null || globals instanceof PyDict)) {
      throw pythonError("TypeError", `${id}() globals must be a dict, not ${typeof dictionary}`);
    }
    return runIn(id, text, globals, dictionary, context);
  };
}

/** With the names of dictionaries, the last of which takes those that are bound. */
function runIn(
  kind: Kind,
  text: string,
  globals: PyDict | null,
  dictionary: PyDict,
  context: Context,
): Value {
  const names = new Globals();
  const given = [...(globals?.entries() ?? []), ...dictionary.entries()];
  for (const [name, value] of given) names.set(str(name), value);
  const scope = new Scope("module", null);
  const runtime = { ...context.runtime, globals: names };
  try {
    return run(kind, text, { ...context, runtime, scope }, null);
  } finally {
    for (const [name, value] of names) {
      if (globals === null || dictionary === globals || globals.get(name) !== value) {
        dictionary.set(name, value);
      }
    }
  }
}

function run(kind: Kind, text: string, around: Context, frame: Frame | null): Value {
  const source = new Source("<string>", kind === "eval" ? text.trim() : text);
  const activation = new Activation(source, "<module>");
  activation.line = 1;
  // Statements bind global names; an expression sees those of the function around it.
  const scope = kind === "eval" ? around.scope : new Scope("module", null);
  const context: Context = { ...around, source, scope, multiline: false };
  const inner: Frame =
    kind === "eval" && frame ? { ...frame, activation } : { slots: [], parent: null, activation };
  const { runtime } = context;
  if (runtime.depth >= mostCalls) {
    throw pythonError("RecursionError", "maximum recursion depth exceeded");
  }
  const execute = compiled(kind, context);
  runtime.depth++;
  try {
    return execute(inner);
  } catch (thrown) {
    const exception = toException(thrown);
    activation.record(exception);
    throw exception;
  } finally {
    runtime.depth--;
  }
}

function compiled(kind: Kind, context: Context): Evaluate {
  const { source, runtime } = context;
  const { module, problems } = parse(source.text);
  const [problem] = problems;
  if (problem) throw placed(problemError(problem, source, runtime.strings), source, problem.from);
  try {
    if (kind === "eval") return compileExpression(expressionOf(module, source), context);
    const body = compileBlock(module.body, context);
    return (frame) => {
      body(frame);
      return null;
    };
  } catch (thrown) {
    if (!(thrown instanceof ScopeError)) throw thrown;
    throw syntaxError("SyntaxError", thrown.message, thrown.from, source);
  }
}

function expressionOf(module: Module, source: Source) {
  const [first, second] = module.body;
  if (first?.type === "ExpressionStatement" && !second && !first.silenced) return first.value;
  const from = (second ?? first)?.from ?? 0;
  throw placed(syntaxError("SyntaxError", "invalid syntax", from, source), source, from);
}

/** `str` of a SyntaxError says where it is. */
function placed(error: PyException, source: Source, from: number): PyException {
  if (isException(error, "SyntaxError")) {
    error.args = [`${str(error.args[0] ?? "")} (<string>, line ${source.lineAt(from)})`];
  }
  return error;
}
