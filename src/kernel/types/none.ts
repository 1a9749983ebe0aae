/**
 * @file `None` and `...`.
 */
import { PyClass } from "../classes.ts";
import { Ellipsis } from "../containers.ts";
import { type PythonType, registerType } from "../objects.ts";

const noneClass = new PyClass("NoneType", { construct: () => null });

export const noneType: PythonType<null> = {
  name: "NoneType",
  repr: () => "None",
  truth: () => false,
  classOf: () => noneClass,
};

/** The type of `NotImplemented`, its only value: what a method gives for operands it cannot take. */
export class NotImplementedType {}

export const notImplemented = new NotImplementedType();

registerType(NotImplementedType, {
  name: "NotImplementedType",
  repr: () => "NotImplemented",
  hash: (value) => value,
});

registerType(Ellipsis, {
  name: "ellipsis",
  repr: () => "Ellipsis",
  hash: (value) => value,
});
