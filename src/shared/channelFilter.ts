/**
 * @file The filter of the per-channel table: `std < 1e-3 and not dead`, `nan > 0`, `0-7, 12`,
 * `abs(mean - moving_mean) > 0.5`. Comparisons, their chains, arithmetic and the words between them
 * are Python's; numbers by themselves are channels, with a comma between alternatives.
 */
import { type ColumnKey, columnKeys, columnValues } from "./channelColumns.ts";
import { type Finding, type Oddity, oddities, oddityRules } from "./oddities.ts";
import type { ChannelsPayload } from "./outputs.ts";

/** What a column is called in a filter, its main name first. */
const columnNames: Readonly<Record<ColumnKey, readonly string[]>> = {
  count: ["count"],
  mean: ["mean"],
  std: ["std"],
  variance: ["variance", "var"],
  min: ["min"],
  firstQuartile: ["q1"],
  median: ["median", "q2"],
  thirdQuartile: ["q3"],
  max: ["max"],
  zeros: ["zeros"],
  nan: ["nan"],
  inf: ["inf"],
  gamma: ["gamma"],
  beta: ["beta"],
  movingMean: ["moving_mean"],
  movingVariance: ["moving_variance", "moving_var"],
  gap: ["gap"],
  outputMean: ["output_mean"],
  outputStd: ["output_std"],
};

/** Why a filter cannot be read; the view string of the same key says it. */
export type FilterProblem =
  | "filterUnexpected"
  | "filterEndsEarly"
  | "filterUnknownName"
  | "filterMissingColumn"
  | "filterNoSuchChannel"
  | "filterNoComparison";

export class FilterError extends Error {
  readonly problem: FilterProblem;
  /** What the sentence names: the text at fault, and what could stand there. */
  readonly facts: readonly string[];
  /** Where the fault is, from the filter's beginning. */
  readonly at: number;

  constructor(problem: FilterProblem, at: number, ...facts: readonly string[]) {
    super(problem);
    this.name = "FilterError";
    this.problem = problem;
    this.at = at;
    this.facts = facts;
  }
}

type Test = (channel: number) => boolean;
type Operand = (channel: number) => number;

/**
 * The test that a filter makes of a channel; every channel passes an empty one.
 * @throws FilterError where the text is no filter for this payload.
 */
export function parseFilter(
  text: string,
  payload: ChannelsPayload,
  odd: ReadonlyMap<number, readonly Finding[]>,
): Test {
  if (text.trim() === "") return () => true;
  return new FilterParser(text, payload, odd).parse();
}

/** The names that a filter for this payload may use, for hints. */
export function filterNames(payload: ChannelsPayload): readonly string[] {
  return columnKeys.filter((key) => columnValues(payload, key)).map((key) => columnNames[key][0]);
}

interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "≤": (a, b) => a <= b,
  "≥": (a, b) => a >= b,
  "≠": (a, b) => a !== b,
};

const tokenPattern =
  /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(<=|>=|==|!=|[-<>=≤≥≠+*/(),%−–]))/iuy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ""; at = tokenPattern.lastIndex) {
    const start = at + text.slice(at).search(/\S/);
    const match = tokenPattern.exec(text);
    if (!match) throw new FilterError("filterUnexpected", start, [...text.slice(start)][0]);
    const kind = match[1] !== undefined ? "number" : match[2] !== undefined ? "name" : "sign";
    tokens.push({ kind, text: match[0].trim().toLowerCase(), at: start });
  }
  tokens.push({ kind: "end", text: "", at: text.length });
  return tokens;
}

class FilterParser {
  readonly #tokens: readonly Token[];
  readonly #payload: ChannelsPayload;
  readonly #odd: ReadonlyMap<number, readonly Finding[]>;
  #next = 0;

  constructor(
    text: string,
    payload: ChannelsPayload,
    odd: ReadonlyMap<number, readonly Finding[]>,
  ) {
    this.#tokens = tokensOf(text);
    this.#payload = payload;
    this.#odd = odd;
  }

  parse(): Test {
    const test = this.#alternatives();
    if (this.#token.kind !== "end") throw this.#unexpected();
    return test;
  }

  get #token(): Token {
    return this.#tokens[this.#next];
  }

