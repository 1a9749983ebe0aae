/**
 * @file What stands behind a dot: members of modules, attributes and methods of values; and the
 * catalog of all that can be imported or is built in.
 */
import type { Catalog, MemberInfo, MemberKind } from "../../shared/inspection.ts";
import { makeBuiltins } from "../builtins/index.ts";
import { PyClass } from "../classes.ts";
import { PyDict } from "../containers.ts";
import { PyFunction } from "../evaluator/functions.ts";
import { PythonModule } from "../functions.ts";
import type { Kernel } from "../kernel.ts";
import { moduleFactories } from "../modules/index.ts";
import type { Value } from "../objects.ts";
import { attributeNames, findAttribute, isCallable, typeName, typeOf } from "../operations.ts";
import type { Session } from "../session.ts";
import { parametersOf } from "./signatures.ts";

/** A name and what it stands for. */
export function memberInfo(name: string, value: Value, path: string): MemberInfo {
  const kind = kindOf(value);
  return {
    name,
    kind,
    type: kind === "class" ? (value as PyClass).name : kind === "constant" ? typeName(value) : null,
    parameters: kind === "function" || kind === "class" ? parametersOf(value) : null,
    path,
    documentation: value instanceof PyFunction ? value.code.documentation : null,
  };
}

function kindOf(value: Value): MemberKind {
  if (value instanceof PythonModule) return "module";
  if (value instanceof PyClass) return "class";
  const type = typeOf(value).name;
  const plain = ["function", "builtin_function_or_method", "ufunc", "partial"].includes(type);
  return plain && isCallable(value) ? "function" : "constant";
}

/** Members of a module, those with a leading underscore left out. */
export function moduleMembers(module: PythonModule): MemberInfo[] {
  return [...module.members]
    .filter(([name]) => !name.startsWith("_"))
    .map(([name, value]) => {
      const own = value instanceof PythonModule ? value.name : `${module.name}.${name}`;
      return memberInfo(name, value, own);
    });
}

/** Attributes and methods of a value. What fails when looked at is left out. */
export function valueMembers(value: Value): MemberInfo[] {
  if (value instanceof PythonModule) return moduleMembers(value);
  const owner = value instanceof PyClass ? value.name : typeName(value);
  const members: MemberInfo[] = [];
  for (const name of new Set(attributeNames(value))) {
    if (name.startsWith("_")) continue;
    // Each would be made by copying all values.
    const found = name === "flat" ? null : tryAttribute(value, name);
    if (found === undefined) continue;
    const info = memberInfo(name, found, `${owner}.${name}`);
    const kind =
      info.kind === "function" ? "method" : info.kind === "constant" ? "property" : info.kind;
    members.push({ ...info, kind, type: name === "flat" ? null : info.type });
  }
  return members;
}

function tryAttribute(value: Value, name: string): Value | undefined {
  try {
    return findAttribute(value, name);
  } catch {
    return undefined;
  }
}

/** One instance of each type whose members are worth knowing before there is a live one. */
const samples = `
import random, itertools
import numpy as np
import keras
_samples = [
    "", 0, 0.0, True, [], (), {}, set(), frozenset(), range(1), slice(1), ValueError(""),
    np.zeros(1), np.float32(0), np.int64(0), np.dtype("float32"), np.add,
    np.finfo("float32"), np.iinfo("int32"), np.random.default_rng(0), np.random.RandomState(0),
    keras.layers.BatchNormalization(name="sample"), keras.Variable(0.0, name="sample"),
    keras.DTypePolicy("float32"), keras.random.SeedGenerator(0),
]
`;

/** The catalog, by the tables of a kernel that runs no cells: the samples are made in it. */
export function makeCatalog(session: Kernel): Catalog {
  const modules: Record<string, MemberInfo[]> = {};
  const add = (module: PythonModule): void => {
    if (modules[module.name]) return;
    modules[module.name] = moduleMembers(module);
    for (const member of module.members.values()) if (member instanceof PythonModule) add(member);
  };
  for (const name of Object.keys(moduleFactories)) {
    try {
      add(session.importModule(name));
    } catch {
      // A module that is refused as a whole is nothing to offer.
    }
  }
  const types: Record<string, MemberInfo[]> = {};
  session.execute(samples, "samples");
  const made = session.names.get("_samples") as { readonly items: readonly Value[] };
  for (const sample of made.items) types[typeName(sample)] = valueMembers(sample);
  for (const type of sampleTypes(session)) types[type.name] ??= classMembers(type);
  const builtins = [...makeBuiltins(session)]
    .filter(([name]) => !name.startsWith("_"))
    .map(([name, value]) => memberInfo(name, value, `builtins.${name}`));
  return { builtins, modules, types };
}

/** Classes of modules whose instances need arguments that only a cell can give. */
function sampleTypes(session: Session): PyClass[] {
  const keras = session.importModule("keras");
  return ["initializers", "regularizers", "constraints"].flatMap((family) => {
    const module = keras.members.get(family);
    if (!(module instanceof PythonModule)) return [];
    return [...module.members.values()].filter((value) => value instanceof PyClass);
  });
}

function classMembers(type: PyClass): MemberInfo[] {
  try {
    return valueMembers(type.construct!({ positional: [], keywords: new Map() }));
  } catch {
    return [];
  }
}

/** Keys of a dict that can be written in a subscript, as Python source. */
export function keysOf(value: Value): string[] | null {
  if (!(value instanceof PyDict)) return null;
  const keys: string[] = [];
  for (const [key] of value.entries()) {
    if (keys.length >= mostKeys) break;
    if (typeof key === "string") keys.push(JSON.stringify(key));
    else if (typeof key === "bigint") keys.push(String(key));
  }
  return keys;
}

const mostKeys = 1000;
