/**
 * @file `inspect`: signatures and kinds of what cells define.
 */
import { PyClass } from "../classes.ts";
import { PyDict, PyList, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { PyFunction } from "../evaluator/functions.ts";
import { PyGenerator } from "../evaluator/generators.ts";
import { attributes, Builtin, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import {
  attributeNames,
  findAttribute,
  getAttribute,
  invoke,
  isCallable,
  repr,
  str,
  truth,
} from "../operations.ts";
import type { SignatureParameter } from "../signature.ts";
import { annotationText } from "../types/callables.ts";
import { BoundMethod } from "../types/descriptors.ts";

/** `inspect.Parameter.empty`: what is not said. */
const empty = new PyClass("_empty", { module: "inspect" });

const kinds: Readonly<Record<SignatureParameter["kind"], string>> = {
  positionalOnly: "POSITIONAL_ONLY",
  normal: "POSITIONAL_OR_KEYWORD",
  star: "VAR_POSITIONAL",
  keywordOnly: "KEYWORD_ONLY",
  doubleStar: "VAR_KEYWORD",
};

/** `Parameter.POSITIONAL_ONLY` and its kin. */
class Kind {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

registerType(Kind, {
  name: "_ParameterKind",
  module: "inspect",
  repr: ({ name }) => `<_ParameterKind.${name}: ${Object.values(kinds).indexOf(name)}>`,
  str: ({ name }) => name,
  hash: (value) => value,
  getAttribute: ({ name }, attribute) => (attribute === "name" ? name : undefined),
});

const kindValues = new Map(Object.values(kinds).map((name) => [name, new Kind(name)]));

class Parameter {
  readonly name: string;
  readonly kind: SignatureParameter["kind"];
  readonly default: Value;
  readonly annotation: Value;

  constructor(name: string, kind: Parameter["kind"], fallback: Value, annotation: Value) {
    this.name = name;
    this.kind = kind;
    this.default = fallback;
    this.annotation = annotation;
  }

  get text(): string {
    const stars = this.kind === "star" ? "*" : this.kind === "doubleStar" ? "**" : "";
    const annotated = this.annotation !== empty;
    const annotation = annotated ? `: ${annotationOf(this.annotation)}` : "";
    const equals = annotated ? " = " : "=";
    const fallback = this.default === empty ? "" : equals + repr(this.default);
    return `${stars}${this.name}${annotation}${fallback}`;
  }
}

function annotationOf(value: Value): string {
  return typeof value === "string" ? repr(value) : annotationText(value).replace(/^typing\./, "");
}

const parameterClass = new PyClass("Parameter", {
  module: "inspect",
  members: { empty, ...Object.fromEntries(kindValues) },
});

registerType(Parameter, {
  name: "Parameter",
  module: "inspect",
  classOf: () => parameterClass,
  repr: (self) => `<Parameter ${repr(self.text)}>`.replace(/"(.*)"|'(.*)'/, '"$1$2"'),
  str: (self) => self.text,
  hash: (value) => value,
  ...attributes<Parameter>({
    properties: {
      name: (self) => self.name,
      default: (self) => self.default,
      annotation: (self) => self.annotation,
      kind: (self) => kindValues.get(kinds[self.kind])!,
    },
  }),
});

class Signature {
  readonly parameters: readonly Parameter[];
  readonly returns: Value;

  constructor(parameters: readonly Parameter[], returns: Value) {
    this.parameters = parameters;
    this.returns = returns;
  }

  get text(): string {
    const parts: string[] = [];
    for (const [index, parameter] of this.parameters.entries()) {
      const before = this.parameters[index - 1];
      if (before?.kind === "positionalOnly" && parameter.kind !== "positionalOnly") parts.push("/");
      const starred = this.parameters.slice(0, index).some(({ kind }) => kind === "star");
      const first = before?.kind !== "keywordOnly";
      if (parameter.kind === "keywordOnly" && first && !starred) parts.push("*");
      parts.push(parameter.text);
    }
    if (this.parameters.at(-1)?.kind === "positionalOnly") parts.push("/");
    const returns = this.returns === empty ? "" : ` -> ${annotationOf(this.returns)}`;
    return `(${parts.join(", ")})${returns}`;
  }
}

const signatureClass = new PyClass("Signature", { module: "inspect", members: { empty } });

registerType(Signature, {
  name: "Signature",
  module: "inspect",
  classOf: () => signatureClass,
  repr: (self) => `<Signature ${self.text}>`,
  str: (self) => self.text,
  hash: (value) => value,
  ...attributes<Signature>({
    properties: {
      parameters: ({ parameters }) =>
        new PyDict(parameters.map((parameter) => [parameter.name, parameter])),
      return_annotation: ({ returns }) => returns,
    },
  }),
});

/** A function's parameters, without the first where a method is bound. */
function signatureOf(value: Value, bound = false): Signature {
  if (value instanceof BoundMethod) return signatureOf(value.callable, true);
  if (value instanceof PyClass) {
    const make = value.find("__init__") ?? value.find("__new__");
    if (make !== undefined) return withoutReturn(signatureOf(make, true));
    if (value.signature) return fromParameters(value.signature.parameters, new Map(), false);
    return new Signature([], empty);
  }
  const wrapped = findAttribute(value, "__wrapped__");
  if (wrapped !== undefined) return signatureOf(wrapped, bound);
  if (value instanceof PyFunction) {
    const { parameters } = value.code.signature;
    const withDefaults = parameters.map((parameter, index) => ({
      ...parameter,
      default: value.defaults[index],
    }));
    const annotations = new Map(value.annotations.entries()) as Map<string, Value>;
    return fromParameters(withDefaults, annotations, bound);
  }
  if (value instanceof Builtin && value.signature) {
    return fromParameters(value.signature.parameters, new Map(), bound);
  }
  const call = typeof value === "object" && value !== null && findAttribute(value, "__call__");
  if (call) return signatureOf(call);
  throw pythonError("TypeError", `${repr(value)} is not a callable object`);
}

function withoutReturn({ parameters }: Signature): Signature {
  return new Signature(parameters, empty);
}

function fromParameters(
  parameters: readonly SignatureParameter[],
  annotations: ReadonlyMap<string, Value>,
  bound: boolean,
): Signature {
  const found = parameters.map(
    ({ name, kind, default: fallback }) =>
      new Parameter(
        name,
        kind,
        fallback === undefined ? empty : fallback,
        annotations.get(name) ?? empty,
      ),
  );
  return new Signature(bound ? found.slice(1) : found, annotations.get("return") ?? empty);
}

/** A documentation text without the indentation of the code around it. */
function cleaned(text: string): string {
  const lines = text.replaceAll("\t", "        ").split("\n");
  const margins = lines.slice(1).flatMap((line) => {
    return line.trim() === "" ? [] : [line.length - line.trimStart().length];
  });
  const margin = margins.length > 0 ? Math.min(...margins) : 0;
  const rest = lines.slice(1).map((line) => line.slice(margin));
  return [lines[0]!.trimStart(), ...rest].join("\n").replace(/^\n+|\s+$/g, "");
}

function members(object: Value, predicate: Value): PyList {
  const names = [...new Set(attributeNames(object))].sort();
  const found = names.flatMap((name) => {
    const value = findAttribute(object, name);
    if (value === undefined) return [];
    if (predicate !== null && !truth(invoke(predicate, value))) return [];
    return [new PyTuple([name, value])];
  });
  return new PyList(found);
}

export function inspectModule(): PythonModule {
  const asks = (name: string, body: (value: Value) => boolean) =>
    builtin(`${name}(object)`, ({ object }) => body(object!));
  const functions = [
    builtin(
      "signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False)",
      ({ obj }) => signatureOf(obj!),
    ),
    builtin("getdoc(object)", ({ object }) => {
      const text = getAttribute(object!, "__doc__");
      return typeof text === "string" ? cleaned(text) : null;
    }),
    builtin("cleandoc(doc)", ({ doc }) => cleaned(str(doc!))),
    builtin("getmembers(object, predicate=None)", ({ object, predicate }) =>
      members(object!, predicate!),
    ),
    asks("isfunction", (value) => value instanceof PyFunction),
    asks("ismethod", (value) => value instanceof BoundMethod),
    asks("isclass", (value) => value instanceof PyClass),
    asks("ismodule", (value) => value instanceof PythonModule),
    asks("isbuiltin", (value) => value instanceof Builtin),
    asks("isgenerator", (value) => value instanceof PyGenerator),
    asks(
      "isgeneratorfunction",
      (value) => value instanceof PyFunction && value.code.steps !== null,
    ),
    asks(
      "isroutine",
      (value) =>
        isCallable(value) &&
        (value instanceof PyFunction || value instanceof Builtin || value instanceof BoundMethod),
    ),
  ];
  return new PythonModule(
    "inspect",
    {
      Parameter: parameterClass,
      Signature: signatureClass,
      ...Object.fromEntries(functions.map((entry) => [entry.name, entry])),
    },
    ["getsource", "getsourcelines", "getfile", "stack", "currentframe", "getargspec", "getmodule"],
  );
}
