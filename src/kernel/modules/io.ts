/**
 * @file `io.StringIO`: text that is written and read as a file is.
 */
import { PyList } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { codePoints } from "../formatting/text.ts";
import { PythonModule } from "../functions.ts";
import type { Value } from "../objects.ts";
import { errorTypeName, invoke, iterate, str, toCount } from "../operations.ts";
import { propertyClass } from "../types/descriptors.ts";
import { Instance } from "../types/instances.ts";
import { libraryClass } from "../types/libraryClasses.ts";
import { method } from "../types/methods.ts";

class TextBuffer extends Instance {
  text = "";
  /** In UTF-16 units. */
  position = 0;
  closed = false;

  write(text: string): void {
    const before = this.text.slice(0, this.position).padEnd(this.position, "\0");
    this.text = before + text + this.text.slice(this.position + text.length);
    this.position += text.length;
  }

  read(size: number): string {
    const end = size < 0 ? this.text.length : this.position + size;
    const found = this.text.slice(this.position, end);
    this.position = Math.max(this.position, Math.min(end, this.text.length));
    return found;
  }

  readLine(): string {
    const newline = this.text.indexOf("\n", this.position);
    return this.read(newline < 0 ? -1 : newline + 1 - this.position);
  }
}

function open(self: Value): TextBuffer {
  const buffer = self as TextBuffer;
  if (buffer.closed) throw pythonError("ValueError", "I/O operation on closed file");
  return buffer;
}

const stringIO = libraryClass({
  module: "_io",
  name: "StringIO",
  allocator: class extends TextBuffer {},
  members: {
    closed: invoke(
      propertyClass,
      method("StringIO", "closed(self)", (self) => (self as TextBuffer).closed),
    ),
  },
  methods: {
    "__init__(self, initial_value='', newline='\\n')": (self, { initial_value }) => {
      (self as TextBuffer).text = initial_value === null ? "" : str(initial_value!);
      return null;
    },
    "write(s, /)": (self, { s }) => {
      if (typeof s !== "string") {
        throw pythonError("TypeError", `string argument expected, got '${errorTypeName(s!)}'`);
      }
      open(self).write(s);
      return BigInt(codePoints(s).length);
    },
    "writelines(lines, /)": (self, { lines }) => {
      for (const line of iterate(lines!)) open(self).write(str(line));
      return null;
    },
    "getvalue()": (self) => open(self).text,
    "read(size=-1, /)": (self, { size }) => open(self).read(size === null ? -1 : toCount(size!)),
    "readline(size=-1, /)": (self) => open(self).readLine(),
    "readlines(hint=-1, /)": (self) => new PyList([...lines(self)]),
    "__iter__()": (self) => self,
    "__next__()": (self) => {
      const line = open(self).readLine();
      if (line === "") throw pythonError("StopIteration", "");
      return line;
    },
    "seek(pos, whence=0, /)": (self, { pos, whence }) => {
      const buffer = open(self);
      buffer.position = whence === 2n ? buffer.text.length : toCount(pos!);
      return BigInt(buffer.position);
    },
    "tell()": (self) => BigInt(open(self).position),
    "truncate(pos=None, /)": (self, { pos }) => {
      const buffer = open(self);
      const size = pos === null ? buffer.position : toCount(pos!);
      buffer.text = buffer.text.slice(0, size);
      return BigInt(size);
    },
    "flush()": () => null,
    "isatty()": () => false,
    "readable()": () => true,
    "writable()": () => true,
    "seekable()": () => true,
    "close()": (self) => {
      (self as TextBuffer).closed = true;
      return null;
    },
    "__enter__()": (self) => open(self),
    "__exit__(*args)": (self) => {
      (self as TextBuffer).closed = true;
      return null;
    },
  },
});

function* lines(self: Value): Generator<Value> {
  for (let line = open(self).readLine(); line !== ""; line = open(self).readLine()) yield line;
}

export function ioModule(): PythonModule {
  return new PythonModule("io", { StringIO: stringIO }, [
    "BytesIO",
    "TextIOWrapper",
    "open",
    "BufferedReader",
    "BufferedWriter",
    "FileIO",
    "RawIOBase",
    "IOBase",
    "TextIOBase",
  ]);
}
