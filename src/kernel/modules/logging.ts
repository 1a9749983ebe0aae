/**
 * @file `logging`: loggers by name, handlers that write to streams, formats.
 */
import { PyDict, PyList, PyTuple } from "../containers.ts";
import { PyException, pythonError } from "../errors.ts";
import { percentFormat } from "../formatting/percent.ts";
import { type Bound, builtin, PythonModule } from "../functions.ts";
import type { Value } from "../objects.ts";
import {
  call,
  findAttribute,
  getAttribute,
  invoke,
  isCallable,
  repr,
  setAttribute,
  str,
  toIndex,
  truth,
} from "../operations.ts";
import type { Session } from "../session.ts";
import { wholeStory } from "../traceback.ts";
import type { HasDictionary } from "../types/instances.ts";
import { libraryClass } from "../types/libraryClasses.ts";
import type { MethodBody } from "../types/methods.ts";
import { formatTime, localTime } from "./time.ts";

const levels: readonly (readonly [string, bigint])[] = [
  ["CRITICAL", 50n],
  ["ERROR", 40n],
  ["WARNING", 30n],
  ["INFO", 20n],
  ["DEBUG", 10n],
  ["NOTSET", 0n],
];

const kept = (self: Value) => (self as HasDictionary).dictionary;

function levelNumber(level: Value): bigint {
  if (typeof level !== "string") return toIndex(level);
  const found = levels.find(([name]) => name === level);
  if (found) return found[1];
  throw pythonError("ValueError", `Unknown level: ${repr(level)}`);
}

function levelName(level: bigint): string {
  return levels.find(([, number]) => number === level)?.[0] ?? `Level ${level}`;
}

