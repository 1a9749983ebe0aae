/**
 * @file What stands behind the annotated names of a data class: `field(…)`, `InitVar`, `KW_ONLY`.
 */
import { PyDict } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import { attributes, type Bound } from "../../functions.ts";
import { registerType, type Value } from "../../objects.ts";
import { repr, truth } from "../../operations.ts";
import { annotationText } from "../../types/callables.ts";

/** `MISSING`, `KW_ONLY`: values that only stand for themselves. */
class Sentinel {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

registerType(Sentinel, {
  name: "_MISSING_TYPE",
  module: "dataclasses",
  repr: ({ name }) => `<dataclasses._${name}_TYPE object>`,
  hash: (value) => value,
});

export const missing = new Sentinel("MISSING");
export const keywordOnly = new Sentinel("KW_ONLY");

/** `InitVar[T]`: a parameter that `__post_init__` gets and no instance keeps. */
export class InitVar {
  readonly type: Value;

  constructor(type: Value) {
    this.type = type;
  }
}

registerType(InitVar, {
  name: "InitVar",
  module: "dataclasses",
  repr: ({ type }) => `dataclasses.InitVar[${annotationText(type)}]`,
  hash: (value) => value,
  getItem: (_, index) => new InitVar(index),
});

/** What `field(…)` says, and what is known of it once it stands in a class. */
export class Field {
  readonly default: Value;
  readonly factory: Value;
  readonly init: boolean;
  readonly repr: boolean;
  /** Null: as `compare`. */
  readonly hash: boolean | null;
  readonly compare: boolean;
  readonly metadata: Value;
  /** Null: as the class has it. */
  readonly keywordOnly: boolean | null;
  readonly name: string;
  readonly type: Value;
  readonly kind: "field" | "initVar";

  constructor(facts: FieldFacts) {
    this.default = facts.default === undefined ? missing : facts.default;
    this.factory = facts.factory ?? missing;
    this.init = facts.init ?? true;
    this.repr = facts.repr ?? true;
    this.hash = facts.hash ?? null;
    this.compare = facts.compare ?? true;
    this.metadata = facts.metadata ?? new PyDict();
    this.keywordOnly = facts.keywordOnly ?? null;
    this.name = facts.name ?? "";
    this.type = facts.type ?? null;
    this.kind = facts.kind ?? "field";
  }

  get required(): boolean {
    return this.default === missing && this.factory === missing;
  }
}

type FieldFacts = { readonly [Key in keyof Omit<Field, "required">]?: Field[Key] | undefined };

registerType(Field, {
  name: "Field",
  module: "dataclasses",
  repr: (self) =>
    `Field(name=${repr(self.name)},type=${repr(self.type)},default=${repr(self.default)},default_factory=${repr(self.factory)},init=${repr(self.init)},repr=${repr(self.repr)},hash=${repr(self.hash)},compare=${repr(self.compare)},metadata=mappingproxy(${repr(self.metadata)}),kw_only=${repr(self.keywordOnly)},_field_type=_FIELD)`,
  hash: (value) => value,
  ...attributes<Field>({
    properties: {
      name: (self) => self.name,
      type: (self) => self.type,
      default: (self) => self.default,
      default_factory: (self) => self.factory,
      init: (self) => self.init,
      repr: (self) => self.repr,
      compare: (self) => self.compare,
      metadata: (self) => self.metadata,
      kw_only: (self) => self.keywordOnly,
    },
  }),
});

export function makeField(bound: Bound): Value {
  const { default: fallback, default_factory, init, hash, compare: compared } = bound;
  if (fallback !== undefined && default_factory !== undefined) {
    throw pythonError("ValueError", "cannot specify both default and default_factory");
  }
  return new Field({
    default: fallback,
    factory: default_factory,
    init: truth(init!),
    repr: truth(bound["repr"]!),
    hash: hash === null ? null : truth(hash!),
    compare: truth(compared!),
    metadata: bound["metadata"] ?? undefined,
    keywordOnly: bound["kw_only"] === undefined ? null : truth(bound["kw_only"]),
  });
}
