/**
 * @file Formulas written in Unicode, `y = gamma · (x − μ) / √(σ² + epsilon) + beta`, set as MathML.
 * A line that is not such a formula, words for instance, stays as it is written.
 */
import { html } from "./dom.ts";

const namespace = "http://www.w3.org/1998/Math/MathML";

/** The lines, one below the other, each readable as text too. */
export function formulaLines(lines: readonly string[]): HTMLElement {
  return html(
    "div",
    { class: "formula" },
    ...lines.filter(Boolean).map((line) => {
      // Wide gaps stand between formulas, or before an operator to align it with that above.
      const set = line.split(/ {3,}(?![-+−·×/=← ])/).map(formulaNode);
      return html("div", { class: "line" }, ...set);
    }),
  );
}

function formulaNode(source: string): Node {
  const parsed = parseFormula(source.trim());
  if (!parsed) return html("code", { class: "plain" }, source);
  return math("math", { displaystyle: "true", "aria-label": source }, ...parsed);
}

/** MathML of a formula; null where it is no such formula. */
export function parseFormula(source: string): Element[] | null {
  const tokens = tokensOf(source);
  if (!tokens) return null;
  const parser = new Parser(tokens);
  const nodes = parser.sequence();
  return parser.done ? nodes : null;
}

interface Token {
  readonly kind: "name" | "number" | "operator" | "raised" | "lowered";
  readonly text: string;
}

const pattern =
  /\s*(?:(?<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵏⁱ]+)|(?<lowered>[₀-₉ₙₕ𝓌ᵢᵣ]+|_[a-z](?![a-z]))|(?<number>\d[\d,.]*(?:e-?\d+)?)|(?<name>x\u0302|[A-Za-z]\w*(?:\.\w+)*|[α-ω])|(?<operator>[-=←·×/+−√()|,:[\]…ΣΠ∞]))/uy;

function tokensOf(source: string): Token[] | null {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const start = pattern.lastIndex;
    const groups = pattern.exec(source)?.groups;
    if (!groups) return /^\s*$/.test(source.slice(start)) ? tokens : null;
    for (const kind of ["raised", "lowered", "number", "name", "operator"] as const)
      if (groups[kind] !== undefined) tokens.push({ kind, text: groups[kind] });
    // Two names side by side are words.
    const [before, last] = tokens.slice(-2);
    if (last && before?.kind === "name" && last.kind === "name") return null;
  }
  return tokens;
}

const raisedText: Readonly<Record<string, string>> = {
  "⁰": "0",
  "¹": "1",
  "²": "2",
  "³": "3",
  "⁺": "+",
  "⁻": "−",
  ᵏ: "k",
  ⁱ: "i",
};
const loweredText: Readonly<Record<string, string>> = {
  "₀": "0",
  "₁": "1",
  "₂": "2",
  ₙ: "n",
  ₕ: "h",
  𝓌: "w",
  ᵢ: "i",
  ᵣ: "r",
};

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at === this.#tokens.length;
  }

  /** Factors and operators, up to a closing parenthesis. */
  sequence(): Element[] {
    const nodes: Element[] = [];
    while (!this.done && !/^[)\]]$/.test(this.#next.text)) {
      if (this.#take("/")) {
        const below = this.#factor(true);
        const above = nodes.pop();
        if (!above || !below) return [...nodes, operator("/")];
        nodes.push(math("mfrac", {}, bare(above), below));
      } else {
        const node = this.#factor(false);
        if (!node) break;
        nodes.push(node);
      }
    }
    return nodes;
  }

  get #next(): Token {
    return this.#tokens[this.#at];
  }

  #take(text: string): boolean {
    if (this.done || this.#next.text !== text) return false;
    this.#at++;
    return true;
  }

  /** A name, a number, a root, parentheses, or an operator, with what is raised or lowered at it. */
  #factor(below: boolean): Element | null {
    if (this.done) return null;
    const { kind, text } = this.#tokens[this.#at++];
    if (text === "√") {
      const under = this.#factor(true);
      return under && math("msqrt", {}, under);
    }
    if (text === "(") {
      const inner = this.sequence();
      if (!this.#take(")")) return null;
      if (below && !this.#isScript) return math("mrow", {}, ...inner);
      const row = math("mrow", { class: "parentheses" }, operator("("), ...inner, operator(")"));
      return this.#scripts(row);
    }
    if (kind === "raised" || kind === "lowered") return null;
    if (kind === "operator") return operator(text);
    const leaf = kind === "number" ? math("mn", {}, text) : identifier(text);
    const call = !this.done && this.#next.text === "(" && kind === "name" && text.length > 1;
    const node = this.#scripts(leaf);
    if (!call) return node;
    const given = this.#factor(false);
    return given && math("mrow", {}, node, given);
  }

  get #isScript(): boolean {
    return !this.done && /^(?:raised|lowered)$/.test(this.#next.kind);
  }

  #scripts(base: Element): Element {
    let low: Element | null = null;
    let high: Element | null = null;
    while (this.#isScript) {
      const { kind, text } = this.#tokens[this.#at++];
      if (kind === "raised") high = script(text, raisedText);
      else
        low = math(
          "mrow",
          {},
          ...(low?.children ?? []),
          ...script(text.replace(/^_/, ""), loweredText).children,
        );
    }
    if (low && high) return math("msubsup", {}, base, low, high);
    if (low) return math("msub", {}, base, low);
    return high ? math("msup", {}, base, high) : base;
  }
}

/** What stands above a line needs no parentheses. */
function bare(node: Element): Element {
  if (node.getAttribute("class") !== "parentheses") return node;
  const inner = [...node.children].slice(1, -1);
  return math("mrow", {}, ...inner);
}

function script(text: string, letters: Readonly<Record<string, string>>): Element {
  const nodes = [...text].map((letter) => {
    const plain = letters[letter] ?? letter;
    if (/\d/.test(plain)) return math("mn", {}, plain);
    return /[+−]/.test(plain) ? operator(plain) : math("mi", {}, plain);
  });
  return math("mrow", {}, ...nodes);
}

/** Python's names stand upright, letters of mathematics slant. */
function identifier(text: string): Element {
  if (text === "x\u0302")
    return math("mover", {}, math("mi", {}, "x"), math("mo", { stretchy: "false" }, "^"));
  return text.length > 1 ? math("mi", { class: "name" }, text) : math("mi", {}, text);
}

function operator(text: string): Element {
  const stretchy = /^[()|]$/.test(text) ? { stretchy: "false" } : {};
  return math("mo", stretchy, text);
}

function math(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): Element {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
