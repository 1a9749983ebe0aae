/**
 * @file Calls: arguments evaluated in order, `*` and `**` unpacked.
 */
import type { Argument, Call } from "../../python/nodes.ts";
import { PyDict, PyList } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { Builtin } from "../functions.ts";
import { type CallArguments, noKeywords, type Value } from "../objects.ts";
import {
  attributeNames,
  call,
  classOf,
  collect,
  errorTypeName,
  findAttribute,
  getAttribute,
  invoke,
  iterate,
  str,
  typeOf,
} from "../operations.ts";
import { BoundMethod } from "../types/descriptors.ts";
import { mappingEntries } from "../types/dicts.ts";
import { sortedItems } from "../types/sorting.ts";
import { superCall } from "./classes.ts";
import type { Context } from "./compiler.ts";
import { dynamicCall } from "./dynamic.ts";
import { compileExpression } from "./expressions.ts";
import type { Evaluate, Frame } from "./frame.ts";
import { PyFunction } from "./functions.ts";
import { gathering } from "./items.ts";
import { quickMethod } from "./methods.ts";
import { localNames } from "./names.ts";

export function compileCall(node: Call, context: Context): Evaluate {
  const scoped = scopeCall(node, context) ?? dynamicCall(node, context) ?? superCall(node, context);
  if (scoped) return scoped;
  if (!node.arguments.every(({ kind }) => kind === "positional")) {
    const callee = compileExpression(node.callee, context);
    const bind = compileArguments(node.arguments, context);
    return (frame) => {
      const value = callee(frame);
      return call(value, bind(frame, value));
    };
  }
  const items = node.arguments.map(({ value }) => compileExpression(value, context));
  return (
    methodCall(node, items, context) ?? plainCall(compileExpression(node.callee, context), items)
  );
}

/** A call with positional arguments alone. */
function plainCall(callee: Evaluate, items: readonly Evaluate[]): Evaluate {
  const gather = gathering(items);
  return (frame) => {
    const value = callee(frame);
    return apply(value, gather(frame));
  };
}

/** The array becomes the callee's own. */
function apply(value: Value, positional: Value[]): Value {
  if (value instanceof PyFunction) return value.invoke(positional);
  if (value instanceof BoundMethod && value.callable instanceof PyFunction) {
    return value.callable.invoke([value.self, ...positional]);
  }
  const args = { positional, keywords: noKeywords };
  return value instanceof Builtin ? value.call(args) : call(value, args);
}

/** `xs.append(x)` and the like; null where the method's name promises nothing. */
function methodCall(node: Call, items: readonly Evaluate[], context: Context): Evaluate | null {
  if (node.callee.type !== "Attribute") return null;
  const { name } = node.callee;
  const method = quickMethod(name, items.length);
  if (!method) return null;
  const object = compileExpression(node.callee.object, context);
  const gather = gathering(items);
  const [first, second] = items as [Evaluate, Evaluate | undefined];
  return (frame) => {
    const self = object(frame);
    if (!method.applies(self)) {
      const value = getAttribute(self, name);
      return apply(value, gather(frame));
    }
    const given = first(frame);
    return method.run(self, given, second ? second(frame) : null);
  };
}

export function compileArguments(
  nodes: readonly Argument[],
  context: Context,
): (frame: Frame, callee: Value) => CallArguments {
  const items = nodes.map(({ kind, name, value }) => ({
    kind,
    name,
    value: compileExpression(value, context),
  }));
  const alone = nodes.filter(({ kind }) => kind === "positional" || kind === "star").length === 1;
  return (frame, callee) => {
    const positional: Value[] = [];
    const keywords = new Map<string, Value>();
    for (const { kind, name, value: evaluate } of items) {
      const value = evaluate(frame);
      if (kind === "positional") positional.push(value);
      else if (kind === "keyword") keywords.set(name!, value);
      else if (kind === "star") unpackItems(value, positional, alone ? calleeName : null, callee);
      else unpackKeywords(value, keywords, callee);
    }
    return { positional, keywords };
  };
}

/** As these errors name what is called: `__main__.f()`, `print()`. */
function calleeName(callee: Value): string {
  if (callee instanceof PyFunction) return `__main__.${callee.code.qualifiedName}()`;
  const name = findAttribute(callee, "__qualname__");
  return name === undefined ? `${errorTypeName(callee)} object` : `${str(name)}()`;
}

/** CPython names the callee only where `*value` is all that is given by position. */
function unpackItems(
  value: Value,
  positional: Value[],
  name: ((callee: Value) => string) | null,
  callee: Value,
): void {
  if (!typeOf(value).iterate) {
    throw pythonError(
      "TypeError",
      `${name ? `${name(callee)} argument` : "Value"} after * must be an iterable, not ${errorTypeName(value)}`,
    );
  }
  for (const item of iterate(value)) positional.push(item);
}

function unpackKeywords(value: Value, keywords: Map<string, Value>, callee: Value): void {
  if (!(value instanceof PyDict) && findAttribute(value, "keys") === undefined) {
    throw pythonError(
      "TypeError",
      `${calleeName(callee)} argument after ** must be a mapping, not ${errorTypeName(value)}`,
    );
  }
  for (const [name, item] of mappingEntries(value)) {
    if (typeof name !== "string") throw pythonError("TypeError", "keywords must be strings");
    if (keywords.has(name)) {
      throw pythonError(
        "TypeError",
        `${calleeName(callee)} got multiple values for keyword argument '${name}'`,
      );
    }
    keywords.set(name, item);
  }
}

/** `locals()`, `vars()`, `dir()` see the scope they are written in, which no function gets. */
function scopeCall(node: Call, context: Context): Evaluate | null {
  if (node.callee.type !== "Name" || node.arguments.length > 0) return null;
  const name = node.callee.id;
  if (name !== "locals" && name !== "vars" && name !== "dir") return null;
  if (context.scope.resolve(name).kind !== "global") return null;
  const { globals } = context.runtime;
  const load = compileExpression(node.callee, context);
  const locals = localNames(context);
  return (frame) => {
    if (globals.has(name)) return call(load(frame), { positional: [], keywords: noKeywords });
    const found = locals ? locals(frame) : [...globals];
    if (name === "dir") return new PyList(found.map(([key]) => key).sort());
    return new PyDict(found);
  };
}

/** Names as `dir(value)` lists them. */
export function directory(value: Value): PyList {
  const own = classOf(value).find("__dir__");
  if (own !== undefined) return new PyList(sortedItems(collect(invoke(own, value)), null, false));
  return new PyList([...attributeNames(value)].sort());
}
