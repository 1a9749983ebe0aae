/**
 * @file `pathlib`: paths as text. There are no files behind them here.
 */

import { format } from "../../shared/strings.ts";
import { PyClass } from "../classes.ts";
import { PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { compare, errorTypeName, repr, str } from "../operations.ts";
import type { Session } from "../session.ts";

class Path {
  readonly text: string;

  constructor(parts: readonly string[]) {
    let text = "";
    for (const part of parts)
      text = part.startsWith("/") ? part : text === "" ? part : `${text}/${part}`;
    const rooted = text.startsWith("/");
    const kept = text.split("/").filter((part) => part !== "" && part !== ".");
    this.text = (rooted ? "/" : "") + kept.join("/") || ".";
  }

  get parts(): string[] {
    const rooted = this.text.startsWith("/");
    const rest = this.text.split("/").filter((part) => part !== "" && part !== ".");
    return rooted ? ["/", ...rest] : rest;
  }

  get name(): string {
    const last = this.parts.at(-1) ?? "";
    return last === "/" ? "" : last;
  }

  get suffix(): string {
    const dot = this.name.lastIndexOf(".");
    return dot > 0 && dot < this.name.length - 1 ? this.name.slice(dot) : "";
  }

  get stem(): string {
    return this.name.slice(0, this.name.length - this.suffix.length);
  }

  get parent(): Path {
    const { parts } = this;
    if (parts.length === 0 || (parts.length === 1 && parts[0] === "/")) return this;
    return new Path(parts.slice(0, -1));
  }

  withName(name: string): Path {
    if (this.name === "") throw pythonError("ValueError", `${repr(this)} has an empty name`);
    return new Path([...this.parts.slice(0, -1), name]);
  }
}

function textOf(value: Value): string {
  if (value instanceof Path) return value.text;
  if (typeof value === "string") return value;
  throw pythonError(
    "TypeError",
    `expected str, bytes or os.PathLike object, not ${errorTypeName(value)}`,
  );
}

const newPath = builtin("Path(*args)", ({ args }) => new Path((args as Value[]).map(textOf)));

const pathClass: PyClass = new PyClass("PosixPath", {
  module: "pathlib",
  construct: (args) => newPath.call(args),
  members: {
    cwd: builtin("cwd()", () => new Path(["/"])),
    home: builtin("home()", () => new Path(["/"])),
  },
});

registerType(Path, {
  name: "PosixPath",
  module: "pathlib",
  classOf: () => pathClass,
  repr: ({ text }) => `PosixPath(${repr(text)})`,
  str: ({ text }) => text,
  hash: ({ text }) => `\0path:${text}`,
  compare: (operator, left, right) =>
    left instanceof Path && right instanceof Path
      ? compare(operator, new PyTuple(left.parts), new PyTuple(right.parts))
      : undefined,
  binary(operator, left, right) {
    if (operator !== "/") return undefined;
    const isText = (value: Value) => typeof value === "string" || value instanceof Path;
    return isText(left) && isText(right) ? new Path([textOf(left), textOf(right)]) : undefined;
  },
  ...attributes<Path>({
    properties: {
      name: (self) => self.name,
      parent: (self) => self.parent,
      parents: (self) => {
        const all: Value[] = [];
        for (let at = self.parent, last = self; at.text !== last.text; last = at, at = at.parent) {
          all.push(at);
        }
        return new PyTuple(all);
      },
      parts: (self) => new PyTuple(self.parts),
      stem: (self) => self.stem,
      suffix: (self) => self.suffix,
      suffixes: (self) =>
        new PyTuple(
          self.name
            .split(".")
            .slice(1)
            .map((part) => `.${part}`),
        ),
      anchor: ({ text }) => (text.startsWith("/") ? "/" : ""),
    },
    methods: {
      "as_posix()": ({ text }) => text,
      "exists()": () => false,
      "is_absolute()": ({ text }) => text.startsWith("/"),
      "is_dir()": () => false,
      "is_file()": () => false,
      "joinpath(*other)": ({ text }, { other }) =>
        new Path([text, ...(other as Value[]).map(textOf)]),
      "with_name(name)": (self, { name }) => self.withName(str(name!)),
      "with_stem(stem)": (self, { stem }) => self.withName(str(stem!) + self.suffix),
      "with_suffix(suffix)": (self, { suffix }) => self.withName(self.stem + str(suffix!)),
      "__fspath__()": ({ text }) => text,
    },
  }),
});

/** What would reach a file. */
const refused = [
  "glob",
  "iterdir",
  "mkdir",
  "open",
  "read_bytes",
  "read_text",
  "rename",
  "resolve",
  "rmdir",
  "stat",
  "touch",
  "unlink",
  "write_bytes",
  "write_text",
];

export function pathlibModule({ strings }: Session): PythonModule {
  for (const name of refused) {
    const message = format(strings.unsupportedName, `Path.${name}()`);
    pathClass.members.set(
      name,
      builtin(`${name}(*args, **kwargs)`, () => {
        throw pythonError("NotImplementedError", message);
      }),
    );
  }
  return new PythonModule("pathlib", {
    Path: pathClass,
    PosixPath: pathClass,
    PurePath: pathClass,
    PurePosixPath: pathClass,
  });
}
