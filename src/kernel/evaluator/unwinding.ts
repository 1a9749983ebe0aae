/**
 * @file Exceptions in cells: `try`, `raise`, `with`.
 */
import type { ExceptHandler, Raise, Statement, Try, With } from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PyTuple } from "../containers.ts";
import { exceptionClasses, PyException, pythonError, toException } from "../errors.ts";
import type { Value } from "../objects.ts";
import { errorTypeName, invoke, typeOf } from "../operations.ts";
import type { Context } from "./compiler.ts";
import { compileExpression } from "./expressions.ts";
import {
  type Completion,
  type Evaluate,
  type Execute,
  type Frame,
  normal,
  type Runtime,
} from "./frame.ts";
import { clearName, storeName } from "./names.ts";
import { compileBlock } from "./statements.ts";
import { compileStore } from "./targets.ts";

export function compileTry(node: Try, context: Context): Execute {
  const caught = compileCatching(node, context);
  if (node.finally.length === 0) return caught;
  const cleanUp = compileBlock(node.finally, context);
  const { runtime } = context;
  return (frame) => {
    let completion: Completion;
    try {
      completion = caught(frame);
    } catch (thrown) {
      const exception = seen(thrown, frame);
      const end = handling(exception, frame, runtime, () => cleanUp(frame));
      if (end !== normal) return end;
      throw exception;
    }
    const { result } = frame.activation;
    const end = cleanUp(frame);
    if (end !== normal) return end;
    frame.activation.result = result;
    return completion;
  };
}

/** The exception behind what was thrown, with this frame in its traceback. */
export function seen(thrown: unknown, frame: Frame): PyException {
  const exception = toException(thrown);
  frame.activation.record(exception);
  return exception;
}

/** Runs a block as one that handles `exception`: what it raises has that as its context. */
function handling<T>(exception: PyException, frame: Frame, runtime: Runtime, body: () => T): T {
  const outer = runtime.handled;
  runtime.handled = exception;
  try {
    return body();
  } catch (thrown) {
    const next = seen(thrown, frame);
    if (next !== exception && next.context === null) next.context = exception;
    throw next;
  } finally {
    runtime.handled = outer;
  }
}

interface Handler {
  /** Null catches everything. */
  readonly exception: Evaluate | null;
  readonly line: number;
  readonly body: (frame: Frame, exception: PyException) => Completion;
}

function compileCatching(node: Try, context: Context): Execute {
  const body = compileBlock(node.body, context);
  const otherwise = compileBlock(node.otherwise, context);
  const handlers = node.handlers.map((handler) => compileHandler(handler, context));
  const { runtime } = context;
  return (frame) => {
    let completion: Completion;
    try {
      completion = body(frame);
    } catch (thrown) {
      const exception = seen(thrown, frame);
      return handling(exception, frame, runtime, () => {
        for (const handler of handlers) {
          if (!handler.exception) return handler.body(frame, exception);
          frame.activation.line = handler.line;
          if (matches(exception, handler.exception(frame))) return handler.body(frame, exception);
        }
        throw exception;
      });
    }
    return completion === normal ? otherwise(frame) : completion;
  };
}

function compileHandler(node: ExceptHandler, context: Context): Handler {
  const block = compileBlock(node.body, context);
  const store = node.name === null ? null : storeName(node.name, context);
  const clear = node.name === null ? null : clearName(node.name, context);
  return {
    exception: node.exception && compileExpression(node.exception, context),
    line: context.source.lineAt(node.from),
    body(frame, exception) {
      store?.(frame, exception);
      try {
        return block(frame);
      } finally {
        clear?.(frame);
      }
    },
  };
}

export function matches(exception: PyException, wanted: Value): boolean {
  if (wanted instanceof PyTuple) return wanted.items.some((item) => matches(exception, item));
  if (!(wanted instanceof PyClass) || !wanted.isSubclassOf(exceptionClasses.BaseException)) {
    throw pythonError(
      "TypeError",
      "catching classes that do not inherit from BaseException is not allowed",
    );
  }
  return exception.class.isSubclassOf(wanted);
}

export function compileRaise(node: Raise, context: Context): Execute {
  const { runtime } = context;
  if (!node.exception) {
    return () => {
      if (!runtime.handled) {
        throw pythonError("RuntimeError", "No active exception to reraise");
      }
      throw runtime.handled;
    };
  }
  const evaluate = compileExpression(node.exception, context);
  const cause = node.cause ? compileExpression(node.cause, context) : null;
  return (frame) => {
    const exception = instantiate(evaluate(frame), "exceptions must derive from BaseException");
    if (cause) {
      const value = cause(frame);
      exception.causedBy =
        value === null
          ? null
          : instantiate(value, "exception causes must derive from BaseException");
      exception.suppressContext = true;
    }
    // Raised anew, it gets an entry for this line even where this frame has one already.
    exception.lastFrame = null;
    exception.locatedIn = null;
    throw exception;
  };
}

export function instantiate(value: Value, message: string): PyException {
  const made =
    value instanceof PyClass && value.isSubclassOf(exceptionClasses.BaseException)
      ? invoke(value)
      : value;
  if (made instanceof PyException) return made;
  throw pythonError("TypeError", message);
}

/** Begins a `with` block; `exit` ends it, true where it swallows the exception. */
export function enterManager(value: Value): {
  readonly entered: Value;
  readonly exit: (exception: PyException | null) => boolean;
} {
  const { enter, exit } = typeOf(value);
  if (!enter || !exit) {
    const missing = enter ? " (missed __exit__ method)" : "";
    throw pythonError(
      "TypeError",
      `'${errorTypeName(value)}' object does not support the context manager protocol${missing}`,
    );
  }
  return { entered: enter(value), exit: (exception) => exit(value, exception) };
}

export function compileWith(node: With, context: Context): Execute {
  const [first, ...rest] = node.items;
  const inner: readonly Statement[] = rest.length > 0 ? [{ ...node, items: rest }] : node.body;
  const manager = compileExpression(first!.context, context);
  const store = first!.target ? compileStore(first!.target, context) : null;
  const body = compileBlock(inner, context);
  return (frame) => {
    const { entered, exit } = enterManager(manager(frame));
    let completion: Completion;
    try {
      store?.(frame, entered);
      completion = body(frame);
    } catch (thrown) {
      const exception = seen(thrown, frame);
      if (exit(exception)) return normal;
      throw exception;
    }
    exit(null);
    return completion;
  };
}
