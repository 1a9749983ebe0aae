/**
 * @file `os`, as far as notebooks configure Keras by it, and `os.path`: an environment of the
 * session's own. Nothing of the machine's environment or files is seen or changed.
 */
import { PyClass } from "../classes.ts";
import { PyDict, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { builtin, type PythonModule } from "../functions.ts";
import { type PythonType, registerType, type Value } from "../objects.ts";
import { errorTypeName, repr, typeName } from "../operations.ts";
import type { Session } from "../session.ts";
import { dictType } from "../types/dicts.ts";
import { PartialModule } from "./keras/refusal.ts";

/** `os.environ`: text to text. */
export class Environment extends PyDict {
  override get(key: Value): Value | undefined {
    return super.get(checkText(key));
  }

  override has(key: Value): boolean {
    return super.has(checkText(key));
  }

  override set(key: Value, value: Value): void {
    super.set(checkText(key), checkText(value));
  }

  override delete(key: Value): Value | undefined {
    return super.delete(checkText(key));
  }
}

function checkText(value: Value): string {
  if (typeof value === "string") return value;
  throw pythonError("TypeError", `str expected, not ${typeName(value)}`);
}

const environmentClass = new PyClass("_Environ", { module: "os" });

registerType(Environment, {
  ...(dictType as PythonType<Environment>),
  name: "_Environ",
  module: "os",
  classOf: () => environmentClass,
  repr: (self) => `environ(${repr(new PyDict(self.entries()))})`,
});

/** The folder in which a session finds itself: it has no files. */
const currentFolder = "/";

/** A path is text here. */
function pathText(value: Value): string {
  if (typeof value === "string") return value;
  throw pythonError(
    "TypeError",
    `expected str, bytes or os.PathLike object, not ${errorTypeName(value)}`,
  );
}

function join(parts: readonly string[]): string {
  let path = "";
  for (const [index, part] of parts.entries()) {
    if (part.startsWith("/")) path = part;
    else if (index === 0 || path === "" || path.endsWith("/")) path += part;
    else path += `/${part}`;
  }
  return path;
}

function split(path: string): [string, string] {
  const at = path.lastIndexOf("/") + 1;
  const head = path.slice(0, at);
  return [/^\/*$/.test(head) ? head : head.replace(/\/+$/, ""), path.slice(at)];
}

/** The extension starts at the last dot of the name that is no leading one. */
function splitExtension(path: string): [string, string] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  if (dot < 0 || /^\.*$/.test(name.slice(0, dot))) return [path, ""];
  return [path.slice(0, path.length - name.length + dot), name.slice(dot)];
}

function normalize(path: string): string {
  const parts: string[] = [];
  const rooted = path.startsWith("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== ".." || parts.at(-1) === ".." || (parts.length === 0 && !rooted)) parts.push(part);
    else parts.pop();
  }
  const joined = (rooted ? "/" : "") + parts.join("/");
  return joined === "" ? "." : joined;
}

export function osPathModule(session: Session): PythonModule {
  const one = (name: string, body: (path: string) => Value) =>
    builtin(`${name}(path)`, ({ path }) => body(pathText(path!)));
  const nothing = (name: string) => one(name, () => false);
  return new PartialModule(
    session,
    "os.path",
    {
      abspath: one("abspath", (path) => normalize(join([currentFolder, path]))),
      basename: one("basename", (path) => split(path)[1]),
      dirname: one("dirname", (path) => split(path)[0]),
      exists: nothing("exists"),
      expanduser: one("expanduser", (path) => path),
      isabs: one("isabs", (path) => path.startsWith("/")),
      isdir: one("isdir", (path) => normalize(join([currentFolder, path])) === currentFolder),
      isfile: nothing("isfile"),
      join: builtin("join(a, *p)", ({ a, p }) => join([a!, ...(p as Value[])].map(pathText))),
      normpath: one("normpath", normalize),
      sep: "/",
      split: one("split", (path) => new PyTuple(split(path))),
      splitext: one("splitext", (path) => new PyTuple(splitExtension(path))),
    },
    (name) => !name.startsWith("_"),
  );
}

/** `import os`. */
export function osModule(session: Session): PythonModule {
  const environ = new Environment();
  return new PartialModule(
    session,
    "os",
    {
      environ,
      cpu_count: builtin("cpu_count()", () => 1n),
      getcwd: builtin("getcwd()", () => currentFolder),
      getenv: builtin("getenv(key, default=None)", ({ key, default: fallback }) => {
        const found = environ.get(key!);
        return found === undefined ? fallback! : found;
      }),
      getpid: builtin("getpid()", () => 1n),
      linesep: "\n",
      name: "posix",
      path: session.importModule("os.path"),
      sep: "/",
    },
    (name) => !name.startsWith("_"),
  );
}

/** A variable of the session's environment, as `os.environ` has it by now. */
export function environmentVariable(session: Session, name: string): string | null {
  const environ = session.importModule("os").members.get("environ") as Environment;
  return (environ.get(name) as string | undefined) ?? null;
}
