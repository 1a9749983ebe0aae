/**
 * @file Modules of which this kernel has a part. Names that only the real module has are refused
 * by name, so that nobody looks for a typing error; all others are unknown as ever.
 */
import { format } from "../../../shared/strings.ts";
import { pythonError } from "../../errors.ts";
import { PythonModule } from "../../functions.ts";
import { type PythonType, registeredType, registerType, type Value } from "../../objects.ts";
import type { Session } from "../../session.ts";

/** A member that is made when it is first asked for. */
export class LazyMember {
  readonly make: () => Value;

  constructor(make: () => Value) {
    this.make = make;
  }
}

registerType(LazyMember, {
  name: "LazyMember",
  repr: () => "<LazyMember>",
  hash: (value) => value,
});

/** Members by name; lazy ones are made when they are read, not when they are listed. */
class Members extends Map<string, Value> {
  override get(name: string): Value | undefined {
    const member = super.get(name);
    if (!(member instanceof LazyMember)) return member;
    const made = member.make();
    this.set(name, made);
    return made;
  }

  override *entries(): MapIterator<[string, Value]> {
    for (const name of [...this.keys()]) yield [name, this.get(name)!];
  }

  override *values(): MapIterator<Value> {
    for (const name of [...this.keys()]) yield this.get(name)!;
  }

  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
}

export class PartialModule extends PythonModule {
  override readonly members: Map<string, Value> = new Members();
  readonly #session: Session;
  readonly #refuses: (name: string) => boolean;

  constructor(
    session: Session,
    name: string,
    members: Readonly<Record<string, Value>>,
    refuses: (name: string) => boolean,
  ) {
    super(name, {});
    for (const [key, member] of Object.entries(members)) this.members.set(key, member);
    this.#session = session;
    this.#refuses = refuses;
  }

  /** AttributeError where the real module has the name and this kernel does not. */
  checkName(name: string): void {
    if (this.#refuses(name)) throw refusal(this.#session, `${this.name}.${name}`, "AttributeError");
  }
}

/** The error for a dotted name that only a Python kernel has. */
export function refusal(
  session: Session,
  name: string,
  type: "AttributeError" | "ModuleNotFoundError",
) {
  return pythonError(type, format(session.strings.unsupportedName, name));
}

const moduleType = registeredType(new PythonModule("", {})) as unknown as PythonType<PythonModule>;

const partialType: PythonType<PartialModule> = {
  ...(moduleType as PythonType<PartialModule>),
  getAttribute(self, name) {
    const found = moduleType.getAttribute!(self, name);
    if (found === undefined) self.checkName(name);
    return found;
  },
};

registerType(PartialModule, partialType);
