/**
 * @file Keras objects as dicts and back: `keras.saving.serialize_keras_object` and its sibling,
 * `keras.layers.serialize` (keras/src/saving/serialization_lib.py).
 */
import {
  BatchNormalization,
  Constraint,
  constraints,
  DTypePolicy,
  Initializer,
  initializers,
  type KerasFamily,
  type KerasObject,
  Regularizer,
  regularizers,
  serializeKerasObject,
} from "../../../engine/index.ts";
import { PyDict, PyList, PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { builtin } from "../../functions.ts";
import type { Value } from "../../objects.ts";
import { call, getAttribute, invoke, repr, str } from "../../operations.ts";
import { isTensor, type NumpyBackend } from "./backend.ts";
import { fromConfigValue, toConfigValue } from "./configs.ts";

const objectFamilies: readonly KerasFamily<KerasObject>[] = [
  initializers,
  regularizers,
  constraints,
];

function familyOf(value: Value): KerasFamily<KerasObject> | null {
  if (value instanceof Initializer) return initializers;
  if (value instanceof Regularizer) return regularizers;
  return value instanceof Constraint ? constraints : null;
}

/** Plain values stay as they are; objects become dicts of module, class and config. */
export function serialize(value: Value): Value {
  if (value instanceof PyList) return new PyList(value.items.map(serialize));
  if (value instanceof PyTuple) return new PyTuple(value.items.map(serialize));
  if (value instanceof PyDict) {
    return new PyDict([...value.entries()].map(([key, item]) => [key, serialize(item)]));
  }
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof BatchNormalization) return serializeLayer(value);
  if (value instanceof DTypePolicy) return fromConfigValue(value.serialize());
  if (isTensor(value)) {
    const config = new PyDict([
      ["value", invoke(getAttribute(value, "tolist"))],
      ["dtype", value.dtype],
    ]);
    return new PyDict([
      ["class_name", "__tensor__"],
      ["config", config],
    ]);
  }
  const family = familyOf(value);
  if (family) return fromConfigValue(serializeKerasObject(family, value as KerasObject));
  throw pythonError("ValueError", `Cannot serialize object: ${repr(value)}`);
}

function serializeLayer(layer: BatchNormalization): PyDict {
  const written: [string, Value][] = [
    ["module", "keras.layers"],
    ["class_name", layer.className],
    ["config", fromConfigValue(layer.getConfig())],
    ["registered_name", null],
  ];
  const build = invoke(getAttribute(layer, "get_build_config"));
  if (build !== null) written.push(["build_config", build]);
  return new PyDict(written);
}

function deserialize(backend: NumpyBackend, written: Value): Value {
  if (written instanceof PyList || written instanceof PyTuple) {
    return new PyList(written.items.map((item) => deserialize(backend, item)));
  }
  if (!(written instanceof PyDict)) return written;
  const name = written.get("class_name");
  const config = written.get("config");
  if (name === undefined || config === undefined) {
    const entries = [...written.entries()];
    return new PyDict(entries.map(([key, item]) => [key, deserialize(backend, item)]));
  }
  if (name === "__tensor__" && config instanceof PyDict) {
    const dtype = config.get("dtype") ?? null;
    return backend.np("array", [config.get("value") ?? null], { dtype });
  }
  const module = written.get("module") ?? null;
  if (module === "keras" && name === "DTypePolicy") {
    return new DTypePolicy(toConfigValue((config as PyDict).get("name") ?? null));
  }
  const known =
    module === "keras.layers"
      ? name === "BatchNormalization"
      : objectFamilies.some((family) => family.module === module && family.classes.has(str(name)));
  const found = known ? backend.classes.get(str(name)) : undefined;
  if (!found) throw unknownClass(name, written);
  const object = invoke(found.members.get("from_config")!, config);
  const build = written.get("build_config");
  if (object instanceof BatchNormalization && build instanceof PyDict) {
    invoke(getAttribute(object, "build"), build.get("input_shape") ?? null);
  }
  return object;
}

function unknownClass(name: Value, written: PyDict) {
  return pythonError(
    "TypeError",
    `Could not locate class '${str(name)}'. Make sure custom classes and functions are decorated ` +
      "with `@keras.saving.register_keras_serializable()`. If they are already decorated, make " +
      "sure they are all imported so that the decorator is run before trying to load them. " +
      `Full object config: ${repr(written)}`,
  );
}

/** What `keras.saving` and `keras.utils` share. */
export function serializationMembers(backend: NumpyBackend): Record<string, Value> {
  return {
    serialize_keras_object: builtin("serialize_keras_object(obj)", ({ obj }) => serialize(obj!)),
    deserialize_keras_object: builtin(
      "deserialize_keras_object(config, custom_objects=None, safe_mode=True)",
      ({ config }) => deserialize(backend, config!),
    ),
  };
}

/** `keras.layers.serialize` and `deserialize`. */
export function layerSerializationMembers(backend: NumpyBackend): Record<string, Value> {
  return {
    serialize: builtin("serialize(layer)", ({ layer }) => serialize(layer!)),
    deserialize: builtin("deserialize(config, custom_objects=None)", ({ config }) => {
      const object = deserialize(backend, config!);
      if (object instanceof BatchNormalization) return object;
      throw pythonError(
        "ValueError",
        "`keras.layers.deserialize` was passed a `config` object that is not a " +
          `\`keras.layers.Layer\`. Received: ${str(config!)}`,
      );
    }),
  };
}

/** `keras.tree`: functions of nested lists, tuples and dicts. */
export function treeMembers(): Record<string, Value> {
  const isNested = (value: Value) =>
    value instanceof PyList || value instanceof PyTuple || value instanceof PyDict;
  const flatten = (value: Value): Value[] => {
    if (value instanceof PyList || value instanceof PyTuple) return value.items.flatMap(flatten);
    if (!(value instanceof PyDict)) return [value];
    const sorted = [...value.entries()].sort(([a], [b]) => (str(a) < str(b) ? -1 : 1));
    return sorted.flatMap(([, item]) => flatten(item));
  };
  const map = (apply: Value, structures: readonly Value[]): Value => {
    const [first] = structures;
    const nth = (index: number) =>
      map(
        apply,
        structures.map((one) => (one as PyList).items[index]!),
      );
    if (first instanceof PyList) return new PyList(first.items.map((_, index) => nth(index)));
    if (first instanceof PyTuple) return new PyTuple(first.items.map((_, index) => nth(index)));
    if (first instanceof PyDict) {
      const at = (key: Value) =>
        map(
          apply,
          structures.map((one) => (one as PyDict).get(key)!),
        );
      return new PyDict([...first.keys()].map((key) => [key, at(key)]));
    }
    return call(apply, { positional: structures, keywords: new Map() });
  };
  return {
    flatten: builtin("flatten(structure)", ({ structure }) => new PyList(flatten(structure!))),
    is_nested: builtin("is_nested(structure)", ({ structure }) => isNested(structure!)),
    map_structure: builtin("map_structure(func, *structures)", ({ func, structures }) =>
      map(func!, structures as Value[]),
    ),
  };
}
