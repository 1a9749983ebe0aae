/**
 * @file Results with names: tuples whose items are attributes too, such as `np.linalg.eigh` gives.
 */
import { PyClass } from "../../classes.ts";
import { PyTuple } from "../../containers.ts";
import { type PythonType, registeredType, registerType, type Value } from "../../objects.ts";
import { classOf, repr } from "../../operations.ts";

export class NamedTuple extends PyTuple {
  readonly typeName: string;
  readonly fields: readonly string[];

  constructor(typeName: string, fields: Readonly<Record<string, Value>>) {
    super(Object.values(fields));
    this.typeName = typeName;
    this.fields = Object.keys(fields);
  }
}

const classes = new Map<string, PyClass>();

function namedClass(name: string): PyClass {
  let found = classes.get(name);
  if (!found) {
    found = new PyClass(name, { module: "numpy", bases: [classOf(new PyTuple())] });
    classes.set(name, found);
  }
  return found;
}

const tupleType = registeredType(new PyTuple()) as PythonType<PyTuple>;

registerType<NamedTuple>(NamedTuple, {
  ...(tupleType as PythonType),
  classOf: (value: NamedTuple) => namedClass(value.typeName),
  repr: (value: NamedTuple) =>
    `${value.typeName}(${value.fields.map((field, i) => `${field}=${repr(value.items[i]!)}`).join(", ")})`,
  getAttribute(value: NamedTuple, name) {
    const place = value.fields.indexOf(name);
    return place < 0 ? tupleType.getAttribute?.(value, name) : value.items[place]!;
  },
  attributeNames: (value: NamedTuple) => [
    ...value.fields,
    ...(tupleType.attributeNames?.(value) ?? []),
  ],
});
