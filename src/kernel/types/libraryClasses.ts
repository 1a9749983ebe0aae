/**
 * @file Classes of the standard library that cells can inherit from, with methods written here.
 */
import type { PyClass } from "../classes.ts";
import { objectClass } from "../classes.ts";
import type { Value } from "../objects.ts";
import { type MethodBody, methods } from "./methods.ts";
import { type Allocator, createClass, type UserClass } from "./userClasses.ts";

export interface LibraryClass {
  readonly module: string;
  readonly name: string;
  readonly bases?: readonly PyClass[];
  /** Keyed by signature, `self` included where CPython's method is written in Python. */
  readonly methods: Readonly<Record<string, MethodBody>>;
  readonly members?: Readonly<Record<string, Value>>;
  /** Instances with a state that is not Python's to see. */
  readonly allocator?: Allocator;
}

export function libraryClass(definition: LibraryClass): UserClass {
  const { module, name, bases = [objectClass], members = {}, allocator = null } = definition;
  const own = [...methods(name, definition.methods), ...Object.entries(members)];
  return createClass({ name, qualname: name, bases, members: own }, { module, allocator });
}
