/**
 * @file `class`, the decorators of classes and functions, and `super()` without arguments.
 */
import type { Call, ClassDefinition, Expression } from "../../python/nodes.ts";
import { pythonError, toException } from "../errors.ts";
import { Builtin } from "../functions.ts";
import type { Value } from "../objects.ts";
import { invoke } from "../operations.ts";
import { makeSuper } from "../types/descriptors.ts";
import { makeClass } from "../types/userClasses.ts";
import { compileArguments } from "./calls.ts";
import type { Context } from "./compiler.ts";
import { compileExpression } from "./expressions.ts";
import { Activation, type Evaluate, type Frame } from "./frame.ts";
import { documentationOf, qualify } from "./functions.ts";
import { classCell, classScope, type Place, type Scope } from "./scopes.ts";
import { compileBlock } from "./statements.ts";

/** What `class` calls with its bases, as errors name it. */
const builder = new Builtin("__build_class__", () => null);

export function compileClass(node: ClassDefinition, context: Context): Evaluate {
  const scope = classScope(context.scope, node.body);
  const qualname = qualify(node.name, context.scope, scope);
  const body = compileBlock(node.body, { ...context, scope, multiline: false });
  const bases = compileArguments(node.arguments, context);
  const documentation = documentationOf(node.body);
  return (frame) => {
    const { positional, keywords } = bases(frame, builder);
    const activation = new Activation(context.source, node.name);
    const slots: (Value | undefined)[] = new Array(scope.slots.size).fill(undefined);
    try {
      body({ slots, parent: frame, activation });
    } catch (thrown) {
      const exception = toException(thrown);
      activation.record(exception);
      throw exception;
    }
    const members: [string, Value][] = [["__doc__", documentation]];
    for (const [name, slot] of scope.slots) {
      const value = slots[slot];
      if (name !== classCell && value !== undefined) members.push([name, value]);
    }
    const made = makeClass(node.name, qualname, positional, members, keywords);
    slots[0] = made;
    return made;
  };
}

/** What is bound to the name of a decorated definition. */
export function decorated(
  decorators: readonly Expression[],
  make: Evaluate,
  context: Context,
): Evaluate {
  if (decorators.length === 0) return make;
  const compiled = decorators.map((decorator) => compileExpression(decorator, context));
  return (frame) => {
    const callables = compiled.map((decorator) => decorator(frame));
    return callables.reduceRight((value, callable) => invoke(callable, value), make(frame));
  };
}

function valueAt(place: Place, frame: Frame): Value | undefined {
  if (place.kind === "global") return undefined;
  let found = frame;
  for (let index = 0; index < place.depth; index++) found = found.parent!;
  return found.slots[place.slot];
}

/** `super()`: the class around, and the first argument of the method. */
export function superCall(node: Call, context: Context): Evaluate | null {
  if (node.callee.type !== "Name" || node.callee.id !== "super") return null;
  if (node.arguments.length > 0 || context.scope.resolve("super").kind !== "global") return null;
  const cell = context.scope.resolve(classCell);
  let depth = 0;
  let scope: Scope | null = context.scope;
  while (scope?.kind === "comprehension") {
    scope = scope.parent;
    depth++;
  }
  const first: Place = { kind: "slot", depth, slot: 0 };
  const inFunction = scope?.kind === "function";
  return (frame) => {
    const self = inFunction ? valueAt(first, frame) : undefined;
    if (self === undefined) throw pythonError("RuntimeError", "super(): no arguments");
    const type = valueAt(cell, frame);
    if (type === undefined) throw pythonError("RuntimeError", "super(): __class__ cell not found");
    return makeSuper(type, self);
  };
}
