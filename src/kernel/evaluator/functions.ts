/**
 * @file Functions that cells define: `def` and `lambda`.
 */
import type {
  Expression,
  FunctionDefinition,
  Lambda,
  Parameters,
  Statement,
} from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PyDict, PyTuple } from "../containers.ts";
import { pythonError, toException } from "../errors.ts";
import { attributes } from "../functions.ts";
import { checkInterrupt } from "../interrupts.ts";
import { type CallArguments, noKeywords, registerType, type Value } from "../objects.ts";
import { bindArguments, makeSignature, type Signature } from "../signature.ts";
import { BoundMethod } from "../types/descriptors.ts";
import { address } from "../types/iterators.ts";
import { annotationsOf } from "./annotations.ts";
import type { Context } from "./compiler.ts";
import { compileExpression } from "./expressions.ts";
import { Activation, type Evaluate, type Frame, type Runtime, type Source } from "./frame.ts";
import { compileSteps, PyGenerator, type Suspending } from "./generators.ts";
import { functionScope, type Scope } from "./scopes.ts";
import { compileBlock } from "./statements.ts";

/** CPython's `sys.getrecursionlimit()` less the frame of the module. */
export const mostCalls = 999;

/** What all functions made by one `def` share. */
interface Code {
  readonly name: string;
  /** `outer.<locals>.inner`, as errors name it. */
  readonly qualifiedName: string;
  readonly documentation: string | null;
  readonly annotations: (frame: Frame) => PyDict;
  readonly signature: Signature;
  readonly slots: number;
  /** The slots of a call before anything is bound: copied, not made anew. */
  readonly unbound: readonly undefined[];
  /** True where all parameters are plain ones, so that positions alone bind them. */
  readonly plain: boolean;
  readonly body: Evaluate;
  /** Of a function that yields: what runs in the generator that a call gives. */
  readonly steps: Suspending | null;
  readonly source: Source;
  readonly runtime: Runtime;
}

export class PyFunction {
  readonly code: Code;
  readonly defaults: readonly (Value | undefined)[];
  readonly frame: Frame;
  #annotations: PyDict | null = null;
  /** `f.name = value`. */
  readonly attributes = new Map<string, Value>();

  constructor(code: Code, defaults: readonly (Value | undefined)[], frame: Frame) {
    this.code = code;
    this.defaults = defaults;
    this.frame = frame;
  }

  /** `f.__annotations__`: evaluated when somebody asks. */
  get annotations(): PyDict {
    this.#annotations ??= this.code.annotations(this.frame);
    return this.#annotations;
  }

  /** A call with positional arguments alone. The array becomes the function's own. */
  invoke(positional: Value[]): Value {
    const { code } = this;
    if (!code.plain || positional.length !== code.signature.positional) {
      return this.call({ positional, keywords: noKeywords });
    }
    if (code.slots === positional.length) return this.#run(positional);
    const slots: (Value | undefined)[] = code.unbound.slice();
    for (let index = 0; index < positional.length; index++) slots[index] = positional[index];
    return this.#run(slots);
  }

  call(args: CallArguments): Value {
    const { signature } = this.code;
    const slots = bindArguments(signature, args, this.defaults);
    for (let index = slots.length; index < this.code.slots; index++) slots.push(undefined);
    const { starIndex, doubleStarIndex } = signature;
    if (starIndex >= 0) slots[starIndex] = new PyTuple(slots[starIndex] as Value[]);
    if (doubleStarIndex >= 0) {
      slots[doubleStarIndex] = new PyDict(slots[doubleStarIndex] as Map<string, Value>);
    }
    return this.#run(slots);
  }

  #run(slots: (Value | undefined)[]): Value {
    const { code } = this;
    const { runtime } = code;
    const activation = new Activation(code.source, code.name);
    if (code.steps) {
      const frame = { slots, parent: this.frame, activation };
      return new PyGenerator(code, runtime, code.steps(frame), activation);
    }
    if (runtime.depth >= mostCalls) {
      throw pythonError("RecursionError", "maximum recursion depth exceeded");
    }
    runtime.depth++;
    try {
      checkInterrupt();
      return code.body({ slots, parent: this.frame, activation });
    } catch (thrown) {
      const exception = toException(thrown);
      activation.record(exception);
      throw exception;
    } finally {
      runtime.depth--;
    }
  }
}

function compileCode(
  name: string,
  parameters: Parameters,
  body: readonly Statement[] | Expression,
  context: Context,
  generator: boolean,
  returns: Expression | null,
): Code {
  const scope = functionScope(context.scope, parameters, body);
  const qualifiedName = qualify(name, context.scope, scope);
  const inner: Context = { ...context, scope, multiline: false };
  // First, for compiling may need variables of its own.
  const steps = generator ? compileSteps(body as readonly Statement[], inner) : null;
  const run = Array.isArray(body) ? (steps ? () => null : compileBody(body, inner)) : null;
  return {
    name,
    qualifiedName,
    documentation: documentationOf(body),
    annotations: annotationsOf(parameters.items, returns, context),
    signature: makeSignature(
      qualifiedName,
      parameters.items.map((parameter) => ({
        name: parameter.name,
        kind: parameter.kind,
        required:
          parameter.default === null &&
          parameter.kind !== "star" &&
          parameter.kind !== "doubleStar",
        default: undefined,
      })),
    ),
    slots: scope.slots.size,
    unbound: Array.from({ length: scope.slots.size }, () => undefined),
    plain: parameters.items.every(({ kind }) => kind === "normal" || kind === "positionalOnly"),
    steps,
    body: run ?? compileReturn(body as Expression, inner),
    source: context.source,
    runtime: context.runtime,
  };
}

