/**
 * @file `string` and `textwrap`.
 */
import { PyClass } from "../classes.ts";
import { PyDict, PyList } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { attributes, type Bound, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { call, errorTypeName, getAttribute, keyError, str, toCount, truth } from "../operations.ts";
import { libraryClass } from "../types/libraryClasses.ts";

const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const digits = "0123456789";
const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
const whitespace = " \t\n\r\v\f";

/** `Template("$who likes ${what}")`. */
class Template {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  substitute(values: PyDict, safe: boolean): string {
    return this.text.replace(
      /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)\}|())/gi,
      (whole, escaped: string | undefined, plain: string, braced: string, _, offset: number) => {
        if (escaped) return "$";
        const name = plain ?? braced;
        if (name === undefined) {
          if (safe) return whole;
          const before = this.text.slice(0, offset).split("\n");
          throw pythonError(
            "ValueError",
            `Invalid placeholder in string: line ${before.length}, col ${before.at(-1)!.length + 1}`,
          );
        }
        const value = values.get(name);
        if (value !== undefined) return str(value);
        if (safe) return whole;
        throw keyError(name);
      },
    );
  }
}

const templateClass: PyClass = new PyClass("Template", {
  module: "string",
  construct: ({ positional: [text] }) => new Template(str(text ?? "")),
});

const given = ({ mapping, kws }: Bound) =>
  new PyDict([
    ...(mapping instanceof PyDict ? mapping.entries() : []),
    ...(kws as Map<string, Value>),
  ]);

registerType(Template, {
  name: "Template",
  module: "string",
  classOf: () => templateClass,
  repr: () => "<string.Template object>",
  hash: (value) => value,
  ...attributes<Template>({
    properties: { template: (self) => self.text },
    methods: {
      "substitute(mapping=None, /, **kws)": (self, bound) => self.substitute(given(bound), false),
      "safe_substitute(mapping=None, /, **kws)": (self, bound) =>
        self.substitute(given(bound), true),
    },
  }),
});

const formatter = libraryClass({
  module: "string",
  name: "Formatter",
  methods: {
    "format(self, format_string, /, *args, **kwargs)": (_, { format_string, args, kwargs }) =>
      call(getAttribute(format_string!, "format"), {
        positional: args as Value[],
        keywords: kwargs as Map<string, Value>,
      }),
    "vformat(self, format_string, args, kwargs)": (_, { format_string, kwargs }) =>
      call(getAttribute(format_string!, "format_map"), {
        positional: [kwargs!],
        keywords: new Map(),
      }),
  },
});

export function stringModule(): PythonModule {
  return new PythonModule("string", {
    Formatter: formatter,
    Template: templateClass,
    ascii_letters: lower + upper,
    ascii_lowercase: lower,
    ascii_uppercase: upper,
    capwords: builtin("capwords(s, sep=None)", ({ s, sep }) => {
      const words = sep === null ? str(s!).trim().split(/\s+/) : str(s!).split(str(sep!));
      const capital = (word: string) =>
        word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
      return words.map(capital).join(sep === null ? " " : str(sep!));
    }),
    digits,
    hexdigits: `${digits}abcdefABCDEF`,
    octdigits: "01234567",
    printable: digits + lower + upper + punctuation + whitespace,
    punctuation,
    whitespace: " \t\n\r\v\f",
  });
}

function text(value: Value, name: string): string {
  if (typeof value === "string") return value;
  throw pythonError("TypeError", `${name}() expects a str, not ${errorTypeName(value)}`);
}

/** Without the indentation that all lines share. */
function dedent(given: string): string {
  const lines = given.replace(/^[ \t]+$/gm, "").split("\n");
  let margin: string | null = null;
  for (const line of lines) {
    if (line === "") continue;
    const indent = /^[ \t]*/.exec(line)![0];
    if (margin === null) margin = indent;
    else {
      let shared = 0;
      while (shared < margin.length && margin[shared] === indent[shared]) shared++;
      margin = margin.slice(0, shared);
    }
  }
  const cut = margin?.length ?? 0;
  return lines.map((line) => (line === "" ? line : line.slice(cut))).join("\n");
}

interface Wrapping {
  readonly width: number;
  readonly first: string;
  readonly later: string;
  readonly most: number | null;
  readonly placeholder: string;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
  readonly dropWhitespace: boolean;
  readonly replaceWhitespace: boolean;
  readonly expandTabs: boolean;
}

const wrapSignature =
  "initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, max_lines=None, placeholder=' [...]'";

function wrapping(bound: Bound): Wrapping {
  return {
    width: toCount(bound["width"]!),
    first: str(bound["initial_indent"]!),
    later: str(bound["subsequent_indent"]!),
    most: bound["max_lines"] === null ? null : toCount(bound["max_lines"]!),
    placeholder: str(bound["placeholder"]!),
    breakLongWords: truth(bound["break_long_words"]!),
    breakOnHyphens: truth(bound["break_on_hyphens"]!),
    dropWhitespace: truth(bound["drop_whitespace"]!),
    replaceWhitespace: truth(bound["replace_whitespace"]!),
    expandTabs: truth(bound["expand_tabs"]!),
  };
}

