/**
 * @file Tuples whose items have names: `sys.version_info`, `time.localtime()`.
 */
import { PyClass } from "../classes.ts";
import { PyTuple } from "../containers.ts";
import { type PythonType, registeredType, registerType, type Value } from "../objects.ts";
import { repr } from "../operations.ts";
import { tupleClass } from "./containers.ts";

export interface SequenceKind {
  readonly type: PyClass;
  readonly names: readonly string[];
}

export function sequenceKind(module: string, name: string, names: readonly string[]): SequenceKind {
  return { type: new PyClass(name, { module, bases: [tupleClass] }), names };
}

export class StructSequence extends PyTuple {
  readonly kind: SequenceKind;

  constructor(kind: SequenceKind, items: readonly Value[]) {
    super(items);
    this.kind = kind;
  }
}

const tupleRecord = registeredType(new PyTuple()) as PythonType<PyTuple>;

registerType(StructSequence, {
  ...(tupleRecord as unknown as PythonType<StructSequence>),
  classOf: ({ kind }) => kind.type,
  repr({ kind, items }) {
    const texts = kind.names.map((name, index) => `${name}=${repr(items[index]!)}`);
    return `${kind.type.qualifiedName}(${texts.join(", ")})`;
  },
  getAttribute(self, name) {
    const index = self.kind.names.indexOf(name);
    return index < 0 ? tupleRecord.getAttribute!(self, name) : self.items[index];
  },
  attributeNames: ({ kind }) => kind.names,
});