const scopeNames = new WeakMap<Scope, string>();

/** `outer.<locals>.inner`, `Class.method`: the name of what is defined in a scope, and has one. */
export function qualify(name: string, around: Scope, own: Scope): string {
  const { binding } = around;
  const enclosing = scopeNames.get(binding);
  const separator = binding.kind === "class" ? "." : ".<locals>.";
  const qualified = enclosing === undefined ? name : `${enclosing}${separator}${name}`;
  scopeNames.set(own, qualified);
  return qualified;
}

export function documentationOf(body: readonly Statement[] | Expression): string | null {
  if (!Array.isArray(body)) return null;
  const [first] = body as readonly Statement[];
  if (first?.type !== "ExpressionStatement" || first.value.type !== "Text") return null;
  return first.value.value;
}

function compileBody(body: readonly Statement[], context: Context): Evaluate {
  const execute = compileBlock(body, context);
  return (frame) => {
    execute(frame);
    return frame.activation.result;
  };
}

function compileReturn(body: Expression, context: Context): Evaluate {
  const line = context.source.lineAt(body.from);
  const multiline = context.source.lineAt(body.to) !== line;
  const evaluate = compileExpression(body, { ...context, multiline });
  return (frame) => {
    frame.activation.line = line;
    return evaluate(frame);
  };
}

function compileFunction(
  name: string,
  parameters: Parameters,
  body: readonly Statement[] | Expression,
  context: Context,
  generator = false,
  returns: Expression | null = null,
): Evaluate {
  const code = compileCode(name, parameters, body, context, generator, returns);
  const defaults = parameters.items.map((parameter) =>
    parameter.default ? compileExpression(parameter.default, context) : null,
  );
  return (frame) =>
    new PyFunction(
      code,
      defaults.map((value) => value?.(frame)),
      frame,
    );
}

export function compileDefinition(node: FunctionDefinition, context: Context): Evaluate {
  const { name, parameters, body, generator, returns } = node;
  return compileFunction(name, parameters, body, context, generator, returns);
}

export function compileLambda(node: Lambda, context: Context): Evaluate {
  return compileFunction("<lambda>", node.parameters, node.body, context);
}

export const functionClass: PyClass = new PyClass("function");

/** `f.__code__`: what is asked of it is the names of parameters. */
class CodeFacts {
  readonly code: Code;

  constructor(code: Code) {
    this.code = code;
  }
}

registerType(CodeFacts, {
  name: "code",
  repr: ({ code }) => `<code object ${code.name}>`,
  hash: (value) => value,
  ...attributes<CodeFacts>({
    properties: {
      co_name: ({ code }) => code.name,
      co_argcount: ({ code }) => BigInt(code.signature.positional),
      co_varnames: ({ code }) => new PyTuple(code.signature.parameters.map(({ name }) => name)),
      co_filename: ({ code }) => code.source.cell,
    },
  }),
});

const functionAttributes = attributes<PyFunction>({
  properties: {
    __name__: (self) => self.code.name,
    __qualname__: (self) => self.code.qualifiedName,
    __module__: () => "__main__",
    __doc__: (self) => self.code.documentation,
    __annotations__: (self) => self.annotations,
    __defaults__: (self) => {
      const { positional } = self.code.signature;
      const given = self.defaults.slice(0, positional).filter((value) => value !== undefined);
      return given.length > 0 ? new PyTuple(given) : null;
    },
    __kwdefaults__: (self) => {
      const given = self.code.signature.parameters.flatMap(({ name, kind }, index) => {
        const value = self.defaults[index];
        return kind === "keywordOnly" && value !== undefined ? [[name, value] as const] : [];
      });
      return given.length > 0 ? new PyDict(given) : null;
    },
    __code__: (self) => new CodeFacts(self.code),
    __dict__: (self) => new PyDict(self.attributes),
  },
});

registerType(PyFunction, {
  name: "function",
  classOf: () => functionClass,
  repr: (value) => `<function ${value.code.qualifiedName} at ${address(value)}>`,
  hash: (value) => value,
  call: (value, args) => value.call(args),
  bind: (value, self) => (self === undefined ? value : new BoundMethod(self, value)),
  getAttribute(value, name) {
    const own = value.attributes.get(name);
    return own === undefined ? functionAttributes.getAttribute(value, name) : own;
  },
  setAttribute(value, name, item) {
    value.attributes.set(name, item);
    return true;
  },
  attributeNames: (value) => [
    ...value.attributes.keys(),
    ...functionAttributes.attributeNames(value),
  ],
});
