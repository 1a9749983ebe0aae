/**
 * @file Objects of classes that cells define, as `object` has them: an address for a repr, and a
 * dictionary of attributes.
 */
import { objectClass } from "../classes.ts";
import { PyDict } from "../containers.ts";
import { type PythonType, registerType } from "../objects.ts";
import { classOf } from "../operations.ts";
import { address } from "./iterators.ts";

/** What the instances of every such class have, whatever else they are. */
export interface HasDictionary {
  readonly dictionary: PyDict;
}

/** An instance of a class without a built-in base. Each class has a JavaScript class below this. */
export class Instance implements HasDictionary {
  readonly dictionary = new PyDict();
}

export const objectType: PythonType<Instance> = {
  name: "object",
  classOf: () => objectClass,
  repr: (value) =>
    `<${classOf(value).module}.${classOf(value).qualname} object at ${address(value)}>`,
  hash: (value) => value,
  setAttribute(value, name, item) {
    value.dictionary.set(name, item);
    return true;
  },
};

registerType(Instance, objectType);
