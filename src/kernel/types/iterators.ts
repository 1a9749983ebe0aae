/**
 * @file Iterators: what `iter`, `zip`, `map`, generator expressions and the like give.
 */
import { PyClass } from "../classes.ts";
import { PyIterator } from "../containers.ts";
import { attributes } from "../functions.ts";
import { identity } from "../hashing.ts";
import { registerType, type Value } from "../objects.ts";

const classes = new Map<string, PyClass>();

/** The class of iterators of one kind; kinds with a dot name their module. */
function iteratorClass(kind: string): PyClass {
  let found = classes.get(kind);
  if (!found) {
    const dot = kind.lastIndexOf(".");
    found = new PyClass(kind.slice(dot + 1), dot < 0 ? {} : { module: kind.slice(0, dot) });
    classes.set(kind, found);
  }
  return found;
}

/** `0x7f…`: an address as reprs show one. */
export function address(value: object): string {
  return `0x${identity(value).toString(16).padStart(12, "0")}`;
}

registerType(PyIterator, {
  name: "iterator",
  classOf: (value) => iteratorClass(value.kind),
  repr: (value) =>
    value.describe?.() ??
    (value.kind === "generator"
      ? `<generator object <genexpr> at ${address(value)}>`
      : `<${value.kind} object at ${address(value)}>`),
  iterate: (value) => value,
  hash: (value) => value,
  ...attributes<PyIterator>({
    methods: {
      "__iter__()": (self) => self,
      "close()": () => null,
    },
  }),
});

/** The next item, or undefined at the end. */
export function advance(iterator: PyIterator): Value | undefined {
  const step = iterator.next();
  return step.done ? undefined : step.value;
}
