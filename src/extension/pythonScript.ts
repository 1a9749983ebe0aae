/**
 * @file A notebook as a Python script in the percent format, which Jupytext and the editors read as
 * a notebook again (https://jupytext.readthedocs.io/en/latest/formats-scripts.html).
 */
import { parser } from "../python/grammar.ts";

/** What a script needs to know of a cell. */
export interface ScriptCell {
  /** `markdown`, `python`, or the language of a cell that no Python runs. */
  readonly language: string;
  readonly text: string;
}

/** `display` is a built-in of notebooks alone. */
const displayFallback = `try:
    from IPython.display import display
except ImportError:

    def display(*values):
        for value in values:
            print(repr(value))`;

/** The cells one after the other: code as it is, all else as comments. */
export function scriptOf(cells: readonly ScriptCell[]): string {
  const parts = cells.map(({ language, text }) => {
    if (language === "python") return `# %%\n${withoutMagics(text)}`.trimEnd();
    return `# %% [${language}]\n${commented(text)}`.trimEnd();
  });
  const shows = cells.some(({ language, text }) => language === "python" && callsDisplay(text));
  const preamble = shows ? [`# %%\n${displayFallback}`] : [];
  return `${[...preamble, ...parts].join("\n\n")}\n`;
}

function commented(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => (line === "" ? "#" : `# ${line}`))
    .join("\n");
}

/** `%matplotlib inline` and `!pip install …` are IPython's, no Python. */
function withoutMagics(code: string): string {
  if (!/^[%!]/m.test(code)) return code;
  // A cell magic makes of the whole cell something else.
  if (/^\s*%%/.test(code)) return commented(code);
  const tree = parser.parse(code);
  return code.replace(/^[%!]/gm, (sign, at: number) =>
    tree.resolveInner(at, 1).name === "String" || tree.resolveInner(at, -1).name === "String"
      ? sign
      : `# ${sign}`,
  );
}

function callsDisplay(code: string): boolean {
  return /(?<![\w.])display\(/.test(code) && !/\bimport\b.*\bdisplay\b/.test(code);
}

/** Whether any code imports `bnlab`. */
export function usesLaboratory(cells: readonly ScriptCell[]): boolean {
  const imports = /^[ \t]*(?:from[ \t]+bnlab\b|import[ \t]+(?:[\w. \t]+,[ \t]*)*bnlab\b)/m;
  return cells.some(({ language, text }) => language === "python" && imports.test(text));
}

/** A file where one might be, and whoever can be asked about it. */
export interface Place {
  /** Null where there is no file. */
  read(): Promise<Uint8Array | null>;
  write(content: Uint8Array): Promise<void>;
  /** Whether another file there may be replaced. */
  mayReplace(): Promise<boolean>;
}

/** Puts a file in its place; a different one there is replaced only with permission. */
export async function put(content: Uint8Array, place: Place): Promise<void> {
  const present = await place.read();
  const same = present?.length === content.length && present.every((b, i) => b === content[i]);
  if (same || (present && !(await place.mayReplace()))) return;
  await place.write(content);
}
