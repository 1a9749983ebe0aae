/**
 * @file Generators: a function that yields is compiled a second way, to JavaScript generators that
 * stand still where the cell's do. Statements that do not yield are compiled as everywhere.
 */
import type { Expression, For, Statement, Try, While, With } from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PyIterator } from "../containers.ts";
import { exceptionClasses, isException, PyException, pythonError, toException } from "../errors.ts";
import { attributes } from "../functions.ts";
import { checkInterrupt } from "../interrupts.ts";
import { type PythonType, registeredType, registerType, type Value } from "../objects.ts";
import { invoke, iterator, truth } from "../operations.ts";
import { address } from "../types/iterators.ts";
import type { Context } from "./compiler.ts";
import { compileExpression } from "./expressions.ts";
import {
  type Activation,
  broke,
  type Completion,
  type Evaluate,
  type Frame,
  normal,
  type Runtime,
  returned,
} from "./frame.ts";
import { mostCalls } from "./functions.ts";
import { compileCases } from "./matching.ts";
import { clearName, storeName } from "./names.ts";
import { type Step, spill, yields } from "./spilling.ts";
import { compileStatement } from "./statements.ts";
import { compileStore } from "./targets.ts";
import { enterManager, instantiate, matches, seen } from "./unwinding.ts";

/** What a running generator hands out, and what comes back: a value sent, or one thrown. */
type Running<T> = Generator<Value, T, Value>;
export type Suspending = (frame: Frame) => Running<Completion>;
type SuspendingValue = (frame: Frame) => Running<Value>;

/** The body of a function that yields. */
export function compileSteps(body: readonly Statement[], context: Context): Suspending {
  return block(body, context);
}

function block(statements: readonly Statement[], context: Context): Suspending {
  const list = statements.map((statement) => step(statement, context));
  return function* (frame) {
    for (const { plain, suspending } of list) {
      const completion = plain ? plain(frame) : yield* suspending!(frame);
      if (completion !== normal) return completion;
    }
    return normal;
  };
}

interface Compiled {
  readonly plain: ((frame: Frame) => Completion) | null;
  readonly suspending: Suspending | null;
}

function step(node: Statement, context: Context): Compiled {
  if (!suspends(node)) return { plain: compileStatement(node, context), suspending: null };
  const line = context.source.lineAt(node.from);
  const run = suspendingStatement(node, context);
  return {
    plain: null,
    *suspending(frame) {
      frame.activation.line = line;
      return yield* run(frame);
    },
  };
}

/** Definitions inside yield for themselves. */
function suspends(node: Statement): boolean {
  if (node.type === "FunctionDefinition" || node.type === "ClassDefinition") return false;
  return Object.values(node).some(part);
  function part(value: unknown): boolean {
    if (Array.isArray(value)) return value.some(part);
    if (typeof value !== "object" || value === null) return false;
    const { type } = value as { type?: string };
    if (type === "FunctionDefinition" || type === "ClassDefinition") return false;
    return (
      type === "Yield" ||
      (type !== "Lambda" && type !== "Comprehension" && Object.values(value).some(part))
    );
  }
}

/** An expression whose `yield`s come first, one after the other. */
function suspendingValue(node: Expression, context: Context): SuspendingValue {
  const { steps, value } = spill(node, context.scope);
  const before = steps.map((each) => compileStep(each, context));
  const evaluate = compileExpression(value, context);
  return function* (frame) {
    for (const each of before) yield* each(frame);
    return evaluate(frame);
  };
}

function compileStep(node: Step, context: Context): (frame: Frame) => Running<void> {
  if (node.kind === "branch") {
    const test = compileExpression(node.test, context);
    const steps = node.steps.map((each) => compileStep(each, context));
    return function* (frame) {
      if (truth(test(frame)) !== node.wanted) return;
      for (const each of steps) yield* each(frame);
    };
  }
  const store = storeName(node.name, context);
  const evaluate: Evaluate = node.value ? compileExpression(node.value, context) : () => null;
  if (node.kind === "evaluate") {
    // biome-ignore lint/correctness/useYield: one of several kinds of steps, which mostly yield.
    return function* (frame) {
      store(frame, evaluate(frame));
    };
  }
  return node.delegates
    ? function* (frame) {
        store(frame, yield* delegate(evaluate(frame)));
      }
    : function* (frame) {
        store(frame, yield evaluate(frame));
      };
}

