/**
 * @file `argparse`: the options of a training script, read from a list of words or left at their
 * defaults. A session has no command line, so that `parse_args()` finds no words.
 */
import { PyList, PyTuple } from "../containers.ts";
import { exceptionClasses, isException, PyException, pythonError } from "../errors.ts";
import { type Bound, PythonModule } from "../functions.ts";
import type { Value } from "../objects.ts";
import {
  collect,
  contains,
  equals,
  findAttribute,
  invoke,
  isCallable,
  iterate,
  repr,
  setAttribute,
  str,
  toCount,
  truth,
} from "../operations.ts";
import type { Session } from "../session.ts";
import { type HasDictionary, Instance } from "../types/instances.ts";
import { libraryClass } from "../types/libraryClasses.ts";
import { notImplemented } from "../types/none.ts";

/** What `add_argument` was told. */
interface Option {
  /** `--lr`, `-l`; none for what is given by position. */
  readonly flags: readonly string[];
  readonly name: string;
  readonly action: string;
  readonly constant: Value;
  readonly fallback: Value;
  readonly type: Value;
  readonly choices: Value;
  readonly required: boolean;
  /** Null: one word. */
  readonly count: Value;
}

class Parser extends Instance {
  readonly options: Option[] = [];
  readonly defaults = new Map<string, Value>();
  program = "cell";
}

const kept = (self: Value) => (self as HasDictionary).dictionary;
const plainName = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

const namespace = libraryClass({
  module: "argparse",
  name: "Namespace",
  methods: {
    "__init__(self, **kwargs)": (self, { kwargs }) => {
      for (const [name, value] of kwargs as Map<string, Value>) kept(self).set(name, value);
      return null;
    },
    "__repr__(self)": (self) => {
      const texts = [...kept(self).entries()].map(([key, item]) => {
        const name = str(key);
        return plainName.test(name) ? `${name}=${repr(item)}` : `**{${repr(key)}: ${repr(item)}}`;
      });
      return `Namespace(${texts.join(", ")})`;
    },
    "__eq__(self, other)": (self, { other }) =>
      findAttribute(other!, "__dict__") && other instanceof Instance
        ? equals(kept(self), kept(other))
        : notImplemented,
    "__contains__(self, key)": (self, { key }) => kept(self).has(key!),
  },
});

const constants: Readonly<Record<string, boolean>> = { store_true: true, store_false: false };

function optionOf({ name_or_flags, kwargs }: Bound): Option {
  const names = (name_or_flags as Value[]).map(str);
  const given = kwargs as Map<string, Value>;
  const flags = names.filter((name) => name.startsWith("-"));
  const long = flags.find((name) => name.startsWith("--")) ?? flags[0];
  const own = (long ?? names[0] ?? "").replace(/^-+/, "").replaceAll("-", "_");
  const action = str(given.get("action") ?? "store");
  const isSwitch = Object.hasOwn(constants, action);
  const fallback = given.get("default");
  return {
    flags,
    name: str(given.get("dest") ?? own),
    action,
    constant: isSwitch ? constants[action]! : (given.get("const") ?? null),
    fallback: fallback === undefined ? (isSwitch ? !constants[action] : null) : fallback,
    type: given.get("type") ?? null,
    choices: given.get("choices") ?? null,
    required: truth(given.get("required") ?? false),
    count: given.get("nargs") ?? null,
  };
}

/** As errors name an option. */
const shownName = ({ flags, name }: Option) => (flags.length > 0 ? flags.join("/") : name);

