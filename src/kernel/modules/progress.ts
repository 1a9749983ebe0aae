/**
 * @file Progress bars: `bnlab.progress`, and `tqdm` under its own name. A bar is one line that is
 * replaced in place where the host can do that, else written over and over on standard error; in
 * both the line is that of tqdm.
 */
import { PyDict } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { formatFloat } from "../formatting/specification.ts";
import { attributes, type Bound, builtin, PythonModule } from "../functions.ts";
import { registerType, type Value } from "../objects.ts";
import { invoke, iterate, length, str, toFloat, truth, typeOf } from "../operations.ts";
import type { KernelHost, Session } from "../session.ts";
import { rangeClass } from "../types/ranges.ts";
import { clock } from "./time.ts";

/** A bar is drawn again after so long (milliseconds). */
const interval = 100;

/** Cells of the bar, each of which is filled by eighths. */
const width = 20;
const eighths = [..." ▏▎▍▌▋▊▉█"];

/** Bars that a cell has begun and not ended: they are drawn once more when it ends. */
const open = new Set<Progress>();

/** Draws what was not drawn yet: for the end of a cell. */
export function settleProgress(): void {
  for (const bar of open) bar.settle();
  open.clear();
}

let bars = 0;

interface ProgressOptions {
  readonly total: number | null;
  readonly description: string;
  readonly unit: string;
  /** What the bar is called in Python. */
  readonly kind: "progress" | "tqdm";
  readonly disabled: boolean;
}

/** One bar. */
export class Progress {
  readonly host: KernelHost;
  readonly items: Iterable<Value> | null;
  readonly kind: "progress" | "tqdm";
  readonly total: number | null;
  readonly #unit: string;
  readonly #disabled: boolean;
  readonly #id = `progress-${++bars}`;
  readonly #began = clock.now();
  description: string;
  postfix = "";
  count = 0;
  #drawnAt = 0;
  #drawn = "";
  #closed = false;

