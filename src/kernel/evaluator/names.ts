/**
 * @file Loading, storing and deleting variables.
 */
import { type PyException, pythonError } from "../errors.ts";
import type { Value } from "../objects.ts";
import { suggest } from "../suggestions.ts";
import type { Context } from "./compiler.ts";
import type { Evaluate, Execute, Frame, Store } from "./frame.ts";
import { normal } from "./frame.ts";

/** Modules that CPython names in `Did you forget to import …?`. */
const standardModules = new Set(
  (
    "abc argparse bisect collections contextlib copy dataclasses datetime enum fractions functools " +
    "gc heapq inspect io itertools json logging math numbers operator os pathlib platform pprint " +
    "random re statistics string sys textwrap time timeit traceback types typing warnings"
  ).split(" "),
);

function outer(frame: Frame, depth: number): Frame {
  let found = frame;
  for (let index = 0; index < depth; index++) found = found.parent!;
  return found;
}

function nameError(name: string, { runtime, scope }: Context): PyException {
  const error = pythonError("NameError", `name '${name}' is not defined`);
  error.attributes.set("name", name);
  error.suggestion = () => {
    const known = [...runtime.globals.keys(), ...runtime.builtins.keys()];
    const locals = scope.kind === "module" ? [] : [...scope.slots.keys()];
    const near = suggest(name, [...locals, ...known]);
    if (standardModules.has(name)) {
      const hint = `Did you forget to import '${name}'?`;
      return near === null
        ? hint
        : `Did you mean: '${near}'? Or did you forget to import '${name}'?`;
    }
    return near === null ? null : `Did you mean: '${near}'?`;
  };
  return error;
}

function unbound(name: string, depth: number): PyException {
  return depth === 0
    ? pythonError(
        "UnboundLocalError",
        `cannot access local variable '${name}' where it is not associated with a value`,
      )
    : pythonError(
        "NameError",
        `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
      );
}

export function loadName(name: string, context: Context): Evaluate {
  const place = context.scope.resolve(name);
  if (place.kind === "slot") {
    const { slot, depth } = place;
    if (depth === 0 && context.scope.kind === "class") {
      // What a class has not bound yet is looked up where the class stands.
      const around = loadName(name, { ...context, scope: context.scope.parent! });
      return (frame) => {
        const value = frame.slots[slot];
        return value === undefined ? around(frame.parent!) : value;
      };
    }
    if (depth === 0) {
      return (frame) => {
        const value = frame.slots[slot];
        if (value === undefined) throw unbound(name, 0);
        return value;
      };
    }
    const sameFunction = isSameFunction(context, depth);
    return (frame) => {
      const value = outer(frame, depth).slots[slot];
      if (value === undefined) throw unbound(name, sameFunction ? 0 : depth);
      return value;
    };
  }
  const variable = context.runtime.globals.variable(name);
  const builtin = context.runtime.builtins.get(name);
  return () => {
    const { value } = variable;
    if (value !== undefined) return value;
    if (builtin === undefined) throw nameError(name, context);
    return builtin;
  };
}

/** True where only comprehensions lie between: the variable is still a local one. */
function isSameFunction({ scope }: Context, depth: number): boolean {
  let at = scope;
  for (let index = 0; index < depth; index++) {
    if (at.kind !== "comprehension") return false;
    at = at.parent!;
  }
  return true;
}

export function storeName(name: string, { scope, runtime }: Context): Store {
  const place = scope.resolve(name);
  if (place.kind === "slot") {
    const { slot, depth } = place;
    if (depth === 0) {
      return (frame, value) => {
        frame.slots[slot] = value;
      };
    }
    return (frame, value) => {
      outer(frame, depth).slots[slot] = value;
    };
  }
  const { globals } = runtime;
  const variable = globals.variable(name);
  return (_, value) => {
    globals.assign(variable, value);
  };
}

/** Makes a variable unbound, if it is bound: what an `except … as name` clause ends with. */
export function clearName(name: string, { scope, runtime }: Context): (frame: Frame) => void {
  const place = scope.resolve(name);
  if (place.kind === "global") return () => void runtime.globals.delete(name);
  return (frame) => {
    outer(frame, place.depth).slots[place.slot] = undefined;
  };
}

export function deleteName(name: string, context: Context): Execute {
  const load = loadName(name, context);
  const clear = clearName(name, context);
  const { globals } = context.runtime;
  const isGlobal = context.scope.resolve(name).kind === "global";
  return (frame) => {
    if (isGlobal && !globals.has(name)) throw nameError(name, context);
    load(frame);
    clear(frame);
    return normal;
  };
}

/** The variables of the innermost function, as `locals()` shows them; null at the top of a cell. */
export function localNames({ scope }: Context): ((frame: Frame) => [string, Value][]) | null {
  if (scope.kind === "module") return null;
  if (scope.kind === "comprehension" && scope.binding.kind === "module") {
    return null;
  }
  return (frame) => {
    const found: [string, Value][] = [];
    for (const [name, slot] of scope.slots) {
      const value = frame.slots[slot];
      if (value !== undefined) found.push([name, value]);
    }
    return found;
  };
}