export function argparseModule(session: Session): PythonModule {
  const fail = (parser: Parser, message: string): PyException => {
    const stderr = session.importModule("sys").members.get("stderr")!;
    const text = `${parser.program}: error: ${message}\n`;
    invoke(findAttribute(stderr, "write")!, text);
    return new PyException(exceptionClasses.SystemExit, [2n]);
  };

  const converted = (parser: Parser, option: Option, word: string): Value => {
    let value: Value = word;
    if (option.type !== null) {
      try {
        value = invoke(option.type, word);
      } catch (thrown) {
        if (!isException(thrown, "ValueError") && !isException(thrown, "TypeError")) throw thrown;
        const name = str(findAttribute(option.type, "__name__") ?? repr(option.type));
        const complaint = `argument ${shownName(option)}: invalid ${name} value: ${repr(word)}`;
        throw fail(parser, complaint);
      }
    }
    if (option.choices !== null && !contains(option.choices, value)) {
      const choices = collect(option.choices).map(repr).join(", ");
      throw fail(
        parser,
        `argument ${shownName(option)}: invalid choice: ${repr(value)} (choose from ${choices})`,
      );
    }
    return value;
  };

  /** Takes an option's words from the front of those that are left. */
  const take = (parser: Parser, option: Option, words: string[]): Value => {
    const isFlag = (word: string) => /^-(?!\d|$)/.test(word);
    if (option.count === null) {
      const word = words[0];
      if (word === undefined || isFlag(word)) {
        throw fail(parser, `argument ${shownName(option)}: expected one argument`);
      }
      words.shift();
      return converted(parser, option, word);
    }
    const most =
      option.count === "?"
        ? 1
        : option.count === "*" || option.count === "+"
          ? Number.POSITIVE_INFINITY
          : toCount(option.count);
    const found: Value[] = [];
    while (found.length < most && words.length > 0 && !isFlag(words[0]!)) {
      found.push(converted(parser, option, words.shift()!));
    }
    if (option.count === "?")
      return found[0] ?? (option.flags.length > 0 ? option.constant : option.fallback);
    const fixed = typeof option.count === "bigint";
    if ((option.count === "+" && found.length === 0) || (fixed && found.length < most)) {
      const wanted = fixed ? `${most} argument${most === 1 ? "" : "s"}` : "at least one argument";
      throw fail(parser, `argument ${shownName(option)}: expected ${wanted}`);
    }
    return new PyList(found);
  };

  const apply = (parser: Parser, option: Option, words: string[], made: Value): void => {
    const before = kept(made).get(option.name) ?? null;
    switch (option.action) {
      case "store_true":
      case "store_false":
      case "store_const":
        setAttribute(made, option.name, option.constant);
        return;
      case "count":
        setAttribute(made, option.name, ((before as bigint | null) ?? 0n) + 1n);
        return;
      case "append": {
        const items = before === null ? [] : [...iterate(before)];
        setAttribute(made, option.name, new PyList([...items, take(parser, option, words)]));
        return;
      }
      case "store":
        setAttribute(made, option.name, take(parser, option, words));
        return;
      default:
        throw pythonError("ValueError", `unknown action ${repr(option.action)}`);
    }
  };

  const parse = (parser: Parser, args: Value, known: boolean): { made: Value; rest: string[] } => {
    const argv = session.importModule("sys").members.get("argv")!;
    const words = (args === null ? collect(argv).slice(1) : collect(args)).map(str);
    const made = invoke(namespace);
    for (const { name, fallback, type } of parser.options) {
      const value = parser.defaults.get(name) ?? fallback;
      const read = typeof value === "string" && type !== null && isCallable(type);
      kept(made).set(name, read ? invoke(type, value) : value);
    }
    for (const [name, value] of parser.defaults) {
      if (!kept(made).has(name)) kept(made).set(name, value);
    }
    const positional = parser.options.filter(({ flags }) => flags.length === 0);
    const seen = new Set<Option>();
    const rest: string[] = [];
    while (words.length > 0) {
      const [word] = words as [string];
      const equal = word.startsWith("--") ? word.indexOf("=") : -1;
      const flag = equal < 0 ? word : word.slice(0, equal);
      const option = /^-(?!\d|$)/.test(word)
        ? parser.options.find(({ flags }) => flags.includes(flag))
        : positional.find((each) => !seen.has(each));
      if (!option) {
        rest.push(words.shift()!);
        continue;
      }
      seen.add(option);
      if (option.flags.length > 0) {
        words.shift();
        if (equal >= 0) words.unshift(word.slice(equal + 1));
      }
      apply(parser, option, words, made);
    }
    const missing = parser.options.filter((option) => {
      const optional =
        option.flags.length > 0 ? !option.required : /^[?*]$/.test(str(option.count));
      return !optional && !seen.has(option);
    });
    if (missing.length > 0) {
      const names = missing.map(shownName).join(", ");
      throw fail(parser, `the following arguments are required: ${names}`);
    }
    if (rest.length > 0 && !known) throw fail(parser, `unrecognized arguments: ${rest.join(" ")}`);
    return { made, rest };
  };

  const parser = libraryClass({
    module: "argparse",
    name: "ArgumentParser",
    allocator: class extends Parser {},
    methods: {
      "__init__(self, prog=None, usage=None, description=None, epilog=None, **kwargs)": (
        self,
        { prog },
      ) => {
        if (prog !== null) (self as Parser).program = str(prog!);
        return null;
      },
      "add_argument(self, *name_or_flags, **kwargs)": (self, bound) => {
        (self as Parser).options.push(optionOf(bound));
        return null;
      },
      // Groups only arrange the help.
      "add_argument_group(self, *args, **kwargs)": (self) => self,
      "add_mutually_exclusive_group(self, **kwargs)": (self) => self,
      "set_defaults(self, **kwargs)": (self, { kwargs }) => {
        for (const [name, value] of kwargs as Map<string, Value>) {
          (self as Parser).defaults.set(name, value);
        }
        return null;
      },
      "parse_args(self, args=None, namespace=None)": (self, { args }) =>
        parse(self as Parser, args!, false).made,
      "parse_known_args(self, args=None, namespace=None)": (self, { args }) => {
        const { made, rest } = parse(self as Parser, args!, true);
        return new PyTuple([made, new PyList(rest)]);
      },
      "error(self, message)": (self, { message }) => {
        throw fail(self as Parser, str(message!));
      },
    },
  });
  return new PythonModule("argparse", { ArgumentParser: parser, Namespace: namespace }, [
    "ArgumentDefaultsHelpFormatter",
    "FileType",
    "HelpFormatter",
    "SUPPRESS",
    "BooleanOptionalAction",
  ]);
}