/** `yield from source`: gives what the source's `return` gave. */
function* delegate(source: Value): Running<Value> {
  const items = iterator(source);
  let sent: Value = null;
  let thrown: PyException | null = null;
  for (;;) {
    const next: IteratorResult<Value, Value | undefined> =
      items instanceof PyGenerator
        ? items.resume(sent, thrown)
        : thrown
          ? raise(thrown)
          : items.next();
    if (next.done) return next.value ?? null;
    sent = null;
    thrown = null;
    try {
      sent = yield next.value as Value;
    } catch (error) {
      thrown = toException(error);
      if (isException(thrown, "GeneratorExit") && items instanceof PyGenerator) items.close();
      if (isException(thrown, "GeneratorExit")) throw thrown;
    }
  }
}

function raise(exception: PyException): never {
  throw exception;
}

function suspendingStatement(node: Statement, context: Context): Suspending {
  switch (node.type) {
    case "ExpressionStatement": {
      const value = suspendingValue(node.value, context);
      return function* (frame) {
        yield* value(frame);
        return normal;
      };
    }
    case "Assign": {
      const value = suspendingValue(node.value, context);
      const stores = node.targets.map((target) => compileStore(target, context));
      return function* (frame) {
        const result = yield* value(frame);
        for (const store of stores) store(frame, result);
        return normal;
      };
    }
    case "Return": {
      const value = suspendingValue(node.value!, context);
      return function* (frame) {
        frame.activation.result = yield* value(frame);
        return returned;
      };
    }
    case "If": {
      const test = suspendingValue(node.test, context);
      const [then, otherwise] = [block(node.body, context), block(node.otherwise, context)];
      return function* (frame) {
        return yield* truth(yield* test(frame)) ? then(frame) : otherwise(frame);
      };
    }
    case "While":
      return whileLoop(node, context);
    case "For":
      return forLoop(node, context);
    case "Try":
      return attempt(node, context);
    case "With":
      return withBlock(node, context);
    case "Match": {
      const subject = suspendingValue(node.subject, context);
      const cases = compileCases(node, context);
      const bodies = node.cases.map(({ body }) => block(body, context));
      return function* (frame) {
        const value = yield* subject(frame);
        for (const [index, { test, guard }] of cases.entries()) {
          if (test(frame, value) && (!guard || guard(frame))) return yield* bodies[index]!(frame);
        }
        return normal;
      };
    }
    default:
      return rewritten(node, context);
  }
}

/** A simple statement, its `yield`s taken out of its expressions beforehand. */
function rewritten(node: Statement, context: Context): Suspending {
  const steps: Step[] = [];
  const entries = Object.entries(node).map(([key, part]) => {
    const isExpression = typeof part === "object" && part !== null && "type" in part;
    if (!isExpression || key === "target" || !yields(part)) return [key, part];
    const spilled = spill(part as Expression, context.scope);
    steps.push(...spilled.steps);
    return [key, spilled.value];
  });
  const before = steps.map((each) => compileStep(each, context));
  const execute = compileStatement(Object.fromEntries(entries) as Statement, context);
  return function* (frame) {
    for (const each of before) yield* each(frame);
    return execute(frame);
  };
}

function whileLoop(node: While, context: Context): Suspending {
  const test = suspendingValue(node.test, context);
  const body = block(node.body, context);
  const otherwise = block(node.otherwise, context);
  const line = context.source.lineAt(node.from);
  return function* (frame) {
    while (truth(yield* test(frame))) {
      checkInterrupt();
      const completion = yield* body(frame);
      if (completion === broke) return normal;
      if (completion === returned) return returned;
      frame.activation.line = line;
    }
    return yield* otherwise(frame);
  };
}