/** Words and the spaces between them; behind a hyphen inside of a word, a line may end too. */
function chunksOf(
  given: string,
  { breakOnHyphens, replaceWhitespace, expandTabs }: Wrapping,
): string[] {
  let source = expandTabs ? given.replaceAll("\t", "        ") : given;
  if (replaceWhitespace) source = source.replace(/[\t\n\v\f\r]/g, " ");
  const parts = source.split(/(\s+)/).filter((part) => part !== "");
  if (!breakOnHyphens) return parts;
  return parts.flatMap((part) =>
    part.trim() === ""
      ? [part]
      : part
          .split(/(?<=[\p{L}\p{N}_]{2,}-)(?=[\p{L}_])|(?<=[\p{L}\p{N}_]-)(?=[\p{L}_]{2,})/u)
          .filter((piece) => piece !== ""),
  );
}

function wrap(given: string, style: Wrapping): string[] {
  if (style.width <= 0) {
    throw pythonError("ValueError", `invalid width ${style.width} (must be > 0)`);
  }
  const chunks = chunksOf(given, style).reverse();
  const lines: string[] = [];
  const blank = (chunk: string | undefined) => chunk !== undefined && chunk.trim() === "";
  while (chunks.length > 0) {
    const indent = lines.length > 0 ? style.later : style.first;
    const width = style.width - indent.length;
    if (style.dropWhitespace && lines.length > 0 && blank(chunks.at(-1))) chunks.pop();
    const line: string[] = [];
    let length = 0;
    while (chunks.length > 0 && length + chunks.at(-1)!.length <= width) {
      length += chunks.at(-1)!.length;
      line.push(chunks.pop()!);
    }
    if (chunks.length > 0 && chunks.at(-1)!.length > width) {
      breakWord(chunks, line, length, width, style);
      length = line.reduce((sum, chunk) => sum + chunk.length, 0);
    }
    if (style.dropWhitespace && blank(line.at(-1))) length -= line.pop()!.length;
    if (line.length === 0) continue;
    const rest =
      chunks.length > 0 && !(style.dropWhitespace && chunks.length === 1 && blank(chunks[0]));
    if (style.most === null || lines.length + 1 < style.most || (!rest && length <= width)) {
      lines.push(indent + line.join(""));
      continue;
    }
    while (line.length > 0) {
      if (!blank(line.at(-1)) && length + style.placeholder.length <= width) {
        lines.push(indent + line.join("") + style.placeholder);
        return lines;
      }
      length -= line.pop()!.length;
    }
    const previous = lines.at(-1)?.trimEnd();
    if (previous !== undefined && previous.length + style.placeholder.length <= style.width) {
      lines[lines.length - 1] = previous + style.placeholder;
    } else lines.push(indent + style.placeholder.trimStart());
    return lines;
  }
  return lines;
}

/** A word longer than a line is cut, or stands alone. */
function breakWord(
  chunks: string[],
  line: string[],
  length: number,
  width: number,
  style: Wrapping,
) {
  const space = width < 1 ? 1 : width - length;
  if (style.breakLongWords) {
    const chunk = chunks.at(-1)!;
    let end = space;
    if (style.breakOnHyphens && chunk.length > space) {
      const hyphen = chunk.lastIndexOf("-", space - 1);
      if (hyphen > 0 && [...chunk.slice(0, hyphen)].some((c) => c !== "-")) end = hyphen + 1;
    }
    line.push(chunk.slice(0, end));
    chunks[chunks.length - 1] = chunk.slice(end);
  } else if (line.length === 0) line.push(chunks.pop()!);
}

function indent(given: string, prefix: string, predicate: Value): string {
  const lines = given.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const wanted = (line: string) =>
    predicate === null
      ? line.trim() !== ""
      : truth(call(predicate, { positional: [line], keywords: new Map() }));
  return lines.map((line) => (wanted(line) ? prefix + line : line)).join("");
}

export function textwrapModule(): PythonModule {
  return new PythonModule(
    "textwrap",
    {
      dedent: builtin("dedent(text)", (bound) => dedent(text(bound["text"]!, "dedent"))),
      fill: builtin(`fill(text, width=70, *, ${wrapSignature})`, (bound) =>
        wrap(text(bound["text"]!, "fill"), wrapping(bound)).join("\n"),
      ),
      indent: builtin("indent(text, prefix, predicate=None)", (bound) =>
        indent(text(bound["text"]!, "indent"), str(bound["prefix"]!), bound["predicate"]!),
      ),
      shorten: builtin(`shorten(text, width, *, ${wrapSignature})`, (bound) => {
        const words = text(bound["text"]!, "shorten").trim().split(/\s+/).join(" ");
        return wrap(words, { ...wrapping(bound), most: 1 }).join("\n");
      }),
      wrap: builtin(
        `wrap(text, width=70, *, ${wrapSignature})`,
        (bound) => new PyList(wrap(text(bound["text"]!, "wrap"), wrapping(bound))),
      ),
    },
    ["TextWrapper"],
  );
}