/** The module's state is that of a session: each has loggers of its own. */
export function loggingModule(session: Session): PythonModule {
  const started = Date.now();
  const record = (name: string, level: bigint, message: string, exception: Value): PyDict => {
    const now = Date.now();
    return new PyDict([
      ["name", name],
      ["levelname", levelName(level)],
      ["levelno", level],
      ["message", message],
      ["msg", message],
      ["created", now / 1000],
      ["msecs", now % 1000],
      ["relativeCreated", now - started],
      ["exc_info", exception],
      ["filename", "cell"],
      ["module", "cell"],
      ["funcName", "<module>"],
      ["lineno", 0n],
      ["pathname", "cell"],
      ["process", 1n],
      ["processName", "MainProcess"],
      ["threadName", "MainThread"],
    ]);
  };
  const recordClass = libraryClass({
    module: "logging",
    name: "LogRecord",
    methods: { "getMessage(self)": (self) => kept(self).get("message")! },
  });

  const formatterClass = libraryClass({
    module: "logging",
    name: "Formatter",
    methods: {
      "__init__(self, fmt=None, datefmt=None, style='%', validate=True)": (self, bound) => {
        kept(self).set("_fmt", bound["fmt"] ?? "%(message)s");
        kept(self).set("datefmt", bound["datefmt"]!);
        kept(self).set("_style", bound["style"]!);
        return null;
      },
      "formatTime(self, record, datefmt=None)": (_, { record, datefmt }) =>
        timeText(record!, datefmt!),
      "format(self, record)": (self, { record }) => {
        const facts = kept(record!);
        const datefmt = kept(self).get("datefmt") ?? null;
        facts.set("asctime", invoke(getAttribute(self, "formatTime"), record!, datefmt));
        const pattern = str(kept(self).get("_fmt")!);
        const style = kept(self).get("_style");
        const text =
          style === "{"
            ? str(
                call(getAttribute(pattern, "format_map"), {
                  positional: [facts],
                  keywords: new Map(),
                }),
              )
            : percentFormat(pattern, facts);
        const exception = facts.get("exc_info");
        return exception instanceof PyException ? `${text}\n${wholeStory(exception)}` : text;
      },
    },
  });

  function timeText(made: Value, datefmt: Value): string {
    const created = kept(made).get("created") as number;
    const parts = localTime(created);
    if (datefmt !== null) return formatTime(str(datefmt), parts);
    const milliseconds = String(Math.floor((created * 1000) % 1000)).padStart(3, "0");
    return `${formatTime("%Y-%m-%d %H:%M:%S", parts)},${milliseconds}`;
  }

  const setLevel: MethodBody = (self, { level }) => {
    kept(self).set("level", levelNumber(level!));
    return null;
  };
  const accepts = (self: Value, made: Value) =>
    (kept(self).get("filters") as PyList).items.every((filter) =>
      truth(invoke(isCallable(filter) ? filter : getAttribute(filter, "filter"), made)),
    );
  const filterMethods: Record<string, MethodBody> = {
    "addFilter(self, filter)": (self, { filter }) => {
      (kept(self).get("filters") as PyList).items.push(filter!);
      return null;
    },
  };
  const handlerClass = libraryClass({
    module: "logging",
    name: "Handler",
    methods: {
      "__init__(self, level=0)": (self, { level }) => {
        kept(self).set("level", levelNumber(level!));
        kept(self).set("formatter", null);
        kept(self).set("filters", new PyList());
        return null;
      },
      "setLevel(self, level)": setLevel,
      "setFormatter(self, fmt)": (self, { fmt }) => {
        kept(self).set("formatter", fmt!);
        return null;
      },
      "format(self, record)": (self, { record }) => {
        const formatter = kept(self).get("formatter") ?? invoke(formatterClass);
        return invoke(getAttribute(formatter, "format"), record!);
      },
      "emit(self, record)": () => {
        throw pythonError("NotImplementedError", "emit must be implemented by Handler subclasses");
      },
      "handle(self, record)": (self, { record }) => {
        if (accepts(self, record!)) invoke(getAttribute(self, "emit"), record!);
        return null;
      },
      "flush(self)": () => null,
      "close(self)": () => null,
      ...filterMethods,
    },
  });
  const streamHandler = libraryClass({
    module: "logging",
    name: "StreamHandler",
    bases: [handlerClass],
    methods: {
      "__init__(self, stream=None)": (self, { stream }) => {
        invoke(handlerClass.find("__init__")!, self);
        const standard = session.importModule("sys").members.get("stderr")!;
        kept(self).set("stream", stream ?? standard);
        kept(self).set("terminator", "\n");
        return null;
      },
      "emit(self, record)": (self, { record }) => {
        const text = str(invoke(getAttribute(self, "format"), record!));
        const write = getAttribute(kept(self).get("stream")!, "write");
        invoke(write, `${text}${str(getAttribute(self, "terminator"))}`);
        return null;
      },
    },
  });
  const nullHandler = libraryClass({
    module: "logging",
    name: "NullHandler",
    bases: [handlerClass],
    methods: { "handle(self, record)": () => null, "emit(self, record)": () => null },
  });

  const disabled = { level: 0n };

  function log(self: Value, level: bigint, { msg, args, kwargs }: Bound): null {
    if (level <= disabled.level || level < effectiveLevel(self)) return null;
    const values = args as Value[];
    const only = values.length === 1 ? values[0] : undefined;
    const text = str(msg!);
    const message =
      values.length === 0
        ? text
        : percentFormat(text, only instanceof PyDict ? only : new PyTuple(values));
    const keywords = kwargs as Map<string, Value>;
    const asked = keywords.get("exc_info") ?? null;
    const exception = asked instanceof PyException ? asked : truth(asked) ? session.handled : null;
    const made = invoke(recordClass);
    const facts = record(str(kept(self).get("name")!), level, message, exception);
    for (const [key, value] of facts.entries()) kept(made).set(key, value);
    const extra = keywords.get("extra");
    if (extra instanceof PyDict) {
      for (const [key, value] of extra.entries()) kept(made).set(key, value);
    }
    if (accepts(self, made)) callHandlers(self, made, level);
    return null;
  }

  function effectiveLevel(self: Value): bigint {
    for (let at: Value = self; at !== null; at = kept(at).get("parent") ?? null) {
      const level = kept(at).get("level") as bigint;
      if (level > 0n) return level;
    }
    return 0n;
  }

  function callHandlers(self: Value, made: Value, level: bigint): void {
    let found = 0;
    for (let at: Value = self; at !== null; at = kept(at).get("parent") ?? null) {
      for (const handler of (kept(at).get("handlers") as PyList).items) {
        found++;
        const least = findAttribute(handler, "level") ?? 0n;
        if (level >= (least as bigint)) invoke(getAttribute(handler, "handle"), made);
      }
      if (!truth(kept(at).get("propagate")!)) break;
    }
    if (found === 0 && level >= 30n) {
      session.host.write("stderr", `${str(kept(made).get("message")!)}\n`);
    }
  }

  const named = (name: string, level: bigint): [string, MethodBody] => [
    `${name}(self, msg, *args, **kwargs)`,
    (self, bound) => log(self, level, bound),
  ];
  const loggerClass = libraryClass({
    module: "logging",
    name: "Logger",
    methods: {
      "__init__(self, name, level=0)": (self, { name, level }) => {
        const facts: [string, Value][] = [
          ["name", name!],
          ["level", levelNumber(level!)],
          ["parent", null],
          ["propagate", true],
          ["handlers", new PyList()],
          ["filters", new PyList()],
          ["disabled", false],
        ];
        for (const [key, value] of facts) kept(self).set(key, value);
        return null;
      },
      "__repr__(self)": (self) =>
        `<${self === root ? "RootLogger" : "Logger"} ${str(kept(self).get("name")!)} (${levelName(effectiveLevel(self))})>`,
      ...Object.fromEntries([
        named("debug", 10n),
        named("info", 20n),
        named("warning", 30n),
        named("warn", 30n),
        named("error", 40n),
        named("critical", 50n),
        named("fatal", 50n),
      ]),
      "exception(self, msg, *args, **kwargs)": (self, bound) =>
        log(self, 40n, {
          ...bound,
          kwargs: new Map([["exc_info", true], ...(bound["kwargs"] as Map<string, Value>)]),
        }),
      "log(self, level, msg, *args, **kwargs)": (self, bound) =>
        log(self, levelNumber(bound["level"]!), bound),
      "setLevel(self, level)": setLevel,
      "getEffectiveLevel(self)": effectiveLevel,
      "isEnabledFor(self, level)": (self, { level }) =>
        levelNumber(level!) > disabled.level && levelNumber(level!) >= effectiveLevel(self),
      "addHandler(self, hdlr)": (self, { hdlr }) => {
        const { items } = kept(self).get("handlers") as PyList;
        if (!items.includes(hdlr!)) items.push(hdlr!);
        return null;
      },
      "removeHandler(self, hdlr)": (self, { hdlr }) => {
        const { items } = kept(self).get("handlers") as PyList;
        if (items.includes(hdlr!)) items.splice(items.indexOf(hdlr!), 1);
        return null;
      },
      "hasHandlers(self)": (self) => (kept(self).get("handlers") as PyList).items.length > 0,
      "getChild(self, suffix)": (self, { suffix }) =>
        getLogger(self === root ? str(suffix!) : `${str(kept(self).get("name")!)}.${str(suffix!)}`),
      ...filterMethods,
    },
  });

  const root: Value = invoke(loggerClass, "root", 30n);
  const loggers = new Map<string, Value>();

  function getLogger(name: string): Value {
    if (name === "" || name === "root") return root;
    const known = loggers.get(name);
    if (known !== undefined) return known;
    const made = invoke(loggerClass, name);
    const dot = name.lastIndexOf(".");
    kept(made).set("parent", dot < 0 ? root : getLogger(name.slice(0, dot)));
    loggers.set(name, made);
    return made;
  }

  function basicConfig({ kwargs }: Bound): null {
    const given = kwargs as Map<string, Value>;
    const { items } = kept(root).get("handlers") as PyList;
    if (truth(given.get("force") ?? false)) items.length = 0;
    if (items.length > 0) return null;
    if (given.get("filename")) {
      throw pythonError(
        "NotImplementedError",
        "logging to a file is not supported by the BatchNorm Lab kernel; a Python kernel runs this notebook unchanged",
      );
    }
    const handlers = given.get("handlers");
    const own =
      handlers instanceof PyList || handlers instanceof PyTuple
        ? [...handlers.items]
        : [invoke(streamHandler, given.get("stream") ?? null)];
    const formatter = call(formatterClass, {
      positional: [given.get("format") ?? "%(levelname)s:%(name)s:%(message)s"],
      keywords: new Map<string, Value>([
        ["datefmt", given.get("datefmt") ?? null],
        ["style", given.get("style") ?? "%"],
      ]),
    });
    for (const handler of own) {
      if (findAttribute(handler, "formatter") === null) {
        setAttribute(handler, "formatter", formatter);
      }
      items.push(handler);
    }
    const level = given.get("level") ?? null;
    if (level !== null) kept(root).set("level", levelNumber(level));
    return null;
  }

  const onRoot = ["debug", "info", "warning", "warn", "error", "critical", "exception"].map(
    (name) =>
      builtin(`${name}(msg, *args, **kwargs)`, ({ msg, args, kwargs }) => {
        basicConfig({ kwargs: new Map() as unknown as Value });
        return call(getAttribute(root, name), {
          positional: [msg!, ...(args as Value[])],
          keywords: kwargs as Map<string, Value>,
        });
      }),
  );
  return new PythonModule(
    "logging",
    {
      ...Object.fromEntries(levels),
      WARN: 30n,
      FATAL: 50n,
      Formatter: formatterClass,
      Handler: handlerClass,
      LogRecord: recordClass,
      Logger: loggerClass,
      NullHandler: nullHandler,
      StreamHandler: streamHandler,
      basicConfig: builtin("basicConfig(**kwargs)", basicConfig),
      captureWarnings: builtin("captureWarnings(capture)", () => null),
      disable: builtin("disable(level=50)", ({ level }) => {
        disabled.level = levelNumber(level!);
        return null;
      }),
      getLevelName: builtin("getLevelName(level)", ({ level }) =>
        typeof level === "string" ? levelNumber(level) : levelName(toIndex(level!)),
      ),
      getLogger: builtin("getLogger(name=None)", ({ name }) =>
        getLogger(name === null ? "" : str(name!)),
      ),
      log: builtin("log(level, msg, *args, **kwargs)", (bound) => {
        basicConfig({ kwargs: new Map() as unknown as Value });
        return log(root, levelNumber(bound["level"]!), bound);
      }),
      root,
      ...Object.fromEntries(onRoot.map((entry) => [entry.name, entry])),
    },
    ["FileHandler", "LoggerAdapter", "Filter", "config", "handlers"],
  );
}