function forLoop(node: For, context: Context): Suspending {
  const iterable = suspendingValue(node.iterable, context);
  const store = compileStore(node.target, context);
  const body = block(node.body, context);
  const otherwise = block(node.otherwise, context);
  const line = context.source.lineAt(node.from);
  return function* (frame) {
    const items = iterator(yield* iterable(frame));
    for (;;) {
      checkInterrupt();
      frame.activation.line = line;
      const next = items.next();
      if (next.done) return yield* otherwise(frame);
      store(frame, next.value);
      const completion = yield* body(frame);
      if (completion === broke) return normal;
      if (completion === returned) return returned;
    }
  };
}

function attempt(node: Try, context: Context): Suspending {
  const caught = catching(node, context);
  if (node.finally.length === 0) return caught;
  const cleanUp = block(node.finally, context);
  const { runtime } = context;
  return function* (frame) {
    let completion: Completion;
    try {
      completion = yield* caught(frame);
    } catch (thrown) {
      const exception = seen(thrown, frame);
      const end = yield* handling(exception, frame, runtime, cleanUp(frame));
      if (end !== normal) return end;
      throw exception;
    }
    const { result } = frame.activation;
    const end = yield* cleanUp(frame);
    if (end !== normal) return end;
    frame.activation.result = result;
    return completion;
  };
}

/** Runs a block as one that handles `exception`: what it raises has that as its context. */
function* handling(
  exception: PyException,
  frame: Frame,
  runtime: Runtime,
  body: Running<Completion>,
): Running<Completion> {
  const outer = runtime.handled;
  runtime.handled = exception;
  try {
    return yield* body;
  } catch (thrown) {
    const next = seen(thrown, frame);
    if (next !== exception && next.context === null) next.context = exception;
    throw next;
  } finally {
    runtime.handled = outer;
  }
}

function catching(node: Try, context: Context): Suspending {
  const body = block(node.body, context);
  const otherwise = block(node.otherwise, context);
  const handlers = node.handlers.map((handler) => ({
    exception: handler.exception && compileExpression(handler.exception, context),
    line: context.source.lineAt(handler.from),
    store: handler.name === null ? null : storeName(handler.name, context),
    clear: handler.name === null ? null : clearName(handler.name, context),
    body: block(handler.body, context),
  }));
  const { runtime } = context;
  function* handle(frame: Frame, exception: PyException): Running<Completion> {
    for (const handler of handlers) {
      frame.activation.line = handler.line;
      if (handler.exception && !matches(exception, handler.exception(frame))) continue;
      handler.store?.(frame, exception);
      try {
        return yield* handler.body(frame);
      } finally {
        handler.clear?.(frame);
      }
    }
    throw exception;
  }
  return function* (frame) {
    let completion: Completion;
    try {
      completion = yield* body(frame);
    } catch (thrown) {
      const exception = seen(thrown, frame);
      return yield* handling(exception, frame, runtime, handle(frame, exception));
    }
    return completion === normal ? yield* otherwise(frame) : completion;
  };
}

function withBlock(node: With, context: Context): Suspending {
  const [first, ...rest] = node.items;
  const inner: readonly Statement[] = rest.length > 0 ? [{ ...node, items: rest }] : node.body;
  const manager = suspendingValue(first!.context, context);
  const store = first!.target ? compileStore(first!.target, context) : null;
  const body = block(inner, context);
  return function* (frame) {
    const { entered, exit } = enterManager(yield* manager(frame));
    let completion: Completion;
    try {
      store?.(frame, entered);
      completion = yield* body(frame);
    } catch (thrown) {
      const exception = seen(thrown, frame);
      if (exit(exception)) return normal;
      throw exception;
    }
    exit(null);
    return completion;
  };
}

/** What a call of a function that yields gives. */
export class PyGenerator extends PyIterator {
  readonly qualifiedName: string;
  readonly functionName: string;
  readonly #runtime: Runtime;
  readonly #steps: Running<Completion>;
  readonly #activation: Activation;
  #state: "new" | "suspended" | "running" | "ended" = "new";
  /** The exception that the generator's own code is handling where it stands still. */
  #handled: PyException | null = null;

