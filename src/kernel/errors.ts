/**
 * @file Python's exceptions: the built-in hierarchy as classes, exceptions as values that are
 * thrown, and how whatever JavaScript throws becomes one.
 */
import { EngineError } from "../engine/index.ts";
import { PyClass } from "./classes.ts";
import type { CallArguments, Value } from "./objects.ts";

// Each name with its base: https://docs.python.org/3/library/exceptions.html#exception-hierarchy
const hierarchy = {
  BaseException: null,
  KeyboardInterrupt: "BaseException",
  SystemExit: "BaseException",
  GeneratorExit: "BaseException",
  Exception: "BaseException",
  StopAsyncIteration: "Exception",
  StopIteration: "Exception",
  ArithmeticError: "Exception",
  FloatingPointError: "ArithmeticError",
  OverflowError: "ArithmeticError",
  ZeroDivisionError: "ArithmeticError",
  AssertionError: "Exception",
  AttributeError: "Exception",
  BufferError: "Exception",
  EOFError: "Exception",
  ImportError: "Exception",
  ModuleNotFoundError: "ImportError",
  LookupError: "Exception",
  IndexError: "LookupError",
  KeyError: "LookupError",
  MemoryError: "Exception",
  NameError: "Exception",
  UnboundLocalError: "NameError",
  OSError: "Exception",
  BlockingIOError: "OSError",
  ChildProcessError: "OSError",
  ConnectionError: "OSError",
  BrokenPipeError: "ConnectionError",
  ConnectionAbortedError: "ConnectionError",
  ConnectionRefusedError: "ConnectionError",
  ConnectionResetError: "ConnectionError",
  FileExistsError: "OSError",
  FileNotFoundError: "OSError",
  InterruptedError: "OSError",
  IsADirectoryError: "OSError",
  NotADirectoryError: "OSError",
  PermissionError: "OSError",
  ProcessLookupError: "OSError",
  TimeoutError: "OSError",
  ReferenceError: "Exception",
  RuntimeError: "Exception",
  NotImplementedError: "RuntimeError",
  RecursionError: "RuntimeError",
  SyntaxError: "Exception",
  IndentationError: "SyntaxError",
  TabError: "IndentationError",
  SystemError: "Exception",
  TypeError: "Exception",
  ValueError: "Exception",
  UnicodeError: "ValueError",
  UnicodeDecodeError: "UnicodeError",
  UnicodeEncodeError: "UnicodeError",
  UnicodeTranslateError: "UnicodeError",
  Warning: "Exception",
  DeprecationWarning: "Warning",
  FutureWarning: "Warning",
  PendingDeprecationWarning: "Warning",
  RuntimeWarning: "Warning",
  SyntaxWarning: "Warning",
  BytesWarning: "Warning",
  EncodingWarning: "Warning",
  ImportWarning: "Warning",
  ResourceWarning: "Warning",
  UnicodeWarning: "Warning",
  UserWarning: "Warning",
} as const;

export type ExceptionName = keyof typeof hierarchy;

/** One line of a traceback: where a frame stood. */
export interface TracebackEntry {
  /** Heading of the code: `Cell 3`, a file's name. */
  readonly cell: string;
  /** Counted from 1. */
  readonly line: number;
  /** `<module>` or the function's name. */
  readonly frame: string;
  readonly source: string;
}

/** A Python exception: a value that cells can hold, and what the kernel throws. */
export class PyException extends Error {
  readonly class: PyClass;
  args: readonly Value[];
  /** `raise … from cause`. */
  causedBy: PyException | null = null;
  /** What was being handled when this was raised. */
  context: PyException | null = null;
  suppressContext = false;
  /** Outermost frame first. */
  readonly traceback: TracebackEntry[] = [];
  /** The frame that added the last entry: raised again from there, it adds no second. */
  lastFrame: object | null = null;
  /** The activation whose line was set to that of the failing part. */
  locatedIn: object | null = null;
  /** CPython's `Did you mean: …?`, which belongs to the traceback, not to `str(e)`. */
  suggestion: (() => string | null) | null = null;
  /** Of a SyntaxError: the lines that show where. */
  position: readonly string[] = [];
  /** Lines that `add_note` puts behind the message. */
  readonly notes: string[] = [];
  /** Attributes of their own kind: `name`, `value`, `code`. */
  readonly attributes: Map<string, Value> = new Map();

  constructor(type: PyClass, args: readonly Value[]) {
    super(args.length > 0 ? String(args[0]) : "");
    this.name = type.name;
    this.class = type;
    this.args = args;
  }
}

function makeClasses(): Readonly<Record<ExceptionName, PyClass>> {
  const classes: Record<string, PyClass> = {};
  for (const [name, base] of Object.entries(hierarchy)) {
    const type: PyClass = new PyClass(name, {
      bases: base === null ? [] : [classes[base]!],
      construct: (args) => construct(type, args),
    });
    classes[name] = type;
  }
  return classes as Record<ExceptionName, PyClass>;
}

function construct(type: PyClass, args: CallArguments): PyException {
  const exception = new PyException(type, args.positional);
  for (const [name, value] of args.keywords) {
    const known =
      (name === "name" && (isKind(type, "NameError") || isKind(type, "AttributeError"))) ||
      (name === "obj" && isKind(type, "AttributeError")) ||
      ((name === "name" || name === "path") && isKind(type, "ImportError"));
    if (!known) throw pythonError("TypeError", `${type.name}() takes no keyword arguments`);
    exception.attributes.set(name, value);
  }
  return exception;
}

/** The built-in exception classes by name. */
export const exceptionClasses: Readonly<Record<ExceptionName, PyClass>> = makeClasses();

export function isKind(type: PyClass, name: ExceptionName): boolean {
  return type.isSubclassOf(exceptionClasses[name]);
}

/** An exception to throw: `throw pythonError("ValueError", "…")`, in CPython's words. */
export function pythonError(name: ExceptionName, message: string): PyException {
  return new PyException(exceptionClasses[name], [message]);
}

/** True for exceptions of the named class or of one below it. */
export function isException(value: unknown, name: ExceptionName): value is PyException {
  return value instanceof PyException && isKind(value.class, name);
}

// biome-ignore lint/complexity/noBannedTypes: a class of any shape is just what is stored here.
const errorClasses = new Map<Function, PyClass>();

/** Declares the Python class that a library's own kind of error becomes. */
export function registerErrorClass(
  ofClass: abstract new (...args: never[]) => EngineError,
  type: PyClass,
): void {
  errorClasses.set(ofClass, type);
}

/** Whatever was thrown, as the Python exception that a cell can catch. */
export function toException(thrown: unknown): PyException {
  if (thrown instanceof PyException) return thrown;
  if (thrown instanceof EngineError) {
    const type = errorClasses.get(thrown.constructor) ?? exceptionClasses[thrown.type];
    // What the engine says of a missing key is its repr, as `str` of a KeyError is.
    const key = thrown.type === "KeyError" && /^'(.*)'$/.exec(thrown.message);
    return new PyException(type, [key ? key[1]! : thrown.message]);
  }
  if (thrown instanceof RangeError) {
    // No regular expression: it needs stack, of which there is none left.
    if (thrown.message.includes("call stack")) {
      return pythonError("RecursionError", "maximum recursion depth exceeded");
    }
    // Array, buffer or bigint beyond what the machine can hold.
    return new PyException(exceptionClasses.MemoryError, []);
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return pythonError("SystemError", `internal: ${message}`);
}

/** MemoryError without a word, as CPython raises it. */
export function memoryError(): PyException {
  return new PyException(exceptionClasses.MemoryError, []);
}
