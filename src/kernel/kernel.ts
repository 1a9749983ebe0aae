/**
 * @file The kernel: cells in, outputs out, names kept between. It knows no host.
 */

import { asarray, fromTensor, NDArray, toTensor } from "../numpy/index.ts";
import type { Module, Statement } from "../python/nodes.ts";
import { type ParsedCell, parse } from "../python/parser.ts";
import type { ChannelsPayload } from "../shared/outputs.ts";
import type { CellResult, PackedTensor, VariableSummary } from "../shared/protocol.ts";
import type { Answer, Question } from "../shared/questions.ts";
import type { KernelStrings } from "../shared/strings.ts";
import { makeBuiltins } from "./builtins/index.ts";
import { PyClass } from "./classes.ts";
import { PyTuple } from "./containers.ts";
import { channelsPayload, displayBundle, hasChannels } from "./display.ts";
import { isException, type PyException, pythonError, toException } from "./errors.ts";
import { type Context, ScopeError } from "./evaluator/compiler.ts";
import { compileExpression } from "./evaluator/expressions.ts";
import { Activation, type Evaluate, type Frame, type Runtime, Source } from "./evaluator/frame.ts";
import { documentationOf, PyFunction } from "./evaluator/functions.ts";
import { Globals } from "./evaluator/globals.ts";
import { Scope } from "./evaluator/scopes.ts";
import { compileBlock } from "./evaluator/statements.ts";
import { Builtin, PythonModule } from "./functions.ts";
import { useHeap } from "./heap.ts";
import { runInterruptibly } from "./interrupts.ts";
import { moduleFactories } from "./modules/index.ts";
import { settleProgress } from "./modules/progress.ts";
import type { Value } from "./objects.ts";
import { findAttribute, fitContainers, str, typeName } from "./operations.ts";
import { packTensor, unpackTensor } from "./packedTensors.ts";
import { problemError, syntaxError } from "./problems.ts";
import { answerQuestion } from "./questions.ts";
import type { KernelHost, Session } from "./session.ts";
import { forgetMade } from "./temporaries.ts";
import { cellError } from "./traceback.ts";

/** How a cell's last expression is treated. */
export interface ExecuteOptions {
  /** False for scripts, which show nothing that they do not print. True by default. */
  readonly displayResult?: boolean;
}

/** The texts of libraries that are written in Python, read once for all kernels of the process. */
const libraries = new Map<string, Pick<ParsedCell, "module" | "problems">>();

export class Kernel implements Session {
  readonly host: KernelHost;
  readonly strings: KernelStrings;
  readonly names = new Globals();
  readonly #modules = new Map<string, PythonModule>();
  #activation: Activation | null = null;
  readonly #runtime: Runtime;