  constructor(
    { name, qualifiedName }: { readonly name: string; readonly qualifiedName: string },
    runtime: Runtime,
    steps: Running<Completion>,
    activation: Activation,
  ) {
    const resume = { next: () => this.resume(null, null) };
    super("generator", { next: () => resume.next() as IteratorResult<Value, undefined> });
    this.functionName = name;
    this.qualifiedName = qualifiedName;
    this.#runtime = runtime;
    this.#steps = steps;
    this.#activation = activation;
  }

  /** Runs on to the next `yield`: with a value for the one it stands at, or raising there. */
  resume(sent: Value, thrown: PyException | null): IteratorResult<Value, Value> {
    if (this.#state === "running") throw pythonError("ValueError", "generator already executing");
    if (this.#state === "ended") {
      if (thrown) throw thrown;
      return { done: true, value: null };
    }
    if (this.#state === "new" && sent !== null) {
      throw pythonError("TypeError", "can't send non-None value to a just-started generator");
    }
    const runtime = this.#runtime;
    if (runtime.depth >= mostCalls) {
      throw pythonError("RecursionError", "maximum recursion depth exceeded");
    }
    const outer = runtime.handled;
    runtime.handled = this.#handled ?? outer;
    runtime.depth++;
    const fresh = this.#state === "new";
    this.#state = "running";
    try {
      checkInterrupt();
      if (thrown && fresh) throw thrown;
      const next = thrown ? this.#steps.throw(thrown) : this.#steps.next(sent);
      this.#state = next.done ? "ended" : "suspended";
      this.#handled = runtime.handled === outer ? null : runtime.handled;
      return next.done
        ? { done: true, value: this.#activation.result }
        : { done: false, value: next.value };
    } catch (error) {
      this.#state = "ended";
      const exception = toException(error);
      this.#activation.record(exception);
      throw isException(exception, "StopIteration") ? stopped(exception) : exception;
    } finally {
      runtime.depth--;
      runtime.handled = outer;
    }
  }

  /** `close()`: raises GeneratorExit where it stands. */
  close(): void {
    if (this.#state === "new") this.#state = "ended";
    if (this.#state !== "suspended") return;
    try {
      const next = this.resume(null, new PyException(exceptionClasses.GeneratorExit, []));
      if (!next.done) throw pythonError("RuntimeError", "generator ignored GeneratorExit");
    } catch (error) {
      if (!isException(error, "GeneratorExit") && !isException(error, "StopIteration")) throw error;
    }
  }
}

/** A StopIteration that leaves a generator would look like its end (PEP 479). */
function stopped(cause: PyException): PyException {
  const error = pythonError("RuntimeError", "generator raised StopIteration");
  error.causedBy = cause;
  error.context = cause;
  return error;
}

/** The next item of a generator; StopIteration with what it returned. */
function stepped(next: IteratorResult<Value, Value>): Value {
  if (!next.done) return next.value;
  throw new PyException(exceptionClasses.StopIteration, next.value === null ? [] : [next.value]);
}

const generatorClass = new PyClass("generator");

const generatorAttributes = attributes<PyGenerator>({
  properties: {
    __name__: (self) => self.functionName,
    __qualname__: (self) => self.qualifiedName,
  },
  methods: {
    "send(value, /)": (self, { value }) => stepped(self.resume(value!, null)),
    "throw(typ, val=None, tb=None, /)": (self, { typ, val }) => {
      const given = val === null || !(typ instanceof PyClass) ? typ! : invoke(typ, val!);
      const message =
        "exceptions must be classes or instances deriving from BaseException, not " +
        (typeof given === "object" && given !== null ? registeredType(given)?.name : typeof given);
      return stepped(self.resume(null, instantiate(given, message)));
    },
    "close()": (self) => {
      self.close();
      return null;
    },
  },
});

registerType(PyGenerator, {
  ...(registeredType(Object.create(PyIterator.prototype)) as PythonType<PyGenerator>),
  name: "generator",
  classOf: () => generatorClass,
  repr: (value) => `<generator object ${value.qualifiedName} at ${address(value)}>`,
  next(value) {
    const next = value.resume(null, null);
    if (!next.done) return next.value;
    if (next.value === null) return undefined;
    throw new PyException(exceptionClasses.StopIteration, [next.value]);
  },
  ...generatorAttributes,
});
