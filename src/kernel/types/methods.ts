/**
 * @file Methods of classes that the standard library has and that are written here: they stand in
 * a class as functions do, and bind as those.
 */
import { type Bound, Builtin } from "../functions.ts";
import type { CallArguments, Value } from "../objects.ts";
import { bindArguments, parseSignature, type Signature } from "../signature.ts";

/** What a method does, `self` first; parameters by name. */
export type MethodBody = (self: Value, bound: Bound) => Value;

/** A function in a class, which an instance binds. */
export class Method extends Builtin {}

/** Arguments by parameter name. */
function boundBy(signature: Signature, args: CallArguments): Bound {
  const values = bindArguments(signature, args);
  return Object.fromEntries(signature.parameters.map(({ name }, index) => [name, values[index]]));
}

/**
 * A method from its Python signature. With `self` spelled out it words its errors as one written
 * in Python does, which counts `self` among the arguments; without, as one written in C.
 */
export function method(owner: string, text: string, body: MethodBody): Method {
  const name = text.slice(0, text.indexOf("("));
  const described = { signature: null as Signature | null };
  const spelled = /\(self\b/.test(text);
  return new Method(
    name,
    (args) => {
      described.signature ??= parseSignature(`${owner}.${text}`);
      if (spelled) {
        const bound = boundBy(described.signature, args);
        return body(bound["self"]!, bound);
      }
      const [self, ...positional] = args.positional;
      return body(self ?? null, boundBy(described.signature, { ...args, positional }));
    },
    undefined,
    described,
  );
}

/** Members of a class from a table of methods, keyed by signature. */
export function methods(
  owner: string,
  table: Readonly<Record<string, MethodBody>>,
): [string, Value][] {
  return Object.entries(table).map(([text, body]) => {
    const made = method(owner, text, body);
    return [made.name, made];
  });
}