  constructor(host: KernelHost, strings: KernelStrings) {
    this.host = host;
    if (host.heap !== undefined) fitContainers(host.heap);
    if (host.reserve) useHeap((bytes) => host.reserve!(bytes));
    this.strings = strings;
    this.#runtime = {
      globals: this.names,
      builtins: makeBuiltins(this),
      importModule: (name) => this.importModule(name),
      strings,
      handled: null,
      depth: 0,
    };
  }

  /**
   * Runs a cell to its end, its error, or its interruption. What it assigned before an error
   * stays. `cell` is how tracebacks name it: `Cell 3`, a file's name. Never throws.
   */
  execute(code: string, cell: string, options: ExecuteOptions = {}): CellResult {
    const source = new Source(cell, code);
    const activation = new Activation(source, "<module>");
    this.#activation = activation;
    this.#runtime.handled = null;
    this.#runtime.depth = 0;
    try {
      runInterruptibly(
        (share) => this.host.interrupted(share),
        () => this.#run(source, activation, options.displayResult ?? true),
      );
      return { status: "ok" };
    } catch (thrown) {
      const exception = toException(thrown);
      if (exception.position.length === 0) activation.record(exception);
      const interrupted = isException(exception, "KeyboardInterrupt");
      return { status: interrupted ? "interrupted" : "error", error: this.#told(exception) };
    } finally {
      this.#activation = null;
      settleProgress();
      forgetMade();
    }
  }

  get handled(): PyException | null {
    return this.#runtime.handled;
  }

  /** The line of the running cell that is executed, counted from 1; 0 where none is. */
  get line(): number {
    return this.#activation?.line ?? 0;
  }

  // Even the text of an exception runs code, which may fail.
  #told(exception: PyException) {
    try {
      return cellError(exception);
    } catch (thrown) {
      return cellError(pythonError("SystemError", `internal: ${String(thrown)}`));
    }
  }

  #run(source: Source, activation: Activation, displayResult: boolean): void {
    const { module, problems } = parse(source.text);
    const [problem] = problems;
    if (problem) throw problemError(problem, source, this.strings);
    const context: Context = {
      runtime: this.#runtime,
      source,
      scope: new Scope("module", null),
      multiline: false,
    };
    const documentation = documentationOf(module.body);
    if (documentation !== null) this.names.set("__doc__", documentation);
    const { body, result } = this.#compile(module, context, displayResult);
    const frame: Frame = { slots: [], parent: null, activation };
    body(frame);
    if (!result) return;
    activation.line = source.lineAt(module.body.at(-1)!.from);
    const value = result(frame);
    if (value === null) return;
    this.names.set("_", value);
    const name = resultName(module.body.at(-1)!);
    this.host.display(displayBundle(value, this, name), true);
  }

  /** See `Session.define`. */
  define(name: string, text: string, names: Globals): void {
    const source = new Source(name, text, true);
    const { module, problems } = libraries.get(text) ?? parse(text);
    const [problem] = problems;
    if (problem) throw new Error(`internal: ${name}, line ${source.lineAt(problem.from)}`);
    libraries.set(text, { module, problems });
    const shared = this.#runtime;
    const runtime: Runtime = {
      globals: names,
      builtins: shared.builtins,
      importModule: shared.importModule,
      strings: shared.strings,
      get handled() {
        return shared.handled;
      },
      set handled(exception) {
        shared.handled = exception;
      },
      get depth() {
        return shared.depth;
      },
      set depth(depth) {
        shared.depth = depth;
      },
    };
    const scope = new Scope("module", null);
    const body = compileBlock(module.body, { runtime, source, scope, multiline: false });
    body({ slots: [], parent: null, activation: new Activation(source, "<module>") });
  }

  #compile(
    module: Module,
    context: Context,
    displayResult: boolean,
  ): { body: (frame: Frame) => unknown; result: Evaluate | null } {
    const last = module.body.at(-1);
    try {
      if (!displayResult || last?.type !== "ExpressionStatement" || last.silenced) {
        return { body: compileBlock(module.body, context), result: null };
      }
      const { source } = context;
      const multiline = source.lineAt(last.from) !== source.lineAt(last.to);
      return {
        body: compileBlock(module.body.slice(0, -1), context),
        result: compileExpression(last.value, { ...context, multiline }),
      };
    } catch (thrown) {
      if (!(thrown instanceof ScopeError)) throw thrown;
      throw syntaxError("SyntaxError", thrown.message, thrown.from, context.source);
    }
  }

  /** See `Session.importModule`. */
  importModule(name: string): PythonModule {
    const known = this.#modules.get(name);
    if (known) return known;
    const factory = Object.hasOwn(moduleFactories, name) ? moduleFactories[name] : undefined;
    const module = factory ? factory(this) : this.#submodule(name);
    this.#modules.set(name, module);
    return module;
  }

  /** `a.b` where `b` is a module among the members of `a`. */
  #submodule(name: string): PythonModule {
    const dot = name.lastIndexOf(".");
    if (dot < 0) throw this.#missingModule(name, `No module named '${name}'`);
    const parent = this.importModule(name.slice(0, dot));
    const member = parent.members.get(name.slice(dot + 1));
    if (member instanceof PythonModule) return member;
    // `os.path` is a module of its own beside `os`.
    const isPackage =
      parent.name !== "os" &&
      [...parent.members.values()].some((value) => value instanceof PythonModule);
    const note = isPackage ? "" : `; '${parent.name}' is not a package`;
    throw this.#missingModule(name, `No module named '${name}'${note}`);
  }

  #missingModule(name: string, message: string): PyException {
    const error = pythonError("ModuleNotFoundError", message);
    error.attributes.set("name", name);
    error.suggestion = () => this.strings.missingModule;
    return error;
  }

  /** The user's variables: not modules, functions, classes or names with a leading underscore. */
  variables(): VariableSummary[] {
    const summaries: VariableSummary[] = [];
    for (const [name, value] of this.names) {
      if (name.startsWith("_") || isDefinition(value)) continue;
      summaries.push(summary(name, value));
    }
    return summaries;
  }

  /** A copy of an array; null where the variable is gone or is none. */
  tensor(name: string): PackedTensor | null {
    const value = this.names.get(name);
    return value instanceof NDArray ? packTensor(toTensor(asarray(value))) : null;
  }

  /**
   * Gives a name an array.
   * @throws MemoryError where it does not fit.
   */
  assign(name: string, tensor: PackedTensor): void {
    this.names.set(name, fromTensor(unpackTensor(tensor)));
  }

  /** The answer to a view's question about one of the tensors that cells hold. */
  ask(question: Question): Answer {
    try {
      return answerQuestion(question, this.names);
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown;
      return { kind: "unanswered", reason: "kernelFailed", detail: thrown.message };
    }
  }

  /**
   * The per-channel view of a variable; null where it is gone or has no channels.
   * @param values False leaves out what of a compared batch depends on its values alone.
   */
  channels(name: string, values = true): ChannelsPayload | null {
    const value = this.names.get(name);
    if (value === undefined) return null;
    try {
      return channelsPayload(value, name, values);
    } catch (thrown) {
      if (thrown instanceof Error) return null;
      throw thrown;
    }
  }
}

/** Modules, functions and classes: names that lists of variables leave out. */
export function isDefinition(value: Value): boolean {
  return (
    value instanceof PythonModule ||
    value instanceof PyFunction ||
    value instanceof Builtin ||
    value instanceof PyClass
  );
}

/** A variable's name where the last expression is just that. */
function resultName(statement: Statement): string | null {
  return statement.type === "ExpressionStatement" && statement.value.type === "Name"
    ? statement.value.id
    : null;
}

function summary(name: string, value: Value): VariableSummary {
  const dtype = attribute(value, "dtype");
  const shape = attribute(value, "shape");
  return {
    name,
    type: typeName(value),
    dtype: dtype === undefined ? null : str(dtype),
    shape: shape instanceof PyTuple ? shape.items.map(Number) : null,
    hasChannels: hasChannels(value),
  };
}

function attribute(value: Value, name: string): Value | undefined {
  return typeof value === "object" && value !== null ? findAttribute(value, name) : undefined;
}