  constructor(host: KernelHost, items: Iterable<Value> | null, options: ProgressOptions) {
    this.host = host;
    this.items = items;
    this.kind = options.kind;
    this.total = options.total;
    this.description = options.description;
    this.#unit = options.unit;
    this.#disabled = options.disabled;
    if (!this.#disabled) open.add(this);
    this.draw();
  }

  /** Counts on; the line is drawn when the last drawing is long enough ago. */
  advance(steps: number): void {
    this.count += steps;
    if (clock.now() - this.#drawnAt >= interval) this.draw();
  }

  /** As tqdm writes it: `name:  40%|████      | 4/10 [00:02<00:03,  1.96it/s]`. */
  line(): string {
    const elapsed = (clock.now() - this.#began) / 1000;
    const { count, total, postfix } = this;
    const name = this.description === "" ? "" : `${this.description}: `;
    const rate = elapsed > 0 && count > 0 ? count / elapsed : null;
    const facts = `${this.#rate(rate)}${postfix === "" ? "" : `, ${postfix}`}`;
    if (total === null || count > total) {
      return `${name}${countText(count)}${this.#unit} [${duration(elapsed)}, ${facts}]`;
    }
    const share = total === 0 ? 1 : count / total;
    const left = rate === null ? "?" : duration((total - count) / rate);
    const percent = String(Math.floor(100 * share)).padStart(3);
    return (
      `${name}${percent}%|${bar(share)}| ${countText(count)}/${countText(total)} ` +
      `[${duration(elapsed)}<${left}, ${facts}]`
    );
  }

  #rate(rate: number | null): string {
    const unit = this.#unit;
    if (rate === null) return `?${unit}/s`;
    return rate >= 1
      ? `${rate.toFixed(2).padStart(5)}${unit}/s`
      : `${(1 / rate).toFixed(2).padStart(5)}s/${unit}`;
  }

  draw(): void {
    if (this.#disabled || this.#closed) return;
    this.#drawnAt = clock.now();
    const line = this.line();
    if (line === this.#drawn) return;
    const shorter = this.#drawn.length - line.length;
    this.#drawn = line;
    if (this.host.replacesDisplays) {
      this.host.display({ "text/plain": line }, false, this.#id);
    } else this.host.write("stderr", `\r${line}${" ".repeat(Math.max(0, shorter))}`);
  }

  /** Draws the line a last time. */
  close(): void {
    if (this.#disabled || this.#closed) return;
    this.settle();
    this.#closed = true;
    open.delete(this);
  }

  settle(): void {
    this.draw();
    if (!this.host.replacesDisplays && !this.#closed) this.host.write("stderr", "\n");
  }
}

function bar(share: number): string {
  const filled = Math.min(Math.floor(share * width * 8), width * 8);
  const whole = Math.floor(filled / 8);
  const rest = whole < width ? eighths[filled % 8]! : "";
  return ("█".repeat(whole) + rest).padEnd(width);
}

function countText(count: number): string {
  return Number.isInteger(count) ? String(count) : count.toFixed(1);
}

/** `02:05`, with hours where there are any. */
function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  if (minutes < 60) return `${two(minutes)}:${two(rest)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(rest)}`;
}

function* followed(progress: Progress): Generator<Value> {
  for (const item of progress.items!) {
    yield item;
    progress.advance(1);
  }
  progress.close();
}

registerType(Progress, {
  name: "tqdm",
  module: "tqdm.std",
  repr: (self) => self.line(),
  hash: (self) => self,
  iterate(self) {
    if (self.items) return followed(self);
    throw pythonError("TypeError", "'NoneType' object is not iterable");
  },
  length(self) {
    if (self.total !== null) return self.total;
    throw pythonError("TypeError", `object of type '${self.kind}' has no len()`);
  },
  enter: (self) => self,
  exit(self) {
    self.close();
    return false;
  },
  ...attributes<Progress>({
    properties: {
      n: (self) => number(self.count),
      total: (self) => (self.total === null ? null : number(self.total)),
      desc: (self) => self.description,
    },
    methods: {
      "update(n=1)": (self, { n }) => {
        self.advance(toFloat(n!));
        return null;
      },
      "set_description(desc=None, refresh=True)": (self, { desc, refresh }) => {
        self.description = desc === null ? "" : str(desc!);
        if (truth(refresh!)) self.draw();
        return null;
      },
      "set_postfix(ordered_dict=None, refresh=True, **kwargs)": (self, bound) => {
        const { ordered_dict: given, refresh, kwargs } = bound;
        const pairs = [
          ...(given instanceof PyDict ? given.entries() : []),
          ...(kwargs as Map<string, Value>),
        ];
        self.postfix = pairs.map(([key, value]) => `${str(key)}=${postfixText(value)}`).join(", ");
        if (truth(refresh!)) self.draw();
        return null;
      },
      "set_postfix_str(s='', refresh=True)": (self, { s, refresh }) => {
        self.postfix = str(s!);
        if (truth(refresh!)) self.draw();
        return null;
      },
      "refresh()": (self) => {
        self.draw();
        return null;
      },
      "close()": (self) => {
        self.close();
        return null;
      },
    },
  }),
});

function number(value: number): Value {
  return Number.isInteger(value) ? BigInt(value) : value;
}

/** Numbers with three digits where that is shorter, as tqdm shows them. */
function postfixText(value: Value): string {
  const text = str(value).trim();
  if (typeof value !== "number" && typeof value !== "bigint") return text;
  const short = formatFloat(Number(value), ".3g").replace(/e([+-])0/, "e$1");
  return short.length < text.length ? short : text;
}

function totalOf(iterable: Value, total: Value): number | null {
  if (total !== null) return toFloat(total);
  return iterable !== null && typeOf(iterable).length ? length(iterable) : null;
}

/** `bnlab.progress(iterable, total=None, description=None)`. */
export function progress(session: Session, { iterable, total, description }: Bound): Progress {
  return new Progress(session.host, iterate(iterable!), {
    total: totalOf(iterable!, total!),
    description: description === null ? "" : str(description!),
    unit: "it",
    kind: "progress",
    disabled: false,
  });
}

function tqdm(session: Session, { iterable, desc, total, disable, unit }: Bound): Progress {
  return new Progress(session.host, iterable === null ? null : iterate(iterable!), {
    total: totalOf(iterable!, total!),
    description: desc === null ? "" : str(desc!),
    unit: str(unit!),
    kind: "tqdm",
    disabled: truth(disable!),
  });
}

/** `import tqdm`, `tqdm.auto` and `tqdm.notebook`: how a bar looks is the host's, not the cell's. */
export function tqdmModule(name: string): (session: Session) => PythonModule {
  return (session) => {
    const make = builtin(
      "tqdm(iterable=None, desc=None, total=None, leave=True, disable=False, unit='it', **kwargs)",
      (bound) => tqdm(session, bound),
    );
    const submodules =
      name === "tqdm"
        ? {
            auto: session.importModule("tqdm.auto"),
            notebook: session.importModule("tqdm.notebook"),
          }
        : {};
    return new PythonModule(name, {
      tqdm: make,
      trange: builtin(
        "trange(*args, desc=None, total=None, leave=True, disable=False, unit='it', **kwargs)",
        (bound) =>
          tqdm(session, { ...bound, iterable: invoke(rangeClass, ...(bound["args"] as Value[])) }),
      ),
      ...submodules,
    });
  };
}