  #take(...texts: readonly string[]): Token | null {
    const token = this.#token;
    if (token.kind === "number" || !texts.includes(token.text)) return null;
    this.#next++;
    return token;
  }

  #unexpected(): FilterError {
    const { kind, text, at } = this.#token;
    return kind === "end"
      ? new FilterError("filterEndsEarly", at)
      : new FilterError("filterUnexpected", at, text);
  }

  /** `a or b`, `a, b` */
  #alternatives(): Test {
    const tests = [this.#conditions()];
    while (this.#take("or", ",")) tests.push(this.#conditions());
    return tests.length === 1 ? tests[0] : (c) => tests.some((test) => test(c));
  }

  /** `a and b` */
  #conditions(): Test {
    const tests = [this.#condition()];
    while (this.#take("and")) tests.push(this.#condition());
    return tests.length === 1 ? tests[0] : (c) => tests.every((test) => test(c));
  }

  /** `not a`, `(a)`, `0-7`, `dead`, or a comparison */
  #condition(): Test {
    if (this.#take("not")) {
      const test = this.#condition();
      return (c) => !test(c);
    }
    return this.#group() ?? this.#channels() ?? this.#word() ?? this.#comparison();
  }

  /** `(a or b)`; what turns out to be `(a + b) < c` is left to others. */
  #group(): Test | null {
    const start = this.#next;
    if (!this.#take("(")) return null;
    try {
      const test = this.#alternatives();
      if (!this.#take(")")) throw this.#unexpected();
      if (this.#endsCondition()) return test;
    } catch (error) {
      if (!(error instanceof FilterError) || error.problem !== "filterNoComparison") throw error;
    }
    this.#next = start;
    return null;
  }

  #endsCondition(): boolean {
    const { kind, text } = this.#token;
    return kind === "end" || text === "," || text === ")" || text === "and" || text === "or";
  }

  /** `12`, `0-7`: whole numbers that are compared with nothing. */
  #channels(): Test | null {
    const start = this.#next;
    const first = this.#channelNumber();
    if (first === null) return null;
    const last = this.#take("-", "−", "–") ? this.#channelNumber() : first;
    if (last === null || !this.#endsCondition()) {
      this.#next = start;
      return null;
    }
    const { channels } = this.#payload;
    if (first >= channels) {
      const range = `0–${channels - 1}`;
      throw new FilterError("filterNoSuchChannel", this.#tokens[start].at, String(first), range);
    }
    return (c) => c >= Math.min(first, last) && c <= Math.max(first, last);
  }

  #channelNumber(): number | null {
    const { kind, text } = this.#token;
    if (kind !== "number" || !/^\d+$/.test(text)) return null;
    this.#next++;
    return Number(text);
  }

  /** `odd`, `dead`, …: what can be odd about a channel. */
  #word(): Test | null {
    if (this.#token.kind !== "name") return null;
    if (this.#take("odd")) return (c) => this.#odd.has(c);
    const { text } = this.#token;
    const oddity = oddities.find((each: Oddity) => oddityRules[each].word === text);
    if (!oddity) return null;
    this.#next++;
    return (c) => this.#odd.get(c)?.some((finding) => finding.oddity === oddity) ?? false;
  }

  /** `a < b`, `a < b <= c` */
  #comparison(): Test {
    const { at } = this.#token;
    const operands = [this.#sum()];
    const signs: string[] = [];
    for (let sign = this.#comparisonSign(); sign; sign = this.#comparisonSign()) {
      signs.push(sign);
      operands.push(this.#sum());
    }
    if (signs.length === 0) {
      if (this.#endsCondition()) throw new FilterError("filterNoComparison", at);
      throw this.#unexpected();
    }
    return (c) => signs.every((sign, i) => comparisons[sign](operands[i](c), operands[i + 1](c)));
  }

  #comparisonSign(): string | null {
    return this.#take(...Object.keys(comparisons))?.text ?? null;
  }

  /** `a + b - c` */
  #sum(): Operand {
    let left = this.#product();
    for (;;) {
      const sign = this.#take("+", "-", "−", "–");
      if (!sign) return left;
      const [a, b] = [left, this.#product()];
      left = sign.text === "+" ? (c) => a(c) + b(c) : (c) => a(c) - b(c);
    }
  }

  /** `a * b / c` */
  #product(): Operand {
    let left = this.#operand();
    for (;;) {
      const sign = this.#take("*", "/");
      if (!sign) return left;
      const [a, b] = [left, this.#operand()];
      left = sign.text === "*" ? (c) => a(c) * b(c) : (c) => a(c) / b(c);
    }
  }

  /** `1e-3`, `50 %`, `std`, `abs(mean)`, `-1`, `(a + b)` */
  #operand(): Operand {
    if (this.#take("-", "−")) {
      const operand = this.#operand();
      return (c) => -operand(c);
    }
    if (this.#take("+")) return this.#operand();
    if (this.#take("(")) return this.#closed();
    const { kind, text, at } = this.#token;
    if (kind === "number") {
      this.#next++;
      const value = Number(text) / (this.#take("%") ? 100 : 1);
      return () => value;
    }
    if (kind !== "name" || ["and", "or", "not"].includes(text)) throw this.#unexpected();
    this.#next++;
    if (text === "abs" && this.#take("(")) {
      const operand = this.#closed();
      return (c) => Math.abs(operand(c));
    }
    if (text === "channel") return (c) => c;
    return this.#column(text, at);
  }

  #closed(): Operand {
    const operand = this.#sum();
    if (!this.#take(")")) throw this.#unexpected();
    return operand;
  }

  #column(name: string, at: number): Operand {
    const key = columnKeys.find((each) => columnNames[each].includes(name));
    const known = filterNames(this.#payload).join(", ");
    if (!key) throw new FilterError("filterUnknownName", at, name, known);
    const values = columnValues(this.#payload, key);
    if (!values) throw new FilterError("filterMissingColumn", at, name, known);
    return (c) => values[c];
  }
}
